// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Storage

/// The columns of an event that are hashed, as they stand in the table.
struct LeafColumns: Sendable, Equatable {
    /// The version of the leaf's form.
    static let version = 1
    /// A leaf must fit the 16-bit length of an entry bundle (C2SP tlog-tiles).
    static let limitBytes = 65_535

    var at: Instant
    var service: String
    var kind: String
    var objectType: String
    var objectID: String
    var actor: ActorStamp
    var requestID: String?
    /// Canonical already.
    var facts: String
    var payloadCommit: Digest?

    /// Canonical JSON (RFC 8785) of all columns: the bytes of the leaf.
    var bytes: [UInt8] {
        let members: [(key: String, value: String)] = [
            ("actorAgency", optional(actor.agency?.text)),
            ("actorId", JSONValue.quoted(actor.id)),
            ("actorKind", JSONValue.quoted(actor.kind.rawValue)),
            ("actorUnit", optional(actor.unit)),
            ("at", String(at.microseconds)),
            ("authentication", optional(actor.authentication)),
            ("facts", facts),
            ("kind", JSONValue.quoted(kind)),
            ("objectId", JSONValue.quoted(objectID)),
            ("objectType", JSONValue.quoted(objectType)),
            ("payloadCommit", optional(payloadCommit?.hex)),
            ("requestId", optional(requestID)),
            ("service", JSONValue.quoted(service)),
            ("session", optional(actor.session?.hex)),
            ("version", String(LeafColumns.version)),
        ]
        assert(members.map(\.key) == members.map(\.key).sorted(), "RFC 8785 asks for sorted keys")
        return Array("{\(members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ","))}".utf8)
    }

    var leafHash: Digest { MerkleTree.leaf(bytes) }

    private func optional(_ text: String?) -> String { text.map(JSONValue.quoted) ?? "null" }
}

extension LeafColumns {
    static let selected: Statement = """
        event.leaf_index, event.at, event.service, event.kind, event.object_type, event.object_id, event.actor_kind, event.actor_id, event.actor_agency,
        event.actor_unit, event.authentication, event.session_digest, event.request_id, event.facts, event.payload_commit, event.leaf_hash
        """

    init(_ row: ResultRow) throws(StoreError) {
        at = try row.get("at")
        service = try row.get("service")
        kind = try row.get("kind")
        objectType = try row.get("object_type")
        objectID = try row.get("object_id")
        actor = ActorStamp(
            kind: try row.get("actor_kind"),
            id: try row.get("actor_id"),
            agency: try row.get("actor_agency"),
            unit: try row.get("actor_unit"),
            authentication: try row.get("authentication"),
            session: try row.get("session_digest")
        )
        requestID = try row.get("request_id")
        facts = try row.get("facts")
        payloadCommit = try row.get("payload_commit")
    }
}
