// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Journal
import Kernel
import Organisation
import Payments
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// An agency is merged while its dossiers stand at every step.
@Suite struct SuccessionTests {
    private func code(_ text: String) throws -> AgencyCode { try #require(AgencyCode(text)) }

    private func merge(_ from: String, into successor: String, in fixture: DossiersFixture) async throws {
        let (ending, heir) = (try #require(AgencyCode(from)), try code(successor))
        let plan = Restructuring(
            .agencies([ending], into: heir),
            from: fixture.time.now.date,
            basis: "Nghị quyết 1654/NQ-UBTVQH15"
        )
        let version = try await fixture.organisation.snapshot().version
        _ = try await fixture.organisation.restructure(plan, seen: version, by: .system("test"))
    }

    /// One dossier at each place where a merger may find it.
    private struct Scene {
        var draft: DossierDraftID
        var unpaid: Submission
        var examined: DossierCode
        var supplement: DossierCode
        var signing: DossierCode
        var decided: DossierCode
        var delivered: DossierCode
    }

    private func scene(_ fixture: DossiersFixture, by mai: Actor) async throws -> Scene {
        let delivered = try await fixture.awaitingSignature(by: mai).code
        _ = try await fixture.approve(delivered, by: "anphu.chutich")
        try await fixture.act(.deliver, on: delivered, by: "anphu.motcua")
        let decided = try await fixture.awaitingSignature(by: mai).code
        _ = try await fixture.approve(decided, by: "anphu.chutich")
        let supplement = try await fixture.received(by: mai).code
        let items = [SupplementItem(target: "earlierPaper", text: "Chụp lại, ảnh mờ")]
        try await fixture.act(
            .requestSupplement(reason: "Ảnh mờ", items: items),
            on: supplement,
            by: "anphu.hotich1"
        )
        return Scene(
            draft: try await fixture.filledDraft(by: mai),
            unpaid: try await fixture.submitted(by: fixture.citizen(2)),
            examined: try await fixture.received(by: mai).code,
            supplement: supplement,
            signing: try await fixture.awaitingSignature(by: mai).code,
            decided: decided,
            delivered: delivered
        )
    }

    @Test(arguments: TestStores.all)
    func `whatever is in flight goes on with the successor, with its history`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let scene = try await scene(fixture, by: mai)
            let promised = try await fixture.state(scene.examined).dueAt
            // Somebody has the page of a dossier open when the merger comes.
            let seen = try await fixture.state(scene.examined).version
            let before = try await fixture.officer("anphu.hotich1")
            try await merge("H01.30337", into: "H01.30307", in: fixture)

            let longXuyen = try #require(AgencyCode("H01.30307"))
            for code in [scene.unpaid.code, scene.examined, scene.supplement, scene.signing, scene.decided] {
                let state = try await fixture.state(code)
                #expect(state.agency == longXuyen && state.code == code, "\(code)")
                #expect(code.text.hasPrefix("H01.30337-"))
            }
            #expect(try await fixture.state(scene.delivered).agency == fixture.anPhu)
            #expect(try await fixture.state(scene.examined).dueAt == promised)
            await #expect(throws: DossierRefusal.notFound) {
                try await fixture.service.perform(.advance(to: nil), on: scene.examined, seen: seen, by: before)
            }
            try await expectEyes(fixture, scene)
            try await goOn(fixture, scene, by: mai)
            try await expectStory(fixture, scene, for: mai)
            try await fixture.expectNoFault()
        }
    }

    /// Officers of the successor see all, others and the sessions of before nothing.
    private func expectEyes(_ fixture: DossiersFixture, _ scene: Scene) async throws {
        for name in ["longxuyen.hotich1", "anphu.hotich1"] {
            let officer = try await fixture.officer(name)
            for code in [scene.examined, scene.delivered] {
                let state = try await fixture.state(code)
                #expect(DossierPolicies.read.allows(officer, state), "\(name) \(code)")
            }
            let list = try await fixture.service.workList(of: officer, queues: [.ended])
            #expect(list.rows.items.map(\.code) == [scene.delivered])
        }
        let neighbour = try await fixture.officer("chaudoc.hotich1")
        for code in [scene.examined, scene.delivered] {
            let state = try await fixture.state(code)
            #expect(!DossierPolicies.read.allows(neighbour, state))
        }
    }

    /// Each takes its next step there.
    private func goOn(_ fixture: DossiersFixture, _ scene: Scene, by mai: Actor) async throws {
        // Paid after the merger, taken in by the successor.
        #expect(try await fixture.pay(scene.unpaid, by: fixture.citizen(2)) == .paid)
        try await fixture.act(.receive, on: scene.unpaid.code, by: "longxuyen.motcua")
        // The draft that stood before is signed by the successor, whose name and number it bears.
        _ = try await fixture.approve(scene.signing, by: "longxuyen.chutich")
        let result = try await fixture.service.dossier(scene.signing, for: mai).result
        #expect(result?.agency.text == "H01.30307" && result?.number == 1)
        try await fixture.act(.deliver, on: scene.decided, by: "longxuyen.motcua")
        let file = try await fixture.file("ảnh mới")
        try await fixture.service.attach(file, to: .supplement(scene.supplement), by: mai)
        let asked = try await fixture.state(scene.supplement)
        try await fixture.service.answerSupplement(of: scene.supplement, seen: asked.version, by: mai)
        #expect(try await fixture.state(scene.supplement).status == .processing)
        // The draft was carried over; the old agency is refused with the name of the new one.
        let view = try await fixture.service.draft(scene.draft, for: mai)
        #expect(view.draft.agency?.text == "H01.30307")
        let refusal = DossierRefusal.agencyEnded(
            name: "Ủy ban nhân dân xã An Phú",
            on: try #require(LocalDate("2026-03-01")),
            successor: "Ủy ban nhân dân phường Long Xuyên"
        )
        await #expect(throws: refusal) {
            try await fixture.service.choose(
                agency: fixture.anPhu,
                delivery: .online,
                of: scene.draft,
                seen: view.draft.revision,
                by: mai
            )
        }
        let filed = try await fixture.service.submit(scene.draft, key: "later", isDeclared: true, by: mai)
        #expect(filed.code.text.hasPrefix("H01.30307-"))
    }

    /// One line more in the story, old ones as they were.
    private func expectStory(_ fixture: DossiersFixture, _ scene: Scene, for mai: Actor) async throws {
        let timeline = try await fixture.service.dossier(scene.signing, for: mai).timeline
        let kinds = timeline.map(\.event.kind)
        #expect(kinds.filter { $0 == "passedToSuccessor" }.count == 1 && kinds.last == "granted")
        let line = try #require(timeline.first { $0.event.kind == "passedToSuccessor" })
        #expect(
            line.event.vietnamese == "hồ sơ được chuyển cho Ủy ban nhân dân phường Long Xuyên do sáp nhập"
        )
        #expect(line.event.isToldToApplicant && line.note?.reason?.contains("1654/NQ-UBTVQH15") == true)
        #expect(timeline[0].author.agency == nil && timeline[1].event.kind == "obligationSettled")
    }

    @Test(arguments: TestStores.all)
    func `merged twice, a dossier follows twice`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let code = try await fixture.received(by: mai).code
            try await merge("H01.30337", into: "H01.30307", in: fixture)
            try await merge("H01.30307", into: "H01.30316", in: fixture)
            #expect(try await fixture.state(code).agency.text == "H01.30316")
            let snapshot = try await fixture.organisation.snapshot()
            #expect(snapshot.successor(of: fixture.anPhu).text == "H01.30316")
            let heir = try #require(AgencyCode("H01.30316"))
            #expect(snapshot.predecessors(of: heir).map(\.text).sorted() == ["H01.30307", "H01.30337"])
            // Who worked at the first agency works at the third.
            let hoa = try await fixture.officer("anphu.hotich1")
            let state = try await fixture.state(code)
            #expect(hoa.agency == heir && DossierPolicies.work.allows(hoa, state))
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a question goes to the unit that took over`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.permit()
            try await fixture.ask("planning", on: code)
            let asked = try await fixture.officer("soxaydung.quyhoach")
            let unit = try #require(asked.unit)
            let snapshot = try await fixture.organisation.snapshot()
            let agency = try #require(asked.agency)
            let other = try #require(snapshot.units(of: agency).first { $0.id != unit })
            let plan = Restructuring(.units([unit], into: other.id), from: fixture.time.now.date, basis: "QĐ 7/QĐ")
            let preview = try await fixture.organisation.preview(plan)
            #expect(preview.inFlight.contains { $0.label == "Câu hỏi ý kiến chờ trả lời" && $0.count == 1 })
            _ = try await fixture.organisation.restructure(plan, seen: preview.version, by: .system("test"))
            let state = try await fixture.state(code)
            #expect(state.consultations.first?.party.unit == other.id && state.isConsulting(at: fixture.time.now))
            // Who stands there still from before is asked no more; who came along is.
            #expect(!ConsultationPolicies.open.allows(asked, state.consultations[0]))
            let moved = try await fixture.officer("soxaydung.quyhoach")
            #expect(ConsultationPolicies.open.allows(moved, state.consultations[0]))
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `closing with work in flight and nobody to take over is refused`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            _ = try await fixture.submitted(by: fixture.citizen())
            for name in ["motcua", "hotich1", "hotich2", "chutich", "phochutich", "vanthu", "kinhte", "truonghotich"] {
                let officer = try #require(try await fixture.organisation.officer(loginName: "anphu.\(name)"))
                try await fixture.organisation.disableOfficer(officer.id, by: .system("test"))
            }
            let police = Restructuring(
                .agencies([try #require(AgencyCode("H01.30337.CA"))], into: AgencyCode("H01.30307.CA")),
                from: fixture.time.now.date,
                basis: "QĐ 1"
            )
            let version = try await fixture.organisation.snapshot().version
            _ = try await fixture.organisation.restructure(police, seen: version, by: .system("test"))
            let closing = Restructuring(
                .agencies([fixture.anPhu], into: nil),
                from: fixture.time.now.date,
                basis: "QĐ 2"
            )
            let held = OrganisationError.workInFlight([InFlight("Hồ sơ: Chờ nộp phí", 1, needsSuccessor: true)])
            await #expect(throws: held) { try await fixture.organisation.preview(closing) }
        }
    }

    @Test(arguments: TestStores.all, [UInt64(1), 2, 20_260_302])
    func `after any mergers a dossier is with one agency, in memory and in SQL`(
        on engine: Engine,
        seed: UInt64
    ) async throws {
        try await withDossiers(engine) { fixture in
            var generator = SeededGenerator(seed: seed)
            let snapshot = try await fixture.organisation.snapshot()
            var standing = try await fixture.organisation.agencies(executing: .peoplesCommittee, at: .commune)
                .prefix(9).map(\.code)
            let all = standing
            let born = try await write(40, at: all, in: fixture, &generator)
            for _ in 0..<6 {
                let heir = standing.remove(at: Int.random(in: 0..<standing.count, using: &generator))
                let ending = standing.remove(at: Int.random(in: 0..<standing.count, using: &generator))
                try await merge(ending.text, into: heir.text, in: fixture)
                standing.append(heir)
            }
            let after = try await fixture.organisation.snapshot()
            #expect(snapshot.version < after.version && standing.count == 3)
            let left = standing
            let actors = try all.map { try Self.specialist(of: $0, in: after) }
            try await fixture.store.read { transaction in
                for actor in actors {
                    let filter = DossierPolicies.read.filter(actor)
                    let listed = try transaction.rows("SELECT id FROM dossier WHERE \(fragment: filter)")
                        .map { try $0.get("id", as: String.self) }
                    let states = try transaction.rows("SELECT \(fragment: DossierTable.columns) FROM dossier")
                        .map(DossierTable.state)
                    let allowed = states.filter { DossierPolicies.read.allows(actor, $0) }.map(\.id.rawValue)
                    #expect(Set(listed) == Set(allowed) && listed.count == allowed.count)
                    // Exactly those whose first agency has ended in this one, while it stands.
                    let own = born.filter { after.successor(of: $0.agency) == actor.agency }
                    let isStanding = actor.agency.map(left.contains) ?? false
                    #expect(Set(allowed) == Set(isStanding ? own.map(\.id) : []), "\(actor.agency?.text ?? "")")
                }
            }
        }
    }

    /// An officer who is told to act for an agency, whether it still stands or not.
    private static func specialist(of code: AgencyCode, in snapshot: OrganisationSnapshot) throws -> Actor {
        let officer = Officer(
            id: try #require(OfficerID(rawValue: "o-\(code.text.lowercased())")),
            loginName: "o",
            agency: code,
            unit: try #require(OrgUnitID(rawValue: "u")),
            fullName: "Trần Văn Bình",
            position: "Công chức",
            email: nil,
            roles: [.specialist],
            isActive: snapshot.agency(code)?.validTo == nil
        )
        return .officer(
            officer,
            authentication: .password,
            session: nil,
            predecessors: snapshot.predecessors(of: code)
        )
    }

    private func write(
        _ count: Int,
        at agencies: [AgencyCode],
        in fixture: DossiersFixture,
        _ generator: inout SeededGenerator
    ) async throws -> [(id: String, agency: AgencyCode)] {
        var states: [DossierState] = []
        for number in 1...count {
            let agency = try #require(agencies.randomElement(using: &generator))
            let status = try #require(DossierStatus.allCases.randomElement(using: &generator))
            states.append(
                DossierState(
                    id: try #require(DossierID(rawValue: "d\(number)")),
                    code: DossierCode(agency: agency, day: fixture.time.now.date, sequence: Int64(number)),
                    procedure: DossiersFixture.procedure,
                    packVersion: "v",
                    agency: agency,
                    applicant: try #require(Identifier(rawValue: "mai")),
                    channel: .online,
                    delivery: .online,
                    regime: .nd118of2025,
                    status: status,
                    obligation: .none,
                    submittedAt: fixture.time.now,
                    endedAt: status.isOpen ? nil : fixture.time.now,
                    version: 1
                )
            )
        }
        let rows = states
        try await fixture.store.write { transaction in
            for state in rows {
                let queue: WorkQueue = state.status.isFinal ? .ended : .examination
                try DossierTable.insert(state, queue: queue, slipSecret: state.id.rawValue, in: transaction)
            }
        }
        return rows.map { ($0.id.rawValue, $0.agency) }
    }
}
