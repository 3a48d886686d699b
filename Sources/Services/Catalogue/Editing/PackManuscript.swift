// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The text of a pack while it is being written: what it says, where each thing stands, and changes of it.
///
/// A change touches the lines of what it is about and no others: comments and layout elsewhere stay. Where that is not
/// possible the text around it is written anew, at last the whole; then comments are lost there.
public struct PackManuscript: Sendable {
    /// The YAML, with single line feeds.
    public let text: String
    /// What it says; nil when it cannot be read as YAML, which `findings` tell.
    public let tree: PackTree?
    /// What is wrong with the text as YAML; empty when it can be read.
    public let findings: [CatalogueFinding]
    let root: PackNode?

    /// Reads this text. Any text may be a manuscript: what cannot be read is kept as it is.
    public init(_ text: String) {
        let text = Self.tidy(text)
        let out = FindingCollector(file: PackSource.mainFile)
        root = PackText.tree(Array(text.utf8), out).map(PackNode.init)
        self.text = text
        tree = root?.tree
        findings = root == nil ? out.findings : []
    }

    /// A manuscript that says this, written in the looks of the house.
    public init(_ tree: PackTree) {
        self.init(PackWriter.document(tree).joined(separator: "\n") + "\n")
    }

    /// Bytes of the file.
    public var bytes: [UInt8] { Array(text.utf8) }

    /// The manuscript after these changes, one after the other.
    ///
    /// - Throws: `PackEditError`; nothing is changed then.
    public func applying(_ edits: [PackEdit]) throws(PackEditError) -> PackManuscript {
        var current = self
        for edit in edits {
            current = try current.applying(edit)
            guard current.text.utf8.count <= PackText.byteLimit else { throw .tooLarge }
        }
        return current
    }

    private func applying(_ edit: PackEdit) throws(PackEditError) -> PackManuscript {
        guard let tree, let root else { throw .textUnreadable }
        let wanted = try tree.applying(edit)
        guard wanted != tree else { return self }
        let patch = PackPatch(lines: text.split(separator: "\n", omittingEmptySubsequences: false), root: root)
        // The narrowest change first; each is believed only when it reads back to what is wanted.
        for attempt in patch.attempts(for: edit, from: tree, to: wanted) {
            guard let lines = attempt() else { continue }
            let candidate = PackManuscript(lines.joined(separator: "\n"))
            if candidate.tree == wanted { return candidate }
        }
        let head = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("#") }
        let lines = head.map(String.init) + (head.isEmpty ? [] : [""]) + PackWriter.document(wanted)
        let rewritten = PackManuscript(lines.joined(separator: "\n") + "\n")
        guard rewritten.tree == wanted else { throw .tooLarge }
        return rewritten
    }

    /// How many lines of comments the text has: the page says when a change lost some.
    public var commentCount: Int {
        text.split(separator: "\n").count { $0.drop { $0 == " " }.hasPrefix("#") }
    }

    /// Composed letters and single line feeds, as every text that comes in by a form.
    private static func tidy(_ text: String) -> String {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
        return VietnameseText.nfc(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
    }
}

// MARK: - Places

extension PackManuscript {
    /// The path of what begins at a place of the text, or else of the last thing that begins before it. The checker
    /// names a mapping by its first key's place; of a key that is unknown or twice it names the key.
    public func path(of finding: CatalogueFinding) -> PackPath {
        let wantsKey = finding.rule == .unknownKey || finding.rule == .duplicateKey
        var best = (place: SourcePlace.start, path: PackPath.root)
        var exact: PackPath?
        visit { path, place, isKey in
            guard isKey == wantsKey else { return }
            if place == finding.place, exact == nil { exact = path }
            if place <= finding.place, place >= best.place { best = (place, path) }
        }
        guard let found = exact else { return best.path }
        guard finding.rule == .missingKey, let key = Self.quotedWord(finding.text) else { return found }
        return found.key(key)
    }

    /// The line on which the value at a path begins, from 1; nil when nothing stands there.
    public func line(of path: PackPath) -> Int? {
        var line: Int?
        visit { visited, place, isKey in if visited == path, !isKey { line = place.line } }
        return line
    }

    /// The lines of the entry or element at a path, as they stand; nil where it has none of its own.
    public func lines(of path: PackPath) -> String? {
        guard let root else { return nil }
        let patch = PackPatch(lines: text.split(separator: "\n", omittingEmptySubsequences: false), root: root)
        return patch.range(of: path).map { patch.lines[$0].joined(separator: "\n") }
    }

    /// Calls for every key and every value in the order of the text.
    private func visit(_ body: (_ path: PackPath, _ place: SourcePlace, _ isKey: Bool) -> Void) {
        guard let root else { return }
        var stack: [(PackPath, PackNode)] = [(.root, root)]
        while let (path, node) = stack.popLast() {  // bounded by the text: no aliases
            body(path, node.place, false)
            switch node.content {
            case .entries(let entries):
                for entry in entries { body(path.key(entry.key), entry.place, true) }
                for entry in entries.reversed() { stack.append((path.key(entry.key), entry.value)) }
            case .list(let items):
                for (index, value) in items.enumerated().reversed() { stack.append((path.index(index), value)) }
            case .text: break
            }
        }
    }

    /// `Thiếu khóa “name”.` → `name`.
    private static func quotedWord(_ text: String) -> String? {
        guard let open = text.firstIndex(of: "“"), let close = text[open...].firstIndex(of: "”") else { return nil }
        return String(text[text.index(after: open)..<close])
    }
}
