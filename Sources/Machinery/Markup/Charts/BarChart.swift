// SPDX-License-Identifier: Apache-2.0

/// Bars for the eye and a table for everyone (`ux.md` §6.2). Labels and values are text of the page; only the bar is
/// drawn, so that nothing becomes too small on a phone.
public struct BarChart: Sendable {
    /// One bar.
    public struct Bar: Sendable {
        /// What is counted.
        public var label: String
        /// The value as it is read: `1.234`, `95,2 %`, or "—" for too few cases.
        public var shown: String
        /// The length, in thousandths of the longest possible bar, 0 to 1000.
        public var permille: Int
        /// Where the dossiers behind the number stand; nil for the public.
        public var href: String?
        /// The colour.
        public var tone: PartTone

        /// One bar.
        public init(_ label: String, shown: String, permille: Int, href: String? = nil, tone: PartTone = .neutral) {
            self.label = label
            self.shown = shown
            self.permille = min(max(permille, 0), 1_000)
            self.href = href
            self.tone = tone
        }
    }

    /// The id of the heading.
    public var id: String
    /// The conclusion, as a sentence.
    public var conclusion: String
    /// What the numbers count: "hồ sơ".
    public var countedThing: String
    /// At most seven bars, worst first.
    public var bars: [Bar]
    /// The target line, in thousandths; nil without.
    public var targetPermille: Int?
    /// The state of the figures: "Số liệu đến 14:00 ngày 18/09/2020".
    public var asOf: String

    /// Bars with their table.
    public init(
        id: String,
        conclusion: String,
        countedThing: String,
        bars: [Bar],
        targetPermille: Int? = nil,
        asOf: String
    ) {
        self.id = id
        self.conclusion = conclusion
        self.countedThing = countedThing
        self.bars = bars
        self.targetPermille = targetPermille
        self.asOf = asOf
    }
}

extension Parts {
    /// Draws the bars, and the same numbers as a table that opens.
    public static func barChart(_ chart: BarChart, isOpen: Bool = false) -> HTML {
        """
        <section class="chart" aria-labelledby="\(chart.id)"><h2 id="\(chart.id)">\(chart.conclusion)</h2>
        <div class="bars" aria-hidden="true">\(each: chart.bars, { bar in
            """
            <div class="bar \(bar.tone.rawValue)"><span class="bar-label">\(bar.label)</span>\
            <svg viewBox="0 0 1000 10" preserveAspectRatio="none" focusable="false">\
            <rect class="bar-ground" width="1000" height="10"/><rect class="bar-value" width="\(bar.permille)" height="10"/>\
            \(ifLet: chart.targetPermille, { "<rect class=\"bar-target\" x=\"\($0)\" width=\"4\" height=\"10\"/>" })</svg>\
            <span class="bar-shown num">\(bar.shown)</span></div>
            """
        })</div>
        <p class="hint">\(chart.asOf)</p>
        \(details("Xem bảng số liệu: \(chart.conclusion)", isOpen: isOpen, table(
            labelledBy: chart.id,
            columns: [CardTable.Column(chart.countedThing), CardTable.Column("Số liệu", isNumeric: true)],
            lines: chart.bars.map { [HTML(text: $0.label), number($0)] }
        )))
        </section>
        """
    }

    private static func number(_ bar: BarChart.Bar) -> HTML {
        guard let address = bar.href else { return HTML(text: bar.shown) }
        return "<a\(href: address)>\(bar.shown)<span class=\"vh\"> \(bar.label)</span></a>"
    }
}
