// SPDX-License-Identifier: Apache-2.0

import Digests
public import Identity
public import Journal
public import Kernel
public import Organisation
import Storage

/// Why a reset of an officer's sign-in was not asked, decided or used.
public enum ResetError: Presentable, Equatable {
    /// No reason was given, or a very long one.
    case reasonMissing
    /// One's own sign-in.
    case ownAccount
    /// There is one under way.
    case alreadyAsked
    /// The one who asked may not approve.
    case sameAdministrator
    /// It was decided, used or ended meanwhile.
    case gone
    /// Name and code do not belong together, or the code has ended: one answer for all.
    case wrongCode

    public var code: String {
        switch self {
        case .reasonMissing: "reset-reason-missing"
        case .ownAccount: "reset-own-account"
        case .alreadyAsked: "reset-already-asked"
        case .sameAdministrator: "reset-same-administrator"
        case .gone: "reset-gone"
        case .wrongCode: "reset-wrong-code"
        }
    }

    public var status: Int {
        switch self {
        case .reasonMissing, .wrongCode: 422
        case .ownAccount, .sameAdministrator: 403
        case .alreadyAsked, .gone: 409
        }
    }

    public var field: String? { self == .reasonMissing ? "reason" : nil }

    public var publicDetail: String? {
        switch self {
        case .reasonMissing: "Nhập lý do đặt lại, không quá \(SignInService.reasonLimit) ký tự"
        case .ownAccount: "Không đặt lại đăng nhập của chính mình. Nhờ quản trị khác đề nghị."
        case .alreadyAsked: "Cán bộ này đã có đề nghị đặt lại chưa xong."
        case .sameAdministrator: "Người đề nghị không tự duyệt. Một quản trị khác phải duyệt."
        case .gone: "Đề nghị này đã được quyết định hoặc đã hết hạn."
        case .wrongCode: "Tên đăng nhập hoặc mã đặt lại chưa đúng, hoặc mã đã hết hạn."
        }
    }
}

extension SignInService {
    /// The longest reason in characters.
    static let reasonLimit = 500
    /// Days for which a request waits for another administrator.
    private static let requestDays: Int64 = 7
    /// Hours for which a code opens.
    private static let codeHours: Int64 = 24

    /// Asks to let an officer begin anew: a new password and a new second factor.
    ///
    /// - Throws: `ResetError.reasonMissing`, `.ownAccount`, `.alreadyAsked`; `SignInError.unknownOfficer`.
    public func askReset(of officer: OfficerID, because reason: String, by actor: Actor) async throws {
        let reason = VietnameseText.tidy(reason)
        guard (1...Self.reasonLimit).contains(reason.count) else { throw ResetError.reasonMissing }
        guard let asker = actor.officer, asker != officer else { throw ResetError.ownAccount }
        guard try await organisation.officer(officer)?.isActive == true else { throw SignInError.unknownOfficer }
        let now = clock.now()
        let reset = SignInReset(
            id: Identifier(random),
            officer: officer,
            askedBy: asker,
            reason: reason,
            askedAt: now,
            state: .asked,
            expiresAt: now.adding(days: Self.requestDays)
        )
        try await store.journalled { [self] transaction in
            guard try ResetTable.open(of: officer, at: now, in: transaction) == nil else {
                throw ResetError.alreadyAsked
            }
            try ResetTable.insert(reset, in: transaction)
            try note("resetAsked", reset, by: actor.stamp, at: now, in: transaction)
        }
    }

    /// Requests that wait for a decision, oldest first, of the whole installation; a site shows those that its reader
    /// administers.
    public func askedResets() async throws -> [SignInReset] {
        let now = clock.now()
        return try await store.read { try ResetTable.asked(at: now, in: $0) }
    }

    /// The request of this id; nil when there is none.
    public func reset(_ id: Identifier<SignInReset>) async throws -> SignInReset? {
        try await store.read { try ResetTable.find(id, in: $0) }
    }

    /// The request of an officer that still leads somewhere; nil when there is none.
    public func openReset(of officer: OfficerID) async throws -> SignInReset? {
        let now = clock.now()
        return try await store.read { try ResetTable.open(of: officer, at: now, in: $0) }
    }

    /// Approves a request of another administrator.
    ///
    /// - Returns: the code for the officer, shown this once and good for a day.
    /// - Throws: `ResetError.sameAdministrator`, `.ownAccount`, `.gone`; `SecondStepError.proofNeeded`.
    public func approveReset(_ id: Identifier<SignInReset>, by actor: Actor) async throws -> String {
        guard hasFreshProof(actor) else { throw SecondStepError.proofNeeded }
        let (now, code) = (clock.now(), RecoveryCode.generated(from: random))
        try await store.journalled { [self] transaction in
            let reset = try decidable(id, by: actor, at: now, in: transaction)
            try approve(reset, code, by: actor.stamp, at: now, in: transaction)
        }
        return code
    }

    /// Refuses a request; the one who asked may take it back in this way.
    ///
    /// - Throws: `ResetError.gone`.
    public func refuseReset(_ id: Identifier<SignInReset>, by actor: Actor) async throws {
        let now = clock.now()
        try await store.journalled { [self] transaction in
            guard let reset = try ResetTable.find(id, in: transaction), now < reset.expiresAt,
                try ResetTable.move(id, from: .asked, to: .refused, until: now, in: transaction)
            else { throw ResetError.gone }
            try note("resetRefused", reset, by: actor.stamp, at: now, in: transaction)
        }
    }

