// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Kernel
import Organisation
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Identity

/// Two nodes over one database: what one remembers, and what the other one changes.
@Suite struct SessionMemoryTests {
    /// A service with a store of its own on the same database, and a count of the statements that it ran.
    private struct Node {
        let store: any Store
        let service: IdentityService
        let organisation: OrganisationService
        let statements: Tally

        init(_ address: String, _ time: TestClock) async throws {
            let tally = Tally()
            let observer = StoreObserver(batch: { _ in }, failure: { _ in }, statement: { _ in tally.add() })
            let log = TransparencyLog(random: .system)
            store = try await StoreOpening.open(url: address, limits: StoreLimits(connections: 2, observer: observer))
            try await store.migrate(IdentityFixture.migrations)
            organisation = OrganisationService(
                store: store,
                log: log,
                clock: time.clock,
                random: .system,
                projectors: [IdentityService.projector]
            )
            service = IdentityService(
                store: store,
                log: log,
                organisation: organisation,
                clock: time.clock,
                random: .system
            )
            statements = tally
        }

        func reads(_ secret: SecretToken) async throws -> Bool {
            try await service.person(behind: secret, for: .reading) != nil
        }

        /// How a reader is answered.
        func answer(_ secret: SecretToken) async throws -> Answer {
            let before = statements.count
            guard try await reads(secret) else { return .refused }
            return statements.count > before ? .asked : .remembered
        }
    }

    private enum Answer { case asked, remembered, refused }

    private struct World {
        let here: Node
        let there: Node
        let time: TestClock
        let officer: Officer
        let secret: SecretToken
    }

    private static let admin = ActorStamp.system("test")
    private static let lease = SessionMemory.leaseMicroseconds

    private func withTwoNodes(_ engine: Engine, _ body: (World) async throws -> Void) async throws {
        try await withStoreAddress(engine) { address in
            let time = TestClock()
            let here = try await Node(address, time)
            let there = try await Node(address, time)
            do {
                let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
                try await here.organisation.load(SampleProvince(folder: "/\(root)/resources/sample"), by: Self.admin)
                let officer = try #require(try await here.organisation.officer(loginName: "anphu.hotich1"))
                let secret = try await here.service.signIn(officer: officer)
                try await body(World(here: here, there: there, time: time, officer: officer, secret: secret))
            } catch {
                await here.store.close()
                await there.store.close()
                throw error
            }
            await here.store.close()
            await there.store.close()
        }
    }

    @Test(arguments: TestStores.all)
    func `a session that was checked a moment ago is read without the database`(on engine: Engine) async throws {
        try await withTwoNodes(engine) { world in
            let (here, secret) = (world.here, world.secret)
            #expect(try await here.answer(secret) == .asked)
            #expect(try await here.answer(secret) == .remembered)
            world.time.advance(microseconds: Self.lease - 1)
            #expect(try await here.answer(secret) == .remembered)
            // To the microsecond, and one look is good for everybody.
            world.time.advance(microseconds: 1)
            #expect(try await here.answer(secret) == .asked)
            #expect(try await here.answer(secret) == .remembered)
            // Who changes something is never let in from memory.
            let before = here.statements.count
            _ = try await here.service.person(behind: secret)
            #expect(here.statements.count > before)
            // A clock that was set back is not believed.
            world.time.advance(microseconds: -1)
            #expect(try await here.answer(secret) == .asked)
        }
    }

    @Test(arguments: TestStores.all)
    func `an officer who is disabled is out at once here, and elsewhere when the lease ends`(on engine: Engine)
        async throws
    {
        try await withTwoNodes(engine) { world in
            #expect(try await world.here.reads(world.secret))
            #expect(try await world.there.reads(world.secret))
            try await world.here.organisation.disableOfficer(world.officer.id, by: Self.admin)
            #expect(try await !world.here.reads(world.secret))
            // The bound of what is stale, and what it does not cover: changing something.
            world.time.advance(microseconds: Self.lease - 1)
            #expect(try await world.there.reads(world.secret))
            #expect(try await world.there.service.person(behind: world.secret, for: .changing) == nil)
            world.time.advance(microseconds: 1)
            #expect(try await !world.there.reads(world.secret))
        }
    }

