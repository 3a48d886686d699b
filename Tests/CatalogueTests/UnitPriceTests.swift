// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

@testable import Catalogue

@Suite("Prices with tiers, a cap and a multiplier")
struct UnitPriceTests {
    private static let place = SourcePlace(line: 1, column: 1)

    private static func price(
        _ price: Int64,
        tiers: [(Int64, Int64)] = [],
        cap: Int64? = nil,
        times: Bool = false
    ) -> UnitPrice {
        UnitPrice(
            price: VND(price),
            field: "pages",
            unit: "trang",
            tiers: tiers.map { PriceTier(from: $0.0, price: VND($0.1), place: place) },
            cap: cap.map { VND($0) },
            times: times ? UnitPrice.Factor(field: "copies", unit: "bản") : nil,
            place: place
        )
    }

    /// Certified copies, as the law has it.
    private static let certifiedCopy = price(2_000, tiers: [(3, 1_000)], cap: 200_000, times: true)

    @Test(
        "Certified copies: pages, copies, đồng",
        arguments: [
            (0, 1, 0), (1, 1, 2_000), (2, 1, 4_000), (3, 1, 5_000), (5, 1, 7_000), (5, 3, 21_000),
            (197, 1, 199_000), (198, 1, 200_000), (199, 1, 200_000), (300, 1, 200_000), (300, 2, 400_000), (5, 0, 0),
        ] as [(Int64, Int64, Int64)]
    )
    func vectors(_ pages: Int64, _ copies: Int64, _ expected: Int64) {
        #expect(UnitPriceTests.certifiedCopy.amount(of: pages, times: copies) == VND(expected))
    }

    @Test("Random tariffs cost what counting page by page and copy by copy gives")
    func slowCount() throws {
        var generator = SeededGenerator(seed: 226_2016)
        for _ in 0..<3_000 {
            var from: Int64 = 1
            let tiers = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                from += Int64.random(in: 1...12, using: &generator)
                return (from, Int64.random(in: 1...5_000, using: &generator))
            }
            let cap = Bool.random(using: &generator) ? Int64.random(in: 1...60_000, using: &generator) : nil
            let first = Int64.random(in: 1...5_000, using: &generator)
            let pages = Int64.random(in: 0...60, using: &generator)
            let copies = Int64.random(in: 0...9, using: &generator)
            // The slow count: each copy page by page, the price of a page looked up anew, the cap put on each copy.
            var sum: Int64 = 0
            for _ in 0..<copies {
                var copy: Int64 = 0
                for page in stride(from: Int64(1), through: pages, by: 1) {
                    copy += tiers.filter { $0.0 <= page }.max { $0.0 < $1.0 }?.1 ?? first
                }
                sum += cap.map { copy > $0 ? $0 : copy } ?? copy
            }
            let price = UnitPriceTests.price(first, tiers: tiers, cap: cap, times: true)
            #expect(price.amount(of: pages, times: copies) == VND(sum), "\(price) \(pages) \(copies)")
        }
    }

    @Test("What does not fit 64 bits is no amount")
    func overflow() {
        let price = UnitPriceTests.price(1_000_000_000, times: true)
        #expect(price.amount(of: 1_000_000, times: 1_000) == VND(1_000_000_000_000_000_000))
        #expect(price.amount(of: 1_000_000, times: 1_000_000) == nil)
    }

    @Test("Words: the tariff, the quantity, the calculation")
    func words() {
        let copy = UnitPriceTests.certifiedCopy
        #expect(copy.vietnamese == "2.000 đ một trang, từ trang thứ 3 là 1.000 đ, nhiều nhất 200.000 đ một bản")
        #expect(UnitPriceTests.price(2_000, cap: 9_000).vietnamese == "2.000 đ một trang, nhiều nhất 9.000 đ")
        #expect(copy.quantity(of: 5, times: 3) == "3 bản, mỗi bản 5 trang")
        #expect(UnitPriceTests.price(8_000).quantity(of: 1_200, times: nil) == "1.200 trang")
        #expect(
            copy.calculation(of: 5, times: 3)
                == "Mỗi bản: 2 trang × 2.000 đ + 3 trang × 1.000 đ = 7.000 đ; 3 bản: 21.000 đ"
        )
        #expect(copy.calculation(of: 2, times: 1) == "Mỗi bản: 2 trang × 2.000 đ = 4.000 đ; 1 bản: 4.000 đ")
        #expect(
            copy.calculation(of: 300, times: 2)
                == "Mỗi bản: 2 trang × 2.000 đ + 298 trang × 1.000 đ = 302.000 đ, thu nhiều nhất 200.000 đ; "
                + "2 bản: 400.000 đ"
        )
        #expect(
            UnitPriceTests.price(2_000, tiers: [(3, 1_000)]).calculation(of: 3, times: nil)
                == "2 trang × 2.000 đ + 1 trang × 1.000 đ = 5.000 đ"
        )
        #expect(UnitPriceTests.price(8_000).calculation(of: 3, times: nil) == nil)
    }

    @Test("The pack of certified copies quotes with these words, and asks for both numbers")
    func quote() throws {
        let fees = try #require(PackChecker().check(Repository.pack("2.000815")).pack).fees
        let on = try day("2026-03-05")
        func quote(_ pairs: [(String, String)]) throws -> FeeLine {
            try #require(try fees.quote(FormAnswers(pairs), channel: .online, on: on).lines.first)
        }
        let line = try quote([("pages", "5"), ("copies", "3")])
        #expect(line.amount == VND(21_000))
        #expect(line.unitPrice == VND(2_000))
        #expect([line.count, line.times] == [5, 3])
        #expect(line.label == "Phí chứng thực bản sao từ bản chính, 3 bản, mỗi bản 5 trang")
        #expect(line.calculation?.hasPrefix("Mỗi bản: 2 trang × 2.000 đ") == true)
        #expect(throws: FeeError.missingAnswer(field: "pages")) { try quote([("copies", "3")]) }
        #expect(throws: FeeError.missingAnswer(field: "copies")) { try quote([("pages", "5")]) }
        #expect(throws: FeeError.countOutOfRange(field: "copies")) {
            try quote([("pages", "5"), ("copies", "1000001")])
        }
        let extract = try #require(PackChecker().check(Repository.pack("2.000635")).pack).fees
        let plain = try #require(try extract.quote(FormAnswers([("copies", "2")]), channel: .desk, on: on).lines.first)
        #expect(plain.label == "Phí khai thác, sử dụng thông tin trong cơ sở dữ liệu hộ tịch, 2 bản")
        #expect(plain.calculation == nil)
        #expect(plain.times == nil)
    }
}
