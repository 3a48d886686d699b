// SPDX-License-Identifier: Apache-2.0

import DeskSite
import Markup
import Site

/// Heads of units, and who stands in for whom.
enum SubstitutionScreens {
    static let all: [ScreenState] = [
        ScreenState("lam-thay", "trong", audience: .officer) { SubstitutionPage.html(model([]), in: $0) },
        ScreenState("lam-thay", "hai-viec", audience: .officer) {
            SubstitutionPage.html(model([inForce, toCome]), in: $0)
        },
        ScreenState("lam-thay", "sai-nguoi", audience: .officer, status: 422) {
            var wrong = model([inForce])
            wrong.fields[1].error = "Người này chưa có chứng thư số còn hiệu lực nên không thay lãnh đạo ký được"
            return SubstitutionPage.html(wrong, in: $0)
        },
        ScreenState("so-ket-qua", "co-ket-qua", audience: .officer) { RegisterPage.html(book(bookLines), in: $0) },
        ScreenState("so-ket-qua", "co-cot-cua-goi", audience: .officer) {
            var model = book(bookLines)
            for index in model.lines.indices {
                model.lines[index].entries = [
                    ("Trích lục việc gì", "Khai sinh"), ("Họ và tên", "Nguyễn Trần Minh An"),
                    ("Số định danh", "••• ••• ••• 217"), ("Số, quyển đăng ký", "12, quyển 01/1990"),
                ]
            }
            return RegisterPage.html(model, in: $0)
        },
        ScreenState("so-ket-qua", "van-thu-phat-hanh", audience: .officer) {
            var model = book(bookLines)
            model.filters.append(NavigationItem("Chờ phát hành", href: "/viec?loc=issuing"))
            model.lines[0].issuedAt = Sample.moment(6, 8, 5)
            return RegisterPage.html(model, in: $0)
        },
        ScreenState("so-ket-qua", "trong", audience: .officer) { RegisterPage.html(book([]), in: $0) },
        ScreenState("viec", "don-vi", audience: .officer) { WorkListPage.html(DeskScreens.unitModel(), in: $0) },
        ScreenState("viec", "don-vi-thieu-can-bo", audience: .officer, status: 422) {
            var wrong = DeskScreens.unitModel()
            wrong.bulkFields[0].error = "Chọn cán bộ nhận việc"
            return WorkListPage.html(wrong, in: $0)
        },
    ]

    private static func book(_ lines: [RegisterPage.Line]) -> RegisterPage.Model {
        RegisterPage.Model(
            agencyName: "Ủy ban nhân dân xã An Phú",
            year: 2026,
            filters: [
                NavigationItem("Cả sổ", href: "/so-ket-qua", isCurrent: true),
                NavigationItem("Chưa trả", href: "/so-ket-qua?loc=cho-tra"),
            ],
            fields: [
                FieldPart("nam", "Năm", .number("2026", unit: nil)),
                FieldPart("loai", "Loại kết quả", .select([.init("", "Mọi loại kết quả")], chosen: "")),
                FieldPart("q", "Số, ký hiệu hoặc mã hồ sơ", isOptional: true, .text("")),
            ],
            action: "/so-ket-qua",
            lines: lines,
            shownWord: "\(lines.count) kết quả"
        )
    }

    private static let bookLines = (1...6).map { number in
        RegisterPage.Line(
            notation: "\(number)/TLKS-BS",
            title: "Bản sao trích lục hộ tịch",
            agencyName: number > 4 ? "Ủy ban nhân dân xã Vĩnh Lộc (cũ)" : nil,
            signedAt: Sample.moment(5, 14, number),
            signer: "Võ Thị Kim Loan, Phó Chủ tịch",
            code: Sample.code,
            handedOut: number > 2 ? "Đã trả 16:32 05/03/2026" : "Chờ trả, Trực tuyến"
        )
    }

    private static let inForce = SubstitutionPage.Line(
        who: "Võ Thị Kim Loan làm thay Ông/Bà",
        role: "Lãnh đạo",
        time: "từ 05/03/2026 đến hết 12/03/2026",
        reason: "Đi công tác",
        isInForce: true,
        endAction: "/thay-the/1"
    )

    private static let toCome = SubstitutionPage.Line(
        who: "Ông/Bà làm thay Võ Thị Kim Loan",
        role: "Lãnh đạo",
        time: "từ 20/03/2026 đến hết 21/03/2026",
        reason: "Nghỉ phép",
        isInForce: false,
        endAction: nil
    )

    private static func model(_ lines: [SubstitutionPage.Line]) -> SubstitutionPage.Model {
        SubstitutionPage.Model(
            title: "Người làm thay",
            lines: lines,
            fields: [
                FieldPart("role", "Vai trò", .radios([.init("leader", "Lãnh đạo")], chosen: "leader")),
                FieldPart(
                    "substitute",
                    "Người làm thay",
                    hint: "Người cùng cơ quan có cùng vai trò.",
                    .select([.init("loan", "Võ Thị Kim Loan, Phó Chủ tịch")], chosen: nil)
                ),
                FieldPart("from", "Từ ngày", .date(FieldPart.TypedDate())),
                FieldPart("to", "Đến hết ngày", .date(FieldPart.TypedDate())),
                FieldPart("reason", "Lý do", hint: "Ví dụ: nghỉ phép, đi công tác", .text("")),
            ],
            action: "/thay-the",
            key: Sample.key,
            backHref: "/viec"
        )
    }
}
