// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Storage
import TestSupport
import Testing

/// A table for tests.
let noteMigration = Migration(
    id: "test-0001",
    statements: [
        """
        CREATE TABLE note (
            id INT64 NOT NULL PRIMARY KEY,
            code TEXT NOT NULL,
            body BYTES,
            done BOOL NOT NULL,
            CONSTRAINT code_is_short CHECK (length(code) < 20)
        )
        """,
        "CREATE UNIQUE INDEX note_code ON note (code)",
    ]
)

func addNote(_ id: Int, code: String? = nil, in transaction: Transaction) throws {
    try transaction.run(
        "INSERT INTO note (id, code, body, done) VALUES (\(id), \(code ?? "n\(id)"), \([UInt8(id & 255)]), \(id % 2 == 0))"
    )
}

func countNotes(_ store: any Store) async throws -> Int {
    try await store.read { try $0.first("SELECT COUNT(*) AS count FROM note")?.get("count") ?? -1 }
}

struct Refused: Error, Equatable {}

@Suite struct StoreTests {
    enum Colour: String, ColumnValue { case red, blue }
    enum Size: Int, ColumnValue { case small = 1, large }

    @Test(arguments: TestStores.all)
    func everyValueComesBackAsItWas(on engine: Engine) async throws {
        let table = Migration(
            id: "test-values",
            statements: [
                """
                CREATE TABLE sample (
                    id TEXT NOT NULL PRIMARY KEY, at INT64, day TEXT, time TEXT, fee INT64, agency TEXT, code TEXT,
                    person TEXT, colour TEXT, size INT64, digest BYTES, flag BOOL, bytes BYTES, missing TEXT
                )
                """
            ]
        )
        try await withStore(engine, migrations: [table]) { store in
            let id = Identifier<StoreTests>(.seeded(1))
            let day = try #require(LocalDate("2026-03-05"))
            let agency = try #require(AgencyCode("H01.30337"))
            let person = try #require(NationalID("001099012345"))
            let code = DossierCode(agency: agency, day: day, sequence: 7)
            let digest = Digest(of: "x")
            let text = "Nguyễn Thị Hoà — 'đất'; DROP TABLE sample; $1 ? \u{1F3E0}"
            try await store.write { transaction in
                try transaction.run(
                    """
                    INSERT INTO sample
                        (id, at, day, time, fee, agency, code, person, colour, size, digest, flag, bytes, missing)
                    VALUES (\(id), \(Instant.test), \(day), \(Instant.test.time), \(VND(120_000)), \(agency), \(code),
                        \(person), \(Colour.blue), \(Size.large), \(digest), \(true), \([UInt8]([0, 255, 39])),
                        \(String?.none))
                    """
                )
                try transaction.run("INSERT INTO sample (id, bytes, missing) VALUES ('b', \([UInt8]()), \(text))")
            }
            let rows = try await store.read { transaction in
                try transaction.rows(
                    """
                    SELECT id, at, day, time, fee, agency, code, person, colour, size, digest, flag, bytes, missing
                    FROM sample ORDER BY CASE WHEN id = 'b' THEN 2 ELSE 1 END
                    """
                )
            }
            let row = rows[0]
            #expect(try row.get("id") == id)
            #expect(try row.get("at") == Instant.test)
            #expect(try row.get("day") == day)
            #expect(try row.get("time") == Instant.test.time)
            #expect(try row.get("fee") == VND(120_000))
            #expect(try row.get("agency") == agency)
            #expect(try row.get("code") == code)
            #expect(try row.get("person") == person)
            #expect(try row.get("colour") == Colour.blue)
            #expect(try row.get("size") == Size.large)
            #expect(try row.get("digest") == digest)
            #expect(try row.get("flag") == true)
            #expect(try row.get("bytes") == [UInt8]([0, 255, 39]))
            #expect(try row.get("missing", as: String?.self) == nil)
            #expect(try rows[1].get("bytes") == [UInt8]())
            #expect(try rows[1].get("missing") == text)
            #expect(try rows[1].get("at", as: Instant?.self) == nil)
            #expect(throws: StoreError.decoding(column: "at", reason: "unexpected NULL")) {
                try rows[1].get("at", as: Instant.self)
            }
            #expect(throws: StoreError.decoding(column: "id", reason: "not a Int")) { try row.get("id", as: Int.self) }
            #expect(throws: StoreError.decoding(column: "none", reason: "no such column")) {
                try row.get("none", as: Int.self)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func listsAndFragmentsBecomeParameters(on engine: Engine) async throws {
        try await withStore(engine, migrations: [noteMigration]) { store in
            try await store.write { transaction in for id in 1...9 { try addNote(id, in: transaction) } }
            func ids(_ condition: Statement) async throws -> [Int] {
                try await store.read { transaction in
                    try transaction.rows("SELECT id FROM note WHERE \(fragment: condition) ORDER BY id")
                        .map { try $0.get("id") }
                }
            }
            #expect(try await ids("id IN (\(list: [2, 4, 11]))") == [2, 4])
            #expect(try await ids("code IN (\(list: ["n3"])) OR id = \(5)") == [3, 5])
            // Short lists are filled up, long ones are not.
            for length in [1, 2, 3, 5, 9, 33, 64, 65, 100] {
                #expect(try await ids("id IN (\(list: Array(1...length)))") == Array(1...min(length, 9)))
                #expect(try await ids("id NOT IN (\(list: Array(1...length)))") == (1...9).filter { $0 > length })
            }
            #expect(try await ids("id IN (\(list: [Int]()))") == [])
            #expect(try await ids("id NOT IN (\(list: [Int]())) AND id < \(3)") == [1, 2])
            #expect(try await ids("code IN (\(list: [String]()))") == [])
            let conditions: [Statement] = ["id > \(2)", "id < \(6)", "done = \(true)"]
            #expect(try await ids(conditions.joined(" AND ")) == [4])
            #expect(try await ids("(\(Int?.none) IS NULL OR id = \(Int?.none)) AND id <= \(1)") == [1])
        }
    }

    @Test(arguments: TestStores.all)
    func anErrorUndoesItsOwnChangesAndReachesTheCaller(on engine: Engine) async throws {
        try await withStore(engine, migrations: [noteMigration]) { store in
            await #expect(throws: Refused()) {
                try await store.write { transaction in
                    try addNote(1, in: transaction)
                    throw Refused()
                }
            }
            let count = try await countNotes(store)
            #expect(count == 0)
        }
    }

