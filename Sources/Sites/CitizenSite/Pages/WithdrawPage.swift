// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/ho-so/{mã}/rut`: the confirmation page of withdrawing, which cannot be taken back.
public enum WithdrawPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// What becomes of money that was paid: "Lệ phí đã trả được hoàn …"; nil when nothing was paid.
        public var moneyWord: String?
        /// The reason as typed.
        public var reason: String
        /// What is wrong with the reason; nil when nothing is.
        public var reasonError: String?
        /// Where it is withdrawn, by POST with `reason`.
        public var action: String
        /// The key.
        public var key: String
        /// The version of the dossier that is shown.
        public var version: Int
        /// The dossier.
        public var backHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            moneyWord: String? = nil,
            reason: String,
            reasonError: String? = nil,
            action: String,
            key: String,
            version: Int,
            backHref: String
        ) {
            self.code = code
            self.procedureName = procedureName
            self.moneyWord = moneyWord
            self.reason = reason
            self.reasonError = reasonError
            self.action = action
            self.key = key
            self.version = version
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let field = FieldPart(
            "reason",
            "Lý do rút hồ sơ",
            hint: "Giúp cơ quan hiểu và làm tốt hơn",
            error: model.reasonError,
            isOptional: true,
            .longText(model.reason, limitCharacters: 500, rows: 3)
        )
        let errors = FieldError.all(in: [field])
        return frame.page(
            PageShape(
                title: "Rút hồ sơ \(model.code)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <p class="over">Hồ sơ <span class="num">\(model.code.description)</span></p>
            <h1>Rút hồ sơ này?</h1>
            <p>\(model.procedureName)</p>
            \(Parts.notice(.warn, """
                <p>Cơ quan sẽ ngừng giải quyết. Rút rồi thì không mở lại được, muốn làm tiếp phải nộp hồ sơ mới.</p>
                \(ifLet: model.moneyWord, { "<p>\($0)</p>" })
                """))
            \(frame.form(FormShape(action: model.action, idempotencyKey: model.key, version: model.version), """
                \(Parts.field(field))
                \(Parts.actions(
                    Parts.button("Rút hồ sơ", style: .destructive),
                    "<a class=\"ilink\"\(href: model.backHref)>Giữ hồ sơ</a>"
                ))
                """))
            """
        )
    }
}
