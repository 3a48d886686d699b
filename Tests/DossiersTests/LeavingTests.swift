// SPDX-License-Identifier: Apache-2.0

import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// An officer leaves with open dossiers: each goes to somebody, and nothing stays with who is gone.
@Suite struct LeavingTests {
    private func officer(_ name: String) throws -> OfficerID { try #require(OfficerID(rawValue: name)) }

    private func assign(_ id: DossierID, to name: String, in fixture: DossiersFixture) async throws {
        let (head, officer) = (try await fixture.officer("anphu.truonghotich"), try officer(name))
        let now = fixture.time.now
        _ = try await fixture.store.journalled { [service = fixture.service] in
            try service.reassign(id, to: officer, reason: nil, by: head, at: now, in: $0)
        }
    }

    /// A real dossier, and as many rows like it, assigned to an officer.
    private func load(_ count: Int, on name: String, in fixture: DossiersFixture) async throws -> DossierState {
        let submission = try await fixture.received(by: fixture.citizen())
        try await assign(submission.dossier, to: name, in: fixture)
        let first = try await fixture.state(submission.code)
        let copies = try (1..<count).map { number in
            var copy = first
            copy.id = try #require(DossierID(rawValue: "copy-\(number)"))
            copy.code = DossierCode(agency: first.agency, day: fixture.time.now.date, sequence: Int64(1_000 + number))
            return copy
        }
        try await fixture.store.write { transaction in
            for copy in copies {
                try DossierTable.insert(copy, queue: .examination, slipSecret: "s", in: transaction)
            }
        }
        return first
    }

    private func counts(_ fixture: DossiersFixture) async throws -> [String: Int] {
        try await fixture.store.read { transaction in
            let rows = try transaction.rows(
                "SELECT COALESCE(assignee, '-') AS holder, COUNT(*) AS total FROM dossier GROUP BY assignee"
            )
            return try Dictionary(
                uniqueKeysWithValues: rows.map {
                    (try $0.get("holder", as: String.self), try $0.get("total", as: Int.self))
                }
            )
        }
    }

    @Test(arguments: TestStores.all)
    func `forty dossiers are shared by count in one act, and her sessions end`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let first = try await load(40, on: "anphu.hotich1", in: fixture)
            let leaving = try officer("anphu.hotich1")
            #expect(try await fixture.service.work(assignedTo: leaving) == [.examination: 40])
            let account = try #require(try await fixture.organisation.officer(leaving))
            let secret = try await fixture.identity.signIn(officer: account)
            let admin = try await fixture.officer("quantri")
            let takers = try ["anphu.hotich2", "anphu.kinhte", "anphu.motcua"].map(officer)
            let given = try await fixture.service.leave(
                leaving,
                .departure,
                handing: .officers(takers),
                reason: "Nghỉ hưu",
                by: admin
            )
            #expect(given == 40)
            #expect(
                try await counts(fixture) == ["anphu.hotich2": 14, "anphu.kinhte": 13, "anphu.motcua": 13]
            )
            #expect(try await fixture.identity.person(behind: secret) == nil)
            #expect(try await fixture.organisation.officer(leaving)?.isActive == false)
            let assigned = try await fixture.count(
                "SELECT COUNT(*) AS total FROM journal_event WHERE kind = 'assigned'"
            )
            #expect(assigned == 41)
            let story = try await fixture.service.dossier(first.code, for: fixture.citizen()).timeline
            #expect(story.last?.event.kind == "assigned" && story.last?.note?.internalText == "Nghỉ hưu")
            #expect(story.last?.event.isToldToApplicant == false)
        }
    }

    @Test(arguments: TestStores.all)
    func `whoever is locked or moved without more leaves her work in the pile`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let first = try await load(1, on: "anphu.hotich1", in: fixture)
            let admin = try await fixture.officer("quantri")
            let economy = try #require(OrgUnitID(rawValue: "h01.30337.economy"))
            let place = OfficerPlace(agency: fixture.anPhu, unit: economy)
            let given = try await fixture.service.leave(
                officer("anphu.hotich1"),
                .move(place),
                handing: .pile,
                reason: "x",
                by: admin
            )
            let state = try await fixture.state(first.code)
            #expect(given == 0 && state.assignee == nil && state.unit == first.unit)
            #expect(try await fixture.organisation.officer(officer("anphu.hotich1"))?.unit == economy)
            try await assign(first.id, to: "anphu.hotich2", in: fixture)
            try await fixture.organisation.disableOfficer(officer("anphu.hotich2"), by: .system("test"))
            #expect(try await fixture.state(first.code).assignee == nil)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `what cannot be taken over undoes everything`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let first = try await load(3, on: "anphu.hotich1", in: fixture)
            let leaving = try officer("anphu.hotich1")
            let admin = try await fixture.officer("quantri")
            let unfit: [[String]] = [
                [], ["anphu.hotich1"], ["longxuyen.hotich1"], ["anphu.chutich"], ["anphu.hotich2", "khong-co"],
            ]
            for names in unfit {
                let takers = try names.map(officer)
                await #expect(throws: DossierRefusal.assigneeUnsuitable) {
                    try await fixture.service.leave(
                        leaving,
                        .departure,
                        handing: .officers(takers),
                        reason: "x",
                        by: admin
                    )
                }
            }
            let colleague = try await fixture.officer("anphu.hotich2")
            let takers = [try officer("anphu.hotich2")]
            await #expect(throws: DossierRefusal.notAllowed(.assign)) {
                try await fixture.service.leave(
                    leaving,
                    .departure,
                    handing: .officers(takers),
                    reason: "x",
                    by: colleague
                )
            }
            #expect(try await counts(fixture) == ["anphu.hotich1": 3])
            #expect(try await fixture.organisation.officer(leaving)?.isActive == true)
            #expect(try await fixture.state(first.code).version == first.version)
        }
    }

    @Test(arguments: TestStores.all)
    func `at a merger work stays with who moves along, and units keep their work`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let first = try await load(1, on: "anphu.hotich1", in: fixture)
            let day = fixture.time.now.date
            let office = try #require(OrgUnitID(rawValue: "h01.30337.office"))
            let units = Restructuring(
                .units([try #require(first.unit)], into: office),
                from: day,
                basis: "QĐ 1"
            )
            var version = try await fixture.organisation.snapshot().version
            _ = try await fixture.organisation.restructure(units, seen: version, by: .system("test"))
            var state = try await fixture.state(first.code)
            #expect(state.unit == office && state.assignee?.rawValue == "anphu.hotich1")
            let heir = AgencyCode("H01.30307")
            let agencies = Restructuring(.agencies([fixture.anPhu], into: heir), from: day, basis: "QĐ 2")
            version = try await fixture.organisation.snapshot().version
            _ = try await fixture.organisation.restructure(agencies, seen: version, by: .system("test"))
            state = try await fixture.state(first.code)
            #expect(state.agency == heir && state.unit?.rawValue == "h01.30307.office")
            #expect(state.assignee?.rawValue == "anphu.hotich1")
            try await fixture.expectNoFault()
        }
    }
}
