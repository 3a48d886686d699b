// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Journal
import Kernel

/// What happened to the book of published packs; kept in the journal as events of the procedure.
enum CatalogueEvent: Hashable, Sendable {
    /// A version is offered from now on.
    case published(String, before: Digest?, after: Digest, unverified: Int)
    /// An earlier version is offered again.
    case rolledBack(String, before: Digest?, after: Digest)
    /// The procedure is not offered from this day on.
    case retired(String, from: LocalDate, before: Digest?)
    /// It is offered again.
    case resumed(String, after: Digest?)
    /// Facts of a draft were compared with the official text.
    case factsConfirmed(String, facts: [String], in: Digest)

    private var kind: String {
        switch self {
        case .published: "published"
        case .rolledBack: "rolledBack"
        case .retired: "retired"
        case .resumed: "resumed"
        case .factsConfirmed: "factsConfirmed"
        }
    }

    private var code: String {
        switch self {
        case .published(let code, _, _, _), .rolledBack(let code, _, _), .retired(let code, _, _),
            .resumed(let code, _), .factsConfirmed(let code, _, _):
            code
        }
    }

    private var facts: JSONValue {
        func hex(_ digest: Digest?) -> JSONValue { digest.map { .string($0.hex) } ?? .null }
        switch self {
        case .published(_, let before, let after, let unverified):
            return ["before": hex(before), "after": hex(after), "unverified": .integer(Int64(unverified))]
        case .rolledBack(_, let before, let after): return ["before": hex(before), "after": hex(after)]
        case .retired(_, let day, let before): return ["from": .string(day.description), "before": hex(before)]
        case .resumed(_, let after): return ["after": hex(after)]
        case .factsConfirmed(_, let facts, let digest):
            return ["facts": .array(facts.map { .string($0) }), "digest": .string(digest.hex)]
        }
    }

    /// The event as the journal keeps it; what a person wrote stands in the part that can be erased.
    func entry(at now: Instant, by actor: Actor, text: String?) -> JournalEntry {
        JournalEntry(
            at: now,
            service: "catalogue",
            kind: kind,
            objectType: "procedure",
            objectID: code,
            actor: actor.stamp,
            facts: facts,
            personal: text.map { ["reason": .string($0)] }
        )
    }
}
