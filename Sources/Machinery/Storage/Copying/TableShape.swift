// SPDX-License-Identifier: Apache-2.0

import Digests

/// A table as a copy of the whole database sees it: the same on both engines but for truth values, which SQLite keeps
/// as numbers.
public struct TableShape: Sendable, Equatable {
    /// A column and what it holds.
    public struct Column: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// What it holds; `int64` for truth values on SQLite.
        public let type: ColumnType
    }

    /// Its name.
    public let name: String
    /// In the order in which they were made.
    public let columns: [Column]
    /// Columns of the primary key, in the order of the key.
    public let key: [String]
}

/// A migration as a copy names it: what was applied, and that it was this text.
public struct MigrationMark: Sendable, Hashable {
    /// Service and number.
    public let id: String
    /// The digest of its statements, in hexadecimal digits.
    public let digest: String

    /// A migration of this id and digest.
    public init(id: String, digest: String) {
        (self.id, self.digest) = (id, digest)
    }
}

extension Migration {
    /// The marks of these migrations and of the store's own.
    public static func marks(of migrations: [Migration]) -> Set<MigrationMark> {
        Set((StorageSchema.migrations + migrations).map { MigrationMark(id: $0.id, digest: $0.digest.hex) })
    }
}

/// The catalogue of an engine, read for a copy.
enum TableCatalogue {
    /// The note of applied migrations: part of no copy, since each database writes its own.
    static let migrationTable = "schema_migration"

    static func shapes(in transaction: Transaction) throws(StoreError) -> [TableShape] {
        let rows = try transaction.rows(transaction.engine == .sqlite ? sqlite : postgres)
        var shapes: [TableShape] = []
        var columns: [String: [TableShape.Column]] = [:]
        var keys: [String: [(position: Int, name: String)]] = [:]
        for row in rows {
            let (table, column) = (try row.get("table_name", as: String.self), try row.get("name", as: String.self))
            let type = try columnType(row.get("type"), of: "\(table).\(column)")
            for name in [table, column] { try requirePlain(name) }
            columns[table, default: []].append(TableShape.Column(name: column, type: type))
            let position = try row.get("key_position", as: Int.self)
            if position > 0 { keys[table, default: []].append((position, column)) }
        }
        for table in columns.keys.sorted() where table != migrationTable {
            guard let key = keys[table] else {
                throw .failed(code: "copy", reason: "table \(table) has no primary key")
            }
            let sorted = key.sorted { $0.position < $1.position }.map(\.name)
            shapes.append(TableShape(name: table, columns: columns[table] ?? [], key: sorted))
        }
        return shapes
    }

    private static let sqlite: Statement = """
        SELECT t.name AS table_name, c.name AS name, c.type AS type, c.pk AS key_position
        FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid
        """

    private static let postgres: Statement = """
        SELECT t.relname::TEXT AS table_name, c.attname::TEXT AS name, format_type(c.atttypid, NULL) AS type,
            COALESCE((
                SELECT part.position FROM pg_index i, unnest(i.indkey::INT2[]) WITH ORDINALITY AS part (column_number, position)
                WHERE i.indrelid = t.oid AND i.indisprimary AND part.column_number = c.attnum
            ), 0) AS key_position
        FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid
        WHERE t.relnamespace = to_regnamespace(quote_ident(current_schema())) AND t.relkind = 'r'
            AND c.attnum > 0 AND NOT c.attisdropped
        ORDER BY t.relname, c.attnum
        """

    private static func columnType(_ text: String, of column: String) throws(StoreError) -> ColumnType {
        switch text {
        case "INTEGER", "INT", "bigint": .int64
        case "TEXT", "text": .text
        case "BLOB", "bytea": .bytes
        case "boolean": .bool
        default: throw .failed(code: "copy", reason: "column \(column) is \(text), which is not of the dialect")
        }
    }

    /// Names go into the text of statements, so they are letters, digits and lines only.
    private static func requirePlain(_ name: String) throws(StoreError) {
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "_")
        }
        guard isPlain, !name.isEmpty else { throw .failed(code: "copy", reason: "a name that is not of the dialect") }
    }
}
