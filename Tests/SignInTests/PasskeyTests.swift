// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import SignIn

@Suite struct PasskeyTests {
    private static let site = RelyingParty(id: "dichvucong.example.vn", origins: ["https://dichvucong.example.vn"])
    private static let browser = "token of this browser"

    /// An officer with a session, at a desk whose devices are soft.
    private struct Desk {
        let officers: Officers
        let identity: IdentityService
        let secret: SecretToken

        var service: SignInService { officers.service }
        var time: TestClock { officers.fixture.time }

        func actor() async throws -> Actor { try #require(try await identity.person(behind: secret)?.actor) }

        func challenge(_ purpose: PasskeyPurpose, _ binding: String = PasskeyTests.browser) -> String {
            service.passkeyChallenge(for: purpose, binding: binding)
        }

        /// For another purpose or browser, or none of ours.
        var wrongChallenges: [String] {
            [
                challenge(.registration), challenge(.proof), challenge(.signIn, "another browser"), "", "bWF1",
                String(repeating: "A", count: 86), challenge(.signIn) + "A",
            ]
        }

        func add(_ device: SoftAuthenticator, _ challenge: String? = nil) async throws {
            let answer = try device.register(challenge ?? self.challenge(.registration))
            try await service.addPasskey(answer, named: " Máy ở quầy ", binding: browser, by: try await actor())
        }

        func signIn(_ device: SoftAuthenticator, _ challenge: String? = nil) async throws -> String {
            let answer = try device.sign(challenge ?? self.challenge(.signIn))
            guard case .proved(let officer, .passkey) = try await service.signIn(passkey: answer, binding: browser)
            else { throw Officers.Refused(words: "not proved by passkey") }
            return officer.loginName
        }

        func refusal(of device: SoftAuthenticator, _ challenge: String) async -> PasskeyError? {
            await refusal { _ = try await signIn(device, challenge) }
        }

        func refusal(_ body: () async throws -> Void) async -> PasskeyError? {
            do {
                try await body()
                return nil
            } catch {
                return error as? PasskeyError
            }
        }
    }

    private func withDesk(_ engine: Engine = .sqlite, _ body: (Desk) async throws -> Void) async throws {
        let rules = OfficerSettings(
            installationKey: SignInFixture.officers.installationKey,
            relyingParty: Self.site
        )
        try await withOfficers(engine, officers: rules) { officers in
            let fixture = officers.fixture
            let identity = IdentityService(
                store: fixture.store,
                log: fixture.log,
                organisation: fixture.organisation,
                clock: fixture.time.clock,
                random: .system
            )
            let officer = try await fixture.officer(officers.name)
            let secret = try await identity.signIn(officer: officer, by: .passwordAndTOTP)
            try await body(Desk(officers: officers, identity: identity, secret: secret))
        }
    }

    @Test(arguments: TestStores.all, SoftAuthenticator.Kind.allCases)
    func `a device is registered and opens the door`(on engine: Engine, _ kind: SoftAuthenticator.Kind) async throws {
        try await withDesk(engine) { desk in
            let device = try SoftAuthenticator(kind)
            try await desk.add(device)
            let handle = Array(try await desk.actor().id.utf8)
            let second = device.with { ($0.signCount, $0.userHandle) = (2, handle) }
            #expect(try await desk.signIn(second) == desk.officers.name)
            let officer = try await desk.officers.fixture.officer(desk.officers.name)
            let listed = try await desk.service.passkeys(of: officer.id)
            #expect(listed.map(\.name) == ["Máy ở quầy"])
            #expect(listed[0].usedAt == desk.time.now)
            #expect(try await desk.service.passkeyCredentials(of: officer.id) == [device.credential.base64URL])
            // Removed, it opens nothing any more.
            try await desk.service.removePasskey(listed[0].id, by: try await desk.actor())
            let third = device.with { $0.signCount = 3 }
            #expect(await desk.refusal { _ = try await desk.signIn(third) } == .unknown)
            let kinds = try await desk.officers.kinds()
            #expect(kinds.filter { $0.hasPrefix("passkey") } == ["passkeyAdded", "passkeyRemoved"])
        }
    }

    /// A way to spoil an answer, and the check that must find it.
    struct Tampering: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: PasskeyFault
        let spoil: @Sendable (inout SoftAuthenticator) -> Void

        init(_ words: String, _ fault: PasskeyFault, _ spoil: @escaping @Sendable (inout SoftAuthenticator) -> Void) {
            (testDescription, self.fault, self.spoil) = (words, fault, spoil)
        }
    }

