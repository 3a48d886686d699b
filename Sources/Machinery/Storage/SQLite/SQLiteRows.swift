// SPDX-License-Identifier: Apache-2.0

import GRDB
import GRDBSQLite

/// Rows of a buffer as parameters of one statement, which point into the buffer.
enum SQLiteRows {
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
