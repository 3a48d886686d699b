// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Synchronization

/// The levels of the procedures that are offered, from their packs, the configuration and what people did.
///
/// The counts come through a port, since they belong to a service above; they are a few minutes old at most. The
/// catalogue is told them, so that lists and the search show the same level as everything else.
public struct LevelService: Sendable {
    private let catalogue: CatalogueService
    private let source: ServiceUseSource
    private let clock: Clock
    private let kept = KeptUse()
    private let keptCosts = KeptCosts()

    /// The service over a catalogue.
    ///
    /// - Parameters:
    ///   - catalogue: the procedures, with what the configuration offers them.
    ///   - source: counts of what people did.
    ///   - clock: today.
    public init(catalogue: CatalogueService, source: @escaping ServiceUseSource, clock: Clock) {
        (self.catalogue, self.source, self.clock) = (catalogue, source, clock)
    }

    /// Counts anew what people did, where the counts are old, and tells the catalogue.
    ///
    /// - Throws: what the port throws.
    public func refresh() async throws { _ = try await basis() }

    /// What the evidence shows of one procedure.
    ///
    /// - Throws: what the port throws.
    public func assessment(of pack: ProcedurePack) async throws -> LevelAssessment {
        try await basis().assessment(pack.code, PackEvidence(pack))
    }

    /// All procedures in force today, from the index: no pack is read.
    ///
    /// - Throws: what the port throws.
    public func roadmap() async throws -> LevelRoadmap {
        let basis = try await basis()
        let lines = catalogue.procedures(on: clock.today).map { entry in
            RoadmapLine(entry, basis.assessment(entry.code, entry.facts.shown))
        }
        return LevelRoadmap(lines, on: clock.today)
    }

    /// What complying costs, of the procedures in force today that say so, in the order of their names.
    ///
    /// Their packs are read once for each version.
    ///
    /// - Throws: what the catalogue throws.
    public func costs() async throws -> [ProcedureCost] {
        let entries = catalogue.procedures(on: clock.today).filter(\.facts.hasCost)
        var costs = keptCosts.costs(of: entries.map(\.digest))
        for entry in entries where costs[entry.digest] == nil {
            guard let cost = try await catalogue.version(entry.digest).pack.cost else { continue }
            costs[entry.digest] = ProcedureCost(
                code: entry.code,
                name: entry.name,
                sector: entry.facts.sector.name,
                cost: cost
            )
        }
        keptCosts.keep(costs)
        return entries.compactMap { costs[$0.digest] }
    }

    /// The pack of a procedure in force today.
    ///
    /// - Throws: what the catalogue throws.
    public func pack(_ code: String) async throws -> ProcedurePack? {
        try await catalogue.current(code, on: clock.today)?.pack
    }

    /// By what every level is computed.
    private func basis() async throws -> LevelBasis {
        let use = try await use()
        return LevelBasis(platform: catalogue.platform, use: use)
    }

    /// The counts of the last twelve months.
    private func use() async throws -> [String: ServiceUse] {
        let now = clock.now()
        if let known = kept.use(at: now) { return known }
        do {
            // Days of a year, today among them.
            let fresh = try await source(now.date.adding(days: -364))
            kept.keep(fresh, at: now)
            catalogue.take(use: fresh)
            return fresh
        } catch {
            kept.giveUp()
            throw error
        }
    }
}

extension RoadmapLine {
    /// The line of an entry of the index.
    init(_ entry: ProcedureEntry, _ assessment: LevelAssessment) {
        self.init(
            code: entry.code,
            name: entry.name,
            sector: entry.facts.sector.name,
            declared: entry.facts.declaredLevel,
            assessment: assessment,
            target: entry.facts.target
        )
    }

    /// The line of a pack.
    public init(_ pack: ProcedurePack, _ assessment: LevelAssessment) {
        self.init(ProcedureEntry(unpublished: pack), assessment)
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
