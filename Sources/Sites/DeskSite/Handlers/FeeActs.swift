// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Site
import Web

/// Correcting the numbers on which an unpaid fee hangs, with the applicant at the desk.
extension ActHandlers {
    func recountPage(
        _ view: DossierView,
        _ answers: FormAnswers?,
        _ problems: [FieldProblem],
        _ context: OfficerContext
    ) -> Response {
        let form = view.pack.countForm
        // What was declared stands in the boxes until it is corrected.
        let declared = form.fields.compactMap { field in
            field.confirms.flatMap { view.shown.answers[$0] }.map { (field.id, $0) }
        }
        let parts = FieldParts(
            answers: answers ?? FormAnswers(declared),
            problems: problems,
            claims: IdentityClaims(),
            form: form
        )
        let code = view.state.code.text
        let model = DecisionPage.Model(
            kind: .recount,
            code: view.state.code,
            procedureName: view.pack.name,
            fields: form.fields.map { parts.part($0) },
            action: SiteURL.workAction(code, action: CaseActs.words[.recountFee] ?? "").path,
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(code).path
        )
        let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
        return .page(DecisionPage.html(model, in: context.frame(pageCode: "D-19")), status: status)
    }

    func recount(
        _ code: DossierCode,
        _ form: FormFields,
        _ version: Int,
        _ context: OfficerContext
    ) async throws -> Response {
        let check = try await services.dossiers.recountFee(
            of: code,
            typed: form.answers,
            seen: version,
            by: context.actor
        )
        guard check.isSound else {
            let view = try await services.dossiers.dossier(code, for: context.actor)
            return recountPage(view, check.answers, check.problems, context)
        }
        return .seeOther(SiteURL.workItem(code.text).path([("bao", "dinh-chinh")]))
    }
}
