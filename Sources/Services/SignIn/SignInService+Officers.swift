// SPDX-License-Identifier: Apache-2.0

public import Digests
import Identity
public import Journal
public import Kernel
public import Organisation
import Storage
import Synchronization

/// A hash that no password fits, checked where there is no account, so that the answer takes as long as any other.
final class DecoyHash: Sendable {
    private let hasher: PasswordHasher
    private let random: RandomSource
    private let kept = Mutex<String?>(nil)

    init(hasher: PasswordHasher, random: RandomSource) {
        self.hasher = hasher
        self.random = random
    }

    func phc() async throws(PasswordHasherError) -> String {
        if let known = kept.withLock({ $0 }) { return known }
        let made = try await hasher.hash(SecretToken(.bits256, from: random).text)
        kept.withLock { $0 = made }
        return made
    }
}

extension SignInService {
    /// Makes the hash that is checked for unknown names, so that the first sign-in after the start is no slower.
    public func prepare() async throws { _ = try await decoy.phc() }

    /// Checks an officer's name and password.
    ///
    /// An unknown name, a disabled officer and a wrong password get the same answer after the same work. After
    /// `SignInSettings.triesBeforeLock` wrong tries within 15 minutes the name is locked, known or not.
    ///
    /// - Parameters:
    ///   - loginName: as typed.
    ///   - password: as typed.
    ///   - client: where it comes from, counted against many names tried from one place.
    /// - Returns: the officer, who is active.
    /// - Throws: `SignInError.wrongPassword`, `.locked`, `.passwordExpired`; `PasswordHasherError.busy`, `.tooLong`.
    public func officer(loginName: String, password: String, client: String) async throws -> Officer {
        let (officer, stored) = try await verified(loginName: loginName, password: password, client: client)
        guard !settings.passwords.isTooOld(stored.changedAt, at: clock.now()) else { throw SignInError.passwordExpired }
        return officer
    }

    /// Checks a name and password as `officer(loginName:password:client:)` does, whatever the age of the password.
    func verified(
        loginName: String,
        password: String,
        client: String
    ) async throws -> (officer: Officer, stored: StoredPassword) {
        // Whoever would wait too long is told so before a try is counted: hundreds at once write nothing.
        try await hasher.admitted {
            try await judged(loginName: loginName, password: password, client: client)
        }
    }

    private func judged(
        loginName: String,
        password: String,
        client: String
    ) async throws -> (officer: Officer, stored: StoredPassword) {
        let name = VietnameseText.tidy(loginName).lowercased()
        let (tries, entry) = try await counted(loginName: loginName, client: client)
        let officer = try await organisation.officer(loginName: name)
        let stored = try await storedPassword(of: officer)
        let normalised = PasswordPolicy.normalised(password)
        let isRight: Bool
        do {
            // Asked in any case, so that its making delays the first answer of all alike.
            let none = try await decoy.phc()
            isRight = try await hasher.verify(normalised, against: stored?.phc ?? none)
        } catch {
            // No password was compared, so it was no guess.
            try await store.write { try TryTable.remove(entry.id, in: $0) }
            throw error
        }
        guard isRight, let officer, officer.isActive, let stored else {
            guard tries >= SignInSettings.triesBeforeLock else { throw SignInError.wrongPassword }
            try await noteLock(of: officer, entry)
            throw SignInError.locked(minutes: SignInService.minutes(SignInSettings.lockSeconds))
        }
        try await store.write { try TryTable.forget(entry.name, in: $0) }
        try await rehash(normalised, stored, of: officer)
        return (officer, stored)
    }

    /// Gives an officer a password. Every session of the officer ends in the same transaction.
    ///
    /// - Parameters:
    ///   - password: the new one.
    ///   - id: whose.
    ///   - isInitial: true when somebody else chose it: it opens for a week, and asks for one of one's own.
    ///   - kept: the session in which the officer changes the own password; it goes on.
    ///   - author: who does it.
    /// - Throws: `SignInError.passwordRefused`, `.unknownOfficer`; `PasswordHasherError`.
    public func setPassword(
        _ password: String,
        of id: OfficerID,
        isInitial: Bool = false,
        keeping kept: Digest? = nil,
        by author: ActorStamp
    ) async throws {
        guard let officer = try await organisation.officer(id), officer.isActive else {
            throw SignInError.unknownOfficer
        }
        let stored = try await hashed(password, for: officer.loginName, isInitial: isInitial)
        let name = Digest(of: "name:" + officer.loginName)
        try await store.journalled { [log] transaction in
            try PasswordTable.set(stored, of: id, in: transaction)
            try TryTable.forget(name, in: transaction)
            try PendingTable.removeAll(of: id, in: transaction)
            try IdentityService.endSessions(of: id, but: kept, in: transaction)
            try log.append(Self.passwordSet(of: id, at: stored.changedAt, by: author), in: transaction)
        }
    }

