// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras
import Digests
import Foundation
import Kernel
import Outbound
import Synchronization

@testable import SignIn

/// How a token is signed, rightly or wrongly.
enum Signing: Sendable {
    case ecdsa, rsa
    /// By a key that the provider does not have, under the name of one that it has.
    case strangersKey
    /// Not at all, with an algorithm `none`.
    case none
    /// With the public key as shared secret: the classic confusion.
    case publicKeyAsSecret
    /// Rightly, and the claims changed afterwards.
    case changedAfterwards
}

/// What the fake identity service does, changed by each test.
struct FakeScript: Sendable {
    var signing = Signing.ecdsa
    var keyID: String?
    var header: [String: any Sendable & Encodable] = [:]
    /// Claims that replace those of a good token; nil takes one away.
    var claims: [String: FakeClaim?] = [:]
    /// Claims that replace those of the user information.
    var userInfo: [String: FakeClaim?] = [:]
    /// The whole token, whatever else is said.
    var token: String?
    var tokenAnswer: OutboundAnswer?
    var keysAnswer: OutboundAnswer?
    var userInfoAnswer: OutboundAnswer?
    var discoveryAnswer: OutboundAnswer?
    /// Members of the discovery document that replace those of a good one.
    var discovery: [String: FakeClaim?] = [:]
    var failure: OutboundError?
}

enum FakeClaim: Sendable, Encodable {
    case text(String)
    case number(Int64)
    case texts([String])
    case flag(Bool)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .texts(let texts): try container.encode(texts)
        case .flag(let flag): try container.encode(flag)
        }
    }
}

/// An identity service in memory that signs tokens by swift-crypto.
final class FakeProvider: Sendable {
    struct Seen: Sendable {
        var forms: [[String: String]] = []
        var authorizations: [String] = []
        var keyQuestions = 0
        var discoveryQuestions = 0
        var nonces: [String: String] = [:]
        var challenges: [String: String] = [:]
    }

    static let issuer = "https://dinh-danh.example"
    static let clientID = "mot-cua"

    let script = Mutex(FakeScript())
    let seen = Mutex(Seen())
    private let now: @Sendable () -> Instant
    private let ecdsa = Mutex((id: "ec-1", key: P256.Signing.PrivateKey()))
    private let stranger = P256.Signing.PrivateKey()
    /// Made once: a key takes a while.
    private static let rsa: _RSA.Signing.PrivateKey? = try? _RSA.Signing.PrivateKey(keySize: .bits2048)

    init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    var call: HTTPCall {
        { [self] request throws(OutboundError) in
            if let failure = script.withLock({ $0.failure }) { throw failure }
            do {
                return try answer(request)
            } catch {
                throw OutboundError.failed(number: 0, text: "\(error)")
            }
        }
    }

    /// What it was asked so far.
    var lastSeen: Seen { seen.withLock { $0 } }

    func change(_ edit: (inout FakeScript) -> Void) { script.withLock { edit(&$0) } }

    /// The service takes a new key; the old one is gone.
    func rotate(to id: String) { ecdsa.withLock { $0 = (id, P256.Signing.PrivateKey()) } }

    /// What the person's browser does at the service: the address gives a code.
    func visit(_ location: String) throws -> (state: String, code: String) {
        let items = URLComponents(string: location)?.queryItems ?? []
        let query = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
        let code = "code-\(query["state"]?.prefix(8) ?? "")"
        seen.withLock { seen in
            seen.nonces[code] = query["nonce"]
            seen.challenges[code] = query["code_challenge"]
        }
        return (query["state"] ?? "", code)
    }

    // MARK: - Answers

    private func answer(_ request: OutboundRequest) throws -> OutboundAnswer {
        switch request.url {
        case Self.issuer + "/oauth2/token": try tokenAnswer(request)
        case Self.issuer + "/oauth2/jwks": try keysAnswer()
        case Self.issuer + "/oauth2/userinfo": try userInfoAnswer(request)
        case Self.issuer + "/.well-known/openid-configuration": try discoveryAnswer()
        default: OutboundAnswer(status: 404)
        }
    }

