// SPDX-License-Identifier: Apache-2.0

import Kernel
import Yams

// MARK: - Form

extension SectionReader {
    func form() -> FormSchema {
        FormSchema(
            minutes: Int(integer("minutes", in: 1...600) ?? 1),
            declaration: text("declaration", limit: 1_000),
            pages: sections("pages", .page) { $0.page() }
        )
    }

    private func page() -> FormPage {
        FormPage(
            id: identifier("id"),
            title: text("title", limit: 200),
            help: optionalText("help", limit: 1_000),
            visibleWhen: condition("visibleWhen"),
            fields: sections("fields", .field) { $0.field() },
            place: place
        )
    }

    func field() -> FormField? {
        guard let type: FieldType = word("type") else { return nil }
        let label = text("label", limit: 1_000)
        let allowed = Int64(FormField.defaultLength(.longText) * 5)
        return FormField(
            id: identifier("id"),
            type: type,
            label: label,
            thing: optionalText("thing", limit: 200) ?? FieldSentences.thing(of: label, type),
            help: optionalText("help", limit: 500),
            options: sections("options", .option) { $0.option() },
            required: requirement(),
            visibleWhen: condition("visibleWhen"),
            maxLength: integer("maxLength", in: 1...allowed).map { Int($0) } ?? FormField.defaultLength(type),
            minimum: integer("minimum", in: -999_999_999_999_999...999_999_999_999_999),
            maximum: integer("maximum", in: -999_999_999_999_999...999_999_999_999_999),
            dayRules: dayRelations().map { DayRule(relation: $0.relation, bound: $0.bound) },
            prefill: prefill(),
            confirms: optionalText("confirms", limit: 60),
            place: place
        )
    }

    private func option() -> FieldOption {
        FieldOption(
            value: identifier("value"),
            label: text("label", limit: 200),
            help: optionalText("help", limit: 500)
        )
    }

    private func prefill() -> Prefill? {
        guard let reader = subsection("prefill", .prefill), let source: ClaimKind = reader.word("from") else {
            return nil
        }
        return Prefill(source: source, isLocked: reader.bool("locked"))
    }

    /// The keys `before`, `notAfter`, `notBefore` and `after` that are there.
    private func dayRelations() -> [(relation: Relation, bound: DayBound)] {
        let words: [(String, Relation)] = [
            ("before", .less), ("notAfter", .lessOrEqual), ("notBefore", .greaterOrEqual), ("after", .greater),
        ]
        return words.compactMap { word, relation in
            guard let node = node(word), let bound = SectionReader.dayBound(node, out) else { return nil }
            return (relation, bound)
        }
    }

    /// `today`, `2026-01-01`, `{field: startDate}`, `{daysBeforeToday: 60}` or `{daysAfterToday: 30}`.
    private static func dayBound(_ node: Node, _ out: FindingCollector) -> DayBound? {
        if case .mapping = node {
            guard let reader = SectionReader(node, .day, out) else { return nil }
            let found: [DayBound] = [
                reader.optionalText("field", limit: 60).map { .field($0) },
                reader.integer("daysBeforeToday", in: 0...73_000).map { .today(plusDays: -Int($0)) },
                reader.integer("daysAfterToday", in: 0...73_000).map { .today(plusDays: Int($0)) },
            ].compactMap(\.self)
            if found.count == 1 { return found[0] }
        } else if let text = SectionReader.text(node, limit: 10, out) {
            if text == "today" { return .today(plusDays: 0) }
            if let day = LocalDate(text) { return .day(day) }
        }
        out.error(
            .badValue,
            at: node.place,
            "Đây không phải là một mốc ngày.",
            remedy: "Viết today, một ngày như 2026-01-01, hoặc một trong {field: …}, {daysBeforeToday: …}, "
                + "{daysAfterToday: …}."
        )
        return nil
    }
}

// MARK: - Conditions

extension SectionReader {
    func condition(_ key: String) -> Condition? {
        node(key).flatMap { SectionReader.condition($0, out) }
    }

    static func condition(_ node: Node, _ out: FindingCollector) -> Condition? {
        guard let reader = SectionReader(node, .condition, out) else { return nil }
        let heads = ["all", "any", "not", "channel", "field"].filter(reader.has)
        guard heads.count == 1 else {
            out.error(
                .wrongShape,
                at: node.place,
                "Một điều kiện phải có đúng một trong các khóa all, any, not, channel, field.",
                remedy: "Nhiều điều kiện thì đặt trong danh sách của all hoặc any."
            )
            return nil
        }
        if heads[0] != "field", let extra = reader.section.keys.dropFirst(5).first(where: { reader.has($0.name) }) {
            out.error(
                .wrongShape,
                at: reader.place(of: extra.name),
                "Khóa “\(extra.name)” chỉ đi cùng field.",
                remedy: "Bỏ khóa này, hoặc thêm field: tên trường."
            )
        }
        switch heads[0] {
        case "all": return .all(reader.conditions("all"))
        case "any": return .any(reader.conditions("any"))
        case "not": return reader.condition("not").map { .not($0) }
        case "channel": return .channel(Set(reader.words("channel", as: Channel.self)))
        default: return reader.fieldTest().map { .field($0) }
        }
    }

