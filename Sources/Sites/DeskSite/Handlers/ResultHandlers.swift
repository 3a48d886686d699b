// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Organisation
import Site
import Storage
import Web

/// The result from the specialist's draft to the moment when it is given out.
struct ResultHandlers: Sendable {
    let services: DeskServices

    // MARK: - Draft

    /// Keeps the draft, and submits it for signature when that was pressed.
    func save(
        _ code: DossierCode,
        _ form: FormFields,
        _ version: Int,
        _ context: OfficerContext
    ) async throws -> Response {
        let check = try await services.dossiers.draftResult(
            of: code,
            typed: form.answers,
            seen: version,
            by: context.actor
        )
        let view = try await services.dossiers.dossier(code, for: context.actor)
        guard check.isSound else { return draftPage(view, check.answers, check.problems, context) }
        guard form["_act"] == "trinh" else {
            return .seeOther(SiteURL.workAction(code.text, action: "du-thao").path)
        }
        _ = try await services.dossiers.perform(
            .advance(to: nil),
            on: code,
            seen: view.state.version,
            by: context.actor
        )
        return .seeOther(SiteURL.workList.path([("bao", "trinh-ky")]))
    }

    func draftPage(
        _ view: DossierView,
        _ answers: FormAnswers?,
        _ problems: [FieldProblem],
        _ context: OfficerContext
    ) -> Response {
        let code = view.state.code.text
        let form = view.pack.result.draftForm
        let parts = FieldParts(
            answers: answers ?? FormAnswers(),
            problems: problems,
            claims: IdentityClaims(),
            form: form
        )
        let hasDraft = view.state.drafter != nil && problems.isEmpty
        let sentBack = view.timeline.last { if case .sentBack = $0.event { true } else { false } }
        let model = ResultDraftPage.Model(
            code: view.state.code,
            procedureName: view.pack.name,
            resultName: view.pack.result.name,
            fields: form.fields.map { parts.part($0) },
            previewHref: hasDraft ? SiteURL.workSlip(code, slip: "du-thao").path : nil,
            previewWord: view.result.map { "Bản xem trước lập lúc \($0.draftedAt.vietnamese)" },
            sentBackWord: sentBack?.note?.reason,
            signerWord: "Lãnh đạo \(view.agency.name)",
            submitWord: view.open(.advance).first?.label,
            action: SiteURL.workAction(code, action: "du-thao").path,
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(code).path
        )
        let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
        return .page(ResultDraftPage.html(model, in: context.frame(pageCode: "D-19")), status: status)
    }

    // MARK: - Delivery

    func deliverPage(_ view: DossierView, _ context: OfficerContext) async throws -> Response {
        let code = view.state.code.text
        let isRefused = view.state.decision == .refused
        var isGood = isRefused
        if let digest = view.result?.digest { isGood = try await services.files.isIntact(digest) }
        let slip = isRefused ? DossierPaper.declineNotice.rawValue : "ket-qua"
        let model = DeliverPage.Model(
            code: view.state.code,
            procedureName: view.pack.name,
            facts: [
                SummaryRow("Kết quả", isRefused ? "Văn bản từ chối giải quyết" : view.result?.title),
                SummaryRow("Số", view.result?.notation),
                SummaryRow("Người ký", view.result?.signerName),
                SummaryRow("Ký lúc", view.result?.signedAt?.vietnamese),
            ],
            resultHref: SiteURL.workSlip(code, slip: slip).path,
            signatureWord: isGood ? "Tệp còn nguyên như lúc ký" : "Tệp đã khác lúc ký, không trả kết quả này",
            isSignatureGood: isGood,
            wayWord: view.state.delivery.vietnamese,
            fields: [],
            action: SiteURL.workAction(code, action: "tra-ket-qua").path,
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(code).path
        )
        return .page(DeliverPage.html(model, in: context.frame(pageCode: "D-19")))
    }
}
