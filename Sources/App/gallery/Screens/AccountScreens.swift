// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Markup

/// Signing in by telephone, and the devices of an account.
enum AccountScreens {
    static let all: [ScreenState] = phone + code + devices + representations

    private static func number(_ failure: PhoneSignInPage.Failure?, phone: String = "") -> PhoneSignInPage.NumberModel {
        PhoneSignInPage.NumberModel(
            action: "/dang-nhap/dien-thoai",
            returnTo: "/tai-khoan",
            phone: phone,
            lastDigits: phone.isEmpty ? "" : "0101",
            failure: failure,
            otherHref: "/dang-nhap"
        )
    }

    private static let phone = [
        ScreenState("dang-nhap-dien-thoai", "lan-dau") { PhoneSignInPage.number(number(nil), in: $0) },
        ScreenState("dang-nhap-dien-thoai", "sai-so", status: 422) {
            let failure = PhoneSignInPage.Failure.phone("Nhập số điện thoại gồm 10 chữ số, ví dụ 0912 345 678")
            return PhoneSignInPage.number(number(failure, phone: "0912"), in: $0)
        },
        ScreenState("dang-nhap-dien-thoai", "sai-so-cuoi", status: 422) {
            let failure = PhoneSignInPage.Failure.lastDigits("Nhập đúng 4 chữ số cuối của số định danh")
            return PhoneSignInPage.number(number(failure, phone: "0900 000 101"), in: $0)
        },
        ScreenState("dang-nhap-dien-thoai", "qua-nhieu", status: 429) {
            let words = "Đã dùng hết số lần cho phép. Chờ 15 phút, hoặc đăng nhập bằng VNeID ngay bây giờ."
            return PhoneSignInPage.number(number(.over(words), phone: "0900 000 101"), in: $0)
        },
    ]

    private static func entry(_ failure: PhoneSignInPage.Failure?) -> PhoneSignInPage.CodeModel {
        PhoneSignInPage.CodeModel(
            action: "/dang-nhap/dien-thoai/ma",
            failure: failure,
            againHref: "/dang-nhap/dien-thoai",
            otherHref: "/dang-nhap"
        )
    }

    private static let code = [
        ScreenState("dang-nhap-ma", "cho-nhap") { PhoneSignInPage.code(entry(nil), in: $0) },
        ScreenState("dang-nhap-ma", "sai-ma", status: 422) {
            PhoneSignInPage.code(entry(.code("Mã chưa đúng, còn 4 lần thử")), in: $0)
        },
        ScreenState("dang-nhap-ma", "het-luot", status: 422) {
            let words = "Đã nhập sai 5 lần, mã này không dùng được nữa. Xin mã mới."
            return PhoneSignInPage.code(entry(.over(words)), in: $0)
        },
        ScreenState("dang-nhap-ma", "hai-nguoi", status: 409) {
            let words =
                "Có hai tài khoản cùng số điện thoại và cùng 4 số cuối, nên cổng không biết bạn là ai. "
                + "Đăng nhập bằng VNeID."
            return PhoneSignInPage.code(entry(.over(words)), in: $0)
        },
    ]

    private static func model(_ lines: [DevicesPage.Line], flash: String? = nil) -> DevicesPage.Model {
        DevicesPage.Model(
            lines: lines,
            action: "/tai-khoan/thiet-bi",
            endAction: "/tai-khoan/thiet-bi/dang-xuat",
            flash: flash,
            accountHref: "/tai-khoan"
        )
    }

    private static func fields(_ error: String? = nil) -> [FieldPart] {
        [
            FieldPart(
                "loai",
                "Bạn làm thay cho ai",
                error: error,
                .radios([.init("child", "Con chưa thành niên"), .init("business", "Doanh nghiệp")], chosen: nil)
            ),
            FieldPart("ten", "Tên người hoặc doanh nghiệp", .text("")),
            FieldPart("tu-ngay", "Có hiệu lực từ ngày", .date(.init())),
        ]
    }

    private static let representation = RepresentationsPage.Line(
        name: "Công ty TNHH Gạo Thử Nghiệm Bình Đức",
        kindWord: "Doanh nghiệp, hộ kinh doanh",
        statusWord: "Đang dùng được",
        statusTone: .ok,
        datesWord: "Từ 01/03/2026 đến 28/02/2027",
        confirmedWord: "Cán bộ: đã đối chiếu bản chính, ngày 03/03/2026",
        paperHref: "/tai-khoan/dai-dien/a/giay",
        endAction: "/tai-khoan/dai-dien/a/thu-hoi"
    )

