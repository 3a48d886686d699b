// SPDX-License-Identifier: Apache-2.0

import DeskSite
import Kernel
import Markup

/// Supplement, refusals, draft of the result, delivery, conflict.
enum DecisionScreens {
    static let all: [ScreenState] =
        supplement + reasons + ConsultationScreens.questions + draft + IssueScreens.all + deliver + conflict

    private static func supplementModel(hasErrors: Bool, hasPreview: Bool) -> SupplementRequestPage.Model {
        SupplementRequestPage.Model(
            code: Sample.otherCode,
            procedureName: Sample.birth,
            groups: [
                .init(
                    title: "Tờ khai",
                    subjects: [
                        .init(
                            id: "child_name",
                            label: "Họ và tên của trẻ",
                            nowWord: "Đang ghi: Nguyễn Trần An",
                            isChosen: hasPreview,
                            reason: hasPreview
                                ? "Tên trên tờ khai khác giấy chứng sinh. Ghi đúng theo giấy chứng sinh." : ""
                        ),
                        .init(
                            id: "child_birth",
                            label: "Ngày sinh của trẻ",
                            nowWord: "Đang ghi: 02/03/2026",
                            isChosen: false,
                            reason: ""
                        ),
                    ]
                ),
                .init(
                    title: "Giấy tờ",
                    subjects: [
                        .init(
                            id: "birth_notice",
                            label: "Giấy chứng sinh",
                            nowWord: "1 tệp",
                            isChosen: true,
                            reason: hasErrors
                                ? "" : "Ảnh mờ, không đọc được số giấy. Chụp lại nơi đủ sáng, thấy cả bốn góc.",
                            error: hasErrors ? "Nhập chỗ sai và việc cần làm với giấy chứng sinh" : nil
                        )
                    ]
                ),
            ],
            templates: ["Ảnh mờ, chụp lại nơi đủ sáng, thấy cả bốn góc.", "Thiếu trang có chữ ký và con dấu."],
            answerByWord: "Người dân trả lời trước 17:00 ngày 12/03/2026.",
            clockWord: "Thời hạn giải quyết tính lại từ đầu khi hồ sơ đủ.",
            preview: hasPreview ? previewHTML : nil,
            action: "/viec/17/bo-sung",
            key: Sample.key,
            version: 5,
            backHref: "/viec/17"
        )
    }

    private static let previewHTML: HTML = """
        <p><strong>Bổ sung hồ sơ H01.30337-260303-0017</strong></p>
        <p>Bộ phận một cửa UBND phường Rạch Giá đề nghị bổ sung 2 chỗ, trả lời trước 17:00 ngày 12/03/2026.</p>
        <ol><li><strong>Họ và tên của trẻ.</strong> Tên trên tờ khai khác giấy chứng sinh. Ghi đúng theo giấy chứng sinh.</li>
        <li><strong>Giấy chứng sinh.</strong> Ảnh mờ, không đọc được số giấy. Chụp lại nơi đủ sáng, thấy cả bốn góc.</li></ol>
        """

    private static let supplement = [
        ScreenState("yeu-cau-bo-sung", "moi", audience: .officer) {
            SupplementRequestPage.html(supplementModel(hasErrors: false, hasPreview: false), in: $0)
        },
        ScreenState("yeu-cau-bo-sung", "co-loi", audience: .officer, status: 422) {
            SupplementRequestPage.html(supplementModel(hasErrors: true, hasPreview: false), in: $0)
        },
        ScreenState("yeu-cau-bo-sung", "xem-truoc", audience: .officer) {
            SupplementRequestPage.html(supplementModel(hasErrors: false, hasPreview: true), in: $0)
        },
        ScreenState("yeu-cau-bo-sung", "lan-hai", audience: .officer) {
            var model = supplementModel(hasErrors: false, hasPreview: false)
            model.secondRequestWord = "Lần hai cần trưởng bộ phận đồng ý và ghi lý do."
            return SupplementRequestPage.html(model, in: $0)
        },
    ]

