// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
public import Storage
import Synchronization
public import WorkingTime

/// Agencies, units, officers and their calendars.
///
/// Reading goes through one snapshot in memory, which every call compares with the version in the store: a change on
/// another node is seen by the next call.
public final class OrganisationService: Sendable {
    let store: any Store
    let log: TransparencyLog
    let clock: Clock
    let random: RandomSource
    private let projectors: [OrganisationProjector]
    let counters: [InFlightCounter]
    let hasSigningKey: @Sendable (Officer) -> Bool
    private let kept = Mutex<OrganisationSnapshot?>(nil)

    /// The longest full name, position or unit name in characters.
    public static let nameLimit = 200

    /// The service over a store whose migrations have run.
    ///
    /// - Parameters:
    ///   - store: where it is kept.
    ///   - log: the journal.
    ///   - clock: the time.
    ///   - random: for new ids.
    ///   - projectors: what services above do in the same transaction, in this order.
    ///   - counters: what services above have in flight at those who end or move.
    ///   - hasSigningKey: whether an officer has a signing key of her own, wherever keys are kept.
    public init(
        store: any Store,
        log: TransparencyLog,
        clock: Clock,
        random: RandomSource,
        projectors: [OrganisationProjector] = [],
        counters: [InFlightCounter] = [],
        hasSigningKey: @escaping @Sendable (Officer) -> Bool = { _ in false }
    ) {
        self.store = store
        self.log = log
        self.clock = clock
        self.random = random
        self.projectors = projectors
        self.counters = counters
        self.hasSigningKey = hasSigningKey
    }

    // MARK: - Reading

    /// Everything as it stands now, to be asked several questions in memory.
    public func snapshot() async throws -> OrganisationSnapshot {
        try await store.read { try self.snapshot(in: $0) }
    }

    /// The version of the organisation as a column of somebody else's statement: who reads anyway learns it for
    /// nothing.
    public static let versionColumn: Statement =
        "(SELECT version FROM organisation_version WHERE id = 1) AS organisation_version"

    /// Everything as it stands now, within a transaction that only reads.
    ///
    /// - Parameters:
    ///   - transaction: never one that writes: what it may undo would be kept.
    ///   - version: what `versionColumn` said in this transaction; asked for when not given.
    /// - Returns: the one that is kept, while its version is the present one.
    /// - Throws: `StoreError`.
    public func snapshot(in transaction: Transaction, version: Int64? = nil) throws -> OrganisationSnapshot {
        let version = try version ?? VersionTable.current(in: transaction)
        if let known = kept.withLock({ $0 }), known.version == version { return known }
        let fresh = OrganisationSnapshot(
            version: version,
            agencies: try AgencyTable.all(in: transaction),
            units: try AgencyTable.units(in: transaction),
            officers: try OfficerTable.all(in: transaction),
            calendars: try CalendarTable.all(in: transaction),
            calendarVersions: try AgencyTable.calendarVersions(in: transaction),
            substitutions: try SubstitutionTable.all(in: transaction)
        )
        kept.withLock { if ($0?.version ?? -1) < version { $0 = fresh } }
        return fresh
    }

    /// The snapshot of the last call, for those who are asked inside a transaction; nil before the first.
    public var lastSnapshot: OrganisationSnapshot? { kept.withLock { $0 } }

    /// The agency of this code; nil when there is none.
    public func agency(_ code: AgencyCode) async throws -> Agency? { try await snapshot().agency(code) }

    /// Agencies of a kind that exist on a day, today without one; of one level and name where these are asked;
    /// ordered by code.
    public func agencies(
        executing kind: AgencyKind,
        at level: AdminLevel? = nil,
        named name: String? = nil,
        on day: LocalDate? = nil
    ) async throws -> [Agency] {
        try await snapshot().agencies(executing: kind, at: level, named: name, on: day ?? clock.today)
    }

    /// The officer of this id, disabled ones too; nil when there is none.
    public func officer(_ id: OfficerID) async throws -> Officer? { try await snapshot().officer(id) }

    /// The officer for whom somebody stands in; nil where nobody is.
    public func officer(of standIn: StandIn?) async throws -> Officer? {
        guard let standIn else { return nil }
        return try await snapshot().officer(standIn.officer)
    }

