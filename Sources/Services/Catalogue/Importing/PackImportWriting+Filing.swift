// SPDX-License-Identifier: Apache-2.0

import Kernel
import WorkingTime

// MARK: - Ways, times, cases

extension PackImportWriting {
    private static let channels: [String: Channel] = [
        "direct": .desk, "1": .desk, "truc tiep": .desk, "online": .online, "2": .online, "truc tuyen": .online,
        "postal": .post, "3": .post, "buu chinh": .post, "dich vu buu chinh": .post,
    ]

    static func channel(_ word: String) -> Channel? { channels[VietnameseText.fold(word)] }

    private static let units: [String: LimitWord] = [
        "working_day": .workingDay, "ngay lam viec": .workingDay, "ngay": .calendarDay, "calendar_day": .calendarDay,
        "day": .calendarDay, "hour": .hour, "gio": .hour, "working_hour": .hour, "gio lam viec": .hour,
    ]

    /// The limit as the language has it; nil where number or unit do not say it.
    static func timeLimit(_ value: Int64?, _ unit: String?) -> PackTree? {
        guard let value, let word = unit.flatMap({ units[VietnameseText.fold($0)] }) else { return nil }
        guard value > 0 || word != .hour, value <= TimeLimit.maximum(of: word.unit) else { return nil }
        return .texts([("value", "\(value)"), ("unit", word.rawValue)])
    }

    /// As the page says it: the words of the catalogue, else number and unit where both are known.
    private static func words(_ limit: NationalRecord.Limit) -> String? {
        if let words = limit.words { return words }
        guard let value = limit.value, let word = limit.unit.flatMap({ units[VietnameseText.fold($0)] }) else {
            return nil
        }
        return "\(value) \(word.vietnamese.lowercased())"
    }

    /// As the catalogue writes it, for the list.
    private static func rawWords(_ limit: NationalRecord.Limit) -> String? {
        let parts = [limit.value.map { "\($0)" }, limit.unit, limit.words].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    mutating func methods() -> [PackTree.Entry] {
        var entries: [PackTree] = []
        var open: Set<Channel> = []
        var isWhole = !record.methods.isEmpty
        for method in record.methods {
            guard let channel = Self.channel(method.channel) else {
                omit("cách thức nộp “\(method.channel)”: gói không có kênh này")
                continue
            }
            guard open.insert(channel).inserted else {
                omit("cách thức nộp \(channel.rawValue) thứ hai: gói có một mục cho mỗi kênh")
                isWhole = false
                continue
            }
            var parts: [PackTree.Entry] = [.init("channel", .text(channel.rawValue))]
            let limits = method.limits.map { Self.timeLimit($0.value, $0.unit) }
            let said = method.limits.compactMap(Self.words).uniqued
            if let first = limits.first ?? nil, limits.allSatisfy({ $0 == first }) {
                parts.append(.init("timeLimit", first))
            } else {
                isWhole = false
                let raw = method.limits.compactMap(Self.rawWords).uniqued
                let words = raw.isEmpty ? "không có gì" : raw.joined(separator: "; ").limited(300)
                let why = limits.count > 1 ? "nhiều thời hạn, chọn rồi thêm variants" : "không phải là ngày hay giờ"
                omit("thời hạn của kênh \(channel.rawValue) (\(words)): \(why)")
            }
            if !said.isEmpty { parts.append(.init("description", .text(said.joined(separator: "; ")))) }
            entries.append(.entries(parts))
        }
        guard !entries.isEmpty else {
            miss("cách thức nộp và thời hạn (submissionMethods)")
            return []
        }
        give(.submissionMethods)
        if isWhole { give(.timeLimit) }
        return [.init("submissionMethods", .list(entries))]
    }

    mutating func variants() -> [PackTree.Entry] {
        guard record.cases.count > 1 else {
            for one in record.cases {
                omit("trường hợp duy nhất “\(one.name ?? one.code ?? "không tên")”: không cần variants")
            }
            return []
        }
        let entries = record.cases.enumerated().map { index, one -> PackTree in
            var parts: [PackTree.Entry] = [.init("id", .text("case\(index + 1)"))]
            if let code = one.code { parts.append(.init("code", .text(code))) }
            if let name = one.name { parts.append(.init("name", .text(name))) }
            if let limit = Self.timeLimit(one.value, one.unit) { parts.append(.init("timeLimit", limit)) }
            return .entries(parts)
        }
        miss("điều kiện phân biệt \(entries.count) trường hợp (variants: when)")
        return [.init("variants", .list(entries))]
    }
}

// MARK: - Papers

extension PackImportWriting {
    mutating func papers() -> [PackTree.Entry] {
        var entries: [PackTree.Entry] = []
        let sets = numberOfSets()
        if let sets {
            entries.append(.init("numberOfSets", .text("\(sets)")))
        } else {
            miss("số lượng hồ sơ (numberOfSets)")
        }
        guard record.hasPapers else {
            miss("thành phần hồ sơ (components)")
            return entries
        }
        if sets != nil { give(.components) }
        var merged: [(paper: NationalRecord.PaperRecord, cases: Set<Int>)] = []
        for (index, part) in record.papers.enumerated() {
            for paper in part.papers {
                if let place = merged.firstIndex(where: { Self.isSame($0.paper, paper) }) {
                    merged[place].cases.insert(index)
                    merged[place].paper.forms = (merged[place].paper.forms + paper.forms).uniqued
                } else {
                    merged.append((paper, [index]))
                }
            }
        }
        let list = merged.enumerated().map { component($0.element.paper, $0.element.cases, number: $0.offset + 1) }
        entries.append(.init("components", .list(list)))
        if merged.contains(where: { $0.paper.originals == nil && $0.paper.copies == nil }) {
            miss("số bản chính, bản sao của giấy tờ (components: copies)")
        }
        if merged.contains(where: { $0.paper.isRequired == nil }) {
            miss("giấy tờ nào bắt buộc (components: required)")
        }
        if record.methods.contains(where: { Self.channel($0.channel) == .online }), !merged.isEmpty {
            miss("nhận tệp nào khi nộp trực tuyến (components: copies.electronic, accepts)")
        }
        return entries
    }

