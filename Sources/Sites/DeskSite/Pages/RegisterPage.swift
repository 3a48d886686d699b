// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/so-ket-qua`: the book of issued results, by year and series; printed as it stands.
public enum RegisterPage {
    /// One issued result.
    public struct Line: Sendable {
        public var notation: String
        public var title: String
        /// Under whose name it was issued; nil where that is the agency of the book.
        public var agencyName: String?
        /// What the pack's columns say.
        public var entries: [(label: String, value: String)]
        public var signedAt: Instant
        /// When the clerk issued it; nil where it was issued with the signature.
        public var issuedAt: Instant?
        /// Name and position.
        public var signer: String
        public var code: DossierCode
        /// "Chờ trả, trực tuyến", "Đã trả 14:32 05/03/2026".
        public var handedOut: String

        /// A line of the book.
        public init(
            notation: String,
            title: String,
            agencyName: String? = nil,
            entries: [(label: String, value: String)] = [],
            signedAt: Instant,
            issuedAt: Instant? = nil,
            signer: String,
            code: DossierCode,
            handedOut: String
        ) {
            (self.notation, self.title, self.agencyName, self.entries) = (notation, title, agencyName, entries)
            (self.signedAt, self.issuedAt, self.signer) = (signedAt, issuedAt, signer)
            (self.code, self.handedOut) = (code, handedOut)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        public var agencyName: String
        public var year: Int
        /// All of the book, and what waits.
        public var filters: [NavigationItem]
        /// Year, series and what is looked for.
        public var fields: [FieldPart]
        public var action: String
        /// What stays as it is while one searches: the filter.
        public var kept: [(name: String, value: String)]
        public var lines: [Line]
        public var shownWord: String
        public var firstHref: String?
        public var nextHref: String?

        /// What the page shows.
        public init(
            agencyName: String,
            year: Int,
            filters: [NavigationItem],
            fields: [FieldPart],
            action: String,
            kept: [(name: String, value: String)] = [],
            lines: [Line],
            shownWord: String,
            firstHref: String? = nil,
            nextHref: String? = nil
        ) {
            (self.agencyName, self.year, self.filters, self.fields) = (agencyName, year, filters, fields)
            (self.action, self.kept, self.lines, self.shownWord) = (action, kept, lines, shownWord)
            (self.firstHref, self.nextHref) = (firstHref, nextHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Sổ kết quả đã ban hành", width: .wide, modules: [.staff]),
            """
            <p class="over">\(model.agencyName)</p>
            <h1 id="so">Sổ kết quả đã ban hành năm \(model.year)</h1>
            <div class="np">\(frame.searchForm(action: model.action, """
                \(each: model.kept, { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })
                \(Parts.fields(model.fields))
                \(Parts.actions(Parts.button("Xem sổ", style: .secondary, icon: .search)))
                """))</div>
            <div class="two two-left">
            <nav aria-label="Bộ lọc" class="filters np"><ul>\(each: model.filters, { item in
                "<li><a\(href: item.href)\(attribute: "aria-current", item.isCurrent ? "page" : nil)>\(item.label)</a></li>"
            })</ul></nav>
            <div>\(book(model))</div>
            </div>
            """
        )
    }

    private static func book(_ model: Model) -> HTML {
        guard !model.lines.isEmpty else {
            return Parts.emptyState("Không có kết quả nào", "<p>Chọn năm khác, loại khác, hoặc xóa từ đang tìm.</p>")
        }
        return """
            <table class="work" role="table" aria-labelledby="so"><thead role="rowgroup"><tr role="row">\
            <th role="columnheader" scope="col">Số, ký hiệu</th><th role="columnheader" scope="col">Hồ sơ</th>\
            <th role="columnheader" scope="col">Ký</th><th role="columnheader" scope="col">Trả</th></tr></thead>
            <tbody role="rowgroup">\(each: model.lines, { line($0) })</tbody></table>
            \(Parts.pagination(shown: model.shownWord, firstHref: model.firstHref, nextHref: model.nextHref))
            """
    }

    private static func line(_ line: Line) -> HTML {
        """
        <tr role="row"><td role="cell" class="w-what"><span class="num">\(line.notation)</span> \
        <span class="w-name">\(line.title)</span>\
        \(ifLet: line.agencyName, { " <small class=\"mut\">\($0)</small>" })\
        \(each: line.entries, { "<br><small><span class=\"mut\">\($0.label):</span> \($0.value)</small>" })</td>\
        <td role="cell" class="w-who"><span class="num">\(line.code.text)</span></td>\
        <td role="cell" class="w-step">\(line.signer) <small class="mut">\(line.signedAt.vietnamese)\
        \(ifLet: line.issuedAt, { ", phát hành \($0.vietnamese)" })</small></td>\
        <td role="cell" class="w-due">\(line.handedOut)</td></tr>

        """
    }
}
