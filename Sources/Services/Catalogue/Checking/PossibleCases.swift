// SPDX-License-Identifier: Apache-2.0

/// Whether a condition of a pack can hold for anybody, found by trying answers.
///
/// Choices, yes/no questions, declarations, the channel, and numbers about the bounds that they are compared with are
/// tried; every other test may come out either way. So "no" is certain, and "yes" means that nothing speaks against it.
struct PossibleCases {
    /// Which answers are looked at.
    enum Stage {
        /// While the form is filled in: a question may still be empty.
        case filling
        /// When the dossier is there: what must be answered is.
        case submitted
    }

    /// How much has been tried, over all questions of one run.
    private final class Effort {
        /// Conditions looked at for one question, and for all of them.
        static let questionLimit = 100_000
        static let limit = 1_000_000
        var spent = 0
        var gaveUp = false

        /// What one more question may cost.
        var allowance: Int { min(Effort.questionLimit, Effort.limit - spent) }
    }

    private let channels: [Channel]
    private let fields: [FormField]
    private let byName: [String: FormField]
    /// What must hold for a field to be shown: of its page, of what holds it, of its own.
    private let shows: [String: [Condition]]
    private let effort = Effort()

    init(_ pack: ProcedurePack) {
        channels = pack.channels.sorted { $0.rawValue < $1.rawValue }
        var (fields, shows): ([FormField], [String: [Condition]]) = ([], [:])
        for page in pack.form?.pages ?? [] {
            for field in page.fields {
                let above = [page.visibleWhen, field.visibleWhen].compactMap(\.self)
                shows[field.id] = above
                for var part in field.conditionFields {
                    if part.id != field.id { shows[part.id] = above + [part.visibleWhen].compactMap(\.self) }
                    // How many rows there are is only told where there are any.
                    if field.type == .group { part.required = .never }
                    fields.append(part)
                }
            }
        }
        (self.fields, self.shows) = (fields, shows)
        byName = Dictionary(fields.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Whether some question had more cases than are tried; of it nothing was said.
    var gaveUp: Bool { effort.gaveUp }

    /// False when no channel and no answers meet all these conditions at once.
    func canHold(_ conditions: [Condition?], of field: FormField? = nil, _ stage: Stage = .filling) -> Bool {
        let asked = (conditions.compactMap(\.self) + (field.flatMap { shows[$0.id] } ?? [])).flatMap(\.parts)
        guard !asked.isEmpty else { return true }
        let tried = triedFields(asked)
        return channels.contains { channel in
            var walk = Walk(cases: self, channel: channel, tried: tried, asked: asked, allowance: effort.allowance)
            let meets = walk.meets(asked, from: 0, stage)
            note(walk)
            return meets
        }
    }

    /// The first case that people can be in of whose outcomes this is true; nil where there is none, or where there
    /// are too many to try.
    func first(of conditions: [Condition], where isMeant: ([Bool?]) -> Bool) -> PossibleCase? {
        let tried = triedFields(conditions)
        for channel in channels {
            var walk = Walk(cases: self, channel: channel, tried: tried, asked: conditions, allowance: effort.allowance)
            let answers = walk.first(from: 0, where: isMeant)
            note(walk)
            if let answers {
                return PossibleCase(
                    channel: channel,
                    answers: tried.compactMap { one in
                        answers[one.field.id].flatMap { $0.isEmpty ? nil : (one.field.id, $0) }
                    }
                )
            }
            if walk.isExhausted { return nil }
        }
        return nil
    }

    private func note(_ walk: Walk) {
        effort.spent += walk.count
        effort.gaveUp = effort.gaveUp || walk.isExhausted
    }

    /// A question whose answers are tried, and these answers.
    private struct Tried {
        let field: FormField
        let shows: [Condition]
        let answers: [String]
    }

    /// The questions on which these conditions hang, also by way of what shows a question, in the order of the form:
    /// with all answers of a question that has few, and those of a number about the bounds that are named.
    private func triedFields(_ conditions: [Condition]) -> [Tried] {
        var bounds: [String: Set<Int64>] = [:]
        var waiting = conditions
        while let condition = waiting.popLast() {  // bounded: each field enters once
            for test in condition.fieldTests {
                if bounds[test.field] == nil { waiting += shows[test.field] ?? [] }
                bounds[test.field, default: []].formUnion(test.comparison.numbers)
            }
        }
        return fields.compactMap { field in
            guard let named = bounds[field.id] else { return nil }
            let answers = field.fewAnswers ?? (field.type.isNumber ? field.numbers(about: named) : nil)
            return answers.map { Tried(field: field, shows: shows[field.id] ?? [], answers: $0) }
        }
    }

    /// One walk through the cases of a channel.
    private struct Walk {
        let cases: PossibleCases
        let channel: Channel
        let tried: [Tried]
        let asked: [Condition]
        let allowance: Int
        var answers: [String: String] = [:]
        /// Conditions looked at so far.
        var count = 0

        var isExhausted: Bool { count > allowance }

        /// Whether there are answers, from this question on, that none of these conditions speaks against.
        mutating func meets(_ conditions: [Condition], from index: Int, _ stage: Stage) -> Bool {
            var open: [Condition] = []
            count += 1
            for condition in conditions {
                count += 1
                switch outcome(condition) {
                case false: return false
                // What is certain stays so, whatever else is answered.
                case true: continue
                case nil: open.append(condition)
                }
            }
            guard !isExhausted, index < tried.count, !open.isEmpty else { return true }
            let (one, shown) = (tried[index], tried[index].shows.map(outcome))
            for answer in shown.contains(false) ? [] : one.answers {
                answers[one.field.id] = answer
                if meets(open, from: index + 1, stage) { return true }
            }
            defer { answers[one.field.id] = nil }
            guard stage == .filling || !mustBeAnswered(one.field, shown) else { return false }
            answers[one.field.id] = ""  // not shown, or left empty
            return meets(open, from: index + 1, stage)
        }

        mutating func first(from index: Int, where isMeant: ([Bool?]) -> Bool) -> [String: String]? {
            // To look at a whole case costs its caller more than one condition does.
            count += 5
            guard !isExhausted else { return nil }
            guard index < tried.count else { return isMeant(asked.map(outcome)) ? answers : nil }
            let (one, shown) = (tried[index], tried[index].shows.map(outcome))
            for answer in shown.contains(false) ? [] : one.answers {
                answers[one.field.id] = answer
                if let found = first(from: index + 1, where: isMeant) { return found }
            }
            defer { answers[one.field.id] = nil }
            guard !mustBeAnswered(one.field, shown) else { return nil }
            answers[one.field.id] = ""
            return first(from: index + 1, where: isMeant)
        }

        /// Whether a field, for whose being shown these are the outcomes, is certainly shown and must be answered.
        private func mustBeAnswered(_ field: FormField, _ shown: [Bool?]) -> Bool {
            guard shown.allSatisfy({ $0 == true }) else { return false }
            return field.required == .always || field.required.condition.flatMap(outcome) == true
        }

        /// Nil = may come out either way.
        private func outcome(_ condition: Condition) -> Bool? {
            switch condition {
            case .all(let parts): all(parts) { $0 }
            case .any(let parts): all(parts) { !$0 }.map(!)
            case .not(let part): outcome(part).map(!)
            case .channel(let channels): channels.contains(channel)
            case .field(let test): outcome(test)
            }
        }

        /// Whether this is true of the outcomes of all.
        private func all(_ parts: [Condition], _ isSo: (Bool) -> Bool) -> Bool? {
            var isOpen = false
            for part in parts {
                switch outcome(part).map(isSo) {
                case false: return false
                case true: continue
                case nil: isOpen = true
                }
            }
            return isOpen ? nil : true
        }

        private func outcome(_ test: FieldTest) -> Bool? {
            guard let answer = answers[test.field] ?? unasked(test.field) else { return nil }
            switch test.comparison {
            case .isOneOf(let values): return values.contains(answer)
            case .isNoneOf(let values): return !answer.isEmpty && !values.contains(answer)
            case .isAnswered(let expected): return answer.isEmpty != expected
            case .number(let relation, let bound):
                return answer.isEmpty ? false : Int64(answer).map { relation.holds($0, bound) }
            case .contains, .day: return answer.isEmpty ? false : nil
            }
        }

        /// No answer, to a question that is certainly not shown; nil = there may be one.
        private func unasked(_ name: String) -> String? {
            cases.shows[name]?.contains { outcome($0) == false } == true ? "" : nil
        }
    }
}

/// A case that a person can be in.
struct PossibleCase {
    let channel: Channel
    /// What is answered, in the order of the form.
    let answers: [(field: String, answer: String)]

    /// `purpose = work, kênh online`.
    var words: String {
        (answers.map { "\($0.field) = \($0.answer)" } + ["kênh \(channel.rawValue)"]).joined(separator: ", ")
    }
}

extension FieldComparison {
    /// The numbers that an answer is compared with.
    fileprivate var numbers: [Int64] {
        switch self {
        case .isOneOf(let values), .isNoneOf(let values): values.compactMap { Int64($0) }
        case .number(_, let bound): [bound]
        case .contains, .isAnswered, .day: []
        }
    }
}

extension Condition {
    /// What must hold each by itself for this to hold: what is settled early need not be looked at again.
    fileprivate var parts: [Condition] {
        switch self {
        case .all(let parts): parts.flatMap(\.parts)
        case .not(.any(let parts)): parts.flatMap { Condition.not($0).parts }
        case .not(.not(let part)): part.parts
        default: [self]
        }
    }
}

extension FieldType {
    fileprivate var isNumber: Bool { self == .number || self == .money }
}

extension FormField {
    /// All answers of a question that has few; nil for any other.
    fileprivate var fewAnswers: [String]? {
        switch type {
        case .choice: options.map(\.value)
        case .yesNo, .declaration: [YesNo.yes, YesNo.no]
        default: nil
        }
    }

    /// Answers of a number, one at least on each side of every bound, within what the field takes.
    fileprivate func numbers(about bounds: Set<Int64>) -> [String] {
        let least = minimum ?? (type == .money ? 0 : -FormField.numberLimit)
        let most = maximum ?? FormField.numberLimit
        guard least <= most else { return [] }
        let near = bounds.filter { (-FormField.numberLimit...FormField.numberLimit).contains($0) }
            .flatMap { [$0 - 1, $0, $0 + 1] }
        return Set(near + [least, most]).filter { (least...most).contains($0) }.sorted().map(String.init)
    }

    /// The greatest number that can be typed: 15 digits.
    private static let numberLimit: Int64 = 999_999_999_999_999
}
