// SPDX-License-Identifier: Apache-2.0

import Kernel

/// One page of the builder: the questions about one mapping of the pack, and the lists in it.
///
/// It is drawn from the table of the language, so that a key that the language gets is a question of the builder.
public struct PackSheet: Sendable {
    /// Where the mapping stands.
    public let path: PackPath
    /// What it is: `Trường`.
    public let title: String
    /// Whether it is a new element of a list, which is not in the pack yet.
    public let isNew: Bool
    /// The questions in reading order.
    public let questions: [PackQuestion]
    /// The lists in reading order.
    public let lists: [PackListing]
    let section: PackSection
    let tree: PackTree
    /// Sections inside this page that may be left out as a whole.
    private let optionalParts: [PackPath]

    /// The page of a mapping; nil where the language knows no mapping, or nothing stands there.
    ///
    /// - Parameters:
    ///   - tree: the pack.
    ///   - path: where; the place behind the last element of a list is a new element.
    ///   - keys: of the whole pack, those that this page asks for; nil for all.
    ///   - files: the names of the files beside the pack.
    public init?(_ tree: PackTree, at path: PackPath, keys: [String]? = nil, files: [String] = []) {
        guard let section = Self.section(at: path) else { return nil }
        let standing = tree[path]
        let isNew = standing == nil && Self.isBehindLast(path, in: tree)
        guard isNew || standing != nil || path.lastIndex == nil else { return nil }
        var builder = PackSheetBuilder(
            tree: tree,
            names: PackNames(tree),
            files: files,
            defaults: isNew ? PackDefaults.entries(of: section.name, in: tree) : [:]
        )
        builder.add(section, at: path, value: standing ?? .emptyEntries, group: nil, only: keys, prefix: "")
        (self.path, self.section, self.tree, self.isNew) = (path, section, tree, isNew)
        title = section.title
        (questions, lists, optionalParts) = (builder.questions, builder.lists, builder.optionalParts)
    }

    private static func isBehindLast(_ path: PackPath, in tree: PackTree) -> Bool {
        guard let list = path.parent, let index = path.lastIndex else { return false }
        switch tree[list] {
        case .list(let items)?: return index == items.count
        case nil: return index == 0
        default: return false
        }
    }

    /// Whether the language has a mapping at a path, which then has a page.
    public static func exists(at path: PackPath) -> Bool { section(at: path) != nil }

    /// What lists call the element at a path: its name, else its kind.
    public static func words(at path: PackPath, in tree: PackTree) -> String {
        guard let section = section(at: path) else { return path.description }
        return tree[path].map { PackDefaults.words($0, section, PackNames(tree)).title } ?? section.title
    }

    /// The kind of mapping that stands at a path.
    static func section(at path: PackPath) -> PackSection? {
        var value = PackValue.section(.procedure)
        for step in path.steps {
            switch (step, value) {
            case (.key(let name), .section(let section)):
                guard let key = section().key(name) else { return nil }
                value = key.value
            case (.index, .list(let element)): value = element
            default: return nil
            }
        }
        if case .section(let section) = value { return section() }
        return nil
    }

    // MARK: - Answers

    /// What a person typed as changes of the pack. Nothing is refused here: what is wrong is kept, and the checker
    /// tells so.
    ///
    /// - Parameter values: the values sent under a name; empty where nothing was.
    /// - Returns: the changes; none where nothing is new.
    public func edits(_ values: (String) -> [String]) -> [PackEdit] {
        var decoded = questions.map { ($0, $0.decode(values)) }
        nameNew(&decoded)
        let options = typedOptions(values)
        guard !isNew else {
            // In the order of the language, parts inside their section.
            var element = PackTree.emptyEntries
            for (question, value) in decoded where !isLeftOut(question, decoded) {
                guard let value else { continue }
                let below = PackPath(Array(question.path.steps.dropFirst(path.steps.count)))
                // The way down exists or is made: this cannot fail.
                element = (try? element.applying(.set(below, value))) ?? element
            }
            // As above: it exists, or is made.
            if let options { element = (try? element.applying(.set(PackPath.root.key("options"), options))) ?? element }
            return path.parent.map { [.append(element, to: $0)] } ?? []
        }
        var edits: [PackEdit] = []
        for part in optionalParts where tree[part] != nil && isEmpty(part, decoded) { edits.append(.remove(part)) }
        for (question, value) in decoded where value != question.value && !isLeftOut(question, decoded) {
            if let value {
                edits.append(.set(question.path, value))
            } else {
                edits.append(.remove(question.path))
            }
        }
        if let options { edits.append(options.items.isEmpty ? .remove(optionsPath) : .set(optionsPath, options)) }
        return edits
    }

    /// A part that may be left out is, when nothing but yes/no questions of it are answered and its lists are empty.
    private func isEmpty(_ part: PackPath, _ decoded: [(PackQuestion, PackTree?)]) -> Bool {
        let hasAnswer = decoded.contains { question, value in
            if case .yesNo = question.control { return false }
            return value != nil && question.path.isInside(part)
        }
        return !hasAnswer && !lists.contains { $0.path.isInside(part) && !$0.items.isEmpty }
    }

    private func isLeftOut(_ question: PackQuestion, _ decoded: [(PackQuestion, PackTree?)]) -> Bool {
        optionalParts.contains { question.path.isInside($0) && isEmpty($0, decoded) }
    }

