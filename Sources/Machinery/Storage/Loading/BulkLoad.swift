// SPDX-License-Identifier: Apache-2.0

import Digests
import Glibc

/// Fills the tables of an empty database with more rows than single transactions would bring in a day.
///
/// The indexes of these tables are taken away and built at the end from sorted keys, and SQLite writes neither a
/// journal of its own nor waits for the disk until all is there. So a load that was broken off leaves nothing that can
/// be used: from its beginning until its whole is on disk the database bears a mark, and `migrate` refuses it with
/// `StoreError.unfinishedLoad`.
public enum BulkLoad {
    /// Stands among the applied migrations while a load is going on.
    static let mark = "unfinished-load"

    /// Lends a store for loading. Nobody else may use the database meanwhile, and its schema is up to date.
    ///
    /// - Parameters:
    ///   - url: the address of the database; not one in memory.
    ///   - tables: the tables that get many rows.
    ///   - body: fills them, by transactions of any kind.
    /// - Returns: what the body returns; all is on disk then.
    /// - Throws: what the body throws; `StoreError`.
    public static func run<Value: Sendable>(
        url: String,
        tables: [StaticString],
        _ body: (any Store) async throws -> Value
    ) async throws -> Value {
        try await using(StoreOpening.open(url: url)) { store in try await store.write { try setMark(in: $0) } }
        // Open until no connection is left: with the first descriptor that is closed, SQLite loses its locks.
        let descriptor = try descriptor(of: url)
        defer { if let descriptor { close(descriptor) } }
        let value = try await using(StoreOpening.openForLoading(url: url)) { store in
            let indexes = try await store.write { try takeIndexes(of: tables, in: $0) }
            let value = try await body(store)
            // The rows are on their way to the disk while the indexes are built.
            let flushing = Task { try flush(descriptor) }
            do { try await build(indexes, of: tables, in: store) } catch {
                _ = await flushing.result  // its descriptor is closed next
                throw error
            }
            try await flushing.value
            return value
        }
        try flush(descriptor)
        try await using(StoreOpening.open(url: url)) { store in
            try await store.write { _ = try $0.run("DELETE FROM schema_migration WHERE id = \(mark)") }
        }
        return value
    }

    private static func using<Value: Sendable>(
        _ store: any Store,
        _ body: (any Store) async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await body(store)
            await store.close()
            return value
        } catch {
            await store.close()
            throw error
        }
    }

    private static func setMark(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO schema_migration (id, position, digest)
            SELECT \(mark), MAX(position) + 1, \(Digest(of: mark)) FROM schema_migration
            """
        )
    }

    /// Takes away what is no part of a constraint; the definitions, to be run again.
    private static func takeIndexes(of tables: [StaticString], in transaction: Transaction) throws -> [String] {
        var definitions: [String] = []
        for table in tables.map(\.description) {
            let rows = try transaction.rows(transaction.engine == .sqlite ? sqlite(table) : postgres(table))
            for row in rows {
                definitions.append(try row.get("definition"))
                try transaction.run(Statement(trusted: "DROP INDEX \"\(try row.get("name", as: String.self))\""))
            }
        }
        return definitions
    }

    private static func build(_ indexes: [String], of tables: [StaticString], in store: any Store) async throws {
        if store.engine == .sqlite { try await store.write { try sortInPieces(in: $0) } }
        for index in indexes { try await store.write { _ = try $0.run(Statement(trusted: index)) } }
        guard store.engine == .postgres else { return }
        for table in tables { try await store.write { _ = try $0.run("ANALYZE \(fragment: .table(table))") } }
    }

    /// A small cache of pages makes SQLite sort the keys of an index in pieces that fit the processor's cache, which
    /// takes half the time, one piece while the next is read.
    private static func sortInPieces(in transaction: Transaction) throws {
        try transaction.run("PRAGMA cache_size = -4096")
        try transaction.run("PRAGMA threads = 1")
        // Tables are read once for each index: without a copy of each page.
        try transaction.run("PRAGMA mmap_size = 2147418112")
    }

    private static func sqlite(_ table: String) -> Statement {
        """
        SELECT name AS name, sql AS definition FROM sqlite_master
        WHERE type = 'index' AND tbl_name = \(table) AND sql IS NOT NULL ORDER BY name
        """
    }

    private static func postgres(_ table: String) -> Statement {
        """
        SELECT c.relname::TEXT AS name, pg_get_indexdef(i.indexrelid) AS definition
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relname = \(table) AND t.relnamespace = to_regnamespace(quote_ident(current_schema()))
            AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
        ORDER BY c.relname
        """
    }

    /// The file of SQLite, for flushing; nil for PostgreSQL, which has flushed each commit.
    private static func descriptor(of url: String) throws -> Int32? {
        guard url.hasPrefix("sqlite:") else { return nil }
        return try Files.open(String(url.dropFirst("sqlite:".count)), O_RDWR | O_CLOEXEC)
    }

    /// SQLite has waited for nothing: the flush that makes it true.
    private static func flush(_ descriptor: Int32?) throws {
        if let descriptor { try DurableFile.flush(descriptor) }
    }
}

extension Statement {
    fileprivate static func table(_ name: StaticString) -> Statement { Statement(trusted: name.description) }
}
