// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 1, `/`: find a procedure, look a dossier up, see how punctual the state is.
public enum HomePage {
    /// One event of life that leads to its procedures.
    public struct LifeEvent: Sendable {
        /// The drawing.
        public var icon: Icon
        /// The event: "Có con nhỏ".
        public var title: String
        /// What belongs to it: "Khai sinh, bảo hiểm y tế".
        public var detail: String
        /// The list of its procedures.
        public var href: String

        /// One event of life.
        public init(icon: Icon, title: String, detail: String, href: String) {
            self.icon = icon
            self.title = title
            self.detail = detail
            self.href = href
        }
    }

    /// One public figure.
    public struct Figure: Sendable {
        /// The number as it is read: "98,2 %".
        public var value: String
        /// What it counts.
        public var label: String

        /// One public figure.
        public init(_ value: String, _ label: String) {
            self.value = value
            self.label = label
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// Where the search goes, by GET with `q`.
        public var searchAction: String
        /// Where a code is looked up, by GET with `ma`.
        public var lookupAction: String
        /// At most eight.
        public var lifeEvents: [LifeEvent]
        /// The most used procedures.
        public var popular: [NavigationItem]
        /// All procedures.
        public var allProceduresHref: String
        /// All sectors.
        public var sectorsHref: String
        /// Public figures of the month; empty where nothing is counted yet.
        public var figures: [Figure]
        /// The moment up to which the figures count.
        public var figuresAsOf: Instant?
        /// All public figures.
        public var statisticsHref: String
        /// Where a document is verified.
        public var verifyHref: String
        /// The one true address of this site.
        public var officialAddress: String

        /// What the page shows.
        public init(
            searchAction: String,
            lookupAction: String,
            lifeEvents: [LifeEvent],
            popular: [NavigationItem],
            allProceduresHref: String,
            sectorsHref: String,
            figures: [Figure],
            figuresAsOf: Instant?,
            statisticsHref: String,
            verifyHref: String,
            officialAddress: String
        ) {
            self.searchAction = searchAction
            self.lookupAction = lookupAction
            self.lifeEvents = lifeEvents
            self.popular = popular
            self.allProceduresHref = allProceduresHref
            self.sectorsHref = sectorsHref
            self.figures = figures
            self.figuresAsOf = figuresAsOf
            self.statisticsHref = statisticsHref
            self.verifyHref = verifyHref
            self.officialAddress = officialAddress
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Trang chủ"),
            """
            <section class="door"><h1>Một cửa cho mọi thủ tục</h1>\(Parts.doorDrawing)
            <p class="lede">Tìm việc cần làm, nộp hồ sơ, trả tiền và nhận kết quả ngay tại đây.</p>
            \(search(model, in: frame))
            \(if: !model.popular.isEmpty, popular(model))
            </section>
            <section aria-labelledby="viec-doi"><h2 id="viec-doi">Theo việc trong đời</h2>
            <ul class="tiles">\(each: model.lifeEvents, lifeEvent)</ul>
            <p class="meta"><a class="ilink"\(href: model.sectorsHref)>\(Parts.icon(.building))Thủ tục theo lĩnh vực</a> \
            <a class="ilink"\(href: model.allProceduresHref)>\(Parts.icon(.document))Xem tất cả thủ tục</a></p></section>
            <div class="two two-even">
            \(lookup(model, in: frame))
            \(figures(model))
            </div>
            \(official(model, in: frame))
            """
        )
    }

    private static func search(_ model: Model, in frame: PageFrame) -> HTML {
        frame.searchForm(
            action: model.searchAction,
            """
            <label for="q">Tên thủ tục hoặc việc cần làm</label>
            <p class="hint" id="q-goi-y">Ví dụ: trích lục khai sinh. Gõ không dấu cũng được.</p>
            <div class="search"><input type="search" id="q" name="q" aria-describedby="q-goi-y" autocomplete="off">
            \(Parts.button("Tìm", icon: .search))</div>
            """
        )
    }

    private static func popular(_ model: Model) -> HTML {
        """
        <ul class="popular" aria-label="Thủ tục thường gặp">\(each: model.popular, {
            "<li><a\(href: $0.href)>\($0.label)</a></li>"
        })</ul>
        """
    }

    private static func lifeEvent(_ event: LifeEvent) -> HTML {
        """
        <li><a class="tile"\(href: event.href)>\(Parts.icon(event.icon))<strong>\(event.title)</strong>\
        <small class="mut">\(event.detail)</small></a></li>

        """
    }

    private static func lookup(_ model: Model, in frame: PageFrame) -> HTML {
        """
        <section class="sheet" aria-labelledby="tra-cuu"><h2 id="tra-cuu">Tra cứu hồ sơ</h2>
        \(frame.searchForm(action: model.lookupAction, """
            <label for="ma">Mã hồ sơ</label>
            <p class="hint" id="ma-goi-y">Ghi trên giấy hẹn, ví dụ H01.30337-260305-0001</p>
            <div class="search"><input type="text" id="ma" name="ma" aria-describedby="ma-goi-y" autocomplete="off" \
            spellcheck="false">
            \(Parts.button("Tra cứu", style: .secondary))</div>
            """))
        <p><a class="ilink"\(href: model.verifyHref)>\(Parts.icon(.shield))Xác minh giấy tờ đã nhận</a></p></section>
        """
    }

    private static func figures(_ model: Model) -> HTML {
        """
        <section class="sheet" aria-labelledby="so-lieu"><h2 id="so-lieu">Chính quyền làm việc ra sao</h2>
        \(if: model.figures.isEmpty, "<p>Chưa đủ hồ sơ để công bố số liệu.</p>", else: """
            <ul class="figures">\(each: model.figures, {
                "<li><strong class=\"num\">\($0.value)</strong> <span>\($0.label)</span></li>"
            })</ul>
            """)
        \(ifLet: model.figuresAsOf, { "<p class=\"hint\">Số liệu đến \($0.vietnamese)</p>" })
        <p><a class="ilink"\(href: model.statisticsHref)>\(Parts.icon(.forward))Xem số liệu công khai</a></p></section>
        """
    }

    private static func official(_ model: Model, in frame: PageFrame) -> HTML {
        Parts.details(
            "Cách nhận biết trang chính thức",
            """
            <ul><li>Địa chỉ trang luôn là <strong>\(model.officialAddress)</strong>, bắt đầu bằng https.</li>
            <li>Cán bộ không bao giờ hỏi mật khẩu hoặc mã xác thực qua điện thoại, tin nhắn.</li>
            <li>Tiền chỉ trả qua trang thanh toán mở từ hồ sơ. Không chuyển khoản cho cá nhân.</li>
            <li>Thấy điều lạ, gọi <a href="tel:1022">1022</a>.</li></ul>
            """
        )
    }
}
