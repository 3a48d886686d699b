// SPDX-License-Identifier: Apache-2.0

/// What the words of one query are worth in each listing: a row of bytes for each word, made once.
struct QueryRows {
    private let index: SearchIndex
    private let words: SearchWords
    private var known: [SearchWord] = []
    private var rows: [[UInt8]] = []

    init(index: SearchIndex, words: SearchWords) { (self.index, self.words) = (index, words) }

    /// Every listing that has all needed words, with its score, and whether it has all of them as they are; in the
    /// others a word is a guess.
    mutating func full(_ asked: [SearchWord]) -> (listings: [UInt32], scores: [Double], areWords: [Bool]) {
        let places = places(asked)
        var met = [UInt8](repeating: .max, count: index.count)
        for word in needed(asked) { QueryRows.keep(&met, where: rows[places[word]]) }
        var listings: [UInt32] = []
        listings.reserveCapacity(256)
        for listing in met.indices where met[listing] != 0 { listings.append(UInt32(listing)) }
        let areWords = listings.map { met[Int($0)] & SearchIndex.isWord != 0 }
        return (listings, scores(of: listings, places, phrase(asked)), areWords)
    }

    /// Every listing that has half of the needed words or more, with its score and that share.
    mutating func part(_ asked: [SearchWord]) -> (listings: [UInt32], scores: [Double], shares: [Double]) {
        let places = places(asked)
        let needed = needed(asked)
        var met = [UInt8](repeating: 0, count: index.count)
        for word in needed { QueryRows.count(&met, where: rows[places[word]]) }
        let listings = met.indices.filter { Int(met[$0]) * 2 >= needed.count }.map { UInt32($0) }
        let shares = listings.map { Double(met[Int($0)]) / Double(needed.count) }
        return (listings, scores(of: listings, places, phrase(asked)), shares)
    }

    /// Which row each word has.
    private mutating func places(_ asked: [SearchWord]) -> [Int] {
        asked.map { word in
            if let place = known.firstIndex(of: word) { return place }
            known.append(word)
            var row = [UInt8](repeating: 0, count: index.count)
            var bytes = row.mutableSpan
            index.mark(word, &bytes)
            rows.append(row)
            return rows.count - 1
        }
    }

    /// The words that a listing must have: all but fillers, unless there is nothing but fillers.
    private func needed(_ asked: [SearchWord]) -> [Int] {
        let content = asked.indices.filter { !words.fillers.contains(asked[$0].folded) }
        return content.isEmpty ? Array(asked.indices) : content
    }

    /// Pointers, because a loop without checks of bounds takes sixteen listings at a time.
    private static func keep(_ met: inout [UInt8], where row: [UInt8]) {
        precondition(met.count == row.count, "a row has a byte for each listing")
        unsafe met.withUnsafeMutableBufferPointer { met in
            unsafe row.withUnsafeBufferPointer { row in
                for place in 0..<row.count {
                    unsafe met[place] = unsafe row[place] == 0 ? 0 : met[place] & (row[place] | ~SearchIndex.isWord)
                }
            }
        }
    }

    private static func count(_ met: inout [UInt8], where row: [UInt8]) {
        var met = met.mutableSpan
        for place in met.indices { met[place] &+= row[place] == 0 ? 0 : 1 }
    }

    private func scores(
        of listings: [UInt32],
        _ places: [Int],
        _ phrase: [(word: UInt32, form: UInt32?)]?
    ) -> [Double] {
        var sums = [Double](repeating: 0, count: listings.count)
        let values = SearchIndex.values
        for place in places {
            let row = rows[place]
            for number in listings.indices {
                sums[number] += values[Int(row[Int(listings[number])] & SearchIndex.rank)]
            }
        }
        // A listing with the whole phrase in its name has at least this for each word.
        let least = SearchPlace.name.weight * WordMatch.otherMarks.factor * Double(places.count)
        for place in sums.indices {
            let bonus = phrase.map { sums[place] >= least ? index.phraseBonus($0, in: Int(listings[place])) : 0 } ?? 0
            sums[place] = sums[place] / Double(places.count) + bonus
        }
        return sums
    }

    /// The query's words as the index knows them; nil where they cannot stand together in any name.
    private func phrase(_ asked: [SearchWord]) -> [(word: UInt32, form: UInt32?)]? {
        guard asked.count >= 2 else { return nil }
        var phrase: [(word: UInt32, form: UInt32?)] = []
        for word in asked {
            guard let known = index.word(word.folded) else { return nil }
            phrase.append((UInt32(known), index.form(known, word.accented).map { UInt32($0) }))
        }
        return phrase
    }
}
