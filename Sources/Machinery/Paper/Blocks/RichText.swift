// SPDX-License-Identifier: Apache-2.0

/// Text in which parts may be bold, italic or a link. A line feed begins a new line of the same paragraph.
public struct RichText: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// A stretch of text in one style.
    public struct Run: Hashable, Sendable {
        /// The text itself; never read as a command.
        public var text: String
        /// Drawn in bold.
        public var isBold: Bool
        /// Drawn in italics.
        public var isItalic: Bool
        /// Where a click leads; http, https, mailto or tel.
        public var link: String?

        /// A stretch of text.
        public init(_ text: String, isBold: Bool = false, isItalic: Bool = false, link: String? = nil) {
            self.text = text
            self.isBold = isBold
            self.isItalic = isItalic
            self.link = link
        }
    }

    /// The parts, in reading order.
    public var runs: [Run]

    /// Text made of parts.
    public init(_ runs: [Run]) {
        self.runs = runs
    }

    /// Plain text, in one style.
    public init(_ text: String, isBold: Bool = false, isItalic: Bool = false) {
        runs = text.isEmpty ? [] : [Run(text, isBold: isBold, isItalic: isItalic)]
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The words alone.
    public var plain: String { runs.map(\.text).joined() }

    /// Nothing to draw.
    public var isEmpty: Bool { runs.allSatisfy(\.text.isEmpty) }

    /// The same text in capitals, as letterheads are set.
    public var uppercased: RichText {
        RichText(runs.map { Run($0.text.uppercased(), isBold: $0.isBold, isItalic: $0.isItalic, link: $0.link) })
    }

    /// The same text, bold throughout.
    public var bold: RichText {
        RichText(runs.map { Run($0.text, isBold: true, isItalic: $0.isItalic, link: $0.link) })
    }

    /// The same text, in italics throughout.
    public var italic: RichText {
        RichText(runs.map { Run($0.text, isBold: $0.isBold, isItalic: true, link: $0.link) })
    }
}
