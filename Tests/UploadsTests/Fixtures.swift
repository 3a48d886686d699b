// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Files for the tests, made by hand so that every byte is known.
enum Fixtures {
    /// A PDF of these objects; the first is the catalogue.
    static func pdf(_ objects: [String]) -> [UInt8] {
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = String(offset)
            text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(text.utf8)
    }

    /// A PDF with empty pages, something more in its catalogue, and further objects from number 3 + pages on.
    static func pdf(pages: Int = 1, catalogue: String = "", page: String = "", more: [String] = []) -> [UInt8] {
        let kids = (0..<pages).map { "\($0 + 3) 0 R" }.joined(separator: " ")
        let pageObject = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] \(page) >>"
        return pdf(
            [
                "<< /Type /Catalog /Pages 2 0 R \(catalogue) >>",
                "<< /Type /Pages /Kids [\(kids)] /Count \(pages) >>",
            ] + Array(repeating: pageObject, count: pages) + more
        )
    }

    /// A JPEG of this size as its header says, with a little scan data.
    static func jpeg(width: Int, height: Int, end: [UInt8] = [0xFF, 0xD9]) -> [UInt8] {
        let size = [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)]
        let app: [UInt8] = [0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]
        let frame: [UInt8] = [0xFF, 0xC0, 0, 11, 8] + size + [1, 1, 0x11, 0]
        let scan: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x55, 0x55]
        return [0xFF, 0xD8] + app + frame + scan + end
    }

    /// A PNG of this size as its header says.
    static func png(width: Int, height: Int, data: Int = 10, isWhole: Bool = true) -> [UInt8] {
        func big(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 255) } }
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            big(content.count) + Array(name.utf8) + content + [0, 0, 0, 0]
        }
        let header = big(width) + big(height) + [8, 2, 0, 0, 0]
        let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let whole = start + chunk("IHDR", header) + chunk("IDAT", [UInt8](repeating: 0, count: data))
        return isWhole ? whole + chunk("IEND", []) : whole
    }

    /// The brand of a HEIC file, with nothing behind it.
    static let heicHead: [UInt8] = [0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0] + Array("mif1heic".utf8)

    /// A PDF whose cross-reference stream unpacks to this many megabytes of blanks.
    static func swellingPDF(megabytes: Int) -> [UInt8] {
        // One literal blank, then "258 bytes from one byte back" again and again: 13 bits each (RFC 1951, 3.2.6).
        let start = [1, 1, 0] + [0, 1, 0, 1, 0, 0, 0, 0]
        let match = [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0]
        let bits = start + Array(repeating: match, count: 16).flatMap { $0 }
        let bytes = (0..<15).map { place in
            (0..<8).reduce(UInt8(0)) { $0 | UInt8(bits[place * 8 + $1] << $1) }
        }
        // Eight matches fill thirteen bytes, so that the bytes repeat.
        let rounds = megabytes * 1_000_000 / (258 * 8)
        let packed: [UInt8] = [0x78, 0x9C] + bytes[..<2] + Array(repeating: bytes[2...], count: rounds).flatMap { $0 }
        let dictionary =
            "<< /Type /XRef /Size 4 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length \(packed.count) >>"
        let head = "%PDF-1.5\n"
        return Array("\(head)1 0 obj\n\(dictionary)\nstream\n".utf8) + packed
            + Array("\nendstream\nendobj\nstartxref\n\(head.utf8.count)\n%%EOF\n".utf8)
    }

    /// One empty page behind the user password "user".
    static var lockedPDF: [UInt8] {
        decoded(
            "JVBERi0xLjYKJb/3ov4KMSAwIG9iago8PCAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwg"
                + "L0NvdW50IDEgL0tpZHMgWyAzIDAgUiBdIC9UeXBlIC9QYWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvTWVkaWFCb3ggWyAwIDAg"
                + "MjAwIDIwMCBdIC9QYXJlbnQgMiAwIFIgL1R5cGUgL1BhZ2UgPj4KZW5kb2JqCjQgMCBvYmoKPDwgL0NGIDw8IC9TdGRDRiA8PCAv"
                + "QXV0aEV2ZW50IC9Eb2NPcGVuIC9DRk0gL0FFU1YyIC9MZW5ndGggMTYgPj4gPj4gL0ZpbHRlciAvU3RhbmRhcmQgL0xlbmd0aCAx"
                + "MjggL08gPDBiYTM4MzVmODhmOTAzODhlNzRlNTQ1ODQxMjVjZTE0MmJlMGRlMjRjNmIwZDM3NzQ2ZTA3NWI4OTE3NTY2NzE+IC9Q"
                + "IC00IC9SIDQgL1N0bUYgL1N0ZENGIC9TdHJGIC9TdGRDRiAvVSA8NmZlMDFkOTA3ODU5YTBmODQxZDgwNjViZDU3OTk4OTQwMTIy"
                + "NDU2YTkxYmFlNTEzNDI3M2E2ZGIxMzRjODdjND4gL1YgNCA+PgplbmRvYmoKeHJlZgowIDUKMDAwMDAwMDAwMCA2NTUzNSBmIAow"
                + "MDAwMDAwMDE1IDAwMDAwIG4gCjAwMDAwMDAwNjQgMDAwMDAgbiAKMDAwMDAwMDEyMyAwMDAwMCBuIAowMDAwMDAwMTk2IDAwMDAw"
                + "IG4gCnRyYWlsZXIgPDwgL1Jvb3QgMSAwIFIgL1NpemUgNSAvSUQgWzw4MmY2ZDFmM2MxOTM0NTViZTMwNTU3NGZhMWMwNDhiYT48"
                + "ODJmNmQxZjNjMTkzNDU1YmUzMDU1NzRmYTFjMDQ4YmE+XSAvRW5jcnlwdCA0IDAgUiA+PgpzdGFydHhyZWYKNDk1CiUlRU9GCg=="
        )
    }

    /// One empty page that opens without a password but forbids changes.
    static var restrictedPDF: [UInt8] {
        decoded(
            "JVBERi0xLjYKJb/3ov4KMSAwIG9iago8PCAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwg"
                + "L0NvdW50IDEgL0tpZHMgWyAzIDAgUiBdIC9UeXBlIC9QYWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvTWVkaWFCb3ggWyAwIDAg"
                + "MjAwIDIwMCBdIC9QYXJlbnQgMiAwIFIgL1R5cGUgL1BhZ2UgPj4KZW5kb2JqCjQgMCBvYmoKPDwgL0NGIDw8IC9TdGRDRiA8PCAv"
                + "QXV0aEV2ZW50IC9Eb2NPcGVuIC9DRk0gL0FFU1YyIC9MZW5ndGggMTYgPj4gPj4gL0ZpbHRlciAvU3RhbmRhcmQgL0xlbmd0aCAx"
                + "MjggL08gPDU2NmZhODczZWUzM2M3OTdjZDNiOTA0ZmRhZGY4MTRhZmEzNGRmOWEzOGY2ZWQ0MWI5ODRlMmM2ZGEyYWE2ZjU+IC9Q"
                + "IC00IC9SIDQgL1N0bUYgL1N0ZENGIC9TdHJGIC9TdGRDRiAvVSA8MjExNWE4ODFlYzJlZWU4ODRiOTM3NGFiNTE2OTYyMjUwMTIy"
                + "NDU2YTkxYmFlNTEzNDI3M2E2ZGIxMzRjODdjND4gL1YgNCA+PgplbmRvYmoKeHJlZgowIDUKMDAwMDAwMDAwMCA2NTUzNSBmIAow"
                + "MDAwMDAwMDE1IDAwMDAwIG4gCjAwMDAwMDAwNjQgMDAwMDAgbiAKMDAwMDAwMDEyMyAwMDAwMCBuIAowMDAwMDAwMTk2IDAwMDAw"
                + "IG4gCnRyYWlsZXIgPDwgL1Jvb3QgMSAwIFIgL1NpemUgNSAvSUQgWzw3Zjk4ZmIyYWY5N2IxYzEzOWM0NjhkOGExNjhmZWY1ND48"
                + "N2Y5OGZiMmFmOTdiMWMxMzljNDY4ZDhhMTY4ZmVmNTQ+XSAvRW5jcnlwdCA0IDAgUiA+PgpzdGFydHhyZWYKNDk1CiUlRU9GCg=="
        )
    }

    private static func decoded(_ text: String) -> [UInt8] { Array(Data(base64Encoded: text) ?? Data()) }
}
