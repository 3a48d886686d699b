// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Identity
public import Journal
public import Kernel
public import Organisation
public import Storage

/// A citizen's sign-in that has begun.
public struct BegunSignIn: Sendable {
    /// Where the browser goes: an address of the identity service.
    public let location: String
    /// A secret that stays in this browser; the answer counts only together with it.
    public let browserSecret: String
}

/// A citizen's sign-in that came back well.
public struct FinishedSignIn: Sendable {
    /// Who. `IdentityService.signIn(citizen:)` binds it to an account and begins the session.
    public let identity: VerifiedIdentity
    /// The task that was given at the beginning.
    public let returnTo: String
}

/// Proves who people are: citizens by the national identity service, officers by password.
public struct SignInService: Sendable {
    let store: any Store
    let log: TransparencyLog
    let organisation: OrganisationService
    let hasher: PasswordHasher
    let decoy: DecoyHash
    let settings: SignInSettings
    let officers: OfficerSettings
    let seal: SecretSeal
    let clock: Clock
    let random: RandomSource
    private let client: OpenIDClient
    let staff: StaffClient?

    /// The longest address to come back to, in bytes.
    private static let returnToLimitBytes = 2_000

    /// The service over a store whose migrations have run.
    ///
    /// - Parameters:
    ///   - store: where it is kept.
    ///   - log: the journal.
    ///   - organisation: knows the officers.
    ///   - provider: the identity service.
    ///   - call: how to reach it, `HTTPClient.send` in the program.
    ///   - hasher: of officers' passwords.
    ///   - settings: the rules.
    ///   - officers: the rules of officers' second factor, and the key of their secrets.
    ///   - staff: the identity service of the authority's own staff; nil where there is none.
    ///   - clock: the time.
    ///   - random: for states, nonces and verifiers.
    public init(
        store: any Store,
        log: TransparencyLog,
        organisation: OrganisationService,
        provider: OpenIDProvider,
        call: @escaping HTTPCall,
        hasher: PasswordHasher,
        settings: SignInSettings = SignInSettings(),
        officers: OfficerSettings,
        staff: StaffProvider? = nil,
        clock: Clock,
        random: RandomSource
    ) {
        self.store = store
        self.log = log
        self.organisation = organisation
        self.hasher = hasher
        decoy = DecoyHash(hasher: hasher, random: random)
        self.settings = settings
        self.officers = officers
        seal = SecretSeal(installationKey: officers.installationKey, purpose: "time-code", random: random)
        self.clock = clock
        self.random = random
        client = OpenIDClient(provider: provider, call: call, clock: clock, random: random)
        self.staff = staff.map { staff in
            let client = OpenIDClient(provider: staff.provider, call: call, clock: clock, random: random)
            return StaffClient(settings: staff, client: client)
        }
    }

    // MARK: - Citizens

    /// Begins a sign-in: remembers state, nonce and PKCE verifier, and says where the browser goes.
    ///
    /// - Parameter returnTo: the task that waits, given back by `finish`; the site checks that it is its own.
    /// - Returns: where the browser goes, and what it keeps.
    /// - Throws: `SignInError.providerUnavailable`, `.providerMistrusted`; `StoreError`.
    public func begin(returnTo: String) async throws -> BegunSignIn {
        let state = SecretToken(.bits256, from: random)
        let browser = SecretToken(.bits256, from: random)
        let attempt = newAttempt(state.digest, browser, returnTo: returnTo)
        let location = try await client.authorizationAddress(
            state: state.text,
            nonce: attempt.nonce,
            verifier: attempt.verifier,
            classes: "LoA\(SignInSettings.askedAssurance.rawValue)"
        )
        try await store.write { try AttemptTable.insert(attempt, in: $0) }
        return BegunSignIn(location: location, browserSecret: browser.text)
    }

