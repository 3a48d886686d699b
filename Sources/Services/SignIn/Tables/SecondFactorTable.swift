// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Organisation
import Storage

/// The authenticator app of an officer.
struct StoredTimeCode: Sendable {
    var sealedSecret: [UInt8]
    var lastStep: Int64
    var enrolledAt: Instant
}

/// The SQL of `officer_time_code`.
enum TimeCodeTable {
    static func find(_ officer: OfficerID, in transaction: Transaction) throws -> StoredTimeCode? {
        try transaction.first(
            "SELECT sealed_secret, last_step, enrolled_at FROM officer_time_code WHERE officer = \(officer)"
        ).map { row in
            StoredTimeCode(
                sealedSecret: try row.get("sealed_secret"),
                lastStep: try row.get("last_step"),
                enrolledAt: try row.get("enrolled_at")
            )
        }
    }

    static func set(_ code: StoredTimeCode, of officer: OfficerID, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO officer_time_code (officer, sealed_secret, last_step, enrolled_at)
            VALUES (\(officer), \(code.sealedSecret), \(code.lastStep), \(code.enrolledAt))
            ON CONFLICT (officer) DO UPDATE SET sealed_secret = excluded.sealed_secret,
                last_step = excluded.last_step, enrolled_at = excluded.enrolled_at
            """
        )
    }

    /// False when a later step was used meanwhile.
    static func use(_ step: Int64, of officer: OfficerID, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            "UPDATE officer_time_code SET last_step = \(step) WHERE officer = \(officer) AND last_step < \(step)"
        ) == 1
    }

    static func remove(_ officer: OfficerID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM officer_time_code WHERE officer = \(officer)")
    }
}

/// The SQL of `officer_recovery_code`.
enum RecoveryTable {
    /// The old ones, used or not, make room for the new ones.
    static func replace(_ digests: [Digest], of officer: OfficerID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM officer_recovery_code WHERE officer = \(officer)")
        for digest in digests {
            try transaction.run(
                "INSERT INTO officer_recovery_code (digest, officer, used_at) VALUES (\(digest), \(officer), NULL)"
            )
        }
    }

    /// False when there is no such code, or it was used.
    static func use(_ digest: Digest, of officer: OfficerID, at now: Instant, in transaction: Transaction) throws
        -> Bool
    {
        try transaction.run(
            """
            UPDATE officer_recovery_code SET used_at = \(now)
            WHERE digest = \(digest) AND officer = \(officer) AND used_at IS NULL
            """
        ) == 1
    }

    static func countUnused(of officer: OfficerID, in transaction: Transaction) throws -> Int {
        let row = try transaction.first(
            "SELECT COUNT(*) AS count FROM officer_recovery_code WHERE officer = \(officer) AND used_at IS NULL"
        )
        return try row?.get("count") ?? 0
    }
}

/// The SQL of `officer_guess`.
enum GuessTable {
    /// Wrong codes in a row, and until when codes are not looked at.
    struct Guesses: Sendable {
        var wrong = 0
        var lockedUntil = Instant(microseconds: 0)
    }

    /// Lets guesses of one officer count one after the other; SQLite has one writer anyway.
    static func queue(_ officer: OfficerID, in transaction: Transaction) throws {
        guard transaction.engine == .postgres else { return }
        _ = try transaction.rows("SELECT pg_advisory_xact_lock(hashtext(\("guess:" + officer.rawValue)))")
    }

    static func find(_ officer: OfficerID, in transaction: Transaction) throws -> Guesses {
        try transaction.first("SELECT wrong, locked_until FROM officer_guess WHERE officer = \(officer)").map { row in
            Guesses(wrong: try row.get("wrong"), lockedUntil: try row.get("locked_until"))
        } ?? Guesses()
    }

    static func set(_ guesses: Guesses, of officer: OfficerID, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO officer_guess (officer, wrong, locked_until)
            VALUES (\(officer), \(guesses.wrong), \(guesses.lockedUntil))
            ON CONFLICT (officer) DO UPDATE SET wrong = excluded.wrong, locked_until = excluded.locked_until
            """
        )
    }

    static func forget(_ officer: OfficerID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM officer_guess WHERE officer = \(officer)")
    }
}

/// An officer between the right password and the session, or with an app that is being set up.
struct PendingOfficer: Sendable {
    var digest: Digest
    var officer: OfficerID
    /// What was proved beside the password; nil while nothing was.
    var method: AuthenticationMethod?
    /// How it began; nil for name and password.
    var beganBy: AuthenticationMethod?
    /// The secret of the app that is being set up.
    var sealedSecret: [UInt8]?
    var expiresAt: Instant
}

/// The SQL of `officer_sign_in`.
enum PendingTable {
    static func find(_ digest: Digest, at now: Instant, in transaction: Transaction) throws -> PendingOfficer? {
        try transaction.first(
            """
            SELECT officer, method, began_by, sealed_secret, expires_at FROM officer_sign_in
            WHERE digest = \(digest) AND expires_at > \(now)
            """
        ).map { row in
            PendingOfficer(
                digest: digest,
                officer: try row.get("officer"),
                method: try row.get("method"),
                beganBy: try row.get("began_by"),
                sealedSecret: try row.get("sealed_secret"),
                expiresAt: try row.get("expires_at")
            )
        }
    }

    static func set(_ pending: PendingOfficer, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO officer_sign_in (digest, officer, method, began_by, sealed_secret, expires_at)
            VALUES (\(pending.digest), \(pending.officer), \(pending.method), \(pending.beganBy),
                \(pending.sealedSecret), \(pending.expiresAt))
            ON CONFLICT (digest) DO UPDATE SET method = excluded.method, sealed_secret = excluded.sealed_secret
            """
        )
    }

    static func remove(_ digest: Digest, in transaction: Transaction) throws -> Bool {
        try transaction.run("DELETE FROM officer_sign_in WHERE digest = \(digest)") == 1
    }

    /// What a new password or a reset ends.
    static func removeAll(of officer: OfficerID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM officer_sign_in WHERE officer = \(officer)")
    }

    static func removeEnded(before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM officer_sign_in WHERE expires_at <= \(moment)")
    }
}
