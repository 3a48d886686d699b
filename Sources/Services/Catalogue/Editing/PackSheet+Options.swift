// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The options of a field as one text, a line each; their pages stay for what a line cannot say.
extension PackSheet {
    /// The name under which the lines are sent.
    public static let optionLinesName = "optionLines"

    var optionsPath: PackPath { path.key("options") }

    private var standingOptions: [PackTree] { tree[optionsPath]?.items ?? [] }

    /// The labels as they stand, a line each; nil where the page is about no choice, or a line cannot show one.
    public var optionLines: String? {
        guard section.name == PackSection.field.name else { return nil }
        let type = tree[path]?["type"]?.text
        guard isNew || type == "choice" || type == "choices" || !standingOptions.isEmpty else { return nil }
        let labels = standingOptions.map { $0["label"]?.text ?? "" }
        guard labels.allSatisfy({ !$0.isEmpty && !$0.contains("\n") }) else { return nil }
        return labels.joined(separator: "\n")
    }

    /// The options after what was typed; nil where nothing is new. An option whose label stays is kept as it is, with
    /// its value; another gets a value from its label, as every name is made.
    func typedOptions(_ values: (String) -> [String]) -> PackTree? {
        guard let shown = optionLines, let sent = values(Self.optionLinesName).first else { return nil }
        let labels = Self.lines(sent)
        guard labels != Self.lines(shown) else { return nil }
        var left = standingOptions
        let kept = labels.map { label in
            left.firstIndex { Self.lines($0["label"]?.text ?? "") == [label] }.map { left.remove(at: $0) }
        }
        return Self.options(labels, keeping: kept)
    }

    /// Options of these labels; one that is kept stays as it is, another gets a value from its label.
    static func options(_ labels: [String], keeping kept: [PackTree?] = []) -> PackTree {
        var taken = Set(kept.compactMap { $0?["value"]?.text })
        let options = labels.enumerated().map { index, label in
            if kept.indices.contains(index), let option = kept[index] { return option }
            let name = PackDefaults.identifier(from: label)
            let value = taken.contains(name) ? PackTree.fresh(name, besides: taken) : name
            taken.insert(value)
            return PackTree.texts([("value", value), ("label", label)])
        }
        return .list(options)
    }

    private static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { VietnameseText.tidyEnds(String($0)) }.filter { !$0.isEmpty }
    }
}
