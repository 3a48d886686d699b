// SPDX-License-Identifier: Apache-2.0

import Kernel
import WorkingTime

extension PackCheck {
    /// Every lengthening names the law that allows it, can be taken by somebody, and gives more time than there was.
    func checkLengthenings() {
        let rules = pack.lengthenings
        checkUnique(rules.map { ($0.id, $0.place) }, "Kéo dài thời hạn")
        for rule in rules {
            checkSteps(of: rule)
            checkBasis(of: rule)
            checkTime(of: rule)
        }
    }

    private func checkSteps(of rule: LimitLengthening) {
        if rule.steps.isEmpty {
            out.error(
                .wrongShape,
                at: rule.place,
                "Kéo dài thời hạn “\(rule.id)” không ở bước nào.",
                remedy: "Thêm vào steps id của bước mà cán bộ thấy phải kéo dài."
            )
        }
        for id in rule.steps {
            guard let step = pack.workflow.step(id) else {
                let near = EditDistance.nearest(to: id, in: pack.workflow.steps.map(\.id))
                out.error(
                    .unknownReference,
                    at: rule.place,
                    "Không có bước “\(id)”.",
                    remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id của một bước trong quy trình."
                )
                continue
            }
            guard !LimitLengthening.roles.contains(step.role) else { continue }
            out.error(
                .roleCannotAct,
                at: rule.place,
                "Bước “\(id)” giao cho \(step.role.vietnamese), người này không kéo dài thời hạn được.",
                remedy: "Giao cho: \(LimitLengthening.roles.map(\.vietnamese).sorted().joined(separator: ", "))."
            )
        }
    }

    private func checkBasis(of rule: LimitLengthening) {
        if rule.basis.isEmpty {
            out.error(
                .wrongShape,
                at: rule.place,
                "Kéo dài thời hạn “\(rule.id)” không nói theo căn cứ nào.",
                remedy: "Thêm vào basis id của văn bản trong legalBasis."
            )
        }
        let known = pack.legalBasis.map(\.id)
        for id in rule.basis where !known.contains(id) {
            let near = EditDistance.nearest(to: id, in: known)
            out.error(
                .unknownReference,
                at: rule.place,
                "Không có căn cứ “\(id)”.",
                remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id của một mục trong legalBasis."
            )
        }
    }

    /// Longer than the limit of every channel; a case with a limit of its own that is as long is not lengthened. Hours
    /// and days are not put together: nobody could say from which hour the days count.
    private func checkTime(of rule: LimitLengthening) {
        let promises = pack.submissionMethods.map(\.promise) + pack.variants.compactMap(\.promise)
        if case .by(let more) = rule.extent,
            let mixed = promises.first(where: { ($0.limit.unit == .hour) != (more.unit == .hour) })
        {
            out.error(
                .lengtheningMisfit,
                at: rule.place,
                "Không cộng \(more.vietnamese) vào thời hạn \(mixed.limit.vietnamese) được.",
                remedy: "Dùng cùng loại đơn vị giờ hoặc ngày, hoặc viết upTo cho cả thời hạn."
            )
            return
        }
        for method in pack.submissionMethods where !method.promise.isLengthened(by: rule, calendar: calendar) {
            out.error(
                .lengtheningMisfit,
                at: rule.place,
                "Kéo dài thời hạn “\(rule.id)” không dài hơn \(method.timeLimit.vietnamese) của kênh "
                    + "“\(method.channel.rawValue)”.",
                remedy: "Tăng upTo, hoặc sửa thời hạn của kênh."
            )
            return
        }
    }

    /// A lengthening that no example takes has a day that nobody ever saw.
    func checkLengtheningsAreShown() {
        let taken = Set(pack.examples.compactMap(\.lengthening))
        for rule in pack.lengthenings where !taken.contains(rule.id) {
            out.error(
                .exampleMissing,
                at: rule.place,
                "Không có ví dụ nào kéo dài thời hạn “\(rule.id)”.",
                remedy: "Thêm ví dụ có lengthening: \(rule.id) và ngày hẹn trả phải ra."
            )
        }
    }

    /// An example takes a lengthening that there is, in a case that it lengthens, on a way through one of its steps.
    func playLengthening(_ example: PackExample, _ promise: LimitPromise) {
        guard let id = example.lengthening else { return }
        guard let rule = pack.lengthening(id) else {
            fails(example, "không có mục kéo dài thời hạn “\(id)”.")
            return
        }
        if !promise.isLengthened(by: rule, calendar: calendar) {
            fails(example, "“\(id)” không dài hơn thời hạn \(promise.limit.vietnamese) của trường hợp này.")
        }
        if let path = example.expect.path, !path.contains(where: rule.steps.contains) {
            fails(example, "đường đi không qua bước nào kéo dài được: \(rule.steps.joined(separator: ", ")).")
        }
    }
}

extension LimitLengthening {
    /// Who may take it at a step of hers: whoever works on the dossier or answers for it.
    static let roles: Set<StepRole> = [.deskOfficer, .specialist, .unitHead, .leader]
}
