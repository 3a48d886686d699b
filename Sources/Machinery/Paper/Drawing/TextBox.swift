// SPDX-License-Identifier: Apache-2.0

import CPango

/// How a text is set; sizes in points.
struct TextStyle {
    var size: Double
    var leading = 1.18
    var alignment = Block.Alignment.left
    var indent = 0.0
    var isBold = false
    var isItalic = false
    var grey = 0.0
}

/// A text broken into lines, measured and ready to be drawn. Lives within one drawing, on one thread.
@safe final class TextBox {
    struct Line {
        /// Where the line begins within the box.
        var x: Double
        var width: Double
        var height: Double
        /// From the top of the line.
        var baseline: Double
        /// Where a click on this line leads, and from where to where the link reaches.
        var link: (address: String, from: Double, to: Double)?
    }

    let lines: [Line]
    let grey: Double
    private let layout: OpaquePointer

    var height: Double { lines.reduce(0) { $0 + $1.height } }
    var widest: Double { lines.map(\.width).max() ?? 0 }

    /// Breaks `text` to a width in points.
    init(
        _ text: RichText,
        style: TextStyle,
        width: Double,
        family: String,
        context: OpaquePointer
    ) throws(PaperError) {
        guard let made = unsafe pango_layout_new(context) else { throw .drawing("layout") }
        unsafe layout = made
        grey = style.grey
        guard let description = unsafe pango_font_description_new() else { throw .drawing("font description") }
        unsafe pango_font_description_set_family(description, family)
        unsafe pango_font_description_set_absolute_size(description, style.size * Double(PANGO_SCALE))
        unsafe pango_layout_set_font_description(made, description)
        unsafe pango_font_description_free(description)
        unsafe pango_layout_set_width(made, Int32(width * Double(PANGO_SCALE)))
        unsafe pango_layout_set_wrap(made, PANGO_WRAP_WORD_CHAR)
        unsafe pango_layout_set_indent(made, Int32(style.indent * Double(PANGO_SCALE)))
        // Vietnamese reads from left to right; a stray letter of another script must not turn a line round.
        unsafe pango_layout_set_auto_dir(made, 0)
        unsafe Self.align(made, style.alignment)
        let links = unsafe Self.fill(made, text, style)
        let shift = style.alignment == .center ? unsafe Self.balance(made, width: width) : 0
        lines = unsafe Self.measure(made, leading: style.leading, shift: shift, links: links)
    }

    deinit {
        unsafe g_object_unref(UnsafeMutableRawPointer(layout))
    }

    /// Draws one line with its baseline at `y`.
    func draw(line index: Int, on cairo: OpaquePointer, x: Double, y: Double) {
        guard let line = unsafe pango_layout_get_line_readonly(layout, Int32(index)) else { return }
        unsafe cairo_set_source_rgb(cairo, grey, grey, grey)
        unsafe cairo_move_to(cairo, x + lines[index].x, y)
        unsafe pango_cairo_show_layout_line(cairo, line)
    }

    private static func align(_ layout: OpaquePointer, _ alignment: Block.Alignment) {
        switch alignment {
        case .left: unsafe pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
        case .center: unsafe pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
        case .right: unsafe pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
        case .justify: unsafe pango_layout_set_justify(layout, 1)
        }
    }

    /// Makes the lines of a centred text alike in length, so that no single word stands below a full line: the
    /// narrowest width that needs no more lines. Gives the left edge of that width.
    private static func balance(_ layout: OpaquePointer, width: Double) -> Double {
        let count = unsafe pango_layout_get_line_count(layout)
        guard count > 1 else { return 0 }
        var (tooNarrow, enough) = (0.0, width)
        for _ in 0..<9 {  // to 1/512 of the width
            let middle = (tooNarrow + enough) / 2
            unsafe pango_layout_set_width(layout, Int32(middle * Double(PANGO_SCALE)))
            if unsafe pango_layout_get_line_count(layout) > count || pango_layout_is_wrapped(layout) == 0 {
                tooNarrow = middle
            } else {
                enough = middle
            }
        }
        unsafe pango_layout_set_width(layout, Int32(enough * Double(PANGO_SCALE)))
        return (width - enough) / 2
    }

