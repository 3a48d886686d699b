// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Site
import Uploads
import Web

/// Answering a request for supplement: every defect is mended or explained, then all goes back at once.
struct SupplementHandlers: Sendable {
    let services: CitizenServices
    private static let rule = "own dossier"

    func add(to routes: SiteRoutes) {
        let url = SiteURL.dossierSupplement(PathSlot.code)
        routes.get(url, for: .citizen, rule: Self.rule) { _, context in
            let code: DossierCode = try context.dossierCode()
            if let field = context.query.text("sua") {
                let view = try await services.dossiers.supplement(of: code, for: context.actor)
                return try fieldPage(field, view, view.answers, [], context)
            }
            do {
                return try await page(code, context, errors: [:])
            } catch DossierRefusal.notPossible {
                return try await sentPage(code, context)
            }
        }
        routes.post(url, for: .citizen(atLeast: .two), rule: Self.rule, send)
        let files = SiteURL.dossierSupplementFiles(PathSlot.code)
        routes.upload(files, for: .citizen, rule: Self.rule, limits: FileIntake.formLimits, upload)
        FileChangeHandlers(services: services, side: .supplement) { place, context, errors in
            guard case .supplement(let code) = place else { throw RequestError.notFound }
            return try await page(code, context, errors: errors)
        }.add(to: routes)
    }

    private func send(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let code: DossierCode = try context.dossierCode()
        if let field = context.query.text("sua") { return try await mend(field, of: code, form, context) }
        var explanations: [String: String] = [:]
        for pair in form.pairs where pair.name.hasPrefix("explanation.") {
            explanations[String(pair.name.dropFirst("explanation.".count))] = pair.value
        }
        try await services.dossiers.keepSupplement(
            of: code,
            typed: form.answers,
            explanations: explanations,
            by: context.actor
        )
        if form.isLeaving { return .seeOther(SiteURL.dossier(code.text).path) }
        do {
            try await services.dossiers.answerSupplement(of: code, seen: try form.seenVersion(), by: context.actor)
            return .seeOther(SiteURL.dossierSupplement(code.text).path)
        } catch let refusal as DossierRefusal where refusal.status == 422 {
            // A part of a person or a row is told where the whole is.
            let field = String((refusal.field ?? "").prefix { $0 != "." })
            return try await page(code, context, errors: [field: refusal.publicDetail ?? ""])
        }
    }

    /// Keeps a new answer to a field that was found wanting.
    private func mend(
        _ field: String,
        of code: DossierCode,
        _ form: FormFields,
        _ context: CitizenContext
    ) async throws -> Response {
        let before = try await services.dossiers.supplement(of: code, for: context.actor)
        let explanations = Dictionary(uniqueKeysWithValues: before.items.map { ($0.target, $0.explanation) })
        try await services.dossiers.keepSupplement(
            of: code,
            typed: form.answers,
            explanations: explanations,
            by: context.actor
        )
        let after = try await services.dossiers.supplement(of: code, for: context.actor)
        if let change = form.rowChange {
            // What was typed is kept already; the rows are drawn anew, with one more or one fewer.
            let answers = after.pack.form?.changing(change, in: after.answers) ?? after.answers
            try await services.dossiers.keepSupplement(
                of: code,
                typed: answers,
                explanations: explanations,
                by: context.actor
            )
            return .seeOther(SiteURL.dossierSupplement(code.text).path([("sua", field)]))
        }
        if form.isChoosingProvince { return try fieldPage(field, after, after.answers, [], context) }
        let problems = after.problems.filter { $0.field == field || $0.field.hasPrefix("\(field).") }
        guard problems.isEmpty else { return try fieldPage(field, after, after.answers, problems, context) }
        return .seeOther(SiteURL.dossierSupplement(code.text).path)
    }

    /// One field on a page of its own.
    private func fieldPage(
        _ id: String,
        _ view: SupplementView,
        _ answers: FormAnswers,
        _ problems: [FieldProblem],
        _ context: CitizenContext
    ) throws -> Response {
        guard let item = view.items.first(where: { $0.target == id }), let field = item.field else {
            throw RequestError.notFound
        }
        let parts = FieldParts(answers: answers, problems: problems, claims: IdentityClaims(), form: view.pack.form)
            .knowing(services.catalogue.units, on: context.now.date)
        let back = SiteURL.dossierSupplement(view.state.code.text)
        let model = FormPage.Model(
            procedureName: view.pack.name,
            title: "Sửa: \(field.label)",
            lede: item.text,
            placeWord: "Bổ sung hồ sơ \(view.state.code)",
            fields: [parts.part(field)],
            action: back.path([("sua", id)]),
            key: services.random.formKey(),
            version: view.state.version,
            backHref: back.path
        )
        let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
        return .page(FormPage.html(model, in: context.frame(pageCode: "C-14")), status: status)
    }

