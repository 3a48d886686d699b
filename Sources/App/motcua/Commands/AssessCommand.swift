// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalogue
import Foundation
import Kernel

/// `motcua assess`: levels and roadmap, of packs in a folder or of an evidence file.
struct AssessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess",
        abstract: "Tính mức độ dịch vụ công từ chứng cứ và in lộ trình.",
        discussion: """
            Không có cơ sở dữ liệu nên không đếm hồ sơ: trang /quan-tri/muc-do của cổng đếm cả hồ sơ thật.
            Mã thoát 1 khi có gói hỏng, hoặc có dịch vụ công bố cao hơn mức tính được.
            """
    )

    @Argument(help: "Thư mục chứa các gói; mặc định là procedures.")
    var folder: String?

    @Option(help: "Tệp chứng cứ JSON, thay cho các gói.")
    var evidence: String?

    @Option(help: "Ngày lập, dạng 2026-03-05; mặc định là hôm nay.")
    var day: String?

    @OptionGroup var platform: PlatformOptions

    @Flag(help: "In JSON.")
    var json = false

    func run() async throws {
        try await CommandFailure.run {
            let today = try date()
            let (agency, lines, broken) = try evidence.map(records) ?? packs(on: today)
            let roadmap = LevelRoadmap(lines, on: today)
            if json {
                Out.line(try AssessmentReport(agency: agency, roadmap).json())
            } else {
                for line in AssessmentReport.text(agency: agency, roadmap) { Out.line(line) }
            }
            for path in broken {
                FileHandle.standardError.write(Data("\(path): gói có lỗi, không tính; xem motcua check.\n".utf8))
            }
            if !broken.isEmpty || lines.isEmpty || lines.contains(where: \.isAlarm) { throw ExitCode(1) }
        }
    }

    private func date() throws -> LocalDate {
        guard let day else { return Clock.system.today }
        guard let date = LocalDate(day) else {
            throw SettingsError(description: "“\(day)” không phải là ngày dạng 2026-03-05.")
        }
        return date
    }

    private func records(_ file: String) throws -> (agency: String?, lines: [RoadmapLine], broken: [String]) {
        if folder != nil {
            throw SettingsError(description: "Chọn một: thư mục gói, hoặc --evidence.")
        }
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw SettingsError(description: "Không đọc được tệp \(file).")
        }
        let read = try EvidenceFile(Array(bytes))
        return (read.agency, read.lines, [])
    }

    private func packs(on day: LocalDate) throws -> (agency: String?, lines: [RoadmapLine], broken: [String]) {
        let basis = LevelBasis(platform: platform.evidence)
        let checked = PackChecker().check(try PackSource.packs(inFolder: folder ?? "procedures"))
        let lines = checked.filter(\.isSound).compactMap(\.pack)
            .filter { $0.validFrom <= day && ($0.validTo.map { day <= $0 } ?? true) }
            .map { RoadmapLine($0, basis.assessment($0.code, PackEvidence($0))) }
        return (nil, lines, checked.filter { !$0.isSound }.map(\.source.path))
    }
}
