// SPDX-License-Identifier: Apache-2.0

import Crypto
import Digests
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing

@testable import sandbox

@Suite("Identity provider")
struct IdentitySimulationTests {
    static let verifier = "mot-chuoi-kiem-tra-du-dai-cho-pkce-0123456789"
    static let redirect = "http://127.0.0.1:8080/dang-nhap/quay-ve"

    static var authorize: [(String, String)] {
        [
            ("response_type", "code"), ("client_id", "cong"), ("redirect_uri", redirect), ("scope", "openid"),
            ("state", "trang-thai"), ("nonce", "mot-lan"), ("code_challenge_method", "S256"),
            ("code_challenge", Digest(of: verifier).bytes.base64URL), ("acr_values", "LoA2"),
        ]
    }

    static func body(_ fields: [(String, String)]) -> String {
        fields.map { "\($0.0)=\(Exchange.encoded($0.1))" }.joined(separator: "&")
    }

    /// Chooses a citizen and answers the parameters with which the browser comes back.
    func choose(_ client: any TestClientProtocol, _ extra: [(String, String)]) async throws -> [String: String] {
        let answer = try await client.send(
            .post,
            "/dinh-danh/oauth2/authorize",
            Self.body(Self.authorize + extra),
            type: "application/x-www-form-urlencoded"
        )
        #expect(answer.status == .seeOther)
        let location = try #require(answer.headers[.location])
        #expect(location.hasPrefix(Self.redirect + "?"))
        return Exchange.pairs(String(location.split(separator: "?")[1]))
    }

    func exchange(
        _ client: any TestClientProtocol,
        code: String,
        verifier: String = verifier,
        secret: String = "bi-mat"
    ) async throws -> TestResponse {
        try await client.form(
            "/dinh-danh/oauth2/token",
            [
                "grant_type": "authorization_code", "code": code, "redirect_uri": Self.redirect, "client_id": "cong",
                "client_secret": secret, "code_verifier": verifier,
            ]
        )
    }

    func claims(_ token: String) throws -> [String: JSONValue] {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        #expect(parts.count == 3)
        let bytes = try #require([UInt8](base64URL: String(parts[1])))
        return try JSONDecoder().decode([String: JSONValue].self, from: Data(bytes))
    }

