// SPDX-License-Identifier: Apache-2.0

/// Reads the text form of a paper line by line. Only the place in the line decides: a block begins with `@` as the
/// first sign of a line, and an escaped value holds neither a line feed nor a bare `@`.
struct BlockParser {
    private var lines: [SourceLine]
    private var position = 0
    private var pieces = 0

    private struct SourceLine {
        var number: Int
        var text: Substring
    }

    init(_ text: String) {
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().map {
            SourceLine(number: $0.offset + 1, text: InlineText.trim($0.element))
        }
    }

    // MARK: - Head

    /// `@document[…]`, `@title` and, if wanted, `@author`, in this order, before anything else.
    mutating func head() throws(PaperError) -> (size: PaperDocument.Size, title: String, author: String?) {
        guard var document = try directive(), document.name == "document" else {
            throw fault("mẫu phải bắt đầu bằng @document[a4] hoặc @document[a5]")
        }
        guard let size = document.options.choice(of: PaperDocument.Size.self) else {
            throw document.fault("@document cần a4 hoặc a5, ví dụ @document[a4]")
        }
        try document.finish()
        guard let titleLine = try directive(), titleLine.name == "title" else {
            throw fault("ngay sau @document phải là @title")
        }
        let title = try titleLine.inline().plain
        guard !title.isEmpty else { throw titleLine.fault("@title không có chữ") }
        var author: String?
        if let next = try peekDirective(), next.name == "author" {
            _ = try directive()
            author = try next.inline().plain
        }
        return (size, title, author)
    }

    // MARK: - Body

    mutating func body() throws(PaperError) -> [Block] {
        let blocks = try self.blocks(until: [], isNested: false)
        guard !blocks.isEmpty else { throw fault("mẫu không có nội dung nào sau phần đầu") }
        return blocks
    }

    private mutating func blocks(until ends: Set<String>, isNested: Bool) throws(PaperError) -> [Block] {
        var blocks: [Block] = []
        while true {
            skipBlankLines()
            guard position < lines.count else { break }
            guard let next = try peekDirective() else {
                blocks.append(try paragraphOfBareLines())
                continue
            }
            if ends.contains(next.name) { break }
            position += 1
            blocks.append(try block(next, isNested: isNested))
        }
        return blocks
    }

    private mutating func block(_ directive: BlockDirective, isNested: Bool) throws(PaperError) -> Block {
        try count()
        switch directive.name {
        case "h1", "h2": return try heading(directive)
        case "p": return try paragraph(directive)
        case "rule": return try rule(directive)
        case "space": return try spacer(directive)
        case "code": return try code(directive)
        case "definitions": return try definitions(directive)
        case "list": return try list(directive)
        case "table": return try table(directive)
        case "signature": return try signature(directive)
        case "columns":
            guard !isNested else { throw directive.fault("@columns không đứng trong @columns được") }
            return try columns(directive)
        case "next", "end", "header":
            throw directive.fault("@\(directive.name) đứng ngoài khối của nó")
        default:
            throw directive.fault(
                "không có khối @\(directive.name); các khối dùng được: @h1, @h2, @p, @columns, @definitions, @list, @table, "
                    + "@signature, @code, @rule, @space"
            )
        }
    }

    private mutating func paragraphOfBareLines() throws(PaperError) -> Block {
        try count()
        let first = lines[position].number
        var words: [Substring] = []
        while position < lines.count, !lines[position].text.isEmpty, lines[position].text.first != "@" {
            words.append(lines[position].text)
            position += 1
        }
        do {
            return .paragraph(.init(try InlineText.read(words.joined(separator: " ")[...], line: first)))
        } catch {
            // Which of the lines it is: the first one with which the lines so far fail in the same way.
            guard case .blockSyntax(_, let reason) = error else { throw error }
            for count in words.indices {
                do { _ = try InlineText.read(words[...count].joined(separator: " ")[...], line: first) } catch {
                    guard case .blockSyntax(_, reason) = error else { continue }
                    throw .blockSyntax(line: first + count, reason: reason)
                }
            }
            throw error
        }
    }

    // MARK: - Blocks of one line

