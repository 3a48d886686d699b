// SPDX-License-Identifier: Apache-2.0

import Kernel

extension SectionReader {
    func field() -> FormField? {
        guard let type: FieldType = word("type") else { return nil }
        let label = text("label")
        var field = FormField(
            id: identifier("id"),
            type: type,
            label: label,
            thing: optionalText("thing") ?? FieldSentences.thing(of: label, type),
            help: optionalText("help"),
            options: sections("options") { $0.option() },
            required: requirement(),
            visibleWhen: condition("visibleWhen"),
            maxLength: integer("maxLength").map { Int($0) } ?? FormField.defaultLength(type),
            minimum: integer("minimum"),
            maximum: integer("maximum"),
            dayRules: dayRelations().map { DayRule(relation: $0.relation, bound: $0.bound) },
            prefill: prefill(),
            confirms: optionalText("confirms"),
            place: place
        )
        field.members = sections("fields") { $0.field() }
        field.rowName = optionalText("rowName") ?? label
        field.unitsOn = node("unitsOn").flatMap { SectionReader.dayBound($0, out) }
        field.component = optionalText("component")
        if type == .person { field.members = parts(of: field) }
        if type != .person { refuse(["parts", "mayLack"], of: type, "person") }
        if type != .group { refuse(["fields", "rowName"], of: type, "group") }
        if type != .unitAddress { refuse(["unitsOn"], of: type, "unitAddress") }
        if type != .file { refuse(["component"], of: type, "file") }
        return field
    }

    private func refuse(_ keys: [String], of type: FieldType, _ owner: String) {
        for key in keys where has(key) {
            out.error(
                .fieldMisfit,
                at: place(of: key),
                "Kiểu \(type.rawValue) không có khóa \(key).",
                remedy: "Khóa này chỉ dùng với type: \(owner)."
            )
        }
    }

    private func prefill() -> Prefill? {
        guard let reader = subsection("prefill"), let source: ClaimKind = reader.word("from") else {
            return nil
        }
        return Prefill(source: source, isLocked: reader.bool("locked"))
    }

    /// The parts of a person as fields of the form, in the order of the language.
    private func parts(of person: FormField) -> [FormField] {
        let asked: [PersonPart] = has("parts") ? words("parts") : PersonPart.allCases
        let lacking: [PersonPart] = words("mayLack")
        return PersonPart.allCases.filter { asked.contains($0) }.map { part in
            part.field(of: person, mayLack: lacking.contains(part))
        }
    }
}

/// The parts of a person.
public enum PersonPart: String, PackVocabulary, Hashable {
    case fullName, nationalID, birthDate, sex

    /// As forms and an administrator read it.
    public var vietnamese: String {
        switch self {
        case .fullName: "Họ và tên"
        case .nationalID: "Số định danh cá nhân"
        case .birthDate: "Ngày sinh"
        case .sex: "Giới tính"
        }
    }

    private var type: FieldType {
        switch self {
        case .fullName: .text
        case .nationalID: .nationalID
        case .birthDate: .date
        case .sex: .choice
        }
    }

    private var claim: ClaimKind {
        switch self {
        case .fullName: .fullName
        case .nationalID: .nationalID
        case .birthDate: .birthDate
        case .sex: .sex
        }
    }

    fileprivate func field(of person: FormField, mayLack: Bool) -> FormField {
        let ownRules = [DayRule(relation: .lessOrEqual, bound: .today(plusDays: 0))] + person.dayRules
        let sexes = [
            FieldOption(value: "male", label: "Nam", help: nil), FieldOption(value: "female", label: "Nữ", help: nil),
        ]
        // Whose name it is stands in the label too: an error, a list and a reader's ear meet it without the frame.
        let label = "\(vietnamese) của \(person.thing)"
        return FormField(
            id: "\(person.id).\(rawValue)",
            type: type,
            label: mayLack ? "\(label) (nếu có)" : label,
            thing: FieldSentences.thing(of: label),
            help: nil,
            options: self == .sex ? sexes : [],
            required: mayLack ? .never : person.required,
            visibleWhen: nil,
            maxLength: 100,
            minimum: nil,
            maximum: nil,
            dayRules: self == .birthDate ? ownRules : [],
            prefill: person.prefill.map { Prefill(source: claim, isLocked: $0.isLocked) },
            confirms: nil,
            place: person.place
        )
    }
}
