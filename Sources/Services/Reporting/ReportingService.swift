// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Dossiers
public import Journal
public import Kernel
public import Storage
import Synchronization

/// Figures: kept by a projector in the transaction of each event, and recounted from the events at will.
public struct ReportingService: Sendable {
    let store: any Store
    private let log: TransparencyLog
    private let clock: Clock
    private let recent = RecentFigures()

    /// The service over a store whose migrations have run.
    public init(store: any Store, log: TransparencyLog, clock: Clock) {
        self.store = store
        self.log = log
        self.clock = clock
    }

    /// Given to `Dossiers`: moves the counters with each event, in its transaction.
    public static let projector: DossierProjector = { change, transaction in
        // Cells in a fixed order, so that two transactions never wait for each other crosswise.
        let deltas = CounterRules.deltas(of: change).sorted { $0.key.order < $1.key.order }
        for (key, delta) in deltas { try CounterTable.add(delta, to: key, in: transaction) }
    }

    /// The figures of the public page: flows of this year, open dossiers as they stand.
    ///
    /// - Throws: `StoreError`.
    public func publicFigures() async throws -> PublicFigures {
        let now = clock.now()
        let since = LocalDate(year: now.date.year, month: 1, day: 1) ?? now.date
        let cells = try await store.survey { try CounterTable.byAgency(since: since, in: $0) }
        var total = SevenFigures()
        var byAgency: [AgencyCode: SevenFigures] = [:]
        for cell in cells {
            total.add(cell.count, of: cell.measure, on: cell.day, today: now.date)
            byAgency[cell.agency, default: SevenFigures()]
                .add(cell.count, of: cell.measure, on: cell.day, today: now.date)
        }
        let ordered = byAgency.sorted { first, second in
            first.value.openOverdue == second.value.openOverdue
                ? first.key < second.key : first.value.openOverdue > second.value.openOverdue
        }
        return PublicFigures(total: total, byAgency: ordered.map { ($0.key, $0.value) }, at: now, since: since)
    }

    /// The same, about ten seconds old at most, and they say how old: for pages that everybody opens.
    ///
    /// One who asks counts anew; the others are told the old figures meanwhile, or wait for the new ones where there
    /// are none, so that a crowd counts once.
    /// - Throws: `StoreError`.
    public func recentFigures() async throws -> PublicFigures {
        try await recent.figures(at: clock.now()) { try await publicFigures() }
    }

    /// Counts everything again from the events and compares.
    ///
    /// - Parameter isRepairing: whether the counters are set to what the events say.
    /// - Returns: the cells that differed, in order; empty when all is well.
    /// - Throws: `StoreError`, or a decoding error for an event that cannot be read.
    public func recount(isRepairing: Bool) async throws -> [CounterDifference] {
        let log = log
        return try await store.journalled { transaction in
            var recounted = CounterTally()
            try DossierReplay.forEachChange(in: log, transaction) { change in
                CounterRules.forEachDelta(of: change) { recounted.add($1, to: $0) }
            }
            var differences: [CounterDifference] = []
            try CounterTable.forEach(in: transaction) { key, kept in
                let count = recounted.take(key)
                if kept != count { differences.append(CounterDifference(key: key, kept: kept, recounted: count)) }
            }
            // What is left is in the events alone.
            let left = recounted.sorted()
            for index in 0..<left.count {
                let (key, count) = left[index]
                differences.append(CounterDifference(key: key, kept: 0, recounted: count))
            }
            if isRepairing {
                for cell in differences { try CounterTable.set(cell.recounted, of: cell.key, in: transaction) }
            }
            return differences.sorted { $0.key.order < $1.key.order }
        }
    }
}

/// The figures that were read last.
final class RecentFigures: Sendable {
    private enum Answer {
        case known(PublicFigures)
        case counted(Task<PublicFigures, any Error>)
    }

    private struct State {
        var last: PublicFigures?
        /// No asker's own: who goes away in the middle leaves it running.
        var counting: Task<PublicFigures, any Error>?
    }

    private static let seconds: Int64 = 10
    private let state = Mutex(State())

    /// The figures to be told now.
    func figures(
        at now: Instant,
        counting count: @escaping @Sendable () async throws -> PublicFigures
    ) async throws -> PublicFigures {
        let answer = state.withLock { state -> Answer in
            // A new day moves what is overdue, a new year what is counted.
            let last = state.last.flatMap { $0.at.date == now.date && $0.at <= now ? $0 : nil }
            if let last, state.counting != nil || now.seconds(since: last.at) < Self.seconds { return .known(last) }
            if let counting = state.counting { return .counted(counting) }
            let counting = Task { try await kept(count) }
            state.counting = counting
            return .counted(counting)
        }
        switch answer {
        case .known(let figures): return figures
        case .counted(let counting): return try await counting.value
        }
    }

    private func kept(_ count: @Sendable () async throws -> PublicFigures) async throws -> PublicFigures {
        do {
            let fresh = try await count()
            state.withLock { $0 = State(last: fresh) }
            return fresh
        } catch {
            state.withLock { $0.counting = nil }
            throw error
        }
    }
}

extension CounterKey {
    /// A total order over cells.
    var order: String {
        [measure.rawValue, agency.text, day?.description ?? "", procedure, channel.rawValue].joined(separator: "|")
    }
}
