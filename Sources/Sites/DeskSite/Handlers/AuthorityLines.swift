// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Identity
import Kernel
import Markup
import Site

/// Who files for whom, by which paper, as the desk reads it.
enum AuthorityLines {
    /// Who stands first among the data.
    static func applicantTitle(_ behalf: DossierBehalf?) -> String {
        switch behalf?.kind {
        case nil: "Người nộp"
        case .business: "Người đại diện"
        case .child, .parent, .person: "Người được làm thay"
        }
    }

    /// Nil for a dossier that its applicant filed herself.
    static func panel(_ view: DossierView, _ today: LocalDate) -> CasePage.AuthorityPanel? {
        guard let behalf = view.shown.behalf else { return nil }
        let isBusiness = behalf.kind == .business
        let rows = [
            SummaryRow("Người làm thay", behalf.holderName),
            SummaryRow("Số định danh", view.shown.holderNumber),
            SummaryRow(isBusiness ? "Đại diện cho" : "Làm thay cho", behalf.name),
            SummaryRow(isBusiness ? "Mã số thuế" : "Số định danh", view.shown.behalfNumber),
            SummaryRow("Quan hệ", behalf.kind.vietnamese),
            SummaryRow("Giấy tờ có hiệu lực", "\(behalf.validFrom.vietnamese) đến \(behalf.validTo.vietnamese)"),
        ]
        let paper = view.currentFiles.first { $0.component == DossierBehalf.component }
        let code = view.state.code.text
        var panel = CasePage.AuthorityPanel(
            rows: rows,
            paperHref: paper.map { SiteURL.workItem(code).path([("xem", $0.id.rawValue)]) },
            stateWord: "Còn hiệu lực",
            stateTone: .ok
        )
        guard let representation = view.authority else { return panel }
        if let revoked = representation.revokedAt {
            (panel.stateWord, panel.stateTone) = ("Đã thu hồi ngày \(revoked.date.vietnamese)", .bad)
        } else if !representation.isValid(on: today) {
            (panel.stateWord, panel.stateTone) = ("Đã hết hạn", .warn)
        }
        if let how = representation.confirmation {
            panel.confirmedWord = "\(how.way.vietnamese), \(how.at.vietnamese)"
        } else {
            panel.confirmAction = SiteURL.workAuthority(code).path
            panel.confirmWays = Representation.Confirmation.Way.allCases.map {
                FieldPart.Choice($0.rawValue, $0.vietnamese)
            }
        }
        return panel
    }
}
