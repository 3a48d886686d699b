// SPDX-License-Identifier: Apache-2.0

public import Kernel
import WorkingTime

/// Several bodies become one, or one is closed, from a day on: one act, planned or done at once.
public struct Restructuring: Sendable, Hashable, Codable {
    /// What is merged into what.
    public enum Bodies: Sendable, Hashable, Codable {
        /// Agencies; without a successor they are closed.
        case agencies([AgencyCode], into: AgencyCode?)
        /// Units of one agency; without a successor they are closed.
        case units([OrgUnitID], into: OrgUnitID?)
    }

    /// Who is merged.
    public var bodies: Bodies
    /// The first day on which the successor acts; the last day of the others is the one before.
    public var day: LocalDate
    /// The decision that orders it: `Nghị quyết 1654/NQ-UBTVQH15`.
    public var basis: String

    /// A merger of these bodies.
    public init(_ bodies: Bodies, from day: LocalDate, basis: String) {
        (self.bodies, self.day, self.basis) = (bodies, day, basis)
    }

    /// The longest name of the decision, in characters.
    public static let basisLimit = 200
    /// The most bodies of one act.
    public static let bodiesLimit = 20

    /// The agencies that end by it; empty for units.
    public var endingAgencies: [AgencyCode] {
        if case .agencies(let codes, _) = bodies { codes } else { [] }
    }

    /// The units that are named as ending; empty for agencies.
    public var endingUnits: [OrgUnitID] {
        if case .units(let ids, _) = bodies { ids } else { [] }
    }
}

/// What becomes of one unit.
public struct UnitPassing: Sendable, Hashable, Codable {
    /// The unit as it is called before.
    public var unit: OrgUnitID
    /// The agency of which it was part.
    public var from: AgencyCode
    /// The agency of which its work is part afterwards.
    public var to: AgencyCode
    /// The unit that takes over its officers and its work; nil where the unit goes over as a whole.
    public var successor: OrgUnitID?
}

/// An officer who comes to another agency or unit.
public struct OfficerPassing: Sendable, Hashable {
    /// As the officer stood before.
    public var officer: Officer
    /// The agency afterwards.
    public var agency: AgencyCode
    /// The unit afterwards.
    public var unit: OrgUnitID
}

/// What a merger changes within the organisation, before it is done.
public struct RestructuringEffects: Sendable, Hashable {
    /// What becomes of the units.
    public var units: [UnitPassing]
    /// The active officers who move.
    public var officers: [OfficerPassing]
    /// The bodies below those that end; they come below the successor.
    public var children: [Agency]
    /// The agencies that end and work by another calendar than the successor.
    public var otherCalendars: [AgencyCode]
}

/// Something that is in flight at bodies or officers, as a service above counts it.
public struct InFlight: Sendable, Hashable {
    /// What it is, in Vietnamese: `Hồ sơ chờ tiếp nhận`.
    public var label: String
    /// How much of it.
    public var count: Int
    /// Whether it needs somebody who takes over: without a successor nothing is closed while there is any.
    public var needsSuccessor: Bool

    /// So much of this.
    public init(_ label: String, _ count: Int, needsSuccessor: Bool) {
        (self.label, self.count, self.needsSuccessor) = (label, count, needsSuccessor)
    }
}

/// Everything that will happen, to be read before it is confirmed.
public struct RestructuringPreview: Sendable {
    /// What is planned.
    public var plan: Restructuring
    /// The version of the organisation under which it was looked at.
    public var version: Int64
    /// Within the organisation.
    public var effects: RestructuringEffects
    /// What the services above have in flight there.
    public var inFlight: [InFlight]
    /// How many of the officers who move have a signing key: their certificates name the old agency.
    public var signingKeys: Int
    /// Whether its day has come, so that it is done at once.
    public var isDue: Bool
}

/// A merger that is to come, or what became of it.
public struct PlannedRestructuring: Sendable, Hashable {
    /// The id of a plan.
    public typealias ID = Identifier<PlannedRestructuring>

