// SPDX-License-Identifier: Apache-2.0

import AdminSite
import Kernel
import Markup

/// Requests to reset officers' sign-in.
enum ResetScreens {
    static func reason(error: String? = nil) -> FieldPart {
        FieldPart(
            "reason",
            "Lý do đặt lại",
            hint: "Ví dụ: quên mật khẩu, mất điện thoại",
            error: error,
            .longText("", limitCharacters: 500, rows: 2)
        )
    }

    static let unbound = OfficerPage.Staff.unbound(
        service: "tài khoản cơ quan",
        FieldPart(
            "subject",
            "Mã người dùng tại dịch vụ định danh",
            hint: "Giá trị sub mà dịch vụ cấp cho cán bộ này",
            error: "Mã này đã gắn với một cán bộ khác. Gỡ ở tài khoản đó trước.",
            .text("nv-0003", width: .half)
        ),
        action: "/quan-tri/can-bo/hanh/dinh-danh"
    )

    static let bound = OfficerPage.Staff.bound(
        service: "tài khoản cơ quan",
        subject: "nv-0003",
        since: Sample.moment(5, 9, 0),
        isConfirmed: false,
        action: "/quan-tri/can-bo/hanh/dinh-danh"
    )

    private static func line(_ name: String, mayApprove: Bool) -> ResetsPage.ResetLine {
        ResetsPage.ResetLine(
            officerName: name,
            placeWord: "Văn thư, Ủy ban nhân dân phường Rạch Giá",
            askedBy: "Nguyễn Quang Vinh",
            askedAt: Sample.moment(5, 9, 0),
            reason: "Mất điện thoại, không còn mã khôi phục",
            action: "/quan-tri/dat-lai/1",
            mayApprove: mayApprove
        )
    }

    private static let requests = [
        line("Đỗ Thị Hạnh", mayApprove: true), line("Võ Minh Khôi", mayApprove: false),
    ]

    static let all = [
        ScreenState("dat-lai", "trong", audience: .administrator) {
            ResetsPage.html(.init(lines: [], backHref: "/quan-tri"), in: $0)
        },
        ScreenState("dat-lai", "hai-de-nghi", audience: .administrator) {
            ResetsPage.html(.init(lines: requests, backHref: "/quan-tri"), in: $0)
        },
        ScreenState("dat-lai", "da-tu-choi", audience: .administrator) {
            let flash = "Đã kết thúc đề nghị đặt lại."
            return ResetsPage.html(.init(flash: flash, lines: [], backHref: "/quan-tri"), in: $0)
        },
        ScreenState("dat-lai", "het-han", audience: .administrator, status: 409) {
            let words = "Đề nghị này đã được quyết định hoặc đã hết hạn."
            return ResetsPage.html(.init(hindrance: words, lines: requests, backHref: "/quan-tri"), in: $0)
        },
        ScreenState("dat-lai", "da-duyet", audience: .administrator) {
            let model = ResetApprovedPage.Model(
                officerName: "Đỗ Thị Hạnh",
                loginName: "rachgia.hanh",
                code: "7q2m-xk4d-0rhe-9vt1",
                address: "/dang-nhap/can-bo/dat-lai",
                backHref: "/quan-tri/dat-lai"
            )
            return ResetApprovedPage.html(model, in: $0)
        },
    ]
}
