// SPDX-License-Identifier: Apache-2.0

/// How far two words are from each other in keystrokes.
enum EditDistance {
    /// The nearest of `words`, when it is at most two keystrokes (one for short words) away.
    static func nearest(to word: String, in words: [String]) -> String? {
        guard !word.isEmpty else { return nil }
        let allowed = word.utf8.count <= 4 ? 1 : 2
        let ranked = words.map { ($0, distance(Array(word.lowercased().utf8), Array($0.lowercased().utf8))) }
        guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= allowed else { return nil }
        return best.0
    }

    /// Insertions, deletions, replacements and swaps of neighbours.
    static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var before: [Int] = []
        var last = Array(0...second.count)
        for row in 1..<(first.count + 1) {
            var current = [row] + [Int](repeating: 0, count: second.count)
            for column in 1..<(second.count + 1) {
                let cost = first[row - 1] == second[column - 1] ? 0 : 1
                var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
                if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
                    best = min(best, before[column - 2] + 1)
                }
                current[column] = best
            }
            (before, last) = (last, current)
        }
        return last[second.count]
    }

    /// Whether one keystroke at most lies between them: one letter more, less, other, or two neighbours swapped.
    static func isWithinOne<Letter: Equatable>(_ first: [Letter], _ second: [Letter]) -> Bool {
        let (short, long) = first.count <= second.count ? (first, second) : (second, first)
        guard long.count - short.count <= 1 else { return false }
        var start = 0
        while start < short.count, short[start] == long[start] { start += 1 }
        var (endShort, endLong) = (short.count, long.count)
        while endShort > start, short[endShort - 1] == long[endLong - 1] {
            endShort -= 1
            endLong -= 1
        }
        let (restShort, restLong) = (endShort - start, endLong - start)
        if restShort <= 1, restLong <= 1 { return true }
        return restShort == 2 && restLong == 2 && short[start] == long[start + 1] && short[start + 1] == long[start]
    }
}
