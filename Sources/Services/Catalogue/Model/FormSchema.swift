// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The form of a procedure: pages of fields, drawn and checked from the pack.
public struct FormSchema: Hashable, Sendable {
    /// Most fields of one form, over all pages.
    public static let fieldLimit = 300

    /// How many minutes a person needs, as the procedure page says it.
    public let minutes: Int
    /// The statement that the person makes when submitting (cam đoan), beside the tick on the last page.
    public let declaration: String
    /// The pages in order.
    public let pages: [FormPage]

    /// Every field in order.
    public var fields: [FormField] { pages.flatMap(\.fields) }

    /// The page of this id.
    public func page(_ id: String) -> FormPage? { pages.first { $0.id == id } }

    /// The field of this id; also a part of a person (`father.birthDate`) and a field of a row (`members.2.name`).
    public func field(_ id: String) -> FormField? {
        let steps = id.split(separator: ".")
        guard let first = steps.first else { return nil }
        for page in pages {
            guard let field = page.fields.first(where: { $0.id == first }) else { continue }
            guard steps.count > 1 else { return field }
            guard field.type == .group, let row = Int(steps[1]), (1...FormField.rowLimit).contains(row) else {
                return field.members.first { $0.id == id }
            }
            return field.row(row).flatMap { [$0] + $0.members }.first { $0.id == id }
        }
        return nil
    }

    /// The pages that these answers call for, in order.
    public func visiblePages(_ context: ConditionContext) -> [FormPage] {
        let known = visible(context)
        return pages.filter { page in known.pages.contains(page.id) }
    }

    /// The fields of a page that these answers call for, in order.
    public func visibleFields(of page: FormPage, _ context: ConditionContext) -> [FormField] {
        let known = visible(context)
        return known.pages.contains(page.id) ? page.fields.filter { known.fields.contains($0.id) } : []
    }

    /// The answers to fields that are shown, in the order of the form: what counts for fees, papers and results.
    public func effectiveAnswers(_ context: ConditionContext) -> FormAnswers { visible(context).answers }

    /// The questions of a page one by one that these answers call for: parts of persons, fields of every row.
    public func visibleLeaves(of page: FormPage, _ context: ConditionContext) -> [FormField] {
        let known = visible(context)
        guard known.pages.contains(page.id) else { return [] }
        return page.fields.filter { $0.type.isAsked && known.fields.contains($0.id) }
            .flatMap { $0.leaves(context.answers) }.filter { known.fields.contains($0.id) }
    }

    /// Walks the form from the top: a condition sees only answers of fields above it that are shown.
    private func visible(_ context: ConditionContext) -> (pages: Set<String>, fields: Set<String>, answers: FormAnswers)
    {
        var known = ConditionContext(answers: FormAnswers(), channel: context.channel, today: context.today)
        var shownPages: Set<String> = []
        var shownFields: Set<String> = []
        for page in pages where page.visibleWhen?.holds(in: known) ?? true {
            shownPages.insert(page.id)
            for field in page.fields where field.visibleWhen?.holds(in: known) ?? true {
                shownFields.insert(field.id)
                if field.type == .group { known.answers[field.rowsKey] = context.answers[field.rowsKey] }
                for leaf in field.leaves(context.answers) where leaf.visibleWhen?.holds(in: known) ?? true {
                    shownFields.insert(leaf.id)
                    for key in leaf.keptKeys {
                        if let answer = context.answers[key] { known.answers[key] = answer }
                    }
                }
            }
        }
        return (shownPages, shownFields, known.answers)
    }
}

/// One page of a form.
public struct FormPage: Hashable, Sendable {
    /// The id within the form, part of the page's path.
    public let id: String
    /// The heading.
    public let title: String
    /// A sentence under the heading.
    public let help: String?
    /// When the page is shown; nil = always.
    public let visibleWhen: Condition?
    /// The fields in order.
    public let fields: [FormField]
    /// Where the pack says it.
    public let place: SourcePlace
}

/// The kinds of field.
public enum FieldType: String, PackVocabulary, Hashable, Codable {
    /// One line.
    case text
    /// Several lines.
    case longText
    /// A whole number.
    case number
    /// An amount in whole đồng.
    case money
    /// A day.
    case date
    /// One of the options.
    case choice
    /// Any of the options.
    case choices
    /// Có hoặc Không.
    case yesNo
    /// Name, personal ID, birth date and sex of a person, each an answer of its own.
    case person
    /// Số định danh cá nhân, twelve digits.
    case nationalID
    /// Mã số thuế: ten digits with a check digit, a branch with `-001`.
    case taxCode
    /// A telephone number of Vietnam.
    case phone
    /// An e-mail address.
    case email
    /// An address in one line.
    case address
    /// Province and commune from the units valid on a day, and the rest in one line.
    case unitAddress
    /// Rows of the same fields.
    case group
    /// A paper whose files are asked for beside the questions; has no answer of its own.
    case file
    /// A text to read; asks nothing.
    case note
    /// A statement to tick (cam đoan).
    case declaration

