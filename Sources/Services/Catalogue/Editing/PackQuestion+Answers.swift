// SPDX-License-Identifier: Apache-2.0

import Kernel

extension PackQuestion {
    /// The question about a key: the control that can show what stands there, else its YAML.
    static func make(
        _ key: PackKey,
        _ name: String,
        at path: PackPath,
        group: String?,
        isRare: Bool,
        value: PackTree?,
        shown: PackTree?,
        _ names: PackNames,
        _ files: [String]
    ) -> PackQuestion {
        let wanted = control(key, shown, names, files)
        let typed = shown.map { Self.typed($0, wanted, name, names) } ?? [:]
        return PackQuestion(
            name: name,
            path: path,
            label: key.label,
            help: help(key, wanted),
            isRequired: key.isRequired,
            group: group,
            control: typed == nil ? .source : wanted,
            value: value,
            typed: typed ?? [name: [sourceText(shown ?? .text(""))]],
            isRare: isRare,
            key: key
        )
    }

    private static func control(_ key: PackKey, _ value: PackTree?, _ names: PackNames, _ files: [String]) -> Control {
        /// A value that is no longer among the choices is still one, so that it is not lost.
        func with(_ options: [Option]) -> Control {
            guard let text = value?.text, !text.isEmpty, !options.contains(where: { $0.name == text }) else {
                return .word(options)
            }
            return .word(options + [Option(text, "\(text) (không có trong gói)")])
        }
        switch key.value {
        case .text(let limit): return limit > 250 || value?.text?.contains("\n") == true ? .paragraph(limit) : .line
        case .code, .identifier, .time, .moment, .numberPattern, .dayBound: return .line
        case .reference(let reference): return with(names.options(reference))
        case .word(let words): return with(words.map(Option.init))
        case .yesNo: return .yesNo
        case .yes: return .yes
        case .integer: return .number
        case .day: return .day
        case .file(let endings):
            return with(files.filter { file in endings.contains { file.hasSuffix(".\($0)") } }.map { Option($0, $0) })
        case .answers: return key.name == "answers" ? .answers(names.answerFields(value)) : .lines
        case .condition: return conditionControl(value, names)
        case .list(.word(let words)): return .words(words.map(Option.init))
        case .list(.reference(let reference)): return .words(names.options(reference))
        case .list(.text), .list(.code): return .lines
        default: return .source
        }
    }

    private static func help(_ key: PackKey, _ control: Control) -> String? {
        let way: String? =
            switch (key.value, control) {
            case (_, .lines): key.name == "problems" ? "Mỗi dòng: tên trường: câu báo lỗi." : "Mỗi dòng một mục."
            case (.identifier, _): "Bỏ trống thì đặt theo nhãn hay tên."
            case (.moment, _): "Ví dụ 05/03/2026 09:30."
            case (.time, _): "Ví dụ 15:00."
            case (.dayBound, _): "Viết hôm nay, hôm nay - 60, hôm nay + 30, 05/03/2026 hoặc tên trường."
            case (.condition, .source): "Điều kiện nhiều lớp viết bằng chữ của gói."
            case (.condition, _): "Nhiều giá trị cách nhau bằng dấu chấm phẩy. Bỏ trống mọi dòng là luôn luôn."
            default: nil
            }
        let both = [key.help, way].compactMap(\.self).joined(separator: " ")
        return both.isEmpty ? nil : both
    }

    static func sourceText(_ tree: PackTree) -> String {
        if case .text(let text) = tree { return text }
        return PackWriter.document(tree).joined(separator: "\n")
    }

    // MARK: - What stands there, as it is typed

