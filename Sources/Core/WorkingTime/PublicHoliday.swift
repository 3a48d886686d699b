// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The public holidays of the Labour Code 2019, article 112, and of NQ 28/2026/QH16 (standards.md §9.3).
public enum PublicHoliday: String, Codable, Sendable, CaseIterable {
    /// Tết Dương lịch, 1 January.
    case newYear
    /// Tết Âm lịch, five days fixed by the yearly notice.
    case lunarNewYear
    /// Giỗ Tổ Hùng Vương, the 10th of the third lunar month.
    case hungKings
    /// 30 April.
    case reunification
    /// 1 May.
    case labourDay
    /// Quốc khánh, 2 September and, since 2021, one adjacent day fixed by the yearly notice.
    case nationalDay
    /// Ngày Văn hóa Việt Nam, 24 November, since 2026.
    case cultureDay

    /// The name within "nghỉ bù …".
    public var shortName: String {
        switch self {
        case .newYear: "Tết Dương lịch"
        case .lunarNewYear: "Tết Âm lịch"
        case .hungKings: "Giỗ Tổ Hùng Vương"
        case .reunification: "lễ 30/4"
        case .labourDay: "lễ 1/5"
        case .nationalDay: "Quốc khánh 2/9"
        case .cultureDay: "Ngày Văn hóa Việt Nam"
        }
    }

    /// The name within "nghỉ …".
    public var title: String {
        switch self {
        case .hungKings: "\(shortName) (10/3 âm lịch)"
        case .cultureDay: "\(shortName) (24/11)"
        default: shortName
        }
    }
}

/// A working day that is off against a day off that is worked (hoán đổi).
public struct DaySwap: Hashable, Codable, Sendable {
    /// The working day that is off.
    public var off: LocalDate
    /// The day, usually a Saturday, that is worked with the hours of `off`.
    public var worked: LocalDate

    /// This pair of days.
    public init(off: LocalDate, worked: LocalDate) {
        self.off = off
        self.worked = worked
    }
}

/// What the Prime Minister's notice of one year fixes.
public struct HolidayNotice: Hashable, Codable, Sendable {
    /// The year, such as 2026.
    public var year: Int
    /// The five days of Tết Âm lịch, before compensation.
    public var lunarNewYear: [LocalDate]
    /// The days of Quốc khánh, before compensation.
    public var nationalDay: [LocalDate]
    /// The swapped days.
    public var swaps: [DaySwap]

    /// The notice of one year.
    public init(year: Int, lunarNewYear: [LocalDate], nationalDay: [LocalDate], swaps: [DaySwap] = []) {
        self.year = year
        self.lunarNewYear = lunarNewYear
        self.nationalDay = nationalDay
        self.swaps = swaps
    }

    /// The notices of 2018 to 2026. The swap of 2/1/2026 is still to be compared with the official text.
    public static let known: [HolidayNotice] = [
        HolidayNotice(2018, tet: "02-14", nationalDay: ["09-02"], swaps: [("2018-12-31", "2019-01-05")]),
        HolidayNotice(2019, tet: "02-04", nationalDay: ["09-02"], swaps: [("2019-04-29", "2019-05-04")]),
        HolidayNotice(2020, tet: "01-23", nationalDay: ["09-02"]),
        HolidayNotice(2021, tet: "02-10", nationalDay: ["09-02", "09-03"]),
        HolidayNotice(2022, tet: "01-31", nationalDay: ["09-01", "09-02"]),
        HolidayNotice(2023, tet: "01-20", nationalDay: ["09-01", "09-02"]),
        HolidayNotice(2024, tet: "02-08", nationalDay: ["09-02", "09-03"], swaps: [("2024-04-29", "2024-05-04")]),
        HolidayNotice(2025, tet: "01-27", nationalDay: ["09-01", "09-02"], swaps: [("2025-05-02", "2025-04-26")]),
        HolidayNotice(
            2026,
            tet: "02-16",
            nationalDay: ["09-01", "09-02"],
            swaps: [("2026-01-02", "2026-01-10"), ("2026-08-31", "2026-08-22")]
        ),
    ]

    private init(_ year: Int, tet: String, nationalDay: [String], swaps: [(String, String)] = []) {
        func day(_ text: String) -> LocalDate {
            guard let date = LocalDate(text) else { preconditionFailure("the table of notices names no day: \(text)") }
            return date
        }
        self.year = year
        lunarNewYear = (0..<5).map { day("\(year)-\(tet)").adding(days: $0) }
        self.nationalDay = nationalDay.map { day("\(year)-\($0)") }
        self.swaps = swaps.map { DaySwap(off: day($0.0), worked: day($0.1)) }
    }
}
