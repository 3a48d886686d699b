// SPDX-License-Identifier: Apache-2.0

import DeskSite
import Kernel
import Markup
import Site

/// The page of a case.
enum CaseScreens {
    static let history: [CasePage.HistoryLine] = [
        .init(
            at: Sample.moment(5, 14, 32),
            actor: "Phạm Ngọc Lan, Bộ phận một cửa",
            what: "Tiếp nhận hồ sơ",
            isBySystem: false
        ),
        .init(
            at: Sample.moment(5, 14, 32),
            actor: "Hệ thống",
            what: "Gửi giấy tiếp nhận qua thư và tin nhắn",
            isBySystem: true
        ),
        .init(
            at: Sample.moment(5, 14, 6),
            actor: "Hệ thống",
            what: "Nhận xác nhận thanh toán 16.000 đ",
            isBySystem: true
        ),
        .init(at: Sample.moment(5, 14, 4), actor: "Người nộp", what: "Nộp hồ sơ trực tuyến", isBySystem: false),
    ]

    private static func files() -> [CasePage.CaseFile] {
        [
            .init(
                paperName: "Tờ khai",
                detail: "to-khai.pdf, 84 kB, 1 trang",
                href: "/mau/to-khai.pdf",
                isPicture: false,
                selectHref: "?tep=1",
                isShown: false
            ),
            .init(
                paperName: "Giấy khai sinh cũ",
                detail: "chung-sinh-trang-1.jpg, 2,4 MB",
                href: "/mau/anh.svg",
                isPicture: true,
                selectHref: "?tep=2",
                isShown: true
            ),
        ]
    }

    private static func caseModel(
        _ standing: CasePage.Standing,
        word: String,
        chip: DeadlineChip,
        primary: CasePage.CaseAct?,
        others: [CasePage.CaseAct]
    ) -> CasePage.Model {
        CasePage.Model(
            code: Sample.code,
            version: 4,
            key: Sample.key,
            procedureName: Sample.extract,
            statusWord: word,
            statusTone: .info,
            deadline: chip,
            dueAt: chip == .notReceived ? nil : Sample.moment(6, 10, 0),
            deadlineTrace: [
                "Nhận 14:32 ngày 05/03/2026, sau 15 giờ chưa tới.", "Trong ngày làm việc: đến 17:00 ngày 05/03/2026.",
            ],
            standing: standing,
            primaryAct: primary,
            otherActs: others,
            groups: [
                .init(
                    title: "Người nộp",
                    rows: [
                        SummaryRow("Họ và tên", "Trần Thị Bích Hằng"), SummaryRow("Số định danh", "••• ••• ••• 217"),
                        SummaryRow("Điện thoại", "•••• ••• 678"),
                        SummaryRow("Nơi cư trú", "Phường Rạch Giá, tỉnh An Giang"),
                    ]
                ),
                .init(
                    title: "Việc hộ tịch cần trích lục",
                    rows: [
                        SummaryRow("Trích lục việc gì", "Khai sinh"),
                        SummaryRow("Người trên giấy", "Nguyễn Trần Minh An"),
                        SummaryRow("Số bản", "2"), SummaryRow("Điều khác cần nói", nil),
                    ]
                ),
            ],
            revealHref: "/viec/1/hien-du-lieu",
            checklist: [
                .init(paperName: "Tờ khai", isPresent: true, isNeeded: true, detail: "điền trên mạng"),
                .init(paperName: "Giấy khai sinh cũ", isPresent: true, isNeeded: false, detail: "1 tệp"),
                .init(paperName: "Giấy ủy quyền", isPresent: false, isNeeded: false, detail: "chỉ khi nộp thay"),
            ],
            files: files(),
            history: history,
            paymentWord: "Đã trả 16.000 đ lúc 14:06 ngày 05/03/2026",
            otherDossiers: [NavigationItem("H01.30337-260112-0031, đã trả 13/01/2026", href: "/viec/31")],
            slips: [],
            listHref: "/viec",
            nextHref: "/viec/2"
        )
    }

    private static func filedFor(_ authority: CasePage.AuthorityPanel) -> CasePage.Model {
        var model = caseModel(.mine, word: "Chờ tiếp nhận", chip: .notReceived, primary: receive, others: intakeActs)
        model.authority = authority
        return model
    }

    private static let receive = CasePage.CaseAct(
        label: "Tiếp nhận",
        way: .post(action: "/viec/1/tiep-nhan"),
        hint: "Hạn bắt đầu tính, giấy tiếp nhận được gửi ngay."
    )
    private static let intakeActs = [
        CasePage.CaseAct(label: "Yêu cầu bổ sung", way: .page(href: "/viec/1/bo-sung")),
        CasePage.CaseAct(label: "Không tiếp nhận", way: .page(href: "/viec/1/tu-choi")),
    ]

