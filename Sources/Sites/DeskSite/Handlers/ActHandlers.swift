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

/// The acts of officers: at once, or on a page that asks for the reason and shows what the citizen will see.
struct ActHandlers: Sendable {
    let services: DeskServices

    func add(to routes: SiteRoutes) {
        let url = SiteURL.workAction(PathSlot.code, action: PathSlot.action)
        routes.get(url, for: .anyOfficer, rule: "own agency's dossier, edge of the graph", ask)
        routes.post(url, for: .anyOfficer, rule: "own agency's dossier, edge of the graph", act)
    }

    // MARK: - Asking

    private func ask(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let view = try await services.dossiers.dossier(try context.dossierCode(), for: context.actor)
        let results = ResultHandlers(services: services)
        let action = try action(context)
        // A page for an act that the graph does not offer this officer now could only end in a refusal.
        guard view.offered.contains(action) else { return .seeOther(SiteURL.workItem(view.state.code.text).path) }
        switch action {
        case .requestSupplement: return supplementPage(view, FormFields(), context, problem: nil, isPreview: false)
        case .draftResult: return results.draftPage(view, view.result?.fields, [], context)
        case .deliver: return try await results.deliverPage(view, context)
        case .handOverToAgency: return try await handOverPage(view, context)
        case .askConsultation: return try await questionPage(view, nil, nil, context)
        case .withdrawConsultation: return withdrawQuestionPage(view, context)
        case .recountFee: return recountPage(view, nil, [], context)
        case .lengthen: return lengthenPage(view, FormFields(), nil, isPreview: false, context)
        case .issue, .returnSignature: return try await issuePage(view, context)
        default:
            guard let kind = Self.kinds[action] else { return .seeOther(SiteURL.workItem(view.state.code.text).path) }
            return decisionPage(kind, view, reason: "", error: nil, isPreview: false, context)
        }
    }

    // MARK: - Doing

    private func act(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let code: DossierCode = try context.dossierCode()
        let action = try action(context)
        do {
            return try await act(action, on: code, form, context)
        } catch DossierRefusal.changedMeanwhile(let role, let unit, let what, let at) {
            let view = try await services.dossiers.dossier(code, for: context.actor)
            let model = ConflictPage.Model(
                code: code,
                procedureName: view.pack.name,
                who: unit.isEmpty ? role : "\(role) \(unit)",
                at: at,
                what: what,
                differences: [
                    ConflictPage.Difference(
                        subject: "Trạng thái",
                        before: "Bản đang mở trước đó",
                        now: view.step?.name ?? DossierWords.status(view.state.status)
                    )
                ],
                unsentText: form.trimmed("reason"),
                wantedAct: action.vietnamese,
                caseHref: SiteURL.workItem(code.text).path,
                listHref: SiteURL.workList.path
            )
            return .page(ConflictPage.html(model, in: context.frame(pageCode: "D-17")), status: .conflict)
        }
    }

    private func act(
        _ action: DossierAction,
        on code: DossierCode,
        _ form: FormFields,
        _ context: OfficerContext
    ) async throws -> Response {
        let version = try form.seenVersion()
        switch action {
        case .receive, .advance, .deliver:
            let act: DossierAct =
                action == .receive
                ? .receive : action == .advance ? .advance(to: context.query.text("buoc")) : .deliver
            _ = try await services.dossiers.perform(act, on: code, seen: version, by: context.actor)
            return .seeOther(SiteURL.workList.path([("bao", CaseActs.words[action])]))
        case .draftResult:
            return try await ResultHandlers(services: services).save(code, form, version, context)
        case .requestSupplement: return try await requestSupplement(code, form, version, context)
        case .handOverToAgency: return try await handOver(code, form, version, context)
        case .askConsultation: return try await ask(code, form, version, context)
        case .withdrawConsultation: return try await withdrawQuestion(code, form, version, context)
        case .recountFee: return try await recount(code, form, version, context)
        case .lengthen: return try await lengthen(code, form, version, context)
        case .issue: return try await issue(code, version, context)
        case .returnSignature: return try await returnSignature(code, form, version, context)
        default: return try await decide(action, code, form, version, context)
        }
    }

    private func decide(
        _ action: DossierAction,
        _ code: DossierCode,
        _ form: FormFields,
        _ version: Int,
        _ context: OfficerContext
    ) async throws -> Response {
        guard let kind = Self.kinds[action] else { throw RequestError.notFound }
        let view = try await services.dossiers.dossier(code, for: context.actor)
        let reason = form.trimmed("reason") ?? ""
        let error = Self.fault(inReason: reason)
        let isPreview = form["_act"] == "xem"
        guard error == nil, !isPreview else {
            return decisionPage(kind, view, reason: reason, error: error, isPreview: isPreview, context)
        }
        let act: DossierAct =
            switch kind {
            case .decline: .decline(reason: reason)
            case .refuse: .refuse(reason: reason)
            case .stop: .stop(reason: reason)
            case .sendBack, .extend, .handOver, .consult, .withdrawQuestion, .recount, .lengthen:
                .sendBack(to: context.query.text("buoc"), reason: reason)
            }
        _ = try await services.dossiers.perform(act, on: code, seen: version, by: context.actor)
        return .seeOther(SiteURL.workList.path([("bao", CaseActs.words[action])]))
    }

