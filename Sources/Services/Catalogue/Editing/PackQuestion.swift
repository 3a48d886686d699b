// SPDX-License-Identifier: Apache-2.0

/// One question of a page of the builder: a key of the pack language with its value as a person types it.
public struct PackQuestion: Sendable {
    /// How it is asked. Every control gives its values as texts under `name`, or under names that begin with it.
    public enum Control: Sendable {
        /// One line of text.
        case line
        /// Several lines of one text of at most so many characters.
        case paragraph(Int)
        /// A list of texts, one a line.
        case lines
        /// A whole number.
        case number
        /// One of these.
        case word([Option])
        /// Any of these.
        case words([Option])
        /// `yes` or `no`.
        case yesNo
        /// `yes` or nothing.
        case yes
        /// A day in three parts: `{name}.day`, `{name}.month`, `{name}.year`.
        case day
        /// One text for each field of the form: `{name}.{field}`.
        case answers([PackFieldFact])
        /// Rows of a field, a comparison and a value: `{name}.mode`, `{name}.0.field`, `.test`, `.value`.
        case condition(rows: Int, fields: [Option], tests: [Option])
        /// Whatever no other control can show: its YAML.
        case source
    }

    /// One value that may be chosen.
    public struct Option: Hashable, Sendable {
        /// As the pack writes it.
        public let name: String
        /// As an administrator reads it.
        public let label: String
        /// A sentence that explains it.
        public let help: String?
        /// For a field: the answers that may be chosen; nil for all else.
        let choices: [Option]?

        init(_ name: String, _ label: String, help: String? = nil, choices: [Option]? = nil) {
            (self.name, self.label, self.help, self.choices) = (name, label, help, choices)
        }

        init(_ word: PackWord) {
            self.init(word.name, word.vietnamese.uppercasedFirst, help: word.help)
        }
    }

    /// The name of the control.
    public let name: String
    /// Where the value stands.
    public let path: PackPath
    /// What is asked.
    public let label: String
    /// A sentence under it.
    public let help: String?
    /// Whether it must be answered.
    public let isRequired: Bool
    /// The heading of the part of the page, where it is not the page itself.
    public let group: String?
    /// How it is asked.
    public let control: Control
    /// What stands in the pack; nil when nothing does.
    public let value: PackTree?
    /// The same as the control shows it.
    public let typed: [String: [String]]
    /// Whether most packs do without it.
    public let isRare: Bool
    let key: PackKey

    /// Whether it asks for a name within the pack, which is made from the label where nobody gives one.
    public var isName: Bool {
        if case .identifier = key.value { true } else { false }
    }
}

/// A list of the pack whose elements have pages of their own.
public struct PackListing: Sendable {
    /// One element.
    public struct Item: Sendable {
        /// Where it stands.
        public let path: PackPath
        /// What it is called.
        public let title: String
        /// Its kind in a few words; empty when there is nothing to say.
        public let detail: String
    }

    /// Where the list stands.
    public let path: PackPath
    /// What it is.
    public let label: String
    /// What one element is.
    public let elementLabel: String
    /// A sentence under the heading.
    public let help: String?
    /// The elements in order.
    public let items: [Item]
}

/// A field of the form, as the builder offers it in conditions, fees and examples.
public struct PackFieldFact: Sendable, Hashable {
    /// The id.
    public let id: String
    /// The label.
    public let label: String
    /// The word of its type.
    public let type: String
    /// The values of a choice with their labels.
    public let options: [PackQuestion.Option]

    var isAsked: Bool { type != "note" }

    /// Values that a person may choose, with `Có` and `Không` for a yes/no question.
    public var choices: [PackQuestion.Option] {
        type == "yesNo" || type == "declaration"
            ? [PackQuestion.Option("yes", "Có"), PackQuestion.Option("no", "Không")] : options
    }

    func label(of value: String) -> String { choices.first { $0.name == value }?.label ?? value }
}

/// What a pack has names for.
struct PackNames: Sendable {
    let fields: [PackFieldFact]
    private let pages: [PackTree]
    private let others: [String: [PackQuestion.Option]]

