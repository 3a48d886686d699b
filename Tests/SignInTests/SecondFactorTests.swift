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

/// An officer's sign-in in a test: the app is the secret itself.
struct Officers {
    let fixture: SignInFixture
    let name = "anphu.chutich"
    var service: SignInService { fixture.service }

    init(_ fixture: SignInFixture) async throws {
        self.fixture = fixture
        try await fixture.loadOfficers()
    }

    func begin() async throws -> OfficerProgress {
        try await service.begin(loginName: name, password: SignInFixture.password, client: "192.0.2.1")
    }

    /// The secret behind a step that is asked; the test ends where none or another is.
    func asked(_ step: OfficerStep, _ progress: OfficerProgress) throws -> SecretToken {
        guard case .asked(let found, let secret) = progress else { throw Refused(words: "\(progress)") }
        #expect(found == step)
        return secret
    }

    func method(_ progress: OfficerProgress) -> AuthenticationMethod? {
        guard case .proved(let officer, let method) = progress else { return nil }
        #expect(officer.loginName == name)
        return method
    }

    /// What the app of this secret shows, so many seconds from now.
    func code(_ secretText: String, in seconds: Int64 = 0) throws -> String {
        let secret = try #require(Self.decoded(secretText))
        return TimeCode.code(secret, step: TimeCode.step(at: fixture.time.now.adding(seconds: seconds)))
    }

    /// Sets up the app; its secret and the recovery codes.
    func enrolled() async throws -> (secretText: String, recovery: [String]) {
        let secret = try asked(.enrolment, try await begin())
        let offer = try await service.enrolment(of: secret)
        let (progress, codes) = try await service.enrol(code: try code(offer.secretText), with: secret)
        #expect(method(progress) == .passwordAndTOTP)
        fixture.time.advance(seconds: 60)
        return (offer.secretText, codes)
    }

    func refusal(_ body: () async throws -> Void) async -> SecondStepError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? SecondStepError
        }
    }

    func kinds() async throws -> [String] {
        let log = fixture.log
        return try await fixture.store.read { try log.events(after: nil, limit: 100_000, in: $0).map(\.entry.kind) }
    }

    struct Refused: Error { let words: String }

    static func decoded(_ text: String) -> [UInt8]? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (buffer, bits, bytes): (UInt32, UInt32, [UInt8]) = (0, 0, [])
        for letter in text where letter != " " {
            guard let value = alphabet.firstIndex(of: letter) else { return nil }
            buffer = (buffer << 5 | UInt32(value)) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        return bytes
    }
}

func withOfficers(
    _ engine: Engine = .sqlite,
    settings: SignInSettings = SignInSettings(),
    officers: OfficerSettings = SignInFixture.officers,
    _ body: (Officers) async throws -> Void
) async throws {
    try await withSignIn(engine, settings: settings, officers: officers) { try await body(try await Officers($0)) }
}

