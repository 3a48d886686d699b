// SPDX-License-Identifier: Apache-2.0

import Kernel

/// One procedure found, with its rank.
public struct SearchHit: Hashable, Sendable {
    /// The procedure's code.
    public let code: String
    /// Higher is better; only the order means something.
    public let score: Double
}

/// What a search gives.
public struct SearchAnswer: Hashable, Sendable {
    /// Procedures that have every word of the query, best first.
    public let hits: [SearchHit]
    /// When there are no hits: those that have some of the words, best first, at most five.
    public let nearMisses: [SearchHit]
}

/// What somebody looks for in a list of procedures: words, facets, and which part of the answer.
public struct FindingQuestion: Hashable, Sendable {
    /// What was typed; empty = every procedure, by name.
    public var query: String
    /// The choice of each facet, by slug or key; a choice that nothing has is not applied.
    public var facets: [Facet: String]
    /// How many to leave out at the beginning.
    public var offset: Int
    /// How many at most.
    public var limit: Int

    /// A question.
    public init(_ query: String = "", facets: [Facet: String] = [:], offset: Int = 0, limit: Int = 50) {
        (self.query, self.facets, self.offset, self.limit) = (query, facets, max(0, offset), max(0, limit))
    }
}

/// What answers a question.
public struct Findings: Sendable {
    /// How many procedures answer.
    public let total: Int
    /// Those of the part asked for, best first; without words by name.
    public let listings: [ProcedureListing]
    /// When nothing answers the words: the nearest, at most five.
    public let nearMisses: [ProcedureListing]
    /// For each facet its choices, with what each would give beside the other facets chosen.
    public let facets: FacetCounts
    /// Without words: the name that begins each part of this length, for a bar of pages.
    public let partBeginnings: [String]
}

/// Finds procedures in memory: with, without or with half the marks, composed or not, with either placing of tones,
/// by beginnings of words, in spite of one slip in a word of four letters or more, and by what people say.
/// Procedures with the very marks of the query stand first.
public struct ProcedureSearch: Sendable {
    /// Longest query in characters; the rest is cut off.
    public static let queryLimit = 200
    private static let wordLimit = 16
    private static let alternativeLimit = 8
    private static let nearMissLimit = 5

    /// What is searched, in the order in which it was given.
    public let listings: [ProcedureListing]
    private let words: SearchWords
    private let index: SearchIndex
    private let table: FacetTable
    /// All listings by name, and where each stands in that order.
    private let byName: [UInt32]
    private let rank: [UInt32]
    /// Codes in small letters, sorted, each with its listing.
    private let codes: [(code: String, listing: UInt32)]
    /// The facets when nothing is asked: the first page of the list.
    private let allCounts: [UInt32]

    /// An index of these procedures.
    public init(_ listings: [ProcedureListing], words: SearchWords) {
        (self.listings, self.words) = (listings, words)
        index = SearchIndex(listings)
        table = FacetTable(listings)
        byName = VietnameseText.ordered(listings.indices.map { UInt32($0) }) { listings[Int($0)].name }
        var rank = [UInt32](repeating: 0, count: listings.count)
        for (place, listing) in byName.enumerated() { rank[Int(listing)] = UInt32(place) }
        self.rank = rank
        codes = listings.enumerated()
            .flatMap { number, listing in
                // Also as it is typed without its dots: 1001193.
                ([listing.code, listing.code.filter { $0 != "." }] + listing.localCodes)
                    .map { ($0.lowercased(), UInt32(number)) }
            }
            .sorted { $0 < $1 }
        allCounts = table.sift(byName, by: []).counts
    }

    /// Bytes of the index in memory, without the listings themselves and without what the allocator adds.
    public var indexBytes: Int {
        index.sizeBytes + table.sizeBytes + byName.count * 8
            + codes.count * MemoryLayout<(code: String, listing: UInt32)>.stride
    }

    // MARK: - Asking

    /// The procedures that a query means, at most `limit` of them.
    public func search(_ query: String, limit: Int = 20) -> SearchAnswer {
        let matches = matches(query)
        let best = first(limit, of: matches.full)
        let near = matches.full.isEmpty ? first(min(limit, Self.nearMissLimit), of: matches.near()) : []
        return SearchAnswer(hits: best.map(hit), nearMisses: near.map(hit))
    }

    /// The procedures that answer words and facets.
    public func find(_ question: FindingQuestion) -> Findings {
        let chosen = table.places(of: question.facets)
        guard question.query.contains(where: { !$0.isWhitespace }) else { return list(question, chosen) }
        let matches = matches(question.query)
        var (kept, counts) = table.sift(matches.full.map(\.listing), by: chosen)
        let last = question.offset.addingReportingOverflow(question.limit)
        let scored: [Match]
        if kept.count == matches.full.count {
            scored = matches.full
        } else {
            kept.sort()
            scored = matches.full.filter { Self.contains(kept, $0.listing) }
        }
        let best = first(last.overflow ? scored.count : last.partialValue, of: scored)
        let near = matches.full.isEmpty ? first(Self.nearMissLimit, of: matches.near()) : []
        return Findings(
            total: kept.count,
            listings: best.dropFirst(question.offset).map { listings[Int($0.listing)] },
            nearMisses: near.map { listings[Int($0.listing)] },
            facets: table.facets(counts, chosen: chosen),
            partBeginnings: []
        )
    }

