// SPDX-License-Identifier: Apache-2.0

/// Turns blocks into steps: measures each text once, and says what stays together.
final class Typesetter {
    let canvas: Canvas
    let sheet: Sheet
    /// What each figure shows, in the order of the structure tree; cairo has no place for it.
    private(set) var figures: [String] = []

    init(canvas: Canvas, sheet: Sheet) {
        self.canvas = canvas
        self.sheet = sheet
    }

    /// A place to write in: its left edge and its width.
    struct Area {
        var x: Double
        var width: Double
        /// Blocks stand closer to one another in a column.
        var isColumn = false
    }

    /// Draws everything and numbers the pages from the second on.
    func set(_ document: PaperDocument) throws(PaperError) {
        let area = Area(x: sheet.left, width: sheet.textWidth)
        let steps = try self.steps(for: document.blocks, in: area)
        let numbers = TextStyle(size: sheet.small, alignment: .center)
        var pages = Paginator(canvas: canvas, sheet: sheet) { [canvas, sheet] number throws(PaperError) in
            let box = try canvas.text(RichText(String(number)), numbers, width: sheet.textWidth)
            canvas.drawUntagged(line: 0, of: box, x: sheet.left, y: (sheet.top - box.height) / 2)
        }
        try pages.place([.begin(.document)] + steps + [.end(.document)])
    }

    // MARK: - Blocks

    func steps(for blocks: [Block], in area: Area) throws(PaperError) -> [Step] {
        var steps: [Step] = []
        var widestAbove = 0.0
        for (index, block) in blocks.enumerated() {
            if index > 0, !block.standsTight, !blocks[index - 1].standsTight {
                steps.append(.gap(area.isColumn ? sheet.gap * 0.35 : sheet.gap))
            }
            if case .signature = block { steps.keepLastStripWithNext() }
            let made = try self.steps(for: block, in: area, widestAbove: widestAbove)
            widestAbove = made.reduce(0) { widest, step in
                if case .strip(let strip) = step { max(widest, strip.widest) } else { widest }
            }
            steps += made
        }
        return steps
    }

    private func steps(for block: Block, in area: Area, widestAbove: Double) throws(PaperError) -> [Step] {
        switch block {
        case .heading(let heading): try self.heading(heading, in: area)
        case .paragraph(let paragraph): try self.paragraph(paragraph, in: area)
        case .columns(let columns): try self.columns(columns, in: area)
        case .definitions(let definitions): try self.definitions(definitions, in: area)
        case .list(let items): try list(items, in: area)
        case .table(let table): try self.table(table, in: area)
        case .signature(let signature): [.strip(try self.signature(signature, in: area))]
        case .code(let code): try self.code(code, in: area)
        case .spacer(let millimetres): [.gap(Sheet.points(millimetres))]
        case .rule(let rule): [.strip(self.rule(rule, in: area, widestAbove: widestAbove))]
        }
    }

    private func heading(_ heading: Block.Heading, in area: Area) throws(PaperError) -> [Step] {
        let isTitle = heading.level <= 1
        let style = TextStyle(
            size: isTitle ? sheet.heading1 : sheet.heading2,
            alignment: heading.alignment,
            isBold: true
        )
        let box = try canvas.text(heading.text, style, width: area.width)
        let tag: StructureTag = isTitle ? .heading1 : .heading2
        let space: [Step] = area.isColumn ? [] : [.gap(sheet.gap)]
        return space + [.begin(tag)] + lines(of: box, in: area, keepsWithNext: true) + [.end(tag)]
    }

    private func paragraph(_ paragraph: Block.Paragraph, in area: Area) throws(PaperError) -> [Step] {
        let style = TextStyle(
            size: sheet.points(of: paragraph.size),
            alignment: paragraph.alignment,
            indent: paragraph.isIndented ? Sheet.points(10) : 0
        )
        let box = try canvas.text(paragraph.text, style, width: area.width)
        return [.begin(.paragraph)] + lines(of: box, in: area) + [.end(.paragraph)]
    }

    /// One strip for each line. Two lines at least stay together at the end and at the beginning of a page.
    func lines(of box: TextBox, in area: Area, keepsWithNext: Bool = false) -> [Step] {
        let last = box.lines.count - 1
        return box.lines.indices.map { index in
            .strip(
                Strip(
                    height: box.lines[index].height,
                    keepsWithNext: keepsWithNext || (last > 0 && (index == 0 || index == last - 1)),
                    widest: box.lines[index].width
                ) { canvas, y in canvas.draw(line: index, of: box, x: area.x, y: y) }
            )
        }
    }

    private func columns(_ block: Block.Columns, in area: Area) throws(PaperError) -> [Step] {
        let gutter = sheet.gap * 1.5
        let total = block.shares.reduce(0, +)
        let free = area.width - gutter * Double(block.columns.count - 1)
        var (x, sides): (Double, [[Step]]) = (area.x, [])
        for (blocks, share) in zip(block.columns, block.shares) {
            let width = free * share / total
            sides.append(try steps(for: blocks, in: Area(x: x, width: width, isColumn: true)))
            x += width + gutter
        }
        let height = sides.map(\.height).max() ?? 0
        guard height <= sheet.textHeight else {
            // Too tall to stand side by side: one below the other, in the whole width.
            return try steps(for: block.columns.flatMap { $0 }, in: area)
        }
        return [.strip(Strip(height: height) { canvas, y in for side in sides { side.draw(on: canvas, from: y) } })]
    }

    private func rule(_ rule: Block.Rule, in area: Area, widestAbove: Double) -> Strip {
        let width: Double =
            switch rule.length {
            case .share(let share): area.width * share / 100
            case .asTextAbove: min(widestAbove, area.width)
            }
        let x =
            switch rule.alignment {
            case .left, .justify: area.x
            case .center: area.x + (area.width - width) / 2
            case .right: area.x + area.width - width
            }
        let above = sheet.body * 0.14
        return Strip(height: above + sheet.body * 0.22) { canvas, y in
            canvas.rule(fromX: x, fromY: y + above, toX: x + width, toY: y + above, width: 0.7)
        }
    }

    private func code(_ block: Block.Code, in area: Area) throws(PaperError) -> [Step] {
        let code = try QRCode(block.payload)
        let side = min(Sheet.points(block.sizeMillimetres), area.width)
        let x =
            switch block.alignment {
            case .left, .justify: area.x
            case .center: area.x + (area.width - side) / 2
            case .right: area.x + area.width - side
            }
        figures.append(block.caption.isEmpty ? "QR" : "QR: \(block.caption.plain)")
        let hasCaption = !block.caption.isEmpty
        var steps: [Step] = [
            .begin(.figure),
            .strip(
                Strip(height: side, keepsWithNext: hasCaption) { canvas, y in
                    canvas.fill(code, x: x, y: y, size: side)
                }
            ),
            .end(.figure),
        ]
        guard hasCaption else { return steps }
        let style = TextStyle(size: sheet.small * 0.92, leading: 1.08, alignment: block.alignment)
        let captionArea = block.alignment == .center ? area : Area(x: x, width: max(side, area.width * 0.5))
        let box = try canvas.text(block.caption, style, width: captionArea.width)
        steps += [.begin(.paragraph)] + lines(of: box, in: captionArea) + [.end(.paragraph)]
        return steps
    }
}

extension Block {
    /// Brings its own space, or none at all.
    fileprivate var standsTight: Bool {
        switch self {
        case .rule, .spacer: true
        default: false
        }
    }
}
