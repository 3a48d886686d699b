// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One text file of the repository.
struct RepositoryFile: Sendable {
    /// Path from the root of the repository.
    let path: String
    let text: String
    let lines: [String]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        // By bytes: "\r\n" is one Character, and would hide the line end.
        let pieces = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        lines = pieces.map { String(decoding: $0, as: UTF8.self) }
    }

    var isSwift: Bool { path.hasSuffix(".swift") }

    /// The last part of the path.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The target whose folder the file stands in: `Storage` for `Sources/Machinery/Storage/…` and for its tests.
    var room: String? {
        let parts = path.split(separator: "/").map(String.init)
        if parts.first == "Sources", parts.count > 3 { return parts[2] }
        guard parts.first == "Tests", parts.count > 2 else { return nil }
        return parts[1].hasSuffix("Tests") ? String(parts[1].dropLast(5)) : parts[1]
    }

    /// The floor: `Machinery` for `Sources/Machinery/…`, nil outside `Sources`.
    var floor: String? {
        let parts = path.split(separator: "/").map(String.init)
        return parts.first == "Sources" && parts.count > 2 ? parts[1] : nil
    }
}

/// Something that a rule does not allow, and where.
struct Finding: Equatable, CustomStringConvertible {
    let path: String
    /// Counted from 1.
    let line: Int
    let what: String

    var description: String { "\(path):\(line): \(what)" }
}

/// The tree as it stands on disk: what is built, hidden or made by a run is left out.
struct Repository: Sendable {
    let root: String
    /// Text files, sorted by path.
    let files: [RepositoryFile]
    /// Files that are not text, sorted.
    let otherPaths: [String]

    static let here = Repository(root: rootFolder())

    init(root: String) {
        self.root = root
        var files: [RepositoryFile] = []
        var others: [String] = []
        for path in Self.paths(below: root).sorted() {
            if let data = FileManager.default.contents(atPath: root + "/" + path), !data.contains(0),
                let text = String(data: data, encoding: .utf8)
            {
                files.append(RepositoryFile(path: path, text: text))
            } else {
                others.append(path)
            }
        }
        self.files = files
        otherPaths = others
    }

    var swift: [RepositoryFile] { files.filter(\.isSwift) }

    func file(_ path: String) -> RepositoryFile? { files.first { $0.path == path } }

    private static func rootFolder() -> String {
        var parts = #filePath.split(separator: "/")
        parts.removeLast(3)
        return "/" + parts.joined(separator: "/")
    }

    private static func paths(below root: String) -> [String] {
        let skipped: Set<String> = ["data", "var", "__pycache__"]
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? [] {
                // A folder that another test removes meanwhile simply has no entries.
                if name.hasPrefix("."), name != ".ci" { continue }
                if name == "Package.resolved" || folder.isEmpty && skipped.contains(name) || name == "__pycache__" {
                    continue
                }
                let path = folder.isEmpty ? name : folder + "/" + name
                // What another test removed meanwhile has no attributes.
                let attributes = try? FileManager.default.attributesOfItem(atPath: root + "/" + path)
                let kind = attributes?[.type] as? FileAttributeType
                if kind == .typeDirectory { folders.append(path) }
                if kind == .typeRegular { found.append(path) }
            }
        }
        return found
    }
}