    private static func reasonModel(_ kind: DecisionPage.Kind, error: Bool, preview: HTML?) -> DecisionPage.Model {
        var fields = [
            FieldPart(
                "reason",
                "Lý do",
                hint: "Cụ thể, để người dân hiểu và biết làm gì tiếp",
                error: error ? "Nhập lý do" : nil,
                .longText(
                    error ? "" : "Việc hộ tịch này đăng ký tại phường Long Xuyên, không có trong sổ của phường.",
                    limitCharacters: 1_000
                )
            )
        ]
        if kind == .extend {
            fields.append(FieldPart("newDue", "Hẹn lại ngày", .date(.init(day: "10", month: "3", year: "2026"))))
        } else if kind == .lengthen {
            let needs = [
                FieldPart.Choice(
                    "verification",
                    "Phải xác minh",
                    hint: "Hẹn trả mới: 17:00 ngày 16/03/2026. Theo Luật Hộ tịch số 60/2014/QH13, Điều 28."
                )
            ]
            let hint = "Hẹn trả hiện nay: 17:00 ngày 11/03/2026. Chỉ kéo dài được một lần."
            let need = FieldPart(
                "rule",
                "Vì sao cần thêm thời gian",
                hint: hint,
                error: error ? "Chọn lý do kéo dài thời hạn mà quy định cho phép ở bước này" : nil,
                .radios(needs, chosen: error ? nil : "verification")
            )
            fields.insert(need, at: 0)
        } else if kind == .handOver {
            let agencies = [
                FieldPart.Choice("", "Chọn cơ quan"),
                FieldPart.Choice("H01.30307", "Ủy ban nhân dân phường Long Xuyên"),
            ]
            fields.insert(FieldPart("agency", "Cơ quan nhận hồ sơ", .select(agencies, chosen: "H01.30307")), at: 0)
        } else if kind != .sendBack {
            fields.append(
                FieldPart("basis", "Căn cứ pháp lý", .text("Luật Hộ tịch số 60/2014/QH13, điều 63"))
            )
        }
        return DecisionPage.Model(
            kind: kind,
            code: Sample.code,
            procedureName: Sample.extract,
            fields: fields,
            preview: preview,
            action: "/viec/1/tu-choi",
            key: Sample.key,
            version: 4,
            backHref: "/viec/1"
        )
    }

    private static let declinePreview: HTML = """
        <p><strong>Phiếu từ chối tiếp nhận giải quyết hồ sơ</strong></p>
        <p>Hồ sơ H01.30337-260305-0001, Cấp bản sao trích lục hộ tịch.</p>
        <p>Lý do: Việc hộ tịch này đăng ký tại phường Long Xuyên, không có trong sổ của phường.</p>
        <p>Lệ phí 16.000 đ được hoàn trong 3 ngày làm việc.</p>
        """

    private static let lengthenPreview: HTML = """
        <p><strong>Hồ sơ H01.30337-260305-0001</strong></p>
        <p>Hẹn trả kết quả mới: <strong>17:00 ngày 16/03/2026</strong>, thay cho 17:00 ngày 11/03/2026.</p>
        <p>Vì phải xác minh, theo Luật Hộ tịch số 60/2014/QH13, Điều 28.</p>
        """

    private static let reasons: [ScreenState] = [
        ScreenState("quyet-dinh", "khong-nhan", audience: .officer) {
            DecisionPage.html(reasonModel(.decline, error: false, preview: declinePreview), in: $0)
        },
        ScreenState("quyet-dinh", "thieu-ly-do", audience: .officer, status: 422) {
            DecisionPage.html(reasonModel(.decline, error: true, preview: nil), in: $0)
        },
        ScreenState("quyet-dinh", "tu-choi", audience: .officer) {
            DecisionPage.html(reasonModel(.refuse, error: false, preview: nil), in: $0)
        },
        ScreenState("quyet-dinh", "hen-lai", audience: .officer) {
            DecisionPage.html(reasonModel(.extend, error: false, preview: nil), in: $0)
        },
        ScreenState("quyet-dinh", "hen-lai-lan-hai", audience: .officer, status: 409) {
            var model = reasonModel(.extend, error: false, preview: nil)
            model.forbiddenWord = "Hồ sơ này đã được hẹn lại một lần. Chỉ được hẹn lại một lần."
            return DecisionPage.html(model, in: $0)
        },
        ScreenState("quyet-dinh", "keo-dai", audience: .officer) {
            DecisionPage.html(reasonModel(.lengthen, error: false, preview: lengthenPreview), in: $0)
        },
        ScreenState("quyet-dinh", "keo-dai-chua-chon", audience: .officer, status: 422) {
            DecisionPage.html(reasonModel(.lengthen, error: true, preview: nil), in: $0)
        },
        ScreenState("quyet-dinh", "dung", audience: .officer) {
            DecisionPage.html(reasonModel(.stop, error: false, preview: nil), in: $0)
        },
        ScreenState("quyet-dinh", "tra-lai", audience: .officer) {
            DecisionPage.html(reasonModel(.sendBack, error: false, preview: nil), in: $0)
        },
        ScreenState("quyet-dinh", "chuyen-co-quan", audience: .officer) {
            DecisionPage.html(reasonModel(.handOver, error: false, preview: nil), in: $0)
        },
    ]

