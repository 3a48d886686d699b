// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import WorkingTime

/// One change of an agency's working calendar.
public enum CalendarEdit: Sendable, Hashable {
    /// A day off, with the reason.
    case off(LocalDate, reason: String)
    /// A day off that is worked.
    case work(LocalDate, reason: String)
    /// A working day that is off, made up for by one that is off.
    case swap(off: LocalDate, work: LocalDate, reason: String)
    /// Only the morning or only the afternoon is worked.
    case half(LocalDate, morning: Bool, reason: String)
    /// What was added for a day is taken away: the law and the notices hold again.
    case remove(LocalDate)
    /// Other working hours from Monday to Friday: `07:30-11:30,13:30-17:00`.
    case hours(String)

    /// How far ahead a day may be changed, in days.
    public static let daysAhead = 730
    /// The longest reason, in characters.
    public static let reasonLimit = 100

    /// The day that it is about; nil for hours.
    public var day: LocalDate? {
        switch self {
        case .off(let day, _), .work(let day, _), .swap(let day, _, _), .half(let day, _, _), .remove(let day): day
        case .hours: nil
        }
    }

    /// What it is, in Vietnamese.
    public var vietnamese: String {
        switch self {
        case .off(let day, let reason): "Nghỉ ngày \(day.vietnamese): \(reason)"
        case .work(let day, let reason): "Làm việc ngày \(day.vietnamese): \(reason)"
        case .swap(let off, let work, let reason):
            "Nghỉ ngày \(off.vietnamese), làm bù ngày \(work.vietnamese): \(reason)"
        case .half(let day, let morning, let reason):
            "Chỉ làm buổi \(morning ? "sáng" : "chiều") ngày \(day.vietnamese): \(reason)"
        case .remove(let day): "Bỏ thay đổi của ngày \(day.vietnamese)"
        case .hours(let text): "Giờ làm việc thứ Hai đến thứ Sáu: \(text)"
        }
    }

    /// The calendar after this change.
    ///
    /// - Parameters:
    ///   - calendar: the one that holds now.
    ///   - version: how the new one is called.
    ///   - today: what has passed is not changed any more.
    /// - Throws: `OrganisationError.calendarDay` with what is wrong, `.hoursMalformed`.
    /// - Returns: the new calendar.
    public func applied(
        to calendar: WorkCalendar,
        version: String,
        on today: LocalDate
    ) throws(OrganisationError) -> WorkCalendar {
        var exceptions = calendar.overlay.exceptions
        var hours = calendar.hours
        func check(_ day: LocalDate, worked: Bool) throws(OrganisationError) {
            try Self.checkRange(day, today)
            guard calendar.isWorking(day) == worked else {
                throw .calendarDay("Ngày \(day.vietnamese) \(worked ? "vốn là ngày nghỉ" : "vốn là ngày làm việc")")
            }
        }
        func put(_ day: LocalDate, _ kind: CalendarDayKind, _ reason: String, replaces: LocalDate? = nil)
            throws(OrganisationError)
        {
            guard !reason.isEmpty, reason.count <= Self.reasonLimit else {
                throw .calendarDay("Nhập lý do, không quá \(Self.reasonLimit) ký tự")
            }
            exceptions.removeAll { $0.date == day }
            exceptions.append(CalendarException(day, kind, label: reason, replaces: replaces))
        }
        switch self {
        case .off(let day, let reason):
            try check(day, worked: true)
            try put(day, .holiday, reason)
        case .work(let day, let reason):
            try check(day, worked: false)
            try put(day, .makeUpWork, reason)
        case .swap(let off, let work, let reason):
            try check(off, worked: true)
            try check(work, worked: false)
            try put(off, .compensationOff, reason)
            try put(work, .makeUpWork, reason, replaces: off)
        case .half(let day, let morning, let reason):
            try check(day, worked: true)
            try put(day, morning ? .halfMorning : .halfAfternoon, reason)
        case .remove(let day):
            try Self.checkRange(day, today)
            guard exceptions.contains(where: { $0.date == day }) else {
                throw .calendarDay("Ngày \(day.vietnamese) không có thay đổi nào để bỏ")
            }
            exceptions.removeAll { $0.date == day }
        case .hours(let text):
            guard let parsed = WorkHours(parsing: text) else { throw .hoursMalformed }
            hours = parsed
        }
        return WorkCalendar(
            version: version,
            hours: hours,
            notices: calendar.notices,
            overlay: CalendarOverlay(exceptions)
        )
    }

    private static func checkRange(_ day: LocalDate, _ today: LocalDate) throws(OrganisationError) {
        guard day > today else { throw .calendarDay("Chọn một ngày sau hôm nay, \(today.vietnamese)") }
        guard day <= today.adding(days: daysAhead) else {
            throw .calendarDay("Chọn một ngày trong vòng \(daysAhead / 365) năm tới")
        }
    }
}

/// A published version of a calendar: who, when, what was changed.
public struct CalendarPublication: Sendable, Hashable {
    /// The version.
    public var version: String
    /// The agency whose calendar it is.
    public var agency: AgencyCode
    /// The version that it changed.
    public var base: String
    /// What was changed, in Vietnamese.
    public var summary: String
    /// The officer who published it.
    public var publishedBy: String
    /// When.
    public var publishedAt: Instant
}
