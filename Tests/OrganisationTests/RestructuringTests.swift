// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import Organisation

/// Mergers and moves within the organisation: what is refused with which words, and what a merger leaves.
@Suite struct RestructuringTests {
    private func code(_ text: String) throws -> AgencyCode { try #require(AgencyCode(text)) }

    private func unit(_ part: String, of agency: String) throws -> OrgUnitID {
        try #require(SampleProvince.unit(part, of: code(agency)))
    }

    private func withSample(
        _ engine: Engine,
        counters: [InFlightCounter] = [],
        _ body: (OrganisationFixture) async throws -> Void
    ) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations + OrganisationMigrations.all) { store in
            let fixture = OrganisationFixture(store, counters: counters)
            try await fixture.service.load(OrganisationFixture.sample(), by: fixture.admin)
            try await body(fixture)
        }
    }

    private func merger(
        _ codes: [String],
        into successor: String?,
        from day: String = "2026-03-02"
    ) throws -> Restructuring {
        Restructuring(
            .agencies(try codes.map(code), into: try successor.map(code)),
            from: try #require(LocalDate(day)),
            basis: "Nghị quyết 1/NQ"
        )
    }

    @discardableResult
    private func merge(_ plan: Restructuring, in fixture: OrganisationFixture) async throws -> PlannedRestructuring? {
        let version = try await fixture.service.snapshot().version
        return try await fixture.service.restructure(plan, seen: version, by: fixture.admin)
    }

    private func refusal(_ plan: Restructuring, in fixture: OrganisationFixture) async throws -> OrganisationError? {
        do { try await merge(plan, in: fixture) } catch let error as OrganisationError { return error }
        return nil
    }

    @Test(arguments: TestStores.all)
    func `a merged agency leaves its officers, units and children to the successor`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let (anPhu, longXuyen) = (try code("H01.30337"), try code("H01.30307"))
            let before = try await fixture.service.snapshot()
            let preview = try await fixture.service.preview(merger(["H01.30337"], into: "H01.30307"))
            #expect(preview.isDue && preview.effects.officers.count == 8 && preview.version == before.version)
            #expect(preview.effects.children.map(\.code.text) == ["H01.30337.CA"])
            try await merge(merger(["H01.30337"], into: "H01.30307"), in: fixture)
            let after = try await fixture.service.snapshot()
            #expect(after.agency(anPhu)?.validTo == LocalDate("2026-03-01"))
            #expect(after.agency(anPhu)?.successor == longXuyen && after.successor(of: anPhu) == longXuyen)
            #expect(after.predecessors(of: longXuyen) == [anPhu])
            #expect(after.officers(of: anPhu).isEmpty && after.officers(of: longXuyen).count == 15)
            let hoa = try #require(after.officer(loginName: "anphu.motcua"))
            #expect(hoa.unit == (try unit("desk", of: "H01.30307")) && hoa.isActive)
            #expect(after.units(of: anPhu).isEmpty && after.allUnits(of: anPhu).count == 5)
            #expect(after.agencies(below: longXuyen).count == 2)
            let communes = try await fixture.service.agencies(executing: .peoplesCommittee, at: .commune)
            #expect(communes.count == 101 && !communes.contains { $0.code == anPhu })
            let events = try await fixture.store.read { [log = fixture.log] in
                try log.events(of: "agency", id: "H01.30307", in: $0).map(\.entry.kind)
            }
            #expect(events.last == "restructured")
            #expect(try await fixture.log.verify(fixture.store).fault == nil)
        }
    }

    @Test(arguments: TestStores.all)
    func `what cannot be is refused, each with its words`(on engine: Engine) async throws {
        let busy: InFlightCounter = { _, _, _ in [InFlight("Hồ sơ: Chờ ký", 2, needsSuccessor: true)] }
        try await withSample(engine, counters: [busy]) { fixture in
            let cases: [(Restructuring, String)] = [
                (try merger(["H01.30337"], into: "H01.30337"), "successor-below"),
                (try merger(["H01.30337"], into: "H01.09"), "successor-unfit"),
                (try merger(["H01.30337"], into: nil), "successor-missing"),
                (try merger(["H01"], into: "H01.30337"), "successor-below"),
                (try merger(["H01.30337", "H01.30337"], into: "H01.30307"), "restructuring-bodies-unsuitable"),
                (try merger([], into: "H01.30307"), "restructuring-bodies-unsuitable"),
                (try merger(["H01.99999"], into: "H01.30307"), "agency-unknown"),
                (try merger(["H01.30337"], into: "H01.30307", from: "2025-07-01"), "restructuring-day-early"),
                (try merger(["H01.30337"], into: "H01.30307", from: "2031-01-01"), "restructuring-day-far"),
                // Nobody works there, and nobody stands below; but work is in flight.
                (try merger(["H01.30313.CA"], into: nil), "work-in-flight"),
            ]
            for (plan, expected) in cases {
                let error = try await refusal(plan, in: fixture)
                #expect(error?.code == expected, "\(plan)")
                #expect(error?.publicDetail?.isEmpty == false)
            }
            var nameless = try merger(["H01.30337"], into: "H01.30307")
            nameless.basis = ""
            #expect(try await refusal(nameless, in: fixture) == .basisMissing)
            // Twice is once too often.
            try await merge(merger(["H01.30337"], into: "H01.30307"), in: fixture)
            #expect(try await refusal(merger(["H01.30337"], into: "H01.30316"), in: fixture)?.code == "body-closed")
            #expect(try await refusal(merger(["H01.30316"], into: "H01.30337"), in: fixture)?.code == "successor-unfit")
            // Nobody is put into a closed agency.
            let snapshot = try await fixture.service.snapshot()
            let late = NewOfficer(
                loginName: "moi.vao",
                agency: try code("H01.30337"),
                unit: try #require(snapshot.allUnits(of: try code("H01.30337")).first?.id),
                fullName: "Đỗ Thị Hạnh",
                position: "Văn thư",
                email: nil,
                roles: [.recordsClerk]
            )
            await #expect(throws: OrganisationError.alreadyClosed("Ủy ban nhân dân xã An Phú")) {
                try await fixture.service.createOfficer(late, by: fixture.admin)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `of two administrators the second sees what the first did`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let service = fixture.service
            let seen = try await service.snapshot().version
            _ = try await service.restructure(merger(["H01.30337"], into: "H01.30307"), seen: seen, by: fixture.admin)
            await #expect(throws: OrganisationError.changedMeanwhile) {
                try await service.restructure(
                    self.merger(["H01.30337"], into: "H01.30316"),
                    seen: seen,
                    by: fixture.admin
                )
            }
            await #expect(throws: OrganisationError.changedMeanwhile) {
                try await service.change(
                    self.code("H01.30316"),
                    name: "Tên khác",
                    parent: self.code("H01"),
                    seen: seen,
                    by: fixture.admin
                )
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a merger to come waits for its day, and is done once`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let (service, anPhu) = (fixture.service, try code("H01.30337"))
            let plan = try merger(["H01.30337"], into: "H01.30307", from: "2026-03-04")
            let planned = try #require(try await merge(plan, in: fixture))
            #expect(try await service.plans() == [planned] && planned.state == .planned)
            #expect(try await service.carryOutDuePlans() == 0)
            #expect(try await service.snapshot().agency(anPhu)?.validTo == nil)
            // 00:30 on the day itself.
            fixture.clock.advance(seconds: 86_400 + 16 * 3_600 + 1_800)
            #expect(try await service.carryOutDuePlans() == 1)
            #expect(try await service.carryOutDuePlans() == 0)
            let after = try await service.snapshot()
            #expect(after.agency(anPhu)?.validTo == LocalDate("2026-03-03"))
            #expect(after.officers(of: anPhu).isEmpty)
            #expect(try await service.plans().isEmpty)
        }
    }

    @Test(arguments: TestStores.all)
    func `a plan that became impossible is put aside with its reason; others are done`(
        on engine: Engine
    ) async throws {
        try await withSample(engine) { fixture in
            let service = fixture.service
            try await merge(merger(["H01.30337"], into: "H01.30307", from: "2026-03-03"), in: fixture)
            let doomed = try #require(
                try await merge(merger(["H01.30316"], into: "H01.30337", from: "2026-03-04"), in: fixture)
            )
            let taken = try #require(
                try await merge(merger(["H01.30313"], into: "H01.30337", from: "2026-03-05"), in: fixture)
            )
            try await service.cancelPlan(taken.id, by: fixture.admin)
            await #expect(throws: OrganisationError.planGone) {
                try await service.cancelPlan(taken.id, by: fixture.admin)
            }
            fixture.clock.advance(seconds: 4 * 86_400)
            #expect(try await service.carryOutDuePlans() == 1)
            let left = try await service.plans()
            #expect(left.map(\.id) == [doomed.id] && left.first?.state == .refused)
            #expect(left.first?.refusal?.contains("Ủy ban nhân dân xã An Phú") == true)
            #expect(try await service.snapshot().agency(code("H01.30316"))?.validTo == nil)
            // A person takes it back.
            try await service.cancelPlan(doomed.id, by: fixture.admin)
            #expect(try await service.plans().isEmpty)
        }
    }

    @Test(arguments: TestStores.all)
    func `units are merged within their agency; a desk goes into a desk`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let (economy, office) = (try unit("economy", of: "H01.30337"), try unit("office", of: "H01.30337"))
            let day = try #require(LocalDate("2026-03-02"))
            func plan(_ ids: [OrgUnitID], into heir: OrgUnitID?) -> Restructuring {
                Restructuring(.units(ids, into: heir), from: day, basis: "Quyết định 5/QĐ")
            }
            let desk = try unit("desk", of: "H01.30337")
            #expect(try await refusal(plan([desk], into: office), in: fixture)?.code == "desk-needed")
            #expect(try await refusal(plan([economy], into: nil), in: fixture)?.code == "successor-missing")
            let foreign = try unit("office", of: "H01.30307")
            #expect(try await refusal(plan([economy], into: foreign), in: fixture)?.code == "successor-unfit")
            try await merge(plan([economy], into: office), in: fixture)
            let after = try await fixture.service.snapshot()
            #expect(after.officer(loginName: "anphu.kinhte")?.unit == office)
            #expect(after.unit(economy)?.successor == office && after.unit(economy)?.isClosed == true)
            #expect(try await refusal(plan([economy], into: office), in: fixture)?.code == "body-closed")
        }
    }

    @Test(arguments: TestStores.all)
    func `names and places change; no circle, no foreign code, no depth without end`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let service = fixture.service
            func change(_ agency: String, _ name: String, below parent: String) async throws {
                let version = try await service.snapshot().version
                try await service.change(
                    code(agency),
                    name: name,
                    parent: code(parent),
                    seen: version,
                    by: fixture.admin
                )
            }
            try await change("H01.30337", "  Ủy ban nhân dân xã An   Phú mới ", below: "H01.30307")
            let moved = try #require(try await service.agency(code("H01.30337")))
            #expect(moved.name == "Ủy ban nhân dân xã An Phú mới" && moved.parent?.text == "H01.30307")
            await #expect(throws: OrganisationError.parentBelow) {
                try await change("H01.30307", "Long Xuyên", below: "H01.30337.CA")
            }
            await #expect(throws: OrganisationError.parentBelow) { try await change("H01", "Tỉnh", below: "H01.09") }
            await #expect(throws: OrganisationError.bodyNameMissing) { try await change("H01.09", " ", below: "H01") }
            func new(_ text: String) -> NewAgency {
                NewAgency(code: text, name: "Mới", kind: .department, level: .province, place: "X", validFrom: nil)
            }
            for wrong in ["H02.1", "H01", "H01.09", "không mã"] {
                await #expect(throws: OrganisationError.codeUnsuitable(wrong)) {
                    try await service.addAgency(new(wrong), below: self.code("H01"), by: fixture.admin)
                }
            }
            var above = "H01"
            for level in 1..<8 {
                try await service.addAgency(new("\(above).\(level)"), below: code(above), by: fixture.admin)
                above += ".\(level)"
            }
            await #expect(throws: OrganisationError.treeTooDeep) {
                try await service.addAgency(new("\(above).8"), below: self.code(above), by: fixture.admin)
            }
            let unit = try await service.addUnit(
                named: "Phòng Một",
                isOneStopDesk: false,
                to: code("H01.1"),
                by: fixture.admin
            )
            let version = try await service.snapshot().version
            try await service.rename(unit.id, to: "Phòng Hai", seen: version, by: fixture.admin)
            #expect(try await service.snapshot().unit(unit.id)?.name == "Phòng Hai")
        }
    }
}
