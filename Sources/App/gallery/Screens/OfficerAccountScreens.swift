// SPDX-License-Identifier: Apache-2.0

import DeskSite
import Kernel
import Markup
import Paper
import Site

/// An officer's sign-in after the password, and the own account.
enum OfficerAccountScreens {
    static let all: [ScreenState] = signIn + account

    static let passkey = PasskeyForm(
        question: PasskeyQuestion(challenge: "bWF1", site: "localhost"),
        action: "/dang-nhap/can-bo/khoa",
        returnTo: "/viec",
        label: "Đăng nhập bằng khóa truy cập"
    )

    private static let codes = (0..<10).map { "7q2m-xk4d-0rhe-9vt\($0)" }
    private static let longError = SecondStepWords.wrong

    private static func state(
        _ screen: String,
        _ name: String,
        status: Int = 200,
        draw: @escaping @Sendable (PageFrame) -> HTML
    ) -> ScreenState {
        ScreenState(screen, name, audience: .officer, status: status, draw: draw)
    }

    // MARK: - Signing in

    private static func codePage(_ error: String?) -> @Sendable (PageFrame) -> HTML {
        {
            let model = OfficerCodePage.Model(
                action: "/dang-nhap/can-bo/ma",
                returnTo: "/viec",
                error: error,
                backHref: "/dang-nhap/can-bo"
            )
            return OfficerCodePage.html(model, in: $0)
        }
    }

    private static func setUpPage(_ error: String?) -> @Sendable (PageFrame) -> HTML {
        {
            let model = AppSetupPage.Model(
                reason: "Cơ quan yêu cầu mỗi lần đăng nhập có thêm mã trên điện thoại. Chỉ thiết lập một lần.",
                code: AppSetupPage.code(of: "otpauth://totp/Mau?secret=MZXW6YTBOIMZXW6YTBOIMZXW6YTBOIAA&issuer=Mau"),
                secretText: "MZXW 6YTB OIMZ XW6Y TBOI MZXW 6YTB OIAA",
                action: "/dang-nhap/can-bo/thiet-lap",
                returnTo: "/viec",
                error: error,
                backHref: "/dang-nhap/can-bo"
            )
            return AppSetupPage.html(model, in: $0)
        }
    }

    private static func passwordPage(reason: String?, oldError: String? = nil, error: String? = nil)
        -> @Sendable (PageFrame) -> HTML
    {
        {
            let model = OwnPasswordPage.Model(
                reason: reason,
                rules: "Ít nhất 12 ký tự, không phải từ dễ đoán",
                asksOld: reason == nil,
                oldError: oldError,
                error: error,
                action: "/bao-mat/mat-khau",
                returnTo: "/viec",
                backHref: "/bao-mat"
            )
            return OwnPasswordPage.html(model, in: $0)
        }
    }

    private static func resetPage(_ error: String?) -> @Sendable (PageFrame) -> HTML {
        {
            let model = ResetCodePage.Model(
                action: "/dang-nhap/can-bo/dat-lai",
                name: error == nil ? "" : "lan.pn",
                error: error,
                backHref: "/dang-nhap/can-bo"
            )
            return ResetCodePage.html(model, in: $0)
        }
    }

    private static let given = "Mật khẩu vừa dùng do người khác cấp hoặc đã hết hạn. Đặt mật khẩu chỉ mình cán bộ biết."

    private static let signIn = [
        state("ma-xac-thuc", "moi", draw: codePage(nil)),
        state("ma-xac-thuc", "sai", status: 422, draw: codePage(longError)),
        state(
            "ma-xac-thuc",
            "tam-khoa",
            status: 422,
            draw: codePage("Đã nhập sai mã nhiều lần. Chờ 15 phút rồi thử lại.")
        ),
        state("thiet-lap-ung-dung", "moi", draw: setUpPage(nil)),
        state("thiet-lap-ung-dung", "sai", status: 422, draw: setUpPage(longError)),
        state("ma-khoi-phuc", "moi") {
            let heading = "Đã thiết lập ứng dụng xác thực"
            return RecoveryCodesPage.html(.init(heading: heading, codes: codes, goOnHref: "/viec"), in: $0)
        },
        state("dat-lai-dang-nhap", "moi", draw: resetPage(nil)),
        state("dat-lai-dang-nhap", "sai", status: 422, draw: resetPage(SecondStepWords.reset)),
        state("mat-khau-rieng", "lan-dau", draw: passwordPage(reason: given)),
        state(
            "mat-khau-rieng",
            "de-doan",
            status: 422,
            draw: passwordPage(reason: given, error: "Mật khẩu này dễ đoán. Chọn một câu ngắn chỉ mình bạn biết.")
        ),
    ]

