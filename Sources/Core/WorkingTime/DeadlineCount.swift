// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The effective receipt: the day and moment as which the receipt counts.
struct EffectiveReceipt {
    var day: CalendarDay
    var moment: Instant
    /// What the line of the day of receipt says before its own words: `nhận lúc 06:00, trước giờ làm việc: …`.
    var note: String?
}

/// Counts one limit day by day and writes the trace as it goes (standards.md §9.5, R1-R7).
struct DeadlineCount {
    static let provisionalMark = "tạm tính, chờ thông báo"

    let calendar: WorkCalendar
    let pauses: [Pause]
    var trace: [TraceDay] = []

    // MARK: - Receipt (R5, R7)

    mutating func receive(at moment: Instant, cutOff: LocalTime?) throws(DeadlineError) -> EffectiveReceipt {
        let day = calendar.day(moment.date)
        let clock = moment.time
        guard let opensAt = day.opensAt, let closesAt = day.closesAt else {
            return try postpone(from: day, "nhận lúc \(clock.shortest)")
        }
        // The fraction of a second counts: 15:00:00.5 is after 15:00.
        if let cutOff, moment > Instant(moment.date, cutOff) {
            return try postpone(from: day, "nhận lúc \(clock.shortest), sau \(cutOff.shortest)")
        }
        if moment >= closesAt {
            return try postpone(from: day, "nhận lúc \(clock.shortest), sau giờ làm việc")
        }
        for segment in day.segments {
            let start = Instant(moment.date, segment.start)
            guard moment < Instant(moment.date, segment.end) else { continue }
            if moment >= start { return EffectiveReceipt(day: day, moment: moment, note: nil) }
            let place = start == opensAt ? "trước giờ làm việc" : "trong giờ nghỉ"
            let note = "nhận lúc \(clock.shortest), \(place): tính từ \(segment.start.shortest)"
            return EffectiveReceipt(day: day, moment: start, note: note)
        }
        return EffectiveReceipt(day: day, moment: moment, note: nil)
    }

    private mutating func postpone(from day: CalendarDay, _ how: String) throws(DeadlineError) -> EffectiveReceipt {
        guard let next = calendar.nextWorkingDay(after: day.date), let opensAt = next.opensAt else {
            throw .noWorkingDay(after: day.date)
        }
        let what = "\(how): tính là nhận vào ngày làm việc kế tiếp"
        let reason = day.isWorking ? what : "\(offReason(day)); \(what)"
        trace.append(TraceDay(date: day.date, kind: .postponed, ordinal: nil, minutes: nil, reason: reason))
        for offset in 1..<max(1, next.date.days(since: day.date)) {
            appendOff(calendar.day(day.date.adding(days: offset)))
        }
        return EffectiveReceipt(day: next, moment: opensAt, note: nil)
    }

    // MARK: - One limit, and what is counted on

    mutating func count(_ limit: TimeLimit, from start: EffectiveReceipt) throws(DeadlineError) -> Instant {
        switch limit.unit {
        case .hour: try hours(limit.value, from: start)
        case .workingDay: try workingDays(limit.value, from: start)
        case .calendarDay: try calendarDays(limit.value, from: start)
        }
    }

    /// Counts on from the day on which a limit has ended: that day is its last line and is not counted again, and what
    /// stood still has been added to the limit already.
    mutating func countOn(_ limit: TimeLimit, from ended: Instant) throws(DeadlineError) -> Instant {
        guard limit.value > 0 else { return ended }
        var next = DeadlineCount(calendar: calendar, pauses: [])
        let start = EffectiveReceipt(day: calendar.day(ended.date), moment: ended, note: nil)
        let dueAt = try next.count(limit, from: start)
        trace += next.trace.dropFirst()
        return dueAt
    }

    // MARK: - Working days (R1, R2, R6)

