// SPDX-License-Identifier: Apache-2.0

/// One line of docs/asvs.csv.
struct SecurityRow: Equatable {
    let line: Int
    let id: String
    let level: String
    let chapter: String
    let applies: String
    let what: String
    let tests: [String]
}

/// Reads docs/asvs.csv and says what is wrong with it.
enum SecurityTable {
    static let path = "docs/asvs.csv"
    static let head = "id,level,chapter,applies,what,tests"

    /// The identifiers that the project has chosen for these chapters, of every level.
    static let chosen = [
        "6.3.1", "6.3.2", "6.3.3", "6.3.8", "6.5.1", "6.5.5", "6.6.3", "6.8.2", "7.2.4", "7.3.1", "7.3.2", "7.4.2",
        "7.5.3", "8.2.1", "8.2.2", "8.2.3", "8.3.2", "8.4.1", "9.1.2", "10.2.1", "10.5.1",
    ]

    /// The lines of the table; nil for a line that has not six cells.
    static func rows(_ file: RepositoryFile) -> [SecurityRow?] {
        file.lines.enumerated().dropFirst().compactMap { index, line -> SecurityRow?? in
            guard !line.isEmpty else { return nil }
            let cells = cells(line)
            guard cells.count == 6 else { return .some(nil) }
            let tests = cells[5].split(separator: ";").map(trimmed).filter { !$0.isEmpty }
            return SecurityRow(
                line: index + 1,
                id: cells[0],
                level: cells[1],
                chapter: cells[2],
                applies: cells[3],
                what: cells[4],
                tests: tests
            )
        }
    }

    static func findings(_ file: RepositoryFile, known: Set<String>) -> [Finding] {
        var findings: [Finding] = []
        func find(_ line: Int, _ what: String) { findings.append(Finding(path: file.path, line: line, what: what)) }
        if file.lines.first != head { find(1, "the head is not \(head)") }
        var seen: Set<String> = []
        for (index, row) in rows(file).enumerated() {
            guard let row else {
                find(index + 2, "a line has six cells")
                continue
            }
            if !isIdentifier(row.id) { find(row.line, "\(row.id) is no identifier") }
            if !seen.insert(row.id).inserted { find(row.line, "\(row.id) stands twice") }
            if row.chapter != "V\(row.id.prefix { $0 != "." })" { find(row.line, "\(row.id) is not of \(row.chapter)") }
            if !["1", "2", "3"].contains(row.level) { find(row.line, "\(row.level) is no level") }
            if row.what.isEmpty { find(row.line, "nothing says what is done, or why not") }
            switch row.applies {
            case "yes":
                if row.tests.isEmpty { find(row.line, "\(row.id) has no test") }
            case "no":
                if !row.tests.isEmpty { find(row.line, "\(row.id) does not apply and has a test") }
            default: find(row.line, "applies is yes or no")
            }
            for test in row.tests where !known.contains(test) { find(row.line, "there is no test \(test)") }
        }
        for id in chosen where !seen.contains(id) { find(1, "\(id) is missing") }
        return findings
    }

    /// Every test that a line may name: `Suite/name`, `walk:name`, `checker:name`, `page:docs/x.md#Heading`.
    static func known(_ files: [RepositoryFile]) -> Set<String> {
        var known: Set<String> = []
        for file in files {
            if file.path.hasPrefix("Tests/"), file.isSwift { known.formUnion(swiftTests(file)) }
            if file.path.hasPrefix("Tests/Browser/chapters_") { known.formUnion(walks(file)) }
            if file.path == "Tests/Checkers/run.py" { known.formUnion(checkers(file)) }
            if file.path.hasPrefix("docs/"), file.path.hasSuffix(".md") {
                for line in file.lines where line.hasPrefix("## ") {
                    known.insert("page:\(file.path)#\(line.dropFirst(3))")
                }
            }
        }
        return known
    }

    // MARK: - Inside

    private static func isIdentifier(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && parts.allSatisfy { Int($0).map { (1...99).contains($0) } ?? false }
    }

    /// Functions behind `@Test` by the type that stands at the margin.
    static func swiftTests(_ file: RepositoryFile) -> Set<String> {
        var (suite, isTest): (String?, Bool) = (nil, false)
        var found: Set<String> = []
        for line in file.lines {
            if line.first != " ", let type = word(after: ["struct ", "class "], in: line) { suite = type }
            if line.contains("@Test") { isTest = true }
            guard let start = line.firstRange(of: "func ") else { continue }
            if isTest, let suite {
                let rest = line[start.upperBound...]
                let name = rest.first == "`" ? rest.dropFirst().prefix { $0 != "`" } : rest.prefix { $0 != "(" }
                found.insert("\(suite)/\(name)")
            }
            isTest = false
        }
        return found
    }

    private static func walks(_ file: RepositoryFile) -> Set<String> {
        Set(
            file.lines.filter { $0.hasPrefix("def ") && $0.contains("(gate, demo") }.map { line in
                "walk:\(line.dropFirst(4).prefix { $0 != "(" })"
            }
        )
    }

    private static func checkers(_ file: RepositoryFile) -> Set<String> {
        guard let start = file.text.firstRange(of: "PARTS = {"),
            let end = file.text[start.upperBound...].firstRange(of: "\n}")
        else { return [] }
        let names = file.text[start.upperBound..<end.lowerBound].split(separator: "\"")
        // What stands between quotes: each second piece.
        return Set(names.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { "checker:\($0.element)" })
    }

    private static func word(after starts: [String], in line: String) -> String? {
        for start in starts {
            guard let range = line.firstRange(of: start) else { continue }
            let name = line[range.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if !name.isEmpty { return String(name) }
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " }
        return String(start.prefix(start.count - start.reversed().prefix { $0 == " " }.count))
    }

    /// Cells of one line; a quoted one may hold commas, and a doubled quote for one.
    static func cells(_ line: String) -> [String] {
        var (cells, cell, isQuoted) = ([String](), "", false)
        let letters = Array(line)
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            if letter == "\"" {
                if isQuoted, index + 1 < letters.count, letters[index + 1] == "\"" {
                    cell.append(letter)
                    index += 1
                } else {
                    isQuoted.toggle()
                }
            } else if letter == ",", !isQuoted {
                cells.append(cell)
                cell = ""
            } else {
                cell.append(letter)
            }
            index += 1
        }
        return cells + [cell]
    }
}
