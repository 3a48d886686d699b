// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// A merger, or an officer who leaves, while a signed result waits for the clerk.
@Suite struct IssuingMergerTests {
    private let anPhuName = "Ủy ban nhân dân xã An Phú"
    private let longXuyenName = "Ủy ban nhân dân phường Long Xuyên"

    private func restructure(_ bodies: Restructuring.Bodies, in fixture: DossiersFixture) async throws {
        let plan = Restructuring(bodies, from: fixture.time.now.date, basis: "Nghị quyết 1654/NQ-UBTVQH15")
        let version = try await fixture.organisation.snapshot().version
        _ = try await fixture.organisation.restructure(plan, seen: version, by: .system("test"))
    }

    /// An Phú is merged into Long Xuyên.
    private func merge(in fixture: DossiersFixture) async throws -> AgencyCode {
        let heir = try #require(AgencyCode("H01.30307"))
        try await restructure(.agencies([fixture.anPhu], into: heir), in: fixture)
        return heir
    }

    private func signed(_ fixture: DossiersFixture) async throws -> (code: DossierCode, result: ResultDocument) {
        let code = try await fixture.awaitingSignature(by: fixture.citizen()).code
        _ = try await fixture.approve(code, by: "anphu.chutich")
        return (code, try await result(fixture, code, for: "anphu.vanthu"))
    }

    private func result(_ fixture: DossiersFixture, _ code: DossierCode, for name: String) async throws
        -> ResultDocument
    {
        try #require(try await fixture.service.dossier(code, for: fixture.officer(name)).result)
    }

    private func issue(_ fixture: DossiersFixture, _ code: DossierCode, by name: String) async throws -> DossierState {
        try await fixture.service.issue(code, seen: fixture.state(code).version, by: fixture.officer(name))
    }

    private func giveBack(_ fixture: DossiersFixture, _ code: DossierCode, by name: String) async throws {
        try await fixture.service.returnSignature(
            of: code,
            reason: "Sai ngày ký",
            seen: fixture.state(code).version,
            by: fixture.officer(name)
        )
    }

    /// What anybody learns of a paper by its code, and by its file.
    private func expectVerified(
        _ paper: ResultDocument,
        _ standing: ResultVerification.Standing,
        under name: String,
        in fixture: DossiersFixture,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let digest = try #require(paper.digest)
        for found in [
            try await fixture.service.verification(of: paper.id),
            try await fixture.service.verification(ofFile: digest),
        ] {
            #expect(found?.standing == standing && found?.agencyName == name, sourceLocation: sourceLocation)
            #expect(found?.result.notation == paper.notation, sourceLocation: sourceLocation)
            #expect(found?.result.signerName == paper.signerName, sourceLocation: sourceLocation)
        }
    }

    private func book(_ fixture: DossiersFixture, of name: String) async throws -> [RegisterRow] {
        try await fixture.service.documentRegister(RegisterQuestion(year: 2026), for: fixture.officer(name)).rows.items
    }

    @Test(arguments: TestStores.all)
    func `the successor's clerk issues what was signed, under the name and number that it bears`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let (code, paper) = try await signed(fixture)
            let plan = Restructuring(
                .agencies([fixture.anPhu], into: AgencyCode("H01.30307")),
                from: fixture.time.now.date,
                basis: "NQ"
            )
            let told = try await fixture.organisation.preview(plan).inFlight
            #expect(told.contains(InFlight("Hồ sơ: Chờ phát hành", 1, needsSuccessor: true)))
            let heir = try await merge(in: fixture)

