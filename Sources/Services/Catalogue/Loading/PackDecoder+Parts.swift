// SPDX-License-Identifier: Apache-2.0

import Kernel
import WorkingTime
import Yams

/// The words of the pack language for the units of a limit.
enum LimitWord: String, CaseIterable {
    case hour, workingDay, calendarDay

    var unit: TimeLimitUnit {
        switch self {
        case .hour: .hour
        case .workingDay: .workingDay
        case .calendarDay: .calendarDay
        }
    }
}

// MARK: - Ways to file, papers

extension SectionReader {
    func submissionMethod() -> SubmissionMethod? {
        guard let channel: Channel = word("channel"), let reader = subsection("timeLimit", .timeLimit),
            let word: LimitWord = reader.word("unit"),
            let value = reader.integer("value", in: 0...Int64(TimeLimit.maximum(of: word.unit))),
            let limit = TimeLimit(Int(value), word.unit)
        else { return nil }
        return SubmissionMethod(
            channel: channel,
            timeLimit: limit,
            cutOff: reader.time("cutOff"),
            description: text("description", limit: 500),
            place: place
        )
    }

    private func time(_ key: String) -> LocalTime? {
        guard let node = node(key), let text = SectionReader.text(node, limit: 8, out) else { return nil }
        guard let time = LocalTime(text) else {
            bad(node, "“\(text)” không phải là giờ.", remedy: "Viết dạng 15:00.")
            return nil
        }
        return time
    }

    func component() -> RequiredComponent {
        let name = text("name", limit: 500)
        return RequiredComponent(
            id: identifier("id"),
            nationalCode: optionalText("nationalCode", limit: 60),
            name: name,
            help: optionalText("help", limit: 500),
            thing: optionalText("thing", limit: 200) ?? "tệp " + FieldSentences.thing(of: name),
            copies: copies(),
            required: requirement(),
            visibleWhen: condition("visibleWhen"),
            accepts: has("accepts") ? words("accepts") : FileType.allCases,
            fileLimit: Int(integer("fileLimit", in: 1...50) ?? 10),
            place: place
        )
    }

    private func copies() -> [CopyKind: Int] {
        guard let reader = subsection("copies", .copies) else { return [:] }
        var copies: [CopyKind: Int] = [:]
        for kind in CopyKind.allCases {
            if let count = reader.integer(kind.rawValue, in: 0...50), count > 0 { copies[kind] = Int(count) }
        }
        return copies
    }

    /// `required: yes|no`, with `requiredWhen` in place of it when it depends.
    func requirement() -> Requirement {
        guard let condition = condition("requiredWhen") else { return bool("required") ? .always : .never }
        if bool("required") {
            out.error(
                .wrongShape,
                at: place(of: "requiredWhen"),
                "Đã required: yes thì không còn requiredWhen.",
                remedy: "Viết required: no khi chỉ cần trong một số trường hợp."
            )
        }
        return .when(condition)
    }
}

// MARK: - Steps

extension SectionReader {
    func workflow() -> Workflow {
        Workflow(
            receivesAutomatically: bool("automaticReceive"),
            steps: sections("steps", .step) { $0.step() },
            consultations: sections("consultations", .consultation) { $0.consultation() }
        )
    }

    private func consultation() -> ConsultationRule? {
        guard let silence: ConsultationSilence = word("silence"),
            let reader = subsection("answerWithin", .answerWithin), let word: LimitWord = reader.word("unit"),
            let value = reader.integer("value", in: 1...30), let limit = TimeLimit(Int(value), word.unit)
        else { return nil }
        return ConsultationRule(
            id: identifier("id"),
            name: text("name", limit: 120),
            steps: texts("steps", limit: 60),
            agencies: sections("agencies", .executingAgency) { $0.executingAgency() },
            units: texts("units", limit: 200),
            limit: limit,
            silence: silence,
            mayGoOn: bool("mayGoOn"),
            papers: texts("papers", limit: 60),
            pages: texts("pages", limit: 60),
            place: place
        )
    }

    private func step() -> Step? {
        guard let role: StepRole = word("role"), let lane: PublicLane = word("lane") else { return nil }
        if !PublicLane.ofSteps.contains(lane), let node = node("lane") {
            let words = PublicLane.ofSteps.map(\.rawValue).sorted().joined(separator: ", ")
            bad(node, "Bước không đứng ở chặng “\(lane.rawValue)” được.", remedy: "Dùng một trong: \(words).")
        }
        return Step(
            id: identifier("id"),
            name: text("name", limit: 200),
            role: role,
            lane: lane,
            share: integer("share", in: 1...100).map { Int($0) },
            actions: sections("actions", .action) { $0.action() },
            place: place
        )
    }

