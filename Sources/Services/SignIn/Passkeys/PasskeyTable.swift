// SPDX-License-Identifier: Apache-2.0

import Digests
public import Kernel
import Organisation
import Storage

/// A passkey of an officer, as its page shows it.
public struct Passkey: Sendable, Hashable {
    /// Our id of it.
    public var id: Identifier<Passkey>
    /// What the officer called it: "Máy tính ở phòng một cửa".
    public var name: String
    /// When it was added.
    public var createdAt: Instant
    /// When it last opened the door; nil for never.
    public var usedAt: Instant?
}

/// A passkey with what is needed to check an answer of it.
struct StoredPasskey: Sendable {
    var passkey: Passkey
    var officer: OfficerID
    var credential: [UInt8]
    var keyBytes: [UInt8]
    var signCount: Int64
}

/// The SQL of `officer_passkey` and `passkey_challenge`.
enum PasskeyTable {
    private static let columns: Statement =
        "id, officer, credential, public_key, sign_count, name, created_at, used_at"

    static func find(credential: [UInt8], in transaction: Transaction) throws -> StoredPasskey? {
        try transaction.first(
            "SELECT \(fragment: columns) FROM officer_passkey WHERE credential = \(credential)"
        ).map(stored)
    }

    static func all(of officer: OfficerID, in transaction: Transaction) throws -> [StoredPasskey] {
        try transaction.rows(
            "SELECT \(fragment: columns) FROM officer_passkey WHERE officer = \(officer) ORDER BY created_at, id"
        ).map(stored)
    }

    static func insert(_ stored: StoredPasskey, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO officer_passkey (id, officer, credential, public_key, sign_count, name, created_at, used_at)
            VALUES (\(stored.passkey.id), \(stored.officer), \(stored.credential), \(stored.keyBytes),
                \(stored.signCount), \(stored.passkey.name), \(stored.passkey.createdAt), NULL)
            """
        )
    }

    /// Notes a use with the new counter.
    static func use(_ stored: StoredPasskey, signCount: UInt32, at now: Instant, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE officer_passkey SET sign_count = \(Int64(signCount)), used_at = \(now)
            WHERE id = \(stored.passkey.id)
            """
        )
    }

    /// False when the officer has no such passkey.
    static func remove(_ id: Identifier<Passkey>, of officer: OfficerID, in transaction: Transaction) throws -> Bool {
        try transaction.run("DELETE FROM officer_passkey WHERE id = \(id) AND officer = \(officer)") == 1
    }

    static func removeAll(of officer: OfficerID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM officer_passkey WHERE officer = \(officer)")
    }

    /// False when this challenge was used before.
    static func use(_ challenge: PasskeyChallenge, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            """
            INSERT INTO passkey_challenge (digest, expires_at) VALUES (\(Digest(of: challenge.text)), \(challenge.expiresAt))
            ON CONFLICT (digest) DO NOTHING
            """
        ) == 1
    }

    static func removeEnded(before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM passkey_challenge WHERE expires_at <= \(moment)")
    }

    private static func stored(_ row: ResultRow) throws -> StoredPasskey {
        StoredPasskey(
            passkey: Passkey(
                id: try row.get("id"),
                name: try row.get("name"),
                createdAt: try row.get("created_at"),
                usedAt: try row.get("used_at")
            ),
            officer: try row.get("officer"),
            credential: try row.get("credential"),
            keyBytes: try row.get("public_key"),
            signCount: try row.get("sign_count")
        )
    }
}
