// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import Markup

/// Draws fields of a pack's form from answers and problems.
public struct FieldParts {
    let answers: FormAnswers
    let problems: [FieldProblem]
    let claims: IdentityClaims
    let form: FormSchema?
    /// The administrative units and the day that counts as today; nil where no address is asked by units.
    var units: (table: AdministrativeUnits, today: LocalDate)?
    /// Names of the questions that the answers call for; nil = all.
    var shown: Set<String>?
    /// The papers that stand among the questions, by their ids; nil for one that takes no files here.
    var paper: (String) -> FieldPart.PaperBox? = { _ in nil }

    /// Parts for a form.
    ///
    /// - Parameters:
    ///   - answers: what was answered, right or wrong.
    ///   - problems: what must be mended.
    ///   - claims: what the state knows; fields locked by it are shown with their source.
    ///   - form: the form that the fields belong to.
    public init(answers: FormAnswers, problems: [FieldProblem], claims: IdentityClaims, form: FormSchema?) {
        (self.answers, self.problems, self.claims, self.form) = (answers, problems, claims, form)
    }

    /// The same with administrative units to choose from, and with what has arrived of each paper.
    ///
    /// - Parameters:
    ///   - table: the units.
    ///   - today: the day that counts as today.
    ///   - shown: the questions that the answers call for; nil = all.
    ///   - paper: the paper that stands among the questions, by its id; nil for one that takes no files here.
    /// - Returns: the parts with what they know.
    public func knowing(
        _ table: AdministrativeUnits,
        on today: LocalDate,
        showing shown: [FormField]? = nil,
        papers paper: @escaping (String) -> FieldPart.PaperBox? = { _ in nil }
    ) -> FieldParts {
        var parts = self
        parts.units = (table, today)
        parts.shown = shown.map { Set($0.map(\.id)) }
        parts.paper = paper
        return parts
    }

    /// The part of the page that asks for this field.
    public func part(_ field: FormField) -> FieldPart {
        let isLocked = form?.lockedFields(by: claims).contains(field.id) ?? false
        let problem = problems.first { $0.field == field.id }
        let control = control(field)
        var part = FieldPart(
            field.id,
            field.label,
            hint: field.help,
            error: problem?.sentence,
            isOptional: isOptional(field, control),
            lockedSource: isLocked ? "Theo tài khoản định danh" : nil,
            control
        )
        part.sendsNoTicks = field.type == .choices
        part.wrongBoxID = problem.flatMap { $0.inputName == field.id ? nil : $0.inputName }
        return part
    }

    /// Whether a paper is needed is said by the list of papers.
    private func isOptional(_ field: FormField, _ control: FieldPart.Control) -> Bool {
        if case .paper(let paper) = control { return !paper.isRequired }
        return field.required == .never && field.type.isAsked
    }

    private func control(_ field: FormField) -> FieldPart.Control {
        let value = answers[field.id] ?? ""
        let own = field.prefill?.source
        switch field.type {
        case .text: return .text(value, autocomplete: own == .fullName ? "name" : nil)
        case .longText: return .longText(value, limitCharacters: field.maxLength)
        case .number: return .number(value, unit: nil)
        case .money:
            let figures = Int64(value).map { String(grouped: $0) } ?? value
            return .money(figures, words: field.moneyInWords(value))
        case .date: return .date(typedDate(field, value, isOwn: own == .birthDate))
        case .choice:
            return field.options.count <= 7
                ? .radios(choices(field), chosen: value) : .select(choices(field), chosen: value)
        case .choices: return .checkboxes(choices(field), chosen: Set(Choices.values(value)))
        case .yesNo: return .yesNo(value.isEmpty ? nil : value == YesNo.yes)
        case .nationalID: return .nationalID(NationalID(value)?.grouped ?? value)
        case .taxCode: return .taxCode(value)
        case .phone: return .phone(PhoneNumber(value)?.grouped ?? value)
        case .email: return .email(value)
        case .address: return .text(value, autocomplete: own == .address ? "street-address" : nil)
        case .unitAddress: return unitAddress(field, value)
        case .person: return .fields(field.members.map { part($0) })
        case .group: return .rows(rows(field))
        case .file:
            let component = field.component ?? ""
            return .paper(paper(component) ?? FieldPart.PaperBox(component: component))
        case .note: return .note("<p>\(field.help ?? field.label)</p>")
        case .declaration: return .declaration(field.label, isTicked: value == YesNo.yes)
        }
    }

    private func choices(_ field: FormField) -> [FieldPart.Choice] {
        field.options.map { FieldPart.Choice($0.value, $0.label, hint: $0.help) }
    }

    private func rows(_ group: FormField) -> FieldPart.Rows {
        let count = group.rows(answers)
        let rows = (0..<count).map { index in
            FieldPart.Rows.Row(
                title: "\(group.rowName) \(index + 1)",
                fields: group.row(index + 1).filter(isShown).map { part($0) }
            )
        }
        return FieldPart.Rows(
            rows: rows,
            noun: group.rowNoun,
            canAdd: count < group.rowRange.upperBound,
            canRemove: count > group.rowRange.lowerBound
        )
    }

    private func isShown(_ field: FormField) -> Bool {
        guard let shown else { return true }
        return shown.contains(field.id) || field.members.contains { shown.contains($0.id) }
    }

    /// The boxes of an address; one line where no units of the day are known.
    private func unitAddress(_ field: FormField, _ value: String) -> FieldPart.Control {
        guard let (table, today) = units else { return .text(value) }
        let day = field.unitsDay(answers, today: today)
        let provinces = table.provinces(on: day)
        guard !provinces.isEmpty else { return .text(value) }
        let typed = TypedUnitAddress(field, answers, table, on: day)
        let below = table.units(of: typed.province, on: day)
        let isOld = below.contains { ["huyện", "quận", "thị xã", "thành phố"].contains($0.kind) }
        return .address(
            FieldPart.TypedAddress(
                provinces: provinces.map { FieldPart.Choice($0.code, $0.title) },
                province: typed.province,
                communes: below.map { FieldPart.Choice($0.code, $0.title) },
                commune: typed.commune,
                street: typed.street,
                communeLabel: isOld ? "Huyện, thị xã, thành phố (trước ngày 01/07/2025)" : "Xã, phường, đặc khu",
                streetLabel: isOld ? "Xã, phường, đường, ấp, khóm" : "Số nhà, đường, ấp, khóm"
            )
        )
    }

    /// A day that could be read, taken apart again; else the boxes as they were typed.
    private func typedDate(_ field: FormField, _ value: String, isOwn: Bool) -> FieldPart.TypedDate {
        if let day = LocalDate(value) {
            return FieldPart.TypedDate(
                day: "\(day.day)",
                month: "\(day.month)",
                year: "\(day.year)",
                isOwnBirthDate: isOwn
            )
        }
        return FieldPart.TypedDate(
            day: answers["\(field.id).day"] ?? "",
            month: answers["\(field.id).month"] ?? "",
            year: answers["\(field.id).year"] ?? "",
            isOwnBirthDate: isOwn
        )
    }
}
