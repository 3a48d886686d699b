// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Kernel

/// What `motcua deadline` was given, as texts; the command line itself only collects them.
public struct DeadlineCommandInput: Sendable {
    /// A calendar file that was read, or could not be.
    public struct CalendarFile: Sendable {
        /// The name as it was typed.
        public var name: String
        /// The content; nil when the file could not be read.
        public var bytes: [UInt8]?

        /// A file of this name and content.
        public init(name: String, bytes: [UInt8]?) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// `--received`.
    public var received: String
    /// `--limit`.
    public var limit: String
    /// `--unit`.
    public var unit: String
    /// `--pauses`; nil or empty means none.
    public var pauses: String?
    /// `--cutoff`; nil means none.
    public var cutOff: String?
    /// `--hours`; nil means the standard hours.
    public var hours: String?
    /// `--calendar`; nil means the built-in calendar alone.
    public var calendar: CalendarFile?

    /// The calendar file's greatest size: a year has 366 days of 13 bytes.
    public static let maximumCalendarBytes = 1_048_576

    /// The texts of one call.
    public init(
        received: String,
        limit: String,
        unit: String,
        pauses: String? = nil,
        cutOff: String? = nil,
        hours: String? = nil,
        calendar: CalendarFile? = nil
    ) {
        self.received = received
        self.limit = limit
        self.unit = unit
        self.pauses = pauses
        self.cutOff = cutOff
        self.hours = hours
        self.calendar = calendar
    }

    /// Reads the texts and computes the deadline.
    ///
    /// - Throws: `DeadlineError`, whose `message` is the sentence for the person.
    public func deadline() throws(DeadlineError) -> Deadline {
        guard let receivedAt = Instant(received.trimmed) else { throw .notAMoment(received) }
        return try Deadline(
            receivedAt: receivedAt,
            limit: try readLimit(),
            cutOff: try readCutOff(),
            pauses: try readPauses(),
            calendar: try readCalendar()
        )
    }

    /// The trace, one line a day, then `dueAt` on the last line.
    public func text() throws(DeadlineError) -> String { try deadline().text }

    /// One JSON object on one line: `dueAt` and `trace`.
    public func json() throws(DeadlineError) -> String {
        let deadline = try deadline()
        let answer = DeadlineAnswer(dueAt: deadline.dueAt, trace: deadline.trace.map(DeadlineAnswer.Day.init))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(answer), as: UTF8.self)
        } catch {
            preconditionFailure("texts, numbers and truth values can always be encoded: \(error)")
        }
    }

    // MARK: - Reading

    private func readLimit() throws(DeadlineError) -> TimeLimit {
        guard let unit = TimeLimitUnit(rawValue: unit.trimmed) else { throw .unknownUnit(unit) }
        let text = limit.trimmed
        guard let value = Int(text), text.first != "+" else { throw .notANumber(limit) }
        guard value >= 0 else { throw .negativeLimit(value) }
        guard let limit = TimeLimit(value, unit) else {
            throw .limitTooLong(value, maximum: TimeLimit.maximum(of: unit))
        }
        return limit
    }

    private func readCutOff() throws(DeadlineError) -> LocalTime? {
        guard let cutOff else { return nil }
        guard let time = LocalTime(cutOff.trimmed) else { throw .notATime(cutOff) }
        return time
    }

    private func readPauses() throws(DeadlineError) -> [Pause] {
        guard let text = pauses?.trimmed, !text.isEmpty else { return [] }
        var found: [Pause] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "/", omittingEmptySubsequences: false).map { String($0).trimmed }
            guard ends.count == 2, let start = Instant(ends[0]), let end = Instant(ends[1]) else {
                throw .notAPause(String(part))
            }
            found.append(Pause(start: start, end: end))
        }
        return found
    }

    private func readCalendar() throws(DeadlineError) -> WorkCalendar {
        var workHours = WorkHours.standard
        if let hours {
            guard let read = WorkHours(parsing: hours) else { throw .notHours(hours) }
            workHours = read
        }
        guard let calendar else {
            return hours == nil ? .standard : WorkCalendar(hours: workHours)
        }
        let overlay = try CalendarOverlay(file: calendar)
        return WorkCalendar(
            version: "\(WorkCalendar.builtInVersion)+\(calendar.name)",
            hours: workHours,
            overlay: overlay
        )
    }
}

extension CalendarOverlay {
    /// Reads `{"off":["yyyy-MM-dd"],"work":["yyyy-MM-dd"]}`; both keys may be absent, no other is allowed.
    ///
    /// - Throws: `DeadlineError.unreadableFile`, `.notACalendar`, `.unknownKey`, `.notADay`.
    public init(file: DeadlineCommandInput.CalendarFile) throws(DeadlineError) {
        guard let bytes = file.bytes else { throw .unreadableFile(file.name) }
        guard bytes.count <= DeadlineCommandInput.maximumCalendarBytes else { throw .notACalendar(file: file.name) }
        let lists: [String: [String]]
        do {
            lists = try JSONDecoder().decode([String: [String]].self, from: Data(bytes))
        } catch {
            // Whatever the decoder missed, the person is told the one form that is read.
            throw .notACalendar(file: file.name)
        }
        var days: [String: [LocalDate]] = [:]
        for (key, texts) in lists.sorted(by: { $0.key < $1.key }) {
            guard key == "off" || key == "work" else { throw .unknownKey(key, file: file.name) }
            for text in texts {
                guard let date = LocalDate(text) else { throw .notADay(text, file: file.name) }
                days[key, default: []].append(date)
            }
        }
        self.init(off: days["off"] ?? [], work: days["work"] ?? [])
    }
}

/// The answer of `motcua deadline --json`.
private struct DeadlineAnswer: Encodable {
    struct Day: Encodable {
        var date: LocalDate
        var counted: Bool
        var kind: TraceDayKind
        var ordinal: Int?
        var minutes: Int?
        var reason: String

        init(_ day: TraceDay) {
            date = day.date
            counted = day.isCounted
            kind = day.kind
            ordinal = day.ordinal
            minutes = day.minutes
            reason = day.reason
        }
    }

    var dueAt: Instant
    var trace: [Day]
}
