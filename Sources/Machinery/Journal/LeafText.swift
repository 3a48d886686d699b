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

    /// Canonical JSON (RFC 8785) of all columns: the bytes of the leaf. The keys are sorted, as RFC 8785 asks. The two
    /// that came later are members only where they have a value, so that the leaves of earlier events stay what they
    /// were.
    func write(to text: inout [UInt8]) {
        Self.add("{\"actorAgency\":", actor.agency?.text, to: &text)
        if let behalf = actor.behalf { Self.add(",\"actorBehalf\":", behalf, to: &text) }
        Self.add(",\"actorId\":", actor.id, to: &text)
        Self.add(",\"actorKind\":", actor.kind.rawValue, to: &text)
        Self.add(",\"actorUnit\":", actor.unit, to: &text)
        if let assurance = actor.assurance { Self.add(",\"assurance\":", Int64(assurance), to: &text) }
        Self.add(",\"at\":", at.microseconds, to: &text)
        Self.add(",\"authentication\":", actor.authentication, to: &text)
        Self.add(",\"facts\":", to: &text)
        Self.add(facts, to: &text)
        Self.add(",\"kind\":", kind, to: &text)
        Self.add(",\"objectId\":", objectID, to: &text)
        Self.add(",\"objectType\":", objectType, to: &text)
        Self.add(",\"payloadCommit\":", payloadCommit?.hex, to: &text)
        Self.add(",\"requestId\":", requestID, to: &text)
        Self.add(",\"service\":", service, to: &text)
        Self.add(",\"session\":", actor.session?.hex, to: &text)
        Self.add(",\"version\":", Int64(LeafColumns.version), to: &text)
        text.append(UInt8(ascii: "}"))
    }

    private static func add(_ key: StaticString, to text: inout [UInt8]) {
        unsafe text.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }

    private static func add(_ key: StaticString, _ value: Int64, to text: inout [UInt8]) {
        add(key, to: &text)
        add(String(value), to: &text)
    }

    /// As one piece of memory: the collection of a text would be copied byte by byte.
    private static func add(_ value: String, to text: inout [UInt8]) {
        unsafe value.utf8.span.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
    }

    private static func add(_ key: StaticString, _ value: String?, to text: inout [UInt8]) {
        add(key, to: &text)
        if let value { JSONValue.quote(value, to: &text) } else { add("null", to: &text) }
    }

    /// Room for the bytes of most leaves.
    static var room: [UInt8] {
        var room: [UInt8] = []
        room.reserveCapacity(1_024)
        return room
    }

    /// The hash of the leaf, whose bytes are put together in this room. Throws `JournalError.entryTooLarge`.
    func leafHash(in room: inout [UInt8]) throws(JournalError) -> Digest {
        room.removeAll(keepingCapacity: true)
        room.append(MerkleTree.leafMark)
        write(to: &room)
        guard room.count <= 1 + LeafColumns.limitBytes else { throw .entryTooLarge(bytes: room.count - 1) }
        return Digest(of: room)
    }

}

extension LeafColumns {
    static let selected: Statement = """
        event.leaf_index, event.at, event.service, event.kind, event.object_type, event.object_id, event.actor_kind, event.actor_id, event.actor_agency,
        event.actor_unit, event.authentication, event.assurance, event.actor_behalf, event.session_digest, event.request_id, event.facts,
        event.payload_commit, event.leaf_hash
        """

    init(_ row: ResultRow) throws(StoreError) {
        at = try row.get("at")
        service = try row.get("service")
        kind = try row.get("kind")
        objectType = try row.get("object_type")
        objectID = try row.get("object_id")
        actor = try ActorStamp(row)
        requestID = try row.get("request_id")
        facts = try row.get("facts")
        payloadCommit = try row.get("payload_commit")
    }
}

extension ActorStamp {
    init(_ row: ResultRow) throws(StoreError) {
        self.init(
            kind: try row.get("actor_kind"),
            id: try row.get("actor_id"),
            agency: try row.get("actor_agency"),
            unit: try row.get("actor_unit"),
            authentication: try row.get("authentication"),
            assurance: try row.get("assurance"),
            behalf: try row.get("actor_behalf"),
            session: try row.get("session_digest")
        )
    }
}
