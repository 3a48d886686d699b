// SPDX-License-Identifier: Apache-2.0

/// A day of the Gregorian calendar without a time. Stored and exchanged as `yyyy-MM-dd`.
public struct LocalDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before.
    public let daysSinceEpoch: Int

    /// The day that lies this many days after 1970-01-01.
    public init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// Nil when there is no such day, such as 30 February; years 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= LocalDate.daysIn(month: month, year: year) else { return nil }
        // Days from a civil date, with years that begin in March (H. Hinnant, "chrono-compatible date algorithms").
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month 1–12 and day 1–31.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The year, such as 2026.
    public var year: Int { components.year }
    /// The month, 1 to 12.
    public var month: Int { components.month }
    /// The day of the month, 1 to 31.
    public var day: Int { components.day }

    /// The day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        Weekday.allCases[(daysSinceEpoch + 3 - (daysSinceEpoch + 3).flooredQuotient(by: 7) * 7)]
    }

    /// Julian day number of this day; 2451545 is 2000-01-01.
    public var julianDayNumber: Int { daysSinceEpoch + 2_440_588 }

    /// The day of this Julian day number.
    public init(julianDayNumber: Int) {
        daysSinceEpoch = julianDayNumber - 2_440_588
    }

    /// This day moved by a number of days, which may be negative.
    public func adding(days: Int) -> LocalDate { LocalDate(daysSinceEpoch: daysSinceEpoch + days) }

    /// Days from `earlier` to this day; negative when `earlier` is later.
    public func days(since earlier: LocalDate) -> Int { daysSinceEpoch - earlier.daysSinceEpoch }

    /// Days of a month, leap years counted.
    public static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public static func < (earlier: LocalDate, later: LocalDate) -> Bool {
        earlier.daysSinceEpoch < later.daysSinceEpoch
    }
}

/// The days of the week, Monday first.
public enum Weekday: Int, CaseIterable, Sendable, Hashable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// `thứ Hai` … `Chủ nhật`, as within a sentence.
    public var vietnamese: String {
        switch self {
        case .monday: "thứ Hai"
        case .tuesday: "thứ Ba"
        case .wednesday: "thứ Tư"
        case .thursday: "thứ Năm"
        case .friday: "thứ Sáu"
        case .saturday: "thứ Bảy"
        case .sunday: "Chủ nhật"
        }
    }

    /// Saturday or Sunday.
    public var isWeekend: Bool { self == .saturday || self == .sunday }
}

// MARK: - Text

extension LocalDate: CustomStringConvertible, LosslessStringConvertible {
    /// `2026-03-05`.
    public var description: String {
        let (year, month, day) = components
        return "\(String(year, paddedTo: 4))-\(String(month, paddedTo: 2))-\(String(day, paddedTo: 2))"
    }

    /// Reads `yyyy-MM-dd` and nothing else.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `05/03/2026`, as pages and papers write a day.
    public var vietnamese: String {
        let (year, month, day) = components
        return "\(String(day, paddedTo: 2))/\(String(month, paddedTo: 2))/\(String(year, paddedTo: 4))"
    }

    /// `ngày 05 tháng 03 năm 2026`, as official documents write a day.
    public var onDocument: String {
        let (year, month, day) = components
        return "ngày \(String(day, paddedTo: 2)) tháng \(String(month, paddedTo: 2)) năm \(year)"
    }

    /// `260305`, the day within a dossier code.
    public var compact: String {
        let (year, month, day) = components
        return String(year % 100, paddedTo: 2) + String(month, paddedTo: 2) + String(day, paddedTo: 2)
    }
}

extension LocalDate: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = LocalDate(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day yyyy-MM-dd")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
