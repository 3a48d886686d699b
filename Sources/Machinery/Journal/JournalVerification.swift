// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
public import Storage

/// What a verification of the whole journal found.
public struct JournalReport: Sendable, Equatable {
    /// The first contradiction.
    public struct Fault: Sendable, Equatable {
        /// How the journal contradicts itself.
        public enum Reason: String, Sendable {
            /// An event that the head counts, or that a signed head counts, is not there.
            case missing
            /// An event is there that the head does not count.
            case uncounted
            /// A column of the event is not what was hashed.
            case changed
            /// The personal row of the event is not the one that was committed to.
            case payload
            /// The event is earlier than the one before it.
            case time
            /// A stored node, whose leaves begin here, is not over these leaves: one of them was changed with its hash.
            case node
            /// The right edge of the tree in the head, from here on, is not over these leaves.
            case edge
            /// A head that was signed is not over the leaves from here on: they were changed with all their hashes.
            case checkpoint
            /// The row of the head cannot be read.
            case head
        }

        public let reason: Reason
        /// The index of the first event that is wrong, or may be.
        public let index: Int64
    }

    /// Size and root, computed from the columns of the events up to the fault.
    public let head: TreeHead
    /// Personal rows that were erased: nothing is wrong with that.
    public let erased: Int64
    /// Nil when all is well.
    public let fault: Fault?
}

extension TransparencyLog {
    /// Recomputes every leaf, every node and the root from the events' columns, in one snapshot.
    ///
    /// `signed` are heads that were signed before and are kept outside the database: who changes events together with
    /// all hashes cannot change these. Events newer than the last of them can be cut unseen; that is the limit.
    public func verify(_ store: any Store, against signed: [TreeHead] = []) async throws -> JournalReport {
        try await store.survey { transaction in
            var verification = JournalVerification(signed: signed)
            let fault = try verification.run(in: transaction)
            let head = TreeHead(size: verification.frontier.size, root: verification.frontier.root)
            return JournalReport(head: head, erased: verification.erased, fault: fault)
        }
    }
}

private struct JournalVerification {
    typealias Fault = JournalReport.Fault

    /// So many events of about 1 kB are in memory at once.
    private static let batch: Int64 = 1_000

    private let signed: [TreeHead]
    private var signedSeen = 0
    private var lastAt = Instant(microseconds: .min)
    private var room = LeafColumns.room
    /// Nodes completed in this batch.
    private var nodes: [MerkleNode] = []
    private(set) var frontier = Frontier()
    private(set) var erased: Int64 = 0

    init(signed: [TreeHead]) {
        self.signed = signed.sorted { $0.size < $1.size }
    }

    mutating func run(in transaction: Transaction) throws -> Fault? {
        let head: JournalHead
        do { head = try JournalHead(in: transaction) } catch is JournalError { return Fault(reason: .head, index: 0) }
        if let fault = signedFault() { return fault }
        while true {
            let start = frontier.size
            let rows = try JournalVerification.rows(from: start, in: transaction)
            nodes = []
            for row in rows {
                // What is wrong with a node concerns an event before this one.
                if let fault = try check(row, head: head) {
                    return try nodeFault(in: transaction) ?? fault
                }
            }
            if let fault = try nodeFault(in: transaction) { return fault }
            if rows.count < JournalVerification.batch { return try endFault(head, in: transaction) }
        }
    }

    private static func rows(from index: Int64, in transaction: Transaction) throws(StoreError) -> [ResultRow] {
        try transaction.rows(
            """
            SELECT \(fragment: LeafColumns.selected), payload.row_key, payload.payload
            FROM journal_event event LEFT JOIN journal_payload payload ON payload.leaf_index = event.leaf_index
            WHERE event.leaf_index >= \(index) ORDER BY event.leaf_index LIMIT \(batch)
            """
        )
    }

