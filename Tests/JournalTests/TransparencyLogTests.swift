// SPDX-License-Identifier: Apache-2.0

import Digests
@testable import Journal
import Kernel
import Storage
import TestSupport
import Testing

/// An event of a test, the `number`-th; every third one has a personal row.
func testEntry(_ number: Int, at moment: Instant? = nil) -> JournalEntry {
    JournalEntry(
        at: moment ?? Instant.test.adding(seconds: Int64(number)),
        service: "dossiers",
        kind: number % 2 == 0 ? "submitted" : "received",
        objectType: "dossier",
        objectID: "d\(number % 5)",
        actor: ActorStamp(
            kind: .officer,
            id: "o\(number)",
            agency: AgencyCode("H01.30337"),
            unit: "u1",
            authentication: "password+totp",
            session: Digest(of: "session \(number)")
        ),
        requestID: "r\(number)",
        facts: ["number": .integer(Int64(number)), "step": "Tiếp nhận"],
        personal: number % 3 == 0 ? JSONValue.object(["name": .string("Nguyễn Văn \(number)")]) : nil
    )
}

let testLog = TransparencyLog(random: .seeded(7))

func appendTestEntries(_ count: Int, to store: any Store) async throws {
    _ = try await store.journalled { try testLog.append((0..<count).map { testEntry($0) }, in: $0) }
}

