// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Testing

@Suite("The worked example of docs/packs.md, and the report of what is found")
struct DocumentedPackTests {
    /// The texts between fences in the section about a first pack, in order.
    private static func fences() throws -> [String] {
        let text = try String(contentsOfFile: "\(Repository.root)/docs/packs.md", encoding: .utf8)
        let section = try #require(text.components(separatedBy: "\n## From an empty folder to a submission\n").last)
        let whole = section.components(separatedBy: "\n## ")[0]
        return whole.components(separatedBy: "\n```").enumerated().filter { $0.offset % 2 == 1 }.map { $0.element }
    }

    /// The pack of the page, with one text of its template put in place of another.
    private static func source(replacing old: String = "", with new: String = "") throws -> PackSource {
        let fences = try fences()
        let pack = try #require(fences.first { $0.hasPrefix("yaml\n") }).dropFirst("yaml\n".count) + "\n"
        let template = try #require(fences.first { $0.contains("@document") }).drop(while: \.isNewline) + "\n"
        #expect(old.isEmpty || template.contains(old))
        let changed = old.isEmpty ? String(template) : template.replacingOccurrences(of: old, with: new)
        let files = [PackSource.mainFile: Array(pack.utf8), "result.mustache": Array(changed.utf8)]
        return PackSource(path: "9.000001", files: files)
    }

    @Test("It is checked without an error, as the page says")
    func isSound() throws {
        let checked = PackChecker().check(try Self.source())
        #expect(checked.findings.filter(\.isError).map(\.description) == [])
        #expect(checked.isSound)
        #expect(checked.pack?.examples.isEmpty == false)
    }

    @Test(
        "Slips in its template meet the checker",
        arguments: [
            ("@h1 GIẤY PHÉP", "@h5 GIẤY PHÉP", "7:1"),
            ("Vị trí: |", "Vị trí [x]: |", "14:8"),
            ("{{/answers.items}}\n@end", "{{/answers.items}}", "26:1"),
            ("{{answers.applicant.fullName}}", "{{answers.applicant}}", "11:13"),
        ]
    )
    func slips(old: String, new: String, place: String) throws {
        let checked = PackChecker().check(try Self.source(replacing: old, with: new))
        let errors = checked.findings.filter(\.isError)
        #expect(errors.map { "\($0.place.line):\($0.place.column)" }.first == place, "\(errors)")
        #expect(errors.allSatisfy { $0.file.hasSuffix("result.mustache") })
        #expect(!checked.isSound)
    }

    @Test("Errors are told first; facts that nobody has compared are one line of their file")
    func report() throws {
        let old = "verified: yes }\n  - { item: executionSequence, source: nguồn, verified: yes }"
        let pack = SamplePack.source(
            replacing: old,
            with: old.replacingOccurrences(of: "yes", with: "no"),
            template: SamplePack.template + "\n@h5 x"
        )
        let findings = PackChecker().check(pack).findings
        var told = FindingReport()
        #expect(told.take(findings).count == 1)
        #expect(
            told.ending(packs: 1, bad: 1) == [
                "9.000001/procedure.yaml: lưu ý [unverified-fact]: 2 nội dung chưa đối chiếu: dòng 13, 14. Cách sửa: "
                    + "Đối chiếu với văn bản gốc rồi viết verified: yes; thêm --all để xem từng nội dung.",
                "1 gói, 1 gói có lỗi; 1 lỗi, 2 lưu ý.",
            ]
        )
        var all = FindingReport(tellsAll: true)
        _ = all.take(findings)
        #expect(all.ending(packs: 1, bad: 1).count == 3)
    }

    @Test("The letterhead that the checker fills has the names of the one that is drawn")
    func letterhead() throws {
        let file = "\(Repository.root)/resources/forms/parts/letterhead.mustache"
        let drawn = try String(contentsOfFile: file, encoding: .utf8)
        for name in ["parentAgency", "agency", "desk", "number", "place", "date"] {
            #expect(drawn.contains("{{\(name)}}"))
        }
        #expect(drawn.hasPrefix("@columns") && TemplateVocabulary.partials == ["parts/letterhead"])
    }
}