    private func discoveryAnswer() throws -> OutboundAnswer {
        seen.withLock { $0.discoveryQuestions += 1 }
        let script = script.withLock { $0 }
        if let answer = script.discoveryAnswer { return answer }
        let good: [String: FakeClaim?] = [
            "issuer": .text(Self.issuer), "authorization_endpoint": .text(Self.issuer + "/oauth2/authorize"),
            "token_endpoint": .text(Self.issuer + "/oauth2/token"), "jwks_uri": .text(Self.issuer + "/oauth2/jwks"),
            "userinfo_endpoint": .text(Self.issuer + "/oauth2/userinfo"),
        ]
        return json(String(decoding: try encode(good.merging(script.discovery) { $1 }), as: UTF8.self))
    }

    private func tokenAnswer(_ request: OutboundRequest) throws -> OutboundAnswer {
        let text = String(decoding: request.body ?? [], as: UTF8.self)
        let pairs = text.split(separator: "&").map { pair in
            pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).removingPercentEncoding ?? ""
            }
        }
        let form = Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
        let known = seen.withLock { seen -> (nonce: String, challenge: String)? in
            seen.forms.append(form)
            seen.authorizations += request.headers.filter { $0.name == "Authorization" }.map(\.value)
            guard let code = form["code"], let nonce = seen.nonces.removeValue(forKey: code) else { return nil }
            return (nonce, seen.challenges[code] ?? "")
        }
        if let answer = script.withLock({ $0.tokenAnswer }) { return answer }
        guard let known, Digest(of: form["code_verifier"] ?? "").bytes.base64URL == known.challenge else {
            return json(#"{"error":"invalid_grant"}"#, status: 400)
        }
        let token = try script.withLock { $0.token } ?? idToken(nonce: known.nonce)
        return json(#"{"access_token":"access","token_type":"Bearer","id_token":"\#(token)"}"#)
    }

    private func keysAnswer() throws -> OutboundAnswer {
        seen.withLock { $0.keyQuestions += 1 }
        if let answer = script.withLock({ $0.keysAnswer }) { return answer }
        let (id, raw) = ecdsa.withLock { ($0.id, Array($0.key.publicKey.rawRepresentation)) }
        var keys = [
            // A kind that we do not read must not spoil the others.
            #"{"kty":"OKP","crv":"X448","kid":"other","x":"AA"}"#,
            #"{"kty":"oct","kid":"secret","k":"AA"}"#,
            """
            {"kty":"EC","crv":"P-256","use":"sig","kid":"\(id)","x":"\(Array(raw[..<32]).base64URL)",\
            "y":"\(Array(raw[32...]).base64URL)"}
            """,
        ]
        if let key = Self.rsa {
            let parts = try key.publicKey.getKeyPrimitives()
            let (modulus, exponent) = (Array(parts.modulus).base64URL, Array(parts.publicExponent).base64URL)
            keys.append(#"{"kty":"RSA","use":"sig","alg":"RS256","kid":"rsa-1","n":"\#(modulus)","e":"\#(exponent)"}"#)
        }
        return json(#"{"keys":[\#(keys.joined(separator: ","))]}"#)
    }

    private func userInfoAnswer(_ request: OutboundRequest) throws -> OutboundAnswer {
        if let answer = script.withLock({ $0.userInfoAnswer }) { return answer }
        guard request.method == .post,
            request.headers.contains(OutboundRequest.Header("Authorization", "Bearer access"))
        else { return OutboundAnswer(status: 401) }
        let changes = script.withLock { $0.userInfo }
        return json(String(decoding: try encode(Self.person.merging(changes) { $1 }), as: UTF8.self))
    }

    /// Claims of connectors.md §1.8.
    private static let person: [String: FakeClaim?] = [
        "sub": .text("cd-089185000101"), "TechID": .text("tech-1"), "LoaiTaiKhoan": .number(1),
        "HoVaTen": .text("Nguyễn Thị Hồng  Đào"), "SoDinhDanh": .text("089185000101"),
        "NgayThangNamSinh": .text("08/03/1985"), "GioiTinh": .text("Nữ"), "DiaChi": .text("Xã An Phú, tỉnh An Giang"),
        "SoDienThoai": .text("+84900000101"), "ThuDienTu": .text("dao@mau.example"), "loAs": .text("LoA2"),
    ]

    // MARK: - Tokens

    private func idToken(nonce: String) throws -> String {
        let script = script.withLock { $0 }
        let seconds = now().epochSeconds
        let good: [String: FakeClaim?] = [
            "iss": .text(Self.issuer), "sub": .text("cd-089185000101"), "aud": .text(Self.clientID),
            "nonce": .text(nonce), "iat": .number(seconds), "exp": .number(seconds + 300),
            "at_hash": .text(Array(Digest(of: "access").bytes.prefix(16)).base64URL),
        ]
        let body = try encode(good.merging(script.claims) { $1 }).base64URL
        switch script.signing {
        case .ecdsa: return try sign(script, "ES256", ecdsa.withLock { $0.id }, body) { try ecdsaSignature($0, nil) }
        case .strangersKey:
            return try sign(script, "ES256", ecdsa.withLock { $0.id }, body) { try ecdsaSignature($0, stranger) }
        case .rsa:
            return try sign(script, "RS256", "rsa-1", body) { text in
                guard let key = Self.rsa else { return [] }
                let signature = try key.signature(for: SHA256.hash(data: text), padding: .insecurePKCS1v1_5)
                return Array(signature.rawRepresentation)
            }
        case .none: return try sign(script, "none", nil, body) { _ in [] }
        case .publicKeyAsSecret:
            let secret = ecdsa.withLock { Array($0.key.publicKey.pemRepresentation.utf8) }
            return try sign(script, "HS256", ecdsa.withLock { $0.id }, body) {
                HMACSHA256.code(key: secret, message: $0).bytes
            }
        case .changedAfterwards:
            let token = try sign(script, "ES256", ecdsa.withLock { $0.id }, body) { try ecdsaSignature($0, nil) }
            var parts = token.split(separator: ".").map(String.init)
            parts[1] = try encode(good.merging(["sub": .text("cd-999")]) { $1 }).base64URL
            return parts.joined(separator: ".")
        }
    }

    private func sign(
        _ script: FakeScript,
        _ algorithm: String,
        _ keyID: String?,
        _ body: String,
        _ signature: ([UInt8]) throws -> [UInt8]
    ) throws -> String {
        var header: [String: String] = ["alg": algorithm, "typ": "JWT"]
        header["kid"] = script.keyID ?? keyID
        var text = String(decoding: try JSONEncoder().encode(header), as: UTF8.self)
        if !script.header.isEmpty { text = text.dropLast() + #","crit":["b64"]}"# }
        let signed = Array(text.utf8).base64URL + "." + body
        return signed + "." + (try signature(Array(signed.utf8))).base64URL
    }

    private func ecdsaSignature(_ bytes: [UInt8], _ other: P256.Signing.PrivateKey?) throws -> [UInt8] {
        let key = ecdsa.withLock { $0.key }
        return Array(try (other ?? key).signature(for: bytes).rawRepresentation)
    }

    private func encode(_ claims: [String: FakeClaim?]) throws -> [UInt8] {
        Array(try JSONEncoder().encode(claims.compactMapValues { $0 }))
    }

    private func json(_ text: String, status: Int = 200) -> OutboundAnswer {
        OutboundAnswer(status: status, body: Array(text.utf8))
    }
}
