// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import Testing

@Suite("Pages of the builder")
struct PackSheetTests {
    @Test("A page that is sent back as it was drawn changes nothing", arguments: PackEditingTests.codes)
    func roundTrip(code: String) throws {
        let manuscript = try PackEditingTests.manuscript(code)
        let tree = try #require(manuscript.tree)
        var pages = 0
        for path in [PackPath.root] + PackEditingTests.places(tree).map(\.0) {
            guard let sheet = PackSheet(tree, at: path) else { continue }
            pages += 1
            let edits = sheet.edits(Self.asDrawn(sheet))
            #expect(edits.isEmpty, "\(path): \(edits)")
            for question in sheet.questions {
                // Conditions within conditions stay text.
                if "\(question.path)".lowercased().hasSuffix("when") { continue }
                if case .source = question.control { Issue.record("\(code) \(question.path) is shown as text only") }
            }
        }
        #expect(pages > 40)
    }

    @Test("A page asks first for what most packs say, and no rare key is one that must be there")
    func rare() throws {
        let tree = try #require(PackStarterFixture.manuscript.tree)
        let path = try #require(PackPath("form.pages[0].fields[0]"))
        let field = try #require(PackSheet(tree, at: path))
        let first = field.questions.filter { !$0.isRare }.map(\.name)
        #expect(first == ["id", "type", "label", "help", "required", "visibleWhen"])
        #expect(field.questions.contains { $0.name == "prefill-locked" && $0.isRare })
        for section in PackSection.procedure.family {
            #expect(!section.keys.contains { $0.isRare && $0.isRequired }, "\(section.name)")
        }
    }

    @Test("Names of controls are unlike on every page", arguments: PackEditingTests.codes)
    func names(code: String) throws {
        let manuscript = try PackEditingTests.manuscript(code)
        let tree = try #require(manuscript.tree)
        for (path, _) in PackEditingTests.places(tree) {
            guard let sheet = PackSheet(tree, at: path) else { continue }
            #expect(Set(sheet.questions.map(\.name)).count == sheet.questions.count)
        }
    }

    @Test("A new procedure begins with a pack that the checker takes")
    func starter() throws {
        let day = try #require(LocalDate("2026-03-02"))
        let names = ["Xác nhận: tình trạng \"nhà ở\" & đất", "Cấp giấy phép", "#1 *thử*"]
        for name in names {
            let source = PackStarter.source(
                .init(code: "9.100000", name: name, sectorName: "Xây dựng: nhà ở", day: day)
            )
            let checked = PackChecker().check(source)
            #expect(checked.findings.filter(\.isError).map(\.description) == [])
            #expect(checked.pack?.name == name)
            #expect(checked.pack?.workflow.steps.count == 3)
        }
    }

    @Test("Options are typed as lines: a label that stays keeps its option, a new one gets a value from its label")
    func optionLines() throws {
        var manuscript = PackStarterFixture.manuscript
        let path = try #require(PackPath("form.pages[0].fields[3]"))
        let sent = [
            "label": ["Loại nhà"], "type": ["choice"], "required": ["yes"],
            PackSheet.optionLinesName: [" Nhà ở riêng lẻ \r\n\r\nChung cư\r\nChung cư"],
        ]
        manuscript = try manuscript.applying(Self.sheet(manuscript, path).edits { sent[$0] ?? [] })
        func options() -> [PackTree] { manuscript.tree?[path]?["options"]?.items ?? [] }
        #expect(options().map { $0["value"]?.text } == ["nhaORiengLe", "chungCu", "chungCu2"])
        let help = PackEdit.set(path.key("options").index(1).key("help"), .text("Có ban quản trị"))
        manuscript = try manuscript.applying([help])
        let drawn = try Self.sheet(manuscript, path)
        #expect(drawn.optionLines == "Nhà ở riêng lẻ\nChung cư\nChung cư")
        let asDrawn = Self.asDrawn(drawn)
        func edits(_ lines: String) -> [PackEdit] {
            drawn.edits { $0 == PackSheet.optionLinesName ? [lines] : asDrawn($0) }
        }
        #expect(edits("Nhà ở riêng lẻ\r\nChung cư\r\nChung cư\r\n").isEmpty)
        manuscript = try manuscript.applying(edits("Khác\nChung cư"))
        #expect(options().map { $0["value"]?.text } == ["khac", "chungCu"])
        #expect(options().last?["help"]?.text == "Có ban quản trị")
        let other = try #require(PackPath("form.pages[0].fields[0]"))
        let plain = try Self.sheet(manuscript, other)
        #expect(plain.optionLines == nil)
    }

