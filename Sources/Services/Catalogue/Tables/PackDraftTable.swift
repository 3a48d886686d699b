// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Kernel
import Storage

/// The SQL of drafts of packs and their earlier states.
enum PackDraftTable {
    /// What a list must know about a state without reading it.
    struct Facts: Sendable {
        let digest: Digest
        let name: String
        let errorCount: Int
        let unverifiedCount: Int
    }

    /// A state that is to be kept.
    struct State: Sendable {
        let files: [UInt8]
        let facts: Facts
        let at: Instant
        let author: DraftAuthor
    }

    static func find(_ code: String, in transaction: Transaction) throws -> PackDraft? {
        let row = try transaction.first(
            """
            SELECT draft.code, draft.version, draft.position, draft.origin, draft.base, draft.model,
                draft.begun_at, state.files,
                state.changed_at, state.changed_by_kind, state.changed_by,
                (SELECT MIN(position) FROM procedure_draft_state WHERE code = draft.code) AS first_position,
                (SELECT MAX(position) FROM procedure_draft_state WHERE code = draft.code) AS last_position
            FROM procedure_draft draft
            JOIN procedure_draft_state state ON state.code = draft.code AND state.position = draft.position
            WHERE draft.code = \(code)
            """
        )
        guard let row else { return nil }
        let position: Int = try row.get("position")
        return PackDraft(
            code: code,
            version: try row.get("version"),
            source: PackSource(path: code, files: try PackFiles.decode(try row.get("files"))),
            origin: try row.get("origin"),
            base: try row.get("base"),
            model: try row.get("model"),
            begunAt: try row.get("begun_at"),
            changedAt: try row.get("changed_at"),
            changedBy: DraftAuthor(kind: try row.get("changed_by_kind"), id: try row.get("changed_by")),
            stepsBack: position - (try row.get("first_position") as Int),
            stepsForward: (try row.get("last_position") as Int) - position
        )
    }

    /// The drafts after a code, in the order of their codes.
    static func list(
        after code: String?,
        awaitingVerification: Bool?,
        limit: Int,
        in transaction: Transaction
    ) throws -> [PackDraftSummary] {
        var condition: Statement = "draft.code > \(code ?? "")"
        switch awaitingVerification {
        case true?: condition.append(" AND draft.error_count = 0 AND draft.unverified_count > 0")
        case false?: condition.append(" AND (draft.error_count > 0 OR draft.unverified_count = 0)")
        case nil: break
        }
        return try transaction.rows(
            """
            SELECT draft.code, draft.name, draft.version, draft.origin, draft.digest, draft.base, draft.error_count,
                draft.unverified_count, state.changed_at, state.changed_by_kind, state.changed_by
            FROM procedure_draft draft
            JOIN procedure_draft_state state ON state.code = draft.code AND state.position = draft.position
            WHERE \(fragment: condition) ORDER BY draft.code LIMIT \(limit)
            """
        ).map { row in
            PackDraftSummary(
                code: try row.get("code"),
                name: try row.get("name"),
                version: try row.get("version"),
                origin: try row.get("origin"),
                digest: try row.get("digest"),
                base: try row.get("base"),
                changedAt: try row.get("changed_at"),
                changedBy: DraftAuthor(kind: try row.get("changed_by_kind"), id: try row.get("changed_by")),
                errorCount: try row.get("error_count"),
                unverifiedCount: try row.get("unverified_count")
            )
        }
    }

    /// Code, digest and origin of every draft: what the folder is compared with.
    static func seeds(in transaction: Transaction) throws -> [String: (digest: Digest, origin: PackDraft.Origin)] {
        let rows = try transaction.rows("SELECT code, digest, origin FROM procedure_draft")
        var found: [String: (digest: Digest, origin: PackDraft.Origin)] = [:]
        for row in rows { found[try row.get("code")] = (try row.get("digest"), try row.get("origin")) }
        return found
    }

