// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/dang-nhap/can-bo/dat-lai`: an officer begins anew with the code that two administrators agreed to give.
public enum ResetCodePage {
    /// What the page shows.
    public struct Model: Sendable {
        /// Where the answers are sent: `ten`, `ma`.
        public var action: String
        /// The name as typed.
        public var name: String
        /// What is wrong with the last answer.
        public var error: String?
        /// The sign-in.
        public var backHref: String

        /// What the page shows.
        public init(action: String, name: String, error: String? = nil, backHref: String) {
            (self.action, self.name, self.error, self.backHref) = (action, name, error, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let fields = [
            FieldPart(
                "ten",
                "Tên đăng nhập",
                error: model.error,
                .text(model.name, width: .half, autocomplete: "username")
            ),
            FieldPart("ma", "Mã đặt lại", hint: "16 chữ và số, do quản trị đưa", .text("", width: .half)),
        ]
        let errors = FieldError.all(in: fields)
        return frame.page(
            PageShape(
                title: "Đặt lại đăng nhập",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <div class="sheet narrow">
            <h1>Đặt lại đăng nhập</h1>
            <p>Mật khẩu, ứng dụng xác thực, khóa truy cập và các phiên đăng nhập cũ hết hiệu lực khi dùng mã này.</p>
            \(frame.form(FormShape(action: model.action), """
                \(Parts.fields(fields))
                \(Parts.actions(Parts.button("Tiếp tục")))
                """))
            </div>
            """
        )
    }
}
