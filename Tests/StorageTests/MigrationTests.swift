// SPDX-License-Identifier: Apache-2.0

import Storage
import TestSupport
import Testing

@Suite struct MigrationTests {
    private let second = Migration(id: "test-0002", statements: ["ALTER TABLE note ADD COLUMN extra INT64"])

    @Test(arguments: TestStores.all)
    func twiceIsTheSameAsOnce(on engine: Engine) async throws {
        try await withStoreAddress(engine) { address in
            for _ in 1...2 {
                let store = try await StoreOpening.open(url: address, limits: testLimits)
                try await store.migrate([noteMigration])
                try await store.migrate([noteMigration])
                await store.close()
            }
            let store = try await StoreOpening.open(url: address, limits: testLimits)
            try await store.migrate([noteMigration, second])
            let applied = try await store.read { try $0.rows("SELECT id FROM schema_migration ORDER BY position") }
            #expect(try applied.map { try $0.get("id") } == ["storage-0001", "storage-0002", "test-0001", "test-0002"])
            await store.close()
        }
    }

    @Test(arguments: TestStores.all)
    func anOlderProgramRefusesANewerDatabase(on engine: Engine) async throws {
        try await withStore(engine, migrations: [noteMigration, second]) { store in
            await #expect(throws: StoreError.newerDatabase(migration: "test-0002")) {
                try await store.migrate([noteMigration])
            }
        }
    }

    @Test(arguments: TestStores.all)
    func aMigrationThatWasChangedIsRefused(on engine: Engine) async throws {
        try await withStore(engine, migrations: [noteMigration]) { store in
            let changed = Migration(id: "test-0001", statements: ["CREATE TABLE other (id INT64)"])
            await #expect(throws: StoreError.changedMigration(id: "test-0001")) { try await store.migrate([changed]) }
        }
    }

    @Test(arguments: TestStores.all)
    func aMigrationThatFailsLeavesNothing(on engine: Engine) async throws {
        try await withStore(engine) { store in
            let broken = Migration(
                id: "test-0001",
                statements: ["CREATE TABLE half (id INT64)", "CREATE TABLE half (id INT64)"]
            )
            await #expect(throws: StoreError.self) { try await store.migrate([broken]) }
            await #expect(throws: StoreError.self) { try await store.read { try $0.rows("SELECT id FROM half") } }
            let applied = try await store.read { try $0.rows("SELECT id FROM schema_migration").count }
            #expect(applied == 2)  // the store's own
        }
    }

    @Test func nodesMayMigrateAtTheSameTime() async throws {
        try await withStoreAddress(.postgres) { address in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let store = try await StoreOpening.open(url: address, limits: testLimits)
                        try await store.migrate([noteMigration, second])
                        await store.close()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// A text in a column of numbers is refused, as PostgreSQL refuses it.
    @Test func tablesOfSQLiteAreStrict() async throws {
        try await withStore(.sqlite, migrations: [noteMigration]) { store in
            await #expect(throws: StoreError.self) {
                try await store.write { transaction in
                    _ = try transaction.run("INSERT INTO note (id, code, done) VALUES (1, 'a', 'yes')")
                }
            }
            let sql: String? = try await store.read {
                try $0.first("SELECT sql FROM sqlite_master WHERE name = 'note'")?.get("sql")
            }
            #expect(sql?.hasSuffix("STRICT") == true)
        }
    }

    /// A table of keys is one tree on SQLite, strict as the others, and a table on PostgreSQL.
    @Test(arguments: TestStores.all)
    func keyedTablesAreKept(on engine: Engine) async throws {
        let table = Migration(
            id: "test-0001",
            statements: [
                """
                CREATE TABLE pair (
                    first TEXT NOT NULL,
                    second INT64 NOT NULL,
                    PRIMARY KEY (first, second)
                ) KEYED
                """,
                "INSERT INTO pair (first, second) VALUES ('KEYED', 2), ('KEYED', 1)",
            ]
        )
        try await withStore(engine, migrations: [table]) { store in
            let rows = try await store.read { try $0.rows("SELECT first, second FROM pair ORDER BY first, second") }
            #expect(try rows.map { try $0.get("second", as: Int64.self) } == [1, 2])
            await #expect(throws: StoreError.self) {
                try await store.write { _ = try $0.run("INSERT INTO pair (first, second) VALUES ('KEYED', 1)") }
            }
            guard engine == .sqlite else { return }
            let sql: String? = try await store.read {
                try $0.first("SELECT sql FROM sqlite_master WHERE name = 'pair'")?.get("sql")
            }
            #expect(sql?.hasSuffix("WITHOUT ROWID, STRICT") == true)
        }
    }

    /// Types are translated, words within quotes and longer words are not.
    @Test(arguments: TestStores.all)
    func onlyTypesAreTranslated(on engine: Engine) async throws {
        let table = Migration(
            id: "test-0001",
            statements: [
                "CREATE TABLE sample (INT64_code TEXT NOT NULL CHECK (INT64_code IN ('INT64', 'it''s BOOL')))",
                "INSERT INTO sample (INT64_code) VALUES ('INT64'), ('it''s BOOL')",
            ]
        )
        try await withStore(engine, migrations: [table]) { store in
            let rows = try await store.read { try $0.rows("SELECT INT64_code AS code FROM sample ORDER BY 1") }
            #expect(try rows.map { try $0.get("code") } == ["INT64", "it's BOOL"])
        }
    }
}