    @Test(arguments: TestStores.all)
    func `what this node changes is true on it at once`(on engine: Engine) async throws {
        try await withTwoNodes(engine) { world in
            let (here, organisation) = (world.here, world.here.organisation)
            func actor() async throws -> Actor? {
                try await here.service.person(behind: world.secret, for: .reading)?.actor
            }
            // A proof of presence, as it is asked for before signing.
            let first = try #require(try await actor())
            world.time.advance(seconds: 1)
            _ = try await actor()
            let (now, digest) = (world.time.now, world.secret.digest)
            let noted = try await here.store.journalled {
                try IdentityService.noteProof(session: digest, at: now, in: $0)
            }
            #expect(noted)
            #expect(try await actor()?.provedAt == now)
            #expect(first.provedAt != now)
            // One session of several.
            let other = try await here.service.signIn(officer: world.officer)
            #expect(try await here.reads(other))
            #expect(try await here.service.endSession(other.digest, by: first) == 1)
            #expect(try await !here.reads(other))
            #expect(try await actor() != nil)
            // Roles, by which the session ends.
            try await organisation.setRoles([.auditor], of: world.officer.id, by: Self.admin)
            #expect(try await !here.reads(world.secret))
        }
    }

    @Test(arguments: TestStores.all)
    func `claims, contacts, hats and signing out of a citizen count at once`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let service = fixture.service
            let secret = try await service.signIn(citizen: claims())
            func known() async throws -> Account? {
                guard case .citizen(let account, _)? = try await service.person(behind: secret, for: .reading) else {
                    return nil
                }
                return account
            }
            let account = try #require(try await known())
            let phone = try #require(PhoneNumber("0987654321"))
            try await fixture.store.journalled { try service.correct(.phone(phone), of: account.id, in: $0) }
            #expect(try await known()?.identity.phone == phone)
            // She signs in elsewhere with a new address: this browser shows it too.
            _ = try await service.signIn(citizen: claims { $0.address = "Ấp Hạ" })
            #expect(try await known()?.identity.address == "Ấp Hạ")
            let actor = try #require(try await service.person(behind: secret)?.actor)
            try await service.signOutEverywhere(actor)
            #expect(try await known() == nil)
        }
    }

    @Test(arguments: TestStores.all)
    func `time goes on for a session that is remembered`(on engine: Engine) async throws {
        try await withTwoNodes(engine) { world in
            let here = world.here
            #expect(try await here.reads(world.secret))
            // In use the whole hour: noted once a minute, as without a memory.
            let before = try #require(try await session(world))
            for _ in 1...240 {
                world.time.advance(microseconds: Self.lease)
                #expect(try await here.reads(world.secret))
            }
            let after = try #require(try await session(world))
            #expect(after.seenAt.seconds(since: before.seenAt) == 60)
            #expect(after.endsAt.seconds(since: before.endsAt) == 60)
        }
    }

    @Test(arguments: TestStores.all)
    func `a remembered session ends to the microsecond`(on engine: Engine) async throws {
        try await withTwoNodes(engine) { world in
            let short = IdentityService(
                store: world.here.store,
                log: TransparencyLog(random: .system),
                organisation: world.here.organisation,
                clock: world.time.clock,
                random: .system,
                limits: SessionLimits(idleSeconds: 30, absoluteSeconds: 30)
            )
            let secret = try await short.signIn(officer: world.officer)
            world.time.advance(microseconds: 30_000_000 - Self.lease / 2)
            #expect(try await short.person(behind: secret, for: .reading) != nil)
            world.time.advance(microseconds: Self.lease / 2 - 1)
            let before = world.here.statements.count
            #expect(try await short.person(behind: secret, for: .reading) != nil)
            #expect(world.here.statements.count == before)
            world.time.advance(microseconds: 1)
            #expect(try await short.person(behind: secret, for: .reading) == nil)
        }
    }

    @Test(arguments: TestStores.all)
    func `at midnight it is asked again who stands in for whom`(on engine: Engine) async throws {
        try await withTwoNodes(engine) { world in
            // 08:00 in Vietnam; sixteen hours later another day begins.
            world.time.advance(microseconds: 16 * 3_600_000_000 - 1)
            let secret = try await world.here.service.signIn(officer: world.officer)
            #expect(try await world.here.answer(secret) == .asked)
            #expect(try await world.here.answer(secret) == .remembered)
            world.time.advance(microseconds: 1)
            #expect(try await world.here.answer(secret) == .asked)
        }
    }

    private func session(_ world: World) async throws -> Session? {
        let digest = world.secret.digest
        return try await world.here.store.read { try SessionTable.find(digest, in: $0)?.session }
    }

    @Test(arguments: TestStores.all)
    func `when the look fails nobody is let in from memory`(on engine: Engine) async throws {
        try await withTwoNodes(engine) { world in
            let before = try await world.there.answer(world.secret)
            await world.there.store.close()
            let within = try await world.there.answer(world.secret)
            #expect(before == .asked && within == .remembered)
            world.time.advance(microseconds: Self.lease)
            for _ in 1...2 {
                await #expect(throws: StoreError.self) { _ = try await world.there.reads(world.secret) }
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `who reads while a session ends does not bring it back`(on engine: Engine) async throws {
        try await withTwoNodes(engine) { world in
            let here = world.here
            for _ in 1...20 {
                let secret = try await here.service.signIn(officer: world.officer)
                let actor = try #require(try await here.service.person(behind: secret)?.actor)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 1...8 {
                        group.addTask { for _ in 1...20 { _ = try await here.reads(secret) } }
                    }
                    group.addTask {
                        try await here.service.signOut(actor)
                        #expect(try await !here.reads(secret))
                    }
                    try await group.waitForAll()
                }
                #expect(try await !here.reads(secret))
            }
        }
    }

    @Test func `no more is remembered than the limit says`() throws {
        let (memory, officer) = (SessionMemory(), try sampleOfficer())
        let now = Instant.test
        func keep(_ number: Int) -> Digest {
            let digest = Digest(of: "session \(number)")
            let session = Session(
                digest: digest,
                kind: .officer,
                door: .portal,
                subject: officer.id.rawValue,
                authentication: .password,
                assurance: .none,
                device: nil,
                hat: nil,
                startedAt: now,
                seenAt: now,
                endsAt: now.adding(seconds: 60),
                absoluteEndAt: now.adding(seconds: 60)
            )
            let actor = Actor.officer(officer, authentication: .password, session: digest)
            let look = SessionMemory.Look(at: now, changes: 0, generation: 1, organisationVersion: 1)
            memory.keep(.officer(officer, actor), session, look)
            return digest
        }
        func knows(_ digest: Digest) -> Bool {
            memory.person(digest, at: now, changes: 0, touchAfterSeconds: 60) != nil
        }
        var last = keep(0)
        for number in 1..<SessionMemory.sessionLimit { last = keep(number) }
        #expect(memory.count == SessionMemory.sessionLimit)
        #expect(knows(last))
        let next = keep(SessionMemory.sessionLimit)
        #expect(memory.count == 1)
        #expect(knows(next) && !knows(last))
        // One that is known takes no place of another.
        _ = keep(SessionMemory.sessionLimit)
        #expect(memory.count == 1)
    }

    private func sampleOfficer() throws -> Officer {
        Officer(
            id: OfficerID(.seeded(1)),
            loginName: "mau",
            agency: try #require(AgencyCode("H01.30337")),
            unit: OrgUnitID(.seeded(2)),
            fullName: "Nguyễn Văn Mẫu",
            position: "Chuyên viên",
            email: nil,
            roles: [.specialist],
            isActive: true
        )
    }

    @Test func `looks that cross leave what was seen last`() throws {
        let (memory, officer, now) = (SessionMemory(), try sampleOfficer(), Instant.test)
        let digest = Digest(of: "one")
        func keep(generation: Int64, changes: Int, at moment: Instant) {
            let session = Session(
                digest: digest,
                kind: .officer,
                door: .portal,
                subject: officer.id.rawValue,
                authentication: .password,
                assurance: .none,
                device: nil,
                hat: nil,
                startedAt: now,
                seenAt: now,
                endsAt: now.adding(seconds: 3_600),
                absoluteEndAt: now.adding(seconds: 3_600)
            )
            let look = SessionMemory.Look(
                at: moment,
                changes: changes,
                generation: generation,
                organisationVersion: 1
            )
            memory.keep(.officer(officer, .officer(officer, authentication: .password, session: digest)), session, look)
        }
        func knows(changes: Int, at moment: Instant) -> Bool {
            memory.person(digest, at: moment, changes: changes, touchAfterSeconds: 60) != nil
        }
        keep(generation: 2, changes: 1, at: now)
        #expect(knows(changes: 1, at: now))
        // A reader that began before the change comes back last.
        keep(generation: 1, changes: 0, at: now)
        #expect(!knows(changes: 1, at: now))
        #expect(!knows(changes: 0, at: now))
        // The process has changed something since.
        keep(generation: 2, changes: 1, at: now)
        #expect(!knows(changes: 2, at: now))
    }
}

/// Counts from several threads.
private final class Tally: Sendable {
    private let total = Mutex(0)
    func add() { total.withLock { $0 += 1 } }
    var count: Int { total.withLock { $0 } }
}
