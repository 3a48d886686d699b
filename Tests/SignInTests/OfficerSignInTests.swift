// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import SignIn

@Suite struct OfficerSignInTests {
    private let name = "anphu.chutich"
    private let right = SignInFixture.password
    private let wrong = "không phải mật khẩu này"

    /// As long as a password may be.
    private static let longest = String(String(repeating: "con đò qua sông ", count: 16).prefix(256))

    private func withOfficers(
        _ engine: Engine = .sqlite,
        settings: SignInSettings = SignInSettings(),
        officers: OfficerSettings = SignInFixture.officers,
        cost: PasswordHasher.Cost = SignInFixture.cheap,
        _ body: (SignInFixture) async throws -> Void
    ) async throws {
        try await withSignIn(engine, settings: settings, officers: officers, cost: cost) { fixture in
            try await fixture.loadOfficers()
            try await body(fixture)
        }
    }

    @Test(arguments: TestStores.all)
    func `the right password opens, in either form of its letters`(on engine: Engine) async throws {
        try await withOfficers(engine) { fixture in
            #expect(await fixture.attempt(name, right) == .success(name))
            #expect(await fixture.attempt(" AnPhu.ChuTich ", right) == .success(name))
            #expect(await fixture.attempt(name, right.decomposedStringWithCanonicalMapping) == .success(name))
        }
    }

