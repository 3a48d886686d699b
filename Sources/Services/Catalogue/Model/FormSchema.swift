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

    /// The field of this id.
    public func field(_ id: String) -> FormField? {
        for page in pages {
            if let field = page.fields.first(where: { $0.id == id }) { return field }
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
                if let answer = context.answers[field.id] { known.answers[field.id] = answer }
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
    /// A day.
    case date
    /// One of the options.
    case choice
    /// Có hoặc Không.
    case yesNo
    /// Số định danh cá nhân, twelve digits.
    case nationalID
    /// A telephone number of Vietnam.
    case phone
    /// An e-mail address.
    case email
    /// An address in one line.
    case address
    /// A text to read; asks nothing.
    case note
    /// A statement to tick (cam đoan).
    case declaration

    /// Whether the field has an answer at all.
    public var isAsked: Bool { self != .note }

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .text: "Chữ, một dòng"
        case .longText: "Chữ, nhiều dòng"
        case .number: "Số nguyên"
        case .date: "Ngày"
        case .choice: "Chọn một"
        case .yesNo: "Có hoặc Không"
        case .nationalID: "Số định danh cá nhân"
        case .phone: "Số điện thoại"
        case .email: "Thư điện tử"
        case .address: "Địa chỉ, một dòng"
        case .note: "Ghi chú để đọc"
        case .declaration: "Cam đoan phải đánh dấu"
        }
    }
}

/// One field of a form or of the specialist's draft.
public struct FormField: Hashable, Sendable {
    /// The id within the form; the name in templates, conditions and JSON.
    public let id: String
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
    public let required: Requirement
    /// When it is shown; nil = always.
    public let visibleWhen: Condition?
    /// Most characters.
    public let maxLength: Int
    /// Least and greatest number.
    public let minimum: Int64?
    public let maximum: Int64?
    /// What a day must keep to; each with the relation that must hold.
    public let dayRules: [DayRule]
    /// Where the answer comes from when the person is signed in.
    public let prefill: Prefill?
    /// Of a field of the result: the number of the form that the officer confirms with it.
    public let confirms: String?
    /// Where the pack says it.
    public let place: SourcePlace

    /// Longest answer per type when the pack is silent.
    static func defaultLength(_ type: FieldType) -> Int {
        switch type {
        case .longText: 2_000
        case .address: 300
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

extension FormSchema {
    /// The answers with the claims put in: locked fields are set over whatever was there, others only when empty.
    public func prefilling(_ answers: FormAnswers, with claims: IdentityClaims) -> FormAnswers {
        var filled = answers
        for field in fields {
            guard let prefill = field.prefill, let claim = claims.values[prefill.source], !claim.isEmpty else {
                continue
            }
            if prefill.isLocked || (filled[field.id] ?? "").isEmpty { filled[field.id] = claim }
        }
        return filled
    }

    /// What is kept after a page was sent: the answers of that page are replaced as a whole, so that a box without
    /// its tick loses the answer "yes" that it had; other pages stay.
    public func replacing(_ page: FormPage, with sent: FormAnswers, in kept: FormAnswers) -> FormAnswers {
        var answers = kept
        for field in page.fields {
            for name in [field.id] + DayPart.allCases.map({ "\(field.id).\($0.rawValue)" }) {
                answers[name] = sent[name]
            }
        }
        return answers
    }

    /// Ids of the fields that these claims fill and lock.
    public func lockedFields(by claims: IdentityClaims) -> Set<String> {
        Set(
            fields.filter { field in
                guard let prefill = field.prefill, prefill.isLocked else { return false }
                return !(claims.values[prefill.source] ?? "").isEmpty
            }
            .map(\.id)
        )
    }
}

extension FormField {
    /// A canonical answer as a person reads it: `05/03/2026`, the option's label, `Có`, `0912 345 678`, `1.200`.
    public func display(_ answer: String) -> String {
        switch type {
        case .date: LocalDate(answer)?.vietnamese ?? answer
        case .choice: options.first { $0.value == answer }?.label ?? answer
        case .yesNo: answer == YesNo.yes ? "Có" : answer == YesNo.no ? "Không" : answer
        case .declaration: answer == YesNo.yes ? "Đã cam đoan" : "Chưa cam đoan"
        case .number: Int64(answer).map { String(grouped: $0) } ?? answer
        case .phone: PhoneNumber(answer)?.grouped ?? answer
        case .nationalID: NationalID(answer)?.grouped ?? answer
        case .text, .longText, .email, .address, .note: answer
        }
    }
}

/// The canonical answers of a yes/no question and of a ticked box.
public enum YesNo {
    /// Có; ticked.
    public static let yes = "yes"
    /// Không.
    public static let no = "no"
}
