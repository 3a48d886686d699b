// SPDX-License-Identifier: Apache-2.0

import Digests

/// Whole tables within one transaction, whatever they are: for backup and restore alone. Services read and write their
/// own tables by their own statements.
public struct TableCopy {
    /// More rows in one statement gain little; columns times rows stay below the parameters of both engines.
    private static let rowsOfInsert = 50

    private let transaction: Transaction

    /// Copies within this transaction.
    public init(_ transaction: Transaction) {
        self.transaction = transaction
    }

    // MARK: - Reading

    /// All tables by name, but for the note of applied migrations.
    public func tables() throws(StoreError) -> [TableShape] {
        try TableCatalogue.shapes(in: transaction)
    }

    /// What was applied to this database; empty for one without a schema.
    public func migrations() throws(StoreError) -> Set<MigrationMark> {
        guard try hasMigrationTable() else { return [] }
        var marks: Set<MigrationMark> = []
        for (id, digest) in try SchemaMigrations.applied(in: transaction) {
            marks.insert(MigrationMark(id: id, digest: digest.hex))
        }
        return marks
    }

    /// The rows of a table in the order of its key, in batches of at most `limit`; truth values as 0 and 1, so that
    /// equal rows are equal on both engines. What the body throws is thrown on.
    public func rows(of table: TableShape, batch limit: Int, _ body: ([[StoredValue]]) throws -> Void) throws {
        let columns = table.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let key = table.key.map { "\"\($0)\"" }.joined(separator: ", ")
        let places = table.key.compactMap { name in table.columns.firstIndex { $0.name == name } }
        var last: [Statement.Parameter] = []
        while true {
            var query = Statement(trusted: "SELECT \(columns) FROM \"\(table.name)\"")
            if !last.isEmpty {
                query.append(Statement(trusted: " WHERE (\(key)) > ("))
                query.append(Statement(values: last))
                query.append(")")
            }
            query.append(Statement(trusted: " ORDER BY \(key) LIMIT \(limit)"))
            let rows = try transaction.rows(query).map { $0.values.map(TableCopy.neutral) }
            if rows.isEmpty { return }
            try body(rows)
            guard rows.count == limit, let end = rows.last else { return }
            last = places.map { Statement.Parameter(type: table.columns[$0].type, value: end[$0]) }
        }
    }

    private static func neutral(_ value: StoredValue) -> StoredValue {
        if case .boolean(let isTrue) = value { return .integer(isTrue ? 1 : 0) }
        return value
    }

    // MARK: - Writing

    /// Puts rows into a table, whose values stand in the order of `columns`.
    ///
    /// Throws `StoreError`, and `refused` for columns that the table has not.
    public func insert(_ rows: [[StoredValue]], into table: TableShape, columns: [String]) throws(StoreError) {
        var types: [ColumnType] = []
        for name in columns {
            guard let column = table.columns.first(where: { $0.name == name }) else {
                throw .refused(constraint: "\(table.name) has no column \(name)")
            }
            types.append(column.type)
        }
        let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let head = "INSERT INTO \"\(table.name)\" (\(names)) VALUES "
        var start = 0
        while start < rows.count {
            // Two lengths only, so that two prepared texts serve a whole table.
            let count = rows.count - start >= TableCopy.rowsOfInsert ? TableCopy.rowsOfInsert : 1
            var statement = Statement(trusted: head)
            for (index, row) in rows[start..<start + count].enumerated() {
                guard row.count == types.count else { throw .refused(constraint: "a row of \(table.name)") }
                statement.append(index == 0 ? "(" : ", (")
                statement.append(Statement(values: zip(types, row).map(TableCopy.parameter)))
                statement.append(")")
            }
            try transaction.run(statement)
            start += count
        }
    }

    private static func parameter(_ type: ColumnType, _ value: StoredValue) -> Statement.Parameter {
        if type == .bool, case .integer(let number) = value {
            return Statement.Parameter(type: type, value: .boolean(number != 0))
        }
        return Statement.Parameter(type: type, value: value)
    }

    /// Removes all rows of these tables, whatever points at them: within `withoutReferences`.
    public func empty(_ tables: [TableShape]) throws(StoreError) {
        for table in tables { try transaction.run(Statement(trusted: "DELETE FROM \"\(table.name)\"")) }
    }

    /// Removes the whole schema, the note of migrations included: within `withoutReferences`.
    public func dropAll() throws(StoreError) {
        let tables = try tables()
        try empty(tables)
        let ending: Statement = transaction.engine == .postgres ? " CASCADE" : ""
        for table in tables { try transaction.run(Statement(trusted: "DROP TABLE \"\(table.name)\"") + ending) }
        if try hasMigrationTable() { try transaction.run("DROP TABLE schema_migration") }
    }

    /// Runs a body in which rows may point at rows that come later; at the end all of them must be there.
    ///
    /// SQLite looks at the commit; on PostgreSQL the references are taken away and put back, which checks every row.
    public func withoutReferences(_ body: () throws -> Void) throws {
        if transaction.engine == .sqlite {
            try transaction.run("PRAGMA defer_foreign_keys = ON")
            return try body()
        }
        let references = try transaction.rows(TableCopy.references)
        for row in references {
            let (table, name) = (try row.get("table_name", as: String.self), try row.get("name", as: String.self))
            try transaction.run(Statement(trusted: "ALTER TABLE \"\(table)\" DROP CONSTRAINT \"\(name)\""))
        }
        try body()
        let left = Set(try tables().map(\.name))
        for row in references {
            let (table, name) = (try row.get("table_name", as: String.self), try row.get("name", as: String.self))
            let definition = try row.get("definition", as: String.self)
            guard left.contains(table) else { continue }
            try transaction.run(
                Statement(trusted: "ALTER TABLE \"\(table)\" ADD CONSTRAINT \"\(name)\" \(definition)")
            )
        }
    }

    private static let references: Statement = """
        SELECT c.conname::TEXT AS name, t.relname::TEXT AS table_name, pg_get_constraintdef(c.oid) AS definition
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
        WHERE c.contype = 'f' AND c.connamespace = to_regnamespace(quote_ident(current_schema()))
        ORDER BY t.relname, c.conname
        """

    private func hasMigrationTable() throws(StoreError) -> Bool {
        let query: Statement =
            transaction.engine == .sqlite
            ? "SELECT name AS name FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'"
            : "SELECT to_regclass('schema_migration')::TEXT AS name WHERE to_regclass('schema_migration') IS NOT NULL"
        return try transaction.first(query) != nil
    }
}
