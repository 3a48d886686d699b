// SPDX-License-Identifier: Apache-2.0

import Testing

/// A rule that has never refused anything proves nothing: each one refuses a small broken sample here.
@Suite("Each tidy rule refuses what it should")
struct RuleTests {
    private func file(_ text: String, at path: String = "Sources/Services/Dossiers/Sample.swift") -> RepositoryFile {
        RepositoryFile(path: path, text: text)
    }

    @Test("Long files, long lines")
    func lengths() {
        let line = "let a = 1\n"
        #expect(LengthRules.fileLength(file(String(repeating: line, count: 400))).isEmpty)
        #expect(LengthRules.fileLength(file(String(repeating: line, count: 401))).count == 1)
        #expect(LengthRules.columns(file(String(repeating: "ế", count: 120))).isEmpty)
        #expect(LengthRules.columns(file(String(repeating: "ế", count: 121))).count == 1)
        let drawing = "let path = \"" + String(repeating: "M 1 2 ", count: 30)
        #expect(LengthRules.columns(file(drawing + "\"")).isEmpty)
        #expect(LengthRules.columns(file("// " + drawing + "\"")).count == 1)
        #expect(LengthRules.columns(file(drawing + "\"" + String(repeating: " + name", count: 20))).count == 1)
    }

    @Test(
        "Long functions, however they are written",
        arguments: [
            "func f() {", "public static func f(\n  _ a: Int = { 3 }(),\n  b: [Int]\n) throws -> Int {",
            "init(a: Int) {",
            "@MainActor private func f<T>() where T: Sendable {", "var f: Int {", "convenience init?(b: String) {",
        ]
    )
    func functions(_ opening: String) {
        let head = opening.split(separator: "\n").count
        func sample(_ lines: Int) -> RepositoryFile {
            let body = String(repeating: "    if a { b(\"}\") } // }\n", count: lines - head - 1)
            return file("struct S {\n" + opening + "\n" + body + "}\nfunc other() {}\n}\n")
        }
        #expect(LengthRules.functionLength(sample(70)).isEmpty)
        #expect(LengthRules.functionLength(sample(71)).map(\.line) == [2])
    }

    @Test("A requirement without body is no long function")
    func requirements() {
        let text =
            "protocol P {\n    func a()\n    func b() throws -> Int\n}\n" + String(repeating: "// x\n", count: 90)
        #expect(LengthRules.functionLength(file(text + "struct S {}\n")).isEmpty)
    }

    @Test(
        "Banned calls",
        arguments: [
            "print(\"a\")", "let a = try! b()", "let a = b as! C", "let a = try? b()", "fatalError(\"a\")",
            "let now = Date()", "let now = Foundation.Date()", "let id = UUID()",
            "final class A: @unchecked Sendable {}",
            "nonisolated(unsafe) let a = b", "let a = String(format: \"%d\", 1)", "static var shared = Store()",
            "let text = \"\\(try! b())\"", "let lock = NSLock()",
        ]
    )
    func calls(_ line: String) {
        #expect(CallRules.calls(file(line)).count == 1)
        #expect(CallRules.calls(file("// " + line)).isEmpty)
        #expect(CallRules.calls(file("let quoted = #\"" + line + "\"#")).isEmpty)
    }

    @Test("A comment excuses only what may be excused")
    func excuses() {
        #expect(CallRules.calls(file("// Closing twice is no harm.\nlet a = try? b()")).isEmpty)
        #expect(CallRules.calls(file("let a = try! b() // surely\n")).count == 1)
        #expect(CallRules.calls(file("let now = Date()", at: "Sources/Core/Kernel/SystemClock.swift")).isEmpty)
        #expect(CallRules.calls(file("blueprint(a)\nsheet.print(b)\nstatic var f: Int { 3 }")).isEmpty)
    }

    @Test("Notes")
    func notes() {
        let mark = "TO" + "DO"
        #expect(CallRules.notes(file("// \(mark): later")).count == 1)
        #expect(CallRules.notes(file("// \(mark)(#): later")).count == 1)
        #expect(CallRules.notes(file("// FIX" + "ME(#3): later")).count == 1)
        #expect(CallRules.notes(file("// \(mark)(#12): with the register of births")).isEmpty)
    }

    @Test(
        "Imports on the wrong floor",
        arguments: [
            ("import GRDB", "Sources/Services/Dossiers/A.swift"),
            ("import CPostgres", "Sources/Machinery/Journal/A.swift"),
            ("public import Hummingbird", "Sources/Services/SignIn/A.swift"),
            ("import HTTPTypes", "Sources/Core/Kernel/A.swift"),
            ("import NIOCore", "Sources/Machinery/Storage/A.swift"),
            ("import FoundationXML", "Sources/App/motcua/A.swift"),
            ("@testable import GRDB", "Tests/JournalTests/A.swift"),
            ("import struct Yams.Node", "Sources/App/motcua/A.swift"),
        ]
    )
    func imports(_ line: String, _ path: String) {
        #expect(ImportRules.imports(file(line, at: path)).count == 1)
        #expect(ImportRules.imports(file("import Kernel", at: path)).isEmpty)
    }

