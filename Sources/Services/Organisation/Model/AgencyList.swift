// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Agencies of a province in a table, as an office has them in a spreadsheet: a line for each, those above first.
///
/// Columns by name, in any order: `code,name,kind,level` and, where wanted, `parent` (without it the code up to its
/// last dot), `place` (without it the part of the name after `xã`, `tỉnh` …) and `desk`, the name of its one-stop desk.
public struct AgencyList: Sendable {
    /// One line.
    public struct Entry: Sendable {
        /// The line in the file, from 1.
        public var line: Int
        /// The agency.
        public var agency: NewAgency
        /// The body above.
        public var parent: AgencyCode
        /// The name of its one-stop desk; nil for none.
        public var desk: String?
    }

    /// In the order of the file.
    public let entries: [Entry]

    /// The most lines: the largest province has some two hundred bodies.
    public static let limit = 2_000

    private static let kinds: [String: AgencyKind] = ["ubnd": .peoplesCommittee, "so": .department, "cong-an": .police]
    private static let levels: [String: AdminLevel] = ["tinh": .province, "xa": .commune]

    /// Reads the text of a CSV file with commas or semicolons; values may stand in double quotes.
    ///
    /// - Throws: `AgencyListError`.
    public init(csv: String) throws(AgencyListError) {
        var text = VietnameseText.nfc(csv.replacing("\r\n", with: "\n"))
        if text.first == "\u{FEFF}" { text.removeFirst() }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.allSatisfy(\.isWhitespace) }
        guard let first = lines.first else { throw AgencyListError(line: 1, "Tệp không có dòng nào") }
        let separator: Character = first.element.contains(";") ? ";" : ","
        let header = Self.values(first.element, separator).map { $0.lowercased() }
        for column in ["code", "name", "kind", "level"] where !header.contains(column) {
            throw AgencyListError(line: 1, "Thiếu cột \(column); cần code,name,kind,level và nếu có parent,place,desk")
        }
        guard lines.count <= Self.limit else { throw AgencyListError(line: 1, "Quá \(Self.limit) dòng") }
        var entries: [Entry] = []
        for (index, line) in lines.dropFirst() {
            let values = Self.values(line, separator)
            guard values.count == header.count else {
                throw AgencyListError(line: index + 1, "Có \(values.count) giá trị, đầu bảng có \(header.count) cột")
            }
            let row = Dictionary(zip(header, values), uniquingKeysWith: { first, _ in first })
            entries.append(try Self.entry(row, at: index + 1))
        }
        self.entries = entries
    }

    private static func entry(_ row: [String: String], at line: Int) throws(AgencyListError) -> Entry {
        let (code, name) = (row["code"] ?? "", row["name"] ?? "")
        guard let kind = kinds[row["kind"] ?? ""] else {
            throw AgencyListError(line: line, "Cột kind phải là ubnd, so hoặc cong-an")
        }
        guard let level = levels[row["level"] ?? ""] else {
            throw AgencyListError(line: line, "Cột level phải là tinh hoặc xa")
        }
        let above =
            row["parent"].flatMap { $0.isEmpty ? nil : $0 }
            ?? code.split(separator: ".").dropLast().joined(separator: ".")
        guard AgencyCode(code) != nil, let parent = AgencyCode(above) else {
            throw AgencyListError(line: line, "Mã “\(code)” không đúng dạng H01.05, hoặc không có mã cấp trên")
        }
        let place = row["place"].flatMap { $0.isEmpty ? nil : $0 } ?? Agency.place(in: name)
        guard let place else {
            throw AgencyListError(line: line, "Không đọc được địa danh trong “\(name)”; điền cột place")
        }
        return Entry(
            line: line,
            agency: NewAgency(code: code, name: name, kind: kind, level: level, place: place, validFrom: nil),
            parent: parent,
            desk: row["desk"].flatMap { $0.isEmpty ? nil : $0 }
        )
    }

    /// The values of a line, without quotes and blanks around them.
    private static func values(_ line: Substring, _ separator: Character) -> [String] {
        var (values, value, isQuoted) = ([String](), "", false)
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case separator where !isQuoted:
                values.append(VietnameseText.tidy(value))
                value = ""
            default: value.append(character)
            }
        }
        return values + [VietnameseText.tidy(value)]
    }
}

/// What is wrong with a list of agencies, and where.
public struct AgencyListError: Presentable, Equatable {
    /// The line in the file, from 1.
    public var line: Int
    /// What is wrong, in words.
    public var words: String

    init(line: Int, _ words: String) { (self.line, self.words) = (line, words) }

    public var code: String { "agency-list" }
    public var status: Int { 422 }
    public var publicDetail: String? { "Dòng \(line): \(words). Chưa thêm cơ quan nào." }
}

extension Agency {
    /// The place in a name: `An Giang` of `Ủy ban nhân dân tỉnh An Giang`; nil where no word of a territory stands.
    public static func place(in name: String) -> String? {
        let words = VietnameseText.tidy(name).split(separator: " ")
        for (index, word) in words.enumerated().reversed() {
            let (one, before) = (word.lowercased(), index > 0 ? words[index - 1].lowercased() : "")
            let isTerritory =
                ["tỉnh", "phường", "xã"].contains(one)
                || (one == "phố" && before == "thành") || (one == "khu" && before == "đặc")
            if isTerritory, index + 1 < words.count { return words[(index + 1)...].joined(separator: " ") }
        }
        return nil
    }
}