    private static func isSame(_ first: NationalRecord.PaperRecord, _ second: NationalRecord.PaperRecord) -> Bool {
        if let one = first.code, let other = second.code { return one == other && first.name == second.name }
        return first.name == second.name && first.originals == second.originals && first.copies == second.copies
    }

    private mutating func component(
        _ paper: NationalRecord.PaperRecord,
        _ cases: Set<Int>,
        number: Int
    ) -> PackTree {
        var parts: [PackTree.Entry] = [.init("id", .text("paper\(number)"))]
        if let code = paper.code { parts.append(.init("nationalCode", .text(code))) }
        parts.append(.init("name", .text(paper.name)))
        let inAll = cases.count == record.papers.count
        let names = cases.sorted().compactMap { record.papers[$0].name }
        if !inAll, !names.isEmpty {
            parts.append(.init("help", .text("Nộp trong trường hợp: \(names.joined(separator: "; "))".limited(500))))
        }
        var copies: [(String, String)] = []
        if let count = paper.originals, count > 0 { copies.append(("original", "\(count)")) }
        if let count = paper.copies, count > 0 { copies.append(("copy", "\(count)")) }
        if !copies.isEmpty { parts.append(.init("copies", .texts(copies))) }
        if let isRequired = paper.isRequired {
            if inAll || !isRequired {
                parts.append(.init("required", .text(isRequired ? "yes" : "no")))
            } else {
                omit("“\(paper.name.limited(80))” chỉ bắt buộc trong vài trường hợp: cần required: no và requiredWhen")
            }
        }
        for form in paper.forms {
            omit("mẫu “\(form.limited(120))” của \(paperName(paper)): tải tệp về đặt cạnh gói rồi ghi blankForm")
        }
        if paper.isResult == true {
            omit("\(paperName(paper)) là kết quả của thủ tục khác: xem có phải nộp lại không")
        }
        if paper.hasElectronicForm == true { omit("\(paperName(paper)): hasElectronicForm = có; gói không có khóa") }
        return .entries(parts)
    }

    private func paperName(_ paper: NationalRecord.PaperRecord) -> String { "giấy tờ “\(paper.name.limited(80))”" }

    /// The number that some text of the record states: "Số lượng hồ sơ: 01 (một) bộ".
    private func numberOfSets() -> Int? {
        let texts = record.sequence + record.requirements + record.papers.compactMap(\.name)
        for text in texts {
            let words = VietnameseText.fold(text)
            guard let head = words.firstRange(of: "so luong ho so") else { continue }
            let rest = words[head.upperBound...].prefix(40).drop { $0 == ":" || $0 == " " }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let count = Int(digits), (1...20).contains(count), rest.contains("bo") else { continue }
            return count
        }
        return nil
    }
}

// MARK: - Money

extension PackImportWriting {
    /// The whole đồng that an amount says; nil where it says none.
    static func amount(_ fee: NationalRecord.Fee) -> Int64? {
        let currency = VietnameseText.fold(fee.currency ?? "vnd")
        guard ["vnd", "dong", "d", "viet nam dong"].contains(currency), let text = fee.amount else {
            return nil
        }
        let folded = VietnameseText.fold(text)
        if folded.hasPrefix("mien") || folded.hasPrefix("khong thu") { return 0 }
        let whole = folded.hasSuffix(".0") ? String(folded.dropLast(2)) : folded
        let bare = whole.replacing("dong", with: "").replacing("vnd", with: "").filter { $0 != " " }
        let groups = bare.split(separator: ".", omittingEmptySubsequences: false)
        let isGrouped = groups.count == 1 || groups.dropFirst().allSatisfy { $0.count == 3 }
        guard isGrouped, let number = Int64(groups.joined()), (0...1_000_000_000_000).contains(number) else {
            return nil
        }
        return number
    }