@Suite struct SecondFactorTests {
    @Test(arguments: TestStores.all)
    func `the first sign-in sets up the app, every later one asks for its code`(on engine: Engine) async throws {
        try await withOfficers(engine) { officers in
            let (secretText, recovery) = try await officers.enrolled()
            #expect(Set(recovery).count == 10)
            let secret = try officers.asked(.code, try await officers.begin())
            #expect(try await officers.service.step(of: secret) == .code)
            let code = try officers.code(secretText)
            #expect(officers.method(try await officers.service.give(code: code, to: secret)) == .passwordAndTOTP)
            // The sign-in is over, and its code is used up.
            #expect(await officers.refusal { _ = try await officers.service.give(code: code, to: secret) } == .gone)
            let again = try officers.asked(.code, try await officers.begin())
            let reused = await officers.refusal { _ = try await officers.service.give(code: code, to: again) }
            #expect(reused == .wrongCode)
            let kinds = try await officers.kinds()
            #expect(kinds.count { $0 == "timeCodeSetUp" } == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `the secret is encrypted in the table, and codes are not there at all`(on engine: Engine) async throws {
        try await withOfficers(engine) { officers in
            let (secretText, recovery) = try await officers.enrolled()
            let secret = try #require(Officers.decoded(secretText))
            #expect(secret.count == 20)
            let id = try await officers.fixture.officer(officers.name).id
            let stored = try #require(try await officers.fixture.store.read { try TimeCodeTable.find(id, in: $0) })
            #expect(stored.sealedSecret.count == 48)
            #expect(!stored.sealedSecret.hex.contains(secret.hex))
            let digests: [Digest] = try await officers.fixture.store.read { transaction in
                try transaction.rows("SELECT digest FROM officer_recovery_code").map { try $0.get("digest") }
            }
            #expect(digests.count == 10)
            // Not even a plain digest of a code stands there.
            for code in recovery { #expect(!digests.contains(Digest(of: code))) }
        }
    }

    @Test func `the address of the code names the officer and the secret`() async throws {
        try await withOfficers { officers in
            let secret = try officers.asked(.enrolment, try await officers.begin())
            let offer = try await officers.service.enrolment(of: secret)
            let plain = offer.secretText.filter { $0 != " " }
            #expect(plain.count == 32)
            #expect(
                offer.address
                    == "otpauth://totp/M%E1%BB%99t%20C%E1%BB%ADa%3Aanphu.chutich?secret=\(plain)"
                    + "&issuer=M%E1%BB%99t%20C%E1%BB%ADa"
            )
            // Looked at again, it is the same; begun again, another.
            #expect(try await officers.service.enrolment(of: secret).secretText == offer.secretText)
            let other = try officers.asked(.enrolment, try await officers.begin())
            #expect(try await officers.service.enrolment(of: other).secretText != offer.secretText)
        }
    }

    @Test(arguments: TestStores.all)
    func `ten thousand guesses lead nowhere, the right code among them`(on engine: Engine) async throws {
        try await withOfficers(engine) { officers in
            let (secretText, _) = try await officers.enrolled()
            // PostgreSQL pays a journalled transaction for each guess: fewer show the same there.
            let total = engine == .sqlite ? 10_000 : 1_000
            var answers: [String: Int] = [:]
            var secret = try officers.asked(.code, try await officers.begin())
            let right = try officers.code(secretText)
            for number in 0..<total {
                // From the sixth guess on every hundredth is the right code.
                var guess = number > 5 && number.isMultiple(of: 100) ? right : String(100_000 + number)
                if number <= 5, guess == right { guess = "000000" }
                do {
                    _ = try await officers.service.give(code: guess, to: secret)
                    Issue.record("guess \(number) opened the door")
                } catch let error as SecondStepError {
                    answers[error.code, default: 0] += 1
                    if error == .gone { secret = try officers.asked(.code, try await officers.begin()) }
                }
            }
            #expect(answers["second-step-wrong"] == 4)
            #expect(answers["second-step-locked"] == total - 4)
            let kinds = try await officers.kinds()
            #expect(kinds.count { $0 == "codeLocked" } == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `who waits out the locks is stopped after twenty guesses for good`(on engine: Engine) async throws {
        try await withOfficers(engine) { officers in
            let (secretText, recovery) = try await officers.enrolled()
            var wrong = 0
            for _ in 0..<40 {
                let secret = try officers.asked(.code, try await officers.begin())
                let answer = await officers.refusal {
                    _ = try await officers.service.give(code: "no such code", to: secret)
                }
                switch answer {
                case .wrongCode: wrong += 1
                case .locked(let minutes)?:
                    wrong += 1
                    officers.fixture.time.advance(seconds: Int64(minutes) * 60)
                default: #expect(answer == .blocked)
                }
            }
            #expect(wrong == 19)
            // The twentieth was the block; now neither a right code nor a recovery code is looked at.
            let last = try officers.code(secretText)
            func answer(_ code: String) async throws -> SecondStepError? {
                let secret = try officers.asked(.code, try await officers.begin())
                return await officers.refusal { _ = try await officers.service.give(code: code, to: secret) }
            }
            #expect(try await answer(last) == .blocked)
            #expect(try await answer(recovery[0]) == .blocked)
        }
    }

    @Test(arguments: TestStores.all)
    func `many guesses at once count as many`(on engine: Engine) async throws {
        try await withOfficers(engine) { officers in
            _ = try await officers.enrolled()
            let secret = try officers.asked(.code, try await officers.begin())
            let service = officers.service
            let looked = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await service.give(code: String(200_000 + number), to: secret)
                            return true
                        } catch {
                            return (error as? SecondStepError) == .wrongCode
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(looked == 4)
        }
    }

    @Test(arguments: TestStores.all)
    func `a right code forgets the wrong ones before it`(on engine: Engine) async throws {
        try await withOfficers(engine) { officers in
            let (secretText, _) = try await officers.enrolled()
            for _ in 0..<6 {
                let secret = try officers.asked(.code, try await officers.begin())
                for _ in 0..<4 {
                    let answer = await officers.refusal {
                        _ = try await officers.service.give(code: "abc", to: secret)
                    }
                    #expect(answer == .wrongCode)
                }
                let code = try officers.code(secretText)
                #expect(officers.method(try await officers.service.give(code: code, to: secret)) != nil)
                officers.fixture.time.advance(seconds: 30)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a lost phone: a recovery code opens once, in whatever way it is typed`(on engine: Engine) async throws {
        try await withOfficers(engine) { officers in
            let (_, recovery) = try await officers.enrolled()
            func sign(_ code: String) async throws -> AuthenticationMethod? {
                let secret = try officers.asked(.code, try await officers.begin())
                do {
                    return officers.method(try await officers.service.give(code: code, to: secret))
                } catch SecondStepError.wrongCode {
                    return nil
                }
            }
            #expect(try await sign(recovery[0]) == .recoveryCode)
            #expect(try await sign(recovery[0]) == nil)
            #expect(try await sign(recovery[1].uppercased().filter { $0 != "-" }) == .recoveryCode)
            #expect(try await sign("0000-0000-0000-0000") == nil)
            let state = try await officers.service.secondFactor(of: officers.fixture.officer(officers.name).id)
            #expect(state.recoveryCodesLeft == 8 && state.enrolledAt != nil)
        }
    }

    @Test func `a phone two minutes off gets the same answer as a wrong code`() async throws {
        try await withOfficers { officers in
            let (secretText, _) = try await officers.enrolled()
            let secret = try officers.asked(.code, try await officers.begin())
            for off: Int64 in [-120, 120] {
                let code = try officers.code(secretText, in: off)
                let late = await officers.refusal { _ = try await officers.service.give(code: code, to: secret) }
                #expect(late == .wrongCode)
            }
            #expect(SecondStepError.wrongCode.publicDetail?.contains("giờ của điện thoại") == true)
        }
    }

    @Test(arguments: TestStores.all)
    func `a begun sign-in ends after ten minutes and counts in its browser only`(on engine: Engine) async throws {
        try await withOfficers(engine) { officers in
            let (secretText, _) = try await officers.enrolled()
            let secret = try officers.asked(.code, try await officers.begin())
            let code = try officers.code(secretText)
            let foreign = SecretToken(.bits256, from: .system)
            #expect(await officers.refusal { _ = try await officers.service.give(code: code, to: foreign) } == .gone)
            #expect(try await officers.service.step(of: foreign) == nil)
            officers.fixture.time.advance(seconds: 600)
            #expect(try await officers.service.step(of: secret) == nil)
            let late = try officers.code(secretText)
            #expect(await officers.refusal { _ = try await officers.service.give(code: late, to: secret) } == .gone)
            #expect(try await officers.service.removeEnded() > 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `of two browsers before the first set-up one wins`(on engine: Engine) async throws {
        try await withOfficers(engine) { officers in
            let first = try officers.asked(.enrolment, try await officers.begin())
            let second = try officers.asked(.enrolment, try await officers.begin())
            let offers = (
                try await officers.service.enrolment(of: first), try await officers.service.enrolment(of: second)
            )
            _ = try await officers.service.enrol(code: try officers.code(offers.0.secretText), with: first)
            let late = await officers.refusal {
                _ = try await officers.service.enrol(code: try officers.code(offers.1.secretText), with: second)
            }
            #expect(late == .gone)
        }
    }

    @Test func `where it is optional, who has no app needs none`() async throws {
        let optional = OfficerSettings(
            installationKey: SignInFixture.officers.installationKey,
            needsSecondFactor: false
        )
        try await withOfficers(officers: optional) { officers in
            #expect(officers.method(try await officers.begin()) == .password)
            let id = try await officers.fixture.officer(officers.name).id
            let secretText = try await officers.service.enrolSample(id, by: officers.fixture.author)
            let secret = try officers.asked(.code, try await officers.begin())
            let code = try officers.code(secretText)
            #expect(officers.method(try await officers.service.give(code: code, to: secret)) == .passwordAndTOTP)
        }
    }

    @Test(arguments: TestStores.all)
    func `a password that somebody else chose is replaced, and opens for a week`(on engine: Engine) async throws {
        let optional = OfficerSettings(
            installationKey: SignInFixture.officers.installationKey,
            needsSecondFactor: false
        )
        try await withOfficers(engine, officers: optional) { officers in
            let (service, own) = (officers.service, "mưa trên phá Tam Giang")
            let id = try await officers.fixture.officer(officers.name).id
            func give() async throws {
                try await service.setPassword(
                    SignInFixture.password,
                    of: id,
                    isInitial: true,
                    by: officers.fixture.author
                )
            }
            try await give()
            let secret = try officers.asked(.newPassword, try await officers.begin())
            await #expect(throws: SignInError.passwordRefused(.unchanged)) {
                _ = try await service.give(newPassword: SignInFixture.password, to: secret)
            }
            await #expect(throws: SignInError.passwordRefused(.tooShort(minimum: 12))) {
                _ = try await service.give(newPassword: "ngắn", to: secret)
            }
            #expect(officers.method(try await service.give(newPassword: own, to: secret)) == .password)
            #expect(await officers.fixture.attempt(officers.name, SignInFixture.password) == .failure(.wrongPassword))
            #expect(await officers.fixture.attempt(officers.name, own) == .success(officers.name))
            try await give()
            officers.fixture.time.advance(seconds: 7 * 86_400)
            await #expect(throws: SignInError.passwordExpired) { _ = try await officers.begin() }
        }
    }
}
