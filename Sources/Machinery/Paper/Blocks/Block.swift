// SPDX-License-Identifier: Apache-2.0

/// One piece of an official paper. Forms, letters and results are lists of blocks; `PaperRenderer` draws them.
///
/// The text form is described in `docs/block-language.md`; `BlockText` reads it.
public enum Block: Hashable, Sendable {
    /// A title (level 1) or a heading within the text (level 2).
    case heading(Heading)
    /// Running text.
    case paragraph(Paragraph)
    /// Blocks side by side: a letterhead, or a code beside the facts.
    case columns(Columns)
    /// Label and value, line by line.
    case definitions(Definitions)
    /// Items with numbers or dashes.
    case list(Items)
    /// A ruled table, which repeats its header row on each page.
    case table(Table)
    /// Who signs, on the right or on both sides; never separated from the line before it.
    case signature(Signature)
    /// A QR code with a caption.
    case code(Code)
    /// Empty height.
    case spacer(millimetres: Double)
    /// A horizontal line.
    case rule(Rule)
}

extension Block {
    /// Where text stands in its width.
    public enum Alignment: String, Hashable, Sendable, CaseIterable {
        case left, center, right, justify
    }

    /// Size of letters against the page's body text.
    public enum TextSize: String, Hashable, Sendable, CaseIterable {
        case small, body, large
    }

    /// A title or a heading.
    public struct Heading: Hashable, Sendable {
        /// 1 or 2.
        public var level: Int
        public var text: RichText
        public var alignment: Alignment

        /// A heading; level 1 stands in the middle unless told otherwise.
        public init(_ text: RichText, level: Int = 1, alignment: Alignment? = nil) {
            self.text = text
            self.level = level
            self.alignment = alignment ?? (level == 1 ? .center : .left)
        }
    }

    /// Running text.
    public struct Paragraph: Hashable, Sendable {
        public var text: RichText
        public var alignment: Alignment
        public var size: TextSize
        /// The first line begins further to the right.
        public var isIndented: Bool

        /// A paragraph.
        public init(
            _ text: RichText,
            alignment: Alignment = .justify,
            size: TextSize = .body,
            isIndented: Bool = false
        ) {
            self.text = text
            self.alignment = alignment
            self.size = size
            self.isIndented = isIndented
        }
    }

    /// Blocks side by side. They are kept together; what is taller than a page is set one below the other.
    public struct Columns: Hashable, Sendable {
        /// Two or three columns of blocks.
        public var columns: [[Block]]
        /// Share of the width of each column, in per cent.
        public var shares: [Double]

        /// Columns with their shares of the width.
        public init(_ columns: [[Block]], shares: [Double]) {
            self.columns = columns
            self.shares = shares
        }
    }

    /// A label and its value.
    public struct Definition: Hashable, Sendable {
        public var label: RichText
        public var value: RichText

        /// A label and its value.
        public init(_ label: RichText, _ value: RichText) {
            self.label = label
            self.value = value
        }
    }

    /// Label and value, line by line.
    public struct Definitions: Hashable, Sendable {
        public var items: [Definition]
        /// Width of the labels, in per cent.
        public var labelShare: Double

        /// A list of labels and values.
        public init(_ items: [Definition], labelShare: Double = 35) {
            self.items = items
            self.labelShare = labelShare
        }
    }

    /// Items with numbers or dashes.
    public struct Items: Hashable, Sendable {
        public var items: [RichText]
        /// `1.`, `2.` … instead of a dash.
        public var isNumbered: Bool

        /// A list of items.
        public init(_ items: [RichText], isNumbered: Bool = false) {
            self.items = items
            self.isNumbered = isNumbered
        }
    }

    /// A ruled table.
    public struct Table: Hashable, Sendable {
        /// Title of each column.
        public var header: [RichText]
        /// Each row has as many cells as the header.
        public var rows: [[RichText]]
        /// Width of each column, in per cent; equal widths when empty.
        public var widths: [Double]
        /// Alignment of each column; left when empty.
        public var alignments: [Alignment]
        public var size: TextSize

        /// A table.
        public init(
            header: [RichText],
            rows: [[RichText]],
            widths: [Double] = [],
            alignments: [Alignment] = [],
            size: TextSize = .body
        ) {
            self.header = header
            self.rows = rows
            self.widths = widths
            self.alignments = alignments
            self.size = size
        }
    }

    /// One side of a signature block.
    public struct Signatory: Hashable, Sendable {
        /// Place and date, in italics above the title.
        public var place: RichText?
        /// In whose name, position; one line each, bold.
        public var titles: [RichText]
        /// `(Ký, ghi rõ họ tên)`, in italics below the title.
        public var note: RichText?
        /// A line in the space of the signature, such as the mark of a digital signature.
        public var mark: RichText?
        /// Full name, bold, below the space for the signature.
        public var name: RichText?

        /// One side.
        public init(
            titles: [RichText],
            place: RichText? = nil,
            note: RichText? = nil,
            mark: RichText? = nil,
            name: RichText? = nil
        ) {
            self.titles = titles
            self.place = place
            self.note = note
            self.mark = mark
            self.name = name
        }
    }

    /// Who signs.
    public struct Signature: Hashable, Sendable {
        /// The left side; empty when nil.
        public var left: Signatory?
        /// The right side: whoever issues the paper.
        public var right: Signatory?
        /// Height left free for the signature.
        public var spaceMillimetres: Double

        /// A signature block.
        public init(left: Signatory? = nil, right: Signatory?, spaceMillimetres: Double = 18) {
            self.left = left
            self.right = right
            self.spaceMillimetres = spaceMillimetres
        }
    }

    /// A QR code with a caption.
    public struct Code: Hashable, Sendable {
        /// What a scanner reads.
        public var payload: String
        /// Stands below the code, and describes it to a screen reader.
        public var caption: RichText
        /// Width of the code with its quiet zone.
        public var sizeMillimetres: Double
        public var alignment: Alignment

        /// A QR code.
        public init(
            _ payload: String,
            caption: RichText = "",
            sizeMillimetres: Double = 28,
            alignment: Alignment = .center
        ) {
            self.payload = payload
            self.caption = caption
            self.sizeMillimetres = sizeMillimetres
            self.alignment = alignment
        }
    }

    /// A horizontal line.
    public struct Rule: Hashable, Sendable {
        /// How long it is.
        public enum Length: Hashable, Sendable {
            /// In per cent of the width.
            case share(Double)
            /// As long as the widest line of the block above.
            case asTextAbove
        }

        public var length: Length
        public var alignment: Alignment

        /// A line, in the middle unless told otherwise.
        public init(_ length: Length = .share(100), alignment: Alignment = .center) {
            self.length = length
            self.alignment = alignment
        }
    }
}
