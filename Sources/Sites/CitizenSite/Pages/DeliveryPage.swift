// SPDX-License-Identifier: Apache-2.0

public import Markup

/// Screen 5, `/nop/{nháp}/noi-nhan`: the agency that decides, and how the result comes.
public enum DeliveryPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The procedure.
        public var procedureName: String
        /// The questions: agency (a list to choose from) and delivery (round buttons); one agency alone is no question.
        public var fields: [FieldPart]
        /// The agency, when there is only one.
        public var onlyAgencyName: String?
        /// Where the answers are sent.
        public var action: String
        /// The key of this form.
        public var key: String
        /// The task list.
        public var backHref: String

        /// What the page shows.
        public init(
            procedureName: String,
            fields: [FieldPart],
            onlyAgencyName: String? = nil,
            action: String,
            key: String,
            backHref: String
        ) {
            self.procedureName = procedureName
            self.fields = fields
            self.onlyAgencyName = onlyAgencyName
            self.action = action
            self.key = key
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        let shape = PageShape(
            title: "Nơi giải quyết và nhận kết quả – \(model.procedureName)",
            backHref: model.backHref,
            hasErrors: !errors.isEmpty,
            width: .text,
            formID: "to-khai"
        )
        return frame.page(
            shape,
            """
            \(Parts.errorSummary(errors))
            <p class="over">\(model.procedureName)</p>
            <h1>Nơi giải quyết và nhận kết quả</h1>
            \(ifLet: model.onlyAgencyName, { "<p class=\"inset\">Hồ sơ do <strong>\($0)</strong> giải quyết.</p>" })
            \(frame.form(FormShape(action: model.action, id: "to-khai", idempotencyKey: model.key), """
                \(Parts.fields(model.fields))
                \(Parts.actions(
                    Parts.button("Tiếp tục", name: "_act", value: "tiep"),
                    Parts.button("Lưu và thoát", name: "_act", value: "thoat", style: .link)
                ))
                """))
            """
        )
    }
}