    @Test("A new field gets a name, its place in the list and the words that were typed")
    func newField() throws {
        var manuscript = PackStarterFixture.manuscript
        let path = try #require(PackPath("form.pages[0].fields[3]"))
        let sheet = try Self.sheet(manuscript, path)
        #expect(sheet.isNew)
        let sent = ["label": ["Diện tích xây dựng"], "type": ["number"], "required": ["yes"], "minimum": ["1.000"]]
        manuscript = try manuscript.applying(sheet.edits { sent[$0] ?? [] })
        let field = try #require(manuscript.tree?[path])
        #expect(
            field
                == .texts([
                    ("id", "dienTichXayDung"), ("type", "number"), ("label", "Diện tích xây dựng"), ("required", "yes"),
                    ("minimum", "1000"),
                ])
        )
    }

    @Test("What is wrong is kept, and the checker says so at its place")
    func badValues() throws {
        var manuscript = PackStarterFixture.manuscript
        let path = try #require(PackPath("submissionMethods[0]"))
        let sheet = try Self.sheet(manuscript, path)
        manuscript = try manuscript.applying(
            sheet.edits(Self.asDrawn(sheet, but: ["timeLimit-value": ["năm ngày"]]))
        )
        let files = [PackSource.mainFile: manuscript.bytes, "result.mustache": Array("{{number}}".utf8)]
        let findings = PackChecker().check(PackSource(path: "9.100000", files: files)).findings.filter(\.isError)
        let paths = Set(findings.map { manuscript.path(of: $0).description })
        #expect(paths == ["submissionMethods[0].timeLimit.value"])
        let again = try Self.sheet(manuscript, path)
        #expect(again.questions.first { $0.name == "timeLimit-value" }?.typed["timeLimit-value"] == ["năm ngày"])
    }

    @Test("Conditions, days and parts that may be left out")
    func conditions() throws {
        var manuscript = PackStarterFixture.manuscript
        let path = try #require(PackPath("form.pages[0].fields[3]"))
        var sent = [
            "label": ["Ngày khởi công"], "type": ["date"], "required": ["no"], "notBefore": ["hôm nay - 60"],
            "visibleWhen.mode": ["any"], "visibleWhen.0.field": ["requesterName"], "visibleWhen.0.test": ["answered"],
            "visibleWhen.0.value": ["có"], "visibleWhen.1.field": ["channel"], "visibleWhen.1.value": ["Trực tuyến"],
            "prefill-locked": ["no"],
        ]
        let new = try Self.sheet(manuscript, path)
        manuscript = try manuscript.applying(new.edits { sent[$0] ?? [] })
        let field = try #require(manuscript.tree?[path])
        #expect(field["notBefore"]?["daysBeforeToday"] == .text("60"))
        #expect(
            field["visibleWhen"]?["any"]?.items.map { $0.entries.map(\.key) } == [["field", "answered"], ["channel"]]
        )
        #expect(field["visibleWhen"]?["any"]?.items[1]["channel"] == .list([.text("online")]))
        // "No" beside nothing else is no answer.
        #expect(field["prefill"] == nil)
        // Taken away again.
        let sheet = try Self.sheet(manuscript, path)
        sent = ["notBefore": [], "visibleWhen.0.field": [], "visibleWhen.1.field": [], "visibleWhen.mode": []]
        manuscript = try manuscript.applying(sheet.edits(Self.asDrawn(sheet, but: sent)))
        #expect(manuscript.tree?[path]?.entries.map(\.key) == ["id", "type", "label", "required"])
    }

    @Test("A part that may be left out goes as a whole")
    func optionalPart() throws {
        let manuscript = PackStarterFixture.manuscript
        let path = try #require(PackPath("form.pages[0].fields[0]"))
        let sheet = try Self.sheet(manuscript, path)
        let changed = try manuscript.applying(sheet.edits(Self.asDrawn(sheet, but: ["prefill-from": [""]])))
        #expect(changed.tree?[path]?["prefill"] == nil)
        #expect(changed.commentCount == manuscript.commentCount)
    }

    static func sheet(_ manuscript: PackManuscript, _ path: PackPath) throws -> PackSheet {
        let tree = try #require(manuscript.tree)
        return try #require(PackSheet(tree, at: path))
    }

    /// What a browser sends of an untouched page.
    static func asDrawn(_ sheet: PackSheet, but other: [String: [String]] = [:]) -> (String) -> [String] {
        var sent: [String: [String]] = [:]
        for question in sheet.questions {
            for (name, values) in question.typed { sent[name] = values.map { $0.replacing("\n", with: "\n") } }
        }
        sent.merge(other) { $1 }
        return { sent[$0] ?? [] }
    }
}

