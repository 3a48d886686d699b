// SPDX-License-Identifier: Apache-2.0

extension LevelRoadmap {
    /// The columns of the exported file.
    static let columns = [
        "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Mức độ công bố", "Mức độ tính được", "Nghị định 42/2022",
        "Điều kiện còn thiếu để lên mức độ 4", "Hồ sơ 12 tháng", "Trong đó nộp qua mạng", "Mức độ đặt ra", "Quý",
        "Người chịu trách nhiệm", "Vướng mắc",
    ]

    /// These services as a file for spreadsheets.
    public func csv(_ filter: RoadmapFilter = RoadmapFilter()) -> String {
        let rows = lines(filter).map { line -> [String] in
            let use = line.assessment.evidence.use
            return [
                line.code, line.name, line.sector, line.declared.map { "\($0.rawValue)" } ?? "",
                line.assessment.level.map { "\($0.rawValue)" } ?? "0", line.assessment.scope.vietnamese,
                line.assessment.missingForTheHighest.map(\.vietnamese).joined(separator: "; "),
                use.map { "\($0.submitted)" } ?? "", use.map { "\($0.submittedOnline)" } ?? "",
                line.target.map { "\($0.level.rawValue)" } ?? "", line.target?.quarter.description ?? "",
                line.target?.owner ?? "", line.target?.obstacles.joined(separator: "; ") ?? "",
            ]
        }
        return CommaSeparated.text([Self.columns] + rows)
    }
}

/// A table as text for spreadsheets (RFC 4180), with the mark by which they know UTF-8.
enum CommaSeparated {
    static func text(_ rows: [[String]]) -> String {
        "\u{FEFF}" + rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A cell that begins like a formula is kept from being one.
    private static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
