// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Photos as the pages of one PDF: each on an A4 sheet of its own, upright or lengthwise as the photo is.
///
/// The photos go in as they are, byte for byte; the same photos give the same file. Every page is a figure of the
/// structure tree with the words "Trang 1", "Trang 2" … for who cannot see it.
struct PhotoJoiner {
    /// A clean JPEG with what its header says.
    struct Photo {
        let bytes: [UInt8]
        let width: Int
        let height: Int
        let components: Int
    }

    /// What the window of a reader is called.
    let title: String
    let photos: [Photo]

    /// A4 in points.
    private static let (shortSide, longSide) = (595, 842)
    private static let margin = 14
    /// Catalogue, tree of pages, information, root of the structure, the document in it, and its parents.
    private static let fixedObjects = 6
    private static let objectsPerPhoto = 4

    /// - Throws: `broken` when a photo is no JPEG; `empty` without photos.
    init(title: String, jpegs: [[UInt8]]) throws(UploadError) {
        guard !jpegs.isEmpty else { throw .empty }
        self.title = title
        var photos: [Photo] = []
        for bytes in jpegs {
            let data = Data(bytes)
            guard let extent = ImageHeader.jpeg(data), let components = ImageHeader.jpegComponents(data),
                components == 1 || components == 3
            else { throw .broken(.jpeg) }
            photos.append(Photo(bytes: bytes, width: extent.width, height: extent.height, components: components))
        }
        self.photos = photos
    }

    /// The whole file.
    func written() -> [UInt8] {
        var file = Bytes()
        let indices = photos.indices
        file.object(
            "<< /Type /Catalog /Pages 2 0 R /Lang (vi-VN) /MarkInfo << /Marked true >> /StructTreeRoot 4 0 R "
                + "/ViewerPreferences << /DisplayDocTitle true >> >>"
        )
        let kids = indices.map { "\(page($0)) 0 R" }.joined(separator: " ")
        file.object("<< /Type /Pages /Kids [\(kids)] /Count \(photos.count) >>")
        file.object("<< /Title \(Self.text(title)) /Producer \(Self.text("Một Cửa")) >>")
        file.object("<< /Type /StructTreeRoot /K 5 0 R /ParentTree 6 0 R /ParentTreeNextKey \(photos.count) >>")
        let figures = indices.map { "\(page($0) + 3) 0 R" }.joined(separator: " ")
        file.object("<< /Type /StructElem /S /Document /P 4 0 R /K [\(figures)] >>")
        let parents = indices.map { "\($0) [\(page($0) + 3) 0 R]" }.joined(separator: " ")
        file.object("<< /Nums [\(parents)] >>")
        for (index, photo) in photos.enumerated() { write(photo, index, to: &file) }
        return file.closed()
    }

    /// The object number of a photo's page; its content, its image and its figure follow.
    private func page(_ index: Int) -> Int { 1 + Self.fixedObjects + Self.objectsPerPhoto * index }

    private func write(_ photo: Photo, _ index: Int, to file: inout Bytes) {
        let isUpright = photo.height >= photo.width
        let sheet =
            isUpright ? (width: Self.shortSide, height: Self.longSide) : (width: Self.longSide, height: Self.shortSide)
        // Thousandths of a point in whole numbers: the same digits on every machine.
        let room = (width: (sheet.width - 2 * Self.margin) * 1000, height: (sheet.height - 2 * Self.margin) * 1000)
        let byWidth = room.width * photo.height <= room.height * photo.width
        let width = byWidth ? room.width : room.height * photo.width / photo.height
        let height = byWidth ? room.width * photo.height / photo.width : room.height
        let (left, bottom) = ((sheet.width * 1000 - width) / 2, (sheet.height * 1000 - height) / 2)
        let number = page(index)
        file.object(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(sheet.width) \(sheet.height)] /StructParents \(index) "
                + "/Tabs /S /Resources << /XObject << /Photo \(number + 2) 0 R >> >> /Contents \(number + 1) 0 R >>"
        )
        let matrix = "\(Self.points(width)) 0 0 \(Self.points(height)) \(Self.points(left)) \(Self.points(bottom)) cm"
        let content = "/Figure << /MCID 0 >> BDC\nq \(matrix) /Photo Do Q\nEMC"
        file.object("<< /Length \(content.utf8.count) >>", stream: Array(content.utf8))
        file.object(
            "<< /Type /XObject /Subtype /Image /Width \(photo.width) /Height \(photo.height) /BitsPerComponent 8 "
                + "/ColorSpace \(photo.components == 1 ? "/DeviceGray" : "/DeviceRGB") /Filter /DCTDecode "
                + "/Length \(photo.bytes.count) >>",
            stream: photo.bytes
        )
        let box = [left, bottom, left + width, bottom + height].map(Self.points).joined(separator: " ")
        file.object(
            "<< /Type /StructElem /S /Figure /P 5 0 R /Pg \(number) 0 R /K 0 /Alt \(Self.text("Trang \(index + 1)")) "
                + "/A << /O /Layout /BBox [\(box)] /Placement /Block >> >>"
        )
    }

    /// `12345` as `12.345`.
    private static func points(_ thousandths: Int) -> String {
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    }

    /// A text string as UTF-16 in hexadecimal digits: no sign of it can end the string.
    private static func text(_ value: String) -> String {
        let digits = value.utf16.map { unit in
            let hex = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - hex.count) + hex
        }
        return "<FEFF\(digits.joined())>"
    }

    /// A PDF that grows object by object.
    private struct Bytes {
        private var bytes: [UInt8] = Array("%PDF-1.7\n%\u{e2}\u{e3}\n".utf8)
        private var offsets: [Int] = []

        mutating func object(_ body: String, stream: [UInt8]? = nil) {
            offsets.append(bytes.count)
            bytes += Array("\(offsets.count) 0 obj\n\(body)\n".utf8)
            if let stream {
                bytes += Array("stream\n".utf8)
                bytes += stream
                bytes += Array("\nendstream\n".utf8)
            }
            bytes += Array("endobj\n".utf8)
        }

        func closed() -> [UInt8] {
            var table = "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n"
            for offset in offsets {
                let digits = String(offset)
                table += "\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n"
            }
            table += "trailer\n<< /Size \(offsets.count + 1) /Root 1 0 R /Info 3 0 R >>\n"
            table += "startxref\n\(bytes.count)\n%%EOF\n"
            return bytes + Array(table.utf8)
        }
    }
}
