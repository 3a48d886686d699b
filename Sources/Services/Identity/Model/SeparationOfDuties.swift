// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Organisation
public import Storage

/// Two acts that two persons must do: who drafts does not sign, who asks for a refund does not approve it, who asks for
/// a reset does not confirm it. One person is one hand in whatever roles, and in whosever place.
public enum SeparationOfDuties {
    /// Whether the actor may do the second act in this role.
    ///
    /// - Parameters:
    ///   - actor: who would do it.
    ///   - role: in what.
    ///   - first: who did the first act; nil where nobody did.
    /// - Returns: false for the same officer, and for one who would do it in that officer's place.
    public static func allows(_ actor: Actor, in role: Role, after first: OfficerID?) -> Bool {
        guard let first else { return true }
        return !actor.hands(in: role).contains(first.rawValue)
    }

    /// The same as a condition over the column that holds who did the first act.
    public static func filter(_ actor: Actor, in role: Role, after first: Statement) -> Statement {
        "(\(fragment: first) IS NULL OR \(fragment: first) NOT IN (\(list: actor.hands(in: role).sorted())))"
    }
}

extension Actor {
    /// In whose name an officer may act in a role: her own, and those for whom she stands in in it.
    public func hands(in role: Role) -> Set<String> {
        Set(standIns.filter { $0.role == role }.map(\.officer.rawValue) + [id])
    }

    /// By which substitution the actor does an act in this role; nil when in her own right.
    ///
    /// A leader who stands in signs in the other's place. Elsewhere, who has the role herself acts in the other's place
    /// on work that was assigned to him.
    ///
    /// - Parameters:
    ///   - role: in what it is done.
    ///   - assignee: to whom the work was assigned.
    /// - Returns: the authority that the journal names.
    public func standIn(in role: Role, assignee: OfficerID?) -> StandIn? {
        let candidates = standIns.filter { $0.role == role }
        if let named = candidates.first(where: { $0.officer == assignee }) { return named }
        return role == .leader || !ownRoles.contains(role) ? candidates.first : nil
    }
}
