// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Kernel
import Markup

/// Documents and the check before submitting.
enum DocumentScreens {
    static let all: [ScreenState] = documents + check

    // MARK: - Documents

    private static func paper(
        _ files: [PaperFiles.FileLine],
        unfinished: [PaperFiles.Unfinished] = [],
        error: String? = nil,
        joinAction: String? = nil,
        reuse: PaperFiles.Reuse? = nil
    ) -> DocumentsPage.PaperNeed {
        DocumentsPage.PaperNeed(
            paper: PaperFiles(
                id: "birth_notice",
                name: "Giấy chứng sinh",
                files: files,
                unfinished: unfinished,
                error: error,
                limitBytes: 25_000_000,
                uploadAction: "/nop/abc/tep",
                resumeAction: "/nop/abc/tep/tai-len",
                joinAction: joinAction,
                reuse: reuse
            ),
            detail: "Ảnh chụp rõ cả bốn góc, hoặc tệp của bệnh viện.",
            isOptional: false,
            sampleHref: "/tep/mau.pdf"
        )
    }

    static let halfway = [
        PaperFiles.Unfinished(
            name: "Giấy chứng sinh của bé Nguyễn Trần Minh An.pdf",
            arrivedBytes: 12_600_000,
            lengthBytes: 21_000_000,
            digest: String(repeating: "0", count: 64),
            action: "/tai-len/abc",
            removeAction: "/tai-len/abc/xoa"
        )
    ]

    static let arrived: [PaperFiles.FileLine] = [
        .init(
            name: "chung-sinh-trang-1.jpg",
            sizeBytes: 2_410_000,
            thumbnailHref: "/mau/anh.svg",
            openHref: "/tep/1",
            removeAction: "/nop/abc/tep/1/bo"
        ),
        .init(
            name: "Giấy chứng sinh của bé Nguyễn Trần Minh An.pdf",
            sizeBytes: 640_000,
            pageCount: 2,
            openHref: "/tep/2",
            removeAction: "/nop/abc/tep/2/bo"
        ),
    ]

    static let photos: [PaperFiles.FileLine] = (1...3).map { page in
        .init(
            name: "chung-sinh-trang-\(page).jpg",
            sizeBytes: 1_210_000,
            thumbnailHref: "/mau/anh.svg",
            openHref: "/tep/\(page)",
            removeAction: "/nop/abc/tep/\(page)/bo",
            raiseAction: page == 1 ? nil : "/nop/abc/tep/\(page)/len"
        )
    }

    static let elsewhere = PaperFiles.Reuse(
        files: [.init("7", "Giấy tờ tùy thân của người cha.pdf"), .init("8", "IMG_0042.jpg")],
        action: "/nop/abc/tep/dung-lai"
    )

    private static func documentsModel(_ first: DocumentsPage.PaperNeed) -> DocumentsPage.Model {
        DocumentsPage.Model(
            procedureName: Sample.birth,
            papers: [
                first,
                .init(
                    paper: PaperFiles(
                        id: "marriage",
                        name: "Giấy chứng nhận kết hôn của cha mẹ",
                        files: [],
                        limitBytes: 25_000_000,
                        uploadAction: "/nop/abc/tep",
                        resumeAction: "/nop/abc/tep/tai-len",
                        held: PaperFiles.Reuse(
                            files: [.init("ket-qua.1", "Trích lục kết hôn số 12/TLKH ngày 12/05/2021")],
                            action: "/nop/abc/tep/dung-lai"
                        )
                    ),
                    detail: "Không cần nộp nếu đã đăng ký sau năm 2016: hệ thống tự tìm được.",
                    isOptional: true
                ),
            ],
            dossierLimitBytes: 100_000_000,
            continueAction: "/nop/abc/tep",
            key: Sample.key,
            backHref: "/nop/abc"
        )
    }

