// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/quan-tri/luu-tru`: the reports of what is past its retention.
public enum RetentionListPage {
    /// One report.
    public struct ReportLine: Sendable {
        /// When it was made.
        public var madeAt: Instant
        /// Where it stands.
        public var stateWord: String
        /// True when it waits for a decision.
        public var isWaiting: Bool
        /// Its page.
        public var href: String

        /// One report.
        public init(madeAt: Instant, stateWord: String, isWaiting: Bool, href: String) {
            self.madeAt = madeAt
            self.stateWord = stateWord
            self.isWaiting = isWaiting
            self.href = href
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The newest first.
        public var lines: [ReportLine]
        /// The requests.
        public var backHref: String

        /// What the page shows.
        public init(lines: [ReportLine], backHref: String) {
            self.lines = lines
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Xóa theo thời hạn lưu", backHref: model.backHref, width: .text),
            """
            <h1>Xóa theo thời hạn lưu</h1>
            <p>Mỗi tháng hệ thống tìm hồ sơ đã hết thời hạn lưu của thủ tục. Không có gì bị xóa trước khi được duyệt.</p>
            \(if: model.lines.isEmpty,
                Parts.emptyState("Chưa có báo cáo nào", "<p>Báo cáo đầu tiên có khi hồ sơ đầu tiên hết thời hạn.</p>"),
                else: list(model.lines))
            """
        )
    }

    private static func list(_ lines: [ReportLine]) -> HTML {
        """
        <ul class="rows">\(each: lines, { line in
            """
            <li class="row-act"><div><h2><a\(href: line.href)>Báo cáo \(line.madeAt.date.vietnamese)</a></h2>
            <p class="meta">\(Parts.tag(line.stateWord, line.isWaiting ? .warn : .neutral))</p></div></li>

            """
        })</ul>
        """
    }
}

/// `/quan-tri/luu-tru/{báo cáo}`: what will be erased, and the decision.
public enum RetentionReportPage {
    /// One dossier.
    public struct ItemLine: Sendable {
        /// Its code.
        public var code: DossierCode
        /// The procedure's code.
        public var procedure: String
        /// The agency.
        public var agencyName: String
        /// When it ended.
        public var endedOn: LocalDate
        /// How long it is kept and by which rule.
        public var limitWord: String
        /// How many files it has.
        public var files: Int
        /// When it was erased; nil before.
        public var erasedAt: Instant?

        /// One dossier.
        public init(
            code: DossierCode,
            procedure: String,
            agencyName: String,
            endedOn: LocalDate,
            limitWord: String,
            files: Int,
            erasedAt: Instant? = nil
        ) {
            self.code = code
            self.procedure = procedure
            self.agencyName = agencyName
            self.endedOn = endedOn
            self.limitWord = limitWord
            self.files = files
            self.erasedAt = erasedAt
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// Where the report stands.
        public var stateWord: String
        /// True when it waits for a decision.
        public var isWaiting: Bool
        /// When, how many, who decided.
        public var facts: [SummaryRow]
        /// One page of its dossiers.
        public var lines: [ItemLine]
        /// Why the decision was not taken, where no field is to blame.
        public var hindrance: String?
        /// The reason, with what is wrong.
        public var reasonField: FieldPart
        /// Where the decision is sent, by POST.
        public var action: String
        /// The key of the form.
        public var key: String
        /// The version that the decision carries.
        public var version: Int
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?
        /// All reports.
        public var backHref: String

        /// What the page shows.
        public init(
            stateWord: String,
            isWaiting: Bool,
            facts: [SummaryRow],
            lines: [ItemLine],
            hindrance: String? = nil,
            reasonField: FieldPart,
            action: String,
            key: String,
            version: Int,
            firstHref: String? = nil,
            nextHref: String? = nil,
            backHref: String
        ) {
            self.stateWord = stateWord
            self.isWaiting = isWaiting
            self.facts = facts
            self.lines = lines
            self.hindrance = hindrance
            self.reasonField = reasonField
            self.action = action
            self.key = key
            self.version = version
            self.firstHref = firstHref
            self.nextHref = nextHref
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = model.isWaiting ? FieldError.all(in: [model.reasonField]) : []
        return frame.page(
            PageShape(title: "Báo cáo hết thời hạn lưu", backHref: model.backHref, hasErrors: !errors.isEmpty),
            """
            \(Parts.errorSummary(errors))
            \(ifLet: model.hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            <h1 id="bao-cao">Báo cáo hết thời hạn lưu</h1>
            <p>\(Parts.tag(model.stateWord, model.isWaiting ? .warn : .neutral))</p>
            \(Parts.summaryList(model.facts))
            \(if: model.isWaiting, decision(model, in: frame))
            \(if: !model.lines.isEmpty, table(model))
            """
        )
    }

    private static func decision(_ model: Model, in frame: PageFrame) -> HTML {
        let shape = FormShape(action: model.action, idempotencyKey: model.key, version: model.version)
        return frame.form(
            shape,
            """
            \(Parts.notice(.warn, title: "Xóa rồi không lấy lại được", """
                <p>Họ tên, số định danh, liên hệ, tờ khai, tệp, lý do ghi trong hồ sơ bị xóa. Mã hồ sơ, các mốc thời \
                gian và số liệu giữ nguyên.</p>
                """))
            \(Parts.field(model.reasonField))
            <div class="actions"><button class="btn" name="_act" value="duyet">Duyệt xóa</button>
            <button class="btn btn-2" name="_act" value="khong">Không xóa</button></div>
            """
        )
    }

    private static func table(_ model: Model) -> HTML {
        """
        \(Parts.cardTable(CardTable(
            labelledBy: "bao-cao",
            columns: [
                CardTable.Column("Hồ sơ"), CardTable.Column("Thủ tục"), CardTable.Column("Cơ quan"),
                CardTable.Column("Kết thúc"), CardTable.Column("Thời hạn lưu"), CardTable.Column("Tệp", isNumeric: true),
                CardTable.Column("Đã xóa"),
            ],
            lines: model.lines.map { line in
                CardTable.TableLine([
                    "<span class=\"num\">\(line.code.description)</span>", HTML(text: line.procedure),
                    HTML(text: line.agencyName), HTML(text: line.endedOn.vietnamese), HTML(text: line.limitWord),
                    "<span class=\"num\">\(line.files)</span>", HTML(text: line.erasedAt?.vietnamese ?? "Chưa"),
                ])
            },
            isStacked: true
        )))
        \(Parts.pagination(
            shown: "\(model.lines.count) hồ sơ",
            firstHref: model.firstHref,
            nextHref: model.nextHref
        ))
        """
    }
}
