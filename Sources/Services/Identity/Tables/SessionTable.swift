// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Organisation
import Storage

/// The SQL of `session`.
enum SessionTable {
    private static let columns: Statement =
        """
        digest, kind, door, subject, authentication, assurance, device, hat, started_at, seen_at, ends_at, absolute_end_at
        """

    /// A session with what each request needs to know of it.
    struct Found {
        var session: Session
        var organisationVersion: Int64
        var generation: Int64
        var provedAt: Instant?
        var representations: Int
    }

    /// The session, the version of the organisation, to which an officer's belongs, the generation of all sessions,
    /// when she last proved herself, and how many authorities a citizen ever stated: one statement.
    static func find(_ digest: Digest, in transaction: Transaction) throws -> Found? {
        try transaction.first(
            """
            SELECT \(fragment: columns), \(fragment: OrganisationService.versionColumn),
                \(fragment: GenerationTable.column),
                (SELECT proved_at FROM officer_session WHERE officer_session.digest = session.digest) AS proved_at,
                (SELECT COUNT(*) FROM representation WHERE representation.holder = session.subject) AS representations
            FROM session WHERE digest = \(digest.hex)
            """
        ).map { row in
            Found(
                session: try session(row),
                organisationVersion: try row.get("organisation_version"),
                generation: try row.get("session_generation"),
                provedAt: try row.get("proved_at"),
                representations: try row.get("representations")
            )
        }
    }

    /// The sessions of a person that have not ended, the one used last first.
    static func open(of subject: String, at moment: Instant, in transaction: Transaction) throws -> [Session] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM session
            WHERE subject = \(subject) AND ends_at > \(moment) AND absolute_end_at > \(moment)
            ORDER BY seen_at DESC, digest
            """
        ).map(session)
    }

    private static func session(_ row: ResultRow) throws -> Session {
        let (hex, assurance): (String, Int) = (try row.get("digest"), try row.get("assurance"))
        guard let digest = Digest(hex: hex) else {
            throw StoreError.decoding(column: "digest", reason: "no SHA-256")
        }
        return Session(
            digest: digest,
            kind: try row.get("kind"),
            door: try row.get("door"),
            subject: try row.get("subject"),
            authentication: try row.get("authentication"),
            assurance: AssuranceLevel(rawValue: assurance) ?? .none,
            device: try row.get("device"),
            hat: try row.get("hat"),
            startedAt: try row.get("started_at"),
            seenAt: try row.get("seen_at"),
            endsAt: try row.get("ends_at"),
            absoluteEndAt: try row.get("absolute_end_at")
        )
    }

    static func insert(_ session: Session, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO session (digest, kind, door, subject, authentication, assurance, device, hat, started_at, seen_at, ends_at,
                absolute_end_at)
            VALUES (\(session.digest.hex), \(session.kind.rawValue), \(session.door.rawValue), \(session.subject),
                \(session.authentication.rawValue), \(session.assurance.rawValue), \(session.device), \(session.hat),
                \(session.startedAt), \(session.seenAt), \(session.endsAt), \(session.absoluteEndAt))
            """
        )
    }

    /// Only makes it live longer: what is remembered of it stays true.
    static func touch(_ session: Session, in transaction: Transaction) throws {
        try transaction.run(
            "UPDATE session SET seen_at = \(session.seenAt), ends_at = \(session.endsAt) WHERE digest = \(session.digest.hex)"
        )
    }

    /// False when there is no such session any more.
    static func delete(_ digest: Digest, in transaction: Transaction) throws -> Bool {
        try GenerationTable.advance(in: transaction)
        return try transaction.run("DELETE FROM session WHERE digest = \(digest.hex)") == 1
    }

    /// The number that was ended.
    @discardableResult
    static func deleteAll(of subject: String, in transaction: Transaction) throws -> Int {
        try GenerationTable.advance(in: transaction)
        return try transaction.run("DELETE FROM session WHERE subject = \(subject)")
    }

    static func deleteEverything(in transaction: Transaction) throws {
        try GenerationTable.advance(in: transaction)
        try transaction.run("DELETE FROM session")
    }

    static func countOpen(at moment: Instant, in transaction: Transaction) throws -> Int {
        let row = try transaction.first(
            "SELECT COUNT(*) AS count FROM session WHERE ends_at > \(moment) AND absolute_end_at > \(moment)"
        )
        return try row?.get("count") ?? 0
    }

    /// Their time was over before: nobody who remembers them lets them in.
    static func deleteEnded(before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM session WHERE ends_at < \(moment)")
    }
}
