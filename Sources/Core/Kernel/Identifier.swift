// SPDX-License-Identifier: Apache-2.0

/// The random id of one `Subject`: 128 bits as 26 lower-case letters and digits (Crockford base 32).
///
/// Ids of different subjects are different types: a session's id cannot be passed where an account's is asked.
public struct Identifier<Subject>: RawRepresentable, Hashable, Sendable {
    /// The text form; free of personal data, safe in a URL.
    public let rawValue: String

    /// Accepts 1 to 64 characters of a–z, 0–9, `-`, `_`, `.` and `:`; nil otherwise.
    public init?(rawValue: String) {
        let allowed = rawValue.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95 || byte == 46
                || byte == 58
        }
        guard allowed, (1...64).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    /// A new id from 128 random bits.
    public init(_ random: RandomSource) {
        rawValue = Base32.encode(random.bytes(16))
    }
}

extension Identifier: CustomStringConvertible {
    public var description: String { rawValue }
}

extension Identifier: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Identifier(rawValue: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an id")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Crockford's base 32 in lower case: no letters that are taken for digits.
enum Base32 {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
