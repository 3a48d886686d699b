// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Markup

/// The questions of a page of the builder as the page draws them, each with what the checker says of it.
struct SheetParts: Sendable {
    let sheet: PackSheet
    let open: OpenDraft
    /// False for what is not in the pack yet.
    let hasFindings: Bool
    /// Lines that were typed and cannot be read, with what is wrong.
    var lines: (text: String, problems: [String])?

    private var errors: [(finding: CatalogueFinding, path: PackPath)] {
        guard hasFindings else { return [] }
        return open.places.compactMap { place in
            guard place.finding.isError, let path = place.path else { return nil }
            return (place.finding, path)
        }
    }

    private func words(_ path: PackPath) -> String? {
        let found = errors.filter { $0.path.isInside(path) }.map { "\($0.finding.text) \($0.finding.remedy)" }
        return found.isEmpty ? nil : found.joined(separator: " ")
    }

    /// What stands on the page and belongs to no question or element.
    func otherFindings(in place: SheetHandlers.Place) -> [BuilderFinding] {
        errors.filter { one in
            let isHere = place.path.map { one.path.isInside($0) } ?? (BuilderTab.holding(one.path).id == place.tab.id)
            return isHere && !sheet.questions.contains { one.path.isInside($0.path) }
                && !sheet.lists.contains { one.path.isInside($0.path) }
        }
        .map { BuilderFinding(place: "Mục này", text: $0.finding.text, remedy: $0.finding.remedy, isError: true) }
    }

    // MARK: - Questions

    /// What most packs answer.
    var questions: [BuilderSheetPage.Question] {
        let common = sheet.questions.filter { !$0.isRare && !$0.isName }
        guard let lines = sheet.optionLines else { return drawn(common) }
        let part = FieldPart(
            PackSheet.optionLinesName,
            "Các lựa chọn, mỗi dòng một lựa chọn",
            hint: "Cho kiểu chọn một, chọn nhiều. Giá trị lưu được đặt theo chữ của dòng.",
            isOptional: true,
            .longText(lines, limitCharacters: 100_000, rows: 4)
        )
        let place = common.firstIndex { $0.path.lastKey == "required" } ?? common.endIndex
        return drawn(Array(common[..<place])) + [.field(part)] + drawn(Array(common[place...]))
    }

    /// What most packs do without.
    /// Last of all the name within the pack, which makes itself.
    var rareQuestions: [BuilderSheetPage.Question] {
        drawn(sheet.questions.filter { $0.isRare && !$0.isName }) + drawn(sheet.questions.filter(\.isName))
    }

    /// Whether one of the rare questions is answered, or wrong.
    var hasRareAnswer: Bool {
        sheet.questions.contains { question in
            (question.isRare && !question.isName && question.value != nil)
                || ((question.isRare || question.isName) && words(question.path) != nil)
        }
    }

    private func drawn(_ questions: [PackQuestion]) -> [BuilderSheetPage.Question] {
        var group: String?
        return questions.flatMap { question -> [BuilderSheetPage.Question] in
            var parts = parts(question)
            if question.group != group, let heading = question.group { parts.insert(.heading(heading), at: 0) }
            group = question.group
            return parts
        }
    }

    private func parts(_ question: PackQuestion) -> [BuilderSheetPage.Question] {
        let error = words(question.path)
        func typed(_ suffix: String = "") -> String { question.typed[question.name + suffix]?.first ?? "" }
        switch question.control {
        // What refers to something that the pack has none of yet is no question.
        case .word(let options) where options.isEmpty && question.value == nil && !question.isRequired: return []
        case .words(let options) where options.isEmpty && question.value == nil && !question.isRequired: return []
        case .answers(let fields): return answers(question, fields, error)
        case .condition(let rows, let fields, let tests):
            return [
                .condition(
                    BuilderSheetPage.Condition(
                        id: question.name,
                        label: question.label,
                        hint: question.help,
                        error: error,
                        mode: typed(".mode"),
                        rows: (0..<rows).map { row in
                            .init(
                                field: typed(".\(row).field"),
                                test: typed(".\(row).test"),
                                value: typed(".\(row).value")
                            )
                        },
                        fields: fields.map(Self.choice),
                        tests: tests.map(Self.choice)
                    )
                )
            ]
        default:
            let isTick = if case .yes = question.control { true } else { false }
            return [
                .field(
                    FieldPart(
                        question.name,
                        isTick ? "" : question.label,
                        hint: question.help,
                        error: error,
                        isOptional: !question.isRequired || question.isName,
                        Self.control(question, typed)
                    )
                )
            ]
        }
    }