    /// Adds an officer together with a password, in one transaction: with a password that is refused there is no
    /// officer either.
    ///
    /// - Parameters:
    ///   - new: the officer; where an agency is founded, its place is that agency's unit.
    ///   - password: the first one.
    ///   - isInitial: true when somebody else chose it: it opens for a week, and asks for one of one's own.
    ///   - founding: the agency that begins with this officer; nil where it stands already.
    ///   - author: who does it.
    /// - Returns: the officer as she now stands in the books.
    /// - Throws: `SignInError.passwordRefused`; as `OrganisationService.createOfficer` and `.found`;
    ///   `PasswordHasherError`.
    public func createOfficer(
        _ new: NewOfficer,
        password: String,
        isInitial: Bool = false,
        founding: Founding? = nil,
        by author: ActorStamp
    ) async throws -> Officer {
        let stored = try await hashed(password, for: new.loginName.lowercased(), isInitial: isInitial)
        return try await store.journalled { [log, organisation] transaction in
            let now = stored.changedAt
            if let founding { try organisation.found(founding, by: author, at: now, in: transaction) }
            let officer = try organisation.createOfficer(new, by: author, at: now, in: transaction)
            try PasswordTable.set(stored, of: officer.id, in: transaction)
            try log.append(Self.passwordSet(of: officer.id, at: now, by: author), in: transaction)
            return officer
        }
    }

    /// Changes an officer's own password.
    ///
    /// - Throws: `SignInError.wrongPassword`, `.locked`, `.passwordRefused`; `PasswordHasherError`.
    public func changePassword(
        of id: OfficerID,
        from old: String,
        to new: String,
        client: String,
        keeping kept: Digest? = nil,
        by author: ActorStamp
    ) async throws {
        guard let known = try await organisation.officer(id) else { throw SignInError.unknownOfficer }
        do {
            _ = try await officer(loginName: known.loginName, password: old, client: client)
        } catch SignInError.passwordExpired {
            // The old one was right, and is being replaced.
        }
        if PasswordPolicy.normalised(old) == PasswordPolicy.normalised(new) {
            throw SignInError.passwordRefused(.unchanged)
        }
        try await setPassword(new, of: id, keeping: kept, by: author)
    }

    // MARK: - Inside

    /// The password as it is kept, when it may be used at all.
    private func hashed(_ password: String, for loginName: String, isInitial: Bool) async throws -> StoredPassword {
        if let fault = settings.passwords.fault(in: password, loginName: loginName) {
            throw SignInError.passwordRefused(fault)
        }
        if let breached = officers.breached, try breached.holds(password) {
            throw SignInError.passwordRefused(.breached)
        }
        let phc = try await hasher.hash(PasswordPolicy.normalised(password))
        let now = clock.now()
        let initialUntil = isInitial ? now.adding(days: OfficerSettings.initialPasswordDays) : nil
        return StoredPassword(phc: phc, changedAt: now, initialUntil: initialUntil)
    }

    private static func passwordSet(of id: OfficerID, at now: Instant, by author: ActorStamp) -> JournalEntry {
        JournalEntry(
            at: now,
            service: "sign-in",
            kind: "passwordSet",
            objectType: "officer",
            objectID: id.rawValue,
            actor: author
        )
    }

    /// Counts a try of this name, whatever is tried: a password or the code of a reset.
    func counted(loginName: String, client: String) async throws -> (tries: Int, entry: TryTable.Entry) {
        let entry = TryTable.Entry(
            id: Identifier(random),
            name: Digest(of: "name:" + VietnameseText.tidy(loginName).lowercased()),
            client: Digest(of: "client:" + client),
            at: clock.now()
        )
        return (try await count(entry), entry)
    }

    /// Counts this try before the password is looked at; the number of tries of the name, this one included.
    private func count(_ entry: TryTable.Entry) async throws -> Int {
        try await store.write { transaction in
            try TryTable.queue(entry.name, in: transaction)
            let since = entry.at.adding(seconds: -SignInSettings.lockSeconds)
            _ = try TryTable.removeEnded(before: since, in: transaction)
            let ofName = try TryTable.ofName(entry.name, since: since, in: transaction)
            let ofClient = try TryTable.ofClient(entry.client, since: since, in: transaction)
            for (tries, limit) in [
                (ofName, SignInSettings.triesBeforeLock), (ofClient, SignInSettings.triesOfClientBeforeLock),
            ] where tries.count >= limit {
                // The lock ends when the oldest of the tries that make it no longer counts.
                let end = tries[tries.count - limit].adding(seconds: SignInSettings.lockSeconds)
                throw SignInError.locked(minutes: SignInService.minutes(end.seconds(since: entry.at)))
            }
            try TryTable.insert(entry, in: transaction)
            return ofName.count + 1
        }
    }

    private func storedPassword(of officer: Officer?) async throws -> StoredPassword? {
        // The same question for an unknown name, so that it takes as long.
        let id = officer?.id ?? OfficerID(random)
        return try await store.read { try PasswordTable.find(id, in: $0) }
    }

    /// Whole minutes, rounded up, at least one.
    static func minutes(_ seconds: Int64) -> Int { max(1, Int((seconds + 59) / 60)) }

    /// The same event for known and unknown names; only a known officer is named in it.
    private func noteLock(of officer: Officer?, _ entry: TryTable.Entry) async throws {
        let facts: JSONValue = officer.map { ["officer": .string($0.id.rawValue)] } ?? [:]
        try await store.journalled { [log] transaction in
            let event = JournalEntry(
                at: entry.at,
                service: "sign-in",
                kind: "nameLocked",
                objectType: "sign-in",
                objectID: entry.id.rawValue,
                actor: .system("sign-in"),
                facts: facts
            )
            try log.append(event, in: transaction)
        }
    }

    private func rehash(_ password: String, _ stored: StoredPassword, of officer: Officer) async throws {
        guard hasher.needsRehash(stored.phc) else { return }
        let phc = try await hasher.hash(password)
        try await store.write { transaction in
            try PasswordTable.rehash(phc, instead: stored.phc, of: officer.id, in: transaction)
        }
    }
}
