// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Feedback
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Site
import Web

/// Saying how one was served, after the result.
struct RatingHandlers: Sendable {
    let services: CitizenServices

    func add(to routes: SiteRoutes) {
        let url = SiteURL.ratings(PathSlot.code)
        routes.get(url, for: .citizen, rule: "own dossier") { _, context in
            let found = try await services.feedback.rating(of: try context.dossierCode(), by: context.actor)
            if context.query.text("bao") == "da-gui" { return page(found.view, .thanked, context) }
            guard FeedbackService.mayRate(found.view.state.status) else { return page(found.view, .early, context) }
            let grades = found.rating?.grades ?? [:]
            let comment = found.rating?.comment ?? ""
            return page(found.view, open(grades, comment, ratedAt: found.rating?.ratedAt, refusal: nil), context)
        }
        routes.post(url, for: .citizen, rule: "own dossier", rate)
    }

    private func rate(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let code: DossierCode = try context.dossierCode()
        var grades: [RatingQuestion: SatisfactionGrade] = [:]
        for question in RatingQuestion.allCases {
            grades[question] = form[question.rawValue].flatMap { SatisfactionGrade(rawValue: $0) }
        }
        do {
            try await services.feedback.rate(code, grades, comment: form.trimmed("comment"), by: context.actor)
            return .seeOther(SiteURL.ratings(code.text).path([("bao", "da-gui")]))
        } catch let refusal as FeedbackRefusal where refusal.status == 422 {
            let found = try await services.feedback.rating(of: code, by: context.actor)
            let standing = open(grades, form["comment"] ?? "", ratedAt: found.rating?.ratedAt, refusal: refusal)
            return page(found.view, standing, context, status: .unprocessableContent)
        }
    }

    private func open(
        _ grades: [RatingQuestion: SatisfactionGrade],
        _ comment: String,
        ratedAt: Instant?,
        refusal: FeedbackRefusal?
    ) -> RatingPage.Standing {
        let choices = SatisfactionGrade.allCases.map { FieldPart.Choice($0.rawValue, $0.vietnamese) }
        func part(_ question: RatingQuestion) -> FieldPart {
            FieldPart(
                question.rawValue,
                question.vietnamese,
                error: question == .overall && refusal == .gradeMissing ? refusal?.publicDetail : nil,
                isOptional: question != .overall,
                .radios(choices, chosen: grades[question]?.rawValue)
            )
        }
        let words = FieldPart(
            "comment",
            "Ý kiến thêm",
            hint: "Không ghi thông tin riêng của mình hay của người khác",
            error: refusal == .commentTooLong ? refusal?.publicDetail : nil,
            isOptional: true,
            .longText(comment, limitCharacters: DossierRating.commentLimit, rows: 3)
        )
        let details = RatingQuestion.allCases.filter { $0 != .overall }.map(part)
        return .open(question: part(.overall), details: details + [words], ratedAt: ratedAt)
    }

    private func page(
        _ view: DossierView,
        _ standing: RatingPage.Standing,
        _ context: CitizenContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let code = view.state.code
        let model = RatingPage.Model(
            code: code,
            procedureName: view.pack.name,
            standing: standing,
            action: SiteURL.ratings(code.text).path,
            key: services.random.formKey(),
            backHref: SiteURL.dossier(code.text).path
        )
        return .page(RatingPage.html(model, in: context.frame(pageCode: "C-15")), status: status)
    }
}