enum PackStarterFixture {
    private static var source: PackSource {
        let day = LocalDate(year: 2026, month: 3, day: 2) ?? LocalDate(daysSinceEpoch: 0)
        return PackStarter.source(.init(code: "9.100000", name: "Thử", sectorName: "Xây dựng", day: day))
    }

    static var manuscript: PackManuscript {
        PackManuscript(String(decoding: source.files[PackSource.mainFile] ?? [], as: UTF8.self))
    }

    /// The file beside it.
    static var template: [UInt8] { source.files["result.mustache"] ?? [] }
}

@Suite("What differs between two states of a pack")
struct PackChangeTests {
    @Test("A state differs in nothing from itself", arguments: PackEditingTests.codes)
    func same(code: String) throws {
        let manuscript = try PackEditingTests.manuscript(code)
        let tree = try #require(manuscript.tree)
        #expect(PackChange.all(from: tree, to: tree).isEmpty)
    }

    @Test("New, gone, changed and moved are each told at their place")
    func told() throws {
        let manuscript = PackStarterFixture.manuscript
        let tree = try #require(manuscript.tree)
        let fields = try #require(PackPath("form.pages[0].fields"))
        let changed = try tree.applying(.set(fields.index(0).key("label"), .text("Tên đầy đủ")))
            .applying(.moveUp(fields.index(2))).applying(.set(PackPath.root.key("numberOfSets"), .text("2")))
            .applying(.remove(PackPath.root.key("notices").index(5)))
            .applying(.append(.texts([("id", "moi"), ("type", "number"), ("label", "Số tầng")]), to: fields))
        let changes = PackChange.all(from: tree, to: changed)
        #expect(
            changes.map(\.place).sorted()
                == [
                    "Số lượng hồ sơ (bộ)", "Thông báo cho người dân › Đã trả kết quả",
                    "Tờ khai điện tử › Các trang › Người nộp hồ sơ › Các trường › Số tầng",
                    "Tờ khai điện tử › Các trang › Người nộp hồ sơ › Các trường › Thứ tự",
                    "Tờ khai điện tử › Các trang › Người nộp hồ sơ › Các trường › Tên đầy đủ › Nhãn",
                ].sorted()
        )
        #expect(changes.first { $0.place.hasSuffix("Nhãn") }?.before == "Họ và tên")
        #expect(changes.first { $0.place.hasSuffix("Số tầng") }?.before == nil)
        #expect(changes.first { $0.place.contains("Thông báo") }?.after == nil)
    }
}
