// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
public import Kernel

/// The Vietnamese lunar calendar at UTC+7 (standards.md §9.4); it differs from China's, which counts at UTC+8.
///
/// Day numbers are Julian day numbers. The formulas hold for the years 1800 to 2199.
public enum LunarCalendar {
    /// Years for which a lunar day may be asked.
    public static let years = 1_800...2_199

    /// Hours east of Greenwich as a part of a day.
    private static let zone = 7.0 / 24.0

    /// The first day of the lunar new year (1/1) that falls in `year`; nil outside `years`.
    public static func newYear(_ year: Int) -> LocalDate? {
        solarDate(day: 1, month: 1, year: year)
    }

    /// The anniversary of the Hùng Kings (10/3 lunar) in `year`; nil outside `years`.
    public static func hungKingsDay(_ year: Int) -> LocalDate? {
        solarDate(day: 10, month: 3, year: year)
    }

    /// The solar day of a lunar one.
    ///
    /// - Parameters:
    ///   - day: 1 to 30.
    ///   - month: 1 to 12.
    ///   - year: the lunar year, within `years`.
    ///   - isLeapMonth: whether the second month of this number is meant.
    /// - Returns: nil when there is no such lunar day.
    public static func solarDate(day: Int, month: Int, year: Int, isLeapMonth: Bool = false) -> LocalDate? {
        guard (1...30).contains(day), (1...12).contains(month), years.contains(year) else { return nil }
        let first = month < 11 ? eleventhMonth(year - 1) : eleventhMonth(year)
        let next = month < 11 ? eleventhMonth(year) : eleventhMonth(year + 1)
        let moon = moonIndex(of: first)
        var offset = month >= 11 ? month - 11 : month + 1
        if next - first > 365 {
            let leap = leapOffset(first)
            if isLeapMonth {
                guard month == leapMonth(offset: leap) else { return nil }
                offset = leap
            } else if offset >= leap {
                offset += 1
            }
        } else if isLeapMonth {
            return nil
        }
        let start = newMoon(moon + offset)
        guard start + day - 1 < newMoon(moon + offset + 1) else { return nil }
        return LocalDate(julianDayNumber: start + day - 1)
    }

    /// The leap month of the lunar year: its number and first day; nil when the year has none.
    public static func leapMonth(year: Int) -> (month: Int, start: LocalDate)? {
        guard years.contains(year) else { return nil }
        for month in 1...12 {
            if let start = solarDate(day: 1, month: month, year: year, isLeapMonth: true) { return (month, start) }
        }
        return nil
    }

    // MARK: - Moon and sun

    /// The day of the `index`-th new moon after that of 1900-01-01, at UTC+7.
    static func newMoon(_ index: Int) -> Int {
        let k = Double(index)
        let t = k / 1_236.85
        let t2 = t * t
        let t3 = t2 * t
        let mean =
            2_415_020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
            + 0.00033 * sine(166.56 + 132.87 * t - 0.009173 * t2)
        let sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3
        let moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3
        let node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3
        var correction = (0.1734 - 0.000393 * t) * sine(sun) + 0.0021 * sine(2 * sun)
        correction += -0.4068 * sine(moon) + 0.0161 * sine(2 * moon) - 0.0004 * sine(3 * moon)
        correction += 0.0104 * sine(2 * node) - 0.0051 * sine(sun + moon) - 0.0074 * sine(sun - moon)
        correction += 0.0004 * sine(2 * node + sun) - 0.0004 * sine(2 * node - sun)
        correction += -0.0006 * sine(2 * node + moon) + 0.0010 * sine(2 * node - moon)
        correction += 0.0005 * sine(2 * moon + sun)
        let dynamical = -0.000278 + 0.000265 * t + 0.000262 * t2
        return Int((mean + correction - dynamical + 0.5 + zone).rounded(.down))
    }

    /// The longitude of the sun at the beginning of a day, in twelfths of the circle: 0 to 11.
    static func sunIndex(_ day: Int) -> Int {
        let t = (Double(day) - 2_451_545.5 - zone) / 36_525
        let t2 = t * t
        let anomaly = 357.52910 + 35_999.05030 * t - 0.0001559 * t2 - 0.00000048 * t2 * t
        let mean = 280.46645 + 36_000.76983 * t + 0.0003032 * t2
        let centre =
            (1.914600 - 0.004817 * t - 0.000014 * t2) * sine(anomaly)
            + (0.019993 - 0.000101 * t) * sine(2 * anomaly) + 0.000290 * sine(3 * anomaly)
        let longitude = (mean + centre).truncatingRemainder(dividingBy: 360)
        return Int(((longitude < 0 ? longitude + 360 : longitude) / 30).rounded(.down)) % 12
    }

    /// The first day of lunar month 11 of a year: the month that holds the winter solstice.
    static func eleventhMonth(_ year: Int) -> Int {
        // 31 December of every year of the calendar exists.
        let lastDay = LocalDate(year: year, month: 12, day: 31)?.julianDayNumber ?? 0
        let index = Int((Double(lastDay - 2_415_021) / 29.530588853).rounded(.down))
        let day = newMoon(index)
        return sunIndex(day) >= 9 ? newMoon(index - 1) : day
    }

    /// After how many months from month 11 the leap month of a long year stands: the first without a sun term.
    static func leapOffset(_ eleventhMonth: Int) -> Int {
        let moon = moonIndex(of: eleventhMonth)
        for offset in 1...13 where sunIndex(newMoon(moon + offset)) == sunIndex(newMoon(moon + offset + 1)) {
            return offset
        }
        return 13
    }

    private static func leapMonth(offset: Int) -> Int {
        let number = offset - 2
        return number <= 0 ? number + 12 : number
    }

    private static func moonIndex(of day: Int) -> Int {
        Int(((Double(day) - 2_415_021.076998695) / 29.530588853 + 0.5).rounded(.down))
    }

    private static func sine(_ degrees: Double) -> Double { sin(degrees * Double.pi / 180) }
}
