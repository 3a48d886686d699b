// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// A pack as far as the national catalogue tells it, with what it leaves open.
///
/// Every fact names the catalogue as its source and waits to be compared with the official text. What the catalogue
/// does not say, or what has no key in the language of packs, is not made up: it stands in a list for a person.
public struct PackImport: Sendable {
    /// The file beside the pack that keeps the record as it came, so that nothing of it is lost.
    public static let recordFile = "national-catalogue.json"

    /// The code of the procedure.
    public let code: String
    /// Its name; the code where the catalogue has none.
    public let name: String
    /// The files of the pack.
    public let source: PackSource
    /// What the pack says.
    public let tree: PackTree
    /// Why this procedure should not be put online without a look; nil when the catalogue shows it to the public.
    public let closedState: String?
    /// What the catalogue says and the pack does not, with the reason: one line each.
    public let leftOut: [String]
    /// What it does not say although the pack needs it: one line each.
    public let unsaid: [String]
    /// What the level is judged by.
    public let assessment: LevelAssessment
    /// What the checker says of the pack as it stands.
    public let findings: [CatalogueFinding]
}

extension NationalCatalogue {
    /// The packs of the records, in their order.
    ///
    /// - Parameters:
    ///   - day: when the catalogue was read; part of each source.
    ///   - platform: what the portal offers.
    ///   - checker: by whose rules each pack is judged.
    /// - Returns: the packs, and the records that give none because they are too large.
    public func packs(
        on day: LocalDate,
        platform: PlatformEvidence = .complete,
        checker: PackChecker = PackChecker()
    ) -> (packs: [PackImport], faults: [ImportFault]) {
        var packs: [PackImport] = []
        var faults: [ImportFault] = []
        for record in records {
            let pack = PackImport(record, on: day, platform, checker)
            if let fault = pack.source.fault {
                faults.append(ImportFault(record: "Thủ tục \(record.code)", field: nil, what: fault.uncapped))
            } else {
                packs.append(pack)
            }
        }
        return (packs, faults)
    }
}

extension PackImport {
    init(_ record: NationalRecord, on day: LocalDate, _ platform: PlatformEvidence, _ checker: PackChecker) {
        var writing = PackImportWriting(record, on: day)
        let tree = writing.write()
        var head = [
            "# SPDX-License-Identifier: Apache-2.0",
            "# Nhập từ cơ sở dữ liệu quốc gia về thủ tục hành chính ngày \(day.vietnamese); chưa đối chiếu.",
            "# Ngôn ngữ của gói: docs/packs.md. Bản ghi nguyên vẹn: \(PackImport.recordFile).",
        ]
        for (title, lines) in [("Danh mục không nói", writing.unsaid), ("Chưa đưa vào gói", writing.leftOut)] {
            guard !lines.isEmpty else { continue }
            head += ["#", "# \(title):"]
            head += lines.map(Self.comment)
        }
        let text = head.joined(separator: "\n") + "\n\n" + PackWriter.document(tree).joined(separator: "\n") + "\n"
        let source = PackSource(
            path: record.code,
            files: [
                PackSource.mainFile: Array(text.utf8),
                PackImport.recordFile: Array(record.raw.document.utf8),
            ]
        )
        (code, self.tree, self.source) = (record.code, tree, source)
        name = record.name.isEmpty ? record.code : record.name
        closedState = record.state.flatMap { $0.isPublic ? nil : $0.word }
        (leftOut, unsaid) = (writing.leftOut, writing.unsaid)
        findings = checker.check(source).findings
        assessment = LevelAssessment.assess(PackImport.evidence(of: source, record, platform))
    }

    /// One line of the list in the text itself, so that whoever goes on with the pack has it at hand. Brackets would be
    /// counted as those of the pack.
    private static func comment(_ line: String) -> String {
        let plain = line.replacing("[", with: "(").replacing("]", with: ")")
        return "# - " + plain.replacing("{", with: "(").replacing("}", with: ")")
    }

    /// What the unfinished pack shows, by the same rule as a finished one; the catalogue knows besides whether there is
    /// a form, and whether anything is to be paid.
    private static func evidence(
        of source: PackSource,
        _ record: NationalRecord,
        _ platform: PlatformEvidence
    ) -> LevelEvidence {
        guard let pack = PackDecoder.read(source, FindingCollector(file: source.path)) else {
            var none = LevelEvidence(
                infoItems: 0,
                hasForm: true,
                formsDownloadable: false,
                eForm: false,
                attachments: false,
                dbStored: platform.dbStored,
                processedOnline: platform.processedOnline,
                https: platform.https,
                hasFee: true,
                onlinePayment: platform.onlinePayment,
                onlineResult: false
            )
            none.missingItems = InformationItem.allCases.map(\.vietnamese)
            return none
        }
        var evidence = LevelEvidence(pack, platform: platform)
        evidence.hasForm = record.papers.contains { part in part.papers.contains { !$0.forms.isEmpty } }
        evidence.hasFee = record.methods.contains { way in
            way.limits.contains { $0.fees.contains { PackImportWriting.amount($0) != 0 } }
        }
        return evidence
    }

    /// The conditions of each level that do not hold, with the evidence: what is to be done, in the order of levels.
    public var lacks: [LevelFinding] { assessment.findings.filter { !$0.isMet } }

    /// What is found, as a person reads it line by line.
    public var report: [String] {
        var lines =
            closedState.map {
                ["! Danh mục ghi trạng thái “\($0)”: không công khai, có thể đã bãi bỏ. Tra lại trước khi dùng."]
            } ?? []
        lines.append("\(assessment.vietnamese).")
        lines += lacks.map {
            "Mức độ \($0.condition.level.rawValue) còn thiếu: \($0.condition.vietnamese) (\($0.evidence))"
        }
        lines += unsaid.map { "Danh mục không nói: \($0)" }
        lines += leftOut.map { "Chưa đưa vào gói: \($0)" }
        let errors = findings.count(where: \.isError)
        lines.append(
            errors == 0
                ? "Gói không có lỗi; các nội dung chờ đối chiếu với văn bản gốc."
                : "motcua check thấy \(errors) lỗi phải sửa trước khi công bố."
        )
        return lines
    }

    /// Where the pack differs from one that is there already.
    ///
    /// - Parameter other: the files that are there.
    /// - Returns: nil when the text there cannot be read as a pack.
    public func changes(from other: PackSource) -> [PackChange]? {
        guard let bytes = other.files[PackSource.mainFile], let text = String(validating: bytes, as: UTF8.self),
            let before = PackManuscript(text).tree
        else { return nil }
        return PackChange.all(from: before, to: tree)
    }
}

extension String {
    /// With a small first letter, as the rest of a sentence.
    fileprivate var uncapped: String { prefix(1).lowercased() + dropFirst() }
}
