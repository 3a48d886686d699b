// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Uploads

@Suite struct UploadCheckTests {
    private let check = UploadCheck()

    private func refusal(_ bytes: [UInt8], _ name: String, before: Int64 = 0) async -> UploadError? {
        do {
            _ = try await check.check(bytes: bytes, name: name, bytesBefore: before)
            return nil
        } catch {
            return error
        }
    }

    @Test func takesWhatIsInOrder() async throws {
        let pdf = try await check.check(bytes: Fixtures.pdf(pages: 3), name: "giấy chứng sinh.PDF")
        #expect(pdf.type == .pdf && pdf.pageCount == 3 && pdf.pixelWidth == nil)
        #expect(pdf.displayName == "giấy chứng sinh.PDF" && pdf.extent == "3 trang")
        let jpeg = try await check.check(bytes: Fixtures.jpeg(width: 1654, height: 2339), name: "anh.jpeg")
        #expect(jpeg.type == .jpeg && jpeg.pixelWidth == 1654 && jpeg.pixelHeight == 2339 && jpeg.pageCount == 1)
        #expect(jpeg.extent == "1.654 × 2.339 điểm ảnh")
        let png = try await check.check(bytes: Fixtures.png(width: 20, height: 30), name: "1000012345")
        #expect(png.type == .png && png.displayName == "1000012345.png")
    }

