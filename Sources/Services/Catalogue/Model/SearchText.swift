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

    init(_ word: some StringProtocol) {
        var letters = ""
        var accented: [Unicode.Scalar] = []
        var tone: Unicode.Scalar?
        for scalar in VietnameseText.nfc(word.lowercased()).unicodeScalars {
            letters.unicodeScalars.append(scalar)
            if let apart = ToneTable.apart[scalar] {
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

    /// A `y` that is the whole vowel of its syllable is written `i` as well: kỹ/kĩ, lý/lí, quý/quí.
    private static func withOneI(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 2, bytes.last == UInt8(ascii: "y") else { return bytes }
        let before = bytes[bytes.count - 2]
        let isVowel = "aeiou".utf8.contains(before)
        guard !isVowel || (bytes.count == 3 && bytes.starts(with: "qu".utf8)) else { return bytes }
        return bytes.dropLast() + [UInt8(ascii: "i")]
    }

    private static func withOneI(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let end = scalars.lastIndex { !ToneTable.marks.contains($0) } ?? 0
        guard end >= 1, scalars[end] == "y" else { return scalars }
        let isVowel = "aeiouăâêôơư".unicodeScalars.contains(scalars[end - 1])
        guard !isVowel || (end == 2 && scalars[0] == "q") else { return scalars }
        var changed = scalars
        changed[end] = "i"
        return changed
    }

    /// The words of a text: letters and digits, everything else divides.
    static func words(of text: String) -> [SearchWord] {
        VietnameseText.nfc(text).split { !$0.isLetter && !$0.isNumber }.map { SearchWord($0) }
    }
}

/// The toned vowels in lower case, taken apart.
private enum ToneTable {
    static let marks: [Unicode.Scalar] = ["\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"]

    static let apart: [Unicode.Scalar: (letter: Unicode.Scalar, tone: Unicode.Scalar)] = {
        let rows = [
            "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ",
            "ưừửữứự", "yỳỷỹýỵ",
        ]
        var table: [Unicode.Scalar: (letter: Unicode.Scalar, tone: Unicode.Scalar)] = [:]
        for row in rows.map({ Array($0.unicodeScalars) }) {
            for (index, scalar) in row.dropFirst().enumerated() { table[scalar] = (row[0], marks[index]) }
        }
        return table
    }()
}
