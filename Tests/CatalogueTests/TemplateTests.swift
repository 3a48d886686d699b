// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import Paper
import Testing

@Suite("The templates of the packs draw with what the vocabulary promises")
struct TemplateTests {
    /// A value for every name of the house.
    private func values(of pack: ProcedurePack, isFilled: Bool) throws -> FormValues {
        var values = FormValues()
        for name in TemplateVocabulary.names { values[name] = .text("\(name) | *Phường* @h1 {{x}}") }
        values["preview"] = .flag(!isFilled)
        func filled(_ value: TemplateValue) -> FormValues.Value {
            switch value {
            case .text(let text): .text(isFilled ? "Nguyễn | Thị\nSao *Mai* @p" : text)
            case .record(let parts): .record(FormValues(parts.mapValues(filled)))
            case .list(let rows): .list(rows.map { FormValues($0.mapValues(filled)) })
            }
        }
        func record(_ values: [String: TemplateValue]) -> FormValues.Value {
            .record(FormValues(values.mapValues(filled)))
        }
        let form = try #require(pack.form)
        // Two rows of each group, where the template is drawn filled in.
        let rows = form.fields.filter { $0.type == .group }.map { ($0.rowsKey, "2") }
        let answers = FormAnswers(isFilled ? rows : [])
        values[TemplateVocabulary.answers] = record(form.templateValues(answers))
        values[TemplateVocabulary.result] = record(pack.result.draftForm.templateValues(FormAnswers()))
        return values
    }

    @Test("Filled in and empty, with texts that try to be commands", arguments: PackTests.shipped, [true, false])
    func draws(_ code: String, isFilled: Bool) throws {
        let pack = try #require(PackChecker().check(Repository.pack(code)).pack)
        let template = try #require(pack.result.template)
        let templates = try FormTemplates(folder: "\(Repository.root)/resources/forms")
            .adding(["result": template.text])
        let moment = try #require(Instant("2026-03-05T09:30"))
        let document = try templates.document(
            "result",
            values: values(of: pack, isFilled: isFilled),
            createdAt: moment
        )
        #expect(!document.blocks.isEmpty)
        let tags = try templates.tags(of: "result")
        // Within the section of a group stand the names of its rows.
        let rows = (pack.form?.fields ?? []).filter { $0.type == .group }.flatMap(\.members).map(\.id)
        #expect(tags.subtracting(pack.templateNames).subtracting(rows + [TemplateVocabulary.index]).isEmpty)
    }
}
