// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The level of government at which an agency stands. There is no district since 1 July 2025.
public enum AdminLevel: String, Sendable, Hashable, CaseIterable, Codable {
    case ministry, province, district, commune
}

/// What kind of body an agency is; a procedure names the kinds that execute it.
public enum AgencyKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Ủy ban nhân dân.
    case peoplesCommittee
    /// Sở.
    case department
    /// Công an.
    case police
}

/// A state body with its own code (standards.md §17), valid between two days.
public struct Agency: Sendable, Hashable {
    /// The code in the form of QĐ 20/2020.
    public var code: AgencyCode
    /// The full name: `Ủy ban nhân dân xã An Phú`.
    public var name: String
    /// What kind of body it is.
    public var kind: AgencyKind
    /// The level of government.
    public var level: AdminLevel
    /// The body above; nil for the province.
    public var parent: AgencyCode?
    /// The code of the administrative unit that it serves (General Statistics Office), where it serves one.
    public var territory: String?
    /// The place named in dates of its documents: `An Phú`.
    public var place: String
    /// First day; nil = since before the data begin.
    public var validFrom: LocalDate?
    /// Last day; nil = still valid.
    public var validTo: LocalDate?
    /// The body that took over, after a merger.
    public var successor: AgencyCode?

    /// An agency of these facts.
    public init(
        code: AgencyCode,
        name: String,
        kind: AgencyKind,
        level: AdminLevel,
        parent: AgencyCode?,
        territory: String?,
        place: String,
        validFrom: LocalDate? = nil,
        validTo: LocalDate? = nil,
        successor: AgencyCode? = nil
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.level = level
        self.parent = parent
        self.territory = territory
        self.place = place
        self.validFrom = validFrom
        self.validTo = validTo
        self.successor = successor
    }

    /// Whether the agency exists on this day.
    public func isValid(on day: LocalDate) -> Bool {
        if let first = validFrom, day < first { return false }
        if let last = validTo, last < day { return false }
        return true
    }

    /// Whether this is the body that the law calls so: `Sở Xây dựng` with or without its province behind it.
    func isCalled(_ name: String) -> Bool {
        self.name == name || ["tỉnh", "thành phố"].contains { self.name.hasPrefix("\(name) \($0) ") }
    }
}

/// The id of a unit.
public typealias OrgUnitID = Identifier<OrgUnit>

/// A part of an agency: an office, a division, the one-stop desk.
public struct OrgUnit: Sendable, Hashable {
    /// Its id.
    public var id: OrgUnitID
    /// The agency that it is part of.
    public var agency: AgencyCode
    /// `Trung tâm Phục vụ hành chính công`, `Phòng Tư pháp - Hộ tịch` …
    public var name: String
    /// Whether papers are taken in and results given out here.
    public var isOneStopDesk: Bool
    /// First day; nil = since before the data begin.
    public var validFrom: LocalDate?
    /// Last day; nil = still valid.
    public var validTo: LocalDate?
    /// The unit that took over, after a merger.
    public var successor: OrgUnitID?

    /// A unit of these facts.
    public init(
        id: OrgUnitID,
        agency: AgencyCode,
        name: String,
        isOneStopDesk: Bool,
        validFrom: LocalDate? = nil,
        validTo: LocalDate? = nil,
        successor: OrgUnitID? = nil
    ) {
        self.id = id
        self.agency = agency
        self.name = name
        self.isOneStopDesk = isOneStopDesk
        self.validFrom = validFrom
        self.validTo = validTo
        self.successor = successor
    }

    /// Whether the unit was closed or absorbed.
    public var isClosed: Bool { validTo != nil }
}

/// The id of an officer.
public typealias OfficerID = Identifier<Officer>

/// A person who acts for an agency.
public struct Officer: Sendable, Hashable {
    /// Its id.
    public var id: OfficerID
    /// The name for signing in: lower case, unique.
    public var loginName: String
    /// The agency that the officer acts for.
    public var agency: AgencyCode
    /// The unit where the officer works.
    public var unit: OrgUnitID
    /// `Nguyễn Thị Hoa`.
    public var fullName: String
    /// `Chủ tịch`, `Công chức Tư pháp - Hộ tịch` …
    public var position: String
    /// Where notices to the officer go; nil when there is none.
    public var email: String?
    /// What the officer may be.
    public var roles: Set<Role>
    /// False once disabled; a disabled officer has no session.
    public var isActive: Bool

    /// An officer of these facts.
    public init(
        id: OfficerID,
        loginName: String,
        agency: AgencyCode,
        unit: OrgUnitID,
        fullName: String,
        position: String,
        email: String?,
        roles: Set<Role>,
        isActive: Bool = true
    ) {
        self.id = id
        self.loginName = loginName
        self.agency = agency
        self.unit = unit
        self.fullName = fullName
        self.position = position
        self.email = email
        self.roles = roles
        self.isActive = isActive
    }
}
