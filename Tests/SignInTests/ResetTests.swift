// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import SignIn

@Suite struct ResetTests {
    /// An officer who lost everything, and two administrators.
    private struct Office {
        let officers: Officers
        let identity: IdentityService
        let officer: Officer
        let asker: Actor
        let other: Actor

        var service: SignInService { officers.service }
        var time: TestClock { officers.fixture.time }

        func ask() async throws -> SignInReset {
            try await service.askReset(of: officer.id, because: " Mất  điện thoại ", by: asker)
            return try #require(try await service.askedResets().first)
        }

        func fresh(_ actor: Actor) async throws -> Actor {
            let id = try #require(actor.officer)
            let officer = try #require(try await officers.fixture.organisation.officer(id))
            return .officer(officer, authentication: .passkey, session: nil, provedAt: time.now)
        }

        func begin(_ code: String, name: String? = nil) async throws -> OfficerProgress {
            try await service.begin(loginName: name ?? officer.loginName, resetCode: code, client: "192.0.2.1")
        }

        func refusal(ofCode code: String) async -> ResetError? { await refusal { _ = try await begin(code) } }

        func refusal(ofAsking reason: String) async -> ResetError? {
            await refusal { try await service.askReset(of: officer.id, because: reason, by: other) }
        }

        func refusal(_ body: () async throws -> Void) async -> ResetError? {
            do {
                try await body()
                return nil
            } catch {
                return error as? ResetError
            }
        }
    }

    private func withOffice(_ engine: Engine, _ body: (Office) async throws -> Void) async throws {
        try await withOfficers(engine) { officers in
            let fixture = officers.fixture
            let identity = IdentityService(
                store: fixture.store,
                log: fixture.log,
                organisation: fixture.organisation,
                clock: fixture.time.clock,
                random: .system
            )
            func actor(_ name: String) async throws -> Actor {
                let officer = try await fixture.officer(name)
                return .officer(officer, authentication: .passkey, session: nil, provedAt: fixture.time.now)
            }
            let office = Office(
                officers: officers,
                identity: identity,
                officer: try await fixture.officer(officers.name),
                asker: try await actor("quantri"),
                other: try await actor("anphu.vanthu")
            )
            try await body(office)
        }
    }

    @Test(arguments: TestStores.all)
    func `one asks, another approves, and the officer begins anew`(on engine: Engine) async throws {
        try await withOffice(engine) { office in
            let (service, officers) = (office.service, office.officers)
            let (oldSecret, recovery) = try await officers.enrolled()
            let session = try await office.identity.signIn(officer: office.officer, by: .passwordAndTOTP)
            let reset = try await office.ask()
            #expect(reset.reason == "Mất điện thoại" && reset.askedBy == office.asker.officer)
            // Until the code is used everything goes on as before.
            let code = try await service.approveReset(reset.id, by: try await office.fresh(office.other))
            #expect(try await office.identity.person(behind: session) != nil)
            #expect(try await service.askedResets().isEmpty)
            let secret = try officers.asked(.enrolment, try await office.begin(code.uppercased()))
            #expect(try await office.identity.person(behind: session) == nil)
            await #expect(throws: SignInError.passwordExpired) { _ = try await officers.begin() }
            let state = try await service.secondFactor(of: office.officer.id)
            #expect(state.enrolledAt == nil && state.recoveryCodesLeft == 0)
            let offer = try await service.enrolment(of: secret)
            #expect(offer.secretText != oldSecret)
            let (progress, codes) = try await service.enrol(code: try officers.code(offer.secretText), with: secret)
            #expect(Set(codes).isDisjoint(with: recovery))
            _ = try officers.asked(.newPassword, progress)
            let own = "mưa trên phá Tam Giang"
            #expect(officers.method(try await service.give(newPassword: own, to: secret)) == .passwordAndTOTP)
            // The code opened once.
            #expect(await office.refusal { _ = try await office.begin(code) } == .wrongCode)
            let kinds = try await officers.kinds().filter { $0.hasPrefix("reset") }
            #expect(kinds == ["resetAsked", "resetApproved", "resetUsed"])
        }
    }

    private static let unusableReasons = ["", "  ", String(repeating: "x", count: 501)]

