// SPDX-License-Identifier: Apache-2.0

public import Markup

/// Screen 2, `/thu-tuc`: procedures that answer a search, with facets; the whole state stands in the address.
public enum ProcedureListPage {
    /// One procedure of the list.
    public struct ProcedureLine: Sendable {
        /// The name.
        public var name: String
        /// The national code, such as `2.000635`.
        public var code: String
        /// The procedure's page.
        public var href: String
        /// The level in words: "Toàn trình".
        public var levelWord: String
        /// True when everything is done online.
        public var isFullyOnline: Bool
        /// The time limit: "3 ngày làm việc".
        public var timeWord: String
        /// Fees and charges: "8.000 đ một bản", "Miễn lệ phí".
        public var feeWord: String
        /// The sector.
        public var sectorName: String

        /// One procedure of the list.
        public init(
            name: String,
            code: String,
            href: String,
            levelWord: String,
            isFullyOnline: Bool,
            timeWord: String,
            feeWord: String,
            sectorName: String
        ) {
            self.name = name
            self.code = code
            self.href = href
            self.levelWord = levelWord
            self.isFullyOnline = isFullyOnline
            self.timeWord = timeWord
            self.feeWord = feeWord
            self.sectorName = sectorName
        }
    }

    /// One choice of a facet, as a link that switches it.
    public struct FacetChoice: Sendable {
        /// The word.
        public var label: String
        /// How many procedures it would give.
        public var count: Int
        /// The list with this choice switched.
        public var href: String
        /// True when it is on.
        public var isChosen: Bool

        /// One choice of a facet.
        public init(_ label: String, count: Int, href: String, isChosen: Bool = false) {
            self.label = label
            self.count = count
            self.href = href
            self.isChosen = isChosen
        }
    }

    /// One facet: đối tượng, lĩnh vực, cơ quan, mức độ, phí và lệ phí.
    public struct Facet: Sendable {
        /// The name of the facet.
        public var title: String
        /// Its choices.
        public var choices: [FacetChoice]

        /// One facet.
        public init(_ title: String, _ choices: [FacetChoice]) {
            self.title = title
            self.choices = choices
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What was typed; empty for the whole list.
        public var query: String
        /// Where the search goes, by GET with `q`.
        public var searchAction: String
        /// How many procedures answer.
        public var count: Int
        /// The procedures of this page.
        public var lines: [ProcedureLine]
        /// The facets.
        public var facets: [Facet]
        /// The nearest procedures when none answers.
        public var suggestions: [ProcedureLine]
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?
        /// The home page.
        public var homeHref: String

        /// What the page shows.
        public init(
            query: String,
            searchAction: String,
            count: Int,
            lines: [ProcedureLine],
            facets: [Facet] = [],
            suggestions: [ProcedureLine] = [],
            firstHref: String? = nil,
            nextHref: String? = nil,
            homeHref: String
        ) {
            self.query = query
            self.searchAction = searchAction
            self.count = count
            self.lines = lines
            self.facets = facets
            self.suggestions = suggestions
            self.firstHref = firstHref
            self.nextHref = nextHref
            self.homeHref = homeHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let title = model.query.isEmpty ? "Thủ tục hành chính" : "Tìm “\(model.query)”"
        return frame.page(
            PageShape(title: "\(title), \(model.count) thủ tục", crumbs: [Crumb("Trang chủ", href: model.homeHref)]),
            """
            <h1>\(if: model.query.isEmpty, "Thủ tục hành chính", else: "\(model.count) thủ tục cho “\(model.query)”")</h1>
            \(search(model, in: frame))
            \(if: model.lines.isEmpty, nothing(model), else: results(model))
            """
        )
    }

    private static func search(_ model: Model, in frame: PageFrame) -> HTML {
        frame.searchForm(
            action: model.searchAction,
            """
            <label class="vh" for="q">Tên thủ tục hoặc việc cần làm</label>
            <div class="search read"><input type="search" id="q" name="q" value="\(model.query)" autocomplete="off">
            \(Parts.button("Tìm", icon: .search))</div>
            """
        )
    }

    private static func results(_ model: Model) -> HTML {
        """
        <div class="two two-left">
        \(facets(model.facets))
        <section aria-labelledby="ket-qua"><h2 class="vh" id="ket-qua">Các thủ tục</h2>
        <ul class="rows">\(each: model.lines, line)</ul>
        \(Parts.pagination(
            shown: "\(model.lines.count) trong \(model.count) thủ tục",
            firstHref: model.firstHref,
            nextHref: model.nextHref
        ))</section>
        </div>
        """
    }

    private static func nothing(_ model: Model) -> HTML {
        """
        <div class="read">
        <p>Không có thủ tục nào mang tên này. Thử từ khác, ngắn hơn, hoặc gọi <a href="tel:1022">1022</a>.</p>
        \(if: !model.suggestions.isEmpty, """
            <h2>Gần với từ đã gõ</h2><ul class="rows">\(each: model.suggestions, line)</ul>
            """)
        </div>
        """
    }

    private static func line(_ line: ProcedureLine) -> HTML {
        """
        <li><h3><a\(href: line.href)>\(line.name)</a></h3>
        <p class="meta">\(Parts.tag(line.levelWord, line.isFullyOnline ? .ok : .neutral)) <span>\(line.timeWord)</span> \
        <span>\(line.feeWord)</span> <span>\(line.sectorName)</span> <span class="num">\(line.code)</span></p></li>

        """
    }

    private static func facets(_ facets: [Facet]) -> HTML {
        """
        <div class="facets" role="group" aria-label="Lọc danh sách">\(each: facets, { facet in
            Parts.details(
                facet.title,
                isOpen: facet.choices.contains(where: \.isChosen),
                """
                <ul class="links">\(each: facet.choices, { choice in
                    """
                    <li><a class="ilink"\(href: choice.href)\(attribute: "aria-current", choice.isChosen ? "true" : nil)>\
                    \(if: choice.isChosen, Parts.icon(.check))<span>\(choice.label) \
                    <span class="count">\(choice.count)</span></span></a></li>
                    """
                })</ul>
                """
            )
        })</div>
        """
    }
}
