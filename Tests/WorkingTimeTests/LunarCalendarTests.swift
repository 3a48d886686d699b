// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

@testable import WorkingTime

/// Vectors of standards.md §9.4.
@Suite struct LunarCalendarTests {
    @Test func `intermediate numbers`() {
        #expect(LocalDate("2026-02-17")?.julianDayNumber == 2_461_089)
        #expect(LunarCalendar.newMoon(1_559) == 2_461_060)
        #expect(LunarCalendar.eleventhMonth(2025) == 2_461_030)
        #expect(LocalDate(julianDayNumber: 2_461_030).description == "2025-12-20")
    }

    @Test(arguments: [
        "1968-01-29", "1985-01-21", "2007-02-17",
        "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29",
        "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02", "2031-01-23", "2032-02-11", "2033-01-31",
        "2034-02-19", "2035-02-08", "2036-01-28", "2037-02-15", "2038-02-04", "2039-01-24", "2040-02-12",
    ])
    func `the lunar new year`(_ day: String) throws {
        let date = try #require(LocalDate(day))
        #expect(LunarCalendar.newYear(date.year)?.description == day)
    }

    @Test(arguments: [
        "2018-04-25", "2019-04-14", "2020-04-02", "2021-04-21", "2022-04-10", "2023-04-29", "2024-04-18", "2025-04-07",
        "2026-04-26", "2027-04-16", "2028-04-04", "2029-04-23", "2030-04-12", "2031-04-01", "2032-04-19", "2033-04-09",
        "2034-04-28", "2035-04-17", "2036-04-06", "2037-04-24", "2038-04-13", "2039-04-03", "2040-04-20",
    ])
    func `the day of the Hung Kings`(_ day: String) throws {
        let date = try #require(LocalDate(day))
        #expect(LunarCalendar.hungKingsDay(date.year)?.description == day)
    }

    @Test(arguments: [
        (2017, 6, "2017-07-23"), (2020, 4, "2020-05-23"), (2023, 2, "2023-03-22"), (2025, 6, "2025-07-25"),
        (2028, 5, "2028-06-23"), (2031, 3, "2031-04-21"), (2033, 11, "2033-12-22"), (2036, 6, "2036-07-23"),
        (2039, 5, "2039-06-22"),
    ])
    func `leap months`(_ year: Int, _ month: Int, _ start: String) throws {
        let leap = try #require(LunarCalendar.leapMonth(year: year))
        #expect(leap.month == month)
        #expect(leap.start.description == start)
    }

    @Test(arguments: [2018, 2019, 2021, 2022, 2024, 2026, 2027, 2029, 2030, 2032, 2034, 2035, 2037, 2038, 2040])
    func `years without a leap month`(_ year: Int) {
        #expect(LunarCalendar.leapMonth(year: year) == nil)
    }

    @Test func `the last month of 2025 has no day 30`() {
        #expect(LunarCalendar.solarDate(day: 29, month: 12, year: 2025)?.description == "2026-02-16")
        #expect(LunarCalendar.solarDate(day: 30, month: 12, year: 2025) == nil)
    }

    @Test func `what is no lunar day has no solar one`() {
        #expect(LunarCalendar.solarDate(day: 0, month: 1, year: 2026) == nil)
        #expect(LunarCalendar.solarDate(day: 31, month: 1, year: 2026) == nil)
        #expect(LunarCalendar.solarDate(day: 1, month: 13, year: 2026) == nil)
        #expect(LunarCalendar.solarDate(day: 1, month: 1, year: 1_700) == nil)
        #expect(LunarCalendar.solarDate(day: 1, month: 5, year: 2025, isLeapMonth: true) == nil)
    }

    @Test func `months follow one another by 29 or 30 days over two centuries`() {
        for year in 1_901..<2_100 {
            var starts: [Int] = []
            let leap = LunarCalendar.leapMonth(year: year)
            for month in 1...12 {
                if let start = LunarCalendar.solarDate(day: 1, month: month, year: year) {
                    starts.append(start.julianDayNumber)
                }
                if leap?.month == month, let start = leap?.start { starts.append(start.julianDayNumber) }
            }
            if let next = LunarCalendar.newYear(year + 1) { starts.append(next.julianDayNumber) }
            #expect(starts.count == (leap == nil ? 13 : 14), "year \(year)")
            #expect(zip(starts, starts.dropFirst()).allSatisfy { (29...30).contains($1 - $0) }, "year \(year)")
        }
    }
}
