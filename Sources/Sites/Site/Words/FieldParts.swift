// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Kernel
public import Markup

/// Draws fields of a pack's form from answers and problems.
public struct FieldParts {
    let answers: FormAnswers
    let problems: [FieldProblem]
    let claims: IdentityClaims
    let form: FormSchema?

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

    /// The part of the page that asks for this field.
    public func part(_ field: FormField) -> FieldPart {
        let isLocked = form?.lockedFields(by: claims).contains(field.id) ?? false
        return FieldPart(
            field.id,
            field.label,
            hint: field.help,
            error: problems.first { $0.field == field.id }?.sentence,
            isOptional: field.required == .never,
            lockedSource: isLocked ? "Theo tài khoản định danh" : nil,
            control(field)
        )
    }

    private func control(_ field: FormField) -> FieldPart.Control {
        let value = answers[field.id] ?? ""
        let own = field.prefill?.source
        switch field.type {
        case .text: return .text(value, autocomplete: own == .fullName ? "name" : nil)
        case .longText: return .longText(value, limitCharacters: field.maxLength)
        case .number: return .number(value, unit: nil)
        case .date: return .date(typedDate(field, value, isOwn: own == .birthDate))
        case .choice:
            let choices = field.options.map { FieldPart.Choice($0.value, $0.label, hint: $0.help) }
            return choices.count <= 7 ? .radios(choices, chosen: value) : .select(choices, chosen: value)
        case .yesNo: return .yesNo(value.isEmpty ? nil : value == YesNo.yes)
        case .nationalID: return .nationalID(NationalID(value)?.grouped ?? value)
        case .phone: return .phone(PhoneNumber(value)?.grouped ?? value)
        case .email: return .email(value)
        case .address: return .text(value, autocomplete: own == .address ? "street-address" : nil)
        case .note: return .note("<p>\(field.help ?? field.label)</p>")
        case .declaration: return .declaration(field.label, isTicked: value == YesNo.yes)
        }
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
