// SPDX-License-Identifier: Apache-2.0

internal import Crypto
import FoundationEssentials
public import Kernel

/// Encrypts small secrets that the program must read again (AES-256-GCM), each bound to what it belongs to.
///
/// The key is derived from one of the installation for one purpose (HKDF-SHA256), so that what is sealed for one
/// purpose opens for no other.
public struct SecretSeal: Sendable {
    private static let nonceBytes = 12
    /// Secrets are keys of a few dozen bytes; anything longer is a mistake.
    private static let secretLimitBytes = 1_024

    private let key: [UInt8]
    private let random: RandomSource

    /// A seal for one purpose.
    ///
    /// - Parameters:
    ///   - installationKey: 32 secret bytes that stand outside the database.
    ///   - purpose: such as `time-code`.
    ///   - random: for nonces.
    public init(installationKey: [UInt8], purpose: String, random: RandomSource) {
        precondition(installationKey.count == 32, "an installation's key has 32 bytes")
        key = Self.derived(from: installationKey, purpose: purpose)
        self.random = random
    }

    /// The secret, encrypted; opens only with the same words of what it belongs to.
    public func seal(_ secret: [UInt8], of owner: String) -> [UInt8] {
        precondition(secret.count <= Self.secretLimitBytes, "a secret is short")
        do {
            let nonce = try AES.GCM.Nonce(data: random.bytes(Self.nonceBytes))
            let box = try AES.GCM.seal(
                secret,
                using: SymmetricKey(data: key),
                nonce: nonce,
                authenticating: Array(owner.utf8)
            )
            return Array(nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            // Key and nonce have the right length by construction: nothing is left that could be refused.
            preconditionFailure("a short secret can be sealed: \(error)")
        }
    }

    /// The secret behind sealed bytes; nil when the key, the owner or a byte is another.
    public func open(_ sealed: [UInt8], of owner: String) -> [UInt8]? {
        guard sealed.count <= Self.secretLimitBytes + 28 else { return nil }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return Array(try AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: Array(owner.utf8)))
        } catch {
            return nil
        }
    }

    /// 32 bytes for one purpose from a key of the installation.
    public static func derived(from installationKey: [UInt8], purpose: String) -> [UInt8] {
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: installationKey),
            info: Array("mot-cua:\(purpose)".utf8),
            outputByteCount: 32
        )
        return unsafe derived.withUnsafeBytes { unsafe Array($0) }
    }
}