    private static let common: [Tampering] = [
        Tampering("another site's origin", .origin) { $0.origin = "https://dichvucong.example.vn.evil.example" },
        Tampering("plain http", .origin) { $0.origin = "http://dichvucong.example.vn" },
        Tampering("another port", .origin) { $0.origin = "https://dichvucong.example.vn:8443" },
        Tampering("another site's key", .relyingParty) { $0.site = "example.vn" },
        Tampering("in a frame of another site", .crossOrigin) { $0.extraClientData = ",\"crossOrigin\":true" },
        Tampering("below another site", .crossOrigin) {
            $0.extraClientData = ",\"topOrigin\":\"https://evil.example\""
        },
        Tampering("nobody present", .notPresent) { $0.flags &= ~0x01 },
        Tampering("nobody verified", .notVerified) { $0.flags &= ~0x04 },
        Tampering("copied though it may not be", .authenticatorData) { $0.flags |= 0x10 },
        Tampering("a byte too many", .authenticatorData) { $0.tail = [0] },
        Tampering("extensions that are no map", .authenticatorData) {
            $0.flags |= 0x80
            $0.tail = [0x01]
        },
        Tampering("no JSON", .clientData) { $0.extraClientData = "]" },
        Tampering("the other ceremony's type", .type) { $0.type = "payment.get" },
    ]

    private static let registering: [Tampering] =
        common + [
            Tampering("the type of a sign-in", .type) { $0.type = "webauthn.get" },
            Tampering("an attestation that nobody asked for", .attestation) { $0.format = "packed" },
            Tampering("a statement under none", .attestation) { $0.statement = [0xA1, 0x01, 0x01] },
            Tampering("a key of another algorithm than it says", .authenticatorData) { $0.claimedAlgorithm = -8 },
            Tampering("an algorithm that we do not take", .authenticatorData) { $0.claimedAlgorithm = -36 },
        ]

    private static let signing: [Tampering] =
        common + [
            Tampering("the type of a registration", .type) { $0.type = "webauthn.create" },
            Tampering("a counter that stands still", .counter) { $0.signCount = 5 },
            Tampering("a counter that goes back", .counter) { $0.signCount = 4 },
            Tampering("a counter that is zero again", .counter) { $0.signCount = 0 },
            Tampering("somebody else's handle", .userHandle) { $0.userHandle = Array("somebody-else".utf8) },
        ]

    @Test(arguments: registering)
    func `a spoilt registration is refused`(_ tampering: Tampering) async throws {
        try await withDesk { desk in
            let device = try SoftAuthenticator().with(tampering.spoil)
            #expect(await desk.refusal { try await desk.add(device) } == .refused(tampering.fault))
            let officer = try await desk.officers.fixture.officer(desk.officers.name)
            #expect(try await desk.service.passkeys(of: officer.id).isEmpty)
        }
    }

    @Test(arguments: signing)
    func `a spoilt sign-in is refused`(_ tampering: Tampering) async throws {
        try await withDesk { desk in
            let registered = try SoftAuthenticator().with { $0.signCount = 5 }
            try await desk.add(registered)
            let device = registered.with { $0.signCount = 6 }
            let spoilt = device.with(tampering.spoil)
            #expect(await desk.refusal { _ = try await desk.signIn(spoilt) } == .refused(tampering.fault))
            // The honest one still opens.
            #expect(try await desk.signIn(device) == desk.officers.name)
        }
    }

    @Test(arguments: SoftAuthenticator.Kind.allCases)
    func `every byte that was signed counts`(_ kind: SoftAuthenticator.Kind) async throws {
        try await withDesk { desk in
            let device = try SoftAuthenticator(kind)
            try await desk.add(device)
            let answer = try device.with { $0.signCount = 2 }.sign(desk.challenge(.signIn))
            func isRefused(_ change: (inout PasskeyAnswer) -> Void) async -> Bool {
                var changed = answer
                change(&changed)
                let sent = changed
                return await desk.refusal {
                    _ = try await desk.service.signIn(passkey: sent, binding: Self.browser)
                } != nil
            }
            for place in answer.authenticator.indices {
                #expect(await isRefused { $0.authenticator[place] ^= 0x40 }, "authenticator data, byte \(place)")
            }
            for place in answer.clientData.indices {
                #expect(await isRefused { $0.clientData[place] ^= 1 }, "client data, byte \(place)")
            }
            for place in answer.signature.indices {
                #expect(await isRefused { $0.signature[place] ^= 1 }, "signature, byte \(place)")
            }
            #expect(await isRefused { $0.signature = [] })
            #expect(await isRefused { $0.signature.removeLast() })
            #expect(await isRefused { $0.credential.append(0) })
            let other = try SoftAuthenticator(kind)
            let forged = try other.signature(over: answer.authenticator + Digest(of: answer.clientData).bytes)
            #expect(await isRefused { $0.signature = forged })
            _ = try await desk.service.signIn(passkey: answer, binding: Self.browser)
        }
    }

