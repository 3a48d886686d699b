// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras
import Digests
import Foundation

@testable import SignIn

/// An authenticator and its browser, written from the standard (WebAuthn level 3 §6, RFC 8949, RFC 9052), with a knob
/// for everything that may be tampered with. It encodes CBOR by itself.
struct SoftAuthenticator {
    enum Kind: Sendable, CaseIterable { case es256, edDSA, rs256 }

    private enum Key {
        case es256(P256.Signing.PrivateKey)
        case edDSA(Curve25519.Signing.PrivateKey)
        case rs256(_RSA.Signing.PrivateKey)
    }

    private let key: Key
    var credential = Array("credential-0123456789".utf8)
    var userHandle: [UInt8] = []
    var site = "dichvucong.example.vn"
    var origin = "https://dichvucong.example.vn"
    /// Present and verified.
    var flags: UInt8 = 0x05
    var signCount: UInt32 = 1
    /// What stands in `clientDataJSON` beside type, challenge and origin.
    var extraClientData = ""
    var type: String?
    var format = "none"
    var statement: [UInt8] = [0xA0]
    /// Appended to the authenticator data.
    var tail: [UInt8] = []
    /// What the key map says of its algorithm; nil for the truth.
    var claimedAlgorithm: Int?

    init(_ kind: Kind = .es256) throws {
        switch kind {
        case .es256: key = .es256(P256.Signing.PrivateKey())
        case .edDSA: key = .edDSA(Curve25519.Signing.PrivateKey())
        case .rs256: key = .rs256(try _RSA.Signing.PrivateKey(keySize: .bits2048))
        }
    }

    /// The same device with something changed.
    func with(_ change: (inout SoftAuthenticator) -> Void) -> SoftAuthenticator {
        var changed = self
        change(&changed)
        return changed
    }

    // MARK: - Ceremonies

    func register(_ challenge: String) throws -> PasskeyAnswer {
        let length = [UInt8(credential.count >> 8), UInt8(credential.count & 255)]
        let attested = [UInt8](repeating: 0, count: 16) + length + credential + (try coseKey())
        let data = head(flags | 0x40) + attested + tail
        let object =
            [0xA3] + Self.text("fmt") + Self.text(format) + Self.text("attStmt") + statement + Self.text("authData")
            + Self.bytes(data)
        return PasskeyAnswer(
            credential: credential,
            clientData: clientData(type ?? "webauthn.create", challenge),
            authenticator: object
        )
    }

    func sign(_ challenge: String) throws -> PasskeyAnswer {
        let (data, client) = (head(flags) + tail, clientData(type ?? "webauthn.get", challenge))
        return PasskeyAnswer(
            credential: credential,
            clientData: client,
            authenticator: data,
            signature: try signature(over: data + Digest(of: client).bytes),
            userHandle: userHandle
        )
    }

    func signature(over message: [UInt8]) throws -> [UInt8] {
        switch key {
        case .es256(let key): Array(try key.signature(for: message).derRepresentation)
        case .edDSA(let key): Array(try key.signature(for: message))
        case .rs256(let key):
            Array(try key.signature(for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5).rawRepresentation)
        }
    }

    private func head(_ flags: UInt8) -> [UInt8] {
        Digest(of: site).bytes + [flags] + (0..<4).map { UInt8(truncatingIfNeeded: signCount >> (24 - 8 * $0)) }
    }

    private func clientData(_ type: String, _ challenge: String) -> [UInt8] {
        Array("{\"type\":\"\(type)\",\"challenge\":\"\(challenge)\",\"origin\":\"\(origin)\"\(extraClientData)}".utf8)
    }

    // MARK: - Encoding

    func coseKey() throws -> [UInt8] {
        switch key {
        case .es256(let key):
            let point = Array(key.publicKey.rawRepresentation)
            return [0xA5, 0x01, 0x02, 0x03] + Self.integer(claimedAlgorithm ?? -7) + [0x20, 0x01, 0x21]
                + Self.bytes(Array(point[..<32])) + [0x22] + Self.bytes(Array(point[32...]))
        case .edDSA(let key):
            return [0xA4, 0x01, 0x01, 0x03] + Self.integer(claimedAlgorithm ?? -8) + [0x20, 0x06, 0x21]
                + Self.bytes(Array(key.publicKey.rawRepresentation))
        case .rs256(let key):
            let numbers = try key.publicKey.getKeyPrimitives()
            return [0xA4, 0x01, 0x03, 0x03] + Self.integer(claimedAlgorithm ?? -257) + [0x20]
                + Self.bytes(Array(numbers.modulus)) + [0x21] + Self.bytes(Array(numbers.publicExponent))
        }
    }

    static func integer(_ value: Int) -> [UInt8] {
        value >= 0 ? header(0, value) : header(1, -1 - value)
    }

    static func bytes(_ bytes: [UInt8]) -> [UInt8] { header(2, bytes.count) + bytes }

    static func text(_ text: String) -> [UInt8] { header(3, text.utf8.count) + Array(text.utf8) }

    private static func header(_ kind: UInt8, _ value: Int) -> [UInt8] {
        switch value {
        case ..<24: [kind << 5 | UInt8(value)]
        case ..<256: [kind << 5 | 24, UInt8(value)]
        default: [kind << 5 | 25, UInt8(value >> 8), UInt8(value & 255)]
        }
    }
}
