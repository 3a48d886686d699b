// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@testable import Paper

/// What every drawn paper must be, judged by programs that we did not write.
@Suite("Papers before their judges")
struct PDFTests {
    static let all = SampleForms.values.keys.sorted() + ["long"]

    /// Exact letters: every one of the alphabet, ₫, and what a passport office sees.
    static let alphabet = String(String.UnicodeScalarView(FontShelf.needed))

    static func document(_ name: String) throws -> PaperDocument {
        guard name == "long" else {
            let values = try #require(SampleForms.values[name])
            let forms = try FormTemplates(folder: SampleForms.folder)
            return try forms.document(name, values: values, createdAt: SampleForms.moment)
        }
        let rows = (1...90).map {
            "\($0) | Giấy tờ số \($0), tên dài đến mức phải xuống dòng trong ô của mình | bản \($0)"
        }
        let text = """
            @document[a4]
            @title Sổ dài
            @h1 SỔ THEO DÕI
            \((1...60).map { "Câu thứ \($0) của một đoạn dài qua trang." }.joined(separator: " "))

            @p[left] \(alphabet)
            @table[widths=10,70,20]
            @header TT | Tên giấy tờ | Bản
            \(rows.joined(separator: "\n"))
            @end
            @h2 Hết
            Xem <https://dichvucong.example.vn/xac-minh>.
            @code https://dichvucong.example.vn/xac-minh/AB12 | Kiểm tra văn bản
            @signature
            right title | CHỦ TỊCH
            right name | Nguyễn Văn Bình
            @end
            """
        return try BlockText(parsing: text).document(createdAt: SampleForms.moment)
    }

    /// With `MOTCUA_PAPERS` naming a folder the papers are left there, for a person to look at.
    static func pdf(_ name: String) async throws -> [UInt8] {
        let bytes = try await SampleForms.renderer().pdf(try document(name))
        if let folder = ProcessInfo.processInfo.environment["MOTCUA_PAPERS"] {
            let file = name.split(separator: "/").last.map(String.init) ?? name
            try Data(bytes).write(to: URL(filePath: folder).appending(path: "\(file).pdf"))
        }
        return bytes
    }

    @Test(
        "qpdf finds no fault, and finds one in a cut file",
        .enabled(if: Judge.has("qpdf"), "qpdf is not installed"),
        arguments: all
    )
    func structureHolds(_ name: String) async throws {
        let bytes = try await Self.pdf(name)
        let verdict = try Judge.with(bytes) { try Judge.ask("qpdf", ["--check", $0]) }
        #expect(verdict.status == 0, "\(verdict.output)\(verdict.complaint)")
        let cut = try Judge.with(Array(bytes.dropLast(bytes.count / 3))) { try Judge.ask("qpdf", ["--check", $0]) }
        #expect(cut.status != 0)
    }

    @Test(
        "the text is exact, composed Vietnamese",
        .enabled(if: Judge.has("pdftotext"), "poppler-utils is not installed")
    )
    func textIsExact() async throws {
        let long = try await Self.pdf("long")
        let text = try Judge.with(long) { try Judge.ask("pdftotext", ["-raw", $0, "-"]) }.output
        let joined = text.split(whereSeparator: \.isWhitespace).joined()
        let wanted = Array(Self.alphabet.unicodeScalars)
        #expect(wanted.count == 147)
        // Scalar by scalar: Swift's own comparison would take decomposed letters for equal.
        #expect(Self.holds(Array(joined.unicodeScalars), wanted))
        for number in 1...90 { #expect(text.contains("Giấy tờ số \(number),")) }
        #expect(!text.unicodeScalars.contains { (0x300...0x36F).contains($0.value) })
        // What is too long for a line is broken, but nothing is put in: a hyphen would falsify a code.
        let word = String(repeating: "9f86d081884c7d65", count: 40)
        let broken = PaperDocument(
            title: "x",
            size: .a5,
            createdAt: SampleForms.moment,
            blocks: [.paragraph(.init(RichText(word)))]
        )
        let brokenBytes = try await SampleForms.renderer().pdf(broken)
        let lines = try Judge.with(brokenBytes) { try Judge.ask("pdftotext", ["-layout", $0, "-"]) }.output
        let pieces = lines.split(whereSeparator: \.isWhitespace)
        let together = pieces.joined()
        #expect(pieces.count > 3)
        #expect(together == word)
        let slip = try await Self.pdf("TT03_2025/01-intake-slip")
        let words = try Judge.with(slip) { try Judge.ask("pdftotext", ["-layout", $0, "-"]) }.output
        for part in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "H01.30307-260305-0001",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Nguyễn Thị Ngọc Ánh", "17 giờ 00 phút, ngày 05/03/2026",
        ] {
            #expect(words.contains(part), "\(part)")
        }
    }

