// SPDX-License-Identifier: Apache-2.0

public import Storage

/// May this actor do this to this object: one rule with two faces that must agree.
///
/// `allows` judges an object in hand; `filter` is the SQL condition that lists exactly the objects which `allows`
/// would let through. A rule is written once, with both faces side by side, and tested equal on generated data.
/// Without a policy nothing is allowed: there is no initialiser that allows everything.
public struct Policy<Object>: Sendable {
    /// The object predicate: a pure function of actor and object.
    public let allows: @Sendable (Actor, Object) -> Bool
    /// The same rule as a condition over the object's table.
    public let filter: @Sendable (Actor) -> Statement

    /// A rule with both faces.
    public init(
        allows: @escaping @Sendable (Actor, Object) -> Bool,
        filter: @escaping @Sendable (Actor) -> Statement
    ) {
        self.allows = allows
        self.filter = filter
    }

    /// Allowed where at least one of the rules allows; nothing for an empty list.
    public static func anyOf(_ policies: [Policy]) -> Policy {
        Policy(
            allows: { actor, object in policies.contains { $0.allows(actor, object) } },
            filter: { actor in Self.join(policies.map { $0.filter(actor) }, by: " OR ", empty: "1 = 0") }
        )
    }

    /// Allowed where every rule allows; nothing for an empty list.
    public static func allOf(_ policies: [Policy]) -> Policy {
        Policy(
            allows: { actor, object in !policies.isEmpty && policies.allSatisfy { $0.allows(actor, object) } },
            filter: { actor in Self.join(policies.map { $0.filter(actor) }, by: " AND ", empty: "1 = 0") }
        )
    }

    /// A rule about the actor alone: the same for every object.
    public static func actor(_ allows: @escaping @Sendable (Actor) -> Bool) -> Policy {
        Policy(allows: { actor, _ in allows(actor) }, filter: { allows($0) ? "1 = 1" : "1 = 0" })
    }

    /// In brackets as a whole too, so that it keeps its meaning beside the other conditions of a list.
    private static func join(_ parts: [Statement], by word: Statement, empty: Statement) -> Statement {
        guard !parts.isEmpty else { return empty }
        let bracketed = parts.map { "(\(fragment: $0))" as Statement }
        return "(\(fragment: bracketed.joined(word)))"
    }
}
