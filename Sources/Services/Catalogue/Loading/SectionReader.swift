// SPDX-License-Identifier: Apache-2.0

import Kernel
import Yams

/// Reads one mapping of a pack by its section: refuses keys that the section does not know, reports those that are
/// missing, and answers every question with a value so that reading goes on and all findings come at once.
struct SectionReader {
    /// Longest text of one key, in characters.
    static let textLimit = 4_000
    /// Most entries of one list.
    static let listLimit = 500

    let section: PackSection
    let place: SourcePlace
    let out: FindingCollector
    private var entries: [String: (place: SourcePlace, node: Node)] = [:]

    /// Nil after a finding when the node is no mapping.
    init?(_ node: Node, _ section: PackSection, _ out: FindingCollector) {
        guard case .mapping(let mapping) = node else {
            out.error(
                .wrongShape,
                at: node.place,
                "Ở đây phải là một mục có khóa (\(section.keys.prefix(4).map(\.name).joined(separator: ", "))…), "
                    + "nhưng là \(node.shapeName).",
                remedy: "Viết mỗi khóa một dòng, dạng “khóa: giá trị”."
            )
            return nil
        }
        self.section = section
        self.out = out
        place = node.place
        for (keyNode, value) in mapping { take(keyNode, value) }
        for key in section.keys where key.isRequired && entries[key.name] == nil {
            out.error(
                .missingKey,
                at: place,
                "Thiếu khóa “\(key.name)”.",
                remedy: "Thêm khóa này (docs/packs.md, mục \(section.name))."
            )
        }
    }

    private mutating func take(_ keyNode: Node, _ value: Node) {
        guard case .scalar(let key) = keyNode, section.key(key.string) != nil else {
            let word = keyNode.scalar?.string ?? ""
            let near = EditDistance.nearest(to: word, in: section.keys.map(\.name))
            let known = section.keys.map(\.name).joined(separator: ", ")
            out.error(
                .unknownKey,
                at: keyNode.place,
                "Không có khóa “\(word)” ở đây.",
                remedy: near.map { "Có phải là “\($0)”?" } ?? "Các khóa dùng được: \(known)."
            )
            return
        }
        guard entries[key.string] == nil else {
            out.error(
                .duplicateKey,
                at: keyNode.place,
                "Khóa “\(key.string)” được viết hai lần trong cùng một mục.",
                remedy: "Giữ lại một lần."
            )
            return
        }
        entries[key.string] = (keyNode.place, value)
    }

    /// The node of a key that the section knows.
    func node(_ key: String) -> Node? {
        assert(section.key(key) != nil, "section \(section.name) has no key \(key)")
        return entries[key]?.node
    }

    func has(_ key: String) -> Bool { node(key) != nil }

    /// Where the value of a key begins; the section itself when the key is not there.
    func place(of key: String) -> SourcePlace { node(key)?.place ?? place }

    /// Where the value of each key begins.
    var valuePlaces: [String: SourcePlace] { entries.mapValues { $0.node.place } }

    // MARK: - Texts

    func optionalText(_ key: String, limit: Int = textLimit) -> String? {
        node(key).flatMap { SectionReader.text($0, limit: limit, out) }
    }

    /// Empty when it is missing, which the section has reported.
    func text(_ key: String, limit: Int = textLimit) -> String { optionalText(key, limit: limit) ?? "" }

    static func text(_ node: Node, limit: Int = textLimit, _ out: FindingCollector) -> String? {
        guard case .scalar(let scalar) = node else {
            out.error(
                .wrongShape,
                at: node.place,
                "Ở đây phải là một giá trị, nhưng là \(node.shapeName).",
                remedy: "Viết chữ ngay sau dấu hai chấm."
            )
            return nil
        }
        var text = scalar.string
        while text.last?.isWhitespace == true { text.removeLast() }
        guard !text.isEmpty else {
            out.error(.emptyText, at: node.place, "Giá trị để trống.", remedy: "Viết giá trị, hoặc bỏ khóa này đi.")
            return nil
        }
        guard text.count <= limit else {
            out.error(
                .textTooLong,
                at: node.place,
                "Chữ dài \(text.count) ký tự, quá \(limit) ký tự.",
                remedy: "Viết gọn lại."
            )
            return nil
        }
        return text
    }

