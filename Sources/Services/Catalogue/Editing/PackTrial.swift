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

        /// Whether both are the same, or nothing was expected.
        public var isRight: Bool { expected.map { $0 == found } ?? true }
    }

    /// The example.
    public let name: String
    /// By which channel, and when.
    public let channel: Channel
    /// When the dossier comes in.
    public let receivedAt: Instant
    /// What is compared.
    public let lines: [Line]
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
                    found: problems.isEmpty ? none : problems.joined(separator: "; ")
                )
            )
            guard check.isSound else { return lines }
            context.answers = form.effectiveAnswers(
                ConditionContext(answers: check.answers, channel: example.channel, today: day)
            )
        }
        return lines + [fee(example, context), papers(example, context), due(example), path(example)]
    }

    private func fee(_ example: PackExample, _ context: ConditionContext) -> PackTrial.Line {
        let found: String
        do {
            found = try fees.quote(context.answers, channel: context.channel, on: context.today).words
        } catch {
            found = "không tính được (\(error.code))"
        }
        return PackTrial.Line(name: "Tổng phải nộp", expected: example.expect.fee?.description, found: found)
    }

    private func papers(_ example: PackExample, _ context: ConditionContext) -> PackTrial.Line {
        func names(_ ids: [String]) -> String {
            let named = ids.map { id in components.first { $0.id == id }?.name ?? id }
            return named.isEmpty ? "không có" : named.joined(separator: "; ")
        }
        return PackTrial.Line(
            name: "Giấy tờ phải có",
            expected: example.expect.components.map(names),
            found: names(components(context).filter(\.isRequired).map(\.component.id))
        )
    }

    private func due(_ example: PackExample) -> PackTrial.Line {
        var found = "gói không nhận hồ sơ qua kênh này"
        if let method = method(example.channel) {
            do {
                found =
                    try Deadline(
                        receivedAt: example.receivedAt,
                        limit: method.timeLimit,
                        cutOff: method.cutOff,
                        calendar: .standard
                    )
                    .dueAt.vietnamese
            } catch {
                found = "không tính được: \(error.message)"
            }
        }
        return PackTrial.Line(name: "Hẹn trả", expected: example.expect.dueAt?.vietnamese, found: found)
    }

    /// The way that the example names, as far as it leads; else the shortest way by the first move of each step.
    private func path(_ example: PackExample) -> PackTrial.Line {
        func names(_ ids: [String]) -> String { ids.map { workflow.step($0)?.name ?? $0 }.joined(separator: " → ") }
        var walked: [String] = []
        var step = workflow.first
        let wanted = example.expect.path
        while let current = step, walked.count < workflow.steps.count {
            walked.append(current.id)
            let moves = current.actions.filter { $0.kind == .advance }.compactMap(\.target)
            let isEnd = wanted.map { $0.count == walked.count } ?? false
            let next = wanted.flatMap { $0.count > walked.count ? $0[walked.count] : nil } ?? moves.first
            guard !isEnd, let next, moves.contains(next) else { break }
            step = workflow.step(next)
        }
        return PackTrial.Line(name: "Đi qua các bước", expected: wanted.map(names), found: names(walked))
    }
}
