// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Uploads
import Web

/// Filling in a draft: begin, task list, agency and delivery, form pages. A draft belongs to its applicant alone.
struct DraftHandlers: Sendable {
    let services: CitizenServices
    private static let rule = "own draft"

    func add(to routes: SiteRoutes) {
        routes.get(.draftStart(PathSlot.code), for: .citizen(atLeast: .two), rule: "-", startAfterSignIn)
        routes.post(.draftStart(PathSlot.code), for: .citizen(atLeast: .two), rule: "-", start)
        routes.get(.draft(PathSlot.draft), for: .citizen, rule: Self.rule, tasks)
        routes.get(.draftDelivery(PathSlot.draft), for: .citizen, rule: Self.rule, delivery)
        routes.post(.draftDelivery(PathSlot.draft), for: .citizen, rule: Self.rule, choose)
        let page = SiteURL.draftFormPage(PathSlot.draft, page: PathSlot.page)
        routes.get(page, for: .citizen, rule: Self.rule, form)
        routes.post(page, for: .citizen, rule: Self.rule, save)
        routes.post(
            .draftAutosave(PathSlot.draft, page: PathSlot.page),
            for: .citizen,
            rule: Self.rule,
            autosave
        )
        let files = SiteURL.draftFormFiles(PathSlot.draft, page: PathSlot.page)
        // An upload that was refused leaves its own address in the browser.
        routes.get(files, for: .citizen, rule: Self.rule) { _, context in
            let view = try await services.dossiers.draft(try context.pathID(PathSlot.draft), for: context.actor)
            let page = try Self.page(of: view, context)
            return .seeOther(SiteURL.draftFormPage(view.draft.id.rawValue, page: page.id).path)
        }
        routes.upload(files, for: .citizen, rule: Self.rule, limits: FileIntake.formLimits, upload)
        routes.post(.draftRemoval(PathSlot.draft), for: .citizen, rule: Self.rule) { _, _, context in
            try await services.dossiers.discard(try context.pathID(PathSlot.draft), by: context.actor)
            return .seeOther(SiteURL.account.path([("bao", "da-xoa")]))
        }
    }

    private func start(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let code = try context.pathText(PathSlot.code)
        let draft = try await services.dossiers.beginDraft(of: code, by: context.actor)
        return .seeOther(SiteURL.draft(draft.id.rawValue).path)
    }

    /// Where the sign-in returns to. Who pressed "Nộp hồ sơ" before it has asked for a draft already; who has one of
    /// this procedure, or only opened the address, chooses on the page of the procedure.
    private func startAfterSignIn(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let code = try context.pathText(PathSlot.code)
        guard context.takePendingForm() != nil,
            try await !services.dossiers.drafts(of: context.actor).contains(where: { $0.procedure == code })
        else { return .seeOther(SiteURL.procedure(code).path) }
        let draft = try await services.dossiers.beginDraft(of: code, by: context.actor)
        return .seeOther(SiteURL.draft(draft.id.rawValue).path)
    }

    // MARK: - Task list

    private func tasks(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let view: DraftView
        do {
            view = try await services.dossiers.draft(try context.pathID(PathSlot.draft), for: context.actor)
        } catch DossierRefusal.draftSubmitted(let code) {
            return .seeOther(SiteURL.dossier(code.text).path)
        }
        let plan = DraftPlan(view)
        let model = DraftPage.Model(
            procedureName: view.pack.name,
            groups: plan.groups,
            nextHref: plan.nextHref,
            feeWord: plan.feeWord,
            expiresOn: view.draft.expiresAt.date,
            accountHref: SiteURL.account.path,
            deleteAction: SiteURL.draftRemoval(view.draft.id.rawValue).path,
            key: services.random.formKey()
        )
        return .page(DraftPage.html(model, in: context.frame(pageCode: "C-06")))
    }

    // MARK: - Agency and delivery

    private func delivery(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let view = try await services.dossiers.draft(try context.pathID(PathSlot.draft), for: context.actor)
        return try await deliveryPage(view, context, agencyError: nil)
    }

