// SPDX-License-Identifier: Apache-2.0

import Digests
public import Identity
public import Journal
public import Kernel
public import Organisation
import Storage

/// What a code turned out to be.
enum CodeVerdict: Sendable {
    case timeCode
    case recoveryCode
    case wrong
    case locked(minutes: Int)
    case blocked

    /// How the officer is authenticated by it; nil when by nothing.
    var method: AuthenticationMethod? {
        switch self {
        case .timeCode: .passwordAndTOTP
        case .recoveryCode: .recoveryCode
        case .wrong, .locked, .blocked: nil
        }
    }

    func orThrow() throws(SecondStepError) {
        switch self {
        case .timeCode, .recoveryCode: return
        case .wrong: throw .wrongCode
        case .locked(let minutes): throw .locked(minutes: minutes)
        case .blocked: throw .blocked
        }
    }
}

/// What an officer has beside the password.
public struct SecondFactorState: Sendable, Hashable {
    /// Since when the authenticator app is set up; nil when it is not.
    public var enrolledAt: Instant?
    /// Recovery codes that were not used yet.
    public var recoveryCodesLeft: Int
}

extension SignInService {
    /// What an officer has beside the password.
    public func secondFactor(of officer: OfficerID) async throws -> SecondFactorState {
        try await store.read { transaction in
            SecondFactorState(
                enrolledAt: try TimeCodeTable.find(officer, in: transaction)?.enrolledAt,
                recoveryCodesLeft: try RecoveryTable.countUnused(of: officer, in: transaction)
            )
        }
    }

    // MARK: - In a session

    /// Whether the officer's last proof of presence holds for an act that binds.
    public func hasFreshProof(_ actor: Actor) -> Bool { officers.freshProof.holds(for: actor, at: clock.now()) }

    /// Whether it holds for another minute: a batch that begins with it is not stopped in the middle.
    public func hasLastingProof(_ actor: Actor) -> Bool {
        officers.freshProof.holds(for: actor, at: clock.now().adding(minutes: 1))
    }

    /// For how many minutes a proof holds.
    public var proofMinutes: Int { Int(officers.freshProof.seconds / 60) }

    /// The rules for new passwords in words.
    public var passwordRules: String { settings.passwords.rules }

    /// Takes a code of the app, or the password, as a proof of presence of the officer of this session.
    ///
    /// - Parameters:
    ///   - actor: the officer in this session.
    ///   - word: six digits are a code, anything else the password.
    ///   - client: where it comes from, as for signing in.
    /// - Returns: the actor with the new proof.
    /// - Throws: `SecondStepError.wrongCode`, `.locked`, `.blocked`, `.notEnrolled`, `.gone` when the session has
    ///   ended; for a password as `officer(loginName:password:client:)`.
    public func prove(_ actor: Actor, with word: String, client: String) async throws -> Actor {
        guard let id = actor.officer, let session = actor.session, let officer = try await organisation.officer(id)
        else { throw SecondStepError.gone }
        let code = TimeCode.normalised(word)
        if code == nil {
            _ = try await verified(loginName: officer.loginName, password: word, client: client)
        }
        let now = clock.now()
        let verdict = try await store.journalled { [self] transaction -> CodeVerdict? in
            if let code {
                let verdict = try judge(code, of: id, takesRecovery: false, at: now, in: transaction)
                if verdict.method == nil { return verdict }
            }
            try noteProof(session, of: actor, how: code == nil ? "password" : "time-code", at: now, in: transaction)
            return nil
        }
        try verdict?.orThrow()
        return Actor.officer(officer, authentication: actor.authentication, session: session, provedAt: now)
    }

    func noteProof(_ session: Digest, of actor: Actor, how: String, at now: Instant, in transaction: Transaction) throws
    {
        guard try IdentityService.noteProof(session: session, at: now, in: transaction) else {
            throw SecondStepError.gone
        }
        let facts: JSONValue = ["by": .string(how)]
        try note("provedAgain", of: actor.id, by: actor.stamp, facts, at: now, in: transaction)
    }

    /// Begins to set up the app, or another one, from within a session; the old one goes on until the new one has
    /// shown a code.
    ///
    /// - Throws: `SecondStepError.proofNeeded`.
    public func beginEnrolment(by actor: Actor) async throws -> EnrolmentOffer {
        guard hasFreshProof(actor), let id = actor.officer, let session = actor.session else {
            throw SecondStepError.proofNeeded
        }
        let now = clock.now()
        let made = PendingOfficer(
            digest: Self.enrolmentDigest(session),
            officer: id,
            method: actor.authentication,
            sealedSecret: seal.seal(random.bytes(TimeCode.secretBytes), of: id.rawValue),
            expiresAt: now.adding(seconds: OfficerSettings.pendingSeconds)
        )
        try await store.write { transaction in
            // Asked twice, the secret that was shown stays.
            if try PendingTable.find(made.digest, at: now, in: transaction) != nil { return }
            _ = try PendingTable.remove(made.digest, in: transaction)
            try PendingTable.set(made, in: transaction)
        }
        return try await offer(behind: made.digest)
    }

