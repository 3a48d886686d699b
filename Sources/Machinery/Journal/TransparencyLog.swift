// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel
public import Storage

/// The journal as a Merkle tree: events are appended in the transaction that changes the state, and never changed.
public struct TransparencyLog: Sendable {
    let random: RandomSource

    /// A log whose row keys come from this source.
    public init(random: RandomSource) {
        self.random = random
    }

    /// Appends events, within `Store.journalled`, which makes appending serial: index order is commit order.
    ///
    /// Throws `JournalError` for an entry that cannot be a leaf, `StoreError`.
    @discardableResult
    public func append(_ entries: [JournalEntry], in transaction: Transaction) throws -> [JournalReceipt] {
        guard !entries.isEmpty else { return [] }
        var head = try JournalHead(in: transaction)
        var receipts: [JournalReceipt] = []
        var nodes: [MerkleNode] = []
        var room = LeafColumns.room
        for entry in entries {
            let index = head.frontier.size
            // A clock that was set back must not turn the journal round.
            head.lastAt = max(head.lastAt, entry.at)
            let payload = try Payload(entry.personal, random: random)
            let columns = try LeafColumns(entry, at: head.lastAt, payloadCommit: payload?.commit)
            let leafHash = try columns.leafHash(in: &room)
            try columns.insert(at: index, leafHash: leafHash, in: transaction)
            try payload?.insert(at: index, in: transaction)
            nodes += head.frontier.append(leafHash)
            receipts.append(JournalReceipt(index: index, at: head.lastAt, leafHash: leafHash))
        }
        for node in nodes {
            try transaction.run(
                "INSERT INTO journal_subtree (number, hash) VALUES (\(node.number), \(node.hash))"
            )
        }
        try head.save(in: transaction)
        return receipts
    }

    /// Appends one event.
    @discardableResult
    public func append(_ entry: JournalEntry, in transaction: Transaction) throws -> JournalReceipt {
        try append([entry], in: transaction)[0]
    }

    // MARK: - Reading

    /// The events of an object, the first one first.
    public func events(
        of objectType: String,
        id: String,
        includingPersonal: Bool = false,
        in transaction: Transaction
    ) throws -> [JournalEvent] {
        try JournalTable.events(
            where: JournalTable.isAbout(objectType, id),
            includingPersonal: includingPersonal,
            limit: nil,
            in: transaction
        )
    }

    /// The story of an object, the first event first, without what only the tree needs.
    public func lines(
        of objectType: String,
        id: String,
        includingPersonal: Bool = false,
        in transaction: Transaction
    ) throws -> [JournalLine] {
        try JournalTable.lines(of: objectType, id: id, includingPersonal: includingPersonal, in: transaction)
    }

    /// The next lines of all objects of a type after an index (nil for the beginning), at most `limit`, in order;
    /// without what is personal.
    public func lines(
        about objectType: String,
        after index: Int64?,
        limit: Int,
        in transaction: Transaction
    ) throws -> [(index: Int64, objectID: String, line: JournalLine)] {
        try JournalTable.lines(about: objectType, after: index ?? -1, limit: limit, in: transaction)
    }

    /// The next events of the whole journal after an index (nil for its beginning), at most `limit`, in order.
    public func events(
        after index: Int64?,
        limit: Int,
        includingPersonal: Bool = false,
        in transaction: Transaction
    ) throws -> [JournalEvent] {
        try JournalTable.events(
            where: "event.leaf_index > \(index ?? -1)",
            includingPersonal: includingPersonal,
            limit: limit,
            in: transaction
        )
    }

    /// Erases the personal rows of an object's events, as the law on personal data asks; the tree stays as it is.
    /// The number of rows that there were.
    @discardableResult
    public func erasePersonal(of objectType: String, id: String, in transaction: Transaction) throws(StoreError) -> Int
    {
        try transaction.run(
            """
            DELETE FROM journal_payload WHERE leaf_index IN (
                SELECT event.leaf_index FROM journal_event event
                WHERE \(fragment: JournalTable.isAbout(objectType, id))
            )
            """
        )
    }

    // MARK: - The tree

    /// Size and root of the tree at this moment.
    public func head(in transaction: Transaction) throws -> TreeHead {
        let frontier = try JournalHead(in: transaction).frontier
        return TreeHead(size: frontier.size, root: frontier.root)
    }

    /// Size and root as they were at an earlier size. Throws `JournalError.outOfRange`.
    public func head(atSize size: Int64, in transaction: Transaction) throws -> TreeHead {
        guard size >= 0, try size <= JournalHead(in: transaction).frontier.size else { throw JournalError.outOfRange }
        return TreeHead(size: size, root: try JournalTable.prover(transaction).root(0..<size))
    }

    /// That the leaf is in the tree of this size. Throws `JournalError.outOfRange`.
    public func inclusionProof(of index: Int64, size: Int64, in transaction: Transaction) throws -> InclusionProof {
        guard 0 <= index, index < size, try size <= JournalHead(in: transaction).frontier.size else {
            throw JournalError.outOfRange
        }
        let path = try JournalTable.prover(transaction).inclusion(of: index, in: 0..<size)
        return InclusionProof(index: index, size: size, path: path)
    }

    /// That the tree of the new size begins with the one of the old size. Throws `JournalError.outOfRange`.
    public func consistencyProof(from old: Int64, to new: Int64, in transaction: Transaction) throws -> ConsistencyProof
    {
        guard 0 <= old, old <= new, try new <= JournalHead(in: transaction).frontier.size else {
            throw JournalError.outOfRange
        }
        let path = old == 0 ? [] : try JournalTable.prover(transaction).consistency(of: old, in: 0..<new)
        return ConsistencyProof(oldSize: old, newSize: new, path: path)
    }
}

/// The size and root of a tree.
public struct TreeHead: Sendable, Equatable {
    /// Leaves of the tree.
    public let size: Int64
    /// Its root.
    public let root: Digest

    /// A head.
    public init(size: Int64, root: Digest) {
        (self.size, self.root) = (size, root)
    }
}

// MARK: - Streaming

extension TransparencyLog {
    /// All events in order, read in batches, each batch a snapshot of its own.
    ///
    /// Events that are appended meanwhile are read as well; the stream ends when there are no more.
    public func stream(
        from store: any Store,
        after index: Int64? = nil,
        includingPersonal: Bool = false,
        batch limit: Int = 500
    ) -> JournalStream {
        JournalStream(log: self, store: store, last: index, includingPersonal: includingPersonal, limit: limit)
    }
}

/// The events of the journal, one batch after the other.
public struct JournalStream: AsyncSequence, AsyncIteratorProtocol, Sendable {
    let log: TransparencyLog
    let store: any Store
    var last: Int64?
    let includingPersonal: Bool
    let limit: Int

    public func makeAsyncIterator() -> JournalStream { self }

    /// The next batch, never empty; nil at the end.
    public mutating func next() async throws -> [JournalEvent]? {
        let (log, last, includingPersonal, limit) = (log, last, includingPersonal, limit)
        let events = try await store.survey { transaction in
            try log.events(after: last, limit: limit, includingPersonal: includingPersonal, in: transaction)
        }
        guard let end = events.last else { return nil }
        self.last = end.index
        return events
    }
}
