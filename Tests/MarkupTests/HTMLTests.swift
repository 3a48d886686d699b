// SPDX-License-Identifier: Apache-2.0

import Markup
import Testing

@Suite("HTML by interpolation")
struct HTMLTests {
    @Test("Text is escaped, markup of the source is not")
    func escapes() {
        let typed = "<script>alert('x')</script> & \"y\""
        let page: HTML = "<p title=\"\(typed)\">\(typed)</p>"
        let escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"
        #expect(page.string == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test("A literal inside an interpolation is text, not markup", arguments: [true])
    func literalInside(isBold: Bool) {
        let page: HTML = "\(isBold ? "<b>" : "<i>")"
        #expect(page.string == "&lt;b&gt;")
    }

    @Test("Vietnamese letters pass as they are, control characters are left out")
    func letters() {
        #expect(HTML(text: "Đỗ Thị Hằng\u{0}\u{8}\n").string == "Đỗ Thị Hằng\n")
    }

    @Test("Pieces, missing pieces, repeated pieces and conditions")
    func pieces() {
        let missing: String? = nil
        let none: HTML? = nil
        let list: HTML = "<ul>\(each: ["a", "<b>"], { "<li>\($0)</li>" })</ul>\(missing)\(none)\(if: false, "no")"
        #expect(list.string == "<ul><li>a</li><li>&lt;b&gt;</li></ul>")
        let chosen: HTML = "\(if: list.isEmpty, "none", else: "some")\(ifLet: missing, { "\($0)" })\(raw: "<hr>")\(12)"
        #expect(chosen.string == "some<hr>12")
    }

    @Test("Attributes are quoted, and left out when there is nothing to say")
    func attributes() {
        let value: String? = "a\"b"
        let missing: String? = nil
        let input: HTML = """
            <input\(attribute: "value", value)\(attribute: "id", missing)\(flag: "checked", true)\(flag: "hidden", false)\
            \(classes: "x", missing, "y")\(attribute: "size", 4)>
            """
        #expect(input.string == "<input value=\"a&quot;b\" checked class=\"x y\" size=\"4\">")
    }

    @Test(
        "Addresses that may be followed",
        arguments: [
            "/", "/thu-tuc?q=a&b=c", "#tep", "?trang=2", "https://dichvucong.gov.vn/", "tel:1022", "mailto:a@b.vn",
        ]
    )
    func goodAddress(address: String) {
        let link: HTML = "<a\(href: address)>x</a>"
        #expect(link.string.contains(" href=\""))
    }

    @Test(
        "Addresses that could run a script or leave the site unseen give no attribute",
        arguments: [
            "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
            "data:text/html,x", "//evil.example/", "/\\evil.example", "vbscript:x", "", "evil.example",
            "\u{1}javascript:x",
        ]
    )
    func badAddress(address: String) {
        let link: HTML = "<a\(href: address)\(src: address)\(action: address)>x</a>"
        #expect(link.string == "<a>x</a>")
        #expect(!SafeAddress.staysHere(address))
    }

    @Test("Only an address inside the site may be gone back to")
    func staysHere() {
        #expect(SafeAddress.staysHere("/nop/abc/to-khai?x=1"))
        #expect(!SafeAddress.staysHere("https://dichvucong.gov.vn/"))
        #expect(!SafeAddress.staysHere("/a\\b"))
    }

    @Test("Slices joined are the page")
    func chunks() {
        let page = HTML(text: String(repeating: "Một cửa ", count: 5_000))
        let slices = page.chunks(limitBytes: 4_096)
        #expect(slices.dropLast().allSatisfy { $0.count == 4_096 })
        #expect(slices.flatMap { Array($0) } == page.utf8)
        #expect(HTML.empty.chunks().isEmpty)
    }
}
