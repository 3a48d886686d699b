// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Journal
public import Kernel
public import Organisation
public import Storage

/// Accounts of citizens, sessions of everybody, and the record of who looked at whose data.
public struct IdentityService: Sendable {
    let store: any Store
    let log: TransparencyLog
    let organisation: OrganisationService
    let clock: Clock
    let random: RandomSource
    private let limits: SessionLimits
    /// Sessions that were checked a moment ago; one for all copies of the service.
    let memory = SessionMemory()
    /// A session's last use is noted at most once a minute: a page of ten requests costs one write.
    private static let touchAfterSeconds: Int64 = 60

    /// The service over a store whose migrations have run.
    public init(
        store: any Store,
        log: TransparencyLog,
        organisation: OrganisationService,
        clock: Clock,
        random: RandomSource,
        limits: SessionLimits = .standard
    ) {
        self.store = store
        self.log = log
        self.organisation = organisation
        self.clock = clock
        self.random = random
        self.limits = limits
    }

    // MARK: - Signing in and out

    /// Binds a verified identity to its account, made at the first time, and begins a session with a new secret.
    ///
    /// The account keeps the newest claims, but a weaker identity takes nothing away from a stronger one.
    ///
    /// - Parameters:
    ///   - identity: what the identity service says.
    ///   - device: words for the browser in the list of devices.
    /// - Returns: the secret for the browser.
    /// - Throws: `IdentityError.identityConflict`, `StoreError`.
    public func signIn(citizen identity: VerifiedIdentity, device: String? = nil) async throws -> SecretToken {
        let (now, secret, newID) = (clock.now(), SecretToken(.bits256, from: random), AccountID(random))
        let session = newSession(
            secret,
            kind: .citizen,
            authentication: .nationalIdentity,
            assurance: identity.assurance,
            device: device,
            at: now
        )
        let isBound = try await store.journalled { [log] transaction -> Bool in
            let matches = try AccountTable.matches(
                subject: identity.subject,
                nationalID: identity.nationalID,
                in: transaction
            )
            var entries: [JournalEntry] = []
            var account = Account(id: newID, identity: identity, createdAt: now)
            var actor = Actor.citizen(account.id, assurance: identity.assurance, session: session.digest)
            switch AccountBinding.rule(identity, matches) {
            case .conflict(let id):
                actor = .citizen(id, assurance: identity.assurance, session: nil)
                try log.append([Self.entry(.identityConflicted, actor: actor, at: now)], in: transaction)
                return false
            case .new:
                try AccountTable.insert(account, in: transaction)
                entries.append(Self.entry(.accountCreated, actor: actor, at: now))
            case .known(let known, let isRenamed):
                account = Account(id: known.id, identity: identity, createdAt: known.createdAt)
                actor = .citizen(known.id, assurance: identity.assurance, session: session.digest)
                if isRenamed {
                    try SessionTable.deleteAll(of: known.id.rawValue, in: transaction)
                    entries.append(Self.entry(.subjectChanged, actor: actor, at: now))
                }
                if identity.assurance >= known.identity.assurance {
                    try AccountTable.update(account, at: now, in: transaction)
                }
            }
            var begun = session
            begun.subject = account.id.rawValue
            try SessionTable.insert(begun, in: transaction)
            try log.append(entries + [Self.entry(.signedIn, actor: actor, at: now)], in: transaction)
            return true
        }
        guard isBound else { throw IdentityError.identityConflict }
        return secret
    }

    /// Begins a session of a known account that was recognised by its telephone: level of assurance 1.
    ///
    /// - Throws: `StoreError`.
    public func signIn(byPhone account: AccountID, device: String?) async throws -> SecretToken {
        let (now, secret) = (clock.now(), SecretToken(.bits256, from: random))
        var session = newSession(
            secret,
            kind: .citizen,
            authentication: .phoneOTP,
            assurance: .one,
            device: device,
            at: now
        )
        session.subject = account.rawValue
        let begun = session
        try await store.journalled { [log] transaction in
            try SessionTable.insert(begun, in: transaction)
            let actor = Actor.citizen(
                account,
                assurance: .one,
                session: begun.digest,
                authentication: .phoneOTP
            )
            try log.append([Self.entry(.signedIn, actor: actor, at: now)], in: transaction)
        }
        return secret
    }

    /// Ends the session of this actor; nothing happens when it has ended already.
    public func signOut(_ actor: Actor) async throws {
        guard let digest = actor.session else { return }
        let now = clock.now()
        try await store.journalled { [log] transaction in
            guard try SessionTable.delete(digest, in: transaction) else { return }
            try log.append([Self.entry(.signedOut, actor: actor, at: now)], in: transaction)
        }
    }

    /// Ends every session of a citizen or officer, inside the caller's transaction.
    public func endSessions(of subject: String, in transaction: Transaction) throws {
        try SessionTable.deleteAll(of: subject, in: transaction)
    }

    /// Given to `Organisation`: the sessions of an officer who is disabled, whose roles change, or who comes to another
    /// agency or unit, end in the transaction of that event.
    public static let projector: OrganisationProjector = { change, transaction in
        switch change.event {
        case .officerDisabled(let officer, _), .rolesChanged(let officer, _, _), .officerMoved(let officer, _, _):
            try endSessions(of: officer, in: transaction)
        default: return
        }
    }

    /// Given to `Organisation`: how many of those who move have a session, which ends.
    public static let inFlight: InFlightCounter = { _, officers, transaction in
        let count = try OfficerSessionTable.count(of: officers, in: transaction)
        return [InFlight("Cán bộ đang đăng nhập, phải đăng nhập lại", count, needsSuccessor: false)]
    }

