// SPDX-License-Identifier: Apache-2.0

import Kernel
import TestSupport
import Testing

@testable import Catalogue

@Suite("Compliance cost: exact money, Standard Cost Model")
struct CostTests {
    private static func cost(
        _ before: CostCase,
        _ after: CostCase,
        wage: HourlyWage? = .stated(VND(40_000)),
        subjects: Int64 = 1,
        times: Int64 = 1
    ) -> ComplianceCost {
        ComplianceCost(
            wage: wage,
            subjectsPerYear: subjects,
            timesPerYear: times,
            before: before,
            after: after,
            source: "nguồn",
            isVerified: true
        )
    }

    private static func activity(_ minutes: Int64, _ consulting: Int64 = 0, _ other: Int64 = 0, _ fees: Int64 = 0)
        -> CostActivity
    {
        CostActivity(name: "Việc", minutes: minutes, consulting: VND(consulting), other: VND(other), fees: VND(fees))
    }

    @Test("2.000635: 1,024,000 to 231,000 đồng, 3,228 subjects once a year")
    func extracts() throws {
        let cost = Self.cost(
            .stated(perDossier: VND(1_024_000), minutes: nil),
            .stated(perDossier: VND(231_000), minutes: nil),
            subjects: 3_228
        )
        let figures = try #require(cost.figures)
        #expect(figures.dossiers == 3_228)
        #expect(figures.perYear == CostPair(before: VND(3_305_472_000), after: VND(745_668_000)))
        #expect(figures.perYear.saving == VND(2_559_804_000))
        #expect(figures.perYear.savingPercent == "77,44 %")
        #expect(figures.perDossier.savingPercent == "77,44 %")
        #expect(figures.minutesSaved == nil)
    }

    @Test("18 million working days are 6,300 billion đồng at 350,000 đồng a day")
    func workdays() {
        #expect(Workday.worth(ofDays: 18_000_000) == VND(6_300_000_000_000))
        #expect(Workday.worth(ofDays: .max) == nil)
        #expect(Workday.tenths(ofMinutes: 480 * 18_000_000) == 180_000_000)
        #expect(Workday.words(tenths: 180_000_000) == "18.000.000 ngày công")
        #expect(Workday.words(tenths: Workday.tenths(ofMinutes: 504)) == "1,1 ngày công")
        #expect(Workday.words(tenths: Workday.tenths(ofMinutes: 503)) == "1 ngày công")
        #expect(Workday.words(tenths: Workday.tenths(ofMinutes: -480)) == "-1 ngày công")
        #expect(Workday.tenths(worth: VND(6_300_000_000_000)) == 180_000_000)
        #expect(Workday.words(tenths: Workday.tenths(worth: VND(2_559_804_000))) == "7.313,7 ngày công")
        #expect(Workday.words(tenths: 0) == "0 ngày công")
    }

    @Test("A sum over activities, with the wage of a product and a population")
    func activities() throws {
        // 8,479,684,000,000,000 ÷ 96,208,984 ÷ 12 ÷ 22 ÷ 8 = 41,732.2… đồng an hour
        let wage = HourlyWage.national(product: 8_479_684_000_000_000, population: 96_208_984)
        #expect(wage.rounded == VND(41_732))
        let old = CostCase.activities([Self.activity(480, 100_000, 50_000, 8_000), Self.activity(90, 0, 20_000)])
        // 9.5 hours × 41,732.2… = 396,455.5…; rounding the hour first would give 396,454.
        #expect(old.perDossier(wage) == VND(396_455 + 178_000))
        #expect(old.minutes == 570)
        let new = CostCase.activities([Self.activity(30, 0, 0, 8_000)])
        let figures = try #require(Self.cost(old, new, wage: wage, subjects: 100, times: 2).figures)
        #expect(figures.perYear.before == VND(574_455 * 200))
        #expect(figures.minutesSaved == Int64(108_000))
        #expect(Workday.words(tenths: Workday.tenths(ofMinutes: 540 * 200)) == "225 ngày công")
        #expect(Self.cost(old, new, wage: nil).figures == nil)
        let paid = CostCase.activities([Self.activity(0, 5)])
        #expect(Self.cost(paid, .activities([]), wage: nil).figures?.perYear.before == VND(5))
    }

    @Test("A third of a đồng three times is a đồng: nothing drifts")
    func exact() throws {
        let third = try #require(ExactVND(1, over: 3))
        #expect(third.plus(third)?.plus(third) == ExactVND(VND(1)))
        #expect(ExactVND(1, over: 2)?.rounded == VND(1))
        #expect(ExactVND(-1, over: 2)?.rounded == VND(0))
        #expect(ExactVND(-3, over: 2)?.rounded == VND(-1))
        #expect(ExactVND(49, over: 100)?.rounded == VND(0))
        #expect(ExactVND(1, over: 0) == nil)
        #expect(ExactVND(VND(.max)).times(.max)?.rounded == nil)
        #expect(ExactVND(VND(.max)).times(.max)?.times(.max) == nil)
    }

