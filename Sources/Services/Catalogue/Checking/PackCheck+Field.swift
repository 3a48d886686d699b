// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a field, and how it is mended.
private typealias Misfit = (text: String, remedy: String)

extension PackCheck {
    /// A form of rows may ask for more than is kept of one dossier.
    func checkAnswerCount(_ form: FormSchema) {
        let count = form.fields.reduce(0) { $0 + $1.answerCount }
        guard count > FormAnswers.countLimit, let greatest = form.fields.max(by: { $0.answerCount < $1.answerCount })
        else { return }
        out.error(
            .listTooLong,
            at: greatest.place,
            "Tờ khai có thể có đến \(count) câu trả lời.",
            remedy: "Nhiều nhất \(FormAnswers.countLimit): giảm maximum của “\(greatest.id)”, hoặc bớt trường."
        )
    }

    /// The fields of a group's row: each may look at fields above it in the row, and at those above the group.
    func checkMembers(of field: FormField, in scope: ConditionScope) {
        guard field.type == .group else { return }
        checkUnique(field.members.map { ($0.id, $0.place) }, "Trường của nhóm “\(field.id)”:")
        for (index, member) in field.members.enumerated() {
            var inner = ConditionScope(field.members[..<index], later: field.members[index...])
            inner.fields = scope.fields + inner.fields
            inner.later += scope.later
            check(member, in: inner)
            for fault in rowMisfits(of: member) {
                out.error(.fieldMisfit, at: member.place, "Trường “\(member.id)”: \(fault.text)", remedy: fault.remedy)
            }
        }
    }

    private func rowMisfits(of member: FormField) -> [Misfit] {
        var faults: [Misfit] = []
        if [.group, .file, .note, .declaration].contains(member.type) {
            faults.append(("kiểu \(member.type.rawValue) không đứng trong group.", "Đưa trường này ra ngoài nhóm."))
        }
        if member.prefill != nil {
            faults.append(("trong group không lấy sẵn được.", "Bỏ prefill."))
        }
        if member.id == TemplateVocabulary.index {
            faults.append(("tên index là số thứ tự của dòng.", "Đặt tên khác."))
        }
        return faults
    }

    func misfits(of field: FormField) -> [(text: String, remedy: String)] {
        optionMisfits(of: field) + boundMisfits(of: field) + composedMisfits(of: field) + sourceMisfits(of: field)
    }

    private func optionMisfits(of field: FormField) -> [Misfit] {
        var faults: [Misfit] = []
        let hasOptions = field.type == .choice || field.type == .choices
        if hasOptions, field.options.count < 2 {
            let lines = "Viết options: rồi xuống dòng “- { value: yes, label: Có }” và “- { value: no, label: Không }”."
            faults.append(
                field.options.isEmpty
                    ? ("kiểu \(field.type.rawValue) thiếu các lựa chọn (options).", lines)
                    : ("kiểu \(field.type.rawValue) cần ít nhất hai lựa chọn.", "Thêm một lựa chọn vào options.")
            )
        }
        if !hasOptions, !field.options.isEmpty {
            faults.append(("chỉ kiểu choice và choices mới có options.", "Đổi type, hoặc bỏ options."))
        }
        if Set(field.options.map(\.value)).count != field.options.count {
            faults.append(("hai lựa chọn có cùng value.", "Đặt mỗi lựa chọn một value riêng."))
        }
        if field.type == .choices, (field.minimum ?? 0) > Int64(field.options.count) || (field.maximum ?? 1) < 1 {
            faults.append(("không ai chọn được số mục này.", "Đặt minimum, maximum từ 1 đến số lựa chọn."))
        }
        return faults
    }

