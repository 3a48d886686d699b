// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing
import WorkingTime

/// A question to `Deadline`, drawn at random.
struct Question {
    var receivedAt: Instant
    var limit: TimeLimit
    var cutOff: LocalTime?
    var pauses: [Pause]

    init(_ random: inout SeededGenerator) throws {
        let day = try #require(LocalDate("2018-01-01")).adding(days: Int.random(in: 0..<6_500, using: &random))
        let time = LocalTime(secondOfDay: Int.random(in: 0..<86_400, using: &random))
        receivedAt = Instant(day, time)
        let unit = TimeLimitUnit.allCases[Int.random(in: 0..<3, using: &random)]
        limit = try #require(TimeLimit(Int.random(in: 0...30, using: &random), unit))
        cutOff = Bool.random(using: &random) ? LocalTime(hour: 15, minute: 0) : nil
        var pauses: [Pause] = []
        var start = receivedAt
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            start = start.adding(minutes: Int64.random(in: 0...6_000, using: &random))
            let end = start.adding(minutes: Int64.random(in: 0...12_000, using: &random))
            pauses.append(Pause(start: start, end: end))
            start = end
        }
        self.pauses = pauses
    }

    func deadline(_ calendar: WorkCalendar = .standard) throws -> Deadline {
        try Deadline(receivedAt: receivedAt, limit: limit, cutOff: cutOff, pauses: pauses, calendar: calendar)
    }
}

@Suite struct DeadlinePropertyTests {
    private static let rounds = 2_000

    @Test func `received later is never due earlier`() throws {
        var random = SeededGenerator(seed: 1)
        for round in 0..<Self.rounds {
            var question = try Question(&random)
            question.pauses = []
            let first = try question.deadline()
            question.receivedAt = question.receivedAt.adding(minutes: Int64.random(in: 0...10_000, using: &random))
            #expect(try question.deadline().dueAt >= first.dueAt, "round \(round): \(question)")
        }
    }

    @Test func `a longer limit is never due earlier`() throws {
        var random = SeededGenerator(seed: 2)
        for round in 0..<Self.rounds {
            var question = try Question(&random)
            let first = try question.deadline()
            question.limit = try #require(TimeLimit(question.limit.value + 1, question.limit.unit))
            #expect(try question.deadline().dueAt >= first.dueAt, "round \(round): \(question)")
        }
    }

    @Test func `one more holiday never makes a deadline earlier`() throws {
        var random = SeededGenerator(seed: 3)
        for round in 0..<300 {
            let question = try Question(&random)
            let first = try question.deadline()
            // Holidays near the receipt, on any kind of day.
            let off = (0..<3).map { _ in
                question.receivedAt.date.adding(days: Int.random(in: 0...30, using: &random))
            }
            let calendar = WorkCalendar(version: "more", overlay: CalendarOverlay(off: off, work: []))
            let later = try Deadline(
                receivedAt: question.receivedAt,
                limit: question.limit,
                cutOff: question.cutOff,
                calendar: calendar
            )
            let without = try Deadline(
                receivedAt: question.receivedAt,
                limit: question.limit,
                cutOff: question.cutOff,
                calendar: .standard
            )
            #expect(later.dueAt >= without.dueAt, "round \(round): \(question), off \(off)")
            #expect(first.dueAt >= without.dueAt, "a pause never makes a deadline earlier: \(question)")
        }
    }

    @Test func `a longer pause never makes a deadline earlier`() throws {
        var random = SeededGenerator(seed: 4)
        for round in 0..<Self.rounds {
            var question = try Question(&random)
            guard let last = question.pauses.popLast() else { continue }
            let without = try question.deadline()
            question.pauses.append(last)
            let with = try question.deadline()
            question.pauses[question.pauses.count - 1] = Pause(
                start: last.start,
                end: last.end.adding(minutes: Int64.random(in: 0...5_000, using: &random))
            )
            let longer = try question.deadline()
            #expect(without.dueAt <= with.dueAt && with.dueAt <= longer.dueAt, "round \(round): \(question)")
        }
    }

    @Test func `every due moment is within working time and never before the receipt`() throws {
        var random = SeededGenerator(seed: 5)
        for round in 0..<Self.rounds {
            let question = try Question(&random)
            let deadline = try question.deadline()
            let day = WorkCalendar.standard.day(deadline.dueAt.date)
            #expect(day.isWorking, "round \(round): \(question)")
            #expect(deadline.dueAt >= deadline.receivedAt, "round \(round): \(question)")
            if question.limit.unit != .hour { #expect(deadline.dueAt == day.closesAt, "round \(round): \(question)") }
            #expect(deadline.trace.last?.date == deadline.dueAt.date, "round \(round): \(question)")
        }
    }

    @Test func `a limit in hours is the working time between receipt and due moment`() throws {
        var random = SeededGenerator(seed: 6)
        for round in 0..<Self.rounds {
            var question = try Question(&random)
            question.limit = try #require(TimeLimit(Int.random(in: 1...80, using: &random), .hour))
            question.pauses = []
            let deadline = try question.deadline()
            let taken = WorkCalendar.standard.workingTime(from: deadline.countsFrom, to: deadline.dueAt)
            #expect(taken == Int64(question.limit.value) * 3_600_000_000, "round \(round): \(question)")
            #expect(deadline.trace.compactMap(\.minutes).reduce(0, +) == question.limit.value * 60)
        }
    }

    @Test func `what is counted on begins where the limit ended`() throws {
        var random = SeededGenerator(seed: 8)
        for round in 0..<Self.rounds {
            let question = try Question(&random)
            let plain = try question.deadline()
            let unit: TimeLimitUnit = Bool.random(using: &random) ? .workingDay : .calendarDay
            let more = try #require(TimeLimit(Int.random(in: 0...40, using: &random), unit))
            let longer = try Deadline(
                receivedAt: question.receivedAt,
                limit: question.limit,
                then: more,
                cutOff: question.cutOff,
                pauses: question.pauses,
                calendar: .standard
            )
            #expect(longer.dueAt >= plain.dueAt && (more.value > 0 || longer.dueAt == plain.dueAt))
            let (start, end) = (plain.dueAt.date, longer.dueAt.date)
            let calendar = WorkCalendar.standard
            if unit == .workingDay {
                #expect(calendar.workingDays(after: start, through: end) == more.value, "round \(round): \(question)")
            } else {
                let last = start.adding(days: more.value)
                let isMoved = calendar.workingDays(after: last.adding(days: -1), through: end) == 1
                #expect(end >= last && isMoved, "round \(round): \(question)")
            }
            #expect(Array(longer.trace.prefix(plain.trace.count)) == plain.trace, "round \(round): \(question)")
            #expect(longer.trace.last?.date == end, "round \(round): \(question)")
        }
    }

    @Test func `working days of the trace are those of the calendar`() throws {
        var random = SeededGenerator(seed: 7)
        for round in 0..<Self.rounds {
            var question = try Question(&random)
            question.limit = try #require(TimeLimit(Int.random(in: 1...40, using: &random), .workingDay))
            question.pauses = []
            let deadline = try question.deadline()
            let counted = WorkCalendar.standard.workingDays(
                after: deadline.countsFrom.date,
                through: deadline.dueAt.date
            )
            #expect(counted == question.limit.value, "round \(round): \(question)")
        }
    }
}