    /// Nil where the control cannot show the value.
    private static func typed(_ value: PackTree, _ control: Control, _ name: String, _ names: PackNames)
        -> [String: [String]]?
    {
        switch (control, value) {
        case (.line, .text(let text)) where !text.contains("\n"): return [name: [display(text)]]
        case (.line, .entries): return dayBoundText(value).map { [name: [$0]] }
        case (.paragraph, .text(let text)), (.number, .text(let text)), (.word, .text(let text)),
            (.source, .text(let text)):
            return [name: [text]]
        case (.yesNo, .text(let text)):
            let words = ["yes": "yes", "true": "yes", "no": "no", "false": "no"]
            return words[text].map { [name: [$0]] }
        case (.yes, .text(let text)): return text == "yes" || text == "true" ? [name: ["yes"]] : nil
        case (.day, .text(let text)): return dayParts(text, name)
        case (.lines, .list(let items)):
            let texts = items.compactMap(\.text)
            guard texts.count == items.count, texts.allSatisfy({ !$0.contains("\n") && !$0.isEmpty }) else {
                return nil
            }
            return [name: [texts.joined(separator: "\n")]]
        case (.lines, .entries(let entries)):
            let texts = entries.compactMap { entry in entry.value.text.map { "\(entry.key): \($0)" } }
            guard texts.count == entries.count, texts.allSatisfy({ !$0.contains("\n") }) else { return nil }
            return [name: [texts.joined(separator: "\n")]]
        case (.words(let options), .list(let items)):
            let texts = items.compactMap(\.text)
            guard texts.count == items.count, Set(texts).count == texts.count,
                texts.allSatisfy({ text in options.contains { $0.name == text } })
            else { return nil }
            return [name: texts]
        case (.answers, .entries(let entries)):
            var typed: [String: [String]] = [:]
            for entry in entries {
                guard let text = entry.value.text, !text.contains("\n"), typed["\(name).\(entry.key)"] == nil else {
                    return nil
                }
                typed["\(name).\(entry.key)"] = [text]
            }
            return typed
        case (.condition(let rows, _, _), _): return conditionRows(value, name, names, limit: rows)
        default: return nil
        }
    }

    /// A day is shown as people write it.
    private static func display(_ text: String) -> String {
        if text == "today" { return "hôm nay" }
        if let day = LocalDate(text) { return day.vietnamese }
        let parts = text.split(separator: "T")
        if parts.count == 2, let day = LocalDate(String(parts[0])), LocalTime(String(parts[1])) != nil {
            return "\(day.vietnamese) \(parts[1])"
        }
        return text
    }

