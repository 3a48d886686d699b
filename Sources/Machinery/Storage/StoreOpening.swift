// SPDX-License-Identifier: Apache-2.0

/// How much a store does at once.
public struct StoreLimits: Sendable {
    /// Connections for reading (SQLite), or for reading and plain writing (PostgreSQL).
    public var connections: Int
    /// Closures that may wait in one queue; beyond it callers hear `StoreError.busy`. At 4,000 a second they wait 2.5
    /// s.
    public var waiting: Int

    /// Limits with their start values.
    public init(connections: Int = 8, waiting: Int = 10_000) {
        self.connections = connections
        self.waiting = waiting
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
}

extension String {
    fileprivate func wholeMatch(after prefix: String) -> String? {
        guard hasPrefix(prefix), count > prefix.count else { return nil }
        return String(dropFirst(prefix.count))
    }
}
