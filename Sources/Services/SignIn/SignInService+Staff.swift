// SPDX-License-Identifier: Apache-2.0

import Digests
public import Identity
import Journal
public import Kernel
public import Organisation
import Storage

/// The service of the authority's own staff, and how it is spoken with.
struct StaffClient: Sendable {
    var settings: StaffProvider
    var client: OpenIDClient
}

/// Officers through the identity service of the authority's own staff.
///
/// A binding leads from a name there to an account that exists here; nobody is added on the way. One administrator
/// makes it, so it opens nothing until its officer has come through it with a code of her own app
/// ([ADR 0017](docs/adr/0017-a-binding-counts-with-its-officers-code.md)).
extension SignInService {
    /// What the service is called on the button; nil where there is none.
    public var staffName: String? { staff?.settings.name }

    /// Begins a sign-in there.
    ///
    /// - Parameters:
    ///   - returnTo: the task that waits.
    ///   - redirectURI: where the browser comes back to, on the listener that asks.
    /// - Returns: where the browser goes, and what it keeps.
    /// - Throws: `SignInError.staffNotConfigured`, `.providerUnavailable`, `.providerMistrusted`; `StoreError`.
    public func beginStaff(returnTo: String, redirectURI: String) async throws -> BegunSignIn {
        guard let staff else { throw SignInError.staffNotConfigured }
        let (state, browser) = (SecretToken(.bits256, from: random), SecretToken(.bits256, from: random))
        let attempt = newAttempt(Self.staffDigest(state), browser, returnTo: returnTo)
        let classes = staff.settings.strongClasses
        let location = try await staff.client.authorizationAddress(
            state: state.text,
            nonce: attempt.nonce,
            verifier: attempt.verifier,
            classes: classes.isEmpty ? nil : classes.joined(separator: " "),
            redirectURI: redirectURI
        )
        try await store.write { try AttemptTable.insert(attempt, in: $0) }
        return BegunSignIn(location: location, browserSecret: browser.text)
    }

    /// Ends a sign-in with what stands in the return address; its state is used up whatever comes of it.
    ///
    /// - Parameters: as `finish(state:code:error:issuer:browserSecret:)`, and
    ///   - redirectURI: as it was given to `beginStaff`.
    /// - Throws: what `finish` throws about answers; `SignInError.staffUnbound` for a name that is bound to nobody,
    ///   `.staffLocked` for an account that is locked, `.staffAppNeeded` where a code is needed and there is no app.
    public func finishStaff(
        state: String,
        code: String?,
        error: String?,
        issuer: String?,
        browserSecret: String,
        redirectURI: String
    ) async throws -> FinishedStaffSignIn {
        guard let staff else { throw SignInError.staffNotConfigured }
        guard let token = SecretToken(state) else { throw SignInError.stateUnknown }
        let attempt = try await use(Self.staffDigest(token), browserSecret: browserSecret)
        try await staff.client.checkIssuer(of: issuer)
        let signed = try await staff.client.signedClaims(
            code: try Self.checked(code, error),
            verifier: attempt.verifier,
            nonce: attempt.nonce,
            redirectURI: redirectURI
        )
        guard let subject = StaffProvider.subject(signed.claims["sub"]?.text) else {
            throw SignInError.tokenInvalid(.subject)
        }
        let progress = try await progress(
            of: subject,
            isStrong: staff.settings.saysSecondFactor(signed.claims),
            at: staff.settings.provider.issuer
        )
        return FinishedStaffSignIn(progress: progress, returnTo: attempt.returnTo)
    }

    /// As `task(of:browserSecret:)`, for a sign-in of an officer.
    public func staffTask(of state: String, browserSecret: String) async throws -> String? {
        guard let state = SecretToken(state) else { return nil }
        return try await task(behind: Self.staffDigest(state), browserSecret: browserSecret)
    }

    // MARK: - Binding

    /// How an officer's account is bound; nil when it is not.
    public func staffBinding(of officer: OfficerID) async throws -> StaffBinding? {
        try await store.read { try StaffTable.find(officer, in: $0) }
    }

    /// Binds an account to a name at the service.
    ///
    /// - Throws: `StaffBindingError`.
    public func bindStaff(_ id: OfficerID, to typed: String, by actor: Actor) async throws {
        guard let issuer = staff?.settings.provider.issuer else { throw StaffBindingError.notConfigured }
        guard let subject = StaffProvider.subject(VietnameseText.tidy(typed)) else {
            throw StaffBindingError.subjectMalformed
        }
        guard try await organisation.officer(id)?.isActive == true else { throw StaffBindingError.unknownOfficer }
        let now = clock.now()
        let binding = StaffBinding(officer: id, issuer: issuer, subject: subject, boundAt: now, confirmedAt: nil)
        try await store.journalled { [self] transaction in
            guard try StaffTable.find(id, in: transaction) == nil else { throw StaffBindingError.alreadyBound }
            guard try StaffTable.insert(binding, in: transaction) else { throw StaffBindingError.taken }
            try note("staffBound", of: id.rawValue, by: actor.stamp, at: now, in: transaction)
        }
    }

    /// Takes the binding away; nothing happens when there is none. The officer's sessions end.
    public func unbindStaff(_ id: OfficerID, by actor: Actor) async throws {
        let now = clock.now()
        try await store.journalled { [self] transaction in
            guard try StaffTable.remove(id, in: transaction) else { return }
            try PendingTable.removeAll(of: id, in: transaction)
            try IdentityService.endSessions(of: id, but: nil, in: transaction)
            try note("staffUnbound", of: id.rawValue, by: actor.stamp, at: now, in: transaction)
        }
    }

    // MARK: - Inside

    /// States of officers and of citizens are never one another's.
    private static func staffDigest(_ state: SecretToken) -> Digest { Digest(of: "staff:" + state.text) }

    private func progress(of subject: String, isStrong: Bool, at issuer: String) async throws -> OfficerProgress {
        let found = try await store.read { transaction -> (binding: StaffBinding, hasApp: Bool)? in
            guard let binding = try StaffTable.find(issuer: issuer, subject: subject, in: transaction) else {
                return nil
            }
            return (binding, try TimeCodeTable.find(binding.officer, in: transaction) != nil)
        }
        guard let (binding, hasApp) = found, let officer = try await organisation.officer(binding.officer) else {
            throw SignInError.staffUnbound
        }
        guard officer.isActive else { throw SignInError.staffLocked }
        let isConfirmed = binding.confirmedAt != nil
        if isConfirmed, isStrong || (!hasApp && !officers.needsSecondFactor) { return .proved(officer, .staffOIDC) }
        guard hasApp else { throw SignInError.staffAppNeeded }
        let secret = SecretToken(.bits256, from: random)
        let pending = PendingOfficer(
            digest: secret.digest,
            officer: officer.id,
            beganBy: .staffOIDC,
            expiresAt: clock.now().adding(seconds: OfficerSettings.pendingSeconds)
        )
        return try await advance(pending, secret)
    }

    func confirmStaff(of officer: OfficerID, at now: Instant, in transaction: Transaction) throws {
        guard try StaffTable.confirm(officer, at: now, in: transaction) else { return }
        let stamp = ActorStamp(
            kind: .officer,
            id: officer.rawValue,
            authentication: AuthenticationMethod.staffOIDC.rawValue
        )
        try note("staffConfirmed", of: officer.rawValue, by: stamp, at: now, in: transaction)
    }
}