    /// So many choices stand open on the page, more in a list to unfold.
    private static let fewChoices = 5

    private static func control(_ question: PackQuestion, _ typed: (String) -> String) -> FieldPart.Control {
        let value = typed("")
        switch question.control {
        case .line: return .text(value)
        case .paragraph(let limit): return .longText(value, limitCharacters: limit, rows: 3)
        case .lines, .source: return .longText(value, limitCharacters: 100_000, rows: 4)
        case .number: return .number(value, unit: nil)
        case .word(let options):
            let choices = options.map(choice)
            guard !choices.isEmpty, choices.count <= fewChoices else {
                return .select(choices.map { .init($0.value, $0.label) }, chosen: value)
            }
            // Few are read at a glance; what may be left out has a choice of its own, since radios cannot be cleared.
            return .radios(choices + (question.isRequired ? [] : [.init("", "Không nêu")]), chosen: value)
        case .words(let options):
            return .checkboxes(options.map(choice), chosen: Set(question.typed[question.name] ?? []))
        case .yesNo: return .yesNo(value.isEmpty ? nil : value == "yes")
        case .yes: return .declaration(question.label, isTicked: value == "yes")
        case .day: return .date(.init(day: typed(".day"), month: typed(".month"), year: typed(".year")))
        case .answers, .condition: return .note("")
        }
    }

    private static func choice(_ option: PackQuestion.Option) -> FieldPart.Choice {
        FieldPart.Choice(option.name, option.label, hint: option.help)
    }

    private func answers(_ question: PackQuestion, _ fields: [PackFieldFact], _ error: String?)
        -> [BuilderSheetPage.Question]
    {
        // One line for each; what is answered and is no field of the form any more is shown too.
        let known = Set(fields.map { "\(question.name).\($0.id)" })
        let others = question.typed.keys.filter { !known.contains($0) }.sorted()
        var lines: [FieldPart] = []
        for field in fields {
            let name = "\(question.name).\(field.id)"
            let value = question.typed[name]?.first ?? ""
            let choices = field.choices.map(Self.choice)
            let isListed = choices.isEmpty || (!value.isEmpty && !choices.contains { $0.value == value })
            lines.append(
                FieldPart(
                    name,
                    field.label,
                    error: lines.isEmpty ? error : nil,
                    isListed ? .text(value) : .select(choices, chosen: value)
                )
            )
        }
        lines += others.map { name in
            let id = String(name.dropFirst(question.name.count + 1))
            return FieldPart(name, "\(id) (không có trong tờ khai)", .text(question.typed[name]?.first ?? ""))
        }
        return [
            .heading(question.label),
            .lines(lines, hint: "Mỗi câu một dòng; bỏ trống là không trả lời. Ngày viết như 05/03/2026."),
        ]
    }

    // MARK: - Lists

    var lists: [BuilderSheetPage.List] {
        sheet.lists.map { list in
            BuilderSheetPage.List(
                id: Self.listID(list.path),
                label: list.label,
                elementWord: list.elementLabel.lowercased(),
                hint: list.help,
                error: errors.filter { $0.path == list.path }.map { "\($0.finding.text) \($0.finding.remedy)" }.first,
                path: list.path.description,
                items: list.items.map { item in
                    BuilderSheetPage.List.Item(
                        path: item.path.description,
                        title: item.title,
                        detail: item.detail,
                        errorCount: errors.count { $0.path.isInside(item.path) }
                    )
                },
                lines: list.path.lastKey == "fields" ? fieldLines(list.path) : nil,
                chains: list.path == StepChain.list
                    ? StepChain.allCases.map { .init("chuoi:\($0.rawValue)", $0.vietnamese) } : []
            )
        }
    }

    /// Several fields at once; those of a result are confirmed one by one.
    private func fieldLines(_ list: PackPath) -> FieldPart? {
        guard list.steps.first == .key("form") else { return nil }
        return FieldPart(
            Self.linesName,
            "Mỗi dòng một trường",
            hint: FieldLines.help,
            error: lines?.problems.joined(separator: ". "),
            .longText(lines?.text ?? "", limitCharacters: 20_000, rows: 6)
        )
    }

    /// The name under which the lines are sent; a page has one list of fields.
    static let linesName = "cacDong"

    /// The id of a list's heading: letters that an address takes as they are.
    static func listID(_ path: PackPath) -> String {
        "ds-" + String(path.description.map { $0.isLetter || $0.isNumber ? $0 : "-" })
    }
}
