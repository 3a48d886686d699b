// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

/// A connection of GRDB for as long as it is lent to us.
final class SQLiteConnection: EngineConnection {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    var engine: Engine { .sqlite }
    var isInTransaction: Bool { database.isInsideTransaction }

    func rows(_ statement: Statement) throws(StoreError) -> [ResultRow] {
        try translatingErrors {
            let prepared = try prepare(statement)
            let columns = prepared.columnNames
            let cursor = try Row.fetchCursor(prepared, arguments: arguments(of: statement))
            var rows: [ResultRow] = []
            while try cursor.next() != nil {
                rows.append(ResultRow(columns: columns, values: try SQLiteRows.values(of: prepared, columns)))
            }
            return rows
        }
    }

    func run(_ statement: Statement) throws(StoreError) -> Int {
        try translatingErrors {
            try prepare(statement).execute(arguments: arguments(of: statement))
            return statement.isQuery ? database.changesCount : 0
        }
    }

    func insert(_ rows: RowBuffer) throws(StoreError) {
        try translatingErrors { try SQLiteRows.insert(rows, in: database) }
    }

    func execute(_ sql: String) throws(StoreError) {
        try translatingErrors { try database.cachedStatement(sql: sql).execute() }
    }

    private func prepare(_ statement: Statement) throws -> GRDB.Statement {
        let sql = statement.text(for: .sqlite)
        guard statement.isQuery, !statement.hasLongList else { return try database.makeStatement(sql: sql) }
        return try database.cachedStatement(sql: sql)
    }

    private func arguments(of statement: Statement) -> StatementArguments {
        StatementArguments(
            statement.parameters.map { parameter -> DatabaseValue in
                switch parameter.value {
                case .null: .null
                case .integer(let value): value.databaseValue
                case .text(let value): value.databaseValue
                case .bytes(let value): Data(value).databaseValue
                case .boolean(let value): value.databaseValue
                }
            }
        )
    }
}

/// Runs a body of GRDB calls; whatever they throw becomes a `StoreError`.
func translatingErrors<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    do {
        return try body()
    } catch let error as StoreError {
        throw error
    } catch let error as DatabaseError {
        throw StoreError(error)
    } catch {
        throw .failed(code: "grdb", reason: "\(type(of: error))")
    }
}

extension StoreError {
    init(_ error: DatabaseError) {
        let message = error.message ?? ""
        let subject = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? message
        switch (error.resultCode, error.extendedResultCode) {
        case (_, .SQLITE_CONSTRAINT_UNIQUE), (_, .SQLITE_CONSTRAINT_PRIMARYKEY), (_, .SQLITE_CONSTRAINT_ROWID):
            self = .conflict(constraint: subject)
        case (.SQLITE_CONSTRAINT, _): self = .refused(constraint: subject)
        case (.SQLITE_BUSY, _), (.SQLITE_LOCKED, _): self = .busy
        // The second: no room for the index of the WAL. Neither leaves anything half written.
        case (.SQLITE_FULL, _), (_, .SQLITE_IOERR_SHMSIZE): self = .full
        case (.SQLITE_IOERR, let code): self = .halted(reason: "SQLite \(code.rawValue): \(message)")
        case (.SQLITE_CORRUPT, _), (.SQLITE_NOTADB, _): self = .corrupt(reason: message)
        case (.SQLITE_CANTOPEN, _), (.SQLITE_READONLY, _): self = .unavailable(reason: message)
        default: self = .failed(code: "\(error.extendedResultCode.rawValue)", reason: message)
        }
    }
}
