// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Kernel
import Storage

/// The SQL of `obligation`.
enum ObligationTable {
    private static let columns: Statement =
        "id, reference, payee, subject, lines, total, state, created_at, settled_at"

    static func find(_ id: ObligationID, in transaction: Transaction) throws -> Obligation? {
        try transaction.first("SELECT \(fragment: columns) FROM obligation WHERE id = \(id)").map(obligation)
    }

    /// The newest obligation of a reference.
    static func newest(of reference: PayableReference, in transaction: Transaction) throws -> Obligation? {
        try transaction.first(
            """
            SELECT \(fragment: columns) FROM obligation WHERE reference = \(reference.rawValue)
            ORDER BY created_at DESC, id DESC LIMIT 1
            """
        ).map(obligation)
    }

    /// What was paid for a reference, oldest first.
    static func settled(of reference: PayableReference, in transaction: Transaction) throws -> [Obligation] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM obligation WHERE reference = \(reference.rawValue) AND state = 'settled'
            ORDER BY created_at, id
            """
        ).map(obligation)
    }

    static func insert(_ draft: ObligationDraft, at now: Instant, in transaction: Transaction) throws {
        let lines = String(decoding: try JSONEncoder().encode(draft.lines), as: UTF8.self)
        try transaction.run(
            """
            INSERT INTO obligation (id, reference, payee, subject, lines, total, state, created_at)
            VALUES (\(draft.id), \(draft.reference.rawValue), \(draft.payee), \(draft.subject), \(lines),
                \(draft.total), 'due', \(now))
            """
        )
    }

    /// Moves an obligation that is due; false when it is due no more.
    static func close(
        _ id: ObligationID,
        as state: ObligationState,
        at now: Instant,
        in transaction: Transaction
    ) throws -> Bool {
        try transaction.run(
            """
            UPDATE obligation SET state = \(state.rawValue), settled_at = \(now) WHERE id = \(id) AND state = 'due'
            """
        ) == 1
    }

    private static func obligation(_ row: ResultRow) throws -> Obligation {
        let lines: String = try row.get("lines")
        let reference: String = try row.get("reference")
        return Obligation(
            id: try row.get("id"),
            reference: PayableReference(rawValue: reference),
            payee: try row.get("payee"),
            subject: try row.get("subject"),
            lines: try JSONDecoder().decode([ObligationLine].self, from: Data(lines.utf8)),
            total: try row.get("total"),
            state: try row.get("state"),
            createdAt: try row.get("created_at"),
            settledAt: try row.get("settled_at")
        )
    }
}

/// The SQL of `payment`.
enum PaymentTable {
    private static let columns: Statement =
        "id, obligation, amount, state, created_at, pay_url, provider_code, finished_at"

    static func find(_ id: PaymentID, in transaction: Transaction) throws -> Payment? {
        try transaction.first("SELECT \(fragment: columns) FROM payment WHERE id = \(id.rawValue)").map(payment)
    }

    static func newest(of obligation: ObligationID, in transaction: Transaction) throws -> Payment? {
        try transaction.first(
            """
            SELECT \(fragment: columns) FROM payment WHERE obligation = \(obligation)
            ORDER BY created_at DESC, id DESC LIMIT 1
            """
        ).map(payment)
    }

    /// Attempts that nobody has told us the end of, oldest first.
    static func waiting(since: Instant, before: Instant, in transaction: Transaction) throws -> [Payment] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM payment
            WHERE state IN ('redirected', 'confirming') AND created_at > \(since) AND created_at < \(before)
            ORDER BY created_at LIMIT 200
            """
        ).map(payment)
    }

    /// Whether the gateway has announced money for it that it has not confirmed yet.
    static func isBeingConfirmed(_ obligation: ObligationID, in transaction: Transaction) throws -> Bool {
        try transaction.first(
            "SELECT 1 AS known FROM payment WHERE obligation = \(obligation) AND state = 'confirming' LIMIT 1"
        ) != nil
    }

    static func isKnown(providerCode: String, in transaction: Transaction) throws -> Bool {
        try transaction.first("SELECT 1 AS known FROM payment WHERE provider_code = \(providerCode)") != nil
    }

    static func insert(_ payment: Payment, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO payment (id, obligation, amount, state, created_at)
            VALUES (\(payment.id.rawValue), \(payment.obligation), \(payment.amount), \(payment.state.rawValue),
                \(payment.createdAt))
            """
        )
    }

    static func update(_ payment: Payment, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE payment SET state = \(payment.state.rawValue), pay_url = \(payment.payURL),
                provider_code = \(payment.providerCode), finished_at = \(payment.finishedAt)
            WHERE id = \(payment.id.rawValue)
            """
        )
    }

    private static func payment(_ row: ResultRow) throws -> Payment {
        let text: String = try row.get("id")
        guard let id = PaymentID(rawValue: text) else { throw StoreError.decoding(column: "id", reason: "too long") }
        return Payment(
            id: id,
            obligation: try row.get("obligation"),
            amount: try row.get("amount"),
            state: try row.get("state"),
            createdAt: try row.get("created_at"),
            payURL: try row.get("pay_url"),
            providerCode: try row.get("provider_code"),
            finishedAt: try row.get("finished_at")
        )
    }
}