    private func heading(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let alignment = directive.options.choice(of: Block.Alignment.self)
        let isCapitals = directive.options.flag("caps")
        try directive.finish()
        let text = try directive.text()
        let level = directive.name == "h1" ? 1 : 2
        return .heading(.init(isCapitals ? text.uppercased : text, level: level, alignment: alignment))
    }

    private func paragraph(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let alignment = directive.options.choice(of: Block.Alignment.self) ?? .justify
        let size = directive.options.choice(of: Block.TextSize.self) ?? .body
        let isIndented = directive.options.flag("indent")
        let isCapitals = directive.options.flag("caps")
        try directive.finish()
        let read = try directive.inline()
        let text = isCapitals ? read.uppercased : read
        return .paragraph(.init(text, alignment: alignment, size: size, isIndented: isIndented))
    }

    private func rule(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let alignment = directive.options.choice(of: Block.Alignment.self) ?? .center
        let length: Block.Rule.Length =
            directive.options.flag("fit")
            ? .asTextAbove : .share(try directive.number("length", within: 1...100) ?? 100)
        try directive.finish()
        try directive.expectNoText()
        return .rule(.init(length, alignment: alignment))
    }

    private func spacer(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let height = try directive.number("mm", within: 0...200) ?? 4
        try directive.finish()
        try directive.expectNoText()
        return .spacer(millimetres: height)
    }

    private func code(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let size = try directive.number("mm", within: 15...60) ?? 28
        let alignment = directive.options.choice(of: Block.Alignment.self) ?? .center
        try directive.finish()
        let cells = InlineText.cells(directive.rest)
        guard cells.count <= 2, let payload = cells.first, !payload.isEmpty else {
            throw directive.fault("@code viết dạng: nội dung mã | lời dưới mã")
        }
        let caption = cells.count == 2 ? try InlineText.read(cells[1], line: directive.line) : ""
        let text = try InlineText.read(payload, line: directive.line).plain
        return .code(.init(text, caption: caption, sizeMillimetres: size, alignment: alignment))
    }

    // MARK: - Blocks of several lines

    private mutating func columns(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let shares = try directive.numbers("widths", within: 5...95)
        try directive.finish()
        try directive.expectNoText()
        guard (2...3).contains(shares.count) else { throw directive.fault("@columns cần widths= của 2 hoặc 3 cột") }
        var columns: [[Block]] = []
        while true {
            columns.append(try blocks(until: ["next", "end"], isNested: true))
            guard let end = try self.directive() else { throw directive.fault("@columns không có @end đóng lại") }
            if end.name == "end" { break }
        }
        guard columns.count == shares.count else {
            throw directive.fault("@columns có \(columns.count) cột mà widths= có \(shares.count) số")
        }
        return .columns(.init(columns, shares: shares))
    }

    private mutating func definitions(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let labelShare = try directive.number("label", within: 5...80) ?? 35
        try directive.finish()
        let items = try rows(of: directive).map { row throws(PaperError) -> Block.Definition in
            guard row.cells.count == 2 else {
                throw .blockSyntax(line: row.line, reason: "mỗi dòng ở đây viết dạng: nhãn | giá trị")
            }
            return Block.Definition(row.cells[0], row.cells[1])
        }
        return .definitions(.init(items, labelShare: labelShare))
    }

    private mutating func list(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let isNumbered = directive.options.flag("numbered")
        try directive.finish()
        let items = try rows(of: directive).map { row throws(PaperError) -> RichText in
            guard row.cells.count == 1 else {
                throw .blockSyntax(line: row.line, reason: "mục của danh sách không có dấu |")
            }
            return row.cells[0]
        }
        return .list(.init(items, isNumbered: isNumbered))
    }

