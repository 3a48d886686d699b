// SPDX-License-Identifier: Apache-2.0

/// Findings as a person reads them at a terminal: what stops a pack first, then what is worth a look, and the facts of
/// a file that nobody has compared yet in one line, so that they bury nothing.
public struct FindingReport: Sendable {
    /// Whether each fact that nobody has compared is told by itself.
    public let tellsAll: Bool
    /// How many findings stop a pack.
    public private(set) var errorCount = 0
    /// How many do not.
    public private(set) var warningCount = 0
    private var warnings: [String] = []

    /// An empty report.
    public init(tellsAll: Bool = false) {
        self.tellsAll = tellsAll
    }

    /// Takes the findings of one pack, and gives the lines of its errors, which are told at once.
    public mutating func take(_ findings: [CatalogueFinding]) -> [String] {
        let errors = findings.filter(\.isError)
        errorCount += errors.count
        warningCount += findings.count - errors.count
        let isGathered: (CatalogueFinding) -> Bool = { [tellsAll] in $0.rule == .unverifiedFact && !tellsAll }
        warnings += findings.filter { !$0.isError && !isGathered($0) }.map(\.description)
        let open = findings.filter { !$0.isError && isGathered($0) }
        for file in Set(open.map(\.file)).sorted() {
            let lines = open.filter { $0.file == file }.map(\.place.line)
            warnings.append(
                "\(file): \(FindingGrade.warning.vietnamese) [\(PackRule.unverifiedFact.rawValue)]: \(lines.count) nội dung "
                    + "chưa đối chiếu: dòng \(lines.sorted().map(String.init).joined(separator: ", ")). "
                    + "Cách sửa: Đối chiếu với văn bản gốc rồi viết verified: yes; thêm --all để xem từng nội dung."
            )
        }
        return errors.map(\.description)
    }

    /// What does not stop a pack, after all errors; then how much of each there was.
    public func ending(packs: Int, bad: Int) -> [String] {
        warnings + ["\(packs) gói, \(bad) gói có lỗi; \(errorCount) lỗi, \(warningCount) lưu ý."]
    }
}
