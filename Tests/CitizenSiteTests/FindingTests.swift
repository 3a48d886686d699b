// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import Markup
import Testing
import Web
import WorkingTime

@testable import CitizenSite

/// What the tests of the pages share: a large catalogue and a frame.
enum Finding {
    static let frame = PageFrame(
        authorityName: "Tỉnh An Giang",
        assets: Assets { "/tinh/\($0)" },
        csrfToken: "x",
        path: "/thu-tuc",
        pageCode: "C-02",
        signInHref: "/dang-nhap"
    )

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func listings(_ count: Int, sectors: Int = 130) -> [ProcedureListing] {
        let acts = ["Cấp", "Cấp lại", "Đăng ký", "Gia hạn", "Thẩm định", "Xác nhận", "Điều chỉnh", "Bổ nhiệm"]
        let things = ["giấy phép xây dựng", "hộ kinh doanh", "đất đai", "khai sinh", "chứng chỉ hành nghề"]
        return (0..<count).map { number in
            ProcedureListing(
                code: "1.\(100_000 + number)",
                name: "\(acts[number % 8]) \(things[number % 5]) số \(number)",
                summary: "Để làm việc số \(number).",
                // The first sectors are much larger than the others, as in life.
                sector: Sector(code: nil, name: "Lĩnh vực \(number % 3 == 0 ? number % 4 : number % sectors)"),
                resultName: "Giấy",
                subjects: number % 2 == 0 ? [.citizen] : [.business, .organisation],
                agencies: [number % 7 == 0 ? "Sở Xây dựng" : "Ủy ban nhân dân cấp xã"],
                level: .three,
                scope: OnlineScope.allCases[number % 4 % 3],
                timeLimit: TimeLimit(number % 30, .workingDay),
                prices: number % 3 == 0 ? [] : [.init(kind: .charge, amount: .fixed(VND(10_000)))]
            )
        }
    }

    /// Addresses of links, as a browser reads them.
    static func links(_ html: HTML) -> [String] {
        html.string.components(separatedBy: "<a").dropFirst().compactMap { piece in
            let tag = piece.prefix { $0 != ">" }
            guard let start = tag.range(of: "href=\"") else { return nil }
            return tag[start.upperBound...].prefix { $0 != "\"" }.replacingOccurrences(of: "&amp;", with: "&")
        }
    }

    static func address(_ href: String) -> FindingAddress? {
        guard let parts = URLComponents(string: href), parts.path == "/thu-tuc" else { return nil }
        return FindingAddress(
            QueryFields(FormFields((parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }))
        )
    }

    static let home = HomePage.Model(
        searchAction: "/thu-tuc",
        lookupAction: "/tra-cuu",
        lifeEvents: [],
        popular: [],
        allProceduresHref: FindingAddress().path,
        sectorsHref: "/linh-vuc",
        figures: [],
        figuresAsOf: nil,
        statisticsHref: "/thong-ke",
        verifyHref: "/xac-minh",
        officialAddress: "https://motcua.example"
    )
}

@Suite("Finding a service on the pages")
struct FindingTests {
    @Test("Three clicks from home to any of 6,800 services, without a script and without typing")
    func threeClicks() throws {
        let search = ProcedureSearch(Finding.listings(6_800), words: .none)
        var seen: Set<String> = []
        var (reached, frontier): (Set<String>, [String]) = ([], ["/"])
        for click in 1...3 {
            var next: [String] = []
            for place in frontier {
                let page: HTML
                if place == "/" {
                    page = HomePage.html(Finding.home, in: Finding.frame)
                } else if place == "/linh-vuc" {
                    let found = search.find(FindingQuestion(limit: 0))
                    page = SectorsPage.html(ProcedureLists.sectors(found), in: Finding.frame)
                } else if let address = Finding.address(place) {
                    page = ProcedureListPage.html(
                        ProcedureLists.model(address, search.find(address.question)),
                        in: Finding.frame
                    )
                } else {
                    continue
                }
                for link in Finding.links(page) where seen.insert(link).inserted {
                    if link.hasPrefix("/thu-tuc/") { reached.insert(link) }
                    // The bar of pages and the sectors suffice; facets would only make the walk longer.
                    let isList = link == "/linh-vuc" || link.hasPrefix("/thu-tuc?trang=") || link == "/thu-tuc"
                    if isList, click < 3 { next.append(link) }
                }
            }
            frontier = next
        }
        #expect(reached.count == 6_800)
    }

