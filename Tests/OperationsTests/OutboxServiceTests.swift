// SPDX-License-Identifier: Apache-2.0

import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Operations

/// The services over an empty store with the sample province in it.
struct OperationsFixture {
    let store: any Store
    let time = TestClock()
    let log = TransparencyLog(random: .seeded(1))
    let jobs = JobQueue(random: .seeded(2))
    let organisation: OrganisationService
    let identity: IdentityService
    let outbox: OutboxService
    let system: SystemService

    static let migrations = JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all

    init(_ store: any Store) async throws {
        self.store = store
        organisation = OrganisationService(
            store: store,
            log: log,
            clock: time.clock,
            random: .seeded(3),
            projectors: [IdentityService.projector]
        )
        identity = IdentityService(
            store: store,
            log: log,
            organisation: organisation,
            clock: time.clock,
            random: .system
        )
        outbox = OutboxService(store: store, log: log, jobs: jobs, clock: time.clock)
        system = SystemService(store: store, log: log, jobs: jobs, identity: identity)
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        try await organisation.load(SampleProvince(folder: "/\(root)/resources/sample"), by: .system("test"))
    }

    func officer(_ loginName: String) async throws -> Officer {
        try #require(try await organisation.officer(loginName: loginName))
    }

    func actor(_ loginName: String) async throws -> Actor {
        .officer(try await officer(loginName), authentication: .password, session: nil)
    }

    /// Queues jobs of a kind, due one second after the other from now on.
    func queue(_ kind: String, count: Int) async throws {
        let (now, jobs) = (time.now, jobs)
        _ = try await store.write { transaction in
            for second in 0..<count {
                try jobs.enqueue(
                    kind: kind,
                    payload: #"{"dossier":"d\#(second)"}"#,
                    runAt: now.adding(seconds: Int64(second)),
                    in: transaction
                )
            }
        }
    }

    /// Lets every waiting job of a kind fail until it is given up.
    func bury(_ kind: String, error: String) async throws {
        let jobs = jobs
        for _ in 0..<JobQueue.attemptLimit {
            time.advance(seconds: JobQueue.longestWaitSeconds + 60)
            let now = time.now
            _ = try await store.write { transaction in
                let leased = try jobs.lease(kinds: [kind], limit: 100, now: now, forSeconds: 10, in: transaction)
                for job in leased { try jobs.fail(job, error: error, now: now, in: transaction) }
            }
        }
    }
}

@Suite struct OutboxServiceTests {
    private func withFixture(_ engine: Engine, _ body: (OperationsFixture) async throws -> Void) async throws {
        try await withStore(engine, migrations: OperationsFixture.migrations) { store in
            try await body(try await OperationsFixture(store))
        }
    }

    @Test(arguments: TestStores.all)
    func `what waits is told by kind, with the oldest moment`(on engine: Engine) async throws {
        try await withFixture(engine) { fixture in
            let administrator = try await fixture.actor("quantri")
            #expect(try await fixture.outbox.queue(for: administrator).overview.waiting.isEmpty)
            let began = fixture.time.now
            try await fixture.queue("notice", count: 3)
            fixture.time.advance(seconds: 60)
            try await fixture.queue("stamp", count: 1)
            let overview = try await fixture.outbox.queue(for: administrator).overview
            #expect(
                overview.waiting == [
                    WaitingJobs(kind: "notice", count: 3, oldest: began),
                    WaitingJobs(kind: "stamp", count: 1, oldest: began.adding(seconds: 60)),
                ]
            )
            #expect(overview.deadCount == 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `a dead letter is sent again with its history, and the journal knows who and why`(
        on engine: Engine
    ) async throws {
        try await withFixture(engine) { fixture in
            let administrator = try await fixture.actor("quantri")
            try await fixture.queue("notice", count: 1)
            try await fixture.bury("notice", error: "outbound-unreachable")
            let dead = try await fixture.outbox.queue(for: administrator)
            let letter = try #require(dead.letters.first)
            #expect(dead.overview.deadCount == 1)
            #expect(dead.overview.waiting.isEmpty)
            #expect(letter.history.count == JobQueue.attemptLimit)
            #expect(letter.history.last?.outcome == "outbound-unreachable")

            try await fixture.outbox.resend(letter.job.id, reason: "  Máy chủ thư\nđã chạy lại ", by: administrator)
            let after = try await fixture.outbox.queue(for: administrator)
            #expect(after.letters.isEmpty)
            #expect(after.overview.deadCount == 0)
            #expect(
                after.overview.waiting == [WaitingJobs(kind: "notice", count: 1, oldest: fixture.time.now)]
            )
            let log = fixture.log
            let events = try await fixture.store.read { transaction in
                try log.events(of: "job", id: letter.job.id.rawValue, includingPersonal: true, in: transaction)
            }
            let entry = try #require(events.first?.entry)
            #expect(events.count == 1)
            #expect((entry.service, entry.kind) == ("operations", "jobResent"))
            #expect(entry.actor.id == administrator.id)
            #expect(entry.facts == ["kind": "notice", "attempts": .integer(Int64(JobQueue.attemptLimit))])
            #expect(entry.personal?["reason"] == "Máy chủ thư đã chạy lại")
            await #expect(throws: OutboxRefusal.notDead) {
                try await fixture.outbox.resend(letter.job.id, reason: "lần nữa", by: administrator)
            }