    @Test(arguments: TestStores.all)
    func `nobody approves the own request, nor the own reset`(on engine: Engine) async throws {
        try await withOffice(engine) { office in
            let service = office.service
            let reset = try await office.ask()
            let own = await office.refusal { _ = try await service.approveReset(reset.id, by: office.asker) }
            #expect(own == .sameAdministrator)
            let officer = Actor.officer(
                office.officer,
                authentication: .passkey,
                session: nil,
                provedAt: office.time.now
            )
            #expect(await office.refusal { _ = try await service.approveReset(reset.id, by: officer) } == .ownAccount)
            let oneself = await office.refusal {
                try await service.askReset(of: office.officer.id, because: "quên", by: officer)
            }
            #expect(oneself == .ownAccount)
            let twice = await office.refusal {
                try await service.askReset(of: office.officer.id, because: "quên", by: office.other)
            }
            #expect(twice == .alreadyAsked)
            for reason in Self.unusableReasons {
                #expect(await office.refusal(ofAsking: reason) == .reasonMissing)
            }
            // Approving binds, so it needs a fresh proof.
            office.time.advance(seconds: 300)
            await #expect(throws: SecondStepError.proofNeeded) {
                _ = try await service.approveReset(reset.id, by: office.other)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `what was refused or waited too long leads nowhere`(on engine: Engine) async throws {
        try await withOffice(engine) { office in
            let service = office.service
            let refused = try await office.ask()
            try await service.refuseReset(refused.id, by: office.other)
            let late = await office.refusal { _ = try await service.approveReset(refused.id, by: office.other) }
            #expect(late == .gone)
            #expect(await office.refusal { try await service.refuseReset(refused.id, by: office.asker) } == .gone)
            let waiting = try await office.ask()
            office.time.advance(seconds: 7 * 86_400)
            let other = try await office.fresh(office.other)
            #expect(await office.refusal { _ = try await service.approveReset(waiting.id, by: other) } == .gone)
            #expect(try await service.openReset(of: office.officer.id) == nil)
            // A code that nobody used ends after a day.
            let code = try await service.approveReset(
                try await office.ask().id,
                by: try await office.fresh(office.other)
            )
            #expect(try await service.openReset(of: office.officer.id)?.state == .approved)
            office.time.advance(seconds: 86_400)
            #expect(await office.refusal { _ = try await office.begin(code) } == .wrongCode)
            #expect(await officersStillSignIn(office))
        }
    }

    private func officersStillSignIn(_ office: Office) async -> Bool {
        await office.officers.fixture.attempt(office.officer.loginName, SignInFixture.password)
            == .success(office.officer.loginName)
    }

    @Test(arguments: TestStores.all)
    func `codes are not guessed, and belong to one name`(on engine: Engine) async throws {
        try await withOffice(engine) { office in
            let code = try await office.service.approveReset(
                try await office.ask().id,
                by: try await office.fresh(office.other)
            )
            #expect(await office.refusal { _ = try await office.begin(code, name: "anphu.motcua") } == .wrongCode)
            for _ in 1..<SignInSettings.triesBeforeLock {
                #expect(await office.refusal(ofCode: "0000-0000-0000-0000") == .wrongCode)
            }
            await #expect(throws: SignInError.locked(minutes: 15)) {
                _ = try await office.begin("0000-0000-0000-0000")
            }
            await #expect(throws: SignInError.locked(minutes: 15)) { _ = try await office.begin(code) }
            office.time.advance(seconds: 15 * 60)
            _ = try office.officers.asked(.enrolment, try await office.begin(code))
        }
    }

    @Test(arguments: TestStores.all)
    func `the operator of the machine needs no second administrator`(on engine: Engine) async throws {
        try await withOffice(engine) { office in
            _ = try await office.ask()
            let author = office.officers.fixture.author
            let code = try await office.service.resetByOperator(office.officer.id, by: author)
            #expect(try await office.service.askedResets().isEmpty)
            _ = try office.officers.asked(.enrolment, try await office.begin(code))
            try await office.officers.fixture.organisation.disableOfficer(office.officer.id, by: author)
            await #expect(throws: SignInError.unknownOfficer) {
                _ = try await office.service.resetByOperator(office.officer.id, by: author)
            }
        }
    }
}
