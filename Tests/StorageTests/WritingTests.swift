// SPDX-License-Identifier: Apache-2.0

import Digests
import Dispatch
import Kernel
import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct WritingTests {
    /// In WAL mode NORMAL forgets acknowledged commits when power fails, and opening a pool sets it.
    @Test func theWriterOfSQLiteIsFullySynchronous() async throws {
        try await withStore(.sqlite) { store in
            let (level, mode) = try await store.write { transaction in
                (
                    try transaction.first("PRAGMA synchronous")?.get("synchronous", as: Int.self),
                    try transaction.first("PRAGMA journal_mode")?.get("journal_mode", as: String.self)
                )
            }
            #expect(level == 2)
            #expect(mode == "wal")
            let keys = try await store.write { try $0.first("PRAGMA foreign_keys")?.get("foreign_keys", as: Int.self) }
            #expect(keys == 1)
        }
    }

    @Test func postgresMustNotAcknowledgeBeforeTheDisk() async throws {
        try await withStoreAddress(.postgres) { address in
            let lax = address + "%20-csynchronous_commit%3Doff"
            await #expect(throws: StoreError.notDurable(setting: "synchronous_commit=off")) {
                try await StoreOpening.open(url: lax, limits: testLimits)
            }
        }
    }

    @Test(arguments: TestStores.all, [false, true])
    func writersAreGroupedAndARefusalUndoesItselfAlone(on engine: Engine, journalled: Bool) async throws {
        try await withStore(engine, migrations: [noteMigration]) { store in
            let outcomes = await withTaskGroup(of: (Int, String).self) { group in
                for id in 0..<200 {
                    group.addTask {
                        let body: @Sendable (Transaction) throws -> Int = { transaction in
                            try addNote(id, in: transaction)
                            if id % 10 == 3 { throw Refused() }
                            // A statement that the engine refuses, after one that it did not.
                            if id % 10 == 7 { try addNote(id, code: "again", in: transaction) }
                            return id
                        }
                        do {
                            let value = journalled ? try await store.journalled(body) : try await store.write(body)
                            return (id, value == id ? "kept" : "mixed up")
                        } catch is Refused {
                            return (id, "refused")
                        } catch StoreError.conflict(let constraint) {
                            return (id, constraint)
                        } catch {
                            return (id, "\(error)")
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for (id, outcome) in outcomes {
                #expect(outcome == (id % 10 == 3 ? "refused" : id % 10 == 7 ? "note.id" : "kept"))
            }
            let kept = try await store.read {
                try $0.rows("SELECT id FROM note ORDER BY id").map { try $0.get("id", as: Int.self) }
            }
            #expect(kept == (0..<200).filter { $0 % 10 != 3 && $0 % 10 != 7 })
        }
    }

    @Test(arguments: TestStores.all)
    func journalledTransactionsAreSerial(on engine: Engine) async throws {
        try await withStore(engine) { store in
            try await store.migrate([
                Migration(
                    id: "test-0001",
                    statements: [
                        "CREATE TABLE counter (id INT64 NOT NULL PRIMARY KEY, value INT64 NOT NULL)",
                        "INSERT INTO counter (id, value) VALUES (1, 0)",
                    ]
                )
            ])
            // Reading and then writing what was read loses changes unless transactions are serial.
            let seen = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        try await store.journalled { transaction in
                            let value: Int = try transaction.first("SELECT value FROM counter")?.get("value") ?? -1
                            try transaction.run("UPDATE counter SET value = \(value + 1)")
                            return value
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(seen.sorted() == Array(0..<100))
        }
    }

    @Test func aCrossedTransactionOfPostgresRunsAgain() async throws {
        try await withStore(.postgres, migrations: [noteMigration]) { store in
            try await store.write { transaction in for id in 1...2 { try addNote(id, in: transaction) } }
            let crossing = Crossing()
            async let one: Void = store.write { try crossing.take(1, then: 2, in: $0) }
            async let two: Void = store.write { try crossing.take(2, then: 1, in: $0) }
            _ = try await (one, two)
            #expect(crossing.runs.withLock { $0 } >= 3)
        }
    }

    /// Two transactions take one row each and then want the other's: a deadlock, of which the server ends one.
    private final class Crossing: Sendable {
        let runs = Mutex(0)
        private let taken = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]

        func take(_ mine: Int, then other: Int, in transaction: Transaction) throws {
            let run = runs.withLock { runs in
                runs += 1
                return runs
            }
            try transaction.run("UPDATE note SET done = \(true) WHERE id = \(mine)")
            taken[mine - 1].signal()
            if run <= 2 { taken[other - 1].wait() }
            try transaction.run("UPDATE note SET done = \(true) WHERE id = \(other)")
        }
    }

    @Test func afterALostConnectionPostgresIsReachedAgain() async throws {
        try await withStoreAddress(.postgres) { address in
            let name = "lost-\(Identifier<WritingTests>(.system))"
            let store = try await StoreOpening.open(url: "\(address)&application_name=\(name)", limits: testLimits)
            try await store.migrate([noteMigration])
            for id in 1...4 { try await store.journalled { try addNote(id, in: $0) } }
            try await withStore(.postgres) { other in
                let ended: Int? = try await other.write { transaction in
                    try transaction.first(
                        """
                        SELECT COUNT(pg_terminate_backend(pid)) AS count FROM pg_stat_activity
                        WHERE application_name = \(name)
                        """
                    )?.get("count")
                }
                #expect((ended ?? 0) >= 2)
            }
            try await store.journalled { try addNote(5, in: $0) }
            for id in 6...9 { try await store.write { try addNote(id, in: $0) } }
            let count = try await countNotes(store)
            #expect(count == 9)
            await store.close()
        }
    }

    /// Nothing can have been kept before the end was asked for, so the closure runs again on a new connection.
    @Test(arguments: [false, true])
    func aConnectionLostInTheMiddleIsNotNoticed(journalled: Bool) async throws {
        try await withStore(.postgres, migrations: [noteMigration]) { store in
            let runs = Mutex(0)
            let body: @Sendable (Transaction) throws -> Int = { transaction in
                let run = runs.withLock { runs in
                    runs += 1
                    return runs
                }
                try addNote(1, in: transaction)
                if run == 1 { _ = try transaction.rows("SELECT pg_terminate_backend(pg_backend_pid())") }
                return run
            }
            let run = journalled ? try await store.journalled(body) : try await store.write(body)
            #expect(run == 2)
            let count = try await countNotes(store)
            #expect(count == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func aFullQueueAnswersBusy(on engine: Engine) async throws {
        try await withStore(engine, limits: StoreLimits(connections: 1, waiting: 1)) { store in
            let (begun, announce) = AsyncStream<Void>.makeStream()
            let (open, release) = AsyncStream<Void>.makeStream()
            let gate = Gate(open)
            async let held: Void = store.write { _ in
                announce.finish()
                gate.wait()
            }
            for await _ in begun {}
            // One finds the only place in the queue; the others are refused at once, before the release.
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        do {
                            try await store.write { _ in }
                            return true
                        } catch StoreError.busy { return false }
                    }
                }
                for _ in 0..<19 {
                    let isServed = try await group.next()
                    #expect(isServed == false)
                }
                release.finish()
                let isServed = try await group.next()
                #expect(isServed == true)
            }
            try await held
        }
    }

    /// SQLite says FULL when it may not grow; PostgreSQL's full disk needs a disk.
    @Test func aFullDiskRefusesAndRecoversWithoutRestart() async throws {
        try await withStore(.sqlite, migrations: [noteMigration]) { store in
            try await store.write { transaction in
                let pages: Int = try transaction.first("PRAGMA page_count")?.get("page_count") ?? 0
                _ = try transaction.rows(Statement(trusted: "PRAGMA max_page_count = \(pages + 2)"))
            }
            let large = [UInt8](repeating: 1, count: 100_000)
            await #expect(throws: StoreError.full) {
                try await store.write { transaction in
                    _ = try transaction.run(
                        "INSERT INTO note (id, code, body, done) VALUES (1, 'a', \(large), \(false))"
                    )
                }
            }
            try await store.write { try addNote(2, in: $0) }
            try await store.write { _ = try $0.rows("PRAGMA max_page_count = 1000000") }
            try await store.write { transaction in
                _ = try transaction.run("INSERT INTO note (id, code, body, done) VALUES (1, 'a', \(large), \(false))")
            }
            let count = try await countNotes(store)
            #expect(count == 2)
            let fault = try await store.integrityFault()
            #expect(fault == nil)
        }
    }

    /// What SQLite says after a failed fsync, here said by a closure, ends all writing; reading goes on.
    @Test func afterAFailedFlushNothingIsWrittenAnyMore() async throws {
        try await withStore(.sqlite, migrations: [noteMigration]) { store in
            try await store.write { try addNote(1, in: $0) }
            let failure = StoreError.halted(reason: "SQLite 1034: disk I/O error")
            await #expect(throws: failure) { try await store.write { _ in throw failure } }
            await #expect(throws: failure) { try await store.write { try addNote(2, in: $0) } }
            await #expect(throws: failure) { try await store.journalled { try addNote(3, in: $0) } }
            let count = try await countNotes(store)
            #expect(count == 1)
        }
    }

    @Test func memoryKeepsNothingButServesTheSame() async throws {
        let store = try await StoreOpening.open(url: "sqlite::memory:")
        try await store.migrate([noteMigration])
        try await store.journalled { try addNote(1, in: $0) }
        let count = try await countNotes(store)
        #expect(count == 1)
        await store.close()
    }
}

@Suite struct ChangeMarkTests {
    @Test(arguments: TestStores.all, [false, true])
    func `a mark counts before its writer is answered, one that was undone too`(on engine: Engine, journalled: Bool)
        async throws
    {
        try await withStore(engine, migrations: [noteMigration]) { store in
            func run(_ body: @escaping @Sendable (Transaction) throws -> Void) async throws {
                if journalled { try await store.journalled(body) } else { try await store.write(body) }
            }
            #expect(store.changes.count == 0)
            try await run { try addNote(1, in: $0) }
            #expect(store.changes.count == 0)
            try await run { transaction in
                try addNote(2, in: transaction)
                transaction.markChange()
            }
            #expect(store.changes.count == 1)
            await #expect(throws: Refused.self) {
                try await run { transaction in
                    transaction.markChange()
                    throw Refused()
                }
            }
            #expect(store.changes.count == 2)
        }
    }
}
