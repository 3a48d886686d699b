// SPDX-License-Identifier: Apache-2.0

import Kernel
import Yams

/// A fact of a pack that names its source, and whether a person has compared it with the official text.
public struct PackFact: Hashable, Sendable {
    /// Where it stands: `legalBasis.0`, `fees.0.rules.1`. Holds for one state of the text.
    public let path: String
    /// What it is about, as pages say it: `Căn cứ “Luật Hộ tịch”`.
    public let label: String
    /// Where it was taken from: the source, or the documents that it rests on.
    public let source: String
    /// Why it cannot be compared with anything, by its own words or those of a document that it names; nil where it
    /// can.
    public let hindrance: FactHindrance?
    /// Whether the document itself still has the skeleton's name: no source can mend that.
    public let lacksName: Bool
    /// What the text says.
    let saysVerified: Bool
    /// Where the pack says it.
    public let place: SourcePlace
    /// Where the word stands that says so.
    let verdictPlace: SourcePlace

    /// Whether a person has compared it with the official text: never, while there is none.
    public var isVerified: Bool { saysVerified && hindrance == nil }

    /// Whether it still rests on the skeleton's words.
    public var isPlaceholder: Bool { hindrance == .placeholder }

    /// Facts that count as compared and did not in the text before: each that is new or whose word was turned, found by
    /// its place and what it says.
    public static func turned(from old: PackSource?, to new: PackSource) -> [PackFact] {
        let before = Set((old.map { facts(of: $0) } ?? []).filter(\.isVerified).map { [$0.path, $0.label, $0.source] })
        return facts(of: new).filter { $0.isVerified && !before.contains([$0.path, $0.label, $0.source]) }
    }

    /// The facts of a pack in the order of its text; none when the text cannot be read.
    public static func facts(of source: PackSource) -> [PackFact] {
        guard let bytes = source.files[PackSource.mainFile],
            let root = PackText.tree(bytes, FindingCollector(file: PackSource.mainFile))
        else { return [] }
        return FactWalk(root).facts
    }

    /// The pack with another word for whether its facts are compared: only the word changes.
    ///
    /// - Parameters:
    ///   - isVerified: what is to stand there.
    ///   - paths: the facts; nil for all of them.
    ///   - source: the pack.
    /// - Returns: nil when the text cannot be read.
    static func marking(_ isVerified: Bool, _ paths: Set<String>?, in source: PackSource) -> PackSource? {
        guard let bytes = source.files[PackSource.mainFile], let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let marked = facts(of: source).filter { fact in
            fact.saysVerified != isVerified && paths.map { $0.contains(fact.path) } ?? true
        }
        // From the end, so that the places of those before stay as they are.
        for fact in marked.sorted(by: { $0.verdictPlace > $1.verdictPlace }) {
            let (line, column) = (fact.verdictPlace.line - 1, fact.verdictPlace.column - 1)
            guard lines.indices.contains(line) else { return nil }
            var scalars = Array(lines[line].unicodeScalars)
            guard column < scalars.count else { return nil }
            let quote = scalars[column] == "\"" || scalars[column] == "'"
            let start = quote ? column + 1 : column
            let length = scalars[start...].prefix { ("a"..."z").contains($0) }.count
            scalars.replaceSubrange(start..<start + length, with: (isVerified ? "yes" : "no").unicodeScalars)
            var changed = String.UnicodeScalarView()
            changed.append(contentsOf: scalars)
            lines[line] = String(changed)
        }
        var files = source.files
        files[PackSource.mainFile] = Array(lines.joined(separator: "\n").utf8)
        return PackSource(path: source.path, files: files)
    }
}

/// Finds every mapping with the key `verified`, whichever section of the language it is.
private struct FactWalk {
    private(set) var facts: [PackFact] = []
    private var documents: [String: String] = [:]
    /// Documents that nothing can be compared with.
    private var hindered: [String: FactHindrance] = [:]
    /// Those of the skeleton that have no name of their own.
    private var unnamed: Set<String> = []

