// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// One service of the roadmap: where it stands, what is missing, what is planned.
public struct RoadmapLine: Hashable, Sendable {
    /// The procedure's code.
    public let code: String
    /// Its name.
    public let name: String
    /// The name of its sector.
    public let sector: String
    /// The level that the agency declares; nil where none is declared.
    public let declared: ServiceLevel?
    /// What the evidence shows.
    public let assessment: LevelAssessment
    /// What is planned; nil without a plan.
    public let target: LevelTarget?

    /// One service.
    public init(
        code: String,
        name: String,
        sector: String,
        declared: ServiceLevel?,
        assessment: LevelAssessment,
        target: LevelTarget?
    ) {
        (self.code, self.name, self.sector) = (code, name, sector)
        (self.declared, self.assessment, self.target) = (declared, assessment, target)
    }

    /// Whether more is declared than the evidence shows.
    public var isAlarm: Bool { declared.map { assessment.isAlarm(declared: $0) } ?? false }

    /// The plan, while it is not reached.
    public var openTarget: LevelTarget? {
        target.flatMap { $0.level.rawValue > assessment.level?.rawValue ?? 0 ? $0 : nil }
    }

    /// Whether the planned quarter has gone by without the level being reached.
    public func isOverdue(on day: LocalDate) -> Bool {
        openTarget.map { $0.quarter < Quarter(of: day) } ?? false
    }

    /// The level at the end of a quarter when plans that are not overdue are kept.
    func level(at quarter: Quarter, from today: LocalDate) -> ServiceLevel? {
        guard let plan = openTarget, !isOverdue(on: today), plan.quarter <= quarter else { return assessment.level }
        return plan.level
    }
}

/// What blocks the next level of each service, and by when it is lifted (lộ trình nâng mức độ).
public struct LevelRoadmap: Hashable, Sendable {
    /// The services in the order of their codes.
    public let lines: [RoadmapLine]
    /// The day on which it was drawn up.
    public let day: LocalDate

    /// A roadmap of these services.
    public init(_ lines: [RoadmapLine], on day: LocalDate) {
        self.lines = lines.sorted { $0.code < $1.code }
        self.day = day
    }

    /// How many services stand at each level.
    public struct Sums: Hashable, Sendable {
        /// Services below level 1.
        public var none = 0
        /// Services at levels 1, 2, 3 and 4.
        public var byLevel: [Int] = [0, 0, 0, 0]

        /// All services.
        public var total: Int { byLevel.reduce(none, +) }

        /// Services at a level.
        public subscript(_ level: ServiceLevel) -> Int { byLevel[level.rawValue - 1] }

        mutating func count(_ level: ServiceLevel?) {
            if let level { byLevel[level.rawValue - 1] += 1 } else { none += 1 }
        }

        /// The share of services at level 4 in tenths of a percent, rounded down; nil without services.
        public var fourPermille: Int? { total == 0 ? nil : self[.four] * 1_000 / total }
    }

    /// The share of services that are to be at level 4, in tenths of a percent (the plan of standards.md §13.2).
    public static let fourTargetPermille = 300

    /// How many stand at each level now.
    public var sums: Sums {
        lines.reduce(into: Sums()) { $0.count($1.assessment.level) }
    }

    /// How many will stand at each level at the end of each planned quarter, when the plans are kept. Overdue plans
    /// count as not reached: they need a new quarter first.
    public var projection: [(quarter: Quarter, sums: Sums)] {
        let quarters = Set(lines.filter { !$0.isOverdue(on: day) }.compactMap(\.openTarget?.quarter)).sorted()
        return quarters.map { quarter in
            (quarter, lines.reduce(into: Sums()) { $0.count($1.level(at: quarter, from: day)) })
        }
    }

    /// How many services lack each condition of level 4, in the order of the conditions; those that lack none are
    /// left out.
    public var missing: [(condition: LevelCondition, count: Int)] {
        LevelCondition.allCases.map { condition in
            (condition, lines.count { $0.assessment.missingForTheHighest.contains(condition) })
        }
        .filter { $0.count > 0 }
    }

    /// The services of level 3 and 4 that had a dossier online, and all of level 3 and 4; standards.md §13.2 asks for
    /// half. Nil where nobody counted.
    public var usedOnline: (used: Int, of: Int)? {
        let online = lines.filter { $0.assessment.level.map { $0 >= .three } ?? false }
        guard online.contains(where: { $0.assessment.evidence.use != nil }) else { return nil }
        return (online.count { ($0.assessment.evidence.use?.submittedOnline ?? 0) > 0 }, online.count)
    }

    /// The services that a filter lets through.
    public func lines(_ filter: RoadmapFilter) -> [RoadmapLine] { lines.filter { filter.admits($0, on: day) } }
}

/// Which services of a roadmap are shown; what is nil is not asked.
public struct RoadmapFilter: Hashable, Sendable {
    /// Which state, for the filter that people choose by one word.
    public enum State: String, CaseIterable, Sendable, Hashable {
        /// More is declared than shown.
        case alarm
        /// Planned, and not yet reached.
        case planned
        /// The planned quarter has gone by.
        case overdue
        /// Below level 4, and without a plan.
        case unplanned
    }

    /// The level that the evidence shows; 0 = not even the first.
    public var level: Int?
    /// Lacks this condition of level 4.
    public var missing: LevelCondition?
    /// To be reached in this quarter.
    public var quarter: Quarter?
    /// How it stands.
    public var state: State?
    /// Words in name, code, sector or owner.
    public var words: String?

    /// Everything.
    public init() {}

    func admits(_ line: RoadmapLine, on day: LocalDate) -> Bool {
        if let level, line.assessment.level?.rawValue ?? 0 != level { return false }
        if let missing, !line.assessment.missingForTheHighest.contains(missing) { return false }
        if let quarter, line.openTarget?.quarter != quarter { return false }
        switch state {
        case nil: break
        case .alarm: if !line.isAlarm { return false }
        case .planned: if line.openTarget == nil { return false }
        case .overdue: if !line.isOverdue(on: day) { return false }
        case .unplanned: if line.openTarget != nil || line.assessment.level == .four { return false }
        }
        guard let words, !words.isEmpty else { return true }
        let text = [line.name, line.code, line.sector, line.target?.owner ?? ""].joined(separator: " ")
        return VietnameseText.fold(text).contains(VietnameseText.fold(words))
    }
}
