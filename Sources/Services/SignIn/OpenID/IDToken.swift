// SPDX-License-Identifier: Apache-2.0

import Digests
import FoundationEssentials
import JWTKit
import Kernel

/// What a token must fit.
struct IDTokenExpectation: Sendable {
    var issuer: String
    var clientID: String
    var nonce: String
    var accessToken: String
    var now: Instant
}

/// Checks an ID token: algorithm, signature, and every claim that binds it to us and to this sign-in.
enum IDToken {
    /// A longer token is refused unread.
    static let limitBytes = 16_384
    /// Asymmetric signatures alone: never `none`, and never a shared secret that a public key could be taken for.
    static let algorithms: [String: String] = ["RS256": "RSA", "ES256": "EC"]
    /// 2,048 bits in base 64 without padding.
    private static let shortestModulus = 342

    struct Header: Decodable {
        var alg: String
        var kid: String?
        var crit: [String]?
    }

    /// The header, when its algorithm is one of ours.
    static func header(of token: String) throws(SignInError) -> Header {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= limitBytes, parts.count == 3, let bytes = [UInt8](base64URL: String(parts[0])) else {
            throw .tokenInvalid(.malformed)
        }
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(bytes))
        } catch {
            throw .tokenInvalid(.malformed)
        }
        // An extension that must be understood (RFC 7515 §4.1.11) is not understood.
        guard algorithms[header.alg] != nil, header.crit == nil else { throw .tokenInvalid(.algorithm) }
        return header
    }

    /// The key for this header; nil when the set has none.
    static func key(for header: Header, in keys: [JWK]) -> JWK? {
        let fitting = keys.filter { key in
            key.keyType.rawValue == algorithms[header.alg]
                && (key.algorithm == nil || key.algorithm?.rawValue == header.alg)
        }
        guard let kid = header.kid else { return fitting.count == 1 ? fitting[0] : nil }
        return fitting.first { $0.keyIdentifier?.string == kid }
    }

    /// The claims of a token whose signature this key made.
    static func claims(of token: String, header: Header, key: JWK) async throws(SignInError) -> ClaimSet {
        var key = key
        if key.keyType == .rsa, (key.modulus?.utf8.count ?? 0) < shortestModulus { throw .tokenInvalid(.key) }
        key.keyIdentifier = JWKIdentifier(string: header.kid ?? "only")
        key.algorithm = header.alg == "RS256" ? .rs256 : .es256
        let collection = JWTKeyCollection()
        do {
            try await collection.add(jwk: key)
        } catch {
            throw .tokenInvalid(.key)
        }
        do {
            return try await collection.verify(token, as: ClaimSet.self)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw .tokenInvalid(.malformed)
        } catch {
            throw .tokenInvalid(.signature)
        }
    }

    /// Checks issuer, audience, time, nonce, subject and the hash of the access token.
    static func check(_ claims: ClaimSet, _ expected: IDTokenExpectation) throws(SignInError) {
        guard claims["iss"]?.text == expected.issuer else { throw .tokenInvalid(.issuer) }
        let audience = claims.texts("aud")
        guard audience.contains(expected.clientID) else { throw .tokenInvalid(.audience) }
        // A token for several must say that it was given to us (OpenID Connect Core 3.1.3.7).
        let party = claims["azp"]?.text
        guard party == expected.clientID || (party == nil && audience.count == 1) else {
            throw .tokenInvalid(.audience)
        }
        let leeway = SignInSettings.leewaySeconds
        guard let end = claims.moment("exp"), expected.now < end.adding(seconds: leeway) else {
            throw .tokenInvalid(.expired)
        }
        for name in ["nbf", "iat"] where claims[name] != nil {
            guard let start = claims.moment(name), start <= expected.now.adding(seconds: leeway) else {
                throw .tokenInvalid(.notYetValid)
            }
        }
        guard let nonce = claims["nonce"]?.text, constantTimeEquals(Array(nonce.utf8), Array(expected.nonce.utf8))
        else {
            throw .tokenInvalid(.nonce)
        }
        guard let subject = claims["sub"]?.text, !subject.isEmpty else { throw .tokenInvalid(.subject) }
        if let hash = claims["at_hash"] {
            // Both algorithms hash with SHA-256: the left half of the digest.
            let half = Array(Digest(of: expected.accessToken).bytes.prefix(16)).base64URL
            guard hash.text == half else { throw .tokenInvalid(.accessHash) }
        }
    }
}