            let passed = try await fixture.state(code)
            #expect(passed.agency == heir && passed.status == .processing && passed.result == paper.id)
            #expect(passed.signer?.rawValue == "anphu.chutich")
            try await expectVerified(paper, .notIssued, under: anPhuName, in: fixture)
            // Hers and those of who moved along; the neighbours' clerk sees nothing, and who signed issues nothing.
            for name in ["longxuyen.vanthu", "anphu.vanthu"] {
                let list = try await fixture.service.workList(of: fixture.officer(name), queues: [.issuing])
                #expect(list.rows.items.map(\.code) == [code] && list.counts == [.issuing: 1], "\(name)")
                let view = try await fixture.service.dossier(code, for: fixture.officer(name))
                #expect(view.offered.contains(.issue) && view.offered.contains(.returnSignature), "\(name)")
            }
            await #expect(throws: DossierRefusal.notFound) { try await issue(fixture, code, by: "chaudoc.vanthu") }
            let head = try #require(OfficerID(rawValue: "anphu.chutich"))
            try await fixture.organisation.setRoles([.leader, .recordsClerk], of: head, by: .system("test"))
            await #expect(throws: DossierRefusal.signerMayNotIssue) {
                try await issue(fixture, code, by: "anphu.chutich")
            }

            #expect(try await issue(fixture, code, by: "longxuyen.vanthu").decision == .granted)
            try await expectVerified(paper, .inForce, under: anPhuName, in: fixture)
            // The book of the agency that ended is read by who took over, and by nobody else.
            for name in ["longxuyen.vanthu", "anphu.vanthu"] {
                let row = try #require(try await book(fixture, of: name).first, "\(name)")
                #expect(row.code == code && row.agency == fixture.anPhu && row.notation == paper.notation)
            }
            #expect(try await book(fixture, of: "chaudoc.vanthu").isEmpty)
            try await fixture.act(.deliver, on: code, by: "longxuyen.motcua")
            let (mine, _) = try await fixture.service.resultFile(of: code, for: fixture.citizen())
            #expect(mine.id == paper.id && mine.agency == fixture.anPhu && mine.number == 1)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `given back after the merger, the successor's leaders sign another paper of their own series`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let (code, void) = try await signed(fixture)
            let heir = try await merge(in: fixture)
            try await giveBack(fixture, code, by: "longxuyen.vanthu")
            try await expectVerified(void, .returned, under: anPhuName, in: fixture)
            // Nobody is stranded: who signed it moved along and may sign again, as may the successor's own leader.
            for name in ["anphu.chutich", "longxuyen.chutich"] {
                let list = try await fixture.service.workList(of: fixture.officer(name), queues: [.signing])
                #expect(list.rows.items.map(\.code) == [code], "\(name)")
                let view = try await fixture.service.dossier(code, for: fixture.officer(name))
                #expect(view.offered.contains(.approve) && view.offered.contains(.sendBack), "\(name)")
            }
            fixture.time.advance(seconds: 60)
            _ = try await fixture.approve(code, by: "longxuyen.chutich")
            let paper = try await result(fixture, code, for: "anphu.vanthu")
            #expect(paper.agency == heir && paper.number == 1 && paper.id != void.id)
            try await expectVerified(paper, .notIssued, under: longXuyenName, in: fixture)
            _ = try await issue(fixture, code, by: "anphu.vanthu")
            try await expectVerified(paper, .inForce, under: longXuyenName, in: fixture)
            try await expectVerified(void, .returned, under: anPhuName, in: fixture)
            #expect(try await book(fixture, of: "longxuyen.vanthu").map(\.agency) == [heir])
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a number without a signature does not outlive its series`(on engine: Engine) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let (returned, void) = try await signed(fixture)
            try await giveBack(fixture, returned, by: "anphu.vanthu")
            let failed = try await fixture.awaitingSignature(by: fixture.citizen(2)).code
            fixture.signer.lock(true)
            await #expect(throws: ProbeSigner.KeyLocked.self) {
                try await fixture.approve(failed, by: "anphu.chutich")
            }
            fixture.signer.lock(false)
            #expect(try await result(fixture, failed, for: "anphu.chutich").number == 2)
            let heir = try await merge(in: fixture)
            for (code, number) in [(failed, Int64(1)), (returned, 2)] {
                _ = try await fixture.approve(code, by: "longxuyen.chutich")
                let paper = try await result(fixture, code, for: "longxuyen.vanthu")
                #expect(paper.agency == heir && paper.number == number)
                _ = try await issue(fixture, code, by: "longxuyen.vanthu")
                try await expectVerified(paper, .inForce, under: longXuyenName, in: fixture)
            }
            try await expectVerified(void, .returned, under: anPhuName, in: fixture)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a unit is merged: the signed result stays with the clerk, the work behind it with the new unit`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let code = try await assigned(to: "anphu.hotich1", in: fixture)
            _ = try await fixture.approve(code, by: "anphu.chutich")
            let unit = try #require(try await fixture.state(code).unit)
            let office = try #require(OrgUnitID(rawValue: "h01.30337.office"))
            try await restructure(.units([unit], into: office), in: fixture)
            let state = try await fixture.state(code)
            #expect(state.unit == office && state.assignee?.rawValue == "anphu.hotich1")
            #expect(state.signer?.rawValue == "anphu.chutich")
            let list = try await fixture.service.workList(of: fixture.officer("anphu.vanthu"), queues: [.issuing])
            #expect(list.rows.items.map(\.code) == [code])
            #expect(try await issue(fixture, code, by: "anphu.vanthu").status == .decided)
            try await fixture.expectNoFault()
        }
    }

    /// A dossier that waits for its signature, assigned by name.
    private func assigned(to name: String, in fixture: DossiersFixture) async throws -> DossierCode {
        let submission = try await fixture.awaitingSignature(by: fixture.citizen())
        let (head, officer) = (try await fixture.officer("anphu.truonghotich"), OfficerID(rawValue: name))
        let now = fixture.time.now
        _ = try await fixture.store.journalled { [service = fixture.service] in
            try service.reassign(submission.dossier, to: officer, reason: nil, by: head, at: now, in: $0)
        }
        return submission.code
    }

    private func leave(_ name: String, to taker: String?, in fixture: DossiersFixture) async throws {
        let takers = taker.flatMap { OfficerID(rawValue: $0) }.map { [$0] }
        try await fixture.service.leave(
            try #require(OfficerID(rawValue: name)),
            .departure,
            handing: takers.map { .officers($0) } ?? .pile,
            reason: "Nghỉ hưu",
            by: fixture.officer("quantri")
        )
    }

    @Test(arguments: TestStores.all)
    func `who worked on it, who signed it and the clerk may leave: it is issued all the same`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let code = try await assigned(to: "anphu.hotich1", in: fixture)
            _ = try await fixture.approve(code, by: "anphu.chutich")
            let paper = try await result(fixture, code, for: "anphu.vanthu")
            try await leave("anphu.hotich1", to: "anphu.hotich2", in: fixture)
            #expect(try await fixture.state(code).assignee?.rawValue == "anphu.hotich2")
            try await leave("anphu.chutich", to: nil, in: fixture)
            try await leave("anphu.vanthu", to: nil, in: fixture)
            let waiting = try await fixture.state(code)
            #expect(waiting.signer?.rawValue == "anphu.chutich" && waiting.result == paper.id)
            // The administrator names another clerk, who finds it.
            let next = try #require(OfficerID(rawValue: "anphu.motcua"))
            try await fixture.organisation.setRoles([.deskOfficer, .recordsClerk], of: next, by: .system("test"))
            let list = try await fixture.service.workList(of: fixture.officer("anphu.motcua"), queues: [.issuing])
            #expect(list.rows.items.map(\.code) == [code])
            _ = try await issue(fixture, code, by: "anphu.motcua")
            try await expectVerified(paper, .inForce, under: anPhuName, in: fixture)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `given back to a signer who has left, another leader signs`(on engine: Engine) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let (code, void) = try await signed(fixture)
            try await leave("anphu.chutich", to: nil, in: fixture)
            try await giveBack(fixture, code, by: "anphu.vanthu")
            _ = try await fixture.approve(code, by: "anphu.phochutich")
            let paper = try await result(fixture, code, for: "anphu.vanthu")
            #expect(paper.number == void.number && paper.signerName != void.signerName)
            _ = try await issue(fixture, code, by: "anphu.vanthu")
            try await expectVerified(paper, .inForce, under: anPhuName, in: fixture)
            try await expectVerified(void, .returned, under: anPhuName, in: fixture)
            try await fixture.expectNoFault()
        }
    }
}
