// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Hummingbird
import Kernel
import Markup
import Site
import Web

/// Guides, questions and answers, news: read by anybody, about nobody.
struct ReadingHandlers: Sendable {
    let services: CitizenServices

    func add(to routes: SiteRoutes) {
        routes.get(.guides, for: .anyone, rule: "-", guides)
        routes.get(.guide(PathSlot.name), for: .anyone, rule: "-") { try await article(.guide, $0, $1) }
        routes.get(.questions, for: .anyone, rule: "-", questions)
        routes.get(.news, for: .anyone, rule: "-", news)
        routes.get(.newsItem(PathSlot.name), for: .anyone, rule: "-") { try await article(.news, $0, $1) }
    }

    private func guides(_ request: Request, _ context: PublicContext) async throws -> Response {
        let model = ReadingPages.ListModel(
            title: "Hướng dẫn",
            lede: "Làm từng thủ tục trên mạng, từng bước một.",
            lines: services.articles.all(.guide).map {
                ReadingPages.Line(title: $0.title, summary: $0.summary, href: Self.href($0))
            },
            nothing: "Chưa có bài hướng dẫn nào được đăng. Gọi 1022 để được hướng dẫn.",
            homeHref: SiteURL.home.path,
            findable: findable(.guides, "Hướng dẫn nộp hồ sơ trực tuyến, theo từng thủ tục.")
        )
        return .page(ReadingPages.list(model, in: context.readingFrame(pageCode: "C-34")))
    }

    private func news(_ request: Request, _ context: PublicContext) async throws -> Response {
        let model = ReadingPages.ListModel(
            title: "Tin tức",
            lede: "Điều mới về thủ tục và về cổng này.",
            lines: services.articles.all(.news).map {
                ReadingPages.Line(title: $0.title, summary: $0.summary, day: $0.day, href: Self.href($0))
            },
            nothing: "Chưa có tin nào được đăng.",
            homeHref: SiteURL.home.path,
            findable: findable(.news, "Tin về thủ tục hành chính và cổng dịch vụ công.")
        )
        return .page(ReadingPages.list(model, in: context.readingFrame(pageCode: "C-37")))
    }

    private func questions(_ request: Request, _ context: PublicContext) async throws -> Response {
        let day = context.now.date
        var groups: [(title: String, answers: [ReadingPages.Answer])] = []
        for article in services.articles.all(.question).sorted(by: Self.bySector) {
            let title = article.sectors.first ?? "Chung"
            let answer = ReadingPages.Answer(
                id: article.slug,
                question: article.title,
                answer: Markdown(article.text),
                procedures: procedures(of: article, on: day)
            )
            if groups.last?.title == title {
                groups[groups.count - 1].answers.append(answer)
            } else {
                groups.append((title, [answer]))
            }
        }
        let model = ReadingPages.QuestionsModel(
            groups: groups,
            homeHref: SiteURL.home.path,
            findable: findable(.questions, "Câu hỏi thường gặp về thủ tục và nộp hồ sơ trực tuyến, kèm trả lời.")
        )
        return .page(ReadingPages.questions(model, in: context.readingFrame(pageCode: "C-36")))
    }

    /// What concerns every procedure stands first, then by the names of sectors.
    private static func bySector(_ first: Article, _ second: Article) -> Bool {
        let (left, right) = (first.sectors.first ?? "", second.sectors.first ?? "")
        return left == right
            ? VietnameseText.precedes(first.title, second.title) : VietnameseText.precedes(left, right)
    }

    private func article(
        _ kind: Article.Kind,
        _ request: Request,
        _ context: PublicContext
    ) async throws -> Response {
        guard let article = services.articles.article(kind, try context.pathText(PathSlot.name)) else {
            throw RequestError.notFound
        }
        let (list, title): (SiteURL, String) = kind == .guide ? (.guides, "Hướng dẫn") : (.news, "Tin tức")
        let address: SiteURL = kind == .guide ? .guide(article.slug) : .newsItem(article.slug)
        let model = ReadingPages.ArticleModel(
            title: article.title,
            day: article.day,
            text: Markdown(article.text),
            procedures: procedures(of: article, on: context.now.date),
            crumbs: [Crumb("Trang chủ", href: SiteURL.home.path), Crumb(title, href: list.path)],
            findable: findable(address, article.summary.isEmpty ? article.title : article.summary)
        )
        let code = kind == .guide ? "C-35" : "C-38"
        return .page(ReadingPages.article(model, in: context.readingFrame(pageCode: code)))
    }

    private func procedures(of article: Article, on day: LocalDate) -> [NavigationItem] {
        article.procedures.compactMap { services.catalogue.entry($0, on: day) }
            .map { NavigationItem($0.name, href: SiteURL.procedure($0.code).path) }
    }

    private func findable(_ address: SiteURL, _ description: String) -> FindablePage {
        FindablePage(canonical: services.publicURL.description + address.path, description: description)
    }

    /// Where an article is read.
    static func href(_ article: Article) -> String {
        switch article.kind {
        case .guide: SiteURL.guide(article.slug).path
        case .question: SiteURL.questions.path + "#" + article.slug
        case .news: SiteURL.newsItem(article.slug).path
        }
    }

    /// Articles as links.
    static func links(_ articles: [Article]) -> [NavigationItem] {
        articles.map { NavigationItem($0.title, href: href($0)) }
    }
}
