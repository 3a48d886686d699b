// SPDX-License-Identifier: Apache-2.0

public import Kernel

extension FormField {
    /// A canonical answer as a person reads it: `05/03/2026`, the option's label, `Có`, `0912 345 678`, `1.200`,
    /// `50.000.000 đ (Năm mươi triệu đồng)`.
    public func display(_ answer: String) -> String {
        switch type {
        case .money: moneyInWords(answer).map { "\(moneyInFigures(answer)) (\($0))" } ?? answer
        case .date: LocalDate(answer)?.vietnamese ?? answer
        case .choice: options.first { $0.value == answer }?.label ?? answer
        case .choices: Choices.values(answer).map { value in label(of: value) }.joined(separator: "; ")
        case .yesNo: answer == YesNo.yes ? "Có" : answer == YesNo.no ? "Không" : answer
        case .declaration: answer == YesNo.yes ? "Đã cam đoan" : "Chưa cam đoan"
        case .number: Int64(answer).map { String(grouped: $0) } ?? answer
        case .phone: PhoneNumber(answer)?.grouped ?? answer
        case .nationalID: NationalID(answer)?.grouped ?? answer
        case .text, .longText, .email, .address, .unitAddress, .taxCode, .note, .person, .group, .file: answer
        }
    }

    /// `50.000.000 đ`; what was typed when it is no amount.
    public func moneyInFigures(_ answer: String) -> String { Int64(answer).map { VND($0).description } ?? answer }

    /// `Năm mươi triệu đồng`; nil when it is no amount.
    public func moneyInWords(_ answer: String) -> String? { Int64(answer).map { VND($0).inWords } }

    private func label(of value: String) -> String { options.first { $0.value == value }?.label ?? value }

    /// The label where questions of several rows stand together: `Thành viên 2: họ và tên`.
    public var caption: String {
        heading.map { "\($0): \(FieldSentences.thing(of: label))" } ?? label
    }
}

/// One line of a list of answers: of a check page, an officer's page, a copy of one's data.
public struct AnswerLine: Hashable, Sendable {
    /// The field that is answered.
    public let field: FormField
    /// What is asked.
    public let label: String
    /// The answer as a person reads it; nil where there is none.
    public let value: String?
}

extension FormSchema {
    /// The answers to the questions of a page that are shown, as a person reads them.
    public func lines(of page: FormPage, _ context: ConditionContext) -> [AnswerLine] {
        visibleLeaves(of: page, context).map { $0.line(context.answers) }
    }

    /// Every answer of the form as a person reads it, questions without an answer too.
    public func lines(_ answers: FormAnswers) -> [AnswerLine] {
        fields.filter(\.type.isAsked).flatMap { $0.leaves(answers) }.map { $0.line(answers) }
    }

    /// Every name under which something may be answered.
    public func answerKeys(_ answers: FormAnswers) -> Set<String> {
        Set(
            leaves(answers).flatMap(\.answerKeys) + fields.filter { $0.type == .group }.map(\.rowsKey)
        )
    }

    /// The fields with one answer each, of every page, for as many rows as these answers have.
    public func leaves(_ answers: FormAnswers) -> [FormField] {
        fields.filter(\.type.isAsked).flatMap { $0.leaves(answers) }
    }
}

extension FormField {
    fileprivate func line(_ answers: FormAnswers) -> AnswerLine {
        let answer = answers[id] ?? ""
        return AnswerLine(field: self, label: caption, value: answer.isEmpty ? nil : display(answer))
    }

    /// What one row is called within a sentence: `thành viên`.
    public var rowNoun: String { FieldSentences.thing(of: rowName) }

    /// The day whose units an address names, by what is answered so far.
    public func unitsDay(_ answers: FormAnswers, today: LocalDate) -> LocalDate {
        unitsOn?.day(in: ConditionContext(answers: answers, channel: .online, today: today)) ?? today
    }

    /// The whole answer in one line: of a person its parts, of a group its rows.
    public func summary(_ answers: FormAnswers) -> String {
        switch type {
        case .person:
            members.compactMap { $0.line(answers).value }.joined(separator: ", ")
        case .group:
            (0..<rows(answers)).map { index in
                let texts = row(index + 1).map { $0.summary(answers) }.filter { !$0.isEmpty }
                return "\(rowName) \(index + 1): \(texts.joined(separator: ", "))"
            }
            .joined(separator: "; ")
        default: display(answers[id] ?? "")
        }
    }
}

/// The ticked options in one text: values with line breaks between them, in the order of the options.
public enum Choices {
    /// The values of a canonical answer.
    public static func values(_ answer: String) -> [String] {
        answer.split(separator: "\n").map(String.init)
    }
}
