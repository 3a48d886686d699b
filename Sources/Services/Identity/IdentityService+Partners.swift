// SPDX-License-Identifier: Apache-2.0

public import Digests
import Journal
public import Kernel
import Organisation
import Storage

/// A token as it is given out, once.
public struct IssuedToken: Sendable {
    /// What the partner shows from now on.
    public let secret: SecretToken
    /// What it may be used for.
    public let scopes: Set<PartnerScope>
    /// How long.
    public let lifetimeSeconds: Int64
}

extension IdentityService {
    // MARK: - Registering partners

    /// Registers a partner's system.
    ///
    /// - Parameters:
    ///   - name: what it is called, 1 to 200 characters.
    ///   - agency: the agency that it is bound to.
    ///   - scopes: what it may do.
    ///   - author: who registers it.
    /// - Returns: the partner, and its secret, which is shown this once and kept as a digest alone.
    /// - Throws: `PartnerError.nameMissing`, `.scopesMissing`, `.unknownAgency`, `StoreError`.
    public func createPartner(
        name: String,
        agency: AgencyCode,
        scopes: Set<PartnerScope>,
        by author: Actor
    ) async throws -> (partner: Partner, secret: SecretToken) {
        let called = VietnameseText.tidy(name)
        guard (1...200).contains(called.count) else { throw PartnerError.nameMissing }
        guard !scopes.isEmpty else { throw PartnerError.scopesMissing }
        guard try await organisation.agency(agency) != nil else { throw PartnerError.unknownAgency }
        let secret = SecretToken(.bits256, from: random)
        let partner = Partner(
            id: PartnerID(random),
            name: called,
            agency: agency,
            scopes: scopes,
            secretDigest: secret.digest,
            createdAt: clock.now(),
            disabledAt: nil
        )
        try await store.journalled { [log] transaction in
            try PartnerTable.insert(partner, in: transaction)
            let facts = ["agency": partner.agency.text, "name": called, "scopes": PartnerScope.text(scopes)]
            try log.append(
                [Self.entry(.partnerCreated, of: partner.id, facts, actor: author, at: partner.createdAt)],
                in: transaction
            )
        }
        return (partner, secret)
    }

    /// Ends a partner: its tokens are refused from this moment, and it gets no new ones.
    ///
    /// - Throws: `PartnerError.unknownPartner`, `.alreadyDisabled`, `StoreError`.
    public func disablePartner(_ id: PartnerID, by author: Actor) async throws {
        let now = clock.now()
        try await store.journalled { [log] transaction in
            guard try PartnerTable.find(id, in: transaction) != nil else { throw PartnerError.unknownPartner }
            guard try PartnerTable.disable(id, at: now, in: transaction) else { throw PartnerError.alreadyDisabled }
            try log.append([Self.entry(.partnerDisabled, of: id, [:], actor: author, at: now)], in: transaction)
        }
    }

    /// Every partner, oldest first, disabled ones too.
    public func partners() async throws -> [Partner] {
        try await store.read { try PartnerTable.all(in: $0) }
    }

    // MARK: - Tokens

    /// Gives a partner an access token (RFC 6749 §4.4).
    ///
    /// - Parameters:
    ///   - partner: the `client_id` as it was sent.
    ///   - secret: the `client_secret` as it was sent.
    ///   - scopes: what the token shall be good for; nil for all that the partner has.
    /// - Returns: the token, which is shown this once and kept as a digest alone.
    /// - Throws: `PartnerError.clientRefused`, `.scopeRefused`, `StoreError`.
    public func issueToken(
        partner: String,
        secret: String,
        scopes: Set<PartnerScope>?
    ) async throws -> IssuedToken {
        let (now, token) = (clock.now(), SecretToken(.bits256, from: random))
        let shown = Digest(of: secret)
        // Asked before the journal's lock is taken: strangers who guess keep nobody waiting.
        _ = try await store.read { try Self.verified(partner, shown, in: $0) }
        let lifetime = PartnerToken.lifetimeSeconds
        let granted = try await store.journalled { [log] transaction -> Set<PartnerScope> in
            let known = try Self.verified(partner, shown, in: transaction)
            let granted = scopes ?? known.scopes
            guard !granted.isEmpty, granted.isSubset(of: known.scopes) else { throw PartnerError.scopeRefused }
            let issued = PartnerToken(
                digest: token.digest,
                partner: known.id,
                scopes: granted,
                issuedAt: now,
                expiresAt: now.adding(seconds: lifetime)
            )
            try PartnerTable.insert(issued, in: transaction)
            let actor = Actor.partner(known, scopes: granted, token: token.digest)
            let facts = ["scopes": PartnerScope.text(granted)]
            try log.append(
                [Self.entry(.partnerTokenIssued, of: known.id, facts, actor: actor, at: now)],
                in: transaction
            )
            return granted
        }
        return IssuedToken(secret: token, scopes: granted, lifetimeSeconds: lifetime)
    }

    /// Who shows this token: a partner with a good access token, or a person with a living session; nil for nobody.
    public func bearer(of secret: SecretToken) async throws -> TokenBearer? {
        let (now, digest) = (clock.now(), secret.digest)
        if let (token, partner) = try await store.read({ try PartnerTable.token(digest, in: $0) }) {
            guard partner.isActive, now < token.expiresAt else { return nil }
            return .partner(partner, .partner(partner, scopes: token.scopes, token: digest))
        }
        return try await person(behind: secret).map { .person($0) }
    }

    private static func verified(_ id: String, _ shown: Digest, in transaction: Transaction) throws -> Partner {
        guard let known = PartnerID(rawValue: id), let partner = try PartnerTable.find(known, in: transaction),
            constantTimeEquals(partner.secretDigest.bytes, shown.bytes), partner.isActive
        else { throw PartnerError.clientRefused }
        return partner
    }

    private static func entry(
        _ event: IdentityEvent,
        of partner: PartnerID,
        _ facts: [String: String],
        actor: Actor,
        at now: Instant
    ) -> JournalEntry {
        JournalEntry(
            at: now,
            service: "identity",
            kind: event.rawValue,
            objectType: "partner",
            objectID: partner.rawValue,
            actor: actor.stamp,
            facts: .object(facts.mapValues { .string($0) })
        )
    }
}
