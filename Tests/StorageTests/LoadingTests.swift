// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Storage

/// Many rows at once, and the database that was filled so.
@Suite struct LoadingTests {
    private static let migrations = [
        Migration(
            id: "note-0001",
            statements: [
                """
                CREATE TABLE note (
                    id INT64 NOT NULL PRIMARY KEY, title TEXT, body BYTES, pages INT64, code TEXT NOT NULL
                )
                """,
                "CREATE INDEX note_pages ON note (pages, id)",
                "CREATE UNIQUE INDEX note_code ON note (code)",
            ]
        )
    ]

    private static let empty = RowBuffer(
        "note",
        [("id", .int64), ("title", .text), ("body", .bytes), ("pages", .int64), ("code", .text)]
    )

    private static func rows(_ ids: Range<Int64>) -> RowBuffer {
        var rows = empty
        for id in ids {
            rows.beginRow()
            rows.add(id)
            rows.add(id % 3 == 0 ? nil : "Đơn số \(id)")
            rows.add(id % 3 == 1 ? nil : [UInt8](repeating: 0, count: Int(id % 5)))
            rows.add(id % 3 == 2 ? nil : -id)
            rows.add("c-\(id)")
        }
        return rows
    }

    @Test(arguments: TestStores.all) func valuesArriveAsTheyWere(on engine: Engine) async throws {
        try await withStore(engine, migrations: Self.migrations) { store in
            try await store.write { transaction in
                try transaction.insert(Self.rows(0..<1_000))
                try transaction.insert(Self.empty)
            }
            let kept = try await store.read { transaction in
                try transaction.rows("SELECT id, title, body, pages FROM note ORDER BY id").map { row in
                    let id: Int64 = try row.get("id")
                    let title: String? = try row.get("title")
                    let body: [UInt8]? = try row.get("body")
                    let pages: Int64? = try row.get("pages")
                    #expect(title == (id % 3 == 0 ? nil : "Đơn số \(id)"))
                    #expect(body == (id % 3 == 1 ? nil : [UInt8](repeating: 0, count: Int(id % 5))))
                    #expect(pages == (id % 3 == 2 ? nil : -id))
                    return id
                }
            }
            #expect(kept == Array(0..<1_000))
        }
    }

    @Test(arguments: TestStores.all) func aRowThatIsThereUndoesAll(on engine: Engine) async throws {
        try await withStore(engine, migrations: Self.migrations) { store in
            try await store.write { try $0.insert(Self.rows(5..<6)) }
            await #expect(throws: StoreError.conflict(constraint: "note.id")) {
                try await store.write { try $0.insert(Self.rows(0..<10)) }
            }
            let count = try await store.read { try $0.first("SELECT COUNT(*) AS n FROM note")?.get("n", as: Int.self) }
            #expect(count == 1)
        }
    }

    @Test(arguments: TestStores.all) func aLoadGivesTheIndexesBack(on engine: Engine) async throws {
        try await withStoreAddress(engine) { address in
            let store = try await StoreOpening.open(url: address, limits: testLimits)
            try await store.migrate(Self.migrations)
            let before = try await indexes(store)
            await store.close()
            try await BulkLoad.run(url: address, tables: ["note"]) { store in
                try await store.journalled { try $0.insert(Self.rows(0..<500)) }
                #expect(try await indexes(store).count == before.count - 2)
            }
            let after = try await StoreOpening.open(url: address, limits: testLimits)
            try await after.migrate(Self.migrations)
            #expect(try await indexes(after) == before)
            await #expect(throws: StoreError.conflict(constraint: "note.code")) {
                try await after.write { _ = try $0.run("INSERT INTO note (id, code) VALUES (9999, 'c-1')") }
            }
            await after.close()
        }
    }

    @Test(arguments: TestStores.all) func aBrokenLoadIsRefused(on engine: Engine) async throws {
        struct Stop: Error {}
        try await withStoreAddress(engine) { address in
            let store = try await StoreOpening.open(url: address, limits: testLimits)
            try await store.migrate(Self.migrations)
            await store.close()
            await #expect(throws: Stop.self) {
                try await BulkLoad.run(url: address, tables: ["note"]) { store in
                    try await store.write { try $0.insert(Self.rows(0..<5)) }
                    throw Stop()
                }
            }
            let again = try await StoreOpening.open(url: address, limits: testLimits)
            await #expect(throws: StoreError.unfinishedLoad) { try await again.migrate(Self.migrations) }
            await again.close()
        }
    }

    private func indexes(_ store: any Store) async throws -> [String] {
        let query: Statement =
            store.engine == .sqlite
            ? "SELECT name AS name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'note' ORDER BY name"
            : """
            SELECT indexname::TEXT AS name FROM pg_indexes
            WHERE schemaname = current_schema() AND tablename = 'note' ORDER BY indexname
            """
        return try await store.read { try $0.rows(query).map { try $0.get("name", as: String.self) } }
    }
}
