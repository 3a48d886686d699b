// SPDX-License-Identifier: Apache-2.0

/// The smallest PDF with a page of text, a classical table and right offsets.
enum SamplePDF {
    /// One page; `extra` goes into the trailer, `catalog` into the catalog.
    static func make(catalog: String = "", trailer: String = "") -> [UInt8] {
        let text = "BT /F1 24 Tf 72 720 Td (Ket qua giai quyet) Tj ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R \(catalog) >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        return make(objects: objects, trailer: trailer)
    }

    /// A file of these objects, numbered from 1; the first is the catalog.
    static func make(objects: [String], trailer: String = "") -> [UInt8] {
        var bytes = Array("%PDF-1.7\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 10]
        var offsets: [Int] = []
        for (index, body) in objects.enumerated() {
            offsets.append(bytes.count)
            bytes += "\(index + 1) 0 obj\n\(body)\nendobj\n".utf8
        }
        let table = bytes.count
        bytes += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8
        for offset in offsets {
            let digits = String(offset)
            bytes += (String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8
        }
        bytes += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R \(trailer) >>\nstartxref\n\(table)\n%%EOF\n".utf8
        return bytes
    }
}

extension [UInt8] {
    /// Where a text stands first; tests may search, the product may not.
    func firstIndex(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        guard count >= wanted.count else { return nil }
        return (0...(count - wanted.count)).first { self[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }

    /// The bytes with one text replaced by another of the same length.
    func replacing(_ text: String, with other: String) -> [UInt8] {
        precondition(text.utf8.count == other.utf8.count, "offsets must stay")
        guard let index = firstIndex(of: text) else { return self }
        var copy = self
        copy.replaceSubrange(index..<index + text.utf8.count, with: other.utf8)
        return copy
    }
}
