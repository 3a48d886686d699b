// SPDX-License-Identifier: Apache-2.0

public import Journal
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

    /// A body was added below another one.
    case agencyAdded(AgencyCode, parent: AgencyCode?, name: String)
    /// An agency is called otherwise, or stands below another body.
    case agencyChanged(AgencyCode, name: String, parent: AgencyCode?)
    /// A unit was added.
    case unitAdded(OrgUnitID, agency: AgencyCode, name: String)
    /// A unit is called otherwise.
    case unitRenamed(OrgUnitID, agency: AgencyCode, name: String)
    /// Bodies were merged into one, or closed.
    case restructured(Restructured)
    /// A merger was planned for a day to come.
    case restructuringPlanned(PlannedRestructuring.ID, Restructuring)
    /// A planned merger was taken back.
    case restructuringCancelled(PlannedRestructuring.ID)
    /// A planned merger could not be done on its day.
    case restructuringRefused(PlannedRestructuring.ID, code: String)
    /// An officer came to another agency or unit.
    case officerMoved(OfficerID, from: OfficerPlace, to: OfficerPlace)

    /// A merger as it was done.
    public struct Restructured: Sendable, Hashable {
        /// What was done.
        public var plan: Restructuring
        /// What became of the units.
        public var units: [UnitPassing]
        /// How the successor is called; nil when there is none.
        public var successorName: String?
        /// The plan that was carried out; nil when it was done at once.
        public var planned: PlannedRestructuring.ID?
    }
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
        case .agencyAdded: "agencyAdded"
        case .agencyChanged: "agencyChanged"
        case .unitAdded: "unitAdded"
        case .unitRenamed: "unitRenamed"
        case .restructured: "restructured"
        case .restructuringPlanned: "restructuringPlanned"
        case .restructuringCancelled: "restructuringCancelled"
        case .restructuringRefused: "restructuringRefused"
        case .officerMoved: "officerMoved"
        case .substituteNamed: "substituteNamed"
        case .substitutionEnded: "substitutionEnded"
        }
    }

    /// What a person wrote with it: kept in the erasable part.
    var reason: String? { if case .substituteNamed(let facts) = self { facts.reason } else { nil } }

    /// What it is about, and its id.
    var object: (type: String, id: String) {
        switch self {
        case .sampleLoaded(let code, _, _), .calendarSet(let code, _), .agencyAdded(let code, _, _),
            .agencyChanged(let code, _, _):
            ("agency", code.text)
        case .officerCreated(let id, _, _), .officerDisabled(let id, _), .rolesChanged(let id, _, _),
            .officerMoved(let id, _, _), .substitutionEnded(_, let id):
            ("officer", id.rawValue)
        case .unitAdded(let id, _, _), .unitRenamed(let id, _, _): ("unit", id.rawValue)
        case .restructured(let done): done.plan.bodies.object
        case .restructuringPlanned(let id, _), .restructuringCancelled(let id), .restructuringRefused(let id, _):
            ("restructuring", id.rawValue)
        case .substituteNamed(let facts): ("officer", facts.officer.rawValue)
        }
    }

    /// The facts without personal data.
    func facts() throws -> JSONValue {
        func list(_ roles: Set<Role>) -> JSONValue { .array(roles.map(\.rawValue).sorted().map { .string($0) }) }
        switch self {
        case .sampleLoaded(_, let agencies, let officers):
            return ["agencies": .integer(Int64(agencies)), "officers": .integer(Int64(officers))]
        case .officerCreated(_, let agency, let roles), .rolesChanged(_, let agency, let roles):
            return ["agency": .string(agency.text), "roles": list(roles)]
        case .officerDisabled(_, let agency): return ["agency": .string(agency.text)]
        case .calendarSet(_, let version): return ["version": .string(version)]
        case .agencyAdded(_, let parent, let name), .agencyChanged(_, let name, let parent):
            return ["name": .string(name), "parent": parent.map { .string($0.text) } ?? .null]
        case .unitAdded(_, let agency, let name), .unitRenamed(_, let agency, let name):
            return ["agency": .string(agency.text), "name": .string(name)]
        case .restructured(let done):
            return [
                "plan": try JSONValue(encoding: done.plan), "units": try JSONValue(encoding: done.units),
                "planned": done.planned.map { .string($0.rawValue) } ?? .null,
            ]
        case .restructuringPlanned(_, let plan): return ["plan": try JSONValue(encoding: plan)]
        case .restructuringCancelled: return [:]
        case .restructuringRefused(_, let code): return ["code": .string(code)]
        case .officerMoved(_, let from, let to):
            return ["from": try JSONValue(encoding: from), "to": try JSONValue(encoding: to)]
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

/// Where an officer works.
public struct OfficerPlace: Sendable, Hashable, Codable {
    /// The agency.
    public var agency: AgencyCode
    /// Its unit.
    public var unit: OrgUnitID

    /// A unit of an agency.
    public init(agency: AgencyCode, unit: OrgUnitID) { (self.agency, self.unit) = (agency, unit) }
}

extension Restructuring.Bodies {
    /// The body of whose story the merger is part: the successor, else the first that ends.
    var object: (type: String, id: String) {
        switch self {
        case .agencies(let codes, let successor): ("agency", (successor ?? codes.first)?.text ?? "")
        case .units(let ids, let successor): ("unit", (successor ?? ids.first)?.rawValue ?? "")
        }
    }
}

/// An event here as services above see it, inside its transaction.
public struct OrganisationChange: Sendable {
    /// What happened.
    public var event: OrganisationEvent
    /// When it happened.
    public var at: Instant
    /// Who did it.
    public var author: ActorStamp
}

/// What a service above does in the same transaction as an event here: a pure function of event and transaction.
///
/// Called in fixed order; it may not refuse. Sessions of a disabled officer end this way, and dossiers pass to the
/// successor of an agency.
public typealias OrganisationProjector = @Sendable (OrganisationChange, Transaction) throws -> Void

/// What a service above has in flight at bodies that end and at officers who move: shown before a merger, and where
/// somebody has to take over, the reason why nothing is closed without a successor.
public typealias InFlightCounter = @Sendable (Restructuring, [OfficerID], Transaction) throws -> [InFlight]
