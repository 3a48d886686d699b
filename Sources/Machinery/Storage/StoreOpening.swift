// SPDX-License-Identifier: Apache-2.0

/// Told what a store does, for figures; called on the store's threads, so it must be quick.
public struct StoreObserver: Sendable {
    /// A batch of so many journalled writes (on SQLite of any writes) is on disk.
    public var batch: @Sendable (_ writes: Int) -> Void
    /// A transaction failed with an error of the store.
    public var failure: @Sendable (_ error: StoreError) -> Void
    /// A statement is about to run; nil, so that nothing is told, but where statements are counted.
    public var statement: (@Sendable (_ statement: Statement) -> Void)?

    /// An observer that calls these.
    public init(
        batch: @escaping @Sendable (_ writes: Int) -> Void,
        failure: @escaping @Sendable (_ error: StoreError) -> Void,
        statement: (@Sendable (_ statement: Statement) -> Void)? = nil
    ) {
        (self.batch, self.failure, self.statement) = (batch, failure, statement)
    }

    /// Nobody looks.
    public static let none = StoreObserver(batch: { _ in }, failure: { _ in })

    /// Tells the failures of a batch that was kept.
    func tell(_ failures: [(any Error)?]) {
        for case let error as StoreError in failures { failure(error) }
    }
}

/// How much a store does at once.
public struct StoreLimits: Sendable {
    /// Connections for reading (SQLite: half of them for `survey`), or for reading and plain writing (PostgreSQL).
    public var connections: Int
    /// Closures that may wait in one queue; beyond it callers hear `StoreError.busy`. At 4,000 a second they wait 2.5
    /// s.
    public var waiting: Int
    /// Told what happens.
    public var observer: StoreObserver

    /// Limits with their start values.
    public init(connections: Int = 8, waiting: Int = 10_000, observer: StoreObserver = .none) {
        self.connections = connections
        self.waiting = waiting
        self.observer = observer
    }
}

/// Opens a store by its address (`MOTCUA_DATABASE`).
public enum StoreOpening {
    /// Opens `sqlite:PATH`, `sqlite::memory:` or `postgresql://…`.
    ///
    /// Throws `StoreError.address` when the address is none of these, `unavailable` when the database cannot be
    /// reached, `notDurable` when it would not keep its promises. The schema is brought up to date by `migrate`.
    public static func open(url: String, limits: StoreLimits = StoreLimits()) async throws(StoreError) -> any Store {
        if url == "sqlite::memory:" { return try SQLiteStore(path: nil, limits: limits) }
        if let path = url.wholeMatch(after: "sqlite:") { return try SQLiteStore(path: path, limits: limits) }
        if url.hasPrefix("postgresql://") || url.hasPrefix("postgres://") {
            return try await PostgresStore.open(address: url, limits: limits)
        }
        throw .address(reason: "expected sqlite:PATH or postgresql://…")
    }

    /// For `BulkLoad` alone: SQLite without a journal of its own and without flushes.
    static func openForLoading(url: String) async throws(StoreError) -> any Store {
        if url != "sqlite::memory:", let path = url.wholeMatch(after: "sqlite:") {
            return try SQLiteStore(loading: path)
        }
        return try await open(url: url)
    }
}

extension String {
    fileprivate func wholeMatch(after prefix: String) -> String? {
        guard hasPrefix(prefix), count > prefix.count else { return nil }
        return String(dropFirst(prefix.count))
    }
}
