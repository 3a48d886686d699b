// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel

/// What a passkey ceremony is for; a challenge of one is none for another.
public enum PasskeyPurpose: String, Sendable {
    case signIn
    case registration
    case proof
}

/// A challenge that is good for five minutes, one purpose and one browser, and that the server needs not remember
/// until it is used: random bytes and the time under a code keyed with the installation's key. Used ones are kept
/// until they would have ended, so that each counts once.
struct PasskeyChallenge: Sendable {
    static let lifetimeSeconds: Int64 = 300
    private static let randomBytes = 24
    private static let timeBytes = 8

    let text: String
    let expiresAt: Instant

    /// A new one.
    init(for purpose: PasskeyPurpose, binding: String, key: [UInt8], at now: Instant, random: RandomSource) {
        expiresAt = now.adding(seconds: Self.lifetimeSeconds)
        let time = expiresAt.microseconds
        let head = random.bytes(Self.randomBytes) + (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) }
        text = (head + Self.code(head, purpose, binding, key)).base64URL
    }

    /// One that a browser shows; nil when it is none of ours, for another purpose or browser, or too old.
    init?(_ text: String, for purpose: PasskeyPurpose, binding: String, key: [UInt8], at now: Instant) {
        let headBytes = Self.randomBytes + Self.timeBytes
        guard text.utf8.count <= 128, let bytes = [UInt8](base64URL: text), bytes.count == headBytes + 32 else {
            return nil
        }
        let head = Array(bytes[..<headBytes])
        guard constantTimeEquals(Array(bytes[headBytes...]), Self.code(head, purpose, binding, key)) else { return nil }
        let time = head[Self.randomBytes...].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        expiresAt = Instant(microseconds: time)
        guard now < expiresAt else { return nil }
        self.text = text
    }

    private static func code(_ head: [UInt8], _ purpose: PasskeyPurpose, _ binding: String, _ key: [UInt8]) -> [UInt8] {
        let bound = Digest(of: "\(purpose.rawValue)|\(binding)").bytes
        return HMACSHA256.code(key: key, message: head + bound).bytes
    }
}
