// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing
import WorkingTime

@Suite struct WorkCalendarTests {
    private func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    /// Weekdays off, as standards.md §9.3 names them; compensation days in brackets there.
    @Test(arguments: [
        (2018, "01-01 02-14 02-15 02-16 02-19 02-20 04-25 04-30 05-01 09-03 12-31"),
        (2019, "01-01 02-04 02-05 02-06 02-07 02-08 04-15 04-29 04-30 05-01 09-02"),
        (2020, "01-01 01-23 01-24 01-27 01-28 01-29 04-02 04-30 05-01 09-02"),
        (2021, "01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03"),
        (2022, "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02"),
        (2023, "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04"),
        (2024, "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03"),
        (2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02"),
        (2026, "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24"),
    ])
    func `weekdays off of the years with a notice`(_ year: Int, _ expected: String) throws {
        let calendar = WorkCalendar.standard
        var found: [String] = []
        var day = try date("\(year)-01-01")
        while day.year == year {
            if !day.weekday.isWeekend, !calendar.isWorking(day) { found.append(String(day.description.dropFirst(5))) }
            day = day.adding(days: 1)
        }
        #expect(found.joined(separator: " ") == expected)
    }

    @Test(arguments: ["2019-01-05", "2019-05-04", "2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"])
    func `Saturdays that are worked`(_ day: String) throws {
        #expect(WorkCalendar.standard.isWorking(try date(day)))
    }

    @Test func `a year without notice is provisional, and every trace that touches it says so`() throws {
        let calendar = WorkCalendar.standard
        for day in ["2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-09-03"] {
            #expect(!calendar.isWorking(try date(day)), "\(day)")
            #expect(calendar.day(try date(day)).isProvisional, "\(day)")
        }
        for day in ["2027-01-01", "2027-04-16", "2027-04-30", "2027-09-02"] {
            #expect(!calendar.isWorking(try date(day)), "\(day)")
            #expect(!calendar.day(try date(day)).isProvisional, "\(day)")
        }
        let input = DeadlineCommandInput(received: "2027-02-03T09:00", limit: "2", unit: "WORKING_DAY")
        let deadline = try input.deadline()
        #expect(deadline.isProvisional)
        #expect(try input.text().contains("nghỉ Tết Âm lịch (tạm tính, chờ thông báo)"))
        #expect(deadline.dueAt.description == "2027-02-12T17:00:00+07:00")
        let certain = DeadlineCommandInput(received: "2026-02-12T09:00", limit: "2", unit: "WORKING_DAY")
        #expect(try !certain.deadline().isProvisional)
    }

    @Test func `an overlay with the five days of Tet replaces what was guessed`() throws {
        let overlay = CalendarOverlay(
            off: try ["2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-09-01"].map(date),
            work: []
        )
        let calendar = WorkCalendar(version: "2027", overlay: overlay)
        #expect(!calendar.isWorking(try date("2027-02-04")))
        #expect(calendar.isWorking(try date("2027-02-11")))
        #expect(!calendar.isWorking(try date("2027-09-01")))
        #expect(calendar.isWorking(try date("2027-09-03")))
        #expect(!calendar.day(try date("2027-02-05")).isProvisional)
        #expect(calendar.day(try date("2027-02-04")).reason == "nghỉ theo thông báo")
    }

    @Test func `a single day off replaces nothing`() throws {
        let calendar = WorkCalendar(version: "x", overlay: CalendarOverlay(off: [try date("2027-02-05")], work: []))
        #expect(!calendar.isWorking(try date("2027-02-11")))
        #expect(!calendar.day(try date("2027-02-05")).isProvisional)
        #expect(calendar.day(try date("2027-02-08")).isProvisional)
        #expect(calendar.day(try date("2027-02-05")).reason == "nghỉ Tết Âm lịch")
    }

    @Test func `a notice replaces what was guessed`() throws {
        let notice = HolidayNotice(
            year: 2027,
            lunarNewYear: (0..<5).compactMap { LocalDate("2027-02-04")?.adding(days: $0) },
            nationalDay: try [date("2027-09-01"), date("2027-09-02")]
        )
        let calendar = WorkCalendar(version: "2027", notices: HolidayNotice.known + [notice])
        #expect(calendar.day(try date("2027-02-09")).reason == "nghỉ bù Tết Âm lịch")
        #expect(calendar.isWorking(try date("2027-02-11")))
        #expect(calendar.isWorking(try date("2027-09-03")))
    }

    @Test func `worked wins over off, off over the weekly rest`() throws {
        let saturday = try date("2026-03-07")
        let tet = try date("2026-02-17")
        let overlay = CalendarOverlay(off: [saturday, tet], work: [saturday, tet])
        let calendar = WorkCalendar(version: "x", overlay: overlay)
        #expect(calendar.isWorking(saturday))
        #expect(calendar.isWorking(tet))
        #expect(calendar.day(saturday).segments == WorkHours.standard.segments(on: .monday))
    }

    @Test func `a worked Saturday has the hours of the day that it replaces`() throws {
        let morning = try #require(WorkHours(parsing: "08:00-11:00")).segments(on: .monday)
        let full = WorkHours.standard.segments(on: .tuesday)
        let hours = try #require(
            WorkHours([.monday: morning, .tuesday: full, .wednesday: full, .thursday: full, .friday: full])
        )
        let calendar = WorkCalendar(version: "x", hours: hours)
        // 22/8/2026 replaces Monday 31/8, 10/1/2026 replaces Friday 2/1.
        #expect(calendar.day(try date("2026-08-22")).segments == morning)
        #expect(calendar.day(try date("2026-01-10")).segments == full)
    }

