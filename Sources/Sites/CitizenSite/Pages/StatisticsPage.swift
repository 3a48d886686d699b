// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/thong-ke`: the public figures in the seven words that everyone knows, each a recount of dossiers.
public enum StatisticsPage {
    /// The seven words, in the order of the national portals.
    public struct SevenFigures: Sendable {
        /// Đang xử lý còn hạn.
        public var processingWithinTime: Int
        /// Đang xử lý quá hạn.
        public var processingOverdue: Int
        /// Đang bổ sung điều kiện.
        public var awaitingSupplement: Int
        /// Đã giải quyết sớm hạn.
        public var resolvedEarly: Int
        /// Đã giải quyết đúng hạn.
        public var resolvedOnTime: Int
        /// Đã giải quyết quá hạn.
        public var resolvedLate: Int
        /// Rút không giải quyết.
        public var withdrawn: Int

        /// Words and numbers in order.
        var lines: [(word: String, count: Int, tone: PartTone)] {
            [
                ("Đang xử lý còn hạn", processingWithinTime, .info),
                ("Đang xử lý quá hạn", processingOverdue, .bad),
                ("Đang bổ sung điều kiện", awaitingSupplement, .warn),
                ("Đã giải quyết sớm hạn", resolvedEarly, .ok),
                ("Đã giải quyết đúng hạn", resolvedOnTime, .ok),
                ("Đã giải quyết quá hạn", resolvedLate, .bad),
                ("Rút không giải quyết", withdrawn, .neutral),
            ]
        }

        /// The seven words, in the order of the national portals.
        public init(
            processingWithinTime: Int,
            processingOverdue: Int,
            awaitingSupplement: Int,
            resolvedEarly: Int,
            resolvedOnTime: Int,
            resolvedLate: Int,
            withdrawn: Int
        ) {
            self.processingWithinTime = processingWithinTime
            self.processingOverdue = processingOverdue
            self.awaitingSupplement = awaitingSupplement
            self.resolvedEarly = resolvedEarly
            self.resolvedOnTime = resolvedOnTime
            self.resolvedLate = resolvedLate
            self.withdrawn = withdrawn
        }
    }

    /// The figures of one agency.
    public struct AgencyLine: Sendable {
        /// The agency.
        public var agencyName: String
        /// Its figures.
        public var figures: SevenFigures

