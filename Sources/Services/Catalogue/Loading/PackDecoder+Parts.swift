// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import WorkingTime
import Yams

// MARK: - Ways to file, papers

extension SectionReader {
    func submissionMethod() -> SubmissionMethod? {
        guard let channel: Channel = word("channel"), let promise = subsection("timeLimit")?.promise() else {
            return nil
        }
        return SubmissionMethod(
            channel: channel,
            promise: promise,
            description: text("description"),
            place: place
        )
    }

    private func promise() -> LimitPromise? { timeLimit().map { LimitPromise(limit: $0, cutOff: time("cutOff")) } }

    /// `value` and `unit` of a limit.
    private func timeLimit() -> TimeLimit? {
        guard let word: LimitWord = word("unit"), let value = integer("value") else { return nil }
        if let limit = TimeLimit(Int(value), word.unit) { return limit }
        if let node = node("value") {
            bad(node, "Thời hạn \(value) \(word.vietnamese) quá dài.", remedy: "Kiểm tra lại value và unit.")
        }
        return nil
    }

    /// The cases of the whole pack; each may name those before it.
    func readVariants() -> [ProcedureVariant] {
        guard let section = shape("variants").section else { return [] }
        return list("variants").reduce(into: []) { known, node in
            var reader = SectionReader(node, section, out)
            reader?.variants = known
            if let variant = reader?.variant(after: known) { known.append(variant) }
        }
    }

    private func variant(after earlier: [ProcedureVariant]) -> ProcedureVariant? {
        guard let when = condition("when") else { return nil }
        return ProcedureVariant(
            id: identifier("id"),
            code: code("code"),
            name: text("name"),
            own: when,
            applies: earlier.isEmpty ? when : .all([when] + earlier.map { .not($0.own) }),
            promise: subsection("timeLimit")?.promise(),
            place: place
        )
    }

    func lengthening() -> LimitLengthening? {
        let extent: LimitLengthening.Extent? =
            switch chosen(section.choices[0]) {
            case "by": subsection("by")?.timeLimit().map { .by($0) }
            case "upTo": subsection("upTo")?.timeLimit().map { .upTo($0) }
            default: nil
            }
        return extent.map {
            LimitLengthening(
                id: identifier("id"),
                name: text("name"),
                extent: $0,
                steps: texts("steps"),
                basis: texts("basis"),
                place: place
            )
        }
    }

    func component(_ source: PackSource) -> RequiredComponent {
        let name = text("name")
        return RequiredComponent(
            id: identifier("id"),
            nationalCode: optionalText("nationalCode"),
            name: name,
            help: optionalText("help"),
            thing: optionalText("thing") ?? "tệp " + FieldSentences.thing(of: name),
            copies: copies(),
            required: requirement(),
            visibleWhen: condition("visibleWhen"),
            accepts: has("accepts") ? words("accepts") : FileType.allCases,
            fileLimit: Int(integer("fileLimit") ?? 10),
            reusableFrom: codes("reusableFrom"),
            blankForm: file("blankForm", in: source),
            sample: file("sample", in: source),
            place: place
        )
    }

    /// A PDF beside the pack that people download.
    private func file(_ key: String, in source: PackSource) -> PackFile? {
        guard let node = node(key), let name = optionalText(key), let bytes = content(of: name, node, source) else {
            return nil
        }
        guard bytes.starts(with: Array("%PDF-".utf8)) else {
            bad(node, "Tệp “\(name)” không phải là PDF.", remedy: "Lưu lại tệp dạng PDF.")
            return nil
        }
        return PackFile(name: name, digest: Digest(of: bytes), size: bytes.count)
    }

    private func content(of name: String, _ node: Node, _ source: PackSource) -> [UInt8]? {
        guard PackFile.isName(name) else {
            bad(node, "“\(name)” không dùng làm tên tệp được.", remedy: "Viết dạng to-khai.pdf, không dấu, không cách.")
            return nil
        }
        if let bytes = source.files[name] { return bytes }
        guard !source.tellLeftOut(name, at: node.place, out) else { return nil }
        let near = EditDistance.nearest(to: name, in: Array(source.files.keys))
        out.error(
            .fileMissing,
            at: node.place,
            "Không có tệp “\(name)” bên cạnh \(PackSource.mainFile).",
            remedy: near.map { "Có phải là “\($0)”?" } ?? "Đặt tệp vào thư mục của thủ tục, hoặc sửa tên."
        )
        return nil
    }

    private func copies() -> [CopyKind: Int] {
        guard let reader = subsection("copies") else { return [:] }
        var copies: [CopyKind: Int] = [:]
        for kind in CopyKind.allCases {
            if let count = reader.integer(kind.rawValue), count > 0 { copies[kind] = Int(count) }
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
            steps: sections("steps") { $0.step() },
            consultations: sections("consultations") { $0.consultation() }
        )
    }