    /// Ends what `beginEnrolment` began, with the first code of the app.
    ///
    /// - Returns: new recovery codes, shown this once; the old ones are worth nothing any more.
    /// - Throws: `SecondStepError.gone`, `.wrongCode`, `.proofNeeded`.
    public func finishEnrolment(code: String, by actor: Actor) async throws -> [String] {
        guard hasFreshProof(actor), let session = actor.session else { throw SecondStepError.proofNeeded }
        let digest = Self.enrolmentDigest(session)
        let (_, codes) = try await enrol(code: code, behind: digest, by: actor.stamp)
        _ = try await store.write { try PendingTable.remove(digest, in: $0) }
        return codes
    }

    /// Makes new recovery codes; the old ones are worth nothing any more.
    ///
    /// - Throws: `SecondStepError.proofNeeded`, `.notEnrolled`.
    public func renewRecoveryCodes(by actor: Actor) async throws -> [String] {
        guard hasFreshProof(actor), let id = actor.officer else { throw SecondStepError.proofNeeded }
        let (now, codes) = (clock.now(), newRecoveryCodes())
        try await store.journalled { [self] transaction in
            guard try TimeCodeTable.find(id, in: transaction) != nil else { throw SecondStepError.notEnrolled }
            try keep(codes, of: id, in: transaction)
            try note("recoveryCodesMade", of: id.rawValue, by: actor.stamp, at: now, in: transaction)
        }
        return codes
    }

    /// Sets up the app of an officer of the demonstration with a secret that is printed.
    ///
    /// - Returns: the secret, to be typed into an app.
    public func enrolSample(_ officer: OfficerID, by author: ActorStamp) async throws -> String {
        let (now, secret) = (clock.now(), random.bytes(TimeCode.secretBytes))
        let sealed = seal.seal(secret, of: officer.rawValue)
        try await store.journalled { [self] transaction in
            let stored = StoredTimeCode(sealedSecret: sealed, lastStep: -1, enrolledAt: now)
            try TimeCodeTable.set(stored, of: officer, in: transaction)
            try note("timeCodeSetUp", of: officer.rawValue, by: author, at: now, in: transaction)
        }
        return TimeCode.text(of: secret)
    }

    // MARK: - Inside

    /// Looks at a code, unless codes are not looked at; counts it when it is wrong.
    func judge(
        _ typed: String,
        of officer: OfficerID,
        takesRecovery: Bool,
        at now: Instant,
        in transaction: Transaction
    ) throws -> CodeVerdict {
        try GuessTable.queue(officer, in: transaction)
        var guesses = try GuessTable.find(officer, in: transaction)
        guard guesses.wrong < GuessRule.triesBeforeBlock else { return .blocked }
        guard guesses.lockedUntil <= now else {
            return .locked(minutes: Self.minutes(guesses.lockedUntil.seconds(since: now)))
        }
        if try useTimeCode(typed, of: officer, at: now, in: transaction) {
            try GuessTable.forget(officer, in: transaction)
            return .timeCode
        }
        if takesRecovery, try useRecoveryCode(typed, of: officer, at: now, in: transaction) {
            try GuessTable.forget(officer, in: transaction)
            return .recoveryCode
        }
        guesses.wrong += 1
        let lock = GuessRule.lockSeconds(afterWrong: guesses.wrong)
        if let lock { guesses.lockedUntil = now.adding(seconds: lock) }
        try GuessTable.set(guesses, of: officer, in: transaction)
        guard let lock else { return .wrong }
        let facts: JSONValue = ["wrong": .integer(Int64(guesses.wrong))]
        try note("codeLocked", of: officer.rawValue, by: .system("sign-in"), facts, at: now, in: transaction)
        return guesses.wrong >= GuessRule.triesBeforeBlock ? .blocked : .locked(minutes: Self.minutes(lock))
    }

    private func useTimeCode(_ typed: String, of officer: OfficerID, at now: Instant, in transaction: Transaction)
        throws -> Bool
    {
        guard let code = TimeCode.normalised(typed), let stored = try TimeCodeTable.find(officer, in: transaction),
            let secret = seal.open(stored.sealedSecret, of: officer.rawValue),
            let step = TimeCode.matchingStep(code, secret, at: now, after: stored.lastStep)
        else { return false }
        return try TimeCodeTable.use(step, of: officer, in: transaction)
    }

