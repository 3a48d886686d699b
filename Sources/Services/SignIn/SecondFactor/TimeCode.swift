// SPDX-License-Identifier: Apache-2.0

import Crypto
import Digests
import Kernel

/// Codes of an authenticator app: TOTP (RFC 6238) with HMAC-SHA1 and steps of 30 seconds, as every app knows them.
public enum TimeCode {
    /// Digits of a code.
    public static let digitCount = 6
    /// Seconds for which a code stands in the app.
    public static let stepSeconds: Int64 = 30
    /// Bytes of a secret: 160 bits (RFC 4226 §4).
    static let secretBytes = 20

    /// The number of the step at a moment.
    static func step(at moment: Instant) -> Int64 { moment.microseconds / 1_000_000 / stepSeconds }

    /// The code of a step, with leading zeros.
    static func code(_ secret: [UInt8], step: Int64, digits: Int = digitCount) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
        let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(hash[hash.count - 1] & 15)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        var modulus: UInt32 = 1
        for _ in 0..<digits { modulus *= 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code this is: the present one or a neighbour, and later than the last that was used; nil for
    /// none. A clock that is 30 seconds off is borne, one of two minutes is not.
    static func matchingStep(_ code: String, _ secret: [UInt8], at now: Instant, after last: Int64) -> Int64? {
        let (present, given) = (step(at: now), Array(code.utf8))
        var found: Int64?
        // All three are compared, so that the time says nothing of which it was.
        for candidate in [present - 1, present, present + 1] {
            let isEqual = constantTimeEquals(Array(Self.code(secret, step: candidate).utf8), given)
            if isEqual, candidate > last { found = candidate }
        }
        return found
    }

    /// What a person typed, without the blanks that apps show; nil when it is no code of six digits.
    static func normalised(_ typed: String) -> String? {
        let digits = typed.filter { !$0.isWhitespace }
        guard digits.utf8.count == digitCount, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits
    }

    /// The secret as it is typed into an app: base 32 of RFC 4648 in groups of four.
    static func text(of secret: [UInt8]) -> String {
        let letters = Base32Text.encode(secret)
        return stride(from: 0, to: letters.count, by: 4).map { start in
            String(letters[start..<min(start + 4, letters.count)])
        }.joined(separator: " ")
    }
}

/// Base 32 of RFC 4648, as authenticator apps read it.
enum Base32Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    static func encode(_ bytes: [UInt8]) -> [Character] {
        var letters: [Character] = []
        var (buffer, bits): (UInt32, UInt32) = (0, 0)
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                letters.append(alphabet[Int(buffer >> bits & 31)])
            }
        }
        if bits > 0 { letters.append(alphabet[Int(buffer << (5 - bits) & 31)]) }
        return letters
    }
}
