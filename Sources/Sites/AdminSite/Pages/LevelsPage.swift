// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/muc-do`: the level of every service, what is missing, and by when it is planned.
public enum LevelsPage {
    /// One service.
    public struct ServiceLine: Sendable {
        /// The name of the procedure.
        public var name: String
        /// Its code and sector.
        public var detail: String
        /// Its own page.
        public var href: String
        /// The level that the evidence shows.
        public var levelWord: String
        /// The declared level, where it is higher: an alarm.
        public var alarmWord: String?
        /// What level 4 lacks; empty at level 4.
        public var missing: [String]
        /// Level, quarter and owner of the plan; nil without one.
        public var planWord: String?
        /// Whether the planned quarter has gone by.
        public var isOverdue: Bool
        /// What is in the way.
        public var obstacles: [String]
        /// The share that is filed online.
        public var useWord: String

        /// One service.
        public init(
            name: String,
            detail: String,
            href: String,
            levelWord: String,
            alarmWord: String? = nil,
            missing: [String] = [],
            planWord: String? = nil,
            isOverdue: Bool = false,
            obstacles: [String] = [],
            useWord: String
        ) {
            (self.name, self.detail, self.href, self.levelWord) = (name, detail, href, levelWord)
            (self.alarmWord, self.missing, self.planWord) = (alarmWord, missing, planWord)
            (self.isOverdue, self.obstacles, self.useWord) = (isOverdue, obstacles, useWord)
        }
    }

    /// How many services stand at each level at one time.
    public struct SumLine: Sendable {
        /// `Hiện nay`, `Hết quý III/2026`.
        public var time: String
        /// Below level 1, then levels 1 to 4.
        public var counts: [Int]
        /// The share at level 4.
        public var shareWord: String

