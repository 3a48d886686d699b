// SPDX-License-Identifier: Apache-2.0

extension PackCheck {
    func checkWorkflow() {
        let steps = pack.workflow.steps
        checkUnique(steps.map { ($0.id, $0.place) }, "Bước")
        guard let first = steps.first else {
            out.error(
                .deadEnd,
                at: pack.place(of: "workflow"),
                "Quy trình không có bước nào.",
                remedy: "Thêm ít nhất một bước có grant."
            )
            return
        }
        let positions = Dictionary(steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, step) in steps.enumerated() { check(step, at: index, positions) }
        checkReachable(from: first, steps)
        checkEnds(steps)
        checkShares(steps, positions)
        checkConsultations()
        checkLengthenings()
        checkGuards(positions)
    }

    private func check(_ step: Step, at index: Int, _ positions: [String: Int]) {
        if step.assignment != .head, !StepAssignment.roles.contains(step.role) {
            out.error(
                .roleCannotAct,
                at: step.place,
                "Việc của \(step.role.vietnamese) ở bước “\(step.id)” không giao theo tên được.",
                remedy: "Bỏ assignment; chỉ bước của chuyên viên hoặc cán bộ một cửa giao theo tên."
            )
        }
        for action in step.actions {
            if !action.kind.roles.contains(step.role) {
                out.error(
                    .roleCannotAct,
                    at: action.place,
                    "Bước “\(step.id)” giao cho \(step.role.vietnamese), người này không làm được “\(action.kind.rawValue)”.",
                    remedy: "Giao cho: \(action.kind.roles.map(\.vietnamese).sorted().joined(separator: ", "))."
                )
            }
            guard let target = action.target else { continue }
            guard let position = positions[target] else {
                let near = EditDistance.nearest(to: target, in: Array(positions.keys))
                out.error(
                    .unknownReference,
                    at: action.place,
                    "Không có bước “\(target)”.",
                    remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id của một bước trong quy trình."
                )
                continue
            }
            if action.kind == .advance ? position <= index : position >= index {
                out.error(
                    .badValue,
                    at: action.place,
                    "“\(action.kind.rawValue)” phải tới một bước đứng \(action.kind == .advance ? "sau" : "trước").",
                    remedy: action.kind == .advance
                        ? "Dùng sendBack để trở lại bước trước." : "Dùng advance để đi tiếp."
                )
            }
        }
    }

    private func checkReachable(from first: Step, _ steps: [Step]) {
        var reached: Set<String> = [first.id]
        var queue = [first]
        while let step = queue.popLast() {  // bounded: each step enters once
            for target in step.actions.compactMap(\.target) where reached.insert(target).inserted {
                if let next = pack.workflow.step(target) { queue.append(next) }
            }
        }
        for step in steps where !reached.contains(step.id) {
            out.error(
                .unreachableStep,
                at: step.place,
                "Không bước nào dẫn tới bước “\(step.id)”.",
                remedy: "Thêm advance tới bước này, hoặc bỏ bước."
            )
        }
    }

    /// From every step a decision can be reached, and a draft is made before it.
    private func checkEnds(_ steps: [Step]) {
        var ending = Set(steps.filter { $0.actions.contains { $0.kind == .grant } }.map(\.id))
        var grows = true
        while grows {  // bounded: each round adds a step or is the last
            let more = steps.filter { step in
                !ending.contains(step.id) && step.actions.contains { $0.target.map(ending.contains) ?? false }
            }
            grows = !more.isEmpty
            ending.formUnion(more.map(\.id))
        }
        for step in steps where !ending.contains(step.id) {
            out.error(
                .deadEnd,
                at: step.place,
                "Từ bước “\(step.id)” không đi tới quyết định được.",
                remedy: "Thêm advance tới bước sau, hoặc grant ở bước của lãnh đạo."
            )
        }
        let drafts = steps.contains { $0.actions.contains { $0.kind == .draftResult } }
        if pack.result.template != nil, !drafts, let first = steps.first {
            out.error(
                .deadEnd,
                at: first.place,
                "Có mẫu kết quả nhưng không bước nào lập dự thảo.",
                remedy: "Thêm thao tác draftResult vào bước của chuyên viên."
            )
        }
    }

    /// The longest way forward takes at most the whole limit.
    private func checkShares(_ steps: [Step], _ positions: [String: Int]) {
        var longest = [Int](repeating: 0, count: steps.count)
        for index in steps.indices.reversed() {
            let next = steps[index].actions.filter { $0.kind == .advance }.compactMap {
                $0.target.flatMap { positions[$0] }
            }
            longest[index] = (steps[index].share ?? 0) + (next.filter { $0 > index }.map { longest[$0] }.max() ?? 0)
        }
        guard let total = longest.first, total > 100 else { return }
        out.error(
            .sharesOverLimit,
            at: steps[0].place,
            "Các bước cộng lại chiếm \(total) % thời hạn.",
            remedy: "Giảm share để đường dài nhất không quá 100."
        )
    }
}
