// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/thu-tuc/{mã}/doi-chieu`: facts that a person compares with the official text.
public enum FactsPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// What stands around it.
        public var shell: BuilderShell
        /// The facts that wait; what is sent is where they stand.
        public var facts: [FieldPart.Choice]
        /// Which are ticked.
        public var chosen: Set<String>
        /// How many were compared before.
        public var verifiedCount: Int
        /// With which text, as typed.
        public var seen: FieldPart
        /// What is wrong with the choice.
        public var error: String?
        /// Where it is sent, by POST.
        public var action: String

        /// What the page shows.
        public init(
            shell: BuilderShell,
            facts: [FieldPart.Choice],
            chosen: Set<String> = [],
            verifiedCount: Int,
            seen: FieldPart,
            error: String? = nil,
            action: String
        ) {
            (self.shell, self.facts, self.chosen, self.verifiedCount) = (shell, facts, chosen, verifiedCount)
            (self.seen, self.error, self.action) = (seen, error, action)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let choice = FieldPart(
            "facts",
            "Nội dung đã đối chiếu",
            hint: "Chỉ đánh dấu nội dung mà chính tôi đã so với văn bản",
            error: model.error,
            .checkboxes(model.facts, chosen: model.chosen)
        )
        return model.shell.page(
            "Đối chiếu với văn bản gốc",
            errors: FieldError.all(in: [choice, model.seen]),
            in: frame,
            """
            <p>\(model.verifiedCount) nội dung đã được đối chiếu, \(model.facts.count) nội dung đang chờ. \
            Ai đối chiếu, lúc nào, theo văn bản nào được ghi vào nhật ký.</p>
            \(if: model.facts.isEmpty,
                Parts.notice(.ok, "<p>Mọi nội dung đã được đối chiếu.</p>"),
                else: frame.form(FormShape(action: model.action, version: model.shell.version), """
                    \(Parts.fields([choice, model.seen]))
                    \(Parts.actions(Parts.button("Xác nhận đã đối chiếu")))
                    """))
            """
        )
    }
}
