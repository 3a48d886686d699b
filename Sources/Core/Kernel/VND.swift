// SPDX-License-Identifier: Apache-2.0

/// An amount of money in whole đồng. Never a floating-point number.
public struct VND: Hashable, Comparable, Sendable, Codable {
    /// Whole đồng; negative only in differences.
    public var amount: Int64

    /// So many đồng.
    public init(_ amount: Int64) {
        self.amount = amount
    }

    /// Nothing due.
    public static let zero = VND(0)

    public init(from decoder: any Decoder) throws {
        amount = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(amount)
    }

    public static func < (less: VND, more: VND) -> Bool { less.amount < more.amount }
    public static func + (left: VND, right: VND) -> VND { VND(left.amount + right.amount) }
    public static func - (left: VND, right: VND) -> VND { VND(left.amount - right.amount) }
    public static func += (left: inout VND, right: VND) { left.amount += right.amount }

    /// The amount times a count; nil when it does not fit 64 bits.
    public func times(_ count: Int64) -> VND? {
        let (product, overflow) = amount.multipliedReportingOverflow(by: count)
        return overflow ? nil : VND(product)
    }
}

extension VND: CustomStringConvertible {
    /// `120.000 đ`.
    public var description: String { String(grouped: amount) + " đ" }
}

// MARK: - Words (standards.md §11.3)

extension VND {
    /// The amount in words as receipts write it: `Tám nghìn đồng`. Negative amounts begin with "Âm".
    public var inWords: String {
        let words =
            amount < 0 ? "âm " + AmountWords.words(of: amount.magnitude) : AmountWords.words(of: amount.magnitude)
        return words.prefix(1).uppercased() + words.dropFirst() + " đồng"
    }
}

enum AmountWords {
    private static let digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    /// Names of the groups of three digits, from the right.
    private static let groups = ["", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ", "tỷ tỷ"]

    static func words(of number: UInt64) -> String {
        guard number > 0 else { return digits[0] }
        var parts: [Int] = []
        var rest = number
        while rest > 0 {
            parts.append(Int(rest % 1_000))
            rest /= 1_000
        }
        var words: [String] = []
        for index in parts.indices.reversed() where parts[index] > 0 {
            words += group(parts[index], isFirst: index == parts.count - 1)
            if let name = name(of: index, in: parts) { words.append(name) }
        }
        return words.joined(separator: " ")
    }

    /// "nghìn tỷ" is said as "nghìn" when billions follow, so that "tỷ" is heard once: 1.234 tỷ … = một nghìn … tỷ.
    private static func name(of index: Int, in parts: [Int]) -> String? {
        let name = groups[index]
        guard !name.isEmpty else { return nil }
        guard index > 3, parts[3..<index].contains(where: { $0 > 0 }) else { return name }
        return String(name.dropLast(" tỷ".count))
    }

    private static func group(_ value: Int, isFirst: Bool) -> [String] {
        let (hundreds, tens, units) = (value / 100, value / 10 % 10, value % 10)
        var words: [String] = []
        if hundreds > 0 || !isFirst { words += [digits[hundreds], "trăm"] }
        switch tens {
        case 0:
            if units > 0 { words += words.isEmpty ? [digits[units]] : ["linh", digits[units]] }
            return words
        case 1: words.append("mười")
        default: words += [digits[tens], "mươi"]
        }
        switch units {
        case 0: break
        case 1: words.append(tens >= 2 ? "mốt" : "một")
        case 4: words.append(tens >= 2 ? "tư" : "bốn")
        case 5: words.append("lăm")
        default: words.append(digits[units])
        }
        return words
    }
}
