// SPDX-License-Identifier: Apache-2.0

/// Draws papers as tagged PDF. One for the whole process; safe to use from many tasks at once.
public final class PaperRenderer: Sendable {
    private let fonts: FontShelf
    private let colourProfile: [UInt8]?

    /// Finds the fonts and proves that they hold every Vietnamese letter; without that no paper is made.
    ///
    /// `colourProfile` is the bytes of an sRGB ICC profile. With it the PDF declares itself intended PDF/A-2u; without
    /// it the declaration is left out.
    /// Throws `PaperError.fontMissing`, `.fontIncomplete` and `.unreadable`.
    public init(fonts: FontSettings = FontSettings(), colourProfile: [UInt8]? = nil) throws(PaperError) {
        self.fonts = try FontShelf(fonts)
        self.colourProfile = colourProfile
    }

    /// The document as PDF 1.5 with a plain cross-reference table, so that a signature can be appended.
    ///
    /// The same document gives the same bytes on the same machine. Throws `PaperError.tooLarge`, `.codeTooLong` and
    /// `.drawing`.
    @concurrent
    public func pdf(_ document: PaperDocument) async throws(PaperError) -> [UInt8] {
        try draw(document)
    }

    /// The same on the caller's thread: a few milliseconds of work for a page.
    func draw(_ document: PaperDocument) throws(PaperError) -> [UInt8] {
        let sheet = Sheet(document.size)
        let map = try fonts.borrow()
        defer { fonts.giveBack(map) }
        let canvas = try Canvas(width: sheet.width, height: sheet.height, map: map, family: fonts.family)
        let typesetter = Typesetter(canvas: canvas, sheet: sheet)
        try typesetter.set(document)
        let finish = PDFFinish(document: document, figures: typesetter.figures, colourProfile: colourProfile)
        return try finish.complete(try canvas.finish())
    }
}
