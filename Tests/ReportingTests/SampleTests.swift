// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import Foundation
import Journal
import Kernel
@testable import Reporting
import Storage
import TestSupport
import Testing
import WorkingTime

/// A sample is as good as real data for every check, and as uneven as it should be.
@Suite struct SampleTests {
    private static let migrations =
        JournalSchema.migrations + CatalogueService.migrations + DossierMigrations.all + ReportingMigrations.all
    private static let first = LocalDate(year: 2023, month: 6, day: 1)
    private static let end = Instant.test
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private func sample(
        _ count: Int,
        seed: UInt64,
        from first: LocalDate? = SampleTests.first,
        figures: CounterLoad = CounterLoad(),
        in store: any Store
    ) async throws -> Int {
        let beginning = Instant(try #require(first), LocalTime(secondOfDay: 0))
        let catalogue = CatalogueService(store: store, clock: .fixed(at: beginning), unverified: .offer)
        _ = try await catalogue.load(folder: Self.root + "/procedures")
        let writer = DossierWriter(
            log: TransparencyLog(random: .seeded(1)),
            jobs: JobQueue(random: .seeded(2)),
            pack: { try catalogue.pack(version: $0, in: $1) },
            calendar: { _ in .standard },
            projectors: []
        )
        let agencies = ["H01.30001", "H01.30002", "H01.30003", "H01.30004"].compactMap { AgencyCode($0) }
        let offers = catalogue.procedures(on: Self.end.date).flatMap { procedure in
            agencies.enumerated().map { rank, agency in
                DossierSampler.Offer(
                    procedure: procedure.code,
                    packVersion: procedure.digest.hex,
                    agency: agency,
                    weight: 1 / Double(rank + 1),
                    isSlow: rank == 2
                )
            }
        }
        return try await DossierSampler(store: store, writer: writer).make(
            count,
            seed: seed,
            offers: offers,
            from: try #require(first),
            until: Self.end,
            calendar: .standard,
            figures: figures
        ) { _ in }
    }

    @Test(arguments: TestStores.all)
    func everyCheckPasses(on engine: Engine) async throws {
        try await withStore(engine, migrations: Self.migrations) { store in
            let closed = try await sample(1_500, seed: 7, in: store)
            let log = TransparencyLog(random: .seeded(1))
            let report = try await log.verify(store)
            #expect(report.fault == nil)
            #expect(report.head.size > 8_000)
            let reporting = ReportingService(store: store, log: log, clock: .fixed())
            #expect(try await reporting.recount(isRepairing: false) == [])
            try await withTemporaryFolder { folder in
                let files = try FileStore(directory: folder, random: .seeded(3))
                #expect(try await DossierCheck.faults(store: store, log: log, files: files) == [])
            }
            let codes = try await DossierCheck.codes(store: store)
            #expect(codes.count >= 1_495 && codes.values.allSatisfy { $0 == 1 })
            #expect((0.93...0.98).contains(Double(closed) / Double(codes.count)))
            try await requireSkew(reporting, agency: "H01.30003")
        }
    }

    /// What is too much to remember is written before the end, and once.
    @Test func countersMayBeWrittenInPieces() async throws {
        func cells(limit: Int) async throws -> [CounterKey: Int64] {
            var cells: [CounterKey: Int64] = [:]
            try await withStore(.sqlite, migrations: Self.migrations) { store in
                _ = try await sample(300, seed: 5, figures: CounterLoad(limit: limit), in: store)
                cells = try await store.read { transaction in
                    var cells: [CounterKey: Int64] = [:]
                    try CounterTable.forEach(in: transaction) { cells[$0] = $1 }
                    return cells
                }
            }
            return cells
        }
        let whole = try await cells(limit: 1_000_000)
        #expect(whole.count > 1_000)
        #expect(try await cells(limit: 100) == whole)
    }

    /// Two thirds of what is late lie with one agency.
    private func requireSkew(_ reporting: ReportingService, agency: String) async throws {
        let figures = try await reporting.publicFigures()
        let overdue = figures.total.openOverdue
        let slow = figures.byAgency.first { $0.agency.text == agency }?.figures.openOverdue ?? 0
        #expect(overdue >= 10)
        #expect((0.5...0.85).contains(Double(slow) / Double(overdue)), "\(slow) of \(overdue)")
    }

    @Test func theSameSeedIsTheSameProvince() async throws {
        func codes(_ seed: UInt64) async throws -> [String] {
            var found: [String] = []
            try await withStore(.sqlite, migrations: Self.migrations) { store in
                _ = try await sample(200, seed: seed, in: store)
                found = try await store.read { transaction in
                    try transaction.rows("SELECT id, code, due_at FROM dossier ORDER BY code").map {
                        "\(try $0.get("id", as: String.self)) \(try $0.get("code", as: String.self))"
                    }
                }
            }
            return found
        }
        let first = try await codes(1)
        #expect(try await codes(1) == first)
        #expect(try await codes(2) != first)
    }

    /// What was put together from parts is the one text of RFC 8785.
    @Test func factsAreCanonical() async throws {
        try await withStore(.sqlite, migrations: Self.migrations) { store in
            _ = try await sample(300, seed: 3, in: store)
            let facts = try await store.read { transaction in
                try transaction.rows("SELECT facts FROM journal_event").map { try $0.get("facts", as: String.self) }
            }
            #expect(facts.count > 1_500)
            for text in facts { #expect(try JSONValue(parsing: text).canonicalText == text) }
        }
    }

    @Test func numbersGoOnAfterTheSample() async throws {
        try await withStore(.sqlite, migrations: Self.migrations) { store in
            // Enough for each day that some file on the last one, before the sample ends.
            let first = Self.end.date.adding(days: -100)
            _ = try await sample(2_000, seed: 1, from: first, in: store)
            let (last, most) = try await store.read { transaction in
                (
                    try NumberSeries.last("register/H01.30001/2025", in: transaction),
                    try transaction.first(
                        """
                        SELECT MAX(register_number) AS most FROM dossier
                        WHERE agency = 'H01.30001' AND received_at >= 1735664400000000 AND received_at < 1767200400000000
                        """
                    )?.get("most", as: Int64.self)
                )
            }
            #expect(last > 0 && last == most)
            // Who files on the last day of the sample gets the next code, not one that is taken.
            let days = try await store.read { transaction in
                try transaction.rows(
                    """
                    SELECT number_series.last_number AS last, COUNT(*) AS dossiers
                    FROM number_series JOIN dossier ON number_series.name = 'dossier/' || dossier.agency || '/2026-03-02'
                    WHERE dossier.code LIKE '%-260302-%' GROUP BY number_series.name, number_series.last_number
                    """
                ).map { (try $0.get("last", as: Int.self), try $0.get("dossiers", as: Int.self)) }
            }
            #expect(!days.isEmpty && days.allSatisfy { $0.0 == $0.1 })
        }
    }
}
