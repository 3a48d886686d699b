// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/quan-tri/truy-cap`: who looked at personal data, for auditors; nothing of what there was to see.
public enum AuditPage {
    /// One reading.
    public struct AccessLine: Sendable {
        /// When.
        public var at: Instant
        /// The officer.
        public var officer: String
        /// Role, unit and agency.
        public var who: String
        /// Which dossier; nil when there is none of this id any more.
        public var code: DossierCode?
        /// What was looked at.
        public var part: String
        /// To what end.
        public var purpose: String
        /// In the officer's words, where she had to say.
        public var words: String?

        /// One reading.
        public init(
            at: Instant,
            officer: String,
            who: String,
            code: DossierCode?,
            part: String,
            purpose: String,
            words: String? = nil
        ) {
            self.at = at
            self.officer = officer
            self.who = who
            self.code = code
            self.part = part
            self.purpose = purpose
            self.words = words
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The filter as typed, with what is wrong.
        public var fields: [FieldPart]
        /// Where the filter is sent, by GET.
        public var action: String
        /// The newest first.
        public var lines: [AccessLine]
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?

        /// What the page shows.
        public init(
            fields: [FieldPart],
            action: String,
            lines: [AccessLine],
            firstHref: String? = nil,
            nextHref: String? = nil
        ) {
            self.fields = fields
            self.action = action
            self.lines = lines
            self.firstHref = firstHref
            self.nextHref = nextHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        return frame.page(
            PageShape(title: "Nhật ký truy cập", hasErrors: !errors.isEmpty),
            """
            \(Parts.errorSummary(errors))
            <h1 id="truy-cap">Nhật ký truy cập</h1>
            <p>Ai đã xem dữ liệu cá nhân của người dân, lúc nào, để làm gì. Trang này không cho xem nội dung hồ sơ.</p>
            \(Parts.details("Lọc", isOpen: !errors.isEmpty, frame.searchForm(action: model.action, """
                \(Parts.fields(model.fields))
                \(Parts.actions(Parts.button("Lọc", style: .secondary, icon: .search)))
                """)))
            \(if: model.lines.isEmpty,
                Parts.emptyState("Không có lần xem nào", "<p>Thử bớt điều kiện lọc.</p>"),
                else: table(model))
            """
        )
    }

    private static func table(_ model: Model) -> HTML {
        """
        \(Parts.cardTable(CardTable(
            labelledBy: "truy-cap",
            columns: [
                CardTable.Column("Lúc"), CardTable.Column("Cán bộ"), CardTable.Column("Hồ sơ"),
                CardTable.Column("Xem gì"), CardTable.Column("Mục đích"),
            ],
            lines: model.lines.map(line),
            isStacked: true
        )))
        \(Parts.pagination(
            shown: "\(model.lines.count) lần xem",
            firstHref: model.firstHref,
            nextHref: model.nextHref
        ))
        """
    }

    private static func line(_ line: AccessLine) -> CardTable.TableLine {
        CardTable.TableLine([
            HTML(text: line.at.vietnamese),
            "\(line.officer)<br><span class=\"mut\">\(line.who)</span>",
            "\(ifLet: line.code, { "<span class=\"num\">\($0.description)</span>" })\(if: line.code == nil, "Không còn")",
            HTML(text: line.part),
            "\(line.purpose)\(ifLet: line.words, { "<br><span class=\"mut\">\($0)</span>" })",
        ])
    }
}