    @Test(arguments: TestStores.all)
    func `unknown, disabled, without password and wrong get one answer`(on engine: Engine) async throws {
        try await withOfficers(engine) { fixture in
            let disabled = try await fixture.officer("anphu.vanthu")
            try await fixture.service.setPassword(right, of: disabled.id, by: fixture.author)
            try await fixture.organisation.disableOfficer(disabled.id, by: fixture.author)
            for (name, password) in [
                (name, wrong), ("khong.co.ai", right), ("anphu.vanthu", right), ("anphu.motcua", right), ("", ""),
            ] {
                #expect(await fixture.attempt(name, password) == .failure(.wrongPassword), "\(name)")
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `five wrong tries lock a name for a quarter of an hour, known or not`(on engine: Engine) async throws {
        try await withOfficers(engine) { fixture in
            for name in [name, "khong.co.ai"] {
                for _ in 1...4 { #expect(await fixture.attempt(name, wrong) == .failure(.wrongPassword)) }
                #expect(await fixture.attempt(name, wrong) == .failure(.locked(minutes: 15)))
                #expect(await fixture.attempt(name, right) == .failure(.locked(minutes: 15)))
            }
            fixture.time.advance(seconds: 14 * 60)
            #expect(await fixture.attempt(name, right) == .failure(.locked(minutes: 1)))
            // Another name from the same place is not locked.
            #expect(await fixture.attempt("anphu.motcua", wrong) == .failure(.wrongPassword))
            fixture.time.advance(seconds: 60)
            #expect(await fixture.attempt(name, right) == .success(name))
            let log = fixture.log
            let kinds = try await fixture.store.read { transaction in
                try log.events(after: nil, limit: 1_000, in: transaction).map(\.entry.kind)
            }
            #expect(kinds.count(where: { $0 == "nameLocked" }) == 2)
        }
    }

    @Test func `the lock is said in clear words`() {
        #expect(SignInError.locked(minutes: 3).publicDetail == "Đã nhập sai 5 lần. Chờ 3 phút rồi đăng nhập lại.")
        #expect(SignInError.wrongPassword.publicDetail == "Tên đăng nhập hoặc mật khẩu chưa đúng.")
    }

    @Test(arguments: TestStores.all)
    func `a right password forgets the wrong ones before it`(on engine: Engine) async throws {
        try await withOfficers(engine) { fixture in
            for _ in 1...3 {
                for _ in 1...4 { #expect(await fixture.attempt(name, wrong) == .failure(.wrongPassword)) }
                #expect(await fixture.attempt(name, right) == .success(name))
            }
        }
    }

    @Test func `wrong tries that lie far apart do not lock`() async throws {
        try await withOfficers { fixture in
            for _ in 1...8 {
                #expect(await fixture.attempt(name, wrong) == .failure(.wrongPassword))
                fixture.time.advance(seconds: 4 * 60)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `many guesses at once are no way round the lock`(on engine: Engine) async throws {
        try await withOfficers(engine) { fixture in
            let (service, name, wrong) = (fixture.service, name, wrong)
            let looked = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await service.officer(
                                loginName: name,
                                password: "\(wrong) \(number)",
                                client: "192.0.2.\(number)"
                            )
                            return true
                        } catch {
                            return (error as? SignInError) == .wrongPassword
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            // Four answers of "wrong"; the fifth try and all others hear of the lock.
            #expect(looked <= 4)
            #expect(await fixture.attempt(name, right) == .failure(.locked(minutes: 15)))
        }
    }

    @Test func `many names from one place lock the place`() async throws {
        try await withOfficers { fixture in
            for number in 1...SignInSettings.triesOfClientBeforeLock {
                #expect(await fixture.attempt("ten.\(number)", wrong) == .failure(.wrongPassword))
            }
            #expect(await fixture.attempt(name, right) == .failure(.locked(minutes: 15)))
            #expect(await fixture.attempt(name, right, client: "192.0.2.77") == .success(name))
        }
    }

    @Test func `an unknown name takes as long as a wrong password`() async throws {
        try await withOfficers(cost: PasswordHasher.Cost(passes: 2, memoryKiB: 19 * 1_024, lanes: 1)) { fixture in
            try await fixture.service.prepare()
            func duration(_ name: String) async -> Duration {
                let begin = ContinuousClock.now
                _ = await fixture.attempt(name, wrong)
                return ContinuousClock.now - begin
            }
            // In turn, and the fastest of each, since the machine may be busy.
            var known = Duration.seconds(60)
            var unknown = Duration.seconds(60)
            for _ in 1...4 {
                known = min(known, await duration(name))
                unknown = min(unknown, await duration("khong.co.ai"))
            }
            // Without the hash it would be twenty times faster.
            #expect(unknown > known / 5 && known > unknown / 5, "\(known) and \(unknown)")
        }
    }

    @Test func `an unknown name waits for the hashing threads like any other`() async throws {
        try await withOfficers { fixture in
            let full = PasswordHasher(random: .system, cost: SignInFixture.cheap, threadCount: 1, queueLimit: 0)
            let service = SignInService(
                store: fixture.store,
                log: fixture.log,
                organisation: fixture.organisation,
                provider: OpenIDProvider(
                    issuer: FakeProvider.issuer,
                    clientID: FakeProvider.clientID,
                    authentication: .secretPost("x"),
                    redirectURI: "https://mot-cua.example/dang-nhap/tra-ve"
                ),
                call: fixture.provider.call,
                hasher: full,
                officers: SignInFixture.officers,
                clock: fixture.time.clock,
                random: .system
            )
            // Busy is no guess: nobody is locked by it.
            for _ in 1...8 {
                for name in [name, "khong.co.ai"] {
                    await #expect(throws: PasswordHasherError.busy) {
                        try await service.officer(loginName: name, password: right, client: "192.0.2.1")
                    }
                }
            }
            #expect(await fixture.attempt(name, right) == .success(name))
        }
    }

    @Test(arguments: TestStores.all)
    func `a hash of yesterday's price is made anew at the next sign-in`(on engine: Engine) async throws {
        try await withOfficers(engine) { fixture in
            let dearer = PasswordHasher.Cost(passes: 2, memoryKiB: 128, lanes: 1)
            let later = SignInFixture(fixture.store, cost: dearer)
            let id = try await fixture.officer(name).id
            func phc() async throws -> String? {
                try await fixture.store.read { try PasswordTable.find(id, in: $0)?.phc }
            }
            #expect(try await phc()?.contains("m=64,t=1") == true)
            #expect(await later.attempt(name, wrong) == .failure(.wrongPassword))
            #expect(try await phc()?.contains("m=64,t=1") == true)
            #expect(await later.attempt(name, right) == .success(name))
            #expect(try await phc()?.contains("m=128,t=2") == true)
            #expect(await later.attempt(name, right) == .success(name))
        }
    }

    @Test(arguments: TestStores.all)
    func `an officer changes the password`(on engine: Engine) async throws {
        try await withOfficers(engine) { fixture in
            let id = try await fixture.officer(name).id
            func change(_ old: String, _ new: String) async throws {
                try await fixture.service.changePassword(
                    of: id,
                    from: old,
                    to: new,
                    client: "192.0.2.1",
                    by: fixture.author
                )
            }
            await #expect(throws: SignInError.wrongPassword) { try await change(wrong, "một câu mới đủ dài") }
            await #expect(throws: SignInError.passwordRefused(.unchanged)) { try await change(right, right) }
            await #expect(throws: SignInError.passwordRefused(.tooShort(minimum: 12))) {
                try await change(right, "ngắn quá")
            }
            try await change(right, "một câu mới đủ dài")
            #expect(await fixture.attempt(name, right) == .failure(.wrongPassword))
            #expect(await fixture.attempt(name, "một câu mới đủ dài") == .success(name))
        }
    }

    @Test func `a password of the profile of QD 742 ends after ninety days`() async throws {
        try await withSignIn(.sqlite, settings: SignInSettings(passwords: .vn742)) { fixture in
            let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
            try await fixture.organisation.load(
                SampleProvince(folder: "/\(root)/resources/sample"),
                by: fixture.author
            )
            let id = try await fixture.officer(name).id
            await #expect(throws: SignInError.passwordRefused(.tooPlain)) {
                try await fixture.service.setPassword(right, of: id, by: fixture.author)
            }
            let composed = "Con đò chiều 1985, sông Hậu!"
            try await fixture.service.setPassword(composed, of: id, by: fixture.author)
            fixture.time.advance(seconds: 90 * 86_400 - 1)
            #expect(await fixture.attempt(name, composed) == .success(name))
            fixture.time.advance(seconds: 1)
            #expect(await fixture.attempt(name, composed) == .failure(.passwordExpired))
            #expect(await fixture.attempt(name, wrong) == .failure(.wrongPassword))
        }
    }

    @Test func `a password of the standard policy does not end`() async throws {
        try await withOfficers { fixture in
            fixture.time.advance(seconds: 10 * 365 * 86_400)
            #expect(await fixture.attempt(name, right) == .success(name))
        }
    }

    @Test func `a breached password is refused`() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/list.txt"
            let known = "một câu đã lộ ra ngoài"
            let line = LegacyDigest.sha1(of: Array(known.utf8)).hex.uppercased() + ":3\n"
            try Data(line.utf8).write(to: URL(fileURLWithPath: path))
            var officers = SignInFixture.officers
            officers.breached = try BreachedPasswords(path: path)
            try await withOfficers(officers: officers) { fixture in
                let id = try await fixture.officer("anphu.motcua").id
                await #expect(throws: SignInError.passwordRefused(.breached)) {
                    try await fixture.service.setPassword(known, of: id, by: fixture.author)
                }
                try await fixture.service.setPassword(known + " hôm qua", of: id, by: fixture.author)
            }
        }
    }

    @Test func `nobody but an active officer gets a password`() async throws {
        try await withOfficers { fixture in
            let id = try await fixture.officer("anphu.motcua").id
            try await fixture.organisation.disableOfficer(id, by: fixture.author)
            await #expect(throws: SignInError.unknownOfficer) {
                try await fixture.service.setPassword(right, of: id, by: fixture.author)
            }
            await #expect(throws: SignInError.unknownOfficer) {
                try await fixture.service.setPassword(right, of: OfficerID(.system), by: fixture.author)
            }
        }
    }

