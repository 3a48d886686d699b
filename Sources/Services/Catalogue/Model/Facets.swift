// SPDX-License-Identifier: Apache-2.0

import Kernel

/// One side by which a list of procedures is narrowed.
public enum Facet: String, CaseIterable, Hashable, Sendable, Codable {
    case subject, sector, agency, level, fee
}

/// One choice of a facet.
public struct FacetChoice: Hashable, Sendable {
    /// The facet.
    public let facet: Facet
    /// Its label folded, for addresses: `ho-tich`.
    public let slug: String
    /// What programs call it: `citizen`, `G15-TP07`, `full`, `free`; the slug where nothing else is known.
    public let key: String
    /// As pages say it.
    public let label: String
}

/// A choice, and how many procedures it would give.
public struct FacetCount: Hashable, Sendable {
    /// The choice.
    public let choice: FacetChoice
    /// Procedures that answer the query and all other facets chosen.
    public let count: Int
    /// Whether it is on.
    public let isChosen: Bool
}

/// What each choice of each facet would give; drawn from the table only where a page asks for it.
public struct FacetCounts: Sendable {
    fileprivate let table: FacetTable
    fileprivate let counts: [UInt32]
    fileprivate let chosen: [Int]

    /// The choices of a facet that give something or are on, in the order of the facet.
    public subscript(_ facet: Facet) -> [FacetCount] { places(of: facet).map(count) }

    /// The choices of a facet that give most, and those that are on, in the order of the facet.
    ///
    /// - Parameters:
    ///   - facet: The facet.
    ///   - limit: How many beside those that are on.
    /// - Returns: The choices, and whether they are all of them.
    public func most(of facet: Facet, limit: Int) -> (choices: [FacetCount], isWhole: Bool) {
        let places = places(of: facet)
        guard places.count > limit else { return (places.map(count), true) }
        let least = places.map { counts[$0] }.sorted(by: >)[limit - 1]
        var room = limit - places.count { counts[$0] > least }
        let kept = places.filter { place in
            if counts[place] == least, room > 0 {
                room -= 1
                return true
            }
            return counts[place] > least || chosen.contains(place)
        }
        return (kept.map(count), false)
    }

    /// The choices that are on.
    public var chosenChoices: [FacetChoice] { chosen.map { table.choices[$0] } }

    private func places(of facet: Facet) -> [Int] {
        let range = table.places(of: facet)
        return chosen.isEmpty
            ? range.filter { counts[$0] > 0 } : range.filter { counts[$0] > 0 || chosen.contains($0) }
    }

    private func count(_ place: Int) -> FacetCount {
        FacetCount(choice: table.choices[place], count: Int(counts[place]), isChosen: chosen.contains(place))
    }
}

/// The choices of all facets over a list of procedures, and which of them each procedure has.
final class FacetTable: Sendable {
    /// In the order of facets; within one by a fixed order, or by name.
    let choices: [FacetChoice]
    /// The choices of an entry: `marks[starts[entry]..<starts[entry + 1]]`.
    private let marks: [UInt16]
    private let starts: [UInt32]
    private let ranges: [Facet: Range<Int>]

    /// Free or not, in the order of the page; a charge that is not known is neither.
    private static let fees = [
        ("free", "Không thu phí, lệ phí"), ("paid", "Có thu phí hoặc lệ phí"),
        ("council", "Mức thu do Hội đồng nhân dân tỉnh quy định"),
    ]

    init(_ listings: [ProcedureListing]) {
        let choices = Self.choices(of: listings)
        precondition(choices.count < Int(UInt16.max), "more choices than a list can have")
        let places = Dictionary(
            uniqueKeysWithValues: choices.enumerated().map { ("\($1.facet.rawValue)/\($1.label)", UInt16($0)) }
        )
        var marks: [UInt16] = []
        var starts: [UInt32] = [0]
        starts.reserveCapacity(listings.count + 1)
        for listing in listings {
            var words = listing.subjects.map { (Facet.subject, $0.vietnamese) } + [(.sector, listing.sector.name)]
            words += listing.agencies.map { (.agency, $0) } + [(.level, listing.scope.vietnamese)]
            words.append((.fee, Self.fees[listing.isFree ? 0 : listing.isSetByCouncil ? 2 : 1].1))
            marks += Set(words.compactMap { places["\($0.rawValue)/\($1)"] }).sorted()
            starts.append(UInt32(marks.count))
        }
        (self.choices, self.marks, self.starts) = (choices, marks, starts)
        var ranges: [Facet: Range<Int>] = [:]
        for facet in Facet.allCases {
            let first = choices.firstIndex { $0.facet == facet } ?? 0
            ranges[facet] = first..<first + choices.count { $0.facet == facet }
        }
        self.ranges = ranges
    }

