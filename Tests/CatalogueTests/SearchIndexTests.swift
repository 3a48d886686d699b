// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Testing

@Suite("The index of the search answers as the plain definition does")
struct SearchIndexTests {
    static let fillers = ["làm", "cho", "con", "giấy"]
    static let synonyms: [(say: String, means: String)] = [
        ("mở tiệm", "hộ kinh doanh"), ("sao y", "bản sao"), ("làm giấy khai sinh", "đăng ký khai sinh"),
        ("giấy", "bản sao trích lục"), ("cấp", "đăng ký"),
    ]

    static func words() throws -> SearchWords {
        let lines = synonyms.map { "  - say: [\($0.say)]\n    means: \($0.means)\n" }.joined()
        let text = "fillers: [\(fillers.joined(separator: ", "))]\nsynonyms:\n\(lines)"
        return try SearchWords(synonyms: Array(text.utf8), lifeEvents: Array("lifeEvents: []\n".utf8))
    }

    @Test(
        "Random queries over random catalogues: the same procedures, scores and order",
        arguments: [1, 2, 3, 40, 220]
    )
    func sameAnswers(_ count: Int) throws {
        let seed = UInt64(count) * 7_919
        let listings = SampleListings.draw(count, seed: seed)
        let index = ProcedureSearch(listings, words: try Self.words())
        let slow = SlowSearch(listings, fillers: Self.fillers, synonyms: Self.synonyms)
        var random = SeededGenerator(seed: seed + 1)
        var (hits, nears) = (0, 0)
        for _ in 0..<(count > 100 ? 60 : 120) {
            let query = SampleListings.query(&random)
            let expected = slow.search(query)
            let answer = index.search(query, limit: 1_000)
            #expect(answer.hits.map(\.code) == expected.full.map(\.0), "\(query), seed \(seed)")
            #expect(answer.hits.map(\.score) == expected.full.map(\.1), "\(query), seed \(seed)")
            #expect(answer.nearMisses.map(\.code) == expected.near.map(\.0), "\(query), seed \(seed)")
            let short = index.search(query, limit: 7)
            #expect(short.hits == Array(answer.hits.prefix(7)), "\(query)")
            hits += answer.hits.count
            nears += answer.nearMisses.count
        }
        if count > 3 { #expect(hits > 100 && nears > 5, "the queries must find something, and miss something") }
    }

    @Test("Facets over a query: counted as by hand, and parts of the answer join to the whole")
    func facets() throws {
        let listings = SampleListings.draw(400, seed: 11)
        let search = ProcedureSearch(listings, words: try Self.words())
        for (query, chosen) in [
            ("", [:]), ("", [.sector: "ho-tich"]), ("giay phep", [:]), ("giấy phép", [.level: "full", .fee: "free"]),
            ("cap", [.subject: "citizen", .sector: "dat-dai"]), ("", [.agency: "so-tu-phap", .fee: "paid"]),
        ] as [(String, [Facet: String])] {
            let answer = search.find(FindingQuestion(query, facets: chosen, limit: 1_000))
            let found = Set(query.isEmpty ? listings.map(\.code) : search.search(query, limit: 1_000).hits.map(\.code))
            let all = listings.filter { found.contains($0.code) }
            let expected = all.filter { listing in chosen.allSatisfy { Self.has(listing, $0, $1) } }
            #expect(Set(answer.listings.map(\.code)) == Set(expected.map(\.code)))
            #expect(answer.total == expected.count)
            for facet in Facet.allCases {
                for count in answer.facets[facet] {
                    let others = chosen.filter { $0.key != facet }
                    let by = all.filter { listing in
                        others.allSatisfy { Self.has(listing, $0, $1) } && Self.has(listing, facet, count.choice.slug)
                    }
                    #expect(count.count == by.count, "\(query) \(chosen) \(count.choice.label)")
                    #expect(count.isChosen == Self.isNamed(count.choice, chosen[facet]))
                }
            }
            let most = answer.facets.most(of: .sector, limit: 3)
            #expect(most.choices.count <= 4 && most.isWhole == (answer.facets[.sector].count <= 3))
            let least = most.choices.filter { !$0.isChosen }.map(\.count).min() ?? 0
            let left = answer.facets[.sector].filter { !most.choices.contains($0) }
            #expect(left.allSatisfy { $0.count <= least })
            let parts = stride(from: 0, to: answer.total, by: 7).flatMap { offset in
                search.find(FindingQuestion(query, facets: chosen, offset: offset, limit: 7)).listings.map(\.code)
            }
            #expect(parts == answer.listings.map(\.code))
        }
    }

    @Test("Without words: by name, with the name that begins each part")
    func list() throws {
        let listings = SampleListings.draw(120, seed: 5)
        let search = ProcedureSearch(listings, words: try Self.words())
        let answer = search.find(FindingQuestion("  ", offset: 50, limit: 50))
        let names = VietnameseText.ordered(listings.map(\.name)) { $0 }
        #expect(names == listings.map(\.name).sorted { VietnameseText.precedes($0, $1) })
        #expect(answer.listings.map(\.name) == Array(names[50..<100]))
        #expect(answer.partBeginnings == [names[0], names[50], names[100]])
        #expect(search.find(FindingQuestion("", facets: [.sector: "no-such"], limit: 5)).total == 120)
        #expect(search.find(FindingQuestion("", offset: 500, limit: 5)).listings.isEmpty)
    }

    @Test("Sectors whose names differ in their marks alone stay two")
    func nearNames() throws {
        let listings = ["Đường bộ", "Dương bộ", "Dương bộ"].enumerated().map { number, sector in
            ProcedureListing(
                code: "1.00000\(number)",
                name: "Việc \(number)",
                summary: "",
                sector: Sector(code: nil, name: sector),
                resultName: "",
                subjects: [],
                agencies: [],
                level: .four,
                scope: .full
            )
        }
        let search = ProcedureSearch(listings, words: .none)
        let sectors = search.find(FindingQuestion()).facets[.sector]
        #expect(sectors.map(\.choice.slug) == ["duong-bo", "duong-bo-2"])
        #expect(sectors.map(\.choice.label) == ["Dương bộ", "Đường bộ"])
        #expect(sectors.map(\.count) == [2, 1])
        #expect(search.find(FindingQuestion(facets: [.sector: "duong-bo-2"])).total == 1)
    }

    @Test("6,800 procedures: the index is small")
    func memory() throws {
        let search = ProcedureSearch(SampleListings.draw(6_800, seed: 3), words: try Self.words())
        let each = search.indexBytes / 6_800
        #expect(each < 400, "\(each) bytes a procedure")
        #expect(search.find(FindingQuestion("giay phep xay dung", limit: 20)).listings.count == 20)
    }

    private static func has(_ listing: ProcedureListing, _ facet: Facet, _ word: String) -> Bool {
        switch facet {
        case .subject: listing.subjects.contains { $0.rawValue == word || slug($0.vietnamese) == word }
        case .sector: slug(listing.sector.name) == word
        case .agency: listing.agencies.contains { slug($0) == word }
        case .level: listing.scope.rawValue == word || slug(listing.scope.vietnamese) == word
        case .fee:
            (listing.isFree
                ? ["free", "khong-thu-phi-le-phi"]
                : listing.isSetByCouncil
                    ? ["council", "muc-thu-do-hoi-dong-nhan-dan-tinh-quy-dinh"] : ["paid", "co-thu-phi-hoac-le-phi"])
                .contains(word)
        }
    }

    private static func isNamed(_ choice: FacetChoice, _ word: String?) -> Bool {
        choice.slug == word || choice.key == word
    }

    private static func slug(_ text: String) -> String {
        VietnameseText.fold(text).split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }
}