    private func conditions(_ key: String) -> [Condition] {
        let nodes = list(key)
        if nodes.isEmpty, let node = node(key) {
            bad(node, "Danh sách điều kiện trống.", remedy: "Viết ít nhất một điều kiện.")
        }
        return nodes.compactMap { SectionReader.condition($0, out) }
    }

    private func fieldTest() -> FieldTest? {
        let comparisons = self.comparisons()
        guard comparisons.count == 1 else {
            out.error(
                .wrongShape,
                at: place,
                "Điều kiện trên một trường phải có đúng một phép so sánh, ở đây có \(comparisons.count).",
                remedy: "Dùng một trong: \(section.keys.dropFirst(5).map(\.name).joined(separator: ", "))."
            )
            return nil
        }
        return FieldTest(field: text("field", limit: 60), comparison: comparisons[0], place: place)
    }

    private func comparisons() -> [FieldComparison] {
        var found: [FieldComparison] = []
        if let value = optionalText("equals") { found.append(.isOneOf([value])) }
        if let value = optionalText("notEquals") { found.append(.isNoneOf([value])) }
        if has("oneOf") { found.append(.isOneOf(texts("oneOf"))) }
        if has("noneOf") { found.append(.isNoneOf(texts("noneOf"))) }
        if has("answered") { found.append(.isAnswered(bool("answered"))) }
        let numbers: [(String, Relation)] = [
            ("lessThan", .less), ("atMost", .lessOrEqual), ("atLeast", .greaterOrEqual), ("greaterThan", .greater),
        ]
        for (word, relation) in numbers {
            if let bound = integer(word, in: Int64.min...Int64.max) { found.append(.number(relation, bound)) }
        }
        return found + dayRelations().map { .day($0.relation, $0.bound) }
    }
}

// MARK: - Fees

extension SectionReader {
    func feeItem() -> FeeItem? {
        guard let kind: FeeKind = word("kind"), let moment: FeeMoment = word("collected") else { return nil }
        return FeeItem(
            id: identifier("id"),
            name: text("name", limit: 300),
            kind: kind,
            moment: moment,
            owedWhen: condition("owedWhen"),
            rules: sections("rules", .feeRule) { $0.feeRule() },
            exemptions: sections("exemptions", .exemption) { $0.exemption() },
            place: place
        )
    }

    private func feeRule() -> FeeRule? {
        guard let amount = feeAmount(), let from = day("validFrom") else { return nil }
        return FeeRule(
            validFrom: from,
            validTo: day("validTo"),
            channels: has("channels") ? Set(words("channels", as: Channel.self)) : Set(Channel.allCases),
            when: condition("when"),
            amount: amount,
            basis: texts("basis", limit: 60),
            isVerified: bool("verified"),
            note: optionalText("note", limit: 500),
            place: place
        )
    }

    private func feeAmount() -> FeeAmount? {
        let amounts: [FeeAmount] = [
            bool("free") ? .free : nil,
            integer("fixed", in: 1...1_000_000_000_000).map { .fixed(VND($0)) },
            subsection("perUnit", .perUnit).flatMap { $0.unitPrice() }.map { .perUnit($0) },
        ].compactMap(\.self)
        guard amounts.count == 1 else {
            out.error(
                .wrongShape,
                at: place,
                "Một dòng biểu thu phải có đúng một trong các khóa free, fixed, perUnit.",
                remedy: "Không thu thì viết free: yes."
            )
            return nil
        }
        return amounts[0]
    }

    private func unitPrice() -> UnitPrice? {
        guard let price = amount("price") else { return nil }
        let timesUnit = optionalText("timesUnit", limit: 30)
        let times = optionalText("times", limit: 60)
        if timesUnit != nil, times == nil {
            out.error(
                .wrongShape,
                at: place(of: "timesUnit"),
                "Có timesUnit mà không có times.",
                remedy: "Thêm times: tên trường nhân với số tiền, hoặc bỏ timesUnit."
            )
        }
        return UnitPrice(
            price: price,
            field: text("field", limit: 60),
            unit: optionalText("unit", limit: 30) ?? UnitPrice.usualUnit,
            tiers: sections("tiers", .tier) { $0.tier() },
            cap: amount("cap"),
            times: times.map { UnitPrice.Factor(field: $0, unit: timesUnit ?? UnitPrice.usualUnit) },
            place: place
        )
    }

    private func tier() -> PriceTier? {
        guard let from = integer("from", in: 2...FeeItem.countLimit), let price = amount("price") else { return nil }
        return PriceTier(from: from, price: price, place: place)
    }

    /// Đồng of one unit or of one cap: at most a thousand million, so that sums stay inside 64 bits.
    private func amount(_ key: String) -> VND? { integer(key, in: 1...1_000_000_000).map { VND($0) } }

    private func exemption() -> FeeExemption? {
        guard let condition = condition("when") else { return nil }
        return FeeExemption(
            id: identifier("id"),
            name: text("name", limit: 300),
            when: condition,
            percent: integer("percent", in: 1...100) ?? 100,
            basis: texts("basis", limit: 60),
            isVerified: bool("verified"),
            place: place
        )
    }
}
