// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// A stretch of working time within a day, half-open: its end is outside.
public struct WorkSegment: Hashable, Codable, Sendable {
    /// The first second of work.
    public let start: LocalTime
    /// The moment at which work ends.
    public let end: LocalTime

    /// Nil when it does not end after it starts.
    public init?(start: LocalTime, end: LocalTime) {
        guard start < end else { return nil }
        self.start = start
        self.end = end
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let start = try container.decode(LocalTime.self, forKey: .start)
        let end = try container.decode(LocalTime.self, forKey: .end)
        guard let segment = WorkSegment(start: start, end: end) else {
            throw DecodingError.dataCorruptedError(
                forKey: .end,
                in: container,
                debugDescription: "a segment ends after it starts"
            )
        }
        self = segment
    }

    private enum CodingKeys: String, CodingKey {
        case start, end
    }

    /// `07:30-11:30`.
    public var text: String { "\(start.shortest)-\(end.shortest)" }
}

/// The working hours of an agency: segments for each day of the week.
///
/// Segments on Saturday or Sunday are opening hours of a desk; they do not make that day a working day for a limit.
public struct WorkHours: Hashable, Sendable {
    private let week: [[WorkSegment]]

    /// 07:30-11:30 and 13:30-17:00 on Monday to Friday.
    public static let standard: WorkHours = {
        guard let hours = WorkHours(parsing: "07:30-11:30,13:30-17:00") else {
            preconditionFailure("the standard hours are well formed")
        }
        return hours
    }()

    /// Nil unless every day from Monday to Friday has segments, in order and without overlap.
    public init?(_ segments: [Weekday: [WorkSegment]]) {
        let week = Weekday.allCases.map { segments[$0] ?? [] }
        guard week.allSatisfy(WorkHours.isOrdered), week.prefix(5).allSatisfy({ !$0.isEmpty }) else { return nil }
        self.week = week
    }

    /// The same segments on Monday to Friday; nil when they are none, out of order or overlap.
    public init?(everyWorkingDay segments: [WorkSegment]) {
        let weekdays = Weekday.allCases.filter { !$0.isWeekend }
        self.init(Dictionary(uniqueKeysWithValues: weekdays.map { ($0, segments) }))
    }

    /// Reads `07:30-11:30,13:30-17:00`; nil when it is not segments in order without overlap.
    public init?(parsing text: String) {
        var segments: [WorkSegment] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { String($0).trimmed }
            guard ends.count == 2, let start = LocalTime(ends[0]), let end = LocalTime(ends[1]),
                let segment = WorkSegment(start: start, end: end)
            else { return nil }
            segments.append(segment)
        }
        self.init(everyWorkingDay: segments)
    }

    /// The segments of a day of the week, in order; may be empty on Saturday and Sunday.
    public func segments(on weekday: Weekday) -> [WorkSegment] { week[weekday.rawValue] }

    private static func isOrdered(_ segments: [WorkSegment]) -> Bool {
        segments.count <= 8 && zip(segments, segments.dropFirst()).allSatisfy { $0.end <= $1.start }
    }
}

extension WorkHours: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let week = try container.decode([[WorkSegment]].self)
        guard week.count == Weekday.allCases.count,
            let hours = WorkHours(Dictionary(uniqueKeysWithValues: zip(Weekday.allCases, week)))
        else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not seven days of working hours")
        }
        self = hours
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(week)
    }
}

// MARK: - Text

extension LocalTime {
    /// `15:00`, with seconds only when they are not zero.
    var shortest: String { second == 0 ? hourMinute : description }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        var rest = Substring(self)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
