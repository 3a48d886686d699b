// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/can-bo/{cán bộ}/khoa`: asks before an account is locked, which cannot be taken back.
public enum OfficerLockPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The officer's full name.
        public var name: String
        /// Position and agency: "Văn thư, Ủy ban nhân dân xã An Phú".
        public var placeWord: String
        /// What lies with the officer by name, by pile; empty when nothing.
        public var work: [SummaryRow]
        /// To whom it goes.
        public var fields: [FieldPart]
        /// What is wrong with the confirmation; nil when nothing is.
        public var error: String?
        /// Why it may not be done at all, such as the last administrator; nil when it may.
        public var hindrance: String?
        /// Where it is locked, by POST with `confirmed`.
        public var action: String
        /// The officer's page.
        public var backHref: String

        /// What the page shows.
        public init(
            name: String,
            placeWord: String,
            work: [SummaryRow] = [],
            fields: [FieldPart] = [],
            error: String? = nil,
            hindrance: String? = nil,
            action: String,
            backHref: String
        ) {
            self.name = name
            self.placeWord = placeWord
            self.work = work
            self.fields = fields
            self.error = error
            self.hindrance = hindrance
            self.action = action
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let field = FieldPart(
            "confirmed",
            "",
            error: model.error,
            .declaration("Tôi chắc chắn khóa tài khoản của \(model.name)", isTicked: false)
        )
        let errors = FieldError.all(in: model.fields + [field])
        return frame.page(
            PageShape(
                title: "Khóa tài khoản của \(model.name)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <p class="over">\(model.placeWord)</p>
            <h1>Khóa tài khoản của \(model.name)?</h1>
            \(if: model.hindrance != nil, Parts.notice(.bad, "<p>\(model.hindrance)</p>"),
                else: question(model, field, in: frame))
            """
        )
    }

    private static func question(_ model: Model, _ field: FieldPart, in frame: PageFrame) -> HTML {
        """
        \(Parts.notice(.warn, """
            <p>Mọi phiên đăng nhập của người này kết thúc ngay, việc đang làm dở trên màn hình sẽ mất. \
            Khóa rồi thì không mở lại được; người này trở lại làm việc thì thêm tài khoản mới.</p>
            """))
        \(if: !model.work.isEmpty, """
            <section aria-labelledby="dang-lam"><h2 id="dang-lam">Việc đang làm</h2>
            \(Parts.summaryList(model.work))</section>
            """)
        \(frame.form(FormShape(action: model.action), """
            \(Parts.fields(model.fields))
            \(Parts.field(field))
            \(Parts.actions(
                Parts.button("Khóa tài khoản", style: .destructive),
                "<a class=\"ilink\"\(href: model.backHref)>Giữ tài khoản</a>"
            ))
            """))
        """
    }
}
