// SPDX-License-Identifier: Apache-2.0

import Kernel
import Yams

/// Reads one mapping of a pack by its section: refuses keys that the section does not know, reports those that are
/// missing or exclude each other, and answers every question with a value so that reading goes on and all findings
/// come at once. How long, how great and which words: the section says it of each key.
struct SectionReader {
    let section: PackSection
    let place: SourcePlace
    let out: FindingCollector
    /// The cases that conditions of the pack may name, once they are read.
    var variants: [ProcedureVariant] = []
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
        for choice in section.choices { hold(to: choice) }
    }

    /// Exactly one of the keys of a choice is there, and none where the key beside which they stand is not.
    private func hold(to choice: PackChoice) {
        let found = choice.keys.filter(has)
        if let beside = choice.beside, !has(beside) {
            guard let extra = found.first else { return }
            out.error(
                .wrongShape,
                at: place(of: extra),
                "Khóa “\(extra)” chỉ đi cùng \(beside).",
                remedy: "Bỏ khóa này, hoặc thêm \(beside)."
            )
        } else if found.count != 1 {
            let subject = choice.beside.map { "Đi cùng \($0)" } ?? section.title
            out.error(
                .wrongShape,
                at: place,
                "\(subject) phải có đúng một trong các khóa \(choice.keys.joined(separator: ", ")), "
                    + "ở đây có \(found.count).",
                remedy: choice.remedy
            )
        }
    }

    /// The key of a choice that is there; nil when there is none, or more than one.
    func chosen(_ choice: PackChoice) -> String? {
        let found = choice.keys.filter(has)
        return found.count == 1 ? found[0] : nil
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

    /// What the section says of a key's value.
    func shape(_ key: String) -> PackValue { section.key(key)?.value ?? .text(PackValue.textLimit) }

    // MARK: - Texts

    func optionalText(_ key: String) -> String? {
        node(key).flatMap { SectionReader.text($0, limit: shape(key).characterLimit, out) }
    }

    /// Empty when it is missing, which the section has reported.
    func text(_ key: String) -> String { optionalText(key) ?? "" }

    static func text(_ node: Node, limit: Int = PackValue.textLimit, _ out: FindingCollector) -> String? {
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
        while let last = text.unicodeScalars.last, last.isASCII ? last.value <= 0x20 : last.properties.isWhitespace {
            text.unicodeScalars.removeLast()
        }
        guard !text.isEmpty else {
            out.error(.emptyText, at: node.place, "Giá trị để trống.", remedy: "Viết giá trị, hoặc bỏ khóa này đi.")
            return nil
        }
        // No text has more letters than bytes, and most are short.
        guard text.utf8.count <= limit || text.count <= limit else {
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
        guard let node = node(key), let text = optionalText(key) else { return "" }
        let isSound =
            text.utf8.first.map { (97...122).contains($0) } ?? false
            && text.utf8.allSatisfy { (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) }
        if !isSound {
            bad(node, "“\(text)” không dùng làm tên được.", remedy: "Viết dạng camelCase không dấu, ví dụ fullName.")
        }
        return text
    }

    /// A code given elsewhere.
    func code(_ key: String) -> String? { node(key).flatMap(code) }

    func codes(_ key: String) -> [String] { list(key).compactMap(code) }

    private func code(of node: Node) -> String? {
        guard let text = SectionReader.text(node, limit: PackValue.code.characterLimit, out) else { return nil }
        let isSound = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == 46 || byte == 45 || byte == 95
        }
        if !isSound {
            bad(node, "Mã “\(text)” có ký tự lạ.", remedy: "Chỉ dùng chữ không dấu, số, dấu chấm và gạch.")
        }
        return text
    }

    /// `yes` or `no`; where the section only knows `yes`, no other word.
    func bool(_ key: String) -> Bool {
        guard let node = node(key), let text = SectionReader.text(node, out) else { return false }
        let isOnlyYes = if case .yes = shape(key) { true } else { false }
        switch text {
        case "yes", "true": return true
        case "no" where !isOnlyYes, "false" where !isOnlyYes: return false
        default:
            bad(
                node,
                "“\(text)” không phải là \(isOnlyYes ? "yes" : "yes hay no").",
                remedy: isOnlyYes ? "Viết yes, hoặc bỏ khóa này đi." : "Viết yes hoặc no."
            )
            return false
        }
    }

    func integer(_ key: String) -> Int64? {
        guard case .integer(let range) = shape(key) else {
            assertionFailure("\(section.name).\(key) is no number in the table of keys")
            return nil
        }
        guard let node = node(key), let text = SectionReader.text(node, out) else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            bad(
                node,
                "“\(text)” không phải là số nguyên từ \(range.lowerBound) đến \(range.upperBound).",
                remedy: isBoundOfDay(key, text)
                    ? "Giới hạn ngày thì viết notBefore: \(text) (từ ngày đó) hoặc notAfter: \(text) (đến ngày đó)."
                    : "Viết số bằng chữ số, không dấu chấm."
            )
            return nil
        }
        return number
    }

    /// A day where the least or greatest number belongs: whoever writes it means a bound of a date.
    private func isBoundOfDay(_ key: String, _ text: String) -> Bool {
        ["minimum", "maximum"].contains(key) && (text == "today" || LocalDate(text) != nil)
    }

    /// What `read` makes of the text; a finding when it makes nothing of it.
    func value<Value>(_ key: String, _ what: String, remedy: String, _ read: (String) -> Value?) -> Value? {
        guard let node = node(key), let text = optionalText(key) else { return nil }
        if let value = read(text) { return value }
        bad(node, "“\(text)” không phải là \(what).", remedy: remedy)
        return nil
    }

    func day(_ key: String) -> LocalDate? {
        value(key, "ngày", remedy: "Viết dạng 2026-03-05 (năm-tháng-ngày).") { LocalDate($0) }
    }

    func time(_ key: String) -> LocalTime? { value(key, "giờ", remedy: "Viết dạng 15:00.") { LocalTime($0) } }

    func instant(_ key: String) -> Instant? {
        value(key, "thời điểm", remedy: "Viết dạng 2026-03-05T09:30.") { Instant($0) }
    }

    /// One of the words of a closed list.
    func word<Word: PackVocabulary>(_ key: String, as type: Word.Type = Word.self) -> Word? {
        node(key).flatMap { word($0, of: key) }
    }

    private func word<Word: PackVocabulary>(_ node: Node, of key: String) -> Word? {
        guard let text = SectionReader.text(node, limit: shape(key).characterLimit, out) else { return nil }
        let words = (shape(key).words ?? []).map(\.name)
        if words.contains(text), let word = Word(rawValue: text) { return word }
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
        guard sequence.count <= PackValue.listLimit else {
            out.error(
                .listTooLong,
                at: node.place,
                "Danh sách có \(sequence.count) phần tử, quá \(PackValue.listLimit).",
                remedy: "Chia nhỏ danh sách."
            )
            return []
        }
        return Array(sequence)
    }

    func texts(_ key: String) -> [String] {
        list(key).compactMap { SectionReader.text($0, limit: shape(key).characterLimit, out) }
    }

    func words<Word: PackVocabulary>(_ key: String, as type: Word.Type = Word.self) -> [Word] {
        list(key).compactMap { word($0, of: key) }
    }

    // MARK: - Sections

    func sections<Value>(_ key: String, _ read: (SectionReader) -> Value?) -> [Value] {
        guard let section = shape(key).section else { return [] }
        return list(key).compactMap { reader($0, section).flatMap(read) }
    }

    func subsection(_ key: String) -> SectionReader? {
        guard let node = node(key), let section = shape(key).section else { return nil }
        return reader(node, section)
    }

    /// Reads a mapping below this one.
    func reader(_ node: Node, _ section: PackSection) -> SectionReader? {
        var reader = SectionReader(node, section, out)
        reader?.variants = variants
        return reader
    }
}