    private typealias Links = [(address: String, bytes: Range<Int>)]

    /// Text is only ever set as text; styles are attributes over its bytes, never markup.
    private static func fill(_ layout: OpaquePointer, _ text: RichText, _ style: TextStyle) -> Links {
        let attributes = unsafe pango_attr_list_new()
        var bytes: [UInt8] = []
        var links: Links = []
        for run in text.runs {
            let start = UInt32(bytes.count)
            bytes += BlockText.plain(run.text).utf8
            let end = UInt32(bytes.count)
            if run.isBold || style.isBold {
                unsafe insert(pango_attr_weight_new(PANGO_WEIGHT_BOLD), from: start, to: end, into: attributes)
            }
            if run.isItalic != style.isItalic {
                unsafe insert(pango_attr_style_new(PANGO_STYLE_ITALIC), from: start, to: end, into: attributes)
            }
            if let link = run.link, InlineText.isAllowed(link: link) {
                links.append((link, Int(start)..<Int(end)))
            }
        }
        // A code or a hash that is broken within must not seem to hold a hyphen.
        unsafe insert(pango_attr_insert_hyphens_new(0), from: 0, to: UInt32(bytes.count), into: attributes)
        unsafe bytes.withUnsafeBytes { buffer in
            let characters = unsafe buffer.bindMemory(to: CChar.self)
            unsafe pango_layout_set_text(layout, characters.baseAddress, Int32(characters.count))
        }
        unsafe pango_layout_set_attributes(layout, attributes)
        unsafe pango_attr_list_unref(attributes)
        return links
    }

    private static func insert(
        _ attribute: UnsafeMutablePointer<PangoAttribute>?,
        from start: UInt32,
        to end: UInt32,
        into list: OpaquePointer?
    ) {
        guard let attribute = unsafe attribute else { return }
        unsafe attribute.pointee.start_index = start
        unsafe attribute.pointee.end_index = end
        unsafe pango_attr_list_insert(list, attribute)
    }

    private static func measure(
        _ layout: OpaquePointer,
        leading: Double,
        shift: Double,
        links: Links
    ) -> [Line] {
        let scale = Double(PANGO_SCALE)
        guard let walker = unsafe pango_layout_get_iter(layout) else { return [] }
        defer { unsafe pango_layout_iter_free(walker) }
        var lines: [Line] = []
        repeat {
            var logical = PangoRectangle()
            unsafe pango_layout_iter_get_line_extents(walker, nil, &logical)
            let baseline = unsafe Double(pango_layout_iter_get_baseline(walker))
            let natural = Double(logical.height) / scale
            let height = natural * leading
            var line = Line(
                x: shift + Double(logical.x) / scale,
                width: Double(logical.width) / scale,
                height: height,
                baseline: (height - natural) / 2 + (baseline - Double(logical.y)) / scale,
                link: nil
            )
            if let drawn = unsafe pango_layout_iter_get_line_readonly(walker) {
                line.link = unsafe link(in: drawn, links)
            }
            lines.append(line)
        } while unsafe pango_layout_iter_next_line(walker) != 0
        return lines
    }

    /// The first link that reaches into this line.
    private static func link(
        in line: UnsafeMutablePointer<PangoLayoutLine>,
        _ links: Links
    ) -> (address: String, from: Double, to: Double)? {
        let start = unsafe Int(line.pointee.start_index)
        let end = unsafe start + Int(line.pointee.length)
        guard let link = links.first(where: { $0.bytes.overlaps(start..<end) }) else { return nil }
        var (from, to): (Int32, Int32) = (0, 0)
        unsafe pango_layout_line_index_to_x(line, Int32(max(start, link.bytes.lowerBound)), 0, &from)
        unsafe pango_layout_line_index_to_x(line, Int32(min(end, link.bytes.upperBound)), 0, &to)
        return (link.address, Double(from) / Double(PANGO_SCALE), Double(to) / Double(PANGO_SCALE))
    }
}
