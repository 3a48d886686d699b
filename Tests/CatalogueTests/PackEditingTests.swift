// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import Testing

@Suite("Editing a pack")
struct PackEditingTests {
    /// The texts of the packs of the repository.
    static let packs: [String: String] = {
        let sources = (try? PackSource.packs(inFolder: "\(Repository.root)/procedures")) ?? []
        return Dictionary(
            sources.map { ($0.folderName, String(decoding: $0.files[PackSource.mainFile] ?? [], as: UTF8.self)) },
            uniquingKeysWith: { first, _ in first }
        )
    }()

    static func manuscript(_ code: String) throws -> PackManuscript { PackManuscript(try #require(packs[code])) }

    static var codes: [String] { packs.keys.sorted() }

    @Test("What is written anew reads back to the same content", arguments: codes)
    func writerRoundTrip(code: String) throws {
        let original = try Self.manuscript(code)
        let tree = try #require(original.tree)
        let written = PackManuscript(tree)
        #expect(written.tree == tree)
        // Written once more it is the same text: there is one way to write a content.
        let again = try #require(written.tree)
        #expect(PackManuscript(again).text == written.text)
        let files = [PackSource.mainFile: written.bytes, "result.mustache": Array("{{number}}".utf8)]
        let findings = PackChecker().check(PackSource(path: code, files: files)).findings
        #expect(!findings.contains { $0.rule == .syntax || $0.rule == .aliasRefused || $0.rule == .tooDeep })
    }

    @Test("A changed text leaves every other line as it was", arguments: codes)
    func changeIsLocal(code: String) throws {
        let original = try Self.manuscript(code)
        let tree = try #require(original.tree)
        let names = Self.places(tree).map(\.0).filter { $0.lastKey == "name" || $0.lastKey == "label" }
        for path in names.enumerated().filter({ $0.offset % 5 == 0 }).map(\.element) {
            let changed = try original.applying([.set(path, .text("Đổi: chữ này, #1"))])
            #expect(changed.tree?[path]?.text == "Đổi: chữ này, #1")
            let (before, after) = (original.text.split(separator: "\n"), changed.text.split(separator: "\n"))
            let kept = before.count { after.contains($0) }
            #expect(before.count - kept <= 4, "\(path)")
            #expect(changed.commentCount == original.commentCount)
        }
    }

    @Test("Moves, copies and removals of elements keep comments and say what they should", arguments: codes)
    func elements(code: String) throws {
        let original = try Self.manuscript(code)
        let tree = try #require(original.tree)
        let elements = Self.places(tree).filter { $0.0.lastIndex != nil && $0.0.steps.count <= 4 }
        for (path, value) in elements.enumerated().filter({ $0.offset % 3 == 0 }).map(\.element) {
            let list = try #require(path.parent)
            let index = try #require(path.lastIndex)
            let items = try #require(tree[list]?.items)
            let removed = try original.applying([.remove(path)])
            #expect(removed.tree?[list]?.items.count == items.count - 1)
            let copied = try original.applying([.duplicate(path)])
            #expect(copied.tree?[list]?.items.count == items.count + 1)
            #expect(copied.commentCount == original.commentCount, "\(path)")
            guard index > 0 else { continue }
            let moved = try original.applying([.moveUp(path)])
            #expect(moved.tree?[list.index(index - 1)] == value)
            #expect(moved.commentCount == original.commentCount, "\(path)")
            let back = try moved.applying([.moveDown(list.index(index - 1))])
            #expect(back.tree == tree)
        }
    }

    @Test("Random changes give the content that they should", arguments: 0..<6)
    func randomEdits(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 7)
        let code = Self.codes[seed % Self.codes.count]
        var manuscript = try Self.manuscript(code)
        var tree = try #require(manuscript.tree)
        for _ in 0..<40 {
            guard let edit = Self.randomEdit(of: tree, &generator) else { continue }
            tree = try tree.applying(edit)
            manuscript = try manuscript.applying([edit])
            #expect(manuscript.tree == tree, "\(edit)")
            #expect(manuscript.findings.isEmpty)
        }
    }

    @Test("Every text that a form may bring is read back", arguments: texts)
    func everyText(text: String) throws {
        let manuscript = PackManuscript("name: a\nlist:\n  - x\n  - { k: v }\n")
        let changed = try manuscript.applying([
            .set(PackPath([.key("name")]), .text(text)),
            .set(PackPath([.key("list"), .index(1), .key("k")]), .text(text)),
            .append(.text(text), to: PackPath([.key("list")])),
            .append(
                .entries([.init("a", .text(text)), .init("b", .list([.text(text)]))]),
                to: PackPath([.key("list")])
            ),
        ])
        #expect(changed.tree?["name"] == .text(text))
        #expect(changed.tree?[PackPath([.key("list"), .index(1), .key("k")])] == .text(text))
        #expect(changed.tree?["list"]?.items.count == 4)
    }

    static let texts: [String] = [
        "", " ", "yes", "~", "- một", "? hỏi", ": ", "a: b", "a #b", "#", "kết thúc:", "'nháy'", "\"nháy\"", "\\",
        "*sao*, &neo !nhãn", "[một ngoặc", "một ngoặc}", "{seq:2}/{yyyy}", "dòng một\ndòng hai", "\ndòng", "dòng\n",
        "a\n\n  b", "a\n- b\n- c", "15:00", "http://x.vn/a?b=c&d=e", "50 %", "@x", "`x`", "|", ">-", "---", "...",
        "tab\tở giữa", "một  hai", "Ấp Trung, xã An Phú", String(repeating: "chữ ", count: 80) + "hết",
        String(repeating: "x", count: 300), "a,*b", "[*x]", "\u{2028}", "😀 hình", "key: [a, {b: c}]", "(a): (b)",
    ]

    @Test("A path reads back", arguments: ["", "name", "form.pages[1].fields[3]", "examples[0].answers.a%2Eday"])
    func paths(text: String) throws {
        #expect(try #require(PackPath(text)).description == text)
    }

    @Test("What is no path is refused", arguments: [".", "a..b", "a[x]", "a[1", "a[-1]", "a]"])
    func badPaths(text: String) { #expect(PackPath(text) == nil) }

    @Test("A copy gets names of its own, inside too")
    func freshNames() throws {
        let yaml = """
            form:
              pages:
                - id: one
                  fields:
                    - { id: child, type: yesNo }
                    - { id: age, visibleWhen: { field: child, equals: yes } }
            """
        let pages = PackPath([.key("form"), .key("pages")])
        let copied = try PackManuscript(yaml).applying([.duplicate(pages.index(0))])
        let copy = try #require(copied.tree?[pages.index(1)])
        #expect(copy["id"] == .text("one2"))
        #expect(copy["fields"]?.items.map { $0["id"]?.text } == ["child2", "age2"])
        #expect(copy["fields"]?.items[1]["visibleWhen"]?["field"] == .text("child2"))
    }

    @Test("A finding leads to the field that it is about")
    func findingsHavePaths() throws {
        let yaml = SamplePack.yaml.replacing("name: Cấp giấy thử nghiệm", with: "nme: Cấp giấy thử nghiệm")
        let manuscript = PackManuscript(yaml)
        let files = [PackSource.mainFile: manuscript.bytes]
        let findings = PackChecker().check(PackSource(path: SamplePack.code, files: files)).findings
        let paths = findings.map { manuscript.path(of: $0).description }
        #expect(paths.contains("nme"))
        #expect(paths.contains("name"))
    }

    @Test("Text that is no YAML is kept as it is and refuses changes of its content")
    func broken() {
        let manuscript = PackManuscript("name: [a\n")
        #expect(manuscript.tree == nil)
        #expect(manuscript.text == "name: [a\n")
        #expect(!manuscript.findings.isEmpty)
        #expect(throws: PackEditError.textUnreadable) { try manuscript.applying([.remove(PackPath([.key("name")]))]) }
    }

    // MARK: - Random changes

    /// Every place below the top with its content.
    static func places(_ tree: PackTree, _ path: PackPath = .root) -> [(PackPath, PackTree)] {
        let below: [(PackPath, PackTree)] =
            switch tree {
            case .text: []
            case .list(let items): items.enumerated().flatMap { places($1, path.index($0)) }
            case .entries(let entries): entries.flatMap { places($0.value, path.key($0.key)) }
            }
        return path == .root ? below : [(path, tree)] + below
    }

    static func randomEdit(of tree: PackTree, _ dice: inout SeededGenerator) -> PackEdit? {
        let places = places(tree)
        guard let (path, value) = places.randomElement(using: &dice) else { return nil }
        let text = texts.randomElement(using: &dice) ?? ""
        switch (Int.random(in: 0..<6, using: &dice), path.lastIndex) {
        case (0, _): return .set(path, .text(text))
        case (1, _): return .set(path, value == .text(text) ? .list([]) : .entries([.init("k", .text(text))]))
        case (2, .some): return .remove(path)
        case (3, .some): return .duplicate(path)
        case (4, .some): return .moveUp(path)
        case (5, .some): return .moveDown(path)
        default:
            if case .list = value { return .append(.texts([("id", "moi"), ("label", text)]), to: path) }
            if case .entries = value { return .set(path.key("them"), .list([.text(text)])) }
            return .set(path, .text("x\(text)"))
        }
    }
}
