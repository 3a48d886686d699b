// SPDX-License-Identifier: Apache-2.0

/// A text in its place within a row.
private struct Cell {
    var box: TextBox
    var x: Double
    var tag: StructureTag
    /// The lines of the box that belong to this part of the row.
    var lines: Range<Int>

    func height() -> Double { box.lines[lines].reduce(0) { $0 + $1.height } }

    func draw(on canvas: Canvas, y: Double, isTagged: Bool) {
        if isTagged { canvas.begin(tag) }
        var top = y
        for index in lines {
            if isTagged {
                canvas.draw(line: index, of: box, x: x, y: top)
            } else {
                canvas.drawUntagged(line: index, of: box, x: x, y: top)
            }
            top += box.lines[index].height
        }
        if isTagged { canvas.end(tag) }
    }
}

/// Cells side by side, kept on one page unless taller than a page.
private struct Row {
    var cells: [Cell]
    var tag: StructureTag
    var padding: Double
    /// Edges of the ruled cells from left to right; empty when nothing is ruled.
    var edges: [Double] = []
    var grey: Double?

    var height: Double { (cells.map { $0.height() }.max() ?? 0) + 2 * padding }

    func strip(isTagged: Bool = true, keepsWithNext: Bool = false) -> Strip {
        let row = self
        return Strip(height: height, keepsWithNext: keepsWithNext) { canvas, y in
            row.drawFrame(on: canvas, y: y)
            if isTagged { canvas.begin(row.tag) }
            for cell in row.cells { cell.draw(on: canvas, y: y + row.padding, isTagged: isTagged) }
            if isTagged { canvas.end(row.tag) }
        }
    }

    private func drawFrame(on canvas: Canvas, y: Double) {
        guard let left = edges.first, let right = edges.last else { return }
        let bottom = y + height
        if let grey { canvas.fill(x: left, y: y, width: right - left, height: height, grey: grey) }
        for edge in edges { canvas.rule(fromX: edge, fromY: y, toX: edge, toY: bottom, width: 0.5) }
        for level in [y, bottom] { canvas.rule(fromX: left, fromY: level, toX: right, toY: level, width: 0.5) }
    }

    /// The row in parts that each fit into `limit`; a row that fits stays whole.
    func parts(limit: Double) -> [Row] {
        guard height > limit else { return [self] }
        var parts: [Row] = []
        var rest = cells
        while rest.contains(where: { !$0.lines.isEmpty }) {
            var part = self
            for index in rest.indices {
                let box = rest[index].box
                var (end, used) = (rest[index].lines.lowerBound, 2 * padding)
                while end < rest[index].lines.upperBound,
                    end == rest[index].lines.lowerBound || used + box.lines[end].height <= limit
                {
                    used += box.lines[end].height
                    end += 1
                }
                part.cells[index].lines = rest[index].lines.lowerBound..<end
                rest[index].lines = end..<rest[index].lines.upperBound
            }
            parts.append(part)
        }
        return parts
    }
}

extension Typesetter {
    // MARK: - Tables

    func table(_ table: Block.Table, in area: Area) throws(PaperError) -> [Step] {
        let count = table.header.count
        guard count > 0, table.rows.allSatisfy({ $0.count == count }) else { throw .drawing("uneven table") }
        let widths = table.widths.count == count ? table.widths : Array(repeating: 1, count: count)
        let total = widths.reduce(0, +)
        let edges = widths.reduce(into: [area.x]) { $0.append(($0.last ?? 0) + area.width * $1 / total) }
        let size = sheet.points(of: table.size)
        let head = try row(
            table.header,
            style: TextStyle(size: size, leading: 1.12, alignment: .center, isBold: true),
            alignments: [],
            edges: edges,
            cellTag: .tableHeader,
            grey: 0.93
        )
        var steps: [Step] = [.begin(.table), .strip(head.strip(keepsWithNext: true))]
        steps.append(.repeated(head.strip(isTagged: false)))
        for cells in table.rows {
            let row = try row(
                cells,
                style: TextStyle(size: size, leading: 1.12),
                alignments: table.alignments,
                edges: edges,
                cellTag: .tableCell,
                grey: nil
            )
            steps += row.parts(limit: sheet.textHeight - head.height).map { .strip($0.strip()) }
        }
        return steps + [.repeated(nil), .end(.table)]
    }

    private func row(
        _ texts: [RichText],
        style: TextStyle,
        alignments: [Block.Alignment],
        edges: [Double],
        cellTag: StructureTag,
        grey: Double?
    ) throws(PaperError) -> Row {
        var cells: [Cell] = []
        for (index, text) in texts.enumerated() {
            var style = style
            if index < alignments.count { style.alignment = alignments[index] }
            let width = edges[index + 1] - edges[index] - 2 * sheet.cellPadding
            let box = try canvas.text(text, style, width: width)
            cells.append(Cell(box: box, x: edges[index] + sheet.cellPadding, tag: cellTag, lines: box.lines.indices))
        }
        return Row(cells: cells, tag: .tableRow, padding: sheet.cellPadding * 0.8, edges: edges, grey: grey)
    }

