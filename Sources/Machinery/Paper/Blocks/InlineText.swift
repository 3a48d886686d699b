// SPDX-License-Identifier: Apache-2.0

/// Reads the text within a line: `*bold*`, `_italic_`, `<address>`, `\` before a sign that is meant as itself, and
/// `\n` for a new line.
struct InlineText {
    let lineNumber: Int
    private var runs: [RichText.Run] = []
    private var pending = String.UnicodeScalarView()
    private var isBold = false
    private var isItalic = false

    static func read(_ text: Substring, line: Int) throws(PaperError) -> RichText {
        var reader = InlineText(lineNumber: line)
        try reader.read(text)
        return RichText(reader.runs)
    }

    /// Splits at `|` that no backslash precedes; cells are trimmed.
    static func cells(_ text: Substring) -> [Substring] {
        var cells: [Substring] = []
        var start = text.startIndex
        var index = text.startIndex
        let scalars = text.unicodeScalars
        while index < scalars.endIndex {
            if scalars[index] == "\\" {
                index = scalars.index(after: index)
                if index < scalars.endIndex { index = scalars.index(after: index) }
                continue
            }
            if scalars[index] == "|" {
                cells.append(trim(text[start..<index]))
                start = scalars.index(after: index)
            }
            index = scalars.index(after: index)
        }
        cells.append(trim(text[start...]))
        return cells
    }

    static func trim(_ text: Substring) -> Substring {
        var scalars = text.unicodeScalars
        while scalars.first == " " || scalars.first == "\t" { scalars.removeFirst() }
        while scalars.last == " " || scalars.last == "\t" { scalars.removeLast() }
        return Substring(scalars)
    }

    /// Schemes that a click may follow.
    static func isAllowed(link: String) -> Bool {
        let schemes = ["https://", "http://", "mailto:", "tel:"]
        return schemes.contains { link.hasPrefix($0) && link.utf8.count > $0.utf8.count }
            && link.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "'") }
    }

    private static func mustBeEscaped(_ sign: Unicode.Scalar) -> String { "dấu \(sign) phải viết là \\\(sign)" }

    /// The sign that stands bare, where that is what a reason says.
    static func bareSign(of reason: String) -> Unicode.Scalar? {
        ">|[]{}".unicodeScalars.first { mustBeEscaped($0) == reason }
    }

    private init(lineNumber: Int) {
        self.lineNumber = lineNumber
    }

    private mutating func read(_ text: Substring) throws(PaperError) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\":
                guard let next = rest.popFirst() else { throw fault("dấu \\ đứng cuối dòng") }
                guard let meant = Self.meaning(ofEscaped: next) else {
                    throw fault("\\\(next) không có nghĩa")
                }
                pending.append(meant)
            case "*":
                flush()
                isBold.toggle()
            case "_":
                flush()
                isItalic.toggle()
            case "<":
                flush()
                try readLink(&rest)
            case ">", "|", "[", "]", "{", "}":
                throw fault(Self.mustBeEscaped(scalar))
            default: pending.append(scalar)
            }
        }
        flush()
        if isBold { throw fault("chữ đậm không có dấu * đóng lại; dấu * thường viết là \\*") }
        if isItalic { throw fault("chữ nghiêng không có dấu _ đóng lại; dấu _ thường viết là \\_") }
    }

    private mutating func readLink(_ rest: inout Substring.UnicodeScalarView) throws(PaperError) {
        var address = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar == ">" {
                let link = String(address)
                guard Self.isAllowed(link: link) else { throw .linkRefused(link) }
                runs.append(.init(link, isBold: isBold, isItalic: isItalic, link: link))
                return
            }
            if scalar == "\\", let next = rest.popFirst() {
                guard let meant = Self.meaning(ofEscaped: next), meant != "\n" else {
                    throw fault("\\\(next) không có nghĩa trong một địa chỉ")
                }
                address.append(meant)
            } else {
                address.append(scalar)
            }
        }
        throw fault("địa chỉ không có dấu > đóng lại; dấu < thường viết là \\<")
    }

    private static func meaning(ofEscaped scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "n": "\n"
        case "\\", "*", "_", "<", ">", "|", "@", "[", "]", "{", "}": scalar
        default: nil
        }
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        runs.append(.init(BlockText.plain(String(pending)), isBold: isBold, isItalic: isItalic))
        pending = String.UnicodeScalarView()
    }

    private func fault(_ reason: String) -> PaperError { .blockSyntax(line: lineNumber, reason: reason) }
}
