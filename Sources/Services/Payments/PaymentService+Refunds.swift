// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
public import Storage

extension PaymentService {
    /// What was paid for a reference, all settled obligations together.
    public func settledTotal(of reference: PayableReference, in transaction: Transaction) throws -> VND {
        try ObligationTable.settled(of: reference, in: transaction).reduce(.zero) { $0 + $1.total }
    }

    /// Records money to be given back, as a task of the agency that took it.
    ///
    /// - Throws: `PaymentError.emptyObligation` without a positive sum.
    public func openRefund(
        _ draft: RefundDraft,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        guard draft.amount > .zero else { throw PaymentError.emptyObligation }
        try RefundTable.insert(draft, at: now, in: transaction)
        try append(.refundOpened, draft.id, ["amount": "\(draft.amount.amount)"], author, now, in: transaction)
    }

    /// The newest refund of a reference; nil when nothing was ever to be given back.
    public func refund(of reference: PayableReference) async throws -> Refund? {
        try await store.read { try RefundTable.newest(of: reference, in: $0) }
    }

    /// What an agency has to give back, the oldest first, at most 200.
    public func refundsDue(of payer: AgencyCode) async throws -> [Refund] {
        try await store.read { try RefundTable.due(of: payer, in: $0) }
    }

    /// Says that money was given back, and how.
    ///
    /// - Parameters:
    ///   - id: which refund.
    ///   - payer: the agency for which the officer acts; another agency's refund is not found.
    ///   - note: how it was given back, 1 to 500 characters.
    ///   - author: the officer.
    /// - Throws: `PaymentError.unknownPayment` for a refund of another agency, `.nothingDue` when it was done already.
    public func completeRefund(_ id: RefundID, of payer: AgencyCode, note: String, by author: ActorStamp) async throws {
        let now = clock.now()
        try await store.journalled { transaction in
            guard let refund = try RefundTable.find(id, in: transaction), refund.payer == payer else {
                throw PaymentError.unknownPayment
            }
            guard try RefundTable.complete(id, note: String(note.prefix(500)), at: now, in: transaction) else {
                throw PaymentError.nothingDue
            }
            try append(.refundDone, id, [:], author, now, in: transaction)
        }
    }

    private func append(
        _ event: PaymentEvent,
        _ id: RefundID,
        _ facts: [String: String],
        _ author: ActorStamp,
        _ now: Instant,
        in transaction: Transaction
    ) throws {
        let entry = JournalEntry(
            at: now,
            service: "payment",
            kind: event.rawValue,
            objectType: "refund",
            objectID: id.rawValue,
            actor: author,
            facts: .object(facts.mapValues { .string($0) })
        )
        try log.append([entry], in: transaction)
    }
}
