// SPDX-License-Identifier: Apache-2.0

import AdminSite
import CitizenSite
import Kernel
import Markup

/// Requests about personal data, and erasing by retention.
enum DataRequestScreens {
    static let all: [ScreenState] = citizen + desk + retention

    // MARK: - The citizen

    private static func kindField(error: String? = nil) -> FieldPart {
        FieldPart(
            "kind",
            "Tôi muốn",
            error: error,
            .radios(
                [
                    FieldPart.Choice("access", "Hỏi dữ liệu đang lưu về tôi", hint: "Trả lời trong 10 ngày."),
                    FieldPart.Choice("delete", "Xóa dữ liệu", hint: "Bản nháp xóa ngay. Trong 20 ngày."),
                ],
                chosen: nil
            )
        )
    }

    private static func listModel(_ lines: [DataRequestsPage.RequestLine], error: String? = nil)
        -> DataRequestsPage.Model
    {
        DataRequestsPage.Model(
            lines: lines,
            fields: [
                kindField(error: error),
                FieldPart(
                    "words",
                    "Nội dung",
                    hint: "Cần ghi khi sửa, hạn chế xử lý hoặc rút lại sự đồng ý.",
                    isOptional: true,
                    .longText("", limitCharacters: 2_000)
                ),
            ],
            action: "/tai-khoan/du-lieu",
            accessHref: "/tai-khoan/ai-da-xem",
            backHref: "/tai-khoan"
        )
    }

    private static let lines = [
        DataRequestsPage.RequestLine(
            kindWord: "Xóa dữ liệu",
            stateWord: "Đang thực hiện",
            isOpen: true,
            filedAt: Sample.moment(5, 9, 12),
            href: "/tai-khoan/du-lieu/1"
        ),
        DataRequestsPage.RequestLine(
            kindWord: "Nhận bản sao dữ liệu của tôi",
            stateWord: "Đã thực hiện",
            isOpen: false,
            filedAt: Sample.moment(2, 9, 12),
            href: "/tai-khoan/du-lieu/2"
        ),
    ]

    private static let facts = [
        SummaryRow("Gửi lúc", "09:12 ngày 05/03/2026"), SummaryRow("Về", "Cả tài khoản"),
        SummaryRow("Nội dung", "Không ghi thêm"), SummaryRow("Trả lời lần đầu trước", "09:12 ngày 09/03/2026"),
        SummaryRow("Thực hiện trước", "17:00 ngày 25/03/2026"),
    ]

    private static let citizen = [
        ScreenState("du-lieu", "nhieu") { DataRequestsPage.html(listModel(lines), in: $0) },
        ScreenState("du-lieu", "trong") { DataRequestsPage.html(listModel([]), in: $0) },
        ScreenState("du-lieu", "thieu", status: 422) {
            DataRequestsPage.html(listModel([], error: "Chọn điều cần yêu cầu"), in: $0)
        },
        ScreenState("mot-yeu-cau", "cho") {
            let model = DataRequestPage.Model(
                kindWord: "Xóa dữ liệu",
                stateWord: "Đã gửi, chờ tiếp nhận",
                isOpen: true,
                facts: facts,
                flash: "Đã gửi yêu cầu.",
                withdrawAction: "/tai-khoan/du-lieu/1/rut",
                backHref: "/tai-khoan/du-lieu"
            )
            return DataRequestPage.html(model, in: $0)
        },
        ScreenState("mot-yeu-cau", "ban-sao") {
            let model = DataRequestPage.Model(
                kindWord: "Nhận bản sao dữ liệu của tôi",
                stateWord: "Đã trả lời",
                isOpen: false,
                facts: facts,
                outcomeWord: "Đã thực hiện",
                answer: "Bản sao dữ liệu đã lập. Tải về trước 09:15 ngày 12/03/2026.",
                downloadHref: "/tai-khoan/du-lieu/2/ban-sao",
                downloadDetail: "ZIP, 14 KB",
                backHref: "/tai-khoan/du-lieu"
            )
            return DataRequestPage.html(model, in: $0)
        },
        ScreenState("mot-yeu-cau", "tu-choi") {
            let model = DataRequestPage.Model(
                kindWord: "Xóa dữ liệu",
                stateWord: "Đã trả lời",
                isOpen: false,
                facts: facts,
                outcomeWord: "Không thực hiện được",
                answer: "Hồ sơ \(Sample.code): giữ 5 năm, đến hết ngày 05/03/2031, theo quy định lưu trữ.",
                backHref: "/tai-khoan/du-lieu"
            )
            return DataRequestPage.html(model, in: $0)
        },
    ]

    // MARK: - The data-protection officer

    private static func state(
        _ screen: String,
        _ name: String,
        status: Int = 200,
        draw: @escaping @Sendable (PageFrame) -> HTML
    ) -> ScreenState {
        ScreenState(screen, name, audience: .administrator, status: status, draw: draw)
    }

    private static func deskModel(_ lines: [DataDeskPage.RequestLine], isOver: Bool = false) -> DataDeskPage.Model {
        DataDeskPage.Model(
            isOver: isOver,
            lines: lines,
            openHref: "/quan-tri/du-lieu",
            overHref: "/quan-tri/du-lieu?loc=da-xong",
            retentionHref: "/quan-tri/luu-tru",
            flash: lines.isEmpty ? nil : "Đã ghi. Người yêu cầu được báo."
        )
    }

