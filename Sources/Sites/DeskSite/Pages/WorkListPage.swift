// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 16, `/viec`: one list, grouped by how late things are; the whole state stands in the address.
public enum WorkListPage {
    /// One dossier that waits.
    public struct WorkLine: Sendable {
        /// The dossier's id, sent as `pick` by the bulk form.
        public var id: String
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// The applicant: whole when the dossier is mine, masked otherwise.
        public var applicantName: String
        /// The status and step: "Chờ tiếp nhận", "Tra sổ".
        public var stepWord: String
        /// The limit of the law: "3 ngày làm việc".
        public var limitWord: String
        /// How near the deadline is.
        public var deadline: DeadlineChip
        /// The deadline; nil before intake.
        public var dueAt: Instant?
        /// The case.
        public var href: String
        /// True when someone else changed it since the officer looked.
        public var hasChanged: Bool
        /// True when its box is marked.
        public var isPicked: Bool
        /// Why the last act on it failed; nil otherwise. It stays picked.
        public var failure: String?

        /// One dossier that waits.
        public init(
            id: String,
            code: DossierCode,
            procedureName: String,
            applicantName: String,
            stepWord: String,
            limitWord: String,
            deadline: DeadlineChip,
            dueAt: Instant? = nil,
            href: String,
            hasChanged: Bool = false,
            isPicked: Bool = false,
            failure: String? = nil
        ) {
            self.id = id
            self.code = code
            self.procedureName = procedureName
            self.applicantName = applicantName
            self.stepWord = stepWord
            self.limitWord = limitWord
            self.deadline = deadline
            self.dueAt = dueAt
            self.href = href
            self.hasChanged = hasChanged
            self.isPicked = isPicked
            self.failure = failure
        }
    }

    /// The lines of one degree of urgency.
    public struct UrgencyGroup: Sendable {
        /// "Quá hạn", "Sắp đến hạn", "Chưa đến hạn", "Chờ tiếp nhận".
        public var title: String
        /// The dossiers, the most urgent first.
        public var lines: [WorkLine]

        /// The lines of one degree of urgency.
        public init(
            title: String,
            lines: [WorkLine]
        ) {
            self.title = title
            self.lines = lines
        }
    }

    /// One act on several dossiers.
    public struct BulkAct: Sendable {
        /// "Tiếp nhận".
        public var label: String
        /// What is sent as `_act`.
        public var value: String

        /// One act on several dossiers.
        public init(
            label: String,
            value: String
        ) {
            self.label = label
            self.value = value
        }
    }

    /// One count above the list.
    public struct UrgencyCount: Sendable {
        /// "Quá hạn".
        public var label: String
        /// How many.
        public var count: Int
        /// The list of these.
        public var href: String
        /// The colour.
        public var tone: PartTone

        /// One count above the list.
        public init(
            label: String,
            count: Int,
            href: String,
            tone: PartTone
        ) {
            self.label = label
            self.count = count
            self.href = href
            self.tone = tone
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// "Việc của tôi", "Chờ tiếp nhận".
        public var title: String
        /// Saved filters with their counts, read in the list's own transaction.
        public var filters: [NavigationItem]
        /// Counts by urgency.
        public var counts: [UrgencyCount]
        /// The groups, the most urgent first.
        public var groups: [UrgencyGroup]
        /// Where the search goes, by GET with `q`.
        public var searchAction: String
        /// What was typed.
        public var query: String
        /// Acts on several dossiers; empty where there are none.
        public var bulkActs: [BulkAct]
        /// Where they are sent, by POST with `pick` and `_act`.
        public var bulkAction: String
        /// What is asked for the acts on several dossiers, below the list; empty where nothing is.
        public var bulkFields: [FieldPart]
        /// For whom the officer stands in today, and who for her.
        public var standing: [String] = []
        /// What stands above the list: who has how much; nil where it stands alone.
        public var overview: HTML?
        /// The key of the bulk form.
        public var key: String
        /// What the columns of people and of steps are called.
        public var whoTitle, stepTitle: String
        /// What the last act did: "Đã tiếp nhận 3 hồ sơ."; nil otherwise.
        public var flash: String?
        /// Whether it left something undone.
        public var isWarning: Bool
        /// What is shown: "50 trong 10.240 hồ sơ".
        public var shownWord: String
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?

        /// What the page shows.
        public init(
            title: String,
            filters: [NavigationItem],
            counts: [UrgencyCount],
            groups: [UrgencyGroup],
            searchAction: String,
            query: String,
            bulkActs: [BulkAct],
            bulkAction: String,
            key: String,
            bulkFields: [FieldPart] = [],
            overview: HTML? = nil,
            whoTitle: String = "Người nộp",
            stepTitle: String = "Bước",
            flash: String? = nil,
            isWarning: Bool = false,
            shownWord: String,
            firstHref: String? = nil,
            nextHref: String? = nil
        ) {
            self.title = title
            self.filters = filters
            self.counts = counts
            self.groups = groups
            self.searchAction = searchAction
            self.query = query
            self.bulkActs = bulkActs
            self.bulkAction = bulkAction
            self.key = key
            (self.bulkFields, self.overview) = (bulkFields, overview)
            (self.whoTitle, self.stepTitle) = (whoTitle, stepTitle)
            (self.flash, self.isWarning) = (flash, isWarning)
            self.shownWord = shownWord
            self.firstHref = firstHref
            self.nextHref = nextHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(
                title: model.title,
                hasErrors: !FieldError.all(in: model.bulkFields).isEmpty,
                width: .wide,
                modules: [.staff]
            ),
            """
            \(Parts.errorSummary(FieldError.all(in: model.bulkFields)))
            \(ifLet: model.flash, { Parts.notice(model.isWarning ? .warn : .ok, "<p>\($0)</p>") })
            \(each: model.standing, { Parts.notice(.info, "<p>\($0)</p>") })
            <div class="work-head"><h1 id="danh-sach">\(model.title)</h1>\(search(model, in: frame))</div>
            \(counts(model))
            <div class="two two-left">
            \(filters(model))
            <div>\(ifLet: model.overview, { $0 })\(list(model, in: frame))</div>
            </div>
            \(if: frame.keysAreOn, keyHelp)
            """
        )
    }