    private func action() -> StepAction? {
        guard let kind: StepActionKind = word("action") else { return nil }
        if kind.hasTarget != has("to") {
            out.error(
                .wrongShape,
                at: place,
                kind.hasTarget
                    ? "Thao tác “\(kind.rawValue)” phải nói tới bước nào."
                    : "Thao tác “\(kind.rawValue)” không có khóa to.",
                remedy: kind.hasTarget ? "Thêm to: tên bước." : "Bỏ khóa to."
            )
        }
        return StepAction(
            kind: kind,
            target: optionalText("to", limit: 60),
            label: optionalText("label", limit: 60) ?? kind.defaultLabel,
            place: place
        )
    }
}

// MARK: - Result

extension SectionReader {
    func result(_ source: PackSource) -> ResultDefinition? {
        guard let kind: ResultKind = word("kind") else { return nil }
        return ResultDefinition(
            name: text("name", limit: 300),
            nationalCode: optionalText("nationalCode", limit: 60),
            kind: kind,
            template: template(source),
            fields: sections("fields", .field) { $0.field() },
            series: series(),
            validMonths: integer("validMonths", in: 1...1_200).map { Int($0) },
            deliveryWays: words("deliveryWays"),
            place: place
        )
    }

    private func template(_ source: PackSource) -> TemplateFile? {
        guard let node = node("template"), let name = SectionReader.text(node, limit: 100, out) else { return nil }
        guard let bytes = source.files[name], name.hasSuffix(".mustache") else {
            out.error(
                .templateMissing,
                at: node.place,
                "Không có tệp mẫu “\(name)” bên cạnh \(PackSource.mainFile).",
                remedy: "Đặt tệp .mustache vào thư mục của thủ tục, hoặc sửa tên."
            )
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self),
            Array(VietnameseText.nfc(text).utf8) == Array(text.utf8)
        else {
            out.error(
                .notNFC,
                at: node.place,
                "Tệp mẫu “\(name)” không phải là UTF-8 dựng sẵn (NFC).",
                remedy: "Lưu lại tệp bằng UTF-8, chữ dựng sẵn."
            )
            return nil
        }
        return TemplateFile(fileName: name, text: text)
    }

    private func series() -> NumberPattern? {
        guard let node = node("series"), let text = SectionReader.text(node, limit: 60, out) else { return nil }
        guard let pattern = NumberPattern(text) else {
            bad(
                node,
                "“\(text)” không phải là mẫu số.",
                remedy: "Dùng đúng một {seq} hoặc {seq:2}, thêm {yyyy} hay {yy} nếu cần, ví dụ {seq:2}/{yyyy}/TL."
            )
            return nil
        }
        return pattern
    }
}

// MARK: - Examples

extension SectionReader {
    func example() -> PackExample? {
        guard let channel: Channel = word("channel"), let receivedAt = instant("receivedAt"),
            let expect = subsection("expect", .expectation)
        else { return nil }
        return PackExample(
            name: text("name", limit: 200),
            channel: channel,
            receivedAt: receivedAt,
            answers: FormAnswers(textPairs("answers")),
            expect: PackExample.Expectation(
                fee: expect.integer("fee", in: 0...1_000_000_000_000).map { VND($0) },
                components: expect.has("components") ? expect.texts("components", limit: 60) : nil,
                dueAt: expect.instant("dueAt"),
                path: expect.has("path") ? expect.texts("path", limit: 60) : nil,
                problems: expect.has("problems")
                    ? Dictionary(expect.textPairs("problems"), uniquingKeysWith: { first, _ in first }) : nil
            ),
            place: place
        )
    }

    private func instant(_ key: String) -> Instant? {
        guard let node = node(key), let text = SectionReader.text(node, limit: 40, out) else { return nil }
        guard let moment = Instant(text) else {
            bad(node, "“\(text)” không phải là thời điểm.", remedy: "Viết dạng 2026-03-05T09:30.")
            return nil
        }
        return moment
    }

    /// A mapping whose keys are ids of fields: the only keys that the language does not fix.
    private func textPairs(_ key: String) -> [(String, String)] {
        guard let node = node(key) else { return [] }
        guard case .mapping(let mapping) = node else {
            out.error(
                .wrongShape,
                at: node.place,
                "Ở đây phải là một mục có khóa, nhưng là \(node.shapeName).",
                remedy: "Viết mỗi trường một dòng, dạng “tên trường: giá trị”; không có gì thì viết {}."
            )
            return []
        }
        return mapping.compactMap { key, value in
            guard let id = SectionReader.text(key, limit: 80, out), let text = SectionReader.text(value, out) else {
                return nil
            }
            return (id, text)
        }
    }
}
