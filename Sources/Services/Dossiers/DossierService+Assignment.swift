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
        unassigned.assignee = nil
        return edge.by.contains { performs($0, actor, unassigned, in: context) }
    }
}
