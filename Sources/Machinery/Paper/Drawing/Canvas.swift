// SPDX-License-Identifier: Apache-2.0

import CPango

/// Structure elements of a tagged PDF that we use.
enum StructureTag: String {
    case document = "Document"
    case heading1 = "H1"
    case heading2 = "H2"
    case paragraph = "P"
    case table = "Table"
    case tableRow = "TR"
    case tableHeader = "TH"
    case tableCell = "TD"
    case list = "L"
    case item = "LI"
    case label = "Lbl"
    case itemBody = "LBody"
    case figure = "Figure"
    case span = "Span"
    case link = "Link"
}

/// The sheet under the pen: cairo's PDF surface. Lives within one drawing, on one thread.
@safe final class Canvas {
    /// Collects what cairo writes; reached from C through an unretained pointer while the canvas lives.
    private final class Sink {
        var bytes: [UInt8] = []
    }

    private let surface: OpaquePointer
    private let cairo: OpaquePointer
    private let context: OpaquePointer
    private let sink = Sink()
    private let map: FontMap
    private let family: String
    private(set) var pageCount = 1

    /// A sheet of this size in points.
    init(width: Double, height: Double, map: FontMap, family: String) throws(PaperError) {
        self.map = map
        self.family = family
        let write: cairo_write_func_t = { closure, data, length in
            guard let closure = unsafe closure, let data = unsafe data else { return CAIRO_STATUS_WRITE_ERROR }
            let sink = unsafe Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
            unsafe sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
            return CAIRO_STATUS_SUCCESS
        }
        let target = unsafe Unmanaged.passUnretained(sink).toOpaque()
        guard let surface = unsafe cairo_pdf_surface_create_for_stream(write, target, width, height),
            let cairo = unsafe cairo_create(surface)
        else { throw .drawing("surface") }
        unsafe cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        unsafe self.surface = surface
        unsafe self.cairo = cairo
        unsafe context = try map.makeContext()
        unsafe pango_cairo_update_context(cairo, context)
    }

    deinit {
        unsafe g_object_unref(UnsafeMutableRawPointer(context))
        unsafe cairo_destroy(cairo)
        unsafe cairo_surface_destroy(surface)
    }

    // MARK: - Text

    func text(_ text: RichText, _ style: TextStyle, width: Double) throws(PaperError) -> TextBox {
        unsafe try TextBox(text, style: style, width: max(width, 1), family: family, context: context)
    }

    /// Draws one line of a text, its upper left corner at (x, y), as a structure element of its own: cairo loses the
    /// second and later lines of a text that is drawn within one element.
    func draw(line index: Int, of box: TextBox, x: Double, y: Double) {
        let line = box.lines[index]
        if let link = line.link {
            let rectangle = "rect=[\(x + line.x + link.from) \(y) \(max(link.to - link.from, 1)) \(line.height)]"
            begin(.link, attributes: "uri='\(link.address)' \(rectangle)")
        } else {
            begin(.span)
        }
        unsafe box.draw(line: index, on: cairo, x: x, y: y + line.baseline)
        end(line.link == nil ? .span : .link)
    }

    /// Draws a line that is no part of the text, such as a page number.
    func drawUntagged(line index: Int, of box: TextBox, x: Double, y: Double) {
        unsafe box.draw(line: index, on: cairo, x: x, y: y + box.lines[index].baseline)
    }

    // MARK: - Structure

    func begin(_ tag: StructureTag, attributes: String = "") {
        unsafe cairo_tag_begin(cairo, tag.rawValue, attributes)
    }

    func end(_ tag: StructureTag) {
        unsafe cairo_tag_end(cairo, tag.rawValue)
    }

    // MARK: - Lines and areas

    func rule(fromX: Double, fromY: Double, toX: Double, toY: Double, width: Double, grey: Double = 0) {
        unsafe cairo_set_source_rgb(cairo, grey, grey, grey)
        unsafe cairo_set_line_width(cairo, width)
        unsafe cairo_set_line_cap(cairo, CAIRO_LINE_CAP_SQUARE)
        unsafe cairo_move_to(cairo, fromX, fromY)
        unsafe cairo_line_to(cairo, toX, toY)
        unsafe cairo_stroke(cairo)
    }

    func fill(x: Double, y: Double, width: Double, height: Double, grey: Double) {
        unsafe cairo_set_source_rgb(cairo, grey, grey, grey)
        unsafe cairo_rectangle(cairo, x, y, width, height)
        unsafe cairo_fill(cairo)
    }

    /// The dark modules of a QR code, as one path: stripes of a row are joined, so that no hairline shows between.
    func fill(_ code: QRCode, x: Double, y: Double, size: Double) {
        let module = size / Double(code.width + 2 * QRCode.quietZone)
        unsafe cairo_set_source_rgb(cairo, 0, 0, 0)
        for stripe in code.stripes {
            unsafe cairo_rectangle(
                cairo,
                x + Double(stripe.column + QRCode.quietZone) * module,
                y + Double(stripe.row + QRCode.quietZone) * module,
                Double(stripe.length) * module,
                module
            )
        }
        unsafe cairo_fill(cairo)
    }

    // MARK: - Pages

    func nextPage() throws(PaperError) {
        guard pageCount < PaperLimits.pages else { throw .tooLarge(what: "pages", limit: PaperLimits.pages) }
        unsafe cairo_show_page(cairo)
        pageCount += 1
    }

    /// Ends the last page and gives cairo's bytes.
    func finish() throws(PaperError) -> [UInt8] {
        unsafe cairo_show_page(cairo)
        unsafe cairo_surface_finish(surface)
        for status in unsafe [cairo_status(cairo), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw .drawing(unsafe String(cString: cairo_status_to_string(status)))
        }
        return sink.bytes
    }
}
