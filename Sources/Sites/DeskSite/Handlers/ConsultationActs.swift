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
import WorkingTime

/// The side that asks: the question, and taking it back.
extension ActHandlers {
    /// From so many on, those who may be asked stand in a list instead of boxes.
    private static let boxesAtMost = 12

    /// The page that asks whom, what, with which papers and until when.
    func questionPage(
        _ view: DossierView,
        _ form: FormFields?,
        _ refusal: DossierRefusal?,
        _ context: OfficerContext
    ) async throws -> Response {
        let code = view.state.code
        guard let one = view.askable.first(where: { $0.rule.id == context.query.text("loai") }) ?? view.askable.first
        else { return .seeOther(SiteURL.workItem(code.text).path) }
        let everybody = try await services.organisation.snapshot()
        func fault(_ field: String) -> String? { refusal?.field == field ? refusal?.publicDetail : nil }
        var fields = [
            Self.partyField(one, form, fault("party"), everybody),
            FieldPart(
                "question",
                "Nội dung cần hỏi về \(one.rule.name.lowercasedFirst)",
                hint: Self.shownWord(one.rule, view.pack),
                error: fault("question"),
                .longText(form?.trimmed("question") ?? "", limitCharacters: ConsultationQuestion.textLimit)
            ),
        ]
        fields += Self.paperField(one.rule, form, view.pack)
        fields.append(Self.limitField(one, form, fault("limit")))
        let model = DecisionPage.Model(
            kind: .consult,
            code: code,
            procedureName: view.pack.name,
            fields: fields,
            action: SiteURL.workAction(code.text, action: CaseActs.words[.askConsultation] ?? "")
                .path([("loai", one.rule.id)]),
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(code.text).path
        )
        let status: HTTPResponse.Status = refusal == nil ? .ok : .unprocessableContent
        return .page(DecisionPage.html(model, in: context.frame(pageCode: "D-19")), status: status)
    }

    func ask(
        _ code: DossierCode,
        _ form: FormFields,
        _ version: Int,
        _ context: OfficerContext
    ) async throws -> Response {
        let question = ConsultationQuestion(
            rule: context.query.text("loai") ?? "",
            parties: form.all("party").compactMap { ConsultedParty($0) },
            text: form.trimmed("question") ?? "",
            papers: form.all("papers"),
            limit: form["limit"].flatMap { Int($0) } ?? 0
        )
        do {
            try await services.dossiers.askConsultation(question, on: code, seen: version, by: context.actor)
        } catch let refusal as DossierRefusal where refusal.status == 422 {
            let view = try await services.dossiers.dossier(code, for: context.actor)
            return try await questionPage(view, form, refusal, context)
        }
        return .seeOther(SiteURL.workItem(code.text).path([("bao", "hoi-y-kien")]))
    }

    /// The page that takes a question back.
    func withdrawQuestionPage(_ view: DossierView, _ context: OfficerContext) -> Response {
        let code = view.state.code.text
        let model = DecisionPage.Model(
            kind: .withdrawQuestion,
            code: view.state.code,
            procedureName: view.pack.name,
            fields: [
                FieldPart(
                    "reason",
                    "Lý do",
                    hint: "Lưu trong hồ sơ; nơi được hỏi được báo là không cần trả lời nữa.",
                    isOptional: true,
                    .longText("", limitCharacters: ConsultationQuestion.textLimit)
                )
            ],
            action: SiteURL.workAction(code, action: CaseActs.words[.withdrawConsultation] ?? "")
                .path([("y-kien", context.query.text("y-kien"))]),
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(code).path
        )
        return .page(DecisionPage.html(model, in: context.frame(pageCode: "D-19")))
    }

    func withdrawQuestion(
        _ code: DossierCode,
        _ form: FormFields,
        _ version: Int,
        _ context: OfficerContext
    ) async throws -> Response {
        guard let id = context.query.text("y-kien").flatMap({ ConsultationID(rawValue: $0) }) else {
            throw RequestError.notFound
        }
        let reason = form.trimmed("reason").map { String($0.prefix(ConsultationQuestion.textLimit)) }
        try await services.dossiers.withdrawConsultation(id, on: code, reason: reason, seen: version, by: context.actor)
        return .seeOther(SiteURL.workItem(code.text).path([("bao", "rut-cau-hoi")]))
    }

    // MARK: - Fields

