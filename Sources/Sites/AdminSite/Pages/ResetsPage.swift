// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/quan-tri/dat-lai`: requests to reset officers' sign-in; another administrator than the one who asked decides.
public enum ResetsPage {
    /// One request.
    public struct ResetLine: Sendable {
        /// The officer.
        public var officerName: String
        /// Position and agency.
        public var placeWord: String
        /// Who asked.
        public var askedBy: String
        /// When.
        public var askedAt: Instant
        /// Why.
        public var reason: String
        /// Where it is decided, by POST with `_act`.
        public var action: String
        /// Whether the reader may approve: she did not ask, and it is not her own.
        public var mayApprove: Bool

        /// One request.
        public init(
            officerName: String,
            placeWord: String,
            askedBy: String,
            askedAt: Instant,
            reason: String,
            action: String,
            mayApprove: Bool
        ) {
            (self.officerName, self.placeWord, self.askedBy) = (officerName, placeWord, askedBy)
            (self.askedAt, self.reason, self.action, self.mayApprove) = (askedAt, reason, action, mayApprove)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What the last act did; nil otherwise.
        public var flash: String?
        /// Why it was not done; nil otherwise.
        public var hindrance: String?
        /// The requests, oldest first.
        public var lines: [ResetLine]
        /// The page of administration.
        public var backHref: String

        /// What the page shows.
        public init(flash: String? = nil, hindrance: String? = nil, lines: [ResetLine], backHref: String) {
            (self.flash, self.hindrance, self.lines, self.backHref) = (flash, hindrance, lines, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Đề nghị đặt lại đăng nhập", backHref: model.backHref, width: .text),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            \(ifLet: model.hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            <h1>Đề nghị đặt lại đăng nhập</h1>
            <p>Trước khi duyệt, gặp hoặc gọi cho cán bộ để biết chắc chính người đó cần đặt lại.</p>
            \(if: model.lines.isEmpty, Parts.emptyState("Không có đề nghị nào", "<p>Đề nghị mới sẽ hiện ở đây.</p>"))
            \(each: model.lines, { line($0, in: frame) })
            """
        )
    }

    private static func line(_ line: ResetLine, in frame: PageFrame) -> HTML {
        let refusal = line.mayApprove ? "Từ chối" : "Rút đề nghị"
        return """
            <section class="sheet"><h2>\(line.officerName)</h2>
            <p class="mut">\(line.placeWord)</p>
            \(Parts.summaryList([
                SummaryRow("Người đề nghị", line.askedBy), SummaryRow("Lúc", line.askedAt.vietnamese),
                SummaryRow("Lý do", line.reason),
            ]))
            \(if: !line.mayApprove, "<p>Một quản trị khác phải duyệt đề nghị này.</p>")
            \(frame.form(FormShape(action: line.action), """
                \(if: line.mayApprove, Parts.button("Duyệt và lấy mã", name: "_act", value: "duyet"))
                \(Parts.button(refusal, name: "_act", value: "tu-choi", style: .secondary, spoken: line.officerName))
                """))</section>

            """
    }
}

/// The answer to an approval: the code, shown this once.
public enum ResetApprovedPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The officer.
        public var officerName: String
        /// The name for signing in.
        public var loginName: String
        /// The code.
        public var code: String
        /// Where the officer types it.
        public var address: String
        /// The requests.
        public var backHref: String

        /// What the page shows.
        public init(officerName: String, loginName: String, code: String, address: String, backHref: String) {
            (self.officerName, self.loginName, self.code) = (officerName, loginName, code)
            (self.address, self.backHref) = (address, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Đã duyệt đặt lại", width: .text),
            """
            \(Parts.panel("Đã duyệt đặt lại", "<p>\(model.officerName)</p>"))
            \(Parts.summaryList([
                SummaryRow("Tên đăng nhập", model.loginName),
                SummaryRow("Mã đặt lại", html: Parts.copyableCode(model.code, label: "mã đặt lại")),
                SummaryRow("Nơi nhập mã", model.address),
            ]))
            \(Parts.notice(.warn, title: "Mã chỉ hiện một lần này", """
                <p>Đưa tận tay cho cán bộ. Mã dùng được một lần, trong 24 giờ.</p>
                """))
            <p><a\(href: model.backHref)>Về các đề nghị</a></p>
            """
        )
    }
}
