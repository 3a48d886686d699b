// SPDX-License-Identifier: Apache-2.0

/// The tones in the order of Vietnamese dictionaries.
enum Tone: Int, Sendable {
    case level, falling, asking, tumbling, rising, heavy

    /// The combining mark of this tone; nil for the level tone.
    var mark: Unicode.Scalar? {
        switch self {
        case .level: nil
        case .falling: "\u{300}"
        case .asking: "\u{309}"
        case .tumbling: "\u{303}"
        case .rising: "\u{301}"
        case .heavy: "\u{323}"
        }
    }

    init?(mark: Unicode.Scalar) {
        switch mark {
        case "\u{300}": self = .falling
        case "\u{309}": self = .asking
        case "\u{303}": self = .tumbling
        case "\u{301}": self = .rising
        case "\u{323}": self = .heavy
        default: return nil
        }
    }
}

/// One Vietnamese vowel taken apart: the letter of the alphabet (`a`, `ă`, `â` …) and its tone.
struct VietnameseLetter: Hashable, Sendable {
    var letter: Unicode.Scalar
    var tone: Tone

    /// Each row is a letter of the alphabet in the six tones, in the order of `Tone`.
    private static let rows: [String] = [
        "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị",
        "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
        "AÀẢÃÁẠ", "ĂẰẲẴẮẶ", "ÂẦẨẪẤẬ", "EÈẺẼÉẸ", "ÊỀỂỄẾỆ", "IÌỈĨÍỊ",
        "OÒỎÕÓỌ", "ÔỒỔỖỐỘ", "ƠỜỞỠỚỢ", "UÙỦŨÚỤ", "ƯỪỬỮỨỰ", "YỲỶỸÝỴ",
    ]

    private static let apart: [Unicode.Scalar: VietnameseLetter] = {
        var table: [Unicode.Scalar: VietnameseLetter] = [:]
        for row in rows.map({ Array($0.unicodeScalars) }) {
            for (index, scalar) in row.enumerated() {
                table[scalar] = VietnameseLetter(letter: row[0], tone: Tone(rawValue: index) ?? .level)
            }
        }
        return table
    }()

    private static let together: [VietnameseLetter: Unicode.Scalar] =
        Dictionary(uniqueKeysWithValues: apart.map { ($0.value, $0.key) })

    /// Shape marks (breve, circumflex, horn) on a plain vowel.
    private static let shapes: [Unicode.Scalar: [Unicode.Scalar: Unicode.Scalar]] = [
        "\u{306}": ["a": "ă", "A": "Ă"],
        "\u{302}": ["a": "â", "A": "Â", "e": "ê", "E": "Ê", "o": "ô", "O": "Ô"],
        "\u{31B}": ["o": "ơ", "O": "Ơ", "u": "ư", "U": "Ư"],
    ]

    private static let plain: [Unicode.Scalar: Unicode.Scalar] = [
        "ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u",
        "Ă": "A", "Â": "A", "Ê": "E", "Ô": "O", "Ơ": "O", "Ư": "U",
    ]

    /// Nil when the scalar is no Vietnamese vowel.
    init?(_ scalar: Unicode.Scalar) {
        guard let found = VietnameseLetter.apart[scalar] else { return nil }
        self = found
    }

    init(letter: Unicode.Scalar, tone: Tone) {
        self.letter = letter
        self.tone = tone
    }

    /// The precomposed letter.
    var scalar: Unicode.Scalar { VietnameseLetter.together[self] ?? letter }

    /// The letter without shape: `ê` is written on an `e`.
    var base: Unicode.Scalar { VietnameseLetter.plain[letter] ?? letter }

    /// Puts a combining mark on; false when this letter cannot carry it.
    mutating func put(_ mark: Unicode.Scalar) -> Bool {
        if let shaped = VietnameseLetter.shapes[mark]?[letter] {
            letter = shaped
            return true
        }
        guard tone == .level, let added = Tone(mark: mark) else { return false }
        tone = added
        return true
    }
}
