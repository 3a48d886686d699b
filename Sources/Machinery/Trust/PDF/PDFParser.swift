// SPDX-License-Identifier: Apache-2.0

/// Reads values of the PDF language from bytes, from a known position; it never searches for anything.
struct PDFParser {
    let bytes: [UInt8]
    private(set) var position: Int
    let end: Int

    init(_ bytes: [UInt8], at position: Int, end: Int? = nil) {
        self.bytes = bytes
        self.position = max(0, position)
        self.end = min(end ?? bytes.count, bytes.count)
    }

    var isAtEnd: Bool { position >= end }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 32 || byte == 10 || byte == 13 || byte == 9 || byte == 12 || byte == 0
    }

    static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 40, 41, 60, 62, 91, 93, 123, 125, 47, 37: true
        default: false
        }
    }

    static func isRegular(_ byte: UInt8) -> Bool { !isSpace(byte) && !isDelimiter(byte) }

    private func byte(at index: Int) -> UInt8? { index >= 0 && index < end ? bytes[index] : nil }

    /// White space and comments.
    mutating func skipSpace() {
        while let byte = byte(at: position) {
            if PDFParser.isSpace(byte) {
                position += 1
            } else if byte == 37 {
                while let next = self.byte(at: position), next != 10, next != 13 { position += 1 }
            } else {
                return
            }
        }
    }

    /// Takes the word when it stands here as a whole token.
    mutating func take(_ word: String) -> Bool {
        skipSpace()
        let wanted = Array(word.utf8)
        guard position + wanted.count <= end, bytes[position..<position + wanted.count].elementsEqual(wanted) else {
            return false
        }
        if let next = byte(at: position + wanted.count), PDFParser.isRegular(next) { return false }
        position += wanted.count
        return true
    }

    /// A whole number without sign.
    mutating func naturalNumber() throws(TrustError) -> Int {
        skipSpace()
        let start = position
        while let byte = byte(at: position), (48...57).contains(byte) { position += 1 }
        guard position > start, position - start <= 12, let number = Int(latin1(bytes[start..<position])) else {
            throw .malformedPDF("number expected at \(start)")
        }
        return number
    }

    /// The value that begins here.
    mutating func value(depth: Int = 0) throws(TrustError) -> PDFValue {
        guard depth < TrustLimits.depth else { throw .tooLarge("nesting of the PDF") }
        skipSpace()
        guard let first = byte(at: position) else { throw .malformedPDF("value expected at the end") }
        switch first {
        case 47: return .name(try name())
        case 40: return .string(try literalString())
        case 91: return .array(try array(depth: depth))
        case 60:
            if byte(at: position + 1) == 60 { return .dictionary(try dictionary(depth: depth).dictionary) }
            return .string(try hexString())
        case 43, 45, 46, 48...57: return try numberOrReference()
        default:
            if take("true") { return .boolean(true) }
            if take("false") { return .boolean(false) }
            if take("null") { return .null }
            throw .malformedPDF("unknown value at \(position)")
        }
    }

    /// A dictionary with the place of each of its own values, for signatures whose bytes must be found exactly.
    mutating func dictionary(
        depth: Int
    ) throws(TrustError) -> (dictionary: PDFDictionary, ranges: [String: Range<Int>]) {
        guard byte(at: position) == 60, byte(at: position + 1) == 60 else {
            throw .malformedPDF("dictionary expected at \(position)")
        }
        position += 2
        var dictionary = PDFDictionary()
        var ranges: [String: Range<Int>] = [:]
        while true {
            skipSpace()
            if byte(at: position) == 62, byte(at: position + 1) == 62 {
                position += 2
                return (dictionary, ranges)
            }
            guard byte(at: position) == 47 else { throw .malformedPDF("key expected at \(position)") }
            let key = try name()
            guard ranges[key] == nil else { throw .malformedPDF("key \(key.prefix(40)) stands twice") }
            skipSpace()
            let start = position
            dictionary.append(key, try value(depth: depth + 1))
            ranges[key] = start..<position
        }
    }

    private mutating func array(depth: Int) throws(TrustError) -> [PDFValue] {
        position += 1
        var items: [PDFValue] = []
        while true {
            skipSpace()
            guard let next = byte(at: position) else { throw .malformedPDF("array without end") }
            if next == 93 {
                position += 1
                return items
            }
            items.append(try value(depth: depth + 1))
        }
    }

    private mutating func name() throws(TrustError) -> String {
        position += 1
        var raw: [UInt8] = []
        while let byte = byte(at: position), PDFParser.isRegular(byte) {
            if byte == 35 {
                guard let high = self.byte(at: position + 1).flatMap(hexValue),
                    let low = self.byte(at: position + 2).flatMap(hexValue)
                else { throw .malformedPDF("name at \(position)") }
                raw.append(high << 4 | low)
                position += 3
            } else {
                raw.append(byte)
                position += 1
            }
        }
        return latin1(raw)
    }

    private mutating func numberOrReference() throws(TrustError) -> PDFValue {
        let start = position
        while let byte = byte(at: position), (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 {
            position += 1
        }
        let text = latin1(bytes[start..<position])
        guard text.count <= 32 else { throw .malformedPDF("number at \(start)") }
        let afterNumber = position
        guard let number = Int(text), number >= 0, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            guard Double(text) != nil || text.hasSuffix(".") else { throw .malformedPDF("number at \(start)") }
            return .number(text)
        }
        skipSpace()
        if let byte = byte(at: position), (48...57).contains(byte) {
            let generation = try naturalNumber()
            if take("R") { return .reference(number, generation: generation) }
        }
        position = afterNumber
        return .number(text)
    }

    private mutating func hexString() throws(TrustError) -> [UInt8] {
        position += 1
        var result: [UInt8] = []
        var high: UInt8?
        while let byte = byte(at: position) {
            position += 1
            if byte == 62 {
                if let high { result.append(high << 4) }
                return result
            }
            if PDFParser.isSpace(byte) { continue }
            guard let digit = hexValue(byte) else { throw .malformedPDF("string at \(position)") }
            if let first = high {
                result.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        throw .malformedPDF("string without end")
    }

    private mutating func literalString() throws(TrustError) -> [UInt8] {
        position += 1
        var result: [UInt8] = []
        var open = 1
        while let byte = byte(at: position) {
            position += 1
            switch byte {
            case 92: escape(into: &result)
            case 40:
                open += 1
                result.append(byte)
            case 41:
                open -= 1
                if open == 0 { return result }
                result.append(byte)
            case 13:
                if self.byte(at: position) == 10 { position += 1 }
                result.append(10)
            default: result.append(byte)
            }
        }
        throw .malformedPDF("string without end")
    }

    private mutating func escape(into result: inout [UInt8]) {
        guard let byte = byte(at: position) else { return }
        position += 1
        switch byte {
        case 110: result.append(10)
        case 114: result.append(13)
        case 116: result.append(9)
        case 98: result.append(8)
        case 102: result.append(12)
        case 10: break
        case 13: if self.byte(at: position) == 10 { position += 1 }
        case 48...55:
            var code = Int(byte - 48)
            for _ in 0..<2 {
                guard let digit = self.byte(at: position), (48...55).contains(digit) else { break }
                code = code * 8 + Int(digit - 48)
                position += 1
            }
            result.append(UInt8(truncatingIfNeeded: code))
        default: result.append(byte)
        }
    }
}
