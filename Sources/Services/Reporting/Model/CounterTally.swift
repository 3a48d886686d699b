// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Kernel

/// Counts by cells, a number for each cell instead of its texts: three years of a province are millions of cells.
struct CounterTally {
    /// Places are numbered from 0.
    typealias PlaceNumber = Int

    /// Where cells lie that differ only in what is counted and when.
    private struct Place: Hashable, Comparable {
        let agency: AgencyCode
        let procedure: String
        let channel: Channel

        static func < (first: Place, second: Place) -> Bool {
            (first.agency.text, first.procedure, first.channel.rawValue)
                < (second.agency.text, second.procedure, second.channel.rawValue)
        }
    }

    /// Measures in the order of their names, as keys are ordered.
    private static let measures = Measure.allCases.sorted { $0.rawValue < $1.rawValue }
    private static let placeMask: UInt64 = 0xFFFF_FFFF
    /// Added to days, so that those before 1970 have a place and a cell without a day has none.
    private static let dayShift = 0x40_0000

    private var numbers: [Place: Int] = [:]
    private var places: [Place] = []
    /// The place of the cell before: a change moves several cells of one place.
    private var last = 0
    /// By measure (8 bits), day (24) and place (32).
    private var counts: [UInt64: Int64] = [:]

    /// How many cells are kept.
    var count: Int { counts.count }

    /// Adds to a cell.
    mutating func add(_ delta: Int64, to key: CounterKey) {
        add(delta, to: key.measure, on: key.day, at: number(of: key))
    }

    /// The number of a place, for many changes there.
    mutating func place(_ place: SamplePlace) -> PlaceNumber {
        number(of: Place(agency: place.agency, procedure: place.procedure, channel: place.channel))
    }

    /// Adds to a cell of a place.
    mutating func add(_ delta: Int64, to measure: Measure, on day: LocalDate?, at place: PlaceNumber) {
        let cell = Self.cell(measure, day, place)
        counts[cell, default: 0] += delta
        if delta < 0, counts[cell] == 0 { counts[cell] = nil }
    }

    /// Takes a cell away; its count, 0 where there was none.
    mutating func take(_ key: CounterKey) -> Int64 { counts.removeValue(forKey: cell(of: key)) ?? 0 }

    /// The cells that are not zero, in the order of the table's key.
    func sorted() -> Sorted { Sorted(self) { _ in true } }

    /// Takes away the cells of some measures; those that are not zero, in the order of the table's key.
    mutating func takeSorted(_ isTaken: (Measure) -> Bool) -> Sorted {
        let taken = Self.measures.map(isTaken)
        defer { counts = counts.filter { !taken[Int($0.key >> 56)] } }
        return Sorted(self) { taken[Int($0 >> 56)] }
    }

    private mutating func cell(of key: CounterKey) -> UInt64 { Self.cell(key.measure, key.day, number(of: key)) }

    private static func cell(_ measure: Measure, _ day: LocalDate?, _ place: PlaceNumber) -> UInt64 {
        let measure = measures.firstIndex(of: measure) ?? 0
        let day = day.map { $0.daysSinceEpoch + dayShift } ?? 0
        precondition((0..<0x100_0000).contains(day), "a day of this era")
        return UInt64(measure) << 56 | UInt64(day) << 32 | UInt64(place)
    }

    private mutating func number(of key: CounterKey) -> PlaceNumber {
        if last < places.count, places[last].agency == key.agency, places[last].procedure == key.procedure,
            places[last].channel == key.channel
        {
            return last
        }
        last = number(of: Place(agency: key.agency, procedure: key.procedure, channel: key.channel))
        return last
    }

    private mutating func number(of place: Place) -> PlaceNumber {
        if let known = numbers[place] { return known }
        places.append(place)
        numbers[place] = places.count - 1
        return places.count - 1
    }

    /// Cells in the order of the table's key.
    struct Sorted {
        private let places: [Place]
        private let cells: [(cell: UInt64, count: Int64)]

        fileprivate init(_ tally: CounterTally, where isWanted: (UInt64) -> Bool) {
            let order = tally.places.indices.sorted { tally.places[$0] < tally.places[$1] }
            places = order.map { tally.places[$0] }
            var ranks = [UInt64](repeating: 0, count: order.count)
            for (rank, number) in order.enumerated() { ranks[number] = UInt64(rank) }
            var cells: [(cell: UInt64, count: Int64)] = []
            for (cell, count) in tally.counts where count != 0 && isWanted(cell) {
                cells.append((cell & ~placeMask | ranks[Int(cell & placeMask)], count))
            }
            self.cells = cells.sorted { $0.cell < $1.cell }
        }

        var count: Int { cells.count }

        subscript(index: Int) -> (key: CounterKey, count: Int64) {
            let (cell, count) = cells[index]
            let place = places[Int(cell & placeMask)]
            let day = Int(cell >> 32 & 0xFF_FFFF)
            let key = CounterKey(
                measure: measures[Int(cell >> 56)],
                agency: place.agency,
                procedure: place.procedure,
                channel: place.channel,
                day: day == 0 ? nil : LocalDate(daysSinceEpoch: day - dayShift)
            )
            return (key, count)
        }
    }
}
