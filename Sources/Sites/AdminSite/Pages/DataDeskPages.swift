// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/quan-tri/du-lieu`: requests about personal data that wait for an answer, the most urgent first.
public enum DataDeskPage {
    /// One request; whose it is stands on its page, where the reading is recorded.
    public struct RequestLine: Sendable {
        /// What is asked.
        public var kindWord: String
        /// Where it stands.
        public var stateWord: String
        /// The agency that answers.
        public var agency: String
        /// When it came.
        public var filedAt: Instant
        /// What is due next.
        public var dueAt: Instant
        /// True when that moment is past.
        public var isOverdue: Bool
        /// Its page.
        public var href: String

        /// One request.
        public init(
            kindWord: String,
            stateWord: String,
            agency: String,
            filedAt: Instant,
            dueAt: Instant,
            isOverdue: Bool,
            href: String
        ) {
            self.kindWord = kindWord
            self.stateWord = stateWord
            self.agency = agency
            self.filedAt = filedAt
            self.dueAt = dueAt
            self.isOverdue = isOverdue
            self.href = href
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// True for those that are over.
        public var isOver: Bool
        /// The most urgent first.
        public var lines: [RequestLine]
        /// Those that wait.
        public var openHref: String
        /// Those that are over.
        public var overHref: String
        /// Erasing by retention.
        public var retentionHref: String
        /// What was just done; nil otherwise.
        public var flash: String?
        /// The first page, when this is not it.
        public var firstHref: String?
        /// The next page.
        public var nextHref: String?

        /// What the page shows.
        public init(
            isOver: Bool,
            lines: [RequestLine],
            openHref: String,
            overHref: String,
            retentionHref: String,
            flash: String? = nil,
            firstHref: String? = nil,
            nextHref: String? = nil
        ) {
            self.isOver = isOver
            self.lines = lines
            self.openHref = openHref
            self.overHref = overHref
            self.retentionHref = retentionHref
            self.flash = flash
            self.firstHref = firstHref
            self.nextHref = nextHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Yêu cầu về dữ liệu cá nhân"),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <h1 id="yeu-cau">Yêu cầu về dữ liệu cá nhân</h1>
            <nav aria-label="Bộ lọc" class="filters"><ul>
            <li><a\(href: model.openHref)\(attribute: "aria-current", model.isOver ? nil : "page")>Chờ trả lời</a></li>
            <li><a\(href: model.overHref)\(attribute: "aria-current", model.isOver ? "page" : nil)>Đã xong</a></li>
            </ul></nav>
            \(if: model.lines.isEmpty,
                Parts.emptyState("Không có yêu cầu nào", "<p>Yêu cầu mới của người dân hiện ở đây ngay.</p>"),
                else: table(model))
            <p><a\(href: model.retentionHref)>Xóa theo thời hạn lưu</a></p>
            """
        )
    }

    private static func table(_ model: Model) -> HTML {
        """
        \(Parts.cardTable(CardTable(
            labelledBy: "yeu-cau",
            columns: [
                CardTable.Column("Yêu cầu"), CardTable.Column("Trạng thái"), CardTable.Column("Cơ quan"),
                CardTable.Column("Gửi lúc"), CardTable.Column("Phải xong trước"),
            ],
            lines: model.lines.map(line),
            isStacked: true
        )))
        \(Parts.pagination(
            shown: "\(model.lines.count) yêu cầu",
            firstHref: model.firstHref,
            nextHref: model.nextHref
        ))
        """
    }

    private static func line(_ line: RequestLine) -> CardTable.TableLine {
        CardTable.TableLine([
            "<a\(href: line.href)>\(line.kindWord)</a>", HTML(text: line.stateWord),
            "<span class=\"num\">\(line.agency)</span>", HTML(text: line.filedAt.vietnamese),
            "\(line.dueAt.vietnamese)\(if: line.isOverdue, " \(Parts.tag("Quá hạn", .bad))")",
        ])
    }
}

/// `/quan-tri/du-lieu/{yêu cầu}`: one request and its answer.
public enum DataAnswerPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// What is asked.
        public var kindWord: String
        /// Where it stands.
        public var stateWord: String
        /// Who asks, about what, until when.
        public var facts: [SummaryRow]
        /// What the law says of each dossier.
        public var findings: [String]
        /// Why the last act was not done, where no field is to blame.
        public var hindrance: String?
        /// Whether it may be taken up.
        public var takes: Bool
        /// Whether its time may be made longer.
        public var extends: Bool
        /// Whether its restriction may be lifted.
        public var lifts: Bool
        /// The answer; empty once it is given.
        public var answerFields: [FieldPart]
        /// Where it is sent, by POST.
        public var action: String
        /// The key of the form.
        public var key: String
        /// The version that the acts carry.
        public var version: Int
        /// The list.
        public var backHref: String

        /// What the page shows.
        public init(
            kindWord: String,
            stateWord: String,
            facts: [SummaryRow],
            findings: [String],
            hindrance: String? = nil,
            takes: Bool,
            extends: Bool,
            lifts: Bool,
            answerFields: [FieldPart],
            action: String,
            key: String,
            version: Int,
            backHref: String
        ) {
            self.kindWord = kindWord
            self.stateWord = stateWord
            self.facts = facts
            self.findings = findings
            self.hindrance = hindrance
            self.takes = takes
            self.extends = extends
            self.lifts = lifts
            self.answerFields = answerFields
            self.action = action
            self.key = key
            self.version = version
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.answerFields)
        return frame.page(
            PageShape(title: model.kindWord, backHref: model.backHref, hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            \(ifLet: model.hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            <h1>\(model.kindWord)</h1>
            <p>\(Parts.tag(model.stateWord))</p>
            \(Parts.summaryList(model.facts))
            \(if: !model.findings.isEmpty, """
                <section aria-labelledby="phai-giu"><h2 id="phai-giu">Hồ sơ phải giữ</h2>
                <ul>\(each: model.findings, { "<li>\($0)</li>" })</ul></section>
                """)
            \(if: model.takes, act("tiep-nhan", "Tiếp nhận yêu cầu", model, in: frame))
            \(if: model.lifts, act("go-han-che", "Gỡ hạn chế xử lý", model, in: frame))
            \(if: !model.answerFields.isEmpty, answer(model, in: frame))
            """
        )
    }

    private static func act(_ name: String, _ label: String, _ model: Model, in frame: PageFrame) -> HTML {
        let shape = FormShape(action: model.action, idempotencyKey: model.key, version: model.version)
        return frame.form(
            shape,
            "<p><button class=\"btn btn-2\" name=\"_act\" value=\"\(name)\">\(label)</button></p>"
        )
    }

    private static func answer(_ model: Model, in frame: PageFrame) -> HTML {
        let shape = FormShape(action: model.action, idempotencyKey: model.key, version: model.version)
        return frame.form(
            shape,
            """
            \(Parts.fields(model.answerFields))
            <div class="actions"><button class="btn" name="_act" value="tra-loi">Gửi trả lời</button>
            \(if: model.extends, """
                <button class="btn btn-2" name="_act" value="gia-han">Kéo dài một lần</button>
                """)</div>
            """
        )
    }
}