    /// The officer with this name for signing in, disabled ones too; nil when there is none.
    public func officer(loginName: String) async throws -> Officer? {
        try await snapshot().officer(loginName: loginName)
    }

    /// The active officers of an agency by given name; with a role only those who have it.
    public func officers(of agency: AgencyCode, having role: Role? = nil) async throws -> [Officer] {
        try await snapshot().officers(of: agency, having: role)
    }

    /// The working calendar of an agency.
    public func calendar(of agency: AgencyCode) async throws -> WorkCalendar {
        try await snapshot().calendar(of: agency)
    }

    /// Whether sample data stand here, as the journal tells: the demonstration is no real province.
    public func hasSampleData() async throws -> Bool { try await sampleData() != nil }

    /// The officer of this id within the caller's transaction; nil when there is none.
    public func officer(_ id: OfficerID, in transaction: Transaction) throws -> Officer? {
        try OfficerTable.find(id, in: transaction)
    }

    /// The agency of this code within the caller's transaction; nil when there is none.
    public func agency(_ code: AgencyCode, in transaction: Transaction) throws -> Agency? {
        try AgencyTable.find(code, in: transaction)
    }

    // MARK: - Commands

    /// Loads a sample province; what is there already stays as it is.
    ///
    /// - Returns: how many agencies were added; 0 when all were there.
    /// - Throws: `OrganisationError.sampleMixed` where agencies of a real province stand.
    @discardableResult
    public func load(_ sample: SampleProvince, by author: ActorStamp) async throws -> Int {
        let now = clock.now()
        return try await store.journalled { [self] transaction in
            let isEmpty = try AgencyTable.all(in: transaction).isEmpty
            guard try isEmpty || sampleData(in: transaction) != nil else { throw OrganisationError.sampleMixed }
            var events: [(OrganisationEvent, Officer?)] = []
            let added = try sample.agencies.count { try AgencyTable.insert($0, in: transaction) }
            for unit in sample.units { try AgencyTable.insert(unit, in: transaction) }
            for officer in sample.officers where try OfficerTable.insert(officer, at: now, in: transaction) {
                events.append((.officerCreated(officer.id, agency: officer.agency, roles: officer.roles), officer))
            }
            guard added > 0 || !events.isEmpty else { return 0 }
            let loaded = OrganisationEvent.sampleLoaded(
                province: sample.province,
                agencies: added,
                officers: events.count
            )
            events.insert((loaded, nil), at: 0)
            for (event, officer) in events { try append(event, officer, by: author, at: now, in: transaction) }
            try VersionTable.advance(in: transaction)
            return added
        }
    }

    /// Adds an officer.
    ///
    /// - Throws: `OrganisationError.loginNameMalformed`, `.loginNameTaken`, `.nameMissing`, `.emailMalformed`,
    ///   `.rolesMissing`, `.unknownAgency`, `.unknownUnit`.
    public func createOfficer(_ new: NewOfficer, by author: ActorStamp) async throws -> Officer {
        let now = clock.now()
        return try await store.journalled { try self.createOfficer(new, by: author, at: now, in: $0) }
    }

    /// Disables an officer; the sessions end in the same transaction, by the projector of the service above.
    ///
    /// - Throws: `OrganisationError.unknownOfficer`, `.alreadyDisabled`, `.ownAccount`, `.lastAdministrator`.
    public func disableOfficer(_ id: OfficerID, by author: ActorStamp) async throws {
        let now = clock.now()
        try await store.journalled { try self.disableOfficer(id, by: author, at: now, in: $0) }
    }

    /// An officer at work, whom somebody else changes.
    func active(_ id: OfficerID, changedBy author: ActorStamp, in transaction: Transaction) throws -> Officer {
        guard author.kind != .officer || author.id != id.rawValue else { throw OrganisationError.ownAccount }
        guard let officer = try OfficerTable.find(id, in: transaction) else {
            throw OrganisationError.unknownOfficer(id)
        }
        guard officer.isActive else { throw OrganisationError.alreadyDisabled(id) }
        return officer
    }

