// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Storage
import TestSupport
import Testing

@testable import Catalogue

@Suite("Importing from the national catalogue")
struct ImportTests {
    private func imported(_ text: String) throws -> PackImport {
        let catalogue = NationalFixtures.catalogue(text)
        #expect(catalogue.faults.isEmpty, "\(catalogue.faults)")
        let packs = catalogue.packs(on: try day("2026-03-05"))
        #expect(packs.faults.isEmpty)
        return try #require(packs.packs.first)
    }

    private func faults(_ text: String) -> [String] { NationalFixtures.catalogue(text).faults.map(\.description) }

    private func golden(_ name: String, _ text: String) throws {
        let path = "\(NationalFixtures.folder)/\(name)"
        if ProcessInfo.processInfo.environment["MOTCUA_WRITE_GOLDEN"] != nil {
            try Data(text.utf8).write(to: URL(filePath: path))
        }
        let kept = try #require(FileManager.default.contents(atPath: path), "\(path) is missing")
        #expect(String(decoding: kept, as: UTF8.self) == text)
    }

    @Test("Both shapes give the packs and lists that were looked at", arguments: ["classic", "today"])
    func goldenPacks(shape: String) throws {
        let pack = try imported(shape == "classic" ? NationalFixtures.classic : NationalFixtures.today)
        let written = try #require(pack.source.files[PackSource.mainFile])
        try golden("\(shape).yaml", String(decoding: written, as: UTF8.self))
        try golden("\(shape).txt", pack.report.joined(separator: "\n") + "\n")
    }

    @Test("Every fact waits to be compared, and nothing else than the catalogue is named as a source")
    func sources() throws {
        for text in [NationalFixtures.classic, NationalFixtures.today] {
            let facts = PackFact.facts(of: try imported(text).source)
            #expect(facts.count >= 5)
            #expect(facts.allSatisfy { !$0.isVerified })
            let stated = facts.map(\.source).filter { !$0.isEmpty }
            #expect(stated.allSatisfy { $0.hasPrefix("Cơ sở dữ liệu quốc gia về thủ tục hành chính, mã 9.000") })
            #expect(stated.allSatisfy { $0.hasSuffix("nhập ngày 05/03/2026") || $0.hasSuffix("nhập ngày 5/3/2026") })
        }
    }

