// SPDX-License-Identifier: Apache-2.0

extension PackCheck {
    func checkResult() {
        let result = pack.result
        checkUnique(result.fields.map { ($0.id, $0.place) }, "Trường của kết quả")
        for (index, field) in result.fields.enumerated() {
            check(
                field,
                in: ConditionScope(result.fields[..<index], later: result.fields[index...])
            )
            if [.group, .unitAddress, .file].contains(field.type) {
                out.error(
                    .fieldMisfit,
                    at: field.place,
                    "Trường “\(field.id)” của kết quả không dùng kiểu \(field.type.rawValue) được.",
                    remedy: "Chỉ tờ khai của người nộp mới có group, unitAddress và file."
                )
            }
            if field.prefill != nil || field.members.contains(where: { $0.prefill != nil }) {
                out.error(
                    .fieldMisfit,
                    at: field.place,
                    "Trường “\(field.id)” của kết quả không lấy sẵn từ người nộp được.",
                    remedy: "Bỏ prefill; mẫu kết quả dùng thẳng {{answers.…}}."
                )
            }
        }
        checkConfirming()
        checkRegister()
        guard let template = result.template else {
            if result.deliveryWays.contains(.online) {
                out.error(
                    .templateMissing,
                    at: result.place,
                    "Trả kết quả điện tử nhưng không có mẫu.",
                    remedy: "Thêm template: result.mustache, hoặc bỏ online khỏi deliveryWays."
                )
            }
            return
        }
        check(template)
    }

    /// Columns of the book are told apart, few enough for a printed line, and taken from what is answered.
    private func checkRegister() {
        let columns = pack.result.registerFields
        checkUnique(columns.map { ($0.id, $0.place) }, "Cột của sổ")
        checkUnique(columns.map { ($0.label, $0.place) }, "Tên cột của sổ")
        if columns.count > RegisterField.countLimit {
            out.error(
                .listTooLong,
                at: columns[RegisterField.countLimit].place,
                "Sổ kết quả có \(columns.count) cột, quá \(RegisterField.countLimit).",
                remedy: "Giữ những cột mà sổ giấy có."
            )
        }
        for column in columns {
            let (id, form): (String, FormSchema?) =
                switch column.source {
                case .answer(let id): (id, pack.form)
                case .filled(let id): (id, pack.result.draftForm)
                }
            guard let field = form?.field(id) else {
                let near = EditDistance.nearest(to: id, in: form?.fields.map(\.id) ?? [])
                out.error(
                    .unknownField,
                    at: column.place,
                    "Không có trường “\(id)” cho cột “\(column.label)” của sổ.",
                    remedy: near.map { "Có phải là “\($0)”?" }
                        ?? "Dùng answer cho tờ khai, filled cho phần của kết quả."
                )
                continue
            }
            guard !field.type.isAsked || field.type == .file else { continue }
            out.error(
                .fieldMisfit,
                at: column.place,
                "Trường “\(id)” không có câu trả lời để ghi vào sổ.",
                remedy: "Chọn trường mà người nộp hoặc chuyên viên điền."
            )
        }
    }

    /// A confirmed number takes the place of a declared one: both are numbers, and the confirmed one is always given.
    private func checkConfirming() {
        for field in pack.form?.fields ?? [] where field.confirms != nil {
            out.error(
                .fieldMisfit,
                at: field.place,
                "Trường “\(field.id)” của tờ khai không xác nhận trường khác được.",
                remedy: "Chỉ dùng confirms ở trường của result."
            )
        }
        for field in pack.result.fields {
            guard let target = field.confirms else { continue }
            let known = pack.form?.fields ?? []
            guard let declared = known.first(where: { $0.id == target }) else {
                let near = EditDistance.nearest(to: target, in: known.map(\.id))
                out.error(
                    .unknownField,
                    at: field.place,
                    "Không có trường “\(target)” để xác nhận.",
                    remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id của một trường trong tờ khai."
                )
                continue
            }
            guard declared.type != .number || field.type != .number || field.required != .always else { continue }
            out.error(
                .fieldMisfit,
                at: field.place,
                "Trường “\(field.id)” xác nhận “\(target)” nhưng hai trường không cùng là số phải có.",
                remedy: "Dùng type: number ở cả hai và required: yes ở trường của kết quả."
            )
        }
    }

    private func check(_ template: TemplateFile) {
        let mainFile = out.file
        out.file = "\(source.path)/\(template.fileName)"
        defer { out.file = mainFile }
        let names = pack.templateNames.union(["answers", "result"])
        do {
            for tag in try TemplateScan.tags(template.text) { check(tag, known: names) }
        } catch {
            let (place, text): (SourcePlace, String) =
                switch error {
                case .unclosed(let place): (place, "Thẻ “{{” không có “}}” trên cùng dòng.")
                case .empty(let place): (place, "Thẻ trống.")
                case .sectionMismatch(let name, let place): (place, "Đoạn “\(name)” không mở hoặc không đóng đúng chỗ.")
                case .unsupported(let sign, let place): (place, "Không dùng thẻ “{{\(sign)…}}”.")
                }
            out.error(.templateSyntax, at: place, text, remedy: "Sửa lại thẻ Mustache này.")
        }
    }

    private func check(_ tag: TemplateTag, known names: Set<String>) {
        let known =
            tag.kind == .partial
            ? TemplateVocabulary.partials
            : tag.sections.reduce(names) { names, section in names.union(pack.templateNames(inSection: section)) }
        guard !known.contains(tag.name) || (tag.name == "number" && pack.result.series == nil) else { return }
        if tag.name == "number" {
            out.error(
                .templateUnknownName,
                at: tag.place,
                "Mẫu dùng {{number}} nhưng kết quả không có series.",
                remedy: "Thêm series cho result, hoặc bỏ {{number}}."
            )
            return
        }
        let near = EditDistance.nearest(to: tag.name, in: known.sorted())
        out.error(
            .templateUnknownName,
            at: tag.place,
            "Mẫu gọi tên “\(tag.name)” mà không ai điền.",
            remedy: near.map { "Có phải là “\($0)”?" }
                ?? "Dùng answers.… , result.… (của một người: answers.….fullName) hoặc một tên trong docs/packs.md."
        )
    }
}
