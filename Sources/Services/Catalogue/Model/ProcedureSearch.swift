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

/// Finds procedures in memory: with, without or with half the marks, composed or not, with either placing of tones,
/// by beginnings of words, in spite of one slip in a word of four letters or more, and by what people say.
/// Procedures with the very marks of the query stand first.
public struct ProcedureSearch: Sendable {
    /// Longest query in characters; the rest is cut off.
    public static let queryLimit = 200
    private static let wordLimit = 16
    private static let alternativeLimit = 8

    private struct Entry: Sendable {
        let code: String
        /// The national code, then those of the province.
        let codes: [String]
        let title: String
        let name: [SearchWord]
        let words: [(word: SearchWord, weight: Double)]
    }

    private let entries: [Entry]
    private let words: SearchWords

    /// An index of these packs.
    public init(_ packs: [ProcedurePack], words: SearchWords) {
        self.words = words
        entries = packs.map { pack in
            let name = SearchWord.words(of: pack.name)
            // A word counts by the best place it stands in: name, then what people say, then the rest.
            let places: [([SearchWord], Double)] = [
                (name, 4), (pack.keywords.flatMap(SearchWord.words), 3), (SearchWord.words(of: pack.sector.name), 1.5),
                (SearchWord.words(of: pack.result.name), 1.5), (SearchWord.words(of: pack.summary), 1),
            ]
            var best: [SearchWord: Double] = [:]
            for (list, weight) in places {
                for word in list { best[word] = max(best[word] ?? 0, weight) }
            }
            return Entry(
                code: pack.code,
                codes: [pack.code] + pack.localCodes,
                title: pack.name,
                name: name,
                words: best.map { ($0.key, $0.value) }
            )
        }
    }

    /// The procedures that a query means, at most `limit` of them.
    public func search(_ query: String, limit: Int = 20) -> SearchAnswer {
        let text = String(query.prefix(ProcedureSearch.queryLimit))
        let code = text.filter { !$0.isWhitespace }.lowercased()
        let byCode = entries.filter { entry in
            code.count >= 3 && entry.codes.contains { $0.lowercased().hasPrefix(code) }
        }
        if !byCode.isEmpty {
            return SearchAnswer(hits: byCode.prefix(limit).map { SearchHit(code: $0.code, score: 100) }, nearMisses: [])
        }
        let asked = Array(SearchWord.words(of: text).prefix(ProcedureSearch.wordLimit))
        guard !asked.isEmpty else { return SearchAnswer(hits: [], nearMisses: []) }
        var full: [Int: Double] = [:]
        var part: [Int: Double] = [:]
        for (rank, alternative) in alternatives(asked).enumerated() {
            for index in entries.indices {
                let match = score(alternative, entries[index])
                // What was typed counts a little more than what it is taken to mean.
                let score = match.score * (rank == 0 ? 1 : 0.95)
                if match.isFull { full[index] = max(full[index] ?? 0, score) }
                if match.share >= 0.5 { part[index] = max(part[index] ?? 0, score * match.share) }
            }
        }
        return SearchAnswer(
            hits: ranked(full, limit: limit),
            nearMisses: full.isEmpty ? ranked(part, limit: min(limit, 5)) : []
        )
    }

    private func ranked(_ scores: [Int: Double], limit: Int) -> [SearchHit] {
        let ordered = scores.sorted { first, second in
            if first.value != second.value { return first.value > second.value }
            return VietnameseText.precedes(entries[first.key].title, entries[second.key].title)
        }
        return ordered.prefix(limit).map { SearchHit(code: entries[$0.key].code, score: $0.value) }
    }

    /// The query itself, then with what people say put into the law's words.
    private func alternatives(_ asked: [SearchWord]) -> [[SearchWord]] {
        var found = [asked]
        for synonym in words.synonyms where found.count < ProcedureSearch.alternativeLimit {
            let say = synonym.say.map(\.folded)
            guard !say.isEmpty, say.count <= asked.count else { continue }
            for start in 0...(asked.count - say.count)
            where asked[start..<start + say.count].map(\.folded) == say {
                found.append(Array(asked[..<start]) + synonym.means + Array(asked[(start + say.count)...]))
                break
            }
        }
        return found
    }

    private func score(_ asked: [SearchWord], _ entry: Entry) -> (score: Double, share: Double, isFull: Bool) {
        var sum = 0.0
        var (needed, met) = (0, 0)
        let hasContent = asked.contains { !words.fillers.contains($0.folded) }
        for word in asked {
            var best = 0.0
            for (candidate, weight) in entry.words { best = max(best, weight * ProcedureSearch.match(word, candidate)) }
            sum += best
            if hasContent, words.fillers.contains(word.folded) { continue }
            needed += 1
            if best > 0 { met += 1 }
        }
        let share = Double(met) / Double(max(needed, 1))
        return (sum / Double(asked.count) + phraseBonus(asked, entry.name), share, met == needed)
    }

    /// How well a word of the query meets a word of a procedure: 0 = not at all.
    private static func match(_ asked: SearchWord, _ candidate: SearchWord) -> Double {
        if asked.folded == candidate.folded {
            guard asked.hasMarks else { return 1 }
            return asked.accented == candidate.accented ? 1.3 : 0.8
        }
        if asked.folded.count >= 2, candidate.folded.starts(with: asked.folded) { return 0.7 }
        if asked.folded.count >= 4, candidate.folded.count >= 4,
            EditDistance.isWithinOne(asked.folded, candidate.folded)
        {
            return 0.5
        }
        return 0
    }

    /// The words of the query standing together in the name; once more when their marks are the same.
    private func phraseBonus(_ asked: [SearchWord], _ name: [SearchWord]) -> Double {
        guard asked.count >= 2, asked.count <= name.count else { return 0 }
        var best = 0.0
        for start in 0...(name.count - asked.count) {
            let window = name[start..<start + asked.count]
            guard zip(window, asked).allSatisfy({ $0.folded == $1.folded }) else { continue }
            let isExact = zip(window, asked).allSatisfy { $0.accented == $1.accented }
            best = max(best, (isExact ? 2 : 1) + (start == 0 ? 0.2 : 0))
        }
        return best
    }
}
