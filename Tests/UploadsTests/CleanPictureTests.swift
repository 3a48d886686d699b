// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Uploads

@Suite struct CleanPictureTests {
    private let check = UploadCheck()

    private func clean(_ bytes: [UInt8], _ name: String) async throws -> CleanPicture? {
        try await Workshop.inFolder { folder in
            let path = "\(folder)/upload"
            try Data(bytes).write(to: URL(filePath: path))
            let file = try await check.check(path: path, name: name)
            return try await check.clean(path: path, of: file)
        }
    }

    /// Red, green and blue at a place, as libvips reads them.
    private func colour(_ bytes: [UInt8], _ x: Int, _ y: Int) async throws -> [Double] {
        try await Workshop.inFolder { folder in
            let path = "\(folder)/picture"
            try Data(bytes).write(to: URL(filePath: path))
            let said = try Workshop.ask("vips", ["getpoint", path, "\(x)", "\(y)"]) ?? ""
            return said.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        }
    }

    private func holds(_ bytes: [UInt8], _ text: String) -> Bool { Data(bytes).range(of: Data(text.utf8)) != nil }

    @Test func aPhotoStandsUprightWithoutItsNotes() async throws {
        let photo = try await Workshop.photo(width: 60, height: 40, orientation: 6)
        #expect(holds(photo, "SECRET-PLACE") && holds(photo, "Exif"))
        let picture = try #require(try await clean(photo + Array("<script>alert(1)</script>".utf8), "IMG_1.JPG"))
        #expect(!holds(picture.bytes, "SECRET-PLACE") && !holds(picture.bytes, "Exif"))
        #expect(!holds(picture.bytes, "script") && picture.bytes.suffix(2) == [0xFF, 0xD9])
        #expect(picture.file.pixelWidth == 40 && picture.file.pixelHeight == 60 && picture.file.type == .jpeg)
        #expect(picture.file.byteCount == Int64(picture.bytes.count) && picture.file.displayName == "IMG_1.JPG")
        // What was above stands at the right after a quarter turn.
        let (right, left) = (try await colour(picture.bytes, 35, 30), try await colour(picture.bytes, 4, 30))
        #expect(right.count == 3 && right[0] > 200 && right[2] < 60)
        #expect(left.count == 3 && left[2] > 200 && left[0] < 60)
    }

    @Test func aDrawingStaysExactWithoutItsComment() async throws {
        let drawing = Workshop.twoColours(width: 30, height: 20)
        let picture = try #require(try await clean(drawing, "ban-ve.png"))
        #expect(holds(drawing, "SECRET-PLACE") && !holds(picture.bytes, "SECRET-PLACE"))
        #expect(picture.file.type == .png && picture.file.pixelWidth == 30)
        #expect(try await colour(picture.bytes, 3, 3) == [255, 0, 0])
        #expect(try await colour(picture.bytes, 3, 17) == [0, 0, 255])
    }

    @Test func coloursOfAProfileBecomeThoseOfTheScreen() async throws {
        let drawing = try await Workshop.inFolder { folder in
            let (plain, tagged) = ("\(folder)/a.png", "\(folder)/b.png")
            try Data(Workshop.twoColours(width: 30, height: 20)).write(to: URL(filePath: plain))
            _ = try Workshop.ask("vips", ["icc_transform", plain, tagged, "p3", "--input-profile", "srgb"])
            return try [UInt8](Data(contentsOf: URL(filePath: tagged)))
        }
        // Apple's red of the same look has other numbers; without its profile it would turn pale.
        #expect(try await colour(drawing, 3, 3)[0] < 240 && holds(drawing, "iCCP"))
        let picture = try #require(try await clean(drawing, "a.png"))
        let red = try await colour(picture.bytes, 3, 3)
        #expect(red[0] > 252 && red[1] < 4 && red[2] < 4 && !holds(picture.bytes, "iCCP"))
    }

    @Test func applesPhotosBecomeJPEG() async throws {
        let picture = try #require(try await clean(Workshop.heic, "IMG_0042.HEIC"))
        #expect(picture.file.type == .jpeg && picture.file.displayName == "IMG_0042.jpg")
        #expect(picture.file.pixelWidth == 64 && picture.file.pixelHeight == 64)
        #expect(!holds(picture.bytes, "Exif"))
        // Declared larger than it is: refused before anything is decoded.
        var large = Workshop.heic
        let place = try #require(Data(large).range(of: Data("ispe".utf8))?.lowerBound)
        large.replaceSubrange((place + 8)..<(place + 16), with: [0, 0, 0x27, 0x10, 0, 0, 0x17, 0x71])
        await #expect(throws: UploadError.tooManyPixels(limit: 60_000_000)) { try await clean(large, "a.heic") }
        await #expect(throws: UploadError.broken(.heic)) {
            try await clean(Array(Workshop.heic.dropLast(150)), "a.heic")
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: ["jpg", "jpg[interlace]", "png"])
    func sixtyMillionPixelsAreScaledDown(kind: String) async throws {
        let bytes = try await Workshop.inFolder { folder in
            _ = try Workshop.ask("vips", ["black", "\(folder)/a.\(kind)", "10000", "6000", "--bands", "3"])
            return try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/a.\(kind.prefix(3))")))
        }
        let picture = try #require(try await clean(bytes, "a.\(kind.prefix(3))"))
        #expect(picture.file.pixelWidth == 4096 && picture.file.pixelHeight == 2458)
    }

    @Test func whatIsNoPictureInsideIsRefused() async throws {
        // Its header is in order, its scan is not one.
        let hollow = Fixtures.png(width: 10, height: 10)
        await #expect(throws: UploadError.broken(.png)) { try await clean(hollow, "a.png") }
        let cut = try await Workshop.photo(width: 100, height: 80, orientation: 1)
        let short = Array(cut.prefix(cut.count - 200)) + [0xFF, 0xD9]
        await #expect(throws: UploadError.broken(.jpeg)) { try await clean(short, "a.jpg") }
    }

    @Test func theSamePhotoGivesTheSameFile() async throws {
        let photo = try await Workshop.photo(width: 60, height: 40, orientation: 3)
        #expect(try await clean(photo, "a.jpg")?.bytes == (try await clean(photo, "b.jpg"))?.bytes)
    }

    @Test func papersAreKeptAsTheyAre() async throws {
        #expect(try await clean(Fixtures.pdf(), "a.pdf") == nil)
    }

    @Test func theProgramsAreThere() {
        #expect(UploadCheck.missingPrograms.isEmpty)
    }

    @Test func aProgramThatAsksForTooMuchIsStopped() throws {
        let greedy = BoundedProgram(program: "/usr/bin/vips", memoryBytes: 64 << 20, seconds: 5, writtenBytes: 1000)
        let ending = try BoundedProgram.inFolder { folder throws(UploadError) in
            try greedy.run(["black", "\(folder.path)/a.png", "1000", "1000", "--bands", "3"], in: folder)
        }
        if case .status(0, _) = ending { Issue.record("wrote more than it may") }
        let missing = BoundedProgram(program: "/usr/bin/none", memoryBytes: 64 << 20, seconds: 5, writtenBytes: 1000)
        #expect(throws: UploadError.unreadable) {
            try BoundedProgram.inFolder { folder throws(UploadError) in try missing.run([], in: folder) }
        }
        let endless = BoundedProgram(program: "/usr/bin/yes", memoryBytes: 64 << 20, seconds: 1, writtenBytes: 1000)
        #expect(
            try BoundedProgram.inFolder { folder throws(UploadError) in try endless.run([], in: folder) } == .stopped
        )
    }
}