    init(_ tree: PackTree) {
        pages = tree["form"]?["pages"]?.items ?? []
        fields = pages.flatMap { Self.fields($0) }
        func options(_ list: PackTree?) -> [PackQuestion.Option] {
            (list?.items ?? []).compactMap { item in
                item["id"]?.text.map {
                    PackQuestion.Option($0, (item["name"] ?? item["title"] ?? item["label"])?.text ?? $0)
                }
            }
        }
        others = [
            PackReference.legalBasis.rawValue: options(tree["legalBasis"]),
            PackReference.lengthening.rawValue: options(tree["lengthenings"]),
            PackReference.component.rawValue: options(tree["components"]),
            PackReference.page.rawValue: options(tree["form"]?["pages"]),
            PackReference.step.rawValue: options(tree["workflow"]?["steps"]),
            PackReference.consultation.rawValue: options(tree["workflow"]?["consultations"]),
            PackReference.resultField.rawValue: options(tree["result"]?["fields"]),
        ]
    }

    func options(_ reference: PackReference) -> [PackQuestion.Option] {
        reference == .field
            ? fields.filter(\.isAsked).map { PackQuestion.Option($0.id, $0.label, choices: $0.choices) }
            : others[reference.rawValue] ?? []
    }

    /// What an example answers, question by question: parts of persons and fields of rows by the names of answers.
    /// What stands there says how many rows there are.
    func answerFields(_ answers: PackTree?) -> [PackFieldFact] {
        let listed = pages.flatMap { $0["fields"]?.items ?? [] }
        return listed.flatMap { Self.answerFields($0, answers, prefix: "", heading: "") }
    }

    private static func answerFields(_ field: PackTree, _ answers: PackTree?, prefix: String, heading: String)
        -> [PackFieldFact]
    {
        guard let fact = fact(field) else { return [] }
        let id = prefix + fact.id
        func question(_ id: String, _ label: String, _ type: String, _ options: [PackQuestion.Option] = [])
            -> PackFieldFact
        {
            PackFieldFact(id: id, label: heading + label, type: type, options: options)
        }
        switch fact.type {
        case FieldType.note.rawValue, FieldType.file.rawValue: return []
        case FieldType.person.rawValue:
            let asked = field["parts"]?.items.compactMap { $0.text.flatMap { PersonPart(rawValue: $0) } } ?? []
            let sexes = [PackQuestion.Option("male", "Nam"), PackQuestion.Option("female", "Nữ")]
            return (asked.isEmpty ? PersonPart.allCases : PersonPart.allCases.filter(asked.contains)).map { part in
                question(
                    "\(id).\(part.rawValue)",
                    "\(fact.label): \(part.vietnamese.lowercased())",
                    "text",
                    part == .sex ? sexes : []
                )
            }
        case FieldType.group.rawValue:
            let rows = min(FormField.rowLimit, answers?["\(id).rows"]?.text.flatMap { Int($0) } ?? 0)
            let name = field["rowName"]?.text ?? fact.label
            let members = field["fields"]?.items ?? []
            return [question("\(id).rows", "\(fact.label): số dòng", "number")]
                + (0..<max(0, rows)).flatMap { row in
                    members.flatMap {
                        answerFields($0, answers, prefix: "\(id).\(row + 1).", heading: "\(name) \(row + 1): ")
                    }
                }
        default: return [question(id, fact.label, fact.type, fact.options)]
        }
    }

    private static func fields(_ parent: PackTree) -> [PackFieldFact] {
        (parent["fields"]?.items ?? []).flatMap { field in fact(field).map { [$0] + fields(field) } ?? [] }
    }

    private static func fact(_ field: PackTree) -> PackFieldFact? {
        guard let id = field["id"]?.text else { return nil }
        let options = (field["options"]?.items ?? []).compactMap { option in
            option["value"]?.text.map { PackQuestion.Option($0, option["label"]?.text ?? $0) }
        }
        return PackFieldFact(
            id: id,
            label: field["label"]?.text ?? id,
            type: field["type"]?.text ?? "",
            options: options
        )
    }
}

extension String {
    var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}
