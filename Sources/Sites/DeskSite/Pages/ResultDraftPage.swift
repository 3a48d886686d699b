// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 19, the result: the specialist fills the template's fields, looks at the very paper, submits it for
/// signature.
public enum ResultDraftPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// "Bản sao trích lục khai sinh".
        public var resultName: String
        /// The template's fields, filled from the dossier where it knows them.
        public var fields: [FieldPart]
        /// The very PDF that will be signed; nil until the draft is complete.
        public var previewHref: String?
        /// "Bản xem trước lập lúc 14:40"; nil without preview.
        public var previewWord: String?
        /// Why the leader sent it back; nil otherwise.
        public var sentBackWord: String?
        /// Who will sign: "Lê Văn Thành, Chủ tịch".
        public var signerWord: String
        /// What the button says that sends it on; "Trình ký" where nothing else is said.
        public var submitWord: String?
        /// Where it is sent, by POST: `_act` is `xem` or `trinh`.
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
            resultName: String,
            fields: [FieldPart],
            previewHref: String? = nil,
            previewWord: String? = nil,
            sentBackWord: String? = nil,
            signerWord: String,
            submitWord: String? = nil,
            action: String,
            key: String,
            version: Int,
            backHref: String
        ) {
            self.code = code
            self.procedureName = procedureName
            self.resultName = resultName
            self.fields = fields
            self.previewHref = previewHref
            self.previewWord = previewWord
            self.sentBackWord = sentBackWord
            self.signerWord = signerWord
            self.submitWord = submitWord
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
                title: "Dự thảo kết quả – hồ sơ \(model.code)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .wide
            ),
            """
            \(Parts.errorSummary(errors))
            \(Decision.over(model.code, model.procedureName))
            <h1>\(model.resultName)</h1>
            \(ifLet: model.sentBackWord, { word in
                Parts.notice(.warn, title: "Lãnh đạo đã trả lại", "<p>\(word)</p>")
            })
            <div class="two two-wide">
            \(form(model, in: frame))
            \(preview(model))
            </div>
            """
        )
    }

    private static func form(_ model: Model, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: model.action, id: "du-thao", idempotencyKey: model.key, version: model.version),
            """
            \(Parts.fields(model.fields))
            <p class="mut">Người ký: \(model.signerWord)</p>
            \(if: model.previewHref == nil, Parts.actions(Parts.button("Lưu và xem bản in", name: "_act", value: "xem")),
                else: Parts.actions(
                    Parts.button(model.submitWord ?? "Trình ký", name: "_act", value: "trinh", icon: .sign),
                    Parts.button("Lưu và xem lại bản in", name: "_act", value: "xem", style: .secondary)
                ))
            """
        )
    }

    private static func preview(_ model: Model) -> HTML {
        guard let address = model.previewHref else {
            return """
                <section class="preview" aria-labelledby="ban-in"><h2 id="ban-in">Bản in</h2>
                \(Parts.emptyState("Chưa có bản in", "<p>Điền xong rồi bấm Lưu và xem bản in.</p>"))</section>
                """
        }
        return """
            <section class="preview" aria-labelledby="ban-in"><h2 id="ban-in">Bản in sẽ ký</h2>
            \(Parts.pdfViewer(model.resultName, href: address))
            <p>\(Parts.iconLink("Mở bản in", href: address, icon: .external))</p>
            \(ifLet: model.previewWord, { "<p class=\"hint\">\($0)</p>" })</section>
            """
    }
}
