// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Identity
import Kernel
import Outbound
import Storage
import TestSupport
import Testing

@testable import SignIn

/// A token that is wrong in one way.
struct BadToken: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: TokenFault
    let change: @Sendable (inout FakeScript, _ now: Int64) -> Void

    init(_ name: String, _ fault: TokenFault, _ change: @escaping @Sendable (inout FakeScript, _ now: Int64) -> Void) {
        (self.name, self.fault, self.change) = (name, fault, change)
    }

    var testDescription: String { name }

    static let all: [BadToken] = [
        BadToken("algorithm none", .algorithm) { script, _ in script.signing = .none },
        BadToken("public key as shared secret", .algorithm) { script, _ in script.signing = .publicKeyAsSecret },
        BadToken("critical extension", .algorithm) { script, _ in script.header = ["crit": "b64"] },
        BadToken("stranger's key", .signature) { script, _ in script.signing = .strangersKey },
        BadToken("claims changed afterwards", .signature) { script, _ in script.signing = .changedAfterwards },
        BadToken("unknown key", .key) { script, _ in script.keyID = "nobody" },
        BadToken("key of another kind", .key) { script, _ in script.keyID = "rsa-1" },
        BadToken("key that is a shared secret", .key) { script, _ in script.keyID = "secret" },
        BadToken("other issuer", .issuer) { script, _ in script.claims["iss"] = .text("https://ben-khac.example") },
        BadToken("issuer with a slash", .issuer) { script, _ in script.claims["iss"] = .text(FakeProvider.issuer + "/")
        },
        BadToken("no issuer", .issuer) { script, _ in script.claims["iss"] = .some(nil) },
        BadToken("other audience", .audience) { script, _ in script.claims["aud"] = .text("ung-dung-khac") },
        BadToken("no audience", .audience) { script, _ in script.claims["aud"] = .some(nil) },
        BadToken("empty audience", .audience) { script, _ in script.claims["aud"] = .texts([]) },
        BadToken("several audiences, given to nobody", .audience) { script, _ in
            script.claims["aud"] = .texts([FakeProvider.clientID, "ung-dung-khac"])
        },
        BadToken("given to another", .audience) { script, _ in
            script.claims["aud"] = .texts([FakeProvider.clientID, "ung-dung-khac"])
            script.claims["azp"] = .text("ung-dung-khac")
        },
        BadToken("expired", .expired) { script, now in script.claims["exp"] = .number(now - 120) },
        BadToken("no end", .expired) { script, _ in script.claims["exp"] = .some(nil) },
        BadToken("end as text", .expired) { script, _ in script.claims["exp"] = .text("9999999999") },
        BadToken("end beyond time", .expired) { script, _ in script.claims["exp"] = .number(.max) },
        BadToken("not yet", .notYetValid) { script, now in script.claims["nbf"] = .number(now + 121) },
        BadToken("made in the future", .notYetValid) { script, now in script.claims["iat"] = .number(now + 121) },
        BadToken("no nonce", .nonce) { script, _ in script.claims["nonce"] = .some(nil) },
        BadToken("other nonce", .nonce) { script, _ in script.claims["nonce"] = .text("sai") },
        BadToken("nobody", .subject) { script, _ in script.claims["sub"] = .some(nil) },
        BadToken("claims of another person", .subject) { script, _ in script.userInfo["sub"] = .text("cd-khac") },
        BadToken("claims of nobody", .subject) { script, _ in script.userInfo["sub"] = .some(nil) },
        BadToken("other access token", .accessHash) { script, _ in script.claims["at_hash"] = .text("AAAA") },
        BadToken("two parts", .malformed) { script, _ in script.token = "e30.e30" },
        BadToken("empty", .malformed) { script, _ in script.token = "" },
        BadToken("no base 64", .malformed) { script, _ in script.token = "#.e30.e30" },
        BadToken("no JSON", .malformed) { script, _ in script.token = "AAAA.e30.e30" },
        BadToken("header without algorithm", .malformed) { script, _ in script.token = "e30.e30.e30" },
        BadToken("too long", .malformed) { script, _ in
            script.token = "e30." + String(repeating: "A", count: IDToken.limitBytes) + ".e30"
        },
    ]
}

@Suite struct TokenTests {
    @Test(arguments: BadToken.all)
    func `a token that is wrong in one way is refused`(_ bad: BadToken) async throws {
        try await withSignIn(.sqlite) { fixture in
            let now = fixture.time.now.epochSeconds
            fixture.provider.change { bad.change(&$0, now) }
            let refusal = try await fixture.refusal()
            #expect(refusal == .tokenInvalid(bad.fault))
            // The person is not told which check it was.
            #expect(refusal?.publicDetail == SignInError.tokenInvalid(.nonce).publicDetail)
            // The same token without its fault is taken.
            fixture.provider.change { $0 = FakeScript() }
            fixture.time.advance(seconds: 60)
            try await expect(nil) { try await fixture.refusal() }
        }
    }