    private static let ended = RepresentationsPage.Line(
        name: "Lê Hoàng Phúc",
        kindWord: "Người khác, theo ủy quyền",
        statusWord: "Đã hết hạn",
        statusTone: .neutral,
        datesWord: "Từ 01/03/2025 đến 28/02/2026",
        paperHref: "/tai-khoan/dai-dien/b/giay",
        endAction: nil
    )

    private static let other = RepresentationsPage.Line(
        name: "Nguyễn Văn Đức",
        kindWord: "Người khác, theo ủy quyền",
        statusWord: "Đang dùng được",
        statusTone: .ok,
        datesWord: "Từ 01/03/2026 đến 28/02/2027",
        paperHref: "/tai-khoan/dai-dien/c/giay",
        endAction: "/tai-khoan/dai-dien/c/thu-hoi"
    )

    private static func page(
        _ lines: [RepresentationsPage.Line],
        _ fields: [FieldPart],
        others: [RepresentationsPage.Line] = [],
        paperError: String? = nil,
        kept: RepresentationsPage.KeptPaper? = nil
    ) -> RepresentationsPage.Model {
        RepresentationsPage.Model(
            lines: lines,
            others: others,
            fields: fields,
            paperError: paperError,
            keptPaper: kept,
            action: "/tai-khoan/dai-dien",
            accountHref: "/tai-khoan"
        )
    }

    private static func wearing(_ chosen: String, _ frame: PageFrame, hasLapsed: Bool = false) -> PageFrame {
        var frame = frame
        let others = hasLapsed ? [] : [FieldPart.Choice("a", representation.name)]
        frame.account = AccountMark(
            name: "Trần Văn Lộc",
            href: "/tai-khoan",
            signOutAction: "/dang-xuat",
            hats: HatChoice(
                action: "/tai-khoan/vai",
                choices: [.init("", "Chính tôi, Trần Văn Lộc")] + others,
                chosen: chosen,
                hasLapsed: hasLapsed
            )
        )
        return frame
    }

    private static let representations = [
        ScreenState("dai-dien", "chua-co") { RepresentationsPage.html(page([], fields()), in: $0) },
        ScreenState("dai-dien", "da-khai") {
            RepresentationsPage.html(page([representation, ended], fields()), in: wearing("a", $0))
        },
        ScreenState("dai-dien", "chinh-toi") {
            RepresentationsPage.html(page([representation], fields(), others: [other]), in: wearing("", $0))
        },
        ScreenState("dai-dien", "vai-het-han") {
            RepresentationsPage.html(page([ended], fields()), in: wearing("", $0, hasLapsed: true))
        },
        ScreenState("dai-dien", "giu-tep", status: 422) {
            let kept = RepresentationsPage.KeptPaper(id: "t", name: "giay-uy-quyen.pdf")
            return RepresentationsPage.html(page([], fields("Chọn bạn làm thay cho ai"), kept: kept), in: $0)
        },
        ScreenState("dai-dien", "co-loi", status: 422) {
            let wrong = fields("Chọn bạn làm thay cho ai")
            return RepresentationsPage.html(page([], wrong, paperError: "Chọn tệp hoặc chụp ảnh giấy tờ"), in: $0)
        },
    ]

    private static let own = DevicesPage.Line(
        handle: "a",
        words: "Chrome trên Android",
        wayWord: "VNeID",
        startedAt: Sample.moment(5, 8, 0),
        seenAt: Sample.moment(5, 14, 0),
        isThis: true
    )

    private static let devices = [
        ScreenState("thiet-bi", "mot-may") { DevicesPage.html(model([own]), in: $0) },
        ScreenState("thiet-bi", "nhieu-may") {
            let other = DevicesPage.Line(
                handle: "b",
                words: "Firefox trên Windows",
                wayWord: "mã gửi đến điện thoại",
                startedAt: Sample.moment(4, 8, 0),
                seenAt: Sample.moment(4, 9, 30),
                isThis: false
            )
            return DevicesPage.html(model([own, other], flash: "Đã đăng xuất thiết bị đó."), in: $0)
        },
    ]
}