    /// Fee or charge, where the words say which.
    private static func kind(_ fee: NationalRecord.Fee) -> FeeKind? {
        let words = VietnameseText.fold(fee.words ?? "")
        if words.contains("le phi") { return .charge }
        if words.hasPrefix("phi ") || words == "phi" || fee.type?.uppercased() == "SERVICE_FEE" { return .fee }
        return nil
    }

    private struct Rule {
        let amount: Int64
        let note: String?
        var channels: [Channel]
    }

    mutating func fees() -> [PackTree.Entry] {
        var items: [(name: String?, kind: FeeKind?, rules: [Rule])] = []
        for method in record.methods {
            guard let channel = Self.channel(method.channel) else { continue }
            for limit in method.limits {
                for fee in limit.fees { add(fee, limit, channel, to: &items) }
            }
        }
        guard !items.isEmpty else {
            let isFree = saysAllFees && !record.methods.contains { $0.limits.contains { !$0.fees.isEmpty } }
            if !isFree { miss("phí, lệ phí (fees)") }
            return isFree ? [.init("fees", .list([]))] : []
        }
        miss("phí, lệ phí: thu trước hay sau (collected), từ ngày nào (validFrom), theo văn bản nào (basis)")
        let open = Set(record.methods.compactMap { Self.channel($0.channel) })
        let entries = items.enumerated().map { index, item -> PackTree in
            var parts: [PackTree.Entry] = [.init("id", .text("fee\(index + 1)"))]
            if let name = item.name { parts.append(.init("name", .text(name))) }
            if let kind = item.kind { parts.append(.init("kind", .text(kind.rawValue))) }
            parts.append(.init("rules", .list(item.rules.map { Self.rule($0, open) })))
            return .entries(parts)
        }
        for item in items where item.kind == nil {
            miss("khoản “\(item.name ?? "không tên")” là phí hay lệ phí (fees: kind)")
        }
        return [.init("fees", .list(entries))]
    }

    /// Whether the catalogue speaks of money with every way and limit, be it that there is none.
    var saysAllFees: Bool {
        let limits = record.methods.flatMap(\.limits)
        return !limits.isEmpty && limits.allSatisfy(\.saysFees)
    }

    /// Whether an amount is there that is no number of đồng.
    var hasUnreadFee: Bool {
        record.methods.contains { way in way.limits.contains { $0.fees.contains { Self.amount($0) == nil } } }
    }

    private mutating func add(
        _ fee: NationalRecord.Fee,
        _ limit: NationalRecord.Limit,
        _ channel: Channel,
        to items: inout [(name: String?, kind: FeeKind?, rules: [Rule])]
    ) {
        guard let amount = Self.amount(fee) else {
            let words = [fee.amount, fee.currency, fee.words].compactMap(\.self).joined(separator: " ")
            return omit("mức thu “\(words.limited(200))” kênh \(channel.rawValue): không phải là số đồng")
        }
        if let code = fee.code, !leftOut.contains(where: { $0.contains("mã khoản thu “\(code)”") }) {
            omit("mã khoản thu “\(code)”: gói không có khóa")
        }
        let (name, kind) = (fee.words, Self.kind(fee))
        let place = items.firstIndex { $0.name == name && $0.kind == kind }
        // Amounts of one channel under several limits are cases; a note says which.
        let note = limit.words == name ? nil : limit.words
        guard let place else {
            items.append((name, kind, [Rule(amount: amount, note: note, channels: [channel])]))
            return
        }
        if let same = items[place].rules.firstIndex(where: { $0.amount == amount && $0.note == note }) {
            if !items[place].rules[same].channels.contains(channel) {
                items[place].rules[same].channels.append(channel)
            }
        } else {
            items[place].rules.append(Rule(amount: amount, note: note, channels: [channel]))
        }
    }

    private static func rule(_ rule: Rule, _ open: Set<Channel>) -> PackTree {
        var parts: [PackTree.Entry] = []
        if Set(rule.channels) != open {
            parts.append(.init("channels", .list(rule.channels.map { .text($0.rawValue) })))
        }
        parts.append(rule.amount == 0 ? .init("free", .text("yes")) : .init("fixed", .text("\(rule.amount)")))
        parts.append(.init("verified", .text("no")))
        if let note = rule.note { parts.append(.init("note", .text(note))) }
        return .entries(parts)
    }
}

extension [String] {
    /// Each text once, in its order.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
