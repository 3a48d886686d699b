// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import WorkingTime

/// A longer time limit for a need that shows only in the work, such as a verification: the law allows it, an officer
/// takes it once at one of its steps, and the promised date moves.
public struct LimitLengthening: Hashable, Sendable {
    /// How much longer.
    public enum Extent: Hashable, Sendable {
        /// So much more than the plain limit.
        case by(TimeLimit)
        /// A whole limit in place of the plain one.
        case upTo(TimeLimit)
    }

    /// The id within the pack; a dossier keeps it.
    public let id: String
    /// The need, as pages and notices say it: `Phải xác minh`.
    public let name: String
    /// How much longer.
    public let extent: Extent
    /// Ids of the steps at which it may be taken.
    public let steps: [String]
    /// Ids of the legal documents that allow it.
    public let basis: [String]
    /// Where the pack says it.
    public let place: SourcePlace

    /// The need inside a sentence: `phải xác minh`.
    public var need: String { name.prefix(1).lowercased() + name.dropFirst() }

    /// A lengthening by these words.
    public init(id: String, name: String, extent: Extent, steps: [String], basis: [String], place: SourcePlace) {
        (self.id, self.name, self.extent) = (id, name, extent)
        (self.steps, self.basis, self.place) = (steps, basis, place)
    }
}

extension LimitPromise {
    /// When a dossier is due that was received at this moment: the one place where a limit of a pack becomes a day.
    ///
    /// - Parameters:
    ///   - receivedAt: the moment of receipt; after a restart that at which the supplement arrived.
    ///   - rule: the lengthening that was taken; nil where none was.
    ///   - calendar: the calendar valid at the receipt.
    /// - Throws: `DeadlineError`.
    /// - Returns: the deadline with its trace.
    public func deadline(
        receivedAt: Instant,
        lengthenedBy rule: LimitLengthening? = nil,
        calendar: WorkCalendar
    ) throws(DeadlineError) -> Deadline {
        let (limit, addition) = lengthened(by: rule)
        return try Deadline(receivedAt: receivedAt, limit: limit, then: addition, cutOff: cutOff, calendar: calendar)
    }

    /// The limit with a lengthening: one limit where both count the same unit, else one after the other.
    private func lengthened(by rule: LimitLengthening?) -> (limit: TimeLimit, addition: TimeLimit?) {
        switch rule?.extent {
        case nil: return (limit, nil)
        case .upTo(let whole): return (whole, nil)
        case .by(let more):
            guard more.unit == limit.unit, let sum = TimeLimit(limit.value + more.value, limit.unit) else {
                return (limit, more)
            }
            return (sum, nil)
        }
    }

    /// Whether the lengthening gives more time than this limit, reckoned from one morning of an ordinary week; a
    /// calendar that does not know that morning says nothing about the pack.
    public func isLengthened(by rule: LimitLengthening, calendar: WorkCalendar = .standard) -> Bool {
        guard let morning = Instant("2026-03-02T07:30") else { return true }
        do {
            let plain = try deadline(receivedAt: morning, calendar: calendar).dueAt
            return try deadline(receivedAt: morning, lengthenedBy: rule, calendar: calendar).dueAt > plain
        } catch { return true }
    }

    /// The longer limit in words: `13 ngày làm việc`, `thêm 25 ngày`, `không quá 15 ngày`.
    public func words(lengthenedBy rule: LimitLengthening) -> String {
        if case .upTo(let whole) = rule.extent { return "không quá \(whole.vietnamese)" }
        let (limit, addition) = lengthened(by: rule)
        return addition.map { "thêm \($0.vietnamese)" } ?? limit.vietnamese
    }

    /// As `vietnamese`, with what may lengthen it: `10 ngày làm việc; 13 ngày làm việc nếu phải xác minh`.
    public func vietnamese(or rules: [LimitLengthening]) -> String {
        let longer = rules.filter { isLengthened(by: $0) }
        return ([vietnamese] + longer.map { "\(words(lengthenedBy: $0)) nếu \($0.need)" })
            .joined(separator: "; ")
    }
}

extension ProcedurePack {
    /// The lengthening of this id.
    public func lengthening(_ id: String?) -> LimitLengthening? { lengthenings.first { $0.id == id } }

    /// The documents that allow it, as pages cite them.
    public func citation(of rule: LimitLengthening) -> String {
        legalBasis.filter { rule.basis.contains($0.id) }.map(\.citation).joined(separator: "; ")
    }
}