    // MARK: - Lists

    func definitions(_ block: Block.Definitions, in area: Area) throws(PaperError) -> [Step] {
        let labelWidth = area.width * block.labelShare / 100
        let gutter = sheet.gap * 1.2
        var rows: [Row] = []
        for item in block.items {
            let style = TextStyle(size: sheet.body)
            let label = try canvas.text(item.label, style, width: labelWidth - gutter)
            let value = try canvas.text(item.value, style, width: area.width - labelWidth)
            rows.append(twoCells(label, at: area.x, value, at: area.x + labelWidth))
        }
        return steps(of: rows, in: area)
    }

    func list(_ block: Block.Items, in area: Area) throws(PaperError) -> [Step] {
        let style = TextStyle(size: sheet.body, alignment: .justify)
        let indent = sheet.body * (block.isNumbered ? (block.items.count > 9 ? 2.1 : 1.6) : 1.1)
        var rows: [Row] = []
        for (index, item) in block.items.enumerated() {
            let mark = block.isNumbered ? "\(index + 1)." : "–"
            let label = try canvas.text(RichText(mark), TextStyle(size: sheet.body), width: indent * 2)
            let text = try canvas.text(item, style, width: area.width - indent)
            rows.append(twoCells(label, at: area.x, text, at: area.x + indent))
        }
        return steps(of: rows, in: area)
    }

    private func twoCells(_ label: TextBox, at labelX: Double, _ value: TextBox, at valueX: Double) -> Row {
        Row(
            cells: [
                Cell(box: label, x: labelX, tag: .label, lines: label.lines.indices),
                Cell(box: value, x: valueX, tag: .itemBody, lines: value.lines.indices),
            ],
            tag: .item,
            padding: 0
        )
    }

    private func steps(of rows: [Row], in area: Area) -> [Step] {
        var steps: [Step] = [.begin(.list)]
        for (index, row) in rows.enumerated() {
            if index > 0 { steps.append(.gap(area.isColumn ? sheet.gap * 0.3 : sheet.gap * 0.55)) }
            steps += row.parts(limit: sheet.textHeight).map { .strip($0.strip()) }
        }
        return steps + [.end(.list)]
    }

    // MARK: - Signature

    /// Both sides share the levels of their parts: titles beside titles, names beside names.
    func signature(_ block: Block.Signature, in area: Area) throws(PaperError) -> Strip {
        let gutter = sheet.gap * 2
        // Alone in a column a signature has all of its width.
        let isAlone = area.isColumn && (block.left == nil || block.right == nil)
        let half = isAlone ? area.width : (area.width - gutter) / 2
        let sides = [(block.left, area.x), (block.right, isAlone ? area.x : area.x + half + gutter)]
        var parts: [[TextBox?]] = []
        for (signatory, _) in sides {
            guard let signatory else {
                parts.append([nil, nil, nil, nil, nil])
                continue
            }
            parts.append([
                try part(signatory.place?.italic, width: half),
                try part(joined(signatory.titles)?.bold, width: half),
                try part(signatory.note?.italic, width: half, isSmall: true),
                try part(signatory.mark, width: half, isSmall: true),
                try part(signatory.name?.bold, width: half),
            ])
        }
        let levels = (0..<5).map { level in parts.map { $0[level]?.height ?? 0 }.max() ?? 0 }
        let space = Sheet.points(block.spaceMillimetres)
        // The mark of a digital signature stands in the space that a pen would need.
        let middle = max(space, levels[3] + sheet.gap * 2)
        let tops = [
            0, levels[0], levels[0] + levels[1], levels[0] + levels[1] + levels[2] + (middle - levels[3]) / 2,
            levels[0] + levels[1] + levels[2] + middle,
        ]
        return Strip(height: tops[4] + levels[4]) { canvas, y in
            for (side, place) in zip(parts, sides) {
                for (box, top) in zip(side, tops) {
                    guard let box else { continue }
                    canvas.begin(.paragraph)
                    var lineTop = y + top
                    for index in box.lines.indices {
                        canvas.draw(line: index, of: box, x: place.1, y: lineTop)
                        lineTop += box.lines[index].height
                    }
                    canvas.end(.paragraph)
                }
            }
        }
    }

    private func part(_ text: RichText?, width: Double, isSmall: Bool = false) throws(PaperError) -> TextBox? {
        guard let text, !text.isEmpty else { return nil }
        let style = TextStyle(size: isSmall ? sheet.small : sheet.body, alignment: .center)
        return try canvas.text(text, style, width: width)
    }

    private func joined(_ titles: [RichText]) -> RichText? {
        guard !titles.isEmpty else { return nil }
        return RichText(Array(titles.map(\.runs).joined(separator: [RichText.Run("\n")])))
    }
}
