// SPDX-License-Identifier: Apache-2.0

import CPango
import Synchronization

/// The one font family of our papers.
public struct FontSettings: Hashable, Sendable {
    /// Times metrics, with every Vietnamese letter and ₫.
    public var family: String
    /// A fontconfig file that offers this family and no other (`resources/fonts.conf`); the system's when nil.
    public var configurationFile: String?

    /// The family and where it is found.
    public init(family: String = "Liberation Serif", configurationFile: String? = nil) {
        self.family = family
        self.configurationFile = configurationFile
    }
}

/// Fonts, found once and proven complete. Each document in work borrows a font map of its own, because pango's maps
/// may be used by one thread at a time.
final class FontShelf: Sendable {
    let family: String
    private let configuration: Configuration?
    private let idle = Mutex<[FontMap]>([])

    /// As many maps are kept as documents are drawn at once on a busy machine; more are made and dropped.
    private static let kept = 8

    /// Letters of Vietnamese, (12 vowels × 6 tones + đ) × 2 cases = 146, and the sign of the đồng.
    static let needed: [Unicode.Scalar] =
        Array(
            """
            aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ\
            AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ\
            ₫
            """.unicodeScalars
        )

    /// Loads the fonts and checks the four styles.
    ///
    /// Throws `PaperError.fontMissing`, `.fontIncomplete` and `.unreadable`.
    init(_ settings: FontSettings) throws(PaperError) {
        family = settings.family
        if let file = settings.configurationFile {
            configuration = try Configuration(file: file)
        } else {
            configuration = nil
        }
        let map = try FontMap(configuration)
        for isBold in [false, true] {
            for isItalic in [false, true] {
                try map.check(family: family, isBold: isBold, isItalic: isItalic, letters: Self.needed)
            }
        }
        giveBack(map)
    }

    func borrow() throws(PaperError) -> FontMap {
        if let map = idle.withLock({ $0.popLast() }) { return map }
        return try FontMap(configuration)
    }

    func giveBack(_ map: FontMap) {
        idle.withLock { maps in
            if maps.count < Self.kept { maps.append(map) }
        }
    }
}

/// Fontconfig's view of the fonts, read once. Fontconfig counts references atomically and only reads it afterwards.
@safe private final class Configuration: @unchecked Sendable {
    fileprivate let pointer: OpaquePointer

    init(file: String) throws(PaperError) {
        guard let made = unsafe FcConfigCreate() else { throw .drawing("fontconfig") }
        unsafe pointer = made
        guard unsafe FcConfigParseAndLoad(made, file, 1) != 0, unsafe FcConfigBuildFonts(made) != 0 else {
            unsafe FcConfigDestroy(made)
            throw .unreadable(path: file)
        }
    }

    deinit {
        unsafe FcConfigDestroy(pointer)
    }
}

/// A pango font map. It goes from one owner to the next through the shelf's lock and is never shared.
@safe final class FontMap: @unchecked Sendable {
    private let pointer: UnsafeMutablePointer<PangoFontMap>

    fileprivate init(_ configuration: Configuration?) throws(PaperError) {
        guard let made = unsafe paper_font_map(configuration?.pointer) else { throw .drawing("font map") }
        unsafe pointer = made
    }

    deinit {
        unsafe g_object_unref(pointer)
    }

    /// A context for layouts: true outlines, no rounding to a screen's grid.
    func makeContext() throws(PaperError) -> OpaquePointer {
        guard let context = unsafe pango_font_map_create_context(pointer) else { throw .drawing("pango context") }
        guard let options = unsafe cairo_font_options_create() else { throw .drawing("font options") }
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        unsafe pango_cairo_context_set_font_options(context, options)
        unsafe cairo_font_options_destroy(options)
        unsafe pango_context_set_round_glyph_positions(context, 0)
        unsafe pango_context_set_language(context, pango_language_from_string("vi"))
        return unsafe context
    }

    /// The family must answer under its own name, and with every letter.
    fileprivate func check(
        family: String,
        isBold: Bool,
        isItalic: Bool,
        letters: [Unicode.Scalar]
    ) throws(PaperError) {
        let context = unsafe try makeContext()
        defer { unsafe g_object_unref(UnsafeMutableRawPointer(context)) }
        guard let wanted = unsafe pango_font_description_new() else { throw .drawing("font description") }
        defer { unsafe pango_font_description_free(wanted) }
        unsafe pango_font_description_set_family(wanted, family)
        unsafe pango_font_description_set_weight(wanted, isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        unsafe pango_font_description_set_style(wanted, isItalic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL)
        unsafe pango_font_description_set_absolute_size(wanted, 12 * Double(PANGO_SCALE))
        guard let font = unsafe pango_font_map_load_font(pointer, context, wanted) else {
            throw .fontMissing(family: family, found: "")
        }
        defer { unsafe g_object_unref(font) }
        guard let described = unsafe pango_font_describe(font) else { throw .drawing("font description") }
        defer { unsafe pango_font_description_free(described) }
        let found = unsafe pango_font_description_get_family(described).map { unsafe String(cString: $0) } ?? ""
        guard found == family else { throw .fontMissing(family: family, found: found) }
        let missing = letters.filter { unsafe pango_font_has_char(font, $0.value) == 0 }
        guard missing.isEmpty else {
            throw .fontIncomplete(family: family, missing: String(String.UnicodeScalarView(missing)))
        }
    }
}
