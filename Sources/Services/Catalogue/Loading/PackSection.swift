// SPDX-License-Identifier: Apache-2.0

/// One kind of mapping in a pack, with the keys that it knows.
///
/// The whole language is this table (`PackLanguage.swift` and its neighbours): the reader refuses every other key and
/// takes its limits from here, `docs/packs.schema.json` and the pages of the builder are drawn from it, and
/// `docs/packs.md` lists exactly these keys. Tests compare.
public struct PackSection: Sendable {
    /// The name, a heading of `docs/packs.md`.
    public let name: String
    /// What it is, as an administrator reads it.
    public let title: String
    /// The keys in the order of writing.
    public let keys: [PackKey]
    /// Keys that exclude each other.
    public let choices: [PackChoice]

    /// A kind of mapping; pages of the builder put the keys named `rare` behind "Tùy chọn khác".
    init(
        _ name: String,
        _ title: String,
        choices: [PackChoice] = [],
        rare: Set<String> = [],
        _ keys: PackKey...
    ) {
        self.name = name
        self.title = title
        self.keys = keys.map { key in
            var key = key
            key.isRare = rare.contains(key.name)
            return key
        }
        self.choices = choices
        precondition(
            rare.isSubset(of: keys.lazy.filter { !$0.isRequired }.map(\.name)),
            "a rare key of \(name) is none, or is required"
        )
    }

    /// The key of this name.
    public func key(_ name: String) -> PackKey? { keys.first { $0.name == name } }

    /// This section and all that stand below it, each once, in reading order.
    public var family: [PackSection] {
        var found: [PackSection] = []
        var waiting = [self]
        while let section = waiting.popLast() {  // bounded: each section enters the list once
            guard !found.contains(where: { $0.name == section.name }) else { continue }
            found.append(section)
            waiting.append(contentsOf: section.keys.compactMap(\.value.section).reversed())
        }
        return found
    }
}

/// One key of the pack language.
public struct PackKey: Sendable {
    /// The word before the colon.
    public let name: String
    /// Whether it must be there.
    public let isRequired: Bool
    /// What may stand after the colon.
    public let value: PackValue
    /// What it is, as an administrator reads it.
    public let label: String
    /// A sentence under the label.
    public let help: String?
    /// Whether most packs do without it, so that the builder does not ask for it at first sight.
    public internal(set) var isRare = false

    /// A key that must be there.
    static func must(_ name: String, _ value: PackValue, _ label: String, _ help: String? = nil) -> PackKey {
        PackKey(name: name, isRequired: true, value: value, label: label, help: help)
    }

    /// A key that may be left out.
    static func may(_ name: String, _ value: PackValue, _ label: String, _ help: String? = nil) -> PackKey {
        PackKey(name: name, isRequired: false, value: value, label: label, help: help)
    }
}

/// Keys of which exactly one must be there: always, or only beside another key and never without it.
public struct PackChoice: Sendable {
    /// The keys that exclude each other.
    public let keys: [String]
    /// The key that calls for one of them; nil = one is always needed.
    public let beside: String?
    /// How a wrong number of them is mended.
    let remedy: String

    init(_ keys: [String], beside: String? = nil, remedy: String) {
        self.keys = keys
        self.beside = beside
        self.remedy = remedy
    }
}

/// The shape of a value.
public enum PackValue: Sendable {
    /// A text of at most so many characters.
    case text(Int)
    /// A code given elsewhere: letters without marks, digits, dots, hyphens and underscores.
    case code
    /// A name within the pack: camelCase without marks.
    case identifier
    /// The name of something that stands elsewhere in the pack.
    case reference(PackReference)
    /// One word of a closed list.
    case word([PackWord])
    /// `yes` or `no`.
    case yesNo
    /// `yes`; where it is not so, the key is left out.
    case yes
    /// A whole number.
    case integer(ClosedRange<Int64>)
    /// `2026-03-05`.
    case day
    /// `15:00`.
    case time
    /// `2026-03-05T09:30`.
    case moment
    /// How a series of numbers is written: `{seq:2}/{yyyy}/TL`.
    case numberPattern
    /// The name of a file beside the pack, with one of these endings.
    case file([String])
    /// A mapping whose keys are ids of fields, the only ones that the language does not fix; texts after them.
    case answers
    /// See the section `condition`.
    case condition
    /// `today`, a day, or a mapping: see the section `day`.
    case dayBound
    /// A mapping. Asked for late, because a section may hold itself.
    case section(@autoclosure @Sendable () -> PackSection)
    /// Any number of one shape, up to `PackValue.listLimit`.
    indirect case list(PackValue)

    /// Longest text of one key, in characters.
    static let textLimit = 4_000
    /// Longest name within a pack.
    static let nameLimit = 60
    /// Most entries of one list.
    static let listLimit = 500

    /// One word of this vocabulary, or of some of it.
    static func word<Word: PackVocabulary>(_ type: Word.Type, only some: [Word]? = nil) -> PackValue {
        .word((some ?? Array(Word.allCases)).map { PackWord($0) })
    }

    /// The section that a value holds, alone or as a list.
    public var section: PackSection? {
        switch self {
        case .section(let section): section()
        case .list(let element): element.section
        case .condition: .condition
        case .dayBound: .day
        default: nil
        }
    }

    /// Most characters of a value that is written as one text; of a list, of each.
    var characterLimit: Int {
        switch self {
        case .text(let limit): limit
        case .code, .identifier, .reference, .word, .numberPattern: PackValue.nameLimit
        case .file: 100
        case .time: 8
        case .day: 10
        case .list(let element): element.characterLimit
        default: PackValue.textLimit
        }
    }

    /// The words of a closed list; of a list, of each entry.
    public var words: [PackWord]? {
        switch self {
        case .word(let words): words
        case .list(let element): element.words
        default: nil
        }
    }
}

/// What a name may refer to.
public enum PackReference: String, CaseIterable, Sendable {
    case legalBasis, variant, lengthening, component, page, field, step, consultation, resultField
}

/// A closed list of words of the pack language.
public protocol PackVocabulary: CaseIterable, RawRepresentable, Sendable where RawValue == String {
    /// The word as an administrator reads it.
    var vietnamese: String { get }
    /// A sentence that explains it, where the word does not.
    var help: String? { get }
}

extension PackVocabulary {
    /// Nothing to explain.
    public var help: String? { nil }
}

/// A word of a closed list.
public struct PackWord: Hashable, Sendable {
    /// As the pack writes it.
    public let name: String
    /// As an administrator reads it.
    public let vietnamese: String
    /// A sentence that explains it.
    public let help: String?

    init(_ word: some PackVocabulary) {
        name = word.rawValue
        vietnamese = word.vietnamese
        help = word.help
    }
}
