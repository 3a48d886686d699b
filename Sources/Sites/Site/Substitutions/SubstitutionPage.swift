// SPDX-License-Identifier: Apache-2.0

public import Markup

/// Who stands in for an officer, and for whom she does: seen by both, named by the officer or an administrator.
public enum SubstitutionPage {
    /// One substitution that is in force or to come.
    public struct Line: Sendable {
        /// "Lê Thị Thu Hà làm thay Ông/Bà".
        public var who: String
        /// "Chuyên viên".
        public var role: String
        /// "từ 2/3/2026 đến 9/3/2026".
        public var time: String
        public var reason: String
        /// Whether it holds today.
        public var isInForce: Bool
        /// Where it is ended, by POST; nil for who may not.
        public var endAction: String?

        /// A substitution as it is told.
        public init(who: String, role: String, time: String, reason: String, isInForce: Bool, endAction: String?) {
            (self.who, self.role, self.time, self.reason) = (who, role, time, reason)
            (self.isInForce, self.endAction) = (isInForce, endAction)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// "Người làm thay", "Người làm thay của Trần Văn Bình".
        public var title: String
        public var lines: [Line]
        /// What is asked to name one; empty where nobody can be stood in for.
        public var fields: [FieldPart]
        public var action: String
        public var flash: String?
        /// What stands against it and is no field's fault.
        public var hindrance: String?
        public var key: String
        public var backHref: String

        /// What the page shows.
        public init(
            title: String,
            lines: [Line],
            fields: [FieldPart],
            action: String,
            flash: String? = nil,
            hindrance: String? = nil,
            key: String,
            backHref: String
        ) {
            (self.title, self.lines, self.fields, self.action) = (title, lines, fields, action)
            (self.flash, self.hindrance, self.key, self.backHref) = (flash, hindrance, key, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        return frame.page(
            PageShape(title: model.title, backHref: model.backHref, hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            \(ifLet: model.hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            <h1>\(model.title)</h1>
            <p>Việc làm thay tự có hiệu lực từ đầu ngày bắt đầu và tự hết vào cuối ngày kết thúc. Mỗi thao tác ghi rõ ai làm, thay ai.</p>
            \(if: model.lines.isEmpty, "<p>Chưa có ai làm thay.</p>")
            \(each: model.lines.enumerated(), { line($1, number: $0 + 1, model, in: frame) })
            \(if: !model.fields.isEmpty, form(model, in: frame))
            """
        )
    }

    private static func line(_ line: Line, number: Int, _ model: Model, in frame: PageFrame) -> HTML {
        """
        <section class="sheet" aria-labelledby="thay-\(number)"><h2 id="thay-\(number)">\(line.who)</h2>
        \(Parts.summaryList([
            SummaryRow("Vai trò", line.role), SummaryRow("Thời gian", line.time), SummaryRow("Lý do", line.reason),
        ]))
        <p>\(Parts.tag(line.isInForce ? "Đang có hiệu lực" : "Chưa đến ngày", line.isInForce ? .ok : .info))</p>
        \(ifLet: line.endAction, { action in
            frame.form(
                FormShape(action: action, idempotencyKey: model.key),
                Parts.button("Kết thúc sớm", style: .secondary, spoken: line.who)
            )
        })</section>

        """
    }

    private static func form(_ model: Model, in frame: PageFrame) -> HTML {
        """
        <section class="sheet" aria-labelledby="cu-nguoi"><h2 id="cu-nguoi">Cử người làm thay</h2>
        \(frame.form(
            FormShape(action: model.action, idempotencyKey: model.key),
            """
            \(Parts.fields(model.fields))
            \(Parts.actions(Parts.button("Cử người làm thay")))
            """
        ))</section>
        """
    }
}
