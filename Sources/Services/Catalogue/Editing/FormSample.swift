// SPDX-License-Identifier: Apache-2.0

public import Kernel

extension FormSchema {
    /// Plausible answers to every question that is shown and has none yet, so that an example is corrected, not typed.
    ///
    /// The same form gives the same answers.
    ///
    /// - Parameters:
    ///   - typed: what stands there already, right or wrong.
    ///   - channel: how the dossier comes in.
    ///   - today: the day of the example.
    /// - Returns: the new answers alone, as people type them.
    public func sampleAnswers(besides typed: FormAnswers, channel: Channel, today: LocalDate) -> FormAnswers {
        let known = validate(typed, .whole, ValidationContext(today: today, channel: channel)).answers
        var context = ConditionContext(answers: known, channel: channel, today: today)
        var (sample, added) = (FormSample(), FormAnswers())
        for page in pages {
            for field in page.fields where field.type.isAsked {
                if field.type == .group, field.rowsSent(known) == 0, isShown(field.id, on: page, context) {
                    let rows = "\(max(1, field.rowRange.lowerBound))"
                    (context.answers[field.rowsKey], added[field.rowsKey]) = (rows, rows)
                }
                for leaf in field.leaves(context.answers) where leaf.isEmpty(known) && leaf.isEmpty(typed) {
                    guard visibleLeaves(of: page, context).contains(where: { $0.id == leaf.id }) else { continue }
                    let answer = sample.answer(leaf, context)
                    context.answers[leaf.id] = answer
                    if !answer.isEmpty { added[leaf.id] = leaf.typed(answer) }
                }
            }
        }
        return added
    }

    private func isShown(_ id: String, on page: FormPage, _ context: ConditionContext) -> Bool {
        visibleFields(of: page, context).contains { $0.id == id }
    }
}

extension FormField {
    fileprivate func isEmpty(_ answers: FormAnswers) -> Bool {
        answerKeys.allSatisfy { VietnameseText.tidy(answers[$0] ?? "").isEmpty }
    }

    /// The answer on one line, as a person writes it.
    fileprivate func typed(_ answer: String) -> String {
        switch type {
        case .date: LocalDate(answer)?.vietnamese ?? answer
        case .choices: answer.replacing("\n", with: "; ")
        default: answer
        }
    }
}

/// Makes answers of the kind of a field. People are told apart by the field that asks for them, so that name, number,
/// birth date and sex of one person fit together.
private struct FormSample {
    private struct Person {
        let name: String
        let isMale: Bool
        let birthDate: LocalDate
        let serial: Int

        /// Province, sex and century, year, serial number: as the registers write it.
        var nationalID: String {
            let century = (birthDate.year / 100 - 19) * 2 + (isMale ? 0 : 1)
            return "089\(century)" + String(birthDate.year % 100, paddedTo: 2) + String(123 + serial, paddedTo: 6)
        }
    }

    private static let women = ["Nguyễn Thị Sao Mai", "Lê Thị Hoa", "Phạm Ngọc Lan", "Huỳnh Kim Yến"]
    private static let men = ["Trần Văn Nam", "Lê Văn Tám", "Phạm Minh Đức", "Võ Thành Long"]
    private static let womanWords = ["me", "ba", "vo", "nu"]
    private static let manWords = ["cha", "bo", "ong", "chong", "nam"]
    private static let childWords = ["tre", "con", "chau", "be"]

    private var people: [String: Int] = [:]

    mutating func answer(_ field: FormField, _ context: ConditionContext) -> String {
        switch field.type {
        case .text, .longText, .address, .unitAddress: text(field, context)
        case .number: number(field, 2)
        case .money: number(field, 10_000_000)
        case .date: day(field, context)
        case .choice:
            field.id.hasSuffix(".sex")
                ? (person(field, context).isMale ? "male" : "female") : field.options.first?.value ?? ""
        case .choices:
            field.options.prefix(max(1, Int(clamping: field.minimum ?? 1))).map(\.value).joined(separator: "\n")
        case .yesNo, .declaration: YesNo.yes
        case .nationalID: person(field, context).nationalID
        case .taxCode: "0100109106"
        case .phone: "0912 345 678"
        case .email: "saomai@example.vn"
        case .person, .group, .file, .note: ""
        }
    }

    private mutating func text(_ field: FormField, _ context: ConditionContext) -> String {
        let words = " \(VietnameseText.fold(field.label)) "
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        let text: String
        if field.type == .address || field.type == .unitAddress || says("dia chi", "noi o", "cu tru", "dia diem") {
            text = "Ấp Trung, xã An Phú"
        } else if says("ho va ten", "ho ten", "ten cha", "ten me", "ten chu", "ten nguoi", "ten vo", "ten chong") {
            text = person(field, context).name
        } else if says(" dan toc ") {
            text = "Kinh"
        } else if says(" quoc tich ") {
            text = "Việt Nam"
        } else if says("nghe nghiep") {
            text = "Nông dân"
        } else if says("noi sinh", "que quan", "noi cap") {
            text = "Tỉnh An Giang"
        } else {
            text = "Ví dụ: \(field.thing)"
        }
        return String(text.prefix(field.maxLength))
    }

    private func number(_ field: FormField, _ usual: Int64) -> String {
        "\(min(max(usual, field.minimum ?? 1), field.maximum ?? Int64.max))"
    }

    /// The first of some likely days that keeps to all the rules of the field; else the likeliest.
    private mutating func day(_ field: FormField, _ context: ConditionContext) -> String {
        let bounds = field.dayRules.compactMap { $0.bound.day(in: context) }
        let near = [-30, -1, 0, 1, 30].map { context.today.adding(days: $0) }
        let likely = isBirth(field) ? [person(field, context).birthDate] + near : near
        let candidates = likely + bounds.flatMap { bound in [-30, -1, 0, 1, 30].map { bound.adding(days: $0) } }
        let fitting = candidates.first { day in
            field.dayRules.allSatisfy { rule in rule.bound.day(in: context).map { rule.relation.holds(day, $0) } ?? true
            }
        }
        return (fitting ?? likely.first ?? context.today).description
    }

    private func isBirth(_ field: FormField) -> Bool {
        field.id.hasSuffix(".birthDate") || VietnameseText.fold(field.label).contains("ngay sinh")
    }

    private mutating func person(_ field: FormField, _ context: ConditionContext) -> Person {
        let parts = field.id.split(separator: ".")
        // The parts of a person, and the questions of a row, are about one.
        let stem = parts.count > 1 ? parts.dropLast().joined(separator: ".") : field.id.prefixBeforeCapital
        let serial = people[stem] ?? people.count
        people[stem] = serial
        let words = Set(
            VietnameseText.fold("\(field.label) \(field.heading ?? "")").split { !$0.isLetter }.map(String.init)
        )
        let isMale =
            Self.manWords.contains(where: words.contains)
            || !Self.womanWords.contains(where: words.contains) && serial % 2 == 1
        let isChild = Self.childWords.contains(where: words.contains)
        let used = Set(context.answers.pairs.map(\.value))
        let names = (isMale ? Self.men : Self.women).filter { !used.contains($0) }
        let grown = LocalDate(year: 1990, month: 3, day: 12) ?? context.today
        return Person(
            name: names.first ?? "Nguyễn Văn An",
            isMale: isMale,
            birthDate: isChild ? context.today.adding(days: -20) : grown,
            serial: serial
        )
    }
}

extension String {
    /// `requesterNationalID` → `requester`: fields about one person begin alike.
    fileprivate var prefixBeforeCapital: String { String(prefix { !$0.isUppercase }) }
}
