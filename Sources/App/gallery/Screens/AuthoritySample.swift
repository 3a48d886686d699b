// SPDX-License-Identifier: Apache-2.0

import DeskSite
import Markup

/// The authority by which a dossier of the gallery was filed.
enum AuthoritySample {
    private static let rows = [
        SummaryRow("Người làm thay", "Trần Văn Lộc"), SummaryRow("Số định danh", "089 085 000 456"),
        SummaryRow("Đại diện cho", "Công ty TNHH Gạo Thử Nghiệm Bình Đức"), SummaryRow("Mã số thuế", "1600990015"),
        SummaryRow("Quan hệ", "Doanh nghiệp, hộ kinh doanh"),
        SummaryRow("Giấy tờ có hiệu lực", "01/03/2026 đến 28/02/2027"),
    ]

    /// Nobody has compared its paper yet.
    static let stated = CasePage.AuthorityPanel(
        rows: rows,
        paperHref: "?tep=3",
        stateWord: "Còn hiệu lực",
        stateTone: .ok,
        confirmAction: "/viec/1/dai-dien",
        confirmWays: [
            .init("original", "Đã đối chiếu bản chính"), .init("register", "Đã tra cơ sở dữ liệu của Nhà nước"),
        ]
    )

    /// Confirmed, and ended since.
    static let ended = CasePage.AuthorityPanel(
        rows: rows,
        paperHref: "?tep=3",
        stateWord: "Đã thu hồi ngày 06/03/2026",
        stateTone: .bad,
        confirmedWord: "Đã đối chiếu bản chính, 09:10 ngày 05/03/2026"
    )
}