    // MARK: - Values

    func bad(_ node: Node, _ text: String, remedy: String) {
        out.error(.badValue, at: node.place, text, remedy: remedy)
    }

    /// A name in code: a letter, then letters and digits.
    func identifier(_ key: String) -> String {
        guard let node = node(key), let text = SectionReader.text(node, limit: 60, out) else { return "" }
        let isSound =
            text.utf8.first.map { (97...122).contains($0) } ?? false
            && text.utf8.allSatisfy { (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) }
        if !isSound {
            bad(node, "“\(text)” không dùng làm tên được.", remedy: "Viết dạng camelCase không dấu, ví dụ fullName.")
        }
        return text
    }

    func bool(_ key: String, default fallback: Bool = false) -> Bool {
        guard let node = node(key), let text = SectionReader.text(node, out) else { return fallback }
        switch text {
        case "yes", "true": return true
        case "no", "false": return false
        default:
            bad(node, "“\(text)” không phải là yes hay no.", remedy: "Viết yes hoặc no.")
            return fallback
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let node = node(key), let text = SectionReader.text(node, out) else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            bad(
                node,
                "“\(text)” không phải là số nguyên từ \(range.lowerBound) đến \(range.upperBound).",
                remedy: "Viết số bằng chữ số, không dấu chấm."
            )
            return nil
        }
        return number
    }

    func day(_ key: String) -> LocalDate? {
        guard let node = node(key), let text = SectionReader.text(node, out) else { return nil }
        guard let day = LocalDate(text) else {
            bad(node, "“\(text)” không phải là ngày.", remedy: "Viết dạng 2026-03-05 (năm-tháng-ngày).")
            return nil
        }
        return day
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable & CaseIterable>(_ key: String, as type: Word.Type = Word.self) -> Word?
    where Word.RawValue == String {
        node(key).flatMap { SectionReader.word($0, as: type, out) }
    }

    static func word<Word: RawRepresentable & CaseIterable>(
        _ node: Node,
        as type: Word.Type = Word.self,
        _ out: FindingCollector
    ) -> Word? where Word.RawValue == String {
        guard let text = text(node, limit: 60, out) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        let near = EditDistance.nearest(to: text, in: words)
        out.error(
            .badValue,
            at: node.place,
            "Không có từ “\(text)” ở đây.",
            remedy: near.map { "Có phải là “\($0)”?" } ?? "Các từ dùng được: \(words.joined(separator: ", "))."
        )
        return nil
    }

    // MARK: - Lists

    func list(_ key: String) -> [Node] { node(key).map { SectionReader.list($0, out) } ?? [] }

    static func list(_ node: Node, _ out: FindingCollector) -> [Node] {
        guard case .sequence(let sequence) = node else {
            out.error(
                .wrongShape,
                at: node.place,
                "Ở đây phải là một danh sách, nhưng là \(node.shapeName).",
                remedy: "Viết mỗi phần tử một dòng, bắt đầu bằng dấu gạch “- ”; danh sách rỗng viết []."
            )
            return []
        }
        guard sequence.count <= listLimit else {
            out.error(
                .listTooLong,
                at: node.place,
                "Danh sách có \(sequence.count) phần tử, quá \(listLimit).",
                remedy: "Chia nhỏ danh sách."
            )
            return []
        }
        return Array(sequence)
    }

    func texts(_ key: String, limit: Int = textLimit) -> [String] {
        list(key).compactMap { SectionReader.text($0, limit: limit, out) }
    }

    func words<Word: RawRepresentable & CaseIterable>(_ key: String, as type: Word.Type = Word.self) -> [Word]
    where Word.RawValue == String {
        list(key).compactMap { SectionReader.word($0, as: type, out) }
    }

    func sections<Value>(_ key: String, _ section: PackSection, _ read: (SectionReader) -> Value?) -> [Value] {
        list(key).compactMap { SectionReader($0, section, out).flatMap(read) }
    }

    func subsection(_ key: String, _ section: PackSection) -> SectionReader? {
        node(key).flatMap { SectionReader($0, section, out) }
    }
}
