// SPDX-License-Identifier: Apache-2.0

import Journal
public import Kernel
public import Storage

/// What happened to agencies and officers; kept in the journal.
public enum OrganisationEvent: Sendable, Hashable {
    /// Agencies and units were loaded from sample data.
    case sampleLoaded(province: AgencyCode, agencies: Int, officers: Int)
    /// An officer was added; the name is in the erasable part.
    case officerCreated(OfficerID, agency: AgencyCode, roles: Set<Role>)
    /// An officer may do nothing any more.
    case officerDisabled(OfficerID, agency: AgencyCode)
    /// What an officer may be was changed.
    case rolesChanged(OfficerID, agency: AgencyCode, roles: Set<Role>)
    /// An agency works by this calendar from now on.
    case calendarSet(AgencyCode, version: String)
    /// An officer has a new signing certificate.
    case certificateRegistered(OfficerID, fingerprint: String)

    /// Somebody stands in for an officer; why is in the erasable part.
    case substituteNamed(Substitution)
    /// A substitution ended before its last day.
    case substitutionEnded(SubstitutionID, officer: OfficerID)

    /// The name in the journal.
    var kind: String {
        switch self {
        case .sampleLoaded: "sampleLoaded"
        case .officerCreated: "officerCreated"
        case .officerDisabled: "officerDisabled"
        case .rolesChanged: "rolesChanged"
        case .calendarSet: "calendarSet"
        case .certificateRegistered: "certificateRegistered"
        case .substituteNamed: "substituteNamed"
        case .substitutionEnded: "substitutionEnded"
        }
    }

    /// What a person wrote with it: kept in the erasable part.
    var reason: String? { if case .substituteNamed(let facts) = self { facts.reason } else { nil } }

    /// What it is about, and its id.
    var object: (type: String, id: String) {
        switch self {
        case .sampleLoaded(let code, _, _), .calendarSet(let code, _): ("agency", code.text)
        case .officerCreated(let id, _, _), .officerDisabled(let id, _), .rolesChanged(let id, _, _),
            .certificateRegistered(let id, _), .substitutionEnded(_, let id):
            ("officer", id.rawValue)
        case .substituteNamed(let facts): ("officer", facts.officer.rawValue)
        }
    }

    /// The facts without personal data.
    var facts: JSONValue {
        func list(_ roles: Set<Role>) -> JSONValue { .array(roles.map(\.rawValue).sorted().map { .string($0) }) }
        switch self {
        case .sampleLoaded(_, let agencies, let officers):
            return ["agencies": .integer(Int64(agencies)), "officers": .integer(Int64(officers))]
        case .officerCreated(_, let agency, let roles), .rolesChanged(_, let agency, let roles):
            return ["agency": .string(agency.text), "roles": list(roles)]
        case .officerDisabled(_, let agency): return ["agency": .string(agency.text)]
        case .calendarSet(_, let version): return ["version": .string(version)]
        case .certificateRegistered(_, let fingerprint): return ["fingerprint": .string(fingerprint)]
        case .substituteNamed(let facts):
            return [
                "substitution": .string(facts.id.rawValue), "substitute": .string(facts.substitute.rawValue),
                "role": .string(facts.role.rawValue), "firstDay": .string(facts.firstDay.description),
                "lastDay": .string(facts.lastDay.description),
            ]
        case .substitutionEnded(let id, _): return ["substitution": .string(id.rawValue)]
        }
    }
}

/// What a service above does in the same transaction as an event here: a pure function of event and transaction.
///
/// Called in fixed order; it may not refuse. Sessions of a disabled officer end this way.
public typealias OrganisationProjector = @Sendable (OrganisationEvent, Transaction) throws -> Void
