// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@Suite struct NumberTests {
    @Test(
        arguments: [
            (0, "0 đ"), (5, "5 đ"), (999, "999 đ"), (1_000, "1.000 đ"), (120_000, "120.000 đ"),
            (1_234_567, "1.234.567 đ"), (-50_000, "-50.000 đ"), (Int64.max, "9.223.372.036.854.775.807 đ"),
            (Int64.min, "-9.223.372.036.854.775.808 đ"),
        ] as [(Int64, String)]
    )
    func `money in figures`(_ amount: Int64, _ text: String) {
        #expect(VND(amount).description == text)
    }

    @Test func `money is added, compared and multiplied within bounds`() {
        #expect(VND(8_000) + VND(2_000) == VND(10_000))
        #expect(VND(8_000) - VND(10_000) == VND(-2_000))
        #expect(VND(8_000) < VND(8_001))
        #expect(VND(8_000).times(3) == VND(24_000))
        #expect(VND(Int64.max).times(2) == nil)
    }

    @Test func `the fee of a copied document of five pages`() {
        // 2.000 đ a page, from page 3 on 1.000 đ (standards.md §11.1).
        let fee = [VND(2_000).times(2), VND(1_000).times(3)].compactMap { $0 }.reduce(VND.zero, +)
        #expect(fee.description == "7.000 đ")
    }

    @Test func `padding and file sizes`() {
        #expect(String(7, paddedTo: 4) == "0007")
        #expect(String(12_345, paddedTo: 4) == "12345")
        #expect(String(fileSize: 0) == "0 byte")
        #expect(String(fileSize: 999) == "999 byte")
        #expect(String(fileSize: 340_200) == "340 kB")
        #expect(String(fileSize: 1_249_000) == "1,2 MB")
        #expect(String(fileSize: 25_000_000) == "25 MB")
    }

    @Test func `a digit with a mark, and digits of other scripts, are no digits`() {
        #expect(("0"..."9" as ClosedRange<Character>).contains("5\u{301}"))
        #expect(!Character("5\u{301}").isASCIIDigit)
        #expect(!Character("٣").isASCIIDigit)
        #expect(!Character("５").isASCIIDigit)
        #expect(Character("0").isASCIIDigit && Character("9").isASCIIDigit)
        // What once stopped the program: a time with such a digit.
        #expect(LocalTime("07:3\u{301}0") == nil)
        #expect(LocalDate("2026-03-0\u{301}5") == nil)
        #expect(NationalID("08919000012\u{301}3") == nil)
    }

    @Test func `JSON of values is their plain form`() throws {
        struct Values: Codable, Equatable {
            var amount: VND
            var at: Instant
            var day: LocalDate
            var code: DossierCode
        }
        let values = Values(
            amount: VND(8_000),
            at: try #require(Instant("2026-03-05T09:00")),
            day: try #require(LocalDate("2026-03-05")),
            code: try #require(DossierCode("H01.30337-260305-0001"))
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let text = String(decoding: try encoder.encode(values), as: UTF8.self)
        #expect(
            text == #"{"amount":8000,"at":"2026-03-05T09:00:00+07:00","code":"H01.30337-260305-0001","#
                + #""day":"2026-03-05"}"#
        )
        #expect(try JSONDecoder().decode(Values.self, from: Data(text.utf8)) == values)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([LocalDate].self, from: Data(#"["2026-02-30"]"#.utf8))
        }
    }
}