    mutating func workingDays(_ value: Int, from start: EffectiveReceipt) throws(DeadlineError) -> Instant {
        let pausedDays = pauses.reduce(0) {
            $0 + calendar.workingDays(after: $1.start.date, through: $1.end.date)
        }
        let total = value + pausedDays
        guard var closesAt = start.day.closesAt else { throw .noWorkingDay(after: start.day.date) }
        appendReceipt(start, dueAt: total == 0 ? closesAt : nil)
        var day = start.day
        var (steps, ordinal) = (0, 0)
        while steps < total {
            guard let next = calendar.nextWorkingDay(after: day.date), let closing = next.closesAt else {
                throw .noWorkingDay(after: day.date)
            }
            for offset in 1..<max(1, next.date.days(since: day.date)) {
                appendOff(calendar.day(day.date.adding(days: offset)))
            }
            (day, closesAt) = (next, closing)
            steps += 1
            appendStep(day, &ordinal, limit: value, dueAt: steps == total ? closesAt : nil)
        }
        return closesAt
    }

    // MARK: - Calendar days (R1, R3, R6)

    mutating func calendarDays(_ value: Int, from start: EffectiveReceipt) throws(DeadlineError) -> Instant {
        let total = value + pauses.reduce(0) { $0 + $1.end.date.days(since: $1.start.date) }
        let last = calendar.day(start.day.date.adding(days: total))
        let due: CalendarDay? = last.isWorking ? last : calendar.nextWorkingDay(after: last.date)
        guard let due, let closesAt = due.closesAt else { throw .noWorkingDay(after: last.date) }
        appendReceipt(start, dueAt: total == 0 ? closesAt : nil)
        guard total > 0 else { return closesAt }
        var ordinal = 0
        for step in 1...total {
            let day = calendar.day(start.day.date.adding(days: step))
            appendStep(day, &ordinal, limit: value, dueAt: step == total && day.isWorking ? closesAt : nil)
        }
        guard !last.isWorking else { return closesAt }
        for offset in 1..<max(1, due.date.days(since: last.date)) {
            appendOff(calendar.day(last.date.adding(days: offset)))
        }
        append(due, .moved, "chuyển sang ngày làm việc kế tiếp, \(dueWords(closesAt))")
        return closesAt
    }

    // MARK: - Hours (R4, R6)

    mutating func hours(_ value: Int, from start: EffectiveReceipt) throws(DeadlineError) -> Instant {
        let own = Int64(value) * 3_600_000_000
        let total = own + pauses.reduce(0) { $0 + calendar.workingTime(from: $1.start, to: $1.end) }
        var count = HourCount(own: own, left: total, dueAt: start.moment)
        var day = start.day
        var note = start.note ?? "ngày nhận"
        while true {
            count.take(from: day, since: start.moment, pauses: pauses)
            var words = count.words
            if !note.isEmpty { words.insert(note, at: 0) }
            if count.left == 0 { words.append(dueWords(count.dueAt)) }
            append(day, count.kind, words.joined(separator: ", "), minutes: count.minutes)
            note = ""
            guard count.left > 0 else { return count.dueAt }
            guard let next = calendar.nextWorkingDay(after: day.date) else { throw .noWorkingDay(after: day.date) }
            for offset in 1..<max(1, next.date.days(since: day.date)) {
                appendOff(calendar.day(day.date.adding(days: offset)), minutes: 0)
            }
            day = next
        }
    }

    // MARK: - Lines

    /// A day that follows the receipt: counted, paused, or added once the limit itself is used up.
    private mutating func appendStep(_ day: CalendarDay, _ ordinal: inout Int, limit: Int, dueAt: Instant?) {
        let due = dueAt.map { ", \(dueWords($0))" } ?? ""
        let isPaused = pauses.contains { $0.start.date < day.date && day.date <= $0.end.date }
        if ordinal == limit {
            append(day, .added, "cộng thêm do tạm dừng\(due)")
        } else if isPaused {
            append(day, .paused, "tạm dừng, không tính\(due)")
        } else {
            ordinal += 1
            append(day, .counted, "ngày thứ \(ordinal)\(due)", ordinal: ordinal)
        }
    }

