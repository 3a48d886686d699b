// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Storage

/// A code on its way to a telephone. The code itself is written nowhere: it follows from the id and the server's key.
struct PhoneCode: Sendable {
    var id: Identifier<PhoneCode>
    var browserDigest: Digest
    var phoneDigest: Digest
    /// Nil where nobody is behind the number: such a row is tried in vain like any other.
    var account: AccountID?
    /// Whether several accounts share number and last digits.
    var isShared: Bool
    var tries: Int
    var returnTo: String
    var expiresAt: Instant
    var usedAt: Instant?
}

/// The SQL of `phone_code`.
enum PhoneCodeTable {
    private static let columns: Statement =
        "id, browser_digest, phone_digest, account, is_shared, tries, return_to, expires_at, used_at"

    static func insert(_ code: PhoneCode, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO phone_code (id, browser_digest, phone_digest, account, is_shared, tries, return_to, expires_at,
                used_at)
            VALUES (\(code.id), \(code.browserDigest), \(code.phoneDigest), \(code.account), \(code.isShared),
                \(code.tries), \(code.returnTo), \(code.expiresAt), \(code.usedAt))
            """
        )
    }

    static func find(browser: Digest, in transaction: Transaction) throws -> PhoneCode? {
        try transaction.first("SELECT \(fragment: columns) FROM phone_code WHERE browser_digest = \(browser)").map(code)
    }

    static func find(_ id: Identifier<PhoneCode>, in transaction: Transaction) throws -> PhoneCode? {
        try transaction.first("SELECT \(fragment: columns) FROM phone_code WHERE id = \(id)").map(code)
    }

    /// Takes a try before the code is compared, so that many at once count as many; false when none is left.
    static func takeTry(_ id: Identifier<PhoneCode>, most: Int, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            "UPDATE phone_code SET tries = tries + 1 WHERE id = \(id) AND tries < \(most) AND used_at IS NULL"
        ) == 1
    }

    static func use(_ id: Identifier<PhoneCode>, at now: Instant, in transaction: Transaction) throws -> Bool {
        try transaction.run("UPDATE phone_code SET used_at = \(now) WHERE id = \(id) AND used_at IS NULL") == 1
    }

    /// A new code for the same telephone makes the ones before it worthless.
    static func end(phone: Digest, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM phone_code WHERE phone_digest = \(phone)")
    }

    static func removeEnded(before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM phone_code WHERE expires_at < \(moment)")
    }

    private static func code(_ row: ResultRow) throws -> PhoneCode {
        PhoneCode(
            id: try row.get("id"),
            browserDigest: try row.get("browser_digest"),
            phoneDigest: try row.get("phone_digest"),
            account: try row.get("account"),
            isShared: try row.get("is_shared"),
            tries: try row.get("tries"),
            returnTo: try row.get("return_to"),
            expiresAt: try row.get("expires_at"),
            usedAt: try row.get("used_at")
        )
    }
}

/// The SQL of `phone_count`: what the limits count, by digests alone.
enum PhoneCountTable {
    /// The moments that count towards a limit, the oldest first.
    static func moments(
        _ limit: PhoneLimit,
        of subject: Digest,
        at now: Instant,
        in transaction: Transaction
    ) throws -> [Instant] {
        let since = now.adding(seconds: -limit.seconds)
        return try transaction.rows(
            """
            SELECT at FROM phone_count
            WHERE scope = \(limit.scope.rawValue) AND subject = \(subject) AND at > \(since) ORDER BY at
            """
        ).map { try $0.get("at") }
    }

    static func note(
        _ scope: PhoneLimit.Scope,
        _ subject: Digest,
        _ id: Identifier<PhoneLimit>,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            "INSERT INTO phone_count (id, scope, subject, at) VALUES (\(id), \(scope.rawValue), \(subject), \(now))"
        )
    }

    /// Lets the requests of one telephone count one after the other; SQLite has one writer anyway.
    static func queue(_ phone: Digest, in transaction: Transaction) throws {
        guard transaction.engine == .postgres else { return }
        _ = try transaction.rows("SELECT pg_advisory_xact_lock(hashtext(\(phone.hex)))")
    }

    static func removeEnded(before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM phone_count WHERE at <= \(moment)")
    }
}
