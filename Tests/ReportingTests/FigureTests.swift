// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Dossiers
@testable import Reporting

/// What a figure means at its edges.
@Suite struct FigureTests {
    @Test(arguments: [
        ("2026-03-04T23:59:59", Punctuality.early), ("2026-03-05T00:00", Punctuality.onTime),
        ("2026-03-05T16:59:59", Punctuality.onTime), ("2026-03-05T17:00", Punctuality.onTime),
        ("2026-03-05T17:00:01", Punctuality.late), ("2026-03-06T00:00", Punctuality.late),
    ])
    func `early is the day before, on time until the due moment, late after it`(
        _ decided: String,
        _ expected: Punctuality
    ) throws {
        let due = try #require(Instant("2026-03-05T17:00"))
        #expect(Punctuality(decidedAt: try #require(Instant(decided)), dueAt: due) == expected)
    }

    @Test func `a microsecond late is late`() throws {
        let due = try #require(Instant("2026-03-05T17:00"))
        let late = Instant(microseconds: due.microseconds + 1)
        #expect(Punctuality(decidedAt: late, dueAt: due) == .late)
        // Midnight belongs to the day that begins, in Vietnam and not in Greenwich.
        let dueAtSeven = try #require(Instant("2026-03-05T07:00"))
        let evening = try #require(Instant("2026-03-04T23:59"))
        #expect(Punctuality(decidedAt: evening, dueAt: dueAtSeven) == .early)
    }

    @Test(
        arguments: [
            (0, 0, 0, nil), (9, 0, 0, nil), (3, 3, 3, nil), (0, 0, 9, nil),
            (10, 0, 0, 1_000), (0, 10, 0, 1_000), (0, 0, 10, 0), (5, 5, 0, 1_000), (4, 5, 1, 900),
            (8, 0, 4, 667), (4, 0, 8, 333), (1, 0, 15, 63), (1, 0, 31, 31), (3, 0, 29, 94), (0, 1_999, 1, 1_000),
            (0, 1, 1_999, 1), (0, 1, 2_000, 0),
        ] as [(Int64, Int64, Int64, Int64?)]
    )
    func `the share on time is rounded half up, and not told below ten`(
        _ early: Int64,
        _ onTime: Int64,
        _ late: Int64,
        _ expected: Int64?
    ) {
        var figures = SevenFigures()
        (figures.early, figures.onTime, figures.late) = (early, onTime, late)
        #expect(figures.resolved == early + onTime + late)
        #expect(figures.onTimePermille == expected)
    }

    @Test(arguments: TestStores.all)
    func `a decision is counted on its day against the promised date, refusals like grants`(
        on engine: Engine
    ) async throws {
        try await withReporting(engine) { fixture in
            // Due on Monday 2026-03-02 at 17:00.
            var ids: [DossierID] = []
            for _ in 1...3 {
                let id = try await fixture.submit()
                try await fixture.change(id, .receive(registerNumber: 1))
                ids.append(id)
            }
            #expect(try await fixture.state(ids[0]).dueAt == Instant("2026-03-02T17:00"))
            fixture.time.advance(seconds: 9 * 3_600)
            try await fixture.decide(ids[0])
            fixture.time.advance(seconds: 1)
            try await fixture.decide(ids[1], .refuse(reason: "Không có trong sổ"))
            var total = try await fixture.service.publicFigures().total
            #expect((total.onTime, total.late, total.early) == (1, 1, 0))
            // Still open on its due day, though the hour has passed; overdue from the next day on.
            #expect((total.openWithinTime, total.openOverdue) == (1, 0))
            let before = try await fixture.counters()
            fixture.time.advance(seconds: 86_400)
            total = try await fixture.service.publicFigures().total
            #expect((total.openWithinTime, total.openOverdue) == (0, 1))
            #expect(try await fixture.counters() == before)
            let granted = before.filter { $0.key.measure == .granted }
            let refused = before.filter { $0.key.measure == .refused }
            #expect(granted.values.reduce(0, +) == 1 && refused.values.reduce(0, +) == 1)
            #expect(try await fixture.service.recount(isRepairing: false) == [])
        }
    }

