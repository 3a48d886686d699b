// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Giving the signed result out: electronically, at the desk, by post.
public enum DeliverPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// The result, its number, who signed and when.
        public var facts: [SummaryRow]
        /// The signed PDF.
        public var resultHref: String
        /// What the signature check says: "Chữ ký và dấu thời gian còn nguyên".
        public var signatureWord: String
        /// False when the check failed: then nothing may be given out.
        public var isSignatureGood: Bool
        /// The way that the citizen chose.
        public var wayWord: String
        /// What is asked at this way: who takes it, the post's number; may be empty.
        public var fields: [FieldPart]
        /// What is still due at delivery; nil when nothing is.
        public var dueWord: String?
        /// Where it is sent.
        public var action: String
        /// The key.
        public var key: String
        /// The version of the dossier that is shown.
        public var version: Int
        /// The case.
        public var backHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            facts: [SummaryRow],
            resultHref: String,
            signatureWord: String,
            isSignatureGood: Bool,
            wayWord: String,
            fields: [FieldPart],
            dueWord: String? = nil,
            action: String,
            key: String,
            version: Int,
            backHref: String
        ) {
            self.code = code
            self.procedureName = procedureName
            self.facts = facts
            self.resultHref = resultHref
            self.signatureWord = signatureWord
            self.isSignatureGood = isSignatureGood
            self.wayWord = wayWord
            self.fields = fields
            self.dueWord = dueWord
            self.action = action
            self.key = key
            self.version = version
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        return frame.page(
            PageShape(
                title: "Trả kết quả – hồ sơ \(model.code)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .wide
            ),
            """
            \(Parts.errorSummary(errors))
            \(Decision.over(model.code, model.procedureName))
            <h1>Trả kết quả</h1>
            <div class="two two-wide">
            <div>
            \(Parts.notice(model.isSignatureGood ? .ok : .bad, "<p>\(model.signatureWord)</p>"))
            \(Parts.summaryList(model.facts + [SummaryRow("Cách trả", model.wayWord)]))
            \(ifLet: model.dueWord, { Parts.notice(.warn, "<p>\($0)</p>") })
            \(if: model.isSignatureGood && model.dueWord == nil, form(model, in: frame))
            </div>
            <section class="preview" aria-labelledby="ket-qua"><h2 id="ket-qua">Kết quả đã ký</h2>
            \(Parts.pdfViewer("Kết quả đã ký", href: model.resultHref))
            <p>\(Parts.iconLink("Mở kết quả", href: model.resultHref, icon: .external))</p></section>
            </div>
            """
        )
    }

    private static func form(_ model: Model, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: model.action, idempotencyKey: model.key, version: model.version),
            """
            \(Parts.fields(model.fields))
            \(Parts.actions(Parts.button("Trả kết quả")))
            """
        )
    }
}
