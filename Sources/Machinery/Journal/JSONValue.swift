// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A value of JSON with one text for each value (RFC 8785), so that it can be hashed.
///
/// Numbers are whole: money, counts and moments are; what is not belongs in a text.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Whole numbers beyond this are not exact in every reader (RFC 8785 §3.2.2.3): 2⁵³ − 1.
    public static let largestInteger: Int64 = 9_007_199_254_740_991

    /// Any value that can be encoded. Throws `EncodingError`, or `DecodingError` for fractions and huge numbers.
    public init(encoding value: some Encodable) throws {
        try self.init(parsing: String(decoding: JSONEncoder().encode(value), as: UTF8.self))
    }

    /// Reads a text of JSON. Throws `DecodingError` when it is none, or holds a fraction or a huge number.
    public init(parsing text: String) throws {
        self = try JSONReader.value(of: text)
    }

    /// The value as one of these. Throws `DecodingError` when it does not fit.
    public func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(canonicalText.utf8))
    }

    /// The value of a key; nil when there is none, or this is no object.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The text of RFC 8785: no spaces, members in the order of their keys' UTF-16 units.
    public var canonicalText: String {
        var text: [UInt8] = []
        write(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private func write(to text: inout [UInt8]) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let value): text += (value ? "true" : "false").utf8
        case .integer(let value): text += String(value).utf8
        case .string(let value): JSONValue.quote(value, to: &text)
        case .array(let values):
            text.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                value.write(to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                JSONValue.quote(member.key, to: &text)
                text.append(UInt8(ascii: ":"))
                member.value.write(to: &text)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    /// Adds a text in quotes, with only those escapes that must be.
    static func quote(_ value: String, to text: inout [UInt8]) {
        unsafe value.utf8.span.withUnsafeBufferPointer { letters in
            text.append(UInt8(ascii: "\""))
            if unsafe letters.contains(where: mustBeEscaped) {
                for byte in value.utf8 { if mustBeEscaped(byte) { escape(byte, to: &text) } else { text.append(byte) } }
            } else {
                unsafe text.append(contentsOf: letters)
            }
            text.append(UInt8(ascii: "\""))
        }
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }

    private static func escape(_ byte: UInt8, to text: inout [UInt8]) {
        switch byte {
        case 0x22: text += "\\\"".utf8
        case 0x5C: text += "\\\\".utf8
        case 0x08: text += "\\b".utf8
        case 0x09: text += "\\t".utf8
        case 0x0A: text += "\\n".utf8
        case 0x0C: text += "\\f".utf8
        case 0x0D: text += "\\r".utf8
        default:
            let digits = String(byte, radix: 16)
            text += "\\u00\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8
        }
    }
}

// MARK: - Reading and writing

extension JSONValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Each `try?` asks whether the value has that shape; the last one says what is wrong.
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {  // a question
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {  // a question
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self),  // a question
            value.magnitude <= JSONValue.largestInteger
        {
            self = .integer(value)
        } else if let value = try? container.decode([String: JSONValue].self) {  // a question
            self = .object(value)
        } else {
            self = .array(try container.decode([JSONValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

// No literal `nil`: where a value may be missing it would be taken for `.null`.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}
