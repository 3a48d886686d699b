// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Identity
public import Markup
public import SignIn
import Web

/// What the site asks of whoever proves identities.
public struct SignInDoors: Sendable {
    /// Begins; throws a `SignInError`.
    public var begin: @Sendable (_ returnTo: String) async throws -> BegunSignIn
    /// Ends a sign-in with what stands in the return address and the secret of this browser.
    public var finish: @Sendable (_ answer: Answer) async throws -> FinishedSignIn
    /// The task for which this browser began the sign-in of this answer; nil for anybody else's.
    public var task: @Sendable (_ answer: Answer) async throws -> String?

    /// What came back from the identity service.
    public struct Answer: Sendable, Equatable {
        /// `state` of the return address.
        public var state: String
        /// `code`, when the service agreed.
        public var code: String?
        /// `error`, when it did not.
        public var error: String?
        /// `iss`, where the service names itself.
        public var issuer: String?
        /// The secret that this browser was given.
        public var browserSecret: String
    }

    public init(
        begin: @escaping @Sendable (_ returnTo: String) async throws -> BegunSignIn,
        finish: @escaping @Sendable (_ answer: Answer) async throws -> FinishedSignIn,
        task: @escaping @Sendable (_ answer: Answer) async throws -> String?
    ) {
        (self.begin, self.finish, self.task) = (begin, finish, task)
    }

    /// The doors of the sign-in service.
    public init(_ service: SignInService) {
        self.init(
            begin: { try await service.begin(returnTo: $0) },
            finish: { answer in
                try await service.finish(
                    state: answer.state,
                    code: answer.code,
                    error: answer.error,
                    issuer: answer.issuer,
                    browserSecret: answer.browserSecret
                )
            },
            task: { try await service.task(of: $0.state, browserSecret: $0.browserSecret) }
        )
    }
}

/// Why a sign-in led nowhere, as the page tells it.
public enum SignInFailure: Sendable, Equatable {
    /// The person turned back at the identity service.
    case cancelled
    /// The account is below the level that the task needs.
    case levelTooLow
    /// Too many attempts; wait so many minutes.
    case locked(minutes: Int)
    /// It took too long.
    case expired
    /// It was begun in another browser, or nowhere.
    case otherBrowser
    /// The answer was used before.
    case used
    /// The identity service does not answer.
    case unavailable
    /// The answer is not one that can be trusted.
    case untrusted
    /// The clocks of the two systems differ by more than they may.
    case clock
    /// The identity service did not tell name or personal ID.
    case claimMissing
    /// An account of an organisation.
    case organisation
    /// The personal ID is not the one that the account is bound to.
    case conflict
    /// The session ended.
    case sessionEnded
    /// Name and password do not belong together; never says which.
    case wrongPassword
    /// The password is too old, or was chosen by somebody else and not replaced in time.
    case passwordExpired
    /// A field was left empty.
    case incomplete
    /// Another reason, in words for the person.
    case other(String)

    init(_ error: SignInError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .levelTooLow: .levelTooLow
            case .locked(let minutes): .locked(minutes: minutes)
            case .stateExpired: .expired
            case .stateUnknown: .otherBrowser
            case .stateUsed: .used
            case .providerUnavailable: .unavailable
            case .tokenInvalid(.expired), .tokenInvalid(.notYetValid): .clock
            case .providerRefused, .providerMistrusted, .tokenInvalid: .untrusted
            case .claimMissing: .claimMissing
            case .organisationAccount: .organisation
            case .wrongPassword, .unknownOfficer: .wrongPassword
            case .passwordExpired: .passwordExpired
            default: .other(error.publicDetail ?? "Chưa đăng nhập được. Bấm đăng nhập lại.")
            }
    }
}

/// How the citizens' sign-in page looks; the site above gives it.
public struct SignInScreens: Sendable {
    /// What the citizens' page needs.
    public struct CitizenFacts: Sendable {
        /// Where the person comes back to.
        public var returnTo: String
        /// Where the sign-in begins, by POST with `ve`.
        public var startAction: String
        /// The second way, by a code sent to the telephone; nil where it would not be enough.
        public var phoneHref: String?
        /// Whether somebody is signed in already, below the level that the task needs.
        public var isSignedIn = false
        /// Why the last attempt led nowhere.
        public var failure: SignInFailure?
    }

    public var citizen: @Sendable (CitizenFacts, PageFrame) -> HTML

    public init(citizen: @escaping @Sendable (CitizenFacts, PageFrame) -> HTML) {
        self.citizen = citizen
    }
}

extension SiteSettings {
    /// Leads to the identity service, with the secret by which this browser is known again when it comes back.
    func leaving(for begun: BegunSignIn, knownBy cookie: String) -> Response {
        var response = Response.seeOther(begun.location)
        let seconds = SignInHandlers.browserSecretSeconds
        response.setCookie(cookies.header(cookie, value: begun.browserSecret, maxAgeSeconds: seconds))
        return response
    }
}
