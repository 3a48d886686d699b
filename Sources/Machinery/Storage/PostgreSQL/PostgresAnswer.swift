// SPDX-License-Identifier: Apache-2.0

import CPostgres
import Digests

/// The types of PostgreSQL that the dialect meets, by their OID.
enum PostgresType: UInt32 {
    case bool = 16
    case bytea = 17
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case text = 25
    case oid = 26
    case float4 = 700
    case float8 = 701
    case numeric = 1700

    init(_ type: ColumnType) {
        switch type {
        case .int64: self = .int8
        case .text: self = .text
        case .bytes: self = .bytea
        case .bool: self = .bool
        }
    }
}

/// A result of libpq, cleared when it is dropped.
@safe final class PostgresAnswer {
    private let result: OpaquePointer

    init(_ result: OpaquePointer) {
        unsafe self.result = unsafe result
    }

    deinit { unsafe PQclear(result) }

    /// What was done: `COMMIT`, `INSERT 0 1`.
    var command: String { unsafe textOf(PQcmdStatus(result)) }

    /// Rows that the command changed.
    var affectedRows: Int { Int(unsafe textOf(PQcmdTuples(result))) ?? 0 }

    func rows() throws(StoreError) -> [ResultRow] {
        let columns = unsafe (0..<PQnfields(result)).map { unsafe textOf(PQfname(result, $0)) }
        let types = unsafe (0..<PQnfields(result)).map { unsafe PostgresType(rawValue: PQftype(result, $0)) }
        var rows: [ResultRow] = []
        for row in unsafe 0..<PQntuples(result) {
            var values: [StoredValue] = []
            values.reserveCapacity(columns.count)
            for (index, type) in types.enumerated() {
                values.append(try value(row, Int32(index), type: type, column: columns[index]))
            }
            rows.append(ResultRow(columns: columns, values: values))
        }
        return rows
    }

    private func value(
        _ row: Int32,
        _ column: Int32,
        type: PostgresType?,
        column name: String
    ) throws(StoreError) -> StoredValue {
        guard unsafe PQgetisnull(result, row, column) == 0 else { return .null }
        let written = text(row, column)
        switch type {
        case .bool: return .boolean(written == "t")
        case .bytea:
            guard let bytes = [UInt8](hex: String(written.dropFirst(2))) else {
                throw .decoding(column: name, reason: "bytea_output is not hex")
            }
            return .bytes(bytes)
        case .int2, .int4, .int8, .oid, .numeric:
            guard let number = Int64(written) else {
                throw .decoding(column: name, reason: "no whole number of 64 bits")
            }
            return .integer(number)
        case .float4, .float8: throw .decoding(column: name, reason: "real numbers are not part of the dialect")
        case .text, nil: return .text(written)
        }
    }

    private func text(_ row: Int32, _ column: Int32) -> String {
        let bytes = unsafe UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column),
            count: Int(PQgetlength(result, row, column))
        )
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Errors

    func error(isConnectionLost: Bool, message: String) -> StoreError {
        let state = field(PG_DIAG_SQLSTATE)
        let reason = field(PG_DIAG_MESSAGE_PRIMARY)
        if state == "23505" { return .conflict(constraint: uniqueColumns) }
        if state.hasPrefix("23") {
            let constraint = field(PG_DIAG_CONSTRAINT_NAME)
            return .refused(constraint: constraint.isEmpty ? field(PG_DIAG_COLUMN_NAME) : constraint)
        }
        switch state {
        case "40001", "40P01": return .crossed
        case "53100": return .full
        case "55P03": return .busy
        case "58030": return .halted(reason: reason)
        case "XX001", "XX002": return .corrupt(reason: reason)
        case "57P01", "57P02", "57P03", "53300": return .unavailable(reason: reason)
        default: break
        }
        if isConnectionLost || state.isEmpty || state.hasPrefix("08") { return .unavailable(reason: message) }
        return .failed(code: state, reason: reason)
    }

    /// As SQLite names it: `dossier.code`. The detail says "Key (code)=(…) …" in any language.
    private var uniqueColumns: String {
        let table = field(PG_DIAG_TABLE_NAME)
        let detail = field(PG_DIAG_MESSAGE_DETAIL)
        guard let open = detail.firstIndex(of: "("), let close = detail[open...].firstIndex(of: ")") else {
            return field(PG_DIAG_CONSTRAINT_NAME)
        }
        let columns = detail[detail.index(after: open)..<close].split(separator: ", ")
        return columns.map { "\(table).\($0)" }.joined(separator: ", ")
    }

    /// The codes of the fields are letters.
    private func field(_ code: Int32) -> String {
        unsafe textOf(PQresultErrorField(result, code))
    }
}

private let PG_DIAG_SQLSTATE = Int32(UInt8(ascii: "C"))
private let PG_DIAG_MESSAGE_PRIMARY = Int32(UInt8(ascii: "M"))
private let PG_DIAG_MESSAGE_DETAIL = Int32(UInt8(ascii: "D"))
private let PG_DIAG_TABLE_NAME = Int32(UInt8(ascii: "t"))
private let PG_DIAG_COLUMN_NAME = Int32(UInt8(ascii: "c"))
private let PG_DIAG_CONSTRAINT_NAME = Int32(UInt8(ascii: "n"))
