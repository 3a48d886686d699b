// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import SignIn

/// What an officer does with the own account from within a session.
@Suite struct ProofTests {
    private struct Seat {
        let officers: Officers
        let identity: IdentityService
        let secretText: String
        let secret: SecretToken

        var service: SignInService { officers.service }

        func actor() async throws -> Actor {
            try #require(try await identity.person(behind: secret)?.actor)
        }
    }

    private func withSeat(_ engine: Engine, _ body: (Seat) async throws -> Void) async throws {
        try await withOfficers(engine) { officers in
            let fixture = officers.fixture
            let identity = IdentityService(
                store: fixture.store,
                log: fixture.log,
                organisation: fixture.organisation,
                clock: fixture.time.clock,
                random: .system
            )
            let officer = try await fixture.officer(officers.name)
            let secretText = try await officers.service.enrolSample(officer.id, by: fixture.author)
            let secret = try await identity.signIn(officer: officer, by: .passwordAndTOTP, on: "Firefox trên Linux")
            let seat = Seat(officers: officers, identity: identity, secretText: secretText, secret: secret)
            try await body(seat)
        }
    }

    @Test(arguments: TestStores.all)
    func `signing in is a proof for five minutes; a code or the password is a new one`(on engine: Engine) async throws {
        try await withSeat(engine) { seat in
            let (service, time) = (seat.service, seat.officers.fixture.time)
            #expect(service.hasFreshProof(try await seat.actor()))
            time.advance(seconds: 240)
            let ageing = try await seat.actor()
            #expect(service.hasFreshProof(ageing) && !service.hasLastingProof(ageing))
            time.advance(seconds: 60)
            #expect(!service.hasFreshProof(try await seat.actor()))
            let code = try seat.officers.code(seat.secretText)
            let proved = try await service.prove(try await seat.actor(), with: code, client: "192.0.2.1")
            #expect(service.hasFreshProof(proved) && proved.authentication == .passwordAndTOTP)
            #expect(service.hasFreshProof(try await seat.actor()))
            // The same code is no second proof.
            await #expect(throws: SecondStepError.wrongCode) {
                _ = try await service.prove(try await seat.actor(), with: code, client: "192.0.2.1")
            }
            time.advance(seconds: 300)
            await #expect(throws: SignInError.wrongPassword) {
                _ = try await service.prove(try await seat.actor(), with: "sai bét nhè", client: "192.0.2.1")
            }
            #expect(!service.hasFreshProof(try await seat.actor()))
            _ = try await service.prove(try await seat.actor(), with: SignInFixture.password, client: "192.0.2.1")
            #expect(service.hasFreshProof(try await seat.actor()))
            #expect(try await seat.officers.kinds().count { $0 == "provedAgain" } == 2)
        }
    }

    @Test(arguments: TestStores.all)
    func `wrong codes in a session count like any other, recovery codes are none there`(on engine: Engine) async throws
    {
        try await withSeat(engine) { seat in
            let actor = try await seat.actor()
            let recovery = try await seat.service.renewRecoveryCodes(by: actor)
            // No code of six digits, so it is taken for a password.
            await #expect(throws: SignInError.wrongPassword) {
                _ = try await seat.service.prove(actor, with: recovery[0], client: "192.0.2.1")
            }
            for number in 1...5 {
                let answer = await seat.officers.refusal {
                    _ = try await seat.service.prove(actor, with: "00000\(number)", client: "192.0.2.1")
                }
                #expect(answer == (number < 5 ? .wrongCode : .locked(minutes: 15)))
            }
            let right = try seat.officers.code(seat.secretText)
            await #expect(throws: SecondStepError.locked(minutes: 15)) {
                _ = try await seat.service.prove(actor, with: right, client: "192.0.2.1")
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `another phone: the old one goes on until the new one has shown a code`(on engine: Engine) async throws {
        try await withSeat(engine) { seat in
            let (service, actor) = (seat.service, try await seat.actor())
            let offer = try await service.beginEnrolment(by: actor)
            #expect(try await service.beginEnrolment(by: actor).secretText == offer.secretText)
            await #expect(throws: SecondStepError.wrongCode) {
                _ = try await service.finishEnrolment(code: "000000", by: actor)
            }
            let old = try seat.officers.code(seat.secretText)
            _ = try await service.prove(actor, with: old, client: "192.0.2.1")
            let codes = try await service.finishEnrolment(code: try seat.officers.code(offer.secretText), by: actor)
            #expect(codes.count == 10)
            seat.officers.fixture.time.advance(seconds: 60)
            let later = try seat.officers.code(seat.secretText)
            await #expect(throws: SecondStepError.wrongCode) {
                _ = try await service.prove(actor, with: later, client: "192.0.2.1")
            }
            // What binds needs a fresh proof.
            seat.officers.fixture.time.advance(seconds: 300)
            let stale = try await seat.actor()
            await #expect(throws: SecondStepError.proofNeeded) { _ = try await service.beginEnrolment(by: stale) }
            await #expect(throws: SecondStepError.proofNeeded) { _ = try await service.renewRecoveryCodes(by: stale) }
            await #expect(throws: SecondStepError.proofNeeded) {
                _ = try await service.finishEnrolment(code: "000000", by: stale)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a new password ends every session but the one that asks`(on engine: Engine) async throws {
        try await withSeat(engine) { seat in
            let (fixture, identity) = (seat.officers.fixture, seat.identity)
            let officer = try await fixture.officer(seat.officers.name)
            let other = try await identity.signIn(officer: officer)
            let actor = try await seat.actor()
            try await seat.service.changePassword(
                of: officer.id,
                from: SignInFixture.password,
                to: "một câu mới đủ dài",
                client: "192.0.2.1",
                keeping: actor.session,
                by: actor.stamp
            )
            #expect(try await identity.person(behind: other) == nil)
            #expect(try await identity.person(behind: seat.secret) != nil)
            let begun = try await seat.service.begin(
                loginName: officer.loginName,
                password: "một câu mới đủ dài",
                client: "192.0.2.1"
            )
            let pending = try seat.officers.asked(.code, begun)
            // Set by somebody else, it ends all of them, and what was begun with the old one.
            try await seat.service.setPassword("và một câu khác nữa", of: officer.id, by: fixture.author)
            #expect(try await identity.person(behind: seat.secret) == nil)
            #expect(try await seat.service.step(of: pending) == nil)
            await #expect(throws: SecondStepError.gone) {
                _ = try await seat.service.prove(actor, with: "và một câu khác nữa", client: "192.0.2.1")
            }
        }
    }
}
