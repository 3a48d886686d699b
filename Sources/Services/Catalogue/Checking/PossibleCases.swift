// SPDX-License-Identifier: Apache-2.0

/// Whether a condition of a pack can hold for anybody, found by trying the answers of questions that have few.
///
/// Only choices, yes/no questions, declarations and the channel are tried; every other test may come out either way.
/// So "no" is certain, and "yes" means that nothing speaks against it.
struct PossibleCases {
    /// More cases than this are not tried: then nothing is said.
    private static let limit = 20_000

    private let channels: [Channel]
    private let fields: [FormField]
    private let pageConditions: [String: Condition]

    init(_ pack: ProcedurePack) {
        channels = pack.channels.sorted { $0.rawValue < $1.rawValue }
        var (fields, conditions): ([FormField], [String: Condition]) = ([], [:])
        for page in pack.form?.pages ?? [] {
            for field in page.fields { conditions[field.id] = page.visibleWhen }
            fields += page.fields
        }
        (self.fields, pageConditions) = (fields, conditions)
    }

    /// False when no channel and no answers meet all these conditions at once.
    func canHold(_ conditions: [Condition?], of field: FormField? = nil) -> Bool {
        let asked = conditions.compactMap(\.self) + shown(field)
        guard !asked.isEmpty else { return true }
        let tried = triedFields(asked)
        return channels.contains { channel in
            var walk = Walk(cases: self, channel: channel, tried: tried, asked: asked)
            return walk.meets(from: 0)
        }
    }

    /// The first case that people can be in of whose outcomes this is true; nil where there is none, or where there
    /// are too many to try. Numbers are tried about the bounds that they are compared with.
    func first(of conditions: [Condition], where isMeant: ([Bool?]) -> Bool) -> PossibleCase? {
        let tried = triedFields(conditions, withNumbers: true)
        for channel in channels {
            var walk = Walk(cases: self, channel: channel, tried: tried, asked: conditions)
            if let answers = walk.first(from: 0, where: isMeant) {
                return PossibleCase(
                    channel: channel,
                    answers: tried.compactMap { field in
                        answers[field.id].flatMap { $0.isEmpty ? nil : (field.id, $0) }
                    }
                )
            }
            if walk.count > PossibleCases.limit { return nil }
        }
        return nil
    }

    /// What must hold for a field to be shown.
    private func shown(_ field: FormField?) -> [Condition] {
        guard let field else { return [] }
        return [pageConditions[field.id], field.visibleWhen].compactMap(\.self)
    }

    /// The questions with few answers on which these conditions hang, also by way of what shows a question, in the
    /// order of the form.
    private func triedFields(_ conditions: [Condition], withNumbers: Bool = false) -> [FormField] {
        var names: Set<String> = []
        var waiting = conditions
        while let condition = waiting.popLast() {  // bounded: each field enters once
            for name in condition.fieldTests.map(\.field) where names.insert(name).inserted {
                guard let field = fields.first(where: { $0.id == name }) else { continue }
                waiting += shown(field)
            }
        }
        return fields.filter { names.contains($0.id) && ($0.fewAnswers != nil || withNumbers && $0.type.isNumber) }
    }

    /// The answers to try: all of a question that has few, and of a number those about its bounds.
    private func answers(_ field: FormField, _ asked: [Condition]) -> [String] {
        if let few = field.fewAnswers { return few }
        let bounds = (asked + fields.flatMap(shown)).flatMap(\.fieldTests).filter { $0.field == field.id }
            .flatMap(\.comparison.numbers)
        let tried = Set(
            bounds.flatMap {
                [
                    $0.subtractingReportingOverflow(1).partialValue, $0,
                    $0.addingReportingOverflow(1).partialValue,
                ]
            } + [field.minimum, field.maximum].compactMap(\.self)
        )
        return tried.filter { $0 >= field.minimum ?? .min && $0 <= field.maximum ?? .max }.sorted().map(String.init)
    }

    /// One walk through the cases of a channel.
    private struct Walk {
        let cases: PossibleCases
        let channel: Channel
        let tried: [FormField]
        let asked: [Condition]
        var answers: [String: String] = [:]
        var count = 0

        mutating func meets(from index: Int) -> Bool {
            count += 1
            guard count <= PossibleCases.limit else { return true }
            guard index < tried.count else { return asked.allSatisfy { outcome($0) != false } }
            let field = tried[index]
            let mayBeShown = cases.shown(field).allSatisfy { outcome($0) != false }
            for answer in mayBeShown ? field.fewAnswers ?? [] : [] {
                answers[field.id] = answer
                if meets(from: index + 1) { return true }
            }
            answers[field.id] = ""  // not shown, or left empty
            return meets(from: index + 1)
        }

        mutating func first(from index: Int, where isMeant: ([Bool?]) -> Bool) -> [String: String]? {
            count += 1
            guard count <= PossibleCases.limit else { return nil }
            guard index < tried.count else { return isMeant(asked.map(outcome)) ? answers : nil }
            let field = tried[index]
            let shown = cases.shown(field).map(outcome)
            if !shown.contains(false) {
                for answer in cases.answers(field, asked) {
                    answers[field.id] = answer
                    if let found = first(from: index + 1, where: isMeant) { return found }
                }
            }
            let mustBeAnswered = field.required == .always || field.required.condition.flatMap(outcome) == true
            guard shown.contains(where: { $0 != true }) || !mustBeAnswered else {
                answers[field.id] = nil
                return nil
            }
            answers[field.id] = ""
            let found = first(from: index + 1, where: isMeant)
            answers[field.id] = nil
            return found
        }

        /// Nil = may come out either way.
        private func outcome(_ condition: Condition) -> Bool? {
            switch condition {
            case .all(let parts): all(parts.map(outcome))
            case .any(let parts): all(parts.map { outcome($0).map(!) }).map(!)
            case .not(let part): outcome(part).map(!)
            case .channel(let channels): channels.contains(channel)
            case .field(let test): outcome(test)
            }
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

        /// No answer, to a question of many answers that is certainly not shown; nil = there may be one.
        private func unasked(_ name: String) -> String? {
            guard let field = cases.fields.first(where: { $0.id == name }) else { return nil }
            return cases.shown(field).contains { outcome($0) == false } ? "" : nil
        }

        private func all(_ outcomes: [Bool?]) -> Bool? {
            if outcomes.contains(false) { return false }
            return outcomes.contains(nil) ? nil : true
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
}
