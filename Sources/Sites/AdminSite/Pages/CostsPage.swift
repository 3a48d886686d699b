// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/chi-phi`: what procedures cost people, before and after they were simplified, each and in all.
public enum CostsPage {
    /// One procedure.
    public struct CostLine: Sendable {
        /// The name of the procedure.
        public var name: String
        /// Its code.
        public var code: String
        /// Its own page.
        public var href: String
        /// One dossier before and after.
        public var perDossier: String
        /// Dossiers a year.
        public var dossiers: String
        /// Saved a year, and its share.
        public var saving: String
        /// Days of work saved a year.
        public var workdays: String
        /// Where the figures come from.
        public var source: String

        /// One procedure.
        public init(
            name: String,
            code: String,
            href: String,
            perDossier: String,
            dossiers: String,
            saving: String,
            workdays: String,
            source: String
        ) {
            (self.name, self.code, self.href, self.perDossier) = (name, code, href, perDossier)
            (self.dossiers, self.saving, self.workdays, self.source) = (dossiers, saving, workdays, source)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// All procedures together; empty without any.
        public var totals: [SummaryRow]
        /// The procedures that have figures.
        public var lines: [CostLine]
        /// How many have none.
        public var withoutFigures: Int
        /// The roadmap.
        public var backHref: String

        /// What the page shows.
        public init(totals: [SummaryRow], lines: [CostLine], withoutFigures: Int, backHref: String) {
            (self.totals, self.lines) = (totals, lines)
            (self.withoutFigures, self.backHref) = (withoutFigures, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Chi phí tuân thủ", backHref: model.backHref),
            """
            <h1 id="chi-phi">Chi phí tuân thủ</h1>
            <p class="lede">Người dân tốn bao nhiêu cho một thủ tục: giờ công, thuê tư vấn, in, đi lại, phí và lệ phí.</p>
            \(if: model.lines.isEmpty,
                Parts.emptyState(
                    "Chưa có thủ tục nào được tính",
                    "<p>Thêm mục cost vào gói thủ tục, kèm nguồn của số liệu.</p>"
                ),
                else: content(model))
            """
        )
    }

    private static func content(_ model: Model) -> HTML {
        """
        <h2 id="tong">Cộng lại</h2>
        \(Parts.summaryList(model.totals))
        <h2 id="tung-thu-tuc">Từng thủ tục</h2>
        \(Parts.cardTable(CardTable(
            labelledBy: "tung-thu-tuc",
            columns: [
                CardTable.Column("Thủ tục"), CardTable.Column("Một hồ sơ"),
                CardTable.Column("Hồ sơ một năm", isNumeric: true), CardTable.Column("Tiết kiệm một năm"),
                CardTable.Column("Ngày công"), CardTable.Column("Nguồn"),
            ],
            lines: model.lines.map { line in
                CardTable.TableLine([
                    "<a\(href: line.href)>\(line.name)</a><br><span class=\"mut num\">\(line.code)</span>",
                    HTML(text: line.perDossier), HTML(text: line.dossiers), HTML(text: line.saving),
                    HTML(text: line.workdays), HTML(text: line.source),
                ])
            },
            isStacked: true
        )))
        \(if: model.withoutFigures > 0, "<p class=\"hint\">\(model.withoutFigures) thủ tục khác chưa có số liệu.</p>")
        """
    }
}