    private static func partyField(
        _ one: AskableConsultation,
        _ form: FormFields?,
        _ error: String?,
        _ everybody: OrganisationSnapshot
    ) -> FieldPart {
        let choices = one.parties.map { FieldPart.Choice($0.text, everybody.name(of: $0)) }
        let chosen = Set(form?.all("party") ?? (choices.count == 1 ? [choices[0].value] : []))
        guard choices.count > boxesAtMost else {
            return FieldPart("party", "Hỏi ai", error: error, .checkboxes(choices, chosen: chosen))
        }
        let list = [FieldPart.Choice("", "Chọn nơi được hỏi")] + choices
        return FieldPart("party", "Hỏi ai", error: error, .select(list, chosen: chosen.first))
    }

    private static func limitField(_ one: AskableConsultation, _ form: FormFields?, _ error: String?) -> FieldPart {
        let choices = one.times.map { time in
            let limit = "\(time.limit) \(one.rule.limit.unit.vietnamese)"
            return FieldPart.Choice("\(time.limit)", "\(limit), đến \(time.dueAt.vietnamese)")
        }
        return FieldPart(
            "limit",
            "Hạn trả lời",
            hint: "Nằm trong thời hạn của hồ sơ. Đồng hồ của hồ sơ vẫn chạy.",
            error: error,
            .select(choices, chosen: form?["limit"] ?? choices.last?.value)
        )
    }

    private static func paperField(_ rule: ConsultationRule, _ form: FormFields?, _ pack: ProcedurePack) -> [FieldPart]
    {
        let papers = pack.components.filter { rule.papers.contains($0.id) }
        guard !papers.isEmpty else { return [] }
        return [
            FieldPart(
                "papers",
                "Giấy tờ cho xem",
                isOptional: true,
                .checkboxes(
                    papers.map { FieldPart.Choice($0.id, $0.name) },
                    chosen: Set(form?.all("papers") ?? papers.map(\.id))
                )
            )
        ]
    }

    /// What of the declaration the other side sees.
    private static func shownWord(_ rule: ConsultationRule, _ pack: ProcedurePack) -> String {
        let pages = (pack.form?.pages ?? []).filter { rule.pages.contains($0.id) }.map(\.title)
        let shown = pages.isEmpty ? "không phần nào của tờ khai" : "phần \(pages.joined(separator: ", ")) của tờ khai"
        return "Nơi được hỏi xem được \(shown) và giấy tờ chọn dưới đây, không xem phần khác của hồ sơ."
    }
}

/// What a case shows of those who were consulted.
enum ConsultationLines {
    static func lines(_ view: DossierView, _ everybody: OrganisationSnapshot, _ now: Instant)
        -> [CasePage.ConsultationLine]
    {
        let mayWithdraw = view.offered.contains(.withdrawConsultation)
        let word = CaseActs.words[.withdrawConsultation] ?? ""
        return view.consultations.map { asked in
            let (state, code) = (asked.state, view.state.code.text)
            let rule = view.pack.workflow.consultation(state.rule)
            let (text, tone) = status(state, rule, now)
            return CasePage.ConsultationLine(
                partyName: everybody.name(of: state.party),
                subject: rule?.name ?? state.rule,
                word: text,
                tone: tone,
                timeWord: state.closedAt.map { "lúc \($0.vietnamese)" } ?? "hạn \(state.dueAt.vietnamese)",
                question: asked.question,
                opinion: asked.opinion,
                fileHref: asked.file.map { _ in
                    SiteURL.workConsultationFile(code, id: state.id.rawValue, file: "tra-loi").path
                },
                withdrawHref: state.isOpen && mayWithdraw
                    ? SiteURL.workAction(code, action: word).path([("y-kien", state.id.rawValue)]) : nil
            )
        }
    }

    /// Why the dossier stays, in words; nil when nothing holds it back.
    static func holdWord(_ view: DossierView) -> String? {
        let names = view.consultations.filter(\.state.isOpen).count
        switch view.hold {
        case .nothing: return nil
        case .signature: return "Còn chờ ý kiến của \(names) nơi được hỏi: chưa trình ký, chưa ký được."
        case .step: return "Còn chờ ý kiến của \(names) nơi được hỏi: chưa chuyển bước được."
        }
    }

    private static func status(
        _ state: ConsultationState,
        _ rule: ConsultationRule?,
        _ now: Instant
    ) -> (String, PartTone) {
        switch state.outcome {
        case .agrees: return (ConsultationOutcome.agrees.vietnamese, .ok)
        case .disagrees: return (ConsultationOutcome.disagrees.vietnamese, .bad)
        case .remarks: return (ConsultationOutcome.remarks.vietnamese, .warn)
        case let outcome?: return (outcome.vietnamese, .neutral)
        case nil: break
        }
        guard state.isOverdue(at: now) else { return ("Chờ trả lời", .info) }
        return rule?.silence == .agrees ? ("Quá hạn, coi như đồng ý", .neutral) : ("Quá hạn trả lời", .bad)
    }
}
