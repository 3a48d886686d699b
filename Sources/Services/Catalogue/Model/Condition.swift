// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// When something of a pack applies: a structured test of answers and channel, never a piece of code.
///
/// A field without an answer, or not shown, satisfies no test except `answered: no`.
public indirect enum Condition: Hashable, Sendable {
    /// Every one holds.
    case all([Condition])
    /// At least one holds.
    case any([Condition])
    /// It does not hold.
    case not(Condition)
    /// The dossier comes in by one of these channels.
    case channel(Set<Channel>)
    /// A field of the form answers so.
    case field(FieldTest)
}

/// A test of one field.
public struct FieldTest: Hashable, Sendable {
    /// The field's id.
    public let field: String
    /// What is asked of its answer.
    public let comparison: FieldComparison
    /// Where the pack says it.
    public let place: SourcePlace
}

/// What may be asked of an answer.
public enum FieldComparison: Hashable, Sendable {
    /// Equal to one of these (choice, yesNo, text, number); of many choices: one of these is ticked.
    case isOneOf([String])
    /// Answered, and equal to none of these; of many choices: none of these is ticked.
    case isNoneOf([String])
    /// Of many choices: this one is ticked.
    case contains(String)
    /// Answered, or not.
    case isAnswered(Bool)
    /// A number in this relation to a bound.
    case number(Relation, Int64)
    /// A day in this relation to a bound.
    case day(Relation, DayBound)
}

/// How two values of one kind stand to each other.
public enum Relation: String, Hashable, Sendable, CaseIterable {
    case less, lessOrEqual, greaterOrEqual, greater

    func holds<Value: Comparable>(_ value: Value, _ bound: Value) -> Bool {
        switch self {
        case .less: value < bound
        case .lessOrEqual: value <= bound
        case .greaterOrEqual: value >= bound
        case .greater: value > bound
        }
    }
}

/// A day to compare with.
public enum DayBound: Hashable, Sendable {
    /// This very day.
    case day(LocalDate)
    /// The day on which the form is checked, moved by so many days (negative: before).
    case today(plusDays: Int)
    /// The answer of another field.
    case field(String)
}

/// What a condition is asked of.
public struct ConditionContext: Sendable {
    /// Canonical answers; those of hidden fields are left out.
    public var answers: FormAnswers
    /// How the dossier comes in.
    public var channel: Channel
    /// The day that counts as today: of submission, or of receipt.
    public var today: LocalDate

    /// The answers, channel and day to ask of.
    public init(answers: FormAnswers, channel: Channel, today: LocalDate) {
        self.answers = answers
        self.channel = channel
        self.today = today
    }
}

extension Condition {
    /// Whether this holds. Pure; a test that does not fit its answer is false.
    public func holds(in context: ConditionContext) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.holds(in: context) }
        case .any(let parts): parts.contains { $0.holds(in: context) }
        case .not(let part): !part.holds(in: context)
        case .channel(let channels): channels.contains(context.channel)
        case .field(let test): test.holds(in: context)
        }
    }

    /// The same test, as it stands at another place of the pack.
    func placed(at place: SourcePlace) -> Condition {
        switch self {
        case .all(let parts): .all(parts.map { $0.placed(at: place) })
        case .any(let parts): .any(parts.map { $0.placed(at: place) })
        case .not(let part): .not(part.placed(at: place))
        case .channel: self
        case .field(let test): .field(FieldTest(field: test.field, comparison: test.comparison, place: place))
        }
    }

    /// Every field test inside, in reading order.
    public var fieldTests: [FieldTest] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.fieldTests)
        case .not(let part): part.fieldTests
        case .channel: []
        case .field(let test): [test]
        }
    }
}

extension FieldTest {
    func holds(in context: ConditionContext) -> Bool {
        guard let answer = context.answers[field], !answer.isEmpty else { return comparison == .isAnswered(false) }
        switch comparison {
        // Only ticked options have line breaks between them: any other answer of these types is one value.
        case .isOneOf(let values): return Choices.values(answer).contains(where: values.contains)
        case .isNoneOf(let values): return !Choices.values(answer).contains(where: values.contains)
        case .contains(let value): return Choices.values(answer).contains(value)
        case .isAnswered(let expected): return expected
        case .number(let relation, let bound):
            guard let number = Int64(answer) else { return false }
            return relation.holds(number, bound)
        case .day(let relation, let bound):
            guard let day = LocalDate(answer), let limit = bound.day(in: context) else { return false }
            return relation.holds(day, limit)
        }
    }

    /// The fields that this test looks at: its own, and the one that bounds it.
    var fieldsUsed: [String] {
        if case .day(_, .field(let other)) = comparison { return [field, other] }
        return [field]
    }
}

extension DayBound {
    /// The day that is meant; nil when it hangs on a field without an answer.
    func day(in context: ConditionContext) -> LocalDate? {
        switch self {
        case .day(let day): day
        case .today(let days): context.today.adding(days: days)
        case .field(let id): context.answers[id].flatMap { LocalDate($0) }
        }
    }
}
