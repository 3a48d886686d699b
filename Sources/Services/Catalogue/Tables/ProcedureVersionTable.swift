// SPDX-License-Identifier: Apache-2.0

import Digests
import FoundationEssentials
import Kernel
import Storage

/// The SQL of published versions and verdicts.
enum ProcedureVersionTable {
    /// One published version as stored.
    struct StoredVersion: Sendable {
        let digest: Digest
        let code: String
        let publishedAt: Instant
        let files: [String: [UInt8]]
    }

    /// Adds a version; false when it was there already, by this node or another.
    static func insert(
        _ source: PackSource,
        _ pack: ProcedurePack,
        at now: Instant,
        in transaction: Transaction
    ) throws -> Bool {
        let digest = source.digest
        let yaml = source.files[PackSource.mainFile] ?? []
        let added = try transaction.run(
            """
            INSERT INTO procedure_version (digest, code, valid_from, valid_to, yaml, published_at)
            VALUES (\(digest), \(pack.code), \(pack.validFrom), \(pack.validTo), \(yaml), \(now))
            ON CONFLICT DO NOTHING
            """
        )
        guard added == 1 else { return false }
        for (name, content) in source.files where name != PackSource.mainFile {
            try transaction.run(
                """
                INSERT INTO procedure_version_file (version, name, content)
                VALUES (\(digest), \(name), \(content))
                """
            )
        }
        return true
    }

    /// Whether a version was published.
    static func isKnown(_ digest: Digest, in transaction: Transaction) throws -> Bool {
        try transaction.first("SELECT code FROM procedure_version WHERE digest = \(digest)") != nil
    }

    /// One version with its files; nil when it was never published.
    static func version(_ digest: Digest, in transaction: Transaction) throws -> StoredVersion? {
        let row = try transaction.first(
            "SELECT code, yaml, published_at FROM procedure_version WHERE digest = \(digest)"
        )
        guard let row else { return nil }
        var files: [String: [UInt8]] = [PackSource.mainFile: try row.get("yaml")]
        let others = try transaction.rows(
            "SELECT name, content FROM procedure_version_file WHERE version = \(digest)"
        )
        for other in others { files[try other.get("name")] = try other.get("content") as [UInt8] }
        return StoredVersion(
            digest: digest,
            code: try row.get("code"),
            publishedAt: try row.get("published_at"),
            files: files
        )
    }

    /// The version of a procedure that was offered last; nil when it was never published.
    static func latest(_ code: String, in transaction: Transaction) throws -> StoredVersion? {
        let row = try transaction.first(
            """
            SELECT version FROM procedure_offer WHERE code = \(code) ORDER BY offered_at DESC, version DESC LIMIT 1
            """
        )
        return try row.flatMap { try version(try $0.get("version"), in: transaction) }
    }

    /// One file beside a version; nil when it has none of this name.
    static func file(_ name: String, of version: Digest, in transaction: Transaction) throws -> [UInt8]? {
        let row = try transaction.first(
            "SELECT content FROM procedure_version_file WHERE version = \(version) AND name = \(name)"
        )
        return try row.map { try $0.get("content") }
    }

    // MARK: - Verdicts

    /// What this very checker said of these files; nil when it never saw them.
    static func verdict(
        _ digest: Digest,
        checker: String,
        in transaction: Transaction
    ) throws -> [CatalogueFinding]? {
        let row = try transaction.first(
            "SELECT findings FROM procedure_verdict WHERE digest = \(digest) AND checker = \(checker)"
        )
        guard let row else { return nil }
        let text: String = try row.get("findings")
        // A verdict that cannot be read is given again by the checker.
        return try? JSONDecoder().decode([CatalogueFinding].self, from: Data(text.utf8))
    }

    /// Remembers what a checker said of these files.
    static func remember(
        _ findings: [CatalogueFinding],
        of digest: Digest,
        checker: String,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(findings), as: UTF8.self)
        try transaction.run(
            """
            INSERT INTO procedure_verdict (digest, checker, findings, checked_at)
            VALUES (\(digest), \(checker), \(text), \(now))
            ON CONFLICT (digest) DO UPDATE
            SET checker = excluded.checker, findings = excluded.findings, checked_at = excluded.checked_at
            """
        )
    }
}
