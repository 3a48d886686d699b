// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The fields that a condition may look at.
struct ConditionScope {
    /// Those already answered at this point.
    var fields: [FormField]
    /// Those of the same form further down: naming one is a mistake of order.
    var later: [FormField] = []

    /// With composed fields by the names that a condition uses: `father.birthDate`, `members.rows`.
    init(_ fields: some Sequence<FormField>, later: some Sequence<FormField> = []) {
        self.fields = fields.flatMap(\.conditionFields)
        self.later = later.flatMap(\.conditionFields)
    }

    func field(_ id: String) -> FormField? { fields.first { $0.id == id } }
}

extension PackCheck {
    func checkForm() {
        guard let form = pack.form else { return }
        checkUnique(form.pages.map { ($0.id, $0.place) }, "Trang")
        let named = form.fields.flatMap { field in
            [(field.id, field.place)] + (field.type == .money ? [(field.wordsName, field.place)] : [])
        }
        checkUnique(named, "Trường")
        let all = form.fields
        checkAnswerCount(form)
        if all.count > FormSchema.fieldLimit || form.pages.isEmpty {
            out.error(
                .listTooLong,
                at: form.pages.first?.place ?? pack.place(of: "form"),
                "Tờ khai có \(form.pages.count) trang, \(all.count) trường.",
                remedy: "Một tờ khai có từ một trang và nhiều nhất \(FormSchema.fieldLimit) trường."
            )
        }
        var seen = 0
        for page in form.pages {
            check(page.visibleWhen, in: ConditionScope(all[..<seen], later: all[seen...]))
            if page.fields.isEmpty {
                out.error(
                    .fieldMisfit,
                    at: page.place,
                    "Trang không có trường nào.",
                    remedy: "Thêm trường, hoặc bỏ trang."
                )
            }
            for field in page.fields {
                check(field, in: ConditionScope(all[..<seen], later: all[seen...]))
                seen += 1
            }
        }
    }

    func check(_ field: FormField, in scope: ConditionScope) {
        check(field.visibleWhen, in: scope)
        check(field.required.condition, in: scope)
        for rule in field.dayRules {
            if case .field(let other) = rule.bound { check(other, in: scope, at: field.place, mustBe: [.date]) }
        }
        if case .field(let other) = field.unitsOn { check(other, in: scope, at: field.place, mustBe: [.date]) }
        checkMembers(of: field, in: scope)
        checkLabels(of: field)
        for fault in misfits(of: field) {
            out.error(.fieldMisfit, at: field.place, "Trường “\(field.id)”: \(fault.text)", remedy: fault.remedy)
        }
    }

    /// Of two options with one label nobody knows which to choose.
    private func checkLabels(of field: FormField) {
        var seen: Set<String> = []
        let labels = field.options.map { VietnameseText.tidy($0.label).lowercased() }
        guard let twin = zip(field.options, labels).first(where: { !seen.insert($0.1).inserted })?.0 else { return }
        out.warning(
            .duplicateName,
            at: field.place,
            "Trường “\(field.id)”: hai lựa chọn cùng nhãn “\(twin.label)”.",
            remedy: "Đặt cho mỗi lựa chọn một nhãn riêng."
        )
    }

    // MARK: - Conditions

    func check(_ condition: Condition?, in scope: ConditionScope) {
        for test in condition?.fieldTests ?? [] {
            check(test.field, in: scope, at: test.place, mustBe: test.comparison.fittingTypes)
            if case .day(_, .field(let other)) = test.comparison {
                check(other, in: scope, at: test.place, mustBe: [.date])
            }
            guard let field = scope.field(test.field) else { continue }
            checkValues(test, field)
        }
    }

    private func checkValues(_ test: FieldTest, _ field: FormField) {
        let values: [String]
        switch test.comparison {
        case .isOneOf(let list), .isNoneOf(let list): values = list
        case .contains(let value): values = [value]
        case .isAnswered, .number, .day: return
        }
        let known: [String]
        switch field.type {
        case .choice, .choices: known = field.options.map(\.value)
        case .yesNo, .declaration: known = [YesNo.yes, YesNo.no]
        default: return
        }
        // Without options no answer is known: the field itself is told of that.
        guard !known.isEmpty else { return }
        for value in values where !known.contains(value) {
            out.error(
                .conditionMisfit,
                at: test.place,
                "Trường “\(field.id)” không bao giờ trả lời “\(value)”.",
                remedy: "Dùng một trong: \(known.joined(separator: ", "))."
            )
        }
    }

    private func check(_ id: String, in scope: ConditionScope, at place: SourcePlace, mustBe types: Set<FieldType>) {
        guard let field = scope.field(id) else {
            if scope.later.contains(where: { $0.id == id }) {
                out.error(
                    .fieldNotYetKnown,
                    at: place,
                    "Điều kiện nhìn vào trường “\(id)” đứng ở chỗ này hoặc phía sau, chưa có câu trả lời.",
                    remedy: "Đưa trường “\(id)” lên trước."
                )
            } else {
                let near = EditDistance.nearest(to: id, in: scope.fields.map(\.id))
                out.error(
                    .unknownField,
                    at: place,
                    "Không có trường “\(id)”.",
                    remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id của một trường trong form."
                )
            }
            return
        }
        guard types.contains(field.type) else {
            out.error(
                .conditionMisfit,
                at: place,
                "Phép so sánh này không dùng được cho trường “\(id)” kiểu \(field.type.rawValue).",
                remedy: "Dùng phép so sánh hợp với kiểu của trường (docs/packs.md, mục condition)."
            )
            return
        }
    }
}

extension FieldComparison {
    /// The types of field that may be asked so.
    var fittingTypes: Set<FieldType> {
        switch self {
        case .isOneOf, .isNoneOf:
            [.choice, .choices, .yesNo, .declaration, .text, .number, .nationalID, .taxCode, .phone]
        case .contains: [.choices]
        case .isAnswered: Set(FieldType.allCases.filter(\.isAsked))
        case .number: [.number, .money]
        case .day: [.date]
        }
    }
}

extension ClaimKind {
    /// The types of field that can take this claim.
    var fittingTypes: [FieldType] {
        switch self {
        case .fullName: [.text]
        case .nationalID: [.nationalID]
        case .birthDate: [.date]
        case .sex: [.choice]
        case .address: [.address, .unitAddress, .text]
        case .person: [.person]
        case .phone: [.phone]
        case .email: [.email]
        }
    }

    func fits(_ field: FormField) -> Bool {
        guard fittingTypes.contains(field.type) else { return false }
        return self != .sex || Set(field.options.map(\.value)).isSuperset(of: ["male", "female"])
    }
}