        /// How many services stand at each level at one time.
        public init(time: String, counts: [Int], shareWord: String) {
            (self.time, self.counts, self.shareWord) = (time, counts, shareWord)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// Services that declare more than the evidence shows, and where they are listed.
        public var alarms: (count: Int, href: String)?
        /// Now, and at the end of each planned quarter.
        public var sums: [SumLine]
        /// How the sums stand to the plan, each in a sentence.
        public var goals: [String]
        /// What is missing most, with the number of services and where they are listed.
        public var missing: [(title: String, count: Int, href: String)]
        /// The filter as chosen.
        public var fields: [FieldPart]
        /// Where the filter is sent, by GET.
        public var action: String
        /// The services of this page of the list.
        public var lines: [ServiceLine]
        /// How many the filter lets through, of how many.
        public var matched: (count: Int, of: Int)
        /// The same list as a file.
        public var fileHref: String
        /// The costs.
        public var costsHref: String
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?
        /// Administration; nil for who has none.
        public var backHref: String?

        /// What the page shows.
        public init(
            alarms: (count: Int, href: String)? = nil,
            sums: [SumLine],
            goals: [String],
            missing: [(title: String, count: Int, href: String)],
            fields: [FieldPart],
            action: String,
            lines: [ServiceLine],
            matched: (count: Int, of: Int),
            fileHref: String,
            costsHref: String,
            firstHref: String? = nil,
            nextHref: String? = nil,
            backHref: String? = nil
        ) {
            (self.alarms, self.sums, self.goals, self.missing) = (alarms, sums, goals, missing)
            (self.fields, self.action, self.lines, self.matched) = (fields, action, lines, matched)
            (self.fileHref, self.costsHref, self.firstHref) = (fileHref, costsHref, firstHref)
            (self.nextHref, self.backHref) = (nextHref, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Mức độ dịch vụ công và lộ trình", backHref: model.backHref),
            """
            <h1>Mức độ dịch vụ công và lộ trình</h1>
            <p class="lede">Mức độ tính từ chứng cứ: gói thủ tục, cấu hình và hồ sơ của 12 tháng. Không ai nhập tay.</p>
            \(if: model.matched.of == 0,
                Parts.emptyState(
                    "Chưa có thủ tục nào",
                    "<p>Khi có gói thủ tục được công bố, mức độ và lộ trình của từng thủ tục hiện ở đây.</p>"
                ),
                else: content(model, in: frame))
            """
        )
    }

    private static func content(_ model: Model, in frame: PageFrame) -> HTML {
        """
        \(if: model.alarms != nil, alarm(model))
        \(if: !model.missing.isEmpty, """
            <h2 id="con-thieu">Còn thiếu gì để lên mức độ 4</h2>
            <ul class="links">\(each: model.missing, { item in
                "<li><a\(href: item.href)>\(item.title)</a>: \(item.count) thủ tục</li>"
            })</ul>
            """)
        <h2 id="tong">Tổng hợp và dự kiến</h2>
        \(Parts.table(
            labelledBy: "tong",
            columns: [CardTable.Column("Thời điểm")]
                + ["Dưới mức 1", "Mức 1", "Mức 2", "Mức 3", "Mức 4", "Tỷ lệ mức 4"].map {
                    CardTable.Column($0, isNumeric: true)
                },
            lines: model.sums.map { line in
                [HTML(text: line.time)] + line.counts.map { "\($0)" } + [HTML(text: line.shareWord)]
            }
        ))
        \(if: model.sums.count == 1, """
            <p class="hint">Chưa có kế hoạch nào. Thêm mục target vào gói thủ tục: mức độ, quý, người chịu trách nhiệm.</p>
            """)
        <ul>\(each: model.goals, { "<li>\($0)</li>" })</ul>
        \(list(model, in: frame))
        """
    }

    private static func alarm(_ model: Model) -> HTML {
        guard let alarms = model.alarms else { return .empty }
        return Parts.notice(
            .bad,
            title: "\(alarms.count) thủ tục công bố cao hơn mức độ tính được",
            """
            <p>Bổ sung cho đủ điều kiện, hoặc hạ mức độ công bố. <a\(href: alarms.href)>Xem các thủ tục này</a></p>
            """
        )
    }

    private static func list(_ model: Model, in frame: PageFrame) -> HTML {
        """
        \(Parts.countedHeading("Thủ tục", id: "thu-tuc", count: model.matched.count))
        <div class="np">\(Parts.details("Lọc", frame.searchForm(action: model.action, """
            \(Parts.fields(model.fields))
            \(Parts.actions(Parts.button("Lọc", style: .secondary, icon: .search)))
            """)))
        <p>\(Parts.download("Tải danh sách này", href: model.fileHref, detail: "CSV"))</p>
        <p><a\(href: model.costsHref)>Chi phí tuân thủ của các thủ tục</a></p></div>
        \(if: model.lines.isEmpty,
            Parts.emptyState("Không có thủ tục nào khớp", "<p>Thử bớt điều kiện lọc.</p>"),
            else: table(model))
        """
    }

    private static func table(_ model: Model) -> HTML {
        """
        \(Parts.cardTable(CardTable(
            labelledBy: "thu-tuc",
            columns: ["Thủ tục", "Mức độ", "Còn thiếu", "Kế hoạch", "Nộp qua mạng"].map { CardTable.Column($0) },
            lines: model.lines.map(line),
            isStacked: true
        )))
        \(Parts.pagination(
            shown: "\(model.lines.count) trong \(model.matched.count) thủ tục",
            firstHref: model.firstHref,
            nextHref: model.nextHref
        ))
        """
    }

    private static func line(_ line: ServiceLine) -> CardTable.TableLine {
        CardTable.TableLine([
            "<a\(href: line.href)>\(line.name)</a><br><span class=\"mut\">\(line.detail)</span>",
            "\(line.levelWord)\(ifLet: line.alarmWord, { "<br>\(Parts.tag($0, .bad))" })",
            HTML(text: line.missing.isEmpty ? "Không thiếu" : line.missing.joined(separator: "; ")),
            """
            \(line.planWord ?? "Chưa có")\(if: line.isOverdue, "<br>\(Parts.tag("Quá quý", .bad))")\
            \(if: !line.obstacles.isEmpty, "<br><span class=\"mut\">Vướng: \(line.obstacles.joined(separator: "; "))</span>")
            """,
            HTML(text: line.useWord),
        ])
    }
}
