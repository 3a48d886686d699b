// SPDX-License-Identifier: Apache-2.0

public import Digests
import Journal
public import Kernel
public import Organisation
public import Storage

/// One open session of an officer, as its page shows it.
public struct OfficerSession: Sendable, Hashable {
    /// SHA-256 of the secret in the cookie.
    public var digest: Digest
    /// "Chrome trên Windows"; empty where nothing is known.
    public var device: String
    /// How the officer was authenticated.
    public var authentication: AuthenticationMethod
    /// When it began.
    public var startedAt: Instant
    /// The last request that was noted.
    public var seenAt: Instant

    /// Names it in a form of somebody else; tells nothing of its secret.
    public var handle: String { IdentityService.handle(digest) }
}

extension IdentityService {
    /// Begins a session of an officer who was authenticated.
    ///
    /// - Parameters:
    ///   - officer: who.
    ///   - method: how; stands in every event of this session.
    ///   - device: what browser, in a few words, so that the officer knows the session again.
    ///   - door: the listener that the session opens.
    /// - Returns: the secret of the cookie.
    /// - Throws: `StoreError`.
    public func signIn(
        officer: Officer,
        by method: AuthenticationMethod = .password,
        on device: String = "",
        at door: SessionDoor = .portal
    ) async throws -> SecretToken {
        let (now, secret) = (clock.now(), SecretToken(.bits256, from: random))
        var session = newSession(
            secret,
            kind: .officer,
            door: door,
            authentication: method,
            assurance: .none,
            device: device.isEmpty ? nil : String(device.prefix(100)),
            at: now
        )
        session.subject = officer.id.rawValue
        let begun = session
        try await store.journalled { [log] transaction in
            try SessionTable.insert(begun, in: transaction)
            try OfficerSessionTable.insert(begun.digest, at: now, in: transaction)
            let actor = Actor.officer(officer, authentication: method, session: begun.digest)
            try log.append([Self.entry(.signedIn, actor: actor, at: now)], in: transaction)
        }
        return secret
    }

    /// The open sessions of an officer, the last used first.
    public func sessions(of officer: OfficerID) async throws -> [OfficerSession] {
        let now = clock.now()
        return try await store.read { try OfficerSessionTable.open(of: officer, at: now, in: $0) }
    }

    /// Ends one session of the officer, or all but the one that asks.
    ///
    /// - Parameters:
    ///   - digest: which; nil for all others.
    ///   - actor: the officer; nobody ends the sessions of another here.
    /// - Returns: how many ended.
    /// - Throws: `StoreError`.
    @discardableResult
    public func endSession(_ digest: Digest?, by actor: Actor) async throws -> Int {
        guard let officer = actor.officer else { return 0 }
        let now = clock.now()
        return try await store.journalled { [log] transaction in
            let ended: Int
            if let digest {
                ended = try OfficerSessionTable.end(digest, of: officer, in: transaction) ? 1 : 0
            } else {
                ended = try OfficerSessionTable.endAll(of: officer, but: actor.session, in: transaction)
            }
            guard ended > 0 else { return 0 }
            try log.append([Self.entry(.sessionsEnded, actor: actor, at: now)], in: transaction)
            return ended
        }
    }

    /// Ends one session of somebody else, or all of them, by an administrator who may administer the officer: the
    /// caller has made sure of that.
    ///
    /// - Parameters:
    ///   - handle: which, as `OfficerSession.handle` says; nil for all.
    ///   - officer: whose.
    ///   - administrator: the author.
    /// - Returns: how many ended.
    /// - Throws: `StoreError`.
    @discardableResult
    public func endSessions(_ handle: String?, of officer: OfficerID, by administrator: Actor) async throws -> Int {
        let now = clock.now()
        return try await store.journalled { [log] transaction in
            let open = try OfficerSessionTable.open(of: officer, at: now, in: transaction)
            let meant = open.filter { handle == nil || $0.handle == handle }
            var ended = 0
            for session in meant where try OfficerSessionTable.end(session.digest, of: officer, in: transaction) {
                ended += 1
            }
            guard ended > 0 else { return 0 }
            let entry = Self.entry(
                .sessionsEndedForOther,
                on: Actor.Kind.officer.rawValue,
                officer.rawValue,
                ["ended": "\(ended)"],
                by: administrator,
                at: now
            )
            try log.append([entry], in: transaction)
            return ended
        }
    }

    /// Ends every session of everybody, the one that asks too: after a fault or a break-in.
    ///
    /// - Returns: how many were open.
    /// - Throws: `StoreError`.
    @discardableResult
    public func endEverySession(by administrator: Actor) async throws -> Int {
        let now = clock.now()
        return try await store.journalled { [log] transaction in
            let open = try SessionTable.countOpen(at: now, in: transaction)
            try SessionTable.deleteEverything(in: transaction)
            let entry = Self.entry(
                .everySessionEnded,
                on: administrator.kind.rawValue,
                administrator.id,
                ["ended": "\(open)"],
                by: administrator,
                at: now
            )
            try log.append([entry], in: transaction)
            return open
        }
    }

    private static func entry(
        _ event: IdentityEvent,
        on objectType: String,
        _ objectID: String,
        _ facts: [String: String],
        by administrator: Actor,
        at now: Instant
    ) -> JournalEntry {
        JournalEntry(
            at: now,
            service: "identity",
            kind: event.rawValue,
            objectType: objectType,
            objectID: objectID,
            actor: administrator.stamp,
            facts: .object(facts.mapValues { .string($0) })
        )
    }

    /// Ends every session of an officer inside the caller's transaction, but for one where it is named.
    public static func endSessions(of officer: OfficerID, but kept: Digest? = nil, in transaction: Transaction) throws {
        _ = try OfficerSessionTable.endAll(of: officer, but: kept, in: transaction)
    }

    /// Notes inside the caller's transaction that the officer of this session proved to be present; false when the
    /// session has ended.
    public static func noteProof(session: Digest, at now: Instant, in transaction: Transaction) throws -> Bool {
        try OfficerSessionTable.noteProof(session, at: now, in: transaction)
    }
}
