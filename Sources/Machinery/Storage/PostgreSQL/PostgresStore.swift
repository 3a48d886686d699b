// SPDX-License-Identifier: Apache-2.0

import Digests

/// PostgreSQL 15 or later through libpq: blocking calls on threads of our own, one connection each.
///
/// One thread writes what is journalled, in batches like SQLite's writer, each under the lock of `journal_head`, so
/// that
/// journalled transactions of all nodes are serial. The others read and do plain writes.
final class PostgresStore: Store {
    static let batchLimit = 128
    /// Runs of a transaction that crosses others, before its callers hear `busy`.
    static let runLimit = 8

    private struct Request: Sendable {
        var body: any PendingBody
        var opening: [String]
    }

    let engine = Engine.postgres
    let changes = ChangeMarks()
    private let requests: Mailbox<Request>
    private let journalled: Mailbox<any PendingBody>
    private let workers: ServingThreads
    private let writer: ServingThreads

    /// Connects once to see that the database is there and keeps its promises.
    static func open(address: String, limits: StoreLimits) async throws(StoreError) -> PostgresStore {
        let store = PostgresStore(address: address, limits: limits)
        do {
            try await store.read { transaction in
                let level = try transaction.first("SHOW synchronous_commit")?.get("synchronous_commit", as: String.self)
                if level == "off" || level == "local" {
                    throw StoreError.notDurable(setting: "synchronous_commit=\(level ?? "")")
                }
            }
        } catch {
            await store.close()
            throw error as? StoreError ?? .unavailable(reason: "\(error)")
        }
        return store
    }

    private init(address: String, limits: StoreLimits) {
        let requests = Mailbox<Request>(limit: limits.waiting)
        let journalled = Mailbox<any PendingBody>(limit: limits.waiting)
        let (observer, changes) = (limits.observer, changes)
        (self.requests, self.journalled) = (requests, journalled)
        workers = ServingThreads(name: "postgres", count: limits.connections) {
            let connection = PostgresConnection(address: address)
            while let request = requests.take(upTo: 1).first {
                PostgresStore.perform([request.body], on: connection, opening: request.opening, observer, changes)
            }
        }
        writer = ServingThreads(name: "postgres-write", count: 1) {
            let connection = PostgresConnection(address: address)
            while true {
                let batch = journalled.take(upTo: PostgresStore.batchLimit)
                if batch.isEmpty { return }
                let lock = "LOCK TABLE journal_head IN EXCLUSIVE MODE"
                let opening = [PostgresStore.beginWriting, lock]
                PostgresStore.perform(batch, on: connection, opening: opening, observer, changes, isJournalled: true)
            }
        }
    }

    deinit {
        requests.close()
        journalled.close()
    }

    private static let beginReading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    private static let beginWriting = "BEGIN ISOLATION LEVEL READ COMMITTED"

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await submit(body) { requests.post(Request(body: $0, opening: [PostgresStore.beginReading])) }
    }

    func survey<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await submit(body) { requests.post(Request(body: $0, opening: [PostgresStore.beginWriting])) }
    }

    func journalled<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await submit(body, post: journalled.post)
    }

    /// PostgreSQL checks its pages as it reads them; there is nothing to ask for.
    func integrityFault() async throws -> String? { nil }

    func close() async {
        requests.close()
        journalled.close()
        await workers.end()
        await writer.end()
    }

    private static func perform(
        _ bodies: [any PendingBody],
        on connection: PostgresConnection,
        opening: [String],
        _ observer: StoreObserver,
        _ changes: ChangeMarks,
        isJournalled: Bool = false
    ) {
        for run in 1... {
            do throws(StoreError) {
                try connection.connect()
                let failures = try runBatch(bodies, on: observer.watching(connection), opening: opening, changes)
                if isJournalled { observer.batch(bodies.count) }
                observer.tell(failures)
                for (body, failure) in zip(bodies, failures) { body.finish(failure) }
                return
            } catch {
                if run < runLimit, mayRunAgain(after: error, on: connection) { continue }
                observer.failure(error)
                for body in bodies { body.finish(error == .crossed ? .busy : error) }
                return
            }
        }
    }

    /// After crossed transactions; and after a connection was lost before the end was asked for, as by a restart of the
    /// server, since nothing of it can have been kept.
    private static func mayRunAgain(after error: StoreError, on connection: PostgresConnection) -> Bool {
        switch error {
        case .crossed: true
        case .unavailable: connection.wasLost && !connection.isCommitting
        default: false
        }
    }
}
