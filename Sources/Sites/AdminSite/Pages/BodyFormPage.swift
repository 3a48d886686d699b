// SPDX-License-Identifier: Apache-2.0

public import Markup

/// A few questions about one body of the organisation: a new agency or unit, another name, a merger before its preview.
public enum BodyFormPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The body that it is about.
        public var bodyName: String
        /// `Sửa cơ quan`.
        public var heading: String
        /// What to know before; nil when nothing.
        public var lede: String?
        /// The questions, with what was typed and what is wrong.
        public var fields: [FieldPart]
        /// Why nothing was done, where no field is to blame.
        public var hindrance: String?
        /// The word on the button.
        public var buttonLabel: String
        /// Where it is sent, by POST.
        public var action: String
        /// The version of the organisation that the page shows; nil where nothing can be overtaken.
        public var version: Int?
        /// Other ways, below the form.
        public var links: [NavigationItem]
        /// The body's page.
        public var backHref: String
        /// The word of the way back.
        public var leaveLabel: String

        /// What the page shows.
        public init(
            bodyName: String,
            heading: String,
            lede: String? = nil,
            fields: [FieldPart],
            hindrance: String? = nil,
            buttonLabel: String,
            action: String,
            version: Int? = nil,
            links: [NavigationItem] = [],
            backHref: String,
            leaveLabel: String = "Không đổi gì"
        ) {
            (self.bodyName, self.heading, self.lede, self.fields) = (bodyName, heading, lede, fields)
            (self.hindrance, self.buttonLabel, self.action) = (hindrance, buttonLabel, action)
            (self.version, self.links, self.backHref) = (version, links, backHref)
            self.leaveLabel = leaveLabel
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        return frame.page(
            PageShape(
                title: "\(model.heading) – \(model.bodyName)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <p class="over">\(model.bodyName)</p>
            <h1>\(model.heading)</h1>
            \(ifLet: model.hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            \(ifLet: model.lede, { "<p>\($0)</p>" })
            \(frame.form(FormShape(action: model.action, version: model.version), """
                \(Parts.fields(model.fields))
                \(Parts.actions(
                    Parts.button(model.buttonLabel),
                    "<a class=\"ilink\"\(href: model.backHref)>\(model.leaveLabel)</a>"
                ))
                """))
            \(if: !model.links.isEmpty,
                "<ul class=\"links\">\(each: model.links, { "<li><a\(href: $0.href)>\($0.label)</a></li>" })</ul>")
            """
        )
    }
}