    /// Ends a sign-in with what stands in the return address.
    ///
    /// The state is used up by the first call, whatever comes of it.
    ///
    /// - Parameters:
    ///   - state: `state` of the return address.
    ///   - code: `code` of the return address; nil when the service says an error.
    ///   - error: `error` of the return address.
    ///   - issuer: `iss` of the return address: who answers (RFC 9207).
    ///   - browserSecret: what `begin` gave to this browser.
    /// - Returns: the identity, and the task that waits.
    /// - Throws: `SignInError.cancelled`, `.levelTooLow`, `.stateUnknown`, `.stateUsed`, `.stateExpired`,
    ///   `.providerUnavailable`, `.providerRefused`, `.providerMistrusted`, `.tokenInvalid`, `.claimMissing`,
    ///   `.organisationAccount`.
    public func finish(
        state: String,
        code: String?,
        error: String? = nil,
        issuer: String? = nil,
        browserSecret: String
    ) async throws -> FinishedSignIn {
        guard let token = SecretToken(state) else { throw SignInError.stateUnknown }
        let attempt = try await use(token.digest, browserSecret: browserSecret)
        try await client.checkIssuer(of: issuer)
        let code = try Self.checked(code, error)
        let claims = try await client.claims(code: code, verifier: attempt.verifier, nonce: attempt.nonce)
        let identity = try client.provider.claims.identity(claims)
        guard identity.assurance >= settings.neededAssurance else {
            throw SignInError.levelTooLow(
                reached: identity.assurance.rawValue,
                needed: settings.neededAssurance.rawValue
            )
        }
        return FinishedSignIn(identity: identity, returnTo: attempt.returnTo)
    }

    /// The task for which this browser began the sign-in, whatever came of it; nil for anybody else's.
    ///
    /// - Parameters:
    ///   - state: `state` of the return address.
    ///   - browserSecret: what `begin` gave to this browser.
    /// - Returns: the task as it was given to `begin`.
    /// - Throws: `StoreError`.
    public func task(of state: String, browserSecret: String) async throws -> String? {
        guard let state = SecretToken(state) else { return nil }
        return try await task(behind: state.digest, browserSecret: browserSecret)
    }

    func task(behind state: Digest, browserSecret: String) async throws -> String? {
        guard let browser = SecretToken(browserSecret) else { return nil }
        let attempt = try await store.read { try AttemptTable.find(state, in: $0) }
        guard let attempt, constantTimeEquals(attempt.browserDigest.bytes, browser.digest.bytes) else { return nil }
        return attempt.returnTo
    }

    func newAttempt(_ state: Digest, _ browser: SecretToken, returnTo: String) -> SignInAttempt {
        SignInAttempt(
            stateDigest: state,
            browserDigest: browser.digest,
            nonce: SecretToken(.bits256, from: random).text,
            verifier: SecretToken(.bits256, from: random).text,
            returnTo: returnTo.utf8.count <= Self.returnToLimitBytes ? returnTo : "/",
            expiresAt: clock.now().adding(seconds: SignInSettings.attemptSeconds)
        )
    }

    /// The code of an answer that says no error.
    static func checked(_ code: String?, _ error: String?) throws(SignInError) -> String {
        if let error {
            // The standard's word for a person who turned back (RFC 6749 §4.1.2.1).
            if error == "access_denied" { throw .cancelled }
            throw .providerRefused(error: String(error.filter(\.isASCII).prefix(64)))
        }
        guard let code, (1...2_048).contains(code.utf8.count) else { throw .providerRefused(error: "no-code") }
        return code
    }

    func use(_ state: Digest, browserSecret: String) async throws -> SignInAttempt {
        guard let browser = SecretToken(browserSecret) else { throw SignInError.stateUnknown }
        let now = clock.now()
        return try await store.write { transaction in
            guard let attempt = try AttemptTable.find(state, in: transaction),
                constantTimeEquals(attempt.browserDigest.bytes, browser.digest.bytes)
            else { throw SignInError.stateUnknown }
            guard attempt.usedAt == nil, try AttemptTable.use(state, at: now, in: transaction) else {
                throw SignInError.stateUsed
            }
            guard now < attempt.expiresAt else { throw SignInError.stateExpired }
            return attempt
        }
    }

    /// Removes sign-ins that were given up and tries that no longer count; called by the worker.
    ///
    /// - Returns: how many were removed.
    public func removeEnded() async throws -> Int {
        // A day longer, so that a late answer is told that it is late, not that it is unknown.
        let now = clock.now()
        return try await store.write { transaction in
            try AttemptTable.removeEnded(before: now.adding(days: -1), in: transaction)
                + TryTable.removeEnded(before: now.adding(seconds: -SignInSettings.lockSeconds), in: transaction)
                + PendingTable.removeEnded(before: now, in: transaction)
                + PasskeyTable.removeEnded(before: now, in: transaction)
        }
    }
}
