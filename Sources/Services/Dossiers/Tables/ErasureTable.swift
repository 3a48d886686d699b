// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Identity
import Kernel
import Storage

/// The SQL of `dossier_restriction`.
enum RestrictionTable {
    static func isRestricted(_ dossier: DossierID, in transaction: Transaction) throws -> Bool {
        try transaction.first("SELECT dossier FROM dossier_restriction WHERE dossier = \(dossier)") != nil
    }

    static func restrict(_ dossier: DossierID, at now: Instant, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO dossier_restriction (dossier, since) VALUES (\(dossier), \(now))
            ON CONFLICT (dossier) DO NOTHING
            """
        )
    }

    static func lift(_ dossier: DossierID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM dossier_restriction WHERE dossier = \(dossier)")
    }
}

/// The SQL of `dossier_erasure` and `erased_file`, and of what an erasure takes away.
enum ErasureTable {
    static func erasedAt(_ dossier: DossierID, in transaction: Transaction) throws -> Instant? {
        try transaction.first("SELECT erased_at FROM dossier_erasure WHERE dossier = \(dossier)")?.get("erased_at")
    }

    /// Whether the personal data of a dossier were erased, and whether their use is restricted.
    static func standing(
        of dossier: DossierID,
        in transaction: Transaction
    ) throws -> (erasedAt: Instant?, isRestricted: Bool) {
        let row = try transaction.first(
            """
            SELECT (SELECT erased_at FROM dossier_erasure WHERE dossier = \(dossier)) AS erased_at,
                (SELECT COUNT(*) FROM dossier_restriction WHERE dossier = \(dossier)) AS restrictions
            """
        )
        return (try row?.get("erased_at"), try row?.get("restrictions") ?? 0 > 0)
    }

    /// Every version of a pack under which a dossier was taken.
    static func packVersions(in transaction: Transaction) throws -> [String] {
        try transaction.rows("SELECT DISTINCT dossier.pack_version FROM dossier").map { try $0.get("pack_version") }
    }

    private static let isOver: Statement = """
        dossier.queue = 'ended' AND NOT EXISTS
            (SELECT 1 FROM dossier_erasure WHERE dossier_erasure.dossier = dossier.id)
        AND NOT EXISTS (SELECT 1 FROM dossier_restriction WHERE dossier_restriction.dossier = dossier.id)
        """

    /// Dossiers of a pack version that ended before a moment, restricted and erased ones left out.
    static func ended(
        _ packVersion: String,
        before moment: Instant,
        limit: Int,
        in transaction: Transaction
    ) throws -> [(state: DossierState, files: Int)] {
        try transaction.rows(
            """
            SELECT \(fragment: DossierTable.columns),
                (SELECT COUNT(*) FROM dossier_file WHERE dossier_file.dossier = dossier.id) AS files
            FROM dossier
            WHERE dossier.pack_version = \(packVersion) AND dossier.ended_at < \(moment) AND \(fragment: isOver)
            ORDER BY dossier.ended_at, dossier.id LIMIT \(limit)
            """
        ).map { (try DossierTable.state($0), try $0.get("files")) }
    }

    static func endedCount(_ packVersion: String, before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.first(
            """
            SELECT COUNT(*) AS total FROM dossier
            WHERE dossier.pack_version = \(packVersion) AND dossier.ended_at < \(moment) AND \(fragment: isOver)
            """
        )?.get("total") ?? 0
    }

    /// Takes away the rows of a dossier that say something of a person, and notes its files for removal.
    static func erase(_ dossier: DossierID, at now: Instant, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO erased_file (digest, erased_at)
            SELECT digest, \(now) FROM dossier_file WHERE dossier = \(dossier)
            UNION SELECT digest, \(now) FROM result_document WHERE dossier = \(dossier) AND digest IS NOT NULL
            UNION SELECT digest, \(now) FROM void_signature WHERE dossier = \(dossier)
            UNION SELECT file_digest, \(now) FROM dossier_consultation
                WHERE dossier = \(dossier) AND file_digest IS NOT NULL
            ON CONFLICT (digest) DO NOTHING
            """
        )
        try transaction.run("DELETE FROM dossier_personal WHERE dossier = \(dossier)")
        try transaction.run("DELETE FROM dossier_supplement WHERE dossier = \(dossier)")
        try transaction.run("DELETE FROM dossier_consultation WHERE dossier = \(dossier)")
        try transaction.run("DELETE FROM dossier_file WHERE dossier = \(dossier)")
        try transaction.run("DELETE FROM dossier_draft WHERE dossier = \(dossier)")
        let nothing = FormAnswers().canonicalJSON
        try transaction.run("UPDATE result_document SET fields = \(nothing) WHERE dossier = \(dossier)")
        try transaction.run("INSERT INTO dossier_erasure (dossier, erased_at) VALUES (\(dossier), \(now))")
    }

    /// Whether there is a dossier of one of these parties.
    static func hasDossiers(among parties: [String], in transaction: Transaction) throws -> Bool {
        try transaction.first("SELECT id FROM dossier WHERE applicant IN (\(list: parties)) LIMIT 1") != nil
    }

    /// Takes away what an account has begun and not submitted; how many drafts there were.
    static func eraseDrafts(
        of account: AccountID,
        _ parties: [String],
        at now: Instant,
        in transaction: Transaction
    ) throws -> Int {
        try transaction.run(
            """
            INSERT INTO erased_file (digest, erased_at)
            SELECT digest, \(now) FROM dossier_file WHERE dossier IS NULL AND draft IN
                (SELECT id FROM dossier_draft WHERE applicant IN (\(list: parties)) AND dossier IS NULL)
            UNION SELECT digest, \(now) FROM uploaded_file WHERE account = \(account)
            ON CONFLICT (digest) DO NOTHING
            """
        )
        try transaction.run(
            """
            DELETE FROM dossier_file WHERE dossier IS NULL AND draft IN
                (SELECT id FROM dossier_draft WHERE applicant IN (\(list: parties)) AND dossier IS NULL)
            """
        )
        try transaction.run("DELETE FROM uploaded_file WHERE account = \(account)")
        return try transaction.run(
            "DELETE FROM dossier_draft WHERE applicant IN (\(list: parties)) AND dossier IS NULL"
        )
    }

    static func noteErased(_ digest: Digest, at now: Instant, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO erased_file (digest, erased_at) VALUES (\(digest.hex), \(now))
            ON CONFLICT (digest) DO NOTHING
            """
        )
    }

    /// Files to be removed that were noted before a moment.
    static func erasedFiles(before moment: Instant, in transaction: Transaction) throws -> [String] {
        try transaction.rows(
            "SELECT digest FROM erased_file WHERE erased_at < \(moment) ORDER BY erased_at, digest LIMIT 500"
        ).map { try $0.get("digest") }
    }

    /// Those of these digests that a row still names: the same bytes were handed in twice.
    static func stillNamed(_ digests: [String], in transaction: Transaction) throws -> Set<String> {
        let results = try transaction.rows(
            """
            SELECT digest FROM result_document WHERE digest IN (\(list: digests))
                AND dossier NOT IN (SELECT dossier FROM dossier_erasure)
            UNION SELECT digest FROM void_signature WHERE digest IN (\(list: digests))
                AND dossier NOT IN (SELECT dossier FROM dossier_erasure)
            """
        )
        return try FileTable.digests(among: digests, in: transaction)
            .union(results.map { try $0.get("digest", as: String.self) })
    }

    static func forgetFiles(_ digests: [String], in transaction: Transaction) throws {
        try transaction.run("DELETE FROM erased_file WHERE digest IN (\(list: digests))")
    }
}
