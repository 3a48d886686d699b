// SPDX-License-Identifier: Apache-2.0

import Kernel

extension PackFact {
    /// Where it stands, as pages of the builder name it.
    public var packPath: PackPath {
        path.split(separator: ".").reduce(.root) { above, part in
            Int(part).map { above.index($0) } ?? above.key(String(part))
        }
    }

    /// Whether nobody has named its source yet; a fee rests on documents instead.
    public var lacksSource: Bool { source == PackStarter.unknown }

    /// The pack with a text named as the source of facts that have none yet.
    ///
    /// - Parameters:
    ///   - text: the source.
    ///   - paths: which facts may get it.
    ///   - source: the pack.
    /// - Returns: the same where all of them have one, or the text cannot be read.
    public static func naming(_ text: String, _ paths: Set<String>, in source: PackSource) -> PackSource {
        let edits = facts(of: source).filter { paths.contains($0.path) && $0.lacksSource }
            .map { PackEdit.set($0.packPath.key("source"), .text(text)) }
        let manuscript = PackManuscript(String(decoding: source.files[PackSource.mainFile] ?? [], as: UTF8.self))
        // A text that cannot be changed stays: its facts are refused as having no source.
        guard !edits.isEmpty, let named = try? manuscript.applying(edits) else { return source }
        var files = source.files
        files[PackSource.mainFile] = named.bytes
        return PackSource(path: source.path, files: files)
    }

    /// The parts of the pack that are not done while the fact rests on the skeleton's words: its own place, and what
    /// one of the eleven items is about.
    public func concerns(in tree: PackTree) -> [PackPath] {
        let item = tree[packPath]?["item"]?.text.flatMap { InformationItem(rawValue: $0) }
        let keys =
            switch item {
            case .executionSequence: ["executionSequence", "workflow"]
            case .components: ["components"]
            case .result: ["result"]
            case .formsRequirementsFees: ["form", "requirements", "fees"]
            default: [String]()
            }
        return [packPath] + keys.map { PackPath.root.key($0) }
    }

    /// What it says, in words: the amount, the channels, the time limit, the beginning of a text.
    ///
    /// - Parameter tree: the pack in which the fact was found.
    /// - Returns: empty where the pack says nothing of it.
    public func words(in tree: PackTree) -> String {
        let reader = PackReader(names: PackNames(tree))
        guard let value = tree[packPath], let section = PackSheet.section(at: packPath) else { return "" }
        if section.name == PackSection.information.name, let item = InformationItem(rawValue: value["item"]?.text ?? "")
        {
            return reader.words(of: item, in: tree)
        }
        return reader.words(value, section)
    }
}

/// Reads a piece of a pack out, by the table of the language.
struct PackReader {
    let names: PackNames

    private static let limit = 600
    /// What says nothing about the fact itself.
    private static let silent: Set<String> = ["id", "source", "verified", "basis"]

    /// What stands under a key, without its label.
    func words(_ value: PackTree, _ kind: PackValue, label: String = "") -> String {
        switch (kind, value) {
        case (.list(let element), .list(let items)):
            return items.map { words($0, element, label: label) }.joined(separator: " · ")
        case (.section(let section), .entries): return words(value, section())
        case (.condition, _): return condition(value)
        case (_, .text(let text)): return words(text, kind, label)
        case (_, .list(let items)): return items.compactMap(\.text).joined(separator: ", ")
        case (_, .entries(let entries)):
            return entries.map { "\($0.key) \($0.value.text ?? "…")" }.joined(separator: ", ")
        }
    }

    /// A mapping: its answers with their labels.
    func words(_ value: PackTree, _ section: PackSection) -> String {
        if [PackSection.timeLimit.name, PackSection.longerLimit.name].contains(section.name),
            let number = value["value"]?.text, let unit = value["unit"]?.text
        {
            let word = section.key("unit")?.value.words?.first { $0.name == unit }?.vietnamese ?? unit
            return "\(number) \(word)"
        }
        return section.keys.compactMap { key -> String? in
            guard !Self.silent.contains(key.name), let answer = value[key.name] else { return nil }
            let words = words(answer, key.value, label: key.label)
            return words.isEmpty ? nil : "\(key.label.replacing(" (đồng)", with: "")): \(words)"
        }
        .joined(separator: "; ").limited(Self.limit)
    }

