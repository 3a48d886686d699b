// SPDX-License-Identifier: Apache-2.0

public import Markup
public import Site

/// Screen 3, `/thu-tuc/{mã}`: everything one must know before beginning, and the one button to begin.
public enum ProcedurePage {
    /// How one may begin.
    public enum Start: Sendable {
        /// Filed here: the POST creates the draft.
        case online(action: String, key: String)
        /// A draft exists already: it is gone on with, or a new one is begun.
        case draft(continueHref: String, savedWord: String, action: String, key: String)
        /// Not filed online: the reason and the place to go.
        case atDesk(reason: String, place: String)
        /// Suspended: the reason and until when.
        case suspended(reason: String)
    }

    /// One paper that is needed.
    public struct PaperLine: Sendable {
        /// The name of the paper.
        public var name: String
        /// Original, copy or electronic, and how many.
        public var detail: String
        /// True when it is needed only in some cases; `detail` says which.
        public var isOptional: Bool
        /// The blank form; nil without.
        public var blankHref: String?
        /// A filled sample; nil without.
        public var sampleHref: String?

        /// One paper that is needed.
        public init(
            name: String,
            detail: String,
            isOptional: Bool,
            blankHref: String? = nil,
            sampleHref: String? = nil
        ) {
            self.name = name
            self.detail = detail
            self.isOptional = isOptional
            self.blankHref = blankHref
            self.sampleHref = sampleHref
        }
    }

    /// What one channel asks: how it is done, the time limit and the fees.
    public struct ChannelLine: Sendable {
        /// Trực tuyến, trực tiếp, bưu chính.
        public var channel: String
        /// How it is done, as the law describes it.
        public var description: String
        /// The time limit.
        public var timeWord: String
        /// Fees and charges.
        public var feeWord: String

        /// What one channel asks: how it is done, the time limit and the fees.
        public init(
            channel: String,
            description: String,
            timeWord: String,
            feeWord: String
        ) {
            self.channel = channel
            self.description = description
            self.timeWord = timeWord
            self.feeWord = feeWord
        }
    }

    /// A case that the law tells apart, with its time limit.
    public struct VariantLine: Sendable {
        /// What the case is.
        public var name: String
        /// The time limit.
        public var timeWord: String

        /// A case that the law tells apart, with its time limit.
        public init(name: String, timeWord: String) {
            self.name = name
            self.timeWord = timeWord
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The name of the procedure.
        public var name: String
        /// The national code.
        public var code: String
        /// Codes that the province has for it.
        public var localCodes: [String]
        /// The sector.
        public var sectorName: String
        /// What the person gets, in one sentence.
        public var summary: String
        /// "Toàn trình", "Một phần", "Cung cấp thông tin".
        public var levelWord: String
        /// True for the highest level.
        public var isFullyOnline: Bool
        /// What it is by each law, with the evidence, and why it is not at the highest level yet.
        public var level: LevelSection
        /// What the person saves; nil where nobody counted.
        public var cost: CostWords?
        /// How one may begin.
        public var start: Start
        /// Who may apply.
        public var whoWord: String
        /// Fees and charges: "8.000 đ một bản".
        public var feeWord: String
        /// The time limit: "3 ngày làm việc".
        public var timeWord: String
        /// How long the filling takes: "khoảng 10 phút".
        public var minutesWord: String
        /// Which agency decides.
        public var agencyWord: String
        /// How the result comes.
        public var resultWord: String
        /// The papers.
        public var papers: [PaperLine]
        /// How many sets.
        public var setsWord: String
        /// The sequence of execution.
        public var sequence: [String]
        /// Time and fees of each channel.
        public var channels: [ChannelLine]
        /// The cases, where the law tells some apart.
        public var variants: [VariantLine]
        /// Requirements and conditions.
        public var requirements: [String]
        /// Exemptions and reductions with their basis.
        public var exemptions: [String]
        /// The legal basis.
        public var legalBasis: [String]
        /// The decision that published the procedure.
        public var publishedBy: String
        /// The way back.
        public var crumbs: [Crumb]
        /// How many of its facts nobody has compared with the official text; a demonstration alone offers such a page.
        public var unverifiedCount = 0
        /// In English; nil where nobody has translated it.
        public var english: English?
        /// The same page for printing; nil on that page itself.
        public var printHref: String?
        /// Guides and questions about it.
        public var reading: [NavigationItem]
        /// What search engines are told.
        public var findable: FindablePage?

        /// What the page shows.
        public init(
            name: String,
            code: String,
            localCodes: [String] = [],
            sectorName: String,
            summary: String,
            levelWord: String,
            isFullyOnline: Bool,
            level: LevelSection,
            cost: CostWords? = nil,
            start: Start,
            whoWord: String,
            feeWord: String,
            timeWord: String,
            minutesWord: String,
            agencyWord: String,
            resultWord: String,
            papers: [PaperLine],
            setsWord: String,
            sequence: [String],
            channels: [ChannelLine],
            variants: [VariantLine] = [],
            requirements: [String],
            exemptions: [String] = [],
            legalBasis: [String],
            publishedBy: String,
            crumbs: [Crumb],
            printHref: String? = nil,
            reading: [NavigationItem] = [],
            findable: FindablePage? = nil
        ) {
            (self.printHref, self.reading, self.findable) = (printHref, reading, findable)
            self.name = name
            self.code = code
            self.localCodes = localCodes
            self.sectorName = sectorName
            self.summary = summary
            self.levelWord = levelWord
            self.isFullyOnline = isFullyOnline
            self.level = level
            self.cost = cost
            self.start = start
            self.whoWord = whoWord
            self.feeWord = feeWord
            self.timeWord = timeWord
            self.minutesWord = minutesWord
            self.agencyWord = agencyWord
            self.resultWord = resultWord
            self.papers = papers
            self.setsWord = setsWord
            self.sequence = sequence
            self.channels = channels
            self.variants = variants
            self.requirements = requirements
            self.exemptions = exemptions
            self.legalBasis = legalBasis
            self.publishedBy = publishedBy
            self.crumbs = crumbs
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: model.name, crumbs: model.crumbs, findable: model.findable),
            """
            <div class="two">
            <div>
            \(language(model))<h1>\(model.name)</h1>
            \(ifLet: shown(model), { "<p class=\"lede\" lang=\"en\"><strong>\($0.name)</strong></p>" })
            <p class="meta">\(Parts.tag(model.levelWord, model.isFullyOnline ? .ok : .neutral)) \
            <span>\(model.sectorName)</span> <span class="num">\(model.code)</span>\
            \(if: !model.localCodes.isEmpty, """
                 <span>Mã tại địa phương: \(model.localCodes.joined(separator: ", "))</span>
                """)</p>
            <p class="lede">\(model.summary)</p>
            \(ifLet: shown(model), { english in
                """
                <p lang="en">\(english.summary)</p>
                <p class="hint" lang="en">Unofficial translation by the portal. The Vietnamese text is the one that counts.</p>
                """
            })\(if: model.unverifiedCount > 0, unverified(model))
            </div>
            <div class="stick">\(start(model, in: frame))</div>
            <div class="read">\(papers(model))\(legal(model, isOpen: frame.isForPrint))\
            \(if: !frame.isForPrint, after(model))</div>
            </div>
            """
        )
    }

