// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup
public import Site

/// `/bao-mat`: the officer's own account: password, second factor, open sessions.
public enum SecurityPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// What the last act did; nil otherwise.
        public var flash: String?
        /// Since when the app is set up; nil when it is not.
        public var enrolledAt: Instant?
        /// Where the app is set up.
        public var appHref: String
        /// How many passkeys there are.
        public var passkeyCount: Int
        /// Where passkeys are added and removed.
        public var passkeysHref: String
        /// Recovery codes that were not used yet.
        public var recoveryCodesLeft: Int
        /// Where new ones are made, by POST.
        public var recoveryAction: String
        /// Where the password is changed.
        public var passwordHref: String
        /// The open sessions, the last used first.
        public var sessions: [SessionLine]
        /// Where sessions are ended, by POST with `phien`, or with `tat-ca`.
        public var sessionsAction: String

        /// What the page shows.
        public init(
            flash: String? = nil,
            enrolledAt: Instant?,
            appHref: String,
            passkeyCount: Int,
            passkeysHref: String,
            recoveryCodesLeft: Int,
            recoveryAction: String,
            passwordHref: String,
            sessions: [SessionLine],
            sessionsAction: String
        ) {
            (self.flash, self.enrolledAt, self.appHref) = (flash, enrolledAt, appHref)
            (self.passkeyCount, self.passkeysHref) = (passkeyCount, passkeysHref)
            (self.recoveryCodesLeft, self.recoveryAction) = (recoveryCodesLeft, recoveryAction)
            (self.passwordHref, self.sessions, self.sessionsAction) = (passwordHref, sessions, sessionsAction)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Bảo mật tài khoản", width: .text),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <h1>Bảo mật tài khoản</h1>
            <section class="sheet" aria-labelledby="cach"><h2 id="cach">Cách đăng nhập</h2>
            \(Parts.summaryList([
                SummaryRow("Mật khẩu", "Đã đặt", changeHref: model.passwordHref, changeLabel: "Đổi"),
                SummaryRow("Ứng dụng xác thực", model.enrolledAt.map { "Thiết lập lúc \($0.vietnamese)" } ?? "Chưa thiết lập",
                    changeHref: model.appHref, changeLabel: model.enrolledAt == nil ? "Thiết lập" : "Đổi điện thoại"),
                SummaryRow("Khóa truy cập", model.passkeyCount == 0 ? "Chưa có" : "\(model.passkeyCount) khóa",
                    changeHref: model.passkeysHref, changeLabel: "Thêm, xóa"),
            ]))
            \(if: model.enrolledAt != nil, recovery(model, in: frame))</section>
            <section class="sheet" aria-labelledby="cac-phien"><h2 id="cac-phien">Phiên đăng nhập</h2>
            <p>Có phiên lạ thì đăng xuất phiên đó rồi đổi mật khẩu ngay.</p>
            \(frame.sessions(
                model.sessions,
                under: "cac-phien",
                action: model.sessionsAction,
                endAllLabel: "Đăng xuất khỏi mọi thiết bị"
            ))</section>
            """
        )
    }

    private static func recovery(_ model: Model, in frame: PageFrame) -> HTML {
        """
        \(if: model.recoveryCodesLeft <= 3, Parts.notice(.warn, "<p>Còn \(model.recoveryCodesLeft) mã khôi phục.</p>"),
            else: "<p>Còn \(model.recoveryCodesLeft) mã khôi phục chưa dùng.</p>")
        \(frame.form(FormShape(action: model.recoveryAction), """
            \(Parts.button("Tạo mã khôi phục mới", style: .secondary))
            <p class="hint">Các mã cũ hết hiệu lực ngay.</p>
            """))
        """
    }
}
