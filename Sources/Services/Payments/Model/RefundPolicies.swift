// SPDX-License-Identifier: Apache-2.0

public import Identity
import Kernel
import Organisation
import Storage

/// Who may see and do what with a refund: the one place. Each rule has its SQL twin over `refund`.
public enum RefundPolicies {
    private static let asking: Role = .deskOfficer
    private static let approving: [Role] = [.unitHead, .leader]

    /// Refunds of the own agency, for those who ask and those who approve.
    public static let see = ofAgency([asking] + approving)

    /// Asking that it be given back, and saying how.
    public static let ask = ofAgency([asking])

    /// Approving what another person asked for; a person in whose place one stands is no other person.
    public static let approve = Policy<Refund>.anyOf(
        approving.map { role in .allOf([ofAgency([role]), askedByOther(in: role)]) }
    )

    /// What was asked for and not yet approved.
    static let waiting = Policy<Refund>(
        allows: { _, refund in refund.state == .requested },
        filter: { _ in "refund.state = 'due' AND refund.requested_by IS NOT NULL" }
    )

    private static func askedByOther(in role: Role) -> Policy<Refund> {
        Policy(
            allows: { actor, refund in SeparationOfDuties.allows(actor, in: role, after: refund.requestedBy) },
            filter: { actor in SeparationOfDuties.filter(actor, in: role, after: "refund.requested_by") }
        )
    }

    private static func ofAgency(_ roles: [Role]) -> Policy<Refund> {
        Policy(
            allows: { actor, refund in
                actor.kind == .officer && actor.agency == refund.payer && !actor.roles.isDisjoint(with: roles)
            },
            filter: { actor in
                guard actor.kind == .officer, let agency = actor.agency, !actor.roles.isDisjoint(with: roles) else {
                    return "1 = 0"
                }
                return "refund.payer = \(agency)"
            }
        )
    }
}
