// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

/// Vectors of standards.md §11.3.
@Suite struct AmountWordsTests {
    @Test(
        arguments: [
            (0, "Không đồng"),
            (5, "Năm đồng"),
            (10, "Mười đồng"),
            (11, "Mười một đồng"),
            (14, "Mười bốn đồng"),
            (15, "Mười lăm đồng"),
            (20, "Hai mươi đồng"),
            (21, "Hai mươi mốt đồng"),
            (24, "Hai mươi tư đồng"),
            (25, "Hai mươi lăm đồng"),
            (101, "Một trăm linh một đồng"),
            (104, "Một trăm linh bốn đồng"),
            (105, "Một trăm linh năm đồng"),
            (110, "Một trăm mười đồng"),
            (115, "Một trăm mười lăm đồng"),
            (121, "Một trăm hai mươi mốt đồng"),
            (1_001, "Một nghìn không trăm linh một đồng"),
            (1_010, "Một nghìn không trăm mười đồng"),
            (8_000, "Tám nghìn đồng"),
            (15_000, "Mười lăm nghìn đồng"),
            (50_000, "Năm mươi nghìn đồng"),
            (105_000, "Một trăm linh năm nghìn đồng"),
            (231_000, "Hai trăm ba mươi mốt nghìn đồng"),
            (1_000_001, "Một triệu không trăm linh một đồng"),
            (1_024_000, "Một triệu không trăm hai mươi tư nghìn đồng"),
            (12_345_678, "Mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng"),
            (1_005_000_000, "Một tỷ không trăm linh năm triệu đồng"),
            (1_000_000_001, "Một tỷ không trăm linh một đồng"),
            (21_000_000_000, "Hai mươi mốt tỷ đồng"),
            (1_000_000_001_000, "Một nghìn tỷ không trăm linh một nghìn đồng"),
            (
                1_234_567_890_123,
                "Một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi nghìn một trăm hai mươi "
                    + "ba đồng"
            ),
        ] as [(Int64, String)]
    )
    func `the vectors of the standard`(_ amount: Int64, _ words: String) {
        #expect(VND(amount).inWords == words)
        #expect(AmountReader.read(words) == amount)
    }

    @Test(
        arguments: [
            (1_000_000_000_000, "Một nghìn tỷ đồng"),
            (2_000_000_000_000_000, "Hai triệu tỷ đồng"),
            (1_001_000_000_000_000, "Một triệu không trăm linh một nghìn tỷ đồng"),
            (-8_000, "Âm tám nghìn đồng"),
        ] as [(Int64, String)]
    )
    func `beyond the vectors`(_ amount: Int64, _ words: String) {
        #expect(VND(amount).inWords == words)
    }

    @Test func `every amount up to 999,999 is read back`() {
        for amount in 0...Int64(999_999) where AmountReader.read(VND(amount).inWords) != amount {
            Issue.record("\(amount): \(VND(amount).inWords)")
            return
        }
    }

    @Test func `random amounts up to 10^15 are read back`() {
        var random = SeededGenerator(seed: 15)
        for round in 0..<100_000 {
            // All magnitudes, and many zeros within.
            var amount = Int64.random(in: 0...1_000_000_000_000_000, using: &random)
            if round.isMultiple(of: 2) { amount /= [1, 10, 1_000, 1_000_000, 1_000_000_000][round / 2 % 5] }
            if round.isMultiple(of: 3) { amount = amount / 1_000_000 * 1_000_000 + amount % 1_000 }
            let words = VND(amount).inWords
            if AmountReader.read(words) != amount {
                Issue.record("\(amount): \(words)")
                return
            }
        }
    }

    @Test func `different amounts have different words`() {
        var seen: Set<String> = []
        for amount in 0..<Int64(20_000) { seen.insert(VND(amount).inWords) }
        #expect(seen.count == 20_000)
    }

