// SPDX-License-Identifier: Apache-2.0

import Kernel
public import Markup

/// Screen 24, `/quan-tri/thu-tuc`: all procedures with their state.
public enum ProcedureBookPage {
    /// One procedure.
    public struct Line: Sendable {
        /// The name.
        public var name: String
        /// The code.
        public var code: String
        /// `Bản nháp`, `Đã xuất bản`, `Chờ đối chiếu`, `Ngừng cung cấp`.
        public var stateWord: String
        /// How it is coloured.
        public var stateTone: PartTone
        /// `2 lỗi, 3 nội dung chưa đối chiếu`; nil when there is nothing to do.
        public var workWord: String?
        /// The declared level; nil for a draft.
        public var levelWord: String?
        /// When it was changed last.
        public var changedWord: String
        /// Its page.
        public var href: String

        /// One procedure.
        public init(
            name: String,
            code: String,
            stateWord: String,
            stateTone: PartTone,
            workWord: String? = nil,
            levelWord: String? = nil,
            changedWord: String,
            href: String
        ) {
            (self.name, self.code, self.stateWord, self.stateTone) = (name, code, stateWord, stateTone)
            (self.workWord, self.levelWord, self.changedWord, self.href) = (workWord, levelWord, changedWord, href)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What was searched for.
        public var query: String
        /// Where it is searched, by GET.
        public var action: String
        /// The states, with how many there are of each.
        public var states: [NavigationItem]
        /// The value of the chosen state, kept in a search.
        public var state: String
        /// The procedures of this page.
        public var lines: [Line]
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?
        /// Where a new one is begun.
        public var newHref: String
        /// Where some are brought in from the national catalogue.
        public var importHref: String
        /// What was just done.
        public var flash: String?
        /// The page of administration.
        public var backHref: String

        /// What the page shows.
        public init(
            query: String,
            action: String,
            states: [NavigationItem],
            state: String,
            lines: [Line],
            firstHref: String? = nil,
            nextHref: String? = nil,
            newHref: String,
            importHref: String,
            flash: String? = nil,
            backHref: String
        ) {
            (self.query, self.action, self.states, self.state) = (query, action, states, state)
            (self.lines, self.firstHref, self.nextHref) = (lines, firstHref, nextHref)
            (self.newHref, self.importHref) = (newHref, importHref)
            (self.flash, self.backHref) = (flash, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Thủ tục – Quản trị", backHref: model.backHref),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <div class="work-head"><h1 id="thu-tuc">Thủ tục</h1>\(search(model, in: frame))</div>
            <p>\(Parts.linkButton("Tạo thủ tục mới", href: model.newHref)) \
            \(Parts.linkButton("Nhập từ CSDL quốc gia", href: model.importHref, style: .secondary))</p>
            <div class="two two-left">
            <nav class="filters" aria-label="Theo tình trạng"><ul>\(each: model.states, { item in
                """
                <li><a\(href: item.href)\(attribute: "aria-current", item.isCurrent ? "page" : nil)>\(item.label)\
                \(ifLet: item.count, { " <span class=\"count\">\(String(grouped: $0))</span>" })</a></li>
                """
            })</ul></nav>
            <div>\(list(model))</div></div>
            """
        )
    }

    private static func search(_ model: Model, in frame: PageFrame) -> HTML {
        frame.searchForm(
            action: model.action,
            """
            <label class="vh" for="q">Tìm thủ tục đã xuất bản theo tên, hoặc bản nháp theo mã</label>
            <input type="hidden" name="trang-thai" value="\(model.state)">
            <div class="search"><input type="search" id="q" name="q" value="\(model.query)" autocomplete="off" \
            placeholder="Tên hoặc mã thủ tục">\(Parts.button("Tìm", style: .secondary, icon: .search))</div>
            """
        )
    }

    private static func list(_ model: Model) -> HTML {
        guard !model.lines.isEmpty else {
            return Parts.emptyState(
                "Không có thủ tục nào",
                "<p>\(model.query.isEmpty ? "Tạo thủ tục mới, hoặc chọn tình trạng khác." : "Thử tìm bằng ít chữ hơn, hoặc bằng mã.")</p>"
            )
        }
        return """
            \(Parts.cardTable(CardTable(
                labelledBy: "thu-tuc",
                columns: ["Thủ tục", "Tình trạng", "Mức độ", "Thay đổi"].map { CardTable.Column($0) },
                lines: model.lines.map { line in
                    CardTable.TableLine([
                        "<a\(href: line.href)>\(line.name)</a><br><span class=\"mut num\">\(line.code)</span>",
                        "\(Parts.tag(line.stateWord, line.stateTone))\(ifLet: line.workWord, { "<br><span class=\"mut\">\($0)</span>" })",
                        HTML(text: line.levelWord ?? "—"),
                        HTML(text: line.changedWord),
                    ])
                },
                isStacked: true
            )))
            \(Parts.pagination(
                shown: "\(model.lines.count) thủ tục",
                firstHref: model.firstHref,
                nextHref: model.nextHref
            ))
            """
    }
}
