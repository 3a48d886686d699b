// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import WorkingTime

/// All agencies, units and active or past officers as they stood at one version: a value to ask in memory.
public struct OrganisationSnapshot: Sendable {
    /// Grows with every change.
    public let version: Int64
    /// Every agency, ordered by code.
    public let agencies: [Agency]

    private let byCode: [AgencyCode: Agency]
    private let units: [OrgUnitID: OrgUnit]
    private let unitsByAgency: [AgencyCode: [OrgUnit]]
    private let officers: [OfficerID: Officer]
    /// Every officer, disabled ones too, in no order.
    public var everyOfficer: [Officer] { Array(officers.values) }
    private let officersByAgency: [AgencyCode: [Officer]]
    private let officersByLogin: [String: Officer]
    private let calendars: [String: WorkCalendar]
    private let calendarVersions: [AgencyCode: String]
    private let predecessorsByAgency: [AgencyCode: Set<AgencyCode>]
    private let substitutions: [Substitution]

    init(
        version: Int64,
        agencies: [Agency],
        units: [OrgUnit],
        officers: [Officer],
        calendars: [WorkCalendar],
        calendarVersions: [AgencyCode: String],
        substitutions: [Substitution]
    ) {
        self.version = version
        self.agencies = agencies.sorted { $0.code < $1.code }
        byCode = Dictionary(agencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.units = Dictionary(units.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        unitsByAgency = Dictionary(grouping: units, by: \.agency)
        self.officers = Dictionary(officers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        officersByAgency = Dictionary(grouping: officers, by: \.agency).mapValues { list in
            list.sorted { VietnameseText.namePrecedes($0.fullName, $1.fullName) }
        }
        officersByLogin = Dictionary(officers.map { ($0.loginName, $0) }, uniquingKeysWith: { first, _ in first })
        self.calendars = Dictionary(calendars.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
        self.calendarVersions = calendarVersions
        self.substitutions = substitutions
        predecessorsByAgency = Self.predecessors(among: agencies)
    }

    private static func predecessors(among agencies: [Agency]) -> [AgencyCode: Set<AgencyCode>] {
        let successors = Dictionary(
            agencies.compactMap { agency in agency.successor.map { (agency.code, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
        var found: [AgencyCode: Set<AgencyCode>] = [:]
        for code in successors.keys {
            var (seen, next) = (Set([code]), successors[code])
            while let heir = next, seen.insert(heir).inserted {
                found[heir, default: []].insert(code)
                next = successors[heir]
            }
        }
        return found
    }

    /// The agency of this code; nil when there is none.
    public func agency(_ code: AgencyCode) -> Agency? { byCode[code] }

    /// Agencies of a kind, and of a level and name where these are asked, that exist on this day; ordered by code.
    ///
    /// A name as the law has it finds the body of each place: `Sở Xây dựng` finds `Sở Xây dựng tỉnh An Giang`.
    public func agencies(
        executing kind: AgencyKind,
        at level: AdminLevel? = nil,
        named name: String? = nil,
        on day: LocalDate
    ) -> [Agency] {
        agencies.filter { agency in
            agency.kind == kind && (level == nil || agency.level == level) && agency.isValid(on: day)
                && (name.map(agency.isCalled) ?? true)
        }
    }

    /// The bodies directly below an agency, ordered by code.
    public func agencies(below parent: AgencyCode) -> [Agency] { agencies.filter { $0.parent == parent } }

    /// Whether an agency is this one or stands below it by the chain of parents: what an administrator of `top` may
    /// administer. False for a code that no agency has.
    public func isAgency(_ code: AgencyCode, atOrBelow top: AgencyCode) -> Bool {
        guard byCode[code] != nil else { return false }
        return chain(from: code).contains(top)
    }

    /// An agency and every body below it, ordered by code.
    public func agencies(atOrBelow top: AgencyCode) -> [Agency] {
        agencies.filter { isAgency($0.code, atOrBelow: top) }
    }

    /// An agency and the bodies above it, the nearest first.
    private func chain(from code: AgencyCode) -> [AgencyCode] {
        var chain: [AgencyCode] = []
        var next: AgencyCode? = code
        // Bounded: five levels of government, and a cycle of parents would be a fault of data.
        for _ in 0..<8 {
            guard let current = next else { break }
            chain.append(current)
            next = byCode[current]?.parent
        }
        return chain
    }

    /// The unit of this id; nil when there is none.
    public func unit(_ id: OrgUnitID) -> OrgUnit? { units[id] }

    /// The body that stands above an agency in its letterhead (NĐ 30/2020/NĐ-CP, appendix I: cơ quan chủ quản trực
    /// tiếp).
    ///
    /// The police answer to the police above them, whatever committee they sit with: `parent` says who takes in their
    /// papers and administers them, not who commands them.
    public func superiorName(of agency: Agency) -> String? {
        guard agency.kind == .police else { return agency.parent.flatMap { byCode[$0]?.name } }
        for code in chain(from: agency.code).dropFirst() {
            let above = agencies.first { other in
                other.kind == .police && other.parent == code && other.level != agency.level
            }
            if let above { return above.name }
        }
        return "Bộ Công an"
    }

    /// How people call a unit, or an agency: `Bộ phận Tư pháp - Hộ tịch, Ủy ban nhân dân xã An Phú`.
    public func name(of agency: AgencyCode, unit: OrgUnitID?) -> String {
        let name = byCode[agency]?.name ?? agency.text
        // Leaders are no unit that people name: they are their agency's.
        let part = unit.flatMap { units[$0]?.name }.flatMap { $0.hasPrefix("Lãnh đạo") ? nil : $0 }
        return part.map { "\($0), \(name)" } ?? name
    }

    /// The agencies that an agency took over, those that these had taken over included.
    public func predecessors(of agency: AgencyCode) -> Set<AgencyCode> { predecessorsByAgency[agency] ?? [] }

    /// Who has taken over from an agency by now; the agency itself while nobody has.
    public func successor(of agency: AgencyCode) -> AgencyCode {
        var current = agency
        // Ends: an agency is taken over once, by one that stands then.
        for _ in agencies {
            guard let next = byCode[current]?.successor else { break }
            current = next
        }
        return current
    }

    /// The units of an agency that are not closed, one-stop desks first.
    public func units(of agency: AgencyCode) -> [OrgUnit] { allUnits(of: agency).filter { !$0.isClosed } }

    /// The units of an agency, closed ones too, one-stop desks first.
    public func allUnits(of agency: AgencyCode) -> [OrgUnit] {
        (unitsByAgency[agency] ?? []).sorted { first, second in
            if first.isOneStopDesk != second.isOneStopDesk { return first.isOneStopDesk }
            return VietnameseText.precedes(first.name, second.name)
        }
    }

    /// The one-stop desk where papers of this agency are taken in: its own, else that of the body above; nil when
    /// there is none.
    public func desk(of agency: AgencyCode) -> OrgUnit? {
        var code: AgencyCode? = agency
        // Bounded: five levels of government, and a cycle of parents would be a fault of data.
        for _ in 0..<8 {
            guard let current = code else { return nil }
            if let desk = unitsByAgency[current]?.first(where: { $0.isOneStopDesk && !$0.isClosed }) { return desk }
            code = byCode[current]?.parent
        }
        return nil
    }

    /// The officer of this id, disabled ones too; nil when there is none.
    public func officer(_ id: OfficerID) -> Officer? { officers[id] }

    /// The officer with this name for signing in, disabled ones too; nil when there is none.
    public func officer(loginName: String) -> Officer? { officersByLogin[loginName] }

    /// The active officers of an agency by given name; with a role only those who have it.
    public func officers(of agency: AgencyCode, having role: Role? = nil) -> [Officer] {
        (officersByAgency[agency] ?? []).filter { $0.isActive && (role.map($0.roles.contains) ?? true) }
    }

    /// Active and disabled officers of an agency by given name, for administration.
    public func allOfficers(of agency: AgencyCode) -> [Officer] { officersByAgency[agency] ?? [] }

    /// The substitution of this id, past ones too; nil when there is none.
    public func substitution(_ id: SubstitutionID) -> Substitution? { substitutions.first { $0.id == id } }

    /// Substitutions in which an officer is away or stands in, that are not over on this day; by their first day.
    public func substitutions(with officer: OfficerID, from day: LocalDate) -> [Substitution] {
        substitutions.filter {
            ($0.officer == officer || $0.substitute == officer) && $0.endedAt == nil && $0.lastDay >= day
        }
    }

    /// For whom an officer stands in on this day. Who is not suited any more, or stands in for somebody who left or
    /// lost the role, does not.
    public func standIns(of officer: Officer, on day: LocalDate) -> [StandIn] {
        guard !substitutions.isEmpty else { return [] }
        return substitutions.compactMap { standing in
            guard standing.substitute == officer.id, standing.isInForce(on: day),
                let away = officers[standing.officer], away.isActive, away.roles.contains(standing.role),
                Substitution.suits(officer, for: away, in: standing.role)
            else { return nil }
            return StandIn(id: standing.id, officer: standing.officer, role: standing.role)
        }
    }

    /// The working calendar of an agency: its own, else that of the body above, else the built-in one.
    public func calendar(of agency: AgencyCode) -> WorkCalendar {
        var code: AgencyCode? = agency
        for _ in 0..<8 {
            guard let current = code else { break }
            if let version = calendarVersions[current], let calendar = calendars[version] { return calendar }
            code = byCode[current]?.parent
        }
        return .standard
    }

    /// The agency and the bodies below it that work by its calendar: none between has one of its own.
    public func agencies(byCalendarOf top: AgencyCode) -> [Agency] {
        agencies(atOrBelow: top).filter { agency in
            let between = chain(from: agency.code).prefix { $0 != top }
            return agency.validTo == nil && between.allSatisfy { calendarVersions[$0] == nil }
        }
    }

    /// The calendar that was kept under a version; nil when it is not known.
    public func calendar(version: String) -> WorkCalendar? {
        calendars[version] ?? (version == WorkCalendar.builtInVersion ? .standard : nil)
    }
}
