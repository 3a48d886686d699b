// SPDX-License-Identifier: Apache-2.0

import Yams

/// The content of a pack's YAML without its looks: texts, lists and mappings in their order.
public indirect enum PackTree: Hashable, Sendable {
    /// One value; every scalar of the language is read as text.
    case text(String)
    /// Values one after the other.
    case list([PackTree])
    /// Keys with their values, in the order of the file.
    case entries([Entry])

    /// One key with its value.
    public struct Entry: Hashable, Sendable {
        /// The key.
        public var key: String
        /// Its value.
        public var value: PackTree

        /// A key with its value.
        public init(_ key: String, _ value: PackTree) {
            self.key = key
            self.value = value
        }
    }

    /// A mapping without a key.
    public static let emptyEntries = PackTree.entries([])

    /// The text of a single value; nil for lists and mappings.
    public var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    /// The values of a list; empty for all else.
    public var items: [PackTree] {
        if case .list(let items) = self { return items }
        return []
    }

    /// The entries of a mapping; empty for all else.
    public var entries: [Entry] {
        if case .entries(let entries) = self { return entries }
        return []
    }

    /// The value of a key of this mapping.
    public subscript(key: String) -> PackTree? { entries.first { $0.key == key }?.value }

    /// What stands at a path; nil when nothing does.
    public subscript(path: PackPath) -> PackTree? {
        var tree: PackTree? = self
        for step in path.steps { tree = tree?.child(step) }
        return tree
    }

    func child(_ step: PackPath.Step) -> PackTree? {
        switch step {
        case .key(let key): self[key]
        case .index(let index): items.indices.contains(index) ? items[index] : nil
        }
    }

    /// A mapping of single values: `["id": "x"]` in this order.
    public static func texts(_ pairs: [(String, String)]) -> PackTree {
        .entries(pairs.map { Entry($0.0, .text($0.1)) })
    }
}

/// The YAML of a pack with the place of everything in it.
struct PackNode: Sendable {
    struct Entry: Sendable {
        let key: String
        let place: SourcePlace
        let value: PackNode
    }

    indirect enum Content: Sendable {
        case text(String)
        case list([PackNode])
        case entries([Entry])
    }

    let content: Content
    let place: SourcePlace
    /// Whether it stands in one line with brackets: `{ a: b }`.
    let isFlow: Bool

    /// What was parsed. Aliases do not occur: the reader refuses them before the parser.
    init(_ node: Node) {
        place = node.place
        switch node {
        case .scalar(let scalar): (content, isFlow) = (.text(scalar.string), false)
        case .alias: (content, isFlow) = (.text(""), false)
        case .sequence(let sequence): (content, isFlow) = (.list(sequence.map(PackNode.init)), sequence.style == .flow)
        case .mapping(let mapping):
            let entries = mapping.map { key, value in
                Entry(key: key.scalar?.string ?? "", place: key.place, value: PackNode(value))
            }
            (content, isFlow) = (.entries(entries), mapping.style == .flow)
        }
    }

    var tree: PackTree {
        switch content {
        case .text(let text): .text(text)
        case .list(let items): .list(items.map(\.tree))
        case .entries(let entries): .entries(entries.map { PackTree.Entry($0.key, $0.value.tree) })
        }
    }
}

/// Where something stands in a pack: `form.pages[1].fields[3]`.
public struct PackPath: Hashable, Sendable {
    /// One step down.
    public enum Step: Hashable, Sendable {
        /// To the value of a key.
        case key(String)
        /// To a place of a list, from 0.
        case index(Int)
    }

    /// The steps from the top.
    public var steps: [Step]

    /// The whole pack.
    public static let root = PackPath([])

    /// A path of these steps.
    public init(_ steps: [Step]) {
        self.steps = steps
    }

    /// Deepest path that is read from text.
    static let depthLimit = 32

    /// Reads `form.pages[1].fields[3]`; nil for anything else. The empty text is the whole pack.
    public init?(_ text: String) {
        var steps: [Step] = []
        guard text.utf8.count <= 1_000 else { return nil }
        for part in text.split(separator: ".", omittingEmptySubsequences: false) where !text.isEmpty {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard let key = pieces.first, !key.contains("]"), !key.isEmpty || (steps.isEmpty && pieces.count > 1) else {
                return nil
            }
            if !key.isEmpty { steps.append(.key(Self.unescaped(key))) }
            for piece in pieces.dropFirst() {
                guard piece.hasSuffix("]"), let index = Int(piece.dropLast()), (0...9_999).contains(index) else {
                    return nil
                }
                steps.append(.index(index))
            }
        }
        guard steps.count <= Self.depthLimit else { return nil }
        self.steps = steps
    }

    /// The path one step further.
    public func key(_ key: String) -> PackPath { PackPath(steps + [.key(key)]) }

    /// The path one step further.
    public func index(_ index: Int) -> PackPath { PackPath(steps + [.index(index)]) }

    /// The path without its last step; nil for the whole pack.
    public var parent: PackPath? { steps.isEmpty ? nil : PackPath(Array(steps.dropLast())) }

    /// The key of the last step; nil for a place of a list.
    public var lastKey: String? {
        if case .key(let key)? = steps.last { return key }
        return nil
    }

    /// The place in the list of the last step; nil for a key.
    public var lastIndex: Int? {
        if case .index(let index)? = steps.last { return index }
        return nil
    }

    /// Whether this path is another one or leads into it.
    public func isInside(_ other: PackPath) -> Bool { steps.starts(with: other.steps) }

    // Letters that the path itself uses do not occur in keys of the language, only in names of answers.
    private static let escapes: [(Character, String)] = [("%", "%25"), (".", "%2E"), ("[", "%5B"), ("]", "%5D")]

    private static func escaped(_ key: String) -> String {
        String(key.flatMap { letter in escapes.first { $0.0 == letter }.map { Array($0.1) } ?? [letter] })
    }

    private static func unescaped(_ key: Substring) -> String {
        escapes.reversed().reduce(String(key)) { $0.replacing($1.1, with: String($1.0)) }
    }
}

extension PackPath: CustomStringConvertible {
    /// `form.pages[1].fields[3]`.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key): text += (text.isEmpty ? "" : ".") + Self.escaped(key)
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}
