// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

@Suite("Every shipped procedure can be brought to its end in the sample province")
struct SampleStaffTests {
    private struct Seat: Hashable {
        let role: Role
        let unit: String?
    }

    private static let packs: [ProcedurePack] = {
        // A folder that cannot be listed leaves no packs, which the test says.
        let sources = (try? PackSource.packs(inFolder: DossiersFixture.root + "/procedures")) ?? []
        return sources.compactMap { PackChecker().check($0).pack }
    }()

    private func withProvince(_ body: (OrganisationSnapshot, [Officer], LocalDate) throws -> Void) async throws {
        try await withStore(.sqlite, migrations: DossiersFixture.migrations) { store in
            try await withTemporaryFolder { folder in
                let fixture = try await DossiersFixture(store, folder: folder)
                let sample = try SampleProvince(folder: DossiersFixture.root + "/resources/sample")
                let snapshot = try await fixture.organisation.snapshot()
                try body(snapshot, sample.officers, fixture.time.clock.today)
            }
        }
    }

    /// What a dossier needs from its first to its last day: the desk at both ends, a hand for each step, the clerk
    /// where results are issued by one.
    private func seats(of pack: ProcedurePack) throws -> Set<Seat> {
        var seats: Set<Seat> = [Seat(role: .deskOfficer, unit: nil), Seat(role: .recordsClerk, unit: nil)]
        for step in pack.workflow.steps {
            seats.insert(Seat(role: try #require(Role(rawValue: step.role.rawValue)), unit: step.unit))
        }
        return seats
    }

    @Test func `each agency with officers has one for every step of every procedure that it does`() async throws {
        try await withProvince { snapshot, officers, today in
            #expect(Self.packs.count >= 42)
            let staffed = Dictionary(grouping: officers, by: \.agency)
            for pack in Self.packs {
                let seats = try seats(of: pack)
                for meant in pack.executingAgencies {
                    let able = snapshot.agencies(meant: meant, on: today).filter { staffed[$0.code] != nil }
                    #expect(!able.isEmpty, "nobody works on \(pack.code) at \(meant.name)")
                    for agency in able {
                        let units = Dictionary(
                            snapshot.units(of: agency.code).map { ($0.id, $0.name) },
                            uniquingKeysWith: { first, _ in first }
                        )
                        for seat in seats {
                            let isTaken = staffed[agency.code, default: []].contains { officer in
                                officer.roles.contains(seat.role)
                                    && (seat.unit == nil || !units.values.contains(seat.unit ?? "")
                                        || units[officer.unit] == seat.unit)
                            }
                            #expect(isTaken, "\(pack.code): no \(seat.role) \(seat.unit ?? "") at \(agency.name)")
                        }
                    }
                }
            }
        }
    }

    @Test func `whoever may be consulted by a procedure has somebody who answers`() async throws {
        try await withProvince { snapshot, officers, today in
            let answering = officers.filter { !$0.roles.isDisjoint(with: [.specialist, .unitHead, .leader]) }
            let agencies = Set(answering.map(\.agency))
            for pack in Self.packs {
                for rule in pack.workflow.consultations {
                    for meant in rule.agencies {
                        let able = snapshot.agencies(meant: meant, on: today).filter { agencies.contains($0.code) }
                        #expect(!able.isEmpty, "\(pack.code): nobody answers at \(meant.name)")
                    }
                }
            }
        }
    }
}