    @Test("Imports by their owners")
    func ownImports() {
        #expect(ImportRules.imports(file("import GRDB", at: "Sources/Machinery/Storage/A.swift")).isEmpty)
        #expect(ImportRules.imports(file("import GRDB", at: "Tests/StorageTests/A.swift")).isEmpty)
        #expect(ImportRules.imports(file("import Hummingbird", at: "Sources/Sites/Site/A.swift")).isEmpty)
    }

    @Test("A manifest whose rooms climb")
    func directions() {
        func manifest(_ rooms: String) -> [ManifestRoom] { ManifestRules.rooms("let rooms: [Room] = [\n\(rooms)\n]\n") }
        let good = manifest(
            "Room(\"A\", .core),\nshim(\"C\", nil, debian: \"c\"),\nRoom(\"B\", .sites, [\"A\", \"C\"], products: [\"P\"])"
        )
        #expect(good.map(\.name) == ["A", "C", "B"])
        #expect(good.last?.enters == ["A", "C"])
        #expect(ManifestRules.directions(good).isEmpty)
        #expect(ManifestRules.directions(manifest("Room(\"A\", .core, [\"B\"]),\nRoom(\"B\", .services)")).count == 1)
        #expect(ManifestRules.directions(manifest("Room(\"A\", .core, [\"B\"]),\nRoom(\"B\", .core)")).count == 1)
        #expect(ManifestRules.directions(manifest("Room(\"A\", .core, [\"Z\"])")).count == 1)
    }

    @Test("Types named like a room")
    func types() {
        let rooms: Set = ["Journal"]
        #expect(ManifestRules.typesNamedLikeRooms(file("public struct Journal: Sendable {"), rooms: rooms).count == 1)
        #expect(
            ManifestRules.typesNamedLikeRooms(file("struct JournalEntry {}\n// enum Journal"), rooms: rooms).isEmpty
        )
    }

    @Test("Texts")
    func texts() {
        #expect(TextRules.header(file("import Kernel\n")).count == 1)
        #expect(TextRules.header(file("// SPDX-License-Identifier: Apache-2.0\n")).isEmpty)
        #expect(TextRules.characters(file("let a = 1\u{0}\n")).count == 1)
        #expect(TextRules.characters(file("let a = \"\u{202E}\"\n")).count == 1)
        #expect(TextRules.characters(file("let a = 1\r\n")).count == 1)
        #expect(TextRules.characters(file("\tlet a = 1 \nend")).count == 3)
        #expect(TextRules.characters(file("run:\n\tdo\n", at: "Makefile")).isEmpty)
        #expect(TextRules.composed(file("ho\u{302}\u{300} so\u{31B}\n")).count == 1)
        #expect(TextRules.composed(file("hồ sơ\n")).isEmpty)
    }

    @Test("Places and addresses")
    func places() {
        #expect(TextRules.places(file("/ho" + "me/an/x"), machine: []).count == 1)
        #expect(TextRules.places(file("see /build/yard/x"), machine: ["/build/yard/"]).count == 1)
        #expect(TextRules.places(file("see / and /ho-so"), machine: ["/"]).isEmpty)
        #expect(TextRules.addresses(file("let a = \"https:" + "//packages.stranger.com/x\"")).count == 1)
        let ours = "http://127.0.0.1:8080/ https://motcua.example/a https://dichvucong.angiang.gov.vn http://\\(host)/"
        #expect(TextRules.addresses(file(ours)).isEmpty)
    }

    @Test("Addresses in pages")
    func addressesInViews() {
        let page = "<a href=\"/thu-tuc\">"
        #expect(CallRules.addressesInViews(file(page, at: "Sources/Sites/CitizenSite/Pages/A.swift")).count == 1)
        #expect(CallRules.addressesInViews(file("<a href=\"\\(url)\">", at: "Sources/Sites/Site/A.swift")).isEmpty)
        #expect(CallRules.addressesInViews(file(page, at: "Sources/App/sandbox/A.swift")).isEmpty)
    }

    @Test("Resources that nothing names")
    func resources() {
        let reader = file("let sheet = \"site.css\"")
        let paths = ["resources/styles/site.css", "resources/styles/old.css"]
        #expect(TextRules.unreferenced(paths, in: [reader]).map(\.path) == ["resources/styles/old.css"])
    }
}
