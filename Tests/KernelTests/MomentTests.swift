// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@Suite struct MomentTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2026-03-05", 20_517),
        ("1900-03-01", -25_508), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
    func `days since the epoch`(_ text: String, _ days: Int) throws {
        let date = try #require(LocalDate(text))
        #expect(date.daysSinceEpoch == days)
        #expect(LocalDate(daysSinceEpoch: days).description == text)
    }

    @Test func `every day of four centuries follows the day before`() throws {
        let gregorian = try #require(LocalDate("1800-01-01"))
        var (year, month, day) = (1_800, 1, 1)
        for offset in 0..<146_097 {
            let date = gregorian.adding(days: offset)
            let parts = date.components
            guard parts == (year, month, day), LocalDate(year: year, month: month, day: day) == date else {
                Issue.record("day \(offset): \(date), expected \(year)-\(month)-\(day)")
                return
            }
            day += 1
            if day > LocalDate.daysIn(month: month, year: year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect((year, month, day) == (2_200, 1, 1))
    }

    @Test(arguments: [
        ("2026-03-05", Weekday.thursday), ("2026-04-26", .sunday), ("1970-01-01", .thursday),
        ("1969-12-31", .wednesday),
        ("2000-02-29", .tuesday), ("1900-01-01", .monday),
    ])
    func `days of the week`(_ text: String, _ weekday: Weekday) throws {
        #expect(try #require(LocalDate(text)).weekday == weekday)
    }

    @Test(arguments: [
        "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-01", "2026-13-01", "2026-01-00", "26-01-01", "2026-1-1",
        "2026/01/01", "", "2026-01-01T00:00", "0000-01-01", "２０２６-01-01",
    ])
    func `what is no day`(_ text: String) {
        #expect(LocalDate(text) == nil)
    }

    @Test func `forms of a day`() throws {
        let date = try #require(LocalDate("2026-03-05"))
        #expect(date.vietnamese == "05/03/2026")
        #expect(date.onDocument == "ngày 05 tháng 03 năm 2026")
        #expect(date.compact == "260305")
        #expect(date.days(since: try #require(LocalDate("2026-02-28"))) == 5)
        #expect(date.weekday.vietnamese == "thứ Năm")
        #expect(date.julianDayNumber == 2_461_105)
        #expect(LocalDate(julianDayNumber: 2_451_545).description == "2000-01-01")
    }

    @Test(
        arguments: [
            ("2026-03-05T15:00:01+07:00", 1_772_697_601_000_000), ("2026-03-05T15:00:01", 1_772_697_601_000_000),
            ("2026-03-05T08:00:01Z", 1_772_697_601_000_000), ("2026-03-05T08:00:01-0000", 1_772_697_601_000_000),
            ("2026-03-05T15:00", 1_772_697_600_000_000), ("1970-01-01T07:00", 0), ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1_000_000), ("2026-03-05T15:00:00.25", 1_772_697_600_250_000),
            ("2026-03-05T15:00:00.123456789", 1_772_697_600_123_456),
        ] as [(String, Int64)]
    )
    func `moments`(_ text: String, _ microseconds: Int64) {
        #expect(Instant(text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "2026-03-05", "2026-03-05 15:00", "2026-03-05T24:00", "2026-03-05T15:60", "2026-03-05T15:00:60",
        "2026-03-05T15:00.", "2026-03-05T15:00:00.x", "2026-03-05T15:00+7", "2026-03-05T15:00+19:00",
        "2026-03-05T15:00+07:60", "2026-03-05TT15:00", "2026-03-05T-15:00",
    ])
    func `what is no moment`(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `the day and time in Vietnam`() throws {
        let moment = try #require(Instant("2026-03-04T17:30:00Z"))
        #expect(moment.date.description == "2026-03-05")
        #expect(moment.time.hourMinute == "00:30")
        #expect(moment.description == "2026-03-05T00:30:00+07:00")
        let before = Instant(microseconds: -1)
        #expect(before.description == "1970-01-01T06:59:59.999999+07:00")
        #expect(before.epochSeconds == -1)
        #expect(moment.vietnamese == "00:30 ngày 05/03/2026")
        #expect(moment.onSlip == "00 giờ 30 phút, ngày 05/03/2026")
    }

    @Test func `moments are read back from their text, random ones too`() throws {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<10_000 {
            let moment = Instant(
                microseconds: Int64.random(in: -2_000_000_000_000_000...4_000_000_000_000_000, using: &random)
            )
            #expect(Instant(moment.description) == moment)
            #expect(Instant(moment.date, moment.time).microseconds <= moment.microseconds)
            #expect(moment.microseconds - Instant(moment.date, moment.time).microseconds < 1_000_000)
        }
    }

    @Test func `moments agree with Foundation`() throws {
        let style = Date.ISO8601FormatStyle(timeZone: try #require(TimeZone(secondsFromGMT: 7 * 3_600)))
            .year().month().day().time(includingFractionalSeconds: false)
        for seconds in [0, 951_827_696, 1_772_697_601, 4_102_444_799, -86_401] as [Int64] {
            let foundation = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style)
            #expect(Instant(microseconds: seconds * 1_000_000).description.hasPrefix(foundation))
        }
    }

    @Test func `sums of moments`() throws {
        let moment = try #require(Instant("2026-03-05T15:00"))
        #expect(moment.adding(days: 1).description == "2026-03-06T15:00:00+07:00")
        #expect(moment.adding(hours: -16).description == "2026-03-04T23:00:00+07:00")
        #expect(moment.adding(minutes: 90).seconds(since: moment) == 5_400)
        #expect(moment.seconds(since: moment.adding(seconds: 1)) == -1)
        #expect(Instant(microseconds: 0).seconds(since: Instant(microseconds: 1)) == -1)
    }

    @Test(arguments: ["", "7", "24:00", "07:60", "07:30:60", "07:30:15:00", "7h30", ":30", "-7:30", "007:30"])
    func `what is no time`(_ text: String) {
        #expect(LocalTime(text) == nil)
    }

    @Test func `times`() {
        #expect(LocalTime("7:05")?.description == "07:05:00")
        #expect(LocalTime("23:59:59")?.secondOfDay == 86_399)
        #expect(LocalTime(hour: 24, minute: 0) == nil)
    }

    @Test func `a time outside the day stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = LocalTime(secondOfDay: 86_400) }
    }

    @Test func `the clock of the system lies after the writing of this test`() throws {
        let written = try #require(Instant("2024-01-01T00:00"))
        #expect(Clock.system.now() > written)
        #expect(Clock.system.today >= written.date)
    }
}
