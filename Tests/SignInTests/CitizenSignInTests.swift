// SPDX-License-Identifier: Apache-2.0

import Crypto
import Digests
import Foundation
import Identity
import Kernel
import Outbound
import Storage
import TestSupport
import Testing

@testable import SignIn

@Suite struct CitizenSignInTests {
    @Test(arguments: TestStores.all, [Signing.ecdsa, .rsa])
    func `a citizen comes back with all claims`(on engine: Engine, _ signing: Signing) async throws {
        try await withSignIn(engine) { fixture in
            fixture.provider.change { $0.signing = signing }
            let finished = try await fixture.signIn(returnTo: "/nop/abc?trang=2")
            #expect(finished.returnTo == "/nop/abc?trang=2")
            let identity = finished.identity
            #expect(identity.subject == "tech-1")
            #expect(identity.fullName == "Nguyễn Thị Hồng Đào")
            #expect(identity.nationalID.digits == "089185000101")
            #expect(identity.birthDate?.description == "1985-03-08")
            #expect(identity.sex == "Nữ")
            #expect(identity.address == "Xã An Phú, tỉnh An Giang")
            #expect(identity.phone?.national == "0900000101")
            #expect(identity.email == "dao@mau.example")
            #expect(identity.assurance == .two)
        }
    }

    @Test(arguments: TestStores.all)
    func `the identity is bound to one account`(on engine: Engine) async throws {
        try await withSignIn(engine) { fixture in
            let identity = IdentityService(
                store: fixture.store,
                log: fixture.log,
                organisation: fixture.organisation,
                clock: fixture.time.clock,
                random: .system
            )
            var accounts: [AccountID] = []
            for _ in 1...2 {
                let secret = try await identity.signIn(citizen: fixture.signIn().identity)
                guard case .citizen(let account, let actor)? = try await identity.person(behind: secret) else {
                    Issue.record("no citizen behind the session")
                    return
                }
                #expect(actor.assurance == .two)
                #expect(account.identity.fullName == "Nguyễn Thị Hồng Đào")
                accounts.append(account.id)
            }
            #expect(Set(accounts).count == 1)
        }
    }

    @Test func `the browser is sent with state, nonce, PKCE and level`() async throws {
        try await withSignIn(.sqlite) { fixture in
            let begun = try await fixture.service.begin(returnTo: "/")
            let url = try #require(URLComponents(string: begun.location))
            let query = Dictionary((url.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
            #expect(begun.location.hasPrefix("https://dinh-danh.example/oauth2/authorize?response_type=code&"))
            #expect(query["client_id"] == "mot-cua")
            #expect(query["redirect_uri"] == "https://mot-cua.example/dang-nhap/tra-ve")
            #expect(query["scope"] == "openid")
            #expect(query["acr_values"] == "LoA2")
            #expect(query["code_challenge_method"] == "S256")
            #expect(query["code_challenge"]?.utf8.count == 43)
            #expect(query["state"]?.utf8.count == 43)
            #expect(query["nonce"]?.utf8.count == 43)
            #expect(!begun.location.contains(begun.browserSecret))
            let other = try await fixture.service.begin(returnTo: "/")
            #expect(other.location != begun.location && other.browserSecret != begun.browserSecret)
        }
    }

    @Test(arguments: TestStores.all)
    func `an answer counts once, in its browser, within ten minutes`(on engine: Engine) async throws {
        try await withSignIn(engine) { fixture in
            let service = fixture.service
            let begun = try await service.begin(returnTo: "/")
            let answer = try fixture.provider.visit(begun.location)
            let other = try await service.begin(returnTo: "/")
            func finish(_ state: String, _ secret: String) async throws -> FinishedSignIn {
                try await service.finish(state: state, code: answer.code, browserSecret: secret)
            }
            await #expect(throws: SignInError.stateUnknown) { try await finish("x", begun.browserSecret) }
            await #expect(throws: SignInError.stateUnknown) {
                try await finish(SecretToken(.bits256, from: .system).text, begun.browserSecret)
            }
            await #expect(throws: SignInError.stateUnknown) { try await finish(answer.state, other.browserSecret) }
            // Another browser's attempt does not use it up.
            _ = try await finish(answer.state, begun.browserSecret)
            await #expect(throws: SignInError.stateUsed) { try await finish(answer.state, begun.browserSecret) }

            let late = try await service.begin(returnTo: "/")
            let lateAnswer = try fixture.provider.visit(late.location)
            fixture.time.advance(seconds: SignInSettings.attemptSeconds)
            await #expect(throws: SignInError.stateExpired) {
                try await service.finish(
                    state: lateAnswer.state,
                    code: lateAnswer.code,
                    browserSecret: late.browserSecret
                )
            }
            fixture.time.advance(seconds: 2 * 86_400)
            #expect(try await service.removeEnded() == 3)
        }
    }

