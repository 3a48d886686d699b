// SPDX-License-Identifier: Apache-2.0

import Kernel
import WorkingTime

extension PackCheck {
    func checkExamples() {
        guard !pack.examples.isEmpty else {
            out.error(
                .exampleMissing,
                at: pack.place(of: "examples"),
                "Gói không có ví dụ nào.",
                remedy: "Thêm ít nhất một ví dụ: câu trả lời, kênh, ngày và điều phải ra."
            )
            return
        }
        checkUnique(pack.examples.map { ($0.name, $0.place) }, "Ví dụ")
        checkVariantsAreShown(Set(pack.examples.compactMap { play($0) }))
        checkLengtheningsAreShown()
    }

    func fails(_ example: PackExample, _ text: String) {
        out.error(
            .exampleFails,
            at: example.place,
            "Ví dụ “\(example.name)”: \(text)",
            remedy: "Sửa ví dụ nếu nó sai, hoặc sửa gói cho đúng ví dụ."
        )
    }

    /// Plays an example to its end; the case that its answers make, nil where they make none.
    private func play(_ example: PackExample) -> String? {
        guard pack.method(example.channel) != nil else {
            fails(example, "gói không nhận hồ sơ qua kênh \(example.channel.rawValue).")
            return nil
        }
        let known = Set((pack.form?.fields ?? []).map(\.id))
        for id in example.answers.ids where !known.contains(String(id.split(separator: ".").first ?? "")) {
            fails(example, "không có trường “\(id)”.")
        }
        let day = example.receivedAt.date
        var context = ConditionContext(answers: example.answers, channel: example.channel, today: day)
        if let form = pack.form {
            let check = form.validate(
                example.answers,
                .whole,
                ValidationContext(today: day, channel: example.channel)
            )
            guard problemsMatch(example, check), check.isSound else { return nil }
            context.answers = form.effectiveAnswers(
                ConditionContext(answers: check.answers, channel: example.channel, today: day)
            )
        }
        let variant = pack.variant(context)
        if let expected = example.expect.variant, expected != variant?.id {
            fails(
                example,
                "mong trường hợp “\(expected)”, ra \(variant.map { "“\($0.id)”" } ?? "không trường hợp nào")."
            )
        }
        playFee(example, context)
        playComponents(example, context)
        if let promise = pack.promise(example.channel, variant: variant?.id) {
            playLengthening(example, promise)
            playDeadline(example, promise)
        }
        playPath(example, context)
        return variant?.id
    }

    private func problemsMatch(_ example: PackExample, _ check: FormCheck) -> Bool {
        let found = Dictionary(check.problems.map { ($0.field, $0.sentence) }, uniquingKeysWith: { first, _ in first })
        let expected = example.expect.problems ?? [:]
        guard found != expected else { return true }
        let differing = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }.sorted()
        let told = differing.map { id in
            "\(id): mong “\(expected[id] ?? "không lỗi")”, ra “\(found[id] ?? "không lỗi")”"
        }
        fails(example, "câu báo lỗi khác — \(told.joined(separator: "; ")).")
        return false
    }

    private func playFee(_ example: PackExample, _ context: ConditionContext) {
        do {
            let quote = try pack.fees.quote(context.answers, channel: context.channel, on: context.today)
            if example.expect.fee != nil, let line = quote.unknown.first {
                let sum = "số tiền của “\(line.name)” do Hội đồng nhân dân tỉnh quy định, chưa biết"
                fails(example, "\(sum): bỏ fee khỏi expect.")
            } else if let expected = example.expect.fee, expected != quote.total {
                fails(example, "mong thu \(expected), ra \(quote.total).")
            }
        } catch {
            fails(example, "không tính được số tiền (\(error.code)).")
        }
    }

    private func playComponents(_ example: PackExample, _ context: ConditionContext) {
        guard let expected = example.expect.components else { return }
        let found = pack.components(context).filter(\.isRequired).map(\.component.id)
        guard found != expected else { return }
        fails(example, "mong giấy tờ [\(expected.joined(separator: ", "))], ra [\(found.joined(separator: ", "))].")
    }

    private func playDeadline(_ example: PackExample, _ promise: LimitPromise) {
        guard let expected = example.expect.dueAt else { return }
        do {
            let deadline = try promise.deadline(
                receivedAt: example.receivedAt,
                lengthenedBy: pack.lengthening(example.lengthening),
                calendar: calendar
            )
            guard deadline.dueAt != expected else { return }
            fails(example, "mong hẹn \(expected.vietnamese), ra \(deadline.dueAt.vietnamese).")
        } catch {
            fails(example, "không tính được ngày hẹn: \(error.message)")
        }
    }

    private func playPath(_ example: PackExample, _ context: ConditionContext) {
        guard let path = example.expect.path else { return }
        var step = pack.workflow.first
        guard step?.id == path.first else {
            fails(example, "quy trình bắt đầu ở bước “\(step?.id ?? "")”.")
            return
        }
        // Papers and opinions come while the dossier is worked on; the answers are what they are.
        func open(_ action: StepAction) -> Bool { action.conditions.allSatisfy { $0.holds(in: context) } }
        for next in path.dropFirst() {
            let ways = step?.actions.filter { $0.kind == .advance && $0.target == next } ?? []
            guard ways.contains(where: open) else {
                let why = ways.isEmpty ? "" : ": điều kiện trong guards không đúng"
                fails(example, "từ bước “\(step?.id ?? "")” không chuyển tới “\(next)” được\(why).")
                return
            }
            step = pack.workflow.step(next)
        }
        let decisions = step?.actions.filter { $0.kind == .grant || $0.kind == .refuse } ?? []
        if !decisions.contains(where: open) {
            let why = decisions.isEmpty ? "nơi không có quyết định" : "nơi guards không cho quyết định"
            fails(example, "đường đi dừng ở bước “\(step?.id ?? "")”, \(why).")
        }
    }
}
