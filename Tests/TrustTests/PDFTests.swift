// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@testable import Trust

@Suite("Reading and updating PDF")
struct PDFTests {
    func code(_ bytes: [UInt8]) -> String? {
        do {
            _ = try PDFUpdate(bytes)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("A minimal file is read by its own pointers")
    func reading() throws {
        let file = try PDFFile(SamplePDF.make())
        #expect(file.rootNumber == 1 && file.size == 6 && file.offsets.count == 5)
        #expect(try file.firstPage() == 3)
        #expect(try file.dictionary(5)["BaseFont"]?.asName == "Helvetica")
        #expect(try file.object(99) == .null)
    }

    @Test("What we do not sign is refused with its own error")
    func refusals() {
        let good = SamplePDF.make()
        #expect(code(good) == nil)
        #expect(code([]) == "pdf-malformed")
        #expect(code(Array("%PDF-1.7".utf8)) == "pdf-malformed")
        #expect(code(Array(good.dropLast(20))) == "pdf-malformed")
        #expect(code(good + Array("xyz".utf8)) == "pdf-malformed")
        #expect(code(SamplePDF.make(trailer: "/Encrypt 5 0 R")) == "pdf-encrypted")
        #expect(code(SamplePDF.make(trailer: "/XRefStm 15")) == "pdf-cross-reference-stream")
        #expect(code(SamplePDF.make(trailer: "/Prev 999999")) == "pdf-malformed")
        #expect(code(SamplePDF.make(trailer: "/Prev 20")) == "pdf-malformed")
        let roomy = SamplePDF.make(trailer: "       ").replacing(
            "/Size 6 /Root 1 0 R     ",
            with: "/Size 900000 /Root 1 0 R"
        )
        #expect(code(roomy) == "document-too-large")
        #expect(code(good.replacing("/Root 1 0 R", with: "/Raat 1 0 R")) == "pdf-malformed")
    }

    @Test("A table that is a stream is named as such")
    func streamTable() throws {
        var bytes = SamplePDF.make()
        let table = try #require(bytes.firstIndex(of: "xref\n0"))
        bytes.replaceSubrange(table..<table + 8, with: "6 0 obj\n".utf8)
        #expect(code(bytes) == "pdf-cross-reference-stream")
    }

    @Test("Pointers in a circle end with an error")
    func circles() throws {
        let table = try #require(SamplePDF.make(trailer: "/Prev 0000").firstIndex(of: "xref\n0"))
        let looped = SamplePDF.make(trailer: "/Prev \(String(table, paddedTo: 4))")
        #expect(code(looped) == "pdf-malformed")
        let pages = SamplePDF.make(objects: [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        ])
        #expect(throws: TrustError.self) { try PDFFile(pages).firstPage() }
        let references = SamplePDF.make(objects: ["2 0 R", "1 0 R"])
        #expect(throws: TrustError.self) { try PDFFile(references).resolved(.reference(1)) }
    }

    @Test("Nesting up to the limit, not beyond", arguments: [TrustLimits.depth - 1, TrustLimits.depth, 100_000])
    func nesting(depth: Int) throws {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        var parser = PDFParser(Array(text.utf8), at: 0)
        if depth <= TrustLimits.depth {
            _ = try parser.value()
        } else {
            #expect(throws: TrustError.self) { try parser.value() }
        }
    }

    @Test("So many revisions are followed, and not one more", arguments: [63, 64])
    func revisions(updates: Int) throws {
        var bytes = SamplePDF.make()
        for count in 0..<updates {
            guard count < 63 else {
                var update = try PDFUpdate(bytes)
                update.put(5, ["Last": .boolean(true)])
                #expect(code(update.finished()) == "document-too-large")
                return
            }
            var update = try PDFUpdate(bytes)
            update.put(5, ["Type": .name("Font"), "Count": .integer(count)])
            bytes = update.finished()
        }
        #expect(code(bytes) == nil)
    }

    @Test(
        "Values come back as they were written",
        arguments: [
            "null", "true", "-12.50", "/Name", "/A#20B", "(a \\(b\\) c)", "[1 2 R 3]", "<< /A 1 /B [/C 5 0 R] >>",
        ]
    )
    func values(text: String) throws {
        var parser = PDFParser(Array(text.utf8), at: 0)
        let value = try parser.value()
        var bytes: [UInt8] = []
        value.write(into: &bytes)
        var again = PDFParser(bytes, at: 0)
        #expect(try again.value() == value)
    }

    @Test("Strings: escapes, octal, line ends, hexadecimal, Vietnamese")
    func strings() throws {
        func read(_ text: String) throws -> PDFValue {
            var parser = PDFParser(Array(text.utf8), at: 0)
            return try parser.value()
        }
        #expect(try read("(a\\n\\101\\\n b(c)d)").asText == "a\nA b(c)d")
        #expect(try read("<48 69 7>").asString == [0x48, 0x69, 0x70])
        #expect(PDFValue.text("Đắk Lắk").asText == "Đắk Lắk")
        #expect(throws: TrustError.self) { try read("(open") }
        #expect(throws: TrustError.self) { try read("<4G>") }
        #expect(throws: TrustError.self) { try read("<< /A 1 /A 2 >>") }
        #expect(throws: TrustError.self) { try read("<< /A 1") }
        #expect(throws: TrustError.self) { try read("endobj") }
    }

    @Test("Random damage never crashes the reader")
    func damage() async throws {
        let pki = try SamplePKI()
        let statement = SignatureStatement(name: "A", reason: "", location: "", signedAt: SamplePKI.now)
        let signed = try await DocumentSealer(timestamps: nil).sign(SamplePDF.make(), by: try pki.leader.key, statement)
        let verifier = DocumentVerifier(roots: try pki.roots, clock: SamplePKI.clock)
        var seed = SeededGenerator(seed: 20_260_305)
        var accepted = 0
        for _ in 0..<400 {
            var broken = signed
            for _ in 0..<Int.random(in: 1...4, using: &seed) {
                let index = Int.random(in: 0..<broken.count, using: &seed)
                broken[index] = UInt8.random(in: 0...255, using: &seed)
            }
            if seed.next() % 5 == 0 { broken.removeLast(Int.random(in: 1..<broken.count, using: &seed)) }
            let report = try? await verifier.verify(broken)  // an error is an answer; a crash is not
            if report?.isValid == true { accepted += zerosOnly(broken, signed) ? 0 : 1 }
        }
        #expect(accepted == 0)
    }

    /// Whether the difference lies within the room of the value, behind the CMS structure, which nobody signs.
    private func zerosOnly(_ broken: [UInt8], _ signed: [UInt8]) -> Bool {
        guard broken.count == signed.count, let start = signed.firstIndex(of: "/Contents <") else { return false }
        let room = start + 11..<start + 11 + TrustLimits.reservedSignatureBytes * 2
        return signed.indices.allSatisfy { broken[$0] == signed[$0] || room.contains($0) }
    }

    @Test("An update keeps the old bytes and is the same every time")
    func metadata() throws {
        let pdf = SamplePDF.make()
        let metadata = PDFMetadata(
            title: "Giấy khai sinh <bản sao>",
            author: "UBND xã mẫu",
            createdAt: SamplePKI.now
        )
        var update = try PDFUpdate(pdf)
        try update.describe(metadata, colourProfile: [1, 2, 3])
        let result = update.finished()
        #expect(Array(result.prefix(pdf.count)) == pdf)
        var again = try PDFUpdate(pdf)
        try again.describe(metadata, colourProfile: [1, 2, 3])
        #expect(again.finished() == result)
        let file = try PDFFile(result)
        let catalog = try file.dictionary(1)
        #expect(catalog["Lang"]?.asText == "vi-VN")
        #expect(try file.resolved(file.trailer["Info"]).asDictionary?["Title"]?.asText == metadata.title)
        #expect(result.firstIndex(of: "Giấy khai sinh &lt;bản sao>") == nil)
        #expect(result.firstIndex(of: "Giấy khai sinh &lt;bản sao&gt;") != nil)
    }

    @Test(
        "Dates of PDF",
        arguments: [
            ("D:20260305150001+07'00'", "2026-03-05T15:00:01+07:00"),
            ("D:20260305080001Z", "2026-03-05T15:00:01+07:00"),
            ("D:20260305", "2026-03-05T00:00:00+07:00"), ("D:20260305150001-05'30'", "2026-03-06T03:30:01+07:00"),
        ]
    )
    func dates(text: String, moment: String) throws {
        #expect(Instant(inPDF: text)?.description == moment)
        let instant = try #require(Instant(moment))
        #expect(Instant(inPDF: instant.inPDF) == instant)
    }
}
