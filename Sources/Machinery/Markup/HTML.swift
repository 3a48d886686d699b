// SPDX-License-Identifier: Apache-2.0

/// A piece of a page, written by string interpolation.
///
/// Literal text is markup and is trusted, because it stands in our source. Every interpolated text is escaped, so that
/// what a person typed can never become markup. A missing variable does not compile.
///
/// ```swift
/// let row: HTML = "<tr><td>\(dossier.code)</td><td>\(dossier.name)</td></tr>"
/// ```
///
/// Attribute values in the source are always quoted; addresses go through `\(href:)`, `\(src:)` and `\(action:)`, which
/// refuse a scheme that could run a script.
public struct HTML: Sendable, Equatable {
    /// The bytes of the piece, UTF-8.
    public private(set) var utf8: [UInt8]

    /// Nothing at all; draws nothing.
    public static let empty = HTML(utf8: [])

    /// Text that is escaped here and stands as text.
    public init(text: String) {
        utf8 = []
        text.appendEscaped(to: &utf8)
    }

    init(utf8: [UInt8]) {
        self.utf8 = utf8
    }

    /// True when there is nothing to draw.
    public var isEmpty: Bool { utf8.isEmpty }

    /// The piece as text, for tests and for snapshots.
    public var string: String { String(decoding: utf8, as: UTF8.self) }

    /// Joins pieces in order, nothing between them.
    public static func joined(_ pieces: [HTML]) -> HTML {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(pieces.reduce(0) { $0 + $1.utf8.count })
        for piece in pieces { bytes.append(contentsOf: piece.utf8) }
        return HTML(utf8: bytes)
    }

    /// Puts a second piece behind this one.
    public mutating func append(_ piece: HTML) {
        utf8.append(contentsOf: piece.utf8)
    }

    /// Both pieces, one after the other.
    public static func + (first: HTML, second: HTML) -> HTML {
        var sum = first
        sum.append(second)
        return sum
    }

    /// Slices for a streamed answer; a slice may end inside a letter, the bytes joined are the page.
    ///
    /// - Parameter limitBytes: The size of every slice but the last; at least 1.
    /// - Returns: The slices in order; none for an empty piece.
    public func chunks(limitBytes: Int = 16 * 1024) -> [ArraySlice<UInt8>] {
        precondition(limitBytes > 0, "a slice needs at least one byte")
        return stride(from: 0, to: utf8.count, by: limitBytes).map { utf8[$0..<min($0 + limitBytes, utf8.count)] }
    }
}

// MARK: - ExpressibleByStringInterpolation

extension HTML: ExpressibleByStringInterpolation {
    /// Markup of our own source, taken as it stands.
    public init(stringLiteral value: String) {
        utf8 = Array(value.utf8)
    }

    /// Markup with values in it; the values were escaped as they came.
    public init(stringInterpolation: StringInterpolation) {
        utf8 = stringInterpolation.bytes
    }

    /// Gathers the bytes of an interpolated piece.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var bytes: [UInt8] = []

        /// Makes room for the literal text and for values of middling length.
        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        /// Markup of our own source.
        public mutating func appendLiteral(_ literal: String) {
            bytes.append(contentsOf: literal.utf8)
        }

        /// Text of any origin, escaped; right in text and in a quoted attribute.
        public mutating func appendInterpolation(_ text: String) {
            text.appendEscaped(to: &bytes)
        }

        /// Text that may be missing: nothing is drawn for nil.
        public mutating func appendInterpolation(_ text: String?) {
            text?.appendEscaped(to: &bytes)
        }

        /// A whole number without grouping, for attributes and SVG.
        public mutating func appendInterpolation(_ number: some BinaryInteger) {
            bytes.append(contentsOf: String(number).utf8)
        }

        /// A piece made before.
        public mutating func appendInterpolation(_ html: HTML) {
            bytes.append(contentsOf: html.utf8)
        }

        /// A piece that may be missing: nothing is drawn for nil.
        public mutating func appendInterpolation(_ html: HTML?) {
            if let html { bytes.append(contentsOf: html.utf8) }
        }

