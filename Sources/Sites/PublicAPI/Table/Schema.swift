// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel

/// The shape of a JSON value: as much of JSON Schema 2020-12 as the API speaks. The same value writes the document and
/// checks what arrives, so that the two cannot differ.
struct Schema: Sendable {
    indirect enum Kind: Sendable {
        case text(length: ClosedRange<Int>, pattern: String?, format: String?)
        case word([String])
        case whole(ClosedRange<Int64>)
        case truth
        case list(Schema, count: ClosedRange<Int>)
        case object([Property])
        /// An object whose keys are not known beforehand.
        case map(Schema, count: ClosedRange<Int>)
        /// Text, whole number or truth, several of them, or parts and rows by name: an answer to a field of a form.
        case answer
        /// Any object, such as a schema of a form.
        case anyObject
        /// One of the named schemas of the document.
        case named(String)
    }

    /// One key of an object.
    struct Property: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool
    }

    var kind: Kind
    /// What it means, for the reader of the document.
    var note: String?
    /// Whether it may be null.
    var isNullable = false

    // MARK: - Making one

    static func text(
        _ length: ClosedRange<Int> = 0...10_000,
        pattern: String? = nil,
        format: String? = nil,
        note: String? = nil
    ) -> Schema {
        Schema(kind: .text(length: length, pattern: pattern, format: format), note: note)
    }

    static func word(_ words: [String], note: String? = nil) -> Schema { Schema(kind: .word(words), note: note) }

    static func whole(_ range: ClosedRange<Int64> = 0...JSONValue.largestInteger, note: String? = nil) -> Schema {
        Schema(kind: .whole(range), note: note)
    }

    static func truth(note: String? = nil) -> Schema { Schema(kind: .truth, note: note) }

    static func list(_ item: Schema, _ count: ClosedRange<Int> = 0...10_000, note: String? = nil) -> Schema {
        Schema(kind: .list(item, count: count), note: note)
    }

    static func map(_ item: Schema, _ count: ClosedRange<Int> = 0...500, note: String? = nil) -> Schema {
        Schema(kind: .map(item, count: count), note: note)
    }

    static func object(_ properties: Property..., note: String? = nil) -> Schema {
        Schema(kind: .object(properties), note: note)
    }

    static func named(_ name: String) -> Schema { Schema(kind: .named(name)) }

    /// A moment with its zone.
    static func moment(note: String? = nil) -> Schema { text(20...40, format: "date-time", note: note) }

    /// This, or null.
    var orNull: Schema {
        var copy = self
        copy.isNullable = true
        return copy
    }
}

extension Schema.Property {
    /// A key that is always there.
    static func always(_ name: String, _ schema: Schema) -> Schema.Property {
        Schema.Property(name: name, schema: schema, isRequired: true)
    }

    /// A key that may be left out.
    static func maybe(_ name: String, _ schema: Schema) -> Schema.Property {
        Schema.Property(name: name, schema: schema, isRequired: false)
    }
}

// MARK: - Writing

extension Schema {
    /// The schema as it stands in the document. What is asked is closed: an unknown key is refused. What is answered is
    /// open: keys may be added later.
    func json(isClosed: Bool = true) -> JSONValue {
        var members = keywords(isClosed)
        if isNullable, let type = members["type"] { members["type"] = .array([type, "null"]) }
        if let note { members["description"] = .string(note) }
        return .object(members)
    }

    private func keywords(_ isClosed: Bool) -> [String: JSONValue] {
        switch kind {
        case .text(let length, let pattern, let format):
            var members: [String: JSONValue] = ["type": "string", "maxLength": .integer(Int64(length.upperBound))]
            if length.lowerBound > 0 { members["minLength"] = .integer(Int64(length.lowerBound)) }
            if let pattern { members["pattern"] = .string("^\(pattern)$") }
            if let format { members["format"] = .string(format) }
            return members
        case .word(let words): return ["type": "string", "enum": .array(words.map { .string($0) })]
        case .whole(let range):
            return [
                "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ]
        case .truth: return ["type": "boolean"]
        case .list(let item, let count):
            return [
                "type": "array", "items": item.json(isClosed: isClosed), "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ]
        case .map(let item, let count):
            return [
                "type": "object", "additionalProperties": item.json(isClosed: isClosed),
                "maxProperties": .integer(Int64(count.upperBound)),
            ]
        case .object(let properties):
            let shapes = properties.map { ($0.name, $0.schema.json(isClosed: isClosed)) }
            var members: [String: JSONValue] = [
                "type": "object",
                "properties": .object(Dictionary(uniqueKeysWithValues: shapes)),
                "required": .array(properties.filter(\.isRequired).map { .string($0.name) }),
            ]
            if isClosed { members["additionalProperties"] = false }
            return members
        case .answer:
            return [
                "type": ["string", "integer", "boolean", "array", "object"],
                "maxLength": .integer(Int64(Self.answerLimit)), "maxItems": .integer(Int64(Self.answerParts)),
                "maxProperties": .integer(Int64(Self.answerParts)),
            ]
        case .anyObject: return ["type": "object"]
        case .named(let name): return ["$ref": .string("#/components/schemas/\(name)")]
        }
    }

    /// Most parts of one answer: ticked options, rows, fields of a row.
    static let answerParts = 50
    /// Most letters of one answer.
    static let answerLimit = 10_000
}
