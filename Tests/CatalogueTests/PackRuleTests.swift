// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Foundation
import Kernel
import Testing
import WorkingTime

/// One way to break the sample pack.
struct BrokenPack: Sendable, CustomTestStringConvertible {
    let rule: PackRule
    var old = ""
    var new = ""
    var template: String? = SamplePack.template
    /// The finding of that rule that must be there: `line:column grade`, then its words.
    let expected: String

    var testDescription: String { "\(rule.rawValue): \(expected)" }

    func findings() -> [CatalogueFinding] {
        PackChecker().check(SamplePack.source(replacing: old, with: new, template: template)).findings
    }

    static func shown(_ finding: CatalogueFinding) -> String {
        "\(finding.place.line):\(finding.place.column) \(finding.text) → \(finding.remedy)"
    }
}

@Suite("Every rule of the checker refuses its broken pack, at the right place and with a remedy")
struct PackRuleTests {
    @Test("The sample itself is sound and without findings")
    func soundSample() {
        let checked = PackChecker().check(SamplePack.source())
        #expect(checked.findings.map(\.description) == [])
        #expect(checked.isSound)
    }

    @Test("A consultation as it should be leaves the sample sound, and is read whole")
    func soundConsultation() throws {
        let source = SamplePack.source(replacing: "automaticReceive: no", with: BrokenPack.soundConsultation)
        let checked = PackChecker().check(source)
        #expect(checked.findings.map(\.description) == [])
        let rule = try #require(checked.pack?.workflow.consultation("fire"))
        #expect((rule.steps, rule.units, rule.papers, rule.pages) == (["examine"], ["Phòng Thử"], ["proof"], ["asked"]))
        #expect(rule.silence == .waits && !rule.mayGoOn)
    }

    @Test("Guards that leave everybody a way leave the sample sound, and are read with their words")
    func soundGuards() throws {
        let pack = try SamplePack.pack(replacing: "- { action: grant }", with: BrokenPack.soundGuards)
        let grant = try #require(pack.workflow.step("sign")?.actions.first)
        #expect(grant.guards.map(\.reason) == ["Quá năm bản.", "Chưa có giấy."])
        #expect(grant.guards[1].test == .paper("proof"))
    }

    @Test("Columns of the book are read in order, and leave the sample sound")
    func soundRegister() throws {
        let columns = "{ id: holder, label: Tên, answer: fullName }, { id: remark, label: Ghi chú, filled: remark }"
        let pack = try SamplePack.pack(
            replacing: "deliveryWays: [online, desk]\n  fields:",
            with: BrokenPack.register(columns)
        )
        let entries = pack.registerEntries(
            FormAnswers([("fullName", "An")]),
            filled: FormAnswers([("remark", "Gấp"), ("fullName", "Không")])
        )
        #expect(entries.map(\.label) == ["Tên", "Ghi chú"] && entries.map(\.value) == ["An", "Gấp"])
    }

