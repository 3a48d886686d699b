// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// A stretch in which the clock of a dossier stands still: it waits for the applicant or for a tax notice.
public struct Pause: Hashable, Codable, Sendable {
    /// When the clock stopped.
    public let start: Instant
    /// When it ran again.
    public let end: Instant

    /// Ten years; a longer pause is a slip of the hand.
    public static let maximumDays = 3_650

    /// The pause between two moments; `Deadline` refuses one that ends before it starts.
    public init(start: Instant, end: Instant) {
        self.start = start
        self.end = end
    }

    /// Start and end as they are written on the command line.
    var text: String { "\(start)/\(end)" }
}

/// What one line of the trace says about its day.
public enum TraceDayKind: String, Codable, Sendable, CaseIterable {
    /// Received on this day, but it counts as received on a later one.
    case postponed
    /// The effective day of receipt, which is not counted (R1).
    case receipt
    /// A day off that is not counted.
    case off
    /// A counted day; for hours, a day on which minutes were taken.
    case counted
    /// Not counted, because the clock stood.
    case paused
    /// Added for a pause that lies outside the counted days.
    case added
    /// The working day to which a limit in calendar days moved, because it ended on a day off (R3).
    case moved
}

/// One day of the trace.
public struct TraceDay: Hashable, Codable, Sendable {
    /// The day.
    public let date: LocalDate
    /// What it is in this computation.
    public let kind: TraceDayKind
    /// Which counted day it is, from 1; nil when it is not counted, and for limits in hours.
    public let ordinal: Int?
    /// For limits in hours: minutes of the limit that were taken on this day.
    public let minutes: Int?
    /// Why, in Vietnamese.
    public let reason: String

    /// Whether the day takes something of the limit.
    public var isCounted: Bool { kind == .counted }

    /// `24/04/2026 Thứ Sáu    nhận lúc 16:10, sau 15:00: …`.
    public var line: String {
        let name = date.weekday.vietnamese
        let weekday = name.prefix(1).uppercased() + name.dropFirst()
        let padding = String(repeating: " ", count: max(1, 11 - weekday.count))
        return "\(date.vietnamese) \(weekday)\(padding)\(reason)"
    }
}

/// The moment until which something must be done, with the trace that explains each day up to it.
///
/// The rules are R1 to R8 of standards.md §9.5. Stored with the dossier, so that years later it can still be shown
/// why a paper was promised for that day.
public struct Deadline: Hashable, Codable, Sendable {
    /// When it was received.
    public let receivedAt: Instant
    /// The moment as which the receipt counts, after R5 and R7.
    public let countsFrom: Instant
    /// The limit.
    public let limit: TimeLimit
    /// What is counted on from the day on which the limit ends, where the law adds days of another kind to it.
    public let addition: TimeLimit?
    /// The cut-off, where one applies (R5).
    public let cutOff: LocalTime?
    /// The pauses in order.
    public let pauses: [Pause]
    /// The version of the calendar.
    public let calendarVersion: String
    /// When it is due.
    public let dueAt: Instant
    /// One entry for each day from the receipt to the due day.
    public let trace: [TraceDay]

    /// Years in which a receipt may lie: those for which the lunar formulas were checked.
    public static let years = 1_900...2_150

    /// More pauses than any dossier has seen.
    public static let maximumPauses = 100

    /// Computes the deadline.
    ///
    /// - Parameters:
    ///   - receivedAt: the moment of receipt; after a restart the moment at which the supplement arrived.
    ///   - limit: the limit.
    ///   - addition: what is counted on from the day on which the limit ends (5 working days, then 25 days); nil for
    ///     nothing.
    ///   - cutOff: the time of day after which a receipt counts as on the next working day; nil when there is none.
    ///   - pauses: the pauses in any order; they must not overlap.
    ///   - calendar: the calendar valid at the receipt.
    /// - Throws: `DeadlineError` of the first group.
    public init(
        receivedAt: Instant,
        limit: TimeLimit,
        then addition: TimeLimit? = nil,
        cutOff: LocalTime? = nil,
        pauses: [Pause] = [],
        calendar: WorkCalendar
    ) throws(DeadlineError) {
        let pauses = try Deadline.checked(pauses, receivedAt: receivedAt)
        var count = DeadlineCount(calendar: calendar, pauses: pauses)
        let start = try count.receive(at: receivedAt, cutOff: cutOff)
        let ended = try count.count(limit, from: start)
        dueAt = if let addition { try count.countOn(addition, from: ended) } else { ended }
        self.receivedAt = receivedAt
        countsFrom = start.moment
        self.limit = limit
        self.addition = addition
        self.cutOff = cutOff
        self.pauses = pauses
        calendarVersion = calendar.version
        trace = count.trace
    }

    /// The trace, one line a day, and the due moment in ISO 8601 on the last line.
    public var text: String { (trace.map(\.line) + [dueAt.description]).joined(separator: "\n") }

    /// Whether a day of the trace still waits for the yearly notice.
    public var isProvisional: Bool { trace.contains { $0.reason.contains(DeadlineCount.provisionalMark) } }

    private static func checked(_ pauses: [Pause], receivedAt: Instant) throws(DeadlineError) -> [Pause] {
        guard years.contains(receivedAt.date.year) else { throw .yearOutOfRange(receivedAt.date.year) }
        guard pauses.count <= maximumPauses else { throw .tooManyPauses(pauses.count) }
        let ordered = pauses.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        for pause in ordered {
            guard pause.start <= pause.end else { throw .pauseEndsBeforeStart(pause) }
            guard receivedAt <= pause.start else { throw .pauseBeforeReceipt(pause) }
            guard years.contains(pause.start.date.year) else { throw .yearOutOfRange(pause.start.date.year) }
            guard pause.end.date.days(since: pause.start.date) <= Pause.maximumDays else {
                throw .pauseTooLong(pause)
            }
        }
        for (first, second) in zip(ordered, ordered.dropFirst()) where second.start < first.end {
            throw .pausesOverlap(first, second)
        }
        return ordered
    }
}
