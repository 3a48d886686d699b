// SPDX-License-Identifier: Apache-2.0

import Backup
import Digests
import Foundation
import Journal
import Kernel
import Storage
import TestSupport
import Testing

/// A small house with every kind of column, rows that point at later ones, and files.
struct BackupFixture: Sendable {
    static let migrations =
        JournalSchema.migrations + [
            Migration(
                id: "sample-0001",
                statements: [
                    """
                    CREATE TABLE sample_unit (
                        code TEXT NOT NULL PRIMARY KEY,
                        parent TEXT REFERENCES sample_unit (code),
                        is_open BOOL NOT NULL
                    )
                    """,
                    """
                    CREATE TABLE sample_paper (
                        unit TEXT NOT NULL REFERENCES sample_unit (code),
                        number INT64 NOT NULL,
                        digest BYTES,
                        note TEXT,
                        PRIMARY KEY (unit, number)
                    )
                    """,
                    "INSERT INTO sample_unit (code, parent, is_open) VALUES ('seed', NULL, \(true))",
                ]
            )
        ]
    static let key = BackupKey(bytes: [UInt8](repeating: 7, count: 32))
    static let otherKey = BackupKey(bytes: [UInt8](repeating: 8, count: 32))
    static let log = TransparencyLog(random: .seeded(3))

    let store: any Store
    let files: FileStore

    /// 2,500 papers in units of which the first points at the last, 40 events, three files.
    func fill() async throws {
        let file = try await files.store(Array("đơn đề nghị".utf8))
        _ = try await files.store([UInt8](repeating: 9, count: 700_000))
        _ = try await files.store([])
        try await store.write { transaction in
            for code in ["c", "b", "a"] {
                // The first unit by key points at one that comes later.
                try transaction.run(
                    "INSERT INTO sample_unit (code, parent, is_open) VALUES (\(code), \("seed"), \(code == "a"))"
                )
            }
            try transaction.run("UPDATE sample_unit SET parent = \("c") WHERE code = \("a")")
            for number in 0..<2_500 {
                let note: String? = number % 3 == 0 ? nil : "Nguyễn Thị Đào, số \(number)"
                let digest: Digest? = number == 0 ? file.digest : nil
                try transaction.run(
                    """
                    INSERT INTO sample_paper (unit, number, digest, note)
                    VALUES (\(number % 2 == 0 ? "a" : "b"), \(number), \(digest), \(note))
                    """
                )
            }
        }
        for number in 0..<40 {
            let entry = JournalEntry(
                at: .test.adding(seconds: Int64(number)),
                service: "sample",
                kind: "noted",
                objectType: "paper",
                objectID: "\(number)",
                actor: .system("test"),
                facts: ["number": .integer(Int64(number))],
                personal: ["name": "Trần Văn Lộc"]
            )
            _ = try await store.journalled { try Self.log.append(entry, in: $0) }
        }
    }

    /// All tables but the journal's own, in which a restore writes that it was one; equal for equal rows.
    func rows() async throws -> [String: Set<[StoredValue]>] {
        try await store.read { transaction in
            let copy = TableCopy(transaction)
            var rows: [String: Set<[StoredValue]>] = [:]
            for table in try copy.tables() where !table.name.hasPrefix("journal_") {
                try copy.rows(of: table, batch: 100) { rows[table.name, default: []].formUnion($0) }
            }
            return rows
        }
    }

    func backup(to path: String) async throws -> BackupManifest {
        let maker = BackupMaker(store: store, files: files, log: Self.log, clock: .fixed(), random: .seeded(5))
        return try await maker.write(to: path, key: try #require(Self.key))
    }

    func restore(_ path: String, isReplacing: Bool = false) async throws -> BackupManifest {
        try await BackupRestorer(store: store, files: files, log: Self.log, clock: .fixed())
            .restore(path, key: try #require(Self.key), migrations: Self.migrations, isReplacing: isReplacing)
    }
}

/// Lends a house on an engine, empty but for its schema, and a folder.
func withHouse(
    _ engine: Engine,
    migrated: Bool = true,
    _ body: (BackupFixture, _ folder: String) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        try await withStoreAddress(engine) { address in
            let store = try await StoreOpening.open(url: address, limits: testLimits)
            do {
                if migrated { try await store.migrate(BackupFixture.migrations) }
                let files = try FileStore(directory: "\(folder)/files", random: .seeded(2))
                try await body(BackupFixture(store: store, files: files), folder)
                await store.close()
            } catch {
                await store.close()
                throw error
            }
        }
    }
}
