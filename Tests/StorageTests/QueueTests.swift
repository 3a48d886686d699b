// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
@testable import Storage
import TestSupport
import Testing

@Suite struct NumberSeriesTests {
    @Test(arguments: TestStores.all, [false, true])
    func numbersHaveNoGapUnderConcurrencyAndRefusals(on engine: Engine, journalled: Bool) async throws {
        try await withStore(engine) { store in
            let numbers = try await withThrowingTaskGroup(of: Int64?.self) { group in
                for id in 0..<100 {
                    group.addTask {
                        let body: @Sendable (Transaction) throws -> Int64 = { transaction in
                            let number = try NumberSeries.next("book", in: transaction)
                            if id % 4 == 0 { throw Refused() }
                            return number
                        }
                        do {
                            return journalled ? try await store.journalled(body) : try await store.write(body)
                        } catch is Refused { return nil }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(numbers.compactMap { $0 }.sorted() == Array(1...75))
            let (last, other) = try await store.write { transaction in
                (try NumberSeries.last("book", in: transaction), try NumberSeries.next("other", in: transaction))
            }
            #expect(last == 75)
            #expect(other == 1)
        }
    }
}

@Suite struct IdempotencyTests {
    private func command(_ key: String, body: String, _ store: any Store) async throws -> String {
        try await store.journalled { transaction in
            let digest = Digest(of: body)
            switch try IdempotencyKeys.claim(scope: "s", key: key, bodyDigest: digest, now: .test, in: transaction) {
            case .repeated(let answer): return String(decoding: answer, as: UTF8.self)
            case .first:
                let number = try NumberSeries.next("effects", in: transaction)
                let answer = "effect \(number)"
                try IdempotencyKeys.remember(scope: "s", key: key, answer: Array(answer.utf8), in: transaction)
                return answer
            }
        }
    }

    @Test(arguments: TestStores.all)
    func aRepetitionGetsTheFirstAnswerAndAnotherBodyAConflict(on engine: Engine) async throws {
        try await withStore(engine) { store in
            let first = try await command("k1", body: "a", store)
            let again = try await command("k1", body: "a", store)
            #expect(first == "effect 1")
            #expect(again == "effect 1")
            await #expect(throws: IdempotencyConflict()) { try await command("k1", body: "b", store) }
            let other = try await command("k2", body: "b", store)
            #expect(other == "effect 2")
        }
    }

    @Test(arguments: TestStores.all)
    func ofManyAtOnceOneTakesEffect(on engine: Engine) async throws {
        try await withStore(engine) { store in
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { try await command("k", body: "a", store) } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(answers == ["effect 1"])
        }
    }

    @Test(arguments: TestStores.all)
    func aKeyClaimedAheadIsReleasedTakenOverOrKept(on engine: Engine) async throws {
        func claim(_ key: String, at now: Instant, _ store: any Store) async throws -> IdempotencyKeys.Claim {
            let digest = Digest(of: "a")
            return try await store.write {
                try IdempotencyKeys.claim(scope: "s", key: key, bodyDigest: digest, now: now, in: $0)
            }
        }
        func takeOver(_ key: String, begunBefore moment: Instant, _ store: any Store) async throws -> Bool {
            try await store.write {
                try IdempotencyKeys.takeOver(scope: "s", key: key, begunBefore: moment, now: moment, in: $0)
            }
        }
        try await withStore(engine) { store in
            let (begun, later) = (Instant.test, Instant.test.adding(seconds: 60))
            #expect(try await claim("refused", at: begun, store) == .first)
            try await store.write { try IdempotencyKeys.release(scope: "s", key: "refused", in: $0) }
            #expect(try await claim("refused", at: begun, store) == .first)

            #expect(try await claim("crashed", at: begun, store) == .first)
            #expect(try await claim("crashed", at: begun, store) == .repeated(answer: []))
            #expect(try await takeOver("crashed", begunBefore: begun, store) == false)
            #expect(try await takeOver("crashed", begunBefore: later, store))
            #expect(try await takeOver("crashed", begunBefore: later, store) == false)

            #expect(try await claim("done", at: begun, store) == .first)
            try await store.write { try IdempotencyKeys.remember(scope: "s", key: "done", answer: [7], in: $0) }
            try await store.write { try IdempotencyKeys.release(scope: "s", key: "done", in: $0) }
            #expect(try await takeOver("done", begunBefore: later, store) == false)
            #expect(try await claim("done", at: later, store) == .repeated(answer: [7]))
        }
    }

    @Test(arguments: TestStores.all)
    func aKeyOfAnUndoneCommandIsFree(on engine: Engine) async throws {
        try await withStore(engine) { store in
            await #expect(throws: Refused()) {
                try await store.write { transaction in
                    _ = try IdempotencyKeys.claim(
                        scope: "s",
                        key: "k",
                        bodyDigest: Digest(of: "a"),
                        now: .test,
                        in: transaction
                    )
                    throw Refused()
                }
            }
            let answer = try await command("k", body: "b", store)
            #expect(answer == "effect 1")
            let forgotten = try await store.write {
                try IdempotencyKeys.forget(before: .test.adding(seconds: 1), in: $0)
            }
            #expect(forgotten == 1)
        }
    }
}

@Suite struct JobQueueTests {
    private let queue = JobQueue(random: .seeded(3))

    private func enqueue(_ count: Int, into store: any Store) async throws {
        try await store.write { [queue] transaction in
            for number in 0..<count {
                try queue.enqueue(
                    kind: "notice",
                    payload: "\(number)",
                    runAt: .test.adding(seconds: Int64(number)),
                    uniqueKey: "key \(number)",
                    in: transaction
                )
            }
        }
    }

    private func lease(_ limit: Int, at moment: Instant, from store: any Store) async throws -> [Job] {
        try await store.write { [queue] in
            try queue.lease(kinds: ["notice", "stamp"], limit: limit, now: moment, forSeconds: 60, in: $0)
        }
    }

    @Test(arguments: TestStores.all)
    func aJobIsLeasedByOneWorkerAtATime(on engine: Engine) async throws {
        try await withStore(engine) { store in
            try await enqueue(60, into: store)
            let now = Instant.test.adding(seconds: 100)
            let leased = try await withThrowingTaskGroup(of: [Job].self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        var mine: [Job] = []
                        for _ in 0..<15 { mine += try await lease(5, at: now, from: store) }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(leased.count == 60)
            #expect(Set(leased.map(\.id)).count == 60)
        }
    }

    @Test(arguments: TestStores.all)
    func dueJobsComeInOrderAndOnlyOfTheKindsAskedFor(on engine: Engine) async throws {
        try await withStore(engine) { store in
            try await enqueue(5, into: store)
            let isNew = try await store.write { [queue] transaction in
                try queue.enqueue(kind: "other", payload: "", runAt: .test, in: transaction)
                return try queue.enqueue(kind: "notice", payload: "", runAt: .test, uniqueKey: "key 1", in: transaction)
            }
            #expect(!isNew)
            let early = try await lease(10, at: .test.adding(seconds: 2), from: store)
            #expect(early.map(\.payload) == ["0", "1", "2"])
            let waiting = try await store.read { [queue] in try queue.waiting(in: $0) }
            #expect(waiting.map(\.kind) == ["notice", "other"])
            #expect(waiting.map(\.count) == [5, 1])
        }
    }

    @Test(arguments: TestStores.all)
    func aLostLeaseGoesToAnotherWorkerAndTheFirstCannotComplete(on engine: Engine) async throws {
        try await withStore(engine) { store in
            try await enqueue(1, into: store)
            let first = try await lease(1, at: .test, from: store)
            let meanwhile = try await lease(1, at: .test.adding(seconds: 59), from: store)
            let second = try await lease(1, at: .test.adding(seconds: 60), from: store)
            #expect(first.count == 1)
            #expect(meanwhile.isEmpty)
            #expect(second.map(\.attempts) == [2])
            let (late, right, again) = try await store.write { [queue] transaction in
                (
                    try queue.complete(first[0], in: transaction), try queue.complete(second[0], in: transaction),
                    try queue.complete(second[0], in: transaction)
                )
            }
            #expect(!late)
            #expect(right)
            #expect(!again)
            let rest = try await lease(1, at: .test.adding(days: 1), from: store)
            #expect(rest.isEmpty)
        }
    }

    @Test func theBackOffScheduleIsExact() {
        let seconds = (1...14).map { JobQueue.wait(afterAttempt: $0, jitter: 0) / 1_000_000 }
        #expect(seconds == [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 30720, 61440, 86400, 86400])
        #expect(JobQueue.wait(afterAttempt: 1, jitter: 0.5) == 26_250_000)
        #expect(JobQueue.wait(afterAttempt: 13, jitter: 0.5) == 75_600_000_000)
        #expect(JobQueue.wait(afterAttempt: 1_000, jitter: 0) == 86_400_000_000)
    }

    @Test(arguments: TestStores.all)
    func fourteenFailuresMakeADeadLetterThatCanBeSentAgain(on engine: Engine) async throws {
        try await withStore(engine) { store in
            try await enqueue(2, into: store)
            var now = Instant.test
            for attempt in 1...JobQueue.attemptLimit {
                let job = try #require(try await lease(1, at: now, from: store).first)
                #expect(job.attempts == attempt)
                let next = try await store.write { [queue, now] transaction in
                    try queue.fail(job, error: "peer \(attempt)", now: now, in: transaction)
                }
                if attempt == JobQueue.attemptLimit {
                    #expect(next == nil)
                } else {
                    let wait = JobQueue.wait(afterAttempt: attempt, jitter: 0)
                    let next = try #require(next)
                    #expect(next.microseconds - now.microseconds <= wait)
                    #expect(next.microseconds - now.microseconds > wait * 3 / 4)
                    // The other job is done first, so that this one alone is due again.
                    if attempt == 1 {
                        let other = try await lease(1, at: now.adding(seconds: 1), from: store)
                        _ = try await store.write { [queue] in try queue.complete(other[0], in: $0) }
                    }
                    now = next
                }
            }
            let letters = try await store.read { [queue] in try queue.deadLetters(limit: 10, in: $0) }
            #expect(letters.map(\.job.payload) == ["0"])
            #expect(letters[0].history.map(\.outcome) == (1...14).map { "peer \($0)" })
            let id = letters[0].job.id
            let beyond = try await store.read { [queue] in try queue.deadLetters(after: id, limit: 10, in: $0) }
            #expect(beyond.isEmpty)
            let (sent, again) = try await store.write { [queue, now] transaction in
                (
                    try queue.resend(id, reason: "peer is back", now: now, in: transaction),
                    try queue.resend(id, reason: "peer is back", now: now, in: transaction)
                )
            }
            #expect(sent)
            #expect(!again)
            let job = try #require(try await lease(1, at: now, from: store).first)
            #expect(job.id == id)
            #expect(job.attempts == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func aJobThatKillsItsWorkerEndsAsWell(on engine: Engine) async throws {
        try await withStore(engine) { store in
            try await enqueue(1, into: store)
            var now = Instant.test
            for _ in 1...JobQueue.attemptLimit {
                let leased = try await lease(1, at: now, from: store)
                #expect(leased.count == 1)
                now = now.adding(seconds: 61)
            }
            let buried = try await store.write { [queue, now] in try queue.buryLost(now: now, in: $0) }
            #expect(buried == 1)
            let letters = try await store.read { [queue] in try queue.deadLetters(limit: 10, in: $0) }
            #expect(letters.count == 1)
        }
    }
}