    /// Where a plan stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Waits for its day.
        case planned
        /// Was done.
        case done
        /// Was taken back before its day.
        case cancelled
        /// Could not be done on its day: a person has to look.
        case refused
    }

    /// Its id.
    public var id: ID
    /// What is planned.
    public var plan: Restructuring
    /// Where it stands.
    public var state: State
    /// Why it could not be done, in Vietnamese; nil unless refused.
    public var refusal: String?
    /// The officer who planned it.
    public var plannedBy: String
    /// When it was planned.
    public var plannedAt: Instant
}

extension OrganisationSnapshot {
    /// What a merger would change, judged by every rule that can be judged here.
    ///
    /// - Parameters:
    ///   - plan: what is planned.
    ///   - today: the day on which it is judged.
    /// - Returns: what becomes of units, officers and bodies below.
    /// - Throws: `OrganisationError` that names the field and the rule.
    public func effects(
        of plan: Restructuring,
        on today: LocalDate
    ) throws(OrganisationError) -> RestructuringEffects {
        guard !plan.basis.isEmpty, plan.basis.count <= Restructuring.basisLimit else { throw .basisMissing }
        switch plan.bodies {
        case .agencies(let codes, let successor):
            return try effects(of: codes, into: successor, plan.day, today)
        case .units(let ids, let successor): return try effects(of: ids, into: successor, plan.day, today)
        }
    }

    // MARK: - Agencies

    private func effects(
        of codes: [AgencyCode],
        into successor: AgencyCode?,
        _ day: LocalDate,
        _ today: LocalDate
    ) throws(OrganisationError) -> RestructuringEffects {
        guard !codes.isEmpty, codes.count <= Restructuring.bodiesLimit, Set(codes).count == codes.count else {
            throw .bodiesUnsuitable
        }
        var heir: Agency?
        if let successor {
            guard let found = agency(successor) else { throw .unknownAgency(successor) }
            guard found.validTo == nil, found.isValid(on: max(day, today)) else { throw .successorUnfit(found.name) }
            heir = found
        }
        var effects = RestructuringEffects(units: [], officers: [], children: [], otherCalendars: [])
        for code in codes {
            guard let ending = agency(code) else { throw .unknownAgency(code) }
            guard ending.validTo == nil, ending.successor == nil else { throw .alreadyClosed(ending.name) }
            guard ending.validFrom.map({ $0 < day }) ?? true else { throw .dayBeforeBeginning(ending.name) }
            guard let heir else {
                try requireEmpty(ending)
                effects.units += units(of: code).map {
                    UnitPassing(unit: $0.id, from: code, to: code, successor: nil)
                }
                continue
            }
            guard heir.code != code, !isAgency(heir.code, atOrBelow: code) else { throw .successorBelow }
            guard heir.kind == ending.kind, heir.level == ending.level else { throw .successorUnfit(heir.name) }
            try add(ending, into: heir, to: &effects)
        }
        return effects
    }

    /// Without a successor nobody may be left: no officer, no body below.
    private func requireEmpty(_ ending: Agency) throws(OrganisationError) {
        let officers = officers(of: ending.code).count
        let below = agencies(below: ending.code).count { $0.validTo == nil }
        guard officers == 0, below == 0 else { throw .successorMissing(officers: officers, agencies: below) }
    }

    private func add(
        _ ending: Agency,
        into heir: Agency,
        to effects: inout RestructuringEffects
    ) throws(OrganisationError) {
        let targets = units(of: heir.code)
        var places: [OrgUnitID: OrgUnitID] = [:]
        for unit in units(of: ending.code) {
            let taker = Self.taker(of: unit, among: targets)
            places[unit.id] = taker?.id ?? unit.id
            effects.units.append(
                UnitPassing(unit: unit.id, from: ending.code, to: heir.code, successor: taker?.id)
            )
        }
        for officer in officers(of: ending.code) {
            guard let unit = places[officer.unit] ?? targets.first?.id else { throw .successorUnfit(heir.name) }
            effects.officers.append(OfficerPassing(officer: officer, agency: heir.code, unit: unit))
        }
        effects.children += agencies(below: ending.code).filter { $0.validTo == nil }
        if calendar(of: ending.code).version != calendar(of: heir.code).version {
            effects.otherCalendars.append(ending.code)
        }
    }