    private func useRecoveryCode(_ typed: String, of officer: OfficerID, at now: Instant, in transaction: Transaction)
        throws -> Bool
    {
        guard let code = RecoveryCode.normalised(typed) else { return false }
        let digest = RecoveryCode.digest(code, of: officer.rawValue, key: recoveryKey)
        guard try RecoveryTable.use(digest, of: officer, at: now, in: transaction) else { return false }
        let left = try RecoveryTable.countUnused(of: officer, in: transaction)
        let facts: JSONValue = ["left": .integer(Int64(left))]
        try note("recoveryCodeUsed", of: officer.rawValue, by: .system("sign-in"), facts, at: now, in: transaction)
        return true
    }

    func offer(behind digest: Digest) async throws -> EnrolmentOffer {
        let now = clock.now()
        guard let pending = try await store.read({ try PendingTable.find(digest, at: now, in: $0) }),
            let sealed = pending.sealedSecret, let secret = seal.open(sealed, of: pending.officer.rawValue),
            let officer = try await organisation.officer(pending.officer)
        else { throw SecondStepError.gone }
        let label = AddressText.encoded("\(officers.issuer):\(officer.loginName)")
        let issuer = AddressText.encoded(officers.issuer)
        let plain = String(Base32Text.encode(secret))
        return EnrolmentOffer(
            secretText: TimeCode.text(of: secret),
            address: "otpauth://totp/\(label)?secret=\(plain)&issuer=\(issuer)"
        )
    }

    func enrol(code: String, behind digest: Digest, by author: ActorStamp?) async throws -> (PendingOfficer, [String]) {
        let (now, codes) = (clock.now(), newRecoveryCodes())
        let pending = try await store.journalled { [self] transaction in
            guard var pending = try PendingTable.find(digest, at: now, in: transaction),
                let sealed = pending.sealedSecret, let secret = seal.open(sealed, of: pending.officer.rawValue)
            else { throw SecondStepError.gone }
            guard let typed = TimeCode.normalised(code),
                let step = TimeCode.matchingStep(typed, secret, at: now, after: -1)
            else { throw SecondStepError.wrongCode }
            let id = pending.officer
            // Two browsers may stand before the first set-up at once: the second one has to give a code like anybody.
            if author == nil, try TimeCodeTable.find(id, in: transaction) != nil { throw SecondStepError.gone }
            let stored = StoredTimeCode(sealedSecret: sealed, lastStep: step, enrolledAt: now)
            try TimeCodeTable.set(stored, of: id, in: transaction)
            try keep(codes, of: id, in: transaction)
            try GuessTable.forget(id, in: transaction)
            (pending.method, pending.sealedSecret) = (.passwordAndTOTP, nil)
            try PendingTable.set(pending, in: transaction)
            let stamp = author ?? ActorStamp(kind: .officer, id: id.rawValue, authentication: "password")
            try note("timeCodeSetUp", of: id.rawValue, by: stamp, at: now, in: transaction)
            return pending
        }
        return (pending, codes)
    }

    private func newRecoveryCodes() -> [String] {
        (0..<RecoveryCode.count).map { _ in RecoveryCode.generated(from: random) }
    }

    private func keep(_ codes: [String], of officer: OfficerID, in transaction: Transaction) throws {
        let digests = codes.compactMap(RecoveryCode.normalised).map {
            RecoveryCode.digest($0, of: officer.rawValue, key: recoveryKey)
        }
        precondition(digests.count == codes.count, "a code that we made can be read")
        try RecoveryTable.replace(digests, of: officer, in: transaction)
    }

    private var recoveryKey: [UInt8] {
        SecretSeal.derived(from: officers.installationKey, purpose: "recovery-code")
    }

    private static func enrolmentDigest(_ session: Digest) -> Digest { Digest(of: "enrolment:" + session.hex) }

    func note(
        _ kind: String,
        of officer: String,
        by author: ActorStamp,
        _ facts: JSONValue = [:],
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let entry = JournalEntry(
            at: now,
            service: "sign-in",
            kind: kind,
            objectType: "officer",
            objectID: officer,
            actor: author,
            facts: facts
        )
        try log.append(entry, in: transaction)
    }
}

/// Text inside an address.
private enum AddressText {
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 45, 46, 95, 126, 48...57, 65...90, 97...122: String(UnicodeScalar(byte))
            default: "%" + [byte].hex.uppercased()
            }
        }.joined()
    }
}