    @Test("An address gives the same list again, and each part joins to the whole")
    func sameAddress() throws {
        let search = ProcedureSearch(Finding.listings(700), words: .none)
        var address = FindingAddress(query: "giấy phép", facets: [.level: "toan-trinh", .fee: "khong-thu-phi-le-phi"])
        address.page = 2
        let again = try #require(Finding.address(address.path))
        #expect(again.path == address.path)
        #expect(again.question == address.question)
        #expect(
            address.path == "/thu-tuc?q=gi%E1%BA%A5y%20ph%C3%A9p&muc-do=toan-trinh&phi=khong-thu-phi-le-phi&trang=2"
        )
        var place: String? = FindingAddress(facets: [.sector: "linh-vuc-1"]).path
        var codes: [String] = []
        while let href = place, let address = Finding.address(href) {
            let model = ProcedureLists.model(address, search.find(address.question))
            codes += model.lines.map(\.code)
            place = model.nextHref
        }
        let all = search.find(FindingQuestion(facets: [.sector: "linh-vuc-1"], limit: 1_000))
        #expect(codes == all.listings.map(\.code) && codes.count > 50)
    }

    @Test("Facets are links that switch a choice, from the first page; the count stands in the heading")
    func facetLinks() throws {
        let search = ProcedureSearch(Finding.listings(700), words: .none)
        var address = FindingAddress(facets: [.subject: "cong-dan-viet-nam"])
        address.page = 3
        let found = search.find(address.question)
        let model = ProcedureLists.model(address, found)
        #expect(model.heading == "Công dân Việt Nam: 350 thủ tục")
        #expect(model.clearHref == "/thu-tuc")
        #expect(model.kept.map(\.value) == ["cong-dan-viet-nam"])
        for facet in model.facets {
            for choice in facet.choices {
                let next = try #require(Finding.address(choice.href))
                #expect(next.page == 1)
                let answer = search.find(next.question)
                if !choice.isChosen { #expect(answer.total == choice.count, "\(choice.label)") }
            }
        }
        let sectors = try #require(model.facets.first { $0.title == "Lĩnh vực" })
        #expect(sectors.choices.count == ProcedureLists.choiceLimit && sectors.allHref == "/linh-vuc")
        let line = try #require(model.lines.first)
        #expect(!line.levelWord.isEmpty && line.timeWord.contains("ngày") && line.feeWord.contains("phí"))
    }

    @Test("Nothing found: the nearest, the hotline, and what to do")
    func nothing() throws {
        let search = ProcedureSearch(Finding.listings(50), words: .none)
        let address = FindingAddress(query: "đăng ký xyzzy")
        let html = ProcedureListPage.html(
            ProcedureLists.model(address, search.find(address.question)),
            in: Finding.frame
        )
        .string
        #expect(html.contains("tel:1022") && html.contains("Gần với từ đã gõ") && html.contains("/linh-vuc"))
        let narrow = FindingAddress(query: "khai sinh", facets: [.agency: "so-xay-dung", .sector: "linh-vuc-2"])
        let found = search.find(narrow.question)
        let empty = ProcedureListPage.html(ProcedureLists.model(narrow, found), in: Finding.frame).string
        #expect(found.total == 0 && empty.contains("Bỏ các điều kiện lọc"))
    }

    @Test("Sectors stand under their letter: Đ is not D, tones do not matter")
    func letters() {
        #expect(
            ["Đất đai", "ất", "An toàn", "Ấp", "ủy ban", "Ưu đãi"].map(SectorsPage.initial) == [
                "Đ", "Â", "A", "Â", "U", "Ư",
            ]
        )
    }
}
