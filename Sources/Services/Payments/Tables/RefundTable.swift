// SPDX-License-Identifier: Apache-2.0

import Kernel
import Storage

/// The SQL of `refund`.
enum RefundTable {
    private static let columns: Statement =
        "id, reference, payer, subject, amount, reason, state, created_at, done_at, note"

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

    /// What an agency has to give back, the oldest first, at most 200.
    static func due(of payer: AgencyCode, in transaction: Transaction) throws -> [Refund] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM refund WHERE payer = \(payer) AND state = 'due'
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

    /// False when it was done already.
    static func complete(
        _ id: RefundID,
        note: String,
        at now: Instant,
        in transaction: Transaction
    ) throws -> Bool {
        try transaction.run(
            "UPDATE refund SET state = 'done', done_at = \(now), note = \(note) WHERE id = \(id) AND state = 'due'"
        ) == 1
    }

    private static func refund(_ row: ResultRow) throws -> Refund {
        let reference: String = try row.get("reference")
        return Refund(
            id: try row.get("id"),
            reference: PayableReference(rawValue: reference),
            payer: try row.get("payer"),
            subject: try row.get("subject"),
            amount: try row.get("amount"),
            reason: try row.get("reason"),
            state: try row.get("state"),
            createdAt: try row.get("created_at"),
            doneAt: try row.get("done_at"),
            note: try row.get("note")
        )
    }
}