    private mutating func check(_ row: ResultRow, head: JournalHead) throws -> Fault? {
        let index = frontier.size
        guard try row.get("leaf_index") == index else { return Fault(reason: .missing, index: index) }
        guard index < head.frontier.size else { return Fault(reason: .uncounted, index: index) }
        let columns: LeafColumns
        let leafHash: Digest
        do {
            columns = try LeafColumns(row)
            leafHash = try row.get("leaf_hash")
        } catch { return Fault(reason: .changed, index: index) }
        // Columns that cannot be written as a leaf are not what was hashed: the same fault.
        guard (try? columns.leafHash(in: &room)) == leafHash else { return Fault(reason: .changed, index: index) }
        guard try isPayloadSound(row, columns) else { return Fault(reason: .payload, index: index) }
        guard columns.at >= lastAt else { return Fault(reason: .time, index: index) }
        lastAt = columns.at
        nodes += frontier.append(leafHash)
        return signedFault()
    }

    private mutating func isPayloadSound(_ row: ResultRow, _ columns: LeafColumns) throws -> Bool {
        let rowKey: [UInt8]? = try row.get("row_key")
        let text: String? = try row.get("payload")
        switch (columns.payloadCommit, rowKey, text) {
        case (nil, nil, nil): return true
        case (_?, nil, nil):
            erased += 1
            return true
        case (let commit?, let rowKey?, let text?): return Payload(rowKey: rowKey, text: text).commit == commit
        default: return false
        }
    }

    private mutating func signedFault() -> Fault? {
        while signedSeen < signed.count, signed[signedSeen].size == frontier.size {
            guard signed[signedSeen].root == frontier.root else {
                return Fault(reason: .checkpoint, index: signedSeen == 0 ? 0 : signed[signedSeen - 1].size)
            }
            signedSeen += 1
        }
        return nil
    }

    /// Compares the nodes that the leaves of this batch completed with those that are stored.
    private func nodeFault(in transaction: Transaction) throws -> Fault? {
        guard !nodes.isEmpty else { return nil }
        let rows = try transaction.rows(
            "SELECT number, hash FROM journal_subtree WHERE number IN (\(list: nodes.map(\.number)))"
        )
        var stored: [Int64: Digest] = [:]
        // A hash that cannot be read is a wrong one.
        for row in rows { stored[try row.get("number")] = try? row.get("hash", as: Digest.self) }
        // The lowest subtree says best where it is.
        let wrong = nodes.filter { stored[$0.number] != $0.hash }.min {
            ($0.level, $0.position) < ($1.level, $1.position)
        }
        return wrong.map { Fault(reason: .node, index: $0.position << Int64($0.level)) }
    }

    private func endFault(_ head: JournalHead, in transaction: Transaction) throws -> Fault? {
        let size = frontier.size
        if size < head.frontier.size || signedSeen < signed.count { return Fault(reason: .missing, index: size) }
        if let start = frontier.firstDifference(from: head.frontier) { return Fault(reason: .edge, index: start) }
        let isLastKnown = size == 0 || head.lastAt == lastAt
        let nodeCount = try transaction.first("SELECT COUNT(*) AS count FROM journal_subtree")?.get("count") ?? 0
        guard isLastKnown, nodeCount == MerkleNode.keptCount(ofSize: size) else {
            return Fault(reason: .head, index: size)
        }
        return nil
    }
}

extension Frontier {
    /// The index of the first leaf below the first root that differs; nil when all are equal. Sizes are equal.
    func firstDifference(from other: Frontier) -> Int64? {
        var start: Int64 = 0
        for (bit, pair) in zip(Frontier.bits(of: size), zip(roots, other.roots)) {
            if pair.0 != pair.1 { return start }
            start += bit
        }
        return nil
    }

    /// The powers of two that make up a size, the largest first.
    private static func bits(of size: Int64) -> [Int64] {
        (0..<63).reversed().map { 1 << Int64($0) }.filter { size & $0 != 0 }
    }
}
