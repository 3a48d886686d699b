// SPDX-License-Identifier: Apache-2.0

extension PackCheck {
    func checkResult() {
        let result = pack.result
        checkUnique(result.fields.map { ($0.id, $0.place) }, "Trường của kết quả")
        for (index, field) in result.fields.enumerated() {
            check(
                field,
                in: ConditionScope(fields: Array(result.fields[..<index]), later: Array(result.fields[index...]))
            )
            if field.prefill != nil {
                out.error(
                    .fieldMisfit,
                    at: field.place,
                    "Trường “\(field.id)” của kết quả không lấy sẵn từ người nộp được.",
                    remedy: "Bỏ prefill; mẫu kết quả dùng thẳng {{answers.…}}."
                )
            }
        }
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

    private func check(_ template: TemplateFile) {
        let mainFile = out.file
        out.file = "\(source.path)/\(template.fileName)"
        defer { out.file = mainFile }
        do {
            for tag in try TemplateScan.tags(template.text) { check(tag) }
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

    private func check(_ tag: TemplateTag) {
        let known =
            tag.kind == .partial
            ? TemplateVocabulary.partials : pack.templateNames.union(["answers", "result"])
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
            remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng answers.… , result.… hoặc một tên trong docs/packs.md."
        )
    }
}
