// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/huong-dan`, `/hoi-dap`, `/tin-tuc` and their articles: what there is to read beside the procedures.
public enum ReadingPages {
    /// One article in a list.
    public struct Line: Sendable {
        /// The title.
        public var title: String
        /// A sentence under it; empty for none.
        public var summary: String
        /// The day; nil where it does not matter.
        public var day: LocalDate?
        /// Its page.
        public var href: String

        /// One article in a list.
        public init(title: String, summary: String, day: LocalDate? = nil, href: String) {
            (self.title, self.summary, self.day, self.href) = (title, summary, day, href)
        }
    }

    /// A list of guides or news.
    public struct ListModel: Sendable {
        /// "Hướng dẫn", "Tin tức".
        public var title: String
        /// What stands under the title.
        public var lede: String
        /// The articles.
        public var lines: [Line]
        /// What is said when there are none.
        public var nothing: String
        /// The home page.
        public var homeHref: String
        /// What search engines are told.
        public var findable: FindablePage?

        /// A list of guides or news.
        public init(
            title: String,
            lede: String,
            lines: [Line],
            nothing: String,
            homeHref: String,
            findable: FindablePage? = nil
        ) {
            (self.title, self.lede, self.lines, self.nothing) = (title, lede, lines, nothing)
            (self.homeHref, self.findable) = (homeHref, findable)
        }
    }

    /// One question with its answer.
    public struct Answer: Sendable {
        /// The part of the address behind `#`.
        public var id: String
        /// The question.
        public var question: String
        /// The answer.
        public var answer: Markdown
        /// The procedures that it is about.
        public var procedures: [NavigationItem]

        /// One question with its answer.
        public init(id: String, question: String, answer: Markdown, procedures: [NavigationItem] = []) {
            (self.id, self.question, self.answer, self.procedures) = (id, question, answer, procedures)
        }
    }

    /// The questions, by what they are about.
    public struct QuestionsModel: Sendable {
        /// Each: the sector or "Chung", and its questions.
        public var groups: [(title: String, answers: [Answer])]
        /// The home page.
        public var homeHref: String
        /// What search engines are told.
        public var findable: FindablePage?

        /// The questions.
        public init(
            groups: [(title: String, answers: [Answer])],
            homeHref: String,
            findable: FindablePage? = nil
        ) {
            (self.groups, self.homeHref, self.findable) = (groups, homeHref, findable)
        }
    }

    /// One guide or piece of news.
    public struct ArticleModel: Sendable {
        /// The title.
        public var title: String
        /// The day of the text.
        public var day: LocalDate
        /// The text.
        public var text: Markdown
        /// The procedures that it is about.
        public var procedures: [NavigationItem]
        /// The way back: home, and the list.
        public var crumbs: [Crumb]
        /// What search engines are told.
        public var findable: FindablePage?

        /// One guide or piece of news.
        public init(
            title: String,
            day: LocalDate,
            text: Markdown,
            procedures: [NavigationItem],
            crumbs: [Crumb],
            findable: FindablePage? = nil
        ) {
            (self.title, self.day, self.text, self.procedures) = (title, day, text, procedures)
            (self.crumbs, self.findable) = (crumbs, findable)
        }
    }

    /// The list of guides or of news.
    public static func list(_ model: ListModel, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(
                title: model.title,
                crumbs: [Crumb("Trang chủ", href: model.homeHref)],
                width: .text,
                findable: model.findable
            ),
            """
            <h1>\(model.title)</h1>
            <p class="lede">\(model.lede)</p>
            \(if: model.lines.isEmpty, "<p>\(model.nothing)</p>", else: """
                <ul class="rows">\(each: model.lines, line)</ul>
                """)
            """
        )
    }

    private static func line(_ line: Line) -> HTML {
        """
        <li><h2 class="row-title"><a\(href: line.href)>\(line.title)</a></h2>
        \(if: !line.summary.isEmpty, "<p>\(line.summary)</p>")\
        \(ifLet: line.day, { "<p class=\"meta\"><span class=\"num\">\($0.vietnamese)</span></p>" })</li>

        """
    }

    /// All questions, each opened by a press.
    public static func questions(_ model: QuestionsModel, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(
                title: "Hỏi đáp",
                crumbs: [Crumb("Trang chủ", href: model.homeHref)],
                width: .text,
                findable: model.findable
            ),
            """
            <h1>Hỏi đáp</h1>
            <p class="lede">Không thấy câu hỏi của mình, gọi <a href="tel:1022">1022</a>.</p>
            \(if: model.groups.isEmpty, "<p>Chưa có câu hỏi nào được đăng.</p>")
            \(each: model.groups, { group in
                """
                <h2>\(group.title)</h2>
                \(each: group.answers, { answer($0, isOpen: frame.isForPrint) })
                """
            })
            """
        )
    }

    private static func answer(_ answer: Answer, isOpen: Bool) -> HTML {
        """
        <div id="\(answer.id)">\(Parts.details(answer.question, isOpen: isOpen, """
            \(answer.answer.html)\(related(answer.procedures))
            """))</div>

        """
    }

    private static func related(_ procedures: [NavigationItem]) -> HTML {
        guard !procedures.isEmpty else { return .empty }
        return """
            <ul class="links">\(each: procedures, {
                "<li><a class=\"ilink\"\(href: $0.href)>\(Parts.icon(.document))<span>\($0.label)</span></a></li>"
            })</ul>
            """
    }

    /// One guide or piece of news.
    public static func article(_ model: ArticleModel, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: model.title, crumbs: model.crumbs, width: .text, findable: model.findable),
            """
            <h1>\(model.title)</h1>
            <p class="meta"><span class="num">Cập nhật \(model.day.vietnamese)</span></p>
            \(model.text.html)
            \(if: !model.procedures.isEmpty, "<h2>Thủ tục liên quan</h2>")\(related(model.procedures))
            """
        )
    }
}
