// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Synchronization

/// A closure that waits for a thread of the store, and the task that waits for its value.
protocol PendingBody: Sendable {
    /// Runs the closure and keeps its value; a later run replaces it.
    func run(in transaction: Transaction) throws
    /// Answers the task: with the value of the last run, or with this failure.
    func finish(_ failure: (any Error)?)
}

final class Pending<Value: Sendable>: PendingBody {
    typealias Body = @Sendable (Transaction) throws -> Value

    private let body: Body
    private let continuation: CheckedContinuation<Value, any Error>
    private let value = Mutex<Value?>(nil)

    init(_ body: @escaping Body, _ continuation: CheckedContinuation<Value, any Error>) {
        self.body = body
        self.continuation = continuation
    }

    func run(in transaction: Transaction) throws {
        let result = try body(transaction)
        value.withLock { $0 = result }
    }

    func finish(_ failure: (any Error)?) {
        if let value = value.withLock({ $0 }), failure == nil {
            continuation.resume(returning: value)
        } else {
            continuation.resume(throwing: failure ?? StoreError.unavailable(reason: "the closure never ran"))
        }
    }
}

/// Waits until a thread of the store has run the closure; `busy` when the queue is full or closed.
func submit<Value: Sendable>(
    _ body: @escaping Pending<Value>.Body,
    post: (any PendingBody) -> Bool
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        if !post(Pending(body, continuation)) { continuation.resume(throwing: StoreError.busy) }
    }
}

/// Runs the closures in one transaction, each in a savepoint, so that a refusal does not undo its neighbours. What one
/// of them marked counts once this returns or throws.
///
/// - Returns: for each closure, in order, its own failure or nil. They are kept once this returns.
/// - Throws: what ended the whole transaction; nothing of it is kept, except perhaps after a lost connection.
func runBatch(
    _ bodies: [any PendingBody],
    on connection: any EngineConnection,
    opening: [String],
    _ changes: ChangeMarks
) throws(StoreError) -> [(any Error)?] {
    let note = ChangeNote()
    defer { if note.isMarked { changes.advance() } }
    do {
        for sql in opening { try connection.execute(sql) }
        if bodies.count == 1 { return [try runAlone(bodies[0], in: Transaction(connection: connection, note: note))] }
        var failures: [(any Error)?] = []
        for body in bodies { failures.append(try runOne(body, in: Transaction(connection: connection, note: note))) }
        try connection.execute("COMMIT")
        return failures
    } catch {
        // The failure that counts is the first one; a rollback that fails as well adds nothing.
        if connection.isInTransaction { try? connection.execute("ROLLBACK") }
        throw error
    }
}

/// A closure without neighbours needs no savepoint: its failure ends the transaction.
private func runAlone(_ body: any PendingBody, in transaction: Transaction) throws(StoreError) -> (any Error)? {
    let connection = transaction.connection
    do {
        try body.run(in: transaction)
    } catch {
        try passOn(error, on: connection)
        try connection.execute("ROLLBACK")
        return error
    }
    try connection.execute("COMMIT")
    return nil
}

private func runOne(_ body: any PendingBody, in transaction: Transaction) throws(StoreError) -> (any Error)? {
    let connection = transaction.connection
    try connection.execute("SAVEPOINT body")
    do {
        try body.run(in: transaction)
        try connection.execute("RELEASE SAVEPOINT body")
        return nil
    } catch {
        try passOn(error, on: connection)
        try connection.execute("ROLLBACK TO SAVEPOINT body")
        try connection.execute("RELEASE SAVEPOINT body")
        return error
    }
}

/// Throws on when the failure of one closure is one of the whole transaction: crossed, lost, or ended by the engine.
private func passOn(_ error: any Error, on connection: any EngineConnection) throws(StoreError) {
    if let error = error as? StoreError, error.concernsAll { throw error }
    guard connection.isInTransaction else {
        throw error as? StoreError ?? .unavailable(reason: "the engine ended the transaction")
    }
}

/// Threads that serve until their work is over.
final class ServingThreads: Sendable {
    private let ends: [AsyncStream<Never>]

    init(name: String, count: Int, serve: @escaping @Sendable () -> Void) {
        ends = (1...count).map { number in
            let (end, announcement) = AsyncStream<Never>.makeStream()
            let thread = Thread {
                serve()
                announcement.finish()
            }
            thread.name = "\(name)-\(number)"
            thread.start()
            return end
        }
    }

    /// Waits until every thread has returned from `serve`.
    func end() async {
        for end in ends { for await _ in end {} }
    }
}
