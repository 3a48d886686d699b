// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import Storage
import Synchronization
import TestSupport
import Testing
import WorkingTime

@testable import Organisation

/// A service over an empty store with the sample province in it.
struct OrganisationFixture {
    let store: any Store
    let clock = TestClock()
    let service: OrganisationService
    let log: TransparencyLog
    let admin = ActorStamp.system("test")

    init(
        _ store: any Store,
        random: UInt64 = 1,
        projectors: [OrganisationProjector] = [],
        counters: [InFlightCounter] = []
    ) {
        self.store = store
        log = TransparencyLog(random: .seeded(random))
        service = OrganisationService(
            store: store,
            log: log,
            clock: clock.clock,
            random: .seeded(random),
            projectors: projectors,
            counters: counters
        )
    }

    static func sample() throws -> SampleProvince {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try SampleProvince(folder: "/\(root)/resources/sample")
    }
}

@Suite struct OrganisationServiceTests {
    private let anPhu = AgencyCode("H01.30337")

    private func withSample(
        _ engine: Engine,
        _ body: (OrganisationFixture) async throws -> Void
    ) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations + OrganisationMigrations.all) { store in
            let fixture = OrganisationFixture(store)
            try await fixture.service.load(OrganisationFixture.sample(), by: fixture.admin)
            try await body(fixture)
        }
    }

    private func clerk(_ login: String, at agency: AgencyCode) throws -> NewOfficer {
        NewOfficer(
            loginName: login,
            agency: agency,
            unit: try #require(SampleProvince.unit("office", of: agency)),
            fullName: "  Đỗ   Thị Hạnh ",
            position: "Văn thư",
            email: nil,
            roles: [.recordsClerk]
        )
    }

    @Test(arguments: TestStores.all)
    func `the sample is loaded once, and read in memory`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let service = fixture.service
            let communes = try await service.agencies(executing: .peoplesCommittee, at: .commune)
            #expect(communes.count == 102)
            #expect(try await service.agencies(executing: .police).count == 103)
            #expect(try await service.agencies(executing: .department).count == 10)
            let code = try #require(anPhu)
            #expect(try await service.agency(code)?.name == "Ủy ban nhân dân xã An Phú")
            let snapshot = try await service.snapshot()
            for commune in communes {
                #expect(snapshot.desk(of: commune.code)?.agency == commune.code, "\(commune.code)")
                #expect(snapshot.units(of: commune.code).count == 5)
            }
            #expect(try await service.load(OrganisationFixture.sample(), by: fixture.admin) == 0)
            #expect(try await service.snapshot().version == snapshot.version)
        }
    }

    @Test(arguments: TestStores.all)
    func `the police of a commune take papers in at its desk`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let snapshot = try await fixture.service.snapshot()
            let police = try #require(AgencyCode("H01.30337.CA"))
            #expect(snapshot.desk(of: police)?.name == "Trung tâm Phục vụ hành chính công xã An Phú")
            let commune = try #require(anPhu)
            #expect(snapshot.agencies(below: commune).map(\.code) == [police])
            // In its letterhead stands who commands it, not the committee with which it sits.
            func above(_ code: String) throws -> String? {
                let agency = try #require(AgencyCode(code).flatMap { snapshot.agency($0) })
                return snapshot.superiorName(of: agency)
            }
            #expect(try above("H01.30337.CA") == "Công an tỉnh An Giang")
            #expect(try above("H01.CA") == "Bộ Công an")
            #expect(try above("H01.30337") == "Ủy ban nhân dân tỉnh An Giang")
            #expect(try above("H01.09") == "Ủy ban nhân dân tỉnh An Giang")
            #expect(try above("H01") == nil)
        }
    }

    @Test(arguments: TestStores.all)
    func `a department is found by its name, the police by kind and level`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let service = fixture.service
            let found = try await service.agencies(executing: .department, at: .province, named: "Sở Xây dựng")
            #expect(found.map(\.name) == ["Sở Xây dựng tỉnh An Giang"])
            #expect(found.map(\.code.text) == ["H01.09"])
            #expect(try await service.agencies(executing: .department, named: "Sở Xây").isEmpty)
            #expect(try await service.agencies(executing: .department, named: "Sở").isEmpty)
            #expect(try await service.agencies(executing: .department).count == 10)
            #expect(try await service.agencies(executing: .police, at: .commune).count == 102)
            #expect(try await service.agencies(executing: .police, at: .province).count == 1)
            let before = try #require(LocalDate("2025-06-30"))
            #expect(try await service.agencies(executing: .police, on: before).isEmpty)
            let department = try #require(found.first?.code)
            let desk = try await service.snapshot().desk(of: department)
            #expect(desk?.name == "Trung tâm Phục vụ hành chính công tỉnh An Giang")
        }
    }

    @Test(arguments: TestStores.all)
    func `three communes have a desk officer, specialists, leaders and a clerk`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            // An Phú has a specialist for the economy beside the two of the civil status.
            for (text, specialists) in [("H01.30337", 3), ("H01.30307", 2), ("H01.30316", 2)] {
                let code = try #require(AgencyCode(text))
                let counts = try await [Role.deskOfficer, .specialist, .leader, .recordsClerk].asyncMap { role in
                    try await fixture.service.officers(of: code, having: role).count
                }
                #expect(counts == [1, specialists, 2, 1], "\(text)")
            }
            let officers = try await fixture.service.officers(of: try #require(anPhu))
            #expect(officers.map(\.fullName).first == "Trần Văn Bình")
        }
    }

    @Test(arguments: TestStores.all)
    func `an officer is created, seen at once, and disabled once`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let service = fixture.service
            let code = try #require(anPhu)
            let before = try await service.snapshot().version
            let officer = try await service.createOfficer(clerk("AnPhu.VanThu2", at: code), by: fixture.admin)
            #expect(officer.loginName == "anphu.vanthu2")
            #expect(officer.fullName == "Đỗ Thị Hạnh")
            #expect(try await service.officer(officer.id) == officer)
            #expect(try await service.officer(loginName: "anphu.vanthu2")?.id == officer.id)
            #expect(try await service.snapshot().version > before)
            try await service.disableOfficer(officer.id, by: fixture.admin)
            #expect(try await service.officer(officer.id)?.isActive == false)
            #expect(try await service.officers(of: code).contains { $0.id == officer.id } == false)
            await #expect(throws: OrganisationError.alreadyDisabled(officer.id)) {
                try await service.disableOfficer(officer.id, by: fixture.admin)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `another node sees a change with its next question`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let other = OrganisationFixture(fixture.store, random: 2)
            let code = try #require(anPhu)
            #expect(try await other.service.officers(of: code).count == 8)
            let officer = try await fixture.service.createOfficer(clerk("moi.vao", at: code), by: fixture.admin)
            #expect(try await other.service.officer(officer.id) == officer)
            try await other.service.setRoles([.specialist, .leader], of: officer.id, by: fixture.admin)
            #expect(try await fixture.service.officer(officer.id)?.roles == [.specialist, .leader])
        }
    }

    @Test(arguments: TestStores.all)
    func `what is wrong with an officer is said`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let code = try #require(anPhu)
            func refusal(_ change: (inout NewOfficer) throws -> Void) async throws -> OrganisationError? {
                var new = try clerk("moi.vao", at: code)
                try change(&new)
                let officer = new
                return await #expect(throws: OrganisationError.self) {
                    try await fixture.service.createOfficer(officer, by: fixture.admin)
                }
            }
            #expect(try await refusal { $0.loginName = "ab" } == .loginNameMalformed("ab"))
            #expect(try await refusal { $0.loginName = "Hoà" } == .loginNameMalformed("Hoà"))
            #expect(try await refusal { $0.loginName = "anphu.vanthu" } == .loginNameTaken("anphu.vanthu"))
            #expect(try await refusal { $0.fullName = "  " } == .nameMissing)
            #expect(try await refusal { $0.position = String(repeating: "a", count: 201) } == .nameMissing)
            #expect(try await refusal { $0.roles = [] } == .rolesMissing)
            for address in ["hanh", "hanh@", "@xa.example", "hạnh@xa.example", "h@xa", "h@x..y", "a b@xa.example"] {
                #expect(try await refusal { $0.email = address } == .emailMalformed, "\(address)")
            }
            let longXuyen = try #require(AgencyCode("H01.30307"))
            let foreign = try #require(SampleProvince.unit("desk", of: longXuyen))
            #expect(try await refusal { $0.unit = foreign } == .unknownUnit(foreign))
            let nowhere = try #require(AgencyCode("H99"))
            #expect(try await refusal { $0.agency = nowhere } == .unknownAgency(nowhere))
            // A refused command leaves nothing behind.
            #expect(try await fixture.service.officer(loginName: "moi.vao") == nil)
        }
    }

    @Test(arguments: TestStores.all)
    func `a projector sees each event in its transaction`(on engine: Engine) async throws {
        let seen = SeenEvents()
        try await withStore(engine, migrations: JournalSchema.migrations + OrganisationMigrations.all) { store in
            let fixture = OrganisationFixture(
                store,
                projectors: [
                    { event, transaction in
                        seen.add(event.event)
                        _ = try transaction.first("SELECT version FROM organisation_version")
                    }
                ]
            )
            try await fixture.service.load(OrganisationFixture.sample(), by: fixture.admin)
            let officer = try #require(try await fixture.service.officer(loginName: "anphu.chutich"))
            try await fixture.service.disableOfficer(officer.id, by: fixture.admin)
            #expect(seen.all.contains(.officerDisabled(officer.id, agency: officer.agency)))
            let province = try #require(AgencyCode("H01"))
            #expect(seen.all.first == .sampleLoaded(province: province, agencies: 216, officers: 49))
        }
    }

    @Test(arguments: TestStores.all)
    func `every change stands in the journal, names only in the erasable part`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let code = try #require(anPhu)
            let officer = try await fixture.service.createOfficer(clerk("moi.vao", at: code), by: fixture.admin)
            try await fixture.service.disableOfficer(officer.id, by: fixture.admin)
            let log = fixture.log
            let events = try await fixture.store.read { transaction in
                try log.events(of: "officer", id: officer.id.rawValue, includingPersonal: true, in: transaction)
            }
            #expect(events.map(\.entry.kind) == ["officerCreated", "officerDisabled"])
            #expect(events.allSatisfy { !$0.entry.facts.canonicalText.contains("Hạnh") })
            #expect(events.first?.entry.personal?["fullName"] == "Đỗ Thị Hạnh")
            #expect(events.last?.entry.personal == nil)
        }
    }

    @Test(arguments: TestStores.all)
    func `an agency works by its own calendar, or by that of the body above`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let service = fixture.service
            let (province, code) = (try #require(AgencyCode("H01")), try #require(anPhu))
            #expect(try await service.calendar(of: code) == .standard)
            let day = try #require(LocalDate("2026-03-05"))
            let local = WorkCalendar(
                version: "H01-1",
                overlay: CalendarOverlay([CalendarException(day, .holiday, label: "lễ hội của tỉnh")])
            )
            try await service.setCalendar(local, of: province, by: fixture.admin)
            #expect(try await service.calendar(of: code) == local)
            #expect(try await service.calendar(of: code).isWorking(day) == false)
            let other = WorkCalendar(version: "H01-1")
            await #expect(throws: OrganisationError.calendarChanged(version: "H01-1")) {
                try await service.setCalendar(other, of: code, by: fixture.admin)
            }
            let snapshot = try await service.snapshot()
            #expect(snapshot.calendar(version: "H01-1") == local)
            #expect(snapshot.calendar(version: WorkCalendar.builtInVersion) == .standard)
            #expect(snapshot.calendar(version: "?") == nil)
        }
    }
}

/// Collects events from the store's own threads.
final class SeenEvents: Sendable {
    private let events = Mutex<[OrganisationEvent]>([])

    var all: [OrganisationEvent] { events.withLock { $0 } }

    func add(_ event: OrganisationEvent) { events.withLock { $0.append(event) } }
}

extension Array where Element: Sendable {
    func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await change(element)) }
        return values
    }
}
