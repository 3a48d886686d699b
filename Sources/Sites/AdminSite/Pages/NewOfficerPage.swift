// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/co-quan/{mã}/can-bo-moi`: an officer is added.
public enum NewOfficerPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The agency for which the officer will act.
        public var agencyName: String
        /// The questions, with what was typed and what is wrong.
        public var fields: [FieldPart]
        /// Where they are sent, by POST.
        public var action: String
        /// The agency's page.
        public var backHref: String

        /// What the page shows.
        public init(agencyName: String, fields: [FieldPart], action: String, backHref: String) {
            self.agencyName = agencyName
            self.fields = fields
            self.action = action
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        return frame.page(
            PageShape(
                title: "Thêm cán bộ – \(model.agencyName)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <p class="over">\(model.agencyName)</p>
            <h1>Thêm cán bộ</h1>
            \(frame.form(FormShape(action: model.action), """
                \(Parts.fields(model.fields))
                \(Parts.actions(
                    Parts.button("Thêm cán bộ"),
                    "<a class=\"ilink\"\(href: model.backHref)>Không thêm nữa</a>"
                ))
                """))
            """
        )
    }
}
