// SPDX-License-Identifier: Apache-2.0

/// A value of the PDF language (ISO 32000-1, 7.3), without stream data.
indirect enum PDFValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    /// The digits as they stand in the file, so that a number is written back as it was read.
    case number(String)
    /// A name without its slash; bytes above 127 as Latin-1 characters.
    case name(String)
    case string([UInt8])
    case array([PDFValue])
    case dictionary(PDFDictionary)
    case reference(Int, generation: Int)

    /// A reference to an object of generation 0, as all objects that we write are.
    static func reference(_ number: Int) -> PDFValue { .reference(number, generation: 0) }

    static func integer(_ value: Int) -> PDFValue { .number(String(value)) }

    var asInteger: Int? { if case .number(let text) = self { Int(text) } else { nil } }
    var asName: String? { if case .name(let text) = self { text } else { nil } }
    var asArray: [PDFValue]? { if case .array(let items) = self { items } else { nil } }
    var asDictionary: PDFDictionary? { if case .dictionary(let entries) = self { entries } else { nil } }
    var asString: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }
    var asReference: Int? { if case .reference(let number, _) = self { number } else { nil } }
}

/// A dictionary that keeps the order of its keys, so that the same input gives the same bytes.
struct PDFDictionary: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        var key: String
        var value: PDFValue
    }

    private(set) var entries: [Entry] = []

    init() {}

    init(_ pairs: KeyValuePairs<String, PDFValue>) {
        for (key, value) in pairs { self[key] = value }
    }

    subscript(key: String) -> PDFValue? {
        get { entries.first { $0.key == key }?.value }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Adds a key that is known to be new; the reader checks that no key stands twice.
    mutating func append(_ key: String, _ value: PDFValue) {
        entries.append(Entry(key: key, value: value))
    }

    /// The same entries without some keys.
    func without(_ keys: Set<String>) -> PDFDictionary {
        var rest = self
        rest.entries.removeAll { keys.contains($0.key) }
        return rest
    }

    /// Equal as a mapping, whatever the order of the keys.
    func hasSameEntries(as other: PDFDictionary) -> Bool {
        entries.count == other.entries.count && entries.allSatisfy { other[$0.key] == $0.value }
    }
}

// MARK: - Text

extension PDFValue {
    /// A text for people: ASCII as it is, anything else as UTF-16 with its mark (ISO 32000-1, 7.9.2.2).
    static func text(_ text: String) -> PDFValue {
        if text.utf8.allSatisfy({ (32..<127).contains($0) }) { return .string(Array(text.utf8)) }
        return .string([0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    }

    /// The text of a string value; nil for other values.
    var asText: String? {
        guard let bytes = asString else { return nil }
        if bytes.starts(with: [0xFE, 0xFF]) {
            var units: [UInt16] = []
            var index = 2
            while index + 1 < bytes.count {
                units.append(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]))
                index += 2
            }
            return String(decoding: units, as: UTF16.self)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
        return latin1(bytes)
    }
}

/// Bytes as characters U+0000 to U+00FF.
func latin1(_ bytes: some Sequence<UInt8>) -> String {
    String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
}

// MARK: - Writing

extension PDFValue {
    /// Appends the value as it stands in a file.
    func write(into output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .boolean(let value): output += (value ? "true" : "false").utf8
        case .number(let text): output += text.utf8
        case .name(let name): PDFValue.write(name: name, into: &output)
        case .string(let bytes): PDFValue.write(string: bytes, into: &output)
        case .reference(let number, let generation): output += "\(number) \(generation) R".utf8
        case .array(let items):
            output += "[".utf8
            for (index, item) in items.enumerated() {
                if index > 0 { output.append(32) }
                item.write(into: &output)
            }
            output += "]".utf8
        case .dictionary(let dictionary):
            output += "<<".utf8
            for entry in dictionary.entries {
                output.append(32)
                PDFValue.write(name: entry.key, into: &output)
                output.append(32)
                entry.value.write(into: &output)
            }
            output += " >>".utf8
        }
    }

    private static func write(name: String, into output: inout [UInt8]) {
        output.append(47)
        for scalar in name.unicodeScalars {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            if PDFParser.isRegular(byte), byte != 35, (33...126).contains(byte) {
                output.append(byte)
            } else {
                output.append(35)
                output += hexDigits(byte)
            }
        }
    }

    private static func write(string bytes: [UInt8], into output: inout [UInt8]) {
        let isPlain = bytes.allSatisfy { (32..<127).contains($0) }
        guard isPlain else {
            output.append(60)
            for byte in bytes { output += hexDigits(byte) }
            output.append(62)
            return
        }
        output.append(40)
        for byte in bytes {
            if byte == 40 || byte == 41 || byte == 92 { output.append(92) }
            output.append(byte)
        }
        output.append(41)
    }
}

/// Two upper-case hexadecimal digits.
func hexDigits(_ byte: UInt8) -> [UInt8] {
    let digits: [UInt8] = Array("0123456789ABCDEF".utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
}

/// The value of one hexadecimal digit; nil for any other byte.
func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
}