    /// Every choice in order, each under a slug of its own.
    private static func choices(of listings: [ProcedureListing]) -> [FacetChoice] {
        var sectors: [String: String?] = [:]
        for listing in listings {
            // Several packs may know the sector and only some its code.
            sectors[listing.sector.name] = (sectors[listing.sector.name] ?? nil) ?? listing.sector.code
        }
        let agencies = Set(listings.flatMap(\.agencies))
        var words: [(facet: Facet, label: String, key: String?)] = []
        for subject in SubjectKind.allCases { words.append((.subject, subject.vietnamese, subject.rawValue)) }
        for name in VietnameseText.ordered(Array(sectors.keys), by: { $0 }) {
            words.append((.sector, name, sectors[name] ?? nil))
        }
        for name in VietnameseText.ordered(Array(agencies), by: { $0 }) { words.append((.agency, name, nil)) }
        for scope in OnlineScope.allCases { words.append((.level, scope.vietnamese, scope.rawValue)) }
        for (key, label) in fees { words.append((.fee, label, key)) }
        var used: Set<String> = []
        return words.map { facet, label, key in
            let plain = slug(label)
            var (own, number) = (plain, 2)
            // Two names may differ in their marks alone: the second in order gets a number.
            while !used.insert("\(facet.rawValue)/\(own)").inserted {
                own = "\(plain)-\(number)"
                number += 1
            }
            return FacetChoice(facet: facet, slug: own, key: key ?? own, label: label)
        }
    }

    /// The label in small plain letters with hyphens between words.
    static func slug(_ label: String) -> String {
        let folded = VietnameseText.fold(VietnameseText.nfc(label)).unicodeScalars
        let words = folded.split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }
        return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-")
    }

    /// The places of the choices that these words mean, by slug or key; a word that means nothing is left out.
    func places(of chosen: [Facet: String]) -> [Int] {
        chosen.flatMap { facet, word in
            places(of: facet).filter { !word.isEmpty && (choices[$0].slug == word || choices[$0].key == word) }
        }
        .sorted()
    }

    /// Where the choices of a facet stand.
    func places(of facet: Facet) -> Range<Int> { ranges[facet] ?? 0..<0 }

    /// What these counts say, for pages.
    func facets(_ counts: [UInt32], chosen: [Int]) -> FacetCounts {
        FacetCounts(table: self, counts: counts, chosen: chosen)
    }

    /// Goes through entries, keeps those that have every choice, and counts what each other choice would give.
    func sift(_ entries: [UInt32], by chosen: [Int]) -> (kept: [UInt32], counts: [UInt32]) {
        var counts = [UInt32](repeating: 0, count: choices.count)
        var wanted = [UInt8](repeating: 0, count: choices.count)
        for place in chosen { wanted[place] = choices[place].facet.bit }
        let needed = chosen.reduce(UInt8(0)) { $0 | choices[$1].facet.bit }
        let bits = needed == 0 ? [] : choices.map(\.facet.bit)
        guard needed != 0 else {
            for entry in entries {
                for mark in marks[Int(starts[Int(entry)])..<Int(starts[Int(entry) + 1])] { counts[Int(mark)] += 1 }
            }
            return (entries, counts)
        }
        var kept: [UInt32] = []
        for entry in entries {
            let own = marks[Int(starts[Int(entry)])..<Int(starts[Int(entry) + 1])]
            var missing = needed
            for mark in own { missing &= ~wanted[Int(mark)] }
            if missing == 0 {
                kept.append(entry)
                for mark in own { counts[Int(mark)] += 1 }
            } else if missing & (missing - 1) == 0 {  // it fails one facet alone: that facet may offer its choices
                for mark in own where bits[Int(mark)] == missing { counts[Int(mark)] += 1 }
            }
        }
        return (kept, counts)
    }

    /// Bytes in memory, without the texts of the choices.
    var sizeBytes: Int { marks.count * 2 + starts.count * 4 }
}

extension Facet {
    /// One bit for each facet.
    fileprivate var bit: UInt8 {
        switch self {
        case .subject: 1
        case .sector: 2
        case .agency: 4
        case .level: 8
        case .fee: 16
        }
    }
}
