// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Testing

@Suite("What is wrong with a file as a whole is told by its true cause, in Vietnamese")
struct WholeFileTests {
    private static func told(_ source: PackSource) -> [String] {
        PackChecker().check(source).findings.map { "\($0.rule.rawValue) \(BrokenPack.shown($0))" }
    }

    private static func told(_ text: String) -> [String] { told(bytes: Array(text.utf8)) }

    private static func told(bytes: [UInt8]) -> [String] {
        told(PackSource(path: SamplePack.code, files: [PackSource.mainFile: bytes]))
    }

    @Test("Missing, too large, not UTF-8, too deep: word for word")
    func golden() {
        #expect(
            Self.told(PackSource(path: "x", files: [:])) == [
                "file-missing 1:1 Không có tệp procedure.yaml. → Đặt tệp này vào thư mục của thủ tục."
            ]
        )
        #expect(
            Self.told(bytes: [UInt8](repeating: 35, count: 600_000)) == [
                """
                file-too-large 1:1 Tệp lớn 600000 byte, quá 524288 byte. → Chuyển văn bản dài sang tệp mẫu bên cạnh.
                """
            ]
        )
        #expect(
            Self.told(bytes: [0x63, 0xFF]) == [
                "not-utf8 1:1 Tệp không phải là UTF-8. → Lưu lại tệp bằng mã UTF-8."
            ]
        )
        let deep = "Các mục lồng nhau quá 48 lớp. → Đóng ngoặc còn thiếu, hoặc viết lại cho phẳng hơn."
        #expect(Self.told("a:\n" + String(repeating: "[", count: 49)) == ["too-deep 2:1 \(deep)"])
    }

    @Test("A list that is too long, a folder of another name, a code of two packs: word for word")
    func goldenOfWholes() {
        let words = "keywords: [" + Array(repeating: "a", count: 501).joined(separator: ", ") + "]"
        let source = SamplePack.source(replacing: "keywords: [giấy thử]", with: words)
        #expect(Self.told(source) == ["list-too-long 4:11 Danh sách có 501 phần tử, quá 500. → Chia nhỏ danh sách."])
        #expect(
            Self.told(PackSource(path: "procedures/1.000000", files: SamplePack.source().files)) == [
                """
                code-mismatch 1:7 Mã “9.000001” không giống tên thư mục “1.000000”. → Đặt thư mục theo mã thủ tục.
                """
            ]
        )
        let twin = PackSource(path: "other/\(SamplePack.code)", files: SamplePack.source().files)
        let twins = PackChecker().check([SamplePack.source(), twin])
        #expect(
            twins.flatMap(\.findings).map { "\($0.file) \(BrokenPack.shown($0))" } == [
                "9.000001/procedure.yaml 1:1 Mã thủ tục “9.000001” có ở nhiều gói. → Giữ lại một gói cho mỗi mã.",
                "other/9.000001/procedure.yaml 1:1 Mã thủ tục “9.000001” có ở nhiều gói. → Giữ lại một gói cho mỗi mã.",
            ]
        )
    }

    @Test("A file on the disk that is too large is not said to be missing")
    func largeFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "motcua-\(UUID().uuidString)")
        let pack = folder.appending(path: SamplePack.code)
        try FileManager.default.createDirectory(at: pack, withIntermediateDirectories: true)
        // A folder that is left behind lies among temporary ones.
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ name: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: pack.appending(path: name)) }
        for (name, bytes) in SamplePack.source().files { try write(name, bytes) }
        let sound = PackSource.pack(atPath: pack.path)
        #expect(Self.told(sound) == [])

        try write("result.mustache", [UInt8](repeating: 64, count: 524_289))
        let large = PackSource.pack(atPath: pack.path)
        #expect(
            Self.told(large) == [
                """
                file-too-large 123:13 Tệp “result.mustache” lớn 524289 byte, quá 524288 byte. → Thu nhỏ tệp, hoặc chia \
                thành nhiều tệp.
                """
            ]
        )
        try FileManager.default.removeItem(at: pack.appending(path: "result.mustache"))
        let missing = PackSource.pack(atPath: pack.path)
        #expect(Set([sound, large, missing].map(\.digest)).count == 3)
        #expect(Self.told(missing).contains { $0.hasPrefix("template-missing") })

        for number in 0..<40 { try write("a\(number).txt", [97]) }
        try write("result.mustache", Array(SamplePack.template.utf8))
        #expect(
            Self.told(PackSource.pack(atPath: pack.path)) == [
                """
                list-too-long 123:13 Tệp “result.mustache” không được đọc: thư mục có quá 32 tệp. → Bỏ khỏi thư mục các tệp \
                mà gói không dùng.
                """
            ]
        )

        try write(PackSource.mainFile, [UInt8](repeating: 35, count: 600_000))
        #expect(
            Self.told(PackSource.pack(atPath: pack.path)) == [
                """
                file-too-large 1:1 Tệp “procedure.yaml” lớn 600000 byte, quá 524288 byte. → Chuyển văn bản dài sang tệp \
                mẫu bên cạnh.
                """
            ]
        )
    }

    @Test("The mark that Windows puts before a text is passed over, by the checker and by the builder")
    func byteOrderMark() throws {
        var files = SamplePack.source().files
        files[PackSource.mainFile] = [0xEF, 0xBB, 0xBF] + Array(SamplePack.yaml.utf8)
        let checked = PackChecker().check(PackSource(path: SamplePack.code, files: files))
        #expect(checked.findings.map(\.description) == [] && checked.isSound)
        #expect(PackManuscript("\u{FEFF}" + SamplePack.yaml).text == SamplePack.yaml)
        let lines = "\u{FEFF}" + SamplePack.yaml.replacingOccurrences(of: "\n", with: "\r\n")
        files[PackSource.mainFile] = Array(lines.utf8)
        #expect(PackChecker().check(PackSource(path: SamplePack.code, files: files)).isSound)
    }

    @Test(
        "What YAML complains of is told in Vietnamese, with line and column",
        arguments: [
            ("a: \"b\nc: d\n", "3:1 Sai cú pháp YAML: dấu nháy mở ra mà không đóng lại."),
            ("a: [1, 2\nb: 3\n", "2:2 Sai cú pháp YAML: thiếu dấu phẩy hoặc dấu ] của danh sách."),
            ("a: {b: 1\nc: 3\n", "2:2 Sai cú pháp YAML: thiếu dấu phẩy hoặc dấu } của mục."),
            ("a: @b\n", "1:4 Sai cú pháp YAML: giá trị bắt đầu bằng ký tự dành riêng (@, ` hoặc %)."),
            ("a: b\nc\n", "3:1 Sai cú pháp YAML: thiếu dấu hai chấm sau khóa."),
            ("a: \"\\q\"\n", "1:5 Sai cú pháp YAML: sau dấu \\ là ký tự không có nghĩa."),
            ("a: - b\n", "1:4 Sai cú pháp YAML: dấu gạch “- ” đứng ở chỗ không được có danh sách."),
            ("a:\n  - b\n  c: d\n", "3:3 Sai cú pháp YAML: danh sách bị ngắt quãng."),
            ("a: b\n---\nc: d\n", "2:1 Sai cú pháp YAML: tệp có nhiều tài liệu YAML."),
            ("a: b\n  c: d\n", "2:4 Sai cú pháp YAML: dấu hai chấm đứng ở chỗ không được có khóa."),
        ]
    )
    func syntax(text: String, expected: String) throws {
        let findings = PackChecker().check(
            PackSource(path: "x", files: [PackSource.mainFile: Array(text.utf8)])
        ).findings
        let told = try #require(findings.first)
        #expect("\(told.place.line):\(told.place.column) \(told.text)" == expected)
        #expect(findings.count == 1 && told.rule == .syntax && !told.remedy.isEmpty)
    }
}
