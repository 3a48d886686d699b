// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel

/// One step of the schema, in the common dialect. Never changed once shipped; additive, so that the previous release
/// runs on the new schema.
///
/// Types are `INT64`, `TEXT`, `BYTES` and `BOOL`; tables are STRICT on SQLite without being told. `KEYED` after a table
/// keeps its rows in the tree of their key on SQLite (WITHOUT ROWID): for short rows whose key is most of them.
public struct Migration: Sendable {
    /// Service and number: `dossiers-0001`.
    public let id: String
    let statements: [Statement]

    /// A step of these statements, run in order in one transaction.
    public init(id: String, statements: [Statement]) {
        self.id = id
        self.statements = statements
    }

    /// Of what was written, not of its translation.
    var digest: Digest {
        Digest(of: statements.map { $0.text(for: .sqlite) }.joined(separator: ";\n"))
    }
}

extension Store {
    public func migrate(_ migrations: [Migration]) async throws {
        try await migrate(migrations, only: nil)
    }

    /// As `migrate`, but applies only the migrations of these ids, in their order: the schema of an earlier release,
    /// for the rows of its backup.
    public func migrate(_ migrations: [Migration], only ids: Set<String>?) async throws {
        let all = StorageSchema.migrations + migrations
        precondition(Set(all.map(\.id)).count == all.count, "two migrations have the same id")
        try await write { transaction in
            let known = Set(all.map(\.id))
            for id in try SchemaMigrations.open(in: transaction).keys.sorted() where !known.contains(id) {
                if id == BulkLoad.mark { throw StoreError.unfinishedLoad }
                throw StoreError.newerDatabase(migration: id)
            }
        }
        for migration in all where ids?.contains(migration.id) ?? true {
            try await write { transaction in
                // Read again under the lock: another node may have been faster.
                let applied = try SchemaMigrations.open(in: transaction)
                if let digest = applied[migration.id] {
                    guard digest == migration.digest else { throw StoreError.changedMigration(id: migration.id) }
                    return
                }
                for statement in migration.statements {
                    try transaction.run(statement.translated(for: transaction.engine))
                }
                try transaction.run(
                    """
                    INSERT INTO schema_migration (id, position, digest)
                    VALUES (\(migration.id), \(applied.count + 1), \(migration.digest))
                    """
                )
            }
        }
    }
}

extension Transaction {
    /// The ids of the steps of the schema that were applied, in their order.
    public func appliedMigrations() throws(StoreError) -> [String] {
        var ids: [String] = []
        for row in try rows("SELECT id FROM schema_migration ORDER BY position") { ids.append(try row.get("id")) }
        return ids
    }
}

enum SchemaMigrations {
    /// Takes the lock that keeps other nodes from migrating at the same time, and reads what is applied.
    static func open(in transaction: Transaction) throws(StoreError) -> [String: Digest] {
        if transaction.engine == .postgres {
            _ = try transaction.rows("SELECT pg_advisory_xact_lock(hashtext('motcua ' || current_schema()))")
        }
        let table: Statement = """
            CREATE TABLE IF NOT EXISTS schema_migration (
                id TEXT NOT NULL PRIMARY KEY,
                position INT64 NOT NULL UNIQUE,
                digest BYTES NOT NULL
            )
            """
        try transaction.run(table.translated(for: transaction.engine))
        return try applied(in: transaction)
    }

    /// What is applied, in a database that has the note of it.
    static func applied(in transaction: Transaction) throws(StoreError) -> [String: Digest] {
        var applied: [String: Digest] = [:]
        for row in try transaction.rows("SELECT id, digest FROM schema_migration") {
            applied[try row.get("id")] = try row.get("digest", as: Digest.self)
        }
        return applied
    }
}

// MARK: - Translation

extension Statement {
    /// The statement with the engine's names of types; words within quotes are left alone.
    func translated(for engine: Engine) -> Statement {
        var translated = self
        translated.mapLiterals { Dialect.translate($0, for: engine) }
        if engine == .sqlite, Dialect.makesTable(self) {
            translated.append(Dialect.isKeyed(translated) ? ", STRICT" : " STRICT")
        }
        return translated
    }
}

private enum Dialect {
    private static let keyed = "WITHOUT ROWID"
    private static let types: [Engine: [String: String]] = [
        .sqlite: ["INT64": "INTEGER", "BYTES": "BLOB", "BOOL": "INTEGER", "KEYED": keyed],
        .postgres: ["INT64": "BIGINT", "BYTES": "BYTEA", "BOOL": "BOOLEAN", "KEYED": ""],
    ]

    static func translate(_ sql: String, for engine: Engine) -> String {
        var translated = ""
        var word = ""
        var isQuoted = false
        func endWord() {
            translated += isQuoted ? word : types[engine]?[word] ?? word
            word = ""
        }
        for character in sql {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
                continue
            }
            endWord()
            if character == "'" { isQuoted.toggle() }
            translated.append(character)
        }
        endWord()
        return translated
    }

    static func isKeyed(_ statement: Statement) -> Bool { statement.text(for: .sqlite).hasSuffix(keyed) }

    static func makesTable(_ statement: Statement) -> Bool {
        statement.text(for: .sqlite).drop(while: \.isWhitespace).hasPrefix("CREATE TABLE")
    }
}
