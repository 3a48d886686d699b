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
        self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
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
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .string(let value): text += JSONValue.quoted(value)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (index, member) in sorted.enumerated() {
                text += index > 0 ? "," : ""
                text += JSONValue.quoted(member.key) + ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    /// A text in quotes, with only those escapes that must be.
    static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar.value {
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x08: text += "\\b"
            case 0x09: text += "\\t"
            case 0x0A: text += "\\n"
            case 0x0C: text += "\\f"
            case 0x0D: text += "\\r"
            case 0..<0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
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
