// SPDX-License-Identifier: Apache-2.0

import Digests
import FoundationEssentials
import JWTKit
import Kernel
public import Outbound
import Synchronization

/// A call to another system: the port that the composition root fills with `HTTPClient.send`.
public typealias HTTPCall = @Sendable (OutboundRequest) async throws(OutboundError) -> OutboundAnswer

/// Speaks with the identity service and keeps its keys for a while.
final class OpenIDClient: Sendable {
    private struct Keys: Sendable {
        var keys: [JWK]
        var fetchedAt: Instant
    }

    private struct Discovered: Sendable {
        var endpoints: OpenIDEndpoints
        var fetchedAt: Instant
    }

    let provider: OpenIDProvider
    private let call: HTTPCall
    private let clock: Clock
    private let random: RandomSource
    private let kept = Mutex<Keys?>(nil)
    private let discovered = Mutex<Discovered?>(nil)

    /// Keys are asked again after an hour, so that a withdrawn key does not count for ever.
    private static let keysSeconds: Int64 = 3_600
    /// The addresses are asked again after an hour; while the service is silent the old ones count for a day.
    private static let addressesSeconds: Int64 = 3_600
    private static let oldAddressesSeconds: Int64 = 86_400
    /// For a key that is not known the keys are asked at once, but not more often than this: anyone can send a token.
    private static let refetchSeconds: Int64 = 30
    /// Answers of the service are small.
    private static let answerLimitBytes = 262_144
    /// A person waits.
    private static let timeoutSeconds = 10.0

    init(provider: OpenIDProvider, call: @escaping HTTPCall, clock: Clock, random: RandomSource) {
        self.provider = provider
        self.call = call
        self.clock = clock
        self.random = random
    }

    // MARK: - Authorization request

    /// The address to which the browser is sent.
    func authorizationAddress(
        state: String,
        nonce: String,
        verifier: String,
        classes: String?,
        redirectURI: String? = nil
    ) async throws(SignInError) -> String {
        let address = try await endpoints().authorization
        let challenge = Digest(of: verifier).bytes.base64URL
        var query = [
            ("response_type", "code"), ("client_id", provider.clientID),
            ("redirect_uri", redirectURI ?? provider.redirectURI), ("scope", provider.scope), ("state", state),
            ("nonce", nonce), ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ]
        if let classes { query.append(("acr_values", classes)) }
        return address + (address.contains("?") ? "&" : "?") + FormText.encode(query)
    }

    /// Whose answer came back (RFC 9207): another service's answer is not exchanged here.
    func checkIssuer(of answer: String?) async throws(SignInError) {
        if let answer {
            guard answer == provider.issuer else { throw .tokenInvalid(.issuer) }
        } else if try await endpoints().namesItself {
            throw .tokenInvalid(.issuer)
        }
    }

    // MARK: - Addresses

    private func endpoints() async throws(SignInError) -> OpenIDEndpoints {
        if let fixed = provider.endpoints { return fixed }
        let (now, known) = (clock.now(), discovered.withLock { $0 })
        let age = known.map { now.seconds(since: $0.fetchedAt) } ?? .max
        if let known, age < Self.addressesSeconds { return known.endpoints }
        do {
            let fresh = try await discover()
            discovered.withLock { $0 = Discovered(endpoints: fresh, fetchedAt: now) }
            return fresh
        } catch .providerUnavailable(let reason) {
            guard let known, age < Self.oldAddressesSeconds else { throw .providerUnavailable(reason: reason) }
            return known.endpoints
        }
    }

    private func discover() async throws(SignInError) -> OpenIDEndpoints {
        let answer = try await send(OutboundRequest(.get, OpenIDDiscovery.address(below: provider.issuer)))
        guard answer.isSuccess, let document = OpenIDClient.decode(OpenIDDiscovery.self, answer.body) else {
            throw .providerUnavailable(reason: "discovery answer \(answer.status)")
        }
        return try document.endpoints(of: provider.issuer)
    }

    // MARK: - Code, token, claims

    /// Exchanges the code, verifies the ID token, asks for the claims: what the service says of the person.
    func claims(code: String, verifier: String, nonce: String) async throws(SignInError) -> ClaimSet {
        let (signed, access) = try await signedClaims(code: code, verifier: verifier, nonce: nonce)
        let told = try await userInfo(accessToken: access)
        // The claims of another person under a token of this one (OpenID Connect Core 5.3.2).
        guard let subject = told["sub"]?.text, subject == signed["sub"]?.text else { throw .tokenInvalid(.subject) }
        return signed.overlaid(by: told)
    }

    /// Exchanges the code and verifies the ID token: what the service put its name to, and no more.
    func signedClaims(
        code: String,
        verifier: String,
        nonce: String,
        redirectURI: String? = nil
    ) async throws(SignInError) -> (claims: ClaimSet, accessToken: String) {
        let tokens = try await exchange(code: code, verifier: verifier, redirectURI ?? provider.redirectURI)
        let header = try IDToken.header(of: tokens.id_token)
        let key = try await key(for: header)
        let signed = try await IDToken.claims(of: tokens.id_token, header: header, key: key)
        try IDToken.check(
            signed,
            IDTokenExpectation(
                issuer: provider.issuer,
                clientID: provider.clientID,
                nonce: nonce,
                accessToken: tokens.access_token,
                now: clock.now()
            )
        )
        return (signed, tokens.access_token)
    }

    private struct Tokens: Decodable {
        var access_token: String
        var id_token: String
    }

    private struct Refusal: Decodable {
        var error: String
    }

