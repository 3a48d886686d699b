// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
public import Storage

/// What an administrator says of an agency to be added.
public struct NewAgency: Sendable {
    /// The code; it begins with that of the body above.
    public var code: String
    /// The full name.
    public var name: String
    /// What kind of body it is.
    public var kind: AgencyKind
    /// The level of government.
    public var level: AdminLevel
    /// The place named in dates of its documents.
    public var place: String
    /// The first day.
    public var validFrom: LocalDate?

    /// An agency to be added.
    public init(
        code: String,
        name: String,
        kind: AgencyKind,
        level: AdminLevel,
        place: String,
        validFrom: LocalDate?
    ) {
        (self.code, self.name, self.kind, self.level) = (code, name, kind, level)
        (self.place, self.validFrom) = (place, validFrom)
    }
}

extension OrganisationService {
    /// Adds an agency below another one.
    ///
    /// - Throws: `OrganisationError.bodyNameMissing`, `.codeUnsuitable`, `.unknownAgency`, `.alreadyClosed`,
    ///   `.treeTooDeep`.
    @discardableResult
    public func addAgency(_ new: NewAgency, below parent: AgencyCode, by author: ActorStamp) async throws -> Agency {
        let (name, place) = (try Self.name(new.name), try Self.name(new.place))
        guard let code = AgencyCode(new.code), code.text.hasPrefix("\(parent.text).") else {
            throw OrganisationError.codeUnsuitable(new.code)
        }
        let agency = Agency(
            code: code,
            name: name,
            kind: new.kind,
            level: new.level,
            parent: parent,
            territory: nil,
            place: place,
            validFrom: new.validFrom
        )
        try await changing(by: author) { service, transaction in
            try service.standing(in: transaction).requireParent(parent, above: nil)
            guard try AgencyTable.insert(agency, in: transaction) else {
                throw OrganisationError.codeUnsuitable(new.code)
            }
            return .agencyAdded(code, parent: parent, name: name)
        }
        return agency
    }

    /// Calls an agency otherwise, or puts it below another body; what it had keeps its code.
    ///
    /// - Parameters:
    ///   - code: which agency.
    ///   - name: the name from now on.
    ///   - parent: the body above from now on; nil for the top alone.
    ///   - version: the version of the organisation that the page showed.
    ///   - author: the administrator.
    /// - Throws: `OrganisationError.changedMeanwhile`, `.bodyNameMissing`, `.unknownAgency`, `.alreadyClosed`,
    ///   `.parentBelow`, `.treeTooDeep`.
    public func change(
        _ code: AgencyCode,
        name: String,
        parent: AgencyCode?,
        seen version: Int64,
        by author: ActorStamp
    ) async throws {
        let name = try Self.name(name)
        try await changing(seen: version, by: author) { service, transaction in
            guard var agency = try AgencyTable.find(code, in: transaction) else {
                throw OrganisationError.unknownAgency(code)
            }
            guard agency.validTo == nil else { throw OrganisationError.alreadyClosed(agency.name) }
            if parent != agency.parent {
                guard let parent, agency.parent != nil else { throw OrganisationError.parentBelow }
                try service.standing(in: transaction).requireParent(parent, above: code)
            }
            (agency.name, agency.parent) = (name, parent)
            try AgencyTable.update(agency, in: transaction)
            return .agencyChanged(code, name: name, parent: parent)
        }
    }

    /// Adds a unit to an agency.
    ///
    /// - Throws: `OrganisationError.bodyNameMissing`, `.unknownAgency`, `.alreadyClosed`.
    @discardableResult
    public func addUnit(
        named name: String,
        isOneStopDesk: Bool,
        to code: AgencyCode,
        by author: ActorStamp
    ) async throws -> OrgUnit {
        let unit = OrgUnit(
            id: OrgUnitID(random),
            agency: code,
            name: try Self.name(name),
            isOneStopDesk: isOneStopDesk,
            validFrom: clock.today
        )
        try await changing(by: author) { _, transaction in
            guard let agency = try AgencyTable.find(code, in: transaction) else {
                throw OrganisationError.unknownAgency(code)
            }
            guard agency.validTo == nil else { throw OrganisationError.alreadyClosed(agency.name) }
            try AgencyTable.insert(unit, in: transaction)
            return .unitAdded(unit.id, agency: code, name: unit.name)
        }
        return unit
    }

    /// Calls a unit otherwise.
    ///
    /// - Throws: `OrganisationError.changedMeanwhile`, `.bodyNameMissing`, `.unknownUnit`, `.alreadyClosed`.
    public func rename(
        _ id: OrgUnitID,
        to name: String,
        seen version: Int64,
        by author: ActorStamp
    ) async throws {
        let name = try Self.name(name)
        try await changing(seen: version, by: author) { _, transaction in
            guard var unit = try AgencyTable.unit(id, in: transaction) else { throw OrganisationError.unknownUnit(id) }
            guard !unit.isClosed else { throw OrganisationError.alreadyClosed(unit.name) }
            unit.name = name
            try AgencyTable.update(unit, in: transaction)
            return .unitRenamed(id, agency: unit.agency, name: name)
        }
    }

    /// Lets an officer work at another place, inside the caller's journalled transaction; her sessions end.
    ///
    /// - Throws: `OrganisationError.unknownOfficer`, `.alreadyDisabled`, `.ownAccount`, `.unknownAgency`,
    ///   `.unknownUnit`, `.alreadyClosed`, `.lastAdministrator`.
    public func moveOfficer(
        _ id: OfficerID,
        to place: OfficerPlace,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let officer = try active(id, changedBy: author, in: transaction)
        try requirePlace(place.agency, place.unit, in: transaction)
        if officer.agency != place.agency { try requireAnotherAdministrator(than: officer, in: transaction) }
        try OfficerTable.move(id, to: place.agency, unit: place.unit, in: transaction)
        let from = OfficerPlace(agency: officer.agency, unit: officer.unit)
        try append(.officerMoved(id, from: from, to: place), by: author, at: now, in: transaction)
        try VersionTable.advance(in: transaction)
    }

    // MARK: - Inside

    /// One act on one body: the rows, the event, the version.
    private func changing(
        seen version: Int64? = nil,
        by author: ActorStamp,
        _ work: @escaping @Sendable (OrganisationService, Transaction) throws -> OrganisationEvent
    ) async throws {
        let now = clock.now()
        try await store.journalled { [self] transaction in
            if let version, try VersionTable.current(in: transaction) != version {
                throw OrganisationError.changedMeanwhile
            }
            try append(try work(self, transaction), by: author, at: now, in: transaction)
            try VersionTable.advance(in: transaction)
        }
    }

    static func name(_ text: String) throws -> String {
        let name = VietnameseText.tidy(text)
        guard !name.isEmpty, name.count <= nameLimit else { throw OrganisationError.bodyNameMissing }
        return name
    }
}
