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
        var members = field.jsonType
        members["title"] = .string(field.label)
        if let help = field.help { members["description"] = .string(help) }
        members["x-page"] = .string(page.id)
        if let prefill = field.prefill {
            members["x-prefilled-from"] = .string(prefill.source.rawValue)
            if prefill.isLocked { members["readOnly"] = true }
        }
        return .object(members)
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
        // What stands within a person, a row or an address is beyond what is said here.
        guard !test.field.contains(".") else { return nil }
        let type = form.field(test.field)?.type
        func answered(_ rule: JSONValue) -> JSONValue {
            ["properties": .object([test.field: rule]), "required": [.string(test.field)]]
        }
        let some: JSONValue = answered(
            type == .choices ? ["minItems": 1] : Self.isText(type) ? ["minLength": 1] : true
        )
        switch test.comparison {
        case .contains(let value): return answered(["contains": ["const": .string(value)]])
        case .isOneOf(let values) where type == .choices:
            return answered(["contains": ["enum": .words(values)]])
        case .isNoneOf(let values) where type == .choices:
            return ["allOf": [some, answered(["not": ["contains": ["enum": .words(values)]]])]]
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

    private static func isText(_ type: FieldType?) -> Bool {
        switch type {
        case .number, .money, .yesNo, .declaration, .unitAddress, .person, .group: false
        default: true
        }
    }

    /// A kept answer as a program sends it.
    private static func value(_ kept: String, of type: FieldType?) -> JSONValue {
        switch type {
        case .number, .money: Int64(kept).map { .integer($0) } ?? .string(kept)
        case .yesNo, .declaration: .bool(kept == YesNo.yes)
        default: .string(kept)
        }
    }
}
