// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What of a form is checked.
public enum FormScope: Hashable, Sendable {
    /// One page, by its id.
    case page(String)
    /// Everything that is shown.
    case whole
}

/// What a check knows besides the answers.
public struct ValidationContext: Sendable {
    /// The day that counts as today.
    public var today: LocalDate
    /// How the dossier comes in.
    public var channel: Channel
    /// What is known about the signed-in person; locked fields take their answer from here.
    public var claims: IdentityClaims
    /// The administrative units that addresses may name.
    public var units: AdministrativeUnits

    /// A check on this day, for this channel and person, with these units.
    public init(
        today: LocalDate,
        channel: Channel,
        claims: IdentityClaims = IdentityClaims(),
        units: AdministrativeUnits = .none
    ) {
        self.today = today
        self.channel = channel
        self.claims = claims
        self.units = units
    }
}

/// One thing to mend, in the words of the page.
public struct FieldProblem: Hashable, Sendable {
    /// The field's id.
    public let field: String
    /// Which part of a day; nil for the whole field.
    public let part: DayPart?
    /// The sentence: `Nhập họ và tên của trẻ`.
    public let sentence: String
    /// The name of the input that the error summary leads to: `birthDate.month`, or the field's id.
    public let inputName: String

    init(_ field: FormField, _ sentence: String, part: String? = nil) {
        self.field = field.id
        self.part = part.flatMap { DayPart(rawValue: $0) }
        self.sentence = field.errorPrefix + sentence
        inputName = part.map { "\(field.id).\($0)" } ?? field.id
    }
}

/// The three boxes of a day.
public enum DayPart: String, CaseIterable, Hashable, Sendable {
    case day, month, year

    var vietnamese: String {
        switch self {
        case .day: "ngày"
        case .month: "tháng"
        case .year: "năm"
        }
    }
}

/// What a check found.
public struct FormCheck: Hashable, Sendable {
    /// What must be mended, in the order of the form; empty when all is well.
    public let problems: [FieldProblem]
    /// All answers to keep: canonical where they are right, as typed where they are not; nothing typed is lost.
    public let answers: FormAnswers

    /// Whether nothing must be mended.
    public var isSound: Bool { problems.isEmpty }
}

extension FormSchema {
    /// Checks what a person typed and brings it into canonical form.
    ///
    /// Accepts the spellings of people: spaces, dots and hyphens in numbers, several ways to write a day, letters
    /// composed or not. A field that is not shown is neither asked nor checked; an id that the form does not know
    /// is dropped. Calling it again on its own answer gives the same answer.
    ///
    /// - Parameters:
    ///   - typed: what is kept of earlier pages, with the fields just sent put over it.
    ///   - scope: the page just sent, or the whole form before submitting.
    ///   - context: day, channel, and claims about the person.
    /// - Returns: what must be mended, and all answers to keep, those of hidden fields too (`effectiveAnswers` leaves
    ///   them out).
    public func validate(_ typed: FormAnswers, _ scope: FormScope, _ context: ValidationContext) -> FormCheck {
        let typed = prefilling(typed, with: context.claims)
        var known = ConditionContext(answers: FormAnswers(), channel: context.channel, today: context.today)
        var kept = FormAnswers()
        var problems: [FieldProblem] = []
        for page in pages {
            let isShown = page.visibleWhen?.holds(in: known) ?? true
            let isChecked = isShown && (scope == .whole || scope == .page(page.id))
            for field in page.fields where field.type.isAsked {
                let isFieldShown = isShown && (field.visibleWhen?.holds(in: known) ?? true)
                if field.type == .group {
                    if field.rowsSent(typed) > 0 { kept[field.rowsKey] = "\(field.rows(typed))" }
                    if isFieldShown { known.answers[field.rowsKey] = "\(field.rows(typed))" }
                    if isFieldShown, isChecked, let problem = field.rowsProblem(typed) { problems.append(problem) }
                }
                for leaf in field.leaves(typed) {
                    let day = leaf.unitsOn.map { $0.day(in: known) ?? known.today } ?? known.today
                    let reading = FieldReading(leaf, typed, context.units, on: day)
                    for (id, value) in reading.kept.pairs { kept[id] = value }
                    guard isFieldShown, leaf.visibleWhen?.holds(in: known) ?? true else { continue }
                    reading.tell(leaf, to: &known)
                    guard isChecked else { continue }
                    if let problem = problem(of: leaf, reading, known) { problems.append(problem) }
                }
            }
        }
        return FormCheck(problems: problems, answers: kept)
    }

    private func problem(
        of field: FormField,
        _ reading: FieldReading,
        _ known: ConditionContext
    ) -> FieldProblem? {
        switch reading.outcome {
        case .empty:
            return field.required.holds(in: known) ? FieldProblem(field, FieldSentences.empty(field)) : nil
        case .wrong(let sentence, let part): return FieldProblem(field, sentence, part: part)
        case .value(let value):
            if field.type == .declaration, value != YesNo.yes, field.required.holds(in: known) {
                return FieldProblem(field, FieldSentences.empty(field))
            }
            return field.limitProblem(value, known, in: self).map { FieldProblem(field, $0) }
        }
    }
}

extension FormField {
    /// The sentence for a value of the right kind that breaks a limit.
    fileprivate func limitProblem(_ value: String, _ context: ConditionContext, in schema: FormSchema) -> String? {
        if type == .choices { return tickedProblem(Int64(Choices.values(value).count)) }
        // By code points: marks heaped on one letter count, a Vietnamese letter is one.
        if value.unicodeScalars.count > maxLength { return FieldSentences.tooLong(self) }
        if let number = type == .number || type == .money ? Int64(value) : nil {
            if let minimum, number < minimum { return FieldSentences.tooSmall(self, minimum) }
            if let maximum, number > maximum { return FieldSentences.tooGreat(self, maximum) }
        }
        if let day = type == .date ? LocalDate(value) : nil {
            for rule in dayRules {
                guard let bound = rule.bound.day(in: context), !rule.relation.holds(day, bound) else { continue }
                return FieldSentences.outOfOrder(self, rule, bound, in: schema)
            }
        }
        return nil
    }

    private func tickedProblem(_ count: Int64) -> String? {
        if let minimum, count < minimum { return FieldSentences.tooFewTicked(self, minimum) }
        if let maximum, count > maximum { return FieldSentences.tooManyTicked(self, maximum) }
        return nil
    }

    /// Too many rows; too few cannot be, for the least number is always asked.
    fileprivate func rowsProblem(_ typed: FormAnswers) -> FieldProblem? {
        rowsSent(typed) > rowRange.upperBound ? FieldProblem(self, FieldSentences.tooManyRows(self)) : nil
    }
}

extension FieldReading {
    /// Makes a right answer known to the conditions of fields further down.
    fileprivate func tell(_ field: FormField, to known: inout ConditionContext) {
        guard canonical != nil else { return }
        for key in field.keptKeys { if let value = kept[key] { known.answers[key] = value } }
    }
}
