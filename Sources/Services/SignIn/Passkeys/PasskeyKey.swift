// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras

/// The public key of a passkey in COSE form (RFC 9052, 9053, 8812), of one of three kinds.
struct PasskeyKey: Sendable, Equatable {
    /// The kinds that we take; the numbers are those of the IANA registry.
    enum Algorithm: Int, Sendable, CaseIterable {
        /// Ed25519.
        case edDSA = -8
        /// ECDSA on P-256 with SHA-256.
        case es256 = -7
        /// RSA PKCS #1 v1.5 with SHA-256: Windows Hello on machines with an older TPM.
        case rs256 = -257
    }

    let algorithm: Algorithm
    private let first: [UInt8]
    private let second: [UInt8]

    /// An RSA key has 2,048 to 4,096 bits.
    private static let modulusBytes = 256...512

    /// Reads a key; nil when it is none, of another kind, or no point of its curve.
    init?(_ cose: CBOR) {
        guard let number = Self.integer(cose[.integer(3)]), let algorithm = Algorithm(rawValue: number) else {
            return nil
        }
        let (kind, curve) = (Self.integer(cose[.integer(1)]), cose[.integer(-1)])
        let x = cose[.integer(-2)]?.byteString
        switch algorithm {
        case .edDSA:
            guard kind == 1, Self.integer(curve) == 6, let x, x.count == 32 else { return nil }
            (first, second) = (x, [])
        case .es256:
            guard kind == 2, Self.integer(curve) == 1, let x, x.count == 32,
                let y = cose[.integer(-3)]?.byteString, y.count == 32
            else { return nil }
            (first, second) = (x, y)
        case .rs256:
            guard kind == 3, let modulus = curve?.byteString, Self.modulusBytes.contains(modulus.count),
                modulus[0] != 0, x == [1, 0, 1]
            else { return nil }
            (first, second) = (modulus, [1, 0, 1])
        }
        self.algorithm = algorithm
        guard isUsable else { return nil }
    }

    private static func integer(_ value: CBOR?) -> Int? {
        switch value {
        case .unsigned(let value)?: Int(exactly: value)
        case .negative(let value)?: Int(exactly: value).map { -1 - $0 }
        default: nil
        }
    }

    private var isUsable: Bool {
        do {
            switch algorithm {
            case .edDSA: _ = try Curve25519.Signing.PublicKey(rawRepresentation: first)
            case .es256: _ = try P256.Signing.PublicKey(rawRepresentation: first + second)
            case .rs256: _ = try _RSA.Signing.PublicKey(n: first, e: second)
            }
            return true
        } catch {
            return false
        }
    }

    /// Whether the signature is one of this key over the message.
    func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        do {
            switch algorithm {
            case .edDSA:
                return try Curve25519.Signing.PublicKey(rawRepresentation: first)
                    .isValidSignature(signature, for: message)
            case .es256:
                return try P256.Signing.PublicKey(rawRepresentation: first + second)
                    .isValidSignature(P256.Signing.ECDSASignature(derRepresentation: signature), for: message)
            case .rs256:
                return try _RSA.Signing.PublicKey(n: first, e: second).isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: signature),
                    for: SHA256.hash(data: message),
                    padding: .insecurePKCS1v1_5
                )
            }
        } catch {
            return false
        }
    }
}
