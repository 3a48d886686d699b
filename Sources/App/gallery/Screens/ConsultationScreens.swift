// SPDX-License-Identifier: Apache-2.0

import DeskSite
import Kernel
import Markup

/// Consulting beside the steps: the side that is asked. The side that asks stands with the case and its acts.
enum ConsultationScreens {
    static let all: [ScreenState] = [
        ScreenState("duoc-hoi-y-kien", "chua-tra-loi", audience: .officer) { ConsultationPage.html(model(), in: $0) },
        ScreenState("duoc-hoi-y-kien", "khong-giay-to", audience: .officer) {
            var model = model()
            (model.files, model.groups) = ([], [])
            return ConsultationPage.html(model, in: $0)
        },
        ScreenState("duoc-hoi-y-kien", "con-loi", audience: .officer, status: 422) {
            var model = model()
            model.fields = fields(verdict: "disagrees", opinionError: "Nhập ý kiến")
            model.file?.error = "Tệp phải là PDF"
            return ConsultationPage.html(model, in: $0)
        },
        ScreenState("duoc-hoi-y-kien", "da-tra-loi", audience: .officer) {
            var model = over()
            model.outcome = ConsultationPage.Outcome(
                word: "Không đồng ý",
                at: Sample.moment(9, 10, 15),
                opinion: "Nhà 4 tầng phải có thêm một lối thoát nạn.\nCăn cứ QCVN 06.",
                fileHref: "/mau/tra-loi.pdf"
            )
            return ConsultationPage.html(model, in: $0)
        },
        ScreenState("duoc-hoi-y-kien", "da-rut", audience: .officer) {
            var model = over()
            model.outcome = ConsultationPage.Outcome(
                word: "Đã rút câu hỏi",
                at: Sample.moment(9, 10, 15),
                opinion: nil,
                fileHref: nil
            )
            return ConsultationPage.html(model, in: $0)
        },
    ]

    /// Fees that follow an officer's count.
    static let counts: [ScreenState] = [
        ScreenState("cho-hoan-tien", "mot-khoan", audience: .officer) {
            RefundsPage.html(refunds(error: nil), in: $0)
        },
        ScreenState("cho-hoan-tien", "thieu-cach-hoan", audience: .officer, status: 422) {
            RefundsPage.html(refunds(error: "Nhập cách hoàn tiền"), in: $0)
        },
        ScreenState("cho-hoan-tien", "cho-duyet", audience: .officer) {
            let moment = Sample.moment(5, 17, 0)
            let how = "Tiền mặt tại quầy, phiếu chi số 12"
            let stage = RefundsPage.Stage.toApprove(by: "Nguyễn Thị Hoa", at: moment, how: how, seen: "1")
            return RefundsPage.html(refunds(error: nil, stage: stage), in: $0)
        },
        ScreenState("cho-hoan-tien", "nguoi-de-nghi-cho", audience: .officer) {
            let stage = RefundsPage.Stage.waiting(
                by: "Nguyễn Thị Hoa",
                at: Sample.moment(5, 17, 0),
                how: "Tiền mặt tại quầy, phiếu chi số 12",
                word: "Chờ một trưởng đơn vị hoặc lãnh đạo khác duyệt."
            )
            return RefundsPage.html(refunds(error: nil, stage: stage), in: $0)
        },
        ScreenState("cho-hoan-tien", "khong-con", audience: .officer) {
            let model = RefundsPage.Model(
                lines: [],
                flash: "Đã duyệt và ghi nhận khoản hoàn.",
                key: Sample.key,
                backHref: "/viec"
            )
            return RefundsPage.html(model, in: $0)
        },
    ]

    private static func refunds(
        error: String?,
        stage: RefundsPage.Stage = .toAsk(sentBack: "Ghi rõ số phiếu chi")
    ) -> RefundsPage.Model {
        RefundsPage.Model(
            lines: [
                RefundsPage.RefundLine(
                    id: "r1",
                    code: Sample.code.description,
                    amount: VND(3_000),
                    reason: "Phí chứng thực bản sao từ bản chính: đã nộp 21.000 đ, theo số đã đối chiếu là 18.000 đ",
                    since: Sample.moment(5, 16, 30),
                    caseHref: "/viec/1",
                    action: "/hoan-tien/r1",
                    stage: stage,
                    error: error
                )
            ],
            key: Sample.key,
            backHref: "/viec"
        )
    }

    static let questions: [ScreenState] = [
        ScreenState("quyet-dinh", "dinh-chinh-so-dem", audience: .officer) {
            var model = question(error: nil)
            model.kind = .recount
            model.fields = [
                FieldPart("confirmedPages", "Số trang đã đối chiếu", .number("5", unit: nil)),
                FieldPart("confirmedCopies", "Số bản chứng thực", .number("3", unit: nil)),
            ]
            return DecisionPage.html(model, in: $0)
        },
        ScreenState("quyet-dinh", "hoi-y-kien", audience: .officer) {
            DecisionPage.html(question(error: nil), in: $0)
        },
        ScreenState("quyet-dinh", "hoi-thieu-noi-dung", audience: .officer, status: 422) {
            DecisionPage.html(question(error: "Nhập nội dung cần hỏi"), in: $0)
        },
        ScreenState("quyet-dinh", "rut-cau-hoi", audience: .officer) {
            var model = question(error: nil)
            model.kind = .withdrawQuestion
            model.fields = [
                FieldPart(
                    "reason",
                    "Lý do",
                    hint: "Lưu trong hồ sơ; nơi được hỏi được báo là không cần trả lời nữa.",
                    isOptional: true,
                    .longText("", limitCharacters: 2_000)
                )
            ]
            return DecisionPage.html(model, in: $0)
        },
    ]

