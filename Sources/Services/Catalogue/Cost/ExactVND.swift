// SPDX-License-Identifier: Apache-2.0

import Kernel

/// A sum of money as an exact fraction of đồng: hours times a wage seldom give whole đồng, and rounding happens once,
/// at the end. Never a floating-point number.
struct ExactVND: Hashable, Sendable {
    /// In lowest terms; the denominator is positive.
    let numerator: Int128
    let denominator: Int128

    static let zero = ExactVND(VND(0))

    init(_ sum: VND) { (numerator, denominator) = (Int128(sum.amount), 1) }

    /// Nil for a denominator that is not positive.
    init?(_ numerator: Int128, over denominator: Int128) {
        guard denominator > 0 else { return nil }
        let divisor = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
        self.numerator = numerator / Int128(divisor)
        self.denominator = denominator / Int128(divisor)
    }

    /// The sum; nil when it does not fit.
    func plus(_ other: ExactVND) -> ExactVND? {
        let (left, first) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (right, second) = other.numerator.multipliedReportingOverflow(by: denominator)
        let (sum, third) = left.addingReportingOverflow(right)
        let (below, fourth) = denominator.multipliedReportingOverflow(by: other.denominator)
        guard !first, !second, !third, !fourth else { return nil }
        return ExactVND(sum, over: below)
    }

    /// So many times as much, divided; nil when it does not fit.
    func times(_ count: Int64, over divisor: Int64 = 1) -> ExactVND? {
        let (above, first) = numerator.multipliedReportingOverflow(by: Int128(count))
        let (below, second) = denominator.multipliedReportingOverflow(by: Int128(divisor))
        guard !first, !second else { return nil }
        return ExactVND(above, over: below)
    }

    /// Whole đồng, half a đồng rounded up; nil when it does not fit 64 bits.
    var rounded: VND? {
        let (twice, first) = numerator.multipliedReportingOverflow(by: 2)
        let (below, second) = denominator.multipliedReportingOverflow(by: 2)
        let (above, third) = twice.addingReportingOverflow(denominator)
        guard !first, !second, !third else { return nil }
        let quotient = above / below
        return Int64(exactly: above % below < 0 ? quotient - 1 : quotient).map { VND($0) }
    }

    private static func commonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
        var (larger, smaller) = (max(first, second), min(first, second))
        while smaller > 0 { (larger, smaller) = (smaller, larger % smaller) }
        return max(larger, 1)
    }
}