    @Test func readsAFileOnDisk() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "upload-\(UUID().uuidString).pdf")
        try Data(Fixtures.pdf()).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }  // the folder is emptied by the system in any case
        #expect(try await check.check(path: path.path, name: "a.pdf").pageCount == 1)
        await #expect(throws: UploadError.unreadable) {
            try await check.check(path: path.path + ".missing", name: "a.pdf")
        }
    }

    @Test func sizesAtAndOverTheLimit() async {
        #expect(await refusal([], "a.pdf") == .empty)
        func png(_ size: Int) -> [UInt8] {
            Fixtures.png(width: 10, height: 10, data: size - Fixtures.png(width: 10, height: 10, data: 0).count)
        }
        #expect(await refusal(png(25_000_000), "a.png") == nil)
        #expect(await refusal(png(25_000_001), "a.png") == .tooLarge(limitBytes: 25_000_000))
        let small = Fixtures.pdf()
        #expect(await refusal(small, "a.pdf", before: 100_000_000 - Int64(small.count)) == nil)
        #expect(
            await refusal(small, "a.pdf", before: 100_000_001 - Int64(small.count))
                == .dossierTooLarge(limitBytes: 100_000_000)
        )
    }

    @Test func typeIsFoundInTheContent() async {
        #expect(await refusal(Array("<html><script>alert(1)</script></html>".utf8), "a.pdf") == .wrongType)
        #expect(await refusal(Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8), "a.png") == .wrongType)
        #expect(await refusal([0x4D, 0x5A] + [UInt8](repeating: 0, count: 200), "a.jpg") == .wrongType)
        #expect(await refusal(Array("<html>".utf8) + Fixtures.pdf(), "a.pdf") == .wrongType)
        #expect(await refusal(Fixtures.heicHead + [UInt8](repeating: 0, count: 100), "anh.heic") == .broken(.heic))
        // A PDF that an unpacker would open from behind.
        let archive: [UInt8] = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)
        #expect(await refusal(Fixtures.pdf() + archive, "a.pdf") == .wrongType)
        #expect(await refusal(Fixtures.pdf() + archive + [0x0A], "a.pdf") == nil)
    }

    @Test func nameAndContentMustAgree() async {
        #expect(await refusal(Fixtures.pdf(), "anh.jpg") == .mislabelled(ending: "jpg", found: .pdf))
        #expect(await refusal(Fixtures.jpeg(width: 5, height: 5), "a.pdf") == .mislabelled(ending: "pdf", found: .jpeg))
        #expect(await refusal(Fixtures.png(width: 5, height: 5), "a.exe") == .mislabelled(ending: "exe", found: .png))
        #expect(await refusal(Fixtures.pdf(), "Đơn xin v.v. ngày 5.3") == nil)
        #expect(
            UploadError.mislabelled(ending: "jpg", found: .pdf).publicDetail
                == "Tên tệp ghi .jpg nhưng nội dung là PDF. Chọn đúng tệp, hoặc đổi đuôi thành .pdf"
        )
    }

    @Test func lockedFilesAreRefusedRestrictedOnesTaken() async {
        #expect(await refusal(Fixtures.lockedPDF, "a.pdf") == .passwordProtected)
        #expect(UploadError.passwordProtected.publicDetail == "Tệp có mật khẩu, bỏ mật khẩu rồi tải lại")
        #expect(await refusal(Fixtures.restrictedPDF, "a.pdf") == nil)
    }

    @Test func brokenPDFs() async {
        let whole = Fixtures.pdf(pages: 2)
        #expect(await refusal(Array(whole.dropLast(60)), "a.pdf") == .broken(.pdf))
        #expect(await refusal(Array("%PDF-1.4\njunk\n%%EOF\n".utf8), "a.pdf") == .broken(.pdf))
        #expect(await refusal(Fixtures.pdf(pages: 0), "a.pdf") == .broken(.pdf))
        // A wrong table of places is put right, as every viewer does.
        let text = String(decoding: whole, as: UTF8.self).replacingOccurrences(of: "startxref\n", with: "startxref\n9")
        #expect(await refusal(Array(text.utf8), "a.pdf") == nil)
    }

    @Test(arguments: [
        "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", "/OpenAction << /S /Launch /F (cmd.exe) >>",
        "/AA << /WC << /S /JavaScript /JS 4 0 R >> >>", "/Names << /JavaScript << /Names [(a) 4 0 R] >> >>",
        "/OpenAction 4 0 R", "/AcroForm << /XFA [] >>", "/OpenAction << /S /SubmitForm /F (http://evil) >>",
        "/OpenAction << /S /Java#53cript /J#53 (x) >>",
    ])
    func whatRunsIsRefused(catalogue: String) async {
        let bytes = Fixtures.pdf(catalogue: catalogue, more: ["<< /S /JavaScript /JS (x) >>"])
        #expect(await refusal(bytes, "a.pdf") == .activeContent)
    }

    @Test func actionsInPagesAndHarmlessActions() async {
        let annotation = "/Annots [<< /Type /Annot /Subtype /Link /A << /S /Launch /F (x) >> >>]"
        #expect(await refusal(Fixtures.pdf(page: annotation), "a.pdf") == .activeContent)
        let link = "/Annots [<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://a.vn) >> >>]"
        #expect(await refusal(Fixtures.pdf(page: link), "a.pdf") == nil)
        // What nothing refers to never runs.
        #expect(await refusal(Fixtures.pdf(more: ["<< /S /JavaScript /JS (x) >>"]), "a.pdf") == nil)
    }

    @Test func filesInsideAFileAreRefused() async {
        let more = [
            "<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>", "<< /Length 2 >>\nstream\nMZ\nendstream",
        ]
        let names = "/Names << /EmbeddedFiles << /Names [(a.exe) 4 0 R] >> >>"
        #expect(await refusal(Fixtures.pdf(catalogue: names, more: more), "a.pdf") == .embeddedFile)
        let pin = "/Annots [<< /Type /Annot /Subtype /FileAttachment /FS 4 0 R >>]"
        #expect(await refusal(Fixtures.pdf(page: pin, more: more), "a.pdf") == .embeddedFile)
        // A reference to a file that is elsewhere carries nothing in.
        let outside = "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.pdf) >>] >> >>"
        #expect(await refusal(Fixtures.pdf(catalogue: outside), "a.pdf") == nil)
    }

    @Test(.timeLimit(.minutes(1))) func aFileThatSwellsIsStoppedOutside() async {
        // 1.9 MB that unpack to 300 MB of cross-reference stream.
        let bomb = Fixtures.swellingPDF(megabytes: 300)
        #expect(bomb.count < 2_500_000)
        #expect(await refusal(bomb, "a.pdf") == .tooHeavy(.pdf))
    }

    @Test func pagesAndObjectsAreLimited() async throws {
        let strict = UploadCheck(limits: UploadLimits(pages: 2))
        #expect(try await strict.check(bytes: Fixtures.pdf(pages: 2), name: "a.pdf").pageCount == 2)
        await #expect(throws: UploadError.tooManyPages(limit: 2)) {
            try await strict.check(bytes: Fixtures.pdf(pages: 3), name: "a.pdf")
        }
        let few = UploadCheck(limits: UploadLimits(pdfObjects: 5))
        await #expect(throws: UploadError.broken(.pdf)) {
            try await few.check(bytes: Fixtures.pdf(pages: 10), name: "a.pdf")
        }
    }

    @Test func imagesAreMeasuredByTheirHeader() async {
        #expect(await refusal(Fixtures.jpeg(width: 10_000, height: 6000), "a.jpg") == nil)
        #expect(await refusal(Fixtures.jpeg(width: 10_000, height: 6001), "a.jpg") == .tooManyPixels(limit: 60_000_000))
        #expect(await refusal(Fixtures.png(width: 7500, height: 8000), "a.png") == nil)
        #expect(await refusal(Fixtures.png(width: 7501, height: 8000), "a.png") == .tooManyPixels(limit: 60_000_000))
        #expect(
            await refusal(Fixtures.png(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF), "a.png")
                == .tooManyPixels(limit: 60_000_000)
        )
        #expect(await refusal(Fixtures.png(width: 0, height: 5), "a.png") == .broken(.png))
        #expect(await refusal(Fixtures.png(width: 5, height: 5, isWhole: false), "a.png") == .broken(.png))
        #expect(await refusal(Fixtures.jpeg(width: 5, height: 5, end: []), "a.jpg") == .broken(.jpeg))
        #expect(await refusal(Fixtures.jpeg(width: 0, height: 5), "a.jpg") == .broken(.jpeg))
        // Phones append to their photos.
        #expect(await refusal(Fixtures.jpeg(width: 5, height: 5) + [1, 2, 3], "a.jpg") == nil)
    }

    @Test func damagedFilesNeverDoMoreThanBeRefused() async {
        var state: UInt64 = 42
        func random(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        let sources = [
            Fixtures.pdf(pages: 2), Fixtures.jpeg(width: 9, height: 9), Fixtures.png(width: 9, height: 9),
            Fixtures.lockedPDF,
        ]
        for round in 0..<400 {
            var bytes = sources[round % sources.count]
            for _ in 0...random(6) { bytes[random(bytes.count)] = UInt8(random(256)) }
            if random(4) == 0 { bytes = Array(bytes.prefix(random(bytes.count))) }
            let refused = await refusal(bytes, "a")
            #expect(refused != .unreadable && refused != .busy, "round \(round)")
        }
    }

    @Test func everyRefusalHasWords() {
        let all: [UploadError] = [
            .empty, .tooLarge(limitBytes: 25_000_000), .dossierTooLarge(limitBytes: 100_000_000), .wrongType,
            .embeddedFile, .tooHeavy(.pdf),
            .mislabelled(ending: "x", found: .pdf), .passwordProtected, .broken(.jpeg), .activeContent,
            .tooManyPixels(limit: 60_000_000), .tooManyPages(limit: 1000), .busy, .unreadable,
        ]
        for refusal in all {
            let words = refusal.publicDetail ?? ""
            #expect(!words.isEmpty)
            for banned in ["vui lòng", "không hợp lệ", "xin lỗi"] { #expect(!words.lowercased().contains(banned)) }
        }
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(UploadError.tooLarge(limitBytes: 25_000_000).publicDetail == "Tệp không quá 25 MB")
        #expect(
            UploadError.dossierTooLarge(limitBytes: 100_000_000).publicDetail == "Các tệp của hồ sơ không quá 100 MB"
        )
    }
}
