// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel

extension Schema {
    /// More faults than this help nobody.
    private static let faultLimit = 50

    /// What must be mended in a value, each with its place; empty when it fits.
    func faults(in value: JSONValue) -> [FieldFault] {
        var faults: [FieldFault] = []
        check(value, at: "", &faults)
        return Array(faults.prefix(Self.faultLimit))
    }

    private func check(_ value: JSONValue, at path: String, _ faults: inout [FieldFault]) {
        guard faults.count <= Self.faultLimit else { return }
        if value == .null, isNullable { return }
        switch (kind, value) {
        case (.text(let length, let pattern, let format), .string(let text)):
            if let words = Self.fault(text, length, pattern, format) {
                faults.append(FieldFault(field: path, detail: words))
            }
        case (.word(let words), .string(let text)):
            if !words.contains(text) {
                faults.append(FieldFault(field: path, detail: "Phải là một trong: \(words.joined(separator: ", "))"))
            }
        case (.whole(let range), .integer(let number)):
            if !range.contains(number) {
                let words = "Phải là số nguyên từ \(range.lowerBound) đến \(range.upperBound)"
                faults.append(FieldFault(field: path, detail: words))
            }
        case (.truth, .bool), (.anyObject, .object), (.answer, .bool), (.answer, .integer): return
        case (.answer, .string(let text)):
            if let words = Self.fault(text, 0...Self.answerLimit, nil, nil) {
                faults.append(FieldFault(field: path, detail: words))
            }
        case (.answer, .array(let items)):
            guard items.count <= Self.answerParts else {
                faults.append(FieldFault(field: path, detail: "Không quá \(Self.answerParts) mục"))
                return
            }
            for (index, item) in items.enumerated() { check(item, at: "\(path)[\(index)]", &faults) }
        case (.answer, .object(let members)):
            guard members.count <= Self.answerParts else {
                faults.append(FieldFault(field: path, detail: "Không quá \(Self.answerParts) mục"))
                return
            }
            for key in members.keys.sorted() { check(members[key] ?? .null, at: Self.join(path, key), &faults) }
        case (.list(let item, let count), .array(let values)):
            guard count.contains(values.count) else {
                let words = "Phải có từ \(count.lowerBound) đến \(count.upperBound) mục"
                faults.append(FieldFault(field: path, detail: words))
                return
            }
            for (index, one) in values.enumerated() { item.check(one, at: "\(path)[\(index)]", &faults) }
        case (.map(let item, let count), .object(let members)):
            guard count.contains(members.count) else {
                faults.append(FieldFault(field: path, detail: "Không quá \(count.upperBound) mục"))
                return
            }
            for key in members.keys.sorted() {
                item.check(members[key] ?? .null, at: Self.join(path, key), &faults)
            }
        case (.object(let properties), .object(let members)):
            Self.check(members, against: properties, at: path, &faults)
        case (.named(let name), _):
            guard let schema = Schemas.all[name] else { preconditionFailure("no schema is called \(name)") }
            schema.check(value, at: path, &faults)
        default: faults.append(FieldFault(field: path, detail: "Phải là \(kindWord)"))
        }
    }

    private static func check(
        _ members: [String: JSONValue],
        against properties: [Property],
        at path: String,
        _ faults: inout [FieldFault]
    ) {
        for property in properties {
            if let member = members[property.name] {
                property.schema.check(member, at: join(path, property.name), &faults)
            } else if property.isRequired {
                faults.append(FieldFault(field: join(path, property.name), detail: "Thiếu mục này"))
            }
        }
        let known = Set(properties.map(\.name))
        for key in members.keys.sorted() where !known.contains(key) {
            faults.append(
                FieldFault(field: join(path, String(key.prefix(100))), detail: "Không có mục nào tên như vậy")
            )
        }
    }

    private static func fault(
        _ text: String,
        _ length: ClosedRange<Int>,
        _ pattern: String?,
        _ format: String?
    ) -> String? {
        // JSON Schema counts code points.
        guard length.contains(text.unicodeScalars.count) else {
            return "Phải dài từ \(length.lowerBound) đến \(length.upperBound) ký tự"
        }
        guard !text.unicodeScalars.contains(where: isControl) else { return "Không được có ký tự điều khiển" }
        // A pattern of ours that cannot be read fits nothing; a test reads them all.
        if let pattern, (try? Regex(pattern).wholeMatch(in: text)) == nil {
            return "Không đúng dạng \(pattern)"
        }
        if format == "date-time", Instant(text) == nil { return "Phải là thời điểm dạng 2026-03-05T15:00:00+07:00" }
        return nil
    }

    /// What no form of a page lets through either.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\n", "\r": false
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": true
        default: false
        }
    }

    private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private var kindWord: String {
        switch kind {
        case .text, .word: "chuỗi ký tự"
        case .whole: "số nguyên"
        case .truth: "true hoặc false"
        case .list: "danh sách"
        case .object, .map, .anyObject, .named: "đối tượng"
        case .answer: "chuỗi ký tự, số nguyên, true, false, danh sách hoặc đối tượng"
        }
    }
}
