// SPDX-License-Identifier: Apache-2.0

import Kernel

extension PackCheck {
    /// What says that a person compared it, while the pack itself says that there is nothing to compare with, counts
    /// as not compared.
    func checkVerdicts() {
        // Most facts do not say so, and only of the others is it asked what they are and what hinders.
        func tell(
            _ what: @autoclosure () -> String,
            _ says: Bool,
            _ hindrance: @autoclosure () -> FactHindrance?,
            _ place: SourcePlace
        ) {
            guard says, let hindrance = hindrance() else { return }
            out.warning(
                .unverifiedFact,
                at: place,
                "\(what()) ghi verified: yes nhưng \(hindrance.vietnamese): tính là chưa đối chiếu.",
                remedy: hindrance.remedy
            )
        }
        for document in pack.legalBasis {
            tell("Căn cứ “\(document.name)”", document.isVerified, pack.hindrance(document), document.place)
        }
        for fact in pack.information {
            tell(
                "Nội dung “\(fact.item.vietnamese)”",
                fact.isVerified,
                pack.hindrance(source: fact.source),
                fact.place
            )
        }
        for presence in pack.presence {
            tell(
                "Việc phải có mặt “\(presence.reason)”",
                presence.isVerified,
                pack.hindrance(source: presence.source),
                presence.place
            )
        }
        let retention = pack.retention
        tell(
            "Thời hạn lưu hồ sơ",
            retention.isVerified,
            pack.hindrance(source: retention.source),
            retention.place
        )
        if let cost = pack.cost {
            tell("Chi phí tuân thủ", cost.isVerified, pack.hindrance(source: cost.source), cost.place)
        }
        for item in pack.fees.items {
            for rule in item.rules { tell("Mức thu “\(item.name)”", rule.isVerified, pack.hindrance(rule), rule.place) }
            for exemption in item.exemptions {
                tell(
                    "Miễn giảm “\(exemption.name)”",
                    exemption.isVerified,
                    pack.hindrance(basis: exemption.basis),
                    exemption.place
                )
            }
        }
    }
}
