// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Testing

@Suite("One slip is told once, and codes can be folders")
struct SmallRuleTests {
    private static func shown(replacing old: String, with new: String) -> [String] {
        PackChecker().check(SamplePack.source(replacing: old, with: new)).findings.map {
            "\($0.grade) \($0.rule.rawValue) \(BrokenPack.shown($0))"
        }
    }

    @Test("A local code that repeats the code, however often, is told once")
    func repeatedCode() {
        let code = "code: \(SamplePack.code)\n"
        let told = Self.shown(replacing: code, with: "\(code)localCodes: [\(SamplePack.code), \(SamplePack.code)]\n")
        #expect(told == ["error duplicate-name 2:13 Mã “9.000001” có hai lần. → Đặt tên khác, hoặc bỏ một."])
    }

    @Test("Two options with one label are worth a look")
    func labels() {
        let told = Self.shown(replacing: "label: Đi học }", with: "label: \"Đi  Làm\" }")
        #expect(
            told == [
                """
                warning duplicate-name 51:11 Trường “purpose”: hai lựa chọn cùng nhãn “Đi  Làm”. → Đặt cho mỗi lựa chọn \
                một nhãn riêng.
                """
            ]
        )
    }

    @Test(
        "A code that cannot name a folder everywhere is refused",
        arguments: ["-x", "CON", "..", "a.", "nul.1", "com1"]
    )
    func codes(code: String) {
        let text = SamplePack.yaml.replacingOccurrences(of: "code: 9.000001", with: "code: \(code)")
        var files = SamplePack.source().files
        files[PackSource.mainFile] = Array(text.utf8)
        let findings = PackChecker().check(PackSource(path: code, files: files)).findings
        #expect(
            findings.map(BrokenPack.shown) == [
                """
                1:7 Mã “\(code)” không đặt tên thư mục được trên mọi hệ điều hành. → Bắt đầu và kết thúc mã bằng chữ hoặc \
                số, không dùng tên thiết bị như CON.
                """
            ]
        )
        #expect(findings.map(\.rule) == [.badValue])
    }

    @Test(
        "Codes as the state and provinces write them are taken",
        arguments: ["1.001193", "2.000635.H01", "TH-01", "CONG"]
    )
    func soundCodes(code: String) {
        var files = SamplePack.source().files
        files[PackSource.mainFile] = Array(
            SamplePack.yaml.replacingOccurrences(of: "code: 9.000001", with: "code: \(code)").utf8
        )
        #expect(PackChecker().check(PackSource(path: code, files: files)).isSound)
    }
}
