// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Foundation
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@Suite("What is offered, and who said so")
struct PublicationTests {
    private static let code = SamplePack.code

    private func named(_ name: String) -> PackSource {
        SamplePack.source(replacing: "name: Cấp giấy thử nghiệm", with: "name: \(name)")
    }

    /// A folder with these packs.
    static func withFolder(_ packs: [PackSource], _ body: (String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try write(packs, to: folder)
            try await body(folder)
        }
    }

    static func write(_ packs: [PackSource], to folder: String) throws {
        for pack in packs {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(pack.folderName)",
                withIntermediateDirectories: true
            )
            for (name, bytes) in pack.files {
                try Data(bytes).write(to: URL(filePath: "\(folder)/\(pack.folderName)/\(name)"))
            }
        }
    }

    @Test("Publishing, rolling back and retiring are one act each, told by the journal", arguments: TestStores.all)
    func acts(on engine: Engine) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let time = TestClock(at: try #require(Instant("2026-03-05T08:00")))
            let (service, admin, today) = (
                CatalogueService(store: store, clock: time.clock), try Keepers.administrator(), try day("2026-03-05")
            )
            let other = CatalogueService(store: store, clock: time.clock)
            let first = try await service.publish(SamplePack.source())
            let draft = try await service.begin(Self.code, from: .current, by: admin)
            await #expect(throws: CatalogueError.nothingChanged) {
                try await service.publish(draft: Self.code, reason: "x", expecting: draft.version, by: admin)
            }
            _ = try await service.save(named("Cấp giấy mới"), as: Self.code, expecting: 1, by: admin)
            await #expect(throws: CatalogueError.textMissing(.reason)) {
                try await service.publish(draft: Self.code, reason: " ", expecting: 2, by: admin)
            }
            let second = try await service.publish(draft: Self.code, reason: "Luật mới", expecting: 2, by: admin)
            #expect(service.entry(Self.code, on: today)?.name == "Cấp giấy mới")
            let left = try await service.draft(Self.code, for: admin)
            #expect(left == nil)
            try await service.rollBack(Self.code, to: first.digest, reason: "Nhầm", by: admin)
            #expect(service.entry(Self.code, on: today)?.digest == first.digest)
            await #expect(throws: CatalogueError.nothingChanged) {
                try await service.rollBack(Self.code, to: first.digest, reason: "Nhầm", by: admin)
            }
            await #expect(throws: CatalogueError.dayPassed) {
                try await service.retire(Self.code, from: try day("2026-03-04"), reason: "x", by: admin)
            }
            let end = try day("2026-03-10")
            try await service.retire(Self.code, from: end, reason: "Bãi bỏ", by: admin)
            #expect(service.entry(Self.code, on: try day("2026-03-09")) != nil)
            #expect(service.entry(Self.code, on: end) == nil)
            #expect(service.procedures(on: end).isEmpty)
            // A dossier in flight keeps its version, retired or not.
            let kept = try await service.pack(version: second.digest.hex)
            #expect(kept?.name == "Cấp giấy mới")
            // Another node sees all of it once it looks.
            try await other.refresh()
            #expect(other.entry(Self.code, on: today)?.digest == first.digest)
            #expect(other.entry(Self.code, on: end) == nil)
            try await service.resume(Self.code, reason: "Chưa bãi bỏ", by: admin)
            #expect(service.entry(Self.code, on: end)?.digest == first.digest)
            let history = try await service.history(of: Self.code, for: admin)
            #expect(history.acts.map(\.kind) == [.resumed, .retired, .rolledBack, .published, .published])
            #expect(history.acts.map(\.text) == ["Chưa bãi bỏ", "Bãi bỏ", "Nhầm", "Luật mới", nil])
            #expect(history.acts.map(\.author.id) == ["keeper", "keeper", "keeper", "keeper", "files"])
            #expect(history.acts[2].before == second.digest && history.acts[2].after == first.digest)
            #expect(history.acts[3].before == first.digest && history.acts[3].after == second.digest)
            #expect(history.acts[1].from == end)
            #expect(history.versions.map(\.digest) == [first.digest, second.digest])
            #expect(history.current == first.digest && history.retiredFrom == nil)
        }
    }

    @Test("Only administrators of the authority act", arguments: TestStores.all)
    func refused(on engine: Engine) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let service = CatalogueService(store: store, clock: .fixed())
            let version = try await service.publish(SamplePack.source())
            let (leader, today) = (try Keepers.officer([.leader]), Instant.test.date)
            await #expect(throws: CatalogueError.notAllowed) {
                try await service.publish(draft: Self.code, reason: "x", expecting: 1, by: leader)
            }
            await #expect(throws: CatalogueError.notAllowed) {
                try await service.rollBack(Self.code, to: version.digest, reason: "x", by: leader)
            }
            await #expect(throws: CatalogueError.notAllowed) {
                try await service.retire(Self.code, from: today, reason: "x", by: leader)
            }
            await #expect(throws: CatalogueError.notAllowed) {
                try await service.resume(Self.code, reason: "x", by: leader)
            }
            await #expect(throws: CatalogueError.notAllowed) { try await service.history(of: Self.code, for: leader) }
        }
    }

    @Test(
        "A pack whose facts nobody compared waits as a draft, and is published once they are",
        arguments: TestStores.all
    )
    func gate(on engine: Engine) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let (service, admin) = (CatalogueService(store: store, clock: .fixed()), try Keepers.administrator())
            let open = SamplePack.source(
                replacing: "- { item: name, source: nguồn, verified: yes }",
                with: "- { item: name, source: nguồn, verified: no }"
            )
            let error = await #expect(throws: CatalogueError.self) { try await service.publish(open) }
            guard case .unverifiedFacts(let facts)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(facts.map(\.label) == ["Nội dung “Tên thủ tục”"])
            #expect(facts.map(\.source) == ["nguồn"])
            try await Self.withFolder([open]) { folder in
                let report = try await service.load(folder: folder)
                #expect(report.entries.map(\.outcome) == [.waiting])
                #expect(service.procedures(on: Instant.test.date).isEmpty)
                let waiting = try await service.drafts(awaitingVerification: true, for: admin)
                #expect(waiting.map(\.code) == [Self.code] && waiting.map(\.unverifiedCount) == [1])
                await #expect(throws: CatalogueError.unverifiedFacts(facts)) {
                    try await service.publish(draft: Self.code, reason: "x", expecting: 1, by: admin)
                }
                let path = try #require(facts.first).path
                let checked = try await service.confirm([path], of: Self.code, seen: "vbpl.vn", expecting: 1, by: admin)
                _ = try await service.publish(draft: Self.code, reason: "Đã xem", expecting: checked.version, by: admin)
                #expect(service.entry(Self.code, on: Instant.test.date)?.facts.unverifiedCount == 0)
                // The files are as before: nothing new comes of them, and nothing that a person did is overturned.
                let again = try await service.load(folder: folder)
                #expect(again.entries.map(\.outcome) == [.waiting])
                let drafts = try await service.drafts(for: admin)
                #expect(drafts.isEmpty)
                try Self.write([named("Tên từ tệp")], to: folder)
                let changed = try await service.load(folder: folder)
                #expect(changed.entries.map(\.outcome) == [.held])
                #expect(service.entry(Self.code, on: Instant.test.date)?.name == "Cấp giấy thử nghiệm")
                let proposed = try await service.draft(Self.code, for: admin)
                #expect(proposed?.origin == .folder && proposed?.source.files == named("Tên từ tệp").files)
            }
        }
    }

    @Test("A demonstration offers it nevertheless, and says how much is not compared", arguments: TestStores.all)
    func demonstration(on engine: Engine) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let strict = CatalogueService(store: store, clock: .fixed())
            let demo = CatalogueService(store: store, clock: .fixed(), unverified: .offer)
            try await Self.withFolder([Repository.pack("2.000635")]) { folder in
                let waiting = try await strict.load(folder: folder)
                #expect(waiting.entries.map(\.outcome) == [.waiting])
                let offered = try await demo.load(folder: folder)
                #expect(offered.entries.map(\.outcome) == [.offered] && offered.entries.map(\.isNew) == [true])
                let entry = try #require(demo.entry("2.000635", on: Instant.test.date))
                let open = PackFact.facts(of: Repository.pack("2.000635")).count { !$0.isVerified }
                #expect(entry.facts.unverifiedCount == open && open > 0)
                // What is published stays offered, whoever asks.
                try await strict.refresh()
                #expect(strict.entry("2.000635", on: Instant.test.date) == entry)
            }
        }
    }

    @Test("What an older release published stays offered", arguments: TestStores.all)
    func older(on engine: Engine) async throws {
        let all = JournalSchema.migrations + CatalogueService.migrations
        try await withStore(engine) { store in
            let later = ["catalogue-0002-drafts", "catalogue-0003-offers", "catalogue-0004-draft-model"]
            let before = Set(all.map(\.id)).subtracting(later)
            try await store.migrate(all, only: before)
            let source = Repository.pack("2.000635")
            let yaml = try #require(source.files[PackSource.mainFile])
            let others = source.files.filter { $0.key != PackSource.mainFile }
            func publish(_ digest: Digest, _ yaml: [UInt8]) async throws {
                try await store.write { transaction in
                    try transaction.run(
                        """
                        INSERT INTO procedure_version (digest, code, valid_from, valid_to, yaml, published_at)
                        VALUES (\(digest), 'x', '2025-07-01', NULL, \(yaml), 5)
                        """
                    )
                    try transaction.run("UPDATE procedure_version SET code = '2.000635'")
                    for (name, content) in others {
                        try transaction.run(
                            """
                            INSERT INTO procedure_version_file (version, name, content)
                            VALUES (\(digest), \(name), \(content))
                            """
                        )
                    }
                }
            }
            try await publish(source.digest, yaml)
            try await store.migrate(all)
            let service = CatalogueService(store: store, clock: .fixed())
            try await service.refresh()
            let entry = try #require(service.entry("2.000635", on: Instant.test.date))
            #expect(entry.digest == source.digest && entry.facts.unverifiedCount > 0)
            // The older release goes on beside this one and publishes: it knows of no offers.
            let changed = PackSource(
                path: "2.000635",
                files: source.files.merging([PackSource.mainFile: yaml + [10]]) { $1 }
            )
            try await publish(changed.digest, yaml + [10])
            try await withTemporaryFolder { folder in
                _ = try await service.load(folder: folder)
                let count = service.memory.versions
                #expect(count == 2)
            }
        }
    }

    @Test("The memory of packs is bounded, and an entry says what the pack says")
    func memory() async throws {
        try await withStore(.sqlite, migrations: Keepers.migrations) { store in
            let service = CatalogueService(store: store, clock: .fixed(), unverified: .offer, packsInMemory: 2)
            for code in PackTests.codes { try await service.publish(Repository.pack(code)) }
            #expect(service.memory.packs == 2 && service.memory.versions == PackTests.codes.count)
            let fresh = CatalogueService(store: store, clock: .fixed(), packsInMemory: 2)
            try await fresh.refresh()
            #expect(fresh.memory.packs == 0)
            #expect(fresh.procedures(on: Instant.test.date) == service.procedures(on: Instant.test.date))
            for code in PackTests.codes {
                let entry = try #require(fresh.entry(code, on: Instant.test.date))
                let version = try await fresh.version(entry.digest)
                let said = ProcedureEntry(unpublished: version.pack, unverifiedCount: entry.facts.unverifiedCount)
                #expect(entry.facts == said.facts)
                #expect(!entry.facts.stages.isEmpty && !entry.facts.methods.isEmpty && !entry.facts.agencies.isEmpty)
                #expect(fresh.memory.packs <= 2)
            }
            let misses = fresh.memory.misses
            let last = try #require(fresh.entry(PackTests.codes[PackTests.codes.count - 1], on: Instant.test.date))
            _ = try await fresh.version(last.digest)
            #expect(fresh.memory.misses == misses)
        }
    }
}
