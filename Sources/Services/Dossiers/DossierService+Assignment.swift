// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Kernel
public import Organisation
public import Storage

extension DossierService {
    /// Gives the work on a dossier to an officer, or back to the pile of the unit, inside the caller's transaction.
    ///
    /// - Parameters:
    ///   - id: which dossier.
    ///   - officer: who works on it from now on, with the unit where she does; nil for the unit alone.
    ///   - unit: the unit whose pile it goes to where there is no officer; nil for the unit that has it, else the
    ///     actor's.
    ///   - reason: why; needed where it is taken from a named officer.
    ///   - version: the version that the page showed; nil where there was no page.
    ///   - actor: the head of the unit, or an administrator of the agency or of one above.
    ///   - now: the moment.
    ///   - transaction: a journalled transaction.
    /// - Returns: the dossier after it.
    /// - Throws: `DossierRefusal.notFound`, `.notAllowed`, `.notPossible`, `.assigneeUnsuitable`, `.assigneeSame`,
    ///   `.reasonMissing`, `.reasonTooLong`, `.changedMeanwhile`; `StoreError`.
    @discardableResult
    public func reassign(
        _ id: DossierID,
        to officer: OfficerID?,
        unit: OrgUnitID? = nil,
        reason: String?,
        seen version: Int? = nil,
        by actor: Actor,
        at now: Instant,
        in transaction: Transaction
    ) throws -> DossierState {
        try writer.change(id, seen: version, .assigning, by: actor, at: now, in: transaction) { [organisation] state in
            guard DossierPolicies.unitWork.allows(actor, state) || actor.roles.contains(.administrator) else {
                throw DossierRefusal.notAllowed(.assign)
            }
            guard let officer else { return .assign(to: nil, unit: unit ?? state.unit ?? actor.unit, reason: reason) }
            guard let chosen = try organisation.officer(officer, in: transaction),
                DossierPolicies.mayBeAssigned(chosen, state, by: actor)
            else { throw DossierRefusal.assigneeUnsuitable }
            return .assign(to: officer, unit: chosen.unit, reason: reason)
        }.after
    }
}

/// What lies with one officer of a unit.
public struct OfficerLoad: Sendable, Hashable {
    /// How many open dossiers.
    public var open = 0
    /// How many of them are past their promised date.
    public var overdue = 0

    /// A load of these counts.
    public init(open: Int = 0, overdue: Int = 0) { (self.open, self.overdue) = (open, overdue) }
}

/// What lies with a unit: with its officers by name, and with nobody yet.
public struct UnitWork: Sendable {
    public var rows: Page<WorkListRow>
    public var loads: [OfficerID: OfficerLoad]
    public var unassigned: OfficerLoad
}

/// One of several dossiers to be assigned at once, as the list showed it.
public struct PickedWork: Sendable, Hashable {
    public var code: DossierCode
    public var version: Int

    /// A dossier at the version that was seen.
    public init(code: DossierCode, version: Int) { (self.code, self.version) = (code, version) }
}

/// To whom several dossiers go.
public enum AssignmentWay: Sendable, Hashable {
    case officer(OfficerID)
    /// To the pile of the unit.
    case unit
    /// Each to whoever has least, so that the counts of these come out even.
    case evenly([OfficerID])
}

extension DossierService {
    /// As many dossiers as are assigned in one go.
    public static let assignmentLimit = 100

    /// The piles of work that a unit holds: a one-stop desk takes in and gives out, others examine.
    private static func queues(isDesk: Bool) -> [WorkQueue] {
        isDesk ? [.intake, .unpaid, .delivery] : [.examination, .signing, .applicant]
    }

