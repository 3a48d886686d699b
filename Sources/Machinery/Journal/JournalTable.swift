// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Storage

/// The one row that holds the size of the journal and the right edge of its tree.
struct JournalHead {
    var frontier: Frontier
    /// The moment of the last event.
    var lastAt: Instant

    init(in transaction: Transaction) throws {
        let row = try transaction.first("SELECT size, last_at, frontier FROM journal_head WHERE id = 1")
        guard let row, let frontier = Frontier(size: try row.get("size"), bytes: try row.get("frontier")) else {
            throw JournalError.brokenHead
        }
        self.frontier = frontier
        lastAt = try row.get("last_at")
    }

    func save(in transaction: Transaction) throws(StoreError) {
        try transaction.run(
            """
            UPDATE journal_head SET size = \(frontier.size), last_at = \(lastAt), frontier = \(frontier.bytes)
            WHERE id = 1
            """
        )
    }
}

/// The personal row of an event.
struct Payload {
    static let keyBytes = 32

    let rowKey: [UInt8]
    let text: String

    init?(_ personal: JSONValue?, random: RandomSource) throws {
        guard let personal else { return nil }
        guard case .object = personal else { throw JournalError.noObject }
        rowKey = random.bytes(Payload.keyBytes)
        text = personal.canonicalText
    }

    init(rowKey: [UInt8], text: String) {
        (self.rowKey, self.text) = (rowKey, text)
    }

    /// A plain hash would not do: a phone number can be guessed. Without the key this tells nothing.
    var commit: Digest { HMACSHA256.code(key: rowKey, message: Array(text.utf8)) }

    func insert(at index: Int64, in transaction: Transaction) throws(StoreError) {
        try transaction.run(
            "INSERT INTO journal_payload (leaf_index, row_key, payload) VALUES (\(index), \(rowKey), \(text))"
        )
    }
}

extension LeafColumns {
    init(_ entry: JournalEntry, at moment: Instant, payloadCommit: Digest?) throws {
        guard case .object = entry.facts else { throw JournalError.noObject }
        self.init(
            at: moment,
            service: entry.service,
            kind: entry.kind,
            objectType: entry.objectType,
            objectID: entry.objectID,
            actor: entry.actor,
            requestID: entry.requestID,
            facts: entry.facts.canonicalText,
            payloadCommit: payloadCommit
        )
    }

    func insert(at index: Int64, leafHash: Digest, in transaction: Transaction) throws(StoreError) {
        try transaction.run(
            """
            INSERT INTO journal_event
                (leaf_index, at, service, kind, object_type, object_id, actor_kind, actor_id, actor_agency, actor_unit,
                authentication, assurance, actor_behalf, session_digest, request_id, facts, payload_commit, leaf_hash)
            VALUES (\(index), \(at), \(service), \(kind), \(objectType), \(objectID), \(actor.kind), \(actor.id),
                \(actor.agency), \(actor.unit), \(actor.authentication), \(actor.assurance), \(actor.behalf),
                \(actor.session), \(requestID), \(facts), \(payloadCommit), \(leafHash))
            """
        )
    }
}

enum JournalTable {
    static func events(
        where condition: Statement,
        includingPersonal: Bool,
        limit: Int?,
        in transaction: Transaction
    ) throws -> [JournalEvent] {
        let payload: Statement = includingPersonal ? "payload.payload" : "NULL"
        let join: Statement = "LEFT JOIN journal_payload payload ON payload.leaf_index = event.leaf_index"
        let page: Statement = limit.map { " LIMIT \($0)" } ?? ""
        let rows = try transaction.rows(
            """
            SELECT \(fragment: LeafColumns.selected), \(fragment: payload) AS personal
            FROM journal_event event \(fragment: includingPersonal ? join : "")
            WHERE \(fragment: condition) ORDER BY event.leaf_index\(fragment: page)
            """
        )
        return try rows.map(JournalEvent.init)
    }