    @Test("A case of its own has its time, its papers and its fee, and leaves the sample sound")
    func soundVariant() throws {
        let text = String(decoding: try #require(SamplePack.source().files[PackSource.mainFile]), as: UTF8.self)
            .replacingOccurrences(of: "numberOfSets: 1", with: BrokenPack.variants())
            .replacingOccurrences(
                of: "{ field: purpose, equals: work }\nsubjects",
                with: "{ variant: [worker] }\nsubjects"
            )
            .replacingOccurrences(
                of: "when: { field: purpose, equals: study }",
                with: "when: { not: { variant: [worker] } }"
            )
            .replacingOccurrences(of: "dueAt: 2026-03-10T17:00", with: "variant: worker, dueAt: 2026-03-12T17:00")
        var files = SamplePack.source().files
        files[PackSource.mainFile] = Array(text.utf8)
        let checked = PackChecker().check(PackSource(path: SamplePack.code, files: files))
        #expect(checked.findings.map(\.description) == [])
        let pack = try #require(checked.pack)
        #expect(pack.promise(.online, variant: "worker")?.limit.value == 5)
        #expect(pack.promise(.online, variant: nil)?.limit.value == 3)
        #expect(pack.promise(.post, variant: "worker") == nil)
    }

    @Test("A file for download is kept with its hash, and must be the PDF that its name says")
    func filesForDownload() throws {
        let source = SamplePack.source(
            replacing: "name: Giấy chứng minh",
            with: "name: Giấy chứng minh\n    blankForm: giay.pdf"
        )
        func checked(_ content: String) -> CheckedPack {
            var files = source.files
            files["giay.pdf"] = Array(content.utf8)
            return PackChecker().check(PackSource(path: source.path, files: files))
        }
        let file = try #require(checked("%PDF-1.7 …").pack?.components[0].blankForm)
        #expect(file.name == "giay.pdf" && file.digest == Digest(of: Array("%PDF-1.7 …".utf8)))
        let told = checked("<html>").findings.map(BrokenPack.shown)
        #expect(told == ["36:16 Tệp “giay.pdf” không phải là PDF. → Lưu lại tệp dạng PDF."])
    }

    @Test("A paper is taken from results of procedures that there are; of others it is told, and nothing is stopped")
    func reusableFrom() {
        let source = SamplePack.source(
            replacing: "name: Giấy chứng minh",
            with: "name: Giấy chứng minh\n    reusableFrom: [\(SamplePack.code), 9.000009]"
        )
        let checked = PackChecker().check([source])
        #expect(checked[0].isSound && checked[0].pack?.components[0].reusableFrom == [SamplePack.code, "9.000009"])
        #expect(
            checked[0].findings.map(BrokenPack.shown) == [
                """
                34:5 Giấy tờ “proof” lấy từ kết quả của thủ tục “9.000009”, không có gói nào mang mã này. → Kiểm tra lại mã \
                trong reusableFrom, hoặc thêm gói của thủ tục đó.
                """
            ]
        )
        #expect(PackChecker().check(source).findings.isEmpty)
    }

    @Test("A local code of one pack may not be the code of another")
    func localCodes() {
        let twin = SamplePack.source(replacing: "code: 9.000001", with: "code: 9.000002\nlocalCodes: [9.000001]")
        let other = PackSource(path: "9.000002", files: twin.files)
        let checked = PackChecker().check([SamplePack.source(), other])
        #expect(checked.map { $0.findings.map(\.rule) } == [[.duplicateCode], [.duplicateCode]])
        #expect(PackChecker().check([other]).map(\.isSound) == [true])
    }

    @Test(arguments: BrokenPack.golden)
    func refuses(_ broken: BrokenPack) {
        let findings = broken.findings()
        let shown = findings.filter { $0.rule == broken.rule }.map(BrokenPack.shown)
        #expect(shown.contains(broken.expected), "found: \(findings.map(\.description))")
        #expect(findings.allSatisfy { !$0.remedy.isEmpty && !$0.text.isEmpty })
    }

    @Test("Each rule has a broken pack, except those of whole files and folders, which have their own tests")
    func everyRuleIsCovered() {
        let covered = Set(BrokenPack.golden.map(\.rule))
        let elsewhere: Set<PackRule> = [
            .fileMissing, .fileTooLarge, .notUTF8, .tooDeep, .listTooLong, .codeMismatch, .duplicateCode,
            .repealedCode, .moreFindings, .tooManyCases,
        ]
        #expect(covered.union(elsewhere) == Set(PackRule.allCases))
    }

