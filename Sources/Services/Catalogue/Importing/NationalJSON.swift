// SPDX-License-Identifier: Apache-2.0

/// A value of JSON as a stranger wrote it: members in their order, numbers as their digits, so that the code `1.00300`
/// stays what it is and the record can be kept without loss.
indirect enum NationalJSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case text(String)
    case list([NationalJSON])
    case object([Member])

    struct Member: Hashable, Sendable {
        let key: String
        let value: NationalJSON
    }

    /// What it is, as a fault names it.
    var shapeName: String {
        switch self {
        case .null: "không có gì (null)"
        case .bool: "đúng hoặc sai"
        case .number: "số"
        case .text: "chữ"
        case .list: "danh sách"
        case .object: "mục có khóa"
        }
    }

    /// The members of an object; nil for all else.
    var members: [Member]? {
        if case .object(let members) = self { return members }
        return nil
    }

    /// The value of a key, whatever its case; nil when there is none.
    subscript(key: String) -> NationalJSON? {
        members?.first { $0.key == key }?.value
            ?? members?.first { $0.key.lowercased() == key.lowercased() }?.value
    }

    /// A name that stands twice in one object; nil when none does.
    var duplicateKey: String? {
        switch self {
        case .list(let values): return values.lazy.compactMap(\.duplicateKey).first
        case .object(let members):
            var seen: Set<String> = []
            for member in members where !seen.insert(member.key.lowercased()).inserted { return member.key }
            return members.lazy.compactMap(\.value.duplicateKey).first
        default: return nil
        }
    }

    // MARK: - Writing

    /// The same value as text, indented, each letter as it stands but those that JSON must escape.
    var document: String { lines(indent: "") + "\n" }

    private func lines(indent: String) -> String {
        let inner = indent + "  "
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .number(let digits): return digits
        case .text(let text): return Self.quoted(text)
        case .list(let values):
            guard !values.isEmpty else { return "[]" }
            return "[\n" + values.map { inner + $0.lines(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            let lines = members.map { "\(inner)\(Self.quoted($0.key)): \($0.value.lines(indent: inner))" }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}

/// Why a text is no JSON, and where.
struct NationalJSONFault: Error, Hashable {
    let line: Int
    let column: Int
    let what: String
}

/// Reads one value of JSON after the other (RFC 8259).
struct NationalJSONReader {
    /// Deepest nesting; the catalogue itself needs eight levels.
    static let depthLimit = 32

    private let bytes: ArraySlice<UInt8>
    private(set) var place: Int
    private var line: Int
    private var lineStart: Int

    init(_ bytes: ArraySlice<UInt8>, line: Int = 1) {
        (self.bytes, place, self.line, lineStart) = (bytes, bytes.startIndex, line, bytes.startIndex)
    }

    /// The line on which the reader stands.
    var currentLine: Int { line }

    /// Passes over spaces; false at the end.
    mutating func hasMore() -> Bool {
        skipSpace()
        return place < bytes.endIndex
    }

    /// The next value.
    mutating func next() throws(NationalJSONFault) -> NationalJSON {
        try value(depth: 0)
    }

    private mutating func value(depth: Int) throws(NationalJSONFault) -> NationalJSON {
        guard depth < Self.depthLimit else { throw fault("lồng nhau quá \(Self.depthLimit) lớp") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("thiếu phần cuối")
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(NationalJSONFault) -> NationalJSON {
        var members: [NationalJSON.Member] = []
        place += 1
        skipSpace()
        if take("}") { return .object(members) }
        while true {  // bounded by the text: each turn passes at least a name
            skipSpace()
            let key = try string()
            skipSpace()
            guard take(":") else { throw fault("thiếu dấu hai chấm sau “\(key.prefix(40))”") }
            members.append(NationalJSON.Member(key: key, value: try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw fault("thiếu dấu phẩy hoặc dấu }") }
        }
    }

    private mutating func array(depth: Int) throws(NationalJSONFault) -> NationalJSON {
        var values: [NationalJSON] = []
        place += 1
        skipSpace()
        if take("]") { return .list(values) }
        while true {  // bounded by the text: each turn passes at least a value
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .list(values) }
            guard take(",") else { throw fault("thiếu dấu phẩy hoặc dấu ]") }
        }
    }

    private mutating func string() throws(NationalJSONFault) -> String {
        guard take("\"") else { throw fault("phải là chữ trong dấu nháy kép") }
        var scalars = String.UnicodeScalarView()
        var start = place
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                scalars.append(contentsOf: String(decoding: bytes[start..<place], as: UTF8.self).unicodeScalars)
                place += 1
                return String(scalars)
            case UInt8(ascii: "\\"):
                scalars.append(contentsOf: String(decoding: bytes[start..<place], as: UTF8.self).unicodeScalars)
                place += 1
                scalars.append(try escaped())
                start = place
            case 0..<0x20: throw fault("ký tự điều khiển hoặc xuống dòng giữa chữ")
            default: place += 1
            }
        }
        throw fault("thiếu dấu nháy kép đóng")
    }

    private mutating func escaped() throws(NationalJSONFault) -> Unicode.Scalar {
        let byte = peek
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hexUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // The first half of a pair; the second must follow.
            guard unit < 0xDC00, take("\\"), take("u") else { throw fault("nửa chữ \\u") }
            let second = try hexUnit()
            guard (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00))
            else { throw fault("nửa chữ \\u") }
            return scalar
        default: throw fault("dấu \\ không rõ nghĩa")
        }
    }

    private mutating func hexUnit() throws(NationalJSONFault) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = peek.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw fault("sau \\u phải có bốn chữ số hex")
            }
            unit = unit << 4 | UInt32(digit)
            place += 1
        }
        return unit
    }

    private mutating func number() throws(NationalJSONFault) -> String {
        let start = place
        while let byte = peek, byte == 43 || byte == 45 || byte == 46 || byte == 69 || byte == 101 || isDigit(byte) {
            place += 1
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        guard text.utf8.contains(where: isDigit), Double(text) != nil, text.utf8.count <= 40 else {
            place = start
            throw fault("không phải là giá trị JSON")
        }
        return text
    }

    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private mutating func word(_ word: String, _ value: NationalJSON) throws(NationalJSONFault) -> NationalJSON {
        guard bytes[place...].starts(with: word.utf8) else { throw fault("không phải là giá trị JSON") }
        place += word.utf8.count
        return value
    }

    // MARK: - Bytes

    private var peek: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: sign) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            place += 1
            if byte == 0x0A { (line, lineStart) = (line + 1, place) }
        }
    }

    private func fault(_ what: String) -> NationalJSONFault {
        NationalJSONFault(line: line, column: place - lineStart + 1, what: what)
    }
}