    // MARK: - The own account

    private static func securityModel(enrolled: Bool = true, left: Int = 10, sessions: Int = 1) -> SecurityPage.Model {
        SecurityPage.Model(
            enrolledAt: enrolled ? Sample.moment(2, 8, 0) : nil,
            appHref: "/bao-mat/ung-dung",
            passkeyCount: enrolled ? 2 : 0,
            passkeysHref: "/bao-mat/khoa",
            recoveryCodesLeft: left,
            recoveryAction: "/bao-mat/ma-khoi-phuc",
            passwordHref: "/bao-mat/mat-khau",
            sessions: (0..<sessions).map { number in
                SessionLine(
                    id: "phien\(number)",
                    device: ["Chrome trên Windows", "Safari trên iPhone", "Cốc Cốc trên Android"][number % 3],
                    methodWord: ["Mật khẩu và mã xác thực", "Khóa truy cập"][number % 2],
                    startedAt: Sample.moment(5, 8, number),
                    seenAt: Sample.moment(5, 9, number),
                    isOwn: number == 0
                )
            },
            sessionsAction: "/bao-mat/phien"
        )
    }

    private static func passkeysModel(_ count: Int) -> PasskeysPage.Model {
        var adding = passkey
        adding.label = "Thêm khóa truy cập"
        adding.owner = PasskeyForm.Owner(id: "lan", login: "lan.pn", name: "Phạm Ngọc Lan", known: [])
        adding.field = FieldPart("ten-khoa", "Tên khóa", hint: "Để nhận ra thiết bị, ví dụ Máy tính ở quầy", .text(""))
        return PasskeysPage.Model(
            passkeys: (0..<count).map { number in
                PasskeysPage.PasskeyLine(
                    id: "khoa\(number)",
                    name: number == 0 ? "Máy tính ở quầy" : "Khóa USB số \(number)",
                    createdAt: Sample.moment(2, 8, number),
                    usedAt: number == 0 ? Sample.moment(5, 8, 0) : nil
                )
            },
            adding: adding,
            removalAction: "/bao-mat/khoa/xoa",
            backHref: "/bao-mat"
        )
    }

    private static func proofPage(_ error: String?) -> @Sendable (PageFrame) -> HTML {
        {
            let model = ProofPage.Model(
                action: "/bao-mat/xac-thuc",
                returnTo: "/ky",
                error: error,
                minutes: 5,
                passkey: passkey
            )
            return ProofPage.html(model, in: $0)
        }
    }

    private static let account = [
        state("bao-mat", "mot-phien") { SecurityPage.html(securityModel(), in: $0) },
        state("bao-mat", "nhieu-phien") {
            var model = securityModel(left: 2, sessions: 6)
            model.flash = "Đã kết thúc phiên đăng nhập."
            return SecurityPage.html(model, in: $0)
        },
        state("bao-mat", "chua-thiet-lap") { SecurityPage.html(securityModel(enrolled: false, left: 0), in: $0) },
        state("khoa-truy-cap", "chua-co") { PasskeysPage.html(passkeysModel(0), in: $0) },
        state("khoa-truy-cap", "hai-khoa") {
            var model = passkeysModel(2)
            model.flash = "Đã thêm khóa truy cập. Lần sau có thể đăng nhập bằng khóa này."
            return PasskeysPage.html(model, in: $0)
        },
        state("khoa-truy-cap", "khong-them-duoc", status: 422) {
            var model = passkeysModel(2)
            model.hindrance = "Thiết bị này đã có khóa truy cập, hoặc tài khoản đã đủ 10 khóa."
            return PasskeysPage.html(model, in: $0)
        },
        state("xac-thuc-lai", "moi", draw: proofPage(nil)),
        state("xac-thuc-lai", "sai", status: 422, draw: proofPage("Mật khẩu chưa đúng")),
        state("doi-mat-khau", "moi", draw: passwordPage(reason: nil)),
        state(
            "doi-mat-khau",
            "sai",
            status: 422,
            draw: passwordPage(reason: nil, oldError: "Mật khẩu đang dùng chưa đúng")
        ),
    ]
}

/// The longest words of the second step.
private enum SecondStepWords {
    static let reset = "Tên đăng nhập hoặc mã đặt lại chưa đúng, hoặc mã đã hết hạn."
    static let wrong = "Mã chưa đúng hoặc đã dùng. Chờ mã mới trong ứng dụng và xem giờ của điện thoại có đúng không."
}
