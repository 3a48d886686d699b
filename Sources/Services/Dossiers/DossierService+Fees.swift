// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Identity
public import Kernel
import Organisation
import Payments
import Storage

extension DossierService {
    /// What the count that stands in the draft makes of the fee; nil where the pack confirms nothing, or nothing
    /// changes.
    func correction(
        _ state: DossierState,
        _ pack: ProcedurePack,
        _ draft: FormAnswers,
        in transaction: Transaction
    ) throws -> FeeCorrection? {
        guard !pack.confirmingFields.isEmpty, let personal = try PersonalTable.find(state.id, in: transaction) else {
            return nil
        }
        let quote = try pack.confirmedQuote(
            personal.answers,
            by: draft,
            channel: state.channel,
            on: state.submittedAt.date
        )
        let paid = try payments.settledTotal(of: Self.payable(state.id), in: transaction)
        let correction = FeeCorrection(paid: paid, confirmed: quote.total(at: .beforeIntake))
        return correction.paid == correction.confirmed ? nil : correction
    }

    /// Opens what a correction asks for: an obligation of the difference, or its refund as a task.
    func settle(
        _ correction: FeeCorrection,
        of state: DossierState,
        _ pack: ProcedurePack,
        by actor: Actor,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let items = pack.fees.items.filter { $0.moment == .beforeIntake }
        let name = items.count == 1 ? items[0].name : "Phí, lệ phí"
        let words = "đã nộp \(correction.paid), theo số đã đối chiếu là \(correction.confirmed)"
        if correction.extra > .zero {
            let line = ObligationLine(
                kind: items.first?.kind == .charge ? .charge : .fee,
                code: items.first?.id ?? "fee",
                name: "\(name), phần nộp thêm",
                amount: correction.extra,
                calculation: words.capitalisedFirst
            )
            let draft = ObligationDraft(
                id: ObligationID(random),
                reference: Self.payable(state.id),
                payee: state.agency,
                subject: state.code.text,
                lines: [line]
            )
            try payments.open(draft, by: actor.stamp, at: now, in: transaction)
        } else {
            let draft = RefundDraft(
                id: RefundID(random),
                reference: Self.payable(state.id),
                payer: state.agency,
                subject: state.code.text,
                amount: correction.refund,
                reason: "\(name): \(words)"
            )
            try payments.openRefund(draft, by: actor.stamp, at: now, in: transaction)
        }
    }

    /// Corrects the numbers on which an unpaid fee hangs, at the desk with the applicant: what was due falls, what the
    /// right numbers cost becomes due.
    ///
    /// - Parameters:
    ///   - code: which dossier; submitted, its fee not paid.
    ///   - typed: the confirming fields of the result, as they came.
    ///   - version: the version that the page showed.
    ///   - actor: a desk officer.
    /// - Returns: what must be mended; the fee is corrected only when this is nothing.
    /// - Throws: as `perform(_:on:seen:by:)`; `FeeError`.
    public func recountFee(
        of code: DossierCode,
        typed: FormAnswers,
        seen version: Int,
        by actor: Actor
    ) async throws -> FormCheck {
        let view = try await dossier(code, for: actor)
        let check = view.pack.countForm.validate(
            typed,
            .whole,
            ValidationContext(today: clock.today, channel: view.state.channel, units: catalogue.units)
        )
        guard check.isSound else { return check }
        let (now, obligation) = (clock.now(), ObligationID(random))
        let state = view.state
        let answers = view.pack.confirmed(view.personal.answers, by: check.answers)
        let quote = try view.pack.fees.quote(answers, channel: state.channel, on: state.submittedAt.date)
        let total = quote.total(at: .beforeIntake)
        try await store.journalled { [self] transaction in
            try writer.change(state.id, seen: version, by: actor, at: now, in: transaction) { _ in
                .recountFee(total: total)
            }
            try PersonalTable.update(answers: answers, of: state.id, in: transaction)
            try payments.cancel(Self.payable(state.id), by: actor.stamp, at: now, in: transaction)
            guard total > .zero else { return }
            let draft = ObligationDraft(
                id: obligation,
                reference: Self.payable(state.id),
                payee: state.agency,
                subject: state.code.text,
                lines: Self.lines(of: quote)
            )
            try payments.open(draft, by: actor.stamp, at: now, in: transaction)
        }
        return check
    }

    /// What a quote makes due before intake.
    static func lines(of quote: FeeQuote) -> [ObligationLine] {
        quote.lines.filter { $0.moment == .beforeIntake && $0.amount > .zero }.map { line in
            ObligationLine(
                kind: line.kind == .fee ? .fee : .charge,
                code: line.item,
                name: line.label,
                amount: line.amount,
                calculation: line.calculation
            )
        }
    }
}

extension ProcedurePack {
    /// The confirming fields alone, as a form of their own.
    public var countForm: FormSchema { result.form(of: confirmingFields) }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
