// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Paper

/// The house's own forms with the values of an ordinary day.
enum SampleForms {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let folder = root.appending(path: "resources/forms").path(percentEncoded: false)
    static let fonts = FontSettings(
        configurationFile: root.appending(path: "resources/fonts.conf").path(percentEncoded: false)
    )
    static let moment = Instant(microseconds: 1_772_696_400_000_000)
    static let profilePath = "/usr/share/color/icc/sRGB.icc"

    static func renderer(withProfile: Bool = true) throws -> PaperRenderer {
        let file = FileManager.default.contents(atPath: profilePath)
        return try PaperRenderer(fonts: fonts, colourProfile: withProfile ? file.map { Array($0) } : nil)
    }

    static let letterhead: FormValues = [
        "parentAgency": "Ủy ban nhân dân tỉnh An Giang",
        "agency": "Ủy ban nhân dân phường Long Xuyên",
        "desk": "Bộ phận Tiếp nhận và Trả kết quả",
        "number": "0127/TNHS",
        "place": "Long Xuyên",
        "date": "ngày 05 tháng 03 năm 2026",
    ]

    static let person: FormValues = [
        "dossierCode": "H01.30307-260305-0001",
        "applicantName": "Nguyễn Thị Ngọc Ánh",
        "address": "Số 12, đường Nguyễn Huệ, khóm 3, phường Long Xuyên, tỉnh An Giang",
        "phone": "0912 345 678",
        "email": "ngocanh@example.vn",
        "procedureName": "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
        "procedureCode": "2.000635",
        "trackingURL": "https://dichvucong.angiang.example/ho-so/H01.30307-260305-0001?m=Zk3_vQ9sT-x7Yb2LqW8RdA",
        "submitterName": "Nguyễn Thị Ngọc Ánh",
        "submitterNote": "(Ký và ghi rõ họ tên)",
        "officerNote": "(Ký và ghi rõ họ tên)",
        "officerName": "Trần Quốc Hưởng",
        "contactName": "bà Lê Thị Mỹ Duyên",
        "contactPhone": "0296 3 841 222",
        "deliveryMethod": "Trực tuyến, trong Kho giấy tờ của tài khoản",
    ]

    static let values: [String: FormValues] = [
        "TT03_2025/01-intake-slip": letterhead.merging(person).merging([
            "copyLabel": "giao cho người nộp",
            "components": .list([
                [
                    "index": "1", "name": "Tờ khai cấp bản sao trích lục hộ tịch", "quantity": "1",
                    "form": "Bản điện tử",
                ],
                ["index": "2", "name": "Giấy tờ tùy thân của người yêu cầu", "quantity": "1", "form": "Bản sao"],
            ]),
            "dossierCount": "01",
            "timeLimit": "Trong ngày; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo",
            "receivedAt": "14 giờ 20 phút, ngày 05/03/2026",
            "dueAt": "17 giờ 00 phút, ngày 05/03/2026",
            "formerDueAt": "",
            "lengtheningNeed": "",
            "lengtheningBasis": "",
            "registerBook": "01/2026",
            "registerNumber": "127",
            "feeNote": "",
        ]),
        "TT03_2025/02-supplement-notice": letterhead.merging(person).merging([
            "number": "0031/HDHS",
            "defects": .list([
                [
                    "index": "1", "subject": "Ảnh giấy chứng sinh",
                    "reason": "Ảnh mờ, không đọc được ngày sinh; chụp lại đủ bốn góc, đủ sáng.",
                ],
                [
                    "index": "2", "subject": "Họ và tên của mẹ",
                    "reason":
                        "Tên trong tờ khai (Nguyễn Thị Ánh) khác tên trong giấy chứng sinh (Nguyễn Thị Ngọc Ánh).",
                ],
            ]),
            "reason": "Thông tin trong tờ khai và giấy chứng sinh chưa thống nhất.",
            "answerBefore": "17 giờ 00 phút, ngày 12/03/2026",
            "clockRule": "Thời hạn giải quyết được tính lại từ đầu khi hồ sơ đã đủ.",
        ]),
        "TT03_2025/03-decline-notice": letterhead.merging(person).merging([
            "number": "",
            "reasons": .list([
                [
                    "reason":
                        "Người yêu cầu nộp hồ sơ tại nơi không đăng ký khai sinh; sổ hộ tịch gốc do Ủy ban nhân dân phường Châu Đốc lưu giữ."
                ],
                ["reason": "Tờ khai không ghi quan hệ với người được khai sinh."],
            ]),
            "legalBasis": "Điều 63 và Điều 64 Luật Hộ tịch năm 2014",
            "nextStep":
                "Ông/Bà nộp hồ sơ này cho Ủy ban nhân dân phường Châu Đốc; các giấy tờ đã nộp còn trong Kho giấy tờ của Ông/Bà.",
        ]),
        "submission-confirmation": letterhead.merging(person).merging([
            "number": "",
            "submittedAt": "14 giờ 02 phút 37 giây, ngày 05/03/2026",
            "channel": "Trực tuyến, đăng nhập bằng tài khoản định danh mức 2",
            "feeDue": "16.000 đ (phí 2 bản sao)",
            "hasFiles": true,
            "files": .list([
                [
                    "index": "1", "component": "Tờ khai", "fileName": "to-khai-2.000635.pdf",
                    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "size": "84 kB",
                ],
                [
                    "index": "2", "component": "Giấy tờ tùy thân", "fileName": "Căn cước mặt trước.jpg",
                    "sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", "size": "1,2 MB",
                ],
            ]),
            "nextSteps": .list([
                [
                    "text":
                        "Nộp 16.000 đ trên trang của hồ sơ. Hồ sơ chờ ở tình trạng “Mới đăng ký” cho đến khi nộp xong."
                ],
                [
                    "text":
                        "Cơ quan kiểm tra hồ sơ và trả lời trước 17 giờ 00 phút, ngày 06/03/2026, bằng thư điện tử và tin nhắn."
                ],
                [
                    "text":
                        "Khi tiếp nhận, cơ quan gửi Giấy tiếp nhận hồ sơ và hẹn trả kết quả, có ghi ngày trả kết quả."
                ],
            ]),
        ]),
    ]
}
