// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@Suite("Published versions on both engines")
struct CatalogueServiceTests {
    private func start() throws -> Instant { try #require(Instant("2026-03-05T08:00")) }

    private func withFolder(_ packs: [PackSource], _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "catalogue-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder in /tmp harms nobody
        for pack in packs {
            let inner = folder.appending(path: pack.folderName)
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            for (name, bytes) in pack.files { try Data(bytes).write(to: inner.appending(path: name)) }
        }
        try await body(folder.path)
    }

    @Test("Loads, publishes once, believes its verdict, and leaves a bad pack out", arguments: TestStores.all)
    func loads(on engine: Engine) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let time = TestClock(at: try start())
            let service = CatalogueService(store: store, clock: time.clock)
            let bad = PackSource(path: "9.999999", files: [PackSource.mainFile: Array("code: 9.999999\n".utf8)])
            try await withFolder([SamplePack.source(), bad]) { folder in
                let report = try await service.load(folder: folder)
                #expect(report.entries.map(\.isSound) == [true, false])
                #expect(report.entries.map(\.isNew) == [true, false])
                #expect(report.findings.allSatisfy { $0.file.hasSuffix("9.999999/procedure.yaml") })
                let again = try await service.load(folder: folder)
                #expect(again.entries.map(\.isNew) == [false, false])
                #expect(again.entries.map(\.isSound) == [true, false])
                #expect(again.findings == report.findings)
            }
            let on = try day("2026-03-05")
            #expect(service.procedures(on: on).map(\.code) == [SamplePack.code])
            #expect(service.entry("9.999999", on: on) == nil)
            let before = try day("2025-06-30")
            #expect(service.entry(SamplePack.code, on: before) == nil)
            #expect(service.search("giay thu", on: on).hits.map(\.code) == [SamplePack.code])
        }
    }

    @Test("A dossier's version stays when a later one is published", arguments: TestStores.all)
    func versionsStay(on engine: Engine) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let time = TestClock(at: try start())
            let service = CatalogueService(store: store, clock: time.clock)
            let first = try await service.publish(SamplePack.source())
            #expect(first.digest == SamplePack.source().digest)
            let began = try start()
            #expect(first.publishedAt == began)
            time.advance(seconds: 60)
            let changed = SamplePack.source(replacing: "name: Cấp giấy thử nghiệm", with: "name: Cấp giấy mới")
            let second = try await service.publish(changed)
            let on = try day("2026-03-05")
            #expect(service.entry(SamplePack.code, on: on)?.digest == second.digest)
            let old = try await service.pack(version: first.digest.hex)
            #expect(old?.name == "Cấp giấy thử nghiệm")
            time.advance(seconds: 60)
            let repeated = try await service.publish(SamplePack.source())
            #expect(repeated.publishedAt == first.publishedAt)
            // Another node, or the next start, reads the same from the store, templates included.
            let other = CatalogueService(store: store, clock: time.clock)
            #expect(other.entry(SamplePack.code, on: on) == nil)
            let found = try await other.version(first.digest)
            #expect(found == first)
            #expect(found.pack.result.template?.text == SamplePack.template)
            try await other.refresh()
            let current = try await other.current(SamplePack.code, on: on)
            #expect(current == second)
            let inside = try await store.read { try other.pack(version: first.digest.hex, in: $0) }
            #expect(inside == first.pack)
        }
    }

    @Test("A version that begins later waits for its day", arguments: TestStores.all)
    func laterVersion(on engine: Engine) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let time = TestClock(at: try start())
            let service = CatalogueService(store: store, clock: time.clock)
            let now = try await service.publish(SamplePack.source())
            time.advance(seconds: 60)
            let text = SamplePack.yaml.replacingOccurrences(of: "validFrom: 2025-07-01", with: "validFrom: 2026-07-01")
                .replacingOccurrences(of: "channels: [online]\n", with: "channels: [online, desk]\n")
            let part = try #require(text.range(of: "      - validFrom: 2025-01-01"))
            let end = try #require(text.range(of: "      - validFrom: 2026-07-01\n        channels: [online, desk]"))
            let desk = try #require(text.range(of: "      - validFrom: 2026-07-01\n        channels: [desk]"))
            let rest = try #require(text.range(of: "    exemptions:"))
            let examples = try #require(text.range(of: "  - name: Đi làm"))
            let second = try #require(text.range(of: "  - name: Đi học"))
            var later = String(text[..<part.lowerBound]) + text[end.lowerBound..<desk.lowerBound]
            later += text[rest.lowerBound..<examples.lowerBound]
            later += text[second.lowerBound...].replacingOccurrences(of: "fee: 3500", with: "fee: 0")
            let source = PackSource(
                path: SamplePack.code,
                files: SamplePack.source().files.merging([PackSource.mainFile: Array(later.utf8)]) { $1 }
            )
            let next = try await service.publish(source)
            let (last, first) = (try day("2026-06-30"), try day("2026-07-01"))
            #expect(service.entry(SamplePack.code, on: last)?.digest == now.digest)
            #expect(service.entry(SamplePack.code, on: first)?.digest == next.digest)
        }
    }

    @Test("Refusals: a bad pack, an unknown version, an unreadable folder", arguments: TestStores.all)
    func refuses(on engine: Engine) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let service = CatalogueService(store: store, clock: TestClock(at: try start()).clock)
            let broken = SamplePack.source(replacing: "fee: 10000", with: "fee: 1")
            let error = await #expect(throws: CatalogueError.self) { try await service.publish(broken) }
            guard case .packRefused(let findings)? = error else {
                Issue.record("another error")
                return
            }
            #expect(findings.map(\.rule) == [.exampleFails])
            let unknown = Digest(of: "nothing")
            await #expect(throws: CatalogueError.unknownVersion(unknown)) { try await service.version(unknown) }
            await #expect(throws: CatalogueError.folderUnreadable("/nowhere")) {
                try await service.load(folder: "/nowhere")
            }
        }
    }

    @Test("The version is the digest of all files")
    func digests() {
        let base = SamplePack.source()
        #expect(base.digest == PackSource(path: "elsewhere", files: base.files).digest)
        #expect(base.digest != SamplePack.source(template: SamplePack.template + " ").digest)
        #expect(base.digest != PackSource(path: "", files: base.files.merging(["x": []]) { $1 }).digest)
        let joined = PackSource(path: "", files: ["a": Array("1".utf8), "b": Array("2".utf8)])
        let moved = PackSource(path: "", files: ["a": Array("12".utf8), "b": []])
        #expect(joined.digest != moved.digest)
    }
}
