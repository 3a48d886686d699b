// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel

/// Codes for the day on which the phone is lost: ten, shown once, each good for one sign-in.
enum RecoveryCode {
    /// How many an officer gets at a time.
    static let count = 10
    /// Letters and digits of a code: 80 bits in groups of four.
    private static let letterCount = 16

    /// A new code: `7q2m-xk4d-0rhe-9vtz`.
    static func generated(from random: RandomSource) -> String {
        let letters = Array(Identifier<PendingOfficer>(random).rawValue.prefix(letterCount))
        return stride(from: 0, to: letterCount, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }

    /// What a person typed as a code is written; nil when it can be none.
    static func normalised(_ typed: String) -> String? {
        let letters = typed.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard letters.utf8.count == letterCount, typed.utf8.count <= 64 else { return nil }
        // Letters that the alphabet leaves out are taken for the digits that they look like (Crockford).
        return String(letters.map { ["o": "0", "i": "1", "l": "1"][$0] ?? $0 })
    }

    /// What is stored: keyed with the installation's key, so that the table alone lets nobody try codes.
    static func digest(_ normalised: String, of officer: String, key: [UInt8]) -> Digest {
        HMACSHA256.code(key: key, message: Array("\(officer)|\(normalised)".utf8))
    }
}
