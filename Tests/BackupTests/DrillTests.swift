// SPDX-License-Identifier: Apache-2.0

import Backup
import Digests
import Foundation
import Journal
import Kernel
import Storage
import TestSupport
import Testing

/// Back up on one engine, restore on each: what was there is there again, and the tree is the same.
@Suite struct DrillTests {
    @Test(arguments: TestStores.all, TestStores.all)
    func whatWasKeptComesBack(from source: Engine, to target: Engine) async throws {
        try await withHouse(source) { house, folder in
            try await house.fill()
            let archive = "\(folder)/archive"
            let made = try await house.backup(to: archive)
            #expect(made.files == 3 && made.head?.size == 40 && made.damagedFiles.isEmpty)
            let expected = try await house.rows()
            #expect(expected["sample_paper"]?.count == 2_500)
            try await withHouse(target, migrated: false) { other, _ in
                let restored = try await other.restore(archive)
                #expect(restored == made)
                #expect(try await other.rows() == expected)
                let report = try await BackupFixture.log.verify(other.store, against: made.head.map { [$0] } ?? [])
                #expect(report.fault == nil)
                #expect(report.head.size == 41)  // and the event that says so
                #expect(
                    try await other.files.bytes(of: Digest(of: "đơn đề nghị"), limitBytes: 100)
                        == Array("đơn đề nghị".utf8)
                )
                let again = try await other.backup(to: "\(archive).again")
                #expect(again.files == 3)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func aDatabaseInUseIsNotOverwrittenUntold(on engine: Engine) async throws {
        try await withHouse(engine) { house, folder in
            try await house.fill()
            let archive = "\(folder)/archive"
            _ = try await house.backup(to: archive)
            try await house.store.write { _ = try $0.run("DELETE FROM sample_paper WHERE number > 5") }
            await #expect(throws: BackupError.notEmpty(events: 40)) { try await house.restore(archive) }
            #expect(try await house.rows()["sample_paper"]?.count == 6)
            _ = try await house.restore(archive, isReplacing: true)
            #expect(try await house.rows()["sample_paper"]?.count == 2_500)
            let marker = try await house.store.read { transaction in
                try BackupFixture.log.events(after: 39, limit: 2, in: transaction)
            }
            #expect(marker.map(\.entry.kind) == ["restored"])
            #expect(marker.first?.entry.facts["replacedSize"] == .integer(40))
        }
    }

    @Test(arguments: TestStores.all)
    func theBackupOfAnEarlierReleaseIsMigrated(on engine: Engine) async throws {
        try await withHouse(engine) { house, folder in
            try await house.fill()
            let archive = "\(folder)/archive"
            let made = try await house.backup(to: archive)
            let newer =
                BackupFixture.migrations + [
                    Migration(id: "sample-0002", statements: ["ALTER TABLE sample_paper ADD COLUMN room TEXT"])
                ]
            try await withHouse(engine, migrated: false) { other, _ in
                let restorer = BackupRestorer(
                    store: other.store,
                    files: other.files,
                    log: BackupFixture.log,
                    clock: .fixed()
                )
                let key = try #require(BackupFixture.key)
                _ = try await restorer.restore(archive, key: key, migrations: newer, isReplacing: false)
                let rooms = try await other.store.read { transaction in
                    try transaction.rows("SELECT number FROM sample_paper WHERE room IS NULL").count
                }
                #expect(rooms == 2_500)
                // And the other way round: a program that does not know the archive's schema refuses it.
                try await other.store.write { _ = try $0.run("DELETE FROM sample_paper WHERE number > 3") }
                let maker = BackupMaker(
                    store: other.store,
                    files: other.files,
                    log: BackupFixture.log,
                    clock: .fixed(),
                    random: .seeded(5)
                )
                try await maker.write(to: "\(archive).newer", key: key)
            }
            await #expect(throws: BackupError.unknownMigration(id: "sample-0002")) {
                try await house.restore("\(archive).newer", isReplacing: true)
            }
            #expect(try await house.rows()["sample_paper"]?.count == 2_500)
            #expect(made.rows > 2_500)
        }
    }

    @Test func aDamagedFileIsToldAndLeftOut() async throws {
        try await withHouse(.sqlite) { house, folder in
            try await house.fill()
            let digest = Digest(of: "đơn đề nghị")
            try Data("sửa".utf8).write(to: URL(fileURLWithPath: house.files.path(of: digest)))
            let made = try await house.backup(to: "\(folder)/archive")
            #expect(made.damagedFiles == [digest.hex])
            #expect(made.files == 2)
        }
    }
}