    private func consultation() -> ConsultationRule? {
        guard let silence: ConsultationSilence = word("silence"),
            let limit = subsection("answerWithin")?.timeLimit()
        else { return nil }
        return ConsultationRule(
            id: identifier("id"),
            name: text("name"),
            steps: texts("steps"),
            agencies: sections("agencies") { $0.executingAgency() },
            units: texts("units"),
            limit: limit,
            silence: silence,
            mayGoOn: bool("mayGoOn"),
            papers: texts("papers"),
            pages: texts("pages"),
            place: place
        )
    }

    private func step() -> Step? {
        guard let role: StepRole = word("role"), let lane: PublicLane = word("lane") else { return nil }
        return Step(
            id: identifier("id"),
            name: text("name"),
            role: role,
            lane: lane,
            unit: optionalText("unit"),
            assignment: word("assignment") ?? .head,
            share: integer("share").map { Int($0) },
            actions: sections("actions") { $0.action() },
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
            target: optionalText("to"),
            label: optionalText("label") ?? kind.vietnamese,
            guards: sections("guards") { $0.stepGuard() },
            place: place
        )
    }

    private func stepGuard() -> StepGuard? {
        let test: StepGuard.Test? =
            switch chosen(section.choices[0]) {
            case "when": condition("when").map { .answers($0) }
            case "paper": optionalText("paper").map { .paper($0) }
            case "consulted": optionalText("consulted").map { .consulted($0) }
            default: nil
            }
        return test.map { StepGuard($0, reason: text("reason"), place: place) }
    }
}

// MARK: - Result

extension SectionReader {
    func result(_ source: PackSource) -> ResultDefinition? {
        guard let kind: ResultKind = word("kind") else { return nil }
        return ResultDefinition(
            name: text("name"),
            nationalCode: optionalText("nationalCode"),
            kind: kind,
            template: template(source),
            fields: sections("fields") { $0.field() },
            registerFields: sections("registerFields") { $0.registerField() },
            series: series(),
            validMonths: integer("validMonths").map { Int($0) },
            deliveryWays: words("deliveryWays"),
            place: place
        )
    }

    private func registerField() -> RegisterField? {
        let source: RegisterField.Source? =
            switch chosen(section.choices[0]) {
            case "answer": optionalText("answer").map { .answer($0) }
            case "filled": optionalText("filled").map { .filled($0) }
            default: nil
            }
        return source.map { RegisterField(id: identifier("id"), label: text("label"), source: $0, place: place) }
    }

    private func template(_ source: PackSource) -> TemplateFile? {
        guard let node = node("template"), let name = optionalText("template") else { return nil }
        guard !source.tellLeftOut(name, at: node.place, out) else { return nil }
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
        if out.isStrict,
            let hidden = text.unicodeScalars.first(where: { VietnameseText.isInvisible($0) && $0 != "\t" && $0 != "\r" }
            )
        {
            out.error(
                .controlCharacter,
                at: node.place,
                "Tệp mẫu “\(name)” có ký tự không nhìn thấy U+\(String(hidden.value, radix: 16, uppercase: true)).",
                remedy: "Xóa ký tự này khỏi tệp mẫu."
            )
            return nil
        }
        return TemplateFile(fileName: name, text: text)
    }

    private func series() -> NumberPattern? {
        value(
            "series",
            "mẫu số",
            remedy: "Dùng đúng một {seq} hoặc {seq:2}, thêm {yyyy} hay {yy} nếu cần, ví dụ {seq:2}/{yyyy}/TL."
        ) { NumberPattern($0) }
    }
}

// MARK: - Examples

extension SectionReader {
    func example() -> PackExample? {
        guard let channel: Channel = word("channel"), let receivedAt = instant("receivedAt"),
            let expect = subsection("expect")
        else { return nil }
        return PackExample(
            name: text("name"),
            channel: channel,
            receivedAt: receivedAt,
            answers: FormAnswers(textPairs("answers")),
            lengthening: optionalText("lengthening"),
            expect: PackExample.Expectation(
                fee: expect.integer("fee").map { VND($0) },
                variant: expect.optionalText("variant"),
                components: expect.has("components") ? expect.texts("components") : nil,
                dueAt: expect.instant("dueAt"),
                path: expect.has("path") ? expect.texts("path") : nil,
                problems: expect.has("problems")
                    ? Dictionary(expect.textPairs("problems"), uniquingKeysWith: { first, _ in first }) : nil
            ),
            place: place
        )
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
            guard let id = SectionReader.text(key, limit: 80, out) else { return nil }
            if value.scalar == nil {
                out.error(
                    .wrongShape,
                    at: value.place,
                    "“\(id)” ở đây phải là một giá trị, nhưng là \(value.shapeName).",
                    remedy: "Viết phẳng: dòng của nhóm là \(id).1.tên trường: giá trị (ví dụ items.1.kind: Rạp), "
                        + "phần của một người là \(id).tên phần: giá trị (ví dụ applicant.fullName: An)."
                )
                return nil
            }
            guard let text = SectionReader.text(value, out) else {
                return nil
            }
            return (id, text)
        }
    }
}
