// SPDX-License-Identifier: Apache-2.0

import Kernel
import WorkingTime

extension PackCheck {
    /// Whoever is consulted exists, is asked where somebody works, sees what there is, and has less time than the
    /// dossier.
    func checkConsultations() {
        let rules = pack.workflow.consultations
        checkUnique(rules.map { ($0.id, $0.place) }, "Lấy ý kiến")
        for rule in rules {
            checkSteps(of: rule)
            checkShown(rule.papers, among: pack.components.map(\.id), "giấy tờ", rule)
            checkShown(rule.pages, among: pack.form?.pages.map(\.id) ?? [], "trang tờ khai", rule)
            if rule.agencies.isEmpty, rule.units.isEmpty {
                out.error(
                    .wrongShape,
                    at: rule.place,
                    "Lấy ý kiến “\(rule.id)” chưa nói hỏi ai.",
                    remedy: "Thêm agencies, hoặc units của cơ quan giải quyết."
                )
            }
            checkTime(of: rule)
        }
    }

    private func checkSteps(of rule: ConsultationRule) {
        if rule.steps.isEmpty {
            out.error(
                .wrongShape,
                at: rule.place,
                "Lấy ý kiến “\(rule.id)” không ở bước nào.",
                remedy: "Thêm vào steps id của bước có thể hỏi."
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
            guard step.role == .leader else { continue }
            out.error(
                .roleCannotAct,
                at: rule.place,
                "Bước “\(id)” giao cho lãnh đạo, ở đó không hỏi ý kiến được.",
                remedy: "Hỏi ở bước của chuyên viên hoặc trưởng đơn vị."
            )
        }
    }

    private func checkShown(_ ids: [String], among known: [String], _ what: String, _ rule: ConsultationRule) {
        for id in ids where !known.contains(id) {
            let near = EditDistance.nearest(to: id, in: known)
            out.error(
                .unknownReference,
                at: rule.place,
                "Không có \(what) “\(id)” để cho cơ quan được hỏi xem.",
                remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id có trong gói, hoặc bỏ đi."
            )
        }
    }

    /// The answer is due before the dossier is, reckoned from one morning of an ordinary week.
    private func checkTime(of rule: ConsultationRule) {
        guard let answer = due(rule.limit) else { return }
        for promise in pack.submissionMethods.map(\.promise) + pack.variants.compactMap(\.promise) {
            guard let whole = due(promise.limit), answer >= whole else { continue }
            let limits = (rule.limit.vietnamese, promise.limit.vietnamese)
            out.error(
                .consultationOverLimit,
                at: rule.place,
                "Hạn trả lời \(limits.0) không nằm trong thời hạn \(limits.1) của hồ sơ.",
                remedy: "Giảm answerWithin."
            )
            return
        }
    }

    /// When a limit ends that begins on that morning; a calendar that does not know it says nothing about the pack.
    private func due(_ limit: TimeLimit) -> Instant? {
        guard let morning = Instant("2026-03-02T07:30") else { return nil }
        do { return try Deadline(receivedAt: morning, limit: limit, calendar: calendar).dueAt } catch { return nil }
    }
}
