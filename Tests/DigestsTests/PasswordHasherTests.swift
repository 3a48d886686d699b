// SPDX-License-Identifier: Apache-2.0

import Digests
import Dispatch
import Kernel
import Testing

@Suite struct PasswordHasherTests {
    private let cheap = PasswordHasher.Cost(passes: 1, memoryKiB: 64, lanes: 1)

    @Test func verifiesItsOwnHashAndNoOther() async throws {
        let hasher = PasswordHasher(random: .system)
        let stored = try await hasher.hash("mật khẩu dài")
        #expect(stored.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await hasher.verify("mật khẩu dài", against: stored))
        #expect(try await !hasher.verify("mật khẩu dai", against: stored))
        #expect(try await hasher.hash("mật khẩu dài") != stored)
    }

    @Test func verifiesAStringOfTheReferenceImplementation() async throws {
        let stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        let hasher = PasswordHasher(random: .system)
        #expect(try await hasher.verify("password", against: stored))
        #expect(hasher.needsRehash(stored))
    }

    @Test func asksForARehashWhenThePriceRose() async throws {
        let old = try await PasswordHasher(random: .system, cost: cheap).hash("x")
        #expect(PasswordHasher(random: .system).needsRehash(old))
        #expect(!PasswordHasher(random: .system, cost: cheap).needsRehash(old))
    }

    @Test func refusesBrokenStringsAndLongPasswords() async throws {
        let hasher = PasswordHasher(random: .system, cost: cheap)
        await #expect(throws: PasswordHasherError.self) { try await hasher.verify("x", against: "plain") }
        let limit = String(repeating: "a", count: PasswordHasher.passwordLimitBytes)
        _ = try await hasher.hash(limit)
        await #expect(throws: PasswordHasherError.tooLong) { try await hasher.hash(limit + "a") }
    }

    @Test func aFullQueueAnswersBusy() async throws {
        // One slow hash on one thread, one place in the queue: of eight at least one finds no room.
        let slow = PasswordHasher.Cost(passes: 3, memoryKiB: 64 * 1_024, lanes: 1)
        let hasher = PasswordHasher(random: .system, cost: slow, threadCount: 1, queueLimit: 1)
        let refusals = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do {
                        _ = try await hasher.hash("x")
                        return false
                    } catch { return error as? PasswordHasherError == .busy }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(refusals >= 1)
        #expect(refusals <= 7)
    }
}

@Suite struct WorkerThreadsTests {
    @Test func runsEverythingOnceAndNothingOnTheCooperativePool() async throws {
        let threads = WorkerThreads(name: "test", count: 3, queueLimit: 1_000)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...500 { group.addTask { try await threads.run { number } } }
            return try await group.reduce(0, +)
        }
        #expect(sum == 125_250)
    }

    @Test func aMailboxKeepsItsOrderAndItsLimit() {
        let mailbox = Mailbox<Int>(limit: 3)
        #expect((1...3).allSatisfy { mailbox.post($0) })
        #expect(!mailbox.post(4))
        #expect(mailbox.take(upTo: 2) == [1, 2])
        #expect(mailbox.post(5))
        mailbox.close()
        #expect(!mailbox.post(6))
        #expect(mailbox.take(upTo: 10) == [3, 5])
        #expect(mailbox.take(upTo: 10).isEmpty)
        #expect(mailbox.take(upTo: 10).isEmpty)
    }
}

@Suite struct AdmissionTests {
    @Test func whoFindsNoPlaceIsRefusedBeforeAnythingIsDone() async throws {
        let cheap = PasswordHasher.Cost(passes: 1, memoryKiB: 64, lanes: 1)
        let hasher = PasswordHasher(random: .system, cost: cheap, threadCount: 1, queueLimit: 1)
        let phc = try await hasher.hash("một câu")
        try await hasher.admitted {
            try await hasher.admitted {
                await #expect(throws: PasswordHasherError.busy) {
                    try await hasher.admitted { Issue.record("there is no place") }
                }
            }
        }
        // Places come back, after failures too.
        struct Failed: Error {}
        for _ in 1...5 {
            await #expect(throws: Failed.self) { try await hasher.admitted { throw Failed() } }
        }
        let isRight = try await hasher.admitted { try await hasher.verify("một câu", against: phc) }
        #expect(isRight)
        #expect((1...2).contains(PasswordHasher.standardThreadCount))
    }
}