    private static func deskLine(isOverdue: Bool) -> DataDeskPage.RequestLine {
        DataDeskPage.RequestLine(
            kindWord: "Xóa dữ liệu",
            stateWord: "Đã gửi, chờ tiếp nhận",
            agency: "H01.30337",
            filedAt: Sample.moment(2, 9, 12),
            dueAt: Sample.moment(4, 17, 0),
            isOverdue: isOverdue,
            href: "/quan-tri/du-lieu/1"
        )
    }

    private static func answerModel(hasErrors: Bool = false, hindrance: String? = nil) -> DataAnswerPage.Model {
        DataAnswerPage.Model(
            kindWord: "Xóa dữ liệu",
            stateWord: "Đã gửi, chờ tiếp nhận",
            facts: [SummaryRow("Người yêu cầu", "Trần Thị Bích Hằng")] + facts,
            findings: ["Hồ sơ \(Sample.code): Giữ 5 năm, đến hết ngày 05/03/2031, theo quy định lưu trữ."],
            hindrance: hindrance,
            takes: true,
            extends: true,
            lifts: false,
            answerFields: [
                FieldPart(
                    "outcome",
                    "Kết quả",
                    error: hasErrors ? "Chọn kết quả trả lời" : nil,
                    .radios(
                        [
                            FieldPart.Choice("granted", "Đã thực hiện"),
                            FieldPart.Choice("refused", "Không thực hiện được"),
                        ],
                        chosen: nil
                    )
                ),
                FieldPart("answer", "Trả lời", .longText("", limitCharacters: 2_000)),
            ],
            action: "/quan-tri/du-lieu/1",
            key: Sample.key,
            version: 1,
            backHref: "/quan-tri/du-lieu"
        )
    }

    private static let desk = [
        state("yeu-cau-du-lieu", "nhieu") {
            DataDeskPage.html(deskModel([deskLine(isOverdue: true), deskLine(isOverdue: false)]), in: $0)
        },
        state("yeu-cau-du-lieu", "trong") { DataDeskPage.html(deskModel([], isOver: true), in: $0) },
        state("tra-loi-du-lieu", "cho") { DataAnswerPage.html(answerModel(), in: $0) },
        state("tra-loi-du-lieu", "thieu", status: 422) { DataAnswerPage.html(answerModel(hasErrors: true), in: $0) },
        state("tra-loi-du-lieu", "doi-truoc", status: 409) {
            let hindrance = "Yêu cầu vừa được người khác cập nhật. Xem lại rồi làm tiếp."
            return DataAnswerPage.html(answerModel(hindrance: hindrance), in: $0)
        },
        state("tra-loi-du-lieu", "han-che") {
            var model = answerModel()
            (model.takes, model.lifts, model.answerFields, model.findings) = (false, true, [], [])
            return DataAnswerPage.html(model, in: $0)
        },
    ]

    // MARK: - Retention

    private static func reportModel(isWaiting: Bool, error: String? = nil) -> RetentionReportPage.Model {
        RetentionReportPage.Model(
            stateWord: isWaiting ? "Chờ duyệt" : "Đã xóa xong",
            isWaiting: isWaiting,
            facts: [
                SummaryRow("Lập lúc", "02:00 ngày 01/03/2026"), SummaryRow("Hồ sơ hết thời hạn lưu", "1.204"),
                SummaryRow("Đã xóa", isWaiting ? "0" : "1.204"),
                SummaryRow("Chưa xóa vì thời hạn chưa đối chiếu", "318"),
            ],
            lines: [
                RetentionReportPage.ItemLine(
                    code: Sample.code,
                    procedure: "2.000635",
                    agencyName: Sample.ward,
                    endedOn: Sample.day(2021, 2, 26),
                    limitWord: "5 năm, quy định lưu trữ",
                    files: 3,
                    erasedAt: isWaiting ? nil : Sample.moment(5, 2, 10)
                )
            ],
            reasonField: FieldPart(
                "reason",
                "Lý do",
                hint: "Căn cứ của quyết định xóa hoặc không xóa",
                error: error,
                .longText("", limitCharacters: 500, rows: 3)
            ),
            action: "/quan-tri/luu-tru/1",
            key: Sample.key,
            version: 1,
            nextHref: isWaiting ? "/quan-tri/luu-tru/1?sau=H01" : nil,
            backHref: "/quan-tri/luu-tru"
        )
    }

    private static let retention = [
        state("luu-tru", "nhieu") {
            let lines = [("Chờ duyệt", true), ("Đã xóa xong", false)].map { word, isWaiting in
                RetentionListPage.ReportLine(
                    madeAt: Sample.moment(1, 2, 0),
                    stateWord: word,
                    isWaiting: isWaiting,
                    href: "/quan-tri/luu-tru/1"
                )
            }
            return RetentionListPage.html(RetentionListPage.Model(lines: lines, backHref: "/quan-tri/du-lieu"), in: $0)
        },
        state("luu-tru", "trong") {
            RetentionListPage.html(RetentionListPage.Model(lines: [], backHref: "/quan-tri/du-lieu"), in: $0)
        },
        state("bao-cao-luu-tru", "cho-duyet") { RetentionReportPage.html(reportModel(isWaiting: true), in: $0) },
        state("bao-cao-luu-tru", "thieu-ly-do", status: 422) {
            RetentionReportPage.html(reportModel(isWaiting: true, error: "Ghi lý do từ 10 đến 500 ký tự"), in: $0)
        },
        state("bao-cao-luu-tru", "da-xoa") { RetentionReportPage.html(reportModel(isWaiting: false), in: $0) },
    ]
}
