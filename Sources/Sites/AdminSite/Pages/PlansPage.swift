// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/sap-nhap`: mergers that wait for their day, or could not be done on it.
public enum PlansPage {
    /// One plan.
    public struct PlanLine: Sendable {
        /// Who into whom.
        public var title: String
        /// Day, decision, who planned it.
        public var facts: [SummaryRow]
        /// Why it could not be done; nil while it waits.
        public var refusal: String?
        /// Where it is taken back, by POST.
        public var cancelAction: String

        /// One plan.
        public init(title: String, facts: [SummaryRow], refusal: String?, cancelAction: String) {
            (self.title, self.facts, self.refusal) = (title, facts, refusal)
            self.cancelAction = cancelAction
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The nearest first.
        public var lines: [PlanLine]
        /// What was just done.
        public var flash: String?
        /// Why a plan was not taken back.
        public var hindrance: String?
        /// The agencies.
        public var backHref: String

        /// What the page shows.
        public init(lines: [PlanLine], flash: String? = nil, hindrance: String? = nil, backHref: String) {
            (self.lines, self.flash, self.hindrance, self.backHref) = (lines, flash, hindrance, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Kế hoạch sáp nhập", backHref: model.backHref, width: .text),
            """
            <h1>Kế hoạch sáp nhập</h1>
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            \(ifLet: model.hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            <p>Hệ thống làm mỗi kế hoạch vào đầu ngày hiệu lực. Muốn lập kế hoạch mới, mở trang của cơ quan bị sáp nhập.</p>
            \(if: model.lines.isEmpty,
                Parts.emptyState("Không có kế hoạch nào đang chờ", "<p>Kế hoạch có ngày hiệu lực sau hôm nay hiện ở đây.</p>"),
                else: "\(each: model.lines, { plan($0, in: frame) })")
            """
        )
    }

    private static func plan(_ line: PlanLine, in frame: PageFrame) -> HTML {
        """
        <section><h2>\(line.title)</h2>
        \(ifLet: line.refusal, { Parts.notice(.bad, title: "Không làm được vào ngày hiệu lực", "<p>\($0)</p>") })
        \(Parts.summaryList(line.facts))
        \(frame.form(FormShape(action: line.cancelAction), """
            \(Parts.actions(Parts.button("Hủy kế hoạch", style: .secondary, spoken: line.title)))
            """))</section>

        """
    }
}
