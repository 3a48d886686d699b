// SPDX-License-Identifier: Apache-2.0

public import Markup
public import Site

/// The sign-in of officers: name and password.
public enum OfficerSignInPage {
    /// Why the last attempt led nowhere.
    public enum Failure: Sendable, Equatable {
        /// Name or password do not fit; which of the two is not said.
        case wrong
        /// Too many attempts; locked for so many minutes.
        case locked(minutes: Int)
        /// The session ended.
        case sessionEnded
        /// The password is too old, or was chosen by somebody else and not replaced in time.
        case passwordExpired
        /// Another reason, in words.
        case told(String)
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// Where the answers are sent: `login`, `password`, `ve`.
        public var action: String
        /// Where the officer comes back to.
        public var returnTo: String
        /// The name as typed.
        public var login: String
        /// Why the last attempt led nowhere; nil on the first visit.
        public var failure: Failure?
        /// The way by a passkey.
        public var passkey: PasskeyForm
        /// The page for the code of a reset.
        public var resetHref: String
        /// The way through the authority's own identity service; nil where there is none.
        public var staff: OfficerScreens.StaffWay?

        /// What the page shows.
        public init(
            action: String,
            returnTo: String,
            login: String,
            failure: Failure? = nil,
            passkey: PasskeyForm,
            resetHref: String,
            staff: OfficerScreens.StaffWay? = nil
        ) {
            self.action = action
            self.returnTo = returnTo
            self.login = login
            self.failure = failure
            self.passkey = passkey
            self.resetHref = resetHref
            self.staff = staff
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let fields = fields(model)
        let errors = FieldError.all(in: fields)
        return frame.page(
            PageShape(
                title: "Cán bộ đăng nhập",
                hasErrors: !errors.isEmpty,
                width: .text,
                modules: [.passkey]
            ),
            """
            \(Parts.errorSummary(errors))
            <div class="sheet narrow">
            <h1>Cán bộ đăng nhập</h1>
            \(notice(model.failure))
            \(frame.form(FormShape(action: model.action), """
                <input type="hidden" name="ve" value="\(model.returnTo)">
                \(Parts.fields(fields))
                \(Parts.actions(Parts.button("Đăng nhập")))
                """))
            \(model.passkey.html(in: frame))
            \(ifLet: model.staff, { staff($0, model, in: frame) })
            <p><a\(href: model.resetHref)>Có mã đặt lại đăng nhập</a></p>
            <p class="hint">Quên mật khẩu, mất điện thoại: nhờ quản trị của cơ quan đề nghị đặt lại. Không ai có quyền hỏi mật \
            khẩu của cán bộ.</p>
            </div>
            """
        )
    }

    private static func staff(_ way: OfficerScreens.StaffWay, _ model: Model, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: way.action),
            """
            <input type="hidden" name="ve" value="\(model.returnTo)">
            <p>\(Parts.button("Đăng nhập bằng \(way.name)", style: .secondary))</p>
            """
        )
    }

    private static func fields(_ model: Model) -> [FieldPart] {
        let error = model.failure == .wrong ? "Tên đăng nhập và mật khẩu phải khớp nhau" : nil
        return [
            FieldPart(
                "ten",
                "Tên đăng nhập",
                error: error,
                .text(model.login, width: .half, autocomplete: "username")
            ),
            FieldPart("mat-khau", "Mật khẩu", .password(autocomplete: "current-password")),
        ]
    }

    private static func notice(_ failure: Failure?) -> HTML {
        switch failure {
        case nil, .wrong: .empty
        case .locked(let minutes):
            Parts.notice(.warn, "<p>Đã thử quá nhiều lần. Đợi \(minutes) phút rồi đăng nhập lại.</p>")
        case .sessionEnded: Parts.notice(.info, "<p>Phiên đã hết. Đăng nhập lại để trở về trang đang làm.</p>")
        case .passwordExpired:
            Parts.notice(.warn, "<p>Mật khẩu này đã hết hạn. Nhờ quản trị của cơ quan đặt lại đăng nhập.</p>")
        case .told(let words): Parts.notice(.warn, "<p>\(words)</p>")
        }
    }
}
