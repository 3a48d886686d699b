// SPDX-License-Identifier: Apache-2.0

import Kernel

// Conditions as rows: one level of "all" or "any". What is deeper stays text.
extension PackQuestion {
    /// The boxes of a row.
    static let parts = ["field", "test", "value"]
    /// The name under which the channel stands among the fields.
    private static let channel = "channel"
    private static let rowLimit = 8
    private static let dayTests: Set<String> = ["before", "notAfter", "notBefore", "after"]

    static func conditionControl(_ value: PackTree?, _ names: PackNames) -> Control {
        let rows = value.map { (parts(of: $0)?.parts.count ?? 0) + 1 } ?? 1
        let fields = [Option(channel, "Kênh nộp")] + names.options(.field)
        return .condition(rows: min(max(rows, 2), rowLimit), fields: fields, tests: tests)
    }

    /// The comparisons in the words of the language's table.
    private static let tests: [Option] = {
        let names = PackSection.condition.choices.first { $0.beside == "field" }?.keys ?? []
        return names.compactMap { name in PackSection.condition.key(name).map { Option(name, $0.label) } }
    }()

    private static func parts(of value: PackTree) -> (mode: String, parts: [PackTree])? {
        for mode in ["all", "any"] {
            if let list = value[mode], value.entries.count == 1 {
                guard case .list(let parts) = list, !parts.isEmpty else { return nil }
                return (mode, parts)
            }
        }
        return ("all", [value])
    }

    static func conditionRows(_ value: PackTree, _ name: String, _ names: PackNames, limit: Int) -> [String: [String]]?
    {
        guard let (mode, parts) = parts(of: value), parts.count <= limit else { return nil }
        var typed = ["\(name).mode": [mode]]
        for (row, part) in parts.enumerated() {
            guard let (field, test, text) = Self.row(part, names) else { return nil }
            typed["\(name).\(row).field"] = [field]
            typed["\(name).\(row).test"] = [test]
            typed["\(name).\(row).value"] = [text]
        }
        return typed
    }

    private static func row(_ part: PackTree, _ names: PackNames) -> (String, String, String)? {
        if part.entries.count == 1, let list = part[channel], case .list(let items) = list {
            let words = items.compactMap(\.text)
            guard words.count == items.count else { return nil }
            return (channel, "oneOf", words.map { Channel(rawValue: $0)?.vietnamese ?? $0 }.joined(separator: "; "))
        }
        guard part.entries.count == 2, let field = part["field"]?.text,
            let test = part.entries.first(where: { $0.key != "field" }), tests.contains(where: { $0.name == test.key })
        else { return nil }
        let fact = names.fields.first { $0.id == field }
        switch test.value {
        case .text(let text):
            if dayTests.contains(test.key) { return dayBoundText(test.value).map { (field, test.key, $0) } }
            if test.key == "answered" { return (field, test.key, text == "no" ? "Không" : "Có") }
            return text.contains("\n") ? nil : (field, test.key, fact?.label(of: text) ?? text)
        case .list(let items):
            let texts = items.compactMap(\.text)
            // A semicolon inside would come back as two values.
            let labels = texts.map { fact?.label(of: $0) ?? $0 }
            guard texts.count == items.count, labels.allSatisfy({ !$0.contains(";") && !$0.contains("\n") }) else {
                return nil
            }
            return (field, test.key, labels.joined(separator: "; "))
        case .entries: return dayBoundText(test.value).map { (field, test.key, $0) }
        }
    }

    /// The fields that rows may name, with their choices.
    var conditionFields: [Option] {
        if case .condition(_, let fields, _) = control { return fields }
        return []
    }

    static func condition(rows: Int, fields: [Option], _ first: (String) -> String) -> PackTree? {
        let parts = (0..<rows).compactMap { row -> PackTree? in
            let (field, test, text) = (first(".\(row).field"), first(".\(row).test"), first(".\(row).value"))
            guard !field.isEmpty else { return nil }
            if field == channel { return .entries([PackTree.Entry(channel, .list(channels(text)))]) }
            let named = PackTree.Entry("field", .text(field))
            // Without a comparison the checker says what is missing.
            guard !test.isEmpty else { return .entries([named]) }
            let choices = fields.first { $0.name == field }
            return .entries([named, PackTree.Entry(test, testValue(test, text, choices))])
        }
        guard let only = parts.first else { return nil }
        let mode = first(".mode") == "any" ? "any" : "all"
        return parts.count == 1 ? only : .entries([PackTree.Entry(mode, .list(parts))])
    }

    private static func channels(_ text: String) -> [PackTree] {
        valueParts(text).map { part in
            .text(Channel.allCases.first { $0.vietnamese.lowercased().hasSuffix(part.lowercased()) }?.rawValue ?? part)
        }
    }

    private static func testValue(_ test: String, _ text: String, _ field: Option?) -> PackTree {
        if dayTests.contains(test) { return dayBound(text) ?? .text("") }
        let isNo = ["không", "no"].contains(text.lowercased())
        switch test {
        case "answered": return .text(isNo ? "no" : "yes")
        case "oneOf", "noneOf": return .list(valueParts(text).map { .text(answer($0, field)) })
        case "lessThan", "atMost", "atLeast", "greaterThan": return .text(number(text))
        default: return .text(answer(text, field))
        }
    }

    /// The value behind a label of a choice; `Có` and `Không` of a yes/no question.
    private static func answer(_ text: String, _ field: Option?) -> String {
        guard let choices = field?.choices else { return text }
        return choices.first { $0.label.lowercased() == text.lowercased() }?.name ?? text
    }

    private static func valueParts(_ text: String) -> [String] {
        text.split(separator: ";").map { VietnameseText.tidyEnds(String($0)) }.filter { !$0.isEmpty }
    }
}
