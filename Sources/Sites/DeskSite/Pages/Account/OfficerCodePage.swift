// SPDX-License-Identifier: Apache-2.0

public import Markup

/// The second step of officers' sign-in: a code of the authenticator app, or a recovery code.
public enum OfficerCodePage {
    /// What the page shows.
    public struct Model: Sendable {
        /// Where the answers are sent: `ma`, `ve`.
        public var action: String
        /// Where the officer comes back to.
        public var returnTo: String
        /// What is wrong with the last answer.
        public var error: String?
        /// The first step.
        public var backHref: String

        /// What the page shows.
        public init(action: String, returnTo: String, error: String? = nil, backHref: String) {
            (self.action, self.returnTo, self.error, self.backHref) = (action, returnTo, error, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let field = FieldPart(
            "ma",
            "Mã xác thực",
            hint: "6 chữ số đang hiện trong ứng dụng xác thực",
            error: model.error,
            .text("", width: .half, autocomplete: "one-time-code")
        )
        let errors = FieldError.all(in: [field])
        return frame.page(
            PageShape(title: "Nhập mã xác thực", hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            <div class="sheet narrow">
            <h1>Nhập mã xác thực</h1>
            \(frame.form(FormShape(action: model.action), """
                <input type="hidden" name="ve" value="\(model.returnTo)">
                \(Parts.field(field))
                \(Parts.actions(Parts.button("Tiếp tục")))
                """))
            \(Parts.details("Không có điện thoại ở đây", """
                <p>Nhập một mã khôi phục vào ô trên. Mỗi mã khôi phục chỉ dùng được một lần.</p>
                <p>Mất cả điện thoại lẫn mã khôi phục: nhờ quản trị của cơ quan đặt lại đăng nhập.</p>
                """))
            <p><a\(href: model.backHref)>Đăng nhập bằng tên khác</a></p>
            </div>
            """
        )
    }
}