    init(_ root: Node) {
        for document in root["legalBasis"]?.sequence ?? [] {
            guard let id = document["id"]?.scalar?.string, let name = document["name"]?.scalar?.string else { continue }
            hindered[id] = Self.hindrance(ofDocument: document)
            if Self.isUnnamed(document) { unnamed.insert(id) }
            documents[id] = document["number"]?.scalar.map { "\(name) số \($0.string)" } ?? name
        }
        walk(root, path: [], named: nil)
    }

    /// Depth is bounded by `PackText.depthLimit`.
    private mutating func walk(_ node: Node, path: [String], named parent: String?) {
        switch node {
        case .mapping(let mapping):
            let name = ["name", "label"].lazy.compactMap { node[$0]?.scalar?.string }.first
            if let verdict = node["verified"]?.scalar, let mark = verdict.mark {
                facts.append(
                    PackFact(
                        path: path.joined(separator: "."),
                        label: label(node, path, name ?? parent),
                        source: source(node),
                        hindrance: hindrance(node, path),
                        lacksName: Self.isUnnamed(node) || basis(node).contains { unnamed.contains($0) },
                        saysVerified: ["yes", "true"].contains(verdict.string),
                        place: node.place,
                        verdictPlace: SourcePlace(line: mark.line, column: mark.column)
                    )
                )
            }
            for (key, value) in mapping {
                walk(value, path: path + [key.scalar?.string ?? ""], named: name ?? parent)
            }
        case .sequence(let sequence):
            for (index, value) in sequence.enumerated() {
                walk(value, path: path + ["\(index)"], named: parent)
            }
        case .scalar, .alias: break
        }
    }

    private func label(_ node: Node, _ path: [String], _ name: String?) -> String {
        let section = path.last { Int($0) == nil } ?? ""
        let item = node["item"]?.scalar.map { InformationItem(rawValue: $0.string)?.vietnamese ?? $0.string }
        let what = item ?? name ?? node["id"]?.scalar?.string
        let quoted = what.map { " “\($0)”" } ?? ""
        switch section {
        case "legalBasis": return "Căn cứ" + quoted
        case "information": return "Nội dung" + quoted
        case "retention": return "Thời hạn lưu hồ sơ"
        case "lengthenings": return "Kéo dài thời hạn" + quoted
        case "presence": return "Việc phải có mặt" + (node["reason"]?.scalar.map { " “\($0.string)”" } ?? "")
        case "rules": return "Mức thu" + quoted + period(node)
        case "exemptions": return "Miễn giảm" + quoted
        default: return "Mục \(path.joined(separator: "."))" + quoted
        }
    }

    /// A fee has a rule for each period: the day tells them apart.
    private func period(_ node: Node) -> String {
        node["validFrom"]?.scalar.flatMap { LocalDate($0.string) }.map { " từ ngày \($0.vietnamese)" } ?? ""
    }

    private func source(_ node: Node) -> String {
        if let text = node["source"]?.scalar?.string { return text }
        return basis(node).map { documents[$0] ?? $0 }.joined(separator: "; ")
    }

    private func basis(_ node: Node) -> [String] {
        node["basis"]?.sequence?.compactMap { $0.scalar?.string } ?? []
    }

    private static func isUnnamed(_ node: Node) -> Bool {
        node["name"]?.scalar?.string == PackStarter.unknownLaw
    }

    private func hindrance(_ node: Node, _ path: [String]) -> FactHindrance? {
        if path.first == "legalBasis" { return Self.hindrance(ofDocument: node) }
        if let own = Self.hindrance(of: node) { return own }
        if node["setByCouncil"] != nil { return .setByCouncil }
        return basis(node).lazy.compactMap { hindered[$0] }.first
    }

    private static func hindrance(of node: Node) -> FactHindrance? {
        let source = node["source"]?.scalar?.string
        if source == PackStarter.unknown || isUnnamed(node) { return .placeholder }
        return source.map(FactHindrance.isUnknown) == true ? .unknownSource : nil
    }

    private static func hindrance(ofDocument node: Node) -> FactHindrance? {
        if let own = hindrance(of: node) { return own }
        func text(_ key: String) -> String? { node[key]?.scalar?.string }
        let isNumbered = FactHindrance.isNumbered(
            text("number"),
            name: text("name") ?? "",
            source: text("source") ?? ""
        )
        return isNumbered ? nil : .unnumbered
    }
}