    static func lines(
        of objectType: String,
        id: String,
        includingPersonal: Bool,
        in transaction: Transaction
    ) throws -> [JournalLine] {
        let payload: Statement = includingPersonal ? "payload.payload" : "NULL"
        let join: Statement = "LEFT JOIN journal_payload payload ON payload.leaf_index = event.leaf_index"
        let rows = try transaction.rows(
            """
            SELECT event.at, event.actor_kind, event.actor_id, event.actor_agency, event.actor_unit,
                event.authentication, event.assurance, event.actor_behalf, event.session_digest, event.facts,
                \(fragment: payload) AS personal
            FROM journal_event event \(fragment: includingPersonal ? join : "")
            WHERE \(fragment: isAbout(objectType, id)) ORDER BY event.leaf_index
            """
        )
        return try rows.map(JournalLine.init)
    }

    /// The next lines of all objects of a type, without what is personal.
    static func lines(
        about objectType: String,
        after index: Int64,
        limit: Int,
        in transaction: Transaction
    ) throws -> [(index: Int64, objectID: String, line: JournalLine)] {
        try transaction.rows(
            """
            SELECT event.leaf_index, event.object_id, event.at, event.actor_kind, event.actor_id, event.actor_agency,
                event.actor_unit, event.authentication, event.assurance, event.actor_behalf, event.session_digest,
                event.facts, NULL AS personal
            FROM journal_event event
            WHERE event.leaf_index > \(index) AND event.object_type = \(objectType)
            ORDER BY event.leaf_index LIMIT \(limit)
            """
        ).map { (try $0.get("leaf_index"), try $0.get("object_id"), try JournalLine($0)) }
    }

    /// The events of an object. The index holds the beginnings of ids alone, which are random: the rest says nothing.
    ///
    /// With `object_id = …` SQLite would put that value into `substr` as well, and find no column there to search for.
    static func isAbout(_ objectType: String, _ id: String) -> Statement {
        """
        substr(event.object_id, 1, 8) = substr(\(id), 1, 8) AND event.object_id BETWEEN \(id) AND \(id)
            AND event.object_type = \(objectType)
        """
    }

    /// Proofs from the stored nodes; those of few leaves are computed from the events.
    static func prover(_ transaction: Transaction) -> Prover {
        Prover { level, position in
            guard level >= MerkleNode.lowestKept else {
                let leaves = position << Int64(level)..<(position + 1) << Int64(level)
                let rows = try transaction.rows(
                    """
                    SELECT leaf_hash FROM journal_event
                    WHERE leaf_index >= \(leaves.lowerBound) AND leaf_index < \(leaves.upperBound) ORDER BY leaf_index
                    """
                )
                guard rows.count == leaves.count else {
                    throw JournalError.missingNode(level: level, position: position)
                }
                return MerkleTree.root(of: try rows.map { try $0.get("leaf_hash") })
            }
            let row = try transaction.first(
                "SELECT hash FROM journal_subtree WHERE number = \(MerkleNode.number(level, position))"
            )
            guard let row else { throw JournalError.missingNode(level: level, position: position) }
            return try row.get("hash")
        }
    }
}

extension JournalLine {
    fileprivate init(_ row: ResultRow) throws {
        at = try row.get("at")
        actor = try ActorStamp(row)
        facts = try row.get("facts")
        personal = try row.get("personal")
    }
}

extension JournalEvent {
    init(_ row: ResultRow) throws {
        let columns = try LeafColumns(row)
        let personal: String? = try row.get("personal")
        index = try row.get("leaf_index")
        payloadCommit = columns.payloadCommit
        leafHash = try row.get("leaf_hash")
        entry = JournalEntry(
            at: columns.at,
            service: columns.service,
            kind: columns.kind,
            objectType: columns.objectType,
            objectID: columns.objectID,
            actor: columns.actor,
            requestID: columns.requestID,
            facts: try JSONValue(parsing: columns.facts),
            personal: try personal.map(JSONValue.init(parsing:))
        )
    }
}
