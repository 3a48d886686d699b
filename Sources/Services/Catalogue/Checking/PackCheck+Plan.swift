// SPDX-License-Identifier: Apache-2.0

extension PackCheck {
    /// A plan must raise the service, and a cost must be countable.
    func checkPlan() {
        if let target = pack.target, target.level < pack.declaredLevel {
            out.error(
                .targetMisfit,
                at: pack.place(of: "target"),
                "Đặt ra \(target.level.vietnamese.lowercased()) nhưng đã công bố "
                    + "\(pack.declaredLevel.vietnamese.lowercased()).",
                remedy: "Nâng target.level, hoặc bỏ target."
            )
        }
        guard let cost = pack.cost else { return }
        let cases = [cost.before, cost.after]
        if cases.contains(where: { if case .activities(let all) = $0 { all.isEmpty } else { false } }) {
            misfit(cost, "Chi phí tuân thủ không có hoạt động nào.", remedy: "Thêm hoạt động, hoặc viết perDossier.")
        } else if cost.wage == nil, cases.contains(where: needsWage) {
            misfit(cost, "Có hoạt động tốn thời gian nhưng không có giá trị một giờ công.", remedy: "Thêm wage.")
        } else if cost.figures == nil {
            misfit(cost, "Chi phí tuân thủ lớn quá, không tính được.", remedy: "Kiểm tra lại các con số.")
        }
    }

    private func needsWage(_ costCase: CostCase) -> Bool {
        guard case .activities(let activities) = costCase else { return false }
        return activities.contains { $0.minutes > 0 }
    }

    private func misfit(_ cost: ComplianceCost, _ text: String, remedy: String) {
        out.error(.costMisfit, at: cost.place, text, remedy: remedy)
    }
}
