// SPDX-License-Identifier: Apache-2.0

import DeskSite
import Kernel
import Markup
import Site

/// The records clerk before a signed result.
enum IssueScreens {
    static let all = [
        ScreenState("phat-hanh", "cho-phat-hanh", audience: .officer) { IssuePage.html(model(), in: $0) },
        ScreenState("phat-hanh", "thieu-ly-do", audience: .officer, status: 422) {
            IssuePage.html(model(reasonError: "Nhập lý do"), in: $0)
        },
        ScreenState("phat-hanh", "nguoi-ky", audience: .officer) {
            var model = model()
            model.hindrance = "Người ký không phát hành chính kết quả đó. Chuyển cho văn thư khác phát hành."
            return IssuePage.html(model, in: $0)
        },
    ]

    private static func model(reasonError: String? = nil) -> IssuePage.Model {
        IssuePage.Model(
            code: Sample.code,
            procedureName: Sample.extract,
            documentName: "Bản sao trích lục khai sinh",
            facts: [
                SummaryRow("Số, ký hiệu", "118/TLKS-BS"), SummaryRow("Người ký", "Lê Văn Thành, Chủ tịch"),
                SummaryRow("Ký lúc", "22:12 ngày 05/03/2026"), SummaryRow("Hẹn trả", "17:00 ngày 06/03/2026"),
            ],
            documentHref: "/mau/ket-qua.pdf",
            checks: [
                "Số, ký hiệu và ngày trên văn bản đúng với thông tin bên trên",
                "Thể thức, họ tên và chức vụ người ký đúng quy định", "Văn bản đủ trang, đọc được",
            ],
            consequence: "Chữ ký này hết giá trị. Người ký xem lý do, sửa rồi ký lại; số giữ nguyên.",
            issueAction: "/viec/1/phat-hanh",
            returnAction: "/viec/1/tra-chu-ky",
            reasonField: FieldPart(
                "reason",
                "Lý do trả lại",
                hint: "Người ký đọc câu này. Người nộp hồ sơ không thấy.",
                error: reasonError,
                .longText("", limitCharacters: 500)
            ),
            key: Sample.key,
            version: 8,
            backHref: "/viec/1"
        )
    }
}
