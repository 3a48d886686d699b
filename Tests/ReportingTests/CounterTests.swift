// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import Dossiers
@testable import Reporting

/// Every figure is a recount.
@Suite struct CounterTests {
    private static let commands: [DossierCommand] = [
        .settleObligation, .receive(registerNumber: 1), .receive(registerNumber: 1), .draftResult, .draftResult,
        .advance(to: nil), .advance(to: nil), .approve(result: ResultID(.system)), .deliver(.online), .deliver(.desk),
        .sendBack(to: nil, reason: "Sai tên"), .requirePayment, .answerSupplement(files: []),
        .requestSupplement(reason: "Thiếu", items: [SupplementItem(target: "earlierPaper", text: "Chụp lại")]),
        .refuse(reason: "Không có trong sổ"), .withdraw(reason: nil), .decline(reason: "Sai nơi nộp"),
        .stop(reason: "Quá hạn bổ sung"),
    ]

    private static let endings: Set<DossierAction> = [.withdraw, .decline, .stop, .refuse]

    @Test(arguments: TestStores.all, [11, 2_000_635] as [UInt64])
    func `counters moved by events equal a recount, and what the dossiers themselves say`(
        on engine: Engine,
        seed: UInt64
    ) async throws {
        try await withReporting(engine) { fixture in
            var generator = SeededGenerator(seed: seed)
            try await walk(fixture, &generator)
            #expect(try await fixture.service.recount(isRepairing: false) == [], "seed \(seed)")
            let (store, log) = (fixture.store, fixture.log)
            #expect(try await store.read { try DossierReplay.differences(in: log, $0) } == [], "seed \(seed)")
            try await expectFigures(fixture, seed)
            // The same cells tomorrow: time alone moves what is overdue, not the table.
            fixture.time.advance(seconds: 86_400)
            try await expectFigures(fixture, seed)
            #expect(try await fixture.counters().values.allSatisfy { $0 > 0 }, "seed \(seed)")
            try await expectAuthentication(fixture, seed)
        }
    }

    /// The share of authenticated acts against a count over the journal's columns, which shares no code with it.
    private func expectAuthentication(_ fixture: ReportingFixture, _ seed: UInt64) async throws {
        func total(_ condition: Statement) async throws -> Int64 {
            try await fixture.store.read { transaction in
                let row = try transaction.first(
                    """
                    SELECT COUNT(*) AS total FROM journal_event
                    WHERE object_type = 'dossier' AND actor_kind <> 'system' AND (\(fragment: condition))
                    """
                )
                return try row?.get("total") ?? 0
            }
        }
        let figures = try await fixture.service.publicFigures().total
        #expect(try await figures.acts == total("1 = 1"), "seed \(seed)")
        #expect(try await figures.authenticatedActs == total("authentication IS NOT NULL"), "seed \(seed)")
        #expect(figures.acts > 200 && figures.authenticatedPermille == 1_000, "seed \(seed)")
        // Every event says how its author was known; a citizen's says how well.
        #expect(try await total("authentication IS NULL OR authentication = 'unknown'") == 0)
        #expect(try await total("actor_kind = 'citizen' AND (assurance IS NULL OR assurance <> 2)") == 0)
        #expect(try await total("actor_kind <> 'citizen' AND assurance IS NOT NULL") == 0)
    }

    @Test(arguments: TestStores.all)
    func `events of releases that did not write it down count as not authenticated`(on engine: Engine) async throws {
        try await withReporting(engine) { fixture in
            let known = try await fixture.submit()
            let old = try await fixture.submit()
            #expect(known != old)
            try await fixture.store.write { transaction in
                _ = try transaction.run(
                    "UPDATE journal_event SET authentication = NULL, assurance = NULL WHERE object_id = \(old.rawValue)"
                )
            }
            let differences = try await fixture.service.recount(isRepairing: true)
            #expect(differences.map(\.key.measure) == [.authenticatedActs])
            let figures = try await fixture.service.publicFigures().total
            #expect(figures.acts == 2 && figures.authenticatedActs == 1 && figures.authenticatedPermille == 500)
        }
    }

