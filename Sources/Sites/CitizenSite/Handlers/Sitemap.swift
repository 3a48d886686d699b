// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Site

/// The addresses that search engines may know, as the sitemap protocol writes them: one file, or an index of several
/// when there are more than one file may hold.
struct Sitemap: Sendable {
    /// Most addresses of one file (sitemaps.org).
    static let fileLimit = 50_000

    /// Scheme, host and port, no slash behind.
    let site: String
    /// Paths in order.
    let paths: [String]
    let limit: Int

    init(site: String, paths: [String], limit: Int = Sitemap.fileLimit) {
        precondition(limit > 0, "a file holds something")
        (self.site, self.paths, self.limit) = (site, paths, limit)
    }

    /// How many files there are.
    var fileCount: Int { max(1, (paths.count + limit - 1) / limit) }

    /// `/sitemap.xml`: the addresses, or the files that hold them.
    var root: String {
        guard fileCount > 1 else { return file(1) ?? "" }
        let files = (1...fileCount).map { site + SiteURL.sitemapPart(String($0)).path }
        return Self.document("sitemapindex", "sitemap", files)
    }

    /// One file, counted from 1; nil when there is no such file.
    func file(_ number: Int) -> String? {
        guard (1...fileCount).contains(number) else { return nil }
        let part = paths.dropFirst((number - 1) * limit).prefix(limit)
        return Self.document("urlset", "url", part.map { site + $0 })
    }

    private static func document(_ root: String, _ item: String, _ addresses: [String]) -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<\(root) xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        for address in addresses { text += "<\(item)><loc>\(escaped(address))</loc></\(item)>\n" }
        return text + "</\(root)>\n"
    }

    private static func escaped(_ address: String) -> String {
        var text = ""
        for letter in address {
            switch letter {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            default: text.append(letter)
            }
        }
        return text
    }

    /// Everything public that stays where it is: lists, procedures, articles.
    static func paths(_ found: Findings, _ articles: ArticleShelf) -> [String] {
        let fixed: [SiteURL] = [
            .home, .procedures, .sectors, .guides, .questions, .news, .lookup, .verification, .statistics, .help,
            .accessibility, .privacy,
        ]
        let sectors = found.facets[.sector].map { FindingAddress(facets: [.sector: $0.choice.slug]).path }
        let read =
            articles.all(.guide).map { SiteURL.guide($0.slug).path }
            + articles.all(.news).map { SiteURL.newsItem($0.slug).path }
        return fixed.map(\.path) + read + sectors + found.listings.map { SiteURL.procedure($0.code).path }
    }
}
