// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Testing

@Suite("However much is found, no error is lost")
struct FindingLimitTests {
    private static func bases(_ count: Int) -> String {
        (0..<count).map { "\n  - { id: more\($0), name: Văn bản \($0), source: nguồn, verified: no }" }.joined()
    }

    private static func check(replacing old: String, with new: String, bases count: Int) throws -> CheckedPack {
        let before = "source: vbpl.vn, verified: yes }\ninformation:"
        let whole = try #require(SamplePack.source().files[PackSource.mainFile])
        let text = String(decoding: whole, as: UTF8.self)
        #expect(text.contains(before) && text.contains(old))
        let facts = "source: vbpl.vn, verified: yes }\(bases(count))\ninformation:"
        var files = SamplePack.source().files
        files[PackSource.mainFile] = Array(
            text.replacingOccurrences(of: before, with: facts).replacingOccurrences(of: old, with: new).utf8
        )
        return PackChecker().check(PackSource(path: SamplePack.code, files: files))
    }

    @Test("Two hundred warnings hide no error that stands behind them", arguments: [199, 200, 201, 400])
    func warningsHideNoError(count: Int) throws {
        let checked = try Self.check(replacing: "fee: 10000", with: "fee: 10001", bases: count)
        #expect(!checked.isSound)
        #expect(checked.findings.filter(\.isError).map(\.rule) == [.exampleFails])
        #expect(checked.findings.count { $0.rule == .unverifiedFact } == min(count, 200))
        let more = checked.findings.filter { $0.rule == .moreFindings }.map(\.text)
        #expect(more == (count > 200 ? ["Còn \(count - 200) lưu ý nữa không kể ra ở đây."] : []))
    }

    @Test("Warnings alone, however many, leave a pack sound")
    func warningsAlone() throws {
        let checked = try Self.check(replacing: "fee: 10000", with: "fee: 10000", bases: 300)
        #expect(checked.isSound && checked.findings.count == 201)
    }

    @Test("Of three hundred errors two hundred are told, and that there are more")
    func manyErrors() throws {
        let text = (0..<300).map { "unknown\($0): x" }.joined(separator: "\n")
        let checked = PackChecker().check(PackSource(path: "x", files: [PackSource.mainFile: Array(text.utf8)]))
        #expect(!checked.isSound && checked.findings.count == 201)
        #expect(checked.findings.allSatisfy { $0.isError })
        let last = try #require(checked.findings.last)
        #expect(
            last.rule == .moreFindings && last.text.hasPrefix("Còn 1")
                && last.text.hasSuffix(" lỗi nữa không kể ra ở đây.")
        )
        #expect(last.remedy == "Sửa các lỗi đã kể rồi kiểm tra lại.")
    }
}
