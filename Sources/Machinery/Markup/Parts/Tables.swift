// SPDX-License-Identifier: Apache-2.0

/// A table that becomes cards on a phone; it keeps its meaning for screen readers by roles.
public struct CardTable: Sendable {
    /// One column.
    public struct Column: Sendable {
        /// The heading.
        public var title: String
        /// True for numbers, which stand on the right.
        public var isNumeric: Bool

        /// One column.
        public init(_ title: String, isNumeric: Bool = false) {
            self.title = title
            self.isNumeric = isNumeric
        }
    }

    /// One row; as many cells as there are columns.
    public struct TableLine: Sendable {
        /// The cells in the order of the columns.
        public var cells: [HTML]
        /// Names of style classes of the row.
        public var classes: String?

        /// One row.
        public init(_ cells: [HTML], classes: String? = nil) {
            self.cells = cells
            self.classes = classes
        }
    }

    /// The id of the heading that names the table.
    public var labelledBy: String
    /// The columns.
    public var columns: [Column]
    /// The rows.
    public var lines: [TableLine]
    /// True where cells hold sentences: on a phone each stands on a line of its own, under its column's name.
    public var isStacked: Bool

    /// A table that becomes cards on a phone.
    public init(labelledBy: String, columns: [Column], lines: [TableLine], isStacked: Bool = false) {
        self.labelledBy = labelledBy
        self.columns = columns
        self.lines = lines
        self.isStacked = isStacked
    }
}

extension Parts {
    /// A region that scrolls by itself, so that the page never scrolls sideways.
    public static func tableRegion(labelledBy id: String, _ table: HTML) -> HTML {
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"\(id)\">\(table)</div>"
    }

    /// A table that becomes cards at 48 rem and below.
    public static func cardTable(_ table: CardTable) -> HTML {
        """
        <table class="\(table.isStacked ? "cards stack" : "cards")" role="table" aria-labelledby="\(table.labelledBy)">
        <thead role="rowgroup"><tr role="row">\(each: table.columns, { column in
            "<th role=\"columnheader\" scope=\"col\"\(classes: column.isNumeric ? "n" : nil)>\(column.title)</th>"
        })</tr></thead>
        <tbody role="rowgroup">
        \(each: table.lines, { line in
            """
            <tr role="row" data-row\(classes: line.classes)>\(each: zip(table.columns, line.cells), { column, cell in
                """
                <td role="cell" data-label="\(column.title)"\(classes: column.isNumeric ? "n" : nil)>\(cell)</td>
                """
            })</tr>

            """
        })</tbody></table>
        """
    }

    /// A plain table inside its own scrolling region.
    public static func table(labelledBy id: String, columns: [CardTable.Column], lines: [[HTML]]) -> HTML {
        tableRegion(
            labelledBy: id,
            """
            <table><thead><tr>\(each: columns, { "<th scope=\"col\"\(classes: $0.isNumeric ? "n" : nil)>\($0.title)</th>" })\
            </tr></thead><tbody>
            \(each: lines, { line in
                """
                <tr>\(each: zip(columns, line), { column, cell in
                    "<td\(classes: column.isNumeric ? "n" : nil)>\(cell)</td>"
                })</tr>

                """
            })</tbody></table>
            """
        )
    }
}
