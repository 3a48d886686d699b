// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Journal
import Kernel

/// A form of a pack as a JSON Schema 2020-12 of its answers, for a program that wants to ask them itself.
///
/// What hangs on other answers stands in `allOf` as `if` and `then`. Comparisons of days are beyond JSON Schema: such a
/// rule is left out, and the server says what is wrong. A field that its conditions hide is neither asked nor checked.
struct FormJSONSchema {
    let form: FormSchema
    let title: String

    var json: JSONValue {
        var properties: [String: JSONValue] = [:]
        var required: [String] = []
        var rules: [JSONValue] = []
        for page in form.pages {
            for field in page.fields where field.type.isAsked {
                properties[field.id] = property(field, page)
                let shown = [page.visibleWhen, field.visibleWhen].compactMap { $0 }
                switch field.required {
                case .never: break
                case _ where field.prefill != nil: break  // the account fills it; the server says so where it cannot
                case .always where shown.isEmpty: required.append(field.id)
                case .always: rules += rule(field, shown)
                case .when(let condition): rules += rule(field, shown + [condition])
                }
            }
        }
        return .record([
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": .string(title),
            "type": "object",
            "properties": .object(properties),
            "required": .words(required),
            "additionalProperties": false,
            "allOf": rules.isEmpty ? nil : .array(rules),
            "$comment": form.declaration.isEmpty ? nil : .string(form.declaration),
        ])
    }

    // MARK: - Fields

    private func property(_ field: FormField, _ page: FormPage) -> JSONValue {
        var members = Self.type(of: field)
        members["title"] = .string(field.label)
        if let help = field.help { members["description"] = .string(help) }
        members["x-page"] = .string(page.id)
        if let prefill = field.prefill {
            members["x-prefilled-from"] = .string(prefill.source.rawValue)
            if prefill.isLocked { members["readOnly"] = true }
        }
        return .object(members)
    }

    private static func type(of field: FormField) -> [String: JSONValue] {
        var text: [String: JSONValue] = ["type": "string", "maxLength": .integer(Int64(field.maxLength))]
        if field.required == .always { text["minLength"] = 1 }
        switch field.type {
        case .number:
            return JSONValue.record([
                "type": "integer", "minimum": field.minimum.map { .integer($0) },
                "maximum": field.maximum.map { .integer($0) },
            ]).members
        case .yesNo: return ["type": "boolean"]
        case .declaration: return field.required == .always ? ["type": "boolean", "const": true] : ["type": "boolean"]
        case .choice:
            let options = field.options.map { option -> JSONValue in
                ["const": .string(option.value), "title": .string(option.label)]
            }
            return ["type": "string", "oneOf": .array(options)]
        case .date: return ["type": "string", "format": "date"]
        case .nationalID: return ["type": "string", "pattern": "^[0-9]{12}$"]
        case .email:
            text["format"] = "email"
            return text
        case .text, .longText, .phone, .address, .note: return text
        }
    }

    // MARK: - Conditions

    /// The field is required where all of these hold; nothing where they cannot be said in JSON Schema.
    private func rule(_ field: FormField, _ conditions: [Condition]) -> [JSONValue] {
        let said = conditions.map { schema(of: $0) }
        guard said.allSatisfy({ $0 != nil }) else { return [] }
        return [["if": ["allOf": .array(said.compactMap { $0 })], "then": ["required": [.string(field.id)]]]]
    }

    /// The answers that satisfy a condition; nil when that cannot be said exactly.
    func schema(of condition: Condition) -> JSONValue? {
        switch condition {
        case .all(let parts): return schemas(of: parts).map { $0.isEmpty ? true : ["allOf": .array($0)] }
        case .any(let parts): return schemas(of: parts).map { $0.isEmpty ? false : ["anyOf": .array($0)] }
        case .not(let part): return schema(of: part).map { ["not": $0] }
        case .channel(let channels): return .bool(channels.contains(.online))
        case .field(let test): return schema(of: test)
        }
    }

    private func schemas(of conditions: [Condition]) -> [JSONValue]? {
        let said = conditions.compactMap { schema(of: $0) }
        return said.count == conditions.count ? said : nil
    }

    private func schema(of test: FieldTest) -> JSONValue? {
        let type = form.field(test.field)?.type
        func answered(_ rule: JSONValue) -> JSONValue {
            ["properties": .object([test.field: rule]), "required": [.string(test.field)]]
        }
        let some: JSONValue = answered(
            type == .number || type == .yesNo || type == .declaration ? true : ["minLength": 1]
        )
        switch test.comparison {
        case .isOneOf(let values): return answered(["enum": .array(values.map { Self.value($0, of: type) })])
        case .isNoneOf(let values):
            return ["allOf": [some, answered(["not": ["enum": .array(values.map { Self.value($0, of: type) })]])]]
        case .isAnswered(let expected): return expected ? some : ["not": some]
        case .number(.less, let bound): return answered(["exclusiveMaximum": .integer(bound)])
        case .number(.lessOrEqual, let bound): return answered(["maximum": .integer(bound)])
        case .number(.greaterOrEqual, let bound): return answered(["minimum": .integer(bound)])
        case .number(.greater, let bound): return answered(["exclusiveMinimum": .integer(bound)])
        case .day: return nil
        }
    }

    /// A kept answer as a program sends it.
    private static func value(_ kept: String, of type: FieldType?) -> JSONValue {
        switch type {
        case .number: Int64(kept).map { .integer($0) } ?? .string(kept)
        case .yesNo, .declaration: .bool(kept == YesNo.yes)
        default: .string(kept)
        }
    }
}
