// SPDX-License-Identifier: Apache-2.0

/// The two engines behind `Store`. What is written for one means the same on the other.
public enum Engine: String, Sendable, CaseIterable {
    /// One file, one writer thread with group commit: the default.
    case sqlite
    /// Several stateless nodes on one server.
    case postgres
}

/// Where everything is kept that must outlive the process.
///
/// A closure is a transaction: what belongs to one invariant stands in one closure. It may run more than once when
/// transactions crossed, and so touches nothing but its transaction: no network, no files, no hashing of passwords. An
/// error that it throws undoes its own changes and reaches the caller as it is. An answer to `write` or `journalled`
/// means that the change is on disk.
///
/// All methods throw `StoreError` for what is wrong with the store itself.
public protocol Store: Sendable {
    /// Which engine it is.
    var engine: Engine { get }

    /// Counts the transactions of this process that called `Transaction.markChange()`.
    var changes: ChangeMarks { get }

    /// Reads one snapshot: nothing that others write meanwhile is seen. Writing is refused.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// As `read`, for what looks at more than some hundred rows. A short reading may run on the thread that asks for
    /// it; this one never does, so that nobody else waits behind it.
    func survey<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Changes what needs no event: sessions, drafts, leases.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Changes and appends events to the journal. All such transactions of all nodes are serial.
    func journalled<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Brings the schema up to date: the store's own tables, then these in their order, each in its transaction.
    ///
    /// Give all migrations of the program at once: one that is applied but not known means that the database is
    /// newer than the program, and is `StoreError.newerDatabase`.
    func migrate(_ migrations: [Migration]) async throws

    /// Asks the engine to check its own pages; nil when all is well. Takes long on a large database.
    func integrityFault() async throws -> String?

    /// Finishes what is waiting, refuses what comes later and gives connections back.
    func close() async
}

/// One transaction of the store, valid only within the closure that received it.
public struct Transaction {
    /// The engine, for the rare statement that must be written twice.
    public var engine: Engine { connection.engine }
    let connection: any EngineConnection
    /// Nil where nothing can be written.
    var note: ChangeNote?

    /// Says that this transaction changes what is remembered outside the store. `Store.changes` grows when it has ended
    /// and before its caller hears so, also where it was undone: a mark too many costs a reading, one too few a lie.
    public func markChange() { note?.isMarked = true }

    /// All rows of the answer.
    public func rows(_ statement: Statement) throws(StoreError) -> [ResultRow] {
        try connection.rows(statement)
    }

    /// The first row of the answer, nil when there is none.
    public func first(_ statement: Statement) throws(StoreError) -> ResultRow? {
        try connection.rows(statement).first
    }

    /// Runs a statement; the number of rows that it inserted, updated or deleted.
    @discardableResult
    public func run(_ statement: Statement) throws(StoreError) -> Int {
        try connection.run(statement)
    }

    /// Runs a part whose failure undoes that part alone, so that its error may be caught and the rest go on.
    public func part<Value>(_ body: () throws -> Value) throws -> Value {
        try connection.execute("SAVEPOINT part")
        do {
            let value = try body()
            try connection.execute("RELEASE SAVEPOINT part")
            return value
        } catch {
            if connection.isInTransaction {
                try connection.execute("ROLLBACK TO SAVEPOINT part")
                try connection.execute("RELEASE SAVEPOINT part")
            }
            throw error
        }
    }
}

/// One connection of an engine, used by one thread at a time.
protocol EngineConnection: AnyObject {
    var engine: Engine { get }
    /// Whether a transaction is open that was not ended by the engine itself, as SQLite does when the disk fails.
    var isInTransaction: Bool { get }
    func rows(_ statement: Statement) throws(StoreError) -> [ResultRow]
    func run(_ statement: Statement) throws(StoreError) -> Int
    func insert(_ rows: RowBuffer) throws(StoreError)
    /// Runs a text without parameters: transaction control.
    func execute(_ sql: String) throws(StoreError)
}
