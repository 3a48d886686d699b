// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Exceptions of the calendar: what makes a day other than its day of the week says.
public enum CalendarDayKind: String, Codable, Sendable, CaseIterable {
    /// A public holiday, or a day off by notice.
    case holiday
    /// A day off that makes up for a holiday on a weekly day off, or is swapped against a worked day.
    case compensationOff
    /// A day off that is worked (làm bù).
    case makeUpWork
    /// Only the morning is worked.
    case halfMorning
    /// Only the afternoon is worked.
    case halfAfternoon
}

/// One exception that an administrator or a file adds to the built-in calendar.
public struct CalendarException: Hashable, Codable, Sendable {
    /// The day.
    public var date: LocalDate
    /// What it is.
    public var kind: CalendarDayKind
    /// Why, in Vietnamese, within "nghỉ …"; nil says "theo thông báo".
    public var label: String?
    /// For `makeUpWork`: the day whose hours are worked; nil where it is not known.
    public var replaces: LocalDate?

    /// This exception.
    public init(_ date: LocalDate, _ kind: CalendarDayKind, label: String? = nil, replaces: LocalDate? = nil) {
        self.date = date
        self.kind = kind
        self.label = label
        self.replaces = replaces
    }
}

/// Exceptions laid over the built-in calendar: a worked day wins over everything, then a day off, then a half day.
public struct CalendarOverlay: Hashable, Sendable {
    /// The exceptions, ordered by day.
    public let exceptions: [CalendarException]
    private let byDate: [LocalDate: CalendarException]

    /// Nothing added.
    public static let none = CalendarOverlay([])

    /// These exceptions; where a day is named twice, worked wins over off, off over half.
    public init(_ exceptions: [CalendarException]) {
        var byDate: [LocalDate: CalendarException] = [:]
        for exception in exceptions {
            if let other = byDate[exception.date], other.kind.strength >= exception.kind.strength { continue }
            byDate[exception.date] = exception
        }
        self.byDate = byDate
        self.exceptions = byDate.values.sorted { $0.date < $1.date }
    }

    /// Days off and days worked, as a notice lists them.
    public init(off: [LocalDate], work: [LocalDate]) {
        self.init(work.map { CalendarException($0, .makeUpWork) } + off.map { CalendarException($0, .holiday) })
    }

    /// What is added for a day.
    public subscript(date: LocalDate) -> CalendarException? { byDate[date] }

    /// Days off of this overlay that are no Saturday and no Sunday, within these days.
    func weekdaysOff(in days: ClosedRange<LocalDate>) -> Int {
        exceptions.count { $0.kind.isOff && !$0.date.weekday.isWeekend && days.contains($0.date) }
    }
}

extension CalendarOverlay: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([CalendarException].self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(exceptions)
    }
}

extension CalendarDayKind {
    var isOff: Bool { self == .holiday || self == .compensationOff }

    fileprivate var strength: Int {
        switch self {
        case .makeUpWork: 2
        case .holiday, .compensationOff: 1
        case .halfMorning, .halfAfternoon: 0
        }
    }
}

/// One day as the calendar has it.
public struct CalendarDay: Hashable, Sendable {
    /// The day.
    public let date: LocalDate
    /// The working time, in order; empty on a day off.
    public let segments: [WorkSegment]
    /// Why it is off, or what is special about a working day, in Vietnamese; nil on an ordinary working day.
    public let reason: String?
    /// Whether the day waits for the yearly notice.
    public let isProvisional: Bool

    /// Whether the day counts as a working day.
    public var isWorking: Bool { !segments.isEmpty }

    /// The opening of the day's first segment; nil on a day off.
    public var opensAt: Instant? { segments.first.map { Instant(date, $0.start) } }

    /// The end of the day's last segment; nil on a day off.
    public var closesAt: Instant? { segments.last.map { Instant(date, $0.end) } }
}
