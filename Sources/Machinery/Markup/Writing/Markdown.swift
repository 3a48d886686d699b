// SPDX-License-Identifier: Apache-2.0

/// A written text in the small part of Markdown that guides and news need (docs/adr/0022).
///
/// Headings of the second and third level, paragraphs, lists with `- ` or `1. `, `**strong**` and `[words](address)`.
/// Everything else is text: there is no way to write markup, and an address that a page may not follow stays text.
public struct Markdown: Hashable, Sendable {
    enum Block: Hashable, Sendable {
        case heading(level: Int, String)
        case paragraph(String)
        case list(isOrdered: Bool, [String])
    }

    let blocks: [Block]

    /// Reads a text; every text can be read.
    public init(_ text: String) {
        var blocks: [Block] = []
        var paragraph: [Substring] = []
        func end() {
            if !paragraph.isEmpty { blocks.append(.paragraph(paragraph.joined(separator: " "))) }
            paragraph = []
        }
        for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = raw.trimmed
            if line.isEmpty {
                end()
            } else if let heading = Self.heading(line) {
                end()
                blocks.append(heading)
            } else if let (isOrdered, item) = Self.item(line) {
                end()
                // Items follow each other in one list, even over an empty line.
                if case .list(isOrdered, let items)? = blocks.last {
                    blocks[blocks.count - 1] = .list(isOrdered: isOrdered, items + [item])
                } else {
                    blocks.append(.list(isOrdered: isOrdered, [item]))
                }
            } else if raw.first?.isWhitespace == true, paragraph.isEmpty,
                case .list(let isOrdered, var items)? = blocks.last
            {
                // An indented line goes on with the item above it.
                items[items.count - 1] += " " + line
                blocks[blocks.count - 1] = .list(isOrdered: isOrdered, items)
            } else {
                paragraph.append(line)
            }
        }
        end()
        self.blocks = blocks
    }

    /// The text as page parts.
    public var html: HTML {
        HTML.joined(
            blocks.map { block in
                switch block {
                case .heading(2, let text): "<h2>\(Self.inline(text))</h2>\n"
                case .heading(_, let text): "<h3>\(Self.inline(text))</h3>\n"
                case .paragraph(let text): "<p>\(Self.inline(text))</p>\n"
                case .list(true, let items): "<ol>\(each: items, { "<li>\(Self.inline($0))</li>" })</ol>\n"
                case .list(false, let items): "<ul>\(each: items, { "<li>\(Self.inline($0))</li>" })</ul>\n"
                }
            }
        )
    }

    /// Every address that the text leads to, for tests.
    public var addresses: [String] {
        blocks.flatMap { block in
            switch block {
            case .heading(_, let text), .paragraph(let text): Self.pieces(text).compactMap(\.address)
            case .list(_, let items): items.flatMap { Self.pieces($0).compactMap(\.address) }
            }
        }
    }

    // MARK: - Lines

    private static func heading(_ line: Substring) -> Block? {
        if line.hasPrefix("### ") { return .heading(level: 3, String(line.dropFirst(4).trimmed)) }
        if line.hasPrefix("## ") { return .heading(level: 2, String(line.dropFirst(3).trimmed)) }
        return nil
    }

    private static func item(_ line: Substring) -> (isOrdered: Bool, text: String)? {
        if line.hasPrefix("- ") { return (false, String(line.dropFirst(2).trimmed)) }
        let number = line.prefix { ("0"..."9").contains($0) }
        guard (1...2).contains(number.count), line.dropFirst(number.count).hasPrefix(". ") else { return nil }
        return (true, String(line.dropFirst(number.count + 2).trimmed))
    }

    // MARK: - Words

    private struct Piece {
        var text: String
        var isStrong = false
        var address: String?
    }

    private static func inline(_ text: String) -> HTML {
        HTML.joined(
            pieces(text).map { piece in
                let words: HTML = piece.isStrong ? "<strong>\(piece.text)</strong>" : HTML(text: piece.text)
                return piece.address.map { "<a\(href: $0)>\(words)</a>" } ?? words
            }
        )
    }

    private static func pieces(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = ""
        var rest = Substring(text)
        while let letter = rest.first {
            if let (piece, after) = strong(rest) ?? link(rest) {
                if !plain.isEmpty { pieces.append(Piece(text: plain)) }
                plain = ""
                pieces.append(piece)
                rest = after
            } else {
                plain.append(letter)
                rest = rest.dropFirst()
            }
        }
        if !plain.isEmpty { pieces.append(Piece(text: plain)) }
        return pieces
    }

    private static func strong(_ text: Substring) -> (Piece, Substring)? {
        guard text.hasPrefix("**") else { return nil }
        let inner = text.dropFirst(2)
        var end = inner.startIndex
        while end < inner.endIndex, !inner[end...].hasPrefix("**") { end = inner.index(after: end) }
        guard end < inner.endIndex, end > inner.startIndex else { return nil }
        return (Piece(text: String(inner[..<end]), isStrong: true), inner[end...].dropFirst(2))
    }

    private static func link(_ text: Substring) -> (Piece, Substring)? {
        guard text.first == "[", let close = text.firstIndex(of: "]") else { return nil }
        let words = text[text.index(after: text.startIndex)..<close]
        let after = text[text.index(after: close)...]
        guard !words.isEmpty, after.first == "(", let end = after.firstIndex(of: ")") else { return nil }
        let address = String(after[after.index(after: after.startIndex)..<end])
        guard SafeAddress.accepts(address), !address.contains(where: \.isWhitespace) else { return nil }
        return (Piece(text: String(words), address: address), after[after.index(after: end)...])
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