    /// Removes sessions and partners' tokens that have ended; called by the worker.
    /// - Returns: how many were removed.
    public func removeEndedSessions() async throws -> Int {
        let now = clock.now()
        return try await store.write { transaction in
            try SessionTable.deleteEnded(before: now, in: transaction)
                + PartnerTable.deleteEnded(before: now, in: transaction)
        }
    }

    // MARK: - Reading

    /// How many sessions are open at this moment, inside the caller's transaction.
    public func openSessions(in transaction: Transaction) throws -> Int {
        try SessionTable.countOpen(at: clock.now(), in: transaction)
    }

    /// The person behind the secret of a session's cookie; nil when there is none, or it has ended.
    ///
    /// An officer who was disabled has no session any more, whatever the table says. Who only reads may be known from a
    /// moment ago (`SessionMemory`).
    ///
    /// - Parameters:
    ///   - secret: what was shown.
    ///   - use: what is done by it.
    ///   - door: where it was shown; a session opens the listener at which it was begun.
    /// - Returns: the person as she stands now.
    /// - Throws: `StoreError`.
    public func person(
        behind secret: SecretToken,
        for use: SessionUse = .changing,
        at door: SessionDoor = .portal
    ) async throws -> SignedIn? {
        let (now, digest, changes) = (clock.now(), secret.digest, store.changes.count)
        if use == .reading,
            let known = memory.person(
                digest,
                at: now,
                door,
                changes: changes,
                touchAfterSeconds: Self.touchAfterSeconds
            )
        {
            return known
        }
        let read = try await store.read { transaction -> (SessionTable.Found, SignedIn)? in
            guard let found = try SessionTable.find(digest, in: transaction), found.session.door == door,
                now < found.session.endsAt,
                now < found.session.absoluteEndAt, let person = try person(of: found, in: transaction)
            else { return nil }
            return (found, person)
        }
        guard let (found, person) = read else { return nil }
        let look = SessionMemory.Look(
            at: now,
            changes: changes,
            generation: found.generation,
            organisationVersion: found.organisationVersion
        )
        memory.keep(person, try await noteUse(of: found.session, at: now), look)
        return person
    }

    private func person(of found: SessionTable.Found, in transaction: Transaction) throws -> SignedIn? {
        let session = found.session
        switch session.kind {
        case .citizen:
            guard let id = AccountID(rawValue: session.subject),
                let account = try AccountTable.find(id, in: transaction)
            else { return nil }
            var known = account
            known.hats =
                found.representations == 0 ? [] : try RepresentationTable.hats(of: id, on: clock.today, in: transaction)
            let worn = known.hats.first { $0.representation == session.hat }
            let actor = Actor.citizen(
                id,
                assurance: session.assurance,
                session: session.digest,
                authentication: session.authentication,
                hat: worn,
                hasLapsedHat: session.hat != nil && worn == nil
            )
            return .citizen(known, actor)
        case .officer:
            let snapshot = try organisation.snapshot(in: transaction, version: found.organisationVersion)
            guard let id = OfficerID(rawValue: session.subject), let officer = snapshot.officer(id), officer.isActive
            else { return nil }
            let actor = Actor.officer(
                officer,
                authentication: session.authentication,
                session: session.digest,
                provedAt: found.provedAt,
                predecessors: snapshot.predecessors(of: officer.agency),
                standIns: snapshot.standIns(of: officer, on: clock.today)
            )
            return .officer(officer, actor)
        case .system, .partner: return nil
        }
    }

    /// The account of this id; nil when there is none.
    public func account(_ id: AccountID) async throws -> Account? {
        try await store.read { try AccountTable.find(id, in: $0) }
    }

    /// The accounts that have this telephone number, at most 20.
    public func accounts(withPhone phone: PhoneNumber, in transaction: Transaction) throws -> [Account] {
        try AccountTable.withPhone(phone, in: transaction)
    }

    /// The account of this id inside the caller's transaction; nil when there is none.
    public func account(_ id: AccountID, in transaction: Transaction) throws -> Account? {
        try AccountTable.find(id, in: transaction)
    }

    // MARK: - Inside

    func newSession(
        _ secret: SecretToken,
        kind: Actor.Kind,
        door: SessionDoor = .portal,
        authentication: AuthenticationMethod,
        assurance: AssuranceLevel,
        device: String? = nil,
        at now: Instant
    ) -> Session {
        Session(
            digest: secret.digest,
            kind: kind,
            door: door,
            subject: "",
            authentication: authentication,
            assurance: assurance,
            device: device,
            hat: nil,
            startedAt: now,
            seenAt: now,
            endsAt: now.adding(seconds: limits.idleSeconds),
            absoluteEndAt: now.adding(seconds: limits.absoluteSeconds)
        )
    }

    /// The session as it is afterwards.
    private func noteUse(of session: Session, at now: Instant) async throws -> Session {
        guard now.seconds(since: session.seenAt) >= Self.touchAfterSeconds else { return session }
        var used = session
        used.seenAt = now
        used.endsAt = min(now.adding(seconds: limits.idleSeconds), session.absoluteEndAt)
        let touched = used
        do {
            try await store.write { try SessionTable.touch(touched, in: $0) }
            return touched
        } catch StoreError.full {
            // On a full disk reading goes on: the session only does not grow longer.
            return session
        }
    }

    static func entry(_ event: IdentityEvent, actor: Actor, at now: Instant) -> JournalEntry {
        JournalEntry(
            at: now,
            service: "identity",
            kind: event.rawValue,
            objectType: actor.kind.rawValue,
            objectID: actor.id,
            actor: actor.stamp
        )
    }
}
