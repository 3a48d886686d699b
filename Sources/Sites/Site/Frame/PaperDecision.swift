// SPDX-License-Identifier: Apache-2.0

public import Markup

/// A paper before who decides on it: what is known of it, the paper itself, and two acts: the one that lets it go on,
/// and giving it back with a reason.
public struct PaperDecision: Sendable {
    /// The paper on the page.
    public struct Document: Sendable {
        /// "Văn bản sẽ ký".
        public var heading: String
        public var name: String
        /// The very PDF.
        public var href: String
        /// "Mở văn bản".
        public var openLabel: String

        /// A paper of these words.
        public init(heading: String, name: String, href: String, openLabel: String) {
            (self.heading, self.name, self.href, self.openLabel) = (heading, name, href, openLabel)
        }
    }

    /// Giving it back.
    public struct GivingBack: Sendable {
        /// "Trả lại, kèm lý do".
        public var summary: String
        /// What follows from it; nil where that is plain.
        public var consequence: String?
        public var button: String
        /// Where it is sent.
        public var action: String
        /// The reason as typed, with what is wrong.
        public var reasonField: FieldPart

        /// A form of these words.
        public init(
            summary: String,
            consequence: String? = nil,
            button: String,
            action: String,
            reasonField: FieldPart
        ) {
            (self.summary, self.consequence, self.button) = (summary, consequence, button)
            (self.action, self.reasonField) = (action, reasonField)
        }
    }

    /// The title of the page, and where one came from.
    public var title: String
    public var backHref: String
    /// What may be wrong besides the reason.
    public var fields: [FieldPart]
    /// Title, facts and what else is to be known.
    public var about: HTML
    public var paper: Document
    /// What else belongs to the dossier, below the paper.
    public var below: HTML
    /// The id and the words of the heading over the acts.
    public var acts: (id: String, heading: String)
    /// What hinders the act; nil when nothing does.
    public var hindrance: String?
    /// The form of the act.
    public var act: HTML
    public var givingBack: GivingBack
    /// The key of both acts.
    public var key: String
    /// The version of the dossier that is shown.
    public var version: Int

    /// What the page shows.
    public init(
        title: String,
        backHref: String,
        fields: [FieldPart] = [],
        about: HTML,
        paper: Document,
        below: HTML = "",
        acts: (id: String, heading: String),
        hindrance: String?,
        act: HTML,
        givingBack: GivingBack,
        key: String,
        version: Int
    ) {
        (self.title, self.backHref, self.fields, self.about) = (title, backHref, fields, about)
        (self.paper, self.below, self.acts, self.hindrance) = (paper, below, acts, hindrance)
        (self.act, self.givingBack, self.key, self.version) = (act, givingBack, key, version)
    }
}

extension PageFrame {
    /// The whole page.
    public func page(_ decision: PaperDecision) -> HTML {
        let errors = FieldError.all(in: decision.fields + [decision.givingBack.reasonField])
        let paper = decision.paper
        return page(
            PageShape(
                title: decision.title,
                backHref: decision.backHref,
                hasErrors: !errors.isEmpty,
                width: .wide
            ),
            """
            \(Parts.errorSummary(errors))
            <div class="two two-sign">
            <div>
            \(decision.about)
            </div>
            <section class="preview" aria-labelledby="van-ban"><h2 id="van-ban">\(paper.heading)</h2>
            \(Parts.pdfViewer(paper.name, href: paper.href))
            <p>\(Parts.linkButton(paper.openLabel, href: paper.href, style: .secondary, icon: .external))</p>
            \(decision.below)</section>
            <div class="stick">\(acts(decision))</div>
            </div>
            """
        )
    }

    private func acts(_ decision: PaperDecision) -> HTML {
        let back = decision.givingBack
        return """
            <section class="sheet np" aria-labelledby="\(decision.acts.id)">\
            <h2 id="\(decision.acts.id)">\(decision.acts.heading)</h2>
            \(if: decision.hindrance != nil, Parts.notice(.bad, "<p>\(decision.hindrance)</p>"), else: decision.act)
            \(Parts.details(back.summary, isOpen: back.reasonField.error != nil, form(
                FormShape(action: back.action, idempotencyKey: decision.key, version: decision.version),
                """
                \(ifLet: back.consequence, { "<p>\($0)</p>" })
                \(Parts.field(back.reasonField))
                \(Parts.button(back.button, style: .secondary))
                """
            )))</section>
            """
    }
}
