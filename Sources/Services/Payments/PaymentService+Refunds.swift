// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Journal
public import Kernel
import Organisation
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

    /// The refund of this id within the caller's transaction; nil when there is none.
    public static func refund(_ id: RefundID?, in transaction: Transaction) throws -> Refund? {
        try id.flatMap { try RefundTable.find($0, in: transaction) }
    }

    /// What is to be given back and the actor may see, the oldest first, at most 200.
    public func refundsDue(for actor: Actor) async throws -> [Refund] {
        try await store.read { try RefundTable.due(for: actor, in: $0) }
    }

    /// Asks that money be given back, and says how; asked anew, the last word counts.
    ///
    /// - Parameters:
    ///   - id: which refund.
    ///   - note: how it is given back, 1 to 500 characters.
    ///   - actor: an officer of the desk; another agency's refund is not found.
    /// - Throws: `PaymentError.unknownPayment` for a refund that the actor may not ask for, `.nothingDue` when it was
    ///   done already, `.refundNoteMissing`.
    public func requestRefund(_ id: RefundID, note: String, by actor: Actor) async throws {
        guard Self.isSaid(note) else { throw PaymentError.refundNoteMissing }
        try await change(id, by: actor, RefundPolicies.ask, .refundRequested) { refund, now in
            (refund.note, refund.sentBack, refund.state) = (note, nil, .requested)
            (refund.requestedBy, refund.requestedAt) = (actor.officer, now)
        }
    }

    /// Approves a refund that another person asked for: it is given back.
    ///
    /// - Parameters:
    ///   - id: which refund.
    ///   - seen: when it was asked for, as the page showed it.
    ///   - actor: the head of a unit or a leader of the agency.
    /// - Throws: `PaymentError.unknownPayment`, `.nothingDue`, `.ownRefund`, `.refundChanged`.
    public func approveRefund(_ id: RefundID, seen: Instant, by actor: Actor) async throws {
        try await change(id, by: actor, RefundPolicies.see, .refundDone) { refund, now in
            try Self.requireAsked(refund, seen: seen, by: actor)
            (refund.state, refund.approvedBy, refund.doneAt) = (.done, actor.officer, now)
        }
    }

    /// Sends a request back to the desk, with words.
    ///
    /// - Throws: as `approveRefund(_:seen:by:)`; `PaymentError.refundNoteMissing` without a reason.
    public func sendBackRefund(_ id: RefundID, seen: Instant, reason: String, by actor: Actor) async throws {
        guard Self.isSaid(reason) else { throw PaymentError.refundNoteMissing }
        try await change(id, by: actor, RefundPolicies.see, .refundSentBack) { refund, _ in
            try Self.requireAsked(refund, seen: seen, by: actor)
            (refund.state, refund.sentBack) = (.due, reason)
            (refund.requestedBy, refund.requestedAt) = (nil, nil)
        }
    }

    /// The longest note or reason in characters.
    public static let refundNoteLimit = 500

    private static func isSaid(_ text: String) -> Bool {
        text.contains { !$0.isWhitespace } && text.count <= refundNoteLimit
    }

    private static func requireAsked(_ refund: Refund, seen: Instant, by actor: Actor) throws(PaymentError) {
        guard RefundPolicies.waiting.allows(actor, refund), refund.requestedAt == seen else { throw .refundChanged }
        guard RefundPolicies.approve.allows(actor, refund) else { throw .ownRefund }
    }

    private func change(
        _ id: RefundID,
        by actor: Actor,
        _ policy: Policy<Refund>,
        _ event: PaymentEvent,
        _ body: @escaping @Sendable (inout Refund, Instant) throws -> Void
    ) async throws {
        let now = clock.now()
        try await store.journalled { transaction in
            guard var refund = try RefundTable.find(id, in: transaction), policy.allows(actor, refund) else {
                throw PaymentError.unknownPayment
            }
            guard refund.state != .done else { throw PaymentError.nothingDue }
            try body(&refund, now)
            try RefundTable.update(refund, in: transaction)
            let role = [Role.deskOfficer, .unitHead, .leader].first { actor.roles.contains($0) }
            let author = actor.stamp(by: role.flatMap { actor.standIn(in: $0, assignee: nil) })
            try append(event, id, [:], author, now, in: transaction)
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
