// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Journal

/// The language of packs as a JSON Schema 2020-12, for editors that complete and explain while a pack is written.
///
/// It is drawn from the table of keys. What hangs on other parts of the pack only the checker knows.
public enum PackJSONSchema {
    /// What `motcua check --schema` prints, and `docs/packs.schema.json` holds.
    public static var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(document), as: UTF8.self)
        } catch {
            preconditionFailure("a value of JSON can be written: \(error)")
        }
    }

    private static var document: JSONValue {
        let sections = PackSection.procedure.family.map { ($0.name, schema(of: $0)) }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$comment": "Written by `motcua check --schema` from the table of keys; docs/packs.md explains it.",
            "title": "Gói thủ tục của Một Cửa",
            "$ref": .string(reference(to: .procedure)),
            "$defs": .object(Dictionary(sections) { first, _ in first }),
        ]
    }

    private static func reference(to section: PackSection) -> String { "#/$defs/\(section.name)" }

    // MARK: - Sections

    private static func schema(of section: PackSection) -> JSONValue {
        let properties = section.keys.map { ($0.name, schema(of: $0)) }
        var members: [String: JSONValue] = [
            "title": .string(section.title),
            "type": "object",
            "properties": .object(Dictionary(properties) { first, _ in first }),
            "additionalProperties": false,
        ]
        let required = section.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members["required"] = .array(required) }
        if !section.choices.isEmpty { members["allOf"] = .array(section.choices.map(schema)) }
        return .object(members)
    }

    private static func schema(of choice: PackChoice) -> JSONValue {
        let each: JSONValue = .array(choice.keys.map { ["required": [.string($0)]] })
        guard let beside = choice.beside else { return ["oneOf": each] }
        return ["if": ["required": [.string(beside)]], "then": ["oneOf": each], "else": ["not": ["anyOf": each]]]
    }

    private static func schema(of key: PackKey) -> JSONValue {
        var members = schema(of: key.value)
        members["title"] = .string(key.label)
        if let help = key.help { members["description"] = .string(help) }
        return .object(members)
    }

    // MARK: - Values

    /// An editor reads `1.001193` as a number and `true` as a truth value where the reader of packs reads a text.
    private static let scalar: JSONValue = ["string", "number", "boolean"]

    private static func schema(of value: PackValue) -> [String: JSONValue] {
        let most: JSONValue = .integer(Int64(value.characterLimit))
        func text(_ pattern: String) -> [String: JSONValue] {
            ["type": "string", "pattern": .string(pattern), "maxLength": most]
        }
        return switch value {
        case .text: ["type": scalar, "minLength": 1, "maxLength": most]
        case .code: ["type": ["string", "number"], "pattern": "^[A-Za-z0-9._-]+$", "maxLength": most]
        case .identifier, .reference: text("^[a-z][a-zA-Z0-9]*$")
        case .word(let words): ["oneOf": .array(words.map(schema))]
        case .yesNo: ["enum": ["yes", "no", true, false]]
        case .yes: ["enum": ["yes", true]]
        case .integer(let range): bounds(range)
        case .day: text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        case .time: text("^[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2})?$")
        case .moment: text("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{1,2}:[0-9]{1,2}")
        case .numberPattern: text("\\{seq(:[0-9]+)?\\}")
        case .file(let endings): text("\\.(\(endings.joined(separator: "|")))$")
        case .answers: ["type": "object", "additionalProperties": ["type": scalar]]
        case .condition: ["$ref": .string(reference(to: .condition))]
        case .dayBound: ["anyOf": [["const": "today"], .object(schema(of: .day)), dayReference]]
        case .section(let section): ["$ref": .string(reference(to: section()))]
        case .list(let element): list(of: element)
        }
    }

    private static var dayReference: JSONValue { ["$ref": .string(reference(to: .day))] }

    private static func list(of element: PackValue) -> [String: JSONValue] {
        ["type": "array", "items": .object(schema(of: element)), "maxItems": .integer(Int64(PackValue.listLimit))]
    }

    private static func schema(of word: PackWord) -> JSONValue {
        var members: [String: JSONValue] = ["const": .string(word.name), "title": .string(word.vietnamese)]
        if let help = word.help { members["description"] = .string(help) }
        return .object(members)
    }

    private static func bounds(_ range: ClosedRange<Int64>) -> [String: JSONValue] {
        var members: [String: JSONValue] = ["type": "integer"]
        if range.lowerBound > Int64.min { members["minimum"] = .integer(range.lowerBound) }
        if range.upperBound < Int64.max { members["maximum"] = .integer(range.upperBound) }
        return members
    }
}
