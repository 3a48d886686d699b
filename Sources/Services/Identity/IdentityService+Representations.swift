// SPDX-License-Identifier: Apache-2.0

public import Digests
import Journal
public import Kernel
public import Storage

extension IdentityService {
    /// Authorities of one person that may be used, now or later.
    static let representationLimit = 20
    /// Authorities of one person in all: a new one each week for almost four years.
    static let representationLimitInAll = 200

    /// The authorities of this person, the newest first, those that are over too.
    ///
    /// - Throws: `StoreError`.
    public func representations(of holder: AccountID) async throws -> [Representation] {
        try await store.read { try RepresentationTable.all(of: holder, in: $0) }
    }

    /// The authorities by which others say that they act for this person, the newest first.
    ///
    /// - Throws: `StoreError`.
    public func representations(about account: Account) async throws -> [Representation] {
        try await store.read { try RepresentationTable.all(about: account, in: $0) }
    }

    /// One authority, for who acts by it and for whom it is about.
    ///
    /// - Throws: `RepresentationError.unknown`, `StoreError`.
    public func representation(_ id: RepresentationID, for actor: Actor) async throws -> Representation {
        try await store.read { transaction in
            guard let holder = actor.account, let account = try AccountTable.find(holder, in: transaction),
                let representation = try RepresentationTable.find(id, in: transaction), representation.concerns(account)
            else { throw RepresentationError.unknown }
            return representation
        }
    }

    /// An authority by which this actor acts now; nil where the actor acts for herself.
    ///
    /// - Throws: `RepresentationError.notValid` when it ended meanwhile; `StoreError`.
    public func representation(of actor: Actor) async throws -> Representation? {
        guard actor.hat != nil else { return nil }
        return try await store.read { try representation(of: actor, in: $0) }
    }

    /// The same inside the caller's transaction.
    ///
    /// - Throws: `RepresentationError.notValid`, `StoreError`.
    public func representation(of actor: Actor, in transaction: Transaction) throws -> Representation? {
        guard let hat = actor.hat else { return nil }
        guard let representation = try RepresentationTable.find(hat.representation, in: transaction),
            representation.holder.rawValue == actor.id, representation.isValid(on: clock.today)
        else { throw RepresentationError.notValid }
        return representation
    }

    /// The authority of this citizen under which this party's drafts and dossiers were filed, one that is good today
    /// before the newest; nil where the party is somebody else's, or no authority.
    public func representation(ofParty party: String, heldBy actor: Actor, in transaction: Transaction) throws
        -> Representation?
    {
        let all = try RepresentationTable.all(ofParty: party, in: transaction).filter { $0.holder == actor.account }
        return all.first { $0.isValid(on: today) } ?? all.first
    }

    /// The day by which authorities are judged.
    public var today: LocalDate { clock.today }

    /// The authority of this id, for the desk that has a dossier filed by it; nil when there is none.
    public func representation(_ id: RepresentationID, in transaction: Transaction) throws -> Representation? {
        try RepresentationTable.find(id, in: transaction)
    }

    /// Who filed under this party: the account itself, or who acts by the authority. Notices go there.
    public func filer(of party: String, in transaction: Transaction) throws -> AccountID? {
        try RepresentationTable.all(ofParty: party, in: transaction).first?.holder ?? AccountID(rawValue: party)
    }

    /// Whose data a dossier of this party holds: who filed it, and for whom, where she has an account.
    public func subjects(of party: String, in transaction: Transaction) throws -> [AccountID] {
        guard let representation = try RepresentationTable.all(ofParty: party, in: transaction).first else {
            return AccountID(rawValue: party).map { [$0] } ?? []
        }
        let represented = try RepresentationTable.represented(by: party, in: transaction)
        return [representation.holder] + represented.filter { $0 != representation.holder }
    }

    /// What this account files under: itself, and the authorities by which it acts or acted.
    public func parties(of account: AccountID, in transaction: Transaction) throws -> [String] {
        try [account.rawValue] + RepresentationTable.parties(of: account, in: transaction).map(\.rawValue)
    }

    /// Those of these digests that an authority's paper has: their bytes stay.
    public func papers(among digests: [String], in transaction: Transaction) throws -> Set<String> {
        try RepresentationTable.papers(among: digests, in: transaction)
    }

