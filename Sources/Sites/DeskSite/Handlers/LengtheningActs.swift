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

/// Lengthening the time limit by a rule of the pack, once, with the day and the words that the citizen will read.
extension ActHandlers {
    func lengthenPage(
        _ view: DossierView,
        _ form: FormFields,
        _ refusal: DossierRefusal?,
        isPreview: Bool,
        _ context: OfficerContext
    ) -> Response {
        let code = view.state.code
        let choices = view.lengthenings.map { one in
            FieldPart.Choice(
                one.rule.id,
                one.rule.name,
                hint: "Hẹn trả mới: \(one.dueAt.vietnamese). Theo \(view.pack.citation(of: one.rule))."
            )
        }
        let chosen = form["rule"] ?? (choices.count == 1 ? choices[0].value : nil)
        func fault(_ field: String) -> String? { refusal?.field == field ? refusal?.publicDetail : nil }
        let reason = form.trimmed("reason") ?? ""
        let one = view.lengthenings.first { $0.rule.id == chosen }
        let model = DecisionPage.Model(
            kind: .lengthen,
            code: code,
            procedureName: view.pack.name,
            fields: [
                FieldPart(
                    "rule",
                    "Vì sao cần thêm thời gian",
                    hint: "Hẹn trả hiện nay: \(view.state.dueAt?.vietnamese ?? "chưa có"). Chỉ kéo dài được một lần.",
                    error: fault("rule"),
                    .radios(choices, chosen: chosen)
                ),
                Self.reasonField(reason, fault("reason") ?? (refusal == nil ? nil : Self.fault(inReason: reason))),
            ],
            preview: isPreview ? one.map { Self.told($0, view, reason) } : nil,
            action: SiteURL.workAction(code.text, action: CaseActs.words[.lengthen] ?? "").path,
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(code.text).path
        )
        let status: HTTPResponse.Status = refusal == nil ? .ok : .unprocessableContent
        return .page(DecisionPage.html(model, in: context.frame(pageCode: "D-19")), status: status)
    }

    func lengthen(
        _ code: DossierCode,
        _ form: FormFields,
        _ version: Int,
        _ context: OfficerContext
    ) async throws -> Response {
        let view = try await services.dossiers.dossier(code, for: context.actor)
        let (rule, reason) = (form["rule"] ?? "", form.trimmed("reason") ?? "")
        let isKnown = view.lengthenings.contains { $0.rule.id == rule }
        // What may no longer be done at all is the machine's answer, not a wrong field.
        if view.offered.contains(.lengthen), !isKnown || Self.fault(inReason: reason) != nil {
            let refusal: DossierRefusal =
                !isKnown ? .lengtheningUnsuitable : reason.isEmpty ? .reasonMissing : .reasonTooLong(limit: 2_000)
            return lengthenPage(view, form, refusal, isPreview: false, context)
        }
        if form["_act"] == "xem" { return lengthenPage(view, form, nil, isPreview: true, context) }
        let act = DossierAct.lengthen(rule: rule, reason: reason)
        _ = try await services.dossiers.perform(act, on: code, seen: version, by: context.actor)
        return .seeOther(SiteURL.workItem(code.text).path([("bao", "keo-dai")]))
    }

    /// What the citizen reads.
    private static func told(_ one: OfferedLengthening, _ view: DossierView, _ reason: String) -> HTML {
        """
        <p><strong>Hồ sơ \(view.state.code.text)</strong></p>
        <p>Hẹn trả kết quả mới: <strong>\(one.dueAt.vietnamese)</strong>, thay cho \(view.state.dueAt?.vietnamese ?? "").</p>
        <p>Vì \(one.rule.need), theo \(view.pack.citation(of: one.rule)).</p><p>Lý do: \(reason)</p>
        """
    }
}
