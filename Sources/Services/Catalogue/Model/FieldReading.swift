// SPDX-License-Identifier: Apache-2.0

import Kernel

/// What a person typed into one field, read generously and brought into canonical form.
struct FieldReading {
    enum Outcome {
        case empty
        case value(String)
        case wrong(String, DayPart?)
    }

    let outcome: Outcome
    /// What to keep: the canonical value, or what was typed when it is wrong.
    let kept: FormAnswers

    var canonical: String? {
        if case .value(let value) = outcome { return value }
        return nil
    }

    init(_ field: FormField, _ typed: FormAnswers) {
        let text = FieldReading.clean(typed[field.id] ?? "")
        if field.type == .date {
            (outcome, kept) = FieldReading.day(field, text, typed)
            return
        }
        outcome = FieldReading.outcome(field, text)
        var kept = FormAnswers()
        switch outcome {
        case .empty: if typed[field.id] != nil { kept[field.id] = "" }
        case .value(let value): kept[field.id] = value
        case .wrong: kept[field.id] = text
        }
        self.kept = kept
    }

    /// Composed, without control characters but line breaks.
    static func clean(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\t": scalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FEFF}", "\u{202A}"..."\u{202E}": continue
            default: scalars.append(scalar)
            }
        }
        return VietnameseText.nfc(String(scalars))
    }

    private static func outcome(_ field: FormField, _ text: String) -> Outcome {
        let line = VietnameseText.tidy(text)
        guard !line.isEmpty else { return .empty }
        switch field.type {
        case .text, .address: return .value(line)
        case .longText: return .value(lines(text))
        case .number: return number(line).map { .value($0) } ?? .wrong(FieldSentences.wrongNumber(field), nil)
        case .choice:
            let isOption = field.options.contains { $0.value == line }
            return isOption ? .value(line) : .wrong(FieldSentences.wrongOption(field), nil)
        case .yesNo: return yesNo(line).map { .value($0) } ?? .wrong(FieldSentences.empty(field), nil)
        case .declaration: return .value(yesNo(line) ?? YesNo.no)
        case .nationalID:
            return NationalID(line).map { .value($0.digits) } ?? .wrong(FieldSentences.wrongNationalID(field), nil)
        case .phone:
            return PhoneNumber(line).map { .value($0.national) } ?? .wrong(FieldSentences.wrongPhone(field), nil)
        case .email: return isEmail(line) ? .value(line) : .wrong(FieldSentences.wrongEmail(field), nil)
        case .date, .note: return .empty
        }
    }

    /// Trimmed lines, at most one empty line between paragraphs.
    private static func lines(_ text: String) -> String {
        var kept: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map({
            VietnameseText.tidy(String($0))
        }) {
            if line.isEmpty, kept.last?.isEmpty ?? true { continue }
            kept.append(line)
        }
        while kept.last?.isEmpty == true { kept.removeLast() }
        return kept.joined(separator: "\n")
    }

    /// `1 200`, `1.200` → `1200`; at most 15 digits.
    private static func number(_ line: String) -> String? {
        let isNegative = line.hasPrefix("-")
        let digits = (isNegative ? line.dropFirst() : Substring(line)).filter { !" .\u{A0}".contains($0) }
        guard (1...15).contains(digits.count), digits.allSatisfy(\.isASCIIDigit), let value = Int64(digits) else {
            return nil
        }
        return String(isNegative ? -value : value)
    }

    private static func yesNo(_ line: String) -> String? {
        switch VietnameseText.fold(line) {
        case "yes", "co", "on", "true", "1": YesNo.yes
        case "no", "khong", "off", "false", "0": YesNo.no
        default: nil
        }
    }

    /// One `@`, something before it, a domain with a dot after it, no spaces.
    private static func isEmail(_ line: String) -> Bool {
        let parts = line.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), !line.contains(where: \.isWhitespace) else {
            return false
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.allSatisfy { $0 == "-" || $0.isLetter || $0.isASCIIDigit }
            }
    }
}

// MARK: - Days

extension FieldReading {
    private static func day(_ field: FormField, _ text: String, _ typed: FormAnswers) -> (Outcome, FormAnswers) {
        let names = DayPart.allCases.map { "\(field.id).\($0.rawValue)" }
        let hasParts = names.contains { typed[$0] != nil }
        var parts = hasParts ? names.map { VietnameseText.tidy(clean(typed[$0] ?? "")) } : []
        if !hasParts, let whole = LocalDate(text) {
            return (.value(whole.description), FormAnswers([(field.id, whole.description)]))
        }
        if !hasParts { parts = split(VietnameseText.tidy(text)) }
        let outcome = dayOutcome(field, parts)
        switch outcome {
        case .value(let value): return (outcome, FormAnswers([(field.id, value)]))
        case .empty:
            return (outcome, hasParts || typed[field.id] != nil ? FormAnswers([(field.id, "")]) : FormAnswers())
        case .wrong:
            let kept = hasParts ? Array(zip(names, parts)) : [(field.id, text)]
            return (outcome, FormAnswers(kept))
        }
    }

    /// `22/9/2020`, `22-9-2020`, `22.9.2020`, `22 9 2020`, `22 tháng 9 năm 2020` → three parts.
    private static func split(_ text: String) -> [String] {
        let words = VietnameseText.fold(text).split { " /-.,".contains($0) }.map(String.init)
        let numbers = words.filter { !["ngay", "thang", "nam"].contains($0) }
        guard numbers.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }), !numbers.isEmpty else {
            return text.isEmpty ? ["", "", ""] : [text]
        }
        // "9/2020" lacks the day, "2020" the day and the month.
        let isTail = numbers.count < 3 && numbers.last?.count == 4
        let gaps = [String](repeating: "", count: max(0, 3 - numbers.count))
        return isTail ? gaps + numbers : numbers + gaps
    }

    private static func dayOutcome(_ field: FormField, _ parts: [String]) -> Outcome {
        guard parts.count == 3 else { return .wrong(FieldSentences.impossibleDay(field), nil) }
        let missing = DayPart.allCases.enumerated().filter { parts[$0.offset].isEmpty }.map(\.element)
        if missing.count == 3 { return .empty }
        if let first = missing.first { return .wrong(FieldSentences.missingParts(field, missing), first) }
        let numbers = zip(parts, ["ngay", "thang", "nam"]).map { part, word in partNumber(part, word) }
        guard let day = numbers[0], let month = numbers[1], let year = numbers[2] else {
            let wrong = DayPart.allCases.enumerated().first { numbers[$0.offset] == nil }?.element
            return .wrong(FieldSentences.impossibleDay(field), wrong)
        }
        if year < 1000 { return .wrong(FieldSentences.shortYear(field), .year) }
        guard let date = LocalDate(year: year, month: month, day: day) else {
            return .wrong(FieldSentences.impossibleDay(field), (1...12).contains(month) ? .day : .month)
        }
        return .value(date.description)
    }

    /// `9`, `09`, `tháng 9` → 9.
    private static func partNumber(_ text: String, _ word: String) -> Int? {
        let folded = VietnameseText.fold(text)
        let digits = folded.hasPrefix(word) ? folded.dropFirst(word.count).drop { $0 == " " } : Substring(folded)
        guard (1...4).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int(digits)
    }
}
