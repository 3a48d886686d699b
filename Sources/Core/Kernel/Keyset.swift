// SPDX-License-Identifier: Apache-2.0

/// Where the next page of a list begins: the last row's sort values and its id, never an offset.
public struct Keyset: Hashable, Sendable {
    /// The last row's sort values as text, in the order of the list's sorting.
    public var values: [String]
    /// The last row's id, which makes the order total.
    public var id: String

    /// The place after the row with these sort values and this id.
    public init(values: [String], id: String) {
        self.values = values
        self.id = id
    }

    /// The form used in a URL: values and id joined by `~`.
    public var text: String { (values + [id]).joined(separator: "~") }

    /// Reads `text`; nil when it has not `count` sort values or is longer than 200 bytes.
    public init?(_ text: String, count: Int) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count <= 200, parts.count == count + 1, let last = parts.last, !last.isEmpty else { return nil }
        values = Array(parts.dropLast())
        id = last
    }
}

/// One page of a list, and where the next one begins.
public struct Page<Item: Sendable>: Sendable {
    /// The rows of this page.
    public var items: [Item]
    /// Where the next page begins; nil when this is the last one.
    public var next: Keyset?

    /// A page of these rows.
    public init(items: [Item], next: Keyset?) {
        self.items = items
        self.next = next
    }
}
