// SPDX-License-Identifier: Apache-2.0

import Foundation
import Identity
import Kernel
import Outbound
import Storage
import TestSupport
import Testing

@testable import SignIn

@Suite struct DiscoveryTests {
    @Test func `the addresses are asked once an hour`() async throws {
        try await withSignIn(.sqlite) { fixture in
            func questions() -> Int { fixture.provider.lastSeen.discoveryQuestions }
            for _ in 0..<3 { _ = try await fixture.signIn() }
            #expect(questions() == 1)
            fixture.time.advance(seconds: 3_600)
            _ = try await fixture.signIn()
            #expect(questions() == 2)
        }
    }

    @Test func `old addresses count for a day while the document cannot be read`() async throws {
        try await withSignIn(.sqlite) { fixture in
            fixture.provider.change { $0.discoveryAnswer = OutboundAnswer(status: 503) }
            try await expect(.providerUnavailable(reason: "answer 503")) { try await fixture.refusal() }
            fixture.provider.change { $0 = FakeScript() }
            _ = try await fixture.signIn()
            fixture.provider.change { $0.discoveryAnswer = OutboundAnswer(status: 200, body: Array("<html>".utf8)) }
            fixture.time.advance(seconds: 86_399)
            _ = try await fixture.signIn()
            fixture.time.advance(seconds: 1)
            try await expect(.providerUnavailable(reason: "discovery answer 200")) { try await fixture.refusal() }
        }
    }

    @Test func `a document of another service leads nowhere`() async throws {
        let issuer = FakeProvider.issuer
        let cases: [(String, String, String)] = [
            ("issuer", "https://dinh-danh-gia.example", "discovery-issuer"),
            ("issuer", issuer + "/", "discovery-issuer"),
            ("issuer", "", "discovery-issuer"),
            ("token_endpoint", "https://evil.example/oauth2/token", "discovery-address"),
            ("token_endpoint", "http://dinh-danh.example/oauth2/token", "discovery-address"),
            ("jwks_uri", "https://dinh-danh.example:8443/jwks", "discovery-address"),
            ("jwks_uri", "file:///etc/passwd", "discovery-address"),
            ("userinfo_endpoint", "https://dinh-danh.example@evil.example/x", "discovery-address"),
            ("authorization_endpoint", "https://dinh-danh.example.evil.example/x", "discovery-address"),
            ("authorization_endpoint", "https://dinh-danh.example/x\r\nSet-Cookie: a=b", "discovery-address"),
        ]
        for (member, value, reason) in cases {
            try await withSignIn(.sqlite) { fixture in
                fixture.provider.change { $0.discovery[member] = .text(value) }
                try await expect(.providerMistrusted(reason: reason)) { try await fixture.refusal() }
                // Nothing was sent there, and a good document mends it at once.
                #expect(fixture.provider.lastSeen.forms.isEmpty)
                fixture.provider.change { $0 = FakeScript() }
                #expect(try await fixture.signIn().identity.nationalID.digits == "089185000101")
            }
        }
    }

    private static let answers: [(names: Bool, issuer: String?, isGood: Bool)] = [
        (true, FakeProvider.issuer, true), (true, nil, false), (true, "https://other.example", false),
        (false, FakeProvider.issuer, true), (false, nil, true), (false, "https://other.example", false),
    ]

    @Test(arguments: answers)
    func `whose answer it is`(_ names: Bool, _ issuer: String?, _ isGood: Bool) async throws {
        try await withSignIn(.sqlite) { fixture in
            fixture.provider.change { $0.discovery["authorization_response_iss_parameter_supported"] = .flag(names) }
            let begun = try await fixture.service.begin(returnTo: "/nop/abc")
            let answer = try fixture.provider.visit(begun.location)
            func finish() async throws -> FinishedSignIn {
                try await fixture.service.finish(
                    state: answer.state,
                    code: answer.code,
                    issuer: issuer,
                    browserSecret: begun.browserSecret
                )
            }
            if isGood {
                _ = try await finish()
            } else {
                await #expect(throws: SignInError.tokenInvalid(.issuer)) { try await finish() }
                // The code did not go to anybody.
                #expect(fixture.provider.lastSeen.forms.isEmpty)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `the task is told to its browser alone, whatever came of the sign-in`(on engine: Engine) async throws {
        try await withSignIn(engine) { fixture in
            let begun = try await fixture.service.begin(returnTo: "/thu-tuc/1/nop")
            let answer = try fixture.provider.visit(begun.location)
            let other = try await fixture.service.begin(returnTo: "/tai-khoan")
            await #expect(throws: SignInError.cancelled) {
                try await fixture.service.finish(
                    state: answer.state,
                    code: nil,
                    error: "access_denied",
                    browserSecret: begun.browserSecret
                )
            }
            func task(_ secret: String) async throws -> String? {
                try await fixture.service.task(of: answer.state, browserSecret: secret)
            }
            #expect(try await task(begun.browserSecret) == "/thu-tuc/1/nop")
            #expect(try await task(other.browserSecret) == nil)
            #expect(try await fixture.service.task(of: "x", browserSecret: begun.browserSecret) == nil)
        }
    }
}