    /// Sixty dossiers of three agencies and two channels, each with some twenty wishes, granted or refused.
    private func walk(_ fixture: ReportingFixture, _ generator: inout SeededGenerator) async throws {
        var open: [DossierID] = []
        for number in 0..<60 {
            let agency = ReportingFixture.agencies[number % 3]
            let channel: Channel = number.isMultiple(of: 4) ? .post : .online
            open.append(try await fixture.submit(agency, isPaid: Bool.random(using: &generator), channel: channel))
            for _ in 0..<20 {
                let id = try #require(open.randomElement(using: &generator))
                let command = try #require(Self.commands.randomElement(using: &generator))
                // Taken seldom, or no dossier would get to a decision.
                if Self.endings.contains(command.action), Int.random(in: 0..<8, using: &generator) > 0 { continue }
                if try await fixture.change(id, command), try await fixture.state(id).status.isFinal {
                    open.removeAll { $0 == id }
                    if open.isEmpty { break }
                }
                // From one minute to a working day: some are early, some on time, some late.
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    fixture.time.advance(seconds: Int64.random(in: 60...20_000, using: &generator))
                }
            }
        }
        // A walk on which nothing happens would prove nothing.
        let states = try await fixture.states()
        #expect(states.reduce(0) { $0 + $1.version } > 200)
        #expect(Set(states.map(\.status)).isSuperset(of: [.submitted, .processing, .awaitingSupplement, .delivered]))
    }

    /// The public figures against a count over the rows, which shares no code with the counters.
    private func expectFigures(_ fixture: ReportingFixture, _ seed: UInt64) async throws {
        let today = fixture.time.now.date
        let states = try await fixture.states()
        func figures(_ states: [DossierState]) -> SevenFigures {
            var expected = SevenFigures()
            for state in states {
                switch state.status {
                case .submitted: expected.waiting += 1
                case .awaitingSupplement, .awaitingPayment: expected.supplementing += 1
                case .withdrawn: expected.withdrawn += 1
                case .declined, .stopped: break
                case .received, .processing:
                    if let due = state.dueAt, due.date < today {
                        expected.openOverdue += 1
                    } else {
                        expected.openWithinTime += 1
                    }
                case .decided, .delivered:
                    guard let due = state.dueAt, let decided = state.decidedAt else { continue }
                    if decided > due {
                        expected.late += 1
                    } else if decided.date == due.date {
                        expected.onTime += 1
                    } else {
                        expected.early += 1
                    }
                }
            }
            return expected
        }
        /// The seven alone: what was done by whom stands in no row of a dossier, and has a test of its own.
        func seven(_ figures: SevenFigures) -> SevenFigures {
            var figures = figures
            (figures.acts, figures.authenticatedActs) = (0, 0)
            return figures
        }
        let figuresNow = try await fixture.service.publicFigures()
        #expect(seven(figuresNow.total) == figures(states), "seed \(seed)")
        for (agency, found) in figuresNow.byAgency {
            #expect(seven(found) == figures(states.filter { $0.agency == agency }), "\(agency), seed \(seed)")
        }
        #expect(Set(figuresNow.byAgency.map(\.agency)) == Set(states.map(\.agency)))
        let overdue = figuresNow.byAgency.map(\.figures.openOverdue)
        #expect(overdue == overdue.sorted(by: >), "the most overdue stand first")
    }

    @Test(arguments: TestStores.all)
    func `broken counters are found, named and mended`(on engine: Engine) async throws {
        try await withReporting(engine) { fixture in
            for agency in ReportingFixture.agencies {
                let id = try await fixture.submit(agency)
                try await fixture.change(id, .receive(registerNumber: 1))
                _ = try await fixture.submit(agency)
            }
            let whole = try await fixture.counters()
            #expect(try await fixture.service.recount(isRepairing: true) == [])
            try await fixture.store.write { transaction in
                try transaction.run(
                    "UPDATE counter SET count = count + 3 WHERE measure = 'open' AND agency = 'H01.30337'"
                )
                try transaction.run("DELETE FROM counter WHERE measure = 'received' AND agency = 'H01.30307'")
                try transaction.run(
                    """
                    INSERT INTO counter (measure, agency, day, procedure_code, channel, count)
                    VALUES ('late', 'H01.30316', '2026-03-01', '2.000635', 'online', 7)
                    """
                )
            }
            let day = fixture.time.now.date
            func key(_ measure: Measure, _ agency: String, _ day: LocalDate?) throws -> CounterKey {
                CounterKey(
                    measure: measure,
                    agency: try #require(AgencyCode(agency)),
                    procedure: ReportingFixture.procedure,
                    channel: .online,
                    day: day
                )
            }
            let expected = [
                CounterDifference(key: try key(.late, "H01.30316", LocalDate("2026-03-01")), kept: 7, recounted: 0),
                CounterDifference(key: try key(.open, "H01.30337", day), kept: 4, recounted: 1),
                CounterDifference(key: try key(.received, "H01.30307", day), kept: 0, recounted: 1),
            ]
            // Looking mends nothing; mending says what it mended.
            for isRepairing in [false, false, true] {
                #expect(try await fixture.service.recount(isRepairing: isRepairing) == expected)
            }
            #expect(try await fixture.service.recount(isRepairing: false) == [])
            #expect(try await fixture.counters() == whole)
            #expect(try await fixture.service.publicFigures().total.late == 0)
        }
    }

    @Test func `a lengthened limit moves the bucket, and what is decided by the new date is on time`() throws {
        let (first, second) = (try moment("2026-03-05T17:00"), try moment("2026-03-12T17:00"))
        let late = try moment("2026-03-06T09:00")
        let author = Actor.system("test").stamp
        func deltas(_ event: DossierEvent, _ before: DossierStanding, _ after: DossierStanding) -> [Measure: Int64] {
            var found: [Measure: Int64] = [:]
            CounterRules.forEachDelta(of: event, at: late, by: author, from: before, to: after) { measure, day, delta in
                if case .lengthened = event { #expect(day == (delta < 0 ? first : second).date) }
                found[measure, default: 0] += delta
            }
            return found
        }
        let plain = DossierStanding(status: .processing, dueAt: first, isPaused: false)
        let longer = DossierStanding(status: .processing, dueAt: second, isPaused: false)
        let facts = DossierEvent.Lengthened(rule: "verification", formerDueAt: first, dueAt: second)
        // Out of one day's bucket, into the other's.
        #expect(deltas(.lengthened(facts), plain, longer) == [.open: 0])
        let granted = DossierEvent.granted(result: ResultID(.system))
        func decided(_ due: Instant) -> DossierStanding { .init(status: .decided, dueAt: due, isPaused: false) }
        #expect(deltas(granted, longer, decided(second))[.early] == 1)
        #expect(deltas(granted, plain, decided(first))[.late] == 1)
    }

    private func moment(_ text: String) throws -> Instant { try #require(Instant(text)) }

    @Test(arguments: TestStores.all)
    func `a change that is undone moves no counter`(on engine: Engine) async throws {
        try await withReporting(engine) { fixture in
            let id = try await fixture.submit()
            let before = try await fixture.counters()
            struct Undone: Error {}
            let (writer, now) = (fixture.writer, fixture.time.now)
            await #expect(throws: Undone.self) {
                try await fixture.store.journalled { transaction in
                    try writer.change(id, seen: nil, by: .system("x"), at: now, in: transaction) { _ in
                        .receive(registerNumber: 1)
                    }
                    throw Undone()
                }
            }
            #expect(try await fixture.counters() == before)
            #expect(before.count == 4)
            #expect(try await fixture.service.recount(isRepairing: false) == [])
        }
    }
}
