// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Hummingbird
import Kernel
import Site
import Web

/// What search engines ask before they read: `/robots.txt` and the sitemap.
struct CrawlerHandlers: Sendable {
    let services: CitizenServices

    func add(to routes: SiteRoutes) {
        routes.get(.robots, for: .anyone, rule: "-") { _, _ in
            .text(robots, type: "text/plain; charset=utf-8")
        }
        routes.get(.sitemap, for: .anyone, rule: "-", work: .long) { _, context in
            .text(sitemap(context).root, type: Self.xml)
        }
        routes.get(.sitemapPart(PathSlot.number), for: .anyone, rule: "-", work: .long) { _, context in
            guard let number = Int(try context.pathText(PathSlot.number)),
                let file = sitemap(context).file(number)
            else { throw RequestError.notFound }
            return .text(file, type: Self.xml)
        }
    }

    private static let xml = "application/xml; charset=utf-8"

    private func sitemap(_ context: PublicContext) -> Sitemap {
        let found = services.catalogue.find(FindingQuestion(limit: .max), on: context.now.date)
        return Sitemap(site: services.publicURL.description, paths: Sitemap.paths(found, services.articles))
    }

    /// What is about a person is not for search engines, and every search of a list is a page of its own for nobody.
    private var robots: String {
        let closed: [SiteURL] = [.account, .lookup, .signIn, .workList, .administration, .signing, .search]
        let prefixes = closed.map(\.path).filter { $0 != SiteURL.lookup.path } + ["/nop/", "/ho-so/", "/api/"]
        let lines = prefixes.map { "Disallow: \($0)" } + ["Disallow: \(SiteURL.procedures.path)?q="]
        return "User-agent: *\n" + lines.joined(separator: "\n")
            + "\n\nSitemap: \(services.publicURL.description)\(SiteURL.sitemap.path)\n"
    }
}
