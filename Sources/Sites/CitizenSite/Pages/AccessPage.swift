// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/tai-khoan/ai-da-xem`: who looked at my data, when, for which dossier and why.
public enum AccessPage {
    /// One reading.
    public struct AccessLine: Sendable {
        /// When.
        public var at: Instant
        /// Role, unit and agency.
        public var who: String
        /// The officer's name, where the province tells it.
        public var name: String?
        /// Which dossier; nil when there is none of this id any more.
        public var code: DossierCode?
        /// Its page.
        public var dossierHref: String?
        /// What was looked at.
        public var part: String
        /// To what end.
        public var purpose: String
        /// In the officer's words, where she had to say.
        public var words: String?

        /// One reading.
        public init(
            at: Instant,
            who: String,
            name: String? = nil,
            code: DossierCode?,
            dossierHref: String?,
            part: String,
            purpose: String,
            words: String? = nil
        ) {
            self.at = at
            self.who = who
            self.name = name
            self.code = code
            self.dossierHref = dossierHref
            self.part = part
            self.purpose = purpose
            self.words = words
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The newest first.
        public var lines: [AccessLine]
        /// The same for printing.
        public var printHref: String
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?
        /// The account.
        public var backHref: String

        /// What the page shows.
        public init(
            lines: [AccessLine],
            printHref: String,
            firstHref: String? = nil,
            nextHref: String? = nil,
            backHref: String
        ) {
            self.lines = lines
            self.printHref = printHref
            self.firstHref = firstHref
            self.nextHref = nextHref
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Ai đã xem dữ liệu của tôi", backHref: model.backHref),
            """
            <h1 id="ai-xem">Ai đã xem dữ liệu của tôi</h1>
            <p>Mỗi lần cán bộ mở hồ sơ, tệp, giấy tờ hay thấy tên Ông/Bà khi tra cứu đều được ghi lại, kèm mục đích.</p>
            \(if: model.lines.isEmpty,
                Parts.emptyState("Chưa có ai xem", "<p>Khi có cán bộ xem, lần xem đó hiện ở đây ngay.</p>"),
                else: table(model, isForPrint: frame.isForPrint))
            """
        )
    }

    private static func table(_ model: Model, isForPrint: Bool) -> HTML {
        """
        \(if: !isForPrint, "<p class=\"np\">\(Parts.iconLink("In trang này", href: model.printHref, icon: .printer))</p>")
        \(Parts.cardTable(CardTable(
            labelledBy: "ai-xem",
            columns: [
                CardTable.Column("Lúc"), CardTable.Column("Ai xem"), CardTable.Column("Hồ sơ"),
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
        let dossier: HTML =
            if let code = line.code, let href = line.dossierHref {
                "<a class=\"num\"\(href: href)>\(code.description)</a>"
            } else {
                "Hồ sơ không còn"
            }
        return CardTable.TableLine([
            HTML(text: line.at.vietnamese),
            "\(line.who)\(ifLet: line.name, { "<br>\($0)" })",
            dossier,
            HTML(text: line.part),
            "\(line.purpose)\(ifLet: line.words, { "<br><span class=\"mut\">\($0)</span>" })",
        ])
    }
}
