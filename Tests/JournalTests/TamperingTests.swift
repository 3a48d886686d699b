// SPDX-License-Identifier: Apache-2.0

import Digests
@testable import Journal
import Kernel
import Storage
import TestSupport
import Testing

/// Whoever owns the database changes it: each change is found, and the place named.
@Suite struct TamperingTests {
    struct Change: Sendable, CustomTestStringConvertible {
        let what: String
        let statements: [Statement]
        let reason: JournalReport.Fault.Reason
        let index: Int64
        var testDescription: String { what }
    }

    private static func column(_ name: String, _ change: Statement) -> Change {
        Change(
            what: name,
            statements: ["UPDATE journal_event SET \(fragment: change) WHERE leaf_index = 6"],
            reason: .changed,
            index: 6
        )
    }

    private static let columns = [
        column("at", "at = at + 1"),
        column("service", "service = 'payments'"),
        column("kind", "kind = 'decided'"),
        column("object type", "object_type = 'draft'"),
        column("object id", "object_id = 'd2'"),
        column("actor kind", "actor_kind = 'citizen'"),
        column("actor kind unknown", "actor_kind = 'nobody'"),
        column("actor id", "actor_id = 'o9'"),
        column("actor agency", "actor_agency = 'H01.30338'"),
        column("actor agency erased", "actor_agency = NULL"),
        column("actor unit", "actor_unit = 'u2'"),
        column("authentication", "authentication = 'password'"),
        column("assurance", "assurance = 2"),
        column("behalf", "actor_behalf = 'u3'"),
        column("session", "session_digest = \(Digest(of: "x"))"),
        column("request", "request_id = 'r9'"),
        column("facts", "facts = '{\"number\":7,\"step\":\"Tiếp nhận\"}'"),
        column("facts, spaces alone", "facts = '{\"number\": 6,\"step\":\"Tiếp nhận\"}'"),
        column("payload commit", "payload_commit = \(Digest(of: "x"))"),
        column("payload commit erased", "payload_commit = NULL"),
        column("leaf hash", "leaf_hash = \(Digest(of: "x"))"),
        column("leaf hash, half", "leaf_hash = \([UInt8]([1, 2]))"),
    ]

    /// A leaf that is right by itself, in a place that is not its own.
    private static func repeated(_ index: Int64, at place: Int64) -> Statement {
        let columns: Statement = "at, kind, object_id, actor_id, session_digest, request_id, facts, leaf_hash"
        return """
            UPDATE journal_event SET (\(fragment: columns)) =
                (SELECT \(fragment: columns) FROM journal_event other WHERE other.leaf_index = \(index))
            WHERE leaf_index = \(place)
            """
    }

    private static let rows = [
        Change(
            what: "an event deleted in the middle",
            statements: [
                "DELETE FROM journal_payload WHERE leaf_index = 6", "DELETE FROM journal_event WHERE leaf_index = 6",
            ],
            reason: .missing,
            index: 6
        ),
        Change(
            what: "the last event deleted",
            statements: [
                "DELETE FROM journal_payload WHERE leaf_index = 42", "DELETE FROM journal_event WHERE leaf_index = 42",
            ],
            reason: .missing,
            index: 42
        ),
        Change(
            what: "an event inserted at the end",
            statements: [
                """
                INSERT INTO journal_event (leaf_index, at, service, kind, object_type, object_id, actor_kind, actor_id,
                    facts, leaf_hash)
                SELECT 43, at, service, kind, object_type, object_id, actor_kind, actor_id, facts, leaf_hash
                FROM journal_event WHERE leaf_index = 42
                """
            ],
            reason: .uncounted,
            index: 43
        ),
        Change(
            what: "two events exchanged",
            statements: [
                "UPDATE journal_event SET leaf_index = 99 WHERE leaf_index = 28",
                "UPDATE journal_event SET leaf_index = 28 WHERE leaf_index = 29",
                "UPDATE journal_event SET leaf_index = 29 WHERE leaf_index = 99",
            ],
            reason: .time,
            index: 29
        ),
        Change(
            what: "an event in the place of another",
            statements: [repeated(28, at: 29)],
            reason: .node,
            index: 16
        ),
        Change(
            what: "an event in the place of another, near the end",
            statements: [repeated(40, at: 41)],
            reason: .edge,
            index: 40
        ),
        Change(
            what: "a personal row changed",
            statements: ["UPDATE journal_payload SET payload = '{\"name\":\"Trần\"}' WHERE leaf_index = 6"],
            reason: .payload,
            index: 6
        ),
        Change(
            what: "a row key changed",
            statements: [
                "UPDATE journal_payload SET row_key = \([UInt8](repeating: 1, count: 32)) WHERE leaf_index = 6"
            ],
            reason: .payload,
            index: 6
        ),
        Change(
            what: "a personal row added",
            statements: [
                "INSERT INTO journal_payload (leaf_index, row_key, payload) VALUES (5, \([UInt8]([1])), '{}')"
            ],
            reason: .payload,
            index: 5
        ),
        Change(
            what: "a node changed",
            statements: [
                "UPDATE journal_subtree SET hash = \(Digest(of: "x")) WHERE number = \(MerkleNode.number(4, 1))"
            ],
            reason: .node,
            index: 16
        ),
        Change(
            what: "a node deleted",
            statements: ["DELETE FROM journal_subtree WHERE number = \(MerkleNode.number(5, 0))"],
            reason: .node,
            index: 0
        ),
        Change(
            what: "a node too many",
            statements: [
                "INSERT INTO journal_subtree (number, hash) VALUES (\(MerkleNode.number(6, 0)), \(Digest(of: "x")))"
            ],
            reason: .head,
            index: 43
        ),
        Change(
            what: "the edge changed",
            statements: ["UPDATE journal_head SET frontier = \([UInt8](repeating: 0, count: 128))"],
            reason: .edge,
            index: 0
        ),
        Change(
            what: "the edge cut",
            statements: ["UPDATE journal_head SET frontier = \([UInt8](repeating: 0, count: 127))"],
            reason: .head,
            index: 0
        ),
        Change(
            what: "the head's moment changed",
            statements: ["UPDATE journal_head SET last_at = last_at + 1"],
            reason: .head,
            index: 43
        ),
    ]

