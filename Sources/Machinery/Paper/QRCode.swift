// SPDX-License-Identifier: Apache-2.0

import CQREncode

/// A QR code (ISO 18004), byte mode, error correction M: up to 15 % of the picture may be damaged.
public struct QRCode: Hashable, Sendable {
    /// White modules that must surround the code on each side.
    public static let quietZone = 4

    /// Modules on a side, without the quiet zone.
    public let width: Int
    /// Rows of modules, true where dark.
    public let modules: [[Bool]]

    /// Encodes text. Scanners guess the encoding of other letters, so what is coded should be ASCII.
    ///
    /// Throws `PaperError.codeTooLong` above what version 40 holds (2,331 bytes).
    public init(_ text: String) throws(PaperError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, let code = unsafe QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else {
            throw .codeTooLong(bytes: bytes.count)
        }
        defer { unsafe QRcode_free(code) }
        let side = unsafe Int(code.pointee.width)
        let data = unsafe UnsafeBufferPointer(start: code.pointee.data, count: side * side)
        width = side
        modules = (0..<side).map { row in (0..<side).map { unsafe data[row * side + $0] & 1 == 1 } }
    }

    /// A stretch of dark modules in one row.
    struct Stripe {
        var row: Int
        var column: Int
        var length: Int
    }

    var stripes: [Stripe] {
        var stripes: [Stripe] = []
        for (row, cells) in modules.enumerated() {
            var column = 0
            while column < width {
                guard cells[column] else {
                    column += 1
                    continue
                }
                let length = cells[column...].prefix { $0 }.count
                stripes.append(Stripe(row: row, column: column, length: length))
                column += length
            }
        }
        return stripes
    }

    /// Modules on a side with the quiet zone: the side of the SVG's view box.
    public var side: Int { width + 2 * Self.quietZone }

    /// The dark modules as the data of an SVG path, in a view box of `side` by `side`; letters, digits and blanks only.
    public var path: String {
        stripes.map { stripe in
            "M\(stripe.column + Self.quietZone) \(stripe.row + Self.quietZone)h\(stripe.length)v1h-\(stripe.length)z"
        }.joined()
    }

    /// The code as SVG for a page: black on white with its quiet zone, sized by the style sheet. `label` is what a
    /// screen reader says.
    public func svg(label: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" role="img" \
        aria-label="\(Self.escape(label))" shape-rendering="crispEdges">\
        <path fill="#fff" d="M0 0h\(side)v\(side)H0z"/><path fill="#000" d="\(path)"/></svg>
        """
    }

    private static func escape(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