        /// One piece for every item, in order.
        public mutating func appendInterpolation<Items: Sequence>(
            each items: Items,
            _ piece: (Items.Element) -> HTML
        ) {
            for item in items { bytes.append(contentsOf: piece(item).utf8) }
        }

        /// A piece that is drawn only when the condition holds; it is not made otherwise.
        public mutating func appendInterpolation(if condition: Bool, _ piece: @autoclosure () -> HTML) {
            if condition { bytes.append(contentsOf: piece().utf8) }
        }

        /// One of two pieces; only the chosen one is made.
        public mutating func appendInterpolation(
            if condition: Bool,
            _ piece: @autoclosure () -> HTML,
            else other: @autoclosure () -> HTML
        ) {
            bytes.append(contentsOf: (condition ? piece() : other()).utf8)
        }

        /// A piece made from a value, when there is one.
        public mutating func appendInterpolation<Value>(ifLet value: Value?, _ piece: (Value) -> HTML) {
            if let value { bytes.append(contentsOf: piece(value).utf8) }
        }

        /// Trusted text of our own source that is not escaped; the compiler takes literals only.
        public mutating func appendInterpolation(raw text: StaticString) {
            bytes.append(contentsOf: text.description.utf8)
        }
    }
}

// MARK: - Attributes

extension HTML.StringInterpolation {
    /// ` name="value"` with a space before it; nothing for nil.
    public mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
        guard let value else { return }
        appendAttribute(name, value)
    }

    /// ` name="12"` with a space before it; nothing for nil.
    public mutating func appendInterpolation(attribute name: StaticString, _ value: Int?) {
        guard let value else { return }
        appendAttribute(name, String(value))
    }

    /// ` name` (an attribute without a value, such as `checked`) when the condition holds.
    public mutating func appendInterpolation(flag name: StaticString, _ condition: Bool) {
        guard condition else { return }
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: name.description.utf8)
    }

    /// ` class="a b"` of the names that are not nil or empty; nothing when none is left.
    public mutating func appendInterpolation(classes names: String?...) {
        let kept = names.compactMap { $0 }.filter { !$0.isEmpty }
        guard !kept.isEmpty else { return }
        appendAttribute("class", kept.joined(separator: " "))
    }

    /// ` href="…"` when the address may be followed from a page (see `SafeAddress`); nothing otherwise.
    public mutating func appendInterpolation(href address: String?) {
        appendAddress("href", address)
    }

    /// ` src="…"` under the same rule as `href`.
    public mutating func appendInterpolation(src address: String?) {
        appendAddress("src", address)
    }

    /// ` action="…"` under the same rule as `href`.
    public mutating func appendInterpolation(action address: String?) {
        appendAddress("action", address)
    }

    /// ` formaction="…"` under the same rule as `href`.
    public mutating func appendInterpolation(formaction address: String?) {
        appendAddress("formaction", address)
    }

    /// ` data="…"` of an `object`, under the same rule as `href`.
    public mutating func appendInterpolation(data address: String?) {
        appendAddress("data", address)
    }

    private mutating func appendAddress(_ name: StaticString, _ address: String?) {
        guard let address, SafeAddress.accepts(address) else { return }
        appendAttribute(name, address)
    }

    private mutating func appendAttribute(_ name: StaticString, _ value: String) {
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: name.description.utf8)
        bytes.append(contentsOf: "=\"".utf8)
        value.appendEscaped(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}

// MARK: - Escaping

extension String {
    /// Writes the text with `& < > " '` as character references.
    ///
    /// Control characters that HTML forbids are left out (a form field may carry them), tabs and line ends stay.
    func appendEscaped(to bytes: inout [UInt8]) {
        guard utf8.contains(where: \.needsCare) else {
            bytes.append(contentsOf: utf8)
            return
        }
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
            case 0x09, 0x0A, 0x0D: bytes.append(byte)
            case 0..<0x20, 0x7F: continue
            default: bytes.append(byte)
            }
        }
    }
}

extension UInt8 {
    /// True for the bytes that escaping changes or leaves out.
    fileprivate var needsCare: Bool {
        switch self {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0x7F: true
        default: false
        }
    }
}
