// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Identity

@Suite struct SessionTests {
    private static let idle = SessionLimits.standard.idleSeconds
    private static let absolute = SessionLimits.standard.absoluteSeconds

    @Test(arguments: TestStores.all)
    func `a session ends after an hour without a request, to the second`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let secret = try await fixture.service.signIn(citizen: claims())
            let left = try await fixture.service.signIn(citizen: claims())
            fixture.time.advance(seconds: Self.idle - 1)
            #expect(try await fixture.isSignedIn(secret))
            fixture.time.advance(seconds: 1)
            #expect(try await fixture.isSignedIn(secret))
            // The other browser asked nothing for exactly an hour.
            #expect(try await !fixture.isSignedIn(left))
            fixture.time.advance(seconds: Self.idle)
            #expect(try await !fixture.isSignedIn(secret))
            // An ended session does not begin again by being asked for.
            #expect(try await !fixture.isSignedIn(secret))
        }
    }

    @Test(arguments: TestStores.all)
    func `a session in constant use ends after twelve hours, to the second`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let secret = try await fixture.service.signIn(citizen: claims())
            let step = Self.idle / 2
            for _ in 1..<(Self.absolute / step) {
                fixture.time.advance(seconds: step)
                #expect(try await fixture.isSignedIn(secret))
            }
            fixture.time.advance(seconds: step - 1)
            #expect(try await fixture.isSignedIn(secret))
            let session = try #require(try await fixture.session(secret))
            #expect(session.endsAt == session.absoluteEndAt)
            fixture.time.advance(seconds: 1)
            #expect(try await !fixture.isSignedIn(secret))
        }
    }

    @Test(arguments: TestStores.all)
    func `use is noted at most once a minute`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let secret = try await fixture.service.signIn(citizen: claims())
            let begun = try #require(try await fixture.session(secret))
            #expect(begun.seenAt == fixture.time.now)
            for _ in 1...59 {
                fixture.time.advance(seconds: 1)
                #expect(try await fixture.isSignedIn(secret))
            }
            #expect(try await fixture.session(secret) == begun)
            fixture.time.advance(seconds: 1)
            #expect(try await fixture.isSignedIn(secret))
            let noted = try #require(try await fixture.session(secret))
            #expect(noted.seenAt == fixture.time.now)
            #expect(noted.endsAt == fixture.time.now.adding(seconds: Self.idle))
            #expect(noted.absoluteEndAt == begun.absoluteEndAt && noted.startedAt == begun.startedAt)
        }
    }

    @Test(arguments: TestStores.all)
    func `signing out ends this session alone, once`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let (phone, desk) = try await (
                fixture.service.signIn(citizen: claims()), fixture.service.signIn(citizen: claims())
            )
            let actor = try await fixture.citizen(phone).actor
            try await fixture.service.signOut(actor)
            #expect(try await !fixture.isSignedIn(phone))
            #expect(try await fixture.isSignedIn(desk))
            let told = ["accountCreated", "signedIn", "signedIn", "signedOut"]
            #expect(try await fixture.kinds(of: .citizen, actor.id) == told)
            // The second click finds nothing to end, and the journal tells nothing twice.
            try await fixture.service.signOut(actor)
            try await fixture.service.signOut(.system("x"))
            #expect(try await fixture.kinds(of: .citizen, actor.id) == told)
            #expect(try await fixture.kinds(of: .system, "x").isEmpty)
        }
    }

    @Test(arguments: TestStores.all)
    func `ended sessions are removed, living ones stay`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let left = try await fixture.service.signIn(citizen: claims())
            let used = try await fixture.service.signIn(citizen: claims())
            fixture.time.advance(seconds: Self.idle - 60)
            #expect(try await fixture.isSignedIn(used))
            #expect(try await fixture.service.removeEndedSessions() == 0)
            fixture.time.advance(seconds: 120)
            #expect(try await fixture.service.removeEndedSessions() == 1)
            #expect(try await fixture.session(left) == nil)
            #expect(try await fixture.isSignedIn(used))
        }
    }

    @Test(arguments: TestStores.all)
    func `all sessions of one person end in the caller's transaction, nobody else's`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let service = fixture.service
            var mine: [SecretToken] = []
            for _ in 1...3 { mine.append(try await service.signIn(citizen: claims())) }
            let other = try await service.signIn(
                citizen: claims { ($0.subject, $0.nationalID) = ("tech-2", try #require(NationalID("089085000456"))) }
            )
            let subject = try await fixture.citizen(mine[0]).account.id.rawValue
            struct Undone: Error {}
            await #expect(throws: Undone.self) {
                try await fixture.store.write { transaction in
                    try service.endSessions(of: subject, in: transaction)
                    throw Undone()
                }
            }
            for secret in mine { #expect(try await fixture.isSignedIn(secret)) }
            try await fixture.store.write { try service.endSessions(of: subject, in: $0) }
            for secret in mine { #expect(try await !fixture.isSignedIn(secret)) }
            #expect(try await fixture.isSignedIn(other))
        }
    }

    @Test(arguments: TestStores.all)
    func `an unknown secret opens nothing, and the table holds no secret`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let secret = try await fixture.service.signIn(citizen: claims())
            #expect(try await !fixture.isSignedIn(SecretToken(.bits256, from: .system)))
            #expect(try await !fixture.isSignedIn(SecretToken(.bits128, from: .system)))
            // The digest, as a thief of the table knows it, is not the secret.
            let digest = try #require(SecretToken(secret.digest.bytes.base64URL))
            #expect(try await !fixture.isSignedIn(digest))
            let kept = try await fixture.count(
                "SELECT COUNT(*) AS total FROM session WHERE digest = \(secret.text) OR subject = \(secret.text)"
            )
            #expect(kept == 0)
            // A session of another installation means nothing here.
            try await withIdentity(.sqlite) { other in
                let isKnown = try await other.isSignedIn(secret)
                #expect(!isKnown)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `an officer acts with the roles of this moment, and a disabled one not at all`(on engine: Engine) async throws
    {
        try await withIdentity(engine) { fixture in
            let (service, organisation) = (fixture.service, fixture.organisation)
            let officer = try await fixture.officer("anphu.hotich1")
            let secret = try await service.signIn(officer: officer)
            guard case .officer(let found, let actor)? = try await service.person(behind: secret) else {
                throw NobodySignedIn()
            }
            #expect(found == officer)
            #expect(actor.roles == [.specialist] && actor.agency == officer.agency && actor.unit == officer.unit)
            #expect(actor.authentication == .password && actor.assurance == .none)
            #expect(actor.officer == officer.id && actor.account == nil)
            try await organisation.setRoles([.recordsClerk], of: officer.id, by: fixture.admin)
            #expect(try await service.person(behind: secret)?.actor.roles == [.recordsClerk])
            try await organisation.disableOfficer(officer.id, by: fixture.admin)
            #expect(try await !fixture.isSignedIn(secret))
            // Also an actor made from the row of a disabled officer may nothing.
            let row = try #require(try await organisation.officer(officer.id))
            #expect(!row.isActive && !row.roles.isEmpty)
            #expect(Actor.officer(row, authentication: .password, session: nil).roles.isEmpty)
            #expect(try await fixture.kinds(of: .officer, officer.id.rawValue).contains("signedIn"))
        }
    }

    @Test func `limits are counted from the settings`() async throws {
        try await withStore(.sqlite, migrations: IdentityFixture.migrations) { store in
            let fixture = IdentityFixture(store)
            let strict = IdentityService(
                store: store,
                log: fixture.log,
                organisation: fixture.organisation,
                clock: fixture.time.clock,
                random: .system,
                limits: SessionLimits(idleSeconds: 600, absoluteSeconds: 900)
            )
            let secret = try await strict.signIn(citizen: claims())
            fixture.time.advance(seconds: 599)
            #expect(try await strict.person(behind: secret) != nil)
            fixture.time.advance(seconds: 300)
            #expect(try await strict.person(behind: secret) != nil)
            fixture.time.advance(seconds: 1)
            #expect(try await strict.person(behind: secret) == nil)
        }
    }
}