    private func deliveryPage(
        _ view: DraftView,
        _ context: CitizenContext,
        agencyError: String?
    ) async throws -> Response {
        let offered = try await services.dossiers.agencies(offering: view.pack, on: context.now.date)
        let ordered = offered.sorted { VietnameseText.precedes($0.place, $1.place) }
        let agency = FieldPart(
            "agency",
            "Nơi giải quyết hồ sơ",
            hint: ordered.count > 1 ? "Chọn nơi làm thủ tục" : nil,
            error: agencyError,
            .select(
                ordered.map { FieldPart.Choice($0.code.text, $0.name) },
                chosen: view.draft.agency?.text
            )
        )
        let ways = FieldPart(
            "delivery",
            "Cách nhận kết quả",
            .radios(
                view.pack.result.deliveryWays.map { FieldPart.Choice($0.rawValue, $0.vietnamese) },
                chosen: view.draft.delivery.rawValue
            )
        )
        let model = DeliveryPage.Model(
            procedureName: view.pack.name,
            fields: offered.count == 1 ? [ways] : [agency, ways],
            onlyAgencyName: offered.count == 1 ? offered.first?.name : nil,
            action: SiteURL.draftDelivery(view.draft.id.rawValue).path,
            key: services.random.formKey(),
            backHref: SiteURL.draft(view.draft.id.rawValue).path
        )
        let status: HTTPResponse.Status = agencyError == nil ? .ok : .unprocessableContent
        return .page(DeliveryPage.html(model, in: context.frame(pageCode: "C-05")), status: status)
    }

    private func choose(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let view = try await services.dossiers.draft(try context.pathID(PathSlot.draft), for: context.actor)
        let id = view.draft.id
        guard let agency = form["agency"].flatMap({ AgencyCode($0) }) ?? view.draft.agency else {
            return try await deliveryPage(view, context, agencyError: "Chọn nơi giải quyết hồ sơ")
        }
        let way = form["delivery"].flatMap { DeliveryWay(rawValue: $0) } ?? view.draft.delivery
        do {
            try await services.dossiers.choose(
                agency: agency,
                delivery: way,
                of: id,
                seen: view.draft.revision,
                by: context.actor
            )
        } catch let refusal as DossierRefusal where refusal.field == "agency" {
            // Merged since the page was opened: the successor is named beside the list, where it can be chosen.
            return try await deliveryPage(view, context, agencyError: refusal.publicDetail)
        }
        return .seeOther(DraftPlan.next(after: .delivery, in: view))
    }

    // MARK: - Form pages

    private func form(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let view = try await services.dossiers.draft(try context.pathID(PathSlot.draft), for: context.actor)
        let page = try Self.page(of: view, context)
        if let kept = context.takePendingForm(), let form = view.pack.form {
            // What was typed when the session had ended: shown again, to be sent once more.
            let typed = view.draft.answers.merging(kept.answers)
            let validation = ValidationContext(
                today: context.now.date,
                channel: .online,
                claims: view.claims,
                units: services.catalogue.units
            )
            let check = form.validate(typed, .page(page.id), validation)
            return formPage(view, page, check.answers, check.problems, context, conflict: nil)
        }
        let asked = (context.query.text(PageQuestions.query) ?? "").split(separator: " ").map(String.init)
        return formPage(view, page, view.draft.answers, [], context, conflict: nil, opened: asked)
    }

    private func save(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let id: DossierDraftID = try context.pathID(PathSlot.draft)
        let view = try await services.dossiers.draft(id, for: context.actor)
        let page = try Self.page(of: view, context)
        let isDisplayChange = form["_size"] != nil || form["_theme"] != nil
        let (change, paper, removed) = (form.rowChange, form.paperToShow, form.fileToRemove)
        let isStaying =
            isDisplayChange || change != nil || form.isChoosingProvince || paper != nil || removed != nil
        let check: FormCheck
        do {
            check = try await services.dossiers.save(
                page: page.id,
                of: id,
                typed: form.answers,
                seen: try form.seenVersion(),
                isFinishing: !form.isLeaving && !isStaying,
                changing: change,
                by: context.actor
            )
        } catch DossierRefusal.draftChangedMeanwhile {
            let words = DossierRefusal.draftChangedMeanwhile.publicDetail
            let typed = view.draft.answers.merging(form.answers)
            return formPage(view, page, typed, [], context, conflict: words)
        }
        if let removed { try await services.dossiers.detach(removed, from: .draft(id), by: context.actor) }
        if let paper { return .seeOther(SiteURL.draftFiles(id.rawValue).path + "#\(paper)") }
        if isStaying {
            return .seeOther(SiteURL.draftFormPage(id.rawValue, page: page.id).path + Self.anchor(change, form))
        }
        return try await goOn(form, check, view, page, context)
    }

