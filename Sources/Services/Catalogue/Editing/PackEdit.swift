// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// One change of a pack's content.
public enum PackEdit: Hashable, Sendable {
    /// The value at this path becomes this one; keys on the way that are missing are made.
    case set(PackPath, PackTree)
    /// What stands at this path goes.
    case remove(PackPath)
    /// A value is put behind the last of the list at this path; the list is made when it is missing.
    case append(PackTree, to: PackPath)
    /// The element of a list goes before the one above it.
    case moveUp(PackPath)
    /// The element of a list goes behind the one below it.
    case moveDown(PackPath)
    /// A copy of an element of a list is put behind it; ids in the copy get names of their own.
    case duplicate(PackPath)
}

/// Why a change of a pack cannot be made.
public enum PackEditError: Error, Hashable, Sendable {
    /// The text is no YAML that can be read; it is mended as text first.
    case textUnreadable
    /// Nothing stands at this path any more.
    case nothingThere(PackPath)
    /// The text would grow over its limit.
    case tooLarge
}

extension PackEditError: Presentable {
    public var code: String {
        switch self {
        case .textUnreadable: "pack-text-unreadable"
        case .nothingThere: "pack-place-gone"
        case .tooLarge: "pack-too-large"
        }
    }

    public var status: Int {
        switch self {
        case .textUnreadable, .nothingThere: 409
        case .tooLarge: 422
        }
    }

    public var severity: Severity { .notice }

    public var publicDetail: String? {
        switch self {
        case .textUnreadable: "Chữ của gói chưa đọc được. Sửa ở trang Văn bản trước, rồi quay lại đây."
        case .nothingThere: "Mục này không còn trong bản nháp. Mở lại danh sách để xem bản mới nhất."
        case .tooLarge: "Gói quá 512 kB. Chuyển văn bản dài sang tệp mẫu bên cạnh."
        }
    }

    public var field: String? { nil }

    public var faults: [FieldFault] { [] }
}

extension PackTree {
    /// The content after a change.
    ///
    /// - Throws: `PackEditError.nothingThere`.
    public func applying(_ edit: PackEdit) throws(PackEditError) -> PackTree {
        switch edit {
        case .set(let path, let value): return try setting(value, at: path.steps[...], of: path)
        case .remove(let path): return try removing(path.steps[...], of: path)
        case .append(let value, let path):
            let old = self[path]
            if let old, case .entries = old { throw .nothingThere(path) }
            return try setting(.list((old?.items ?? []) + [value]), at: path.steps[...], of: path)
        case .moveUp(let path): return try swapping(path, with: -1)
        case .moveDown(let path): return try swapping(path, with: 1)
        case .duplicate(let path):
            let (list, items, index) = try element(path)
            var copied = items
            copied.insert(items[index].withFreshNames(besides: names), at: index + 1)
            return try setting(.list(copied), at: list.steps[...], of: list)
        }
    }

    private func setting(
        _ value: PackTree,
        at steps: ArraySlice<PackPath.Step>,
        of path: PackPath
    ) throws(PackEditError) -> PackTree {
        guard let step = steps.first else { return value }
        let rest = steps.dropFirst()
        switch (step, self) {
        case (.key(let key), .entries(var entries)):
            if let index = entries.firstIndex(where: { $0.key == key }) {
                entries[index].value = try entries[index].value.setting(value, at: rest, of: path)
            } else {
                entries.append(Entry(key, try PackTree.emptyEntries.setting(value, at: rest, of: path)))
            }
            return .entries(entries)
        case (.index(let index), .list(var items)) where items.indices.contains(index):
            items[index] = try items[index].setting(value, at: rest, of: path)
            return .list(items)
        default: throw .nothingThere(path)
        }
    }

