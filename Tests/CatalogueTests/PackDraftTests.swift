// SPDX-License-Identifier: Apache-2.0

import Foundation
import Catalogue
import Digests
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

/// Those who keep the book, and those who may not.
enum Keepers {
    static func officer(_ roles: Set<Role>, at agency: String = "H01") throws -> Actor {
        let officer = Officer(
            id: try #require(OfficerID(rawValue: "keeper")),
            loginName: "keeper",
            agency: try #require(AgencyCode(agency)),
            unit: try #require(OrgUnitID(rawValue: "office")),
            fullName: "Nguyễn Văn Quang",
            position: "Quản trị",
            email: nil,
            roles: roles
        )
        return .officer(officer, authentication: .password, session: nil)
    }

    static func administrator() throws -> Actor { try officer([.administrator]) }

    static let migrations = JournalSchema.migrations + CatalogueService.migrations
}

@Suite("Drafts of packs")
struct PackDraftTests {
    private func withCatalogue(
        _ engine: Engine,
        _ body: (CatalogueService, TestClock, any Store) async throws -> Void
    ) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let time = TestClock(at: try #require(Instant("2026-03-05T08:00")))
            try await body(CatalogueService(store: store, clock: time.clock), time, store)
        }
    }

    @Test(
        "A draft is saved, stepped back and forward, and discarded; nobody overwrites another",
        arguments: TestStores.all
    )
    func states(on engine: Engine) async throws {
        try await withCatalogue(engine) { service, time, _ in
            let (admin, code) = (try Keepers.administrator(), SamplePack.code)
            let begun = try await service.begin(code, from: .files(SamplePack.source()), by: admin)
            #expect(begun.version == 1 && begun.stepsBack == 0 && begun.origin == .imported && begun.base == nil)
            #expect(begun.source.files == SamplePack.source().files)
            #expect(begun.changedBy == DraftAuthor(kind: .officer, id: "keeper"))
            time.advance(seconds: 60)
            let changed = SamplePack.source(replacing: "name: Cấp giấy thử nghiệm", with: "name: Cấp giấy mới")
            let saved = try await service.save(changed, as: code, expecting: 1, by: admin)
            #expect(saved.version == 2 && saved.stepsBack == 1 && saved.stepsForward == 0)
            #expect(saved.changedAt.microseconds - begun.changedAt.microseconds == 60_000_000)
            let same = try await service.save(changed, as: code, expecting: 2, by: admin)
            #expect(same == saved)
            await #expect(throws: CatalogueError.draftChanged(at: saved.changedAt)) {
                try await service.save(SamplePack.source(), as: code, expecting: 1, by: admin)
            }
            let back = try await service.undo(code, expecting: 2, by: admin)
            #expect(back.source.files == SamplePack.source().files)
            #expect(back.version == 3 && back.stepsBack == 0 && back.stepsForward == 1)
            await #expect(throws: CatalogueError.noEarlierState) {
                try await service.undo(code, expecting: 3, by: admin)
            }
            let forward = try await service.redo(code, expecting: 3, by: admin)
            #expect(forward.source.files == changed.files && forward.stepsForward == 0)
            // A change after a step back lets the way forward go.
            _ = try await service.undo(code, expecting: 4, by: admin)
            let other = SamplePack.source(replacing: "name: Cấp giấy thử nghiệm", with: "name: Cấp giấy khác")
            let after = try await service.save(other, as: code, expecting: 5, by: admin)
            #expect(after.stepsBack == 1 && after.stepsForward == 0)
            let listed = try await service.drafts(for: admin)
            #expect(listed.map(\.name) == ["Cấp giấy khác"])
            #expect(listed.map(\.errorCount) == [0])
            try await service.discard(code, expecting: after.version, by: admin)
            let found1 = try await service.draft(code, for: admin)
            #expect(found1 == nil)
            await #expect(throws: CatalogueError.unknownDraft(code)) {
                try await service.save(other, as: code, expecting: 6, by: admin)
            }
        }
    }

    @Test("Only the last states are kept", arguments: TestStores.all)
    func bounded(on engine: Engine) async throws {
        try await withCatalogue(engine) { service, _, store in
            let (admin, code) = (try Keepers.administrator(), "9.5")
            var draft = try await service.begin(code, from: .empty(name: "Thủ tục: số 1 # \"mới\""), by: admin)
            let found3 = try await service.drafts(for: admin)
            #expect(found3.map(\.name) == ["Thủ tục: số 1 # \"mới\""])
            for number in 1...60 {
                let text = Array("code: 9.5\nname: Lần \(number)\n".utf8)
                let source = PackSource(path: code, files: [PackSource.mainFile: text])
                draft = try await service.save(source, as: code, expecting: draft.version, by: admin)
            }
            #expect(draft.stepsBack == 49)
            let rows = try await store.read { try $0.rows("SELECT position FROM procedure_draft_state").count }
            #expect(rows == 50)
        }
    }

    @Test("A draft begins from a version, from nothing, or as a copy whose facts wait anew", arguments: TestStores.all)
    func beginnings(on engine: Engine) async throws {
        try await withCatalogue(engine) { service, _, _ in
            let (admin, code) = (try Keepers.administrator(), SamplePack.code)
            await #expect(throws: CatalogueError.unknownProcedure(code)) {
                try await service.begin(code, from: .current, by: admin)
            }
            let version = try await service.publish(SamplePack.source())
            let current = try await service.begin(code, from: .current, by: admin)
            #expect(current.base == version.digest && !current.isChanged)
            await #expect(throws: CatalogueError.draftExists(code)) {
                try await service.begin(code, from: .version(version.digest), by: admin)
            }
            let copy = try await service.begin("9.7", from: .copy(of: code), by: admin)
            #expect(copy.origin == .copied && copy.base == nil)
            #expect(PackChecker().check(copy.source).isSound)
            let facts = PackFact.facts(of: copy.source)
            #expect(facts.count == 18 && facts.allSatisfy { !$0.isVerified })
            #expect(PackFact.facts(of: SamplePack.source()).allSatisfy { $0.isVerified })
            let waiting = try await service.drafts(awaitingVerification: true, for: admin)
            #expect(waiting.map(\.code) == ["9.7"])
            try await expectModel(of: copy, version, service, admin)
            for start in [DraftStart.empty(name: "Tên"), .copy(of: code)] {
                try await service.discard(code, expecting: 1, by: admin)
                await #expect(throws: CatalogueError.codeTaken(code)) {
                    try await service.begin(code, from: start, by: admin)
                }
                _ = try await service.begin(code, from: .current, by: admin)
            }
            for bad in ["", "../x", "1 2", "..", "é", String(repeating: "1", count: 61)] {
                await #expect(throws: CatalogueError.codeMalformed(bad)) {
                    try await service.begin(bad, from: .empty(name: "Tên"), by: admin)
                }
            }
        }
    }

    /// A copy is compared with what it was copied from, as it stood after copying.
    private func expectModel(
        of copy: PackDraft,
        _ version: ProcedureVersion,
        _ service: CatalogueService,
        _ admin: Actor
    ) async throws {
        #expect(copy.model == version.digest)
        let model = try #require(try await service.model(of: copy, for: admin))
        #expect(model.code == SamplePack.code && model.source.files == copy.source.files)
        let text = String(decoding: try #require(copy.source.files[PackSource.mainFile]), as: UTF8.self)
            .replacingOccurrences(of: "Cấp giấy thử nghiệm", with: "Cấp giấy khác")
        let files = copy.source.files.merging([PackSource.mainFile: Array(text.utf8)]) { $1 }
        let source = PackSource(path: copy.code, files: files)
        let saved = try await service.save(source, as: copy.code, expecting: copy.version, by: admin)
        let same = try await service.model(of: saved, for: admin)
        #expect(same?.source == model.source && saved.source != model.source)
        let none = try await service.draft(SamplePack.code, for: admin)
        let nothing = try await service.model(of: try #require(none), for: admin)
        #expect(nothing == nil)
        await #expect(throws: CatalogueError.notAllowed) {
            try await service.model(of: copy, for: try Keepers.officer([.specialist]))
        }
    }

    @Test("A confirmed fact is marked in the text and told by the journal", arguments: TestStores.all)
    func confirms(on engine: Engine) async throws {
        try await withCatalogue(engine) { service, _, store in
            let (admin, code) = (try Keepers.administrator(), "2.000635")
            let source = Repository.pack(code)
            let draft = try await service.begin(code, from: .files(source), by: admin)
            let facts = PackFact.facts(of: source)
            let open = facts.filter { !$0.isVerified }
            let warned = PackChecker().check(source).findings.filter { $0.rule == .unverifiedFact }
            #expect(Set(open.map(\.place)) == Set(warned.map(\.place)))
            let first = try #require(open.first)
            #expect(first.label == "Căn cứ “Luật Hộ tịch”")
            let changed = try await service.confirm(
                [first.path],
                of: code,
                seen: " vbpl.vn,  xem ngày 5/3/2026 ",
                expecting: draft.version,
                by: admin
            )
            let left = PackFact.facts(of: changed.source).filter { !$0.isVerified }
            #expect(left.map(\.label) == Array(open.map(\.label).dropFirst()))
            let event = try await store.read { transaction in
                try TransparencyLog(random: .system)
                    .events(of: "procedure", id: code, includingPersonal: true, in: transaction)
            }
            #expect(event.map(\.entry.kind) == ["factsConfirmed"])
            #expect(event.first?.entry.actor.id == "keeper")
            #expect(event.first?.entry.personal == ["reason": "vbpl.vn, xem ngày 5/3/2026"])
            await #expect(throws: CatalogueError.unknownFact) {
                try await service.confirm(["legalBasis.99"], of: code, seen: "x", expecting: changed.version, by: admin)
            }
            await #expect(throws: CatalogueError.textMissing(.seenSource)) {
                try await service.confirm([first.path], of: code, seen: " ", expecting: changed.version, by: admin)
            }
        }
    }

    @Test("What still rests on the skeleton's words is never confirmed nor published", arguments: TestStores.all)
    func placeholders(on engine: Engine) async throws {
        try await withCatalogue(engine) { service, _, _ in
            let (admin, code) = (try Keepers.administrator(), "9.1")
            let day = try #require(LocalDate("2026-03-05"))
            let pack = PackStarter.source(.init(code: code, name: "Tên", sectorName: "Nhà ở", day: day))
            let draft = try await service.begin(code, from: .files(pack), by: admin)
            let facts = PackFact.facts(of: pack)
            #expect(facts.count == 14 && facts.allSatisfy { $0.isPlaceholder })
            let named = PackFact.facts(of: PackFact.naming("x", [facts[0].path], in: pack))[0]
            await #expect(throws: CatalogueError.placeholderFacts([named])) {
                try await service.confirm([facts[0].path], of: code, seen: "x", expecting: draft.version, by: admin)
            }
            #expect(facts.filter(\.lacksName).map(\.path) == ["legalBasis.0"])
            // What was seen becomes the source of what has none; a document without a name waits on.
            let others = facts.filter { !$0.lacksName }.map(\.path)
            let seen = try await service.confirm(
                others,
                of: code,
                seen: "vbpl.vn, Quyết định 12/QĐ-UBND",
                expecting: draft.version,
                by: admin
            )
            let known = PackFact.facts(of: seen.source)
            #expect(known.filter { !$0.isVerified }.map(\.path) == ["legalBasis.0"])
            #expect(known.dropFirst().allSatisfy { $0.source == "vbpl.vn, Quyết định 12/QĐ-UBND" })
            // A "yes" typed by hand counts for nothing.
            var text = String(decoding: try #require(pack.files[PackSource.mainFile]), as: UTF8.self)
                .replacingOccurrences(of: "verified: no", with: "verified: yes")
            func standing() -> [PackFact] {
                PackFact.facts(of: PackSource(path: code, files: [PackSource.mainFile: Array(text.utf8)]))
            }
            #expect(standing().allSatisfy { !$0.isVerified })
            text = text.replacingOccurrences(of: "Chưa tra được văn bản", with: "vbpl.vn, 1/2025/QH15")
            #expect(standing().filter { !$0.isVerified }.map(\.path) == ["legalBasis.0"])
            text = text.replacingOccurrences(of: "Văn bản quy định thủ tục", with: "Luật Nhà ở")
            #expect(standing().allSatisfy { $0.isVerified })
            let tree = try #require(PackManuscript(text).tree)
            let words = standing().map { $0.words(in: tree) }
            #expect(words[0] == "Tên văn bản: Luật Nhà ở")
            #expect(words.contains { $0.contains("5 ngày làm việc") } && words.allSatisfy { !$0.isEmpty })
        }
    }

    @Test("Nobody but administrators of the authority sees or changes a draft", arguments: TestStores.all)
    func refused(on engine: Engine) async throws {
        try await withCatalogue(engine) { service, _, _ in
            _ = try await service.begin("9.1", from: .empty(name: "Tên"), by: try Keepers.administrator())
            let others = [
                try Keepers.officer([.leader, .specialist, .unitHead]),
                try Keepers.officer([.administrator], at: "H01.12"),
                Actor.system("folder"),
            ]
            for actor in others {
                await #expect(throws: CatalogueError.notAllowed) { try await service.draft("9.1", for: actor) }
                await #expect(throws: CatalogueError.notAllowed) { try await service.drafts(for: actor) }
                await #expect(throws: CatalogueError.notAllowed) {
                    try await service.begin("9.2", from: .empty(name: "Tên"), by: actor)
                }
                await #expect(throws: CatalogueError.notAllowed) {
                    try await service.save(SamplePack.source(), as: "9.1", expecting: 1, by: actor)
                }
                await #expect(throws: CatalogueError.notAllowed) {
                    try await service.undo("9.1", expecting: 1, by: actor)
                }
                await #expect(throws: CatalogueError.notAllowed) {
                    try await service.discard("9.1", expecting: 1, by: actor)
                }
                await #expect(throws: CatalogueError.notAllowed) {
                    try await service.confirm(["x"], of: "9.1", seen: "x", expecting: 1, by: actor)
                }
            }
        }
    }

    @Test("Files that could be no pack are not kept")
    func limits() async throws {
        try await withCatalogue(.sqlite) { service, _, _ in
            let (admin, main) = (try Keepers.administrator(), Array("code: 9.1\n".utf8))
            let draft = try await service.begin("9.1", from: .empty(name: "Tên"), by: admin)
            func save(_ files: [String: [UInt8]]) async throws {
                _ = try await service.save(
                    PackSource(path: "9.1", files: files),
                    as: "9.1",
                    expecting: draft.version,
                    by: admin
                )
            }
            let large = [UInt8](repeating: 32, count: 512 * 1_024 + 1)
            let bad: [[String: [UInt8]]] = [
                [:], [PackSource.mainFile: main, "../x": []], [PackSource.mainFile: main, ".x": []],
                [PackSource.mainFile: main, "a/b": []], [PackSource.mainFile: large],
                Dictionary(uniqueKeysWithValues: (0...32).map { ("\($0)", []) }).merging([PackSource.mainFile: main]) {
                    $1
                },
            ]
            for files in bad {
                let error = await #expect(throws: CatalogueError.self) { try await save(files) }
                guard case .draftRefused? = error else { Issue.record("\(String(describing: error))"); continue }
            }
            let found2 = try await service.draft("9.1", for: admin)
            #expect(found2?.version == 1)
        }
    }
}