    private func requestSupplement(
        _ code: DossierCode,
        _ form: FormFields,
        _ version: Int,
        _ context: OfficerContext
    ) async throws -> Response {
        let view = try await services.dossiers.dossier(code, for: context.actor)
        let chosen = form.all("subject")
        let items = chosen.map { SupplementItem(target: $0, text: form.trimmed("reason.\($0)") ?? "") }
        let isComplete = !items.isEmpty && items.allSatisfy { !$0.text.isEmpty && $0.text.count <= 1_000 }
        guard isComplete, form["_act"] != "xem" else {
            let problem = isComplete ? nil : DossierRefusal.itemsMissing
            return supplementPage(view, form, context, problem: problem, isPreview: isComplete)
        }
        let reason = items.map { "\(view.title(ofTarget: $0.target)): \($0.text)" }.joined(separator: "; ")
        let act = DossierAct.requestSupplement(reason: reason, items: items)
        _ = try await services.dossiers.perform(act, on: code, seen: version, by: context.actor)
        return .seeOther(SiteURL.workList.path([("bao", "bo-sung")]))
    }

    // MARK: - Pages

    static func fault(inReason reason: String) -> String? {
        reason.isEmpty ? "Nhập lý do" : reason.count > 2_000 ? "Lý do không quá 2.000 ký tự" : nil
    }

    static func reasonField(_ reason: String, _ error: String?) -> FieldPart {
        FieldPart(
            "reason",
            "Lý do",
            hint: "Người nộp đọc đúng câu này. Ghi rõ căn cứ và cách làm tiếp.",
            error: error,
            .longText(reason, limitCharacters: 2_000)
        )
    }

    private static let kinds: [DossierAction: DecisionPage.Kind] = [
        .decline: .decline, .refuse: .refuse, .stop: .stop, .sendBack: .sendBack,
    ]

    private func action(_ context: OfficerContext) throws -> DossierAction {
        let word = try context.pathText(PathSlot.action)
        guard let action = CaseActs.words.first(where: { $0.value == word })?.key else { throw RequestError.notFound }
        return action
    }

    private func decisionPage(
        _ kind: DecisionPage.Kind,
        _ view: DossierView,
        reason: String,
        error: String?,
        isPreview: Bool,
        _ context: OfficerContext
    ) -> Response {
        let action = Self.kinds.first { $0.value == kind }.flatMap { CaseActs.words[$0.key] } ?? ""
        let preview: HTML = "<p><strong>Hồ sơ \(view.state.code.text)</strong></p><p>Lý do: \(reason)</p>"
        let model = DecisionPage.Model(
            kind: kind,
            code: view.state.code,
            procedureName: view.pack.name,
            fields: [Self.reasonField(reason, error)],
            preview: isPreview && error == nil ? preview : nil,
            action: SiteURL.workAction(view.state.code.text, action: action).path([("buoc", context.query.text("buoc"))]
            ),
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(view.state.code.text).path
        )
        let status: HTTPResponse.Status = error == nil ? .ok : .unprocessableContent
        return .page(DecisionPage.html(model, in: context.frame(pageCode: "D-19")), status: status)
    }

    private func supplementPage(
        _ view: DossierView,
        _ form: FormFields,
        _ context: OfficerContext,
        problem: DossierRefusal?,
        isPreview: Bool
    ) -> Response {
        let chosen = Set(form.all("subject"))
        func subject(_ id: String, _ label: String, _ now: String) -> SupplementRequestPage.Subject {
            let reason = form.trimmed("reason.\(id)") ?? ""
            let lacksReason = problem != nil && chosen.contains(id) && reason.isEmpty
            return SupplementRequestPage.Subject(
                id: id,
                label: label,
                nowWord: now,
                isChosen: chosen.contains(id),
                reason: reason,
                error: lacksReason ? "Nhập nội dung cần bổ sung" : nil
            )
        }
        let papers = view.pack.components.map { component in
            let count = view.currentFiles.filter { $0.component == component.id }.count
            return subject(component.id, component.name, count == 0 ? "Chưa có tệp" : "\(count) tệp")
        }
        let fields = (view.pack.form?.fields ?? []).filter(\.type.isAsked).map { field in
            subject(field.id, field.label, field.summary(view.shown.answers))
        }
        let code = view.state.code.text
        let lines = chosen.sorted().map { id -> HTML in
            "<li>\(view.title(ofTarget: id)): \(form.trimmed("reason.\(id)") ?? "")</li>"
        }
        let model = SupplementRequestPage.Model(
            code: view.state.code,
            procedureName: view.pack.name,
            groups: [
                SupplementRequestPage.SubjectGroup(title: "Giấy tờ", subjects: papers),
                SupplementRequestPage.SubjectGroup(title: "Tờ khai", subjects: fields),
            ].filter { !$0.subjects.isEmpty },
            noneChosenError: problem != nil && chosen.isEmpty ? "Chọn ít nhất một nội dung cần bổ sung" : nil,
            templates: [
                "Ảnh mờ, chụp lại nơi đủ sáng", "Thiếu trang, chụp đủ các trang",
                "Thông tin không khớp giấy tờ, kiểm tra và sửa lại",
            ],
            answerByWord: context.now.adding(days: 30).date.vietnamese,
            clockWord: "Thời hạn giải quyết được tính lại từ đầu khi nhận đủ bổ sung.",
            preview: isPreview ? "<ul>\(each: lines, { $0 })</ul>" : nil,
            action: SiteURL.workAction(code, action: "bo-sung").path,
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(code).path
        )
        let status: HTTPResponse.Status = problem == nil ? .ok : .unprocessableContent
        return .page(SupplementRequestPage.html(model, in: context.frame(pageCode: "D-19")), status: status)
    }
}