    /// As `disableOfficer(_:by:)`, inside the caller's journalled transaction.
    public func disableOfficer(
        _ id: OfficerID,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let officer = try active(id, changedBy: author, in: transaction)
        try requireAnotherAdministrator(than: officer, in: transaction)
        try OfficerTable.disable(id, at: now, in: transaction)
        let event = OrganisationEvent.officerDisabled(id, agency: officer.agency)
        try append(event, nil, by: author, at: now, in: transaction)
        try VersionTable.advance(in: transaction)
    }

    /// Changes what an officer may be.
    ///
    /// - Throws: `OrganisationError.unknownOfficer`, `.alreadyDisabled`, `.rolesMissing`, `.lastAdministrator`.
    public func setRoles(_ roles: Set<Role>, of id: OfficerID, by author: ActorStamp) async throws {
        guard !roles.isEmpty else { throw OrganisationError.rolesMissing }
        let now = clock.now()
        try await store.journalled { [self] transaction in
            guard let officer = try OfficerTable.find(id, in: transaction) else {
                throw OrganisationError.unknownOfficer(id)
            }
            guard officer.isActive else { throw OrganisationError.alreadyDisabled(id) }
            if !roles.contains(.administrator) { try requireAnotherAdministrator(than: officer, in: transaction) }
            try OfficerTable.setRoles(roles, of: id, in: transaction)
            let event = OrganisationEvent.rolesChanged(id, agency: officer.agency, roles: roles)
            try append(event, nil, by: author, at: now, in: transaction)
            try VersionTable.advance(in: transaction)
        }
    }

    /// Lets an agency, and the bodies below it that have none of their own, work by this calendar.
    ///
    /// - Throws: `OrganisationError.unknownAgency`, `.calendarChanged`.
    public func setCalendar(_ calendar: WorkCalendar, of agency: AgencyCode, by author: ActorStamp) async throws {
        let now = clock.now()
        try await store.journalled { [self] transaction in
            guard try CalendarTable.keep(calendar, at: now, in: transaction) else {
                throw OrganisationError.calendarChanged(version: calendar.version)
            }
            guard try AgencyTable.setCalendar(calendar.version, of: agency, in: transaction) == 1 else {
                throw OrganisationError.unknownAgency(agency)
            }
            let event = OrganisationEvent.calendarSet(agency, version: calendar.version)
            try append(event, nil, by: author, at: now, in: transaction)
            try VersionTable.advance(in: transaction)
        }
    }

    // MARK: - Inside

    /// Refuses a place that is none, or not any more.
    func requirePlace(_ agency: AgencyCode, _ unit: OrgUnitID, in transaction: Transaction) throws {
        guard let place = try AgencyTable.find(agency, in: transaction) else {
            throw OrganisationError.unknownAgency(agency)
        }
        guard place.validTo == nil else { throw OrganisationError.alreadyClosed(place.name) }
        guard let part = try AgencyTable.unit(unit, in: transaction), part.agency == agency, !part.isClosed else {
            throw OrganisationError.unknownUnit(unit)
        }
    }

    /// Refuses to take away the last administrator of an agency: one must remain there or at a body above it.
    func requireAnotherAdministrator(than officer: Officer, in transaction: Transaction) throws {
        guard officer.roles.contains(.administrator) else { return }
        var places: Set<AgencyCode> = []
        var code: AgencyCode? = officer.agency
        while let current = code, places.insert(current).inserted {  // ends: each agency enters once
            code = try AgencyTable.find(current, in: transaction)?.parent
        }
        let remains = try OfficerTable.all(in: transaction).contains { other in
            other.id != officer.id && other.isActive && other.roles.contains(.administrator)
                && places.contains(other.agency)
        }
        guard remains else { throw OrganisationError.lastAdministrator }
    }

    func append(
        _ event: OrganisationEvent,
        _ officer: Officer? = nil,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let entry = JournalEntry(
            at: now,
            service: "organisation",
            kind: event.kind,
            objectType: event.object.type,
            objectID: event.object.id,
            actor: author,
            facts: try event.facts(),
            personal: event.reason.map { ["reason": .string($0)] }
                ?? officer.map { ["fullName": .string($0.fullName), "loginName": .string($0.loginName)] }
        )
        // The moment that the journal stored is never before that of the event before it.
        let moment = try log.append(entry, in: transaction).at
        let change = OrganisationChange(event: event, at: moment, author: author)
        for project in projectors { try project(change, transaction) }
    }
}