    @Test(arguments: TestStores.all)
    func constraintsAreNamedAlike(on engine: Engine) async throws {
        try await withStore(engine, migrations: [noteMigration]) { store in
            try await store.write { try addNote(1, in: $0) }
            await #expect(throws: StoreError.conflict(constraint: "note.code")) {
                try await store.write { try addNote(2, code: "n1", in: $0) }
            }
            await #expect(throws: StoreError.conflict(constraint: "note.id")) {
                try await store.write { try addNote(1, code: "x", in: $0) }
            }
            await #expect(throws: StoreError.refused(constraint: "code_is_short")) {
                try await store.write { try addNote(3, code: String(repeating: "x", count: 20), in: $0) }
            }
        }
    }

    @Test(arguments: TestStores.all)
    func aPartMayFailAlone(on engine: Engine) async throws {
        try await withStore(engine, migrations: [noteMigration]) { store in
            try await store.write { transaction in
                try addNote(1, in: transaction)
                do {
                    try transaction.part {
                        try addNote(2, in: transaction)
                        try addNote(1, in: transaction)
                    }
                } catch StoreError.conflict { try addNote(3, in: transaction) }
            }
            let ids = try await store.read {
                try $0.rows("SELECT id FROM note ORDER BY id").map { try $0.get("id", as: Int.self) }
            }
            #expect(ids == [1, 3])
        }
    }

    @Test(arguments: TestStores.all)
    func aReaderSeesOneSnapshotAndCannotWrite(on engine: Engine) async throws {
        try await withStore(engine, migrations: [noteMigration]) { store in
            await #expect(throws: StoreError.self) { try await store.read { try addNote(1, in: $0) } }
            #expect(try await countNotes(store) == 0)
            let (begun, announce) = AsyncStream<Void>.makeStream()
            let (written, go) = AsyncStream<Void>.makeStream()
            let gate = Gate(written)
            async let counts = store.survey { transaction in
                func count() throws -> Int {
                    try transaction.first("SELECT COUNT(*) AS count FROM note")?.get("count") ?? -1
                }
                let before = try count()
                announce.finish()
                gate.wait()
                return [before, try count()]
            }
            for await _ in begun {}
            try await store.write { try addNote(1, in: $0) }
            go.finish()
            #expect(try await counts == [0, 0])
            #expect(try await countNotes(store) == 1)
        }
    }

    /// More at once than there are connections: some read where they are asked, the others on threads of the store.
    @Test(arguments: TestStores.all)
    func manyReadAtOnce(on engine: Engine) async throws {
        try await withStore(engine, migrations: [noteMigration], limits: StoreLimits(connections: 2)) { store in
            try await store.write { try addNote(1, in: $0) }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let body: @Sendable (Transaction) throws -> Int = { try $0.rows("SELECT id FROM note").count }
                        return try await number % 3 == 0 ? store.survey(body) : store.read(body)
                    }
                }
                for try await count in group { #expect(count == 1) }
            }
            await #expect(throws: StoreError.self) { try await store.survey { try addNote(2, in: $0) } }
            await #expect(throws: StoreError.refused(constraint: "x")) {
                try await store.read { _ in throw StoreError.refused(constraint: "x") }
            }
            #expect(try await countNotes(store) == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func afterClosingItRefuses(on engine: Engine) async throws {
        try await withStoreAddress(engine) { address in
            let store = try await StoreOpening.open(url: address, limits: testLimits)
            try await store.migrate([noteMigration])
            try await store.journalled { try addNote(1, in: $0) }
            await store.close()
            await #expect(throws: StoreError.busy) { try await store.write { try addNote(2, in: $0) } }
            let again = try await StoreOpening.open(url: address, limits: testLimits)
            #expect(try await countNotes(again) == 1)
            await again.close()
        }
    }

    @Test func anAddressThatIsNoneIsRefused() async throws {
        for address in ["", "sqlite:", "mysql://x", "/tmp/x.sqlite"] {
            await #expect(throws: StoreError.self) { try await StoreOpening.open(url: address) }
        }
        let error = await #expect(throws: StoreError.self) {
            try await StoreOpening.open(url: "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
        }
        guard case .unavailable = error else {
            Issue.record("expected unavailable, got \(String(describing: error))")
            return
        }
    }
}
