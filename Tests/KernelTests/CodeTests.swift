// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

/// Vectors of standards.md §4 and §17.
@Suite struct CodeTests {
    @Test(arguments: [
        ("000.00.00.H20", "H20"), ("000.00.16.H50", "H50.16"), ("000.01.16.H50", "H50.16.01"),
        ("001.01.16.H50", "H50.16.01.001"), ("H50.16", "H50.16"), ("h01.30337", "H01.30337"), ("G22", "G22"),
        ("H01", "H01"), ("H01.30337.CA", "H01.30337.CA"),
    ])
    func `both national forms are read`(_ text: String, _ code: String) {
        #expect(AgencyCode(text)?.text == code)
    }

    @Test(arguments: [
        ("H20", "000.00.00.H20"), ("H50.16", "000.00.16.H50"), ("H50.16.01", "000.01.16.H50"),
        ("H50.16.01.001", "001.01.16.H50"),
    ])
    func `the older form is written`(_ code: String, _ text: String) {
        #expect(AgencyCode(code)?.qcvn102 == text)
    }

    @Test func `a commune has no place in the older form`() {
        #expect(AgencyCode("H01.30337")?.qcvn102 == nil)
        #expect(AgencyCode("H01.30.01.001.05")?.qcvn102 == nil)
    }

    @Test(arguments: [
        "", "H1", "H001", "Z01", "01.H", "H01.", "H01..05", "H01.é", "H01-05", "H01 05", "000.00.H50", "0000.00.16.H50",
        "H01.12345678901234567890123456789012345",
    ])
    func `what is no agency code`(_ text: String) {
        #expect(AgencyCode(text) == nil)
    }

    @Test func `a dossier code of its parts`() throws {
        let agency = try #require(AgencyCode("H01.05"))
        let day = try #require(LocalDate("2026-03-05"))
        #expect(DossierCode(agency: agency, day: day, sequence: 1).text == "H01.05-260305-0001")
        #expect(DossierCode(agency: agency, day: day, sequence: 9_999).text == "H01.05-260305-9999")
        let commune = try #require(AgencyCode("H01.30307"))
        #expect(DossierCode(agency: commune, day: day, sequence: 10_000).text == "H01.30307-260305-10000")
    }

    @Test(arguments: [
        ("H01.12-260424-0001", "H01.12-260424-0001"), (" h01.12 - 260424 - 0001 ", "H01.12-260424-0001"),
        ("H01.12–260424–0001", "H01.12-260424-0001"), ("000.00.16.H50-190614-0002", "000.00.16.H50-190614-0002"),
        ("G09.20-20260609-0092637", "G09.20-20260609-0092637"), ("H01.30307-260305-10000", "H01.30307-260305-10000"),
    ])
    func `dossier codes as people type them`(_ typed: String, _ code: String) {
        #expect(DossierCode(typed)?.text == code)
    }

    @Test(arguments: [
        "", "H01.12", "H01.12-260424", "H01.12-260424-001", "H01.12-2604-0001", "H01.12-26042a-0001",
        "Z99-260424-0001", "H01.12-260424-0001-1", "H01.12-260424-1234567890123",
    ])
    func `what is no dossier code`(_ typed: String) {
        #expect(DossierCode(typed) == nil)
    }

    @Test func `ids are 26 letters, all different, and read back`() throws {
        enum Subject {}
        let ids = (0..<1_000).map { _ in Identifier<Subject>(.system) }
        #expect(Set(ids).count == 1_000)
        #expect(ids.allSatisfy { $0.rawValue.utf8.count == 26 && Identifier<Subject>(rawValue: $0.rawValue) == $0 })
        #expect(Identifier<Subject>(rawValue: "") == nil)
        #expect(Identifier<Subject>(rawValue: "A") == nil)
        #expect(Identifier<Subject>(rawValue: "a b") == nil)
        #expect(Identifier<Subject>(rawValue: String(repeating: "a", count: 64)) != nil)
        #expect(Identifier<Subject>(rawValue: String(repeating: "a", count: 65)) == nil)
        let zeros = RandomSource { [UInt8](repeating: 0, count: $0) }
        #expect(Identifier<Subject>(zeros).rawValue == String(repeating: "0", count: 26))
        let ones = RandomSource { [UInt8](repeating: 255, count: $0) }
        #expect(Identifier<Subject>(ones).rawValue == String(repeating: "z", count: 25) + "w")
    }

    @Test func `the place of a page is read back`() {
        let place = Keyset(values: ["2026-03-05", "12"], id: "abc")
        #expect(Keyset(place.text, count: 2) == place)
        #expect(Keyset(place.text, count: 1) == nil)
        #expect(Keyset("a~", count: 1) == nil)
        #expect(Keyset(String(repeating: "a", count: 201), count: 0) == nil)
    }
}

@Suite struct RandomSourceTests {
    @Test func givesAsManyBytesAsAskedFor() {
        for count in 0...40 { #expect(RandomSource.system.bytes(count).count == count) }
        // 64 bytes that were seen before, or that are all alike, will not come within the life of the universe.
        let drawn = (0..<50).map { _ in RandomSource.system.bytes(64) }
        #expect(Set(drawn).count == 50)
        for place in 0..<64 { #expect(Set(drawn.map { $0[place] }).count > 10) }
    }
}

@Suite struct CodesInOrderTests {
    /// A code that stands in order is taken as it is; in small letters it goes the long way. Both must agree.
    @Test func theShortWayAgreesWithTheLongOne() {
        let codes = ["H01.30337-260305-0001", "H50.16-20260305-123456", "H01-260305-0001", "000.00.16.H50-260305-0001"]
        let signs = ["", ".", "-", "0", "A", "Z", " ", "é", "..", "H01", "-1", "00000000000"]
        for code in codes {
            for place in code.indices {
                for sign in signs {
                    var changed = code
                    changed.replaceSubrange(place...place, with: sign)
                    #expect(DossierCode(changed)?.text == DossierCode(changed.lowercased())?.text, "\(changed)")
                    let agency = String(changed.prefix { $0 != "-" })
                    #expect(AgencyCode(agency)?.text == AgencyCode(agency.lowercased())?.text, "\(agency)")
                }
            }
        }
    }
}
