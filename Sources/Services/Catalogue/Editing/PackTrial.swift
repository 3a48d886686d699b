// SPDX-License-Identifier: Apache-2.0

public import Kernel
import WorkingTime

/// What one example of a pack expects and what comes out, line by line. The checker judges; this shows.
public struct PackTrial: Sendable {
    /// One thing that is compared.
    public struct Line: Sendable, Equatable {
        /// What it is.
        public let name: String
        /// What the example expects; nil where it says nothing.
        public let expected: String?
        /// What comes out.
        public let found: String
        /// The same as the example would say it, with its key; nil where nothing can be expected.
        let outcome: Outcome?

        /// Whether both are the same, or nothing was expected.
        public var isRight: Bool { expected.map { $0 == found } ?? true }
    }

    /// What came out, as a key of `expect`.
    struct Outcome: Sendable, Equatable {
        let key: String
        let value: PackTree
    }

    /// The example.
    public let name: String
    /// By which channel, and when.
    public let channel: Channel
    /// When the dossier comes in.
    public let receivedAt: Instant
    /// What is compared.
    public let lines: [Line]

    /// Whether the example says what must be paid and when the result is due: without both it proves little.
    public var saysEnough: Bool {
        !lines.contains { ["fee", "dueAt"].contains($0.outcome?.key) && $0.expected == nil }
    }

    /// Whether what came out could be expected from now on: everything came out, and not all of it is expected yet.
    public var offersOutcome: Bool {
        lines.allSatisfy { $0.outcome != nil || $0.isRight } && lines.contains { $0.outcome?.key == "fee" }
            && lines.contains { $0.outcome != nil && $0.found != $0.expected }
    }

    /// What came out, as what the example at a path expects; none where something did not come out.
    public func expecting(at path: PackPath) -> [PackEdit] {
        guard offersOutcome else { return [] }
        return lines.compactMap { line in
            line.outcome.map { .set(path.key("expect").key($0.key), $0.value) }
        }
    }
}

extension ProcedurePack {
    /// Plays the examples of this pack by the standard calendar; no dossier is made.
    public func trials() -> [PackTrial] {
        examples.map { example in
            PackTrial(
                name: example.name,
                channel: example.channel,
                receivedAt: example.receivedAt,
                lines: lines(of: example)
            )
        }
    }

    /// Sample answers to the questions of an example that have none yet.
    ///
    /// - Parameters:
    ///   - path: where the example stands.
    ///   - tree: the pack, with what was typed.
    ///   - day: the day of an example that says none.
    /// - Returns: nil where every question is answered, or the example is about what is missing.
    public func filling(_ path: PackPath, in tree: PackTree, on day: LocalDate) -> PackEdit? {
        guard tree[path]?["expect"]?["problems"] == nil else { return nil }
        let standing = (tree[path]?["answers"]?.entries ?? []).compactMap { entry in
            entry.value.text.map { (entry.key, $0) }
        }
        let channel = tree[path]?["channel"]?.text.flatMap { Channel(rawValue: $0) } ?? .online
        let receivedOn = tree[path]?["receivedAt"]?.text.flatMap { LocalDate(String($0.prefix(10))) } ?? day
        let added = form?.sampleAnswers(besides: FormAnswers(standing), channel: channel, today: receivedOn)
        guard let added, !added.isEmpty else { return nil }
        let answers = PackTree.texts(standing + added.pairs.map { ($0.id, $0.value) })
        return .set(path.key("answers"), answers)
    }

    private func lines(of example: PackExample) -> [PackTrial.Line] {
        let day = example.receivedAt.date
        var context = ConditionContext(answers: example.answers, channel: example.channel, today: day)
        var lines: [PackTrial.Line] = []
        if let form {
            let check = form.validate(example.answers, .whole, ValidationContext(today: day, channel: example.channel))
            let problems = check.problems.map { "\(form.field($0.field)?.label ?? $0.field): \($0.sentence)" }.sorted()
            let expected = (example.expect.problems ?? [:])
                .map { "\(form.field($0.key)?.label ?? $0.key): \($0.value)" }.sorted()
            let none = "không có"
            lines.append(
                PackTrial.Line(
                    name: "Câu báo lỗi",
                    expected: expected.isEmpty ? none : expected.joined(separator: "; "),
                    found: problems.isEmpty ? none : problems.joined(separator: "; "),
                    outcome: nil
                )
            )
            guard check.isSound else { return lines }
            context.answers = form.effectiveAnswers(
                ConditionContext(answers: check.answers, channel: example.channel, today: day)
            )
        }
        let variant = variant(context)
        let promise = promise(example.channel, variant: variant?.id)
        return lines
            + [
                variants.isEmpty ? nil : self.variant(example, variant), fee(example, context),
                papers(example, context),
                due(example, promise), path(example, context),
            ]
            .compactMap(\.self)
    }

