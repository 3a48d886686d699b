// SPDX-License-Identifier: Apache-2.0

public import Markup
public import SignIn
public import Web

/// What a browser is asked when a passkey shall answer.
public struct PasskeyQuestion: Sendable {
    /// Good for five minutes, once.
    public var challenge: String
    /// The name under which the page must stand.
    public var site: String

    /// A question.
    public init(challenge: String, site: String) { (self.challenge, self.site) = (challenge, site) }
}

/// The part of a page that asks for a passkey. It is hidden until the script finds that the browser knows passkeys.
public struct PasskeyForm: Sendable {
    /// For whom a new passkey is made; only for registering.
    public struct Owner: Sendable {
        /// The officer's id, which the device keeps.
        public var id: String
        /// The name for signing in.
        public var login: String
        /// The full name.
        public var name: String
        /// Credentials that there are already.
        public var known: [String]

        /// For whom a new passkey is made.
        public init(id: String, login: String, name: String, known: [String]) {
            (self.id, self.login, self.name, self.known) = (id, login, name, known)
        }
    }

    /// The question.
    public var question: PasskeyQuestion
    /// Where the answer is sent.
    public var action: String
    /// Where one comes back to, sent as `ve`.
    public var returnTo: String
    /// What the button says.
    public var label: String
    /// For whom a new passkey is made; nil where one is used.
    public var owner: Owner?
    /// A question of the form beside the passkey, such as its name.
    public var field: FieldPart?

    /// The part of a page that asks for a passkey.
    public init(
        question: PasskeyQuestion,
        action: String,
        returnTo: String,
        label: String,
        owner: Owner? = nil,
        field: FieldPart? = nil
    ) {
        (self.question, self.action, self.returnTo, self.label) = (question, action, returnTo, label)
        (self.owner, self.field) = (owner, field)
    }

    private static let names = ["khoa-id", "khoa-trang", "khoa-thiet-bi", "khoa-chu-ky", "khoa-nguoi"]

    /// The part, hidden; the page names the script module `passkey`.
    public func html(in frame: PageFrame) -> HTML {
        """
        <div data-passkey="\(owner == nil ? "get" : "create")" data-challenge="\(question.challenge)" \
        data-site="\(question.site)"\(attribute: "data-user", owner?.id)\(attribute: "data-login", owner?.login)\
        \(attribute: "data-name", owner?.name)\(attribute: "data-known", owner?.known.joined(separator: " ")) hidden>
        \(frame.form(FormShape(action: action), """
            <input type="hidden" name="ve" value="\(returnTo)">\
            \(each: Self.names, { "<input type=\"hidden\" name=\"\($0)\" value=\"\">" })
            \(ifLet: field, Parts.field)
            \(Parts.actions(Parts.button(label, style: owner == nil ? .secondary : .primary, icon: .shield)))
            <p role="status" data-passkey-word></p>
            """))</div>
        """
    }

    /// The answer in a form; nil when it is none.
    public static func answer(in form: FormFields) -> PasskeyAnswer? {
        PasskeyAnswer(
            credential: form["khoa-id"] ?? "",
            clientData: form["khoa-trang"] ?? "",
            authenticator: form["khoa-thiet-bi"] ?? "",
            signature: form["khoa-chu-ky"] ?? "",
            userHandle: form["khoa-nguoi"] ?? ""
        )
    }
}
