// SPDX-License-Identifier: Apache-2.0

public import Digests
import Journal
public import Kernel
public import Storage

extension IdentityService {
    /// Authorities of one person that may be used, now or later.
    static let mandateLimit = 20
    /// Authorities of one person in all: a new one each week for almost four years.
    static let mandateLimitInAll = 200

    /// The authorities of this person, the newest first, those that are over too.
    ///
    /// - Throws: `StoreError`.
    public func mandates(of holder: AccountID) async throws -> [Mandate] {
        try await store.read { try MandateTable.all(of: holder, in: $0) }
    }

    /// The authorities by which others say that they act for this person, the newest first.
    ///
    /// - Throws: `StoreError`.
    public func mandates(about account: Account) async throws -> [Mandate] {
        try await store.read { try MandateTable.all(about: account, in: $0) }
    }

    /// One authority, for who acts by it and for whom it is about.
    ///
    /// - Throws: `MandateError.unknown`, `StoreError`.
    public func mandate(_ id: MandateID, for actor: Actor) async throws -> Mandate {
        try await store.read { transaction in
            guard let holder = actor.account, let account = try AccountTable.find(holder, in: transaction),
                let mandate = try MandateTable.find(id, in: transaction), mandate.concerns(account)
            else { throw MandateError.unknown }
            return mandate
        }
    }

    /// An authority by which this actor acts now; nil where the actor acts for herself.
    ///
    /// - Throws: `MandateError.notValid` when it ended meanwhile; `StoreError`.
    public func mandate(of actor: Actor) async throws -> Mandate? {
        guard actor.hat != nil else { return nil }
        return try await store.read { try mandate(of: actor, in: $0) }
    }

    /// The same inside the caller's transaction.
    ///
    /// - Throws: `MandateError.notValid`, `StoreError`.
    public func mandate(of actor: Actor, in transaction: Transaction) throws -> Mandate? {
        guard let hat = actor.hat else { return nil }
        guard let mandate = try MandateTable.find(hat.mandate, in: transaction),
            mandate.holder.rawValue == actor.id, mandate.isValid(on: clock.today)
        else { throw MandateError.notValid }
        return mandate
    }

    /// The authority of this citizen under which this party's drafts and dossiers were filed, one that is good today
    /// before the newest; nil where the party is somebody else's, or no authority.
    public func mandate(ofParty party: String, heldBy actor: Actor, in transaction: Transaction) throws -> Mandate? {
        let all = try MandateTable.all(ofParty: party, in: transaction).filter { $0.holder == actor.account }
        return all.first { $0.isValid(on: today) } ?? all.first
    }

    /// The day by which authorities are judged.
    public var today: LocalDate { clock.today }

    /// The authority of this id, for the desk that has a dossier filed by it; nil when there is none.
    public func mandate(_ id: MandateID, in transaction: Transaction) throws -> Mandate? {
        try MandateTable.find(id, in: transaction)
    }

    /// Who filed under this party: the account itself, or who acts by the authority. Notices go there.
    public func filer(of party: String, in transaction: Transaction) throws -> AccountID? {
        try MandateTable.all(ofParty: party, in: transaction).first?.holder ?? AccountID(rawValue: party)
    }

    /// Whose data a dossier of this party holds: who filed it, and for whom, where she has an account.
    public func subjects(of party: String, in transaction: Transaction) throws -> [AccountID] {
        guard let mandate = try MandateTable.all(ofParty: party, in: transaction).first else {
            return AccountID(rawValue: party).map { [$0] } ?? []
        }
        let represented = try MandateTable.represented(by: party, in: transaction)
        return [mandate.holder] + represented.filter { $0 != mandate.holder }
    }

    /// What this account files under: itself, and the authorities by which it acts or acted.
    public func parties(of account: AccountID, in transaction: Transaction) throws -> [String] {
        try [account.rawValue] + MandateTable.parties(of: account, in: transaction).map(\.rawValue)
    }

    /// Those of these digests that an authority's paper has: their bytes stay.
    public func papers(among digests: [String], in transaction: Transaction) throws -> Set<String> {
        try MandateTable.papers(among: digests, in: transaction)
    }

