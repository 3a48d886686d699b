// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import Organisation

/// Who may be administered by whom, and who must remain.
@Suite struct AdministrationTests {
    private func withSample(_ engine: Engine, _ body: (OrganisationFixture) async throws -> Void) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations + OrganisationMigrations.all) { store in
            let fixture = OrganisationFixture(store)
            try await fixture.service.load(OrganisationFixture.sample(), by: fixture.admin)
            try await body(fixture)
        }
    }

    private func code(_ text: String) throws -> AgencyCode { try #require(AgencyCode(text)) }

    private func newAdministrator(_ login: String, at agency: AgencyCode, _ service: OrganisationService) async throws
        -> Officer
    {
        let new = NewOfficer(
            loginName: login,
            agency: agency,
            unit: try #require(SampleProvince.unit("office", of: agency)),
            fullName: "Đỗ Thị Hạnh",
            position: "Quản trị",
            email: "hanh@xa.example",
            roles: [.administrator, .recordsClerk]
        )
        return try await service.createOfficer(new, by: .system("test"))
    }

    @Test(arguments: TestStores.all)
    func `an administrator's reach is her agency and every body below it`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let snapshot = try await fixture.service.snapshot()
            let (province, commune, police) = (try code("H01"), try code("H01.30337"), try code("H01.30337.CA"))
            let (other, nowhere) = (try code("H01.30307"), try code("H99"))
            for below in [province, commune, police, other] {
                #expect(snapshot.isAgency(below, atOrBelow: province), "\(below)")
            }
            #expect(snapshot.isAgency(police, atOrBelow: commune))
            #expect(!snapshot.isAgency(province, atOrBelow: commune))
            #expect(!snapshot.isAgency(other, atOrBelow: commune))
            #expect(!snapshot.isAgency(commune, atOrBelow: police))
            // A code that begins alike is no body below: the chain of parents decides, not the letters.
            #expect(!snapshot.isAgency(nowhere, atOrBelow: nowhere))
            #expect(snapshot.agencies(atOrBelow: province).count == snapshot.agencies.count)
            #expect(snapshot.agencies(atOrBelow: commune).map(\.code) == [commune, police])
            #expect(snapshot.agencies(atOrBelow: nowhere).isEmpty)
        }
    }

    @Test(arguments: TestStores.all)
    func `the last administrator stays, until another one can take over`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let service = fixture.service
            let last = try #require(try await service.officer(loginName: "quantri"))
            await #expect(throws: OrganisationError.lastAdministrator) {
                try await service.disableOfficer(last.id, by: fixture.admin)
            }
            await #expect(throws: OrganisationError.lastAdministrator) {
                try await service.setRoles([.recordsClerk], of: last.id, by: fixture.admin)
            }
            try await service.setRoles([.administrator, .auditor], of: last.id, by: fixture.admin)
            // One of a commune does not administer the province.
            let below = try await newAdministrator("anphu.quantri", at: code("H01.30337"), service)
            await #expect(throws: OrganisationError.lastAdministrator) {
                try await service.setRoles([.auditor], of: last.id, by: fixture.admin)
            }
            // The commune is still administered from the province.
            try await service.setRoles([.recordsClerk], of: below.id, by: fixture.admin)
            #expect(try await service.officer(last.id)?.roles == [.administrator, .auditor])

            let second = try await newAdministrator("tinh.quantri", at: code("H01"), service)
            try await service.disableOfficer(last.id, by: fixture.admin)
            // A disabled one does not count.
            await #expect(throws: OrganisationError.lastAdministrator) {
                try await service.setRoles([.recordsClerk], of: second.id, by: fixture.admin)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `nobody disables herself`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let second = try await newAdministrator("tinh.quantri", at: code("H01"), fixture.service)
            let herself = ActorStamp(kind: .officer, id: second.id.rawValue)
            await #expect(throws: OrganisationError.ownAccount) {
                try await fixture.service.disableOfficer(second.id, by: herself)
            }
            #expect(try await fixture.service.officer(second.id)?.isActive == true)
        }
    }

    @Test(arguments: TestStores.all)
    func `sample data are known as such`(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations + OrganisationMigrations.all) { store in
            let fixture = OrganisationFixture(store)
            #expect(try await fixture.service.hasSampleData() == false)
            try await fixture.service.load(OrganisationFixture.sample(), by: fixture.admin)
            #expect(try await fixture.service.hasSampleData())
        }
    }
}
