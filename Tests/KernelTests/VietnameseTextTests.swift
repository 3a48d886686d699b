// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

/// Vectors of ux.md §4.3.
@Suite struct VietnameseTextTests {
    /// Every letter of the alphabet in every tone, both cases.
    private static let letters: [String] = {
        let vowels = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
        return (vowels + vowels.uppercased()).map(String.init)
    }()

    @Test func `every Vietnamese letter is composed from its parts`() {
        #expect(Self.letters.count == 146)
        for letter in Self.letters {
            let apart = letter.decomposedStringWithCanonicalMapping
            #expect(Array(VietnameseText.nfc(apart).unicodeScalars) == Array(letter.unicodeScalars), "\(letter)")
            #expect(Array(VietnameseText.nfc(letter).unicodeScalars) == Array(letter.unicodeScalars), "\(letter)")
        }
    }

    @Test func `marks in either order give the same letter`() {
        // Tone before shape, as some keyboards send them.
        let letters = ["ệ": "e\u{323}\u{302}", "ấ": "a\u{302}\u{301}", "ờ": "o\u{31B}\u{300}", "ặ": "a\u{323}\u{306}"]
        for (letter, apart) in letters {
            #expect(Array(VietnameseText.nfc(apart).unicodeScalars) == Array(letter.unicodeScalars), "\(letter)")
        }
    }

    @Test(arguments: [
        "Nguyễn Thị Bưởi, xã An Phú, tỉnh An Giang", "Ủy ban nhân dân phường Châu Đốc", "Đặng Trần Thùy Dương",
        "TIẾP NHẬN VÀ TRẢ KẾT QUẢ", "abc 123", "",
    ])
    func `composing agrees with Unicode`(_ text: String) {
        let apart = text.decomposedStringWithCanonicalMapping
        #expect(Array(VietnameseText.nfc(apart).utf8) == Array(text.precomposedStringWithCanonicalMapping.utf8))
    }

    @Test(arguments: [
        ("Đất đai", "dat dai"), ("Hòa", "hoa"), ("Hoà", "hoa"), ("khai sinh", "khai sinh"),
        ("ĐĂNG KÝ KHAI SINH", "dang ky khai sinh"), ("Nguyễn Ưng Ưởng", "nguyen ung uong"),
        ("Trích lục hộ tịch", "trich luc ho tich"), ("Ê Ế Ể", "e e e"),
    ])
    func `the fold of both forms`(_ text: String, _ folded: String) {
        #expect(VietnameseText.fold(text) == folded)
        #expect(VietnameseText.fold(text.decomposedStringWithCanonicalMapping) == folded)
    }

    @Test func `every letter folds to one of the alphabet without marks`() {
        for letter in Self.letters {
            let folded = VietnameseText.fold(letter)
            #expect(folded.utf8.count == 1 && "adeiouy".contains(folded), "\(letter) gave \(folded)")
        }
    }

    @Test func `a typed line is trimmed, collapsed and composed`() {
        #expect(VietnameseText.tidy("  Nguyễn \t Thị\u{A0} Hoa \n") == "Nguyễn Thị Hoa")
        #expect(VietnameseText.tidy(" \n ") == "")
    }

    @Test(arguments: [
        "ma mà mả mã má mạ",
        "Ái An Ánh Ân Ấn Bích Dung Đạt",
        "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z",
        "an An",
    ])
    func `words in their order`(_ line: String) {
        let expected = line.split(separator: " ").map(String.init)
        #expect(expected.reversed().sorted(by: VietnameseText.precedes) == expected)
    }

    @Test func `letters of the whole string stand before any tone`() {
        let expected = ["Bà An", "Bá An", "Ba Ân", "Ba Bình"]
        #expect(expected.reversed().sorted(by: VietnameseText.precedes) == expected)
    }

    @Test func `both placings of the tone stand together`() {
        let sorted = ["Huệ", "Hóa", "Hoà", "Hoá", "Hoa", "Hòa", "Hạnh"].sorted(by: VietnameseText.precedes)
        #expect(sorted.first == "Hạnh" && sorted.last == "Huệ" && sorted[1] == "Hoa")
        #expect(Set(sorted[2...3]) == ["Hoà", "Hòa"])
        #expect(Set(sorted[4...5]) == ["Hoá", "Hóa"])
    }

    @Test(
        "What nobody can see is not typed",
        arguments: [
            ("\u{200B}", ""), ("a\u{200D}b", "ab"), ("\u{202E}abc\u{2069}", "abc"), ("a\u{0}\u{7}\u{85}b", "ab"),
            ("a\tb\nc", "a\tb\nc"), ("a\u{2028}b\u{2029}c", "a\nb\nc"), ("so\u{AD}ft\u{3164}\u{2800}", "soft"),
            ("🙂\u{FE0F}", "🙂"), ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("Đỗ Thị Hòa – số 5, “Tổ 3”", "Đỗ Thị Hòa – số 5, “Tổ 3”"),
        ]
    )
    func typed(raw: String, kept: String) {
        #expect(VietnameseText.typed(raw) == kept)
        #expect(VietnameseText.typed(kept) == kept)
    }

    @Test func `people stand by their given names`() {
        let expected = ["Trần Văn An", "Lê Thị Bình", "Nguyễn Văn Bình", "Nguyễn Thị Đào", "Phạm Văn Đạt"]
        #expect(expected.reversed().sorted(by: VietnameseText.namePrecedes) == expected)
    }

    @Test func `the order is strict and total on random words`() {
        var random = SeededGenerator(seed: 43)
        let words = (0..<300).map { _ in
            (0..<Int.random(in: 1...4, using: &random)).map { _ in
                Self.letters[Int.random(in: 0..<Self.letters.count, using: &random)]
            }.joined()
        }
        for word in words { #expect(!VietnameseText.precedes(word, word)) }
        let sorted = words.sorted(by: VietnameseText.precedes)
        for (first, second) in zip(sorted, sorted.dropFirst()) {
            #expect(!VietnameseText.precedes(second, first), "\(first) \(second)")
        }
    }
}
