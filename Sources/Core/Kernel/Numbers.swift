// SPDX-License-Identifier: Apache-2.0

extension BinaryInteger {
    /// The quotient rounded towards minus infinity; `divisor` is positive.
    func flooredQuotient(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

extension String {
    /// The number in decimal, with zeros in front up to `width` digits; longer numbers are not cut.
    public init(_ number: some BinaryInteger, paddedTo width: Int) {
        let digits = String(number)
        self = String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }

    /// Decimal digits in groups of three with dots, as Vietnam writes numbers: `1.234.567`.
    public init(grouped number: some BinaryInteger) {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(".") }
            text.append(digit)
        }
        self = number < 0 ? "-" + text : text
    }

    /// A size for people: `1,2 MB`, `340 kB`, `12 byte`; decimal units.
    public init(fileSize bytes: Int64) {
        switch bytes {
        case ..<1_000: self = "\(bytes) byte"
        case ..<1_000_000: self = "\((bytes + 500) / 1_000) kB"
        default:
            let tenths = (bytes + 50_000) / 100_000
            self = tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10),\(tenths % 10) MB"
        }
    }
}

extension Character {
    /// 0 to 9, and no other script's digits. A range of characters would also hold a digit with a combining mark.
    public var isASCIIDigit: Bool { asciiValue.map { (48...57).contains($0) } ?? false }
}
