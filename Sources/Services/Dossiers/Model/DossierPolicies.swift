// SPDX-License-Identifier: Apache-2.0

public import Identity
import Kernel
import Organisation
import Storage

/// Who may see and do what with a dossier: the one place. Each rule over objects has its SQL twin.
public enum DossierPolicies {
    /// Reading a dossier: its applicant, officers of the agency that decides, and of the one that took over from it.
    public static let read = Policy<DossierState>.anyOf([applicant, officerOfAgency, officerOfSuccessor])

    /// The work list: officers of the agency alone.
    public static let work = officerOfAgency

    /// Who finds a dossier in a pile: what is over also with the agency that took over from the one that did it.
    static func pile(_ queue: WorkQueue, of actor: Actor) -> Policy<DossierState> {
        queue == .ended && !actor.predecessors.isEmpty ? .anyOf([work, officerOfSuccessor]) : work
    }

    /// The person whose right it is, under the hat under which it was filed: whoever acts for a business sees what was
    /// filed by that authority, and not her own; and the other way round.
    public static let applicant = Policy<DossierState>(
        allows: { actor, dossier in actor.kind == .citizen && actor.party == dossier.applicant.rawValue },
        filter: { actor in
            actor.kind == .citizen ? "dossier.applicant = \(actor.party)" : "1 = 0"
        }
    )

    /// Officers who work on dossiers of the agency that decides.
    public static let officerOfAgency = Policy<DossierState>(
        allows: { actor, dossier in
            actor.kind == .officer && actor.agency == dossier.agency && !actor.roles.isDisjoint(with: working)
        },
        filter: { actor in
            guard actor.kind == .officer, let agency = actor.agency, !actor.roles.isDisjoint(with: working) else {
                return "1 = 0"
            }
            return "dossier.agency = \(agency)"
        }
    )

    /// Officers of an agency that took over from the one that finished a dossier: what was still to be done passed to
    /// them by an event, what was over stays with the agency that did it, for them to read.
    public static let officerOfSuccessor = Policy<DossierState>(
        allows: { actor, dossier in
            actor.kind == .officer && actor.predecessors.contains(dossier.agency)
                && !actor.roles.isDisjoint(with: working)
        },
        filter: { actor in
            guard actor.kind == .officer, !actor.predecessors.isEmpty, !actor.roles.isDisjoint(with: working) else {
                return "1 = 0"
            }
            return "dossier.agency IN (\(list: actor.predecessors.sorted()))"
        }
    )

    /// Following where a dossier stands, without anything personal: its applicant, and partners of its agency.
    public static let follow = Policy<DossierState>.anyOf([applicant, partnerOfAgency])

    /// Systems of partners that are bound to the agency that decides, with a token that is good for it.
    public static let partnerOfAgency = Policy<DossierState>(
        allows: { actor, dossier in
            actor.kind == .partner && actor.agency == dossier.agency && actor.scopes.contains(.dossiersRead)
        },
        filter: { actor in
            guard actor.kind == .partner, let agency = actor.agency, actor.scopes.contains(.dossiersRead) else {
                return "1 = 0"
            }
            return "dossier.agency = \(agency)"
        }
    )

    /// Being consulted on a dossier: officers of a consulted agency, or of its unit, until they have answered.
    public static let consulted = Policy<DossierState>(
        allows: { actor, dossier in
            dossier.consultations.contains { ConsultationPolicies.open.allows(actor, $0) }
        },
        filter: { actor in
            """
            EXISTS (SELECT 1 FROM dossier_consultation WHERE dossier_consultation.dossier = dossier.id
                AND \(fragment: ConsultationPolicies.open.filter(actor)))
            """
        }
    )

    /// Work that is the actor's to do by name, or nobody's yet in her unit or in the agency: what was assigned to a
    /// colleague or lies with another unit is left to them.
    public static let holdsWork = Policy<DossierState>(
        allows: { actor, dossier in
            dossier.assignee.map { actor.hands(in: .specialist).contains($0.rawValue) }
                ?? (dossier.unit == nil || dossier.unit == actor.unit)
        },
        filter: { actor in
            let hands = actor.hands(in: .specialist).sorted()
            let unit = actor.unit?.rawValue ?? ""
            return """
                (dossier.assignee IN (\(list: hands))
                    OR dossier.assignee IS NULL AND (dossier.unit IS NULL OR dossier.unit = \(unit)))
                """
        }
    )

