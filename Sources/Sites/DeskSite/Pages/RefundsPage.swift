// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Money that the agency has to give back, a task each: one officer asks and says how, another one approves.
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
        /// Where it is asked for, approved or sent back, by POST with `_act`.
        public var action: String
        /// How far it is, and what the reader may do with it.
        public var stage: Stage
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
            stage: Stage = .toAsk(sentBack: nil),
            note: String = "",
            error: String? = nil
        ) {
            (self.id, self.code, self.amount, self.reason) = (id, code, amount, reason)
            (self.since, self.caseHref, self.action) = (since, caseHref, action)
            (self.stage, self.note, self.error) = (stage, note, error)
        }
    }

    /// How far a task is.
    public enum Stage: Sendable {
        /// The reader may ask; with the words of whoever sent the last request back.
        case toAsk(sentBack: String?)
        /// Asked for: by whom, when, how; `seen` goes back with the approval.
        case toApprove(by: String, at: Instant, how: String, seen: String)
        /// Waits for another person; nobody has asked where there is no name.
        case waiting(by: String?, at: Instant?, how: String?, word: String)
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
        \(Parts.summaryList(summary(line)))
        \(stage(line, model, in: frame))
        </section>

        """
    }

    private static func summary(_ line: RefundLine) -> [SummaryRow] {
        let rows = [
            SummaryRow("Hồ sơ", html: "<a\(href: line.caseHref)><span class=\"num\">\(line.code)</span></a>"),
            SummaryRow("Lý do", line.reason), SummaryRow("Từ lúc", line.since.vietnamese),
        ]
        switch line.stage {
        case .toAsk(let reason): return rows + (reason.map { [SummaryRow("Đã trả lại vì", $0)] } ?? [])
        case .toApprove(let name, let moment, let how, _):
            return rows + [SummaryRow("Người đề nghị", "\(name), \(moment.vietnamese)"), SummaryRow("Cách hoàn", how)]
        case .waiting(let name, let moment, let how, _):
            guard let name, let moment else { return rows }
            return rows + [
                SummaryRow("Người đề nghị", "\(name), \(moment.vietnamese)"), SummaryRow("Cách hoàn", how ?? ""),
            ]
        }
    }

    private static func stage(_ line: RefundLine, _ model: Model, in frame: PageFrame) -> HTML {
        switch line.stage {
        case .waiting(_, _, _, let word): return "<p class=\"mut\">\(word)</p>"
        case .toAsk:
            return frame.form(
                FormShape(action: line.action, idempotencyKey: model.key),
                """
                \(Parts.fields([
                    FieldPart(
                        "note-\(line.id)",
                        "Hoàn thế nào",
                        hint: "Ví dụ: tiền mặt tại quầy, phiếu chi số 12.",
                        error: line.error,
                        .text(line.note)
                    )
                ]))
                \(Parts.actions(Parts.button("Đề nghị hoàn", name: "_act", value: "de-nghi", style: .secondary, spoken: line.code)))
                """
            )
        case .toApprove(_, _, _, let seen):
            return frame.form(
                FormShape(action: line.action, idempotencyKey: model.key),
                """
                <input type="hidden" name="seen" value="\(seen)">
                \(Parts.fields([
                    FieldPart(
                        "note-\(line.id)",
                        "Lý do trả lại",
                        hint: "Chỉ nhập khi trả lại cho người đề nghị.",
                        error: line.error,
                        isOptional: true,
                        .text(line.note)
                    )
                ]))
                \(Parts.actions("""
                    \(Parts.button("Duyệt hoàn", name: "_act", value: "duyet", spoken: line.code)) \
                    \(Parts.button("Trả lại", name: "_act", value: "tra-lai", style: .secondary, spoken: line.code))
                    """))
                """
            )
        }
    }
}
