// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What every text of the repository keeps to, whatever language it is written in.
enum TextRules {
    /// Endings of the files that carry the licence in their first lines.
    private static let headed = [".swift", ".py", ".sh", ".h", ".css", ".js", "Makefile"]

    static func header(_ file: RepositoryFile) -> [Finding] {
        let isScript = file.path.hasPrefix("scripts/") || file.path.hasPrefix(".ci/")
        guard isScript || headed.contains(where: file.path.hasSuffix) else { return [] }
        guard !file.lines.prefix(3).contains(where: { $0.contains("SPDX-License-Identifier: Apache-2.0") }) else {
            return []
        }
        return [Finding(path: file.path, line: 1, what: "no SPDX-License-Identifier in the first three lines")]
    }

    /// Control characters, marks that turn the reading direction, invisible spaces, tabs and blanks at line ends.
    static func characters(_ file: RepositoryFile) -> [Finding] {
        let tabs = ["Makefile", ".tsv"].contains(where: file.path.hasSuffix)
        var findings: [Finding] = []
        for (index, line) in file.lines.enumerated() {
            for scalar in line.unicodeScalars where isForbidden(scalar.value, tabs: tabs) {
                let hex = String(scalar.value, radix: 16, uppercase: true)
                findings.append(Finding(path: file.path, line: index + 1, what: "character U+\(hex)"))
            }
            if line.last == " ", !file.path.hasSuffix(".md"), !file.path.contains("__Snapshots__") {
                findings.append(Finding(path: file.path, line: index + 1, what: "blank at the end of the line"))
            }
        }
        if !file.text.isEmpty, file.text.utf8.last != UInt8(ascii: "\n"), !file.path.contains("__Snapshots__") {
            findings.append(
                Finding(path: file.path, line: file.lines.count, what: "no line end at the end of the file")
            )
        }
        return findings
    }

    private static func isForbidden(_ value: UInt32, tabs: Bool) -> Bool {
        switch value {
        case 0x09: !tabs
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// Vietnamese is written composed (NFC), so that equal words are equal bytes.
    static func composed(_ file: RepositoryFile) -> [Finding] {
        file.lines.enumerated().compactMap { index, line in
            guard line.unicodeScalars.contains(where: { (0x300...0x36F).contains($0.value) }) else { return nil }
            let composed = line.precomposedStringWithCanonicalMapping
            guard !composed.unicodeScalars.elementsEqual(line.unicodeScalars) else { return nil }
            return Finding(path: file.path, line: index + 1, what: "letters in pieces; write NFC")
        }
    }

    /// The repository speaks of the product: no folder of the machine that it is built on.
    static func places(_ file: RepositoryFile, machine: [String]) -> [Finding] {
        let wanted = machine.filter { $0.utf8.count >= 5 } + ["/ho" + "me/", "/Us" + "ers/"]
        return file.lines.enumerated().compactMap { index, line in
            guard let place = wanted.first(where: line.contains) else { return nil }
            return Finding(path: file.path, line: index + 1, what: "`\(place)`: a place on somebody's machine")
        }
    }

    /// Endings of the host names that may stand in the repository, beside addresses of this very machine.
    private static let hosts = [
        ".example", ".test", ".invalid", "localhost", "github.com", "apache.org", "w3.org", "gov.vn",
        "spdx.org",
        "rfc-editor.org", "etsi.org", "openapis.org", "json-schema.org", "c2sp.org", "publiccode.net", "semver.org",
        "keepachangelog.com", "sqlite.org", "postgresql.org", "swift.org", "iso.org", "adobe.com", "aiim.org",
        "openid.net", "color.org", "purl.org", ".vn",
        // Vocabularies that search engines read.
        "schema.org", "sitemaps.org",
    ]

    static func addresses(_ file: RepositoryFile) -> [Finding] {
        guard !file.path.contains("__Snapshots__") else { return [] }
        var findings: [Finding] = []
        for (index, line) in file.lines.enumerated() {
            for scheme in ["http:" + "//", "https:" + "//"] {
                var rest = line[...]
                while let found = rest.firstRange(of: scheme) {
                    rest = rest[found.upperBound...]
                    let authority = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-.@:[]".contains($0)) }
                    if let host = stranger(String(authority)) {
                        findings.append(Finding(path: file.path, line: index + 1, what: "address of `\(host)`"))
                    }
                }
            }
        }
        return findings
    }

    /// The host when it is none of ours; a host that is put together at run time has no letters yet.
    private static func stranger(_ authority: String) -> String? {
        let host =
            authority.split(separator: "@").last.map { $0.split(separator: ":").first.map(String.init) ?? "" } ?? ""
        guard host.contains("."), !host.hasPrefix("["), host.contains(where: \.isLetter) else { return nil }
        let known = hosts.contains { host == $0 || host.hasSuffix($0.hasPrefix(".") ? $0 : "." + $0) }
        return known ? nil : host
    }

    /// A file of resources/ that nothing names is a file that nobody needs; articles are read by their folder.
    static func unreferenced(_ paths: [String], in texts: [RepositoryFile]) -> [Finding] {
        var named: [String: Set<String>] = [:]
        for text in texts {
            for name in names(in: text) { named[name, default: []].insert(text.path) }
        }
        let asked = paths.filter { $0.hasPrefix("resources/") && !$0.hasPrefix("resources/articles/") }
        return asked.compactMap { path in
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let stem = name.split(separator: ".").first.map(String.init) ?? name
            let readers = named[name, default: []].union(named[stem, default: []])
            return readers.subtracting([path]).isEmpty
                ? Finding(path: path, line: 1, what: "no other file names it") : nil
        }
    }

    /// What may be the name of a file: the last part of a path or of a quoted word, and the cases of enumerations.
    private static func names(in file: RepositoryFile) -> Set<String> {
        let ends = Set(" \t\n\"'`(){}<>,;\\[]=".utf8)
        var found: Set<String> = []
        var before = UInt8(ascii: " ")
        var word: [UInt8] = []
        var isCase = false
        for byte in Array(file.text.utf8) {
            guard ends.contains(byte) else {
                word.append(byte)
                continue
            }
            let isPath = word.contains(UInt8(ascii: "/")) || word.contains(UInt8(ascii: "."))
            if !word.isEmpty, isPath || isCase || before == UInt8(ascii: "\"") {
                let last = word.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? word
                found.insert(String(decoding: last, as: UTF8.self))
            }
            if !word.isEmpty { isCase = word.elementsEqual("case".utf8) }
            before = byte
            word.removeAll(keepingCapacity: true)
        }
        return found
    }
}