    /// Keeps an authority with its paper.
    ///
    /// - Parameters:
    ///   - draft: what was stated.
    ///   - paper: the paper, whose bytes are on disk.
    ///   - actor: who may act, with level of assurance 2.
    /// - Returns: the authority.
    /// - Throws: `MandateError.faulty`, `.tooMany`, `.unknown` for an actor without account; `StoreError`.
    @discardableResult
    public func createMandate(
        _ draft: MandateDraft,
        paper: Mandate.StatedPaper,
        by actor: Actor
    ) async throws -> Mandate {
        guard let holder = actor.account, actor.assurance >= .two, let account = try await account(holder) else {
            throw MandateError.unknown
        }
        let now = clock.now()
        guard draft.faults(today: now.date, holder: account.identity).isEmpty, let kind = draft.kind,
            let from = draft.validFrom, let to = draft.validTo
        else { throw MandateError.faulty }
        let id = MandateID(random)
        let stated = Mandate(
            id: id,
            party: id,
            holder: holder,
            kind: kind,
            name: VietnameseText.tidy(draft.name),
            number: draft.keptNumber,
            birthDate: kind == .business ? nil : draft.birthDate,
            paper: paper,
            validFrom: from,
            validTo: to,
            createdAt: now,
            revokedAt: nil,
            confirmation: nil
        )
        return try await store.journalled { [log] transaction in
            let known = try MandateTable.all(of: holder, in: transaction)
            guard known.count < Self.mandateLimitInAll else {
                throw MandateError.tooMany(limit: Self.mandateLimitInAll)
            }
            let open = known.filter { $0.revokedAt == nil && $0.validTo >= now.date }
            guard open.count < Self.mandateLimit else { throw MandateError.tooMany(limit: Self.mandateLimit) }
            var mandate = stated
            mandate.party = try MandateTable.party(of: holder, kind, mandate.number, in: transaction) ?? id
            try MandateTable.insert(mandate, in: transaction)
            try log.append([Self.entry(.mandateStated, mandate, actor: actor.asOneself, at: now)], in: transaction)
            return mandate
        }
    }

    /// Ends an authority: from this moment nobody acts by it. Who acts by it may, and for whom it is about.
    ///
    /// - Throws: `MandateError.unknown`, also for one that was ended before; `StoreError`.
    public func revokeMandate(_ id: MandateID, by actor: Actor) async throws {
        guard let account = actor.account else { throw MandateError.unknown }
        let now = clock.now()
        try await store.journalled { [log] transaction in
            guard let known = try AccountTable.find(account, in: transaction),
                let mandate = try MandateTable.find(id, in: transaction), mandate.concerns(known),
                try MandateTable.revoke(id, at: now, in: transaction)
            else { throw MandateError.unknown }
            try log.append([Self.entry(.mandateRevoked, mandate, actor: actor.asOneself, at: now)], in: transaction)
        }
    }

    /// Keeps who made sure of an authority and how, in the caller's journalled transaction. The caller has checked that
    /// the officer has a dossier filed by it in her hands.
    ///
    /// - Throws: `MandateError.unknown`, also where it was confirmed before; `StoreError`.
    public func confirmMandate(
        _ id: MandateID,
        _ way: Mandate.Confirmation.Way,
        by actor: Actor,
        in transaction: Transaction
    ) throws {
        let now = clock.now()
        guard let officer = actor.officer, var mandate = try MandateTable.find(id, in: transaction) else {
            throw MandateError.unknown
        }
        let how = Mandate.Confirmation(at: now, officer: officer, way: way)
        guard try MandateTable.confirm(id, how, in: transaction) else { throw MandateError.unknown }
        mandate.confirmation = how
        try log.append([Self.entry(.mandateConfirmed, mandate, actor: actor, at: now)], in: transaction)
    }

    /// Puts on a hat, or takes it off. The session goes on under a new secret, since its rights change (ASVS 7.2.4).
    ///
    /// - Parameters:
    ///   - mandate: for whom; nil for oneself.
    ///   - actor: who asks.
    /// - Returns: the new secret for the browser.
    /// - Throws: `MandateError.unknown`, `.notValid`; `StoreError`.
    public func wear(_ mandate: MandateID?, by actor: Actor) async throws -> SecretToken {
        guard let holder = actor.account, let old = actor.session else { throw MandateError.unknown }
        let (now, secret) = (clock.now(), SecretToken(.bits256, from: random))
        try await store.journalled { [log] transaction in
            guard var session = try SessionTable.find(old, in: transaction)?.session else { throw MandateError.unknown }
            var hat: Hat?
            if let mandate {
                guard let found = try MandateTable.find(mandate, in: transaction), found.holder == holder else {
                    throw MandateError.unknown
                }
                guard found.isValid(on: now.date) else { throw MandateError.notValid }
                hat = found.hat
            }
            (session.digest, session.hat) = (secret.digest, mandate)
            _ = try SessionTable.delete(old, in: transaction)
            try SessionTable.insert(session, in: transaction)
            let author = Actor.citizen(
                holder,
                assurance: actor.assurance,
                session: secret.digest,
                authentication: actor.authentication,
                hat: hat
            )
            try log.append([Self.entry(.hatChanged, actor: author, at: now)], in: transaction)
        }
        return secret
    }

    private static func entry(
        _ event: IdentityEvent,
        _ mandate: Mandate,
        actor: Actor,
        at now: Instant
    ) -> JournalEntry {
        var facts = [
            "kind": mandate.kind.rawValue, "validFrom": mandate.validFrom.description,
            "validTo": mandate.validTo.description, "paper": mandate.paper.digest.hex,
        ]
        facts["confirmedBy"] = mandate.confirmation?.way.rawValue
        return JournalEntry(
            at: now,
            service: "identity",
            kind: event.rawValue,
            objectType: "mandate",
            objectID: mandate.id.rawValue,
            actor: actor.stamp,
            facts: .object(facts.mapValues { .string($0) })
        )
    }
}
