// SPDX-License-Identifier: Apache-2.0

import Kernel

/// Writes a record of the national catalogue as the content of a pack, and notes what does not fit.
struct PackImportWriting {
    let record: NationalRecord
    /// Where every fact was taken from.
    let origin: String
    private(set) var leftOut: [String] = []
    private(set) var unsaid: [String] = []
    /// Of the eleven items those that the catalogue gives in full.
    private var given: Set<InformationItem> = []

    init(_ record: NationalRecord, on day: LocalDate) {
        self.record = record
        origin = "Cơ sở dữ liệu quốc gia về thủ tục hành chính, mã \(record.code), nhập ngày \(day.vietnamese)"
    }

    mutating func omit(_ text: String) { leftOut.append(text) }

    mutating func miss(_ text: String) { unsaid.append(text) }

    mutating func give(_ item: InformationItem) { given.insert(item) }

    /// A source that nobody has compared yet.
    var facts: [PackTree.Entry] { [.init("source", .text(origin)), .init("verified", .text("no"))] }

    /// The content in the order of the language.
    mutating func write() -> PackTree {
        var entries: [PackTree.Entry] = [.init("code", .text(record.code))]
        if record.name.isEmpty {
            miss("tên thủ tục (name)")
        } else {
            entries.append(.init("name", .text(record.name)))
            give(.name)
        }
        miss("câu tóm tắt cho người dân (summary)")
        entries += sector()
        entries += agencies()
        miss("ngày có hiệu lực (validFrom)")
        let basis = legalBasis()
        let parts = [
            sequence(), methods(), variants(), papers(), subjects(), requirements(), fees(), result(),
        ]
        if record.hasRequirements, saysAllFees, !hasUnreadFee { give(.formsRequirementsFees) }
        entries += basis
        entries.append(.init("information", .list(information())))
        for part in parts { entries += part }
        miss("quy trình và người thực hiện từng bước (workflow)")
        miss("thời hạn lưu hồ sơ (retention)")
        miss("mức độ mà cơ quan công bố (declaredLevel)")
        miss("ví dụ kiểm thử (examples)")
        noteTheRest()
        return .entries(entries)
    }

    private func information() -> [PackTree] {
        InformationItem.allCases.filter(given.contains).map { item in
            .entries([PackTree.Entry("item", .text(item.rawValue))] + facts)
        }
    }

    private mutating func noteTheRest() {
        if let publisher = record.publisher { omit("cơ quan công bố “\(publisher)”: gói không có khóa") }
        for remark in record.remarks { omit("\(remark.field) = \(remark.text): gói không có khóa") }
        if !record.strangers.isEmpty {
            omit(
                "trường không rõ nghĩa: \(record.strangers.joined(separator: ", ")); "
                    + "giữ nguyên trong \(PackImport.recordFile)"
            )
        }
    }

    // MARK: - Whose it is

    private mutating func sector() -> [PackTree.Entry] {
        guard let first = record.sectors.first else {
            miss("lĩnh vực (sector)")
            return []
        }
        for other in record.sectors.dropFirst() { omit("lĩnh vực thứ hai “\(other.name)”: gói có một lĩnh vực") }
        var pairs: [(String, String)] = []
        if let code = first.code { pairs.append(("code", code)) }
        pairs.append(("name", first.name))
        return [.init("sector", .texts(pairs))]
    }

    private mutating func agencies() -> [PackTree.Entry] {
        var known: [PackTree] = []
        for name in record.agencies {
            guard let agency = Self.agency(name) else {
                omit("cơ quan thực hiện “\(name)”: chưa rõ loại hoặc cấp")
                continue
            }
            let entry = PackTree.texts([
                ("kind", agency.kind.rawValue), ("level", agency.level.rawValue), ("name", name),
            ])
            if !known.contains(entry) { known.append(entry) }
        }
        guard !known.isEmpty else {
            miss("cơ quan thực hiện (executingAgencies)")
            return []
        }
        if known.count == Set(record.agencies).count { give(.agencies) }
        return [.init("executingAgencies", .list(known))]
    }

    /// The kind and level that a name says without doubt.
    static func agency(_ name: String) -> (kind: ExecutingAgencyKind, level: ExecutingLevel)? {
        let words = " \(VietnameseText.fold(name).replacing(",", with: " ")) "
        func says(_ some: String...) -> Bool { some.contains { words.contains(" \($0) ") } }
        let kind: ExecutingAgencyKind
        if says("uy ban nhan dan", "ubnd") {
            kind = .peoplesCommittee
        } else if says("cong an") {
            kind = .police
        } else if words.hasPrefix(" so ") {
            return (.department, .province)
        } else {
            return nil
        }
        let levels: [(ExecutingLevel, Bool)] = [
            (.commune, says("cap xa", "xa", "phuong", "dac khu", "thi tran")), (.district, says("cap huyen", "huyen")),
            (.province, says("cap tinh", "tinh")),
        ]
        let said = levels.filter(\.1).map(\.0)
        return said.count == 1 ? (kind, said[0]) : nil
    }

