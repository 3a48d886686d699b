// SPDX-License-Identifier: Apache-2.0

public import Markup
public import Paper

/// Setting up the authenticator app: scan or type, then prove it with the first code.
public enum AppSetupPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// Why it is asked, such as at the first sign-in.
        public var reason: String
        /// The code to scan; nil where the address cannot be drawn.
        public var code: QRCode?
        /// The secret to type, in groups of four.
        public var secretText: String
        /// Where the first code is sent: `ma`, `ve`.
        public var action: String
        /// Where the officer comes back to.
        public var returnTo: String
        /// What is wrong with the last answer.
        public var error: String?
        /// One step back.
        public var backHref: String

        /// What the page shows.
        public init(
            reason: String,
            code: QRCode?,
            secretText: String,
            action: String,
            returnTo: String,
            error: String? = nil,
            backHref: String
        ) {
            (self.reason, self.code, self.secretText) = (reason, code, secretText)
            (self.action, self.returnTo, self.error, self.backHref) = (action, returnTo, error, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let field = FieldPart(
            "ma",
            "Mã mà ứng dụng đang hiện",
            hint: "6 chữ số, đổi mỗi 30 giây",
            error: model.error,
            .oneTimeCode("")
        )
        let errors = FieldError.all(in: [field])
        return frame.page(
            PageShape(
                title: "Thiết lập ứng dụng xác thực",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <h1>Thiết lập ứng dụng xác thực</h1>
            <p>\(model.reason)</p>
            <ol>
            <li>Cài một ứng dụng tạo mã trên điện thoại, như Google Authenticator, Microsoft Authenticator hoặc FreeOTP.</li>
            <li>Trong ứng dụng, chọn thêm tài khoản rồi quét mã dưới đây.</li>
            <li>Nhập 6 chữ số mà ứng dụng hiện ra.</li>
            </ol>
            \(ifLet: model.code, { picture($0) })
            \(Parts.details("Không quét được", isOpen: model.code == nil, """
                <p>Chọn nhập khóa bằng tay trong ứng dụng rồi gõ khóa này, loại khóa: theo thời gian.</p>
                <p>\(Parts.copyableCode(model.secretText, label: "khóa"))</p>
                """))
            \(frame.form(FormShape(action: model.action), """
                <input type="hidden" name="ve" value="\(model.returnTo)">
                \(Parts.field(field))
                \(Parts.actions(Parts.button("Xác nhận")))
                """))
            """
        )
    }

    private static func picture(_ code: QRCode) -> HTML {
        let box = "0 0 \(code.side) \(code.side)"
        return """
            <figure class="qr"><svg class="qr-code" viewBox="\(box)" width="200" height="200" role="img" \
            aria-label="Mã QR của ứng dụng xác thực" shape-rendering="crispEdges">\
            <rect width="\(code.side)" height="\(code.side)" fill="#fff"/><path d="\(code.path)" fill="#000"/></svg>\
            <figcaption>Chỉ quét bằng điện thoại của chính cán bộ</figcaption></figure>
            """
    }
}
