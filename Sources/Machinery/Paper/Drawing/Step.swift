// SPDX-License-Identifier: Apache-2.0

/// A piece of a page that is never divided. Its sides are fixed when it is made; only its height on the page is open.
struct Strip {
    var height: Double
    /// Must stand on the page of the strip that follows.
    var keepsWithNext = false
    /// Widest line of text in it, for a rule below.
    var widest = 0.0
    /// Draws it with its top at `y`.
    var draw: (_ canvas: Canvas, _ y: Double) -> Void
}

/// What a document is compiled to before it is cut into pages.
enum Step {
    case begin(StructureTag)
    case end(StructureTag)
    case strip(Strip)
    /// Empty height, dropped at the top of a page.
    case gap(Double)
    /// From here on drawn at the top of each new page; nil ends it.
    case repeated(Strip?)
}

extension [Step] {
    /// The whole height when drawn in one piece, without gaps at its ends.
    var height: Double {
        var (total, waiting) = (0.0, 0.0)
        for step in self {
            switch step {
            case .strip(let strip):
                total += (total > 0 ? waiting : 0) + strip.height
                waiting = 0
            case .gap(let height): waiting += height
            case .begin, .end, .repeated: break
            }
        }
        return total
    }

    /// Draws everything below one another, with no page break.
    func draw(on canvas: Canvas, from top: Double) {
        var (y, waiting, isFirst) = (top, 0.0, true)
        for step in self {
            switch step {
            case .begin(let tag): canvas.begin(tag)
            case .end(let tag): canvas.end(tag)
            case .gap(let height): waiting += height
            case .strip(let strip):
                if !isFirst { y += waiting }
                (waiting, isFirst) = (0, false)
                strip.draw(canvas, y)
                y += strip.height
            case .repeated: break
            }
        }
    }

    /// Binds the last strip to whatever follows.
    mutating func keepLastStripWithNext() {
        for index in indices.reversed() {
            guard case .strip(var strip) = self[index] else { continue }
            strip.keepsWithNext = true
            self[index] = .strip(strip)
            return
        }
    }
}

/// Cuts steps into pages.
struct Paginator {
    let canvas: Canvas
    let sheet: Sheet
    /// Draws the number of a page that has begun.
    let number: (Int) throws(PaperError) -> Void
    private var y: Double
    private var waiting = 0.0
    private var isAtTop = true
    private var repeated: Strip?
    /// Elements that have begun but hold nothing yet: they open on the page where their first strip lands.
    private var opening: [StructureTag] = []

    init(canvas: Canvas, sheet: Sheet, number: @escaping (Int) throws(PaperError) -> Void) {
        self.canvas = canvas
        self.sheet = sheet
        self.number = number
        y = sheet.top
    }

    mutating func place(_ steps: [Step]) throws(PaperError) {
        for (index, step) in steps.enumerated() {
            switch step {
            case .begin(let tag): opening.append(tag)
            case .end(let tag):
                // An element without any content leaves no trace.
                if opening.popLast() == nil { canvas.end(tag) }
            case .gap(let height): waiting += height
            case .repeated(let strip): repeated = strip
            case .strip(let strip):
                let needed = chain(from: index, in: steps)
                let room = sheet.height - sheet.bottom - y - (isAtTop ? 0 : waiting)
                if !isAtTop, (needed <= sheet.textHeight ? needed : strip.height) > room + 0.01 {
                    try breakPage()
                }
                if !isAtTop { y += waiting }
                waiting = 0
                for tag in opening { canvas.begin(tag) }
                opening = []
                strip.draw(canvas, y)
                y += strip.height
                isAtTop = false
            }
        }
    }

    /// Height of this strip with all that must stay with it.
    private func chain(from start: Int, in steps: [Step]) -> Double {
        var (total, gaps) = (0.0, 0.0)
        for step in steps[start...] {
            switch step {
            case .gap(let height): gaps += height
            case .strip(let strip):
                total += (total > 0 ? gaps : 0) + strip.height
                gaps = 0
                if !strip.keepsWithNext { return total }
            case .begin, .end, .repeated: break
            }
        }
        return total
    }

    private mutating func breakPage() throws(PaperError) {
        try canvas.nextPage()
        try number(canvas.pageCount)
        y = sheet.top
        waiting = 0
        isAtTop = true
        if let repeated {
            repeated.draw(canvas, y)
            y += repeated.height
            isAtTop = false
        }
    }
}
