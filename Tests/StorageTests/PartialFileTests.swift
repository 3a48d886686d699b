// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// Files that arrive in several requests.
@Suite struct PartialFileTests {
    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    @Test func `goes on where the flushed bytes end, also in another process`() async throws {
        try await withTemporaryFolder { folder in
            let id = PartialFileID(.seeded(1))
            let files = try FileStore(directory: folder, random: .seeded(1))
            try await files.beginPartial(id)
            try await write(files, id, at: 0, [1, 2, 3], then: 3)
            // Opened again, as after a restart: what is unfinished stays, unlike `incoming`.
            let again = try FileStore(directory: folder, random: .seeded(2))
            // Two bytes were told; the third came too, and is cut away.
            try await write(again, id, at: 2, [7, 8], then: 4)
            let path = "\(folder)/partial/\(id)"
            #expect(try bytes(path) == [1, 2, 7, 8])
            #expect(try await again.digest(ofFileAt: path) == Digest(of: [1, 2, 7, 8]))
            let kept = try await again.store(copyOfFileAt: path, limitBytes: 4)
            #expect(kept == StoredFileRef(digest: Digest(of: [1, 2, 7, 8]), size: 4))
            #expect(try await again.isIntact(kept.digest))
            #expect(try bytes(path) == [1, 2, 7, 8])
            try await again.removePartial(id)
            try await again.removePartial(id)
            await #expect(throws: FileStoreError.unfinishedMissing) { try await again.lockPartial(id) }
        }
    }

    private func write(
        _ files: FileStore,
        _ id: PartialFileID,
        at offset: Int64,
        _ bytes: [UInt8],
        then end: Int64
    ) async throws {
        let writer = try await lock(files, id)
        try await writer.start(at: offset, limitBytes: 100)
        try await writer.write(bytes)
        #expect(try await writer.flush() == end)
    }

    /// The lock as soon as it is free: a program that another test starts holds all descriptors, and so locks that were
    /// let go, until it has become itself.
    private func lock(_ files: FileStore, _ id: PartialFileID) async throws -> PartialFileWriter {
        for _ in 1...500 {
            do { return try await files.lockPartial(id) } catch FileStoreError.locked {}
            try await Task.sleep(for: .milliseconds(10))
        }
        return try await files.lockPartial(id)
    }

    @Test func `one writer at a time`() async throws {
        try await withTemporaryFolder { folder in
            let id = PartialFileID(.seeded(1))
            let (files, other) = (
                try FileStore(directory: folder, random: .seeded(1)),
                try FileStore(directory: folder, random: .seeded(2))
            )
            try await files.beginPartial(id)
            var writer: PartialFileWriter? = try await files.lockPartial(id)
            await #expect(throws: FileStoreError.locked) { try await files.lockPartial(id) }
            await #expect(throws: FileStoreError.locked) { try await other.lockPartial(id) }
            try await writer?.start(at: 0, limitBytes: 1)
            writer = nil
            _ = try await lock(other, id)
        }
    }

    @Test func `neither more bytes than announced nor bytes that never came`() async throws {
        try await withTemporaryFolder { folder in
            let id = PartialFileID(.seeded(1))
            let files = try FileStore(directory: folder, random: .seeded(1))
            try await files.beginPartial(id)
            let writer = try await files.lockPartial(id)
            await #expect(throws: FileStoreError.failed(call: "write", errno: EBADF)) { try await writer.write([1]) }
            try await writer.start(at: 0, limitBytes: 2)
            try await writer.write([1, 2])
            await #expect(throws: FileStoreError.tooLarge(limitBytes: 2)) { try await writer.write([3]) }
            #expect(try bytes("\(folder)/partial/\(id)") == [1, 2])
            await #expect(throws: FileStoreError.unfinishedMissing) {
                try await writer.start(at: 3, limitBytes: 10)
            }
            await #expect(throws: FileStoreError.self) { try await files.beginPartial(id) }
        }
    }

    @Test func `an offset is not told when the disk did not take it`() async throws {
        try await withTemporaryFolder { folder in
            let fails = Mutex(false)
            let files = try FileStore(directory: folder, random: .seeded(1)) { descriptor in
                fails.withLock { $0 } ? -1 : fsync(descriptor)
            }
            let id = PartialFileID(.seeded(1))
            try await files.beginPartial(id)
            let writer = try await files.lockPartial(id)
            try await writer.start(at: 0, limitBytes: 10)
            try await writer.write([1])
            fails.withLock { $0 = true }
            await #expect(throws: FileStoreError.self) { try await writer.flush() }
            fails.withLock { $0 = false }
            // An fsync is not tried again: nothing more is promised until someone has looked.
            await #expect(throws: FileStoreError.self) { try await writer.flush() }
            await #expect(throws: FileStoreError.self) { try await files.beginPartial(PartialFileID(.seeded(2))) }
        }
    }

    @Test func `a sweep finds those that nobody touched`() async throws {
        try await withTemporaryFolder { folder in
            let files = try FileStore(directory: folder, random: .seeded(1))
            let id = PartialFileID(.seeded(1))
            try await files.beginPartial(id)
            #expect(try await files.partials(before: Instant(microseconds: 0)) == [])
            #expect(try await files.partials(before: Instant(microseconds: .max)) == [id])
        }
    }
}
