// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@testable import Catalogue

@Suite("Packs out of the database into folders")
struct ExportTests {
    private static let code = SamplePack.code

    @Test("What is written is the version: the checker takes it, and publishing it again changes nothing")
    func roundTrip() async throws {
        try await withStore(.sqlite, migrations: Keepers.migrations) { store in
            let time = TestClock(at: try #require(Instant("2026-03-05T08:00")))
            let service = CatalogueService(store: store, clock: time.clock)
            let first = try await service.publish(SamplePack.source())
            time.advance(seconds: 60)
            let changed = SamplePack.source(replacing: "name: Cấp giấy thử nghiệm", with: "name: Cấp giấy mới")
            let second = try await service.publish(changed)
            #expect(try await service.exportedVersions(Self.code) == [first.digest, second.digest])
            #expect(try await service.exportedVersions("9.999999").isEmpty)
            try await withTemporaryFolder { folder in
                for version in [first, second] {
                    let source = try await service.source(of: version.digest)
                    try PackFolderWriter.write(source, to: "\(folder)/\(Self.code)", replacing: true)
                    let read = PackSource.pack(atPath: "\(folder)/\(Self.code)")
                    #expect(read.digest == version.digest && read.files == source.files)
                    #expect(PackChecker().check(read).isSound)
                }
                let report = try await service.load(folder: folder)
                #expect(report.entries.map(\.isNew) == [false])
                #expect(try await service.exportedVersions(Self.code).count == 2)
            }
        }
    }

    @Test("Replacing takes away what the pack does not have, but no folder and no hidden file")
    func replacing() async throws {
        try await withTemporaryFolder { folder in
            let manager = FileManager.default
            let place = "\(folder)/\(Self.code)"
            func write(_ name: String) throws { try Data("x".utf8).write(to: URL(filePath: "\(place)/\(name)")) }
            try manager.createDirectory(atPath: "\(place)/notes", withIntermediateDirectories: true)
            for name in ["old.pdf", ".hidden", "notes/one.txt", PackSource.mainFile] { try write(name) }
            try PackFolderWriter.write(SamplePack.source(), to: place, replacing: false)
            #expect(manager.fileExists(atPath: "\(place)/old.pdf"))
            try PackFolderWriter.write(SamplePack.source(), to: place, replacing: true)
            #expect(!manager.fileExists(atPath: "\(place)/old.pdf"))
            #expect(manager.fileExists(atPath: "\(place)/.hidden"))
            #expect(manager.fileExists(atPath: "\(place)/notes/one.txt"))
            #expect(PackSource.pack(atPath: place).digest == SamplePack.source().digest)
        }
    }

    @Test("Names that lead out of the folder are refused, and a folder that cannot be made is told")
    func refused() async throws {
        try await withTemporaryFolder { folder in
            let hostile = PackSource(path: "x", files: [PackSource.mainFile: [], "../out": [1]])
            #expect(throws: CatalogueError.self) {
                try PackFolderWriter.write(hostile, to: "\(folder)/in", replacing: true)
            }
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
            try Data("x".utf8).write(to: URL(filePath: "\(folder)/file"))
            #expect(throws: CatalogueError.folderUnwritable("\(folder)/file/pack")) {
                try PackFolderWriter.write(SamplePack.source(), to: "\(folder)/file/pack", replacing: true)
            }
        }
    }
}
