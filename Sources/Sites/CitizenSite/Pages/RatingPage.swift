// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 15, `/danh-gia/{mã}`: one question, and more for whoever wants to say more.
public enum RatingPage {
    /// What may be done here.
    public enum Standing: Sendable {
        /// Questions to answer; when it was rated before, when.
        case open(question: FieldPart, details: [FieldPart], ratedAt: Instant?)
        /// The handling is not over yet.
        case early
        /// Just kept.
        case thanked
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// What may be done here.
        public var standing: Standing
        /// Where it is sent, by POST.
        public var action: String
        /// The key.
        public var key: String
        /// The dossier.
        public var backHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            standing: Standing,
            action: String,
            key: String,
            backHref: String
        ) {
            self.code = code
            self.procedureName = procedureName
            self.standing = standing
            self.action = action
            self.key = key
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors: [FieldError] =
            if case .open(let question, let details, _) = model.standing {
                FieldError.all(in: [question] + details)
            } else {
                []
            }
        return frame.page(
            PageShape(
                title: "Đánh giá hồ sơ \(model.code)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <p class="over">Hồ sơ <span class="num">\(model.code.description)</span></p>
            \(content(model, in: frame))
            """
        )
    }

    private static func content(_ model: Model, in frame: PageFrame) -> HTML {
        switch model.standing {
        case .early:
            """
            <h1>Chưa đến lúc đánh giá</h1>
            <p>\(model.procedureName)</p>
            <p>Hồ sơ đang được giải quyết. Đánh giá khi đã nhận kết quả.</p>
            <p><a class="ilink"\(href: model.backHref)>Về hồ sơ</a></p>
            """
        case .thanked:
            """
            \(Parts.panel("Đã ghi nhận đánh giá", "<p>Cảm ơn. Đánh giá được tính vào mức độ hài lòng của cơ quan.</p>"))
            <p><a class="ilink"\(href: model.backHref)>Về hồ sơ</a> · \
            <a class="ilink"\(href: model.action)>Sửa đánh giá</a></p>
            """
        case .open(let question, let details, let ratedAt):
            """
            <h1>Đánh giá việc giải quyết hồ sơ</h1>
            <p>\(model.procedureName)</p>
            \(ifLet: ratedAt, {
                Parts.notice(.info, "<p>Đã đánh giá lúc \($0.vietnamese). Gửi lại thì đánh giá mới thay đánh giá cũ.</p>")
            })
            \(frame.form(FormShape(action: model.action, idempotencyKey: model.key), """
                \(Parts.field(question))
                \(each: details, { Parts.field($0) })
                \(Parts.actions(
                    Parts.button("Gửi đánh giá"),
                    "<a class=\"ilink\"\(href: model.backHref)>Để sau</a>"
                ))
                """))
            """
        }
    }
}
