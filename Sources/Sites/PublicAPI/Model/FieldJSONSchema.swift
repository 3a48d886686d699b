// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Journal
import Kernel

extension FormField {
    /// What a program sends as the answer, as a JSON Schema without title and page.
    var jsonType: [String: JSONValue] {
        switch type {
        case .number, .money:
            return JSONValue.record([
                "type": "integer", "minimum": (minimum ?? (type == .money ? 0 : nil)).map { .integer($0) },
                "maximum": maximum.map { .integer($0) },
            ]).members
        case .yesNo: return ["type": "boolean"]
        case .declaration: return required == .always ? ["type": "boolean", "const": true] : ["type": "boolean"]
        case .choice: return ["type": "string", "oneOf": jsonOptions]
        case .choices: return jsonChoices
        case .date: return ["type": "string", "format": "date"]
        case .nationalID: return ["type": "string", "pattern": "^[0-9]{12}$"]
        case .taxCode: return ["type": "string", "pattern": "^[0-9]{10}(-[0-9]{3})?$"]
        case .email: return jsonText.merging(["format": "email"]) { _, new in new }
        case .unitAddress: return jsonAddress
        case .person: return Self.jsonObject(members, named: { String($0.id.dropFirst(id.count + 1)) })
        case .group:
            return [
                "type": "array", "items": .object(Self.jsonObject(members, named: \.id)),
                "minItems": .integer(Int64(rowRange.lowerBound)), "maxItems": .integer(Int64(rowRange.upperBound)),
            ]
        case .text, .longText, .phone, .address, .note, .file: return jsonText
        }
    }

    private var jsonText: [String: JSONValue] {
        var text: [String: JSONValue] = ["type": "string", "maxLength": .integer(Int64(maxLength))]
        if required == .always { text["minLength"] = 1 }
        return text
    }

    private var jsonOptions: JSONValue {
        .array(options.map { ["const": .string($0.value), "title": .string($0.label)] })
    }

    private var jsonChoices: [String: JSONValue] {
        let least = max(minimum ?? 0, required == .always ? 1 : 0)
        return JSONValue.record([
            "type": "array", "items": ["type": "string", "oneOf": jsonOptions], "uniqueItems": true,
            "minItems": least == 0 ? nil : .integer(least), "maxItems": maximum.map { .integer($0) },
        ]).members
    }

    /// One line that ends in the names of commune and province, or the codes of the units with the rest.
    private var jsonAddress: [String: JSONValue] {
        let code: JSONValue = ["type": "string", "pattern": "^[0-9]{2,5}$"]
        let parts: JSONValue = [
            "type": "object", "required": ["province", "commune"], "additionalProperties": false,
            "properties": ["province": code, "commune": code, "street": ["type": "string", "maxLength": 300]],
        ]
        return ["oneOf": [.object(jsonText), parts]]
    }

    private static func jsonObject(_ fields: [FormField], named name: (FormField) -> String) -> [String: JSONValue] {
        var properties: [String: JSONValue] = [:]
        for field in fields {
            properties[name(field)] = .object(field.jsonType.merging(["title": .string(field.label)]) { old, _ in old })
        }
        // What the account fills need not be sent; what hangs on other answers the server says.
        let required = fields.filter { $0.required == .always && $0.visibleWhen == nil && $0.prefill == nil }.map(name)
        return [
            "type": "object", "properties": .object(properties), "required": .words(required),
            "additionalProperties": false,
        ]
    }
}
