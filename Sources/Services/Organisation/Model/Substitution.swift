// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The id of a substitution; random, it stands in the journal as the authority by which a substitute acted.
public typealias SubstitutionID = Identifier<Substitution>

/// An officer stands in for another in one role, from a day to a day (thay thế, làm thay).
public struct Substitution: Sendable, Hashable {
    public var id: SubstitutionID
    /// Who is away.
    public var officer: OfficerID
    /// Who stands in.
    public var substitute: OfficerID
    public var agency: AgencyCode
    /// In what.
    public var role: Role
    /// The first and the last day, both whole.
    public var firstDay: LocalDate
    public var lastDay: LocalDate
    /// Why, as it was written.
    public var reason: String
    /// When it was ended before its last day; nil otherwise.
    public var endedAt: Instant?

    /// Whether it holds on this day: it begins and ends by itself.
    public func isInForce(on day: LocalDate) -> Bool { endedAt == nil && firstDay <= day && day <= lastDay }

    /// Whether it holds on a day of another one's time.
    func overlaps(_ first: LocalDate, _ last: LocalDate) -> Bool {
        endedAt == nil && firstDay <= last && first <= lastDay
    }

    /// The roles in which somebody can be stood in for. Administrators, auditors and the data-protection officer hold
    /// no work of others: there a second person is given the role.
    public static let roles: [Role] = [.deskOfficer, .specialist, .unitHead, .leader, .recordsClerk]

    /// The longest time in days; the longest reason in characters.
    public static let dayLimit = 366
    public static let reasonLimit = 500

    /// Whether an officer may stand in for another in a role: a colleague of the same agency who has the role herself,
    /// and for the head of a unit anybody who works in that unit.
    public static func suits(_ substitute: Officer, for officer: Officer, in role: Role) -> Bool {
        guard substitute.isActive, substitute.agency == officer.agency, substitute.id != officer.id else {
            return false
        }
        if substitute.roles.contains(role) { return true }
        return role == .unitHead && substitute.unit == officer.unit && substitute.roles.contains(.specialist)
    }
}

/// A substitution in force as its substitute carries it: for whom, in what, by which authority.
public struct StandIn: Sendable, Hashable {
    public var id: SubstitutionID
    public var officer: OfficerID
    public var role: Role

    /// The part of a substitution that acts are judged by.
    public init(id: SubstitutionID, officer: OfficerID, role: Role) {
        (self.id, self.officer, self.role) = (id, officer, role)
    }
}

/// What is asked for when a substitute is named.
public struct NewSubstitution: Sendable, Hashable {
    public var officer: OfficerID
    public var substitute: OfficerID
    public var role: Role
    public var firstDay: LocalDate
    public var lastDay: LocalDate
    public var reason: String

    /// A request of these facts.
    public init(
        officer: OfficerID,
        substitute: OfficerID,
        role: Role,
        firstDay: LocalDate,
        lastDay: LocalDate,
        reason: String
    ) {
        (self.officer, self.substitute, self.role) = (officer, substitute, role)
        (self.firstDay, self.lastDay, self.reason) = (firstDay, lastDay, reason)
    }

    /// Refuses what can never hold, whatever else is known.
    func require(today: LocalDate) throws(OrganisationError) {
        guard Substitution.roles.contains(role) else { throw .substitutionRoleMissing }
        guard substitute != officer else { throw .substituteSelf }
        guard firstDay >= today else { throw .substitutionPast }
        guard lastDay >= firstDay else { throw .substitutionBackwards }
        guard lastDay.days(since: firstDay) < Substitution.dayLimit else { throw .substitutionTooLong }
        let words = reason.contains { !$0.isWhitespace }
        guard words, reason.count <= Substitution.reasonLimit else { throw .substitutionReasonMissing }
    }

    /// Refuses what contradicts the substitutions that stand: two for one time, and chains, in which nobody could say
    /// any more in whose place somebody acts.
    func require(beside standing: [Substitution]) throws(OrganisationError) {
        let met = standing.filter { $0.role == role && $0.overlaps(firstDay, lastDay) }
        if let other = met.first(where: { $0.officer == officer }) {
            throw .substitutionOverlaps(from: other.firstDay, to: other.lastDay)
        }
        if met.contains(where: { $0.officer == substitute }) { throw .substituteAway }
        if met.contains(where: { $0.substitute == officer }) { throw .substitutionChain }
    }
}
