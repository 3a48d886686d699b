// SPDX-License-Identifier: Apache-2.0

extension PackCheck {
    /// What guards of actions look at exists, and can be there by the time.
    func checkGuards(_ positions: [String: Int]) {
        let scope = ConditionScope(pack.form?.fields ?? [])
        for step in pack.workflow.steps {
            for rule in step.actions.flatMap(\.guards) {
                switch rule.test {
                case .answers(let condition): check(condition, in: scope)
                case .paper(let id): checkKnown(id, among: pack.components.map(\.id), "giấy tờ", rule)
                case .consulted(let id):
                    checkKnown(id, among: pack.workflow.consultations.map(\.id), "mục lấy ý kiến", rule)
                    checkMayBeAsked(id, by: step, rule, positions)
                }
            }
        }
    }

    private func checkKnown(_ id: String, among known: [String], _ what: String, _ rule: StepGuard) {
        guard !known.contains(id) else { return }
        let near = EditDistance.nearest(to: id, in: known)
        out.error(
            .unknownReference,
            at: rule.place,
            "Không có \(what) “\(id)”.",
            remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id có trong gói, hoặc bỏ điều này khỏi guards."
        )
    }

    /// An opinion that is waited for can have been asked at this step or before it.
    private func checkMayBeAsked(_ id: String, by step: Step, _ rule: StepGuard, _ positions: [String: Int]) {
        guard let asked = pack.workflow.consultation(id), let last = positions[step.id] else { return }
        guard !asked.steps.contains(where: { positions[$0].map { $0 <= last } ?? false }) else { return }
        out.error(
            .neverHolds,
            at: rule.place,
            "Ở bước “\(step.id)” chưa thể có ý kiến “\(asked.name)”: các bước hỏi được đều đứng sau.",
            remedy: "Thêm bước này hoặc bước trước vào steps của mục lấy ý kiến."
        )
    }

    /// Every guarded action can be taken by somebody, and nobody's answers leave a dossier without a way to a decision.
    func checkGuardedCases() {
        let steps = pack.workflow.steps
        guard steps.contains(where: { $0.actions.contains { !$0.guards.isEmpty } }) else { return }
        let cases = PossibleCases(pack)
        for step in steps {
            for action in step.actions where !cases.canHold(conditions(of: action)) {
                out.error(
                    .neverHolds,
                    at: action.guards.first?.place ?? action.place,
                    "Thao tác “\(action.label)” ở bước “\(step.id)”: guards không bao giờ cùng đúng.",
                    remedy: "Xem các điều kiện mâu thuẫn với nhau ở đâu; sửa điều kiện, hoặc bỏ thao tác."
                )
            }
        }
        guard !out.hasErrors else { return }
        let guarded = steps.flatMap(\.actions).filter { !$0.conditions.isEmpty }
        var stuck: Step?
        let found = cases.first(of: guarded.map { .all($0.conditions) }) { outcomes in
            let closed = zip(guarded, outcomes).filter { $0.1 == false }.map(\.0.place)
            stuck = self.stuck(closed: Set(closed))
            return stuck != nil
        }
        tellUntried(cases)
        guard let found, let stuck else { return }
        out.error(
            .deadEnd,
            at: stuck.place,
            "Khi \(found.words): từ bước “\(stuck.id)” không đi tới quyết định được, vì guards.",
            remedy: "Nới guards, hoặc thêm thao tác cho trường hợp này."
        )
    }

    private func conditions(of action: StepAction) -> [Condition] {
        action.conditions
            + action.guards.compactMap { rule in
                guard case .paper(let id) = rule.test else { return nil }
                return pack.components.first { $0.id == id }?.visibleWhen
            }
    }

    /// The first step that is reached without these actions and from which no decision is.
    private func stuck(closed: Set<SourcePlace>) -> Step? {
        let steps = pack.workflow.steps
        func open(_ step: Step) -> [StepAction] { step.actions.filter { !closed.contains($0.place) } }
        var ending = Set(steps.filter { open($0).contains(where: \.kind.isFinal) }.map(\.id))
        for _ in steps {
            let more = steps.filter { open($0).contains { $0.target.map(ending.contains) ?? false } }
            ending.formUnion(more.map(\.id))
        }
        var reached: [Step] = Array(steps.prefix(1))
        var index = 0
        while index < reached.count {  // bounded: each step enters once
            for target in open(reached[index]).compactMap(\.target) where !reached.contains(where: { $0.id == target })
            {
                if let next = pack.workflow.step(target) { reached.append(next) }
            }
            index += 1
        }
        return reached.first { !ending.contains($0.id) }
    }
}