    private static func search(_ model: Model, in frame: PageFrame) -> HTML {
        frame.searchForm(
            action: model.searchAction,
            """
            <label class="vh" for="q">Tìm theo mã, họ tên, số định danh, điện thoại</label>
            <div class="search"><input type="search" id="q" name="q" value="\(model.query)" data-search autocomplete="off" \
            placeholder="Mã, họ tên, số định danh">\(Parts.button("Tìm", style: .secondary, icon: .search))</div>
            """
        )
    }

    private static func counts(_ model: Model) -> HTML {
        """
        <ul class="urgency" aria-label="Theo hạn">\(each: model.counts, { count in
            """
            <li><a class="\(count.tone.rawValue)"\(href: count.href)><strong class="num">\(String(grouped: count.count))</strong> \
            \(count.label)</a></li>
            """
        })</ul>
        """
    }

    private static func filters(_ model: Model) -> HTML {
        """
        <nav aria-label="Bộ lọc" class="filters"><ul>\(each: model.filters, { item in
            """
            <li><a\(href: item.href)\(attribute: "aria-current", item.isCurrent ? "page" : nil)><span>\(item.label)</span>\
            \(ifLet: item.count, { " <span class=\"count\">\($0)</span>" })</a></li>
            """
        })</ul></nav>
        """
    }

    // MARK: - The list

    private static func list(_ model: Model, in frame: PageFrame) -> HTML {
        let lines = model.groups.flatMap(\.lines)
        guard !lines.isEmpty else {
            return model.query.isEmpty
                ? Parts.emptyState("Không còn việc đến hạn", "<p>Mọi hồ sơ trong bộ lọc này đã xong.</p>")
                : Parts.emptyState("Không có hồ sơ nào khớp", "<p>Thử từ khác, gõ không dấu cũng được.</p>")
        }
        return """
            \(frame.form(FormShape(action: model.bulkAction, id: "nhieu", idempotencyKey: model.key), """
                \(each: model.groups.filter { !$0.lines.isEmpty }.enumerated(), { index, group in
                    self.group(group, id: "nhom-\(index + 1)", model)
                })
                \(if: !model.bulkActs.isEmpty, bulkBar(model))
                """))
            \(Parts.pagination(shown: model.shownWord, firstHref: model.firstHref, nextHref: model.nextHref))
            """
    }

    private static func group(_ group: UrgencyGroup, id: String, _ model: Model) -> HTML {
        let canPick = !model.bulkActs.isEmpty
        return """
            \(Parts.countedHeading(group.title, id: id, count: group.lines.count))
            <table class="work" role="table" aria-labelledby="\(id)"><thead role="rowgroup"><tr role="row">\
            \(if: canPick, "<th role=\"columnheader\" scope=\"col\" class=\"w-pick\"><span class=\"vh\">Chọn</span></th>")\
            <th role="columnheader" scope="col">Hồ sơ</th><th role="columnheader" scope="col">\(model.whoTitle)</th>\
            <th role="columnheader" scope="col">\(model.stepTitle)</th><th role="columnheader" scope="col">Hạn</th></tr></thead>
            <tbody role="rowgroup">\(each: group.lines, { line($0, canPick: canPick) })</tbody></table>
            """
    }

    private static func line(_ line: WorkLine, canPick: Bool) -> HTML {
        """
        <tr role="row" data-row\(classes: line.hasChanged ? "changed" : nil)>\
        \(if: canPick, """
            <td role="cell" class="w-pick"><input type="checkbox" name="pick" value="\(line.id)" data-pick \
            aria-label="Chọn \(line.code.description)"\(flag: "checked", line.isPicked || line.failure != nil)></td>
            """)\
        <td role="cell" class="w-what"><a\(href: line.href)><span class="num">\(line.code.description)</span></a>\
         <span class="w-name">\(line.procedureName)</span>\
        \(ifLet: line.failure, { "<span class=\"err\">\($0)</span>" })</td>\
        <td role="cell" class="w-who">\(line.applicantName)\(if: line.hasChanged, " <span class=\"tag info\">có thay đổi</span>")</td>\
        <td role="cell" class="w-step">\(line.stepWord) <small class="mut">\(line.limitWord)</small></td>\
        <td role="cell" class="w-due">\(Parts.deadline(line.deadline))\
        \(ifLet: line.dueAt, { " <small class=\"mut num\">\($0.time.hourMinute) \($0.date.vietnamese)</small>" })</td></tr>

        """
    }

    private static func bulkBar(_ model: Model) -> HTML {
        """
        \(if: !model.bulkFields.isEmpty, "<div class=\"sheet np\">\(Parts.fields(model.bulkFields))</div>")
        <div class="bulk np" data-sticky><p role="status" data-picked>Với hồ sơ đã chọn</p>\(each: model.bulkActs, {
            Parts.button($0.label, name: "_act", value: $0.value, style: .secondary)
        })</div>
        """
    }

    private static var keyHelp: HTML {
        """
        <details class="np" data-key-help><summary>Phím tắt</summary><div class="details-body"><p>j, k: dòng sau, dòng trước · \
        Enter: mở · /: tìm · a: nhận · g rồi v: danh sách việc · ?: bảng này</p></div></details>
        """
    }
}