    @Test(arguments: TestStores.all)
    func `figures for everybody are ten seconds old at most, and say how old`(on engine: Engine) async throws {
        try await withReporting(engine) { fixture in
            let first = try await fixture.service.recentFigures()
            _ = try await fixture.submit()
            fixture.time.advance(seconds: 9)
            let kept = try await fixture.service.recentFigures()
            #expect(kept.at == first.at && kept.total.waiting == 0)
            #expect(try await fixture.service.publicFigures().total.waiting == 1)
            fixture.time.advance(seconds: 1)
            let fresh = try await fixture.service.recentFigures()
            #expect(fresh.at == fixture.time.now && fresh.total.waiting == 1)
        }
    }

    @Test func `a crowd that comes first counts once, and a count that fails is tried again`() async throws {
        struct Broken: Error {}
        final class Counts: Sendable { let made = Mutex(0) }
        let (recent, now) = (RecentFigures(), try #require(Instant("2026-03-05T09:00")))
        let figures = PublicFigures(total: SevenFigures(), byAgency: [], at: now, since: now.date)
        let counts = Counts()
        await #expect(throws: Broken.self) { try await recent.figures(at: now) { throw Broken() } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    let told = try await recent.figures(at: now) {
                        counts.made.withLock { $0 += 1 }
                        // Long enough for the others to ask meanwhile.
                        try await Task.sleep(for: .milliseconds(200))
                        return figures
                    }
                    #expect(told.at == now)
                }
            }
            try await group.waitForAll()
        }
        #expect(counts.made.withLock { $0 } == 1)
    }

    @Test(arguments: TestStores.all)
    func `received after the cut-off and decided the same day is early`(on engine: Engine) async throws {
        try await withReporting(engine) { fixture in
            fixture.time.advance(seconds: 8 * 3_600)
            let id = try await fixture.submit()
            try await fixture.change(id, .receive(registerNumber: 1))
            #expect(try await fixture.state(id).dueAt == Instant("2026-03-03T17:00"))
            try await fixture.decide(id)
            let total = try await fixture.service.publicFigures().total
            #expect(total.early == 1 && total.resolved == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `flows are those of this year, what is open is open whatever the year`(on engine: Engine) async throws {
        try await withReporting(engine) { fixture in
            let agency = try #require(AgencyCode("H01.30337"))
            let cells: [(Measure, String, Int64)] = [
                (.early, "2025-12-31", 5), (.late, "2025-12-31", 5), (.withdrawn, "2025-12-31", 5),
                (.early, "2026-01-01", 2), (.late, "2026-03-02", 1), (.withdrawn, "2026-01-01", 3),
                (.open, "2025-12-31", 4), (.open, "2026-03-01", 1), (.open, "2026-03-02", 6),
                (.open, "2026-03-03", 7), (.paused, "", 8), (.waiting, "", 9), (.submitted, "2026-02-02", 99),
            ]
            try await fixture.store.write { transaction in
                for (measure, day, count) in cells {
                    let key = CounterKey(
                        measure: measure,
                        agency: agency,
                        procedure: "2.000635",
                        channel: .online,
                        day: LocalDate(day)
                    )
                    try CounterTable.add(count, to: key, in: transaction)
                }
            }
            let figures = try await fixture.service.publicFigures()
            var expected = SevenFigures()
            (expected.early, expected.late, expected.withdrawn) = (2, 1, 3)
            (expected.openOverdue, expected.openWithinTime) = (5, 13)
            (expected.supplementing, expected.waiting) = (8, 9)
            #expect(figures.total == expected)
            #expect(figures.byAgency.map(\.agency) == [agency] && figures.byAgency.first?.figures == expected)
            #expect(figures.since == LocalDate("2026-01-01") && figures.at == fixture.time.now)
        }
    }
}