    /// Whether the field has an answer at all.
    public var isAsked: Bool { self != .note && self != .file }

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .text: "Chữ, một dòng"
        case .longText: "Chữ, nhiều dòng"
        case .number: "Số nguyên"
        case .money: "Số tiền"
        case .date: "Ngày"
        case .choice: "Chọn một"
        case .choices: "Chọn nhiều"
        case .yesNo: "Có hoặc Không"
        case .person: "Một người"
        case .nationalID: "Số định danh cá nhân"
        case .taxCode: "Mã số thuế"
        case .phone: "Số điện thoại"
        case .email: "Thư điện tử"
        case .address: "Địa chỉ, một dòng"
        case .unitAddress: "Địa chỉ, chọn tỉnh và xã"
        case .group: "Nhóm lặp lại, mỗi dòng các trường như nhau"
        case .file: "Giấy tờ kèm câu hỏi"
        case .note: "Ghi chú để đọc"
        case .declaration: "Cam đoan phải đánh dấu"
        }
    }
}

/// One field of a form or of the specialist's draft.
public struct FormField: Hashable, Sendable {
    /// The id within the form; the name in templates, conditions and JSON.
    public var id: String
    /// The kind.
    public let type: FieldType
    /// What stands above the box; of a note or a declaration: its text.
    public let label: String
    /// The thing as error sentences name it ("họ và tên của trẻ"); made from the label where the pack is silent.
    public let thing: String
    /// A sentence under the label.
    public let help: String?
    /// The options of a choice, in order.
    public let options: [FieldOption]
    /// Whether it must be answered.
    public var required: Requirement
    /// When it is shown; nil = always.
    public var visibleWhen: Condition?
    /// Most characters.
    public let maxLength: Int
    /// Least and greatest number, count of ticked options, or count of rows.
    public let minimum: Int64?
    public let maximum: Int64?
    /// What a day must keep to; each with the relation that must hold.
    public var dayRules: [DayRule]
    /// Where the answer comes from when the person is signed in.
    public let prefill: Prefill?
    /// Of a field of the result: the number of the form that the officer confirms with it.
    public let confirms: String?
    /// Where the pack says it.
    public let place: SourcePlace
    /// The fields of a group's row, named within the row; the parts of a person, named within the form.
    public var members: [FormField] = []
    /// What one row of a group is called: `Thành viên`.
    public var rowName = ""
    /// The day whose administrative units an address names; nil = today.
    public var unitsOn: DayBound?
    /// The paper that a file field asks for.
    public var component: String?
    /// Of a field of a row: which row, `Thành viên 2`.
    public var heading: String?
    /// What stands before error sentences: `Thành viên thứ 2: `.
    public var errorPrefix = ""

    /// Longest answer per type when the pack is silent.
    static func defaultLength(_ type: FieldType) -> Int {
        switch type {
        case .longText: 2_000
        case .address, .unitAddress: 300
        case .email: 254
        default: 200
        }
    }
}

/// A day must stand in this relation to a bound.
public struct DayRule: Hashable, Sendable {
    /// The relation that must hold: answer ⟨relation⟩ bound.
    public let relation: Relation
    /// The bound.
    public let bound: DayBound
}

/// One option of a choice.
public struct FieldOption: Hashable, Sendable {
    /// The value kept and sent.
    public let value: String
    /// What the person reads.
    public let label: String
    /// A sentence under it.
    public let help: String?
}

/// Whether something must be given.
public enum Requirement: Hashable, Sendable {
    case always
    case never
    /// Only when this holds.
    case when(Condition)

    /// Whether it must be given here.
    public func holds(in context: ConditionContext) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .when(let condition): condition.holds(in: context)
        }
    }

    var condition: Condition? {
        if case .when(let condition) = self { return condition }
        return nil
    }
}

/// Where a field's answer comes from.
public struct Prefill: Hashable, Sendable {
    /// Which claim about the signed-in person.
    public let source: ClaimKind
    /// Whether the person may not change it: the state's register is right.
    public let isLocked: Bool
}

/// What the identity provider tells about the signed-in person.
public enum ClaimKind: String, PackVocabulary, Hashable, Codable {
    case fullName, nationalID, birthDate, sex, address, phone, email
    /// All of a person at once; fills the parts of a `person`.
    case person

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .fullName: "Họ và tên"
        case .nationalID: "Số định danh cá nhân"
        case .birthDate: "Ngày sinh"
        case .sex: "Giới tính"
        case .address: "Nơi cư trú"
        case .phone: "Số điện thoại"
        case .email: "Thư điện tử"
        case .person: "Cả người: họ tên, số định danh, ngày sinh, giới tính"
        }
    }
}

/// The claims about the signed-in person, each in canonical form: a day `yyyy-MM-dd`, sex `male` or `female`.
public struct IdentityClaims: Hashable, Sendable {
    /// Claim → value; what is not known is not there.
    public var values: [ClaimKind: String]

    /// These claims.
    public init(_ values: [ClaimKind: String] = [:]) {
        self.values = values
    }
}

/// The canonical answers of a yes/no question and of a ticked box.
public enum YesNo {
    /// Có; ticked.
    public static let yes = "yes"
    /// Không.
    public static let no = "no"
}
