// SPDX-License-Identifier: Apache-2.0

import GRDB
import Synchronization

/// Connections that only read, lent to one thread at a time.
///
/// The one given back last is lent first, so that few of them are ever opened, and their pages stay warm.
final class SQLiteReaders: Sendable {
    private struct Lent {
        var idle: [DatabaseQueue] = []
        var made = 0
        var isClosed = false
    }

    private let path: String
    private let limit: Int
    private let state = Mutex(Lent())

    /// At most `limit` connections to this file, opened when they are first needed.
    init(path: String, limit: Int) {
        (self.path, self.limit) = (path, limit)
    }

    /// A connection; nil when all are lent, or the store is closed.
    func lend() throws(StoreError) -> DatabaseQueue? {
        let (idle, mayOpen) = state.withLock { state -> (DatabaseQueue?, Bool) in
            if state.isClosed { return (nil, false) }
            if let idle = state.idle.popLast() { return (idle, false) }
            guard state.made < limit else { return (nil, false) }
            state.made += 1
            return (nil, true)
        }
        if idle != nil || !mayOpen { return idle }
        do throws(StoreError) {
            return try SQLiteReaders.open(path)
        } catch {
            state.withLock { $0.made -= 1 }
            throw error
        }
    }

    /// Takes back what was lent.
    func giveBack(_ connection: DatabaseQueue) {
        let isKept = state.withLock { state in
            if !state.isClosed { state.idle.append(connection) }
            return !state.isClosed
        }
        if !isKept { try? connection.close() }  // nothing waits for it any more
    }

    /// Closes what is not lent; what is, when it comes back.
    func close() {
        let idle = state.withLock { state in
            defer { (state.idle, state.isClosed) = ([], true) }
            return state.idle
        }
        for connection in idle { try? connection.close() }  // it only gives descriptors back early
    }

    static func open(_ path: String) throws(StoreError) -> DatabaseQueue {
        try translatingErrors {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            return try DatabaseQueue(path: path, configuration: configuration)
        }
    }
}
