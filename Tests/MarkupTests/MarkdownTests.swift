// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Markup
import Testing

@Suite("Written texts: a small Markdown without any way to write markup")
struct MarkdownTests {
    @Test func `headings, paragraphs, lists, strong words and links`() {
        let text = Markdown(
            """
            ## Cần gì
            Một câu
            trên hai dòng, **đậm** và [liên kết](/thu-tuc/2.000635).

            - một
            - hai,
              còn tiếp

            1. bước một
            2. bước hai
            ### Nhỏ hơn
            Gọi [1022](tel:1022).
            """
        )
        let expected = """
            <h2>Cần gì</h2>
            <p>Một câu trên hai dòng, <strong>đậm</strong> và <a href="/thu-tuc/2.000635">liên kết</a>.</p>
            <ul><li>một</li><li>hai, còn tiếp</li></ul>
            <ol><li>bước một</li><li>bước hai</li></ol>
            <h3>Nhỏ hơn</h3>
            <p>Gọi <a href="tel:1022">1022</a>.</p>

            """
        #expect(text.html.string == expected)
        #expect(text.addresses == ["/thu-tuc/2.000635", "tel:1022"])
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "<b>x</b>", "[x](javascript:alert(1))", "[x](data:text/html,x)",
        "[x](//evil.example)",
        "**", "[", "](", "** **", "[](/x)", "![x](/y.png)", "# Một", "&lt;", "<!-- x -->", "[a](/b c)", "",
    ])
    func `nothing else is markup`(_ text: String) {
        let html = Markdown("- \(text)\n\n\(text)\n## \(text)").html.string
        let tags = html.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" && $0 != " " } }
        let allowed: Set<Substring> = [
            "ul", "li", "/li", "/ul", "p", "/p", "h2", "/h2", "a", "/a", "strong", "/strong",
        ]
        #expect(tags.allSatisfy { allowed.contains($0) } || tags.isEmpty, "\(html)")
        #expect(!html.contains("href=\"javascript") && !html.contains("href=\"//") && !html.contains("href=\"data"))
    }

    @Test func `random letters never make a tag of their own`() {
        var random = SeededGenerator(seed: 20_260_305)
        let pool = Array("<>&\"'[]()*#-1. \n/ah:javascripttel")
        for _ in 0..<2_000 {
            let text = String((0..<40).compactMap { _ in pool.randomElement(using: &random) })
            let html = Markdown(text).html.string
            #expect(
                !html.lowercased().contains("<script") && !html.lowercased().contains("href=\"javascript"),
                "\(text)"
            )
            #expect(!html.contains("<<") && !html.contains("onerror="))
        }
    }

    @Test func `linked data is JSON and cannot end its block`() throws {
        let nasty = "</script><script>alert(\"1\")</script> & \u{2028} \\ \n Đường “Hòa” 𝄞"
        let data = LinkedData.thing(
            "GovernmentService",
            ["name": .text(nasty), "left": nil, "list": .list([.text("a"), .thing("Thing", ["name": .text("b")])])]
        )
        .inContext
        let html: HTML = "\(linked: data)"
        let block = html.string
        #expect(block.hasPrefix("<script type=\"application/ld+json\">") && block.hasSuffix("</script>"))
        let json = block.dropFirst("<script type=\"application/ld+json\">".count).dropLast("</script>".count)
        #expect(!json.contains("<") && !json.contains(">") && !json.contains("&"))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["name"] as? String == nasty)
        #expect(object["@context"] as? String == "https://schema.org")
        #expect(object["@type"] as? String == "GovernmentService")
        #expect(object["left"] == nil)
        #expect((object["list"] as? [Any])?.count == 2)
    }
}
