// SPDX-License-Identifier: Apache-2.0

import Identity
import Kernel
import Organisation
import Storage

/// The SQL of `refund`.
enum RefundTable {
    private static let columns: Statement =
        """
        id, reference, payer, subject, amount, reason, state, created_at, done_at, note, requested_by, requested_at,
        approved_by, sent_back
        """

    static func find(_ id: RefundID, in transaction: Transaction) throws -> Refund? {
        try transaction.first("SELECT \(fragment: columns) FROM refund WHERE id = \(id)").map(refund)
    }

    static func newest(of reference: PayableReference, in transaction: Transaction) throws -> Refund? {
        try transaction.first(
            """
            SELECT \(fragment: columns) FROM refund WHERE reference = \(reference.rawValue)
            ORDER BY created_at DESC, id DESC LIMIT 1
            """
        ).map(refund)
    }

    /// What is to be given back and may be seen, the oldest first, at most 200.
    static func due(for actor: Actor, in transaction: Transaction) throws -> [Refund] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM refund
            WHERE \(fragment: RefundPolicies.see.filter(actor)) AND state = 'due'
            ORDER BY created_at, id LIMIT 200
            """
        ).map(refund)
    }

    static func insert(_ draft: RefundDraft, at now: Instant, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO refund (id, reference, payer, subject, amount, reason, state, created_at)
            VALUES (\(draft.id), \(draft.reference.rawValue), \(draft.payer), \(draft.subject), \(draft.amount),
                \(draft.reason), 'due', \(now))
            """
        )
    }

    /// Writes back who asked, who approved or why it was sent back; what was found in the same transaction is still so.
    static func update(_ refund: Refund, in transaction: Transaction) throws {
        let state = refund.state == .done ? RefundState.done : .due
        try transaction.run(
            """
            UPDATE refund SET state = \(state.rawValue), done_at = \(refund.doneAt), note = \(refund.note),
                requested_by = \(refund.requestedBy), requested_at = \(refund.requestedAt),
                approved_by = \(refund.approvedBy), sent_back = \(refund.sentBack)
            WHERE id = \(refund.id)
            """
        )
    }

    private static func refund(_ row: ResultRow) throws -> Refund {
        let reference: String = try row.get("reference")
        let (state, asker): (RefundState, OfficerID?) = (try row.get("state"), try row.get("requested_by"))
        return Refund(
            id: try row.get("id"),
            reference: PayableReference(rawValue: reference),
            payer: try row.get("payer"),
            subject: try row.get("subject"),
            amount: try row.get("amount"),
            reason: try row.get("reason"),
            state: state == .due && asker != nil ? .requested : state,
            createdAt: try row.get("created_at"),
            doneAt: try row.get("done_at"),
            note: try row.get("note"),
            requestedBy: asker,
            requestedAt: try row.get("requested_at"),
            approvedBy: try row.get("approved_by"),
            sentBack: try row.get("sent_back")
        )
    }
}
