// SPDX-License-Identifier: Apache-2.0

import Kernel

/// What a person typed into one field, read generously and brought into canonical form.
struct FieldReading {
    enum Outcome {
        case empty
        case value(String)
        /// The sentence, and which box of several.
        case wrong(String, part: String?)
    }

    let outcome: Outcome
    /// What to keep: the canonical value, or what was typed when it is wrong.
    let kept: FormAnswers

    var canonical: String? {
        if case .value(let value) = outcome { return value }
        return nil
    }

    init(_ field: FormField, _ typed: FormAnswers, _ units: AdministrativeUnits, on day: LocalDate) {
        // Where no units are known, the street is the whole address.
        let street = field.type == .unitAddress ? typed["\(field.id).\(AddressPart.street.rawValue)"] : nil
        let text = VietnameseText.typed(typed[field.id] ?? street ?? "")
        if field.type == .date {
            (outcome, kept) = FieldReading.day(field, text, typed)
            return
        }
        if field.type == .unitAddress, !units.provinces(on: day).isEmpty {
            (outcome, kept) = FieldReading.address(field, typed, units, on: day)
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

    private static func outcome(_ field: FormField, _ text: String) -> Outcome {
        let line = VietnameseText.tidy(text)
        guard !line.isEmpty else { return .empty }
        switch field.type {
        case .text, .address, .unitAddress:
            return value(isSaying(line) ? line : nil, else: FieldSentences.noLetter(field))
        case .longText: return value(isSaying(line) ? lines(text) : nil, else: FieldSentences.noLetter(field))
        case .number: return value(number(line), else: FieldSentences.wrongNumber(field))
        case .money: return value(money(line), else: FieldSentences.wrongMoney(field))
        case .choice:
            let isOption = field.options.contains { $0.value == line }
            return value(isOption ? line : nil, else: FieldSentences.wrongOption(field))
        case .choices: return choices(field, text)
        case .yesNo: return value(yesNo(line), else: FieldSentences.empty(field))
        case .declaration: return .value(yesNo(line) ?? YesNo.no)
        case .nationalID: return value(NationalID(line)?.digits, else: FieldSentences.wrongNationalID(field))
        case .taxCode: return value(taxCode(line)?.text, else: FieldSentences.wrongTaxCode(field))
        case .phone: return value(PhoneNumber(line)?.national, else: FieldSentences.wrongPhone(field))
        case .email: return value(isEmail(line) ? line : nil, else: FieldSentences.wrongEmail(field))
        case .date, .note, .person, .group, .file: return .empty
        }
    }

    /// Dots and pictures alone name nobody and nothing.
    private static func isSaying(_ line: String) -> Bool { line.contains { $0.isLetter || $0.isNumber } }

    private static func value(_ canonical: String?, else sentence: String) -> Outcome {
        canonical.map { .value($0) } ?? .wrong(sentence, part: nil)
    }

    /// Ticked values with line breaks, commas or semicolons between them, brought into the order of the options.
    private static func choices(_ field: FormField, _ text: String) -> Outcome {
        let ticked = Set(
            text.split { "\n,;".contains($0) }.map { VietnameseText.tidy(String($0)) }.filter { !$0.isEmpty }
        )
        let known = field.options.map(\.value)
        guard ticked.isSubset(of: known) else { return .wrong(FieldSentences.wrongOption(field), part: nil) }
        return ticked.isEmpty ? .empty : .value(known.filter(ticked.contains).joined(separator: "\n"))
    }

    /// `50000000`, `50.000.000 đ`, `50 000 000 đồng`, `50,000,000` → digits; groups stand in threes, else a decimal
    /// sign could be taken for one of thousands.
    private static func money(_ line: String) -> String? {
        var rest = VietnameseText.fold(line)[...]
        for unit in ["dong", "vnd", "d", "₫"] where rest.hasSuffix(unit) {
            rest = rest.dropLast(unit.count)
            break
        }
        let groups = rest.split(omittingEmptySubsequences: false) { " .,\u{A0}".contains($0) }
        let kept = groups.last == "" ? groups.dropLast() : groups[...]
        let digits = kept.joined()
        let isGrouped = kept.dropFirst().allSatisfy { $0.count == 3 } && (kept.first.map { !$0.isEmpty } ?? false)
        guard isGrouped, (1...15).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int64(digits).map { "\($0)" }
    }

    /// Also thirteen digits in a row: the last three are the branch.
    private static func taxCode(_ line: String) -> TaxCode? {
        let digits = line.filter { !" .-".contains($0) }
        guard digits.count == 13 else { return TaxCode(line) }
        return TaxCode("\(digits.prefix(10))-\(digits.suffix(3))")
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
        var parts = hasParts ? names.map { VietnameseText.tidy(typed[$0] ?? "") } : []
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
        func wrong(_ sentence: String, _ part: DayPart? = nil) -> Outcome { .wrong(sentence, part: part?.rawValue) }
        guard parts.count == 3 else { return wrong(FieldSentences.impossibleDay(field)) }
        let missing = DayPart.allCases.enumerated().filter { parts[$0.offset].isEmpty }.map(\.element)
        if missing.count == 3 { return .empty }
        if let first = missing.first { return wrong(FieldSentences.missingParts(field, missing), first) }
        let numbers = zip(parts, ["ngay", "thang", "nam"]).map { part, word in partNumber(part, word) }
        guard let day = numbers[0], let month = numbers[1], let year = numbers[2] else {
            let bad = DayPart.allCases.enumerated().first { numbers[$0.offset] == nil }?.element
            return wrong(FieldSentences.impossibleDay(field), bad)
        }
        if year < 1000 { return wrong(FieldSentences.shortYear(field), .year) }
        guard let date = LocalDate(year: year, month: month, day: day) else {
            return wrong(FieldSentences.impossibleDay(field), (1...12).contains(month) ? .day : .month)
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

// MARK: - Addresses by units

extension FieldReading {
    private static func address(
        _ field: FormField,
        _ typed: FormAnswers,
        _ units: AdministrativeUnits,
        on day: LocalDate
    ) -> (Outcome, FormAnswers) {
        let address = TypedUnitAddress(field, typed, units, on: day)
        guard !address.commune.isEmpty || !address.street.isEmpty || units.provinces(on: day).count > 1,
            !address.province.isEmpty || !address.commune.isEmpty || !address.street.isEmpty
        else {
            let isSent = field.answerKeys.contains { typed[$0] != nil }
            return (.empty, isSent ? FormAnswers([(field.id, "")]) : FormAnswers())
        }
        let boxes = zip(AddressPart.allCases, [address.province, address.commune, address.street]).map { part, value in
            ("\(field.id).\(part.rawValue)", value)
        }
        func wrong(_ sentence: String, _ part: AddressPart) -> (Outcome, FormAnswers) {
            (.wrong(sentence, part: part.rawValue), FormAnswers(boxes))
        }
        guard let province = units.provinces(on: day).first(where: { $0.code == address.province }) else {
            return wrong(FieldSentences.chooseProvince(field), .province)
        }
        let below = units.units(of: province.code, on: day)
        guard let commune = below.first(where: { $0.code == address.commune }) else {
            return wrong(FieldSentences.chooseCommune(field, of: below), .commune)
        }
        let parts = [address.street, commune.fullName, province.fullName].filter { !$0.isEmpty }
        let line = parts.joined(separator: ", ")
        let value = line.prefix(1).uppercased() + line.dropFirst()
        return (.value(value), FormAnswers([(field.id, value)] + boxes))
    }
}
