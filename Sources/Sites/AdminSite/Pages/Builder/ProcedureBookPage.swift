// SPDX-License-Identifier: Apache-2.0

import Kernel
public import Markup

/// Screen 24, `/quan-tri/thu-tuc`: all procedures with their state.
public enum ProcedureBookPage {
    /// One procedure.
    public struct Line: Sendable {
        /// A state: `Đang cung cấp`, `Bản nháp`, `Chờ đối chiếu`, `Ngừng cung cấp`.
        public struct State: Sendable {
            /// The word.
            public var word: String
            /// How it is coloured.
            public var tone: PartTone

            /// A state.
            public init(_ word: String, _ tone: PartTone) { (self.word, self.tone) = (word, tone) }
        }

        /// The name.
        public var name: String
        /// The code.
        public var code: String
        /// Its states.
        public var states: [State]
        /// `Mức độ 3`; nil for what was never published.
        public var levelWord: String?
        /// `Công bố mức độ 4`, where more is declared than was computed.
        public var alarmWord: String?
        /// Since when which version is offered, or since when it is not.
        public var publishedWord: String?
        /// Who works on it since when, and what is left to do.
        public var draftWord: String?
        /// Its page.
        public var href: String

        /// One procedure.
        public init(
            name: String,
            code: String,
            states: [State],
            levelWord: String?,
            alarmWord: String? = nil,
            publishedWord: String?,
            draftWord: String?,
            href: String
        ) {
            (self.name, self.code, self.states, self.levelWord) = (name, code, states, levelWord)
            (self.alarmWord, self.publishedWord, self.draftWord) = (alarmWord, publishedWord, draftWord)
            self.href = href
        }
    }

    /// What stands where no procedure does.
    public struct Empty: Sendable {
        /// `Không có bản nháp nào`.
        public var title: String
        /// What to do next.
        public var text: String

        /// What stands where no procedure does.
        public init(_ title: String, _ text: String) { (self.title, self.text) = (title, text) }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What was searched for.
        public var query: String
        /// Where it is searched, by GET.
        public var action: String
        /// The states, with how many there are of each.
        public var states: [NavigationItem]
        /// The value of the chosen state, kept in a search.
        public var state: String
        /// The levels by which the list is narrowed.
        public var levels: [NavigationItem]
        /// The chosen one; empty = any.
        public var level: String
        /// The procedures of this page.
        public var lines: [Line]
        /// How many there are on all pages.
        public var total: Int
        /// What is said when there are none.
        public var empty: Empty
        /// The same list without search and level; nil where neither is on.
        public var clearHref: String?
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?
        /// Where a new one is begun.
        public var newHref: String
        /// Where some are brought in from the national catalogue.
        public var importHref: String
        /// What was just done.
        public var flash: String?
        /// The page of administration.
        public var backHref: String

        /// What the page shows.
        public init(
            query: String,
            action: String,
            states: [NavigationItem],
            state: String,
            levels: [NavigationItem],
            level: String = "",
            lines: [Line],
            total: Int,
            empty: Empty,
            clearHref: String? = nil,
            firstHref: String? = nil,
            nextHref: String? = nil,
            newHref: String,
            importHref: String,
            flash: String? = nil,
            backHref: String
        ) {
            (self.query, self.action, self.states, self.state) = (query, action, states, state)
            (self.levels, self.level, self.lines, self.total) = (levels, level, lines, total)
            (self.empty, self.clearHref) = (empty, clearHref)
            (self.firstHref, self.nextHref) = (firstHref, nextHref)
            (self.newHref, self.importHref) = (newHref, importHref)
            (self.flash, self.backHref) = (flash, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Thủ tục – Quản trị", backHref: model.backHref),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <div class="work-head"><h1 id="thu-tuc">Thủ tục</h1>\(search(model, in: frame))</div>
            <p>\(Parts.linkButton("Tạo thủ tục mới", href: model.newHref)) \
            \(Parts.linkButton("Nhập từ CSDL quốc gia", href: model.importHref, style: .secondary))</p>
            <div class="two two-left">
            <div>\(filters("Theo tình trạng", model.states))\(filters("Theo mức độ", model.levels))</div>
            <div>\(list(model))</div></div>
            """
        )
    }

    private static func filters(_ label: String, _ items: [NavigationItem]) -> HTML {
        """
        <nav class="filters" aria-label="\(label)"><ul>\(each: items, { item in
            """
            <li><a\(href: item.href)\(attribute: "aria-current", item.isCurrent ? "page" : nil)>\(item.label)\
            \(ifLet: item.count, { " <span class=\"count\">\(String(grouped: $0))</span>" })</a></li>
            """
        })</ul></nav>
        """
    }

    private static func search(_ model: Model, in frame: PageFrame) -> HTML {
        frame.searchForm(
            action: model.action,
            """
            <label class="vh" for="q">Tìm theo tên hoặc mã thủ tục</label>
            <input type="hidden" name="trang-thai" value="\(model.state)">\
            \(if: !model.level.isEmpty, "<input type=\"hidden\" name=\"muc\" value=\"\(model.level)\">")
            <div class="search"><input type="search" id="q" name="q" value="\(model.query)" autocomplete="off" \
            placeholder="Tên hoặc mã thủ tục">\(Parts.button("Tìm", style: .secondary, icon: .search))</div>
            """
        )
    }

    private static func list(_ model: Model) -> HTML {
        guard !model.lines.isEmpty else {
            let clear = model.clearHref.map { "<p><a\(href: $0)>Bỏ tìm và lọc</a></p>" as HTML } ?? .empty
            return Parts.emptyState(model.empty.title, "<p>\(model.empty.text)</p>\(clear)")
        }
        return """
            \(Parts.cardTable(CardTable(
                labelledBy: "thu-tuc",
                columns: ["Thủ tục", "Tình trạng", "Mức độ", "Bản cung cấp", "Bản nháp"].map { CardTable.Column($0) },
                lines: model.lines.map(row),
                isStacked: true
            )))
            \(Parts.pagination(
                shown: model.total == model.lines.count
                    ? "\(String(grouped: model.total)) thủ tục"
                    : "\(model.lines.count) trong \(String(grouped: model.total)) thủ tục",
                firstHref: model.firstHref,
                nextHref: model.nextHref
            ))
            """
    }

    private static func row(_ line: Line) -> CardTable.TableLine {
        CardTable.TableLine([
            "<a\(href: line.href)>\(line.name)</a><br><span class=\"mut num\">\(line.code)</span>",
            "\(each: line.states, { "\(Parts.tag($0.word, $0.tone)) " })",
            "\(line.levelWord ?? "—")\(ifLet: line.alarmWord, { "<br><span class=\"mut\">\($0)</span>" })",
            HTML(text: line.publishedWord ?? "—"),
            HTML(text: line.draftWord ?? "—"),
        ])
    }
}
