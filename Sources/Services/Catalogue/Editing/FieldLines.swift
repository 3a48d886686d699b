// SPDX-License-Identifier: Apache-2.0

import Kernel

/// Fields of a form typed as lines: `Nhãn | kiểu | bắt buộc`, several at once.
///
/// A line may end early: without a kind the label tells it, without the last word an answer is required. A table
/// copied from a sheet, with tabs, reads as well.
public struct FieldLines: Sendable {
    /// Most lines at once.
    public static let lineLimit = 100
    /// What a person reads beside the box.
    public static let help = """
        Mỗi dòng: nhãn | kiểu | bắt buộc hay không. Ví dụ: Số tầng | số từ 1 đến 50. Bỏ trống kiểu thì đoán theo nhãn. \
        Kiểu: chữ, chữ dài, số, tiền, ngày, có không, chọn một: A; B, chọn nhiều: A; B, người, số định danh, \
        mã số thuế, điện thoại, email, địa chỉ, ghi chú, cam đoan.
        """

    /// The fields in order; those of wrong lines are missing.
    public let fields: [PackTree]
    /// What is wrong, with the number of its line.
    public let problems: [String]

    /// Reads lines.
    ///
    /// - Parameters:
    ///   - text: what was typed.
    ///   - names: those that the pack has already.
    public init(_ text: String, besides names: Set<String>) {
        var (taken, fields, problems) = (names, [PackTree](), [String]())
        let lines = VietnameseText.nfc(text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() where !VietnameseText.tidy(String(line)).isEmpty {
            do {
                let field = try Self.field(String(line), besides: taken)
                taken.formUnion(field.names)
                fields.append(field)
            } catch {
                problems.append("Dòng \(index + 1): \(error.sentence)")
            }
        }
        if fields.count > Self.lineLimit { problems = ["Nhiều nhất \(Self.lineLimit) dòng một lượt"] }
        (self.fields, self.problems) = (fields, problems)
    }

    private struct Problem: Error {
        let sentence: String
    }

    private static func field(_ line: String, besides taken: Set<String>) throws(Problem) -> PackTree {
        let cells = line.split(omittingEmptySubsequences: false) { $0 == "|" || $0 == "\t" }
            .map { VietnameseText.tidy(String($0)) }
        let label = cells[0]
        guard !label.isEmpty else { throw Problem(sentence: "nhập nhãn ở đầu dòng") }
        guard label.count <= 1_000 else { throw Problem(sentence: "nhãn không quá 1.000 ký tự") }
        guard cells.count <= 3 || cells[3...].allSatisfy(\.isEmpty) else {
            throw Problem(sentence: "chỉ có ba phần cách nhau bằng dấu |, ở đây có \(cells.count)")
        }
        let wanted = cells.count > 1 ? cells[1] : ""
        let kind = wanted.isEmpty ? Kind(guess(label)) : try kind(wanted)
        if wanted.isEmpty == false, kind.options.isEmpty, kind.type == .choice || kind.type == .choices {
            throw Problem(sentence: "ghi các lựa chọn sau dấu hai chấm, ví dụ chọn một: Nhà riêng lẻ; Chung cư")
        }
        let isRequired = try required(cells.count > 2 ? cells[2] : "") && kind.type != .note
        let name = PackDefaults.identifier(from: label)
        var entries: [PackTree.Entry] = [
            .init("id", .text(taken.contains(name) ? PackTree.fresh(name, besides: taken) : name)),
            .init("type", .text(kind.type.rawValue)),
            .init("label", .text(label)),
        ]
        if !kind.options.isEmpty { entries.append(.init("options", PackSheet.options(kind.options))) }
        entries.append(.init("required", .text(isRequired ? "yes" : "no")))
        return .entries(entries + kind.limits)
    }

    private static func required(_ cell: String) throws(Problem) -> Bool {
        switch VietnameseText.fold(cell) {
        case "", "bat buoc", "co", "x": return true
        case "khong bat buoc", "khong", "tuy chon", "neu co": return false
        default: throw Problem(sentence: "phần thứ ba viết bắt buộc hoặc không bắt buộc, ở đây là “\(cell)”")
        }
    }
}

// MARK: - Kinds

extension FieldLines {
    private struct Kind {
        let type: FieldType
        var options: [String] = []
        var limits: [PackTree.Entry] = []

        init(_ type: FieldType) { self.type = type }
    }

