// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalogue
import Foundation

/// `motcua check`: packs held against every rule, one after the other, so that memory does not hang on their number.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Kiểm tra các gói thủ tục.",
        discussion: "Mã thoát 1 khi có gói có lỗi; lưu ý không tính là lỗi."
    )

    @OptionGroup var options: HouseOptions

    @Argument(help: "Thư mục của một gói, hoặc thư mục chứa các gói; mặc định là procedures.")
    var paths: [String] = []

    @Flag(help: "Chỉ đọc YAML, không xét các quy tắc.")
    var syntax = false

    @Flag(help: "In mỗi điều tìm thấy một dòng JSON.")
    var json = false

    @Flag(help: "In từng nội dung chưa đối chiếu, thay vì một dòng cho mỗi tệp.")
    var all = false

    @Flag(help: "Chỉ in JSON Schema của ngôn ngữ gói, cho trình soạn thảo.")
    var schema = false

    func run() async throws {
        if schema { return Out.line(PackJSONSchema.text) }
        try await CommandFailure.run {
            let reader = try await options.reader()
            let resources = try Settings.folder(reader, .resources, named: "resources")
            let checker = PackChecker(repealed: try RepealedProcedures.read(folder: resources))
            let asked = paths.isEmpty ? [try Settings.folder(reader, .procedures, named: "procedures")] : paths
            var (count, bad) = (0, 0)
            var places: [String: String] = [:]
            let sources = try asked.flatMap(PackSource.paths)
            var told = FindingReport(tellsAll: all)
            // A pack is also checked alone: the folder says what others there are, and where there is none, nothing.
            let folder = try Settings.folder(reader, .procedures, named: "procedures")
            let others = (try? PackSource.paths(at: folder)) ?? []
            let known = Set((sources + others).map { PackSource(path: $0, files: [:]).folderName })
            for path in sources {
                count += 1
                if try !isSound(path, checker, known, &places, &told) { bad += 1 }
            }
            if !json { for line in told.ending(packs: count, bad: bad) { Out.line(line) } }
            if bad > 0 || count == 0 { throw ExitCode(1) }
        }
    }

    /// Prints what is found of one pack. Of two with one code the second is told of the first.
    private func isSound(
        _ path: String,
        _ checker: PackChecker,
        _ known: Set<String>,
        _ places: inout [String: String],
        _ told: inout FindingReport
    ) throws -> Bool {
        let source = PackSource.pack(atPath: path)
        if syntax { return try report(checker.checkSyntax(source), &told) }
        let checked = checker.check(source)
        var findings = checked.findings + checker.unknownSources(of: checked, among: known)
        for code in Set(checked.pack.map { [$0.code] + $0.localCodes } ?? []).sorted() {
            if let first = places[code] { findings.insert(.duplicateCode(code, of: source, at: first), at: 0) }
            places[code] = places[code] ?? path
        }
        return try report(findings, &told) && checked.pack != nil
    }

    /// False where something stops the pack.
    private func report(_ findings: [CatalogueFinding], _ told: inout FindingReport) throws -> Bool {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            for finding in findings { Out.line(String(decoding: try encoder.encode(finding), as: UTF8.self)) }
        } else {
            for line in told.take(findings) { Out.line(line) }
        }
        return !findings.contains(where: \.isError)
    }
}