    @Test func `the reader refuses what is not said`() {
        for words in [
            "Một mươi đồng", "Hai mươi một đồng", "Một trăm một đồng", "Linh một đồng", "Năm", "Hai mươi năm đồng",
            "Một nghìn linh một đồng", "Năm đồng đồng", "",
        ] { #expect(AmountReader.read(words) == nil, "\(words)") }
    }
}

/// Reads an amount in words back to its number, written from the table of the standard and not from the writer.
enum AmountReader {
    private static let digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]

    static func read(_ text: String) -> Int64? {
        guard text.hasSuffix(" đồng"), let first = text.first, first.isUppercase else { return nil }
        let body = first.lowercased() + text.dropFirst().dropLast(" đồng".count)
        if body == "không" { return 0 }
        var words = body.split(separator: " ").map(String.init)
        guard !words.contains("đồng") else { return nil }
        var total: Int64 = 0
        var isFirst = true
        // Everything before "tỷ" counts billions; the rest is below a billion.
        if let split = words.lastIndex(of: "tỷ") {
            guard let billions = below(Array(words[..<split]), isFirst: &isFirst) else { return nil }
            total = billions * 1_000_000_000
            words = Array(words[(split + 1)...])
        }
        if words.isEmpty { return total }
        guard let rest = below(words, isFirst: &isFirst) else { return nil }
        return total + rest
    }

    /// Groups named "triệu" and "nghìn", in this order, each at most once.
    private static func below(_ words: [String], isFirst: inout Bool) -> Int64? {
        var rest = words
        var total: Int64 = 0
        for (name, factor) in [("triệu", Int64(1_000_000)), ("nghìn", 1_000)] {
            guard let index = rest.firstIndex(of: name) else { continue }
            guard let value = group(Array(rest[..<index]), isFirst: isFirst) else { return nil }
            total += value * factor
            isFirst = false
            rest = Array(rest[(index + 1)...])
        }
        guard !rest.isEmpty else { return total > 0 ? total : nil }
        guard let value = group(rest, isFirst: isFirst) else { return nil }
        isFirst = false
        return total + value
    }

    private static func group(_ words: [String], isFirst: Bool) -> Int64? {
        var rest = words[...]
        var value: Int64 = 0
        var hasHundreds = false
        if rest.count >= 2, rest[rest.startIndex + 1] == "trăm" {
            guard let hundreds = digits.firstIndex(of: rest[rest.startIndex]) else { return nil }
            guard hundreds > 0 || !isFirst else { return nil }
            value = Int64(hundreds) * 100
            hasHundreds = true
            rest = rest.dropFirst(2)
        }
        guard hasHundreds || isFirst else { return nil }
        guard let lower = tens(Array(rest), afterHundreds: hasHundreds) else { return nil }
        let sum = value + lower
        return sum > 0 ? sum : nil
    }

    private static func tens(_ words: [String], afterHundreds: Bool) -> Int64? {
        switch words.count {
        case 0: return afterHundreds ? 0 : nil
        case 1:
            if words[0] == "mười" { return 10 }
            guard !afterHundreds, let unit = digits.firstIndex(of: words[0]), unit > 0 else { return nil }
            return Int64(unit)
        default: break
        }
        if words[0] == "linh" {
            guard afterHundreds, words.count == 2, let unit = digits.firstIndex(of: words[1]), unit > 0 else {
                return nil
            }
            return Int64(unit)
        }
        if words[0] == "mười" {
            guard words.count == 2, let unit = unit(words[1], one: "một", four: "bốn") else { return nil }
            return 10 + unit
        }
        guard words[1] == "mươi", let ten = digits.firstIndex(of: words[0]), ten >= 2 else { return nil }
        if words.count == 2 { return Int64(ten) * 10 }
        guard words.count == 3, let unit = unit(words[2], one: "mốt", four: "tư") else { return nil }
        return Int64(ten) * 10 + unit
    }

    private static func unit(_ word: String, one: String, four: String) -> Int64? {
        switch word {
        case one: 1
        case four: 4
        case "lăm": 5
        case "một", "bốn", "năm", "mốt", "tư", "không": nil
        default: digits.firstIndex(of: word).map(Int64.init)
        }
    }
}
