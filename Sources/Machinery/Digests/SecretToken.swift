// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// A random secret that its holder shows and we keep only as a digest: session ids, links, API secrets.
public struct SecretToken: Sendable {
    /// How many random bits a token has.
    public enum Strength: Int, Sendable {
        /// For what is printed or typed from a QR code.
        case bits128 = 16
        /// For sessions and API secrets.
        case bits256 = 32
    }

    /// The secret as text: base 64 for URLs, 22 or 43 characters.
    public let text: String

    /// A new token.
    public init(_ strength: Strength, from random: RandomSource) {
        text = random.bytes(strength.rawValue).base64URL
    }

    /// A token that someone shows; nil when the text cannot be one.
    public init?(_ text: String) {
        guard text.utf8.count <= 43, let bytes = [UInt8](base64URL: text), Strength(rawValue: bytes.count) != nil else {
            return nil
        }
        self.text = text
    }

    /// What is stored. The secret has too many bits to be guessed, so a plain SHA-256 is enough.
    public var digest: Digest { Digest(of: text) }
}