    private static func question(error: String?) -> DecisionPage.Model {
        DecisionPage.Model(
            kind: .consult,
            code: Sample.code,
            procedureName: "Cấp giấy phép xây dựng nhà ở riêng lẻ",
            fields: [
                FieldPart(
                    "party",
                    "Hỏi ai",
                    .checkboxes([.init("H01.CA", "Công an tỉnh An Giang")], chosen: ["H01.CA"])
                ),
                FieldPart(
                    "question",
                    "Nội dung cần hỏi về phòng cháy, chữa cháy",
                    hint:
                        "Nơi được hỏi xem được phần Lô đất, Ngôi nhà của tờ khai và giấy tờ chọn dưới đây, không xem phần khác của hồ sơ.",
                    error: error,
                    .longText(error == nil ? "Lối thoát nạn đạt không?" : "", limitCharacters: 2_000)
                ),
                FieldPart(
                    "papers",
                    "Giấy tờ cho xem",
                    isOptional: true,
                    .checkboxes([.init("drawings", "Bản vẽ thiết kế xây dựng")], chosen: ["drawings"])
                ),
                FieldPart(
                    "limit",
                    "Hạn trả lời",
                    hint: "Nằm trong thời hạn của hồ sơ. Đồng hồ của hồ sơ vẫn chạy.",
                    .select(
                        [
                            .init("1", "1 ngày làm việc, đến 17:00 06/03/2026"),
                            .init("5", "5 ngày làm việc, đến 17:00 12/03/2026"),
                        ],
                        chosen: "5"
                    )
                ),
            ],
            action: "/viec/1/thao-tac/hoi-y-kien",
            key: Sample.key,
            version: 4,
            backHref: "/viec/1"
        )
    }

    /// What a case shows of those who were consulted, in every state.
    static let lines: [CasePage.ConsultationLine] = [
        .init(
            partyName: "Công an tỉnh An Giang",
            subject: "Phòng cháy, chữa cháy",
            word: "Không đồng ý",
            tone: .bad,
            timeWord: "lúc 10:15 09/03/2026",
            question: "Lối thoát nạn của nhà 4 tầng đạt không?",
            opinion: "Phải có thêm một lối thoát nạn.",
            fileHref: "/mau/tra-loi.pdf"
        ),
        .init(
            partyName: "Phòng Quy hoạch - Kiến trúc, Sở Xây dựng tỉnh An Giang",
            subject: "Quy hoạch, kiến trúc",
            word: "Quá hạn, coi như đồng ý",
            tone: .neutral,
            timeWord: "hạn 17:00 05/03/2026",
            question: "Mật độ xây dựng đúng quy hoạch không?"
        ),
        .init(
            partyName: "Ủy ban nhân dân xã An Phú",
            subject: "Hiện trạng lô đất",
            word: "Chờ trả lời",
            tone: .info,
            timeWord: "hạn 17:00 12/03/2026",
            question: "Lô đất đã có công trình chưa?",
            withdrawHref: "/viec/1/rut-cau-hoi"
        ),
    ]

    private static func fields(verdict: String? = nil, opinionError: String? = nil) -> [FieldPart] {
        [
            FieldPart(
                "verdict",
                "Ý kiến",
                .radios(
                    [
                        .init("agrees", "Đồng ý"), .init("disagrees", "Không đồng ý"),
                        .init("remarks", "Có ý kiến khác"),
                    ],
                    chosen: verdict
                )
            ),
            FieldPart(
                "opinion",
                "Nội dung ý kiến",
                hint: "Đồng ý thì không cần ghi. Không đồng ý hoặc có ý kiến khác thì ghi rõ căn cứ.",
                error: opinionError,
                isOptional: true,
                .longText("", limitCharacters: 2_000)
            ),
        ]
    }

    private static func model() -> ConsultationPage.Model {
        ConsultationPage.Model(
            code: Sample.code,
            procedureName: "Cấp giấy phép xây dựng nhà ở riêng lẻ",
            subject: "Phòng cháy, chữa cháy",
            askerName: "Sở Xây dựng tỉnh An Giang",
            askedAt: Sample.moment(5, 14, 32),
            dueAt: Sample.moment(12, 17, 0),
            deadline: .left(workingDays: 2),
            question: "Lối thoát nạn của nhà 4 tầng đạt không?\nCó phải thẩm duyệt riêng không?",
            silenceWord: "Quá hạn không trả lời thì coi như đồng ý.",
            groups: [
                .init(
                    title: "Lô đất",
                    rows: [SummaryRow("Thửa đất số", "123"), SummaryRow("Diện tích lô đất (m²)", "250")]
                ),
                .init(title: "Ngôi nhà", rows: [SummaryRow("Số tầng nổi", "4"), SummaryRow("Cốt nền", nil)]),
            ],
            files: [
                .init(
                    paperName: "Bản vẽ thiết kế xây dựng",
                    detail: "ban-ve.pdf, 1,2 MB, 6 trang",
                    href: "/mau/ban-ve.pdf",
                    isPicture: false,
                    selectHref: "?xem=1",
                    isShown: true
                )
            ],
            fields: fields(),
            file: FilePart(
                id: "tra-loi",
                label: "Chọn tệp PDF",
                paperName: "văn bản trả lời",
                takesSeveral: false,
                takesPDFOnly: true
            ),
            action: "/viec/1/y-kien/1",
            key: Sample.key,
            backHref: "/viec?loc=y-kien"
        )
    }

    private static func over() -> ConsultationPage.Model {
        var over = model()
        (over.fields, over.file, over.files, over.groups) = ([], nil, [], [])
        return over
    }
}
