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

    /// What must hold for a field to be shown.
    private func shown(_ field: FormField?) -> [Condition] {
        guard let field else { return [] }
        return [pageConditions[field.id], field.visibleWhen].compactMap(\.self)
    }

    /// The questions with few answers on which these conditions hang, also by way of what shows a question, in the
    /// order of the form.
    private func triedFields(_ conditions: [Condition]) -> [FormField] {
        var names: Set<String> = []
        var waiting = conditions
        while let condition = waiting.popLast() {  // bounded: each field enters once
            for name in condition.fieldTests.map(\.field) where names.insert(name).inserted {
                guard let field = fields.first(where: { $0.id == name }) else { continue }
                waiting += shown(field)
            }
        }
        return fields.filter { names.contains($0.id) && $0.fewAnswers != nil }
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
            case .contains, .number, .day: return answer.isEmpty ? false : nil
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
