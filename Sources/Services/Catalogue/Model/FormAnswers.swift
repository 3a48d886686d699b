// SPDX-License-Identifier: Apache-2.0

/// What a person has filled in: field id → text, in the order of filling.
///
/// Canonical values are text: a day `yyyy-MM-dd`, a number in digits, a yes/no as `yes` or `no`, a choice by its
/// value. The parts of a typed day arrive as `birthDate.day`, `birthDate.month`, `birthDate.year`.
public struct FormAnswers: Hashable, Sendable {
    /// More answers than this are not kept: a form has at most 300 fields, a day three parts.
    public static let countLimit = 500
    /// Longest kept answer in UTF-8 bytes: one letter of four bytes more than the 10,000 of the longest field, so that
    /// what is cut here is still told to be too long.
    public static let byteLimit = 40_004

    private var order: [String] = []
    private var values: [String: String] = [:]

    /// No answers.
    public init() {}

    /// These answers, in this order; a repeated id keeps its last value.
    public init(_ pairs: [(String, String)]) {
        for (id, value) in pairs { self[id] = value }
    }

    /// Ids in the order of filling.
    public var ids: [String] { order }
    /// How many answers there are.
    public var count: Int { order.count }
    /// Whether there is none.
    public var isEmpty: Bool { order.isEmpty }
    /// Ids and answers in the order of filling.
    public var pairs: [(id: String, value: String)] { order.map { ($0, values[$0] ?? "") } }

    /// The answer of a field; setting nil takes it away. A new answer beyond `countLimit` is not kept, of
    /// one longer than `byteLimit` the beginning.
    public subscript(id: String) -> String? {
        get { values[id] }
        set {
            guard let newValue else {
                if values.removeValue(forKey: id) != nil { order.removeAll { $0 == id } }
                return
            }
            if values[id] == nil {
                guard order.count < FormAnswers.countLimit else { return }
                order.append(id)
            }
            values[id] = FormAnswers.beginning(of: newValue)
        }
    }

    private static func beginning(of value: String) -> String {
        guard value.utf8.count > byteLimit else { return value }
        var (kept, bytes) = (String.UnicodeScalarView(), 0)
        for scalar in value.unicodeScalars {
            bytes += UTF8.width(scalar)
            guard bytes <= byteLimit else { break }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// These answers with `others` put over them.
    public func merging(_ others: FormAnswers) -> FormAnswers {
        var merged = self
        for (id, value) in others.pairs { merged[id] = value }
        return merged
    }

    public static func == (left: FormAnswers, right: FormAnswers) -> Bool { left.values == right.values }

    public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

// MARK: - JSON

extension FormAnswers: Codable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
            self[key.stringValue] = try container.decode(String.self, forKey: key)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (id, value) in pairs { try container.encode(value, forKey: Key(stringValue: id)) }
    }

    /// One object without spaces, keys in the order of their UTF-8 bytes, every value a string: equal answers give
    /// equal bytes, whatever the order of filling.
    public var canonicalJSON: String {
        var text = "{"
        for (index, id) in order.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }).enumerated() {
            if index > 0 { text += "," }
            text += FormAnswers.quoted(id) + ":" + FormAnswers.quoted(values[id] ?? "")
        }
        return text + "}"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}":
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
