// SPDX-License-Identifier: Apache-2.0

import Kernel

extension PackCheck {
    /// What says that a person compared it, while the pack itself says that there is nothing to compare with, counts
    /// as not compared.
    func checkVerdicts() {
        func tell(_ what: String, _ says: Bool, _ hindrance: FactHindrance?, _ place: SourcePlace) {
            guard says, let hindrance else { return }
            out.warning(
                .unverifiedFact,
                at: place,
                "\(what) ghi verified: yes nhưng \(hindrance.vietnamese): tính là chưa đối chiếu.",
                remedy: hindrance.remedy
            )
        }
        for document in pack.legalBasis {
            tell("Căn cứ “\(document.name)”", document.isVerified, pack.hindrance(document), document.place)
        }
        for fact in pack.information {
            let hindrance = pack.hindrance(source: fact.source)
            tell("Nội dung “\(fact.item.vietnamese)”", fact.isVerified, hindrance, fact.place)
        }
        for presence in pack.presence {
            let hindrance = pack.hindrance(source: presence.source)
            tell("Việc phải có mặt “\(presence.reason)”", presence.isVerified, hindrance, presence.place)
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
                let hindrance = pack.hindrance(basis: exemption.basis)
                tell("Miễn giảm “\(exemption.name)”", exemption.isVerified, hindrance, exemption.place)
            }
        }
    }
}
