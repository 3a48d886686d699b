// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

@testable import Paper

@Suite("The text form of a paper")
struct BlockTextTests {
    static let head = "@document[a4]\n@title Thử\n"

    static func blocks(_ body: String) throws(PaperError) -> [Block] {
        try BlockText(parsing: head + body).blocks
    }

    static let everyBlock =
        """
        @h1 TIÊU ĐỀ
        @h2[right caps] mục một
        Một đoạn
        hai dòng.

        @p[center small indent] *đậm* và _nghiêng_
        @columns[widths=40,60]
        @p[left] trái
        @next
          @rule[fit]
        @end
        @definitions[label=20]
        Họ tên: | Ánh
        @end
        @list[numbered]
        một
        hai
        @end
        @table[small widths=1,2 align=center,right]
        @header A | B

        1 | 2
        @end
        @signature[mm=10]
        left title | NGƯỜI NỘP
        right place | Long Xuyên
        right title | KT. CHỦ TỊCH
        right title | PHÓ CHỦ TỊCH
        right name | Trần Quốc Hưởng
        @end
        @code[mm=30 right] https://a.vn | Quét mã
        @rule[length=40 left]
        @space[mm=7.5]
        """

    static let everyBlockRead: [Block] = [
        .heading(.init("TIÊU ĐỀ")),
        .heading(.init("MỤC MỘT", level: 2, alignment: .right)),
        .paragraph(.init("Một đoạn hai dòng.")),
        .paragraph(
            .init(
                RichText([.init("đậm", isBold: true), .init(" và "), .init("nghiêng", isItalic: true)]),
                alignment: .center,
                size: .small,
                isIndented: true
            )
        ),
        .columns(
            .init(
                [[.paragraph(.init("trái", alignment: .left))], [.rule(.init(.asTextAbove))]],
                shares: [40, 60]
            )
        ),
        .definitions(.init([.init("Họ tên:", "Ánh")], labelShare: 20)),
        .list(.init(["một", "hai"], isNumbered: true)),
        .table(
            .init(
                header: ["A", "B"],
                rows: [["1", "2"]],
                widths: [1, 2],
                alignments: [.center, .right],
                size: .small
            )
        ),
        .signature(
            .init(
                left: .init(titles: ["NGƯỜI NỘP"]),
                right: .init(
                    titles: ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
                    place: "Long Xuyên",
                    name: "Trần Quốc Hưởng"
                ),
                spaceMillimetres: 10
            )
        ),
        .code(.init("https://a.vn", caption: "Quét mã", sizeMillimetres: 30, alignment: .right)),
        .rule(.init(.share(40), alignment: .left)),
        .spacer(millimetres: 7.5),
    ]

    @Test("every block is read")
    func blocksOfEveryKind() throws {
        #expect(try Self.blocks(Self.everyBlock) == Self.everyBlockRead)
    }

    @Test("the head gives size, title and author")
    func head() throws {
        let text = try BlockText(parsing: "\n@document[a5]\n@title Giấy *tiếp* nhận\n@author UBND\n@p x")
        #expect(text.size == .a5)
        #expect(text.title == "Giấy tiếp nhận")
        #expect(text.author == "UBND")
        #expect(try BlockText(parsing: Self.head + "x").author == nil)
    }

