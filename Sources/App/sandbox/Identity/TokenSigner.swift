// SPDX-License-Identifier: Apache-2.0

import Crypto
import Digests
import Foundation
import Kernel

/// Makes ID tokens (JWT, ES256), and spoils them on purpose.
struct TokenSigner: Sendable {
    private let key = P256.Signing.PrivateKey()
    private let nextKey = P256.Signing.PrivateKey()
    private let stranger = P256.Signing.PrivateKey()

    /// The public keys as JSON Web Keys; the next one only once it is in use.
    func publicKeys(withNext: Bool) -> [[String: String]] {
        (withNext ? [nextKey] : [key]).map { key in
            let raw = Array(key.publicKey.rawRepresentation)
            return [
                "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": Self.keyID(key),
                "x": Array(raw[..<32]).base64URL, "y": Array(raw[32...]).base64URL,
            ]
        }
    }

    /// A key's name in the set.
    private static func keyID(_ key: P256.Signing.PrivateKey) -> String {
        String(Digest(of: Array(key.publicKey.rawRepresentation)).hex.prefix(16))
    }

    /// How a token is signed.
    enum Spoiling: Sendable {
        case none
        case algorithmNone
        case strangersKey
        /// Not spoiled: signed by the key that took the place of the first.
        case nextKey
    }

    func token(_ claims: [String: JSONValue], spoiling: Spoiling = .none) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header: [String: String] =
            spoiling == .algorithmNone
            ? ["alg": "none", "typ": "JWT"]
            : ["alg": "ES256", "typ": "JWT", "kid": Self.keyID(spoiling == .nextKey ? nextKey : key)]
        let head = Array(try encoder.encode(header)).base64URL
        let body = Array(try encoder.encode(claims)).base64URL
        let signed = "\(head).\(body)"
        switch spoiling {
        case .algorithmNone: return signed + "."
        case .none, .strangersKey, .nextKey:
            let signer = spoiling == .none ? key : spoiling == .nextKey ? nextKey : stranger
            let signature = try signer.signature(for: Data(signed.utf8))
            return signed + "." + Array(signature.rawRepresentation).base64URL
        }
    }
}