    private static func unverified(_ model: Model) -> HTML {
        Parts.notice(
            .info,
            title: "Đang đối chiếu",
            """
            <p>\(model.unverifiedCount) nội dung trên trang này chưa được so với văn bản chính thức. \
            Khi cần chắc chắn, hãy xem căn cứ pháp lý ở cuối trang hoặc hỏi nơi giải quyết.</p>
            """
        )
    }

    // MARK: - Begin

    private static func start(_ model: Model, in frame: PageFrame) -> HTML {
        """
        <section class="sheet" aria-labelledby="bat-dau"><h2 class="vh" id="bat-dau">Trước khi bắt đầu</h2>
        <dl class="facts">
        <div><dt>\(Parts.icon(.money))Phải trả</dt><dd>\(model.feeWord)</dd></div>
        <div><dt>\(Parts.icon(.clock))Thời hạn</dt><dd>\(model.timeWord)</dd></div>
        <div><dt>\(Parts.icon(.person))Ai làm được</dt><dd>\(model.whoWord)</dd></div>
        <div><dt>\(Parts.icon(.building))Nơi giải quyết</dt><dd>\(model.agencyWord)</dd></div>
        <div><dt>\(Parts.icon(.document))Nhận được</dt><dd>\(model.resultWord)</dd></div>
        </dl>
        \(if: !frame.isForPrint, startButton(model, in: frame))</section>
        """
    }

    private static func startButton(_ model: Model, in frame: PageFrame) -> HTML {
        switch model.start {
        case .online(let action, let key):
            """
            \(frame.form(FormShape(action: action, idempotencyKey: key), Parts.button("Nộp hồ sơ", icon: .forward)))
            <p class="hint">Mất \(model.minutesWord). Cần tài khoản VNeID mức 2. Điền đến đâu, lưu đến đó.</p>
            """
        case .draft(let continueHref, let savedWord, let action, let key):
            """
            <p class="mut">Có bản nháp lưu \(savedWord).</p>
            <p>\(Parts.linkButton("Tiếp tục hồ sơ nháp", href: continueHref, icon: .forward))</p>
            \(frame.form(FormShape(action: action, idempotencyKey: key), Parts.button("Làm hồ sơ mới", style: .link)))
            """
        case .atDesk(let reason, let place):
            Parts.notice(.info, title: "Thủ tục này nộp tại quầy", "<p>\(reason)</p><p>\(place)</p>")
        case .suspended(let reason):
            Parts.notice(.warn, title: "Tạm ngừng nhận trực tuyến", "<p>\(reason)</p>")
        }
    }