    @Test(
        "a mistake names its line",
        arguments: [
            ("@khung x", 3, "@khung"),
            ("x\n\n@p[centre] x", 5, "centre"),
            ("một\nhai ] ba\nbốn", 4, "]"),
            ("@p *đậm", 3, "đậm"),
            ("@p _nghiêng", 3, "nghiêng"),
            ("@p a > b", 3, ">"),
            ("@p a \\q", 3, "\\q"),
            ("@p a \\", 3, "cuối dòng"),
            ("@p[center x", 3, "]"),
            ("@pxin x", 3, "@pxin"),
            ("@p|x", 3, "dấu cách"),
            ("@ x", 3, "tên một khối"),
            ("@end", 3, "đứng ngoài"),
            ("@table\n@header a | b\n1 | 2 | 3\n@end", 5, "3 ô"),
            ("@table\n1 | 2\n@end", 4, "@header"),
            ("@table\n@header a\n@header b\n@end", 5, "hai @header"),
            ("@table\n@header a\n1", 3, "không có @end"),
            ("@table[widths=1,2,3]\n@header a | b\n@end", 3, "2 phần"),
            ("@table[align=middle]\n@header a\n@end", 3, "align="),
            ("@table\n@end", 3, "không có @header"),
            ("@definitions\na | b | c\n@end", 4, "nhãn | giá trị"),
            ("@definitions[label=99]\na | b\n@end", 3, "label="),
            ("@list\na | b\n@end", 4, "|"),
            ("@list\n@p x\n@end", 4, "@p không đứng trong @list"),
            ("@columns[widths=50,50]\n@p x\n@end", 3, "1 cột"),
            ("@columns\n@p x\n@end", 3, "widths="),
            ("@columns[widths=50,50]\n@columns[widths=50,50]\n@end\n@end", 4, "đứng trong @columns"),
            ("@columns[widths=50,50]\nx\n@next\ny", 3, "không có @end"),
            ("@signature\nmiddle title | x\n@end", 4, "left hoặc right"),
            ("@signature\nleft job | x\n@end", 4, "place, title"),
            ("@signature\n@end", 3, "không có dòng nào"),
            ("@code[mm=5] x", 3, "mm="),
            ("@code", 3, "nội dung mã"),
            ("@space[mm=4] chữ", 3, "không viết chữ"),
            ("@h1", 3, "không có chữ"),
            ("@rule[length=abc]", 3, "length="),
        ]
    )
    func mistakes(_ body: String, line: Int, word: String) throws {
        let error = try #require(throws: PaperError.self) { try Self.blocks(body) }
        guard case .blockSyntax(let found, let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(found == line)
        #expect(reason.contains(word), "\(reason)")
    }

    @Test("a paper must begin with its head and have content", arguments: ["", "x", "@document\n@title a", "@title a"])
    func badHeads(_ text: String) {
        #expect(throws: PaperError.self) { try BlockText(parsing: text) }
        #expect(throws: PaperError.self) { try BlockText(parsing: "@document[a4]\n@title\nx") }
        #expect(throws: PaperError.self) { try BlockText(parsing: Self.head) }
    }

    @Test("links lead to the web, to mail and to a phone only")
    func links() throws {
        #expect(
            try Self.blocks("Xem <https://a.vn/x\\_y?b=1>.") == [
                .paragraph(
                    .init(
                        RichText([
                            .init("Xem "), .init("https://a.vn/x_y?b=1", link: "https://a.vn/x_y?b=1"), .init("."),
                        ])
                    )
                )
            ]
        )
        for address in ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://a.vn/ x", "https://a.vn/'x"] {
            #expect(throws: PaperError.linkRefused(address)) { try Self.blocks("<\(address)>") }
        }
    }

    @Test("limits hold at the limit and one above")
    func limits() throws {
        let room = PaperLimits.textBytes - Self.head.utf8.count
        #expect(try Self.blocks(String(repeating: "x", count: room)).count == 1)
        #expect(throws: PaperError.tooLarge(what: "text", limit: PaperLimits.textBytes)) {
            try Self.blocks(String(repeating: "x", count: room + 1))
        }
        let rules = String(repeating: "@rule\n", count: PaperLimits.pieces)
        #expect(try Self.blocks(rules).count == PaperLimits.pieces)
        #expect(throws: PaperError.tooLarge(what: "pieces", limit: PaperLimits.pieces)) {
            try Self.blocks(rules + "@rule")
        }
    }

    // MARK: - Escaping

    static let nasty = [
        "@h1 GIẢ MẠO", "a\n@h1 GIẢ MẠO", "a\r\n@end", "a\u{2028}@end", "a\u{85}@end", "a | b", "*đậm*", "_x_", "\\",
        "\\n",
        "a\\", "{{dossierCode}}", "[center]", "<https://evil.vn>", "\u{301}@x", "|\u{301}", "x\u{0}y\u{7}", "", "  ",
        "O'Brien & Con <b>", "@@@@", "\n\n\n", "ễ\u{302}\u{303}",
    ]

    @Test("a value comes out as itself, wherever it stands", arguments: nasty)
    func escapedValuesStayText(_ value: String) throws {
        let escaped = BlockText.escape(value)
        #expect(escaped.allSatisfy { !$0.isNewline })
        let expected = BlockText.plain(value)
        let blocks = try Self.blocks(
            """
            x\(escaped)
            \(escaped)y

            @p x\(escaped)y
            @table
            @header A | B
            x\(escaped)y | x*\(escaped)*y
            @end
            @code \(escaped)x | x\(escaped)
            """
        )
        try #require(blocks.count == 4)
        let two = "x\(expected)y"
        #expect(blocks[1] == .paragraph(.init(RichText(two))))
        guard case .table(let table) = blocks[2] else {
            Issue.record("no table")
            return
        }
        #expect(table.rows.map { $0.map(\.plain) } == [[two, two]])
    }

    @Test("random values never change the shape of a paper")
    func fuzzedValues() throws {
        let signs = Array("@|*_<>[]{}\\n\n\r\t ạđ\u{301}\u{2029}\u{202E}x1".unicodeScalars)
        var state: UInt64 = 20_260_305
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<3_000 {
            var value = String.UnicodeScalarView()
            for _ in 0..<random(12) { value.append(signs[random(signs.count)]) }
            let text = String(value)
            let escaped = BlockText.escape(text)
            let blocks = try Self.blocks("@definitions\nx | x\(escaped)y\n@end\n@h1 x\(escaped)y")
            #expect(
                blocks == [
                    .definitions(.init([.init("x", RichText("x\(BlockText.plain(text))y"))])),
                    .heading(.init(RichText("x\(BlockText.plain(text))y"))),
                ],
                "\(text.debugDescription)"
            )
        }
    }

    @Test("marks of direction and control characters are dropped, letters are composed")
    func plainText() {
        #expect(BlockText.plain("a\u{202E}b\u{2066}c\u{FEFF}\u{0}d\u{1B}[0m\u{E0041}") == "abcd[0m")
        #expect(Array(BlockText.plain("Ngu\u{79}e\u{302}\u{303}n").unicodeScalars) == Array("Nguyễn".unicodeScalars))
        #expect(BlockText.plain("a\r\nb\rc\u{2029}d\te") == "a\nb\nc\nd e")
    }
}
