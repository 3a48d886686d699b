// SPDX-License-Identifier: Apache-2.0

/// Reads a text of JSON (RFC 8259) into the values that `JSONValue` knows.
///
/// The journal's rows are read for every page that tells a story, where a general decoder takes most of the time.
struct JSONReader {
    /// Deeper than anything of ours; each level is a call on the stack.
    static let depthLimit = 256

    private let bytes: [UInt8]
    private var place = 0

    /// The value of the whole text. Throws `DecodingError`; a name that stands twice in an object is refused, because
    /// such a text has no one meaning (RFC 7493).
    static func value(of text: String) throws -> JSONValue {
        var reader = JSONReader(bytes: Array(text.utf8))
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.place == reader.bytes.count else { throw reader.fault("more than one value") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth < Self.depthLimit else { throw fault("too deep") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .integer(try number())
        }
    }

    private mutating func object(depth: Int) throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        place += 1
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            let name = try string()
            skipSpace()
            guard take(":") else { throw fault("no colon") }
            guard members.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
                throw fault("a name stands twice")
            }
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw fault("no end of an object") }
        }
    }

    private mutating func array(depth: Int) throws -> JSONValue {
        var values: [JSONValue] = []
        place += 1
        skipSpace()
        if take("]") { return .array(values) }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(values) }
            guard take(",") else { throw fault("no end of an array") }
        }
    }

    // MARK: - Texts

    private mutating func string() throws -> String {
        guard take("\"") else { throw fault("no text") }
        let start = place
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { place += 1 }
        var text = String(decoding: bytes[start..<place], as: UTF8.self)
        while true {
            switch peek {
            case UInt8(ascii: "\""):
                place += 1
                return text
            case UInt8(ascii: "\\"):
                place += 1
                text.unicodeScalars.append(try escaped())
            case let byte? where byte >= 0x20:
                let start = place
                while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
                    place += 1
                }
                text += String(decoding: bytes[start..<place], as: UTF8.self)
            default: throw fault("no end of a text")
            }
        }
    }

    private mutating func escaped() throws -> Unicode.Scalar {
        defer { place += 1 }
        switch peek {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try codePoint()
        default: throw fault("an unknown escape")
        }
    }

    /// Stands on the `u`, and ends on the last digit.
    private mutating func codePoint() throws -> Unicode.Scalar {
        let unit = try hexUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // The first half of a pair; the second must follow.
        guard unit < 0xDC00, place + 2 < bytes.count, bytes[place + 1] == UInt8(ascii: "\\"),
            bytes[place + 2] == UInt8(ascii: "u")
        else { throw fault("half a letter") }
        place += 2
        let second = try hexUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00))
        else { throw fault("half a letter") }
        return scalar
    }

    private mutating func hexUnit() throws -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            place += 1
            guard let digit = peek.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw fault("no four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    // MARK: - Numbers and words

    private mutating func number() throws -> Int64 {
        let start = place
        while let byte = peek, Self.isOfNumber(byte) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        let digits = text.drop { $0 == "-" }
        // One sign at most, a digit first, and no zero before other digits.
        guard text.utf8.count - digits.utf8.count <= 1, let first = digits.utf8.first,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            first != UInt8(ascii: "0") || !(digits.utf8.dropFirst().first.map(Self.isDigit) ?? false)
        else { throw fault("no value") }
        // `1.0` and `1e2` are whole numbers as well; `1.` is none.
        guard text.last != ".", !text.contains(".e"), !text.contains(".E"),
            let number = Int64(text) ?? Double(text).flatMap({ Int64(exactly: $0) }),
            number.magnitude <= JSONValue.largestInteger.magnitude
        else { throw fault("no whole number, or too large") }
        return number
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
        for byte in word.description.utf8 {
            guard peek == byte else { throw fault("no value") }
            place += 1
        }
        return value
    }

    // MARK: - Bytes

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: sign) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private func fault(_ what: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "JSON: \(what) at byte \(place)"))
    }
}
