// SPDX-License-Identifier: Apache-2.0

public import Identity

/// Rules of officers' sign-in.
public struct OfficerSettings: Sendable {
    /// 32 secret bytes outside the database: secrets of authenticator apps are encrypted with them.
    public var installationKey: [UInt8]
    /// Whether every officer needs a second factor; who has none yet sets it up at the next sign-in.
    public var needsSecondFactor: Bool
    /// What the authenticator app shows above the code.
    public var issuer: String
    /// How long a proof of presence holds for signing.
    public var freshProof: FreshProof
    /// For whom passkeys are made.
    public var relyingParty: RelyingParty
    /// Passwords of known breaches, where a list of them is there.
    public var breached: BreachedPasswords?

    /// Seconds between the right password and the session (ASVS 5.0, 6.5.5).
    public static let pendingSeconds: Int64 = 600
    /// Days for which a password that somebody else chose opens (ASVS 5.0, 6.4.1).
    public static let initialPasswordDays: Int64 = 7

    /// Rules with their defaults: a second factor for everyone.
    public init(
        installationKey: [UInt8],
        needsSecondFactor: Bool = true,
        issuer: String = "Một Cửa",
        freshProof: FreshProof = .standard,
        relyingParty: RelyingParty = RelyingParty(id: "localhost", origins: []),
        breached: BreachedPasswords? = nil
    ) {
        self.installationKey = installationKey
        self.needsSecondFactor = needsSecondFactor
        self.issuer = issuer
        self.freshProof = freshProof
        self.relyingParty = relyingParty
        self.breached = breached
    }
}

/// What an officer's sign-in asks for next.
public enum OfficerStep: String, Sendable {
    /// A code of the app, or a recovery code.
    case code
    /// The app is set up, and proves it with its first code.
    case enrolment
    /// A password of one's own instead of one that somebody else chose, or that is too old.
    case newPassword
}

/// What is shown to set up an authenticator app.
public struct EnrolmentOffer: Sendable {
    /// The secret in groups of four, to be typed.
    public let secretText: String
    /// `otpauth://totp/…`, to be scanned.
    public let address: String
}
