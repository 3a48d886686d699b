// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing
import WorkingTime

@testable import Dossiers
@testable import Reporting

/// Dossiers that go their way at random through the one door by which dossiers change, figures kept along.
struct ReportingFixture {
    let store: any Store
    let time = TestClock()
    let log = TransparencyLog(random: .system)
    let writer: DossierWriter
    let service: ReportingService

    static let migrations = JournalSchema.migrations + DossierMigrations.all + ReportingMigrations.all
    static let procedure = "2.000635"
    static let agencies = ["H01.30337", "H01.30307", "H01.30316"]
    private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    private static let checked = PackChecker().check(PackSource.pack(atPath: "\(root)/procedures/\(procedure)"))

    init(_ store: any Store) throws {
        self.store = store
        let pack = try #require(Self.checked.pack)
        writer = DossierWriter(
            log: log,
            jobs: JobQueue(random: .system),
            pack: { _, _ in pack },
            calendar: { _ in .standard },
            projectors: [ReportingService.projector]
        )
        service = ReportingService(store: store, log: log, clock: time.clock)
    }

    /// Submits a dossier; nothing is to be paid unless the test says so.
    func submit(_ agency: String = agencies[0], isPaid: Bool = false, channel: Channel = .online) async throws
        -> DossierID
    {
        let (id, now) = (DossierID(.system), time.now)
        let code = try #require(AgencyCode(agency))
        let applicant = try #require(Identifier<DossierApplicant>(rawValue: "mai"))
        let author = Actor.citizen(try #require(AccountID(rawValue: "mai")), assurance: .two, session: nil)
        try await store.journalled { [writer] transaction in
            let number = try NumberSeries.next("dossier/\(code)/\(now.date)", in: transaction)
            let facts = DossierEvent.Submitted(
                code: DossierCode(agency: code, day: now.date, sequence: number),
                procedure: Self.procedure,
                packVersion: "v",
                agency: code,
                applicant: applicant,
                channel: channel,
                delivery: .online,
                obligation: isPaid ? .due : .none,
                files: [],
                regime: Regime.valid(on: now.date)
            )
            _ = try writer.begin(
                id,
                facts,
                personal: ["fullName": "Nguyễn Thị Sao Mai"],
                slipSecret: id.rawValue,
                by: author,
                at: now,
                in: transaction
            )
        }
        return id
    }

    /// Asks for a change by whoever may make it; false when it is refused.
    @discardableResult
    func change(_ id: DossierID, _ command: DossierCommand) async throws -> Bool {
        let now = time.now
        let actors = try await Self.actors(of: state(id).agency)
        return try await store.journalled { [writer] transaction in
            for actor in actors {
                do {
                    try writer.change(id, seen: nil, by: actor, at: now, in: transaction) { _ in command }
                    return true
                } catch is DossierRefusal {
                    continue
                }
            }
            return false
        }
    }

    /// Takes a dossier in and brings it to its decision at this moment of the clock.
    func decide(_ id: DossierID, _ decision: DossierCommand = .approve(result: ResultID(.system))) async throws {
        for command in [DossierCommand.draftResult, .advance(to: nil), decision] {
            #expect(try await change(id, command))
        }
    }

    func state(_ id: DossierID) async throws -> DossierState {
        try #require(try await store.read { try DossierTable.find(id, in: $0) })
    }

    /// The applicant, the program, and one officer of each role.
    private static func actors(of agency: AgencyCode) throws -> [Actor] {
        let officers = try [Role.deskOfficer, .specialist, .leader].map { role in
            let officer = Officer(
                id: try #require(OfficerID(rawValue: role.rawValue.lowercased())),
                loginName: role.rawValue,
                agency: agency,
                unit: try #require(OrgUnitID(rawValue: "u")),
                fullName: "Trần Văn Bình",
                position: "Công chức",
                email: nil,
                roles: [role]
            )
            return Actor.officer(officer, authentication: .password, session: nil)
        }
        let mai = Actor.citizen(try #require(AccountID(rawValue: "mai")), assurance: .two, session: nil)
        return officers + [mai, .system("payments")]
    }

    /// Every dossier of the table, as the oracle of the figures reads it.
    func states() async throws -> [DossierState] {
        try await store.read { transaction in
            try transaction.rows("SELECT \(fragment: DossierTable.columns) FROM dossier").map(DossierTable.state)
        }
    }

    func counters() async throws -> [CounterKey: Int64] {
        try await store.read { transaction in
            var cells: [CounterKey: Int64] = [:]
            try CounterTable.forEach(in: transaction) { cells[$0] = $1 }
            return cells
        }
    }
}

/// A service over an empty store of this engine.
func withReporting(_ engine: Engine, _ body: (ReportingFixture) async throws -> Void) async throws {
    try await withStore(engine, migrations: ReportingFixture.migrations) { try await body(ReportingFixture($0)) }
}
