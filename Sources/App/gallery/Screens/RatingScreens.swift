// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Kernel
import Markup

/// Saying how one was served.
enum RatingScreens {
    private static func page(_ standing: RatingPage.Standing) -> @Sendable (PageFrame) -> HTML {
        {
            RatingPage.html(
                RatingPage.Model(
                    code: Sample.code,
                    procedureName: Sample.extract,
                    standing: standing,
                    action: "/danh-gia/x",
                    key: Sample.key,
                    backHref: "/ho-so/x"
                ),
                in: $0
            )
        }
    }

    private static func open(error: String? = nil, chosen: String? = nil, ratedAt: Instant? = nil)
        -> RatingPage.Standing
    {
        let choices = [
            FieldPart.Choice("verySatisfied", "Rất hài lòng"), FieldPart.Choice("satisfied", "Hài lòng"),
            FieldPart.Choice("dissatisfied", "Chưa hài lòng"),
        ]
        let question = FieldPart(
            "overall",
            "Nhìn chung, việc giải quyết hồ sơ này thế nào?",
            error: error,
            .radios(choices, chosen: chosen)
        )
        let attitude = FieldPart("attitude", "Thái độ phục vụ", isOptional: true, .radios(choices, chosen: nil))
        let words = FieldPart(
            "comment",
            "Ý kiến thêm",
            isOptional: true,
            .longText("", limitCharacters: 1_000, rows: 3)
        )
        return .open(question: question, details: [attitude, words], ratedAt: ratedAt)
    }

    static let all = [
        ScreenState("danh-gia", "hoi", draw: page(open())),
        ScreenState("danh-gia", "thieu", status: 422, draw: page(open(error: "Chọn mức độ hài lòng"))),
        ScreenState(
            "danh-gia",
            "lai",
            draw: page(open(chosen: "satisfied", ratedAt: Sample.moment(6, 15, 0)))
        ),
        ScreenState("danh-gia", "som", draw: page(.early)),
        ScreenState("danh-gia", "cam-on", draw: page(.thanked)),
    ]
}