    /// What follows a page that was sent to be done, or to be left.
    private func goOn(
        _ form: FormFields,
        _ check: FormCheck,
        _ view: DraftView,
        _ page: Catalogue.FormPage,
        _ context: CitizenContext
    ) async throws -> Response {
        let id = view.draft.id
        let leftBehind = AskedPapers(on: page, of: view).leftBehind(form)
        if form.isLeaving, leftBehind.isEmpty { return .seeOther(SiteURL.account.path([("bao", "da-luu")])) }
        let saved = try await services.dossiers.draft(id, for: context.actor)
        if form.isLeaving {
            return formPage(saved, page, check.answers, [], context, conflict: nil, paperErrors: leftBehind)
        }
        let questions = PageQuestions(page, saved)
        let opened = questions.opened(since: form[PageQuestions.sent])
        // What could not be seen could not be answered: that is no mistake of the person.
        let problems = check.problems.filter { !opened.contains($0.field) }
        let missing = AskedPapers(on: page, of: saved).missing.filter { !opened.contains($0.key) }
        let papers = missing.merging(leftBehind) { $1 }
        guard problems.isEmpty, papers.isEmpty else {
            let answers = check.answers
            return formPage(saved, page, answers, problems, context, conflict: nil, opened: opened, paperErrors: papers)
        }
        if !opened.isEmpty { return .seeOther(questions.href(opened, of: id)) }
        let target = form["ve"] == "kiem-tra" ? SiteURL.draftCheck(id.rawValue).path : nil
        return .seeOther(target ?? DraftPlan.next(after: .page(page.id), in: saved))
    }

    private func autosave(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let id: DossierDraftID = try context.pathID(PathSlot.draft)
        let page = try context.pathText(PathSlot.page)
        _ = try await services.dossiers.save(
            page: page,
            of: id,
            typed: form.answers,
            seen: try form.seenVersion(),
            isFinishing: false,
            by: context.actor
        )
        let saved = try await services.dossiers.draft(id, for: context.actor)
        let shown = saved.pack.form?.page(page).flatMap { PageQuestions($0, saved).shown } ?? []
        return try .json([
            "savedAt": context.now.time.hourMinute, "version": "\(saved.draft.revision)",
            "shown": shown.joined(separator: " "),
        ])
    }

    func formPage(
        _ view: DraftView,
        _ page: Catalogue.FormPage,
        _ answers: FormAnswers,
        _ problems: [FieldProblem],
        _ context: CitizenContext,
        conflict: String?,
        opened: [String] = [],
        paperErrors: [String: String] = [:]
    ) -> Response {
        let (questions, asked) = (PageQuestions(page, view), AskedPapers(on: page, of: view))
        let pages = view.pack.form?.visiblePages(view.context) ?? []
        let place = pages.firstIndex { $0.id == page.id }.map { "Trang \($0 + 1) trong \(pages.count)" } ?? ""
        let leaves = view.pack.form?.visibleLeaves(of: page, view.context)
        let fields = FieldParts(answers: answers, problems: problems, claims: view.claims, form: view.pack.form)
            .knowing(services.catalogue.units, on: context.now.date, showing: leaves) { paper in
                asked.paper(paper, on: page.id, limitBytes: services.uploads.limits.fileBytes)
            }
        let shown = view.pack.form?.visibleFields(of: page, view.context) ?? []
        let draft = view.draft.id.rawValue
        let model = FormPage.Model(
            procedureName: view.pack.name,
            title: page.title,
            lede: page.help,
            placeWord: place,
            fields: shown.map { field in
                var part = fields.part(field)
                part.error = paperErrors[field.id] ?? part.error
                return part
            },
            shown: questions.shown,
            opened: questions.field(of: opened),
            action: SiteURL.draftFormPage(draft, page: page.id).path,
            autosaveAction: SiteURL.draftAutosave(draft, page: page.id).path,
            key: services.random.formKey(),
            version: view.draft.revision,
            savedWord: view.draft.revision > 1 ? "Đã lưu lúc \(view.draft.updatedAt.time.hourMinute)" : nil,
            conflictWord: conflict,
            backHref: SiteURL.draft(draft).path
        )
        let isSound = problems.isEmpty && paperErrors.isEmpty
        let status: HTTPResponse.Status = isSound ? (conflict == nil ? .ok : .conflict) : .unprocessableContent
        return .page(FormPage.html(model, in: context.frame(pageCode: "C-07")), status: status)
    }

    /// Where the page opens after a row was added or taken away.
    private static func anchor(_ change: RowChange?, _ form: FormFields) -> String {
        switch change {
        case .add(let group): "#\(group).\((form["\(group).rows"].flatMap { Int($0) } ?? 0) + 1)"
        case .remove(let group, _): "#\(group)"
        case nil: ""
        }
    }

    static func page(of view: DraftView, _ context: CitizenContext) throws -> Catalogue.FormPage {
        guard let page = view.pack.form?.page(try context.pathText(PathSlot.page)) else { throw RequestError.notFound }
        return page
    }
}