    private func words(_ text: String, _ kind: PackValue, _ label: String) -> String {
        switch kind {
        case .word(let words): return words.first { $0.name == text }?.vietnamese.uppercasedFirst ?? text
        case .reference(let reference): return names.options(reference).first { $0.name == text }?.label ?? text
        case .yesNo, .yes: return text == "yes" || text == "true" ? "Có" : "Không"
        case .day, .dayBound: return LocalDate(text)?.vietnamese ?? text
        case .integer:
            let grouped = Int64(text).map { String(grouped: $0) } ?? text
            return label.hasSuffix("(đồng)") ? "\(grouped) đồng" : grouped
        default: return text
        }
    }

    /// `Số tầng lớn hơn 2`; what has more levels stays in the words of the pack.
    func condition(_ value: PackTree) -> String {
        let control = PackQuestion.conditionControl(value, names)
        guard case .condition(let rows, let fields, let tests) = control,
            let typed = PackQuestion.conditionRows(value, "c", names, limit: rows)
        else { return "điều kiện nhiều lớp" }
        let joined = typed["c.mode"] == ["any"] ? " hoặc " : " và "
        return (0..<rows).compactMap { row -> String? in
            guard let field = typed["c.\(row).field"]?.first else { return nil }
            let test = typed["c.\(row).test"]?.first ?? ""
            return [
                "“\(fields.first { $0.name == field }?.label ?? field)”",
                tests.first { $0.name == test }?.label.lowercased() ?? test,
                typed["c.\(row).value"]?.first ?? "",
            ]
            .joined(separator: " ")
        }
        .joined(separator: joined)
    }

    // MARK: - The eleven items

    func words(of item: InformationItem, in tree: PackTree) -> String {
        let methods = tree["submissionMethods"]?.items ?? []
        let channel = PackSection.submissionMethod.key("channel")
        func name(_ method: PackTree) -> String {
            method["channel"].flatMap { value in channel.map { words(value, $0.value) } } ?? ""
        }
        let text: String =
            switch item {
            case .name: own(["name"], tree, isLabelled: false)
            case .executionSequence: own(["executionSequence"], tree, isLabelled: false)
            case .submissionMethods: own(["submissionMethods"], tree, isLabelled: false)
            case .components: own(["components", "numberOfSets"], tree)
            case .timeLimit:
                methods.map { "\(name($0)): \($0["timeLimit"].map { words($0, PackSection.timeLimit) } ?? "")" }
                    .joined(separator: "; ")
            case .subjects: own(["subjects"], tree, isLabelled: false)
            case .agencies: own(["executingAgencies"], tree, isLabelled: false)
            case .result: tree["result"]?["name"]?.text ?? ""
            case .formsRequirementsFees: own(["requirements", "fees"], tree)
            case .channels:
                "Nhận hồ sơ: \(methods.map(name).joined(separator: ", ")). Trả kết quả: "
                    + (tree["result"]?["deliveryWays"].flatMap { ways in
                        PackSection.result.key("deliveryWays").map { words(ways, $0.value) }
                    } ?? "")
            case .legalBasis:
                (tree["legalBasis"]?.items ?? []).compactMap { $0["name"]?.text }.joined(separator: " · ")
            }
        return text.limited(Self.limit)
    }

    private func own(_ keys: [String], _ tree: PackTree, isLabelled: Bool = true) -> String {
        keys.compactMap { name -> String? in
            guard let key = PackSection.procedure.key(name), let value = tree[name] else { return nil }
            let words = words(value, key.value)
            let shown = words.isEmpty ? "không có" : words
            return isLabelled ? "\(key.label): \(shown)" : shown
        }
        .joined(separator: ". ")
    }
}