    @Test("Whole files: missing, too large, not UTF-8, too deep, too long, in the wrong folder")
    func wholeFiles() {
        func rules(_ files: [String: [UInt8]], path: String = SamplePack.code) -> [PackRule] {
            PackChecker().check(PackSource(path: path, files: files)).findings.filter(\.isError).map(\.rule)
        }
        #expect(rules([:]) == [.fileMissing])
        #expect(rules([PackSource.mainFile: [UInt8](repeating: 35, count: 512 * 1_024)]) == [.syntax])
        #expect(rules([PackSource.mainFile: [UInt8](repeating: 35, count: 512 * 1_024 + 1)]) == [.fileTooLarge])
        #expect(rules([PackSource.mainFile: [0x63, 0xFF]]) == [.notUTF8])
        #expect(rules([PackSource.mainFile: []]) == [.syntax])
        #expect(rules([PackSource.mainFile: Array(String(repeating: "[", count: 49).utf8)]) == [.tooDeep])
        #expect(rules([PackSource.mainFile: Array(String(repeating: "- ", count: 500).utf8)]) == [.tooDeep])
        let words = "keywords: [" + Array(repeating: "a", count: 501).joined(separator: ", ") + "]"
        #expect(rules([PackSource.mainFile: Array(words.utf8)]).contains(.listTooLong))
        #expect(rules(SamplePack.source().files, path: "procedures/1.000000") == [.codeMismatch])
        #expect(rules(SamplePack.source().files, path: "procedures/\(SamplePack.code)") == [])
    }

    @Test("Two packs of one code are both refused, and a bad pack never stops the others")
    func manyPacks() {
        let twin = PackSource(path: "other/\(SamplePack.code)", files: SamplePack.source().files)
        let bad = PackSource(path: "bad", files: [PackSource.mainFile: Array("code: [".utf8)])
        let twins = PackChecker().check([SamplePack.source(), twin])
        #expect(twins.map { $0.findings.map(\.rule) } == [[.duplicateCode], [.duplicateCode]])
        #expect(twins.allSatisfy { !$0.isSound })
        #expect(PackChecker().check([bad, SamplePack.source()]).map(\.isSound) == [false, true])
    }

    @Test("A code that the state no longer uses is refused, and told what took its place; with a last day it may stay")
    func repealed() throws {
        func findings(_ list: String, _ source: PackSource = SamplePack.source()) throws -> [CatalogueFinding] {
            PackChecker(repealed: try RepealedProcedures(Array(list.utf8))).check(source).findings
        }
        let gone = "repealed: [{ code: \(SamplePack.code), source: nguồn, verified: yes }]"
        let found = try #require(try findings(gone).first)
        #expect(found.rule == .repealedCode && found.isError && found.place == SourcePlace(line: 1, column: 7))
        #expect(found.remedy == "Ghi ngày hết hiệu lực vào validTo, hoặc bỏ gói này.")
        let replaced = "repealed: [{ code: \(SamplePack.code), replacedBy: 9.2, source: nguồn, verified: yes }]"
        #expect(try findings(replaced).map(\.remedy) == ["Dùng mã thay thế 9.2."])
        let old = SamplePack.source(
            replacing: "validFrom: 2025-07-01",
            with: "validFrom: 2025-07-01\nvalidTo: 2026-12-31"
        )
        #expect(try findings(gone, old).filter { $0.rule == .repealedCode } == [])
        #expect(try findings("repealed: []") == [])
        #expect(throws: CatalogueError.self) { try findings("repealed: [{ code: 9 }]") }
        let shipped = try RepealedProcedures.read(folder: "\(Repository.root)/resources")
        #expect(shipped.contains("2.001009"))
    }

    @Test("A file of random bytes or with a line lost gives findings, never a crash")
    func damagedFiles() {
        var generator = SeededGenerator(seed: 7)
        let lines = SamplePack.yaml.split(separator: "\n", omittingEmptySubsequences: false)
        for index in lines.indices {
            var less = lines
            less.remove(at: index)
            let files = [PackSource.mainFile: Array(less.joined(separator: "\n").utf8)]
            _ = PackChecker().check(PackSource(path: SamplePack.code, files: files))
        }
        for _ in 0..<300 {
            var bytes = Array(SamplePack.yaml.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 32...126, using: &generator)
            }
            let files = [PackSource.mainFile: bytes, "result.mustache": Array(SamplePack.template.utf8)]
            let checked = PackChecker().check(PackSource(path: SamplePack.code, files: files))
            #expect(checked.isSound == !checked.findings.contains(where: \.isError))
        }
    }
}