    private static func draftModel(_ address: String?, error: String? = nil) -> ResultDraftPage.Model {
        ResultDraftPage.Model(
            code: Sample.code,
            procedureName: Sample.extract,
            resultName: "Bản sao trích lục khai sinh",
            fields: [
                FieldPart(
                    "book",
                    "Sổ đăng ký",
                    hint: "Số, quyển, năm",
                    error: error,
                    .text(error == nil ? "Số 118, quyển 02/2015" : "", width: .half)
                ),
                FieldPart("subject", "Họ và tên", .text("Nguyễn Trần Minh An")),
                FieldPart("birth", "Ngày sinh", .date(.init(day: "02", month: "03", year: "2015"))),
                FieldPart("place", "Nơi sinh", .text("Bệnh viện Đa khoa Kiên Giang")),
            ],
            previewHref: address,
            previewWord: address == nil ? nil : "Bản in lập lúc 14:40",
            signerWord: "Lê Văn Thành, Chủ tịch UBND phường",
            action: "/viec/1/ket-qua",
            key: Sample.key,
            version: 6,
            backHref: "/viec/1"
        )
    }

    private static let draft = [
        ScreenState("du-thao", "moi", audience: .officer) { ResultDraftPage.html(draftModel(nil), in: $0) },
        ScreenState("du-thao", "co-loi", audience: .officer, status: 422) {
            ResultDraftPage.html(draftModel(nil, error: "Nhập sổ đăng ký"), in: $0)
        },
        ScreenState("du-thao", "co-ban-in", audience: .officer) {
            ResultDraftPage.html(draftModel("/mau/ket-qua.pdf"), in: $0)
        },
        ScreenState("du-thao", "bi-tra-lai", audience: .officer) {
            var model = draftModel("/mau/ket-qua.pdf")
            model.sentBackWord = "Kiểm tra lại nơi sinh theo sổ."
            return ResultDraftPage.html(model, in: $0)
        },
    ]

    private static func deliverModel(isGood: Bool, due: String? = nil) -> DeliverPage.Model {
        DeliverPage.Model(
            code: Sample.code,
            procedureName: Sample.extract,
            facts: [
                SummaryRow("Kết quả", "Bản sao trích lục khai sinh, số 118/TLKS-BS"),
                SummaryRow("Ký", "Lê Văn Thành, 09:12 ngày 06/03/2026"), SummaryRow("Cấp cho", "Trần Thị Bích Hằng"),
            ],
            resultHref: "/mau/ket-qua.pdf",
            signatureWord: isGood
                ? "Chữ ký và dấu thời gian còn nguyên."
                : "Chữ ký trên tệp không khớp. Không trả kết quả này, báo quản trị.",
            isSignatureGood: isGood,
            wayWord: "Bản điện tử, tải về ở tài khoản và gửi thư báo",
            fields: [],
            dueWord: due,
            action: "/viec/1/tra",
            key: Sample.key,
            version: 8,
            backHref: "/viec/1"
        )
    }

    private static let deliver = [
        ScreenState("tra-ket-qua", "dien-tu", audience: .officer) {
            DeliverPage.html(deliverModel(isGood: true), in: $0)
        },
        ScreenState("tra-ket-qua", "tai-quay", audience: .officer) {
            var model = deliverModel(isGood: true)
            model.wayWord = "Tại quầy"
            model.fields = [FieldPart("taker", "Người nhận", .text("Trần Thị Bích Hằng"))]
            return DeliverPage.html(model, in: $0)
        },
        ScreenState("tra-ket-qua", "con-no", audience: .officer) {
            DeliverPage.html(deliverModel(isGood: true, due: "Còn phải thu 8.000 đ trước khi trả."), in: $0)
        },
        ScreenState("tra-ket-qua", "chu-ky-hong", audience: .officer, status: 409) {
            DeliverPage.html(deliverModel(isGood: false), in: $0)
        },
    ]

    private static let conflict = [
        ScreenState("vua-thay-doi", "co-khac", audience: .officer, status: 409) {
            ConflictPage.html(
                ConflictPage.Model(
                    code: Sample.code,
                    procedureName: Sample.extract,
                    who: "Cán bộ Bộ phận một cửa",
                    at: Sample.moment(5, 14, 2),
                    what: "đã tiếp nhận hồ sơ",
                    differences: [
                        .init(subject: "Trạng thái", before: "Mới đăng ký", now: "Được tiếp nhận"),
                        .init(subject: "Đang ở", before: "Bộ phận một cửa", now: "Công chức tư pháp – hộ tịch"),
                    ],
                    unsentText: "Ảnh mờ, không đọc được số giấy.",
                    wantedAct: "Yêu cầu bổ sung",
                    caseHref: "/viec/1",
                    listHref: "/viec"
                ),
                in: $0
            )
        }
    ]
}