    private func boundMisfits(of field: FormField) -> [Misfit] {
        var faults: [Misfit] = []
        let counts: [FieldType] = [.number, .money, .choices, .group]
        if !counts.contains(field.type), field.minimum != nil || field.maximum != nil {
            faults.append(
                ("chỉ kiểu number, money, choices và group mới có minimum, maximum.", "Đổi type, hoặc bỏ đi.")
            )
        }
        if let least = field.minimum, let greatest = field.maximum, least > greatest {
            faults.append(("minimum lớn hơn maximum.", "Đổi chỗ hai số."))
        }
        if field.type == .money, (field.minimum ?? 0) < 0 {
            faults.append(("số tiền không âm được.", "Đặt minimum từ 0."))
        }
        if field.type != .date, field.type != .person, !field.dayRules.isEmpty {
            faults.append(
                ("chỉ kiểu date và person mới có before, notAfter, notBefore, after.", "Đổi type: date, hoặc bỏ đi.")
            )
        }
        if field.type == .note || field.type == .file, field.required != .never {
            faults.append(("kiểu \(field.type.rawValue) không hỏi gì nên không thể phải có.", "Viết required: no."))
        }
        return faults
    }

    private func composedMisfits(of field: FormField) -> [Misfit] {
        switch field.type {
        case .group:
            var faults: [Misfit] = []
            if field.members.isEmpty { faults.append(("nhóm không có trường nào.", "Thêm fields.")) }
            let bounds = [field.minimum, field.maximum].compactMap { $0 }
            if bounds.contains(where: { !(0...Int64(FormField.rowLimit)).contains($0) }) || field.maximum == 0 {
                faults.append(("số dòng ngoài giới hạn.", "Đặt minimum, maximum từ 0 đến \(FormField.rowLimit)."))
            }
            return faults
        case .person:
            let asked = Set(field.members.map(\.id))
            if !asked.contains("\(field.id).\(PersonPart.fullName.rawValue)") {
                return [("người nào cũng có họ và tên.", "Thêm fullName vào parts.")]
            }
            let hasBirthDate = asked.contains("\(field.id).\(PersonPart.birthDate.rawValue)")
            return field.dayRules.isEmpty || hasBirthDate
                ? [] : [("có mốc ngày mà không hỏi ngày sinh.", "Thêm birthDate vào parts, hoặc bỏ mốc ngày.")]
        case .file:
            let standing = (pack.form?.fields ?? []).filter { $0.type == .file && $0.component == field.component }
            if !pack.components.contains(where: { $0.id == field.component }) {
                return [("không có giấy tờ “\(field.component ?? "")”.", "Viết component: id của một giấy tờ.")]
            }
            return standing.count < 2 ? [] : [("giấy tờ này được hỏi hai lần.", "Giữ lại một trường.")]
        default: return []
        }
    }

    private func sourceMisfits(of field: FormField) -> [Misfit] {
        guard let prefill = field.prefill else { return [] }
        if field.type == .unitAddress, prefill.isLocked {
            return [("địa chỉ trong tài khoản là một dòng chữ, có thể phải chọn lại.", "Viết locked: no.")]
        }
        guard !prefill.source.fits(field) else { return [] }
        return [
            (
                "không nhận được thông tin “\(prefill.source.rawValue)”.",
                "Dùng kiểu \(prefill.source.fittingTypes.map(\.rawValue).joined(separator: " hoặc "))"
                    + (prefill.source == .sex ? " với value male và female." : ".")
            )
        ]
    }
}

extension FormField {
    /// The fields that a condition may name: a person by its parts, a group by the count of its rows, an address by
    /// its units too.
    var conditionFields: [FormField] {
        switch type {
        case .person: members
        case .group: [part(rowsKey, .number)]
        case .unitAddress:
            [
                self, part("\(id).\(AddressPart.province.rawValue)", .text),
                part("\(id).\(AddressPart.commune.rawValue)", .text),
            ]
        default: [self]
        }
    }

    private func part(_ id: String, _ type: FieldType) -> FormField {
        FormField(
            id: id,
            type: type,
            label: label,
            thing: thing,
            help: nil,
            options: [],
            required: type == .number ? .always : required,
            visibleWhen: visibleWhen,
            maxLength: maxLength,
            minimum: type == .number ? Int64(rowRange.lowerBound) : nil,
            maximum: type == .number ? Int64(rowRange.upperBound) : nil,
            dayRules: [],
            prefill: nil,
            confirms: nil,
            place: place
        )
    }
}
