// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Site
import Uploads
import Web

/// The papers of a draft: the list, taking files in, showing them, going on.
struct DraftFileHandlers: Sendable {
    let services: CitizenServices
    private static let side = FileSide.draft

    func add(to routes: SiteRoutes) {
        let rule = Self.side.rule
        routes.get(.draftFiles(PathSlot.draft), for: .citizen, rule: rule) { _, context in
            try await page(try context.pathID(PathSlot.draft), context, errors: [:])
        }
        let limits = FileIntake.formLimits
        routes.upload(.draftFiles(PathSlot.draft), for: .citizen, rule: rule, limits: limits, upload)
        // The list itself holds no file: its "Tiếp tục" is a plain form of the draft.
        routes.post(.draft(PathSlot.draft), for: .citizen, rule: rule, proceed)
        let file = SiteURL.draftFile(PathSlot.draft, file: PathSlot.file)
        routes.get(file, for: .citizen, rule: rule, work: .long) { _, context in
            try await services.fileResponse(try context.pathID(PathSlot.file), for: context.actor)
        }
        FileChangeHandlers(services: services, side: Self.side) { place, context, errors in
            guard case .draft(let id) = place else { throw RequestError.notFound }
            return try await page(id, context, errors: errors)
        }.add(to: routes)
    }

    private func upload(_ form: UploadForm, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let id: DossierDraftID = try context.pathID(PathSlot.draft)
        try services.countUpload(by: context.actor)
        let view = try await services.dossiers.papers(at: .draft(id), for: context.actor)
        let intake = FileIntake(services: services, bytesBefore: view.bytes, now: context.now)
        _ = try await intake.read(form) { component in
            view.paper(component)?.id
        } attach: { file in
            try await services.dossiers.attach(file, to: .draft(id), by: context.actor)
        }
        var errors = await intake.errors
        if errors.isEmpty, await intake.taken == 0, let paper = view.paper(context.query.text(PaperField.paper)) {
            errors[paper.id] = PackWords.missing(paper)
        }
        guard errors.isEmpty else { return try await page(id, context, errors: errors) }
        return .seeOther(SiteURL.draftFiles(id.rawValue).path)
    }

    private func proceed(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let view = try await services.dossiers.draft(try context.pathID(PathSlot.draft), for: context.actor)
        if form.isLeaving { return .seeOther(SiteURL.account.path([("bao", "da-luu")])) }
        if let missing = view.missingComponents.first {
            return try await page(view.draft.id, context, errors: [missing.id: PackWords.missing(missing)])
        }
        return .seeOther(DraftPlan.next(after: .files, in: view))
    }

    private func page(
        _ id: DossierDraftID,
        _ context: CitizenContext,
        errors: [String: String]
    ) async throws -> Response {
        let view = try await services.dossiers.draft(id, for: context.actor)
        let files = try await services.dossiers.papers(at: .draft(id), for: context.actor)
        let limits = services.uploads.limits
        let papers = view.components.map { component, isRequired in
            DocumentsPage.PaperNeed(
                paper: FileSide(.draft(id)).paperFiles(
                    of: component,
                    in: files,
                    limitBytes: limits.fileBytes,
                    error: errors[component.id]
                ),
                detail: PackWords.paper(component),
                isOptional: !isRequired,
                blankHref: PackWords.href(component.blankForm, of: view.pack),
                sampleHref: PackWords.href(component.sample, of: view.pack)
            )
        }
        let model = DocumentsPage.Model(
            procedureName: view.pack.name,
            papers: papers,
            dossierLimitBytes: limits.dossierBytes,
            continueAction: SiteURL.draft(id.rawValue).path,
            key: services.random.formKey(),
            backHref: SiteURL.draft(id.rawValue).path
        )
        let status: HTTPResponse.Status = errors.isEmpty ? .ok : .unprocessableContent
        return .page(DocumentsPage.html(model, in: context.frame(pageCode: "C-08")), status: status)
    }
}
