// SPDX-License-Identifier: Apache-2.0

/// A connection that tells each statement before it runs: how many a page needs, and by which indexes they go.
final class WatchedConnection: EngineConnection {
    private let connection: any EngineConnection
    private let tell: @Sendable (Statement) -> Void

    init(_ connection: any EngineConnection, tell: @escaping @Sendable (Statement) -> Void) {
        (self.connection, self.tell) = (connection, tell)
    }

    var engine: Engine { connection.engine }
    var isInTransaction: Bool { connection.isInTransaction }

    func rows(_ statement: Statement) throws(StoreError) -> [ResultRow] {
        tell(statement)
        return try connection.rows(statement)
    }

    func run(_ statement: Statement) throws(StoreError) -> Int {
        tell(statement)
        return try connection.run(statement)
    }

    func insert(_ rows: RowBuffer) throws(StoreError) { try connection.insert(rows) }

    func execute(_ sql: String) throws(StoreError) { try connection.execute(sql) }
}

extension StoreObserver {
    /// The connection itself unless somebody wants to know its statements.
    func watching(_ connection: any EngineConnection) -> any EngineConnection {
        statement.map { WatchedConnection(connection, tell: $0) } ?? connection
    }
}