    /// Whether the key of the set signed the token.
    func isSigned(_ token: String, _ client: any TestClientProtocol) async throws -> Bool {
        let set = try await client.send(.get, "/dinh-danh/oauth2/jwks").decoded([String: [[String: String]]].self)
        let key = try #require(set["keys"]?.first)
        let x = try #require([UInt8](base64URL: key["x"] ?? ""))
        let y = try #require([UInt8](base64URL: key["y"] ?? ""))
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard let raw = [UInt8](base64URL: String(parts[2])), raw.count == 64 else { return false }
        let publicKey = try P256.Signing.PublicKey(rawRepresentation: x + y)
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: raw)
        return publicKey.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8))
    }

    @Test("Every sample person has a valid number, phone and mail; a business a valid tax code")
    func people() {
        #expect(SampleCitizen.all.filter { $0.business == nil }.count == 12)
        for citizen in SampleCitizen.all {
            let number = NationalID(citizen.nationalID)
            #expect(number != nil && number?.birthYear == citizen.birthDate.year, "\(citizen.name)")
            #expect(citizen.nationalID.hasPrefix("089") || citizen.nationalID.hasPrefix("091"))
            #expect(PhoneNumber(citizen.phone) != nil)
            #expect(citizen.mail.hasSuffix(".example"))
            if let business = citizen.business { #expect(TaxCode(business.taxCode) != nil) }
        }
        #expect(Set(SampleCitizen.all.map(\.technicalID)).count == SampleCitizen.all.count)
    }

    @Test("From the choice to the claims")
    func signsIn() async throws {
        try await TrialWorld().use { client in
            let page = try await client.send(.get, "/dinh-danh/oauth2/authorize?" + Self.body(Self.authorize))
            #expect(page.text.contains("MÔI TRƯỜNG THỬ NGHIỆM") && page.text.contains("Nguyễn Thị Hồng Đào"))
            let back = try await choose(client, [("citizen", "cd-089185000101"), ("level", "2")])
            #expect(back["state"] == "trang-thai")
            let tokens = try await exchange(client, code: try #require(back["code"])).decoded(
                IdentityProvider.Tokens.self
            )
            let claims = try claims(tokens.id_token)
            #expect(claims["SoDinhDanh"] == .text("089185000101") && claims["HoVaTen"] == .text("Nguyễn Thị Hồng Đào"))
            #expect(
                claims["nonce"] == .text("mot-lan") && claims["aud"] == .text("cong") && claims["loAs"] == .text("LoA2")
            )
            #expect(claims["iss"] == .text("http://127.0.0.1:8081/dinh-danh"))
            #expect(try await isSigned(tokens.id_token, client))
            let bearer: HTTPFields = [.authorization: "Bearer \(tokens.access_token)"]
            let info = try await client.send(.post, "/dinh-danh/oauth2/userinfo", "", bearer).decoded(
                [String: JSONValue].self
            )
            #expect(info["TechID"] == .text("cd-089185000101") && info["LoaiTaiKhoan"] == .text("1"))
            #expect(try await client.send(.get, "/dinh-danh/oauth2/userinfo").status == .unauthorized)
            let again = try await exchange(client, code: try #require(back["code"]))
            #expect(again.status == .badRequest && again.text.contains("invalid_grant"))
            #expect(try await client.send(.get, "/dinh-danh/oauth2/userinfo", "", bearer).status == .unauthorized)
        }
    }

    @Test("Wrong secret, wrong verifier, wrong code")
    func refusedExchange() async throws {
        try await TrialWorld().use { client in
            let back = try await choose(client, [("citizen", "cd-089079000102"), ("level", "1")])
            let code = try #require(back["code"])
            #expect(try await exchange(client, code: code, secret: "khac").status == .unauthorized)
            #expect(try await exchange(client, code: code, verifier: "khac").status == .badRequest)
            #expect(try await exchange(client, code: "khong-co").status == .badRequest)
            #expect(try await exchange(client, code: code).status == .ok)
        }
    }

    @Test(
        "An authorize request that is not right is never sent on",
        arguments: [
            "client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method",
        ]
    )
    func refusedAuthorize(missing: String) async throws {
        try await TrialWorld().use { client in
            let fields = Self.authorize.map { $0.0 == missing ? ($0.0, "https://ke-xau.example/") : $0 }
            let wrong = missing == "state" ? fields.filter { $0.0 != "state" } : fields
            let answer = try await client.send(.get, "/dinh-danh/oauth2/authorize?" + Self.body(wrong))
            #expect(answer.status == .badRequest && answer.headers[.location] == nil)
        }
    }

    @Test("Cancelling comes back as access_denied")
    func cancels() async throws {
        try await TrialWorld().use { client in
            let back = try await choose(client, [("action", "cancel")])
            #expect(back["error"] == "access_denied" && back["code"] == nil && back["state"] == "trang-thai")
        }
    }

    @Test(
        "Each fault spoils one thing of the token",
        arguments: [
            Fault.identityWrongAudience, .identityWrongIssuer, .identityExpired, .identityAlgorithmNone,
            .identityWrongSignature, .identityWrongNonce, .identityMissingNonce,
        ]
    )
    func faults(fault: Fault) async throws {
        try await TrialWorld().use { client in
            try await client.fault(fault)
            let back = try await choose(client, [("citizen", "cd-089185000101"), ("level", "2")])
            let token = try await exchange(client, code: try #require(back["code"])).decoded(
                IdentityProvider.Tokens.self
            ).id_token
            let claims = try claims(token)
            let now = Clock.system.now().epochSeconds
            var wrong: Set<Fault> = []
            if claims["aud"] != .text("cong") { wrong.insert(.identityWrongAudience) }
            if claims["iss"] != .text("http://127.0.0.1:8081/dinh-danh") { wrong.insert(.identityWrongIssuer) }
            if case .number(let end) = claims["exp"], end < now { wrong.insert(.identityExpired) }
            if claims["nonce"] == nil { wrong.insert(.identityMissingNonce) }
            if let nonce = claims["nonce"], nonce != .text("mot-lan") { wrong.insert(.identityWrongNonce) }
            if token.hasSuffix(".") { wrong.insert(.identityAlgorithmNone) }
            if try await !isSigned(token, client), !token.hasSuffix(".") { wrong.insert(.identityWrongSignature) }
            #expect(wrong == [fault])
        }
    }

    @Test("After a rotation the token is signed by a key that only the new set holds")
    func rotation() async throws {
        try await TrialWorld().use { client in
            let old = try await client.send(.get, "/dinh-danh/oauth2/jwks").text
            try await client.fault(.identityRotatedKey)
            let back = try await choose(client, [("citizen", "cd-089185000101")])
            let answer = try await exchange(client, code: try #require(back["code"]))
            let token = try answer.decoded(IdentityProvider.Tokens.self).id_token
            #expect(try await isSigned(token, client))
            #expect(try await client.send(.get, "/dinh-danh/oauth2/jwks").text != old)
        }
    }

    @Test("Down, cancelled by the provider, another state")
    func faultsOfTheWay() async throws {
        try await TrialWorld().use { client in
            try await client.fault(.identityWrongState)
            var back = try await choose(client, [("citizen", "cd-089185000101")])
            #expect(back["state"] != "trang-thai")
            try await client.fault(.identityWrongState, on: false)
            try await client.fault(.identityDown)
            #expect(try await exchange(client, code: "x").status == .serviceUnavailable)
            try await client.fault(.identityCancelled)
            back = try await choose(client, [("citizen", "cd-089185000101")])
            #expect(back["error"] == "access_denied")
        }
    }
}
