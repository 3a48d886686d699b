// SPDX-License-Identifier: Apache-2.0

/// What became of a long text, by sentences or, where it has several lines, by lines: readable side by side with the
/// whole. Pure.
public struct TextDifference: Hashable, Sendable {
    /// What became of a piece.
    public enum Fate: String, Hashable, Sendable, CaseIterable {
        case kept, removed, added

        /// As a page says it.
        public var vietnamese: String {
            switch self {
            case .kept: "giữ nguyên"
            case .removed: "bỏ"
            case .added: "thêm"
            }
        }
    }

    /// One piece, or several in a row with the same fate.
    public struct Piece: Hashable, Sendable {
        /// What became of it.
        public let fate: Fate
        /// The sentence or line, with what divides it from the next.
        public let text: String
    }

    /// The pieces in the order of reading: what is removed stands before what is added in its place.
    public let pieces: [Piece]

    /// Whether nothing changed.
    public var isEmpty: Bool { pieces.allSatisfy { $0.fate == .kept } }

    /// Most pieces of one text that are compared one by one: 2,000 × 2,000 steps are some milliseconds. What is longer
    /// counts as removed and added as a whole, but for its common beginning and end.
    static let pieceLimit = 2_000

    /// How one text became another.
    public init(from old: String, to new: String) {
        let byLines = old.contains("\n") || new.contains("\n")
        let (before, after) = (Self.split(old, byLines: byLines), Self.split(new, byLines: byLines))
        let start = zip(before, after).prefix { $0 == $1 }.count
        let end = min(
            zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.count,
            min(before.count, after.count) - start
        )
        let left = Array(before[start..<before.count - end])
        let right = Array(after[start..<after.count - end])
        var found = before[..<start].map { (Fate.kept, $0) }
        found += Self.compare(left, right)
        found += before[(before.count - end)...].map { (Fate.kept, $0) }
        pieces = Self.joined(found)
    }

    /// The longest common part stays; the rest goes or comes.
    private static func compare(_ left: [String], _ right: [String]) -> [(Fate, String)] {
        guard left.count <= pieceLimit, right.count <= pieceLimit, !left.isEmpty, !right.isEmpty else {
            return left.map { (.removed, $0) } + right.map { (.added, $0) }
        }
        let width = right.count + 1
        // lengths[row × width + column]: the longest common part of what follows row and column.
        var lengths = [Int32](repeating: 0, count: (left.count + 1) * width)
        for row in left.indices.reversed() {
            for column in right.indices.reversed() {
                lengths[row * width + column] =
                    left[row] == right[column]
                    ? lengths[(row + 1) * width + column + 1] + 1
                    : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
            }
        }
        var found: [(Fate, String)] = []
        var (row, column) = (0, 0)
        while row < left.count, column < right.count {  // bounded: each turn passes one piece
            if left[row] == right[column] {
                found.append((.kept, left[row]))
                (row, column) = (row + 1, column + 1)
            } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
                found.append((.removed, left[row]))
                row += 1
            } else {
                found.append((.added, right[column]))
                column += 1
            }
        }
        return found + left[row...].map { (.removed, $0) } + right[column...].map { (.added, $0) }
    }

    /// Neighbours of one fate become one piece.
    private static func joined(_ found: [(Fate, String)]) -> [Piece] {
        var pieces: [Piece] = []
        for (fate, text) in found {
            if let last = pieces.last, last.fate == fate {
                pieces[pieces.count - 1] = Piece(fate: fate, text: last.text + text)
            } else {
                pieces.append(Piece(fate: fate, text: text))
            }
        }
        return pieces
    }

    /// Lines with their ends, or sentences with the space after them. A full stop within a number or an abbreviation
    /// ends no sentence: a space and a capital letter must follow.
    private static func split(_ text: String, byLines: Bool) -> [String] {
        var parts: [String] = []
        var current = ""
        var mayEnd = false
        for character in text {
            if !byLines, mayEnd, character.isUppercase || character.isNumber {
                parts.append(current)
                current = ""
            }
            current.append(character)
            if byLines {
                if character.isNewline {
                    parts.append(current)
                    current = ""
                }
            } else {
                mayEnd = character.isWhitespace ? mayEnd || endsSentence(current) : false
            }
        }
        return current.isEmpty ? parts : parts + [current]
    }

    private static func endsSentence(_ text: String) -> Bool {
        text.dropLast().last.map { ".!?;".contains($0) } ?? false
    }
}
