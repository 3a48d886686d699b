// SPDX-License-Identifier: Apache-2.0

import Paper

extension PackCheck {
    /// Fills the template of the result and reads it as the paper would be read: with everything said, with what each
    /// example says, and with everything left open that may be. So a paper that cannot be drawn is refused here.
    ///
    /// Values are escaped before they meet a template, so that only where there is one, and in how many lines, can
    /// change what is read: fillings that are alike in that are tried once.
    func checkPaper() {
        guard let template = pack.result.template else { return }
        let mainFile = out.file
        out.file = "\(source.path)/\(template.fileName)"
        defer { out.file = mainFile }
        do {
            let proof = try TemplateProof(template.text, parts: TemplateVocabulary.parts)
            var (tried, told): (Set<FormValues>, Set<TemplateFault>) = ([], [])
            for trial in trials(of: proof.names) where tried.insert(trial.values).inserted {
                guard let fault = proof.fault(trial.values), told.insert(fault).inserted else { continue }
                report(fault, trial.words)
            }
        } catch {
            report(error, "")
        }
    }

    private func report(_ fault: TemplateFault, _ words: String) {
        out.error(
            .templateNotDrawn,
            at: SourcePlace(line: fault.line, column: fault.column),
            "Không tạo được giấy từ mẫu\(words): \(fault.reason).",
            remedy: "Sửa dòng này theo docs/block-language.md."
        )
    }

    /// What the names of a template are filled with, and the words that say so.
    private func trials(of names: Set<String>) -> [(words: String, values: FormValues)] {
        let form = pack.form
        let rows = (form?.fields ?? []).filter { $0.type == .group }.map { ($0.rowsKey, "1") }
        let everything = form?.templateValues(FormAnswers(rows)) ?? [:]
        let drafted = pack.result.draftForm.templateValues(FormAnswers())
        let full = drafted.mapValues { $0.sketch(empty: Self.sample) }
        func values(_ answers: [String: FormValues.Value], _ drafted: [String: FormValues.Value], isPreview: Bool)
            -> FormValues
        {
            PackCheck.values(
                Self.named(answers, TemplateVocabulary.answers, names),
                Self.named(drafted, TemplateVocabulary.result, names),
                isPreview: isPreview
            )
        }
        var trials = [
            (words: "", values: values(everything.mapValues { $0.sketch(empty: Self.sample) }, full, isPreview: true))
        ]
        for example in pack.examples {
            let answers = form?.templateValues(example.answers) ?? [:]
            let shown = answers.mapValues { $0.sketch(empty: "") }
            trials.append((" của ví dụ “\(example.name)”", values(shown, full, isPreview: false)))
        }
        let least = leftOpen(form?.fields ?? [], form?.templateValues(FormAnswers()) ?? [:])
        trials.append(
            (
                " khi để trống những gì được để trống",
                values(least, leftOpen(pack.result.fields, drafted), isPreview: true)
            )
        )
        return trials
    }

    /// Those values of a record that the template names, all where it names the whole record.
    private static func named(
        _ values: [String: FormValues.Value],
        _ record: String,
        _ names: Set<String>
    ) -> [String: FormValues.Value] {
        guard !names.contains(record) else { return values }
        let parts = names.compactMap { name -> Substring? in
            let parts = name.split(separator: ".")
            return parts.count > 1 && parts[0] == record ? parts[1] : nil
        }
        let named = Set(parts.map(String.init))
        return values.filter { named.contains($0.key) }
    }

    fileprivate static let sample = "x"

    /// Empty where a field may stay empty, a text where it always has an answer.
    private func leftOpen(_ fields: [FormField], _ values: [String: TemplateValue]) -> [String: FormValues.Value] {
        let sure = Set(
            fields.filter { $0.required == .always && $0.visibleWhen == nil }.flatMap { [$0.id, $0.wordsName] }
        )
        return Dictionary(
            uniqueKeysWithValues: values.map { name, value in
                (name, value.sketch(empty: sure.contains(name) ? Self.sample : ""))
            }
        )
    }

    private static func values(
        _ answers: [String: FormValues.Value],
        _ drafted: [String: FormValues.Value],
        isPreview: Bool
    ) -> FormValues {
        var values = FormValues()
        for name in TemplateVocabulary.names { values[name] = .text(sample) }
        values["verifyURL"] = "https://example.vn/xac-minh"
        values["preview"] = .flag(isPreview)
        // Not every agency has one above it, and a result is no act of a desk.
        if isPreview { values["parentAgency"] = "" }
        values["desk"] = ""
        values[TemplateVocabulary.answers] = .record(FormValues(answers))
        values[TemplateVocabulary.result] = .record(FormValues(drafted))
        return values
    }
}

extension TemplateValue {
    /// The value as far as it can change what is read: `empty` stands for a text that is not there.
    fileprivate func sketch(empty: String) -> FormValues.Value {
        switch self {
        case .text(""): .text(empty)
        case .text(let text): .text(text.contains(where: \.isNewline) ? "x\nx" : PackCheck.sample)
        case .record(let parts): .record(FormValues(parts.mapValues { $0.sketch(empty: empty) }))
        case .list(let rows): .list(rows.map { FormValues($0.mapValues { $0.sketch(empty: empty) }) })
        }
    }
}
