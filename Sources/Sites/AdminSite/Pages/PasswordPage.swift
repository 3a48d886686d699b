// SPDX-License-Identifier: Apache-2.0

public import Markup

/// The answer to a new account or a new password: the password, shown this once.
public enum PasswordPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// What was done: "Đã thêm cán bộ", "Đã cấp mật khẩu mới".
        public var heading: String
        /// The officer's full name.
        public var officerName: String
        /// The name for signing in.
        public var loginName: String
        /// The password.
        public var password: String
        /// The officer's page.
        public var officerHref: String
        /// The agency's page.
        public var agencyHref: String

        /// What the page shows.
        public init(
            heading: String,
            officerName: String,
            loginName: String,
            password: String,
            officerHref: String,
            agencyHref: String
        ) {
            self.heading = heading
            self.officerName = officerName
            self.loginName = loginName
            self.password = password
            self.officerHref = officerHref
            self.agencyHref = agencyHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: model.heading, width: .text),
            """
            \(Parts.panel(model.heading, "<p>\(model.officerName)</p>"))
            \(Parts.summaryList([
                SummaryRow("Tên đăng nhập", model.loginName),
                SummaryRow("Mật khẩu", html: Parts.copyableCode(model.password, label: "mật khẩu")),
            ]))
            \(Parts.notice(.warn, title: "Mật khẩu chỉ hiện một lần này", """
                <p>Ghi lại rồi đưa tận tay cho cán bộ. Rời trang này thì không xem lại được, chỉ cấp được mật khẩu mới.</p>
                """))
            <ul class="links"><li><a\(href: model.officerHref)>Xem tài khoản này</a></li>
            <li><a\(href: model.agencyHref)>Về danh sách cán bộ của cơ quan</a></li></ul>
            """
        )
    }
}