    private func variant(_ example: PackExample, _ found: ProcedureVariant?) -> PackTrial.Line {
        PackTrial.Line(
            name: "Trường hợp",
            expected: example.expect.variant.map { variant(id: $0)?.name ?? $0 },
            found: found?.name ?? "không trường hợp nào",
            outcome: found.map { .init(key: "variant", value: .text($0.id)) }
        )
    }

    private func fee(_ example: PackExample, _ context: ConditionContext) -> PackTrial.Line {
        var (found, outcome): (String, PackTrial.Outcome?)
        do {
            let quote = try fees.quote(context.answers, channel: context.channel, on: context.today)
            (found, outcome) = (
                quote.words, quote.unknown.isEmpty ? .init(key: "fee", value: .text("\(quote.total.amount)")) : nil
            )
        } catch {
            (found, outcome) = ("không tính được (\(error.code))", nil)
        }
        return PackTrial.Line(
            name: "Tổng phải nộp",
            expected: example.expect.fee?.description,
            found: found,
            outcome: outcome
        )
    }

    private func papers(_ example: PackExample, _ context: ConditionContext) -> PackTrial.Line {
        func names(_ ids: [String]) -> String {
            let named = ids.map { id in components.first { $0.id == id }?.name ?? id }
            return named.isEmpty ? "không có" : named.joined(separator: "; ")
        }
        let found = components(context).filter(\.isRequired).map(\.component.id)
        return PackTrial.Line(
            name: "Giấy tờ phải có",
            expected: example.expect.components.map(names),
            found: names(found),
            outcome: .init(key: "components", value: .list(found.map { .text($0) }))
        )
    }

    private func due(_ example: PackExample, _ promise: LimitPromise?) -> PackTrial.Line {
        var (found, outcome): (String, PackTrial.Outcome?) = ("gói không nhận hồ sơ qua kênh này", nil)
        let rule = lengthening(example.lengthening)
        if let promise {
            do {
                let dueAt = try promise.deadline(
                    receivedAt: example.receivedAt,
                    lengthenedBy: rule,
                    calendar: .standard
                )
                .dueAt
                let moment = "\(dueAt.date)T\(dueAt.time.hourMinute)"
                (found, outcome) = (dueAt.vietnamese, .init(key: "dueAt", value: .text(moment)))
            } catch {
                found = "không tính được: \(error.message)"
            }
        }
        return PackTrial.Line(
            name: rule.map { "Hẹn trả, kéo dài vì \($0.need)" } ?? "Hẹn trả",
            expected: example.expect.dueAt?.vietnamese,
            found: found,
            outcome: outcome
        )
    }

    /// The way that the example names, as far as it leads; else the shortest way by the first open move of each step.
    private func path(_ example: PackExample, _ context: ConditionContext) -> PackTrial.Line {
        func names(_ ids: [String]) -> String { ids.map { workflow.step($0)?.name ?? $0 }.joined(separator: " → ") }
        // As the checker walks: papers and opinions come while the dossier is worked on.
        func open(_ action: StepAction) -> Bool { action.conditions.allSatisfy { $0.holds(in: context) } }
        var walked: [String] = []
        var step = workflow.first
        var isDecided = false
        let wanted = example.expect.path
        while let current = step, walked.count < workflow.steps.count {
            walked.append(current.id)
            isDecided = current.actions.contains { ($0.kind == .grant || $0.kind == .refuse) && open($0) }
            let moves = current.actions.filter { $0.kind == .advance && open($0) }.compactMap(\.target)
            let isEnd = wanted.map { $0.count == walked.count } ?? false
            let next = wanted.flatMap { $0.count > walked.count ? $0[walked.count] : nil } ?? moves.first
            guard !isEnd, let next, moves.contains(next) else { break }
            step = workflow.step(next)
        }
        return PackTrial.Line(
            name: "Đi qua các bước",
            expected: wanted.map(names),
            found: names(walked),
            outcome: isDecided ? .init(key: "path", value: .list(walked.map { .text($0) })) : nil
        )
    }
}