    @Test(arguments: [
        ("mười một kt", PasswordFault.tooShort(minimum: 12)),
        ("mười một ký", .tooShort(minimum: 12)),
        (String(repeating: "dài ", count: 65), .tooLong(maximum: 256)),
        ("aaaaaaaaaaaaaaa", .tooCommon),
        ("123456789012", .tooCommon),
        ("password1234", .tooCommon),
        ("MatKhau123456", .tooCommon),
        ("Motcua-angiang-2026", .tooCommon),
        ("Dichvucong@12345", .tooCommon),
        ("saigon hanoi danang", .tooCommon),
        ("Gia đình hạnh phúc", .tooCommon),
        ("toi la anphu.chutich day", .holdsName),
    ])
    func `passwords that the policy refuses`(_ password: String, _ fault: PasswordFault) {
        #expect(PasswordPolicy.standard.fault(in: password, loginName: "anphu.chutich") == fault)
    }

    @Test(arguments: [
        "mười hai ký tự", "con đò chiều qua sông Hậu", "xvkqpwzjthrm", "motcua cua toi rat vui",
        OfficerSignInTests.longest,
    ])
    func `passwords that the policy takes`(_ password: String) {
        #expect(PasswordPolicy.standard.fault(in: password, loginName: "anphu.chutich") == nil)
    }
}
