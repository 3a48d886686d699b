// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Reads the repository and says what the compiler and the formatter cannot.
@Suite("The repository is tidy")
struct TidyTests {
    let repository = Repository.here

    private func expectNone(_ findings: [Finding]) {
        for finding in findings { Issue.record("\(finding)") }
    }

    @Test("There is a repository to read")
    func something() {
        #expect(repository.file("Package.swift") != nil)
        #expect(repository.swift.count > 20)
    }

    @Test("Files, functions and lines are short")
    func lengths() {
        expectNone(repository.swift.flatMap(LengthRules.fileLength))
        expectNone(repository.files.filter { $0.path.hasSuffix(".py") }.flatMap(LengthRules.fileLength))
        expectNone(repository.swift.flatMap(LengthRules.functionLength))
        let coded = repository.files.filter { $0.isSwift || $0.path.hasSuffix(".py") || $0.path.hasPrefix("scripts/") }
        expectNone(coded.flatMap(LengthRules.columns))
    }

    @Test("Source files name the licence")
    func headers() { expectNone(repository.files.flatMap(TextRules.header)) }

    @Test("Characters are visible and composed")
    func characters() {
        expectNone(repository.files.flatMap(TextRules.characters))
        expectNone(repository.files.flatMap(TextRules.composed))
    }

    @Test("No banned call, and exceptions say why")
    func calls() { expectNone(repository.swift.flatMap(CallRules.calls)) }

    @Test("Notes to oneself carry the number of an issue")
    func notes() {
        expectNone(repository.files.filter { !$0.path.hasSuffix(".md") }.flatMap(CallRules.notes))
    }

    @Test("Imports keep to their owners")
    func imports() { expectNone(repository.swift.flatMap(ImportRules.imports)) }

    @Test("The manifest's rooms enter only what is below, and each has its folder")
    func manifest() throws {
        let manifest = try #require(repository.file("Package.swift"))
        let rooms = ManifestRules.rooms(manifest.text)
        #expect(rooms.count > 30)
        expectNone(ManifestRules.directions(rooms))
        let drawn = Set(rooms.map { "\($0.floor.lowercased())/\($0.name)" })
        let standing = Set(
            repository.files.compactMap { file in file.floor.map { "\($0.lowercased())/\(file.room ?? "")" } }
        )
        #expect(drawn == standing)
        let names = Set(rooms.map(\.name))
        expectNone(repository.swift.flatMap { ManifestRules.typesNamedLikeRooms($0, rooms: names) })
    }

    @Test("Pages take their addresses from SiteURL")
    func addressesInViews() { expectNone(repository.swift.flatMap(CallRules.addressesInViews)) }

    @Test("Nothing names this machine or a stranger's host")
    func places() {
        let parent = repository.root.split(separator: "/").dropLast().joined(separator: "/")
        let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
        let machine = ["/\(parent)/", home + "/"]
        expectNone(repository.files.flatMap { TextRules.places($0, machine: machine) })
        expectNone(repository.files.flatMap(TextRules.addresses))
    }

    @Test("Every resource is named by something")
    func resources() {
        let paths = repository.files.map(\.path) + repository.otherPaths
        let readers = repository.files.filter { !$0.path.hasSuffix(".md") && !$0.path.hasPrefix("Tests/") }
        expectNone(TextRules.unreferenced(paths, in: readers))
    }
}
