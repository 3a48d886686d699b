// SPDX-License-Identifier: Apache-2.0

public import Markup
public import Site

/// `/quan-tri/muc-do/{mã}`: one service, each condition with its evidence, its plan and its cost.
public enum LevelPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The name of the procedure.
        public var name: String
        /// Code, sector, declared and computed level.
        public var facts: [SummaryRow]
        /// Why the declared level is an alarm; nil where it is none.
        public var alarm: String?
        /// Schemes, conditions, what is missing.
        public var level: LevelSection
        /// The plan; empty without one.
        public var plan: [SummaryRow]
        /// The cost; empty where nobody counted.
        public var cost: [SummaryRow]
        /// Where the cost comes from.
        public var costSource: String?
        /// The roadmap.
        public var backHref: String

        /// What the page shows.
        public init(
            name: String,
            facts: [SummaryRow],
            alarm: String? = nil,
            level: LevelSection,
            plan: [SummaryRow] = [],
            cost: [SummaryRow] = [],
            costSource: String? = nil,
            backHref: String
        ) {
            (self.name, self.facts, self.alarm, self.level) = (name, facts, alarm, level)
            (self.plan, self.cost, self.costSource, self.backHref) = (plan, cost, costSource, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Mức độ: \(model.name)", backHref: model.backHref),
            """
            <h1>\(model.name)</h1>
            \(ifLet: model.alarm, { Parts.notice(.bad, title: "Công bố cao hơn mức độ tính được", "<p>\($0)</p>") })
            \(Parts.summaryList(model.facts))
            \(if: !model.level.missing.isEmpty, """
                <h2 id="con-thieu">Vì sao chưa đạt mức độ 4</h2>
                <ul>\(each: model.level.missing, { "<li>\($0)</li>" })</ul>
                """)
            \(ifLet: model.level.upgradeWord, { "<p>\($0).</p>" })
            <h2 id="cach-xep">Ba cách xếp mức độ</h2>
            \(model.level.schemes(labelledBy: "cach-xep"))
            <h2 id="chung-cu">Điều kiện và chứng cứ</h2>
            \(model.level.evidence(labelledBy: "chung-cu"))
            <h2 id="ke-hoach">Kế hoạch</h2>
            \(if: model.plan.isEmpty,
                "<p>Chưa có. Thêm mục target vào gói thủ tục: mức độ, quý, người chịu trách nhiệm, vướng mắc.</p>",
                else: Parts.summaryList(model.plan))
            <h2 id="chi-phi">Chi phí tuân thủ</h2>
            \(if: model.cost.isEmpty,
                "<p>Chưa tính. Thêm mục cost vào gói thủ tục, kèm nguồn của số liệu.</p>",
                else: Parts.summaryList(model.cost))
            \(ifLet: model.costSource, { "<p class=\"hint\">\($0)</p>" })
            """
        )
    }
}