    @Test(arguments: TestStores.all)
    func `a question counts once, for five minutes, in its browser, for its purpose`(on engine: Engine) async throws {
        try await withDesk(engine) { desk in
            // A key that is copied between devices has no counter.
            let device = try SoftAuthenticator().with { ($0.flags, $0.signCount) = (0x0D, 0) }
            let registration = desk.challenge(.registration)
            try await desk.add(device, registration)
            let second = try SoftAuthenticator().with { $0.credential = Array("another".utf8) }
            #expect(await desk.refusal { try await desk.add(second, registration) } == .expired)
            let answer = try device.sign(desk.challenge(.signIn))
            _ = try await desk.service.signIn(passkey: answer, binding: Self.browser)
            let replay = await desk.refusal {
                _ = try await desk.service.signIn(passkey: answer, binding: Self.browser)
            }
            #expect(replay == .expired)
            for challenge in desk.wrongChallenges {
                #expect(await desk.refusal(of: device, challenge) == .expired)
            }
            let early = desk.challenge(.signIn)
            desk.time.advance(seconds: 299)
            #expect(try await desk.signIn(device, early) == desk.officers.name)
            let late = desk.challenge(.signIn)
            desk.time.advance(seconds: 300)
            #expect(await desk.refusal { _ = try await desk.signIn(device, late) } == .expired)
            #expect(try await desk.service.removeEnded() > 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `a locked account is not opened, and a device is registered once`(on engine: Engine) async throws {
        try await withDesk(engine) { desk in
            let device = try SoftAuthenticator()
            try await desk.add(device)
            #expect(await desk.refusal { try await desk.add(device) } == .notAdded)
            for number in 1..<SignInService.passkeyLimit {
                try await desk.add(try SoftAuthenticator().with { $0.credential = Array("device \(number)".utf8) })
            }
            let eleventh = try SoftAuthenticator().with { $0.credential = Array("one too many".utf8) }
            #expect(await desk.refusal { try await desk.add(eleventh) } == .notAdded)
            let officer = try await desk.officers.fixture.officer(desk.officers.name)
            try await desk.officers.fixture.organisation.disableOfficer(officer.id, by: desk.officers.fixture.author)
            let later = device.with { $0.signCount = 9 }
            #expect(await desk.refusal { _ = try await desk.signIn(later) } == .unknown)
        }
    }

    @Test(arguments: TestStores.all)
    func `a passkey is a proof of presence of its own officer`(on engine: Engine) async throws {
        try await withDesk(engine) { desk in
            let device = try SoftAuthenticator()
            try await desk.add(device)
            desk.time.advance(seconds: 400)
            #expect(!desk.service.hasFreshProof(try await desk.actor()))
            let stale = try await desk.actor()
            await #expect(throws: SecondStepError.proofNeeded) { try await desk.add(try SoftAuthenticator()) }
            let answer = try device.with { $0.signCount = 2 }.sign(desk.challenge(.proof))
            let neighbour = try await desk.officers.fixture.officer("anphu.motcua")
            let foreignSecret = try await desk.identity.signIn(officer: neighbour)
            let foreign = try #require(try await desk.identity.person(behind: foreignSecret)?.actor)
            let refused = await desk.refusal {
                try await desk.service.prove(foreign, passkey: answer, binding: Self.browser)
            }
            #expect(refused == .unknown)
            try await desk.service.prove(stale, passkey: answer, binding: Self.browser)
            #expect(desk.service.hasFreshProof(try await desk.actor()))
            // Nobody removes the passkey of another.
            let own = try await desk.service.passkeys(of: desk.officers.fixture.officer(desk.officers.name).id)
            try await desk.service.removePasskey(own[0].id, by: foreign)
            #expect(try await desk.signIn(device.with { $0.signCount = 3 }) == desk.officers.name)
        }
    }
}
