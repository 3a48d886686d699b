// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup
import Site

/// A signed result before the records clerk: she looks at number, date and form, and issues it or gives it back.
public enum IssuePage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The code of the dossier.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// The result.
        public var documentName: String
        /// Number, who signed and when, until when it was promised.
        public var facts: [SummaryRow]
        /// The signed PDF.
        public var documentHref: String
        /// What the clerk looks at before she issues it.
        public var checks: [String]
        /// What hinders issuing: she signed it herself, the file is not what was signed; nil when nothing does.
        public var hindrance: String?
        /// What becomes of the signature that is given back.
        public var consequence: String
        /// Where it is issued.
        public var issueAction: String
        /// Where it is given back.
        public var returnAction: String
        /// The reason as typed, with what is wrong.
        public var reasonField: FieldPart
        /// The key of both acts.
        public var key: String
        /// The version of the dossier that is shown.
        public var version: Int
        /// The case.
        public var backHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            documentName: String,
            facts: [SummaryRow],
            documentHref: String,
            checks: [String],
            hindrance: String? = nil,
            consequence: String,
            issueAction: String,
            returnAction: String,
            reasonField: FieldPart,
            key: String,
            version: Int,
            backHref: String
        ) {
            (self.code, self.procedureName, self.documentName) = (code, procedureName, documentName)
            (self.facts, self.documentHref, self.checks) = (facts, documentHref, checks)
            (self.hindrance, self.consequence) = (hindrance, consequence)
            (self.issueAction, self.returnAction) = (issueAction, returnAction)
            (self.reasonField, self.key, self.version, self.backHref) = (reasonField, key, version, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PaperDecision(
                title: "Phát hành kết quả – hồ sơ \(model.code)",
                backHref: model.backHref,
                about: """
                    \(Decision.over(model.code, model.procedureName))
                    <h1>Phát hành: \(model.documentName)</h1>
                    \(Parts.summaryList(model.facts))
                    """,
                paper: .init(
                    heading: "Kết quả đã ký",
                    name: model.documentName,
                    href: model.documentHref,
                    openLabel: "Mở kết quả"
                ),
                acts: ("phat-hanh", "Kiểm tra rồi phát hành"),
                hindrance: model.hindrance,
                act: issue(model, in: frame),
                givingBack: .init(
                    summary: "Trả lại người ký, kèm lý do",
                    consequence: model.consequence,
                    button: "Trả lại người ký",
                    action: model.returnAction,
                    reasonField: model.reasonField
                ),
                key: model.key,
                version: model.version
            )
        )
    }

    private static func issue(_ model: Model, in frame: PageFrame) -> HTML {
        """
        <ul>\(each: model.checks, { "<li>\($0)</li>" })</ul>
        <p class="mut">Phát hành xong, kết quả vào sổ, thời hạn dừng tính và người nộp được báo.</p>
        \(frame.form(
            FormShape(action: model.issueAction, idempotencyKey: model.key, version: model.version),
            Parts.button("Phát hành", icon: .sign)
        ))
        """
    }
}
