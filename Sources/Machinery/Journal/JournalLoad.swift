// SPDX-License-Identifier: Apache-2.0

import Digests
public import Kernel
public import Storage

/// JSON in the one text of RFC 8785, ready to be hashed.
public struct CanonicalJSON: Sendable, Hashable {
    let text: String

    /// The text of a value.
    public init(_ value: JSONValue) { text = value.canonicalText }

    /// A text that is canonical already: put together of canonical parts.
    public init(canonical text: String) { self.text = text }
}

/// An event of a sample that waits to become a leaf.
public struct LoadedEvent: Sendable {
    var columns: LeafColumns
    let personal: CanonicalJSON?

    /// A fact about an object; `personal` as in `JournalEntry`, an object.
    public init(
        at moment: Instant,
        service: String,
        kind: String,
        objectType: String,
        objectID: String,
        actor: ActorStamp,
        facts: CanonicalJSON,
        personal: CanonicalJSON?
    ) {
        columns = LeafColumns(
            at: moment,
            service: service,
            kind: kind,
            objectType: objectType,
            objectID: objectID,
            actor: actor,
            facts: facts.text
        )
        self.personal = personal
    }
}

/// Events of a sample, prepared outside the store and appended many at a time: the same leaves, nodes and rows as
/// `TransparencyLog.append` makes of them.
///
/// Whoever holds it is the only one who appends meanwhile; each batch makes sure of that.
public struct JournalLoad: Sendable {
    /// Keys that are asked for at once.
    private static let keysAtOnce = 256

    private var head: JournalHead
    private let random: RandomSource
    private var start: Int64
    private var (events, payloads, nodes) = (LeafColumns.buffer, Payload.buffer, MerkleNode.buffer)
    private var room = LeafColumns.room
    private var keys: ArraySlice<UInt8> = []

    /// Goes on where the journal ends.
    public init(_ log: TransparencyLog, in transaction: Transaction) throws {
        head = try JournalHead(in: transaction)
        random = log.random
        start = head.frontier.size
    }

    /// The tables that a batch fills.
    public static let tables: [StaticString] = ["journal_event", "journal_subtree", "journal_payload"]

    /// Makes room for so many events beforehand: what those of a dossier take on average, a little more.
    public mutating func reserve(_ count: Int) {
        events.reserve(bytes: count * 400)
        payloads.reserve(bytes: count * 20)
        nodes.reserve(bytes: count * 8)
    }

    /// The next event. Throws `JournalError` for an entry that cannot be a leaf, `outOfOrder` for one that is earlier
    /// than the last.
    public mutating func add(_ event: consuming LoadedEvent) throws {
        guard event.columns.at >= head.lastAt else { throw JournalError.outOfOrder }
        let index = head.frontier.size
        if let personal = event.personal {
            let payload = Payload(rowKey: nextKey(), text: personal.text)
            event.columns.payloadCommit = payload.commit
            payload.add(to: &payloads, at: index)
        }
        let leafHash = try event.columns.leafHash(in: &room)
        event.columns.add(to: &events, at: index, leafHash: leafHash)
        for node in head.frontier.append(leafHash) { node.add(to: &nodes) }
        head.lastAt = event.columns.at
    }

    /// The rows of the events since the last batch; to be written before those of the events after them.
    public mutating func take() -> Batch {
        defer {
            start = head.frontier.size
            (events, payloads, nodes) = (LeafColumns.buffer, Payload.buffer, MerkleNode.buffer)
        }
        return Batch(start: start, head: head, rows: [events, payloads, nodes])
    }

    private mutating func nextKey() -> [UInt8] {
        if keys.isEmpty { keys = random.bytes(Self.keysAtOnce * Payload.keyBytes)[...] }
        defer { keys = keys.dropFirst(Payload.keyBytes) }
        return Array(keys.prefix(Payload.keyBytes))
    }

    /// Rows of the journal that belong together.
    public struct Batch: Sendable {
        let start: Int64
        let head: JournalHead
        let rows: [RowBuffer]

        /// Writes them, within `Store.journalled`. Throws `JournalError.outOfOrder` when the journal has other events
        /// by now; `StoreError`.
        public func write(in transaction: Transaction) throws {
            guard try JournalHead(in: transaction).frontier.size == start else { throw JournalError.outOfOrder }
            for buffer in rows { try transaction.insert(buffer) }
            try head.save(in: transaction)
        }
    }
}

// MARK: - Rows

extension LeafColumns {
    fileprivate static let buffer = RowBuffer(
        "journal_event",
        [
            ("leaf_index", .int64), ("at", .int64), ("service", .text), ("kind", .text), ("object_type", .text),
            ("object_id", .text), ("actor_kind", .text), ("actor_id", .text), ("actor_agency", .text),
            ("actor_unit", .text), ("authentication", .text), ("assurance", .int64), ("actor_behalf", .text),
            ("session_digest", .bytes), ("request_id", .text), ("facts", .text), ("payload_commit", .bytes),
            ("leaf_hash", .bytes),
        ]
    )

    fileprivate func add(to rows: inout RowBuffer, at index: Int64, leafHash: Digest) {
        rows.beginRow()
        rows.add(index)
        rows.add(at.microseconds)
        rows.add(service)
        rows.add(kind)
        rows.add(objectType)
        rows.add(objectID)
        rows.add(actor.kind.rawValue)
        rows.add(actor.id)
        rows.add(actor.agency?.text)
        rows.add(actor.unit)
        rows.add(actor.authentication)
        rows.add(actor.assurance.map(Int64.init))
        rows.add(actor.behalf)
        rows.add(actor.session)
        rows.add(requestID)
        rows.add(facts)
        rows.add(payloadCommit)
        rows.add(leafHash)
    }
}

extension Payload {
    fileprivate static let buffer = RowBuffer(
        "journal_payload",
        [("leaf_index", .int64), ("row_key", .bytes), ("payload", .text)]
    )

    fileprivate func add(to rows: inout RowBuffer, at index: Int64) {
        rows.beginRow()
        rows.add(index)
        rows.add(rowKey)
        rows.add(text)
    }
}

extension MerkleNode {
    fileprivate static let buffer = RowBuffer(
        "journal_subtree",
        [("number", .int64), ("hash", .bytes)]
    )

    fileprivate func add(to rows: inout RowBuffer) {
        rows.beginRow()
        rows.add(number)
        rows.add(hash)
    }
}
