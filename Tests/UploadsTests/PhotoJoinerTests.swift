// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Uploads

@Suite struct PhotoJoinerTests {
    private let check = UploadCheck()

    private func joined(_ photos: [(bytes: [UInt8], type: UploadType)], title: String) async throws -> [UInt8] {
        try await Workshop.inFolder { folder in
            var places: [(path: String, type: UploadType)] = []
            for (index, photo) in photos.enumerated() {
                let path = "\(folder)/\(index)"
                try Data(photo.bytes).write(to: URL(filePath: path))
                places.append((path, photo.type))
            }
            return try await check.join(places, title: title)
        }
    }

    @Test(.enabled(if: Workshop.has("qpdf", "pdfinfo", "pdfimages"), "qpdf and poppler-utils are missing"))
    func photosBecomeThePagesOfOnePaper() async throws {
        let upright = try await Workshop.photo(width: 40, height: 60, orientation: 1)
        let lengthwise = try await Workshop.photo(width: 60, height: 40, orientation: 1)
        let drawing = Workshop.twoColours(width: 20, height: 30)
        let photos: [(bytes: [UInt8], type: UploadType)] = [(upright, .jpeg), (lengthwise, .jpeg), (drawing, .png)]
        let paper = try await joined(photos, title: "Giấy chứng sinh (bản chính)")
        #expect(try await joined(photos, title: "Giấy chứng sinh (bản chính)") == paper)
        // The photos are in it byte for byte.
        #expect(Data(paper).range(of: Data(upright)) != nil && Data(paper).range(of: Data(lengthwise)) != nil)
        #expect(try await check.check(bytes: paper, name: "a.pdf").pageCount == 3)
        try await Workshop.inFolder { folder in
            let path = "\(folder)/a.pdf"
            try Data(paper).write(to: URL(filePath: path))
            #expect(
                try Workshop.ask("qpdf", ["--check", path])?.contains("No syntax or stream encoding errors") == true
            )
            let about = try Workshop.ask("pdfinfo", ["-f", "1", "-l", "3", path]) ?? ""
            #expect(about.contains("Giấy chứng sinh (bản chính)") && about.contains(/Tagged: +yes/))
            #expect(about.contains(/Page +1 size: +595 x 842/) && about.contains(/Page +2 size: +842 x 595/))
            let structure = try Workshop.ask("pdfinfo", ["-struct", path]) ?? ""
            #expect(structure.components(separatedBy: "Figure").count == 4, "\(structure)")
            let images = try Workshop.ask("pdfimages", ["-list", path]) ?? ""
            #expect(images.contains(/1 +0 image +40 +60 +rgb +3 +8 +jpeg/), "\(images)")
            try Data(paper.dropLast(300)).write(to: URL(filePath: path))
            #expect(try Workshop.ask("qpdf", ["--check", path]) == nil)
        }
    }

    @Test func theSecondPageLiesStraightInTheMiddle() throws {
        // 2 : 1 on the broad sheet: as wide as the room between the margins.
        let text = String(
            decoding: try PhotoJoiner(title: "a", jpegs: [Fixtures.jpeg(width: 200, height: 100)]).written(),
            as: UTF8.self
        )
        #expect(text.contains("q 814.000 0 0 407.000 14.000 94.000 cm /Photo Do Q"))
        #expect(
            text.contains("/BBox [14.000 94.000 828.000 501.000]") && text.contains("/Alt <FEFF005400720061006E0067")
        )
        #expect(text.contains("/ColorSpace /DeviceGray"))
    }

    @Test func onlyPhotosWithinTheLimits() async throws {
        let photo = Fixtures.jpeg(width: 5, height: 5)
        await #expect(throws: UploadError.empty) { try await joined([], title: "a") }
        await #expect(throws: UploadError.wrongType) { try await joined([(Fixtures.pdf(), .pdf)], title: "a") }
        await #expect(throws: UploadError.broken(.jpeg)) { try await joined([([1, 2, 3], .jpeg)], title: "a") }
        let strict = UploadCheck(limits: UploadLimits(fileBytes: Int64(photo.count), pages: 1))
        try await Workshop.inFolder { folder in
            let path = "\(folder)/a"
            try Data(photo).write(to: URL(filePath: path))
            await #expect(throws: UploadError.tooManyPages(limit: 1)) {
                try await strict.join([(path, .jpeg), (path, .jpeg)], title: "a")
            }
            await #expect(throws: UploadError.tooLarge(limitBytes: Int64(photo.count))) {
                try await strict.join([(path, .jpeg)], title: "a")
            }
        }
    }
}
