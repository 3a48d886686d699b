// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/co-quan`: the agencies that one administers, found by name without diacritics.
public enum AgenciesPage {
    /// One agency.
    public struct AgencyLine: Sendable {
        /// The full name.
        public var name: String
        /// The code.
        public var code: String
        /// The body above; nil for the province.
        public var parentName: String?
        /// `đến hết 30/06/2026`; nil for one that stands.
        public var validityWord: String?
        /// How many officers are active.
        public var officerCount: Int
        /// Its page.
        public var href: String

        /// One agency.
        public init(
            name: String,
            code: String,
            parentName: String?,
            validityWord: String? = nil,
            officerCount: Int,
            href: String
        ) {
            self.name = name
            self.code = code
            self.parentName = parentName
            self.validityWord = validityWord
            self.officerCount = officerCount
            self.href = href
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// A page of agencies.
        public var lines: [AgencyLine]
        /// How many match in all.
        public var matchCount: Int
        /// What was typed.
        public var query: String
        /// Where the search goes, by GET with `q`.
        public var searchAction: String
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?
        /// The mergers that wait for their day.
        public var plansHref: String
        /// The state of the system.
        public var backHref: String

        /// What the page shows.
        public init(
            lines: [AgencyLine],
            matchCount: Int,
            query: String,
            searchAction: String,
            firstHref: String? = nil,
            nextHref: String? = nil,
            plansHref: String,
            backHref: String
        ) {
            self.lines = lines
            self.matchCount = matchCount
            self.query = query
            self.searchAction = searchAction
            self.firstHref = firstHref
            self.nextHref = nextHref
            self.plansHref = plansHref
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(
                title: model.query.isEmpty ? "Cơ quan và cán bộ" : "Cơ quan khớp “\(model.query)”",
                backHref: model.backHref
            ),
            """
            <div class="work-head"><h1 id="danh-sach">Cơ quan và cán bộ</h1>\(search(model, in: frame))</div>
            \(if: model.lines.isEmpty,
                Parts.emptyState("Không có cơ quan nào khớp", "<p>Thử từ khác, gõ không dấu cũng được.</p>"),
                else: table(model))
            <p><a\(href: model.plansHref)>Kế hoạch sáp nhập đang chờ</a></p>
            """
        )
    }

    private static func search(_ model: Model, in frame: PageFrame) -> HTML {
        frame.searchForm(
            action: model.searchAction,
            """
            <label for="q">Tên hoặc mã cơ quan</label>
            <div class="search"><input type="search" id="q" name="q" value="\(model.query)" autocomplete="off">\
            \(Parts.button("Tìm", style: .secondary, icon: .search))</div>
            """
        )
    }

    private static func table(_ model: Model) -> HTML {
        """
        \(Parts.cardTable(CardTable(
            labelledBy: "danh-sach",
            columns: [
                CardTable.Column("Cơ quan"), CardTable.Column("Mã"), CardTable.Column("Cấp trên"),
                CardTable.Column("Cán bộ", isNumeric: true),
            ],
            lines: model.lines.map(line)
        )))
        \(Parts.pagination(
            shown: "\(model.lines.count) trong \(model.matchCount) cơ quan",
            firstHref: model.firstHref,
            nextHref: model.nextHref
        ))
        """
    }

    private static func line(_ line: AgencyLine) -> CardTable.TableLine {
        CardTable.TableLine([
            "<a\(href: line.href)>\(line.name)</a>\(ifLet: line.validityWord, { " \(Parts.tag($0))" })",
            "<span class=\"num\">\(line.code)</span>",
            HTML(text: line.parentName ?? "Không có"), "<span class=\"num\">\(line.officerCount) người</span>",
        ])
    }
}
