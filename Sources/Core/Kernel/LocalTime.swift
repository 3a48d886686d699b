// SPDX-License-Identifier: Apache-2.0

/// A time of day in whole seconds.
public struct LocalTime: Hashable, Comparable, Sendable {
    /// Seconds since midnight, 0 to 86,399.
    public let secondOfDay: Int

    /// The time that lies this many seconds after midnight; 0 to 86,399.
    public init(secondOfDay: Int) {
        precondition((0..<86_400).contains(secondOfDay), "a day has 86,400 seconds")
        self.secondOfDay = secondOfDay
    }

    /// Nil when there is no such time.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        secondOfDay = hour * 3_600 + minute * 60 + second
    }

    /// 0 to 23.
    public var hour: Int { secondOfDay / 3_600 }
    /// 0 to 59.
    public var minute: Int { secondOfDay / 60 % 60 }
    /// 0 to 59.
    public var second: Int { secondOfDay % 60 }

    /// `07:30`.
    public var hourMinute: String { "\(String(hour, paddedTo: 2)):\(String(minute, paddedTo: 2))" }

    public static func < (earlier: LocalTime, later: LocalTime) -> Bool { earlier.secondOfDay < later.secondOfDay }
}

extension LocalTime: CustomStringConvertible, LosslessStringConvertible {
    /// `07:30:00`.
    public var description: String { "\(hourMinute):\(String(second, paddedTo: 2))" }

    /// Reads `7:30`, `07:30` or `07:30:15`.
    public init?(_ description: String) {
        let parts = description.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }),
            parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        self.init(hour: numbers[0], minute: numbers[1], second: numbers.count == 3 ? numbers[2] : 0)
    }
}

extension LocalTime: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = LocalTime(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time HH:mm")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