    private mutating func legalBasis() -> [PackTree.Entry] {
        var entries: [PackTree] = []
        for (index, basis) in record.legalBasis.enumerated() {
            var pairs: [PackTree.Entry] = [.init("id", .text("basis\(index + 1)"))]
            if let number = basis.code { pairs.append(.init("number", .text(number))) }
            pairs.append(.init("name", .text(basis.name)))
            if Self.isPublication(basis.name) { pairs.append(.init("publication", .text("yes"))) }
            entries.append(.entries(pairs + facts))
        }
        guard !entries.isEmpty else {
            miss("căn cứ pháp lý (legalBasis)")
            return []
        }
        if record.legalBasis.contains(where: { Self.isPublication($0.name) }) {
            give(.legalBasis)
        } else {
            miss("quyết định công bố thủ tục trong căn cứ pháp lý (publication)")
        }
        return [.init("legalBasis", .list(entries))]
    }

    private static func isPublication(_ name: String) -> Bool {
        let words = VietnameseText.fold(name)
        return words.hasPrefix("quyet dinh") && words.contains("cong bo") && words.contains("thu tuc hanh chinh")
    }

    private mutating func sequence() -> [PackTree.Entry] {
        guard !record.sequence.isEmpty else {
            miss("trình tự thực hiện (executionSequence)")
            return []
        }
        give(.executionSequence)
        return [.init("executionSequence", .list(Self.paragraphs(record.sequence)))]
    }

    /// Texts that the language takes as one line each, without the dash of a list; a longer one is parted at a word.
    private static func paragraphs(_ lines: [String]) -> [PackTree] {
        lines.flatMap { line -> [PackTree] in
            var parts: [PackTree] = []
            var rest = line.hasPrefix("- ") ? line.dropFirst(2) : Substring(line)
            while rest.count > PackValue.textLimit {  // bounded: each turn takes some letters away
                let head = rest.prefix(PackValue.textLimit)
                let cut = head.lastIndex(of: " ") ?? head.endIndex
                parts.append(.text(String(rest[..<cut])))
                rest = rest[cut...].drop { $0 == " " }
            }
            return parts + (rest.isEmpty ? [] : [.text(String(rest))])
        }
    }

    // MARK: - For whom, what comes out

    private static let subjectWords: [(String, SubjectKind)] = [
        ("cong dan viet nam", .citizen), ("nguoi viet nam dinh cu o nuoc ngoai", .overseasVietnamese),
        ("nguoi nuoc ngoai", .foreigner), ("can bo, cong chuc, vien chuc", .officer), ("doanh nghiep", .business),
        ("doanh nghiep co von dau tu nuoc ngoai", .business), ("ho kinh doanh", .householdBusiness),
        ("to chuc", .organisation), ("to chuc nuoc ngoai", .organisation), ("hop tac xa", .organisation),
    ]

    private mutating func subjects() -> [PackTree.Entry] {
        var found: [SubjectKind] = []
        var isWhole = true
        for name in record.subjects {
            let folded = VietnameseText.fold(name).prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
            guard let kind = Self.subjectWords.first(where: { $0.0 == folded })?.1 else {
                omit("đối tượng “\(name)”: gói không có từ này")
                isWhole = false
                continue
            }
            if !found.contains(kind) { found.append(kind) }
        }
        if let words = record.subjectWords { omit("mô tả đối tượng “\(words.limited(200))”: gói không có khóa") }
        guard !found.isEmpty else {
            miss("đối tượng thực hiện (subjects)")
            return []
        }
        if isWhole { give(.subjects) }
        return [.init("subjects", .list(found.map { .text($0.rawValue) }))]
    }

    private mutating func requirements() -> [PackTree.Entry] {
        guard record.hasRequirements else {
            miss("yêu cầu, điều kiện (requirements)")
            return []
        }
        let nothing: Set<String> = ["khong", "khong co", "khong co.", "khong.", "khong quy dinh", "khong quy dinh."]
        let lines = record.requirements.filter { !nothing.contains(VietnameseText.fold($0)) }
        return lines.isEmpty ? [] : [.init("requirements", .list(Self.paragraphs(lines)))]
    }

    private static let resultWords: [(String, ResultKind)] = [
        ("giay phep", .licence), ("giay chung nhan", .certificate), ("chung chi", .certificate),
        ("trich luc", .extract), ("ban sao trich luc", .extract), ("quyet dinh", .decision),
        ("giay xac nhan", .confirmation), ("van ban xac nhan", .confirmation),
    ]

    private mutating func result() -> [PackTree.Entry] {
        guard let first = record.results.first else {
            miss("kết quả (result)")
            return []
        }
        give(.result)
        for other in record.results.dropFirst() { omit("kết quả khác “\(other.name)”: gói có một kết quả") }
        var entries: [PackTree.Entry] = [.init("name", .text(first.name))]
        if let code = first.code { entries.append(.init("nationalCode", .text(code))) }
        let folded = VietnameseText.fold(first.name)
        if let kind = Self.resultWords.first(where: { folded.hasPrefix($0.0) })?.1 {
            entries.append(.init("kind", .text(kind.rawValue)))
        } else {
            miss("loại giấy của kết quả (result.kind)")
        }
        miss("cách trả kết quả (result.deliveryWays) và mẫu kết quả (result.template)")
        return [.init("result", .entries(entries))]
    }
}
