// SPDX-License-Identifier: Apache-2.0

/// A moment, in microseconds since 1970-01-01T00:00:00Z. Stored as INT64; shown in the fixed zone +07:00.
///
/// There is no `now` here: the time comes from an injected `Clock`.
public struct Instant: Hashable, Comparable, Sendable {
    /// Microseconds since the epoch, UTC.
    public var microseconds: Int64

    /// The moment that lies `microseconds` after the epoch.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The moment at which a clock in Vietnam shows this day and time.
    public init(_ date: LocalDate, _ time: LocalTime) {
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(time.secondOfDay) - Zone.offsetSeconds
        microseconds = seconds * 1_000_000
    }

    /// Whole seconds since the epoch, rounded down.
    public var epochSeconds: Int64 { microseconds.flooredQuotient(by: 1_000_000) }

    /// The day in Vietnam.
    public var date: LocalDate {
        LocalDate(daysSinceEpoch: Int((epochSeconds + Zone.offsetSeconds).flooredQuotient(by: 86_400)))
    }

    /// The time of day in Vietnam, whole seconds.
    public var time: LocalTime {
        let shifted = epochSeconds + Zone.offsetSeconds
        return LocalTime(secondOfDay: Int(shifted - shifted.flooredQuotient(by: 86_400) * 86_400))
    }

    /// This moment moved by a number of seconds, which may be negative.
    public func adding(seconds: Int64) -> Instant { Instant(microseconds: microseconds + seconds * 1_000_000) }

    /// This moment moved by a number of minutes, which may be negative.
    public func adding(minutes: Int64) -> Instant { adding(seconds: minutes * 60) }

    /// This moment moved by a number of hours, which may be negative.
    public func adding(hours: Int64) -> Instant { adding(seconds: hours * 3_600) }

    /// This moment moved by a number of days of 24 hours, which may be negative.
    public func adding(days: Int64) -> Instant { adding(seconds: days * 86_400) }

    /// Whole seconds from `earlier` to this moment, rounded down; negative when `earlier` is later.
    public func seconds(since earlier: Instant) -> Int64 {
        (microseconds - earlier.microseconds).flooredQuotient(by: 1_000_000)
    }

    public static func < (earlier: Instant, later: Instant) -> Bool { earlier.microseconds < later.microseconds }
}

/// Vietnam has one zone without daylight saving: UTC+7.
public enum Zone {
    /// Seconds east of Greenwich.
    public static let offsetSeconds: Int64 = 7 * 3_600
}

// MARK: - Text

extension Instant: CustomStringConvertible, LosslessStringConvertible {
    /// ISO 8601 with +07:00; microseconds only when they are not zero: `2026-03-05T15:00:01+07:00`.
    public var description: String {
        let fraction = microseconds - epochSeconds * 1_000_000
        let digits = fraction == 0 ? "" : "." + String(Int(fraction), paddedTo: 6)
        return "\(date)T\(time)\(digits)+07:00"
    }

    /// Reads ISO 8601: `2026-03-05T15:00`, with or without seconds, fraction and zone (`Z`, `+07:00`, `-0500`).
    ///
    /// A text without a zone is Vietnamese time. Nil when the text is no moment.
    public init?(_ description: String) {
        let parts = description.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let date = LocalDate(String(parts[0])) else { return nil }
        var clock = parts[1]
        var offset = Zone.offsetSeconds
        if clock.hasSuffix("Z") {
            clock.removeLast()
            offset = 0
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let seconds = Instant.zoneSeconds(clock[sign...]) else { return nil }
            offset = seconds
            clock = clock[..<sign]
        }
        var micros: Int64 = 0
        if let dot = clock.firstIndex(of: ".") {
            let digits = clock[clock.index(after: dot)...]
            guard (1...9).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
            let six = digits.prefix(6)
            guard let value = Int64(six + String(repeating: "0", count: 6 - six.count)) else { return nil }
            micros = value
            clock = clock[..<dot]
        }
        guard let time = LocalTime(String(clock)) else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(time.secondOfDay) - offset
        microseconds = seconds * 1_000_000 + micros
    }

    private static func zoneSeconds(_ text: Substring) -> Int64? {
        let digits = text.dropFirst().filter { $0 != ":" }
        guard digits.count == 4, digits.allSatisfy(\.isASCIIDigit), let value = Int64(digits), value <= 1_800,
            value % 100 < 60
        else { return nil }
        let seconds = (value / 100) * 3_600 + (value % 100) * 60
        return text.hasPrefix("-") ? -seconds : seconds
    }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Instant(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 8601 moment")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

// MARK: - Vietnamese

extension Instant {
    /// `14:02 ngày 22/09/2020`, as pages write a moment.
    public var vietnamese: String { "\(time.hourMinute) ngày \(date.vietnamese)" }

    /// `14 giờ 02 phút, ngày 22/09/2020`, as slips write a moment.
    public var onSlip: String {
        "\(String(time.hour, paddedTo: 2)) giờ \(String(time.minute, paddedTo: 2)) phút, ngày \(date.vietnamese)"
    }
}
