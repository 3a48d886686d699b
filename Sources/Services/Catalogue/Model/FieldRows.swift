// SPDX-License-Identifier: Apache-2.0

/// A field that holds others: a person with its parts, a group with its rows.
///
/// Answers stay flat texts by name: `father.fullName`, `members.2.birthDate`, and `members.rows` says how many rows
/// there are (docs/adr/0019).
extension FormField {
    /// Most rows of one group, whatever the pack says.
    public static let rowLimit = 50

    /// The name under which the count of rows is kept.
    public var rowsKey: String { "\(id).rows" }

    /// The least and the most rows.
    public var rowRange: ClosedRange<Int> {
        let least = max(0, Int(clamping: minimum ?? (required == .never ? 0 : 1)))
        let most = min(FormField.rowLimit, Int(clamping: maximum ?? 20))
        return min(least, most)...most
    }

    /// How many rows were sent, also beyond what the pack allows.
    public func rowsSent(_ answers: FormAnswers) -> Int {
        let told = answers[rowsKey].flatMap { Int($0) } ?? 0
        let prefix = id + "."
        let seen = answers.ids.lazy.filter { $0.hasPrefix(prefix) }.compactMap { name in
            name.dropFirst(prefix.count).split(separator: ".").first.flatMap { Int($0) }
        }
        return max(0, told, seen.max() ?? 0)
    }

    /// How many rows there are: as many as were sent, never fewer than must be.
    public func rows(_ answers: FormAnswers) -> Int {
        min(FormField.rowLimit, max(rowRange.lowerBound, rowsSent(answers)))
    }

    /// The fields with one answer each: the field itself, the parts of a person, the fields of every row.
    public func leaves(_ answers: FormAnswers) -> [FormField] {
        switch type {
        case .person: return members
        case .group:
            guard !members.isEmpty else { return [] }
            return (1...max(1, rows(answers))).prefix(rows(answers)).flatMap { row(Int($0)) }
                .flatMap { $0.type == .person ? $0.members : [$0] }
        default: return [self]
        }
    }

    /// The fields of one row, counted from 1, with their names within the form.
    public func row(_ number: Int) -> [FormField] {
        let names = Set(members.flatMap { [$0.id] + $0.members.map(\.id) })
        let heading = "\(rowName) \(number)"
        let prefix = "\(rowName) thứ \(number): "
        return members.map { $0.placed(in: "\(id).\(number).", names, heading: heading, errorPrefix: prefix) }
    }

    private func placed(
        in row: String,
        _ names: Set<String>,
        heading: String,
        errorPrefix: String
    ) -> FormField {
        func renamed(_ name: String) -> String {
            let stem = name.split(separator: ".").first.map(String.init) ?? name
            return names.contains(name) || names.contains(stem) ? row + name : name
        }
        var field = self
        field.id = row + id
        field.heading = heading
        field.errorPrefix = errorPrefix
        field.visibleWhen = visibleWhen?.renaming(renamed)
        if case .when(let condition) = required { field.required = .when(condition.renaming(renamed)) }
        field.dayRules = dayRules.map { DayRule(relation: $0.relation, bound: $0.bound.renaming(renamed)) }
        field.unitsOn = unitsOn?.renaming(renamed)
        field.members = members.map { $0.placed(in: row, names, heading: heading, errorPrefix: errorPrefix) }
        return field
    }

    /// The names under which something may be typed for a field with one answer.
    public var answerKeys: [String] {
        switch type {
        case .date: [id] + DayPart.allCases.map { "\(id).\($0.rawValue)" }
        case .unitAddress: [id] + AddressPart.allCases.map { "\(id).\($0.rawValue)" }
        default: [id]
        }
    }

    /// The names under which a right answer is kept.
    var keptKeys: [String] { type == .date ? [id] : answerKeys }

    /// The most answers that the field may keep at once.
    var answerCount: Int {
        switch type {
        case .person: members.reduce(0) { $0 + $1.answerCount }
        case .group: 1 + rowRange.upperBound * members.reduce(0) { $0 + $1.answerCount }
        case .note, .file: 0
        default: answerKeys.count
        }
    }
}

/// A change of the rows of a group.
public enum RowChange: Hashable, Sendable {
    /// One more row at the end.
    case add(group: String)
    /// One row, counted from 1, goes; those after it move up.
    case remove(group: String, row: Int)
}

extension FormSchema {
    /// The answers after a change of rows; nothing else is touched. A row that is not there, and one more than the
    /// pack allows, change nothing.
    public func changing(_ change: RowChange, in answers: FormAnswers) -> FormAnswers {
        switch change {
        case .add(let id):
            guard let group = field(id), group.type == .group, group.rows(answers) < group.rowRange.upperBound else {
                return answers
            }
            var changed = answers
            changed[group.rowsKey] = "\(group.rows(answers) + 1)"
            return changed
        case .remove(let id, let row):
            guard let group = field(id), group.type == .group else { return answers }
            return group.removing(row, from: answers)
        }
    }
}

extension FormField {
    fileprivate func removing(_ row: Int, from answers: FormAnswers) -> FormAnswers {
        let count = rows(answers)
        guard (1...max(1, count)).contains(row), count > 0 else { return answers }
        let prefix = id + "."
        let moved: [(String, String)] = answers.pairs.compactMap { name, value in
            guard name.hasPrefix(prefix), name != rowsKey else { return name == rowsKey ? nil : (name, value) }
            let rest = name.dropFirst(prefix.count).split(separator: ".", maxSplits: 1)
            guard rest.count == 2, let number = Int(rest[0]), number >= row else { return (name, value) }
            return number == row ? nil : ("\(prefix)\(number - 1).\(rest[1])", value)
        }
        var changed = FormAnswers(moved)
        changed[rowsKey] = "\(max(rowRange.lowerBound, count - 1))"
        return changed
    }
}

// MARK: - Names within a row

extension Condition {
    /// The same condition about fields of other names.
    func renaming(_ name: (String) -> String) -> Condition {
        switch self {
        case .all(let parts): .all(parts.map { $0.renaming(name) })
        case .any(let parts): .any(parts.map { $0.renaming(name) })
        case .not(let part): .not(part.renaming(name))
        case .channel: self
        case .field(let test):
            .field(
                FieldTest(
                    field: name(test.field),
                    comparison: test.comparison.renaming(name),
                    place: test.place
                )
            )
        }
    }
}

extension FieldComparison {
    fileprivate func renaming(_ name: (String) -> String) -> FieldComparison {
        if case .day(let relation, let bound) = self { return .day(relation, bound.renaming(name)) }
        return self
    }
}

extension DayBound {
    fileprivate func renaming(_ name: (String) -> String) -> DayBound {
        if case .field(let id) = self { return .field(name(id)) }
        return self
    }
}
