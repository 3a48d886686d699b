// SPDX-License-Identifier: Apache-2.0

import GRDB
import GRDBSQLite

/// Rows on their way into SQLite and out of it, value by value, without an object of GRDB for each.
enum SQLiteRows {
    /// The values of the row on which a statement stands.
    static func values(of prepared: GRDB.Statement, _ columns: [String]) throws(StoreError) -> [StoredValue] {
        let statement = unsafe prepared.sqliteStatement
        var values: [StoredValue] = []
        values.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() {
            let place = Int32(index)
            switch unsafe sqlite3_column_type(statement, place) {
            case SQLITE_NULL: values.append(.null)
            case SQLITE_INTEGER: values.append(.integer(unsafe sqlite3_column_int64(statement, place)))
            case SQLITE_TEXT:
                let start = unsafe sqlite3_column_text(statement, place)
                let count = unsafe Int(sqlite3_column_bytes(statement, place))
                values.append(
                    .text(unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
                )
            case SQLITE_BLOB:
                let start = unsafe sqlite3_column_blob(statement, place)
                let count = unsafe Int(sqlite3_column_bytes(statement, place))
                values.append(.bytes(unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))))
            default: throw .decoding(column: column, reason: "real numbers are not part of the dialect")
            }
        }
        return values
    }

    /// Rows of a buffer as parameters of one statement, which point into the buffer.
    static func insert(_ rows: RowBuffer, in database: Database) throws {
        // A statement of its own: one that GRDB keeps is not ready for other hands.
        let prepared = try database.makeStatement(sql: rows.insertText)
        let statement = unsafe prepared.sqliteStatement
        defer {
            unsafe sqlite3_reset(statement)
            unsafe sqlite3_clear_bindings(statement)
        }
        try unsafe rows.bytes.withUnsafeBytes { bytes in
            var offset = 0
            for _ in 0..<rows.count {
                unsafe bind(rows.types, bytes, &offset, to: statement)
                let end = unsafe sqlite3_step(statement)
                guard end == SQLITE_DONE else { throw unsafe failure(of: database.sqliteConnection) }
                unsafe sqlite3_reset(statement)
            }
        }
    }

    private static func bind(
        _ types: [ColumnType],
        _ bytes: UnsafeRawBufferPointer,
        _ offset: inout Int,
        to statement: OpaquePointer
    ) {
        offset += 2  // the number of columns
        var place: Int32 = 0
        for type in types {
            place += 1
            let length = Int32(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
            offset += 4
            guard length >= 0, let start = unsafe bytes.baseAddress.map({ unsafe $0 + offset }) else {
                unsafe sqlite3_bind_null(statement, place)
                continue
            }
            switch type {
            case .int64:
                let value = Int64(bigEndian: unsafe start.loadUnaligned(as: Int64.self))
                unsafe sqlite3_bind_int64(statement, place, value)
            case .bool: unsafe sqlite3_bind_int64(statement, place, start.load(as: UInt8.self) == 0 ? 0 : 1)
            case .text:
                let text = unsafe start.assumingMemoryBound(to: CChar.self)
                unsafe sqlite3_bind_text(statement, place, text, length, nil)
            case .bytes: unsafe sqlite3_bind_blob(statement, place, start, length, nil)
            }
            offset += Int(length)
        }
    }

    private static func failure(of connection: OpaquePointer?) -> DatabaseError {
        let code = unsafe sqlite3_extended_errcode(connection)
        let message = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
}
