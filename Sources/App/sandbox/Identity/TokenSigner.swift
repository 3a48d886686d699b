// SPDX-License-Identifier: Apache-2.0

import Crypto
import Digests
import Foundation
import Kernel

/// Makes ID tokens (JWT, ES256), and spoils them on purpose.
struct TokenSigner: Sendable {
    private let key = P256.Signing.PrivateKey()
    private let stranger = P256.Signing.PrivateKey()

    /// The key's name in the set.
    var keyID: String { Digest(of: Array(key.publicKey.rawRepresentation)).hex.prefix(16).description }

    /// The public key as JSON Web Key.
    var publicKey: [String: String] {
        let raw = Array(key.publicKey.rawRepresentation)
        return [
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": keyID,
            "x": Array(raw[..<32]).base64URL, "y": Array(raw[32...]).base64URL,
        ]
    }

    /// How a token is signed.
    enum Spoiling: Sendable {
        case none
        case algorithmNone
        case strangersKey
    }

    func token(_ claims: [String: JSONValue], spoiling: Spoiling = .none) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header: [String: String] =
            spoiling == .algorithmNone
            ? ["alg": "none", "typ": "JWT"] : ["alg": "ES256", "typ": "JWT", "kid": keyID]
        let head = Array(try encoder.encode(header)).base64URL
        let body = Array(try encoder.encode(claims)).base64URL
        let signed = "\(head).\(body)"
        switch spoiling {
        case .algorithmNone: return signed + "."
        case .none, .strangersKey:
            let signer = spoiling == .none ? key : stranger
            let signature = try signer.signature(for: Data(signed.utf8))
            return signed + "." + Array(signature.rawRepresentation).base64URL
        }
    }
}
