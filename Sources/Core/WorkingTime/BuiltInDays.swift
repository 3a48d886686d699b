// SPDX-License-Identifier: Apache-2.0

import Kernel

/// What the built-in calendar says of one day that is not an ordinary one.
struct BuiltInDay: Hashable, Sendable {
    var kind: CalendarDayKind
    /// The holidays of the day, or the one that a compensation day stands for.
    var holidays: [PublicHoliday]
    /// The other day of a swap.
    var swappedWith: LocalDate?
    /// Whether the day waits for the yearly notice.
    var isProvisional: Bool
}

/// Holidays, compensation days and swaps of a year, by the law and the yearly notices (standards.md §9.3).
struct BuiltInDays: Sendable {
    var notices: [Int: HolidayNotice]
    /// Years whose notice stands in an overlay: nothing is guessed for them.
    var yearsWithForeignTet: Set<Int> = []
    var yearsWithForeignNationalDay: Set<Int> = []

    /// The extraordinary days of the calendar year `year`.
    func days(of year: Int) -> [LocalDate: BuiltInDay] {
        var days: [LocalDate: BuiltInDay] = [:]
        // A chain of compensation days may begin in December and end in January.
        for each in year - 1...year { addHolidays(of: each, to: &days) }
        for swap in (notices[year - 1]?.swaps ?? []) + (notices[year]?.swaps ?? []) {
            days[swap.off] = BuiltInDay(
                kind: .compensationOff,
                holidays: [],
                swappedWith: swap.worked,
                isProvisional: false
            )
            days[swap.worked] = BuiltInDay(
                kind: .makeUpWork,
                holidays: [],
                swappedWith: swap.off,
                isProvisional: false
            )
        }
        addCompensation(to: &days)
        return days.filter { $0.key.year == year }
    }

    private func addHolidays(of year: Int, to days: inout [LocalDate: BuiltInDay]) {
        func add(_ date: LocalDate?, _ holiday: PublicHoliday, provisional: Bool = false) {
            guard let date else { return }
            var day = days[date] ?? BuiltInDay(kind: .holiday, holidays: [], isProvisional: provisional)
            day.holidays.append(holiday)
            day.isProvisional = day.isProvisional && provisional
            days[date] = day
        }
        func fixed(_ month: Int, _ day: Int) -> LocalDate? { LocalDate(year: year, month: month, day: day) }

        add(fixed(1, 1), .newYear)
        add(LunarCalendar.hungKingsDay(year), .hungKings)
        add(fixed(4, 30), .reunification)
        add(fixed(5, 1), .labourDay)
        if year >= 2026 { add(fixed(11, 24), .cultureDay) }
        if let notice = notices[year] {
            for day in notice.lunarNewYear { add(day, .lunarNewYear) }
            for day in notice.nationalDay { add(day, .nationalDay) }
            return
        }
        if !yearsWithForeignTet.contains(year), let first = LunarCalendar.newYear(year) {
            for offset in -1...3 { add(first.adding(days: offset), .lunarNewYear, provisional: true) }
        }
        add(fixed(9, 2), .nationalDay)
        if year >= 2021, !yearsWithForeignNationalDay.contains(year) {
            add(fixed(9, 3), .nationalDay, provisional: true)
        }
    }

    /// Article 111.3: a holiday on a weekly day off is compensated on the next working day, one after another.
    private func addCompensation(to days: inout [LocalDate: BuiltInDay]) {
        let lost = days.filter { $0.value.kind == .holiday && $0.key.weekday.isWeekend }.sorted { $0.key < $1.key }
        for (date, holiday) in lost {
            var next = date.adding(days: 1)
            // Bounded: at most five holidays and their compensation days stand in a row.
            while next.weekday.isWeekend || days[next] != nil { next = next.adding(days: 1) }
            days[next] = BuiltInDay(
                kind: .compensationOff,
                holidays: holiday.holidays,
                isProvisional: holiday.isProvisional
            )
        }
    }
}