    /// A thing without a name within the pack gets one from what people call it.
    private func nameNew(_ decoded: inout [(PackQuestion, PackTree?)]) {
        let label = decoded.first { ["label", "name", "title"].contains($0.0.path.lastKey ?? "") }?.1?.text
        guard let label else { return }
        for index in decoded.indices where decoded[index].1 == nil {
            guard case .identifier = decoded[index].0.key.value, decoded[index].0.path.parent == path else { continue }
            let taken =
                decoded[index].0.path.lastKey == "value"
                ? Set((path.parent.flatMap { tree[$0]?.items } ?? []).compactMap { $0["value"]?.text }) : tree.names
            let name = PackDefaults.identifier(from: label)
            decoded[index].1 = .text(taken.contains(name) ? PackTree.fresh(name, besides: taken) : name)
        }
    }
}

/// Gathers the questions and lists of a page.
private struct PackSheetBuilder {
    let tree: PackTree
    let names: PackNames
    let files: [String]
    let defaults: [String: PackTree]
    var questions: [PackQuestion] = []
    var lists: [PackListing] = []
    var optionalParts: [PackPath] = []

    mutating func add(
        _ section: PackSection,
        at path: PackPath,
        value: PackTree,
        group: String?,
        only keys: [String]?,
        prefix: String,
        isRare: Bool = false
    ) {
        for key in section.keys where keys?.contains(key.name) ?? true {
            let (place, name) = (path.key(key.name), prefix + key.name)
            let standing = value[key.name]
            switch key.value {
            case .section(let part) where standing.map { if case .entries = $0 { true } else { false } } ?? true:
                if !key.isRequired { optionalParts.append(place) }
                add(
                    part(),
                    at: place,
                    value: standing ?? .emptyEntries,
                    group: key.label,
                    only: nil,
                    prefix: name + "-",
                    isRare: isRare || key.isRare
                )
            case .list(.section(let element))
            where standing.map { if case .list = $0 { true } else { false } } ?? true:
                lists.append(listing(key, element(), at: place, standing))
            default:
                let shown = standing ?? (group == nil ? defaults[key.name] : nil)
                questions.append(
                    PackQuestion.make(
                        key,
                        name,
                        at: place,
                        group: group,
                        isRare: isRare || key.isRare,
                        value: standing,
                        shown: shown,
                        names,
                        files
                    )
                )
            }
        }
    }

    private func listing(_ key: PackKey, _ element: PackSection, at path: PackPath, _ standing: PackTree?)
        -> PackListing
    {
        let items = (standing?.items ?? []).enumerated().map { index, item in
            let words = PackDefaults.words(item, element, names)
            return PackListing.Item(path: path.index(index), title: words.title, detail: words.detail)
        }
        return PackListing(path: path, label: key.label, elementLabel: element.title, help: key.help, items: items)
    }
}

/// What the builder proposes.
enum PackDefaults {
    /// Values that a new element begins with.
    static func entries(of section: String, in tree: PackTree) -> [String: PackTree] {
        switch section {
        case "field": ["type": .text("text"), "required": .text("yes")]
        case "component": ["required": .text("yes")]
        case "fee": ["kind": .text("charge"), "collected": .text("beforeIntake")]
        case "feeRule": ["validFrom": tree["validFrom"] ?? .text(""), "verified": .text("no")]
        case "legalBasis", "information", "exemption": ["verified": .text("no")]
        case "step": ["role": .text("specialist"), "lane": .text("processing")]
        case "example": ["channel": .text("online")]
        default: [:]
        }
    }

    /// `Họ và tên người nộp` → `hoVaTenNguoi`.
    static func identifier(from label: String) -> String {
        let words = VietnameseText.fold(label).split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.prefix(4)
        let name = words.enumerated().map { $0.offset == 0 ? String($0.element) : String($0.element).uppercasedFirst }
            .joined()
        let sound = name.first?.isLetter == true ? name : "muc" + name
        return String(sound.prefix(40))
    }

    /// How a list names an element; without the names of the pack, what it refers to goes by its id.
    static func words(_ item: PackTree, _ section: PackSection, _ names: PackNames = PackNames(.emptyEntries)) -> (
        title: String, detail: String
    ) {
        guard case .entries = item else { return (item.text ?? "…", "") }
        let name = ["name", "label", "title"].lazy.compactMap { item[$0]?.text }.first { !$0.isEmpty }
        var details: [String] = []
        for key in section.keys {
            if key.name == "visibleWhen", let condition = item[key.name] {
                details.append("chỉ hiện khi \(PackReader(names: names).condition(condition))")
            }
            guard let text = item[key.name]?.text else { continue }
            if let word = key.value.words?.first(where: { $0.name == text }) {
                details.append(word.vietnamese.uppercasedFirst)
            } else if key.name == "to" {
                let step = names.options(.step).first { $0.name == text }?.label
                details.append(step.map { "tới bước “\($0)”" } ?? "tới bước \(text)")
            } else if key.name == "fixed" || key.name == "validFrom" {
                let amount = Int64(text).map { VND($0).description }
                details.append("\(key.label.lowercased()) \(amount ?? LocalDate(text)?.vietnamese ?? text)")
            }
        }
        if let name { return (name, details.joined(separator: " · ")) }
        let first =
            details.first ?? item["id"]?.text ?? item.entries.lazy.compactMap(\.value.text).first ?? "Chưa có tên"
        return (first, details.dropFirst().joined(separator: " · "))
    }
}
