// SPDX-License-Identifier: Apache-2.0

public import Markup

/// A new password of one's own: at sign-in instead of one that somebody else chose, or from within a session.
public enum OwnPasswordPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// Why it is asked; nil when the officer asked for it.
        public var reason: String?
        /// The rules in words.
        public var rules: String
        /// Whether the old one is asked, under `mat-khau-cu`.
        public var asksOld: Bool
        /// What is wrong with the old one.
        public var oldError: String?
        /// What is wrong with the new one.
        public var error: String?
        /// Where the answers are sent: `mat-khau-moi`, `ve`.
        public var action: String
        /// Where the officer comes back to.
        public var returnTo: String
        /// One step back.
        public var backHref: String

        /// What the page shows.
        public init(
            reason: String?,
            rules: String,
            asksOld: Bool,
            oldError: String? = nil,
            error: String? = nil,
            action: String,
            returnTo: String,
            backHref: String
        ) {
            (self.reason, self.rules, self.asksOld) = (reason, rules, asksOld)
            (self.oldError, self.error) = (oldError, error)
            (self.action, self.returnTo, self.backHref) = (action, returnTo, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let old = FieldPart(
            "mat-khau-cu",
            "Mật khẩu đang dùng",
            error: model.oldError,
            .password(autocomplete: "current-password")
        )
        let new = FieldPart(
            "mat-khau-moi",
            "Mật khẩu mới",
            hint: model.rules,
            error: model.error,
            .password(autocomplete: "new-password")
        )
        let fields = model.asksOld ? [old, new] : [new]
        let errors = FieldError.all(in: fields)
        return frame.page(
            PageShape(
                title: "Đặt mật khẩu mới",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <div class="sheet narrow">
            <h1>Đặt mật khẩu mới</h1>
            \(ifLet: model.reason, { "<p>\($0)</p>" })
            \(frame.form(FormShape(action: model.action), """
                <input type="hidden" name="ve" value="\(model.returnTo)">
                \(Parts.fields(fields))
                \(Parts.actions(Parts.button("Đặt mật khẩu")))
                """))
            <p class="hint">Mọi phiên đăng nhập khác của tài khoản kết thúc ngay khi đổi mật khẩu.</p>
            </div>
            """
        )
    }
}
