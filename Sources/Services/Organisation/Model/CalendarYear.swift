// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import WorkingTime

/// A year of a working calendar, as a page tells it.
public struct CalendarYear: Sendable, Hashable {
    /// One day that is other than its day of the week says.
    public struct Day: Sendable, Hashable {
        /// The day.
        public var date: LocalDate
        /// Why, in Vietnamese.
        public var reason: String
        /// Whether the agency itself changed it.
        public var isOwn: Bool
    }

    /// The version of the calendar.
    public var version: String
    /// `07:30-11:30, 13:30-17:00`, as on a Monday.
    public var hours: String
    /// How many days of the year are worked.
    public var workingDays: Int
    /// The days that are other than their day of the week says, in order.
    public var days: [Day]

    /// A year of this calendar.
    public init(_ year: Int, of calendar: WorkCalendar) {
        version = calendar.version
        hours = calendar.hours.segments(on: .monday).map(\.text).joined(separator: ", ")
        (workingDays, days) = (0, [])
        guard let first = LocalDate(year: year, month: 1, day: 1),
            let last = LocalDate(year: year, month: 12, day: 31)
        else { return }
        for offset in 0...last.days(since: first) {
            let date = first.adding(days: offset)
            let (day, isOwn) = (calendar.day(date), calendar.overlay[date] != nil)
            if day.isWorking { workingDays += 1 }
            guard isOwn || day.isWorking == date.weekday.isWeekend else { continue }
            days.append(Day(date: date, reason: day.reason ?? (day.isWorking ? "làm việc" : "nghỉ"), isOwn: isOwn))
        }
    }
}

/// When a dossier of a limit that is received now would be due, before and after a change.
public struct CalendarExample: Sendable, Hashable {
    /// The limit in working days.
    public var days: Int
    /// Due by the calendar that holds.
    public var before: Instant
    /// Due by the changed one.
    public var after: Instant
}

/// What a change of a calendar would do.
public struct CalendarPreview: Sendable {
    /// The year of the change, as it is.
    public var before: CalendarYear
    /// The year of the change, as it would be.
    public var after: CalendarYear
    /// The agencies that work by it: the agency, and those below without one of their own.
    public var agencies: [Agency]
    /// What it means for dossiers that are received now; a calendar beyond its years says nothing.
    public var examples: [CalendarExample]

    init(_ edit: CalendarEdit, of agency: AgencyCode, in snapshot: OrganisationSnapshot, at now: Instant)
        throws(OrganisationError)
    {
        let calendar = snapshot.calendar(of: agency)
        let changed = try edit.applied(to: calendar, version: calendar.version + "+", on: now.date)
        let year = edit.day?.year ?? now.date.year
        (before, after) = (CalendarYear(year, of: calendar), CalendarYear(year, of: changed))
        agencies = snapshot.agencies(byCalendarOf: agency)
        examples = []
        for days in [1, 3, 5, 10, 15, 30] {
            guard let limit = TimeLimit(days, .workingDay) else { continue }
            do {
                let first = try Deadline(receivedAt: now, limit: limit, calendar: calendar).dueAt
                let second = try Deadline(receivedAt: now, limit: limit, calendar: changed).dueAt
                examples.append(CalendarExample(days: days, before: first, after: second))
            } catch { continue }
        }
    }
}
