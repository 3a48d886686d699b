// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import Organisation
import SignIn
import Storage
import TestSupport
import Testing

/// How an empty installation begins: agency, unit, administrator and password at once, or nothing of it.
@Suite struct FoundingTests {
    private static let password = "một câu dài của quản trị"

    private static func founding(_ fixture: SignInFixture, code: String = "H77") throws -> Founding {
        try fixture.organisation.founding(
            NewAgency(
                code: code,
                name: "Ủy ban nhân dân  tỉnh Thử Nghiệm",
                kind: .peoplesCommittee,
                level: .province,
                place: "Thử Nghiệm",
                validFrom: nil
            ),
            unitNamed: "Văn phòng"
        )
    }

    private static func administrator(at place: Founding) -> NewOfficer {
        NewOfficer(
            loginName: "quantri",
            agency: place.agency.code,
            unit: place.unit.id,
            fullName: "Lê Văn An",
            position: "Quản trị",
            email: nil,
            roles: [.administrator]
        )
    }

    @Test(arguments: TestStores.all)
    func `a province begins with its agency, unit, administrator and password`(on engine: Engine) async throws {
        try await withSignIn(engine) { fixture in
            let place = try Self.founding(fixture)
            let officer = try await fixture.service.createOfficer(
                Self.administrator(at: place),
                password: Self.password,
                founding: place,
                by: fixture.author
            )
            let snapshot = try await fixture.organisation.snapshot()
            let agency = try #require(snapshot.agencies.first)
            #expect(agency.name == "Ủy ban nhân dân tỉnh Thử Nghiệm")
            #expect(agency.parent == nil)
            #expect(snapshot.units(of: agency.code).map(\.name) == ["Văn phòng"])
            #expect(snapshot.authorityName(on: fixture.time.clock.today) == "Tỉnh Thử Nghiệm")
            #expect(snapshot.officer(officer.id)?.roles == [.administrator])
            #expect(await fixture.attempt("quantri", Self.password) == .success("quantri"))
        }
    }

    @Test(arguments: TestStores.all)
    func `with a weak password nothing is there, and the name is free`(on engine: Engine) async throws {
        try await withSignIn(engine) { fixture in
            let place = try Self.founding(fixture)
            for weak in ["ngắn", "123456789012", "quantri quantri"] {
                await #expect(throws: SignInError.self) {
                    try await fixture.service.createOfficer(
                        Self.administrator(at: place),
                        password: weak,
                        founding: place,
                        by: fixture.author
                    )
                }
            }
            var snapshot = try await fixture.organisation.snapshot()
            #expect(snapshot.agencies.isEmpty)
            #expect(snapshot.everyOfficer.isEmpty)
            #expect(snapshot.authorityName(on: fixture.time.clock.today) == nil)
            _ = try await fixture.service.createOfficer(
                Self.administrator(at: place),
                password: Self.password,
                founding: place,
                by: fixture.author
            )
            snapshot = try await fixture.organisation.snapshot()
            #expect(snapshot.everyOfficer.map(\.loginName) == ["quantri"])
        }
    }

    @Test(arguments: TestStores.all)
    func `a name or code that is taken leaves no half`(on engine: Engine) async throws {
        try await withSignIn(engine) { fixture in
            let first = try Self.founding(fixture)
            _ = try await fixture.service.createOfficer(
                Self.administrator(at: first),
                password: Self.password,
                founding: first,
                by: fixture.author
            )
            let second = try Self.founding(fixture, code: "H78")
            await #expect(throws: OrganisationError.loginNameTaken("quantri")) {
                try await fixture.service.createOfficer(
                    Self.administrator(at: second),
                    password: Self.password,
                    founding: second,
                    by: fixture.author
                )
            }
            var again = Self.administrator(at: first)
            again.loginName = "quantri2"
            await #expect(throws: OrganisationError.codeUnsuitable("H77")) {
                try await fixture.service.createOfficer(
                    again,
                    password: Self.password,
                    founding: first,
                    by: fixture.author
                )
            }
            let snapshot = try await fixture.organisation.snapshot()
            #expect(snapshot.agencies.map(\.code.text) == ["H77"])
            #expect(snapshot.everyOfficer.count == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `sample data and a real province never stand together`(on engine: Engine) async throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let sample = try SampleProvince(folder: "/\(root)/resources/sample")
        try await withSignIn(engine) { fixture in
            let place = try Self.founding(fixture)
            _ = try await fixture.service.createOfficer(
                Self.administrator(at: place),
                password: Self.password,
                founding: place,
                by: fixture.author
            )
            await #expect(throws: OrganisationError.sampleMixed) {
                try await fixture.organisation.load(sample, by: fixture.author)
            }
            #expect(try await fixture.organisation.sampleData() == nil)
        }
        try await withSignIn(engine) { fixture in
            try await fixture.organisation.load(sample, by: .system("demo"))
            let place = try Self.founding(fixture)
            await #expect(throws: OrganisationError.sampleMixed) {
                try await fixture.service.createOfficer(
                    Self.administrator(at: place),
                    password: Self.password,
                    founding: place,
                    by: fixture.author
                )
            }
            let origin = try #require(try await fixture.organisation.sampleData())
            #expect(origin.by == "demo")
            #expect(origin.province.text == "H01")
            let snapshot = try await fixture.organisation.snapshot()
            #expect(snapshot.authorityName(on: fixture.time.clock.today) == "Tỉnh An Giang")
        }
    }

    @Test(arguments: TestStores.all)
    func `a list of agencies is added whole, once, or not at all`(on engine: Engine) async throws {
        try await withSignIn(engine) { fixture in
            let place = try Self.founding(fixture)
            _ = try await fixture.service.createOfficer(
                Self.administrator(at: place),
                password: Self.password,
                founding: place,
                by: fixture.author
            )
            let good = """
                \u{FEFF}code;name;kind;level;desk;place
                H77.01;"Sở Tư pháp";so;tinh;;Thử Nghiệm
                H77.101;Ủy ban nhân dân xã Bình An;ubnd;xa;Trung tâm Phục vụ hành chính công;

                """
            let broken = good + "H77.102;Ủy ban nhân dân phường Sáu;ubnd;xa;;\nH88.1;Ủy ban nhân dân xã Lạ;ubnd;xa;;\n"
            await #expect(throws: AgencyListError.self) {
                try await fixture.organisation.add(AgencyList(csv: broken), by: fixture.author)
            }
            #expect(try await fixture.organisation.snapshot().agencies.count == 1)
            let first = try await fixture.organisation.add(AgencyList(csv: good), by: fixture.author)
            #expect(first.added == 2 && first.present == 0)
            let again = try await fixture.organisation.add(AgencyList(csv: good), by: fixture.author)
            #expect(again.added == 0 && again.present == 2)
            let snapshot = try await fixture.organisation.snapshot()
            let commune = try #require(AgencyCode("H77.101"))
            #expect(snapshot.agency(commune)?.place == "Bình An")
            #expect(snapshot.agency(commune)?.parent == place.agency.code)
            #expect(snapshot.desk(of: commune)?.name == "Trung tâm Phục vụ hành chính công")
            #expect(throws: AgencyListError.self) { try AgencyList(csv: "code,name\nH77.1,x") }
        }
    }
}
