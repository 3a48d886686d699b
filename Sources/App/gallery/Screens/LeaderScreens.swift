// SPDX-License-Identifier: Apache-2.0

import Kernel
import LeaderSite
import Markup
import Site

/// Approvals: the list, one document.
enum LeaderScreens {
    static let all: [ScreenState] = list + one

    private static func line(_ number: Int, _ chip: DeadlineChip, isOpened: Bool, failure: String? = nil)
        -> ApprovalsPage.ApprovalLine
    {
        ApprovalsPage.ApprovalLine(
            id: "vb\(number)",
            code: Sample.sampleCode("H01.30337-260305-\(String(number, paddedTo: 4))"),
            documentName: number.isMultiple(of: 3) ? "Giấy khai sinh" : "Bản sao trích lục khai sinh",
            applicantName: ["Trần Thị Bích Hằng", "Nguyễn Văn Đức", "Lê Hoàng Anh", "Võ Minh Khôi"][number % 4],
            proposedBy: "Công chức tư pháp – hộ tịch",
            deadline: chip,
            href: "/ky/\(number)",
            isOpened: isOpened,
            failure: failure
        )
    }

    private static let lines = [
        line(1, .overdue(workingDays: 1), isOpened: false), line(2, .dueToday, isOpened: true),
        line(3, .dueToday, isOpened: false), line(4, .left(workingDays: 1), isOpened: true),
        line(5, .left(workingDays: 2), isOpened: false), line(6, .left(workingDays: 2), isOpened: false),
    ]

    private static func listModel(_ lines: [ApprovalsPage.ApprovalLine]) -> ApprovalsPage.Model {
        ApprovalsPage.Model(
            lines: lines,
            batchAction: "/ky/nhieu",
            key: Sample.key,
            figureWord: "Giao dịch của cơ quan được xác thực điện tử từ 01/01/2026: 100 % (312 giao dịch)."
        )
    }

    private static let list = [
        ScreenState("ky", "cho-ky", audience: .leader) { ApprovalsPage.html(listModel(lines), in: $0) },
        ScreenState("ky", "tung-van-ban", audience: .leader) {
            var model = listModel(lines)
            model.batchAction = nil
            model.substitutionWord = "Ký thay Lê Văn Thành đến hết ngày 12/03/2026."
            return ApprovalsPage.html(model, in: $0)
        },
        ScreenState("ky", "mot-phan", audience: .leader) {
            var model = listModel([
                line(2, .dueToday, isOpened: true, failure: "Dự thảo vừa được sửa, xem lại trước khi ký")
            ])
            model.flash = "Đã ký 5 văn bản. 1 văn bản chưa ký được. Lý do ghi ở dòng."
            model.isWarning = true
            return ApprovalsPage.html(model, in: $0)
        },
        ScreenState("ky", "xac-thuc-lai", audience: .leader, status: 422) {
            var model = listModel(lines)
            model.lines[1].isPicked = true
            model.proofField = ProofWords.field(error: "Nhập mã xác thực hoặc mật khẩu để ký")
            return ApprovalsPage.html(model, in: $0)
        },
        ScreenState("ky", "het-viec", audience: .leader) { ApprovalsPage.html(listModel([]), in: $0) },
        ScreenState("ky", "chung-thu-het-han", audience: .leader) {
            var model = listModel(lines)
            model.certificateWord = "Chứng thư số đã hết hạn ngày 01/03/2026. Liên hệ văn thư để cấp lại."
            return ApprovalsPage.html(model, in: $0)
        },
    ]

    private static func oneModel(reasonError: String? = nil) -> ApprovalPage.Model {
        ApprovalPage.Model(
            code: Sample.code,
            documentName: "Bản sao trích lục khai sinh",
            facts: [
                SummaryRow("Cấp cho", "Trần Thị Bích Hằng"),
                SummaryRow("Người trên giấy", "Nguyễn Trần Minh An, sinh 02/03/2015"),
                SummaryRow("Đối chiếu", "Khớp sổ số 118, quyển 02/2015"), SummaryRow("Lệ phí", "Đã trả 16.000 đ"),
            ],
            proposalWord: "Công chức tư pháp – hộ tịch đề nghị ký: hồ sơ đủ, nội dung khớp sổ.",
            documentHref: "/mau/ket-qua.pdf",
            deadline: .dueToday,
            papers: [
                NavigationItem("Tờ khai", href: "/tep/1.pdf"), NavigationItem("Giấy khai sinh cũ", href: "/tep/2.jpg"),
            ],
            proofField: ProofWords.field(),
            signAction: "/ky/1",
            sendBackAction: "/ky/1/tra-lai",
            reasonField: FieldPart(
                "reason",
                "Lý do trả lại",
                error: reasonError,
                .longText("", limitCharacters: 500, rows: 3)
            ),
            key: Sample.key,
            version: 7,
            backHref: "/ky"
        )
    }

    private static let one = [
        ScreenState("ky-mot", "san-sang", audience: .leader) { ApprovalPage.html(oneModel(), in: $0) },
        ScreenState("ky-mot", "thieu-ly-do", audience: .leader, status: 422) {
            ApprovalPage.html(oneModel(reasonError: "Nhập lý do trả lại"), in: $0)
        },
        ScreenState("ky-mot", "van-thu-tra-lai", audience: .leader) {
            var model = oneModel()
            model.returnedWord = "Văn thư trả lại kết quả đã ký: Ngày trên văn bản khác ngày ký."
            return ApprovalPage.html(model, in: $0)
        },
        ScreenState("ky-mot", "khong-ky-duoc", audience: .leader, status: 409) {
            var model = oneModel()
            model.hindrance = "Chứng thư số đã bị thu hồi lúc 08:00 ngày 05/03/2026. Không ký được bằng khóa này."
            return ApprovalPage.html(model, in: $0)
        },
    ]
}
