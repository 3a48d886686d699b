// SPDX-License-Identifier: Apache-2.0

/// Vietnamese writing: one normal form, a fold for search, an order for lists.
public enum VietnameseText {
    /// Composes Vietnamese letters (NFC): what macOS and iOS paste as letter + marks becomes one letter.
    ///
    /// Only letters of the Vietnamese alphabet are composed; marks on other letters stay as they are.
    public static func nfc(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isCombiningMark) else { return text }
        var result = String.UnicodeScalarView()
        var pending: VietnameseLetter?
        for scalar in text.unicodeScalars {
            if var letter = pending, isCombiningMark(scalar) {
                if letter.put(scalar) {
                    pending = letter
                } else {
                    result.append(letter.scalar)
                    result.append(scalar)
                    pending = nil
                }
                continue
            }
            if let letter = pending { result.append(letter.scalar) }
            pending = VietnameseLetter(scalar)
            if pending == nil { result.append(scalar) }
        }
        if let letter = pending { result.append(letter.scalar) }
        return String(result)
    }

    /// For search: lower case, without marks, `đ` as `d`. Hòa and Hoà, NFC and NFD give the same.
    public static func fold(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                result.append((65...90).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
            } else if let letter = VietnameseLetter(scalar) {
                let base = letter.base
                result.append((65...90).contains(base.value) ? Unicode.Scalar(UInt8(base.value) + 32) : base)
            } else if scalar == "đ" || scalar == "Đ" {
                result.append("d")
            } else if !isCombiningMark(scalar) {
                result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(result)
    }

    /// What a person typed or pasted, composed and without what nobody can see (`isInvisible`), but for tabs. Unicode's
    /// separators of lines and paragraphs become line ends.
    public static func typed(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 != "\t" && isInvisible($0) }) else { return nfc(text) }
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{2028}", "\u{2029}": kept.append("\n")
            case "\t": kept.append(scalar)
            default: if !isInvisible(scalar) { kept.append(scalar) }
            }
        }
        return nfc(String(kept))
    }

    /// As `typed`, trimmed, with white space collapsed to single spaces: how a name or line is kept.
    public static func tidy(_ text: String) -> String {
        typed(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether `first` stands before `second` in a list of people: by given name (the last word), then by the
    /// other words from the left; letters before tones before case.
    public static func namePrecedes(_ first: String, _ second: String) -> Bool {
        let (left, right) = (nameKey(first), nameKey(second))
        return left == right ? first < second : left.lexicographicallyPrecedes(right)
    }

    /// Whether `first` stands before `second` in an alphabetical list.
    public static func precedes(_ first: String, _ second: String) -> Bool {
        let (left, right) = (SortKey(first).all, SortKey(second).all)
        return left == right ? first < second : left.lexicographicallyPrecedes(right)
    }

    /// A long list in alphabetical order: each name is taken apart once.
    public static func ordered<Element>(_ items: [Element], by name: (Element) -> String) -> [Element] {
        let keyed = items.map { (key: SortKey(name($0)).all, name: name($0), item: $0) }
        return keyed.sorted { $0.key == $1.key ? $0.name < $1.name : $0.key.lexicographicallyPrecedes($1.key) }.map(
            \.item
        )
    }

    /// Whether a letter shows nothing and yet changes what is read, copied or compared: controls (the end of a line
    /// is none), marks of direction, joiners, selectors, fillers, tags, the blank Braille cell.
    public static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x20..<0x7F: false
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x2800, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0: true
        case 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true
        default: false
        }
    }

    /// Whether a letter looks like a space and is another one: no-break, of fixed width, ideographic.
    public static func isOddSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    static func isCombiningMark(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }

    private static func nameKey(_ name: String) -> [UInt16] {
        let words = name.split(separator: " ")
        guard let given = words.last else { return [] }
        return SortKey(([given] + words.dropLast()).joined(separator: " ")).all
    }
}

/// Vietnamese (CLDR `vi`) order: letters of the whole string, then tones from the left, then lower case first.
private struct SortKey {
    private static let rank: [Unicode.Scalar: UInt16] = {
        let alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".unicodeScalars
        return Dictionary(uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt16($0) + 100) })
    }()

    var letters: [UInt16] = []
    var tones: [UInt16] = []
    var cases: [UInt16] = []

    var all: [UInt16] { letters + [0] + tones + [0] + cases }

    init(_ text: String) {
        for word in VietnameseText.nfc(text).split(separator: " ", omittingEmptySubsequences: false) {
            if !letters.isEmpty { append(letter: 1, tone: .level, isUpper: false) }
            add(word: word.unicodeScalars.map { $0 })
        }
    }

    private mutating func append(letter: UInt16, tone: Tone, isUpper: Bool) {
        letters.append(letter)
        tones.append(UInt16(tone.rawValue) + 1)
        cases.append(isUpper ? 2 : 1)
    }

    private mutating func add(word: [Unicode.Scalar]) {
        var parts = word.map { scalar -> (Unicode.Scalar, Tone, Bool) in
            let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
            let isUpper = lower != scalar
            guard let letter = VietnameseLetter(lower) else { return (lower, .level, isUpper) }
            return (letter.letter, letter.tone, isUpper)
        }
        // One placing of the tone: hoà and hòa are the same word (the pairs oa, oe, uy at the end of a syllable).
        if let last = parts.indices.last, last >= 1, parts[last].1 != .level {
            let pair = (parts[last - 1].0, parts[last].0)
            let afterQ = last >= 2 && parts[last - 2].0 == "q"
            if pair == ("o", "a") || pair == ("o", "e") || (pair == ("u", "y") && !afterQ) {
                parts[last - 1].1 = parts[last].1
                parts[last].1 = .level
            }
        }
        for (letter, tone, isUpper) in parts {
            append(
                letter: SortKey.rank[letter] ?? UInt16(truncatingIfNeeded: letter.value % 90 + 2),
                tone: tone,
                isUpper: isUpper
            )
        }
    }
}