    /// The open dossiers of the actor's unit and of nobody's yet, the most urgent first, and what each officer has.
    ///
    /// - Parameters:
    ///   - actor: the head of the unit; an empty list for everybody else.
    ///   - isDesk: whether the unit is a one-stop desk.
    ///   - after: where the last page ended.
    ///   - limit: rows, at most 100.
    /// - Returns: the rows, where the next page begins, and the loads.
    /// - Throws: `StoreError`.
    public func unitWork(
        of actor: Actor,
        isDesk: Bool,
        after: Keyset? = nil,
        limit: Int = 50
    ) async throws -> UnitWork {
        let (size, queues, now) = (min(max(limit, 1), 100), Self.queues(isDesk: isDesk), clock.now())
        let (rows, counted) = try await store.read { transaction in
            (
                try WorkListTable.rows(
                    actor,
                    queues,
                    search: "",
                    after: after,
                    limit: size + 1,
                    within: DossierPolicies.unitWork,
                    in: transaction
                ),
                try WorkListTable.loads(actor, queues, at: now, in: transaction)
            )
        }
        let named = named(rows.prefix(size))
        let next = rows.count > size ? named.last.map(WorkListTable.keyset) : nil
        let told = try await noteList(named, isSearch: false, by: actor)
        return UnitWork(
            rows: Page(items: told, next: next),
            loads: Dictionary(uniqueKeysWithValues: counted.named()),
            unassigned: counted[nil] ?? OfficerLoad()
        )
    }

    /// Assigns several dossiers, each by an act of its own: one that cannot be assigned stops no other.
    ///
    /// - Parameters:
    ///   - picked: which, at most `assignmentLimit`.
    ///   - way: to whom.
    ///   - reason: why; needed for those that are taken from a named officer.
    ///   - actor: the head of the unit.
    /// - Returns: why some were left out, by code.
    /// - Throws: `StoreError`.
    public func assign(
        _ picked: [PickedWork],
        _ way: AssignmentWay,
        reason: String?,
        by actor: Actor
    ) async throws -> [DossierCode: DossierRefusal] {
        var (failures, counts): ([DossierCode: DossierRefusal], [OfficerID: Int]) = ([:], [:])
        if case .evenly = way {
            counts = try await store.read { try WorkListTable.openCounts(of: actor.agency, in: $0) }
        }
        for one in picked.prefix(Self.assignmentLimit) {
            let officer: OfficerID?
            switch way {
            case .officer(let id): officer = id
            case .unit: officer = nil
            // Equal counts go by the id, so that the same list is shared out the same way.
            case .evenly(let ids): officer = ids.min { (counts[$0] ?? 0, $0.rawValue) < (counts[$1] ?? 0, $1.rawValue) }
            }
            do {
                try await assign(one, to: officer, reason: reason, by: actor)
                if let officer { counts[officer, default: 0] += 1 }
            } catch let refusal as DossierRefusal { failures[one.code] = refusal }
        }
        return failures
    }

    private func assign(
        _ one: PickedWork,
        to officer: OfficerID?,
        reason: String?,
        by actor: Actor
    ) async throws {
        let now = clock.now()
        try await store.journalled { [self] transaction in
            // Whom nothing there concerns learns no more than that there is nothing.
            guard let state = try DossierTable.find(one.code, in: transaction),
                DossierPolicies.unitWork.allows(actor, state)
            else { throw DossierRefusal.notFound }
            try reassign(
                state.id,
                to: officer,
                reason: reason,
                seen: one.version,
                by: actor,
                at: now,
                in: transaction
            )
        }
    }
}

extension [OfficerID?: OfficerLoad] {
    /// The loads of named officers.
    fileprivate func named() -> [(OfficerID, OfficerLoad)] { compactMap { id, load in id.map { ($0, load) } } }
}

extension DossierPolicies {
    /// The roles whose work is assigned by name.
    static let assignable: Set<Role> = [.deskOfficer, .specialist]

    /// Whether this officer may be given the work on a dossier: one who does such work in its agency, and where the
    /// head of a unit gives it, in her unit.
    static func mayBeAssigned(_ officer: Officer, _ dossier: DossierState, by actor: Actor) -> Bool {
        officer.isActive && officer.agency == dossier.agency && !officer.roles.isDisjoint(with: assignable)
            && (actor.roles.contains(.administrator) || officer.unit == actor.unit)
    }

    /// Whether nothing but the assignment to a colleague keeps the actor from this edge.
    static func isAnothers(
        _ edge: DossierEdge,
        _ state: DossierState,
        _ actor: Actor,
        in context: DossierContext
    ) -> Bool {
        var unassigned = state
        (unassigned.assignee, unassigned.unit) = (nil, nil)
        return edge.by.contains { performs($0, actor, unassigned, in: context) }
    }
}
