// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel
@testable import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct FileStoreTests {
    private func names(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
            $0.split(separator: "/").last?.count ?? 0 > 8
        }
        .filter { $0 != "incoming" }
    }

    @Test func aFileIsNamedByItsDigestAndReadBack() async throws {
        try await withTemporaryFolder { folder in
            let files = try FileStore(directory: "\(folder)/files", random: .seeded(1))
            let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let writer = try await files.begin(limitBytes: 200_000)
            for start in stride(from: 0, to: content.count, by: 70_000) {
                try await writer.write(Array(content[start..<min(start + 70_000, content.count)]))
            }
            let file = try await writer.finish()
            #expect(file == StoredFileRef(digest: Digest(of: content), size: 200_000))
            #expect(try names(in: folder + "/files") == ["\(file.digest.hex.prefix(2))/\(file.digest.hex)"])
            let reader = try await files.open(file.digest)
            #expect(reader.size == 200_000)
            var read: [UInt8] = []
            for try await piece in reader { read += piece }
            #expect(read == content)
            let whole = try await files.bytes(of: file.digest, limitBytes: 200_000)
            #expect(whole == content)
            await #expect(throws: FileStoreError.tooLarge(limitBytes: 199_999)) {
                try await files.bytes(of: file.digest, limitBytes: 199_999)
            }
            let again = try await files.store(content)
            #expect(again == file)
            #expect(try names(in: folder + "/files").count == 1)
        }
    }

    @Test func theLimitIsExactAndLeavesNothing() async throws {
        try await withTemporaryFolder { folder in
            let files = try FileStore(directory: folder, random: .seeded(1))
            let writer = try await files.begin(limitBytes: 10)
            try await writer.write([UInt8](repeating: 1, count: 10))
            await #expect(throws: FileStoreError.tooLarge(limitBytes: 10)) { try await writer.write([1]) }
            await #expect(throws: FileStoreError.self) { try await writer.finish() }
            let cancelled = try await files.begin(limitBytes: 10)
            try await cancelled.write([1])
            await cancelled.cancel()
            #expect(try names(in: folder) == [])
            let exact = try await files.store([UInt8](repeating: 1, count: 10))
            #expect(exact.size == 10)
            let empty = try await files.store([])
            #expect(empty.digest == Digest(of: ""))
        }
    }

    @Test func whatIsMissingOrChangedIsTold() async throws {
        try await withTemporaryFolder { folder in
            let files = try FileStore(directory: folder, random: .seeded(1))
            let unknown = Digest(of: "unknown")
            await #expect(throws: FileStoreError.missing(unknown)) { try await files.open(unknown) }
            let file = try await files.store(Array("giấy khai sinh".utf8))
            let intact = try await files.isIntact(file.digest)
            #expect(intact)
            try Data("giấy khai tử".utf8).write(
                to: URL(fileURLWithPath: "\(folder)/\(file.digest.hex.prefix(2))/\(file.digest.hex)")
            )
            let changed = try await files.isIntact(file.digest)
            let missing = try await files.isIntact(unknown)
            #expect(!changed)
            #expect(!missing)
        }
    }

    @Test func orphansAreFoundAndRemoved() async throws {
        try await withTemporaryFolder { folder in
            let files = try FileStore(directory: folder, random: .seeded(1))
            let kept = try await files.store([1])
            let orphan = try await files.store([2])
            let later = Instant(microseconds: .max)
            let found = try await files.orphans(before: later) { digests in Set(digests.filter { $0 == kept.digest }) }
            #expect(found == [orphan])
            let young = try await files.orphans(before: Instant(microseconds: 0)) { _ in [] }
            #expect(young.isEmpty)
            try await files.remove(orphan.digest)
            try await files.remove(orphan.digest)
            await #expect(throws: FileStoreError.missing(orphan.digest)) { try await files.open(orphan.digest) }
        }
    }

    @Test func whatAnEarlierProcessLeftUnfinishedIsRemoved() async throws {
        try await withTemporaryFolder { folder in
            _ = try FileStore(directory: folder, random: .seeded(1))
            try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/incoming/leftover-of-a-crash"))
            _ = try FileStore(directory: folder, random: .seeded(1))
            #expect(try names(in: folder) == [])
        }
    }

    @Test func aFileIsFlushedBeforeItsNameAndItsFolderAfter() async throws {
        try await withTemporaryFolder { folder in
            let seen = Mutex<[String]>([])
            let files = try FileStore(directory: folder, random: .seeded(1)) { descriptor in
                // What cannot be read is no path that the test expects.
                let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
                let path = link ?? ""
                seen.withLock { $0.append(String(path.dropFirst(folder.count))) }
                return fsync(descriptor)
            }
            seen.withLock { $0 = [] }
            let file = try await files.store([1, 2, 3])
            let order = seen.withLock { $0 }
            #expect(order.count == 2)
            #expect(order[0].hasPrefix("/incoming/"))
            #expect(order[1] == "/\(file.digest.hex.prefix(2))")
        }
    }

    @Test func afterAFailedFlushNothingIsWrittenAnyMore() async throws {
        try await withTemporaryFolder { folder in
            let calls = Mutex(0)
            let files = try FileStore(directory: folder, random: .seeded(1)) { _ in
                calls.withLock { calls in
                    calls += 1
                    return calls == 2 ? -1 : 0  // the first is that of opening
                }
            }
            await #expect(throws: FileStoreError.self) { try await files.store([1]) }
            let error = await #expect(throws: FileStoreError.self) { try await files.store([2]) }
            guard case .halted = error else {
                Issue.record("expected halted, got \(String(describing: error))")
                return
            }
            #expect(calls.withLock { $0 } == 2)
            #expect(try names(in: folder) == [])
        }
    }

    @Test func aSmallFileIsReplacedAsAWhole() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/head"
            try DurableFile.replace(path, with: [1])
            try DurableFile.replace(path, with: [2, 3])
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([2, 3]))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["head"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }
}