    @Test(arguments: TestStores.all)
    func `of many answers at once one counts`(on engine: Engine) async throws {
        try await withSignIn(engine) { fixture in
            let begun = try await fixture.service.begin(returnTo: "/")
            let answer = try fixture.provider.visit(begun.location)
            let service = fixture.service
            let wins = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            _ = try await service.finish(
                                state: answer.state,
                                code: answer.code,
                                browserSecret: begun.browserSecret
                            )
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(wins == 1)
        }
    }

    @Test func `a code that was used is refused by the service`() async throws {
        try await withSignIn(.sqlite) { fixture in
            let begun = try await fixture.service.begin(returnTo: "/")
            _ = try fixture.provider.visit(begun.location)
            let second = try await fixture.service.begin(returnTo: "/")
            let answer = try fixture.provider.visit(second.location)
            // The code of another sign-in: its PKCE challenge does not fit.
            await #expect(throws: SignInError.providerRefused(error: "invalid_grant")) {
                try await fixture.service.finish(
                    state: answer.state,
                    code: "code-unknown",
                    browserSecret: second.browserSecret
                )
            }
        }
    }

    @Test func `turning back, and errors of the service`() async throws {
        try await withSignIn(.sqlite) { fixture in
            func finish(_ error: String?, code: String? = nil) async throws -> SignInError? {
                let begun = try await fixture.service.begin(returnTo: "/")
                let answer = try fixture.provider.visit(begun.location)
                return await #expect(throws: SignInError.self) {
                    try await fixture.service.finish(
                        state: answer.state,
                        code: code,
                        error: error,
                        browserSecret: begun.browserSecret
                    )
                }
            }
            try await expect(.cancelled) { try await finish("access_denied") }
            try await expect(.providerRefused(error: "server_error")) { try await finish("server_error") }
            try await expect(.providerRefused(error: "no-code")) { try await finish(nil) }
            try await expect(.providerRefused(error: "no-code")) { try await finish(nil, code: "") }
        }
    }

    @Test func `a service that is down, slow or confused is said so`() async throws {
        let confused = OutboundAnswer(status: 200, body: Array("<html>".utf8))
        let cases: [(SignInError, @Sendable (inout FakeScript) -> Void)] = [
            (.providerUnavailable(reason: "outbound-unreachable"), { $0.failure = .unreachable(host: "x") }),
            (.providerUnavailable(reason: "outbound-timed-out"), { $0.failure = .timedOut(host: "x") }),
            (.providerUnavailable(reason: "answer 503"), { $0.tokenAnswer = OutboundAnswer(status: 503) }),
            (.providerUnavailable(reason: "token answer 400"), { $0.tokenAnswer = OutboundAnswer(status: 400) }),
            (.tokenInvalid(.malformed), { $0.tokenAnswer = confused }),
            (.providerUnavailable(reason: "answer 500"), { $0.keysAnswer = OutboundAnswer(status: 500) }),
            (.providerUnavailable(reason: "keys answer 200"), { $0.keysAnswer = confused }),
            (.providerRefused(error: "userinfo-401"), { $0.userInfoAnswer = OutboundAnswer(status: 401) }),
            (.providerUnavailable(reason: "user information not understood"), { $0.userInfoAnswer = confused }),
        ]
        for (expected, change) in cases {
            try await withSignIn(.sqlite) { fixture in
                fixture.provider.change(change)
                try await expect(expected) { try await fixture.refusal() }
                #expect(expected.publicDetail?.isEmpty == false)
            }
        }
    }

    @Test func `each way of proving who we are`() async throws {
        try await withSignIn(.sqlite, authentication: .secretBasic("bí:mật")) { fixture in
            _ = try await fixture.signIn()
            let seen = fixture.provider.lastSeen
            #expect(seen.authorizations == ["Basic " + Array("mot-cua:b%C3%AD%3Am%E1%BA%ADt".utf8).base64])
            #expect(seen.forms.first?["client_secret"] == nil)
        }
        try await withSignIn(.sqlite) { fixture in
            _ = try await fixture.signIn()
            let form = try #require(fixture.provider.lastSeen.forms.first)
            #expect(form["client_secret"] == "bí mật")
            #expect(form["client_id"] == "mot-cua")
            #expect(form["redirect_uri"] == "https://mot-cua.example/dang-nhap/tra-ve")
        }
        let key = P256.Signing.PrivateKey()
        try await withSignIn(.sqlite, authentication: .privateKey(pem: key.pemRepresentation, keyID: "own")) {
            fixture in
            _ = try await fixture.signIn()
            let form = try #require(fixture.provider.lastSeen.forms.first)
            #expect(form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            let parts = try #require(form["client_assertion"]).split(separator: ".").map(String.init)
            let signature = try P256.Signing.ECDSASignature(
                rawRepresentation: try #require([UInt8](base64URL: parts[2]))
            )
            #expect(key.publicKey.isValidSignature(signature, for: Array("\(parts[0]).\(parts[1])".utf8)))
        }
    }
}

extension Signing: CustomTestStringConvertible {
    var testDescription: String { "\(self)" }
}