    @Test("What the builder reads is what was imported, and a change there leaves all else")
    func roundTrip() throws {
        for text in [NationalFixtures.classic, NationalFixtures.today] {
            let pack = try imported(text)
            let bytes = try #require(pack.source.files[PackSource.mainFile])
            let manuscript = PackManuscript(String(decoding: bytes, as: UTF8.self))
            #expect(manuscript.findings.isEmpty)
            #expect(manuscript.tree == pack.tree)
            #expect(manuscript.bytes == bytes)
            let path = try #require(PackPath("sector.name"))
            let changed = try manuscript.applying([.set(path, .text("Khác"))])
            #expect(changed.commentCount == manuscript.commentCount)
            let back = try changed.applying([.set(path, try #require(pack.tree[path]))])
            #expect(back.tree == pack.tree)
            // The same record again is the same version.
            #expect(try imported(text).source.digest == pack.source.digest)
            #expect(try #require(pack.changes(from: pack.source)).isEmpty)
        }
    }

    @Test("The record is kept whole beside the pack: fields that nobody knows, digits of numbers")
    func recordIsKept() throws {
        let pack = try imported(NationalFixtures.today)
        let kept = String(decoding: try #require(pack.source.files[PackImport.recordFile]), as: UTF8.self)
        #expect(kept.contains("\"newMember\"") && kept.contains("1.50"))
        var reader = NationalJSONReader(Array(kept.utf8)[...])
        var original = NationalJSONReader(Array(NationalFixtures.today.utf8)[...])
        #expect(try reader.next() == (try original.next())["data"])
        #expect(pack.leftOut.contains { $0.contains("newMember") })
    }

    @Test("The levels follow the rule of assessments; what the catalogue lacks is told for each of them")
    func lacks() throws {
        let pack = try imported(NationalFixtures.classic)
        #expect(pack.assessment.level == nil)
        #expect(pack.assessment.evidence.infoItems == 10)
        #expect(pack.assessment.evidence.missingItems == [InformationItem.channels.vietnamese])
        let lacking = pack.lacks.map(\.condition)
        #expect(lacking.contains(.infoItems) && lacking.contains(.formsDownloadable) && lacking.contains(.eForm))
        #expect(lacking.contains(.attachments) && lacking.contains(.onlineResult))
        #expect(!lacking.contains(.onlinePayment))
        let bare = NationalFixtures.catalogue(NationalFixtures.classic).packs(
            on: try day("2026-03-05"),
            platform: PlatformEvidence(https: true, onlinePayment: false, onlineSigning: true)
        )
        #expect(try #require(bare.packs.first).lacks.map(\.condition).contains(.onlinePayment))
    }

    @Test("A procedure that the catalogue no longer shows says so")
    func closed() throws {
        #expect(try imported(NationalFixtures.classic).closedState == nil)
        #expect(try imported(NationalFixtures.today).closedState == "EXPIRED")
    }

    @Test("An imported pack in the folder is refused alone; as a draft it is worked on")
    func standing() async throws {
        let pack = try imported(NationalFixtures.classic)
        try await withStore(.sqlite, migrations: Keepers.migrations) { store in
            let time = TestClock(at: try #require(Instant("2026-03-05T08:00")))
            let service = CatalogueService(store: store, clock: time.clock)
            try await PublicationTests.withFolder([SamplePack.source(), pack.source]) { folder in
                let report = try await service.load(folder: folder)
                #expect(report.count(.offered) == 1 && report.count(.refused) == 1)
            }
            let admin = try Keepers.administrator()
            let draft = try await service.begin(pack.code, from: .files(pack.source), by: admin)
            #expect(draft.source.files == pack.source.files && draft.origin == .imported)
            let listed = try await service.drafts(for: admin)
            #expect(listed.first?.name == pack.name && listed.first?.errorCount ?? 0 > 0)
        }
    }

    // MARK: - What must not come in

    @Test("Many records in one file: each fault names record and field, and the others go on")
    func manyRecords() {
        let text = """
            [{"code": "9.1", "name": "Một", "executionSteps": "không phải danh sách"},
             {"code": "9.2", "name": "Hai"}, {"code": "../9.3", "name": "Ba"}, {"name": "Bốn"}, 5, {"x": 1},
             {"code": "9.2", "name": "Hai lần nữa"}, {"code": "9.4", "name": "Bon\\u0007g"},
             {"code": "9.5", "name": "Năm", "executionMethods": [{"submissionMethod": "DIRECT", "processingTime": "x"}]},
             {"code": "9.6", "name": "Sáu", "name": "Sáu"}, {"code": 9.70, "name": "Bảy"}]
            """
        let catalogue = NationalFixtures.catalogue(text)
        #expect(catalogue.records.map(\.code) == ["9.2", "9.70"])
        #expect(
            catalogue.faults.map(\.description) == [
                "Bản ghi 1 (9.1), trường executionSteps: phải là danh sách, nhưng là chữ.",
                "Bản ghi 3, trường code: “../9.3” không phải là mã thủ tục.",
                "Bản ghi 4: không có trường code hay MATTHC: không phải là thủ tục.",
                "Bản ghi 5: phải là mục có khóa, nhưng là số.",
                "Bản ghi 6: không có trường code hay MATTHC: không phải là thủ tục.",
                "Bản ghi 7 (9.2): mã này đã có ở bản ghi trước.",
                "Bản ghi 8 (9.4), trường name: có ký tự điều khiển U+7.",
                "Bản ghi 9 (9.5), trường executionMethods[1].processingTime: “x” không phải là số nguyên từ 0.",
                "Bản ghi 10 (9.6), trường name: có hai lần trong một mục.",
            ]
        )
    }

    @Test("Files that are none, answers that say no, lines that are broken")
    func files() {
        #expect(faults("") == ["Tệp: trống."])
        #expect(faults("{") == ["Dòng 1, cột 2: không đọc được JSON: phải là chữ trong dấu nháy kép."])
        #expect(faults("nul")[0].hasPrefix("Dòng 1, cột 1: không đọc được JSON"))
        #expect(NationalCatalogue([0xFF, 0xFE, 0x7B]).faults.map(\.description) == ["Tệp: không phải là UTF-8."])
        #expect(
            faults(#"{"error_code": -1, "message": "Hết phiên", "result": []}"#)
                == ["Dòng 1, trường error_code: danh mục trả lời lỗi “-1”: Hết phiên."]
        )
        #expect(faults(#"{"code": "OK", "data": null}"#)[0].hasSuffix("câu trả lời không có thủ tục nào."))
        let lines = """
            {"code": "9.1", "name": "Một"}
            {"code": "9.2", "name": }
            {"code": "9.3", "name": "Ba"}
            """
        let catalogue = NationalFixtures.catalogue("\u{FEFF}" + lines)
        #expect(catalogue.records.map(\.code) == ["9.1", "9.3"])
        #expect(catalogue.faults.map(\.record) == ["Dòng 2, cột 25"])
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(faults(deep) == ["Dòng 1, cột 33: không đọc được JSON: lồng nhau quá 32 lớp."])
    }

    @Test("A text of a web page becomes plain lines")
    func plainText() throws {
        func lines(_ text: String) throws -> [String] { try NationalText.lines(text) }
        #expect(try lines("<p>Một<br/>hai</p><ul><li>ba</li></ul>") == ["Một", "hai", "- ba"])
        #expect(try lines("a <script>x<p>y</p></script>b<style>z</style>") == ["a b"])
        #expect(try lines("gió < 5 m/s và > 2 m/s") == ["gió < 5 m/s và > 2 m/s"])
        #expect(try lines("&lt;b&gt; &amp;lt; &#273;&#x110; h&ocirc;̀ &xyz;") == ["<b> &lt; đĐ hồ &xyz;"])
        #expect(try lines("<a href=\"javascript:alert(1)\" onclick='x'>liên kết</a>") == ["liên kết"])
        #expect(try lines("<script>không đóng") == [])
        #expect(try lines("a\u{200B}b \u{FEFF} c\u{A0}d\te") == ["ab c d e"])
        #expect(throws: NationalText.Fault.control(0x202E)) { try lines("a\u{202E}b") }
        #expect(throws: NationalText.Fault.control(0)) { try lines("a&#0;b") }
        #expect(try lines(String(repeating: "a", count: NationalText.limit)).count == 1)
        #expect(throws: NationalText.Fault.tooLong(NationalText.limit + 1)) {
            try lines(String(repeating: "a", count: NationalText.limit + 1))
        }
    }

    @Test("Limits of lists and records hold at their edge")
    func limits() throws {
        func record(steps: Int) -> String {
            let list = Array(repeating: #"{"name": "Bước"}"#, count: steps).joined(separator: ",")
            return #"{"code": "9.1", "name": "Một", "executionSteps": [\#(list)]}"#
        }
        #expect(faults(record(steps: NationalFields.listLimit)).isEmpty)
        #expect(faults(record(steps: NationalFields.listLimit + 1))[0].contains("có 501 mục, quá 500"))
        let long = String(repeating: "chữ ", count: 24_000)
        let steps = Array(repeating: #"{"description": "\#(long)"}"#, count: 6).joined(separator: ",")
        let big = NationalFixtures.catalogue(#"{"code": "9.1", "name": "Một", "executionSteps": [\#(steps)]}"#)
        #expect(big.faults.isEmpty)
        let packs = big.packs(on: try day("2026-03-05"))
        #expect(packs.packs.isEmpty && packs.faults.map(\.record) == ["Thủ tục 9.1"])
    }

    @Test("Amounts in every spelling of the catalogue, and none that is guessed")
    func amounts() {
        func amount(_ text: String?, _ currency: String? = "Đồng") -> Int64? {
            PackImportWriting.amount(NationalRecord.Fee(amount: text, currency: currency))
        }
        #expect(amount("50.000") == 50_000 && amount("50000") == 50_000 && amount("50000.0") == 50_000)
        #expect(amount("1.250.000 đồng") == 1_250_000 && amount("0") == 0 && amount("Miễn phí") == 0)
        #expect(amount("50.00") == nil && amount("10 - 20") == nil && amount("theo quy định") == nil)
        #expect(amount("5", "USD") == nil && amount(nil) == nil && amount("-5") == nil)
    }

    @Test("Agencies are taken only where kind and level are said without doubt")
    func agencies() {
        func words(_ name: String) -> String? {
            PackImportWriting.agency(name).map { "\($0.kind.rawValue) \($0.level.rawValue)" }
        }
        #expect(words("Ủy ban nhân dân cấp xã") == "peoplesCommittee commune")
        #expect(words("UBND xã, phường, đặc khu") == "peoplesCommittee commune")
        #expect(words("Uỷ ban nhân dân cấp Tỉnh") == "peoplesCommittee province")
        #expect(words("Sở Xây dựng") == "department province" && words("Công an xã") == "police commune")
        #expect(words("Công an Tỉnh") == "police province" && words("Ủy ban nhân dân") == nil)
        #expect(words("Cục Thuế") == nil && words("Trụ sở Công an") == nil && words("Hội người mù cấp xã") == nil)
    }
}
