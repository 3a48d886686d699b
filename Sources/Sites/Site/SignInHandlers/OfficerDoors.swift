// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Markup
public import SignIn

/// What the site asks of whoever proves who officers are; each throws a `SignInError` or a `SecondStepError`.
public struct OfficerDoors: Sendable {
    /// Begins with name and password; `client` is counted against guessing.
    public var begin: @Sendable (_ name: String, _ password: String, _ client: String) async throws -> OfficerProgress
    /// Begins anew with the code of a reset.
    public var reset: @Sendable (_ name: String, _ code: String, _ client: String) async throws -> OfficerProgress
    /// What the sign-in of this browser waits for; nil when there is none.
    public var step: @Sendable (_ secret: SecretToken) async throws -> OfficerStep?
    /// Takes a code.
    public var code: @Sendable (_ code: String, _ secret: SecretToken) async throws -> OfficerProgress
    /// What is shown to set up the app.
    public var enrolment: @Sendable (_ secret: SecretToken) async throws -> EnrolmentOffer
    /// Sets up the app with its first code; gives recovery codes.
    public var enrol: @Sendable (_ code: String, _ secret: SecretToken) async throws -> (OfficerProgress, [String])
    /// The question for the passkey of the browser with this form token.
    public var passkeyChallenge: @Sendable (_ binding: String) -> PasskeyQuestion
    /// Signs in by a passkey.
    public var passkey: @Sendable (_ answer: PasskeyAnswer, _ binding: String) async throws -> OfficerProgress
    /// Takes a password of one's own.
    public var newPassword: @Sendable (_ password: String, _ secret: SecretToken) async throws -> OfficerProgress

    public init(
        begin:
            @escaping @Sendable (_ name: String, _ password: String, _ client: String) async throws ->
            OfficerProgress,
        reset:
            @escaping @Sendable (_ name: String, _ code: String, _ client: String) async throws ->
            OfficerProgress,
        step: @escaping @Sendable (_ secret: SecretToken) async throws -> OfficerStep?,
        code: @escaping @Sendable (_ code: String, _ secret: SecretToken) async throws -> OfficerProgress,
        enrolment: @escaping @Sendable (_ secret: SecretToken) async throws -> EnrolmentOffer,
        enrol: @escaping @Sendable (_ code: String, _ secret: SecretToken) async throws -> (OfficerProgress, [String]),
        newPassword: @escaping @Sendable (_ password: String, _ secret: SecretToken) async throws -> OfficerProgress,
        passkeyChallenge: @escaping @Sendable (_ binding: String) -> PasskeyQuestion,
        passkey: @escaping @Sendable (_ answer: PasskeyAnswer, _ binding: String) async throws -> OfficerProgress
    ) {
        (self.begin, self.reset, self.step, self.code) = (begin, reset, step, code)
        (self.enrolment, self.enrol, self.newPassword) = (enrolment, enrol, newPassword)
        (self.passkeyChallenge, self.passkey) = (passkeyChallenge, passkey)
    }

    /// The doors of the sign-in service.
    public init(_ service: SignInService) {
        self.init(
            begin: { try await service.begin(loginName: $0, password: $1, client: $2) },
            reset: { try await service.begin(loginName: $0, resetCode: $1, client: $2) },
            step: { try await service.step(of: $0) },
            code: { try await service.give(code: $0, to: $1) },
            enrolment: { try await service.enrolment(of: $0) },
            enrol: { try await service.enrol(code: $0, with: $1) },
            newPassword: { try await service.give(newPassword: $0, to: $1) },
            passkeyChallenge: { binding in
                PasskeyQuestion(
                    challenge: service.passkeyChallenge(for: .signIn, binding: binding),
                    site: service.relyingParty.id
                )
            },
            passkey: { try await service.signIn(passkey: $0, binding: $1) }
        )
    }
}

/// How the pages of officers' sign-in look; the sites above give them.
public struct OfficerScreens: Sendable {
    /// What the first page needs.
    public struct DoorFacts: Sendable {
        /// Where the officer comes back to.
        public var returnTo: String
        /// Where name (`ten`), password (`mat-khau`) and `ve` are sent.
        public var action: String
        /// The name as it was typed.
        public var name: String
        /// Why the last attempt led nowhere.
        public var failure: SignInFailure?
        /// What a passkey is asked.
        public var passkey: PasskeyQuestion
        /// Where its answer is sent, with `ve`.
        public var passkeyAction: String
        /// Where one begins anew with the code of a reset.
        public var resetHref: String
        /// The way through the authority's own identity service; nil where there is none.
        public var staff: StaffWay?
    }

    /// The button of the authority's own identity service.
    public struct StaffWay: Sendable {
        /// What the service is called.
        public var name: String
        /// Where the sign-in begins, by POST with `ve`.
        public var action: String

        public init(name: String, action: String) { (self.name, self.action) = (name, action) }
    }

    /// What the page for the code of a reset needs.
    public struct ResetFacts: Sendable {
        /// Where name (`ten`) and code (`ma`) are sent.
        public var action: String
        /// The name as it was typed.
        public var name: String
        /// What is wrong, in words.
        public var error: String?
        /// The first page.
        public var backHref: String
    }

    /// What the page of a later step needs.
    public struct StepFacts: Sendable {
        /// Where the answer (`ma`, `mat-khau-moi`) and `ve` are sent.
        public var action: String
        /// Where the officer comes back to.
        public var returnTo: String
        /// What is wrong with the last answer, in words.
        public var error: String?
        /// Where one begins anew.
        public var backHref: String
    }

    public var door: @Sendable (DoorFacts, PageFrame) -> HTML
    public var reset: @Sendable (ResetFacts, PageFrame) -> HTML
    public var code: @Sendable (StepFacts, PageFrame) -> HTML
    public var enrolment: @Sendable (StepFacts, EnrolmentOffer, PageFrame) -> HTML
    public var newPassword: @Sendable (StepFacts, PageFrame) -> HTML
    /// The codes are shown once; the link goes on.
    public var recoveryCodes: @Sendable (_ codes: [String], _ goOnHref: String, PageFrame) -> HTML

    public init(
        door: @escaping @Sendable (DoorFacts, PageFrame) -> HTML,
        reset: @escaping @Sendable (ResetFacts, PageFrame) -> HTML,
        code: @escaping @Sendable (StepFacts, PageFrame) -> HTML,
        enrolment: @escaping @Sendable (StepFacts, EnrolmentOffer, PageFrame) -> HTML,
        newPassword: @escaping @Sendable (StepFacts, PageFrame) -> HTML,
        recoveryCodes: @escaping @Sendable (_ codes: [String], _ goOnHref: String, PageFrame) -> HTML
    ) {
        (self.door, self.reset, self.code, self.enrolment) = (door, reset, code, enrolment)
        (self.newPassword, self.recoveryCodes) = (newPassword, recoveryCodes)
    }
}