    /// Results that the actor may sign as far as the drafting goes: who drafts does not sign.
    public static let draftedByOthers = Policy<DossierState>(
        allows: { actor, dossier in SeparationOfDuties.allows(actor, in: .leader, after: dossier.drafter) },
        filter: { actor in SeparationOfDuties.filter(actor, in: .leader, after: "dossier.drafter") }
    )

    /// Results that the actor may issue: who signs does not issue.
    public static let signedByOthers = Policy<DossierState>(
        allows: { actor, dossier in SeparationOfDuties.allows(actor, in: .recordsClerk, after: dossier.signer) },
        filter: { actor in SeparationOfDuties.filter(actor, in: .recordsClerk, after: "dossier.signer") }
    )

    /// What the head of a unit assigns: work of the own unit, and of the agency where no unit has it yet.
    public static let unitWork = Policy<DossierState>(
        allows: { actor, dossier in
            actor.kind == .officer && actor.roles.contains(.unitHead) && actor.agency == dossier.agency
                && (dossier.unit == nil || dossier.unit == actor.unit)
        },
        filter: { actor in
            guard actor.kind == .officer, actor.roles.contains(.unitHead), let agency = actor.agency,
                let unit = actor.unit
            else { return "1 = 0" }
            return "dossier.agency = \(agency) AND (dossier.unit IS NULL OR dossier.unit = \(unit))"
        }
    )

    private static let working: Set<Role> = [.deskOfficer, .specialist, .unitHead, .leader, .recordsClerk]

    /// By which substitution the actor takes an edge; nil when in her own right.
    static func authority(
        of actor: Actor,
        for edge: DossierEdge?,
        on dossier: DossierState,
        in context: DossierContext
    ) -> StandIn? {
        guard !actor.standIns.isEmpty, let edge else { return nil }
        let taken = edge.by.first { performs($0, actor, dossier, in: context) }
        let role: Role? =
            switch taken {
            case .role(let role)?: role
            case .roleOfStep?: context.step(dossier.step)?.role
            case .unitHead?: .unitHead
            default: nil
            }
        return role.flatMap { actor.standIn(in: $0, assignee: dossier.assignee) }
    }

    /// Whether the actor is one of those whom an edge of the graph names, for this dossier.
    static func performs(
        _ performer: Performer,
        _ actor: Actor,
        _ dossier: DossierState,
        in context: DossierContext
    ) -> Bool {
        switch performer {
        case .applicant: applicant.allows(actor, dossier)
        case .role(let role):
            officerOfAgency.allows(actor, dossier) && actor.roles.contains(role)
                && (role != .specialist || holdsWork.allows(actor, dossier))
        case .roleOfStep:
            context.step(dossier.step).map { performs(.role($0.role), actor, dossier, in: context) } ?? false
        case .consulted: consulted.allows(actor, dossier)
        case .unitHead: unitWork.allows(actor, dossier)
        case .administrator:
            actor.kind == .officer && actor.roles.contains(.administrator)
                && (actor.agency.map(context.isAdministered) ?? false)
        case .system: actor.kind == .system
        }
    }
}

/// Who may see a consultation from the side that is asked. The side that asks sees it with its dossier.
public enum ConsultationPolicies {
    private static let answering: Set<Role> = [.specialist, .unitHead, .leader]

    /// Officers of the agency that was asked, or of its unit: the question and the own answer, for good.
    public static let asked = Policy<ConsultationState>(
        allows: { actor, consultation in
            actor.kind == .officer && actor.agency == consultation.party.agency
                && (consultation.party.unit == nil || consultation.party.unit == actor.unit)
                && !actor.roles.isDisjoint(with: answering)
        },
        filter: { actor in
            guard actor.kind == .officer, let agency = actor.agency, let unit = actor.unit,
                !actor.roles.isDisjoint(with: answering)
            else { return "1 = 0" }
            return """
                dossier_consultation.agency = \(agency)
                    AND (dossier_consultation.unit IS NULL OR dossier_consultation.unit = \(unit))
                """
        }
    )

    /// What is still to be answered.
    public static let waiting = Policy<ConsultationState>(
        allows: { _, consultation in consultation.isOpen },
        filter: { _ in "dossier_consultation.outcome IS NULL" }
    )

    /// Seeing what the consultation needs of the dossier, and answering: as long as the answer is waited for.
    public static let open = Policy<ConsultationState>.allOf([asked, waiting])
}
