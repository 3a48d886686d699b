// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Organisation
import Site
import Web

/// Giving a dossier to another agency that executes the procedure.
extension ActHandlers {
    /// The page that asks where to and why.
    func handOverPage(
        _ view: DossierView,
        chosen: AgencyCode? = nil,
        agencyError: String? = nil,
        reason: String = "",
        reasonError: String? = nil,
        _ context: OfficerContext
    ) async throws -> Response {
        let others = try await services.dossiers.agencies(offering: view.pack, on: context.now.date)
            .filter { $0.code != view.state.agency }
        let code = view.state.code
        let receiver = FieldPart(
            "agency",
            "Cơ quan nhận hồ sơ",
            hint: "Ngày hẹn trả giữ nguyên. Chuyển rồi, nơi đây không còn xử lý hồ sơ.",
            error: agencyError,
            .select(
                others.map { FieldPart.Choice($0.code.text, $0.name) },
                chosen: chosen?.text
            )
        )
        let model = DecisionPage.Model(
            kind: .handOver,
            code: code,
            procedureName: view.pack.name,
            fields: [receiver, Self.reasonField(reason, reasonError)],
            action: SiteURL.workAction(code.text, action: CaseActs.words[.handOverToAgency] ?? "").path,
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(code.text).path
        )
        let isSound = agencyError == nil && reasonError == nil
        let frame = context.frame(pageCode: "D-19")
        return .page(DecisionPage.html(model, in: frame), status: isSound ? .ok : .unprocessableContent)
    }

    func handOver(
        _ code: DossierCode,
        _ form: FormFields,
        _ version: Int,
        _ context: OfficerContext
    ) async throws -> Response {
        let reason = form.trimmed("reason") ?? ""
        let chosen = form["agency"].flatMap { AgencyCode($0) }
        let fault = Self.fault(inReason: reason)
        do {
            guard let chosen, fault == nil else { throw DossierRefusal.agencyUnsuitable }
            let act = DossierAct.handOverToAgency(chosen, reason: reason)
            _ = try await services.dossiers.perform(act, on: code, seen: version, by: context.actor)
            return .seeOther(SiteURL.workList.path([("bao", CaseActs.words[.handOverToAgency])]))
        } catch DossierRefusal.agencyUnsuitable {
            let view = try await services.dossiers.dossier(code, for: context.actor)
            let isChosen = chosen != nil && fault != nil
            return try await handOverPage(
                view,
                chosen: chosen,
                agencyError: isChosen ? nil : DossierRefusal.agencyUnsuitable.publicDetail,
                reason: reason,
                reasonError: fault,
                context
            )
        }
    }
}
