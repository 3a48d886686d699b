// SPDX-License-Identifier: Apache-2.0

public import Markup
public import Site

/// `/bao-mat/xac-thuc`: the officer proves to be present before an act that binds.
public enum ProofPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// Where the answers are sent: `xac-thuc`, `ve`.
        public var action: String
        /// Where the officer comes back to.
        public var returnTo: String
        /// What is wrong with the last answer.
        public var error: String?
        /// For how many minutes the proof holds.
        public var minutes: Int
        /// The way by a passkey.
        public var passkey: PasskeyForm

        /// What the page shows.
        public init(action: String, returnTo: String, error: String? = nil, minutes: Int, passkey: PasskeyForm) {
            (self.action, self.returnTo, self.error, self.minutes) = (action, returnTo, error, minutes)
            self.passkey = passkey
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let field = ProofWords.field(error: model.error)
        let errors = FieldError.all(in: [field])
        return frame.page(
            PageShape(
                title: "Xác thực lại",
                backHref: model.returnTo,
                hasErrors: !errors.isEmpty,
                width: .text,
                modules: [.passkey]
            ),
            """
            \(Parts.errorSummary(errors))
            <div class="sheet narrow">
            <h1>Xác thực lại</h1>
            <p>Việc sắp làm cần biết chắc cán bộ đang ở trước máy. Xác thực một lần dùng được trong \(model.minutes) phút.</p>
            \(frame.form(FormShape(action: model.action), """
                <input type="hidden" name="ve" value="\(model.returnTo)">
                \(Parts.field(field))
                \(Parts.actions(Parts.button("Xác thực")))
                """))
            \(model.passkey.html(in: frame))
            </div>
            """
        )
    }
}
