// SPDX-License-Identifier: Apache-2.0

/// A citizen's personal ID number (số định danh cá nhân, CCCD): 12 digits, no check digit (standards.md §10).
///
/// Never put one into a URL or a log; `description` is masked for that reason.
public struct NationalID: Hashable, Sendable, Codable {
    /// The twelve digits.
    public let digits: String

    /// Accepts twelve digits among spaces, dots and hyphens; nil otherwise.
    public init?(_ text: String) {
        if NationalID.isInOrder(text.utf8) {
            digits = text
            return
        }
        let digits = text.filter { !" .-\u{A0}".contains($0) }
        guard NationalID.isInOrder(digits.utf8) else { return nil }
        self.digits = digits
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = NationalID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a personal ID number")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(digits)
    }

    /// Twelve digits and nothing else: looked at without taking the text apart.
    private static func isInOrder(_ text: String.UTF8View) -> Bool {
        text.count == 12 && text.allSatisfy { (48...57).contains($0) }
    }

    /// `089 190 000 123`, for the holder and for those who work on the dossier.
    public var grouped: String {
        stride(from: 0, to: 12, by: 3).map { start in String(Array(digits)[start..<start + 3]) }.joined(separator: " ")
    }

    /// `••• ••• ••• 123`, for lists.
    public var masked: String { "••• ••• ••• " + digits.suffix(3) }

    /// Century and sex as the fourth digit tells: nam is even, nữ is odd.
    public var isMale: Bool { (Array(digits.utf8)[3] - 48).isMultiple(of: 2) }

    /// Year of birth as the fourth to sixth digits tell.
    public var birthYear: Int {
        let values = digits.utf8.map { Int($0) - 48 }
        return 1900 + values[3] / 2 * 100 + values[4] * 10 + values[5]
    }
}

extension NationalID: CustomStringConvertible {
    public var description: String { masked }
}

/// A Vietnamese telephone number, kept in national form: mobile `0912345678` or landline `02963852000`.
public struct PhoneNumber: Hashable, Sendable, Codable {
    /// Digits with the leading 0.
    public let national: String

    /// Accepts `+84…`, `84…`, spaces, dots, hyphens and brackets; nil when it is no number of Vietnam.
    public init?(_ text: String) {
        var digits = text.filter { !" .-()\u{A0}".contains($0) }
        if digits.hasPrefix("+84") {
            digits = "0" + digits.dropFirst(3)
        } else if digits.hasPrefix("84"), digits.count == 11 {
            digits = "0" + digits.dropFirst(2)
        }
        guard digits.allSatisfy(\.isASCIIDigit) else { return nil }
        let isMobile = digits.count == 10 && digits.hasPrefix("0") && "35789".contains(digits.dropFirst().first ?? "x")
        let isLandline = digits.count == 11 && digits.hasPrefix("02")
        guard isMobile || isLandline else { return nil }
        national = digits
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = PhoneNumber(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a telephone number")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(national)
    }

    /// `+84912345678`, as stored and sent to gateways.
    public var e164: String { "+84" + national.dropFirst() }

    /// `0912 345 678`.
    public var grouped: String {
        let head = national.count == 10 ? 4 : 5
        return [
            String(national.prefix(head)), String(national.dropFirst(head).prefix(3)),
            String(national.dropFirst(head + 3)),
        ].joined(separator: " ")
    }

    /// `•••• ••• 678`, for lists.
    public var masked: String { "•••• ••• " + national.suffix(3) }
}

extension PhoneNumber: CustomStringConvertible {
    public var description: String { masked }
}

/// A tax code (mã số thuế): ten digits with a check digit, and `-001` … `-999` for a branch (standards.md §10).
public struct TaxCode: Hashable, Sendable, Codable {
    /// `0100109106` or `0100109106-001`.
    public let text: String

    private static let weights = [31, 29, 23, 19, 17, 13, 7, 5, 3]

    /// Nil when the length or the check digit is wrong.
    public init?(_ text: String) {
        let compact = text.filter { !" .".contains($0) }
        let parts = compact.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].count == 10, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        let digits = parts[0].utf8.map { Int($0) - 48 }
        let sum = zip(digits, TaxCode.weights).reduce(0) { $0 + $1.0 * $1.1 }
        guard digits[9] == (10 - sum % 11) % 10 else { return nil }
        if parts.count == 2 { guard parts[1].count == 3, parts[1] != "000" else { return nil } }
        self.text = compact
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = TaxCode(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a tax code")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
