// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Money that the agency has to give back: a task each, until an officer says how it was done.
public enum RefundsPage {
    /// One task.
    public struct RefundLine: Sendable {
        /// The id, for the control's name.
        public var id: String
        /// The dossier.
        public var code: String
        /// How much.
        public var amount: VND
        /// Why.
        public var reason: String
        /// Since when.
        public var since: Instant
        /// The case.
        public var caseHref: String
        /// Where it is said to be done, by POST with `note`.
        public var action: String
        /// What was typed.
        public var note: String
        /// What is wrong with it.
        public var error: String?

        /// One task.
        public init(
            id: String,
            code: String,
            amount: VND,
            reason: String,
            since: Instant,
            caseHref: String,
            action: String,
            note: String = "",
            error: String? = nil
        ) {
            (self.id, self.code, self.amount, self.reason) = (id, code, amount, reason)
            (self.since, self.caseHref, self.action) = (since, caseHref, action)
            (self.note, self.error) = (note, error)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The tasks, the oldest first.
        public var lines: [RefundLine]
        /// What was just done; nil otherwise.
        public var flash: String?
        /// The key of the forms.
        public var key: String
        /// The list of work.
        public var backHref: String

        /// What the page shows.
        public init(lines: [RefundLine], flash: String? = nil, key: String, backHref: String) {
            (self.lines, self.flash, self.key, self.backHref) = (lines, flash, key, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = model.lines.compactMap { line in
            line.error.map { FieldError(controlID: "note-\(line.id)", text: $0) }
        }
        return frame.page(
            PageShape(title: "Chờ hoàn tiền", backHref: model.backHref, hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <h1>Chờ hoàn tiền</h1>
            \(if: model.lines.isEmpty, Parts.emptyState("Không còn khoản nào phải hoàn", "<p>Khoản mới sẽ hiện ở đây.</p>"))
            \(each: model.lines, { line($0, model, in: frame) })
            """
        )
    }

    private static func line(_ line: RefundLine, _ model: Model, in frame: PageFrame) -> HTML {
        """
        <section class="sheet" aria-labelledby="hoan-\(line.id)">
        <h2 id="hoan-\(line.id)">Hoàn \(line.amount.description)</h2>
        \(Parts.summaryList([
            SummaryRow("Hồ sơ", html: "<a\(href: line.caseHref)><span class=\"num\">\(line.code)</span></a>"),
            SummaryRow("Lý do", line.reason), SummaryRow("Từ lúc", line.since.vietnamese),
        ]))
        \(frame.form(
            FormShape(action: line.action, idempotencyKey: model.key),
            """
            \(Parts.fields([
                FieldPart(
                    "note-\(line.id)",
                    "Đã hoàn thế nào",
                    hint: "Ví dụ: tiền mặt tại quầy, phiếu chi số 12.",
                    error: line.error,
                    .text(line.note)
                )
            ]))
            \(Parts.actions(Parts.button("Ghi nhận đã hoàn", style: .secondary, spoken: line.code)))
            """
        ))
        </section>

        """
    }
}
