// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

@testable import Organisation

@Suite struct SampleProvinceTests {
    @Test func `the province of the files`() throws {
        let sample = try OrganisationFixture.sample()
        #expect(sample.province.text == "H01")
        #expect(sample.agencies.count == 1 + 1 + 10 + 102 * 2)
        #expect(Set(sample.agencies.map(\.code)).count == sample.agencies.count)
        #expect(Set(sample.units.map(\.id)).count == sample.units.count)
        #expect(Set(sample.officers.map(\.loginName)).count == sample.officers.count)
        let kinds = Dictionary(
            grouping: sample.agencies.filter { $0.level == .commune && $0.kind == .peoplesCommittee },
            by: { $0.name.split(separator: " ")[4] }
        )
        #expect(kinds.mapValues(\.count) == ["xã": 85, "phường": 14, "đặc": 3])
        // Every text is composed, so that search and PDF agree.
        #expect(sample.agencies.allSatisfy { VietnameseText.nfc($0.name).utf8.elementsEqual($0.name.utf8) })
    }

    @Test func `parents come before children, and exist since the merger`() throws {
        let sample = try OrganisationFixture.sample()
        var seen: Set<AgencyCode> = []
        for agency in sample.agencies {
            if let parent = agency.parent { #expect(seen.contains(parent), "\(agency.code)") }
            seen.insert(agency.code)
        }
        let before = try #require(LocalDate("2025-06-30"))
        let after = try #require(LocalDate("2025-07-01"))
        #expect(sample.agencies.allSatisfy { !$0.isValid(on: before) && $0.isValid(on: after) })
    }

    @Test func `every commune has a police body with units, and each department its leaders`() throws {
        let sample = try OrganisationFixture.sample()
        let police = sample.agencies.filter { $0.kind == .police && $0.level == .commune }
        #expect(police.count == 102)
        let communes = Set(sample.agencies.filter { $0.level == .commune && $0.kind == .peoplesCommittee }.map(\.code))
        #expect(Set(police.compactMap(\.parent)) == communes)
        #expect(police.map(\.name).contains("Công an đặc khu Phú Quốc"))
        for agency in police {
            let names = sample.units.filter { $0.agency == agency.code }.map(\.name)
            #expect(names.count == 2 && names[0].hasPrefix("Lãnh đạo Công an "), "\(agency.code)")
        }
        for department in sample.agencies where department.kind == .department {
            let leaders = SampleProvince.unit("leaders", of: department.code)
            #expect(sample.units.contains { $0.id == leaders }, "\(department.code)")
        }
    }

    @Test func `officers of the department and of the commune police cover every role of their procedures`() throws {
        let sample = try OrganisationFixture.sample()
        func roles(_ agency: String) -> [Role: Int] {
            let officers = sample.officers.filter { $0.agency.text == agency }
            return Dictionary(officers.flatMap { $0.roles.map { ($0, 1) } }, uniquingKeysWith: +)
        }
        #expect(roles("H01.09") == [.deskOfficer: 1, .specialist: 2, .unitHead: 1, .leader: 1, .recordsClerk: 1])
        #expect(roles("H01.30337.CA") == [.deskOfficer: 1, .specialist: 1, .leader: 1, .recordsClerk: 1])
        #expect(roles("H01.07") == [.deskOfficer: 1, .specialist: 1, .unitHead: 1, .leader: 1, .recordsClerk: 1])
        #expect(roles("H01.CA") == [.deskOfficer: 1, .specialist: 2, .unitHead: 2, .leader: 1, .recordsClerk: 1])
        #expect(roles("H01.06") == [.specialist: 1, .unitHead: 1])
    }

    private static let units = "code,name,kind,valid_from,valid_to,parent_code\n91,An Giang,tỉnh,2025-07-01,,\n"

    private func fault(
        units: String = SampleProvinceTests.units,
        departments: String = "code,name,unit,division\n",
        officers: String = "login,agency,unit,name,position,roles\n"
    ) throws -> (file: String, line: Int)? {
        let error = #expect(throws: OrganisationError.self) {
            try SampleProvince(
                units: SampleTable(file: "units", units),
                departments: SampleTable(file: "departments", departments),
                officers: SampleTable(file: "officers", officers)
            )
        }
        guard case .sampleUnreadable(let file, let line, _) = error else { return nil }
        return (file, line)
    }

    @Test func `a broken file is named with its line`() throws {
        func check(_ found: (file: String, line: Int)?, _ file: String, _ line: Int) {
            #expect(found?.file == file)
            #expect(found?.line == line)
        }
        check(try fault(units: ""), "units", 1)
        check(try fault(units: "code,name\n"), "units", 1)
        check(try fault(units: Self.units + "30337,An Phú\n"), "units", 3)
        check(try fault(units: Self.units + "30337,An Phú,huyện,2025-07-01,,91\n"), "units", 3)
        check(try fault(units: Self.units + "30 337,An Phú,xã,2025-07-01,,91\n"), "units", 3)
        check(try fault(departments: "code,name,unit,division\n,Sở Tư pháp,Văn phòng,\n"), "departments", 2)
        check(try fault(departments: "code,name,unit\nH01.05,Sở Tư pháp,Văn phòng\n"), "departments", 1)
        check(try fault(officers: "login,agency,unit,name,position,roles\nabc,H99,desk,A,B,leader\n"), "officers", 2)
        check(try fault(officers: "login,agency,unit,name,position,roles\nabc,H01,desk,A,B,boss\n"), "officers", 2)
    }

    @Test func `a missing folder is named`() throws {
        let error = #expect(throws: OrganisationError.self) { try SampleProvince(folder: "/nowhere") }
        guard case .sampleUnreadable(let file, _, _) = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(file == "an-giang-units.csv")
    }
}
