// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel

/// What the search means, said as plainly as possible and without any index: each word of the query against each word
/// of each procedure. Letters are taken apart by Foundation, not by our tables. `SearchIndexTests` compares.
struct SlowSearch {
    struct Word: Hashable {
        var folded: String
        var accented: String
        var hasMarks: Bool

        init(_ word: some StringProtocol) {
            let lower = word.lowercased().precomposedStringWithCanonicalMapping
            let tones: Set<Unicode.Scalar> = ["\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]
            let apart = lower.decomposedStringWithCanonicalMapping.unicodeScalars
            let plain = apart.filter { !(0x300...0x36F).contains($0.value) }.map { $0 == "đ" ? "d" : Character($0) }
            let toneless = String(String.UnicodeScalarView(apart.filter { !tones.contains($0) }))
                .precomposedStringWithCanonicalMapping
            let tone = apart.filter { tones.contains($0) }.map { Character($0) }
            hasMarks = String(plain) != lower
            folded = Word.withI(String(plain))
            accented = Word.withI(toneless) + String(tone)
        }

        private static func withI(_ text: String) -> String {
            guard text.count >= 2, text.hasSuffix("y") else { return text }
            let before = text.dropLast().last ?? " "
            guard !"aeiouăâêôơư".contains(before) || text == "quy" else { return text }
            return text.dropLast() + "i"
        }

        static func words(_ text: String) -> [Word] {
            text.precomposedStringWithCanonicalMapping.split { !$0.isLetter && !$0.isNumber }.map { Word($0) }
        }
    }

    let listings: [ProcedureListing]
    let fillers: Set<String>
    let synonyms: [(say: [Word], means: [Word])]

    init(_ listings: [ProcedureListing], fillers: [String], synonyms: [(say: String, means: String)]) {
        self.listings = listings
        self.fillers = Set(fillers.flatMap(Word.words).map(\.folded))
        self.synonyms = synonyms.map { (Word.words($0.say), Word.words($0.means)) }
    }

    /// Codes and scores: everything that has all words, in order; or what has half of them.
    func search(_ query: String) -> (full: [(String, Double)], near: [(String, Double)]) {
        let code = query.filter { !$0.isWhitespace }.lowercased()
        let coded = listings.filter { listing in
            code.count >= 3
                && [listing.code, listing.code.replacingOccurrences(of: ".", with: "")].contains { $0.hasPrefix(code) }
        }
        if !coded.isEmpty { return (ordered(coded.map { ($0, 100) }), []) }
        let asked = Array(Word.words(query).prefix(16))
        guard !asked.isEmpty else { return ([], []) }
        var (full, near): ([(ProcedureListing, Double)], [(ProcedureListing, Double)]) = ([], [])
        var guessed: [(ProcedureListing, Double)] = []
        for listing in listings {
            var (best, guess, nearest): (Double?, Double?, Double?)
            for (number, meant) in meanings(asked).enumerated() {
                let found = score(meant, listing)
                let score = found.score * (number == 0 ? 1 : 0.95)
                if found.share == 1, found.areWords { best = max(best ?? 0, score) }
                if found.share == 1, !found.areWords { guess = max(guess ?? 0, score) }
                if found.share >= 0.5 { nearest = max(nearest ?? 0, score * found.share) }
            }
            if let best { full.append((listing, best)) }
            if let guess { guessed.append((listing, guess)) }
            if let nearest { near.append((listing, nearest)) }
        }
        if full.isEmpty { full = guessed }
        return (ordered(full), full.isEmpty ? Array(ordered(near).prefix(5)) : [])
    }

    private func ordered(_ found: [(ProcedureListing, Double)]) -> [(String, Double)] {
        found.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : VietnameseText.precedes($0.0.name, $1.0.name) }
            .map { ($0.0.code, $0.1) }
    }

    private func meanings(_ asked: [Word]) -> [[Word]] {
        var found = [asked]
        for synonym in synonyms where found.count < 8 {
            let length = synonym.say.count
            let start = asked.indices.first { start in
                start + length <= asked.count
                    && (0..<length).allSatisfy { asked[start + $0].folded == synonym.say[$0].folded }
            }
            if let start { found.append(asked[..<start] + synonym.means + asked[(start + length)...]) }
        }
        return found
    }

    private func score(_ asked: [Word], _ listing: ProcedureListing) -> (score: Double, share: Double, areWords: Bool) {
        let name = Word.words(listing.name)
        let places: [(words: [Word], weight: Double)] = [
            (name, 4), (listing.keywords.flatMap(Word.words), 3), (Word.words(listing.sector.name), 1.5),
            (Word.words(listing.resultName), 1.5), (Word.words(listing.summary), 1),
        ]
        let content = asked.filter { !fillers.contains($0.folded) }
        let needed = content.isEmpty ? asked : content
        func best(_ word: Word) -> Double {
            places.map { place in place.words.map { place.weight * meets(word, $0) }.max() ?? 0 }.max() ?? 0
        }
        let sum = asked.map(best).reduce(0, +)
        let share = Double(needed.filter { best($0) > 0 }.count) / Double(needed.count)
        let areWords = needed.allSatisfy { word in
            places.contains { $0.words.contains { $0.folded == word.folded } }
        }
        return (sum / Double(asked.count) + bonus(asked, name), share, areWords)
    }

    private func meets(_ asked: Word, _ word: Word) -> Double {
        if asked.folded == word.folded { return !asked.hasMarks ? 1 : asked.accented == word.accented ? 1.3 : 0.8 }
        if asked.folded.count >= 2, word.folded.hasPrefix(asked.folded) { return 0.7 }
        if asked.folded.count >= 4, word.folded.count >= 4, isOneSlip(asked.folded, word.folded),
            !asked.hasMarks || isOneSlip(asked.accented, word.accented)
        {
            return 0.5
        }
        return 0
    }

    /// Every word that one keystroke makes of the first: is the second among them?
    private func isOneSlip(_ first: String, _ second: String) -> Bool {
        // By code points: a tone behind its letter is no part of it here.
        let (letters, second) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        for place in letters.indices {
            var shorter = letters
            shorter.remove(at: place)
            if shorter == second { return true }
            if place > 0 {
                var swapped = letters
                swapped.swapAt(place - 1, place)
                if swapped == second { return true }
            }
        }
        for letter in Set(second) {
            for place in 0...letters.count {
                if Array(letters[..<place] + [letter] + letters[place...]) == second { return true }
                if place < letters.count, Array(letters[..<place] + [letter] + letters[(place + 1)...]) == second {
                    return true
                }
            }
        }
        return false
    }

    private func bonus(_ asked: [Word], _ name: [Word]) -> Double {
        guard asked.count >= 2, asked.count <= name.count else { return 0 }
        let bonuses = (0...(name.count - asked.count)).map { start -> Double in
            let window = name[start..<start + asked.count]
            guard zip(window, asked).allSatisfy({ $0.folded == $1.folded }) else { return 0 }
            let isExact = zip(window, asked).allSatisfy { $0.accented == $1.accented }
            return (isExact ? 2 : 1) + (start == 0 ? 0.2 : 0)
        }
        return bonuses.max() ?? 0
    }
}
