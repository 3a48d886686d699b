// SPDX-License-Identifier: Apache-2.0

/// Swift source cut into code, comments and text, so that a rule about code does not stumble over words.
struct SwiftText: Sendable {
    enum Part: Sendable { case code, comment, text, interpolation }

    /// The source with comments and texts blanked, line by line; lines and columns stay.
    let code: [String]
    /// Whether a line holds a comment or a part of one.
    let hasComment: [Bool]
    /// How many bytes of a line belong to text literals, with what is put into them: these cannot be wrapped.
    let bytesOfText: [Int]

    init(_ source: String) {
        let bytes = Array(source.utf8)
        var scanner = SwiftScanner(bytes)
        let parts = scanner.parts()
        var code: [String] = []
        var comments: [Bool] = []
        var texts: [Int] = []
        var line: [UInt8] = []
        var commented = false
        var texted = 0
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\n") {
                code.append(String(decoding: line, as: UTF8.self))
                comments.append(commented)
                texts.append(texted)
                line.removeAll()
                commented = false
                texted = 0
                continue
            }
            if parts[index] == .comment { commented = true }
            if parts[index] == .text || parts[index] == .interpolation { texted += 1 }
            let isCode = parts[index] == .code || parts[index] == .interpolation
            line.append(isCode ? byte : UInt8(ascii: " "))
        }
        code.append(String(decoding: line, as: UTF8.self))
        comments.append(commented)
        texts.append(texted)
        self.code = code
        hasComment = comments
        bytesOfText = texts
    }
}

/// One pass over the bytes with a stack: text may hold interpolated code, which may hold text.
private struct SwiftScanner {
    private enum Mode {
        case code(parentheses: Int)
        case text(hashes: Int, quotes: Int)
    }

    private let bytes: [UInt8]
    private var index = 0
    private var found: [SwiftText.Part]
    private var stack: [Mode] = [.code(parentheses: 0)]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        found = Array(repeating: .code, count: bytes.count)
    }

    mutating func parts() -> [SwiftText.Part] {
        while index < bytes.count {
            switch stack[stack.count - 1] {
            case .code(let parentheses): scanCode(parentheses)
            case .text(let hashes, let quotes): scanText(hashes, quotes)
            }
        }
        return found
    }

    private func starts(_ word: String, at place: Int) -> Bool {
        let wanted = word.utf8
        return place + wanted.count <= bytes.count && bytes[place..<place + wanted.count].elementsEqual(wanted)
    }

    private mutating func take(_ count: Int, as part: SwiftText.Part) {
        for place in index..<min(index + count, bytes.count) where bytes[place] != UInt8(ascii: "\n") {
            found[place] = part
        }
        index += count
    }

    private mutating func scanCode(_ parentheses: Int) {
        if stack.count > 1 { found[index] = .interpolation }
        switch bytes[index] {
        case UInt8(ascii: "/") where starts("//", at: index):
            take((bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count) - index, as: .comment)
        case UInt8(ascii: "/") where starts("/*", at: index): scanBlockComment()
        case UInt8(ascii: "#"), UInt8(ascii: "\""): scanOpening()
        case UInt8(ascii: "("):
            stack[stack.count - 1] = .code(parentheses: parentheses + 1)
            index += 1
        case UInt8(ascii: ")"):
            if parentheses == 0, stack.count > 1 {
                stack.removeLast()
            } else {
                stack[stack.count - 1] = .code(parentheses: max(0, parentheses - 1))
            }
            index += 1
        default: index += 1
        }
    }

    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if starts("/*", at: index) {
                depth += 1
                take(2, as: .comment)
            } else if starts("*/", at: index) {
                depth -= 1
                take(2, as: .comment)
            } else {
                take(1, as: .comment)
            }
        } while depth > 0 && index < bytes.count
    }

    private mutating func scanOpening() {
        var hashes = 0
        while index + hashes < bytes.count, bytes[index + hashes] == UInt8(ascii: "#") { hashes += 1 }
        guard starts("\"", at: index + hashes) else {
            index += max(1, hashes)
            return
        }
        let quotes = starts("\"\"\"", at: index + hashes) ? 3 : 1
        stack.append(.text(hashes: hashes, quotes: quotes))
        take(hashes + quotes, as: .text)
    }

    private mutating func scanText(_ hashes: Int, _ quotes: Int) {
        guard bytes[index] == UInt8(ascii: "\\") || bytes[index] == UInt8(ascii: "\"") else {
            take(1, as: .text)
            return
        }
        let marks = String(repeating: "#", count: hashes)
        if starts("\\" + marks, at: index) {
            if starts("(", at: index + 1 + hashes) {
                take(2 + hashes, as: .text)
                stack.append(.code(parentheses: 0))
            } else {
                take(2 + hashes, as: .text)
            }
        } else if starts(String(repeating: "\"", count: quotes) + marks, at: index) {
            take(quotes + hashes, as: .text)
            stack.removeLast()
        } else {
            take(1, as: .text)
        }
    }
}
