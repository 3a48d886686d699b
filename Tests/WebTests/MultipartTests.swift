// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

@testable import Web

/// One part as the tests see it.
struct SeenPart: Equatable {
    var header: PartHeader
    var bytes: [UInt8] = []
}

/// Parses whole input cut at the given places.
func parse(_ body: [UInt8], boundary: String = "XyZ", cuts: [Int] = []) throws -> [SeenPart] {
    var parser = MultipartParser(boundary: Array(boundary.utf8))
    var parts: [SeenPart] = []
    var open = false
    let edges = [0] + cuts.sorted() + [body.count]
    for (from, to) in zip(edges, edges.dropFirst()) {
        try parser.feed(body[from..<to]) { event in
            switch event {
            case .began(let header):
                parts.append(SeenPart(header: header))
                open = true
            case .bytes(let bytes):
                #expect(open)
                parts[parts.count - 1].bytes += bytes
            case .ended: open = false
            }
        }
    }
    try parser.finish()
    #expect(!open)
    return parts
}

func body(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct MultipartParserTests {
    let sample = body(
        "--XyZ\r\nContent-Disposition: form-data; name=\"ho_ten\"\r\n\r\nNguyễn Thị Bưởi\r\n"
            + "--XyZ\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"giấy chứng sinh.pdf\"\r\n"
            + "Content-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--XyY\r\n--Xy\r\n\r\r\n\r\n--\r\n"
            + "--XyZ\r\nContent-Disposition: form-data; name=\"rong\"\r\n\r\n\r\n--XyZ--\r\n"
    )

    @Test func readsFieldsAndFiles() throws {
        let parts = try parse(sample)
        #expect(parts.count == 3)
        #expect(parts[0] == SeenPart(header: PartHeader(name: "ho_ten"), bytes: body("Nguyễn Thị Bưởi")))
        #expect(
            parts[1].header
                == PartHeader(name: "tep", fileName: "giấy chứng sinh.pdf", declaredType: "application/pdf")
        )
        #expect(parts[1].bytes == body("%PDF-1.7\r\n--XyY\r\n--Xy\r\n\r\r\n\r\n--"))
        #expect(parts[2] == SeenPart(header: PartHeader(name: "rong")))
    }

    @Test func anySingleCutGivesTheSameParts() throws {
        let whole = try parse(sample)
        for cut in 0...sample.count { #expect(try parse(sample, cuts: [cut]) == whole, "cut at \(cut)") }
        #expect(try parse(sample, cuts: Array(0...sample.count)) == whole, "byte by byte")
    }

    @Test(arguments: 0..<300) func anyChunkingOfRandomBytesGivesTheSameParts(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = body("\r\n-XyZ \t") + [0, 255]
        var expected: [[UInt8]] = []
        var bytes: [UInt8] = []
        for index in 0..<Int.random(in: 1...6, using: &random) {
            let length = Int.random(in: 0...400, using: &random)
            let content = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            // Content that holds the delimiter itself is no valid body.
            guard !contains(body("\r\n") + content + body("\r\n--Xy"), body("\r\n--XyZ")) else { continue }
            expected.append(content)
            bytes +=
                body("--XyZ\r\nContent-Disposition: form-data; name=\"f\(index)\"\r\n\r\n") + content + body("\r\n")
        }
        bytes += body("--XyZ--\r\n")
        let whole = try parse(bytes)
        #expect(whole.map(\.bytes) == expected, "seed \(seed)")
        for _ in 0..<20 {
            let cuts = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                Int.random(in: 0...bytes.count, using: &random)
            }
            #expect(try parse(bytes, cuts: cuts) == whole, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<300) func damagedInputIsRefusedOrReadAlikeHoweverItIsCut(seed: UInt64) {
        var random = SeededGenerator(seed: seed &+ 1000)
        var bytes = sample
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(contentsOf: body("\r\n--XyZ"), at: place)
            }
        }
        let whole = Result { try parse(bytes) }
        let cuts = (0..<30).map { _ in Int.random(in: 0...bytes.count, using: &random) }
        let pieces = Result { try parse(bytes, cuts: cuts) }
        switch (whole, pieces) {
        case (.success(let first), .success(let second)): #expect(first == second, "seed \(seed)")
        case (.failure, .failure): break
        default: Issue.record("seed \(seed): whole and pieces differ")
        }
    }

    @Test(arguments: [
        "", "--XyZ", "--XyZ\r\n\r\nno headers\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nempty name\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"x; filename=b\r\n\r\nx\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nx\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\nx\r\n--XyZ--",
        "--XyZ\nContent-Disposition: form-data; name=\"a\"\n\nx\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\u{0}b\"\r\n\r\nx\r\n--XyZ--",
        "--XyZjunk\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XyZ", "no delimiter at all",
    ])
    func refusesHostileInput(text: String) {
        #expect(throws: RequestError.self) { try parse(body(text)) }
    }

    @Test func limitsWhatStandsOutsideAndInHeaders() throws {
        let part = "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XyZ--"
        // The parser's own line end counts two.
        let most = MultipartParser.outsideLimitBytes - 2
        #expect(try parse(body(String(repeating: "p", count: most - 2) + "\r\n" + part)).count == 1)
        #expect(throws: RequestError.self) { try parse(body(String(repeating: "p", count: most + 1) + "\r\n" + part)) }
        #expect(try parse(body(part + String(repeating: "e", count: 1024))).count == 1)
        #expect(throws: RequestError.self) { try parse(body(part + String(repeating: "e", count: 1025))) }

        let head = "Content-Disposition: form-data; name=\"a\"\r\nX: "
        func padded(_ size: Int) -> [UInt8] {
            body("--XyZ\r\n" + head + String(repeating: "h", count: size - head.utf8.count) + "\r\n\r\nx\r\n--XyZ--")
        }
        for cuts in [[], Array(0...4096)] {
            #expect(try parse(padded(4096), cuts: cuts).count == 1)
            #expect(throws: RequestError.self) { try parse(padded(4097), cuts: cuts) }
        }
    }

    @Test(arguments: [
        ("C:\\fakepath\\anh.jpg", "anh.jpg"), ("../../etc/passwd", "passwd"), ("a/b/..", ""), (".htaccess", "htaccess"),
        ("ten\u{202E}gpj.exe", "tengpj.exe"), ("a\u{0}b.pdf", "ab.pdf"), ("giấy\"khai;sinh.pdf", "giấy_khai_sinh.pdf"),
        ("gia\u{302}\u{301}y.pdf", "giấy.pdf"), ("  hai  .pdf. ", "hai  .pdf"),
    ])
    func cleansFileNames(claimed: String, cleaned: String) {
        #expect(FileName.cleaned(claimed) == cleaned)
    }

    @Test func shorteningKeepsTheExtension() {
        let long = FileName.cleaned(String(repeating: "ấ", count: 300) + ".PDF")
        #expect(long.count == FileName.limitCharacters)
        #expect(FileName.fileExtension(long) == "pdf")
        #expect(FileName.fileExtension("khong") == nil)
        #expect(FileName.fileExtension(".pdf") == nil)
    }

    @Test func decodesNamesAsBrowsersWriteThem() throws {
        let text =
            "--XyZ\r\nContent-Disposition: form-data; name=\"a%22b\"; filename=\"x%22y%0D%0A.pdf\"; filename*=UTF-8''z\r\n\r\n"
            + "x\r\n--XyZ--"
        let parts = try parse(body(text))
        #expect(parts[0].header.name == "a\"b")
        #expect(parts[0].header.fileName == "x_y  .pdf")
    }

    @Test func boundaryIsTakenFromTheType() {
        func bytes(_ type: String?) -> String? {
            MultipartBoundary(contentType: type).map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        #expect(bytes("multipart/form-data; boundary=abc") == "abc")
        #expect(bytes("Multipart/Form-Data; charset=utf-8; Boundary=\"a b:c\"") == "a b:c")
        #expect(bytes("multipart/form-data; boundary=" + String(repeating: "b", count: 70))?.count == 70)
        #expect(bytes("multipart/form-data; boundary=" + String(repeating: "b", count: 71)) == nil)
        for bad in [
            nil, "", "text/plain; boundary=a", "multipart/form-data", "multipart/form-data; boundary=",
            "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=ă",
            "multipart/mixed; boundary=a",
        ] { #expect(bytes(bad) == nil) }
    }

    private func contains(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
        guard bytes.count >= pattern.count else { return false }
        return (0...(bytes.count - pattern.count)).contains { bytes[$0..<($0 + pattern.count)].elementsEqual(pattern) }
    }
}