    @Test func `half days close at noon or open after it`() throws {
        let overlay = CalendarOverlay([
            CalendarException(try date("2026-03-05"), .halfMorning),
            CalendarException(try date("2026-03-06"), .halfAfternoon),
        ])
        let calendar = WorkCalendar(version: "x", overlay: overlay)
        let limit = try #require(TimeLimit(1, .workingDay))
        let received = try #require(Instant("2026-03-04T09:00"))
        let deadline = try Deadline(receivedAt: received, limit: limit, calendar: calendar)
        #expect(deadline.dueAt.description == "2026-03-05T11:30:00+07:00")
        #expect(calendar.day(try date("2026-03-06")).segments.map(\.text) == ["13:30-17:00"])
    }

    @Test func `Saturday hours of a desk make no working day`() throws {
        let full = WorkHours.standard.segments(on: .monday)
        var week = Dictionary(uniqueKeysWithValues: Weekday.allCases.prefix(5).map { ($0, full) })
        week[.saturday] = Array(full.prefix(1))
        let hours = try #require(WorkHours(week))
        let calendar = WorkCalendar(version: "x", hours: hours)
        #expect(!calendar.isWorking(try date("2026-03-07")))
        #expect(hours.segments(on: .saturday).map(\.text) == ["07:30-11:30"])
    }

    @Test func `working days between two days leave the first out`() throws {
        let calendar = WorkCalendar.standard
        func between(_ start: String, _ end: String) throws -> Int {
            calendar.workingDays(after: try date(start), through: try date(end))
        }
        #expect(try between("2026-05-05", "2026-05-07") == 2)
        #expect(try between("2026-04-24", "2026-05-04") == 3)
        #expect(try between("2026-05-07", "2026-05-07") == 0)
        #expect(try between("2026-05-08", "2026-05-07") == 0)
        #expect(try between("2026-01-01", "2026-12-31") == 261 - 14 + 2)
    }

    @Test func `a calendar is read back equal`() throws {
        let overlay = CalendarOverlay([CalendarException(try date("2026-03-05"), .holiday, label: "lễ hội địa phương")])
        let calendar = WorkCalendar(version: "H01-3", overlay: overlay)
        let copy = try JSONDecoder().decode(WorkCalendar.self, from: JSONEncoder().encode(calendar))
        #expect(copy == calendar)
        #expect(copy.day(try date("2026-03-05")).reason == "nghỉ lễ hội địa phương")
    }

    @Test(arguments: [
        "", "07:30", "11:30-07:30", "07:30-11:30,11:00-17:00", "07:30-11:30;13:30-17:00", "7h30-11h30", "07:30-24:00",
        "07:30-07:30", "07:30-11:30,",
    ])
    func `hours out of order, overlapping or misspelt are refused`(_ text: String) {
        #expect(WorkHours(parsing: text) == nil)
    }
}
