// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import Testing

@Suite("Finding a service in people's own words")
struct SearchTests {
    /// Names as in the starter catalogue; the real packs are among them.
    static let names: [(code: String, name: String)] = [
        ("1.001193", "Đăng ký khai sinh"), ("2.000635", "Cấp bản sao trích lục hộ tịch"),
        ("1.000894", "Đăng ký kết hôn"), ("1.000656", "Đăng ký khai tử"),
        ("2.000815", "Chứng thực bản sao từ bản chính"), ("1.001612", "Đăng ký thành lập hộ kinh doanh"),
        ("1.004222", "Đăng ký thường trú"), ("1.013225", "Cấp giấy phép xây dựng mới"),
        ("9.000101", "Hòa giải tranh chấp đất đai"),
        ("9.000102", "Cấp đổi giấy phép quản lý đường bộ"), ("9.000103", "Khai thác dương xỉ"),
    ]

    static func search() throws -> ProcedureSearch {
        let words = try SearchWords.read(folder: "\(Repository.root)/resources")
        let packs = try names.map { code, name in
            if let real = PackTests.codes.first(where: { $0 == code }) {
                return try #require(PackChecker().check(Repository.pack(real)).pack)
            }
            let files = SamplePack.source(replacing: "name: Cấp giấy thử nghiệm", with: "name: \(name)").files
            let text = String(decoding: try #require(files[PackSource.mainFile]), as: UTF8.self)
                .replacingOccurrences(of: "code: 9.000001", with: "code: \(code)")
                .replacingOccurrences(of: "keywords: [giấy thử]", with: "keywords: []")
                .replacingOccurrences(of: "summary: Xin một tờ giấy để thử.", with: "summary: Mẫu.")
            let source = PackSource(path: code, files: files.merging([PackSource.mainFile: Array(text.utf8)]) { $1 })
            return try #require(PackChecker().check(source).pack)
        }
        let on = try day("2026-03-05")
        return ProcedureSearch(
            packs.map {
                ProcedureListing(ProcedureEntry(unpublished: $0), by: LevelBasis(platform: .complete), on: on)
            },
            words: words
        )
    }

    /// A query and the procedure that must stand first.
    static let first: [(String, String)] = [
        ("khai sinh", "1.001193"), ("đăng ký khai sinh", "1.001193"), ("dang ky khai sinh", "1.001193"),
        ("ĐĂNG KÝ KHAI SINH", "1.001193"), ("đăng ky khai sinh", "1.001193"),
        ("đa\u{306}ng ky\u{301} khai sinh", "1.001193"), ("đăng kí khai sinh", "1.001193"),
        ("khai sin", "1.001193"), ("khai sihn", "1.001193"), ("dang ky khia sinh", "1.001193"),
        ("làm giấy khai sinh cho con", "1.001193"), ("lam giay khai sinh cho con", "1.001193"),
        ("tôi muốn làm khai sinh", "1.001193"), ("em bé", "1.001193"),
        ("trích lục", "2.000635"), ("trich luc ho tich", "2.000635"), ("trích luc", "2.000635"),
        ("bản sao giấy khai sinh", "2.000635"), ("mất giấy khai sinh", "2.000635"), ("2.000635", "2.000635"),
        ("2.0006", "2.000635"), ("sao y", "2.000815"), ("sao y bản chính", "2.000815"),
        ("kết hôn", "1.000894"), ("ket hon", "1.000894"), ("đám cưới lấy vợ", ""), ("lấy vợ", "1.000894"),
        ("khai tử", "1.000656"), ("mở tiệm", "1.001612"), ("hộ khẩu", "1.004222"), ("thuong tru", "1.004222"),
        ("photo công chứng", "2.000815"), ("sao y công chứng", "2.000815"), ("công chứng bằng cấp", "2.000815"),
        ("chung thuc ban sao", "2.000815"), ("mở quán", "1.001612"), ("bán hàng", "1.001612"),
        ("giấy phép kinh doanh", "1.001612"), ("đăng ký kinh doanh", "1.001612"), ("ho kinh doanh", "1.001612"),
        ("nhập hộ khẩu", "1.004222"), ("chuyển hộ khẩu", "1.004222"), ("nhap khau", "1.004222"),
        ("đổi nơi thường trú", "1.004222"), ("xây nhà", "1.013225"), ("cất nhà", "1.013225"),
        ("giấy phép xây dựng", "1.013225"), ("xin phép xây nhà", "1.013225"), ("giay phep xay nha", "1.013225"),
        ("hoà giải", "9.000101"), ("hòa giải", "9.000101"), ("hoa giai", "9.000101"), ("dat dai", "9.000101"),
        ("đường", "9.000102"), ("dương", "9.000103"), ("quan li", "9.000102"),
    ]

    @Test(arguments: first)
    func finds(_ query: String, _ code: String) throws {
        let answer = try SearchTests.search().search(query)
        #expect(answer.hits.first?.code ?? "" == code, "hits \(answer.hits), near \(answer.nearMisses)")
    }

    @Test("With, without and with half the marks, composed or not: the same procedures")
    func sameSets() throws {
        let search = try SearchTests.search()
        for forms in [
            ["cấp đổi", "cap doi", "cấp doi", "ca\u{302}\u{301}p đo\u{302}\u{309}i"], ["đường", "duong", "dương"],
            ["hòa giải", "hoà giải", "hoa giai"], ["bản sao", "ban sao", "ba\u{309}n sao"],
        ] {
            let sets = forms.map { Set(search.search($0).hits.map(\.code)) }
            #expect(Set(sets).count == 1, "\(forms)")
            #expect(sets[0].isEmpty == false)
        }
        #expect(search.search("đường").hits.map(\.code).first == "9.000102")
        // Words one slip away (đúng, đồng, dựng) come after those that have the very letters.
        #expect(Set(search.search("duong").hits.map(\.code).prefix(2)) == ["9.000102", "9.000103"])
    }

    /// Over all procedures that are shipped: what stands first, and how many are found at most.
    static let shipped: [(query: String, first: String, most: Int)] = [
        ("giám hộ", "1.004837", 3), ("giam ho", "1.004837", 3), ("sổ hồng", "1.012756", 8), ("chết", "1.000656", 6),
        ("người chết", "1.000656", 6), ("bà nội qua đời", "1.000656", 14),
        ("ông ngoại mới mất giấy khai sinh", "2.000635", 12),
        ("chuyển nhà", "1.004222", 8), ("dời nhà", "1.004222", 14), ("cắt khẩu", "1.004222", 8),
        ("1001193", "1.001193", 1), ("nhận con nuôi", "", 0), ("khai sihn", "1.001193", 12),
    ]

    static let wholeCatalogue = Result {
        let packs = try PackTests.shipped.map { try #require(PackChecker().check(Repository.pack($0)).pack) }
        let (basis, on) = (LevelBasis(platform: .complete), try day("2026-03-05"))
        return ProcedureSearch(
            packs.map { ProcedureListing(ProcedureEntry(unpublished: $0), by: basis, on: on) },
            words: try SearchWords.read(folder: "\(Repository.root)/resources")
        )
    }

    @Test("Guesses at a word stay away where something has the word itself", arguments: shipped)
    func noNoise(_ query: String, _ first: String, _ most: Int) throws {
        let hits = try SearchTests.wholeCatalogue.get().search(query, limit: 100).hits.map(\.code)
        #expect(hits.first ?? "" == first && hits.count <= most, "\(query): \(hits)")
    }

    @Test("A slip is forgiven in words of four letters, not in shorter ones")
    func typos() throws {
        let search = try SearchTests.search()
        #expect(search.search("trich").hits.first?.code == "2.000635")
        #expect(search.search("trihc").hits.first?.code == "2.000635")
        #expect(search.search("trixh").hits.first?.code == "2.000635")
        #expect(search.search("lxc").hits.isEmpty)
        #expect(search.search("trxxh").hits.isEmpty)
    }

    @Test("Near misses when nothing has every word; nothing for an empty query")
    func nearMisses() throws {
        let search = try SearchTests.search()
        let answer = search.search("trích lục bản đồ địa chính")
        #expect(answer.hits.isEmpty)
        #expect(answer.nearMisses.first?.code == "2.000635")
        #expect(search.search("xyzzy").nearMisses.isEmpty)
        for query in ["", "   ", "?!", "\u{301}"] {
            let nothing = search.search(query)
            #expect(nothing.hits.isEmpty && nothing.nearMisses.isEmpty)
        }
        #expect(search.search("đăng ký", limit: 2).hits.count == 2)
        _ = search.search(String(repeating: "đăng ký ", count: 10_000))
    }

    @Test("Life events in order; broken word lists are refused with findings")
    func words() throws {
        let words = try SearchWords.read(folder: "\(Repository.root)/resources")
        #expect(words.lifeEvents.count == 13)
        #expect(words.lifeEvents.first?.procedures.first == "1.001193")
        for code in PackTests.shipped {
            #expect(words.lifeEvents.contains { $0.procedures.contains(code) }, "no turn of life leads to \(code)")
        }
        #expect(throws: CatalogueError.folderUnreadable("/nowhere/synonyms.yaml")) {
            try SearchWords.read(folder: "/nowhere")
        }
        let error = #expect(throws: CatalogueError.self) {
            try SearchWords(
                synonyms: Array("fillers: []\nsynonim: []\n".utf8),
                lifeEvents: Array("lifeEvents: []".utf8)
            )
        }
        guard case .wordsRefused(let findings)? = error else {
            Issue.record("another error")
            return
        }
        #expect(findings.map(\.rule) == [.unknownKey, .missingKey])
    }
}
