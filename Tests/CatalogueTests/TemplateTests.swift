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
        func record(_ texts: [String: String]) -> FormValues.Value {
            .record(FormValues(texts.mapValues { .text(isFilled ? "Nguyễn | Thị\nSao *Mai* @p" : $0) }))
        }
        let form = try #require(pack.form)
        values[TemplateVocabulary.answers] = record(form.displayTexts(FormAnswers()))
        values[TemplateVocabulary.result] = record(pack.result.draftForm.displayTexts(FormAnswers()))
        return values
    }

    @Test("Filled in and empty, with texts that try to be commands", arguments: PackTests.codes, [true, false])
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
        #expect(tags.subtracting(pack.templateNames).isEmpty)
    }
}
