// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
public import Storage

/// An agency with nobody above it and its first unit: with these an installation begins.
public struct Founding: Sendable {
    /// The agency; nobody stands above it.
    public internal(set) var agency: Agency
    /// The unit in which its first officer works.
    public internal(set) var unit: OrgUnit
}

extension OrganisationService {
    /// What would be founded, its names checked and tidied.
    ///
    /// - Throws: `OrganisationError.bodyNameMissing`, `.codeUnsuitable`.
    public func founding(_ new: NewAgency, unitNamed unitName: String) throws -> Founding {
        guard let code = AgencyCode(new.code) else { throw OrganisationError.codeUnsuitable(new.code) }
        let agency = Agency(
            code: code,
            name: try Self.name(new.name),
            kind: new.kind,
            level: new.level,
            parent: nil,
            territory: nil,
            place: try Self.name(new.place),
            validFrom: new.validFrom
        )
        let unit = OrgUnit(
            id: OrgUnitID(random),
            agency: code,
            name: try Self.name(unitName),
            isOneStopDesk: false,
            validFrom: new.validFrom ?? clock.today
        )
        return Founding(agency: agency, unit: unit)
    }

    /// Adds the agency and its unit, inside the caller's journalled transaction.
    ///
    /// - Throws: `OrganisationError.codeUnsuitable` where the code is taken, `.sampleMixed` where sample data stand.
    public func found(_ new: Founding, by author: ActorStamp, at now: Instant, in transaction: Transaction) throws {
        guard try sampleData(in: transaction) == nil else { throw OrganisationError.sampleMixed }
        guard try AgencyTable.insert(new.agency, in: transaction) else {
            throw OrganisationError.codeUnsuitable(new.agency.code.text)
        }
        try AgencyTable.insert(new.unit, in: transaction)
        let (code, unit) = (new.agency.code, new.unit)
        try append(.agencyAdded(code, parent: nil, name: new.agency.name), by: author, at: now, in: transaction)
        try append(.unitAdded(unit.id, agency: code, name: unit.name), by: author, at: now, in: transaction)
        try VersionTable.advance(in: transaction)
    }

    /// Adds an officer inside the caller's journalled transaction.
    ///
    /// - Throws: as `createOfficer(_:by:)`.
    public func createOfficer(
        _ new: NewOfficer,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws -> Officer {
        let officer = try new.officer(id: OfficerID(random))
        try requirePlace(officer.agency, officer.unit, in: transaction)
        guard try OfficerTable.insert(officer, at: now, in: transaction) else {
            throw OrganisationError.loginNameTaken(officer.loginName)
        }
        let event = OrganisationEvent.officerCreated(officer.id, agency: officer.agency, roles: officer.roles)
        try append(event, officer, by: author, at: now, in: transaction)
        try VersionTable.advance(in: transaction)
        return officer
    }

    // MARK: - Sample data

    /// When and by what sample data were loaded, as the journal tells; nil in a real province.
    public func sampleData() async throws -> SampleOrigin? {
        try await store.read { try self.sampleData(in: $0) }
    }

    func sampleData(in transaction: Transaction) throws -> SampleOrigin? {
        for top in try AgencyTable.all(in: transaction) where top.parent == nil {
            let events = try log.events(of: "agency", id: top.code.text, in: transaction)
            guard let loaded = events.first(where: { $0.entry.kind == "sampleLoaded" }) else { continue }
            return SampleOrigin(province: top.code, loadedAt: loaded.entry.at, by: loaded.entry.actor.id)
        }
        return nil
    }
}

/// Where sample data came from.
public struct SampleOrigin: Sendable, Hashable {
    /// The province that never was.
    public var province: AgencyCode
    /// When it was loaded; a generated past begins with it.
    public var loadedAt: Instant
    /// The command that did it: `demo` or `sample`.
    public var by: String
}

extension OrganisationService {
    /// Adds the agencies of a list with their one-stop desks, all of them or none; those that are there stay.
    ///
    /// - Returns: how many were added, and how many stood there under the same name.
    /// - Throws: `AgencyListError` naming the line.
    public func add(_ list: AgencyList, by author: ActorStamp) async throws -> (added: Int, present: Int) {
        let now = clock.now()
        return try await store.journalled { [self] transaction in
            var present = 0
            for entry in list.entries {
                do {
                    if try !add(entry, by: author, at: now, in: transaction) { present += 1 }
                } catch let error as OrganisationError {
                    throw AgencyListError(line: entry.line, error.publicDetail ?? error.code)
                }
            }
            if present < list.entries.count { try VersionTable.advance(in: transaction) }
            return (list.entries.count - present, present)
        }
    }

    /// - Returns: false when it stands there already.
    private func add(
        _ entry: AgencyList.Entry,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws -> Bool {
        var made = try founding(entry.agency, unitNamed: entry.desk ?? entry.agency.name)
        if let known = try AgencyTable.find(made.agency.code, in: transaction) {
            guard known.name == made.agency.name else { throw OrganisationError.codeUnsuitable(known.code.text) }
            return false
        }
        guard made.agency.code.text.hasPrefix("\(entry.parent.text).") else {
            throw OrganisationError.codeUnsuitable(made.agency.code.text)
        }
        try standing(in: transaction).requireParent(entry.parent, above: nil)
        made.agency.parent = entry.parent
        guard try AgencyTable.insert(made.agency, in: transaction) else {
            throw OrganisationError.codeUnsuitable(made.agency.code.text)
        }
        let (code, name) = (made.agency.code, made.agency.name)
        try append(.agencyAdded(code, parent: entry.parent, name: name), by: author, at: now, in: transaction)
        guard entry.desk != nil else { return true }
        made.unit.isOneStopDesk = true
        try AgencyTable.insert(made.unit, in: transaction)
        try append(.unitAdded(made.unit.id, agency: code, name: made.unit.name), by: author, at: now, in: transaction)
        return true
    }
}
