// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing
import WorkingTime

@Suite struct TimeLeftTests {
    @Test(arguments: [
        ("2026-05-05T08:00", "còn 2 ngày làm việc"),
        ("2026-05-06T16:59", "còn 1 ngày làm việc"),
        ("2026-04-29T08:00", "còn 4 ngày làm việc"),
        ("2026-05-07T08:00", "đến hạn hôm nay lúc 17:00"),
        ("2026-05-07T17:00", "đến hạn hôm nay lúc 17:00"),
        ("2026-05-07T17:01", "quá hạn từ 17:00 hôm nay"),
        ("2026-05-08T08:00", "quá hạn 1 ngày làm việc"),
        ("2026-05-10T08:00", "quá hạn 1 ngày làm việc"),
        ("2026-05-12T08:00", "quá hạn 3 ngày làm việc"),
    ])
    func `what is said of an open dossier`(_ now: String, _ words: String) throws {
        let dueAt = try #require(Instant("2026-05-07T17:00"))
        #expect(WorkCalendar.standard.timeLeft(now: try #require(Instant(now)), dueAt: dueAt) == words)
    }

    @Test func `overdue on the weekend behind a Friday names the day`() throws {
        let words = WorkCalendar.standard.timeLeft(
            now: try #require(Instant("2026-05-09T10:00")),
            dueAt: try #require(Instant("2026-05-08T17:00"))
        )
        #expect(words == "quá hạn từ ngày 08/05/2026")
    }

    @Test func `states and signed distance`() throws {
        let dueAt = try #require(Instant("2026-05-07T17:00"))
        let before = try #require(Instant("2026-05-05T08:00"))
        let after = try #require(Instant("2026-05-12T08:00"))
        #expect(TimeState(now: before, dueAt: dueAt) == .withinTime)
        #expect(TimeState(now: after, dueAt: dueAt) == .overdue)
        #expect(TimeState(now: after, dueAt: dueAt, isPaused: true) == .paused)
        #expect(TimeState(now: dueAt, dueAt: dueAt) == .dueToday)
        #expect(WorkCalendar.standard.workingDaysBetween(before, dueAt) == 2)
        #expect(WorkCalendar.standard.workingDaysBetween(after, dueAt) == -3)
        #expect(WorkCalendar.standard.timeLeft(now: after, dueAt: dueAt, isPaused: true) == "tạm dừng tính hạn")
    }

    @Test(arguments: [
        ("2026-05-06T16:59", TimeLimitUnit.workingDay, Punctuality.early),
        ("2026-05-07T08:00", .workingDay, .onTime),
        ("2026-05-07T17:00", .workingDay, .onTime),
        ("2026-05-07T17:00:01", .workingDay, .late),
        ("2026-05-07T16:00", .hour, .early),
        ("2026-05-07T16:59:30", .hour, .onTime),
        ("2026-05-07T17:00:01", .hour, .late),
    ])
    func `a finished dossier is early, on time or late`(
        _ finished: String,
        _ unit: TimeLimitUnit,
        _ expected: Punctuality
    ) throws {
        let dueAt = try #require(Instant("2026-05-07T17:00"))
        #expect(Punctuality(finishedAt: try #require(Instant(finished)), dueAt: dueAt, unit: unit) == expected)
    }

    @Test func `limits in words, and their bounds`() throws {
        #expect(TimeLimit(3, .workingDay)?.vietnamese == "3 ngày làm việc")
        #expect(TimeLimit(4, .hour)?.vietnamese == "4 giờ làm việc")
        #expect(TimeLimit(0, .workingDay)?.vietnamese == "trong ngày")
        #expect(TimeLimit(-1, .workingDay) == nil)
        #expect(TimeLimit(TimeLimit.maximumDays, .calendarDay) != nil)
        #expect(TimeLimit(TimeLimit.maximumDays + 1, .calendarDay) == nil)
    }
}