        /// The figures of one agency.
        public init(
            agencyName: String,
            figures: SevenFigures
        ) {
            self.agencyName = agencyName
            self.figures = figures
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// "Tháng 3 năm 2026".
        public var periodWord: String
        /// The other periods.
        public var periods: [NavigationItem]
        /// The province.
        public var total: SevenFigures
        /// The agencies, worst first.
        public var agencies: [AgencyLine]
        /// The moment up to which is counted.
        public var asOf: Instant
        /// "95,2 % người đánh giá hài lòng (120 lượt)"; nil where too few have said anything.
        public var satisfactionWord: String?
        /// "100 % giao dịch có người thực hiện được xác thực điện tử (1.204 giao dịch)"; nil before the first one.
        public var authenticationWord: String?
        /// How many dossiers it takes for a rate; fewer are shown as "—".
        public var leastForRate: Int
        /// The same figures as CSV; nil without.
        public var csvHref: String?

        /// What the page shows.
        public init(
            periodWord: String,
            periods: [NavigationItem],
            total: SevenFigures,
            agencies: [AgencyLine],
            asOf: Instant,
            satisfactionWord: String? = nil,
            authenticationWord: String? = nil,
            leastForRate: Int = 10,
            csvHref: String? = nil
        ) {
            self.periodWord = periodWord
            self.periods = periods
            self.total = total
            self.agencies = agencies
            self.asOf = asOf
            self.satisfactionWord = satisfactionWord
            self.authenticationWord = authenticationWord
            self.leastForRate = leastForRate
            self.csvHref = csvHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let all = model.total.lines.reduce(0) { $0 + $1.count }
        return frame.page(
            PageShape(title: "Số liệu giải quyết hồ sơ, \(model.periodWord)"),
            """
            <h1>Số liệu giải quyết hồ sơ</h1>
            <p class="lede">\(model.periodWord). Mọi con số đếm lại được từ từng hồ sơ, không ai nhập tay.</p>
            \(periods(model))
            \(if: all == 0, Parts.emptyState("Chưa có hồ sơ trong kỳ này", "<p>Số liệu hiện ra khi có hồ sơ đầu tiên.</p>"),
                else: figures(model, all: all, isOpen: frame.isForPrint))
            """
        )
    }

    private static func periods(_ model: Model) -> HTML {
        guard !model.periods.isEmpty else { return .empty }
        return """
            <nav aria-label="Kỳ số liệu" class="np"><ul class="pills">\(each: model.periods, {
                "<li><a\(href: $0.href)\(attribute: "aria-current", $0.isCurrent ? "page" : nil)>\($0.label)</a></li>"
            })</ul></nav>
            """
    }

    private static func figures(_ model: Model, all: Int, isOpen: Bool) -> HTML {
        """
        \(Parts.barChart(BarChart(
            id: "bay-so",
            conclusion: conclusion(model),
            countedThing: "Tình trạng",
            bars: model.total.lines.map {
                BarChart.Bar($0.word, shown: String(grouped: $0.count), permille: $0.count * 1_000 / max(all, 1), tone: $0.tone)
            },
            asOf: "Số liệu đến \(model.asOf.vietnamese). Tổng \(String(grouped: all)) hồ sơ."
        ), isOpen: isOpen))
        \(ifLet: model.satisfactionWord, { "<p><strong>\($0)</strong></p>" })
        \(ifLet: model.authenticationWord, { word in
            """
            <p><strong>\(word)</strong></p>
            <p class="hint">Đếm mọi việc mà người dân, cán bộ và hệ thống đối tác làm với hồ sơ; mục tiêu là 100 %.</p>
            """
        })
        \(if: !model.agencies.isEmpty, agencies(model))
        \(ifLet: model.csvHref, { "<p>\(Parts.download("Tải số liệu", href: $0, detail: "CSV"))</p>" })
        """
    }

    private static func conclusion(_ model: Model) -> String {
        guard let rate = onTimeRate(model.total, least: model.leastForRate) else { return "Hồ sơ theo tình trạng" }
        return "\(rate) hồ sơ đã giải quyết là đúng hạn hoặc sớm hạn"
    }

    /// `98,2 %`, rounded down so that never a late one is hidden; nil for too few.
    private static func onTimeRate(_ figures: SevenFigures, least: Int) -> String? {
        let punctual = figures.resolvedEarly + figures.resolvedOnTime
        let resolved = punctual + figures.resolvedLate
        guard resolved >= least, resolved > 0 else { return nil }
        let permille = punctual * 1_000 / resolved
        return permille % 10 == 0 ? "\(permille / 10) %" : "\(permille / 10),\(permille % 10) %"
    }

    private static func agencies(_ model: Model) -> HTML {
        let columns =
            [CardTable.Column("Cơ quan"), CardTable.Column("Đúng hạn", isNumeric: true)]
            + model.total.lines.map { CardTable.Column($0.word, isNumeric: true) }
        return """
            <section><h2 id="co-quan">Theo cơ quan</h2>
            \(Parts.table(labelledBy: "co-quan", columns: columns, lines: model.agencies.map { line in
                [HTML(text: line.agencyName), HTML(text: onTimeRate(line.figures, least: model.leastForRate) ?? "—")]
                    + line.figures.lines.map { HTML(text: String(grouped: $0.count)) }
            }))
            <p class="hint">“—”: dưới \(model.leastForRate) hồ sơ đã giải quyết, chưa đủ để tính tỷ lệ.</p></section>
            """
    }
}