    static let all = [
        ScreenState("ho-so-viec", "chua-lam-duoc", audience: .officer) {
            var model = caseModel(
                .mine,
                word: "Kiểm tra thực địa",
                chip: .left(workingDays: 2),
                primary: CasePage.CaseAct(label: "Lập giấy phép", way: .page(href: "/viec/1/du-thao")),
                others: []
            )
            model.hindered = [
                SummaryRow("Trình trưởng phòng", "Chưa có ý kiến về phòng cháy, chữa cháy."),
                SummaryRow("Trình ký thẳng", "Nhà từ ba tầng phải qua trưởng phòng."),
            ]
            return CasePage.html(model, in: $0)
        },
        ScreenState("ho-so-viec", "cho-tiep-nhan", audience: .officer) {
            CasePage.html(
                caseModel(.mine, word: "Mới đăng ký", chip: .notReceived, primary: receive, others: intakeActs),
                in: $0
            )
        },
        ScreenState("ho-so-viec", "lam-thay", audience: .officer) {
            CasePage.html(filedFor(AuthoritySample.stated), in: $0)
        },
        ScreenState("ho-so-viec", "lam-thay-thu-hoi", audience: .officer) {
            CasePage.html(filedFor(AuthoritySample.ended), in: $0)
        },
        ScreenState("ho-so-viec", "vua-tiep-nhan", audience: .officer) {
            var model = caseModel(
                .others(holder: "Công chức tư pháp – hộ tịch"),
                word: "Được tiếp nhận",
                chip: .left(workingDays: 1),
                primary: nil,
                others: []
            )
            model.flash = "Đã tiếp nhận. Giấy tiếp nhận đã gửi cho người nộp."
            model.slips = [NavigationItem("Giấy tiếp nhận và hẹn trả (mẫu 01)", href: "/tep/01.pdf")]
            return CasePage.html(model, in: $0)
        },
        ScreenState("ho-so-viec", "chua-ai-nhan", audience: .officer) {
            CasePage.html(
                caseModel(
                    .unassigned(takeAction: "/viec/1/nhan", key: Sample.key),
                    word: "Được tiếp nhận",
                    chip: .left(workingDays: 1),
                    primary: nil,
                    others: []
                ),
                in: $0
            )
        },
        ScreenState("ho-so-viec", "dang-lam", audience: .officer) {
            CasePage.html(
                caseModel(
                    .mine,
                    word: "Đang xử lý",
                    chip: .overdue(workingDays: 2),
                    primary: .init(label: "Soạn kết quả", way: .page(href: "/viec/1/ket-qua")),
                    others: [
                        .init(label: "Yêu cầu bổ sung", way: .page(href: "/viec/1/bo-sung")),
                        .init(label: "Xin lỗi và hẹn lại", way: .page(href: "/viec/1/hen-lai")),
                        .init(label: "Từ chối giải quyết", way: .page(href: "/viec/1/tu-choi")),
                    ]
                ),
                in: $0
            )
        },
        ScreenState("ho-so-viec", "lay-y-kien", audience: .officer) {
            var model = caseModel(
                .mine,
                word: "Thẩm định hồ sơ, bản vẽ",
                chip: .left(workingDays: 6),
                primary: .init(label: "Hỏi ý kiến: quy hoạch, kiến trúc", way: .page(href: "/viec/1/hoi")),
                others: [.init(label: "Yêu cầu bổ sung", way: .page(href: "/viec/1/bo-sung"))]
            )
            model.consultations = ConsultationScreens.lines
            model.holdWord = "Còn chờ ý kiến của 1 nơi được hỏi: chưa chuyển bước được."
            return CasePage.html(model, in: $0)
        },
        ScreenState("ho-so-viec", "cua-nguoi-khac", audience: .officer) {
            var model = caseModel(
                .others(holder: "Lãnh đạo UBND phường, chờ ký"),
                word: "Đang xử lý",
                chip: .left(workingDays: 1),
                primary: nil,
                others: []
            )
            model.changedWord = "Chuyên viên Phòng Hộ tịch vừa trình ký lúc 14:02."
            return CasePage.html(model, in: $0)
        },
        ScreenState("ho-so-viec", "tam-dung", audience: .officer) {
            CasePage.html(
                caseModel(.mine, word: "Yêu cầu bổ sung", chip: .pausedForSupplement, primary: nil, others: []),
                in: $0
            )
        },
        ScreenState("ho-so-viec", "da-xong", audience: .officer) {
            CasePage.html(
                caseModel(
                    .closed(word: "Kết quả đã trả lúc 09:20 ngày 06/03/2026."),
                    word: "Đã trả kết quả",
                    chip: .over,
                    primary: nil,
                    others: []
                ),
                in: $0
            )
        },
    ]
}
