// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Synchronization

/// The levels of the procedures that are offered, from their packs, the configuration and what people did.
///
/// The counts come through a port, since they belong to a service above; they are a few minutes old at most.
public struct LevelService: Sendable {
    private let catalogue: CatalogueService
    private let platform: PlatformEvidence
    private let source: ServiceUseSource
    private let clock: Clock
    private let kept = KeptUse()
    private let keptPlans = KeptPlans()

    /// The service over a catalogue.
    ///
    /// - Parameters:
    ///   - catalogue: the procedures.
    ///   - platform: what the configuration offers.
    ///   - source: counts of what people did.
    ///   - clock: today.
    public init(
        catalogue: CatalogueService,
        platform: PlatformEvidence,
        source: @escaping ServiceUseSource,
        clock: Clock
    ) {
        (self.catalogue, self.platform, self.source, self.clock) = (catalogue, platform, source, clock)
    }

    /// What the evidence shows of one procedure.
    ///
    /// - Throws: what the port throws.
    public func assessment(of pack: ProcedurePack) async throws -> LevelAssessment {
        assess(pack, try await use())
    }

    /// All procedures in force today.
    ///
    /// - Throws: what the port throws, and what the catalogue throws.
    public func roadmap() async throws -> LevelRoadmap {
        let use = try await use()
        let lines = try await plans().map { plan in
            var evidence = plan.evidence
            evidence.use = use[plan.code] ?? ServiceUse()
            return RoadmapLine(plan, LevelAssessment.assess(evidence))
        }
        return LevelRoadmap(lines, on: clock.today)
    }

    /// What plans say of the procedures in force today, in the order of their names.
    ///
    /// The packs are read once for each version; a portal holds a few facts of each afterwards.
    ///
    /// - Throws: what the catalogue throws.
    public func plans() async throws -> [PackPlan] {
        let entries = catalogue.procedures(on: clock.today)
        var plans = keptPlans.plans(of: entries.map(\.digest))
        for entry in entries where plans[entry.digest] == nil {
            let pack = try await catalogue.version(entry.digest).pack
            plans[entry.digest] = PackPlan(pack, platform: platform)
        }
        keptPlans.keep(plans)
        return entries.compactMap { plans[$0.digest] }
    }

    /// The pack of a procedure in force today.
    ///
    /// - Throws: what the catalogue throws.
    public func pack(_ code: String) async throws -> ProcedurePack? {
        try await catalogue.current(code, on: clock.today)?.pack
    }

    private func assess(_ pack: ProcedurePack, _ use: [String: ServiceUse]) -> LevelAssessment {
        LevelAssessment.assess(LevelEvidence(pack, platform: platform, use: use[pack.code] ?? ServiceUse()))
    }

    /// The counts of the last twelve months.
    private func use() async throws -> [String: ServiceUse] {
        let now = clock.now()
        if let known = kept.use(at: now) { return known }
        do {
            // Days of a year, today among them.
            let fresh = try await source(now.date.adding(days: -364))
            kept.keep(fresh, at: now)
            return fresh
        } catch {
            kept.giveUp()
            throw error
        }
    }
}

extension RoadmapLine {
    /// The line of a procedure.
    init(_ plan: PackPlan, _ assessment: LevelAssessment) {
        self.init(
            code: plan.code,
            name: plan.name,
            sector: plan.sector,
            declared: plan.declared,
            assessment: assessment,
            target: plan.target
        )
    }

    /// The line of a pack.
    public init(_ pack: ProcedurePack, _ assessment: LevelAssessment) {
        self.init(PackPlan(pack, platform: .complete), assessment)
    }
}

/// The counts that were read last.
private final class KeptUse: Sendable {
    private struct State {
        var last: (use: [String: ServiceUse], at: Instant)?
        var isCounting = false
    }

    /// A year's counts change little in five minutes, and every procedure page asks for them.
    private static let seconds: Int64 = 300
    private let state = Mutex(State())

    /// The counts to be told now; nil for the one who is to count them, while the others are told the old ones.
    func use(at now: Instant) -> [String: ServiceUse]? {
        state.withLock { state in
            guard let last = state.last, last.at.date == now.date, last.at <= now else { return nil }
            let age = now.seconds(since: last.at)
            // Who counts may have been stopped in the middle: after a while another one tries.
            if age < Self.seconds || state.isCounting && age < 2 * Self.seconds { return last.use }
            state.isCounting = true
            return nil
        }
    }

    func keep(_ use: [String: ServiceUse], at now: Instant) {
        state.withLock { $0 = State(last: (use, now)) }
    }

    func giveUp() { state.withLock { $0.isCounting = false } }
}