    private static let documents =
        [
            ScreenState("giay-to", "chua-co") { DocumentsPage.html(documentsModel(paper([])), in: $0) },
            ScreenState("giay-to", "da-co") { DocumentsPage.html(documentsModel(paper(arrived)), in: $0) },
            ScreenState("giay-to", "nhieu-anh") {
                DocumentsPage.html(documentsModel(paper(photos, joinAction: "/nop/abc/tep/gop")), in: $0)
            },
            ScreenState("giay-to", "tai-do") {
                DocumentsPage.html(documentsModel(paper([], unfinished: halfway)), in: $0)
            },
            ScreenState("giay-to", "dung-lai") {
                DocumentsPage.html(documentsModel(paper([], reuse: elsewhere)), in: $0)
            },
        ]
        + [
            ("chua-chon", "Chọn ảnh giấy chứng sinh"), ("sai-loai", "Tệp phải là PDF, JPG, PNG hoặc HEIC"),
            ("qua-lon", "Tệp không quá 25 MB"), ("ho-so-qua-lon", "Các tệp của hồ sơ không quá 100 MB"),
            ("rong", "Tệp đã chọn không có nội dung"), ("co-mat-khau", "Tệp có mật khẩu, bỏ mật khẩu rồi tải lại"),
            ("ma-doc", "Tệp đã chọn có mã độc"), ("loi-tai", "Chưa tải được tệp, hãy chọn lại"),
            ("qua-nhieu", "Chọn nhiều nhất 10 tệp"), ("sai-mau", "Tệp phải dùng mẫu tờ khai tải từ trang này"),
        ].map { state, error in
            ScreenState("giay-to", state, status: 422) {
                DocumentsPage.html(documentsModel(paper([], error: error)), in: $0)
            }
        }

    // MARK: - Check

    private static func checkModel(declarationError: String? = nil) -> CheckPage.Model {
        CheckPage.Model(
            procedureName: Sample.extract,
            groups: [
                .init(
                    title: "Người yêu cầu",
                    rows: [
                        SummaryRow("Họ và tên", "Trần Thị Bích Hằng"),
                        SummaryRow("Số định danh cá nhân", "091 300 004 217"),
                        SummaryRow("Số điện thoại", "0912 345 678", changeHref: "/nop/abc/nguoi#phone"),
                        SummaryRow("Thư điện tử", nil, changeHref: "/nop/abc/nguoi#email"),
                    ]
                ),
                .init(
                    title: "Việc hộ tịch cần trích lục",
                    rows: [
                        SummaryRow("Trích lục việc gì", "Khai sinh", changeHref: "/nop/abc/viec#kind"),
                        SummaryRow(
                            "Người trên giấy hộ tịch",
                            "Nguyễn Trần Minh An",
                            changeHref: "/nop/abc/viec#subject_name"
                        ),
                        SummaryRow("Số bản cần cấp", "2 bản", changeHref: "/nop/abc/viec#copies"),
                    ]
                ),
            ],
            papers: [SummaryRow("Giấy khai sinh cũ", "chung-sinh-trang-1.jpg (2,4 MB)", changeHref: "/nop/abc/tep")],
            fees: [FeeLine(label: "Lệ phí cấp bản sao trích lục hộ tịch, 2 bản", amount: VND(16_000))],
            feeMoment: "Trả ngay sau khi nộp, trước khi cơ quan tiếp nhận.",
            declaration: FieldPart(
                "declaration",
                "",
                error: declarationError,
                .declaration(
                    "Tôi cam đoan nội dung đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình.",
                    isTicked: false
                )
            ),
            submitAction: "/nop/abc/kiem-tra",
            key: Sample.key,
            version: 7,
            backHref: "/nop/abc"
        )
    }

    private static let check = [
        ScreenState("kiem-tra", "du") { CheckPage.html(checkModel(), in: $0) },
        ScreenState("kiem-tra", "chua-cam-doan", status: 422) {
            CheckPage.html(checkModel(declarationError: "Đánh dấu vào ô cam đoan để nộp hồ sơ"), in: $0)
        },
        ScreenState("kiem-tra", "con-thieu", status: 422) {
            var model = checkModel()
            model.missing = [NavigationItem("Chọn việc hộ tịch", href: "/nop/abc/viec#kind")]
            return CheckPage.html(model, in: $0)
        },
        ScreenState("kiem-tra", "phi-theo-trang") {
            var model = checkModel()
            model.fees = [
                FeeLine(
                    label: "Phí chứng thực bản sao từ bản chính, 3 bản, mỗi bản 5 trang",
                    amount: VND(21_000),
                    calculation: "Mỗi bản: 2 trang × 2.000 đ + 3 trang × 1.000 đ = 7.000 đ; 3 bản: 21.000 đ",
                    isFee: true
                )
            ]
            return CheckPage.html(model, in: $0)
        },
        ScreenState("kiem-tra", "mien-le-phi") {
            var model = checkModel()
            model.fees = [
                FeeLine(
                    label: "Lệ phí đăng ký khai sinh",
                    amount: .zero,
                    exemptionWord: "Đăng ký đúng hạn được miễn, Luật Hộ tịch điều 11"
                )
            ]
            model.feeMoment = "Không phải trả gì."
            return CheckPage.html(model, in: $0)
        },
    ]
}
