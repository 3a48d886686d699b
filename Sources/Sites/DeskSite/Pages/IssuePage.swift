// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

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
            issueAction: String,
            returnAction: String,
            reasonField: FieldPart,
            key: String,
            version: Int,
            backHref: String
        ) {
            (self.code, self.procedureName, self.documentName) = (code, procedureName, documentName)
            (self.facts, self.documentHref, self.checks) = (facts, documentHref, checks)
            (self.hindrance, self.issueAction, self.returnAction) = (hindrance, issueAction, returnAction)
            (self.reasonField, self.key, self.version, self.backHref) = (reasonField, key, version, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: [model.reasonField])
        return frame.page(
            PageShape(
                title: "Phát hành kết quả – hồ sơ \(model.code)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .wide
            ),
            """
            \(Parts.errorSummary(errors))
            <div class="two two-sign">
            <div>
            \(Decision.over(model.code, model.procedureName))
            <h1>Phát hành: \(model.documentName)</h1>
            \(Parts.summaryList(model.facts))
            </div>
            <section class="preview" aria-labelledby="van-ban"><h2 id="van-ban">Kết quả đã ký</h2>
            \(Parts.pdfViewer(model.documentName, href: model.documentHref))
            <p>\(Parts.linkButton("Mở kết quả", href: model.documentHref, style: .secondary, icon: .external))</p></section>
            <div class="stick">\(acts(model, in: frame))</div>
            </div>
            """
        )
    }

    private static func acts(_ model: Model, in frame: PageFrame) -> HTML {
        """
        <section class="sheet np" aria-labelledby="phat-hanh"><h2 id="phat-hanh">Kiểm tra rồi phát hành</h2>
        \(if: model.hindrance != nil, Parts.notice(.bad, "<p>\(model.hindrance)</p>"), else: issue(model, in: frame))
        \(Parts.details("Trả lại người ký, kèm lý do", isOpen: model.reasonField.error != nil, frame.form(
            FormShape(action: model.returnAction, idempotencyKey: model.key, version: model.version),
            """
            <p>Chữ ký này hết giá trị. Người ký xem lý do, sửa rồi ký lại; số giữ nguyên.</p>
            \(Parts.field(model.reasonField))
            \(Parts.button("Trả lại người ký", style: .secondary))
            """
        )))</section>
        """
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