    /// Keeps an authority with its paper.
    ///
    /// - Parameters:
    ///   - draft: what was stated.
    ///   - paper: the paper, whose bytes are on disk.
    ///   - actor: who may act, with level of assurance 2.
    /// - Returns: the authority.
    /// - Throws: `RepresentationError.faulty`, `.tooMany`, `.unknown` for an actor without account; `StoreError`.
    @discardableResult
    public func createRepresentation(
        _ draft: RepresentationDraft,
        paper: Representation.StatedPaper,
        by actor: Actor
    ) async throws -> Representation {
        guard let holder = actor.account, actor.assurance >= .two, let account = try await account(holder) else {
            throw RepresentationError.unknown
        }
        let now = clock.now()
        guard draft.faults(today: now.date, holder: account.identity).isEmpty, let kind = draft.kind,
            let from = draft.validFrom, let to = draft.validTo
        else { throw RepresentationError.faulty }
        let id = RepresentationID(random)
        let stated = Representation(
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
            let known = try RepresentationTable.all(of: holder, in: transaction)
            guard known.count < Self.representationLimitInAll else {
                throw RepresentationError.tooMany(limit: Self.representationLimitInAll)
            }
            let open = known.filter { $0.revokedAt == nil && $0.validTo >= now.date }
            guard open.count < Self.representationLimit else {
                throw RepresentationError.tooMany(limit: Self.representationLimit)
            }
            var representation = stated
            representation.party =
                try RepresentationTable.party(of: holder, kind, representation.number, in: transaction) ?? id
            try RepresentationTable.insert(representation, in: transaction)
            try log.append(
                [Self.entry(.representationStated, representation, actor: actor.asOneself, at: now)],
                in: transaction
            )
            return representation
        }
    }

    /// Ends an authority: from this moment nobody acts by it. Who acts by it may, and for whom it is about.
    ///
    /// - Throws: `RepresentationError.unknown`, also for one that was ended before; `StoreError`.
    public func revokeRepresentation(_ id: RepresentationID, by actor: Actor) async throws {
        guard let account = actor.account else { throw RepresentationError.unknown }
        let now = clock.now()
        try await store.journalled { [log] transaction in
            guard let known = try AccountTable.find(account, in: transaction),
                let representation = try RepresentationTable.find(id, in: transaction), representation.concerns(known),
                try RepresentationTable.revoke(id, at: now, in: transaction)
            else { throw RepresentationError.unknown }
            try log.append(
                [Self.entry(.representationRevoked, representation, actor: actor.asOneself, at: now)],
                in: transaction
            )
        }
    }

    /// Keeps who made sure of an authority and how, in the caller's journalled transaction. The caller has checked that
    /// the officer has a dossier filed by it in her hands.
    ///
    /// - Throws: `RepresentationError.unknown`, also where it was confirmed before; `StoreError`.
    public func confirmRepresentation(
        _ id: RepresentationID,
        _ way: Representation.Confirmation.Way,
        by actor: Actor,
        in transaction: Transaction
    ) throws {
        let now = clock.now()
        guard let officer = actor.officer, var representation = try RepresentationTable.find(id, in: transaction) else {
            throw RepresentationError.unknown
        }
        let how = Representation.Confirmation(at: now, officer: officer, way: way)
        guard try RepresentationTable.confirm(id, how, in: transaction) else { throw RepresentationError.unknown }
        representation.confirmation = how
        try log.append([Self.entry(.representationConfirmed, representation, actor: actor, at: now)], in: transaction)
    }

    /// Puts on a hat, or takes it off. The session goes on under a new secret, since its rights change (ASVS 7.2.4).
    ///
    /// - Parameters:
    ///   - representation: for whom; nil for oneself.
    ///   - actor: who asks.
    /// - Returns: the new secret for the browser.
    /// - Throws: `RepresentationError.unknown`, `.notValid`; `StoreError`.
    public func wear(_ representation: RepresentationID?, by actor: Actor) async throws -> SecretToken {
        guard let holder = actor.account, let old = actor.session else { throw RepresentationError.unknown }
        let (now, secret) = (clock.now(), SecretToken(.bits256, from: random))
        try await store.journalled { [log] transaction in
            guard var session = try SessionTable.find(old, in: transaction)?.session else {
                throw RepresentationError.unknown
            }
            var hat: Hat?
            if let representation {
                guard let found = try RepresentationTable.find(representation, in: transaction), found.holder == holder
                else {
                    throw RepresentationError.unknown
                }
                guard found.isValid(on: now.date) else { throw RepresentationError.notValid }
                hat = found.hat
            }
            (session.digest, session.hat) = (secret.digest, representation)
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
        _ representation: Representation,
        actor: Actor,
        at now: Instant
    ) -> JournalEntry {
        var facts = [
            "kind": representation.kind.rawValue, "validFrom": representation.validFrom.description,
            "validTo": representation.validTo.description, "paper": representation.paper.digest.hex,
        ]
        facts["confirmedBy"] = representation.confirmation?.way.rawValue
        return JournalEntry(
            at: now,
            service: "identity",
            kind: event.rawValue,
            objectType: "representation",
            objectID: representation.id.rawValue,
            actor: actor.stamp,
            facts: .object(facts.mapValues { .string($0) })
        )
    }
}