    private static func holds(_ text: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
        (0...max(text.count - part.count, 0)).contains { text[$0...].starts(with: part) }
    }

    @Test(
        "fonts are embedded and lead back to text",
        .enabled(if: Judge.has("pdffonts"), "poppler-utils is not installed"),
        arguments: all
    )
    func fontsAreEmbedded(_ name: String) async throws {
        let bytes = try await Self.pdf(name)
        let lines = try Judge.with(bytes) { try Judge.ask("pdffonts", [$0]) }.output.split(separator: "\n").dropFirst(2)
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(line.contains("LiberationSerif"), "\(line)")
            // Columns from the right: object number (2), "uni", "sub", "emb".
            #expect(line.split(separator: " ").dropLast(2).suffix(3) == ["yes", "yes", "yes"], "\(line)")
        }
    }

    @Test(
        "the structure tree holds every line, header cells their scope",
        .enabled(if: Judge.has("pdfinfo"), "poppler-utils is not installed")
    )
    func structureTreeIsWhole() async throws {
        let bytes = try await Self.pdf("long")
        let tree = try Judge.with(bytes) { try Judge.ask("pdfinfo", ["-struct-text", $0]) }.output
        func count(_ element: String) -> Int {
            tree.split(separator: "\n").count { line in
                line.trimmingCharacters(in: .whitespaces).split(whereSeparator: { $0 == " " || $0 == ":" }).first.map(
                    String.init
                ) == element
            }
        }
        #expect(tree.hasPrefix("Document"))
        #expect(
            count("H1") == 1 && count("H2") == 1 && count("Table") == 1 && count("Figure") == 1 && count("Link") == 1
        )
        // The repeated header rows are no part of the text.
        #expect(count("TR") == 91 && count("TH") == 3 && count("TD") == 270)
        #expect(tree.components(separatedBy: "/Scope /Column").count == 4)
        let spoken = tree.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.hasPrefix("\"") }.map { $0.dropFirst().dropLast().trimmingCharacters(in: .whitespaces) }
            .joined(separator: " ")
        for number in 1...60 { #expect(spoken.contains("Câu thứ \(number) của một đoạn dài qua trang."), "\(number)") }
        for number in 1...90 {
            #expect(spoken.contains("Giấy tờ số \(number), tên dài đến mức phải xuống dòng trong ô của mình"))
        }
    }

    @Test("language, title, pages and the claim", .enabled(if: Judge.has("pdfinfo"), "poppler-utils is not installed"))
    func metadata() async throws {
        let bytes = try await Self.pdf("TT03_2025/01-intake-slip")
        let facts = try Judge.with(bytes) { try Judge.ask("pdfinfo", [$0]) }.output
        for fact in ["Tagged:          yes", "Metadata Stream: yes", "PDF version:     1.5", "JavaScript:      no"] {
            #expect(facts.contains(fact), "\(fact)")
        }
        #expect(facts.contains("Title:           Giấy tiếp nhận hồ sơ và hẹn trả kết quả H01.30307-260305-0001"))
        #expect(facts.contains("Author:          Ủy ban nhân dân phường Long Xuyên"))
        #expect(facts.contains("419.528 x 595.276 pts"))
        let raw = String(decoding: bytes, as: UTF8.self)
        #expect(raw.contains("/Lang <FEFF00760069002D0056004E>"))
        #expect(raw.contains("/DisplayDocTitle true") && raw.contains("/Alt <FEFF") && raw.contains("/F 4") == false)
        #expect(raw.components(separatedBy: "startxref").count == 2 && !raw.contains("/ObjStm"))
        let meta = try Judge.with(bytes) { try Judge.ask("pdfinfo", ["-meta", $0]) }.output
        let claims = meta.contains("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>")
        #expect(claims == FileManager.default.fileExists(atPath: SampleForms.profilePath))
        #expect(claims == raw.contains("/GTS_PDFA1"))
        let unclaimed = try await SampleForms.renderer(withProfile: false).pdf(
            Self.document("TT03_2025/01-intake-slip")
        )
        #expect(!String(decoding: unclaimed, as: UTF8.self).contains("pdfaid:part"))
    }

    @Test(
        "pages are numbered from the second, table heads repeated",
        .enabled(if: Judge.has("pdftotext"), "poppler-utils is not installed")
    )
    func pages() async throws {
        let bytes = try await Self.pdf("long")
        let pages = try Judge.with(bytes) { try Judge.ask("pdftotext", ["-layout", $0, "-"]) }.output
            .split(separator: "\u{0C}")
        #expect(pages.count >= 4)
        for (index, page) in pages.enumerated() {
            let first = page.split(separator: "\n").first { !$0.allSatisfy(\.isWhitespace) } ?? ""
            let number = first.trimmingCharacters(in: .whitespaces)
            #expect(index == 0 ? number == "SỔ THEO DÕI" : number == "\(index + 1)")
            if page.contains("Giấy tờ số") { #expect(page.contains("Tên giấy tờ"), "page \(index + 1)") }
        }
    }

    @Test(
        "a scanner reads the code from the drawn page",
        .enabled(if: Judge.has("zbarimg", "pdftoppm"), "zbar-tools or poppler-utils is not installed"),
        arguments: ["TT03_2025/01-intake-slip", "submission-confirmation"]
    )
    func codesAreRead(_ name: String) async throws {
        let bytes = try await Self.pdf(name)
        let read = try Judge.with(bytes) { file in
            _ = try Judge.ask("pdftoppm", ["-r", "150", "-png", "-singlefile", file, file])
            return try Judge.ask("zbarimg", ["--quiet", "--raw", "\(file).png"]).output
        }
        #expect(read == "https://dichvucong.angiang.example/ho-so/H01.30307-260305-0001?m=Zk3_vQ9sT-x7Yb2LqW8RdA\n")
    }

    @Test("the code of a page is read as well", .enabled(if: Judge.has("zbarimg"), "zbar-tools is not installed"))
    func codeOfAPage() throws {
        let text = "https://dichvucong.example/?a=1&b=2"
        // The picture is made from the SVG path itself: stripes "M x y h length v1 h-length z", 4 dots for a module.
        let svg = try QRCode(text).svg(label: "Mã")
        let side = try #require(svg.firstMatch(of: /viewBox=\x220 0 (\d+)/).flatMap { Int($0.1) })
        var dots = [[UInt8]](repeating: [UInt8](repeating: 255, count: side), count: side)
        for stripe in svg.matches(of: /M(\d+) (\d+)h(\d+)v1h-\d+z/) {
            let (x, y, length) = try (#require(Int(stripe.1)), #require(Int(stripe.2)), #require(Int(stripe.3)))
            for column in x..<(x + length) { dots[y][column] = 0 }
        }
        var picture = Array("P5 \(side * 4) \(side * 4) 255\n".utf8)
        for row in 0..<(side * 4) { for column in 0..<(side * 4) { picture.append(dots[row / 4][column / 4]) } }
        let read = try Judge.with(picture) { file in
            try FileManager.default.moveItem(atPath: file, toPath: "\(file).pgm")
            return try Judge.ask("zbarimg", ["--quiet", "--raw", "\(file).pgm"]).output
        }
        #expect(read == text + "\n")
    }

    @Test("the same document gives the same bytes, also from many tasks at once")
    func determinism() async throws {
        let renderer = try SampleForms.renderer()
        let documents = try Self.all.map(Self.document)
        var expected: [[UInt8]] = []
        for document in documents { expected.append(try await renderer.pdf(document)) }
        try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for round in 0..<16 {
                let index = round % documents.count
                group.addTask { (index, try await renderer.pdf(documents[index])) }
            }
            for try await (index, bytes) in group { #expect(bytes == expected[index]) }
        }
    }
}

/// What needs no judge.
@Suite("Drawing")
struct DrawingTests {
    @Test("a font that cannot write Vietnamese is refused at start")
    func fonts() throws {
        #expect(throws: PaperError.self) { try PaperRenderer(fonts: FontSettings(family: "Khong Co Phong Nay")) }
        let error = try #require(throws: PaperError.self) {
            try PaperRenderer(
                fonts: FontSettings(family: "DejaVu Sans", configurationFile: SampleForms.fonts.configurationFile)
            )
        }
        // Our own list offers Liberation Serif alone, even where others are installed.
        guard case .fontMissing("DejaVu Sans", _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(throws: PaperError.unreadable(path: "/khong/co.conf")) {
            try PaperRenderer(fonts: FontSettings(configurationFile: "/khong/co.conf"))
        }
        #expect(FontShelf.needed.count == 147 && Set(FontShelf.needed).count == 147)
    }

    @Test("a code has its patterns, its quiet zone, and a limit")
    func codes() throws {
        let code = try QRCode("https://example.vn")
        #expect(code.width == 25 && code.modules.count == 25)
        for (row, column) in [(0, 0), (0, 18), (18, 0)] {  // finder patterns: 7 × 7 with a light ring
            #expect((0..<7).allSatisfy { code.modules[row][column + $0] && code.modules[row + 6][column + $0] })
            #expect((1..<6).allSatisfy { !code.modules[row + 1][column + $0] })
        }
        let dark = code.modules.joined().count { $0 }
        #expect(code.stripes.reduce(0) { $0 + $1.length } == dark)
        let svg = code.svg(label: "<&\">")
        #expect(svg.contains("viewBox=\"0 0 33 33\"") && svg.contains("aria-label=\"&lt;&amp;&quot;&gt;\""))
        #expect(!svg.contains("style="))
        #expect(try QRCode(String(repeating: "x", count: 2_331)).width == 177)
        #expect(throws: PaperError.codeTooLong(bytes: 2_332)) { try QRCode(String(repeating: "x", count: 2_332)) }
        #expect(throws: PaperError.codeTooLong(bytes: 0)) { try QRCode("") }
    }

    @Test("a row and columns taller than a page are drawn to the end")
    func tallThings() async throws {
        let words = RichText(String(repeating: "Nội dung rất dài. ", count: 900))
        let blocks: [Block] = [
            .table(.init(header: ["A", "B"], rows: [[words, "ngắn"]])),
            .columns(.init([[.paragraph(.init(words))], [.paragraph(.init("phải"))]], shares: [50, 50])),
            .definitions(.init([.init("Nhãn", words)])),
        ]
        let document = PaperDocument(title: "Dài", size: .a5, createdAt: SampleForms.moment, blocks: blocks)
        let bytes = try await SampleForms.renderer().pdf(document)
        #expect(try PDFObjects(reading: bytes).pages.count > 20)
        guard Judge.has("pdftotext") else { return }
        let text = try Judge.with(bytes) { try Judge.ask("pdftotext", ["-raw", $0, "-"]) }.output
        let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // Page numbers stand between some of the words.
        #expect(flat.components(separatedBy: "Nội").count - 1 == 2_700)
    }

    @Test("too many pages are refused")
    func pageLimit() async throws {
        let blocks = (0...PaperLimits.pages).flatMap { _ -> [Block] in
            // Two of these do not stand on one page.
            [
                .columns(.init([[.spacer(millimetres: 1), .code(.init("x", sizeMillimetres: 60))]], shares: [100])),
                .spacer(millimetres: 200),
            ]
        }
        let document = PaperDocument(title: "x", size: .a5, createdAt: SampleForms.moment, blocks: blocks)
        await #expect(throws: PaperError.tooLarge(what: "pages", limit: PaperLimits.pages)) {
            try await SampleForms.renderer().pdf(document)
        }
    }

    @Test("only files of our own making are finished")
    func strangersAreRefused() throws {
        for text in ["", "%PDF-1.5\nstartxref\n0\n%%EOF", "startxref", "xref\ntrailer\nstartxref\n0\n"] {
            #expect(throws: PaperError.self) { try PDFObjects(reading: Array(text.utf8)) }
        }
    }
}