            try await fixture.bury("notice", error: "outbound-timed-out")
            let again = try #require(try await fixture.outbox.queue(for: administrator).letters.first)
            #expect(again.history.count == 2 * JobQueue.attemptLimit + 1)
            #expect(again.history[JobQueue.attemptLimit].outcome == "resend: Máy chủ thư đã chạy lại")
        }
    }

    @Test(arguments: TestStores.all)
    func `nobody but an administrator sees or sends, and nothing happens`(on engine: Engine) async throws {
        try await withFixture(engine) { fixture in
            try await fixture.queue("notice", count: 1)
            try await fixture.bury("notice", error: "x")
            let administrator = try await fixture.actor("quantri")
            let id = try #require(try await fixture.outbox.queue(for: administrator).letters.first).job.id
            var disabled = try await fixture.officer("quantri")
            disabled.isActive = false
            let others = [
                try await fixture.actor("anphu.motcua"), try await fixture.actor("anphu.chutich"),
                .officer(disabled, authentication: .password, session: nil), .system("notices"),
                .citizen(AccountID(.system), assurance: .two, session: nil),
            ]
            for actor in others {
                await #expect(throws: OutboxRefusal.notAllowed) { _ = try await fixture.outbox.queue(for: actor) }
                await #expect(throws: OutboxRefusal.notAllowed) { _ = try await fixture.system.state(for: actor) }
                await #expect(throws: OutboxRefusal.notAllowed) {
                    try await fixture.outbox.resend(id, reason: "x", by: actor)
                }
            }
            #expect(try await fixture.outbox.queue(for: administrator).overview.deadCount == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `a reason is asked for, and has its limit`(on engine: Engine) async throws {
        try await withFixture(engine) { fixture in
            let administrator = try await fixture.actor("quantri")
            try await fixture.queue("notice", count: 1)
            try await fixture.bury("notice", error: "x")
            let id = try #require(try await fixture.outbox.queue(for: administrator).letters.first).job.id
            let limit = OutboxService.reasonLimit
            await #expect(throws: OutboxRefusal.reasonMissing) {
                try await fixture.outbox.resend(id, reason: " \n ", by: administrator)
            }
            await #expect(throws: OutboxRefusal.reasonTooLong) {
                let long = String(repeating: "ở", count: limit + 1)
                try await fixture.outbox.resend(id, reason: long, by: administrator)
            }
            try await fixture.outbox.resend(id, reason: String(repeating: "ở", count: limit), by: administrator)
            #expect(try await fixture.outbox.queue(for: administrator).overview.deadCount == 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `dead letters come in pages, none twice and none left out`(on engine: Engine) async throws {
        try await withFixture(engine) { fixture in
            let administrator = try await fixture.actor("quantri")
            let count = 2 * OutboxService.pageSize + 1
            try await fixture.queue("notice", count: count)
            try await fixture.bury("notice", error: "x")
            var (seen, sizes, last): ([JobID], [Int], JobID?) = ([], [], nil)
            repeat {
                let page = try await fixture.outbox.queue(after: last, for: administrator)
                seen += page.letters.map(\.job.id)
                sizes.append(page.letters.count)
                last = page.next
            } while last != nil && sizes.count < 9
            #expect(sizes == [OutboxService.pageSize, OutboxService.pageSize, 1])
            #expect(Set(seen).count == count)
        }
    }
}

@Suite struct SystemServiceTests {
    @Test(arguments: TestStores.all)
    func `the state counts events, steps of the schema and open sessions`(on engine: Engine) async throws {
        try await withStore(engine, migrations: OperationsFixture.migrations) { store in
            let fixture = try await OperationsFixture(store)
            let administrator = try await fixture.actor("quantri")
            let before = try await fixture.system.state(for: administrator)
            #expect(before.engine == engine)
            #expect(before.openSessions == 0)
            #expect(before.migrations.first == "storage-0001")
            #expect(
                before.migrations.suffix(OperationsFixture.migrations.count)
                    == OperationsFixture.migrations.map(\.id)[...]
            )
            #expect(before.outbox.waiting.isEmpty)

            let desk = try await fixture.officer("anphu.motcua")
            _ = try await fixture.identity.signIn(officer: desk)
            _ = try await fixture.identity.signIn(officer: try await fixture.officer("anphu.chutich"))
            let during = try await fixture.system.state(for: administrator)
            #expect(during.openSessions == 2)
            #expect(during.journal.size == before.journal.size + 2)
            #expect(during.journal.root != before.journal.root)

            // By the projector: one session ends with its officer; the other one by itself.
            try await fixture.organisation.disableOfficer(desk.id, by: administrator.stamp)
            #expect(try await fixture.system.state(for: administrator).openSessions == 1)
            fixture.time.advance(seconds: SessionLimits.standard.idleSeconds)
            #expect(try await fixture.system.state(for: administrator).openSessions == 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `the policy's two faces agree`(on engine: Engine) async throws {
        try await withStore(engine, migrations: OperationsFixture.migrations) { store in
            let fixture = try await OperationsFixture(store)
            let policy = OperationsPolicies.operating
            var (allowed, refused) = (0, 0)
            for agency in try await fixture.organisation.snapshot().agencies {
                for officer in try await fixture.organisation.officers(of: agency.code) {
                    let actor = Actor.officer(officer, authentication: .password, session: nil)
                    let filter = policy.filter(actor)
                    let rows = try await store.read { try $0.rows("SELECT 1 AS one WHERE \(fragment: filter)") }
                    for part in OperatedPart.allCases { #expect(policy.allows(actor, part) == !rows.isEmpty) }
                    if rows.isEmpty { refused += 1 } else { allowed += 1 }
                }
            }
            // The administrator of the province alone; a rule that let nobody or everybody in would prove nothing.
            #expect(allowed == 1 && refused > 10)
        }
    }
}
