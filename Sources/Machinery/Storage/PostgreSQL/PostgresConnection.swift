// SPDX-License-Identifier: Apache-2.0

import CPostgres
import Digests

/// A connection of libpq, owned by one thread. It connects when it is first used, and anew after it was lost.
@safe final class PostgresConnection: EngineConnection {
    private let address: String
    private var handle: OpaquePointer?
    /// Names of prepared statements by their text.
    private var prepared: [String: String] = [:]
    /// Whether the end of the transaction was asked for: after that a lost connection leaves its outcome open.
    private(set) var isCommitting = false

    init(address: String) {
        // Without it a host that is down is waited for as long as the kernel likes.
        let separator = address.contains("?") ? "&" : "?"
        self.address = address.contains("connect_timeout") ? address : "\(address)\(separator)connect_timeout=5"
    }

    deinit { disconnect() }

    var engine: Engine { .postgres }

    var isInTransaction: Bool {
        guard let handle = unsafe handle else { return false }
        switch unsafe PQtransactionStatus(handle) {
        case PQTRANS_INTRANS, PQTRANS_INERROR: return true
        default: return false
        }
    }

    /// Whether it was connected and is no more. A server that cannot be reached at all is waited for no longer.
    var wasLost: Bool {
        guard let handle = unsafe handle else { return false }
        return unsafe PQstatus(handle) != CONNECTION_OK
    }

    /// Connects unless it is connected.
    func connect() throws(StoreError) {
        if let handle = unsafe handle, unsafe PQstatus(handle) == CONNECTION_OK { return }
        disconnect()
        unsafe handle = unsafe PQconnectdb(address)
        guard let handle = unsafe handle, unsafe PQstatus(handle) == CONNECTION_OK else {
            let reason = unsafe handle.map { unsafe textOf(PQerrorMessage($0)) } ?? "out of memory"
            disconnect()
            throw .unavailable(reason: reason)
        }
        for setting in ["client_encoding = 'UTF8'", "client_min_messages = 'warning'", "lock_timeout = '30s'"] {
            try execute("SET \(setting)")
        }
    }

    func disconnect() {
        if let handle = unsafe handle { unsafe PQfinish(handle) }
        unsafe handle = nil
        prepared = [:]
    }

    func rows(_ statement: Statement) throws(StoreError) -> [ResultRow] {
        try send(statement).rows()
    }

    func run(_ statement: Statement) throws(StoreError) -> Int {
        try send(statement).affectedRows
    }

    func execute(_ sql: String) throws(StoreError) {
        isCommitting = sql == "COMMIT"
        let handle = unsafe try open()
        let answer = try unsafe check(PQexec(handle, sql))
        // A transaction in which an error was passed over in silence ends so.
        if isCommitting, answer.command != "COMMIT" {
            throw .failed(code: "25P02", reason: "an error was passed over, so the transaction was undone")
        }
    }

    func insert(_ rows: RowBuffer) throws(StoreError) {
        let handle = unsafe try open()
        // "In the middle of a copy" is no answer that `check` knows; any other one is told by it.
        let begun = unsafe PQexec(handle, rows.copyText)
        guard unsafe PQresultStatus(begun) == PGRES_COPY_IN else { throw unsafe failure(of: begun) }
        unsafe PQclear(begun)
        let head: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + Array(repeating: 0, count: 8)
        for piece in [head, rows.bytes, [0xFF, 0xFF]] {
            let sent = unsafe piece.withUnsafeBytes { bytes in
                let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                return unsafe PQputCopyData(handle, start, Int32(bytes.count))
            }
            guard sent == 1 else { throw .unavailable(reason: lastMessage) }
        }
        guard unsafe PQputCopyEnd(handle, nil) == 1 else { throw .unavailable(reason: lastMessage) }
        let answer = unsafe PQgetResult(handle)
        while let more = unsafe PQgetResult(handle) { unsafe PQclear(more) }
        _ = try unsafe check(answer)
    }

    // MARK: - Sending

    private func open() throws(StoreError) -> OpaquePointer {
        guard let handle = unsafe handle else { throw .unavailable(reason: "not connected") }
        return unsafe handle
    }

    private func send(_ statement: Statement) throws(StoreError) -> PostgresAnswer {
        let sql = statement.text(for: .postgres)
        let parameters = PostgresParameters(statement.parameters)
        guard statement.isQuery, !statement.hasLongList else {
            let handle = unsafe try open()
            return try unsafe check(
                parameters.withPointers { count, values, lengths, formats in
                    unsafe PQexecParams(handle, sql, count, parameters.types, values, lengths, formats, 0)
                }
            )
        }
        let name = try prepare(sql, types: parameters.types)
        let handle = unsafe try open()
        return try unsafe check(
            parameters.withPointers { count, values, lengths, formats in
                unsafe PQexecPrepared(handle, name, count, values, lengths, formats, 0)
            }
        )
    }

    private func prepare(_ sql: String, types: [Oid]) throws(StoreError) -> String {
        if let name = prepared[sql] { return name }
        let name = "s\(prepared.count)"
        let handle = unsafe try open()
        _ = try unsafe check(PQprepare(handle, name, sql, Int32(types.count), types))
        prepared[sql] = name
        return name
    }

    private func check(_ result: OpaquePointer?) throws(StoreError) -> PostgresAnswer {
        guard let result = unsafe result else { throw .unavailable(reason: lastMessage) }
        let answer = unsafe PostgresAnswer(result)
        switch unsafe PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return answer
        default:
            let isLost = unsafe handle.map { unsafe PQstatus($0) != CONNECTION_OK } ?? true
            throw answer.error(isConnectionLost: isLost, message: lastMessage)
        }
    }

    private func failure(of result: OpaquePointer?) -> StoreError {
        do throws(StoreError) {
            _ = try unsafe check(result)
            return .failed(code: "copy", reason: "the server takes no rows")
        } catch { return error }
    }

    private var lastMessage: String {
        guard let handle = unsafe handle else { return "not connected" }
        return unsafe textOf(PQerrorMessage(handle))
    }
}

/// The text that libpq points at, without its last line break.
func textOf(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    let text = unsafe String(cString: pointer)
    return text.last == "\n" ? String(text.dropLast()) : text
}

/// Parameters in the form of libpq, all in one buffer. Numbers travel as text, bytes as they are.
struct PostgresParameters {
    private(set) var types: [Oid] = []
    private var buffer: [UInt8] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ parameters: [Statement.Parameter]) {
        for parameter in parameters {
            types.append(PostgresType(parameter.type).rawValue)
            switch parameter.value {
            case .null: add(nil)
            case .integer(let value): add(Array(String(value).utf8))
            case .text(let value): add(Array(value.utf8))
            case .boolean(let value): add(Array((value ? "t" : "f").utf8))
            case .bytes(let value): add(value, isBinary: true)
            }
        }
    }

    private mutating func add(_ bytes: [UInt8]?, isBinary: Bool = false) {
        offsets.append(bytes == nil ? nil : buffer.count)
        lengths.append(Int32(bytes?.count ?? 0))
        formats.append(isBinary ? 1 : 0)
        buffer += bytes ?? []
        buffer.append(0)
    }

    typealias Call = (
        _ count: Int32, _ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]
    ) -> OpaquePointer?

    func withPointers(_ call: Call) -> OpaquePointer? {
        unsafe buffer.withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = unsafe offsets.map { offset in
                unsafe offset.flatMap { offset in unsafe start.map { unsafe $0 + offset } }
            }
            return unsafe call(Int32(offsets.count), values, lengths, formats)
        }
    }
}
