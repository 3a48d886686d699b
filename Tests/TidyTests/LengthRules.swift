// SPDX-License-Identifier: Apache-2.0

/// How long a file, a function and a line may be.
enum LengthRules {
    static let linesOfFile = 400
    static let linesOfFunction = 70
    static let columns = 120

    static func fileLength(_ file: RepositoryFile) -> [Finding] {
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        guard count > linesOfFile else { return [] }
        return [Finding(path: file.path, line: 1, what: "\(count) lines; a file has at most \(linesOfFile)")]
    }

    /// Code and comments are wrapped; a sentence or drawing in a Swift text literal may be as long as it is.
    static func columns(_ file: RepositoryFile) -> [Finding] {
        let long = file.lines.indices.filter { file.lines[$0].utf8.count > columns && file.lines[$0].count > columns }
        guard !long.isEmpty else { return [] }
        let texts = file.isSwift ? SwiftText(file.text).bytesOfText : []
        return long.compactMap { index in
            if file.isSwift, file.lines[index].utf8.count - texts[index] <= columns { return nil }
            let what = "\(file.lines[index].count) columns; at most \(columns)"
            return Finding(path: file.path, line: index + 1, what: what)
        }
    }

    static func functionLength(_ file: RepositoryFile) -> [Finding] {
        let code = SwiftText(file.text).code
        var findings: [Finding] = []
        for (index, line) in code.enumerated() {
            guard let name = declared(in: line), let end = lastLine(of: code, from: index) else { continue }
            let length = end - index + 1
            if length > linesOfFunction {
                let what = "`\(name)` has \(length) lines; at most \(linesOfFunction)"
                findings.append(Finding(path: file.path, line: index + 1, what: what))
            }
        }
        return findings
    }

    private static let modifiers: Set<String> = [
        "public", "private", "fileprivate", "internal", "package", "open", "static", "class", "final", "override",
        "mutating", "nonmutating", "nonisolated", "convenience", "required", "borrowing", "consuming", "isolated",
        "indirect", "async", "lazy", "weak", "unowned",
    ]

    /// What the line begins to declare, when that has a body of statements.
    private static func declared(in line: String) -> String? {
        for word in line.split(separator: " ") {
            let stem = word.prefix { $0 != "(" }
            if word.hasPrefix("@") || modifiers.contains(String(stem)) { continue }
            if word == "func" || word == "deinit" || word == "var" || word == "subscript" { return trimmed(line) }
            let isInitialiser = word.hasPrefix("init(") || word.hasPrefix("init<") || word.hasPrefix("init?(")
            return isInitialiser || word.hasPrefix("subscript(") || word.hasPrefix("subscript<") ? trimmed(line) : nil
        }
        return nil
    }

    private static func trimmed(_ line: String) -> String {
        String(line.drop { $0 == " " }.prefix { $0 != "(" && $0 != "{" })
    }

    /// The line of the brace that closes the declaration's body; nil when it has none.
    private static func lastLine(of code: [String], from start: Int) -> Int? {
        var round = 0
        var braces = 0
        var opened = false
        for index in start..<code.count {
            if index > start, !opened, round == 0, declared(in: code[index]) != nil { return nil }
            for character in code[index].utf8 {
                switch character {
                case UInt8(ascii: "("), UInt8(ascii: "["): round += 1
                case UInt8(ascii: ")"), UInt8(ascii: "]"): round -= 1
                case UInt8(ascii: "="):
                    // A stored value: its closure is no function of its own.
                    if !opened, round == 0, code[start].contains("var ") { return nil }
                case UInt8(ascii: "{"):
                    if round == 0 || opened { opened = true }
                    braces += 1
                case UInt8(ascii: "}"):
                    braces -= 1
                    if braces < 0 || opened && braces == 0 { return opened ? index : nil }
                default: break
                }
            }
        }
        return nil
    }
}
