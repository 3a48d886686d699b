// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Identity

@Suite struct OfficerSessionTests {
    private func withProjector(_ engine: Engine, _ body: (IdentityFixture, OrganisationService) async throws -> Void)
        async throws
    {
        try await withIdentity(engine) { fixture in
            let organisation = OrganisationService(
                store: fixture.store,
                log: fixture.log,
                clock: fixture.time.clock,
                random: .system,
                projectors: [IdentityService.projector]
            )
            try await body(fixture, organisation)
        }
    }

    @Test(arguments: TestStores.all)
    func `an officer sees the own sessions with device and method, and ends them`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let service = fixture.service
            let officer = try await fixture.officer("anphu.chutich")
            let neighbour = try await fixture.officer("anphu.motcua")
            let first = try await service.signIn(officer: officer, by: .passkey, on: "Chrome trên Windows")
            fixture.time.advance(seconds: 120)
            let second = try await service.signIn(officer: officer, by: .passwordAndTOTP, on: "Safari trên iPhone")
            let third = try await service.signIn(officer: officer)
            let foreign = try await service.signIn(officer: neighbour)
            let open = try await service.sessions(of: officer.id)
            #expect(Set(open.map(\.device)) == ["Chrome trên Windows", "Safari trên iPhone", ""])
            #expect(open.last?.digest == first.digest && open.last?.authentication == .passkey)
            let actor = try #require(try await service.person(behind: second)?.actor)
            #expect(actor.provedAt == fixture.time.now)
            // Nobody ends the session of another by naming it.
            #expect(try await service.endSession(foreign.digest, by: actor) == 0)
            #expect(try await fixture.isSignedIn(foreign))
            #expect(try await service.endSession(first.digest, by: actor) == 1)
            #expect(try await !fixture.isSignedIn(first))
            #expect(try await service.endSession(first.digest, by: actor) == 0)
            #expect(try await service.endSession(nil, by: actor) == 1)
            #expect(try await !fixture.isSignedIn(third))
            #expect(try await fixture.isSignedIn(second))
            // What was known beside the sessions went with them.
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM officer_session") == 2)
            let kinds = try await fixture.kinds(of: .officer, officer.id.rawValue)
            #expect(kinds.filter { $0 == "sessionsEnded" }.count == 2)
        }
    }

    @Test(arguments: TestStores.all)
    func `disabling and new roles end every session at once`(on engine: Engine) async throws {
        try await withProjector(engine) { fixture, organisation in
            let officer = try await fixture.officer("anphu.hotich1")
            let other = try await fixture.officer("anphu.chutich")
            let kept = try await fixture.service.signIn(officer: other)
            for act in ["roles", "end"] {
                let (one, two) = (
                    try await fixture.service.signIn(officer: officer),
                    try await fixture.service.signIn(officer: officer)
                )
                if act == "roles" {
                    try await organisation.setRoles([.recordsClerk], of: officer.id, by: fixture.admin)
                } else {
                    try await organisation.disableOfficer(officer.id, by: fixture.admin)
                }
                #expect(try await !fixture.isSignedIn(one), "\(act)")
                #expect(try await !fixture.isSignedIn(two), "\(act)")
                #expect(try await fixture.service.sessions(of: officer.id).isEmpty)
            }
            #expect(try await fixture.isSignedIn(kept))
        }
    }

    @Test func `a proof holds for its minutes and not a second longer`() async throws {
        try await withIdentity(.sqlite) { fixture in
            let (now, proof) = (Instant.test, FreshProof.standard)
            let citizen = Actor.citizen(try #require(AccountID(rawValue: "mai")), assurance: .two, session: nil)
            #expect(!proof.holds(for: citizen, at: now))
            let officer = try await fixture.officer("anphu.chutich")
            #expect(!proof.holds(for: .officer(officer, authentication: .password, session: nil), at: now))
            let actor = Actor.officer(officer, authentication: .password, session: nil, provedAt: now)
            #expect(proof.holds(for: actor, at: now) && proof.holds(for: actor, at: now.adding(seconds: 299)))
            #expect(!proof.holds(for: actor, at: now.adding(seconds: 300)))
        }
    }

    @Test(arguments: TestStores.all)
    func `an administrator ends one session of somebody else, or all, and at the top everybody's`(on engine: Engine)
        async throws
    {
        try await withIdentity(engine) { fixture in
            let service = fixture.service
            let officer = try await fixture.officer("anphu.motcua")
            let neighbour = try #require(try await fixture.organisation.officer(loginName: "anphu.hotich1"))
            let boss = try #require(try await fixture.organisation.officer(loginName: "quantri"))
            var mine: [SecretToken] = []
            for device in ["Chrome trên Windows", "Safari trên iPhone", "Firefox trên Linux"] {
                mine.append(try await service.signIn(officer: officer, on: device))
            }
            let (foreign, own) = (
                try await service.signIn(officer: neighbour), try await service.signIn(officer: boss)
            )
            let citizen = try await service.signIn(citizen: claims())
            let administrator = try #require(try await service.person(behind: own)?.actor)
            for secret in mine + [foreign] { #expect(try await service.person(behind: secret, for: .reading) != nil) }
            let phone = try #require(try await service.sessions(of: officer.id).first { $0.device.contains("iPhone") })
            // A name of somebody else's session ends nothing.
            #expect(try await service.endSessions(phone.handle, of: neighbour.id, by: administrator) == 0)
            #expect(try await service.endSessions(phone.handle, of: officer.id, by: administrator) == 1)
            #expect(try await service.endSessions(phone.handle, of: officer.id, by: administrator) == 0)
            let left = try await [
                fixture.isSignedIn(mine[0]), fixture.isSignedIn(mine[1]), fixture.isSignedIn(mine[2]),
            ]
            #expect(left == [true, false, true])
            #expect(try await service.endSessions(nil, of: officer.id, by: administrator) == 2)
            #expect(try await service.person(behind: mine[0], for: .reading) == nil)
            #expect(try await fixture.isSignedIn(foreign))
            #expect(try await fixture.isSignedIn(citizen))
            let told = try await fixture.kinds(of: .officer, officer.id.rawValue)
            #expect(told.suffix(2) == ["sessionsEndedForOther", "sessionsEndedForOther"])
            #expect(try await service.endEverySession(by: administrator) == 3)
            for secret in [foreign, own, citizen] {
                #expect(try await service.person(behind: secret, for: .reading) == nil)
            }
            #expect(try await fixture.kinds(of: .officer, boss.id.rawValue).last == "everySessionEnded")
        }
    }

    @Test(arguments: TestStores.all)
    func `a session opens the listener at which it was begun and no other`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let officer = try await fixture.officer("anphu.motcua")
            let portal = try await fixture.service.signIn(officer: officer)
            let office = try await fixture.service.signIn(officer: officer, at: .administration)
            func opens(_ secret: SecretToken, _ door: SessionDoor, _ use: SessionUse) async throws -> Bool {
                try await fixture.service.person(behind: secret, for: use, at: door) != nil
            }
            // Asked twice: the second time for reading is from memory.
            for use in [SessionUse.reading, .reading, .changing] {
                #expect(try await opens(portal, .portal, use))
                #expect(try await opens(office, .administration, use))
                #expect(try await !opens(portal, .administration, use))
                #expect(try await !opens(office, .portal, use))
            }
            // A program's token is the portal's.
            guard case .person? = try await fixture.service.bearer(of: portal) else {
                Issue.record("the portal's session is no bearer")
                return
            }
            #expect(try await fixture.service.bearer(of: office) == nil)
        }
    }
}
