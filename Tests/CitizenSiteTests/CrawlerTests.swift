// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import Markup
import Testing

@testable import CitizenSite

@Suite("What search engines and readers are given")
struct CrawlerTests {
    private static func packs() throws -> [ProcedurePack] {
        try PackSource.packs(inFolder: Finding.root + "/procedures").compactMap { PackChecker().check($0).pack }
    }

    @Test("A sitemap of one file, and an index of several when there are more addresses than a file may hold")
    func sitemap() throws {
        let paths = (0..<25).map { "/thu-tuc/1.\($0)" } + ["/thu-tuc?linh-vuc=a&trang=2"]
        let whole = Sitemap(site: "https://motcua.example", paths: paths)
        #expect(whole.fileCount == 1 && whole.file(2) == nil && whole.file(0) == nil)
        #expect(whole.root.contains("<loc>https://motcua.example/thu-tuc/1.24</loc>"))
        #expect(whole.root.contains("linh-vuc=a&amp;trang=2</loc>"))
        let parts = Sitemap(site: "https://motcua.example", paths: paths, limit: 10)
        #expect(parts.fileCount == 3)
        #expect(parts.root.contains("<sitemapindex") && parts.root.contains("https://motcua.example/so-do-trang/3"))
        let listed = (1...3).compactMap { parts.file($0) }.joined().components(separatedBy: "<loc>").count - 1
        #expect(listed == 26)
        #expect(Sitemap.fileLimit == 50_000)
        let found = ProcedureSearch(Finding.listings(60), words: .none).find(FindingQuestion(limit: .max))
        let all = Sitemap.paths(found, .empty)
        #expect(all.filter { $0.hasPrefix("/thu-tuc/") }.count == 60 && Set(all).count == all.count)
    }

    @Test("Every shipped procedure as a GovernmentService: JSON, with what the page says")
    func linkedData() throws {
        let day = try #require(LocalDate("2026-03-05"))
        let packs = try Self.packs()
        #expect(packs.count >= 6)
        for pack in packs {
            let page = FindableProcedure(site: "https://motcua.example", authority: "Tỉnh An Giang").page(pack, on: day)
            #expect(page.canonical == "https://motcua.example/thu-tuc/\(pack.code)")
            let json = try #require(page.data).json
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            #expect(object["@context"] as? String == "https://schema.org")
            #expect(object["@type"] as? String == "GovernmentService")
            #expect(object["name"] as? String == pack.name)
            #expect(object["identifier"] as? String == pack.code)
            let channels = try #require(object["availableChannel"] as? [[String: Any]])
            #expect(channels.count == pack.submissionMethods.count)
            let operators = try #require(object["serviceOperator"] as? [[String: Any]])
            #expect(operators.compactMap { $0["name"] as? String } == pack.executingAgencies.map(\.name))
            let html = Finding.frame.page(PageShape(title: pack.name, findable: page), "<h1>x</h1>").string
            #expect(html.contains("<link rel=\"canonical\" href=\"\(page.canonical)\">"))
            #expect(html.components(separatedBy: "application/ld+json").count == 2)
        }
    }

    @Test("Shipped articles: every procedure has a guide, and every link leads somewhere")
    func articles() throws {
        let shelf = try ArticleShelf.read(folder: Finding.root + "/resources/articles")
        let packs = try Self.packs()
        let codes = Set(packs.map(\.code))
        let sectors = Set(packs.map(\.sector.name))
        for code in ["1.001193", "1.001612", "1.004222", "1.013225", "2.000635", "2.000815"] {
            let about = shelf.about(procedure: code, sector: "")
            #expect(about.contains { $0.kind == .guide } && about.contains { $0.kind == .question }, "\(code)")
        }
        let pages: Set<String> = ["/tra-cuu", "/thu-tuc", "/linh-vuc", "/huong-dan", "tel:1022"]
        for article in Article.Kind.allCases.flatMap(shelf.all) {
            let text = Markdown(article.text)
            for address in text.addresses {
                let code = address.hasPrefix("/thu-tuc/") ? String(address.dropFirst(9)) : nil
                #expect(code.map(codes.contains) ?? pages.contains(address), "\(article.slug): \(address)")
            }
            #expect(article.procedures.allSatisfy(codes.contains), "\(article.slug)")
            #expect(article.sectors.allSatisfy(sectors.contains), "\(article.slug): \(article.sectors)")
            #expect(!text.html.string.contains("&lt;"), "\(article.slug)")
        }
        #expect(shelf.all(.news).isEmpty == false)
    }

    @Test("A broken article is refused with its file and line")
    func broken() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "articles-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder in /tmp harms nobody
        let guides = folder.appending(path: "guides")
        try FileManager.default.createDirectory(at: guides, withIntermediateDirectories: true)
        func read(_ name: String, _ text: String) throws -> Int {
            let file = guides.appending(path: name)
            try Data(text.utf8).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }  // the next case writes its own
            guard
                case .wordsRefused(let findings)? = #expect(
                    throws: CatalogueError.self,
                    performing: {
                        try ArticleShelf.read(folder: folder.path)
                    }
                )
            else { return 0 }
            #expect(findings.allSatisfy { $0.file.hasSuffix(name) })
            return findings.first?.place.line ?? 0
        }
        #expect(try read("a.md", "không có dòng đầu") == 1)
        #expect(try read("a.md", "---\ntitle: A\ndate: 2026-13-01\n---\nx\n") == 1)
        #expect(try read("a.md", "---\ntitle: A\nwho: me\ndate: 2026-01-01\n---\nx\n") == 3)
        #expect(try read("a.md", "---\ntitle: A\ndate: 2026-01-01\n---\n\n") == 4)
        #expect(try read("Tên.md", "---\ntitle: A\ndate: 2026-01-01\n---\nx\n") == 1)
        #expect(try ArticleShelf.read(folder: folder.path).all(.guide).isEmpty)
    }
}