    private mutating func appendReceipt(_ start: EffectiveReceipt, dueAt: Instant?) {
        let own = dueAt.map { "ngày nhận, \(dueWords($0))" } ?? "ngày nhận, không tính"
        append(start.day, .receipt, start.note.map { "\($0); \(own)" } ?? own)
    }

    private mutating func appendOff(_ day: CalendarDay, minutes: Int? = nil) {
        trace.append(
            TraceDay(date: day.date, kind: .off, ordinal: nil, minutes: minutes, reason: offReason(day))
        )
    }

    /// A line of a day, followed by what is special about the day.
    private mutating func append(
        _ day: CalendarDay,
        _ kind: TraceDayKind,
        _ words: String,
        ordinal: Int? = nil,
        minutes: Int? = nil
    ) {
        let special = day.reason == nil ? "" : " (\(offReason(day)))"
        trace.append(
            TraceDay(date: day.date, kind: kind, ordinal: ordinal, minutes: minutes, reason: words + special)
        )
    }

    private func offReason(_ day: CalendarDay) -> String {
        let reason = day.reason ?? "ngày nghỉ"
        return day.isProvisional ? "\(reason) (\(DeadlineCount.provisionalMark))" : reason
    }

    private func dueWords(_ moment: Instant) -> String { "đến hạn lúc \(moment.time.shortest)" }
}

/// Takes working time off a limit in hours, one day after another.
private struct HourCount {
    /// The limit itself, in microseconds.
    let own: Int64
    /// What is still to be taken, pauses included.
    var left: Int64
    /// The end of what was taken so far.
    var dueAt: Instant

    private(set) var words: [String] = []
    private(set) var minutes = 0
    private(set) var kind = TraceDayKind.counted
    private var counted: Int64 = 0

    init(own: Int64, left: Int64, dueAt: Instant) {
        (self.own, self.left, self.dueAt) = (own, left, dueAt)
    }

    mutating func take(from day: CalendarDay, since start: Instant, pauses: [Pause]) {
        var (running, standing) = (Int64(0), Int64(0))
        var parts: [String] = []
        for segment in day.segments where left > 0 {
            let from = max(start, Instant(day.date, segment.start))
            let end = Instant(day.date, segment.end)
            guard from < end else { continue }
            let taken = min(left, end.microseconds - from.microseconds)
            dueAt = Instant(microseconds: from.microseconds + taken)
            left -= taken
            let paused = pauses.reduce(Int64(0)) { sum, pause in
                let overlap = min(pause.end, dueAt).microseconds - max(pause.start, from).microseconds
                return sum + max(0, overlap)
            }
            running += taken - paused
            standing += paused
            parts.append("\(from.time.shortest)-\(dueAt.time.shortest)")
        }
        describe(running: running, standing: standing, parts: parts)
    }

    /// Minutes are rounded on the running sum, so that those of all days add up to the limit.
    private mutating func describe(running: Int64, standing: Int64, parts: [String]) {
        let before = counted
        counted = min(own, counted + running)
        let added = before + running - counted
        minutes = HourCount.minutes(counted) - HourCount.minutes(before)
        words = []
        if minutes > 0 || (standing == 0 && added == 0) {
            let place = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
            words.append("tính \(minutes) phút\(place)")
        }
        if standing > 0 { words.append("tạm dừng \(HourCount.minutes(standing)) phút") }
        if added > 0 { words.append("cộng thêm \(HourCount.minutes(added)) phút do tạm dừng") }
        kind = minutes > 0 ? .counted : standing > 0 ? .paused : added > 0 ? .added : .receipt
    }

    private static func minutes(_ microseconds: Int64) -> Int { Int((microseconds + 30_000_000) / 60_000_000) }
}
