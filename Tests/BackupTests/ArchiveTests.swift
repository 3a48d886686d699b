// SPDX-License-Identifier: Apache-2.0

import Backup
import Digests
import Foundation
import Journal
import Kernel
import Storage
import TestSupport
import Testing

/// What an archive must refuse: every change, cut and exchange, and every key but its own.
@Suite struct ArchiveTests {
    private func withArchive(_ body: (_ path: String, _ bytes: [UInt8], BackupKey) throws -> Void) async throws {
        try await withHouse(.sqlite) { house, folder in
            try await house.fill()
            let path = "\(folder)/archive"
            _ = try await house.backup(to: path)
            let bytes = try #require(FileManager.default.contents(atPath: path).map(Array.init))
            try body(path, bytes, try #require(BackupFixture.key))
        }
    }

    private func judge(_ bytes: [UInt8], at path: String, _ key: BackupKey) -> BackupError? {
        #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
        do {
            _ = try BackupRestorer.verify(path, key: key)
            return nil
        } catch { return error }
    }

    @Test func aFlippedBitIsFoundWhereverItIs() async throws {
        try await withArchive { path, bytes, key in
            #expect(bytes.count > 3 * 262_144)
            #expect(judge(bytes, at: path, key) == nil)
            for place in stride(from: 0, to: bytes.count, by: 9_973) {
                var changed = bytes
                changed[place] ^= 1
                #expect(judge(changed, at: path, key) != nil, "at byte \(place)")
            }
        }
    }

    @Test func aCutIsFoundWhereverItIs() async throws {
        try await withArchive { path, bytes, key in
            for length in Array(stride(from: 0, to: bytes.count, by: 49_999)) + [bytes.count - 1] {
                #expect(judge(Array(bytes.prefix(length)), at: path, key) != nil, "at length \(length)")
            }
            // Cut exactly between two pieces: every piece that is left is genuine.
            #expect(judge(Array(bytes.prefix(80 + 4 + 262_144 + 16)), at: path, key) == .truncated)
            #expect(judge(bytes + [0], at: path, key) != nil)
        }
    }

    @Test func piecesCannotChangePlaces() async throws {
        try await withArchive { path, bytes, key in
            let piece = 4 + 262_144 + 16
            let (head, first) = (bytes[..<80], bytes[80..<80 + piece])
            let (second, rest) = (bytes[80 + piece..<80 + 2 * piece], bytes[(80 + 2 * piece)...])
            #expect(judge(Array(head + first + second + rest), at: path, key) == nil)
            #expect(judge(Array(head + second + first + rest), at: path, key) == .damaged(piece: 0))
            #expect(judge(Array(head + first + first + rest), at: path, key) == .damaged(piece: 1))
            #expect(judge(Array(head + first + rest), at: path, key) == .damaged(piece: 1))
        }
    }

    @Test func anotherKeyIsNamed() async throws {
        try await withArchive { path, bytes, key in
            let other = try #require(BackupFixture.otherKey)
            #expect(judge(bytes, at: path, other) == .wrongKey(archive: key.id, given: other.id))
            #expect(!Data(bytes).contains(Data("Nguyễn".utf8)) && !Data(bytes).contains(Data(key.id.utf8)))
        }
    }

    @Test func whatIsNoArchiveIsSaid() async throws {
        try await withTemporaryFolder { folder in
            let key = try #require(BackupFixture.key)
            #expect(judge(Array("SQLite format 3".utf8), at: "\(folder)/a", key) == .noArchive)
            #expect(throws: BackupError.unreadable(path: "\(folder)/b")) {
                try BackupRestorer.verify("\(folder)/b", key: key)
            }
        }
    }

    @Test func aFailedBackupLeavesTheOldOne() async throws {
        try await withHouse(.sqlite) { house, folder in
            let path = "\(folder)/archive"
            _ = try await house.backup(to: path)
            let before = FileManager.default.contents(atPath: path)
            // No snapshot can be taken any more: the store is closed.
            await house.store.close()
            await #expect(throws: StoreError.busy) { try await house.backup(to: path) }
            #expect(FileManager.default.contents(atPath: path) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["archive", "files"])
        }
    }
}
