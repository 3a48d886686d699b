// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import Identity
import Journal
import Kernel
import Organisation
import Storage
import Testing
import TestSupport

@testable import Dossiers
@testable import PublicAPI

/// Both faces of what a partner may follow, on dossiers of two people at two agencies.
@Suite struct FollowPolicyTests {
    @Test(arguments: TestStores.all) func `the predicate and its SQL twin agree for every kind of actor`(
        on engine: Engine
    ) async throws {
        try await withAPI(on: engine) { fixture, program in
            let neighbour = try #require(AgencyCode("H01.30301"))
            let tokens = [try await fixture.citizen(), try await fixture.citizen(1)]
            for (index, token) in tokens.enumerated() {
                for agency in [fixture.agency, neighbour] {
                    try await file(fixture, program.with(token), "\(index)\(agency)", agency)
                }
            }
            let states = try await fixture.services.store.read { transaction in
                try transaction.rows("SELECT \(fragment: DossierTable.columns) FROM dossier").map(DossierTable.state)
            }
            #expect(states.count == 4)
            let policies = [
                DossierPolicies.follow, DossierPolicies.partnerOfAgency, DossierPolicies.read,
                DossierPolicies.applicant,
            ]
            var followed: [Int] = []
            for actor in try await actors(fixture, neighbour, applicants: Set(states.map(\.applicant.rawValue))) {
                for policy in policies {
                    let listed = try await fixture.services.store.read { transaction in
                        try transaction.rows("SELECT dossier.id FROM dossier WHERE \(fragment: policy.filter(actor))")
                            .map { try $0.get("id", as: DossierID.self) }
                    }
                    #expect(Set(listed) == Set(states.filter { policy.allows(actor, $0) }.map(\.id)), "\(actor)")
                }
                followed.append(try await fixture.dossiers.progressList(for: actor).items.count)
            }
            #expect(followed.sorted() == [0, 0, 0, 0, 0, 2, 2, 2, 2])
        }
    }

    private func file(_ fixture: APIFixture, _ program: TestProgram, _ key: String, _ agency: AgencyCode) async throws {
        let filing = fixture.filing(["agency": .string(agency.text)])
        let draft = try await program.post("/api/v1/dossiers", filing, key: key).json("Draft")
        let id = try #require(draft["id"]?.text)
        let submitted = try await program.post("/api/v1/drafts/\(id)/submit", ["declaration": true], key: key)
        #expect(submitted.status == .created)
    }

    /// Both applicants, partners of both agencies, and five who may follow nothing.
    private func actors(_ fixture: APIFixture, _ neighbour: AgencyCode, applicants: Set<String>) async throws -> [Actor]
    {
        let (here, _) = try await fixture.partner([.dossiersRead, .statisticsRead])
        let (there, _) = try await fixture.partner([.dossiersRead], of: neighbour)
        var disabled = here
        disabled.disabledAt = .test
        let people = applicants.compactMap { AccountID(rawValue: $0) }
        return people.map { .citizen($0, assurance: .two, session: nil) } + [
            .partner(here, scopes: [.dossiersRead], token: nil),
            .partner(there, scopes: [.dossiersRead], token: nil),
            .partner(here, scopes: [.statisticsRead], token: nil),
            .partner(disabled, scopes: [.dossiersRead], token: nil),
            .citizen(AccountID(.seeded(77)), assurance: .two, session: nil),
            try await fixture.officer(.deskOfficer),
            .system("test"),
        ]
    }

    @Test func `no page of a list scans the table`() async throws {
        try await withAPI { fixture, _ in
            let (partner, _) = try await fixture.partner([.dossiersRead])
            let after = Keyset(values: ["1772413200000000"], id: "x")
            for (actor, index) in [
                (Actor.partner(partner, scopes: [.dossiersRead], token: nil), "dossier_agency"),
                (Actor.citizen(AccountID(.seeded(1)), assurance: .two, session: nil), "dossier_applicant"),
            ] {
                for place in [nil, after] {
                    let statement = WorkListTable.followedStatement(by: actor, after: place, limit: 20)
                    let plan = try await fixture.services.store.read { transaction in
                        try transaction.rows("EXPLAIN QUERY PLAN \(fragment: statement)")
                            .map { try $0.get("detail", as: String.self) }.joined(separator: "; ")
                    }
                    #expect(plan.contains("USING INDEX \(index) "), "\(plan)")
                    #expect(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(plan)")
                }
            }
        }
    }
}
