// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The text with which a new procedure begins, and the change of a code: the rest is for the editor.
enum PackSkeleton {
    /// A pack that says its code, its name and its first day; the checker tells what it lacks.
    static func source(code: String, name: String, validFrom: LocalDate) -> PackSource {
        let text = """
            # SPDX-License-Identifier: Apache-2.0
            # Ngôn ngữ của gói: docs/packs.md.

            code: \(code)
            name: \(quoted(name))
            validFrom: \(validFrom)
            numberOfSets: 1
            declaredLevel: 1

            """
        return PackSource(path: code, files: [PackSource.mainFile: Array(text.utf8)])
    }

    /// The same pack under another code, with every fact to be compared anew; nil when the text cannot be read.
    static func copy(_ source: PackSource, as code: String) -> PackSource? {
        guard let bytes = source.files[PackSource.mainFile], let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("code:") ? "code: \(code)" : String(line)
        }
        var files = source.files
        files[PackSource.mainFile] = Array(lines.joined(separator: "\n").utf8)
        return PackFact.marking(false, nil, in: PackSource(path: code, files: files))
    }

    /// Letters, digits, dots and underscores, as the checker asks; nothing that an address or a folder could misread.
    static func isCode(_ text: String) -> Bool {
        let isSound = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 46
                || byte == 95
        }
        return isSound && (1...60).contains(text.utf8.count) && canNameFolder(text)
    }

    /// Whether a folder may bear this code on every system: it begins and ends with a letter or digit, and is no name
    /// of a device of Windows.
    static func canNameFolder(_ code: String) -> Bool {
        guard let first = code.utf8.first, let last = code.utf8.last else { return false }
        let stem = String(code.prefix { $0 != "." }).uppercased()
        return ![first, last].contains { ".-_".utf8.contains($0) } && !deviceNames.contains(stem)
    }

    private static let deviceNames = Set(
        ["CON", "PRN", "AUX", "NUL"] + (0...9).flatMap { ["COM\($0)", "LPT\($0)"] }
    )

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"" + String(escaped.map { $0.isNewline ? " " : $0 }) + "\""
    }
}
