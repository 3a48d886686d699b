// SPDX-License-Identifier: Apache-2.0

/// One place where two states of a pack differ, in the words of the language's table.
public struct PackChange: Hashable, Sendable {
    /// Where, from the part of the pack down: `Phí, lệ phí › Lệ phí xác nhận › Mức cố định (đồng)`.
    public let place: String
    /// What stood there; nil for what is new.
    public let before: String?
    /// What stands there now; nil for what is gone.
    public let after: String?

    /// One place where two states differ.
    public init(place: String, before: String?, after: String?) {
        (self.place, self.before, self.after) = (place, before, after)
    }

    /// The places where two states differ, in the order of the newer one; what is gone stands last in its list.
    public static func all(from old: PackTree, to new: PackTree) -> [PackChange] {
        var walk = Walk()
        walk.compare(old, new, PackSection.procedure, [])
        return walk.changes
    }

    private struct Walk {
        var changes: [PackChange] = []

        mutating func compare(_ old: PackTree?, _ new: PackTree?, _ section: PackSection?, _ words: [String]) {
            guard old != new else { return }
            switch (old, new) {
            case (.entries(let before), .entries(let after)):
                for key in after.map(\.key) + before.map(\.key).filter({ key in !after.contains { $0.key == key } }) {
                    let known = section?.key(key)
                    compare(old?[key], new?[key], known?.value.section, words + [known?.label ?? key])
                }
            case (.list(let before), .list(let after)) where (before + after).allSatisfy({ $0.text == nil }):
                compare(before, after, section, words)
            default: add(old, new, section, words)
            }
        }

        /// Elements with the same name are the same element, wherever they stand.
        private mutating func compare(
            _ before: [PackTree],
            _ after: [PackTree],
            _ section: PackSection?,
            _ words: [String]
        ) {
            let (oldNames, newNames) = (names(before), names(after))
            for (name, item) in zip(newNames, after) {
                let partner = oldNames.firstIndex(of: name).map { before[$0] }
                compare(partner, item, section, words + [title(item, section)])
            }
            for (name, item) in zip(oldNames, before) where !newNames.contains(name) {
                add(item, nil, section, words + [title(item, section)])
            }
            let kept = newNames.filter { oldNames.contains($0) }
            if kept != oldNames.filter({ newNames.contains($0) }) {
                func order(_ items: [PackTree]) -> String { items.map { title($0, section) }.joined(separator: ", ") }
                changes.append(
                    PackChange(
                        place: (words + ["Thứ tự"]).joined(separator: " › "),
                        before: order(before),
                        after: order(after)
                    )
                )
            }
        }

        private func names(_ items: [PackTree]) -> [String] {
            let found = items.map { item in
                ["id", "value", "item", "event", "channel", "action", "validFrom", "name"].lazy
                    .compactMap { key in item[key]?.text.map { "\(key)=\($0)" } }.first
            }
            // Names that are missing or not unlike tell nothing: then places do.
            let isSound = found.allSatisfy { $0 != nil } && Set(found).count == found.count
            return isSound ? found.compactMap(\.self) : items.indices.map { "\($0)" }
        }

        private func title(_ item: PackTree, _ section: PackSection?) -> String {
            guard let section else { return item.text ?? "…" }
            return PackDefaults.words(item, section).title
        }

        private mutating func add(_ old: PackTree?, _ new: PackTree?, _ section: PackSection?, _ words: [String]) {
            changes.append(
                PackChange(
                    place: words.joined(separator: " › "),
                    before: old.map { summary($0, section) },
                    after: new.map { summary($0, section) }
                )
            )
        }

        private func summary(_ tree: PackTree, _ section: PackSection?) -> String {
            switch tree {
            case .text(let text): return text
            case .list(let items): return items.map { summary($0, section) }.joined(separator: "; ")
            case .entries(let entries):
                guard let section else {
                    return entries.map { "\($0.key): \(summary($0.value, nil))" }.joined(separator: "; ")
                }
                let words = PackDefaults.words(tree, section)
                return words.detail.isEmpty ? words.title : "\(words.title) (\(words.detail))"
            }
        }
    }
}