    /// What people call a kind, longer words first where one begins with another.
    private static let words: [(String, FieldType)] = [
        ("chu nhieu dong", .longText), ("nhieu dong", .longText), ("chu dai", .longText), ("doan van", .longText),
        ("chu mot dong", .text), ("mot dong", .text), ("van ban", .text), ("chu", .text),
        ("so dinh danh ca nhan", .nationalID), ("so dinh danh", .nationalID), ("dinh danh", .nationalID),
        ("cccd", .nationalID), ("so dien thoai", .phone), ("dien thoai", .phone), ("so tien", .money),
        ("tien", .money), ("so nguyen", .number), ("so luong", .number), ("so", .number), ("ngay", .date),
        ("chon nhieu", .choices), ("chon mot", .choice), ("chon", .choice), ("co hoac khong", .yesNo),
        ("co khong", .yesNo), ("co/khong", .yesNo), ("mot nguoi", .person), ("nguoi", .person),
        ("ma so thue", .taxCode), ("mst", .taxCode), ("thu dien tu", .email), ("email", .email),
        ("dia chi chon tinh va xa", .unitAddress), ("dia chi tinh xa", .unitAddress), ("dia chi", .address),
        ("ghi chu", .note), ("cam doan", .declaration),
    ]

    private static func kind(_ cell: String) throws(Problem) -> Kind {
        let parts = cell.split(separator: ":", maxSplits: 1).map { VietnameseText.tidy(String($0)) }
        let plain = VietnameseText.tidy(VietnameseText.fold(parts[0]).replacing(",", with: " "))
        guard let (word, type) = words.first(where: { plain == $0.0 || plain.hasPrefix($0.0 + " ") }) else {
            throw Problem(sentence: "không có kiểu “\(cell)”; viết ví dụ chữ, số, ngày, có không, chọn một: A; B")
        }
        var kind = Kind(type)
        if parts.count > 1 {
            guard type == .choice || type == .choices else {
                throw Problem(sentence: "chỉ kiểu chọn một, chọn nhiều có các lựa chọn sau dấu hai chấm")
            }
            kind.options = parts[1].split(separator: ";").map { VietnameseText.tidy(String($0)) }.filter { !$0.isEmpty }
        }
        kind.limits = try limits(String(plain.dropFirst(word.count)), of: type, cell)
        return kind
    }

    /// `từ 1 đến 50`, `đến hôm nay`.
    private static func limits(_ text: String, of type: FieldType, _ cell: String) throws(Problem) -> [PackTree.Entry] {
        let words = text.split(separator: " ").map(String.init)
        guard !words.isEmpty else { return [] }
        let unclear = Problem(sentence: "không hiểu “\(cell)”; giới hạn viết như số từ 1 đến 50, ngày đến hôm nay")
        let keys: (least: String, most: String)
        switch type {
        case .number, .money: keys = ("minimum", "maximum")
        case .date: keys = ("notBefore", "notAfter")
        default: throw unclear
        }
        var (entries, rest) = ([PackTree.Entry](), words[...])
        for (word, key) in [("tu", keys.least), ("den", keys.most)] where rest.first == word {
            rest.removeFirst()
            let bound = Array(rest.prefix { $0 != "den" })
            rest = rest.dropFirst(bound.count)
            let value = bound.joined(separator: " ")
            if type == .date {
                let day = PackQuestion.dayBound(value)
                guard let day, day.text.map({ $0 == "today" || LocalDate($0) != nil }) ?? (day["field"] == nil) else {
                    throw unclear
                }
                entries.append(.init(key, day))
            } else {
                let number = PackQuestion.number(value)
                guard Int64(number) != nil else { throw unclear }
                entries.append(.init(key, .text(number)))
            }
        }
        guard rest.isEmpty, !entries.isEmpty else { throw unclear }
        return entries
    }

    /// The kind that a label speaks of.
    private static func guess(_ label: String) -> FieldType {
        let words = VietnameseText.fold(label)
        func begins(_ starts: String...) -> Bool { starts.contains { words == $0 || words.hasPrefix($0 + " ") } }
        if label.hasSuffix("?") { return .yesNo }
        if begins("so dinh danh", "so cccd", "so can cuoc", "cccd") { return .nationalID }
        if begins("so dien thoai", "dien thoai") { return .phone }
        if begins("ma so thue") { return .taxCode }
        if begins("thu dien tu", "email") { return .email }
        if begins("dia chi", "noi o", "noi cu tru") { return .address }
        if begins("so tien", "kinh phi", "gia tri") { return .money }
        if begins("ngay") { return .date }
        let counted = ["nguoi", "tang", "luong", "ban", "con", "nam", "thang", "lan", "ho", "phong"].map { "so \($0)" }
        if counted.contains(where: { words == $0 || words.hasPrefix($0 + " ") }) || begins("dien tich") {
            return .number
        }
        return .text
    }
}