    /// Gives a code without a second administrator: for whoever runs the program on its machine, where an agency has
    /// one administrator alone.
    ///
    /// - Throws: `SignInError.unknownOfficer`.
    public func resetByOperator(_ officer: OfficerID, by author: ActorStamp) async throws -> String {
        guard try await organisation.officer(officer)?.isActive == true else { throw SignInError.unknownOfficer }
        let (now, code) = (clock.now(), RecoveryCode.generated(from: random))
        let made = SignInReset(
            id: Identifier(random),
            officer: officer,
            askedBy: officer,
            reason: "Người vận hành máy chủ đặt lại",
            askedAt: now,
            state: .asked,
            expiresAt: now.adding(hours: Self.codeHours)
        )
        try await store.journalled { [self] transaction in
            if let open = try ResetTable.open(of: officer, at: now, in: transaction) {
                _ = try ResetTable.move(open.id, from: open.state, to: .refused, until: now, in: transaction)
            }
            try ResetTable.insert(made, in: transaction)
            try approve(made, code, by: author, at: now, in: transaction)
        }
        return code
    }

    /// Begins anew with the code of a reset: the old password, app, recovery codes, passkeys and sessions end here.
    ///
    /// Wrong codes count as wrong passwords of that name.
    ///
    /// - Throws: `ResetError.wrongCode`; `SignInError.locked`.
    public func begin(loginName: String, resetCode: String, client: String) async throws -> OfficerProgress {
        let (tries, entry) = try await counted(loginName: loginName, client: client)
        let now = clock.now()
        let officer = try await organisation.officer(loginName: VietnameseText.tidy(loginName).lowercased())
        let typed = RecoveryCode.normalised(resetCode) ?? ""
        let digest = resetDigest(typed, of: officer?.id.rawValue ?? "")
        let secret = SecretToken(.bits256, from: random)
        let pending = try await store.journalled { [self] transaction -> PendingOfficer? in
            guard let officer, officer.isActive,
                let reset = try ResetTable.approved(digest, of: officer.id, at: now, in: transaction),
                try ResetTable.move(reset.id, from: .approved, to: .used, until: now, in: transaction)
            else { return nil }
            try forgetAll(of: officer.id, at: now, in: transaction)
            try TryTable.forget(entry.name, in: transaction)
            let stamp = ActorStamp(kind: .officer, id: officer.id.rawValue, authentication: "resetCode")
            try note("resetUsed", reset, by: stamp, at: now, in: transaction)
            let pending = PendingOfficer(
                digest: secret.digest,
                officer: officer.id,
                expiresAt: now.adding(seconds: OfficerSettings.pendingSeconds)
            )
            try PendingTable.set(pending, in: transaction)
            return pending
        }
        guard let pending else {
            guard tries < SignInSettings.triesBeforeLock else {
                throw SignInError.locked(minutes: Self.minutes(SignInSettings.lockSeconds))
            }
            throw ResetError.wrongCode
        }
        return try await advance(pending, secret)
    }

    // MARK: - Inside

    private func decidable(
        _ id: Identifier<SignInReset>,
        by actor: Actor,
        at now: Instant,
        in transaction: Transaction
    ) throws -> SignInReset {
        guard let reset = try ResetTable.find(id, in: transaction), reset.state == .asked, now < reset.expiresAt else {
            throw ResetError.gone
        }
        guard SeparationOfDuties.allows(actor, in: .administrator, after: reset.askedBy) else {
            throw ResetError.sameAdministrator
        }
        guard actor.officer != reset.officer else { throw ResetError.ownAccount }
        return reset
    }

    private func approve(
        _ reset: SignInReset,
        _ code: String,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let digest = resetDigest(RecoveryCode.normalised(code) ?? "", of: reset.officer.rawValue)
        let until = now.adding(hours: Self.codeHours)
        guard try ResetTable.move(reset.id, from: .asked, to: .approved, code: digest, until: until, in: transaction)
        else { throw ResetError.gone }
        try note("resetApproved", reset, by: author, at: now, in: transaction)
    }

    private func forgetAll(of officer: OfficerID, at now: Instant, in transaction: Transaction) throws {
        try PasswordTable.end(of: officer, at: now, in: transaction)
        try TimeCodeTable.remove(officer, in: transaction)
        try RecoveryTable.replace([], of: officer, in: transaction)
        try GuessTable.forget(officer, in: transaction)
        try PasskeyTable.removeAll(of: officer, in: transaction)
        try PendingTable.removeAll(of: officer, in: transaction)
        try StaffTable.forgetConfirmation(of: officer, in: transaction)
        try IdentityService.endSessions(of: officer, in: transaction)
    }

    private func resetDigest(_ code: String, of officer: String) -> Digest {
        let key = SecretSeal.derived(from: officers.installationKey, purpose: "reset-code")
        return RecoveryCode.digest(code, of: officer, key: key)
    }

    private func note(
        _ kind: String,
        _ reset: SignInReset,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let facts: JSONValue = ["reset": .string(reset.id.rawValue), "askedBy": .string(reset.askedBy.rawValue)]
        try note(kind, of: reset.officer.rawValue, by: author, facts, at: now, in: transaction)
    }
}
