// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import SignIn

/// Officers through the authority's own identity service.
@Suite struct StaffSignInTests {
    private static let back = "https://mot-cua.example/dang-nhap/can-bo/co-quan/tra-ve"
    private static let subject = "cd-089185000101"

    /// The whole way: leave, choose, come back.
    private func arrive(_ office: Officers, back: String = Self.back) async throws -> OfficerProgress {
        let begun = try await office.service.beginStaff(returnTo: "/viec", redirectURI: Self.back)
        let answer = try office.fixture.provider.visit(begun.location)
        return try await office.service.finishStaff(
            state: answer.state,
            code: answer.code,
            error: nil,
            issuer: nil,
            browserSecret: begun.browserSecret,
            redirectURI: back
        ).progress
    }

    private func refusal(_ body: () async throws -> Void) async -> SignInError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? SignInError
        }
    }

    private func administrator(_ office: Officers) async throws -> Actor {
        Actor.officer(try await office.fixture.officer("quantri"), authentication: .passwordAndTOTP, session: nil)
    }

    private func bind(_ office: Officers, to subject: String = Self.subject) async throws -> OfficerID {
        let id = try await office.fixture.officer(office.name).id
        try await office.service.bindStaff(id, to: subject, by: administrator(office))
        return id
    }

    /// What the service says of a second factor.
    private func says(_ methods: [String], class reached: String? = nil, _ office: Officers) {
        office.fixture.provider.change {
            $0.claims["amr"] = .some(FakeClaim.texts(methods))
            $0.claims["acr"] = .some(reached.map { FakeClaim.text($0) })
        }
    }

    @Test(arguments: TestStores.all)
    func `a binding opens nothing before its officer showed a code of her own`(on engine: Engine) async throws {
        try await withStaff(engine) { office in
            says(["pwd", "mfa"], office)
            #expect(await refusal { _ = try await arrive(office) } == .staffUnbound)
            let id = try await bind(office)
            // Whoever binds a name of her own to a fresh account comes no further.
            #expect(await refusal { _ = try await arrive(office) } == .staffAppNeeded)
            let app = try await office.enrolled().secretText
            let secret = try office.asked(.code, try await arrive(office))
            #expect(
                await office.refusal { _ = try await office.service.give(code: "000000", to: secret) } == .wrongCode
            )
            #expect(try await office.service.staffBinding(of: id)?.confirmedAt == nil)
            let done = try await office.service.give(code: try office.code(app), to: secret)
            #expect(office.method(done) == .staffOIDC)
            #expect(try await office.service.staffBinding(of: id)?.confirmedAt == office.fixture.time.now)
            // From now on the service's word for a second factor is enough.
            #expect(office.method(try await arrive(office)) == .staffOIDC)
            let kinds = try await office.kinds()
            #expect(kinds.filter { $0.hasPrefix("staff") } == ["staffBound", "staffConfirmed"])
        }
    }

    @Test func `where the service saw no second factor, ours is asked`() async throws {
        try await withStaff(.sqlite) { office in
            let app = try await office.enrolled().secretText
            _ = try await bind(office)
            says(["pwd"], office)
            let first = try office.asked(.code, try await arrive(office))
            _ = try await office.service.give(code: try office.code(app), to: first)
            office.fixture.time.advance(seconds: 60)
            for (methods, reached, isEnough) in [
                (["pwd"], nil, false), (["pwd", "otp"], "mot-buoc", false), ([], "NHIEU-BUOC", false),
                (["mfa"], nil, true), ([], "nhieu-buoc", true),
            ] as [([String], String?, Bool)] {
                says(methods, class: reached, office)
                let progress = try await arrive(office)
                #expect((office.method(progress) == .staffOIDC) == isEnough, "\(methods) \(reached ?? "-")")
            }
        }
    }

    @Test func `a locked account, a reset and an end of the binding`() async throws {
        try await withStaff(.sqlite) { office in
            let app = try await office.enrolled().secretText
            let id = try await bind(office)
            says(["mfa"], office)
            let secret = try office.asked(.code, try await arrive(office))
            _ = try await office.service.give(code: try office.code(app), to: secret)
            // A reset forgets the app, and with it the confirmation.
            let code = try await office.service.resetByOperator(id, by: office.fixture.author)
            _ = try await office.service.begin(loginName: office.name, resetCode: code, client: "192.0.2.1")
            #expect(await refusal { _ = try await arrive(office) } == .staffAppNeeded)
            try await office.fixture.organisation.disableOfficer(id, by: office.fixture.author)
            #expect(await refusal { _ = try await arrive(office) } == .staffLocked)
            try await office.service.unbindStaff(id, by: administrator(office))
            try await office.service.unbindStaff(id, by: administrator(office))
            #expect(await refusal { _ = try await arrive(office) } == .staffUnbound)
        }
    }

    @Test(arguments: TestStores.all)
    func `one name is one officer, and nobody is added on the way`(on engine: Engine) async throws {
        try await withStaff(engine) { office in
            let id = try await bind(office)
            let actor = try await administrator(office)
            let other = try await office.fixture.officer("anphu.motcua").id
            let service = office.service
            await #expect(throws: StaffBindingError.taken) {
                try await service.bindStaff(other, to: Self.subject, by: actor)
            }
            await #expect(throws: StaffBindingError.alreadyBound) {
                try await service.bindStaff(id, to: "x", by: actor)
            }
            for wrong in ["", "có dấu", "hai chữ", String(repeating: "a", count: 256)] {
                await #expect(throws: StaffBindingError.subjectMalformed) {
                    try await service.bindStaff(other, to: wrong, by: actor)
                }
            }
            await #expect(throws: StaffBindingError.unknownOfficer) {
                try await service.bindStaff(OfficerID(.system), to: "nv-1", by: actor)
            }
            office.fixture.provider.change { $0.claims["sub"] = .some(FakeClaim.text("nguoi-la")) }
            let before = try await office.kinds()
            #expect(await refusal { _ = try await arrive(office) } == .staffUnbound)
            #expect(try await office.kinds() == before)
        }
    }

    @Test func `answers are for officers or for citizens, once, in their browser`() async throws {
        try await withStaff(.sqlite) { office in
            let (service, provider) = (office.service, office.fixture.provider)
            let citizen = try await service.begin(returnTo: "/nop/a")
            let citizenAnswer = try provider.visit(citizen.location)
            func finish(_ answer: (state: String, code: String), _ secret: String) async -> SignInError? {
                await refusal {
                    _ = try await service.finishStaff(
                        state: answer.state,
                        code: answer.code,
                        error: nil,
                        issuer: nil,
                        browserSecret: secret,
                        redirectURI: Self.back
                    )
                }
            }
            #expect(await finish(citizenAnswer, citizen.browserSecret) == .stateUnknown)
            let staff = try await service.beginStaff(returnTo: "/viec/H01", redirectURI: Self.back)
            let answer = try provider.visit(staff.location)
            let asCitizen = await refusal {
                _ = try await service.finish(
                    state: answer.state,
                    code: answer.code,
                    browserSecret: staff.browserSecret
                )
            }
            #expect(asCitizen == .stateUnknown)
            #expect(await finish(answer, citizen.browserSecret) == .stateUnknown)
            #expect(try await service.staffTask(of: answer.state, browserSecret: staff.browserSecret) == "/viec/H01")
            #expect(try await service.task(of: answer.state, browserSecret: staff.browserSecret) == nil)
            #expect(await finish(answer, staff.browserSecret) == .staffUnbound)
            #expect(await finish(answer, staff.browserSecret) == .stateUsed)
            for part in [
                "code_challenge_method=S256", "nonce=", "state=", "redirect_uri=https%3A%2F%2Fmot-cua.example",
            ] {
                #expect(staff.location.contains(part), "\(part) in \(staff.location)")
            }
            #expect(staff.location.contains("acr_values=nhieu-buoc"))
        }
    }

    @Test(arguments: [
        (Signing.none, TokenFault.algorithm), (.publicKeyAsSecret, .algorithm), (.strangersKey, .signature),
        (.changedAfterwards, .signature),
    ])
    func `a forged token is refused`(_ signing: Signing, _ fault: TokenFault) async throws {
        try await withStaff(.sqlite) { office in
            _ = try await bind(office)
            office.fixture.provider.change { $0.signing = signing }
            #expect(await refusal { _ = try await arrive(office) } == .tokenInvalid(fault))
        }
    }

    @Test func `without a service there is no such way`() async throws {
        try await withOfficers { office in
            #expect(office.service.staffName == nil)
            await #expect(throws: SignInError.staffNotConfigured) {
                try await office.service.beginStaff(returnTo: "/", redirectURI: Self.back)
            }
        }
    }
}

/// Lends an office whose service knows an identity service for officers, the same fake one.
private func withStaff(_ engine: Engine, _ body: (Officers) async throws -> Void) async throws {
    let staff = StaffProvider(
        provider: OpenIDProvider(
            issuer: FakeProvider.issuer,
            clientID: FakeProvider.clientID,
            authentication: .secretPost("bí mật"),
            redirectURI: ""
        ),
        name: "tài khoản cơ quan",
        strongClasses: ["nhieu-buoc"]
    )
    try await withStore(engine, migrations: SignInFixture.migrations) { store in
        try await body(Officers(SignInFixture(store, staff: staff)))
    }
}
