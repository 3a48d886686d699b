// SPDX-License-Identifier: Apache-2.0

public import Markup

/// Screen 9, `/nop/{nháp}/kiem-tra`: all answers once more, then the one act of submitting.
public enum CheckPage {
    /// One page of the form with its answers.
    public struct AnswerGroup: Sendable {
        /// The heading.
        public var title: String
        /// Questions and answers; "Sửa" leads to the question and straight back.
        public var rows: [SummaryRow]

        /// One page of the form with its answers.
        public init(
            title: String,
            rows: [SummaryRow]
        ) {
            self.title = title
            self.rows = rows
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The procedure.
        public var procedureName: String
        /// All answers.
        public var groups: [AnswerGroup]
        /// The papers and their files.
        public var papers: [SummaryRow]
        /// What is to be paid; empty when nothing is.
        public var fees: [FeeLine]
        /// When it is to be paid: "Trả ngay sau khi nộp, trước khi cơ quan tiếp nhận."
        public var feeMoment: String
        /// What is still missing, each linked to its place; empty when everything is there.
        public var missing: [NavigationItem]
        /// The declaration, with its error when it was not ticked.
        public var declaration: FieldPart
        /// Where it is submitted.
        public var submitAction: String
        /// The key: the second press gets the first answer.
        public var key: String
        /// The version of the draft that is shown.
        public var version: Int
        /// The task list.
        public var backHref: String

        /// What the page shows.
        public init(
            procedureName: String,
            groups: [AnswerGroup],
            papers: [SummaryRow],
            fees: [FeeLine],
            feeMoment: String,
            missing: [NavigationItem] = [],
            declaration: FieldPart,
            submitAction: String,
            key: String,
            version: Int,
            backHref: String
        ) {
            self.procedureName = procedureName
            self.groups = groups
            self.papers = papers
            self.fees = fees
            self.feeMoment = feeMoment
            self.missing = missing
            self.declaration = declaration
            self.submitAction = submitAction
            self.key = key
            self.version = version
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: [model.declaration])
        let shape = PageShape(
            title: "Kiểm tra và nộp – \(model.procedureName)",
            backHref: model.backHref,
            hasErrors: !errors.isEmpty || !model.missing.isEmpty,
            width: .text
        )
        return frame.page(
            shape,
            """
            \(missing(model.missing))
            \(Parts.errorSummary(errors))
            <p class="over">\(model.procedureName)</p>
            <h1>Kiểm tra trước khi nộp</h1>
            \(each: model.groups, { "<h2>\($0.title)</h2>\(Parts.summaryList($0.rows))" })
            <h2>Giấy tờ</h2>
            \(Parts.summaryList(model.papers))
            \(if: !model.fees.isEmpty, """
                <h2>Phí và lệ phí</h2>\(FeeTable.html(model.fees))<p class="mut">\(model.feeMoment)</p>
                """)
            \(submit(model, in: frame))
            """
        )
    }

    private static func missing(_ items: [NavigationItem]) -> HTML {
        guard !items.isEmpty else { return .empty }
        return """
            <div class="es" role="alert" tabindex="-1" aria-labelledby="thieu"><h2 id="thieu">Còn thiếu thông tin</h2>
            <ul>\(each: items, { "<li><a\(href: $0.href)>\($0.label)</a></li>" })</ul></div>
            """
    }

    private static func submit(_ model: Model, in frame: PageFrame) -> HTML {
        guard model.missing.isEmpty else {
            return "<p class=\"mut\">Hoàn thành các việc còn thiếu ở đầu trang rồi nộp.</p>"
        }
        return frame.form(
            FormShape(action: model.submitAction, idempotencyKey: model.key, version: model.version),
            """
            \(Parts.field(model.declaration))
            \(Parts.actions(Parts.button("Nộp hồ sơ")))
            """
        )
    }
}
