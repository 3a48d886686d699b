// SPDX-License-Identifier: Apache-2.0

import Kernel

extension PackCheck {
    func checkFees() {
        checkUnique(pack.fees.items.map { ($0.id, $0.place) }, "Khoản thu")
        let scope = ConditionScope(pack.form?.fields ?? [])
        for item in pack.fees.items {
            check(item.owedWhen, in: scope)
            checkUnique(item.exemptions.map { ($0.id, $0.place) }, "Miễn giảm")
            for rule in item.rules {
                check(rule.when, in: scope)
                checkReferences(rule.basis, at: rule.place)
                if case .perUnit(let price) = rule.amount { check(price, rule, item, scope) }
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

    // MARK: - Prices that count

    private func check(_ price: UnitPrice, _ rule: FeeRule, _ item: FeeItem, _ scope: ConditionScope) {
        // A row for some cases may count what is asked in those cases alone; what multiplies is always there.
        let mayBeHidden = rule.when != nil || item.owedWhen != nil
        let counted = checkCount(price.field, rule, scope, mayBeHidden: mayBeHidden)
        let factor = price.times.flatMap { checkCount($0.field, rule, scope, mayBeHidden: false) }
        if let times = price.times, times.field == price.field {
            out.error(
                .badValue,
                at: price.place,
                "Trường “\(times.field)” vừa đếm vừa nhân với chính nó.",
                remedy: "Để times là một trường number khác, hoặc bỏ times."
            )
        }
        guard let most = counted?.maximum else { return }
        checkTiers(price, most)
        checkCap(price, most)
        guard price.amount(of: most, times: factor?.maximum ?? 1) == nil else { return }
        out.error(
            .fieldMisfit,
            at: price.place,
            "Số tiền lớn nhất theo maximum của các trường quá lớn, không tính được.",
            remedy: "Giảm maximum của các trường, hoặc thêm cap."
        )
    }

    private func checkTiers(_ price: UnitPrice, _ most: Int64) {
        var last: Int64 = 1
        for tier in price.tiers {
            if tier.from <= last {
                out.error(
                    .badValue,
                    at: tier.place,
                    "Bậc giá từ \(price.unit) thứ \(tier.from) phải đứng trước bậc từ \(price.unit) thứ \(last).",
                    remedy: "Viết các bậc theo from tăng dần, mỗi from một lần."
                )
            } else if tier.from > most {
                out.error(
                    .feeNeverReached,
                    at: tier.place,
                    "Bậc giá từ \(price.unit) thứ \(tier.from) không bao giờ dùng tới: “\(price.field)” nhiều nhất "
                        + "\(String(grouped: most)).",
                    remedy: "Bỏ bậc này, hoặc tăng maximum của trường."
                )
            }
            last = max(last, tier.from)
        }
    }

    private func checkCap(_ price: UnitPrice, _ most: Int64) {
        guard let cap = price.cap, let highest = price.uncapped(most), highest <= cap else { return }
        out.error(
            .feeNeverReached,
            at: price.place,
            "Mức thu nhiều nhất \(cap) không bao giờ dùng tới: với \(String(grouped: most)) \(price.unit) mới là "
                + "\(highest).",
            remedy: "Bỏ cap, hoặc tăng maximum của trường “\(price.field)”."
        )
    }

    /// A field that a price is multiplied with is a number from 0 up, and is always there when the price is.
    private func checkCount(
        _ id: String,
        _ rule: FeeRule,
        _ scope: ConditionScope,
        mayBeHidden: Bool
    ) -> FormField? {
        guard let field = scope.field(id) else {
            out.error(
                .unknownField,
                at: rule.place,
                "Không có trường “\(id)” để nhân với đơn giá.",
                remedy: "Dùng id của một trường kiểu number trong form."
            )
            return nil
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
            return nil
        }
        let page = pack.form?.pages.first { $0.fields.contains(field) }
        let isAlwaysThere = field.required == .always && field.visibleWhen == nil && page?.visibleWhen == nil
        guard isAlwaysThere || mayBeHidden else {
            out.error(
                .feeGap,
                at: rule.place,
                "Trường “\(id)” có thể bỏ trống, khi đó không tính được số tiền.",
                remedy: "Cho trường này required: yes và luôn hiện, hoặc thêm when cho dòng biểu thu."
            )
            return nil
        }
        return field
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
    func tariffDays(_ item: FeeItem) -> [LocalDate] {
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