    private mutating func table(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let widths = try directive.numbers("widths", within: 1...100)
        let names = directive.options.value("align")?.split(separator: ",") ?? []
        let alignments = names.compactMap { Block.Alignment(rawValue: String($0)) }
        let size = directive.options.choice(of: Block.TextSize.self) ?? .body
        guard alignments.count == names.count else {
            throw directive.fault("align= chỉ nhận left, center, right, justify")
        }
        try directive.finish()
        var (header, rows): ([RichText]?, [[RichText]]) = (nil, [])
        for row in try self.rows(of: directive, headerAllowed: true) {
            if row.isHeader {
                guard header == nil else { throw .blockSyntax(line: row.line, reason: "bảng có hai @header") }
                header = row.cells
            } else {
                guard let header else {
                    throw .blockSyntax(line: row.line, reason: "dòng đầu của bảng phải là @header")
                }
                guard row.cells.count == header.count else {
                    throw .blockSyntax(
                        line: row.line,
                        reason: "dòng có \(row.cells.count) ô, @header có \(header.count) ô"
                    )
                }
                rows.append(row.cells)
            }
        }
        guard let header else { throw directive.fault("@table không có @header") }
        let counts = Set([widths.count, alignments.count]).subtracting([0])
        guard counts.isSubset(of: [header.count]) else {
            throw directive.fault("widths= và align= phải có \(header.count) phần, bằng số ô của @header")
        }
        return .table(.init(header: header, rows: rows, widths: widths, alignments: alignments, size: size))
    }

    private mutating func signature(_ directive: BlockDirective) throws(PaperError) -> Block {
        var directive = directive
        let space = try directive.number("mm", within: 5...60) ?? 18
        try directive.finish()
        var sides: [String: Block.Signatory] = [:]
        for row in try rows(of: directive) {
            let words = row.first.split(separator: " ")
            guard row.cells.count == 2, words.count == 2, ["left", "right"].contains(words[0]) else {
                throw .blockSyntax(line: row.line, reason: "mỗi dòng ở đây viết dạng: left hoặc right, tên phần | chữ")
            }
            var side = sides[String(words[0])] ?? Block.Signatory(titles: [])
            switch words[1] {
            case "place": side.place = row.cells[1]
            case "title": side.titles.append(row.cells[1])
            case "note": side.note = row.cells[1]
            case "mark": side.mark = row.cells[1]
            case "name": side.name = row.cells[1]
            default:
                throw .blockSyntax(line: row.line, reason: "khối ký có các phần place, title, note, mark, name")
            }
            sides[String(words[0])] = side
        }
        guard !sides.isEmpty else { throw directive.fault("@signature không có dòng nào") }
        return .signature(.init(left: sides["left"], right: sides["right"], spaceMillimetres: space))
    }

    private struct CellRow {
        var line: Int
        var isHeader: Bool
        var first: Substring
        var cells: [RichText]
    }

    /// The lines up to `@end`, each cut into cells; blank lines do not count.
    private mutating func rows(of owner: BlockDirective, headerAllowed: Bool = false) throws(PaperError) -> [CellRow] {
        try owner.expectNoText()
        var rows: [CellRow] = []
        while true {
            skipBlankLines()
            guard position < lines.count else { throw owner.fault("@\(owner.name) không có @end đóng lại") }
            let line = lines[position]
            position += 1
            var text = line.text
            var isHeader = false
            if text.first == "@" {
                let directive = try BlockDirective(text, line: line.number)
                if directive.name == "end" {
                    try directive.expectNoText()
                    return rows
                }
                guard headerAllowed, directive.name == "header" else {
                    throw directive.fault(
                        "@\(directive.name) không đứng trong @\(owner.name) được, hoặc @\(owner.name) thiếu @end"
                    )
                }
                (text, isHeader) = (directive.rest, true)
            }
            try count()
            let cells = InlineText.cells(text)
            let read = try cells.map { cell throws(PaperError) in try InlineText.read(cell, line: line.number) }
            rows.append(CellRow(line: line.number, isHeader: isHeader, first: cells[0], cells: read))
        }
    }

    // MARK: - Lines

    private mutating func skipBlankLines() {
        while position < lines.count, lines[position].text.isEmpty { position += 1 }
    }

    private mutating func peekDirective() throws(PaperError) -> BlockDirective? {
        skipBlankLines()
        guard position < lines.count, lines[position].text.first == "@" else { return nil }
        return try BlockDirective(lines[position].text, line: lines[position].number)
    }

    private mutating func directive() throws(PaperError) -> BlockDirective? {
        guard let found = try peekDirective() else { return nil }
        position += 1
        return found
    }

    private mutating func count() throws(PaperError) {
        pieces += 1
        guard pieces <= PaperLimits.pieces else { throw .tooLarge(what: "pieces", limit: PaperLimits.pieces) }
    }

    private func fault(_ reason: String) -> PaperError {
        .blockSyntax(line: position < lines.count ? lines[position].number : lines.count, reason: reason)
    }
}
