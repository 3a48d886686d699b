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
    /// Where the browser is sent.
    public var authorizationEndpoint: String
    /// Where a code is exchanged.
    public var tokenEndpoint: String
    /// Where the claims are asked.
    public var userInfoEndpoint: String
    /// Where the keys are.
    public var keysEndpoint: String
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

    /// A service at these addresses.
    public init(
        issuer: String,
        authorizationEndpoint: String,
        tokenEndpoint: String,
        userInfoEndpoint: String,
        keysEndpoint: String,
        clientID: String,
        authentication: ClientAuthentication,
        redirectURI: String,
        scope: String = "openid",
        claims: ClaimMap = .nationalPortal
    ) {
        self.issuer = issuer
        self.authorizationEndpoint = authorizationEndpoint
        self.tokenEndpoint = tokenEndpoint
        self.userInfoEndpoint = userInfoEndpoint
        self.keysEndpoint = keysEndpoint
        self.clientID = clientID
        self.authentication = authentication
        self.redirectURI = redirectURI
        self.scope = scope
        self.claims = claims
    }

    /// A service with the usual addresses below its issuer: `/oauth2/authorize`, `/oauth2/token`, `/oauth2/userinfo`,
    /// `/oauth2/jwks`.
    public init(
        issuer: String,
        clientID: String,
        authentication: ClientAuthentication,
        redirectURI: String
    ) {
        self.init(
            issuer: issuer,
            authorizationEndpoint: issuer + "/oauth2/authorize",
            tokenEndpoint: issuer + "/oauth2/token",
            userInfoEndpoint: issuer + "/oauth2/userinfo",
            keysEndpoint: issuer + "/oauth2/jwks",
            clientID: clientID,
            authentication: authentication,
            redirectURI: redirectURI
        )
    }
}

/// Rules of signing in.
public struct SignInSettings: Sendable {
    /// The level that a citizen must have reached.
    public var neededAssurance: AssuranceLevel
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

    /// Rules with their defaults: level 2, the standard policy.
    public init(neededAssurance: AssuranceLevel = .two, passwords: PasswordPolicy = .standard) {
        self.neededAssurance = neededAssurance
        self.passwords = passwords
    }
}
