// SPDX-License-Identifier: Apache-2.0

import Kernel

/// A word as the search compares it: folded for finding, with its marks for ranking.
struct SearchWord: Hashable, Sendable {
    /// Without marks, lower case, `ky` as `ki`: UTF-8.
    let folded: [UInt8]
    /// With its marks, the tone moved to the end of the word, so that hòa and hoà are one.
    let accented: [Unicode.Scalar]
    /// Whether it was written with any mark.
    let hasMarks: Bool

    /// A word of any script, letter by letter as Unicode has it.
    init(_ word: some StringProtocol) {
        var letters = ""
        var accented: [Unicode.Scalar] = []
        var tone: Unicode.Scalar?
        for scalar in VietnameseText.nfc(word.lowercased()).unicodeScalars {
            letters.unicodeScalars.append(scalar)
            if let apart = LetterTable.apart[scalar] {
                accented.append(apart.letter)
                tone = apart.tone
            } else {
                accented.append(scalar)
            }
        }
        if let tone { accented.append(tone) }
        let plain = Array(VietnameseText.fold(letters).utf8)
        folded = SearchWord.withOneI(plain)
        hasMarks = !letters.utf8.elementsEqual(plain)
        self.accented = SearchWord.withOneI(accented)
    }

    /// A word of Vietnamese letters and digits, by their table; the same word as the other way gives.
    init(_ scalars: some Sequence<Unicode.Scalar>, from table: LetterTable) {
        var folded: [UInt8] = []
        var accented: [Unicode.Scalar] = []
        var tone: Unicode.Scalar?
        var hasMarks = false
        folded.reserveCapacity(8)
        accented.reserveCapacity(8)
        for scalar in scalars {
            let letter = table[scalar]
            folded.append(letter.folded)
            accented.append(letter.lower)
            if letter.tone != 0 { tone = LetterTable.marks[Int(letter.tone) - 1] }
            if letter.lower.value != UInt32(letter.folded) || letter.tone != 0 { hasMarks = true }
        }
        if let tone { accented.append(tone) }
        self.folded = SearchWord.withOneI(folded)
        self.accented = SearchWord.withOneI(accented)
        self.hasMarks = hasMarks
    }

    /// A `y` that is the whole vowel of its syllable is written `i` as well: kỹ/kĩ, lý/lí, quý/quí.
    private static func withOneI(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 2, bytes.last == UInt8(ascii: "y") else { return bytes }
        let isVowel = isPlainVowel(bytes[bytes.count - 2])
        let isAfterQ = bytes.count == 3 && bytes[0] == UInt8(ascii: "q") && bytes[1] == UInt8(ascii: "u")
        guard !isVowel || isAfterQ else { return bytes }
        var changed = bytes
        changed[bytes.count - 1] = UInt8(ascii: "i")
        return changed
    }

    private static func isPlainVowel(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): true
        default: false
        }
    }

    private static func withOneI(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard let last = scalars.last else { return scalars }
        let isToned = (0x300...0x323).contains(last.value)
        let end = isToned ? scalars.count - 2 : scalars.count - 1
        guard end >= 1, scalars[end] == "y" else { return scalars }
        guard !LetterTable.vowels.contains(scalars[end - 1]) || (end == 2 && scalars[0] == "q") else { return scalars }
        var changed = scalars
        changed[end] = "i"
        return changed
    }

    /// The words of a text: letters and digits, everything else divides.
    static func words(of text: String) -> [SearchWord] {
        let text = VietnameseText.nfc(text)
        let table = LetterTable.whole
        var words: [SearchWord] = []
        let scalars = text.unicodeScalars
        var start: String.Index?
        for index in scalars.indices {
            let scalar = scalars[index]
            if table.knows(scalar) {
                if start == nil { start = index }
            } else if scalar.isASCII {
                if let begun = start { words.append(SearchWord(scalars[begun..<index], from: table)) }
                start = nil
            } else {
                // Another script, or a sign beyond ASCII: divided and folded as Unicode has it.
                return text.split { !$0.isLetter && !$0.isNumber }.map { SearchWord($0) }
            }
        }
        if let begun = start { words.append(SearchWord(scalars[begun...], from: table)) }
        return words
    }
}

/// Vietnamese letters and the digits, taken apart beforehand: one look for each letter of a query.
struct LetterTable: Sendable {
    struct Letter: Sendable {
        /// The ASCII letter or digit; 0 = not in the table.
        var folded: UInt8 = 0
        /// 0 = level, else the place in `marks`, counted from 1.
        var tone: UInt8 = 0
        /// In lower case, without its tone: `ê`.
        var lower: Unicode.Scalar = "\0"
    }

    static let whole = LetterTable()
    static let marks: [Unicode.Scalar] = ["\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"]
    static let vowels: [Unicode.Scalar] = Array("aeiouăâêôơư".unicodeScalars)

    /// The toned vowels in lower case, taken apart.
    static let apart: [Unicode.Scalar: (letter: Unicode.Scalar, tone: Unicode.Scalar)] = {
        var table: [Unicode.Scalar: (letter: Unicode.Scalar, tone: Unicode.Scalar)] = [:]
        for row in rows {
            for (index, scalar) in row.dropFirst().enumerated() { table[scalar] = (row[0], marks[index]) }
        }
        return table
    }()

    private static let rows: [[Unicode.Scalar]] = [
        "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ",
        "ưừửữứự", "yỳỷỹýỵ",
    ]
    .map { Array($0.unicodeScalars) }

    /// By the value of the scalar, up to the end of the Vietnamese letters.
    private let letters: [Letter]

    private init() {
        var letters = [Letter](repeating: Letter(), count: 0x1F00)
        func put(_ scalar: Unicode.Scalar, _ letter: Letter) {
            letters[Int(scalar.value)] = letter
            let upper = scalar.properties.uppercaseMapping.unicodeScalars
            if let upper = upper.first { letters[Int(upper.value)] = letter }
        }
        for scalar in "0123456789abcdefghijklmnopqrstuvwxyz".unicodeScalars {
            put(scalar, Letter(folded: UInt8(scalar.value), lower: scalar))
        }
        put("đ", Letter(folded: UInt8(ascii: "d"), lower: "đ"))
        for row in LetterTable.rows {
            let folded = VietnameseText.fold(String(Character(row[0]))).utf8.first ?? 0
            for (tone, scalar) in row.enumerated() {
                put(scalar, Letter(folded: folded, tone: UInt8(tone), lower: row[0]))
            }
        }
        self.letters = letters
    }

    func knows(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x1F00 && letters[Int(scalar.value)].folded != 0 }

    subscript(_ scalar: Unicode.Scalar) -> Letter { letters[Int(scalar.value)] }
}