    @Test(arguments: TestStores.all, columns + rows)
    func everyChangeIsFoundAndLocated(on engine: Engine, change: Change) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            try await appendTestEntries(43, to: store)
            let before = try await testLog.verify(store)
            #expect(before.fault == nil)
            try await store.write { transaction in for statement in change.statements { try transaction.run(statement) }
            }
            let report = try await testLog.verify(store)
            #expect(report.fault?.reason == change.reason)
            #expect(report.fault?.index == change.index)
        }
    }

    /// Event, leaf hash, nodes and head all made anew: only a head that was signed before tells.
    @Test(arguments: TestStores.all)
    func aRewrittenHistoryIsFoundByASignedHead(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            try await appendTestEntries(4, to: store)
            let first = try await testLog.verify(store).head
            _ = try await store.journalled { try testLog.append((4..<9).map { testEntry($0) }, in: $0) }
            let second = try await testLog.verify(store).head
            try await rewrite(store, keeping: 6, adding: 3)
            let unaware = try await testLog.verify(store)
            #expect(unaware.fault == nil)
            let report = try await testLog.verify(store, against: [second, first])
            #expect(report.fault?.reason == .checkpoint)
            #expect(report.fault?.index == 4)
        }
    }

    @Test(arguments: TestStores.all)
    func aRollBackIsFoundByASignedHeadAndNotWithout(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            try await appendTestEntries(9, to: store)
            let signed = try await testLog.verify(store).head
            try await rewrite(store, keeping: 7, adding: 0)
            let unaware = try await testLog.verify(store)
            #expect(unaware.fault == nil)
            let report = try await testLog.verify(store, against: [signed])
            #expect(report.fault?.reason == .missing)
            #expect(report.fault?.index == 7)
        }
    }

    @Test(arguments: TestStores.all)
    func theKeeperNeverSignsTwoHistories(on engine: Engine) async throws {
        try await withTemporaryFolder { folder in
            try await withStore(engine, migrations: JournalSchema.migrations) { store in
                let signer = try NoteSigner(name: "log.example", secret: [UInt8](repeating: 3, count: 32))
                let keeper = CheckpointKeeper(signer: signer, origin: "example/log", headFile: "\(folder)/log.head")
                try await appendTestEntries(5, to: store)
                let sealed = try await testLog.seal(store, by: keeper, now: .test)
                let note = try #require(sealed)
                #expect(note.isSigned(by: [keeper.verifier]))
                let head = try await testLog.verify(store).head
                #expect(try Checkpoint(parsing: note.text) == Checkpoint(origin: "example/log", head: head))
                let again = try await testLog.seal(store, by: keeper, now: .test)
                #expect(again == nil)
                _ = try await store.journalled { try testLog.append((5..<9).map { testEntry($0) }, in: $0) }
                let later = try await testLog.seal(store, by: keeper, now: .test.adding(seconds: 60))
                let kept = try await store.read { try testLog.latestCheckpoint(in: $0)?.note }
                #expect(later != nil)
                #expect(kept == later)
                try await rewrite(store, keeping: 7, adding: 4)
                await #expect(throws: JournalError.inconsistent(signedSize: 9)) {
                    try await testLog.seal(store, by: keeper, now: .test.adding(seconds: 120))
                }
                try await rewrite(store, keeping: 3, adding: 0)
                await #expect(throws: JournalError.inconsistent(signedSize: 9)) {
                    try await testLog.seal(store, by: keeper, now: .test.adding(seconds: 120))
                }
            }
        }
    }

    /// Cuts the journal and appends other events, with all hashes right.
    private func rewrite(_ store: any Store, keeping size: Int, adding count: Int) async throws {
        _ = try await store.journalled { transaction in
            let kept = try testLog.events(after: nil, limit: size, in: transaction)
            try transaction.run("DELETE FROM journal_payload WHERE leaf_index >= \(size)")
            try transaction.run("DELETE FROM journal_event WHERE leaf_index >= \(size)")
            for level in 1...8 {
                for position in Int64(size >> level)...Int64(200 >> level) {
                    let number = MerkleNode.number(level, position)
                    try transaction.run("DELETE FROM journal_subtree WHERE number = \(number)")
                }
            }
            var head = try JournalHead(in: transaction)
            head.frontier = Frontier()
            for event in kept { head.frontier.append(event.leafHash) }
            head.lastAt = kept.last?.entry.at ?? .test
            try head.save(in: transaction)
            return try testLog.append((0..<count).map { testEntry(100 + $0) }, in: transaction)
        }
    }
}