    private func upload(_ form: UploadForm, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let code: DossierCode = try context.dossierCode()
        try services.countUpload(by: context.actor)
        let view = try await services.dossiers.papers(at: .supplement(code), for: context.actor)
        let intake = FileIntake(services: services, bytesBefore: view.bytes, now: context.now)
        _ = try await intake.read(form) { component in
            view.paper(component)?.id
        } attach: { file in
            try await services.dossiers.attach(file, to: .supplement(code), by: context.actor)
        }
        var errors = await intake.errors
        if errors.isEmpty, await intake.taken == 0, let paper = view.paper(context.query.text(PaperField.paper)) {
            errors[paper.id] = PackWords.missing(paper)
        }
        guard errors.isEmpty else { return try await page(code, context, errors: errors) }
        return .seeOther(SiteURL.dossierSupplement(code.text).path)
    }

    private func page(
        _ code: DossierCode,
        _ context: CitizenContext,
        errors: [String: String]
    ) async throws -> Response {
        let view = try await services.dossiers.supplement(of: code, for: context.actor)
        let files = try await services.dossiers.papers(at: .supplement(code), for: context.actor)
        let defects = view.items.map { item in
            SupplementPage.Defect(
                id: item.target,
                subject: item.title,
                reason: item.text,
                isMended: item.isTouched,
                editHref: item.field == nil
                    ? nil : SiteURL.dossierSupplement(code.text).path([("sua", item.target)]),
                paper: item.component.map { component in
                    FileSide(.supplement(code)).paperFiles(
                        of: component,
                        in: files,
                        limitBytes: services.uploads.limits.fileBytes,
                        error: errors[item.target]
                    )
                },
                answerWord: answerWord(item, view),
                explanation: item.explanation,
                error: errors[item.target]
            )
        }
        let model = SupplementPage.Model(
            code: code,
            procedureName: view.pack.name,
            askedBy: "Bộ phận Một cửa",
            askedAt: view.supplement.askedAt,
            answerBy: view.supplement.askedAt.adding(days: 30),
            clockWord: "Thời hạn giải quyết được tính lại từ đầu khi nhận đủ bổ sung.",
            defects: defects,
            state: .open,
            noticeHref: SiteURL.dossierSlip(code.text, slip: DossierPaper.supplementNotice.rawValue).path,
            action: SiteURL.dossierSupplement(code.text).path,
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.dossier(code.text).path
        )
        let status: HTTPResponse.Status = errors.isEmpty ? .ok : .unprocessableContent
        return .page(SupplementPage.html(model, in: context.frame(pageCode: "C-14")), status: status)
    }

    /// What was sent and when, for whoever comes back to the address of an answered request.
    private func sentPage(_ code: DossierCode, _ context: CitizenContext) async throws -> Response {
        let view = try await services.dossiers.dossier(code, for: context.actor)
        guard let last = view.supplements.last, let sentAt = last.answeredAt else {
            return .seeOther(SiteURL.dossier(code.text).path)
        }
        let defects = last.items.map { item in
            SupplementPage.Defect(
                id: item.target,
                subject: view.title(ofTarget: item.target),
                reason: item.text,
                isMended: true,
                explanation: last.explanations[item.target] ?? ""
            )
        }
        let model = SupplementPage.Model(
            code: code,
            procedureName: view.pack.name,
            askedBy: "Bộ phận Một cửa",
            askedAt: last.askedAt,
            clockWord: "Thời hạn giải quyết được tính lại từ đầu khi nhận đủ bổ sung.",
            defects: defects,
            state: .sent(at: sentAt),
            noticeHref: SiteURL.dossierSlip(code.text, slip: DossierPaper.supplementNotice.rawValue).path,
            action: SiteURL.dossierSupplement(code.text).path,
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.dossier(code.text).path
        )
        return .page(SupplementPage.html(model, in: context.frame(pageCode: "C-14")))
    }

    private func answerWord(_ item: SupplementView.Item, _ view: SupplementView) -> String? {
        item.field.map { $0.summary(view.answers) }
    }
}