    private func removing(_ steps: ArraySlice<PackPath.Step>, of path: PackPath) throws(PackEditError) -> PackTree {
        guard let step = steps.first else { throw .nothingThere(path) }
        let rest = steps.dropFirst()
        switch (step, self) {
        case (.key(let key), .entries(var entries)):
            guard let index = entries.firstIndex(where: { $0.key == key }) else { throw .nothingThere(path) }
            if rest.isEmpty {
                entries.remove(at: index)
            } else {
                entries[index].value = try entries[index].value.removing(rest, of: path)
            }
            return .entries(entries)
        case (.index(let index), .list(var items)) where items.indices.contains(index):
            if rest.isEmpty {
                items.remove(at: index)
            } else {
                items[index] = try items[index].removing(rest, of: path)
            }
            return .list(items)
        default: throw .nothingThere(path)
        }
    }

    /// The first cannot go up nor the last down: they stay, since a second press of a button is no error.
    private func swapping(_ path: PackPath, with distance: Int) throws(PackEditError) -> PackTree {
        var (list, items, index) = try element(path)
        guard items.indices.contains(index + distance) else { return self }
        items.swapAt(index, index + distance)
        return try setting(.list(items), at: list.steps[...], of: list)
    }

    private func element(_ path: PackPath) throws(PackEditError) -> (PackPath, [PackTree], Int) {
        guard let list = path.parent, let index = path.lastIndex, let items = self[list]?.items,
            items.indices.contains(index)
        else { throw .nothingThere(path) }
        return (list, items, index)
    }

    // MARK: - Names

    /// Keys whose value names something that is referred to elsewhere.
    private static let naming: Set<String> = ["id"]
    /// Keys whose value is such a name.
    private static let referring: Set<String> = ["field", "to", "times", "confirms", "steps", "papers", "pages"]

    /// Every id inside.
    public var names: Set<String> {
        switch self {
        case .text: []
        case .list(let items): items.reduce(into: []) { $0.formUnion($1.names) }
        case .entries(let entries):
            entries.reduce(into: []) { names, entry in
                if Self.naming.contains(entry.key), let text = entry.value.text { names.insert(text) }
                names.formUnion(entry.value.names)
            }
        }
    }

    /// A copy whose ids are used nowhere else; what refers to them inside follows. Options and examples, which have a
    /// value or a name in place of an id, get another one too.
    func withFreshNames(besides taken: Set<String>) -> PackTree {
        var taken = taken
        var fresh: [String: String] = [:]
        for name in names.sorted() {
            let new = Self.fresh(name, besides: taken)
            taken.insert(new)
            fresh[name] = new
        }
        var copy = renaming(fresh)
        if case .entries(var entries) = copy, self["id"] == nil {
            for index in entries.indices where entries[index].key == "value" || entries[index].key == "name" {
                guard let text = entries[index].value.text else { continue }
                let isValue = entries[index].key == "value"
                entries[index].value = .text(isValue ? Self.fresh(text, besides: [text]) : "\(text) (bản sao)")
            }
            copy = .entries(entries)
        }
        return copy
    }

    private func renaming(_ fresh: [String: String]) -> PackTree {
        switch self {
        case .text: self
        case .list(let items): .list(items.map { $0.renaming(fresh) })
        case .entries(let entries):
            .entries(
                entries.map { entry in
                    let isName = Self.naming.contains(entry.key) || Self.referring.contains(entry.key)
                    guard isName else { return Entry(entry.key, entry.value.renaming(fresh)) }
                    switch entry.value {
                    case .text(let text): return Entry(entry.key, .text(fresh[text] ?? text))
                    case .list(let items) where items.allSatisfy({ $0.text != nil }):
                        return Entry(entry.key, .list(items.map { .text(fresh[$0.text ?? ""] ?? $0.text ?? "") }))
                    default: return Entry(entry.key, entry.value.renaming(fresh))
                    }
                }
            )
        }
    }

    /// `fullName` → `fullName2`, the first number that is free.
    public static func fresh(_ name: String, besides taken: Set<String>) -> String {
        let trunk = name.hasSuffix("0") ? name : String(name.reversed().drop { $0.isNumber }.reversed())
        var number = 2
        while taken.contains("\(trunk)\(number)") { number += 1 }  // bounded: `taken` is finite
        return "\(trunk)\(number)"
    }
}