    /// The unit that takes over from another one: desk from desk, leaders from leaders, offices from offices, and else
    /// the one of the same name; nil where there is none, so that the unit goes over as it is.
    private static func taker(of unit: OrgUnit, among others: [OrgUnit]) -> OrgUnit? {
        if unit.isOneStopDesk { return others.first(where: \.isOneStopDesk) }
        let name = VietnameseText.fold(unit.name)
        let plain = others.filter { !$0.isOneStopDesk }
        if let same = plain.first(where: { VietnameseText.fold($0.name) == name }) { return same }
        for word in ["lanh dao ", "van phong "] where name.hasPrefix(word) {
            return plain.first { VietnameseText.fold($0.name).hasPrefix(word) }
        }
        return nil
    }

    // MARK: - Units

    private func effects(
        of ids: [OrgUnitID],
        into successor: OrgUnitID?,
        _ day: LocalDate,
        _ today: LocalDate
    ) throws(OrganisationError) -> RestructuringEffects {
        guard !ids.isEmpty, ids.count <= Restructuring.bodiesLimit, Set(ids).count == ids.count else {
            throw .bodiesUnsuitable
        }
        var heir: OrgUnit?
        if let successor {
            guard let found = unit(successor) else { throw .unknownUnit(successor) }
            guard !found.isClosed, !ids.contains(successor) else { throw .successorUnfit(found.name) }
            heir = found
        }
        var effects = RestructuringEffects(units: [], officers: [], children: [], otherCalendars: [])
        for id in ids {
            guard let ending = unit(id) else { throw .unknownUnit(id) }
            guard !ending.isClosed else { throw .alreadyClosed(ending.name) }
            guard ending.validFrom.map({ $0 < day }) ?? true else { throw .dayBeforeBeginning(ending.name) }
            if let heir, heir.agency != ending.agency { throw .successorUnfit(heir.name) }
            // The papers of an agency are taken in somewhere.
            if ending.isOneStopDesk, heir?.isOneStopDesk != true { throw .deskNeeded(ending.name) }
            effects.units.append(
                UnitPassing(unit: id, from: ending.agency, to: ending.agency, successor: heir?.id)
            )
            let moving = officers(of: ending.agency).filter { $0.unit == id }
            guard let heir else {
                if !moving.isEmpty { throw .successorMissing(officers: moving.count, agencies: 0) }
                continue
            }
            effects.officers += moving.map {
                OfficerPassing(officer: $0, agency: ending.agency, unit: heir.id)
            }
        }
        return effects
    }

    // MARK: - A new place in the tree

    /// Refuses a body above an agency that would make a circle, is closed, or would stand too deep.
    func requireParent(_ parent: AgencyCode, above code: AgencyCode?) throws(OrganisationError) {
        guard let above = agency(parent) else { throw .unknownAgency(parent) }
        guard above.validTo == nil else { throw .alreadyClosed(above.name) }
        if let code, isAgency(parent, atOrBelow: code) { throw .parentBelow }
        let below = code.map { depth(below: $0) } ?? 0
        guard height(of: parent) + 1 + below < OrganisationSnapshot.deepest else { throw .treeTooDeep }
    }

    /// The most bodies one above the other.
    static let deepest = 8

    private func height(of code: AgencyCode) -> Int {
        var (height, next) = (0, agency(code)?.parent)
        while let current = next, height < OrganisationSnapshot.deepest {
            (height, next) = (height + 1, agency(current)?.parent)
        }
        return height
    }

    private func depth(below code: AgencyCode, limit: Int = OrganisationSnapshot.deepest) -> Int {
        guard limit > 0 else { return 0 }
        return agencies(below: code).map { 1 + depth(below: $0.code, limit: limit - 1) }.max() ?? 0
    }
}
