// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The working calendar of an agency: the law's holidays, the yearly notices, the agency's hours and exceptions.
///
/// A value: what was computed with it can be computed again. A dossier keeps `version`.
public struct WorkCalendar: Sendable {
    /// Names this calendar for good; a changed calendar gets another version.
    public let version: String
    /// The segments of each day of the week.
    public let hours: WorkHours
    /// The Prime Minister's notices, one a year.
    public let notices: [HolidayNotice]
    /// What is laid over the law and the notices.
    public let overlay: CalendarOverlay

    private let builtIn: BuiltInDays
    private let table: [Int: [LocalDate: BuiltInDay]]
    private let tally = WorkingDayTally()

    /// Years computed once, when the calendar is made; others are computed when asked.
    private static let tableYears = 2017...2050

    /// The version of the built-in table of notices; changed with every change of `HolidayNotice.known`.
    public static let builtInVersion = "vn-2026-1"

    /// The built-in calendar with standard hours.
    public static let standard = WorkCalendar()

    /// A calendar of these parts; of two notices for one year the later in the list holds.
    public init(
        version: String = WorkCalendar.builtInVersion,
        hours: WorkHours = .standard,
        notices: [HolidayNotice] = HolidayNotice.known,
        overlay: CalendarOverlay = .none
    ) {
        self.version = version
        self.hours = hours
        self.notices = notices
        self.overlay = overlay
        var builtIn = BuiltInDays(notices: Dictionary(notices.map { ($0.year, $0) }, uniquingKeysWith: { $1 }))
        WorkCalendar.findForeignNotices(in: overlay, &builtIn)
        self.builtIn = builtIn
        table = Dictionary(uniqueKeysWithValues: WorkCalendar.tableYears.map { ($0, builtIn.days(of: $0)) })
    }

    /// An overlay that names the five working days of a Tết without a known notice holds that notice: then nothing
    /// is guessed for that year's Tết, nor for Quốc khánh where the overlay names a day beside 2/9.
    private static func findForeignNotices(in overlay: CalendarOverlay, _ builtIn: inout BuiltInDays) {
        for year in Set(overlay.exceptions.map(\.date.year)) where builtIn.notices[year] == nil {
            guard let tet = LunarCalendar.newYear(year),
                overlay.weekdaysOff(in: tet.adding(days: -10)...tet.adding(days: 10)) >= 5
            else { continue }
            builtIn.yearsWithForeignTet.insert(year)
            if let day = LocalDate(year: year, month: 9, day: 2),
                overlay.weekdaysOff(in: day.adding(days: -1)...day.adding(days: 3)) >= 1
            {
                builtIn.yearsWithForeignNationalDay.insert(year)
            }
        }
    }

    // MARK: - Days

    /// The day as this calendar has it.
    public func day(_ date: LocalDate) -> CalendarDay {
        let builtIn = builtInDay(date)
        if let exception = overlay[date] {
            switch exception.kind {
            case .makeUpWork: return madeUp(date, replacing: exception.replaces, label: exception.label)
            case .holiday, .compensationOff:
                let known = builtIn.flatMap { $0.kind == .makeUpWork ? nil : $0 }
                if date.weekday.isWeekend { return off(date, titles: exception.label ?? known?.titles) }
                let prefix = exception.label == nil ? known?.prefix : nil
                return off(
                    date,
                    titles: exception.label ?? known?.titles ?? "theo thông báo",
                    prefix: prefix ?? "nghỉ "
                )
            case .halfMorning, .halfAfternoon:
                let day = dayWithoutOverlay(date, builtIn)
                return half(day, morning: exception.kind == .halfMorning)
            }
        }
        return dayWithoutOverlay(date, builtIn)
    }

    /// Whether the day counts as a working day.
    public func isWorking(_ date: LocalDate) -> Bool { day(date).isWorking }

    /// The first working day after `date`; nil when 400 days follow without one.
    public func nextWorkingDay(after date: LocalDate) -> CalendarDay? {
        for offset in 1...400 {
            let day = day(date.adding(days: offset))
            if day.isWorking { return day }
        }
        return nil
    }

    /// The number of working days in (start, end]: the start day is not counted. Zero when `end` is not later.
    public func workingDays(after start: LocalDate, through end: LocalDate) -> Int {
        guard start < end else { return 0 }
        return (start.year...end.year).reduce(0) { sum, year in
            let days = tally.year(year, isWorking: isWorking)
            return sum + (year == end.year ? days.through(end) : days.all)
                - (year == start.year ? days.through(start) : 0)
        }
    }

