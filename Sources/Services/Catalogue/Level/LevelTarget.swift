// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// A quarter of a year: `2026-Q4`.
public struct Quarter: Hashable, Comparable, Sendable, Codable {
    /// The year.
    public let year: Int
    /// 1 to 4.
    public let number: Int

    /// Reads `2026-Q4`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, parts[0].allSatisfy(\.isASCIIDigit), let year = Int(parts[0]),
            parts[1].count == 2, parts[1].first == "Q", let number = parts[1].last?.wholeNumberValue,
            (1...4).contains(number), parts[1].last?.isASCIIDigit == true
        else { return nil }
        (self.year, self.number) = (year, number)
    }

    /// The quarter of a day.
    public init(of day: LocalDate) {
        (year, number) = (day.year, (day.components.month + 2) / 3)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let read = Quarter(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no quarter such as 2026-Q4")
        }
        self = read
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public static func < (earlier: Quarter, later: Quarter) -> Bool {
        (earlier.year, earlier.number) < (later.year, later.number)
    }

    /// `quý IV/2026`.
    public var vietnamese: String { "quý \(["I", "II", "III", "IV"][number - 1])/\(year)" }
}

extension Quarter: CustomStringConvertible {
    /// `2026-Q4`.
    public var description: String { "\(String(year, paddedTo: 4))-Q\(number)" }
}

/// What level a service is to reach, by when, by whose work, and what is in the way.
public struct LevelTarget: Hashable, Sendable, Codable {
    /// The level.
    public let level: ServiceLevel
    /// At the latest at the end of this quarter.
    public let quarter: Quarter
    /// Who answers for it.
    public let owner: String
    /// What is in the way.
    public let obstacles: [String]

    /// A plan.
    public init(level: ServiceLevel, quarter: Quarter, owner: String, obstacles: [String] = []) {
        (self.level, self.quarter, self.owner, self.obstacles) = (level, quarter, owner, obstacles)
    }
}
