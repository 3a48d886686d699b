// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel
@testable import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct ClaimTests {
    @Test(arguments: TestStores.all)
    func serversShareAndARestoreIsAlone(on engine: Engine) async throws {
        try await withStoreAddress(engine) { address in
            let first = try await StoreClaim.take(url: address, alone: false)
            let second = try await StoreClaim.take(url: address, alone: false)
            await #expect(throws: StoreError.inUse) { try await StoreClaim.take(url: address, alone: true) }
            first.release()
            await #expect(throws: StoreError.inUse) { try await StoreClaim.take(url: address, alone: true) }
            second.release()
            let alone = try await StoreClaim.take(url: address, alone: true)
            await #expect(throws: StoreError.inUse) { try await StoreClaim.take(url: address, alone: false) }
            try await alone.renew()
            alone.release()
            try await first.renew()
            first.release()
        }
    }

    @Test func aClaimIsTakenAgainAfterALostConnection() async throws {
        try await withStoreAddress(.postgres) { address in
            let claim = try await StoreClaim.take(url: address, alone: false)
            let store = try await StoreOpening.open(url: address, limits: testLimits)
            let ended = try await store.read { transaction in
                try transaction.rows(
                    """
                    SELECT pg_terminate_backend(pid) AS is_ended FROM pg_locks
                    WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
                        AND objid::BIGINT = hashtext('motcua claim ' || current_schema())::BIGINT & 4294967295
                    """
                ).count
            }
            #expect(ended == 1)
            try await claim.renew()
            await #expect(throws: StoreError.inUse) { try await StoreClaim.take(url: address, alone: true) }
            claim.release()
            await store.close()
        }
    }

    @Test(arguments: TestStores.all)
    func aSignOfLifeIsTheLastOne(on engine: Engine) async throws {
        try await withStore(engine) { store in
            #expect(try await store.read { try Heartbeat.last("worker", in: $0) } == nil)
            for seconds in [0, 10] {
                let now = Instant.test.adding(seconds: Int64(seconds))
                try await store.write { try Heartbeat.beat("worker", now: now, in: $0) }
            }
            #expect(try await store.read { try Heartbeat.last("worker", in: $0) } == Instant.test.adding(seconds: 10))
        }
    }

    @Test func aLargeFileIsThereWholeOrNotAtAll() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/archive"
            func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
            var writer: DurableFileWriter? = try DurableFileWriter(path: path)
            try writer?.write([1, 2, 3])
            #expect(try names() == ["archive.part"])
            writer = nil
            #expect(try names() == [])
            let whole = try DurableFileWriter(path: path)
            try whole.write([9])
            try whole.restart()
            try whole.write([4, 5])
            try whole.finish()
            #expect(try names() == ["archive"])
            #expect(FileManager.default.contents(atPath: path).map(Array.init) == [4, 5])
            #expect(throws: FileStoreError.failed(call: "write", errno: EBADF)) { try whole.write([6]) }
        }
    }

    @Test func anotherProcessDoesNotRemoveWhatIsBeingWritten() async throws {
        try await withTemporaryFolder { folder in
            let files = try FileStore(directory: folder, random: .seeded(1))
            let writer = try await files.begin(limitBytes: 3)
            try await writer.write([1, 2, 3])
            // What `doctor` or `backup` does beside a running server.
            let other = try FileStore(directory: folder, random: .seeded(2))
            let file = try await writer.finish()
            #expect(try await other.bytes(of: file.digest, limitBytes: 3) == [1, 2, 3])
            #expect(try await other.files(inFolder: file.digest.bytes[0]) == [file])
            try await other.probe()
        }
    }

    @Test(arguments: TestStores.all)
    func aJobThatWasGivenBackIsAsIfNotTaken(on engine: Engine) async throws {
        try await withStore(engine) { store in
            let queue = JobQueue(random: .seeded(1))
            let jobs = try await store.write { transaction in
                try queue.enqueue(kind: "notice", payload: "{}", runAt: .test, in: transaction)
                return try queue.lease(kinds: ["notice"], limit: 1, now: .test, forSeconds: 60, in: transaction)
            }
            let job = try #require(jobs.first)
            let isReleased = try await store.write { try queue.release(job, in: $0) }
            #expect(isReleased)
            let (again, twice) = try await store.write { transaction in
                (
                    try queue.lease(kinds: ["notice"], limit: 1, now: .test, forSeconds: 60, in: transaction),
                    try queue.release(job, in: transaction)
                )
            }
            #expect(again.map(\.attempts) == [1])
            #expect(!twice)  // the lease is another's now
            #expect(try await store.read { try queue.dead(in: $0) }.isEmpty)
        }
    }

    @Test(arguments: TestStores.all)
    func anObserverHearsOfBatchesAndFailures(on engine: Engine) async throws {
        let seen = Seen()
        let limits = StoreLimits(
            connections: 2,
            observer: StoreObserver(batch: { seen.add("batch \($0)") }, failure: { seen.add($0.code) })
        )
        try await withStore(engine, limits: limits) { store in
            let one = { @Sendable (transaction: Transaction) throws -> Int64 in
                try NumberSeries.next("a", in: transaction)
            }
            _ = try await store.journalled(one)
            await #expect(throws: (any Error).self) {
                try await store.journalled { _ = try $0.run("INSERT INTO heartbeat (name, at) VALUES ('a', NULL)") }
            }
            #expect(seen.all.contains("batch 1") && seen.all.contains("store-refused"))
        }
    }
}

private final class Seen: Sendable {
    private let words = Mutex<[String]>([])

    var all: [String] { words.withLock { $0 } }

    func add(_ word: String) { words.withLock { $0.append(word) } }
}