    @Test("Zero costs nothing and saves nothing; what grows is told as growing")
    func edges() throws {
        let nothing = try #require(Self.cost(.activities([]), .activities([])).figures)
        #expect(nothing.perYear == CostPair(before: .zero, after: .zero))
        #expect(nothing.perYear.savingPercent == nil)
        let worse = CostPair(before: VND(300), after: VND(400))
        #expect(worse.saving == VND(-100))
        #expect(worse.savingPercent == "-33,33 %")
        #expect(CostPair(before: VND(3), after: VND(1)).savingPercent == "66,67 %")
        let huge = CostCase.stated(perDossier: VND(1_000_000_000), minutes: 1)
        #expect(Self.cost(huge, huge, subjects: 100_000_000, times: 366).figures == nil)
        var totals = CostTotals()
        let big = CostFigures(
            dossiers: 1,
            perDossier: CostPair(before: .zero, after: .zero),
            perYear: CostPair(before: VND(.max), after: .zero),
            minutesSaved: nil
        )
        let (first, second) = (totals.add(big), totals.add(big))
        #expect(first && !second)
        #expect(totals.procedures == 1)
        #expect(totals.withMinutes == 0)
    }

    @Test("Sums, order and more of anything, over random activities", arguments: [3, 2_000_635] as [UInt64])
    func properties(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func some() -> CostActivity {
            func sum() -> Int64 { Int64.random(in: 0...500_000, using: &generator) }
            return Self.activity(Int64.random(in: 0...5_000, using: &generator), sum(), sum(), sum())
        }
        for _ in 0..<500 {
            let wage = HourlyWage.national(
                product: Int64.random(in: 1...1_000_000_000_000_000, using: &generator),
                population: Int64.random(in: 1...100_000_000, using: &generator)
            )
            let first = (0..<Int.random(in: 0...6, using: &generator)).map { _ in some() }
            let second = (0..<Int.random(in: 0...6, using: &generator)).map { _ in some() }
            func sum(_ activities: [CostActivity]) throws -> Int64 {
                try #require(CostCase.activities(activities).perDossier(wage)).amount
            }
            // The whole is the sum of its parts, but for the one rounding of each.
            let (whole, parts) = (try sum(first + second), try sum(first) + sum(second))
            #expect(abs(whole - parts) <= 1)
            #expect(try sum(first.shuffled(using: &generator)) == sum(first))
            // More of anything never costs less.
            var more = first
            more.append(some())
            #expect(try sum(more) >= sum(first))
            let cost = Self.cost(.activities(more), .activities(first), wage: wage, subjects: 7, times: 3)
            let figures = try #require(cost.figures)
            #expect(figures.perYear.saving >= .zero)
            #expect(figures.perYear.before.amount == figures.perDossier.before.amount * 21)
            #expect(figures.perYear.saving.amount == figures.perDossier.saving.amount * 21)
            // Nothing changed saves nothing.
            #expect(Self.cost(.activities(first), .activities(first), wage: wage).figures?.perYear.saving == .zero)
        }
    }

    @Test("The pack says it, and the checker says what is wrong with it")
    func pack() throws {
        let pack = try SamplePack.pack(replacing: "declaredLevel: 4\n", with: "declaredLevel: 4\n\(Self.text)")
        let cost = try #require(pack.cost)
        #expect(cost.wage == .national(product: 8_479_684_000_000_000, population: 96_208_984))
        #expect(cost.subjectsPerYear == 3_228)
        #expect(
            cost.before
                == .activities([
                    CostActivity(
                        name: "Đến nộp",
                        minutes: 90,
                        consulting: VND(1),
                        other: VND(2),
                        fees: VND(3)
                    )
                ])
        )
        #expect(cost.after == .stated(perDossier: VND(1_000), minutes: 20))
        #expect(pack.target?.quarter.description == "2026-Q3")
        #expect(pack.target?.obstacles == ["Chưa có dữ liệu"])
    }

    private static let text = """
        target: { level: 4, quarter: 2026-Q3, owner: Sở Tư pháp, obstacles: [Chưa có dữ liệu] }
        cost:
          wage: { gdp: 8479684000000000, population: 96208984 }
          subjectsPerYear: 3228
          timesPerYear: 1
          before:
            activities:
              - { name: Đến nộp, minutes: 90, consulting: 1, other: 2, fees: 3 }
          after: { perDossier: 1000, minutes: 20 }
          source: nguồn
          verified: yes

        """
}
