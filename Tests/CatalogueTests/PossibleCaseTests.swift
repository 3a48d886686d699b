// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Testing

@Suite("Conditions are held against the answers that can be given")
struct PossibleCaseTests {
    private static func findings(replacing old: String, with new: String) -> [CatalogueFinding] {
        PackChecker().check(SamplePack.source(replacing: old, with: new)).findings
    }

    private static func rows(_ conditions: [String]) -> String {
        conditions.map { "      - { validFrom: 2026-07-01, when: \($0), fixed: 1, basis: [law], verified: yes }\n" }
            .joined()
    }

    @Test("Rows from the narrow to the wide, each side of a bound, and rows that a channel or a day parts, all stay")
    func soundRows() {
        let general = "      - validFrom: 2026-07-01\n        channels: [online]"
        for conditions in [
            ["{ field: copies, atLeast: 8 }", "{ field: copies, atLeast: 4 }", "{ field: copies, equals: 3 }"],
            ["{ field: copies, lessThan: 2 }", "{ field: copies, atLeast: 10 }"],
            ["{ field: copies, greaterThan: 4 }", "{ not: { field: copies, greaterThan: 5 } }"],
            ["{ all: [{ field: copies, atLeast: 4 }, { channel: [desk] }] }", "{ field: copies, atLeast: 6 }"],
        ] {
            let told = Self.findings(replacing: general, with: Self.rows(conditions) + general)
            // The examples of the sample pay by other rows.
            #expect(told.filter { $0.rule != .exampleFails }.map(\.description) == [], "\(conditions)")
        }
    }

    @Test("The same rows of two times are both reached")
    func rowsOfTwoTimes() {
        let row = "when: { field: copies, atLeast: 4 }, free: yes, basis: [law], verified: yes"
        let rows =
            "      - { validFrom: 2025-01-01, validTo: 2025-12-31, \(row) }\n      - { validFrom: 2025-01-01, \(row) }\n"
        let general = "      - validFrom: 2025-01-01\n        validTo: 2026-06-30\n"
        #expect(Self.findings(replacing: general, with: rows + general).map(\.description) == [])
    }

    @Test("A case that asks for a part of a person, or for rows of a group, is tried by what these can be")
    func composed() {
        let fields = """
            maximum: 10
                    - id: members
                      type: group
                      label: Thành viên
                      rowName: Thành viên
                      required: yes
                      maximum: 5
                      fields: [{ id: name, type: text, label: Tên, required: yes }]
                    - id: note
                      type: note
                      label: Đọc kỹ
                      required: no
                      visibleWhen: { field: members.rows, COMPARED }
            """
        func rules(_ compared: String) -> [PackRule] {
            Self.findings(
                replacing: "maximum: 10",
                with: fields.replacingOccurrences(of: "COMPARED", with: compared)
            )
            .filter { $0.rule == .neverHolds }.map(\.rule)
        }
        #expect(rules("atLeast: 5") == [])
        #expect(rules("atLeast: 6") == [.neverHolds])
        #expect(rules("lessThan: 1") == [.neverHolds])
    }

    @Test("More cases than can be tried are told as a warning, and soon")
    func tooMany() {
        // Eight questions, seven answers, no two alike: nobody can, and to find out takes all cases.
        let options = (0..<7).map { "{ value: o\($0), label: Lựa chọn \($0) }" }.joined(separator: ", ")
        let asked = (0..<8).map {
            "        - { id: q\($0), type: choice, label: Câu \($0), required: yes, options: [\(options)] }\n"
        }
        var parts = (0..<8).map { "{ field: q\($0), answered: yes }" }
        for first in 0..<8 {
            for second in 0..<first {
                for option in 0..<7 {
                    let both = [first, second].map { "{ field: q\($0), equals: o\(option) }" }
                    parts.append("{ not: { all: [\(both.joined(separator: ", "))] } }")
                }
            }
        }
        let note =
            "        - { id: seldom, type: note, label: Hiếm, required: no, visibleWhen: { all: ["
            + parts.joined(separator: ", ") + "] } }\n"
        let start = "        - id: copies"
        let clock = ContinuousClock()
        var rules: Set<PackRule> = []
        let time = clock.measure {
            rules = Set(Self.findings(replacing: start, with: asked.joined() + note + start).map(\.rule))
        }
        #expect(rules.contains(.tooManyCases) && !rules.contains(.neverHolds))
        #expect(time < .seconds(20))
    }
}
