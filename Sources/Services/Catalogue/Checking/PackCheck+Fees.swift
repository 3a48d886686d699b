// SPDX-License-Identifier: Apache-2.0

import Kernel

extension PackCheck {
    func checkFees() {
        checkUnique(pack.fees.items.map { ($0.id, $0.place) }, "Khoản thu")
        let scope = ConditionScope(fields: pack.form?.fields ?? [])
        for item in pack.fees.items {
            check(item.owedWhen, in: scope)
            checkUnique(item.exemptions.map { ($0.id, $0.place) }, "Miễn giảm")
            for rule in item.rules {
                check(rule.when, in: scope)
                checkReferences(rule.basis, at: rule.place)
                if case .perUnit(_, let field) = rule.amount { checkCount(field, rule, item, scope) }
            }
            for exemption in item.exemptions {
                check(exemption.when, in: scope)
                checkReferences(exemption.basis, at: exemption.place)
            }
            checkTariff(item)
        }
    }

    private func checkReferences(_ ids: [String], at place: SourcePlace) {
        for id in ids where !pack.legalBasis.contains(where: { $0.id == id }) {
            let near = EditDistance.nearest(to: id, in: pack.legalBasis.map(\.id))
            out.error(
                .unknownReference,
                at: place,
                "Không có căn cứ “\(id)” trong legalBasis.",
                remedy: near.map { "Có phải là “\($0)”?" } ?? "Thêm căn cứ này vào legalBasis."
            )
        }
    }

    /// The field that a price is multiplied with is a number from 0 up, and is always there when the price is.
    private func checkCount(_ id: String, _ rule: FeeRule, _ item: FeeItem, _ scope: ConditionScope) {
        guard let field = scope.field(id) else {
            out.error(
                .unknownField,
                at: rule.place,
                "Không có trường “\(id)” để nhân với đơn giá.",
                remedy: "Dùng id của một trường kiểu number trong form."
            )
            return
        }
        let isBounded = (field.minimum ?? -1) >= 0 && (field.maximum ?? .max) <= FeeItem.countLimit
        guard field.type == .number, isBounded else {
            out.error(
                .fieldMisfit,
                at: field.place,
                "Trường “\(id)” nhân với đơn giá nhưng không phải là số có minimum từ 0 và maximum đến "
                    + "\(String(grouped: FeeItem.countLimit)).",
                remedy: "Viết type: number với minimum và maximum."
            )
            return
        }
        let page = pack.form?.pages.first { $0.fields.contains(field) }
        let isAlwaysThere = field.required == .always && field.visibleWhen == nil && page?.visibleWhen == nil
        guard isAlwaysThere || rule.when != nil || item.owedWhen != nil else {
            out.error(
                .feeGap,
                at: rule.place,
                "Trường “\(id)” có thể bỏ trống, khi đó không tính được số tiền.",
                remedy: "Cho trường này required: yes và luôn hiện, hoặc thêm when cho dòng biểu thu."
            )
            return
        }
    }

    // MARK: - Every day and channel has one answer

    private func checkTariff(_ item: FeeItem) {
        let days = tariffDays(item)
        var isReached = Set<Int>()
        var overlaps = Set<Int>()
        for channel in pack.channels.sorted(by: { $0.rawValue < $1.rawValue }) {
            var gap: LocalDate?
            for day in days {
                let rows = item.rules.indices.filter {
                    item.rules[$0].isInForce(on: day) && item.rules[$0].channels.contains(channel)
                }
                guard let general = rows.first(where: { item.rules[$0].when == nil }) else {
                    gap = gap ?? day
                    isReached.formUnion(rows)
                    continue
                }
                isReached.formUnion(rows.filter { $0 <= general })
                overlaps.formUnion(rows.filter { $0 > general && item.rules[$0].when == nil })
            }
            if let gap { reportGap(item, channel, gap) }
        }
        for index in item.rules.indices {
            if overlaps.contains(index) {
                reportOverlap(item.rules[index])
            } else if !isReached.contains(index) {
                out.error(
                    .feeNeverReached,
                    at: item.rules[index].place,
                    "Không trường hợp nào dùng tới dòng biểu thu này.",
                    remedy: "Đưa lên trước dòng chung, sửa ngày và kênh, hoặc bỏ đi."
                )
            }
        }
    }

    /// The first day of the pack, and every later day on which a row begins or has ended.
    private func tariffDays(_ item: FeeItem) -> [LocalDate] {
        let turns = item.rules.flatMap { [$0.validFrom, $0.validTo?.adding(days: 1)].compactMap(\.self) }
        let last = pack.validTo ?? LocalDate(daysSinceEpoch: .max)
        return Set([pack.validFrom] + turns).filter { $0 >= pack.validFrom && $0 <= last }.sorted()
    }

    private func reportGap(_ item: FeeItem, _ channel: Channel, _ day: LocalDate) {
        out.error(
            .feeGap,
            at: item.place,
            "“\(item.name)” không có mức thu chung cho kênh \(channel.rawValue) từ ngày \(day.vietnamese).",
            remedy: "Thêm một dòng không có when ở cuối, phủ kênh và ngày này (không thu thì free: yes)."
        )
    }

    private func reportOverlap(_ rule: FeeRule) {
        out.error(
            .feeOverlap,
            at: rule.place,
            "Dòng biểu thu này trùng ngày và kênh với một dòng chung đứng trước.",
            remedy: "Đặt validTo cho dòng trước là ngày ngay trước validFrom của dòng sau."
        )
    }
}
