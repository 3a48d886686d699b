// SPDX-License-Identifier: Apache-2.0

/// Calls and marks that the house does without, or only with a reason beside them.
enum CallRules {
    private struct Ban {
        let words: String
        let reason: String
        /// Paths, or beginnings of paths, where it may stand.
        var allowed: [String] = []
        /// Whether a comment on the line or right above it excuses it.
        var excusedByComment = false
        /// Whether tests may use it.
        var tests = false
    }

    private static let bans: [Ban] = [
        Ban(words: "print(", reason: "log, or write through the console of the command line"),
        Ban(words: "debugPrint(", reason: "log, or write through the console of the command line"),
        Ban(words: "fatalError(", reason: "throw, or state a precondition", allowed: ["Package.swift"]),
        Ban(words: "try!", reason: "handle the error"),
        Ban(words: "as!", reason: "use `as?` or a type that needs no cast"),
        Ban(words: "try?", reason: "say in a comment why the error may be lost", excusedByComment: true),
        Ban(words: "@unchecked Sendable", reason: "say in a comment why it is safe", excusedByComment: true),
        Ban(words: "nonisolated(unsafe)", reason: "use Mutex"),
        Ban(words: "Date()", reason: "time comes from Clock", allowed: clock),
        Ban(words: "Date.now", reason: "time comes from Clock", allowed: clock),
        Ban(words: "UUID()", reason: "identifiers come from RandomSource", allowed: random, tests: true),
        Ban(
            words: "SystemRandomNumberGenerator(",
            reason: "randomness comes from RandomSource",
            allowed: random,
            tests: true
        ),
        Ban(words: "String(format:", reason: "write numbers and money by Kernel", tests: true),
        Ban(words: "NSLock", reason: "use Mutex"),
        Ban(words: "NSError", reason: "throw a typed error"),
        Ban(words: "URLSession", reason: "calls go out through Outbound"),
    ]
    private static let clock = ["Sources/Core/Kernel/SystemClock.swift"]
    private static let random = ["Sources/Core/Kernel/Ports.swift"]

    static func calls(_ file: RepositoryFile) -> [Finding] {
        let text = SwiftText(file.text)
        let isTest = file.path.hasPrefix("Tests/")
        let possible = bans.filter { file.text.contains($0.words) }
        var findings: [Finding] = []
        for (index, line) in text.code.enumerated() where !line.isEmpty {
            for ban in possible where contains(line, ban.words) {
                if ban.allowed.contains(where: file.path.hasPrefix) || isTest && ban.tests { continue }
                if ban.excusedByComment, isExcused(text, at: index) { continue }
                findings.append(Finding(path: file.path, line: index + 1, what: "`\(ban.words)`: \(ban.reason)"))
            }
            if !isTest, isStoredStatic(line) {
                findings.append(Finding(path: file.path, line: index + 1, what: "`static var` that stores: no globals"))
            }
        }
        return findings
    }

    /// Whether the words stand in the line as such, not as the end of a longer name.
    private static func contains(_ line: String, _ words: String) -> Bool {
        var rest = line[...]
        while let found = rest.firstRange(of: words) {
            let before = found.lowerBound > line.startIndex ? line[line.index(before: found.lowerBound)] : " "
            let isWord = !(before.isLetter || before.isNumber || before == "_" || before == "." || before == "@")
            // A method of another object may be called what it likes: `rows.print(`.
            if isWord || words.first == "@" || before == "." && words.first?.isUppercase == true { return true }
            rest = rest[found.upperBound...]
        }
        return false
    }

    /// A comment on the line, right below it, or at most two lines above, where the statement may begin.
    private static func isExcused(_ text: SwiftText, at index: Int) -> Bool {
        text.hasComment[max(0, index - 2)..<min(index + 2, text.hasComment.count)].contains(true)
    }

    private static func isStoredStatic(_ line: String) -> Bool {
        contains(line, "static var ") && !line.contains("{")
    }

    /// `TODO(#12): …` only, and no other note to oneself.
    static func notes(_ file: RepositoryFile) -> [Finding] {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK:"]
        var findings: [Finding] = []
        guard marks.contains(where: file.text.contains) else { return [] }
        for (index, line) in file.lines.enumerated() {
            for mark in marks {
                guard let found = line.firstRange(of: mark) else { continue }
                let rest = line[found.upperBound...]
                let number = rest.hasPrefix("(#") ? rest.dropFirst(2).prefix { $0.isNumber } : ""
                let isNumbered = mark == marks[0] && !number.isEmpty && rest.dropFirst(2 + number.count).hasPrefix("):")
                if !isNumbered {
                    findings.append(
                        Finding(path: file.path, line: index + 1, what: "\(mark) without the number of an issue")
                    )
                }
            }
        }
        return findings
    }

    /// Addresses in pages come from `SiteURL`; a literal one is not changed with the rest.
    static func addressesInViews(_ file: RepositoryFile) -> [Finding] {
        guard file.path.hasPrefix("Sources/Sites/") || file.path.hasPrefix("Sources/Machinery/Markup/") else {
            return []
        }
        let openings = ["href=\"/", "action=\"/", "src=\"/", "data=\"/", "formaction=\"/", "data-refresh=\"/"]
        return file.lines.enumerated().compactMap { index, line in
            let code = line.drop { $0 == " " }
            guard !code.hasPrefix("//"), let opening = openings.first(where: line.contains) else { return nil }
            return Finding(path: file.path, line: index + 1, what: "`\(opening)…`: an address comes from SiteURL")
        }
    }
}
