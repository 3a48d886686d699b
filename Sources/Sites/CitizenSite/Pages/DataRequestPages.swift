// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/tai-khoan/du-lieu`: what I may ask about my data, and what I have asked.
public enum DataRequestsPage {
    /// One request.
    public struct RequestLine: Sendable {
        /// What was asked.
        public var kindWord: String
        /// Where it stands, or what was answered.
        public var stateWord: String
        /// Whether an answer is still to come.
        public var isOpen: Bool
        /// When it was sent.
        public var filedAt: Instant
        /// Its page.
        public var href: String

        /// One request.
        public init(kindWord: String, stateWord: String, isOpen: Bool, filedAt: Instant, href: String) {
            self.kindWord = kindWord
            self.stateWord = stateWord
            self.isOpen = isOpen
            self.filedAt = filedAt
            self.href = href
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The newest first.
        public var lines: [RequestLine]
        /// The form, with what is wrong.
        public var fields: [FieldPart]
        /// Where it is sent, by POST.
        public var action: String
        /// Who looked at the data.
        public var accessHref: String
        /// The account.
        public var backHref: String

        /// What the page shows.
        public init(
            lines: [RequestLine],
            fields: [FieldPart],
            action: String,
            accessHref: String,
            backHref: String
        ) {
            self.lines = lines
            self.fields = fields
            self.action = action
            self.accessHref = accessHref
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        return frame.page(
            PageShape(title: "Dữ liệu của tôi", backHref: model.backHref, hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            <h1>Dữ liệu của tôi</h1>
            <p><a\(href: model.accessHref)>Ai đã xem dữ liệu của tôi</a></p>
            <section aria-labelledby="da-gui"><h2 id="da-gui">Yêu cầu đã gửi</h2>
            \(if: model.lines.isEmpty, "<p class=\"mut\">Chưa gửi yêu cầu nào.</p>", else: list(model.lines))</section>
            <section aria-labelledby="gui"><h2 id="gui">Gửi yêu cầu</h2>
            \(frame.form(FormShape(action: model.action), """
                \(Parts.fields(model.fields))
                \(Parts.actions(Parts.button("Gửi yêu cầu")))
                """))</section>
            """
        )
    }

    private static func list(_ lines: [RequestLine]) -> HTML {
        """
        <ul class="rows">\(each: lines, { line in
            """
            <li class="row-act"><div><h3><a\(href: line.href)>\(line.kindWord)</a></h3>
            <p class="meta">\(Parts.tag(line.stateWord, line.isOpen ? .info : .neutral)) \
            <span>Gửi lúc \(line.filedAt.vietnamese)</span></p></div></li>

            """
        })</ul>
        """
    }
}

/// `/tai-khoan/du-lieu/{yêu cầu}`: one request, its clock and its answer.
public enum DataRequestPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// What was asked.
        public var kindWord: String
        /// Where it stands.
        public var stateWord: String
        /// Whether an answer is still to come.
        public var isOpen: Bool
        /// When, about what, until when.
        public var facts: [SummaryRow]
        /// What was just done; nil otherwise.
        public var flash: String?
        /// What was answered; nil before.
        public var outcomeWord: String?
        /// In words.
        public var answer: String?
        /// The copy of the data.
        public var downloadHref: String?
        /// Its kind and size.
        public var downloadDetail: String?
        /// Where it is taken back, by POST; nil once it is answered.
        public var withdrawAction: String?
        /// All requests.
        public var backHref: String

        /// What the page shows.
        public init(
            kindWord: String,
            stateWord: String,
            isOpen: Bool,
            facts: [SummaryRow],
            flash: String? = nil,
            outcomeWord: String? = nil,
            answer: String? = nil,
            downloadHref: String? = nil,
            downloadDetail: String? = nil,
            withdrawAction: String? = nil,
            backHref: String
        ) {
            self.kindWord = kindWord
            self.stateWord = stateWord
            self.isOpen = isOpen
            self.facts = facts
            self.flash = flash
            self.outcomeWord = outcomeWord
            self.answer = answer
            self.downloadHref = downloadHref
            self.downloadDetail = downloadDetail
            self.withdrawAction = withdrawAction
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: model.kindWord, backHref: model.backHref, width: .text),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <h1>\(model.kindWord)</h1>
            <p>\(Parts.tag(model.stateWord, model.isOpen ? .info : .neutral))</p>
            \(if: model.outcomeWord != nil, answer(model))
            \(Parts.summaryList(model.facts))
            \(ifLet: model.withdrawAction, { action in
                frame.form(FormShape(action: action), Parts.button("Rút yêu cầu", style: .secondary))
            })
            """
        )
    }

    private static func answer(_ model: Model) -> HTML {
        """
        <section aria-labelledby="tra-loi"><h2 id="tra-loi">Trả lời</h2>
        \(Parts.summaryList([SummaryRow("Kết quả", model.outcomeWord), SummaryRow("Nội dung", model.answer)]))
        \(ifLet: model.downloadHref, { "<p>\(Parts.download("Tải dữ liệu của tôi", href: $0, detail: model.downloadDetail))</p>" })
        </section>
        """
    }
}