    private func exchange(code: String, verifier: String, _ redirectURI: String) async throws(SignInError) -> Tokens {
        let address = try await endpoints().token
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
            ("code_verifier", verifier),
        ]
        var headers = [OutboundRequest.Header("Content-Type", "application/x-www-form-urlencoded")]
        switch provider.authentication {
        case .secretPost(let secret):
            form += [("client_id", provider.clientID), ("client_secret", secret)]
        case .secretBasic(let secret):
            let pair = FormText.escape(provider.clientID) + ":" + FormText.escape(secret)
            headers.append(OutboundRequest.Header("Authorization", "Basic " + Array(pair.utf8).base64))
        case .privateKey(let pem, let keyID):
            form += [
                ("client_id", provider.clientID),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ("client_assertion", try await assertion(pem: pem, keyID: keyID, audience: address)),
            ]
        }
        let answer = try await send(
            OutboundRequest(.post, address, headers: headers, body: Array(FormText.encode(form).utf8))
        )
        guard answer.isSuccess else {
            guard let refusal = OpenIDClient.decode(Refusal.self, answer.body) else {
                throw .providerUnavailable(reason: "token answer \(answer.status)")
            }
            throw .providerRefused(error: String(refusal.error.filter(\.isASCII).prefix(64)))
        }
        guard let tokens = OpenIDClient.decode(Tokens.self, answer.body), !tokens.access_token.isEmpty else {
            throw .tokenInvalid(.malformed)
        }
        return tokens
    }

    private func assertion(pem: String, keyID: String?, audience: String) async throws(SignInError) -> String {
        let now = clock.now().epochSeconds
        let claims = ClaimSet([
            "iss": .text(provider.clientID), "sub": .text(provider.clientID), "aud": .text(audience),
            "jti": .text(SecretToken(.bits128, from: random).text), "iat": .number(Double(now)),
            "exp": .number(Double(now + 60)),
        ])
        do {
            let keys = try await JWTKeyCollection().add(ecdsa: ES256PrivateKey(pem: pem))
            var header = JWTHeader()
            header.kid = keyID
            return try await keys.sign(claims, header: header)
        } catch {
            throw .providerRefused(error: "own-key-unusable")
        }
    }

    private func userInfo(accessToken: String) async throws(SignInError) -> ClaimSet {
        let answer = try await send(
            OutboundRequest(
                .post,
                try await endpoints().userInfo,
                headers: [OutboundRequest.Header("Authorization", "Bearer \(accessToken)")],
                body: []
            )
        )
        guard answer.isSuccess else { throw .providerRefused(error: "userinfo-\(answer.status)") }
        guard let claims = OpenIDClient.decode(ClaimSet.self, answer.body) else {
            throw .providerUnavailable(reason: "user information not understood")
        }
        return claims
    }

    // MARK: - Keys

    private func key(for header: IDToken.Header) async throws(SignInError) -> JWK {
        let now = clock.now()
        if let known = kept.withLock({ $0 }) {
            let age = now.seconds(since: known.fetchedAt)
            if age < Self.keysSeconds, let key = IDToken.key(for: header, in: known.keys) { return key }
            // Unknown, so the service may have changed its keys; or somebody invents names of keys.
            if age < Self.refetchSeconds { throw .tokenInvalid(.key) }
        }
        let keys = try await fetchKeys()
        kept.withLock { $0 = Keys(keys: keys, fetchedAt: now) }
        guard let key = IDToken.key(for: header, in: keys) else { throw .tokenInvalid(.key) }
        return key
    }

    private struct KeySet: Decodable {
        /// A key that we cannot read is left out, not the whole set.
        struct Entry: Decodable {
            var key: JWK?
            var use: String?

            private enum CodingKeys: String, CodingKey {
                case use
            }

            init(from decoder: any Decoder) throws {
                key = try? JWK(from: decoder)  // another kind of key
                use = try? decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .use)  // optional
            }
        }

        var keys: [Entry]
    }

    private func fetchKeys() async throws(SignInError) -> [JWK] {
        let answer = try await send(OutboundRequest(.get, try await endpoints().keys))
        guard answer.isSuccess, let set = OpenIDClient.decode(KeySet.self, answer.body) else {
            throw .providerUnavailable(reason: "keys answer \(answer.status)")
        }
        return set.keys.prefix(32).filter { $0.use == nil || $0.use == "sig" }.compactMap(\.key)
    }

    // MARK: - Inside

    private func send(_ request: OutboundRequest) async throws(SignInError) -> OutboundAnswer {
        var request = request
        request.timeoutSeconds = Self.timeoutSeconds
        request.connectTimeoutSeconds = Self.timeoutSeconds / 2
        request.answerLimitBytes = Self.answerLimitBytes
        request.headers.append(OutboundRequest.Header("Accept", "application/json"))
        let answer: OutboundAnswer
        do {
            answer = try await call(request)
        } catch {
            throw .providerUnavailable(reason: error.code)
        }
        guard answer.status < 500 else { throw .providerUnavailable(reason: "answer \(answer.status)") }
        return answer
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
        // The caller says what is wrong when the answer is not of this form.
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}

/// `application/x-www-form-urlencoded`, for queries and bodies.
enum FormText {
    static func encode(_ fields: [(String, String)]) -> String {
        fields.map { "\(escape($0.0))=\(escape($0.1))" }.joined(separator: "&")
    }

    /// Everything but letters, digits and `-._~` as `%XX`.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default: escaped += "%" + [byte].hex.uppercased()
            }
        }
        return escaped
    }
}