    private static func dayParts(_ text: String, _ name: String) -> [String: [String]]? {
        if let day = LocalDate(text) {
            return ["\(name).day": ["\(day.day)"], "\(name).month": ["\(day.month)"], "\(name).year": ["\(day.year)"]]
        }
        // What was typed and is no day stands as it was typed.
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return nil }
        return ["\(name).day": [parts[0]], "\(name).month": [parts[1]], "\(name).year": [parts[2]]]
    }

    static func dayBoundText(_ value: PackTree) -> String? {
        if let text = value.text { return display(text) }
        guard value.entries.count == 1, let entry = value.entries.first, let text = entry.value.text else { return nil }
        switch entry.key {
        case "field": return text
        case "daysBeforeToday": return "hôm nay - \(text)"
        case "daysAfterToday": return "hôm nay + \(text)"
        default: return nil
        }
    }

    // MARK: - What was typed, as it stands

    /// The value of what was typed; nil for nothing. What is unchanged stays as it stands to the letter.
    func decode(_ values: (String) -> [String]) -> PackTree? {
        if value != nil, isUnchanged(values) { return value }
        func first(_ suffix: String = "") -> String { VietnameseText.tidyEnds(values(name + suffix).first ?? "") }
        func text(_ text: String) -> PackTree? { text.isEmpty ? nil : .text(text) }
        switch control {
        case .line:
            if case .dayBound = key.value { return Self.dayBound(first()) }
            if case .moment = key.value { return text(Self.moment(first())) }
            return text(first())
        case .paragraph, .word, .yesNo, .yes: return text(first())
        case .number: return text(Self.number(first()))
        case .day:
            let parts = [".day", ".month", ".year"].map { first($0) }
            guard parts.contains(where: { !$0.isEmpty }) else { return nil }
            let numbers = parts.compactMap { Int($0) }
            let day = numbers.count == 3 ? LocalDate(year: numbers[2], month: numbers[1], day: numbers[0]) : nil
            return .text(day?.description ?? parts.joined(separator: "/"))
        case .lines:
            let lines = first().split(separator: "\n").map { VietnameseText.tidyEnds(String($0)) }.filter {
                !$0.isEmpty
            }
            if case .answers = key.value { return lines.isEmpty ? nil : .entries(lines.map(Self.pair)) }
            return lines.isEmpty ? (isRequired ? .list([]) : nil) : .list(lines.map { .text($0) })
        case .words(let options):
            let chosen = values(name)
            let kept = (value?.items ?? []).compactMap(\.text).filter { chosen.contains($0) }
            let added = options.map(\.name).filter { chosen.contains($0) && !kept.contains($0) }
            let all = kept + added
            return all.isEmpty ? (isRequired ? .list([]) : nil) : .list(all.map { .text($0) })
        case .answers(let fields): return answers(fields, first)
        case .condition(let rows, _, _): return Self.condition(rows: rows, fields: conditionFields, first)
        case .source: return source(first())
        }
    }

    private func isUnchanged(_ values: (String) -> [String]) -> Bool {
        let names: [String]
        switch control {
        case .day: names = [".day", ".month", ".year"].map { name + $0 }
        case .answers(let fields): names = Set(typed.keys).union(fields.map { "\(name).\($0.id)" }).sorted()
        case .condition(let rows, _, _):
            names = ["\(name).mode"] + (0..<rows).flatMap { row in Self.parts.map { "\(name).\(row).\($0)" } }
        default: names = [name]
        }
        func plain(_ texts: [String]) -> [String] {
            texts.map { VietnameseText.tidyEnds($0) }.filter { !$0.isEmpty }
        }
        return names.allSatisfy { plain(values($0)) == plain(typed[$0] ?? []) }
    }

    private func answers(_ fields: [PackFieldFact], _ first: (String) -> String) -> PackTree? {
        let standing = (value?.entries ?? []).map(\.key)
        let keys = standing + fields.map(\.id).filter { !standing.contains($0) }
        let entries = keys.compactMap { key -> PackTree.Entry? in
            let text = first(".\(key)")
            return text.isEmpty ? nil : PackTree.Entry(key, .text(text))
        }
        return .entries(entries)
    }

    /// What is no YAML stays a text, and the checker says that something else is needed.
    private func source(_ text: String) -> PackTree? {
        guard !text.isEmpty else { return nil }
        if case .condition = key.value, let tree = PackManuscript(text + "\n").tree { return tree }
        if let value, case .text = value { return .text(text) }
        return PackManuscript(text + "\n").tree ?? .text(text)
    }

    private static func pair(_ line: String) -> PackTree.Entry {
        guard let colon = line.firstIndex(of: ":") else { return PackTree.Entry(line, .text("")) }
        return PackTree.Entry(
            VietnameseText.tidyEnds(String(line[..<colon])),
            .text(VietnameseText.tidyEnds(String(line[line.index(after: colon)...])))
        )
    }

    /// `8.000` and `8 000` are 8000; what is no number stays as typed.
    static func number(_ text: String) -> String {
        let digits = text.filter { $0 != "." && $0 != " " && $0 != "\u{A0}" }
        return Int64(digits) == nil ? text : digits
    }

    /// `05/03/2026 09:30` → `2026-03-05T09:30`.
    private static func moment(_ text: String) -> String {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let day = day(String(parts[0])), LocalTime(String(parts[1])) != nil else { return text }
        return "\(day)T\(parts[1])"
    }

    private static func day(_ text: String) -> LocalDate? {
        let parts = text.split { "/-. ".contains($0) }.compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        return LocalDate(year: parts[2], month: parts[1], day: parts[0])
    }

    /// `hôm nay - 60`, a day, or the name of a field.
    static func dayBound(_ text: String) -> PackTree? {
        guard !text.isEmpty else { return nil }
        let plain = VietnameseText.fold(text).filter { $0 != " " }
        if plain == "homnay" || plain == "today" { return .text("today") }
        if plain.hasPrefix("homnay") {
            let rest = plain.dropFirst(6)
            let digits = String(rest.drop { $0 == "-" || $0 == "+" }.prefix { $0.isNumber })
            if rest.hasPrefix("-"), !digits.isEmpty { return .texts([("daysBeforeToday", digits)]) }
            if rest.hasPrefix("+"), !digits.isEmpty { return .texts([("daysAfterToday", digits)]) }
        }
        if let day = day(text) { return .text(day.description) }
        let isName = text.utf8.first.map { (97...122).contains($0) } == true && !text.contains(" ")
        return isName ? .texts([("field", text)]) : .text(text)
    }
}

extension VietnameseText {
    /// The text without white space at its ends.
    static func tidyEnds(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
