// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing
import WorkingTime

/// One row of standards.md §9.6.
struct WorkedExample: Sendable, CustomStringConvertible {
    let number: Int
    let received: String
    let limit: String
    let unit: TimeLimitUnit
    let cutOff: String?
    let pauses: String?
    let dueAt: String

    init(
        _ number: Int,
        _ received: String,
        _ limit: String,
        _ unit: TimeLimitUnit,
        cutOff: String? = nil,
        pauses: String? = nil,
        _ dueAt: String
    ) {
        (self.number, self.received, self.limit, self.unit) = (number, received, limit, unit)
        (self.cutOff, self.pauses, self.dueAt) = (cutOff, pauses, dueAt)
    }

    var description: String { "#\(number) \(received) \(limit) \(unit.rawValue)" }

    static let all: [WorkedExample] = [
        // Working days.
        WorkedExample(1, "2026-04-22T09:00", "3", .workingDay, "2026-04-28T17:00"),
        WorkedExample(2, "2026-04-24T15:00:00", "5", .workingDay, cutOff: "15:00", "2026-05-06T17:00"),
        WorkedExample(3, "2026-04-24T16:10", "5", .workingDay, cutOff: "15:00", "2026-05-07T17:00"),
        WorkedExample(4, "2026-04-29T09:00", "1", .workingDay, "2026-05-04T17:00"),
        WorkedExample(5, "2026-06-05T09:00", "7", .workingDay, "2026-06-16T17:00"),
        WorkedExample(6, "2026-11-20T09:00", "3", .workingDay, "2026-11-26T17:00"),
        WorkedExample(7, "2025-11-21T09:00", "1", .workingDay, "2025-11-24T17:00"),
        WorkedExample(8, "2026-02-12T09:30", "5", .workingDay, "2026-02-26T17:00"),
        WorkedExample(9, "2024-02-07T10:00", "2", .workingDay, "2024-02-16T17:00"),
        WorkedExample(10, "2023-04-28T10:00", "1", .workingDay, "2023-05-04T17:00"),
        WorkedExample(11, "2033-04-08T09:00", "1", .workingDay, "2033-04-12T17:00"),
        WorkedExample(12, "2025-08-29T09:00", "1", .workingDay, "2025-09-03T17:00"),
        WorkedExample(13, "2026-08-28T09:00", "1", .workingDay, "2026-09-03T17:00"),
        WorkedExample(14, "2026-08-20T09:00", "3", .workingDay, "2026-08-24T17:00"),
        WorkedExample(15, "2025-12-31T10:00", "1", .workingDay, "2026-01-05T17:00"),
        WorkedExample(16, "2026-03-05T15:00:00", "0", .workingDay, cutOff: "15:00", "2026-03-05T17:00"),
        WorkedExample(17, "2026-03-05T15:00:01", "0", .workingDay, cutOff: "15:00", "2026-03-06T17:00"),
        WorkedExample(18, "2026-03-06T15:30", "3", .workingDay, cutOff: "15:00", "2026-03-12T17:00"),
        WorkedExample(19, "2026-03-07T10:00", "3", .workingDay, "2026-03-12T17:00"),
        WorkedExample(20, "2026-03-05T18:00", "1", .workingDay, "2026-03-09T17:00"),
        // Calendar days.
        WorkedExample(21, "2026-03-05T09:00", "15", .calendarDay, "2026-03-20T17:00"),
        WorkedExample(22, "2026-03-05T09:00", "10", .calendarDay, "2026-03-16T17:00"),
        WorkedExample(23, "2026-03-27T09:00", "30", .calendarDay, "2026-04-28T17:00"),
        WorkedExample(24, "2026-03-06T15:30", "10", .calendarDay, cutOff: "15:00", "2026-03-19T17:00"),
        // Hours.
        WorkedExample(25, "2026-03-05T10:30", "4", .hour, "2026-03-05T16:30"),
        WorkedExample(26, "2026-03-05T07:30", "4", .hour, "2026-03-05T11:30"),
        WorkedExample(27, "2026-03-06T16:00", "8", .hour, "2026-03-09T16:30"),
        WorkedExample(28, "2026-04-24T16:00", "4", .hour, "2026-04-28T10:30"),
        WorkedExample(29, "2026-03-06T15:20", "2", .hour, cutOff: "15:00", "2026-03-09T09:30"),
        WorkedExample(30, "2026-03-05T12:10", "1", .hour, "2026-03-05T14:30"),
        WorkedExample(31, "2026-03-05T06:00", "2", .hour, "2026-03-05T09:30"),
        // Pauses.
        WorkedExample(
            32,
            "2026-03-09T09:00",
            "5",
            .workingDay,
            pauses: "2026-03-10T10:00/2026-03-12T10:00",
            "2026-03-18T17:00"
        ),
        WorkedExample(
            33,
            "2026-02-10T09:00",
            "5",
            .workingDay,
            pauses: "2026-02-11T10:00/2026-02-23T10:00",
            "2026-02-27T17:00"
        ),
        WorkedExample(
            34,
            "2026-03-02T09:00",
            "10",
            .workingDay,
            pauses: "2026-03-04T09:00/2026-03-06T09:00,2026-03-11T14:00/2026-03-16T14:00",
            "2026-03-23T17:00"
        ),
        WorkedExample(
            35,
            "2026-03-05T14:00",
            "8",
            .hour,
            pauses: "2026-03-05T15:00/2026-03-09T15:00",
            "2026-03-10T14:30"
        ),
        WorkedExample(
            36,
            "2026-03-05T08:00",
            "4",
            .hour,
            pauses: "2026-03-05T10:00/2026-03-05T14:00",
            "2026-03-05T16:00"
        ),
        WorkedExample(
            37,
            "2026-03-05T09:00",
            "10",
            .calendarDay,
            pauses: "2026-03-09T09:00/2026-03-13T09:00",
            "2026-03-19T17:00"
        ),
        WorkedExample(
            38,
            "2026-03-05T09:00",
            "10",
            .calendarDay,
            pauses: "2026-03-09T09:00/2026-03-11T09:00",
            "2026-03-17T17:00"
        ),
    ]
}

@Suite struct WorkedExamplesTests {
    @Test func `there are thirty-eight of them`() {
        #expect(WorkedExample.all.map(\.number) == Array(1...38))
    }

    @Test(arguments: WorkedExample.all)
    func `each due moment is that of the law`(_ example: WorkedExample) throws {
        let input = DeadlineCommandInput(
            received: example.received,
            limit: example.limit,
            unit: example.unit.rawValue,
            pauses: example.pauses,
            cutOff: example.cutOff
        )
        let deadline = try input.deadline()
        #expect(deadline.dueAt.description == example.dueAt + ":00+07:00")
        // The trace has one line for each day, without a hole, and ends on the due day.
        let days = deadline.trace.map(\.date)
        #expect(days.first == deadline.receivedAt.date)
        #expect(days.last == deadline.dueAt.date)
        #expect(zip(days, days.dropFirst()).allSatisfy { $1.days(since: $0) == 1 })
        #expect(deadline.trace.last?.reason.contains("đến hạn lúc \(deadline.dueAt.time.hourMinute)") == true)
        switch example.unit {
        case .hour: #expect(deadline.trace.compactMap(\.minutes).reduce(0, +) == deadline.limit.value * 60)
        case .workingDay, .calendarDay:
            #expect(deadline.trace.count(where: \.isCounted) == deadline.limit.value)
            #expect(deadline.trace.compactMap(\.ordinal) == (0..<deadline.limit.value).map { $0 + 1 })
        }
    }
}
