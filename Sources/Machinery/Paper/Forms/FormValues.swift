// SPDX-License-Identifier: Apache-2.0

import Mustache

/// What a template's tags stand for. A form's dictionary is described in `docs/forms.md`.
public struct FormValues: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// The value of one tag.
    public enum Value: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
        /// Text from anywhere, a stranger's included: it is escaped when it enters the template. As a section it is
        /// shown when not empty.
        case text(String)
        /// A section that is shown or not.
        case flag(Bool)
        /// A section that is shown once for each entry.
        case list([FormValues])
        /// A section whose tags look here first.
        case record(FormValues)

        public init(stringLiteral value: String) { self = .text(value) }
        public init(booleanLiteral value: Bool) { self = .flag(value) }
    }

    /// The values by the name of their tag.
    public var values: [String: Value]

    /// Values by the name of their tag.
    public init(_ values: [String: Value] = [:]) {
        self.values = values
    }

    public init(dictionaryLiteral elements: (String, Value)...) {
        // The last of two equal names counts, as in an assignment.
        values = Dictionary(elements) { _, last in last }
    }

    /// The value of a tag.
    public subscript(name: String) -> Value? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// These values, with those of `other` on top.
    public func merging(_ other: FormValues) -> FormValues {
        FormValues(values.merging(other.values) { _, new in new })
    }

    /// For the Mustache library: dictionaries, lists and text that is escaped already.
    func mustache(escape: (String) -> String) -> [String: Any] {
        values.mapValues { value -> Any in
            switch value {
            case .text(let text): EscapedText(text: escape(text))
            case .flag(let flag): flag
            case .list(let entries): entries.map { $0.mustache(escape: escape) }
            case .record(let record): record.mustache(escape: escape)
            }
        }
    }
}

/// Text that needs no more escaping; as a section it is shown when not empty, and has no tags of its own.
private struct EscapedText: MustacheCustomRenderable, MustacheParent {
    let text: String
    var renderText: String { text }
    var isNull: Bool { text.isEmpty }
    func child(named: String) -> Any? { nil }
}