    /// Everything by name, narrowed by the facets.
    private func list(_ question: FindingQuestion, _ chosen: [Int]) -> Findings {
        let (kept, counts) = chosen.isEmpty ? (byName, allCounts) : table.sift(byName, by: chosen)
        let beginnings = question.limit > 0 ? stride(from: 0, to: kept.count, by: question.limit).map { $0 } : []
        return Findings(
            total: kept.count,
            listings: kept.dropFirst(question.offset).prefix(question.limit).map { listings[Int($0)] },
            nearMisses: [],
            facets: table.facets(counts, chosen: chosen),
            partBeginnings: beginnings.map { listings[Int(kept[$0])].name }
        )
    }

    private static func contains(_ sorted: [UInt32], _ listing: UInt32) -> Bool {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < listing { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] == listing
    }

    // MARK: - Matching

    private struct Matches {
        var full: [Match] = []
        var near: () -> [Match] = { [] }
    }

    private func hit(_ match: Match) -> SearchHit {
        SearchHit(code: listings[Int(match.listing)].code, score: match.score)
    }

    private func matches(_ query: String) -> Matches {
        let text = String(query.prefix(ProcedureSearch.queryLimit))
        let byCode = withCode(text.filter { !$0.isWhitespace }.lowercased())
        if !byCode.isEmpty { return Matches(full: byCode.map { Match(listing: $0, score: 100) }) }
        let asked = Array(SearchWord.words(of: text).prefix(ProcedureSearch.wordLimit))
        guard !asked.isEmpty else { return Matches() }
        let alternatives = words.alternatives(of: asked, limit: ProcedureSearch.alternativeLimit)
        var rows = QueryRows(index: index, words: words)
        // A guess at a word is an answer only where nothing has the words themselves.
        var (best, guessed) = (BestScores(count: listings.count), BestScores(count: listings.count))
        for (number, alternative) in alternatives.enumerated() {
            let found = rows.full(alternative)
            for (place, listing) in found.listings.enumerated() {
                let score = found.scores[place] * Self.worth(of: number)
                if found.areWords[place] { best.take(listing, score) } else { guessed.take(listing, score) }
            }
        }
        return Matches(full: best.isEmpty ? guessed.matches : best.matches) { [rows] in
            var (rows, near) = (rows, BestScores(count: listings.count))
            for (number, alternative) in alternatives.enumerated() {
                let found = rows.part(alternative)
                for (place, listing) in found.listings.enumerated() {
                    near.take(listing, found.scores[place] * Self.worth(of: number) * found.shares[place])
                }
            }
            return near.matches
        }
    }

    /// What was typed counts a little more than what it is taken to mean.
    private static func worth(of alternative: Int) -> Double { alternative == 0 ? 1 : 0.95 }

    /// Listings whose code begins so, by name.
    private func withCode(_ code: String) -> [UInt32] {
        guard code.utf8.count >= 3 else { return [] }
        var (low, high) = (0, codes.count)
        while low < high {
            let middle = (low + high) / 2
            if codes[middle].code < code { low = middle + 1 } else { high = middle }
        }
        let found = codes[low...].prefix { $0.code.utf8.starts(with: code.utf8) }
        return Set(found.map(\.listing)).sorted { rank[Int($0)] < rank[Int($1)] }
    }

    /// The best of them in order: by score, then by name.
    private func first(_ limit: Int, of matches: [Match]) -> [Match] {
        func precedes(_ first: Match, _ second: Match) -> Bool {
            if first.score != second.score { return first.score > second.score }
            return rank[Int(first.listing)] < rank[Int(second.listing)]
        }
        guard limit > 0, matches.count > limit, limit <= 64 else {
            return Array(matches.sorted(by: precedes).prefix(limit))
        }
        // A short row kept in order costs less than putting thousands in order.
        var best: [Match] = []
        best.reserveCapacity(limit + 1)
        for match in matches {
            if best.count == limit, !precedes(match, best[limit - 1]) { continue }
            var place = best.count
            while place > 0, precedes(match, best[place - 1]) { place -= 1 }
            best.insert(match, at: place)
            if best.count > limit { best.removeLast() }
        }
        return best
    }
}

/// A listing with its score.
private struct Match {
    let listing: UInt32
    let score: Double
}

/// The best score of each listing over the ways in which a query is understood.
private struct BestScores {
    private var scores: [Double]
    private var found: [UInt32] = []

    init(count: Int) { scores = [Double](repeating: -1, count: count) }

    mutating func take(_ listing: UInt32, _ score: Double) {
        let known = scores[Int(listing)]
        if known < 0 { found.append(listing) }
        if known < score { scores[Int(listing)] = score }
    }

    var isEmpty: Bool { found.isEmpty }

    var matches: [Match] { found.map { Match(listing: $0, score: scores[Int($0)]) } }
}
