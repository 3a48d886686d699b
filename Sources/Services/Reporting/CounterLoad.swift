// SPDX-License-Identifier: Apache-2.0

public import Dossiers
import Kernel
public import Storage

/// The counters of a sample, by the rules of real ones. Flows of days that are over are written in pieces, each in the
/// order of the table's key, so that pages are filled and little is left for the end, when nothing else is written
/// meanwhile.
public struct CounterLoad: SampleFigures {
    /// Rows that are made at once, about 80 bytes each.
    private static let rowsAtOnce = 100_000

    private let limit: Int
    private var cells = CounterTally()
    /// Cells that were left by the last piece: buckets and months.
    private var left = 0
    /// The places of the tally, by those of the sample.
    private var places: [CounterTally.PlaceNumber?] = []
    private var rest: (cells: CounterTally.Sorted, written: Int)?

    /// Nothing counted yet.
    ///
    /// - Parameter limit: with more new cells than that, the flows of days that are over are written at once. So few
    ///   stay in the processor's cache.
    public init(limit: Int = 25_000) { self.limit = limit }

    /// The table that the rows are for.
    public static let tables: [StaticString] = ["counter"]

    public mutating func add(_ change: SampleChange) {
        while places.count <= change.place.number { places.append(nil) }
        let place = places[change.place.number] ?? cells.place(change.place)
        places[change.place.number] = place
        CounterRules.forEachDelta(
            of: change.event,
            at: change.at,
            by: change.author,
            from: change.before,
            to: change.after
        ) { cells.add($2, to: $0, on: $1, at: place) }
    }

    public mutating func takeDays() -> RowBuffer? {
        guard cells.count - left > limit else { return nil }
        let flows = cells.takeSorted { !Measure.buckets.contains($0) && !Measure.monthly.contains($0) }
        left = cells.count
        return CounterTable.rows(flows, 0..<flows.count)
    }

    public mutating func takeRest() -> RowBuffer? {
        let (sorted, written) = rest ?? (cells: cells.sorted(), written: 0)
        cells = CounterTally()
        let next = min(written + Self.rowsAtOnce, sorted.count)
        rest = (cells: sorted, written: next)
        return written == next ? nil : CounterTable.rows(sorted, written..<next)
    }
}