    // MARK: - Papers

    private static func papers(_ model: Model) -> HTML {
        """
        <h2 id="giay-to">Giấy tờ cần có</h2>
        \(if: model.papers.isEmpty, "<p>Thủ tục này không cần nộp giấy tờ nào, chỉ khai tờ khai.</p>", else: """
        <ul class="rows">\(each: model.papers, { paper in
            """
            <li><h3>\(paper.name)\(if: paper.isOptional, " <span class=\"opt-mark\">(khi cần)</span>")</h3>
            \(ifLet: shown(model)?.papers[paper.name], { "<p lang=\"en\">\($0)</p>" })
            <p class="mut">\(paper.detail)</p>
            \(if: paper.blankHref != nil || paper.sampleHref != nil, """
                <p class="meta">\(ifLet: paper.blankHref, { Parts.download("Mẫu trống", href: $0) })\
                \(ifLet: paper.sampleHref, { Parts.download("Mẫu đã điền", href: $0) })</p>
                """)</li>

            """
        })</ul>
        <p class="mut">Số lượng: \(model.setsWord). Ảnh chụp bằng điện thoại là đủ: PDF, JPG, PNG hoặc HEIC.</p>
        """)
        """
    }

    // MARK: - The eleven items of TT 32/2017

    private static func legal(_ model: Model, isOpen: Bool) -> HTML {
        """
        <h2 id="trinh-tu">Các bước thực hiện</h2>
        <ol>\(each: model.sequence, { "<li>\($0)</li>" })</ol>
        <h2 id="cach-thuc">Cách nộp, thời hạn, phí và lệ phí</h2>
        \(Parts.cardTable(CardTable(
            labelledBy: "cach-thuc",
            columns: ["Cách nộp", "Thời hạn", "Phí, lệ phí"].map { CardTable.Column($0) },
            lines: model.channels.map { line in
                let words = line.description
                let detail: HTML = words.isEmpty ? .empty : "<br><span class=\"mut\">\(words)</span>"
                return CardTable.TableLine([
                    "<b>\(line.channel)</b>\(detail)", HTML(text: line.timeWord), HTML(text: line.feeWord),
                ])
            },
            isStacked: true
        )))
        \(if: !model.variants.isEmpty, """
            <h3 id="truong-hop">Thời hạn của từng trường hợp</h3>
            \(Parts.table(
                labelledBy: "truong-hop",
                columns: ["Trường hợp", "Thời hạn"].map { CardTable.Column($0) },
                lines: model.variants.map { [HTML(text: $0.name), HTML(text: $0.timeWord)] }
            ))
            """)
        \(if: !model.exemptions.isEmpty, """
            <h3>Được miễn, giảm</h3><ul>\(each: model.exemptions, { "<li>\($0)</li>" })</ul>
            """)
        \(if: !model.requirements.isEmpty, """
            <h2 id="dieu-kien">Yêu cầu, điều kiện</h2><ul>\(each: model.requirements, { "<li>\($0)</li>" })</ul>
            """)
        \(cost(model))
        \(level(model, isOpen: isOpen))
        \(Parts.details("Căn cứ pháp lý", isOpen: isOpen, """
            <ul>\(each: model.legalBasis, { "<li>\($0)</li>" })</ul><p>Công bố: \(model.publishedBy)</p>
            """))
        """
    }

    private static func cost(_ model: Model) -> HTML {
        guard let cost = model.cost else { return .empty }
        return """
            <h2 id="chi-phi">Đỡ tốn kém hơn trước</h2>
            <p><strong>\(cost.saving)</strong> \(cost.detail)</p><p class="hint">\(cost.source)</p>
            """
    }

    private static func level(_ model: Model, isOpen: Bool) -> HTML {
        """
        \(if: !model.level.missing.isEmpty, Parts.details("Vì sao chưa đạt mức độ 4", isOpen: isOpen, """
            <ul>\(each: model.level.missing, { "<li>\($0)</li>" })</ul>
            """))
        \(Parts.details("Mức độ dịch vụ trực tuyến: \(model.level.word)", isOpen: isOpen, """
            <h3 id="cach-xep">Ba cách xếp mức độ</h3>
            \(model.level.schemes(labelledBy: "cach-xep"))
            <h3 id="chung-cu">Điều kiện và chứng cứ</h3>
            \(model.level.evidence(labelledBy: "chung-cu"))
            """))
        """
    }

    /// What to read, and the page for printing.
    private static func after(_ model: Model) -> HTML {
        """
        \(if: !model.reading.isEmpty, """
            <h2 id="doc-them">Hướng dẫn, hỏi đáp</h2>
            <ul class="links">\(each: model.reading, {
                "<li><a class=\"ilink\"\(href: $0.href)>\($0.label)</a></li>"
            })</ul>
            """)\
        \(ifLet: model.printHref, { "<p class=\"np\"><a class=\"ilink\"\(href: $0)>Bản để in trang này</a></p>" })
        """
    }
}
