// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@testable import Paper

@Suite("Templates")
struct FormTemplatesTests {
    static let moment = SampleForms.moment

    static func render(_ template: String, _ values: FormValues) throws -> String {
        try FormTemplates(["x": template]).text("x", values: values)
    }

    @Test("values, sections and partials")
    func mustache() throws {
        let forms = try FormTemplates([
            "letter":
                "Chủ đề {{code}}\n\n{{#name}}\nGửi {{name}}\n{{/name}}\n{{^name}}\nGửi Ông/Bà\n{{/name}}\n{{> end}}\n",
            "end": "{{! chữ ký }}\n{{#items}}\n{{index}}/{{code}}{{#last}}.{{/last}}\n{{/items}}\n{{agency.name}}\n",
        ])
        let values: FormValues = [
            "code": "A<1>&", "name": "", "agency": .record(["name": "UBND"]),
            "items": .list([["index": "1", "last": false], ["index": "2", "last": true, "code": "B"]]),
        ]
        let letter = try forms.letter("letter", values: values)
        #expect(letter.subject == "Chủ đề A<1>&")
        #expect(letter.body == "Gửi Ông/Bà\n1/A<1>&\n2/B.\nUBND")
        var named = values
        named["name"] = "Bình"
        #expect(try forms.letter("letter", values: named).body.hasPrefix("Gửi Bình\n"))
        #expect(try forms.tags(of: "letter") == ["code", "name", "items", "index", "last", "agency.name"])
    }

    @Test("a tag without a value is an error, also where it is not shown")
    func unknownTags() throws {
        for template in [
            "{{x}}", "{{{x}}}", "{{&x}}", "{{#x}}{{/x}}", "{{#off}}{{x}}{{/off}}", "{{#l}}{{x}}{{/l}}", "{{r.x}}",
        ] {
            let values: FormValues = ["off": false, "l": .list([[:]]), "r": .record([:])]
            let error = try #require(throws: PaperError.self, "\(template)") { try Self.render(template, values) }
            guard case .unknownTag("x", _) = error else {
                Issue.record("\(template): \(error)")
                continue
            }
        }
        #expect(throws: PaperError.wrongKind(template: "x", tag: "l")) { try Self.render("{{l}}", ["l": .list([])]) }
        #expect(throws: PaperError.wrongKind(template: "x", tag: "f")) { try Self.render("{{f}}", ["f": true]) }
        #expect(throws: PaperError.templateMissing("y")) { try FormTemplates(["x": "{{> y}}"]) }
        #expect(throws: PaperError.templateMissing("y")) { try FormTemplates(["x": "x"]).text("y", values: [:]) }
    }

    @Test(
        "what could do more than place a value is refused with its line",
        arguments: [
            "a\n{{=<% %>=}}", "a\n{{%CONTENT_TYPE:HTML}}", "a\n{{< x}}{{/x}}", "a\n{{$x}}{{/x}}", "a\n{{> *x}}",
            "a\n{{upper(x)}}", "a\n{{x", "a\n{{#x}}", "a\n{{/x}}", "a\n{{.}}", "a\n{{#x}}\n{{/y}}", "a\n{{ñ}}",
        ]
    )
    func refusedMustache(_ template: String) throws {
        let error = try #require(throws: PaperError.self) { try FormTemplates(["x": template]) }
        guard case .templateSyntax("x", let line, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect((2...3).contains(line))
    }

    @Test("partials that hold one another are refused")
    func partialCycle() {
        #expect(throws: PaperError.self) { try FormTemplates(["x": "{{> y}}", "y": "{{> x}}"]) }
    }

    @Test("a message's values stay on their line")
    func messagesAreSafe() throws {
        let text = try Self.render("Chào {{name}}\n\nHết", ["name": "An\r\nBcc: all@x.vn\n\nGiả mạo"])
        #expect(text == "Chào An Bcc: all@x.vn Giả mạo\n\nHết")
    }

    @Test("a value cannot write into the paper", arguments: BlockTextTests.nasty)
    func papersAreSafe(_ value: String) throws {
        let forms = try FormTemplates([
            "x": "@document[a4]\n@title x\n{{{v}}}z\n\n@p x{{v}}y\n{{#v}}\n@p {{v}}x\n{{/v}}"
        ])
        let document = try forms.document("x", values: ["v": .text(value)], createdAt: Self.moment)
        #expect(document.blocks.count == (BlockText.plain(value).isEmpty ? 2 : 3))
        #expect(document.blocks[1] == .paragraph(.init(RichText("x\(BlockText.plain(value))y"))))
    }

    @Test("an agency's own wording takes the place of ours")
    func ownWording() throws {
        let forms = try FormTemplates(["x": "cũ", "y": "{{> x}}"]).adding(["x": "mới"])
        #expect(try forms.text("y", values: [:]) == "mới")
        #expect(throws: PaperError.unreadable(path: "/khong/co")) { try FormTemplates(folder: "/khong/co") }
    }
}
