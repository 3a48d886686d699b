// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What is paid for units that a number field counts: a price, other prices from some unit on, at most a cap, and
/// all that as many times as a second field says.
///
/// `2.000 đ a page, from the third page 1.000 đ, at most 200.000 đ a copy, times the number of copies`.
public struct UnitPrice: Hashable, Sendable {
    /// A second number that the price of the units is multiplied with, after the cap.
    public struct Factor: Hashable, Sendable {
        /// The number field.
        public let field: String
        /// What it counts: `bản`.
        public let unit: String
    }

    /// Price of each unit before the first tier.
    public let price: VND
    /// The number field that counts the units.
    public let field: String
    /// What it counts: `trang`.
    public let unit: String
    /// Other prices from a unit on, ascending.
    public let tiers: [PriceTier]
    /// At most this for all units, before they are multiplied; nil = no limit.
    public let cap: VND?
    /// What multiplies; nil = nothing.
    public let times: Factor?
    /// Where the pack says it.
    public let place: SourcePlace

    /// What is counted where the pack is silent.
    static let usualUnit = "bản"
}

/// Another price from a unit on.
public struct PriceTier: Hashable, Sendable {
    /// The first unit of this price, from 2.
    public let from: Int64
    /// Price of each unit from there on.
    public let price: VND
    /// Where the pack says it.
    public let place: SourcePlace
}

extension UnitPrice {
    /// How many units have which price, in order; without those that have none.
    private func bands(_ count: Int64) -> [(count: Int64, price: VND)] {
        var bands: [(Int64, VND)] = []
        var (done, price): (Int64, VND) = (0, price)
        for tier in tiers {
            let last = min(count, tier.from - 1)
            if last > done { bands.append((last - done, price)) }
            (done, price) = (max(done, last), tier.price)
        }
        if count > done { bands.append((count - done, price)) }
        return bands
    }

    /// The price of so many units before the cap; nil when it does not fit 64 bits.
    func uncapped(_ count: Int64) -> VND? {
        var sum = VND.zero
        for band in bands(count) {
            guard let part = band.price.times(band.count) else { return nil }
            let (total, overflow) = sum.amount.addingReportingOverflow(part.amount)
            guard !overflow else { return nil }
            sum = VND(total)
        }
        return sum
    }

    /// What is to be paid for so many units, so many times; nil when it does not fit 64 bits. Pure; never negative.
    func amount(of count: Int64, times: Int64) -> VND? {
        guard let sum = uncapped(count) else { return nil }
        return min(sum, cap ?? sum).times(times)
    }

    // MARK: - Words

    /// The tariff in one line: `2.000 đ một trang, từ trang thứ 3 là 1.000 đ, nhiều nhất 200.000 đ một bản`.
    public var vietnamese: String {
        let prices = tiers.map { "từ \(unit) thứ \($0.from) là \($0.price)" }
        let most = cap.map { "nhiều nhất \($0)" + (times.map { " một \($0.unit)" } ?? "") }
        return (["\(price) một \(unit)"] + prices + [most].compactMap(\.self)).joined(separator: ", ")
    }

    /// `2 bản`; `3 bản, mỗi bản 5 trang`.
    func quantity(of count: Int64, times factor: Int64?) -> String {
        let units = "\(String(grouped: count)) \(unit)"
        guard let factor, let times else { return units }
        return "\(String(grouped: factor)) \(times.unit), mỗi \(times.unit) \(units)"
    }

    /// How the amount is found, unit by unit price; nil where it is a price times a count and nothing more.
    func calculation(of count: Int64, times factor: Int64?) -> String? {
        guard !tiers.isEmpty || cap != nil || times != nil, let sum = uncapped(count),
            let total = amount(of: count, times: factor ?? 1)
        else { return nil }
        let parts = bands(count).map { "\(String(grouped: $0.count)) \(unit) × \($0.price)" }
        var text = parts.isEmpty ? "\(sum)" : "\(parts.joined(separator: " + ")) = \(sum)"
        if let cap, cap < sum { text += ", thu nhiều nhất \(cap)" }
        guard let factor, let times else { return text }
        return "Mỗi \(times.unit): \(text); \(String(grouped: factor)) \(times.unit): \(total)"
    }
}
