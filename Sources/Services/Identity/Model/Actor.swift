// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Journal
public import Kernel
public import Organisation

/// The level of assurance of a national e-identity; 2 is needed to submit (NĐ 69/2024/NĐ-CP).
public enum AssuranceLevel: Int, Sendable, Hashable, Comparable, Codable {
    case none = 0, one = 1, two = 2

    public static func < (lower: AssuranceLevel, higher: AssuranceLevel) -> Bool { lower.rawValue < higher.rawValue }
}

/// Who does something: a citizen, an officer, a partner's system, or the program. Commands take one, policies judge
/// one, events keep one.
public struct Actor: Sendable, Hashable {
    /// The kinds of authors.
    public enum Kind: String, Sendable, Hashable, Codable {
        case citizen, officer, partner, system
    }

    /// Which kind of author.
    public let kind: Kind
    /// The account's, officer's or partner's random id, or the name of the part of the program.
    public let id: String
    /// The agency for which an officer acts, or to which a partner is bound.
    public let agency: AgencyCode?
    /// The officer's unit.
    public let unit: OrgUnitID?
    /// What an officer may be; empty for others.
    public let roles: Set<Role>
    /// The roles without those in which the officer only stands in for somebody.
    public let ownRoles: Set<Role>
    /// For whom the officer stands in today.
    public let standIns: [StandIn]
    /// How the author was authenticated.
    public let authentication: AuthenticationMethod
    /// The level of assurance of a citizen's identity.
    public let assurance: AssuranceLevel
    /// The digest of the session's id or of the partner's token; nil for the program.
    public let session: Digest?
    /// What a partner's token is good for; empty for others.
    public let scopes: Set<PartnerScope>
    /// The agencies that an officer's agency took over: what they finished is read there; empty for others.
    public let predecessors: Set<AgencyCode>
    /// When an officer last proved to be present, by signing in or again before signing; nil for others.
    public let provedAt: Instant?
    /// For whom a citizen acts; nil for herself.
    public let hat: Hat?
    /// True where the hat that this session wore is over: nothing new is begun until the person has chosen again.
    public let hasLapsedHat: Bool

    private init(
        kind: Kind,
        id: String,
        agency: AgencyCode?,
        unit: OrgUnitID?,
        roles: Set<Role>,
        authentication: AuthenticationMethod,
        assurance: AssuranceLevel,
        session: Digest?,
        scopes: Set<PartnerScope> = [],
        provedAt: Instant? = nil,
        predecessors: Set<AgencyCode> = [],
        hat: Hat? = nil,
        hasLapsedHat: Bool = false,
        standIns: [StandIn] = []
    ) {
        (self.hat, self.hasLapsedHat) = (hat, hasLapsedHat)
        self.kind = kind
        self.id = id
        self.agency = agency
        self.unit = unit
        self.roles = roles.union(standIns.map(\.role))
        self.ownRoles = roles
        self.standIns = standIns
        self.authentication = authentication
        self.assurance = assurance
        self.session = session
        self.scopes = scopes
        self.provedAt = provedAt
        self.predecessors = predecessors
    }

    /// A citizen with an account.
    public static func citizen(
        _ account: AccountID,
        assurance: AssuranceLevel,
        session: Digest?,
        authentication: AuthenticationMethod = .nationalIdentity,
        hat: Hat? = nil,
        hasLapsedHat: Bool = false
    ) -> Actor {
        Actor(
            kind: .citizen,
            id: account.rawValue,
            agency: nil,
            unit: nil,
            roles: [],
            authentication: authentication,
            assurance: assurance,
            session: session,
            hat: hat,
            hasLapsedHat: hasLapsedHat
        )
    }

    /// An officer of an agency.
    public static func officer(
        _ officer: Officer,
        authentication: AuthenticationMethod,
        session: Digest?,
        provedAt: Instant? = nil,
        predecessors: Set<AgencyCode> = [],
        standIns: [StandIn] = []
    ) -> Actor {
        Actor(
            kind: .officer,
            id: officer.id.rawValue,
            agency: officer.agency,
            unit: officer.unit,
            roles: officer.isActive ? officer.roles : [],
            authentication: authentication,
            assurance: .none,
            session: session,
            provedAt: provedAt,
            predecessors: predecessors,
            standIns: officer.isActive ? standIns : []
        )
    }

    /// A partner's system with a token that is good for these scopes.
    public static func partner(_ partner: Partner, scopes: Set<PartnerScope>, token: Digest?) -> Actor {
        Actor(
            kind: .partner,
            id: partner.id.rawValue,
            agency: partner.agency,
            unit: nil,
            roles: [],
            authentication: .partnerToken,
            assurance: .none,
            session: token,
            scopes: partner.isActive ? scopes : []
        )
    }

    /// A part of the program, such as `payments`.
    public static func system(_ part: String) -> Actor {
        Actor(
            kind: .system,
            id: part,
            agency: nil,
            unit: nil,
            roles: [],
            authentication: .system,
            assurance: .none,
            session: nil
        )
    }

    /// The citizen's account; nil for others.
    public var account: AccountID? { kind == .citizen ? AccountID(rawValue: id) : nil }

    /// Whose drafts and dossiers a citizen has before her: her own, or those of the authority by which she acts.
    public var party: String { hat?.party.rawValue ?? id }

    /// The same citizen without a hat; anybody else as she is.
    public var asOneself: Actor {
        guard let account, hat != nil || hasLapsedHat else { return self }
        return .citizen(account, assurance: assurance, session: session, authentication: authentication)
    }

    /// The officer's id; nil for others.
    public var officer: OfficerID? { kind == .officer ? OfficerID(rawValue: id) : nil }

    /// What the journal keeps of the author.
    public var stamp: ActorStamp { stamp(by: nil) }

    /// The same for an act in another's place, by this authority.
    public func stamp(by authority: StandIn?) -> ActorStamp {
        ActorStamp(
            kind: ActorKind(rawValue: kind.rawValue) ?? .system,
            id: id,
            agency: agency,
            unit: unit?.rawValue,
            authentication: authentication.rawValue,
            assurance: kind == .citizen ? assurance.rawValue : nil,
            behalf: hat?.representation.rawValue ?? authority?.id.rawValue,
            session: session
        )
    }
}