    /// The working time between two moments, in microseconds. Zero when `end` is not later.
    public func workingTime(from start: Instant, to end: Instant) -> Int64 {
        guard start < end else { return 0 }
        var sum: Int64 = 0
        for offset in 0...end.date.days(since: start.date) {
            let date = start.date.adding(days: offset)
            for segment in day(date).segments {
                let from = max(start, Instant(date, segment.start))
                let to = min(end, Instant(date, segment.end))
                if from < to { sum += to.microseconds - from.microseconds }
            }
        }
        return sum
    }

    // MARK: - Inside

    private func builtInDay(_ date: LocalDate) -> BuiltInDay? {
        let year = date.year
        return (table[year] ?? builtIn.days(of: year))[date]
    }

    private func dayWithoutOverlay(_ date: LocalDate, _ builtIn: BuiltInDay?) -> CalendarDay {
        guard let builtIn else {
            if date.weekday.isWeekend { return off(date, titles: nil) }
            return CalendarDay(
                date: date,
                segments: hours.segments(on: date.weekday),
                reason: nil,
                isProvisional: false
            )
        }
        switch builtIn.kind {
        case .makeUpWork: return madeUp(date, replacing: builtIn.swappedWith, label: nil)
        default: return off(date, titles: builtIn.titles, prefix: builtIn.prefix, provisional: builtIn.isProvisional)
        }
    }

    private func off(
        _ date: LocalDate,
        titles: String?,
        prefix: String = "",
        provisional: Bool = false
    ) -> CalendarDay {
        let reason =
            date.weekday.isWeekend
            ? (["nghỉ hằng tuần"] + (titles.map { [$0] } ?? [])).joined(separator: "; ")
            : prefix + (titles ?? "")
        return CalendarDay(date: date, segments: [], reason: reason, isProvisional: provisional)
    }

    /// A make-up day works with the hours of the day that it replaces; where that is not known, with those of the
    /// nearest working day of the week before it.
    private func madeUp(_ date: LocalDate, replacing replaced: LocalDate?, label: String?) -> CalendarDay {
        var weekday = (replaced ?? date).weekday
        if weekday.isWeekend { weekday = .friday }
        let ordinary = replaced == nil && !date.weekday.isWeekend && builtInDay(date) == nil
        let why = label ?? replaced.map { "làm bù cho ngày \($0.vietnamese)" } ?? "làm việc theo thông báo"
        return CalendarDay(
            date: date,
            segments: hours.segments(on: weekday),
            reason: ordinary ? nil : why,
            isProvisional: false
        )
    }

    private func half(_ day: CalendarDay, morning: Bool) -> CalendarDay {
        guard day.isWorking, let noon = LocalTime(hour: 12, minute: 0) else { return day }
        let segments = day.segments.compactMap { segment in
            morning
                ? WorkSegment(start: segment.start, end: min(segment.end, noon))
                : WorkSegment(start: max(segment.start, noon), end: segment.end)
        }
        return CalendarDay(
            date: day.date,
            segments: segments,
            reason: morning ? "chỉ làm việc buổi sáng" : "chỉ làm việc buổi chiều",
            isProvisional: day.isProvisional
        )
    }
}

extension WorkCalendar: Hashable {
    public static func == (first: WorkCalendar, second: WorkCalendar) -> Bool {
        first.version == second.version && first.hours == second.hours && first.notices == second.notices
            && first.overlay == second.overlay
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(version)
        hasher.combine(overlay)
    }
}

extension WorkCalendar: Codable {
    private enum CodingKeys: String, CodingKey {
        case version, hours, notices, overlay
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            version: try container.decode(String.self, forKey: .version),
            hours: try container.decode(WorkHours.self, forKey: .hours),
            notices: try container.decode([HolidayNotice].self, forKey: .notices),
            overlay: try container.decode(CalendarOverlay.self, forKey: .overlay)
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode(hours, forKey: .hours)
        try container.encode(notices, forKey: .notices)
        try container.encode(overlay, forKey: .overlay)
    }
}

extension BuiltInDay {
    /// `Giỗ Tổ Hùng Vương (10/3 âm lịch)`; for a swap the day that is worked instead.
    fileprivate var titles: String {
        if let swappedWith { return "làm bù vào ngày \(swappedWith.vietnamese)" }
        return holidays.map { kind == .compensationOff ? $0.shortName : $0.title }.joined(separator: "; ")
    }

    fileprivate var prefix: String {
        guard kind == .compensationOff else { return "nghỉ " }
        return swappedWith == nil ? "nghỉ bù " : "nghỉ hoán đổi, "
    }
}
