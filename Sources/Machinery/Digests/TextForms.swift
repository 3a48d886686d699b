// SPDX-License-Identifier: Apache-2.0

extension [UInt8] {
    /// Two lower-case hexadecimal digits for each byte.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * count)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads hexadecimal digits of either case; nil when there is another character or half a byte.
    public init?(hex: String) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in hex.utf8 {
            guard let digit = [UInt8].hexDigit(character) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { return nil }
        self = bytes
    }

    /// Base 64 for URLs, without padding (RFC 4648 §5).
    public var base64URL: String {
        String(decoding: Base64Letters.url.encode(self, isPadded: false), as: UTF8.self)
    }

    /// Base 64 with padding (RFC 4648 §4).
    public var base64: String {
        String(decoding: Base64Letters.standard.encode(self, isPadded: true), as: UTF8.self)
    }

    /// Reads base 64 for URLs without padding; nil when a character, the length or the last bits do not fit.
    public init?(base64URL text: String) {
        guard let bytes = Base64Letters.url.decode(Array(text.utf8)) else { return nil }
        self = bytes
    }

    /// Reads base 64 with padding; nil when a character, the length or the last bits do not fit.
    public init?(base64 text: String) {
        let letters = Array(text.utf8)
        let padding = letters.suffix(2).count { $0 == UInt8(ascii: "=") }
        guard letters.count % 4 == 0, let bytes = Base64Letters.standard.decode(letters.dropLast(padding)) else {
            return nil
        }
        self = bytes
    }

    private static func hexDigit(_ character: UInt8) -> UInt8? {
        switch character {
        case 48...57: character - 48
        case 65...70: character - 55
        case 97...102: character - 87
        default: nil
        }
    }
}

/// One of the two alphabets of RFC 4648. Each byte string has one text: a reader accepts no other.
private struct Base64Letters {
    static let standard = Base64Letters(last: "+/")
    static let url = Base64Letters(last: "-_")

    private let letters: [UInt8]
    private let values: [UInt8?]

    private init(last: String) {
        letters = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
        self.values = values
    }

    func encode(_ bytes: [UInt8], isPadded: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<Swift.min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for index in 0...group.count {
                text.append(letters[Int(bits >> UInt32(18 - 6 * index) & 63)])
            }
            if isPadded { text += [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count) }
        }
        return text
    }

    func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var buffer: UInt32 = 0
        var bitCount: UInt32 = 0
        for letter in text {
            guard let value = values[Int(letter)] else { return nil }
            buffer = (buffer << 6 | UInt32(value)) & 0xFFFF
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bitCount))
            }
        }
        // The bits left over must be zero, or two texts would mean the same bytes.
        return buffer & (1 << bitCount - 1) == 0 ? bytes : nil
    }
}