    /// Adds a draft; false when there is one of this code already.
    static func insert(
        _ code: String,
        _ origin: PackDraft.Origin,
        base: Digest?,
        model: Digest? = nil,
        _ state: State,
        in transaction: Transaction
    ) throws -> Bool {
        let facts = state.facts
        let added = try transaction.run(
            """
            INSERT INTO procedure_draft (code, version, position, origin, base, model, digest, name,
                error_count, unverified_count, begun_at)
            VALUES (\(code), 1, 1, \(origin), \(base), \(model), \(facts.digest), \(facts.name), \(facts.errorCount),
                \(facts.unverifiedCount), \(state.at))
            ON CONFLICT DO NOTHING
            """
        )
        guard added == 1 else { return false }
        try insert(state, of: code, at: 1, in: transaction)
        return true
    }

    /// Puts a draft on a position if nobody changed it since `version`; false otherwise.
    static func move(
        _ code: String,
        to position: Int,
        _ facts: Facts,
        ifVersion version: Int,
        in transaction: Transaction
    ) throws -> Bool {
        try transaction.run(
            """
            UPDATE procedure_draft SET version = version + 1, position = \(position), digest = \(facts.digest),
                name = \(facts.name), error_count = \(facts.errorCount), unverified_count = \(facts.unverifiedCount)
            WHERE code = \(code) AND version = \(version)
            """
        ) == 1
    }

    /// Says from which published version a draft begins from now on.
    static func setBase(_ base: Digest?, of code: String, in transaction: Transaction) throws {
        try transaction.run("UPDATE procedure_draft SET base = \(base) WHERE code = \(code)")
    }

    /// The position on which a draft stands.
    static func position(_ code: String, in transaction: Transaction) throws -> Int? {
        try transaction.first("SELECT position FROM procedure_draft WHERE code = \(code)")?.get("position")
    }

    /// The files of an earlier or later state; nil when it is not kept.
    static func files(_ code: String, at position: Int, in transaction: Transaction) throws -> [String: [UInt8]]? {
        let row = try transaction.first(
            "SELECT files FROM procedure_draft_state WHERE code = \(code) AND position = \(position)"
        )
        return try row.map { try PackFiles.decode(try $0.get("files")) }
    }

    /// Adds the state of a position; what was taken back after it and what is older than the limit goes.
    static func insert(_ state: State, of code: String, at position: Int, in transaction: Transaction) throws {
        let oldest = position - PackDraft.stateLimit + 1
        try transaction.run(
            """
            DELETE FROM procedure_draft_state
            WHERE code = \(code) AND (position >= \(position) OR position < \(oldest))
            """
        )
        try transaction.run(
            """
            INSERT INTO procedure_draft_state (code, position, files, changed_at, changed_by_kind, changed_by)
            VALUES (\(code), \(position), \(state.files), \(state.at), \(state.author.kind), \(state.author.id))
            """
        )
    }

    /// Removes a draft if nobody changed it since `version`; false otherwise.
    static func delete(_ code: String, ifVersion version: Int, in transaction: Transaction) throws -> Bool {
        guard try find(code, in: transaction)?.version == version else { return false }
        try transaction.run("DELETE FROM procedure_draft_state WHERE code = \(code)")
        return try transaction.run("DELETE FROM procedure_draft WHERE code = \(code) AND version = \(version)") == 1
    }
}

extension PackDraft {
    /// States that are kept of a draft: 50 states of some 60 kB are 3 MB.
    static let stateLimit = 50
}

/// The files of a pack as one value of a column: name, length and bytes of each in the order of their names, the very
/// text over which the version is computed.
enum PackFiles {
    static func encode(_ files: [String: [UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, content) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            bytes += Array("\(name)\n\(content.count)\n".utf8)
            bytes += content
        }
        return bytes
    }

    static func decode(_ bytes: [UInt8]) throws(StoreError) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        var rest = bytes[...]
        func line() throws(StoreError) -> String {
            guard let end = rest.firstIndex(of: 10), let text = String(validating: rest[..<end], as: UTF8.self) else {
                throw .decoding(column: "files", reason: "no line")
            }
            rest = rest[(end + 1)...]
            return text
        }
        while !rest.isEmpty {
            let name = try line()
            guard let count = Int(try line()), (0...rest.count).contains(count) else {
                throw .decoding(column: "files", reason: "no length")
            }
            files[name] = Array(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return files
    }
}