@Suite struct TransparencyLogTests {
    @Test(arguments: TestStores.all)
    func whatWasAppendedIsReadBackInOrder(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            let receipts = try await store.journalled { transaction in
                try (0..<12).map { try testLog.append(testEntry($0), in: transaction) }
            }
            #expect(receipts.map(\.index) == Array(0..<12))
            let events = try await store.read { transaction in
                try testLog.events(of: "dossier", id: "d1", includingPersonal: true, in: transaction)
            }
            #expect(events.map(\.index) == [1, 6, 11])
            #expect(events.map(\.entry) == [1, 6, 11].map { testEntry($0) })
            #expect(events.map(\.leafHash) == [1, 6, 11].map { receipts[$0].leafHash })
            let bare = try await store.read { try testLog.events(of: "dossier", id: "d1", in: $0) }
            #expect(bare.allSatisfy { $0.entry.personal == nil })
            #expect(bare[1].payloadCommit != nil)
            var streamed: [Int64] = []
            for try await batch in testLog.stream(from: store, after: 2, batch: 4) { streamed += batch.map(\.index) }
            #expect(streamed == Array(3..<12))
        }
    }

    @Test(arguments: TestStores.all)
    func theLeafIsTheCanonicalTextOfTheColumns(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            let entry = JournalEntry(
                at: .test,
                service: "dossiers",
                kind: "submitted",
                objectType: "dossier",
                objectID: "d1",
                actor: .system("clock"),
                facts: ["b": 1, "a": "đ"]
            )
            let receipt = try await store.journalled { try testLog.append(entry, in: $0) }
            let leaf =
                #"{"actorAgency":null,"actorId":"clock","actorKind":"system","actorUnit":null,"at":1772413200000000,"#
                + #""authentication":"system","facts":{"a":"đ","b":1},"kind":"submitted","objectId":"d1","#
                + #""objectType":"dossier","payloadCommit":null,"requestId":null,"service":"dossiers","#
                + #""session":null,"version":1}"#
            #expect(receipt.leafHash == MerkleTree.leaf(Array(leaf.utf8)))
            var second = entry
            second.actor = ActorStamp(
                kind: .citizen,
                id: "c1",
                authentication: "nationalIdentity",
                assurance: 2,
                behalf: "m1"
            )
            let authored = try await store.journalled { [second] in try testLog.append(second, in: $0) }
            let longer =
                #"{"actorAgency":null,"actorBehalf":"m1","actorId":"c1","actorKind":"citizen","actorUnit":null,"#
                + #""assurance":2,"at":1772413200000000,"authentication":"nationalIdentity","facts":{"a":"đ","b":1},"#
                + #""kind":"submitted","objectId":"d1","objectType":"dossier","payloadCommit":null,"#
                + #""requestId":null,"service":"dossiers","session":null,"version":1}"#
            #expect(authored.leafHash == MerkleTree.leaf(Array(longer.utf8)))
        }
    }

    @Test(arguments: TestStores.all)
    func indexOrderIsCommitOrderUnderConcurrency(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            let receipts = try await withThrowingTaskGroup(of: JournalReceipt?.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        do {
                            return try await store.journalled { transaction in
                                let receipt = try testLog.append(testEntry(number), in: transaction)
                                if number % 10 == 7 { throw JournalError.outOfRange }
                                return receipt
                            }
                        } catch JournalError.outOfRange { return nil }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let indexes = receipts.compactMap { $0?.index }.sorted()
            #expect(indexes == Array(0..<180))
            let report = try await testLog.verify(store)
            #expect(report.fault == nil)
            #expect(report.head.size == 180)
            let head = try await store.read { try testLog.head(in: $0) }
            #expect(head == report.head)
        }
    }

    /// SQLite has one node; PostgreSQL has several, each with a writer of its own.
    @Test func twoNodesAppendToOneJournal() async throws {
        try await withStoreAddress(.postgres) { address in
            let first = try await StoreOpening.open(url: address, limits: testLimits)
            let second = try await StoreOpening.open(url: address, limits: testLimits)
            try await first.migrate(JournalSchema.migrations)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    let store = number % 2 == 0 ? first : second
                    group.addTask { _ = try await store.journalled { try testLog.append(testEntry(number), in: $0) } }
                }
                try await group.waitForAll()
            }
            let report = try await testLog.verify(second)
            #expect(report.fault == nil)
            #expect(report.head.size == 60)
            await first.close()
            await second.close()
        }
    }

    @Test(arguments: TestStores.all)
    func timeNeverGoesBack(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            let later = Instant.test.adding(hours: 2)
            let first = try await store.journalled { try testLog.append(testEntry(0, at: later), in: $0) }
            let second = try await store.journalled { try testLog.append(testEntry(1, at: .test), in: $0) }
            #expect(first.at == later)
            #expect(second.at == later)
            let report = try await testLog.verify(store)
            #expect(report.fault == nil)
        }
    }

    @Test(arguments: TestStores.all)
    func storedNodesGiveEveryProof(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            try await appendTestEntries(71, to: store)
            try await store.read { transaction in
                let leaves = try testLog.events(after: nil, limit: 100, in: transaction).map(\.leafHash)
                for size in 1...71 {
                    let head = try testLog.head(atSize: Int64(size), in: transaction)
                    #expect(head.root == MerkleTree.root(of: Array(leaves.prefix(size))))
                    for index in [0, size / 2, size - 1] {
                        let proof = try testLog.inclusionProof(of: Int64(index), size: Int64(size), in: transaction)
                        #expect(proof.holds(leaf: leaves[index], root: head.root))
                    }
                    let proof = try testLog.consistencyProof(from: Int64(size), to: 71, in: transaction)
                    let newest = try testLog.head(in: transaction)
                    #expect(proof.holds(oldRoot: head.root, newRoot: newest.root))
                }
                #expect(throws: JournalError.outOfRange) {
                    try testLog.inclusionProof(of: 71, size: 71, in: transaction)
                }
                #expect(throws: JournalError.outOfRange) {
                    try testLog.inclusionProof(of: 0, size: 72, in: transaction)
                }
                #expect(throws: JournalError.outOfRange) {
                    try testLog.consistencyProof(from: 3, to: 72, in: transaction)
                }
            }
        }
    }

    /// The story of one object costs what is in it, however long the journal is.
    @Test func theEventsOfAnObjectAreFoundByTheirIndex() async throws {
        try await withStore(.sqlite, migrations: JournalSchema.migrations) { store in
            let plan = try await store.read { transaction in
                try transaction.rows(
                    """
                    EXPLAIN QUERY PLAN SELECT event.at FROM journal_event event
                    WHERE \(fragment: JournalTable.isAbout("dossier", "d1")) ORDER BY event.leaf_index
                    """
                ).map { try $0.get("detail", as: String.self) }
            }
            #expect(plan.count == 1 && plan[0].contains("USING INDEX journal_event_object"), "\(plan)")
        }
    }

    @Test(arguments: TestStores.all)
    func erasureLeavesTheTreeAsItWas(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            try await appendTestEntries(10, to: store)
            let before = try await testLog.verify(store)
            let erased = try await store.write { try testLog.erasePersonal(of: "dossier", id: "d3", in: $0) }
            #expect(erased == 1)
            let after = try await testLog.verify(store, against: [before.head])
            #expect(after.fault == nil)
            #expect(after.head == before.head)
            #expect(after.erased == 1)
            let events = try await store.read {
                try testLog.events(of: "dossier", id: "d3", includingPersonal: true, in: $0)
            }
            #expect(events[0].entry.personal == nil)
            #expect(events[0].payloadCommit != nil)
        }
    }

    @Test(arguments: TestStores.all)
    func whatCannotBeALeafIsRefused(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations) { store in
            var large = testEntry(1)
            large.facts = ["text": .string(String(repeating: "x", count: 65_535))]
            var list = testEntry(1)
            list.facts = ["x", 1]
            for entry in [large, list] {
                await #expect(throws: JournalError.self) {
                    try await store.journalled { try testLog.append(entry, in: $0) }
                }
            }
            let head = try await store.read { try testLog.head(in: $0) }
            #expect(head == TreeHead(size: 0, root: MerkleTree.emptyRoot))
        }
    }
}
