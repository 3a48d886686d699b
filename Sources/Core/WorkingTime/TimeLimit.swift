// SPDX-License-Identifier: Apache-2.0

/// The unit of a limit; raw values are those of the national catalogue.
public enum TimeLimitUnit: String, Codable, Sendable, CaseIterable {
    /// Hours of working time.
    case hour = "HOUR"
    /// Working days, counted as days, never as eight hours.
    case workingDay = "WORKING_DAY"
    /// Calendar days; a limit that ends on a day off ends on the next working day.
    case calendarDay = "CALENDAR_DAY"

    /// `ngày làm việc`, after a number.
    public var vietnamese: String {
        switch self {
        case .hour: "giờ làm việc"
        case .workingDay: "ngày làm việc"
        case .calendarDay: "ngày"
        }
    }
}

/// The length that the law allows for a procedure or a step: a whole number of its unit.
public struct TimeLimit: Hashable, Sendable {
    /// 0 to `maximumDays`, or to eight times that in hours.
    public let value: Int
    /// What is counted.
    public let unit: TimeLimitUnit

    /// Ten years; no procedure comes near, and a longer one is a slip of the hand.
    public static let maximumDays = 3_650

    /// Nil when the value is negative or above the maximum of its unit.
    public init?(_ value: Int, _ unit: TimeLimitUnit) {
        guard (0...TimeLimit.maximum(of: unit)).contains(value) else { return nil }
        self.value = value
        self.unit = unit
    }

    /// The greatest value of a unit.
    public static func maximum(of unit: TimeLimitUnit) -> Int { unit == .hour ? maximumDays * 8 : maximumDays }

    /// `3 ngày làm việc`, `4 giờ làm việc`; zero days are "trong ngày".
    public var vietnamese: String { value == 0 && unit != .hour ? "trong ngày" : "\(value) \(unit.vietnamese)" }
}

extension TimeLimit: Codable {
    private enum CodingKeys: String, CodingKey {
        case value, unit
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let unit = try container.decode(TimeLimitUnit.self, forKey: .unit)
        guard let limit = TimeLimit(try container.decode(Int.self, forKey: .value), unit) else {
            throw DecodingError.dataCorruptedError(
                forKey: .value,
                in: container,
                debugDescription: "a limit out of its bounds"
            )
        }
        self = limit
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(value, forKey: .value)
        try container.encode(unit, forKey: .unit)
    }
}
