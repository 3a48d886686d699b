// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Organisation
import Storage

/// The SQL of `officer_session`, and of officers' rows in `session`.
enum OfficerSessionTable {
    static func insert(_ digest: Digest, at now: Instant, in transaction: Transaction) throws {
        try transaction.run("INSERT INTO officer_session (digest, proved_at) VALUES (\(digest.hex), \(now))")
    }

    /// False when the session has ended meanwhile.
    static func noteProof(_ digest: Digest, at now: Instant, in transaction: Transaction) throws -> Bool {
        try GenerationTable.advance(in: transaction)
        return try transaction.run("UPDATE officer_session SET proved_at = \(now) WHERE digest = \(digest.hex)") == 1
    }

    /// Those that are open at this moment, the last used first.
    static func open(of officer: OfficerID, at now: Instant, in transaction: Transaction) throws -> [OfficerSession] {
        try transaction.rows(
            """
            SELECT s.digest AS digest, s.authentication AS authentication, s.started_at AS started_at,
                s.seen_at AS seen_at, COALESCE(s.device, '') AS device
            FROM session s
            WHERE s.subject = \(officer) AND s.kind = 'officer' AND s.ends_at > \(now) AND s.absolute_end_at > \(now)
            ORDER BY s.seen_at DESC, s.digest
            """
        ).map { row in
            let hex: String = try row.get("digest")
            guard let digest = Digest(hex: hex) else {
                throw StoreError.decoding(column: "digest", reason: "no digest")
            }
            return OfficerSession(
                digest: digest,
                device: try row.get("device"),
                authentication: try row.get("authentication"),
                startedAt: try row.get("started_at"),
                seenAt: try row.get("seen_at")
            )
        }
    }

    /// How many of these officers have a session.
    static func count(of officers: [OfficerID], in transaction: Transaction) throws -> Int {
        guard !officers.isEmpty else { return 0 }
        return try transaction.first(
            """
            SELECT COUNT(DISTINCT subject) AS total FROM session
            WHERE kind = 'officer' AND subject IN (\(list: officers))
            """
        )?.get("total") ?? 0
    }

    /// Ends one session of this officer; false when there is none.
    static func end(_ digest: Digest, of officer: OfficerID, in transaction: Transaction) throws -> Bool {
        try GenerationTable.advance(in: transaction)
        return try transaction.run(
            "DELETE FROM session WHERE digest = \(digest.hex) AND subject = \(officer) AND kind = 'officer'"
        ) == 1
    }

    /// Ends the sessions of this officer, but for one; the number that ended.
    static func endAll(of officer: OfficerID, but kept: Digest?, in transaction: Transaction) throws -> Int {
        try GenerationTable.advance(in: transaction)
        return try transaction.run(
            """
            DELETE FROM session WHERE subject = \(officer) AND kind = 'officer' AND digest <> \(kept?.hex ?? "")
            """
        )
    }
}