    @Test func `clocks may differ by two minutes`() async throws {
        try await withSignIn(.sqlite) { fixture in
            let now = fixture.time.now.epochSeconds
            fixture.provider.change { script in
                script.claims = ["exp": .number(now - 119), "nbf": .number(now + 120), "iat": .number(now + 120)]
            }
            try await expect(nil) { try await fixture.refusal() }
        }
    }

    @Test func `a token for several that was given to us is taken`() async throws {
        try await withSignIn(.sqlite) { fixture in
            fixture.provider.change { script in
                script.claims["aud"] = .texts(["ung-dung-khac", FakeProvider.clientID])
                script.claims["azp"] = .text(FakeProvider.clientID)
            }
            try await expect(nil) { try await fixture.refusal() }
        }
    }

    @Test func `keys are kept, and asked again when the service changes them`() async throws {
        try await withSignIn(.sqlite) { fixture in
            let provider = fixture.provider
            func questions() -> Int { provider.lastSeen.keyQuestions }
            _ = try await fixture.signIn()
            _ = try await fixture.signIn()
            #expect(questions() == 1)
            fixture.time.advance(seconds: 60)
            provider.rotate(to: "ec-2")
            try await expect(nil) { try await fixture.refusal() }
            #expect(questions() == 2)
            // Invented names of keys do not make us ask more than twice a minute.
            provider.change { $0.keyID = "invented" }
            for _ in 0..<5 { #expect(try await fixture.refusal() == .tokenInvalid(.key)) }
            #expect(questions() == 2)
            fixture.time.advance(seconds: 31)
            for _ in 0..<5 { #expect(try await fixture.refusal() == .tokenInvalid(.key)) }
            #expect(questions() == 3)
            // A key that was withdrawn counts for an hour at most.
            provider.change { $0 = FakeScript() }
            fixture.time.advance(seconds: 3_600)
            _ = try await fixture.signIn()
            #expect(questions() == 4)
        }
    }

    @Test(arguments: [("LoA1", 1), ("1", 1), ("LoA0", 0), ("cao", 0)])
    func `a level that is too low is said with both levels`(_ level: String, _ reached: Int) async throws {
        try await withSignIn(.sqlite) { fixture in
            fixture.provider.change { $0.userInfo["loAs"] = .text(level) }
            let expected: SignInError? = reached == 1 ? nil : .levelTooLow(reached: reached, needed: 1)
            try await expect(expected) { try await fixture.refusal() }
        }
        try await withSignIn(.sqlite, settings: SignInSettings(neededAssurance: .two)) { fixture in
            fixture.provider.change { $0.userInfo["loAs"] = .text(level) }
            try await expect(.levelTooLow(reached: reached, needed: 2)) { try await fixture.refusal() }
        }
    }

    @Test func `claims without which there is no identity`() async throws {
        let cases: [(SignInError, @Sendable (inout FakeScript) -> Void)] = [
            (.claimMissing("fullName"), { $0.userInfo["HoVaTen"] = .text("  ") }),
            (.claimMissing("nationalID"), { $0.userInfo["SoDinhDanh"] = .some(nil) }),
            (.claimMissing("nationalID"), { $0.userInfo["SoDinhDanh"] = .text("123456789") }),
            (.organisationAccount, { $0.userInfo["LoaiTaiKhoan"] = .text("2") }),
        ]
        for (expected, change) in cases {
            try await withSignIn(.sqlite) { fixture in
                fixture.provider.change(change)
                try await expect(expected) { try await fixture.refusal() }
            }
        }
    }

    @Test func `claims that may be missing or odd`() async throws {
        try await withSignIn(.sqlite) { fixture in
            fixture.provider.change { script in
                script.userInfo["TechID"] = .some(nil)
                script.userInfo["NgayThangNamSinh"] = .text("31/02/1985")
                script.userInfo["GioiTinh"] = .text("?")
                script.userInfo["SoDienThoai"] = .text("123")
                script.userInfo["ThuDienTu"] = .text("không có")
                script.userInfo["DiaChi"] = .some(nil)
            }
            let identity = try await fixture.signIn().identity
            #expect(identity.subject == "cd-089185000101")
            #expect(identity.birthDate == nil)
            #expect(identity.sex == nil)
            #expect(identity.phone == nil)
            #expect(identity.email == nil)
            #expect(identity.address == nil)
        }
    }

    @Test(
        arguments: [
            ("08/03/1985", "1985-03-08"), ("8/3/1985", "1985-03-08"), ("1985-03-08", "1985-03-08"),
            ("19850308", "1985-03-08"), ("30/02/1985", nil), ("1985", nil), ("08-03-1985", nil), ("", nil),
        ] as [(String, String?)]
    )
    func `forms of a birth date`(_ text: String, _ date: String?) {
        #expect(ClaimMap.day(text)?.description == date)
    }

    @Test(arguments: [
        ("a b&c=d+ế", "a%20b%26c%3Dd%2B%E1%BA%BF"), ("-._~", "-._~"), ("", ""),
    ])
    func `form text`(_ text: String, _ escaped: String) {
        #expect(FormText.escape(text) == escaped)
    }
}
