// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import GRDB

/// SQLite in WAL mode with synchronous=FULL.
///
/// One thread writes. It waits for nothing: what gathers while one batch is on its way to disk is the next batch.
/// Measured on two cores: 4,200–5,000 durable transactions a second one by one, 40,000 grouped.
///
/// A short reading runs where it is asked for: in WAL mode a reader waits for nobody, and handing it to another thread
/// costs more than the reading. What is long, or finds no connection free, goes to threads of the store.
final class SQLiteStore: Store {
    /// More bodies in a batch gain little: the flush is shared by 128 already.
    static let batchLimit = 128

    let engine = Engine.sqlite
    let changes = ChangeMarks()
    private let database: any DatabaseWriter
    private let writes: Mailbox<any PendingBody>
    private let reads: Mailbox<any PendingBody>
    private let writer: ServingThreads
    private let readers: ServingThreads
    /// Connections for whoever asks; nil in memory, where there is only the one.
    private let lent: SQLiteReaders?
    private let observer: StoreObserver

    /// Opens a file, or a database in memory when the path is nil.
    convenience init(path: String?, limits: StoreLimits) throws(StoreError) {
        self.init(try SQLiteStore.openDatabase(path: path), path: path, limits)
    }

    /// Opens a file that nobody needs yet, for `BulkLoad`: all goes by the one connection.
    convenience init(loading path: String) throws(StoreError) {
        self.init(try SQLiteStore.openForLoading(path: path), path: nil, StoreLimits(connections: 1))
    }

    /// Connections for reading open the same `path`; nil where there is only the one connection.
    private init(_ database: any DatabaseWriter, path: String?, _ limits: StoreLimits) {
        // Half of the connections for short readings, half for the threads.
        let threads = max(1, limits.connections / 2)
        lent = path.map { SQLiteReaders(path: $0, limit: max(1, limits.connections - threads)) }
        let writes = Mailbox<any PendingBody>(limit: limits.waiting)
        let reads = Mailbox<any PendingBody>(limit: limits.waiting)
        let (observer, changes) = (limits.observer, changes)
        (self.database, self.writes, self.reads, self.observer) = (database, writes, reads, observer)
        writer = ServingThreads(name: "sqlite-write", count: 1) {
            var halt: StoreError?
            while true {
                let batch = writes.take(upTo: SQLiteStore.batchLimit)
                if batch.isEmpty { return }
                SQLiteStore.write(batch, to: database, observer, changes, halt: &halt)
            }
        }
        readers = ServingThreads(name: "sqlite-read", count: threads) {
            var own: DatabaseQueue?
            while let body = reads.take(upTo: 1).first {
                do {
                    if own == nil { own = try path.map { try SQLiteReaders.open($0) } }
                    try SQLiteStore.reading(from: own ?? database, observer) { try body.run(in: $0) }
                    body.finish(nil)
                } catch {
                    observer.tell([error])
                    body.finish(error)
                }
            }
            try? own?.close()  // it only gives descriptors back early
        }
    }

    deinit {
        writes.close()
        reads.close()
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        guard let lent, let connection = try lent.lend() else { return try await survey(body) }
        defer { lent.giveBack(connection) }
        do {
            return try SQLiteStore.reading(from: connection, observer, body)
        } catch {
            observer.tell([error])
            throw error
        }
    }

    func survey<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await submit(body, post: reads.post)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await submit(body, post: writes.post)
    }

    func journalled<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await submit(body, post: writes.post)
    }

    func integrityFault() async throws -> String? {
        let answers = try await survey {
            try $0.rows("PRAGMA quick_check").map { try $0.get("quick_check", as: String.self) }
        }
        return answers == ["ok"] ? nil : answers.joined(separator: "; ")
    }

    func close() async {
        writes.close()
        reads.close()
        await writer.end()
        await readers.end()
        lent?.close()
        // All threads have ended, so nothing holds a connection; closing now only gives descriptors back early.
        try? database.close()
    }

    // MARK: - Threads

    private static func write(
        _ batch: [any PendingBody],
        to database: any DatabaseWriter,
        _ observer: StoreObserver,
        _ changes: ChangeMarks,
        halt: inout StoreError?
    ) {
        if let halt {
            observer.failure(halt)
            for body in batch { body.finish(halt) }
            return
        }
        do {
            let failures = try database.writeWithoutTransaction { database in
                let connection = observer.watching(SQLiteConnection(database))
                return try runBatch(batch, on: connection, opening: ["BEGIN IMMEDIATE"], changes)
            }
            observer.batch(batch.count)
            observer.tell(failures)
            for (body, failure) in zip(batch, failures) { body.finish(failure) }
        } catch {
            observer.tell([error])
            // An fsync that failed once may seem to succeed when it is called again, so nothing is tried again.
            if let error = error as? StoreError, error.stopsWriting { halt = error }
            for body in batch { body.finish(error) }
        }
    }

    /// One snapshot: nothing that is written meanwhile is seen.
    private static func reading<Value>(
        from database: any DatabaseWriter,
        _ observer: StoreObserver,
        _ body: (Transaction) throws -> Value
    ) throws -> Value {
        do {
            return try database.unsafeReentrantRead { database in
                let connection = SQLiteConnection(database)
                try connection.execute("BEGIN DEFERRED")
                defer { if connection.isInTransaction { try? connection.execute("ROLLBACK") } }  // it changed nothing
                return try body(Transaction(connection: observer.watching(connection)))
            }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    // MARK: - Opening

    private static func openDatabase(path: String?) throws(StoreError) -> any DatabaseWriter {
        try translatingErrors {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.maximumReaderCount = 1  // reading goes by connections of its own
            guard let path else { return try DatabaseQueue(configuration: configuration) }
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL while it opens a pool, after its hook for configuration: FULL must come later.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            let level = try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
            let mode = try pool.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
            guard level == 2, mode == "wal" else {
                throw StoreError.notDurable(setting: "synchronous=\(level ?? -1) journal_mode=\(mode ?? "")")
            }
            return pool
        }
    }

    /// The cache holds the trees of keys that come in no order, 64 MB for a million of them. A larger one makes all
    /// slower: what is only appended fills it too, and a page that is used again is warmer than a new one.
    private static func openForLoading(path: String) throws(StoreError) -> any DatabaseWriter {
        try translatingErrors {
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -65536")
                let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = OFF")
                guard mode == "off" else { throw StoreError.inUse }
            }
            return try DatabaseQueue(path: path, configuration: configuration)
        }
    }
}
