// SPDX-License-Identifier: Apache-2.0

import AdminSite
import CitizenSite
import DeskSite
import Kernel
import Markup

/// Personal data: who looked, why an officer looks, and the auditor's list.
enum PrivacyScreens {
    static let all: [ScreenState] = accesses + purposes + audit + erased

    // MARK: - The citizen

    private static let who = "Chuyên viên · Tư pháp - Hộ tịch · Ủy ban nhân dân xã An Phú"

    private static func access(_ day: Int, words: String? = nil, name: String? = nil) -> AccessPage.AccessLine {
        AccessPage.AccessLine(
            at: Sample.moment(day, 9, 12),
            who: who,
            name: name,
            code: Sample.code,
            dossierHref: "/ho-so/\(Sample.code)",
            part: "Trang hồ sơ",
            purpose: words == nil ? "Thẩm định, giải quyết hồ sơ" : "Trả lời người nộp hồ sơ",
            words: words
        )
    }

    private static func accessModel(_ lines: [AccessPage.AccessLine], next: String? = nil) -> AccessPage.Model {
        AccessPage.Model(
            lines: lines,
            printHref: "/tai-khoan/ai-da-xem?in=1",
            nextHref: next,
            backHref: "/tai-khoan"
        )
    }

    private static let accesses = [
        ScreenState("ai-da-xem", "nhieu") {
            let asked = access(6, words: "Ông An hỏi ở quầy vì sao hồ sơ chưa xong")
            let gone = AccessPage.AccessLine(
                at: Sample.moment(2, 8, 0),
                who: who,
                code: nil,
                dossierHref: nil,
                part: "Tên trong kết quả tra cứu",
                purpose: "Tra cứu hồ sơ"
            )
            return AccessPage.html(accessModel([asked, access(5), gone], next: "/tai-khoan/ai-da-xem?sau=1"), in: $0)
        },
        ScreenState("ai-da-xem", "co-ten") {
            AccessPage.html(accessModel([access(5, name: "Trần Văn Bình")]), in: $0)
        },
        ScreenState("ai-da-xem", "trong") { AccessPage.html(accessModel([]), in: $0) },
    ]

    // MARK: - The officer

    private static func purposeModel(isUnmasking: Bool, hasErrors: Bool) -> PurposePage.Model {
        PurposePage.Model(
            code: Sample.code,
            procedureName: Sample.extract,
            isUnmasking: isUnmasking,
            purposeField: FieldPart(
                "purpose",
                "Xem để làm gì",
                error: hasErrors ? "Chọn mục đích xem hồ sơ" : nil,
                .radios(
                    [
                        FieldPart.Choice("applicantAsks", "Trả lời người nộp hồ sơ"),
                        FieldPart.Choice("complaint", "Giải quyết khiếu nại, tố cáo, phản ánh"),
                        FieldPart.Choice("supervision", "Kiểm tra, đôn đốc"),
                    ],
                    chosen: hasErrors ? nil : "applicantAsks"
                )
            ),
            wordsField: FieldPart(
                "words",
                "Lý do cụ thể",
                hint: "Người nộp hồ sơ đọc được câu này. Không ghi thông tin riêng của người dân.",
                error: hasErrors ? "Ghi lý do từ 10 đến 500 ký tự" : nil,
                .longText(hasErrors ? "xem" : "", limitCharacters: 500, rows: 3)
            ),
            action: "/viec/1/muc-dich",
            backHref: "/viec"
        )
    }

    private static func purpose(_ name: String, isUnmasking: Bool, hasErrors: Bool = false) -> ScreenState {
        ScreenState("muc-dich", name, audience: .officer, status: hasErrors ? 422 : 200) {
            PurposePage.html(purposeModel(isUnmasking: isUnmasking, hasErrors: hasErrors), in: $0)
        }
    }

    private static let purposes = [
        purpose("mo-ho-so", isUnmasking: false), purpose("thieu", isUnmasking: false, hasErrors: true),
        purpose("hien-du-lieu", isUnmasking: true),
    ]

    // MARK: - The auditor

    private static func auditFields(error: String? = nil) -> [FieldPart] {
        [
            FieldPart(
                "co-quan",
                "Mã cơ quan",
                hint: "Để trống là cơ quan của tôi và các cơ quan cấp dưới",
                isOptional: true,
                .text("", width: .half)
            ),
            FieldPart(
                "tu-ngay",
                "Từ ngày",
                hint: "Ví dụ 01/11/2026",
                error: error,
                isOptional: true,
                .text(error == nil ? "" : "hôm qua", width: .half)
            ),
        ]
    }

    private static let auditLine = AuditPage.AccessLine(
        at: Sample.moment(5, 9, 12),
        officer: "Trần Văn Bình",
        who: who,
        code: Sample.code,
        part: "Tệp đính kèm",
        purpose: "Giải quyết khiếu nại, tố cáo, phản ánh",
        words: "Đơn số 12 ngày 04/03/2026"
    )

    private static func audit(_ name: String, _ lines: [AuditPage.AccessLine], error: String? = nil) -> ScreenState {
        ScreenState("truy-cap", name, audience: .administrator, status: error == nil ? 200 : 422) {
            let model = AuditPage.Model(
                fields: auditFields(error: error),
                action: "/quan-tri/truy-cap",
                lines: lines,
                nextHref: lines.isEmpty ? nil : "/quan-tri/truy-cap?sau=1"
            )
            return AuditPage.html(model, in: $0)
        }
    }

    private static let audit = [
        audit("nhieu", [auditLine, auditLine]), audit("trong", []),
        audit("loc-sai", [], error: "Ngày có dạng 22/11/2026"),
    ]

    // MARK: - What is gone

    private static let erased = [
        ScreenState("theo-doi", "da-xoa-du-lieu") {
            let model = TrackingPage.Model(
                code: Sample.code,
                statusWord: "Đã trả kết quả",
                statusTone: .ok,
                stagesPassed: 5,
                stagesInAll: 5,
                access: .codeOnly(signInHref: "/dang-nhap"),
                erasedOn: Sample.day(2026, 3, 5),
                lookupHref: "/tra-cuu"
            )
            return TrackingPage.html(model, in: $0)
        }
    ]
}
