// SPDX-License-Identifier: Apache-2.0

public import Identity

/// How we prove to the identity service that we are we (connectors.md §1.8, RFC 6749 §2.3, RFC 7523).
public enum ClientAuthentication: Sendable {
    /// `client_id` and `client_secret` in the form.
    case secretPost(String)
    /// `Authorization: Basic`.
    case secretBasic(String)
    /// A short assertion signed with our P-256 key in PEM (`private_key_jwt`, ES256).
    case privateKey(pem: String, keyID: String?)
}

/// The identity service and what it knows us by.
public struct OpenIDProvider: Sendable {
    /// Must stand in every token, letter by letter.
    public var issuer: String
    /// Where it answers; nil where the service itself is asked (discovery).
    public var endpoints: OpenIDEndpoints?
    /// Our name there.
    public var clientID: String
    /// Our proof.
    public var authentication: ClientAuthentication
    /// Our address to which the browser comes back; registered there.
    public var redirectURI: String
    /// What is asked for; `openid` at least.
    public var scope: String
    /// Which claim holds what.
    public var claims: ClaimMap

    /// A service with this name, at these addresses; without them the service is asked for them.
    public init(
        issuer: String,
        endpoints: OpenIDEndpoints? = nil,
        clientID: String,
        authentication: ClientAuthentication,
        redirectURI: String,
        scope: String = "openid",
        claims: ClaimMap = .nationalPortal
    ) {
        self.issuer = issuer
        self.endpoints = endpoints
        self.clientID = clientID
        self.authentication = authentication
        self.redirectURI = redirectURI
        self.scope = scope
        self.claims = claims
    }
}

/// Rules of signing in.
public struct SignInSettings: Sendable {
    /// The level that a citizen must have reached to sign in; acts of legal effect ask for level 2 themselves.
    public var neededAssurance: AssuranceLevel
    /// The level that the identity service is asked for.
    public static let askedAssurance = AssuranceLevel.two
    /// Rules for officers' new passwords.
    public var passwords: PasswordPolicy

    /// Seconds between leaving for the identity service and coming back (ASVS 6.5.5).
    public static let attemptSeconds: Int64 = 600
    /// Seconds by which the clocks of two systems may differ.
    public static let leewaySeconds: Int64 = 120
    /// Wrong tries after which a name is locked.
    public static let triesBeforeLock = 5
    /// Wrong tries from one address after which it is locked: a room of officers behind one address may err.
    public static let triesOfClientBeforeLock = 50
    /// Seconds for which tries count, and for which a lock lasts.
    public static let lockSeconds: Int64 = 15 * 60

    /// Rules with their defaults: level 1, the standard policy.
    public init(neededAssurance: AssuranceLevel = .one, passwords: PasswordPolicy = .standard) {
        self.neededAssurance = neededAssurance
        self.passwords = passwords
    }
}
