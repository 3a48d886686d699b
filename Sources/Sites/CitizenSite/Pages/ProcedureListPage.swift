// SPDX-License-Identifier: Apache-2.0

import Kernel
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
        /// Fees and charges: "8.000 đ một bản", "Miễn lệ phí", "Không thu phí, lệ phí".
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
        /// Where all choices stand, when these are only the first.
        public var allHref: String?

        /// One facet.
        public init(_ title: String, _ choices: [FacetChoice], allHref: String? = nil) {
            self.title = title
            self.choices = choices
            self.allHref = allHref
        }
    }

    /// One part of a long list.
    public struct PageMark: Sendable {
        /// Its number, from 1.
        public var number: Int
        /// The list from there.
        public var href: String
        /// The letter that begins it, where it is another than before; else empty.
        public var beginning: String
        /// True for the part that is shown.
        public var isCurrent: Bool

        /// One part of a long list.
        public init(_ number: Int, href: String, beginning: String, isCurrent: Bool = false) {
            (self.number, self.href, self.beginning, self.isCurrent) = (number, href, beginning, isCurrent)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What was typed; empty for the whole list.
        public var query: String
        /// What the list is of when nothing was typed: "Sinh con", "Hộ tịch"; nil for all procedures.
        public var subject: String?
        /// Where the search goes, by GET with `q`.
        public var searchAction: String
        /// The facets that are on, kept when something else is typed: name and value of the address.
        public var kept: [(name: String, value: String)]
        /// How many procedures answer.
        public var count: Int
        /// The procedures of this page.
        public var lines: [ProcedureLine]
        /// The facets.
        public var facets: [Facet]
        /// The nearest procedures when none answers.
        public var suggestions: [ProcedureLine]
        /// The list without any facet, when facets are on.
        public var clearHref: String?
        /// The part before; nil on the first.
        public var previousHref: String?
        /// The part after; nil on the last.
        public var nextHref: String?
        /// Every part of a list by name, when there are several.
        public var marks: [PageMark]
        /// Guides and questions of the sector of the list.
        public var reading: [NavigationItem]
        /// The home page.
        public var homeHref: String
        /// All sectors.
        public var sectorsHref: String

        /// What the page shows.
        public init(
            query: String,
            subject: String? = nil,
            searchAction: String,
            kept: [(name: String, value: String)] = [],
            count: Int,
            lines: [ProcedureLine],
            facets: [Facet] = [],
            suggestions: [ProcedureLine] = [],
            clearHref: String? = nil,
            previousHref: String? = nil,
            nextHref: String? = nil,
            marks: [PageMark] = [],
            reading: [NavigationItem] = [],
            homeHref: String,
            sectorsHref: String
        ) {
            (self.query, self.subject, self.searchAction, self.kept) = (query, subject, searchAction, kept)
            (self.count, self.lines, self.facets, self.suggestions) = (count, lines, facets, suggestions)
            (self.clearHref, self.previousHref, self.nextHref) = (clearHref, previousHref, nextHref)
            (self.marks, self.reading) = (marks, reading)
            (self.homeHref, self.sectorsHref) = (homeHref, sectorsHref)
        }

        /// The heading: what was asked, and how many answer.
        var heading: String {
            let number = String(grouped: Int64(count))
            if !query.isEmpty { return "\(number) thủ tục cho “\(query)”" }
            return subject.map { "\($0): \(number) thủ tục" } ?? "\(number) thủ tục hành chính"
        }

        /// Which part is shown, for the title of the window.
        var part: String { marks.first(where: \.isCurrent).map { ", trang \($0.number)" } ?? "" }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: model.heading + model.part, crumbs: [Crumb("Trang chủ", href: model.homeHref)]),
            """
            <h1>\(model.heading)</h1>
            \(search(model, in: frame))
            \(if: model.lines.isEmpty, nothing(model))
            \(if: !model.lines.isEmpty || !model.facets.isEmpty, results(model))
            """
        )
    }

    private static func search(_ model: Model, in frame: PageFrame) -> HTML {
        frame.searchForm(
            action: model.searchAction,
            """
            <label for="q">Tên thủ tục hoặc việc cần làm</label>
            <div class="search read"><input type="search" id="q" name="q" value="\(model.query)" autocomplete="off">
            \(each: model.kept, { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })
            \(Parts.button("Tìm", icon: .search))</div>
            """
        )
    }

    private static func results(_ model: Model) -> HTML {
        """
        <div\(classes: model.facets.isEmpty ? "read" : "two two-left")>
        \(if: !model.facets.isEmpty, facets(model))
        <section aria-labelledby="ket-qua"><h2 class="vh" id="ket-qua">Các thủ tục</h2>
        <ul class="rows">\(each: model.lines, line)</ul>
        \(pager(model))\(reading(model))</section>
        </div>
        """
    }

    private static func pager(_ model: Model) -> HTML {
        """
        \(if: model.previousHref != nil || model.nextHref != nil, """
            <nav class="pager np" aria-label="Trang của danh sách">\
            <p>\(model.lines.count) trong \(String(grouped: Int64(model.count))) thủ tục</p><p>\
            \(ifLet: model.previousHref, { "<a class=\"btn btn-2\" rel=\"prev\"\(href: $0)>Trang trước</a> " })\
            \(ifLet: model.nextHref, { "<a class=\"btn btn-2\" rel=\"next\"\(href: $0)>Trang sau</a>" })</p></nav>
            """)\
        \(if: model.marks.count > 1, """
            <nav class="np" aria-labelledby="cac-trang"><h2 id="cac-trang">Các trang, theo chữ cái</h2>
            <ol class="pages">\(each: model.marks, { mark in
                """
                <li><a\(href: mark.href)\(attribute: "aria-current", mark.isCurrent ? "page" : nil)>\(mark.number)\
                \(if: !mark.beginning.isEmpty, " <small>\(mark.beginning)</small>")</a></li>
                """
            })</ol></nav>
            """)
        """
    }

    private static func reading(_ model: Model) -> HTML {
        guard !model.reading.isEmpty else { return .empty }
        return """
            <h2 id="doc-them">Hướng dẫn, hỏi đáp</h2>
            <ul class="links">\(each: model.reading, { "<li><a class=\"ilink\"\(href: $0.href)>\($0.label)</a></li>" })</ul>
            """
    }

    private static func nothing(_ model: Model) -> HTML {
        """
        <div class="read">
        \(if: model.clearHref != nil, """
            <p>Không có thủ tục nào hợp với mọi điều kiện đang chọn.</p>
            <p><a class="ilink"\(href: model.clearHref)>Bỏ các điều kiện lọc</a></p>
            """, else: """
            <p>Không có thủ tục nào mang tên này. Thử từ khác, ngắn hơn, xem <a\(href: model.sectorsHref)>các lĩnh vực</a>, \
            hoặc gọi <a href="tel:1022">1022</a> để được chỉ dẫn.</p>
            """)
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

    private static func facets(_ model: Model) -> HTML {
        """
        <div class="facets" role="group" aria-label="Lọc danh sách">\(each: model.facets, facet)\
        \(ifLet: model.clearHref, { "<p><a class=\"ilink\"\(href: $0)>Bỏ các điều kiện lọc</a></p>" })</div>
        """
    }

    private static func facet(_ facet: Facet) -> HTML {
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
            })\(ifLet: facet.allHref, { "<li><a class=\"ilink\"\(href: $0)>Xem tất cả</a></li>" })</ul>
            """
        )
    }
}
