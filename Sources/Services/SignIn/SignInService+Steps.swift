// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Identity
import Journal
import Kernel
public import Organisation
import Storage

/// Where an officer's sign-in stands after one of its steps.
public enum OfficerProgress: Sendable {
    /// Something more is asked; the browser keeps the secret until it is given.
    case asked(OfficerStep, secret: SecretToken)
    /// All is proved: the session may begin.
    case proved(Officer, AuthenticationMethod)
}

extension SignInService {
    /// Begins an officer's sign-in with name and password.
    ///
    /// - Throws: as `officer(loginName:password:client:)`; `SignInError.passwordExpired` for a password that somebody
    ///   else chose and that was not replaced in time.
    public func begin(loginName: String, password: String, client: String) async throws -> OfficerProgress {
        let (officer, stored) = try await verified(loginName: loginName, password: password, client: client)
        let now = clock.now()
        if let until = stored.initialUntil, now >= until { throw SignInError.passwordExpired }
        let secret = SecretToken(.bits256, from: random)
        let pending = PendingOfficer(
            digest: secret.digest,
            officer: officer.id,
            expiresAt: now.adding(seconds: OfficerSettings.pendingSeconds)
        )
        return try await advance(pending, secret)
    }

    /// What the sign-in of this browser waits for; nil when there is none under way.
    public func step(of secret: SecretToken) async throws -> OfficerStep? {
        let now = clock.now()
        return try await store.read { [self] transaction in
            guard let pending = try PendingTable.find(secret.digest, at: now, in: transaction) else { return nil }
            return try nextStep(of: pending, at: now, in: transaction)
        }
    }

    /// Takes a code of the app or a recovery code.
    ///
    /// - Throws: `SecondStepError.gone`, `.wrongCode`, `.locked`, `.blocked`.
    public func give(code: String, to secret: SecretToken) async throws -> OfficerProgress {
        let (now, digest) = (clock.now(), secret.digest)
        let (pending, verdict) = try await store.journalled { [self] transaction in
            guard var pending = try PendingTable.find(digest, at: now, in: transaction),
                try nextStep(of: pending, at: now, in: transaction) == .code
            else { throw SecondStepError.gone }
            let verdict = try judge(code, of: pending.officer, takesRecovery: true, at: now, in: transaction)
            pending.method = verdict.method.map { pending.beganBy ?? $0 }
            if verdict.method != nil {
                try PendingTable.set(pending, in: transaction)
                if pending.beganBy == .staffOIDC { try confirmStaff(of: pending.officer, at: now, in: transaction) }
            }
            return (pending, verdict)
        }
        try verdict.orThrow()
        return try await advance(pending, secret)
    }

    /// What is shown to set up the app; the same for as long as the sign-in lasts.
    ///
    /// - Throws: `SecondStepError.gone`.
    public func enrolment(of secret: SecretToken) async throws -> EnrolmentOffer {
        try await offer(behind: secret.digest)
    }

    /// Sets up the app with its first code.
    ///
    /// - Returns: how it goes on, and the recovery codes, which are shown this once.
    /// - Throws: `SecondStepError.gone`, `.wrongCode`.
    public func enrol(code: String, with secret: SecretToken) async throws -> (OfficerProgress, [String]) {
        let (pending, codes) = try await enrol(code: code, behind: secret.digest, by: nil)
        return (try await advance(pending, secret), codes)
    }

    /// Takes a password of the officer's own.
    ///
    /// - Throws: `SecondStepError.gone`; as `setPassword`; `SignInError.passwordRefused(.unchanged)`.
    public func give(newPassword: String, to secret: SecretToken) async throws -> OfficerProgress {
        let now = clock.now()
        let found = try await store.read { [self] transaction -> (PendingOfficer, StoredPassword?)? in
            guard let pending = try PendingTable.find(secret.digest, at: now, in: transaction),
                try nextStep(of: pending, at: now, in: transaction) == .newPassword
            else { return nil }
            return (pending, try PasswordTable.find(pending.officer, in: transaction))
        }
        guard let (pending, stored) = found else { throw SecondStepError.gone }
        if let stored, try await hasher.verify(PasswordPolicy.normalised(newPassword), against: stored.phc) {
            throw SignInError.passwordRefused(.unchanged)
        }
        guard let officer = try await organisation.officer(pending.officer) else { throw SecondStepError.gone }
        let author = Actor.officer(officer, authentication: pending.method ?? .password, session: nil)
        try await setPassword(newPassword, of: officer.id, by: author.stamp)
        return try await advance(pending, secret)
    }

    // MARK: - Inside

    /// Remembers the sign-in while something is asked, forgets it when all is proved.
    func advance(_ before: PendingOfficer, _ secret: SecretToken) async throws -> OfficerProgress {
        let now = clock.now()
        let made = seal.seal(random.bytes(TimeCode.secretBytes), of: before.officer.rawValue)
        let step = try await store.write { [self] transaction -> OfficerStep? in
            var pending = before
            guard let step = try nextStep(of: pending, at: now, in: transaction) else {
                _ = try PendingTable.remove(pending.digest, in: transaction)
                return nil
            }
            if step == .enrolment { pending.sealedSecret = made }
            try PendingTable.set(pending, in: transaction)
            return step
        }
        if let step { return .asked(step, secret: secret) }
        guard let officer = try await organisation.officer(before.officer), officer.isActive else {
            throw SecondStepError.gone
        }
        return .proved(officer, before.method ?? .password)
    }

    /// What is still to be proved; nil when nothing is.
    private func nextStep(of pending: PendingOfficer, at now: Instant, in transaction: Transaction) throws
        -> OfficerStep?
    {
        if pending.beganBy == .staffOIDC { return pending.method == nil ? .code : nil }
        if pending.method == nil {
            if try TimeCodeTable.find(pending.officer, in: transaction) != nil { return .code }
            if officers.needsSecondFactor { return .enrolment }
        }
        guard let stored = try PasswordTable.find(pending.officer, in: transaction) else { return .newPassword }
        let isOwn = stored.initialUntil == nil && !settings.passwords.isTooOld(stored.changedAt, at: now)
        return isOwn ? nil : .newPassword
    }
}
