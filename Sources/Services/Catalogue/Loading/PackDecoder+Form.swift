// SPDX-License-Identifier: Apache-2.0

import Kernel
import Yams

// MARK: - Form

extension SectionReader {
    func form() -> FormSchema {
        FormSchema(
            minutes: Int(integer("minutes") ?? 1),
            declaration: text("declaration"),
            pages: sections("pages") { $0.page() }
        )
    }

    private func page() -> FormPage {
        FormPage(
            id: identifier("id"),
            title: text("title"),
            help: optionalText("help"),
            visibleWhen: condition("visibleWhen"),
            fields: sections("fields") { $0.field() },
            place: place
        )
    }

    func option() -> FieldOption {
        FieldOption(
            value: identifier("value"),
            label: text("label"),
            help: optionalText("help")
        )
    }

    /// The keys `before`, `notAfter`, `notBefore` and `after` that are there.
    func dayRelations() -> [(relation: Relation, bound: DayBound)] {
        let words: [(String, Relation)] = [
            ("before", .less), ("notAfter", .lessOrEqual), ("notBefore", .greaterOrEqual), ("after", .greater),
        ]
        return words.compactMap { word, relation in
            guard let node = node(word), let bound = SectionReader.dayBound(node, out) else { return nil }
            return (relation, bound)
        }
    }

    /// `today`, `2026-01-01`, `{field: startDate}`, `{daysBeforeToday: 60}` or `{daysAfterToday: 30}`.
    static func dayBound(_ node: Node, _ out: FindingCollector) -> DayBound? {
        if case .mapping = node {
            guard let reader = SectionReader(node, .day, out) else { return nil }
            switch reader.chosen(reader.section.choices[0]) {
            case "field": return reader.optionalText("field").map { .field($0) }
            case "daysBeforeToday": return reader.integer("daysBeforeToday").map { .today(plusDays: -Int($0)) }
            case "daysAfterToday": return reader.integer("daysAfterToday").map { .today(plusDays: Int($0)) }
            default: return nil
            }
        }
        if let text = SectionReader.text(node, limit: PackValue.dayBound.characterLimit, out) {
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
        node(key).flatMap(condition)
    }

    private func condition(of node: Node) -> Condition? {
        guard let reader = reader(node, .condition) else { return nil }
        switch reader.chosen(reader.section.choices[0]) {
        case "all": return .all(reader.conditions("all"))
        case "any": return .any(reader.conditions("any"))
        case "not": return reader.condition("not").map { .not($0) }
        case "channel": return .channel(Set(reader.words("channel", as: Channel.self)))
        case "variant": return .any(reader.list("variant").compactMap(reader.variant))
        case "field": return reader.fieldTest().map { .field($0) }
        default: return nil
        }
    }

    private func conditions(_ key: String) -> [Condition] {
        let nodes = list(key)
        if nodes.isEmpty, let node = node(key) {
            bad(node, "Danh sách điều kiện trống.", remedy: "Viết ít nhất một điều kiện.")
        }
        return nodes.compactMap(condition)
    }

    /// What must hold for a case to be the one that the answers make.
    private func variant(of node: Node) -> Condition? {
        guard let id = SectionReader.text(node, limit: PackValue.nameLimit, out) else { return nil }
        if let known = variants.first(where: { $0.id == id }) { return known.applies.placed(at: node.place) }
        let near = EditDistance.nearest(to: id, in: variants.map(\.id))
        out.error(
            .unknownReference,
            at: node.place,
            "Không có trường hợp “\(id)”.",
            remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id của một mục trong variants."
        )
        return nil
    }

    private func fieldTest() -> FieldTest? {
        comparison().map { FieldTest(field: text("field"), comparison: $0, place: place) }
    }

    private func comparison() -> FieldComparison? {
        func number(_ key: String, _ relation: Relation) -> FieldComparison? {
            integer(key).map { .number(relation, $0) }
        }
        return switch chosen(section.choices[1]) {
        case "equals": optionalText("equals").map { .isOneOf([$0]) }
        case "notEquals": optionalText("notEquals").map { .isNoneOf([$0]) }
        case "oneOf": .isOneOf(texts("oneOf"))
        case "noneOf": .isNoneOf(texts("noneOf"))
        case "contains": optionalText("contains").map { .contains($0) }
        case "answered": .isAnswered(bool("answered"))
        case "lessThan": number("lessThan", .less)
        case "atMost": number("atMost", .lessOrEqual)
        case "atLeast": number("atLeast", .greaterOrEqual)
        case "greaterThan": number("greaterThan", .greater)
        default: dayRelations().first.map { .day($0.relation, $0.bound) }
        }
    }
}

// MARK: - Fees

extension SectionReader {
    func feeItem() -> FeeItem? {
        guard let kind: FeeKind = word("kind"), let moment: FeeMoment = word("collected") else { return nil }
        return FeeItem(
            id: identifier("id"),
            name: text("name"),
            kind: kind,
            moment: moment,
            owedWhen: condition("owedWhen"),
            rules: sections("rules") { $0.feeRule() },
            exemptions: sections("exemptions") { $0.exemption() },
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
            basis: texts("basis"),
            isVerified: bool("verified"),
            note: optionalText("note"),
            place: place
        )
    }

    private func feeAmount() -> FeeAmount? {
        switch chosen(section.choices[0]) {
        case "free": bool("free") ? .free : nil
        case "fixed": amount("fixed").map { .fixed($0) }
        case "perUnit": subsection("perUnit").flatMap { $0.unitPrice() }.map { .perUnit($0) }
        case "setByCouncil": bool("setByCouncil") ? .setByCouncil : nil
        default: nil
        }
    }

    private func unitPrice() -> UnitPrice? {
        guard let price = amount("price") else { return nil }
        let timesUnit = optionalText("timesUnit")
        let times = optionalText("times")
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
            field: text("field"),
            unit: optionalText("unit") ?? UnitPrice.usualUnit,
            tiers: sections("tiers") { $0.tier() },
            cap: amount("cap"),
            times: times.map { UnitPrice.Factor(field: $0, unit: timesUnit ?? UnitPrice.usualUnit) },
            place: place
        )
    }

    private func tier() -> PriceTier? {
        guard let from = integer("from"), let price = amount("price") else { return nil }
        return PriceTier(from: from, price: price, place: place)
    }

    private func amount(_ key: String) -> VND? { integer(key).map { VND($0) } }

    private func exemption() -> FeeExemption? {
        guard let condition = condition("when") else { return nil }
        return FeeExemption(
            id: identifier("id"),
            name: text("name"),
            when: condition,
            percent: integer("percent") ?? 100,
            basis: texts("basis"),
            isVerified: bool("verified"),
            place: place
        )
    }
}
