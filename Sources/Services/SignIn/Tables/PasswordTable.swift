// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Organisation
import Storage

/// An officer's password as it is kept.
struct StoredPassword: Sendable {
    var phc: String
    var changedAt: Instant
    /// Until when a password that somebody else chose opens; nil for one of the officer's own.
    var initialUntil: Instant?
}

/// The SQL of `officer_password`.
enum PasswordTable {
    static func find(_ officer: OfficerID, in transaction: Transaction) throws -> StoredPassword? {
        try transaction.first(
            "SELECT phc, changed_at, initial_until FROM officer_password WHERE officer = \(officer)"
        ).map { row in
            StoredPassword(
                phc: try row.get("phc"),
                changedAt: try row.get("changed_at"),
                initialUntil: try row.get("initial_until")
            )
        }
    }

    static func set(_ password: StoredPassword, of officer: OfficerID, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO officer_password (officer, phc, changed_at, initial_until)
            VALUES (\(officer), \(password.phc), \(password.changedAt), \(password.initialUntil))
            ON CONFLICT (officer) DO UPDATE SET phc = excluded.phc, changed_at = excluded.changed_at,
                initial_until = excluded.initial_until
            """
        )
    }

    /// The password opens nothing any more, and waits to be replaced.
    static func end(of officer: OfficerID, at now: Instant, in transaction: Transaction) throws {
        try transaction.run("UPDATE officer_password SET initial_until = \(now) WHERE officer = \(officer)")
    }

    /// The same password at a new price; nothing when it was changed meanwhile.
    static func rehash(_ phc: String, instead old: String, of officer: OfficerID, in transaction: Transaction) throws {
        try transaction.run("UPDATE officer_password SET phc = \(phc) WHERE officer = \(officer) AND phc = \(old)")
    }
}

/// The SQL of `password_try`.
enum TryTable {
    /// A try, counted before its password is checked, so that many at once count as many.
    struct Entry: Sendable {
        var id: Identifier<StoredPassword>
        var name: Digest
        var client: Digest
        var at: Instant
    }

    /// The moments of the tries of a name or a client since a moment, the oldest first.
    static func ofName(_ name: Digest, since moment: Instant, in transaction: Transaction) throws -> [Instant] {
        try transaction.rows(
            "SELECT at FROM password_try WHERE name_digest = \(name) AND at > \(moment) ORDER BY at"
        ).map { try $0.get("at") }
    }

    static func ofClient(_ client: Digest, since moment: Instant, in transaction: Transaction) throws -> [Instant] {
        try transaction.rows(
            "SELECT at FROM password_try WHERE client_digest = \(client) AND at > \(moment) ORDER BY at"
        ).map { try $0.get("at") }
    }

    /// Lets tries of one name count one after the other; SQLite has one writer anyway.
    static func queue(_ name: Digest, in transaction: Transaction) throws {
        guard transaction.engine == .postgres else { return }
        _ = try transaction.rows("SELECT pg_advisory_xact_lock(hashtext(\(name.hex)))")
    }

    static func insert(_ entry: Entry, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO password_try (id, name_digest, client_digest, at)
            VALUES (\(entry.id), \(entry.name), \(entry.client), \(entry.at))
            """
        )
    }

    /// After a right password: the name's tries are forgotten, and this one no longer counts for its client.
    static func forget(_ name: Digest, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM password_try WHERE name_digest = \(name)")
    }

    /// One try that was no guess: the hashing threads were busy.
    static func remove(_ id: Identifier<StoredPassword>, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM password_try WHERE id = \(id)")
    }

    static func removeEnded(before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM password_try WHERE at <= \(moment)")
    }
}
