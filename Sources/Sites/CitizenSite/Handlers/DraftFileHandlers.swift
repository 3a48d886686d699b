// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Site
import Storage
import Uploads
import Web

/// The papers of a draft: the list, taking files in, showing and removing them.
struct DraftFileHandlers: Sendable {
    let services: CitizenServices
    static let rule = "own draft"

    func add(to routes: SiteRoutes) {
        routes.get(.draftFiles(PathSlot.draft), for: .citizen, rule: Self.rule) { _, context in
            let view = try await services.dossiers.draft(try context.pathID(PathSlot.draft), for: context.actor)
            return page(view, context, errors: [:])
        }
        let limits = FileIntake.formLimits
        routes.upload(.draftFiles(PathSlot.draft), for: .citizen, rule: Self.rule, limits: limits, upload)
        // The list itself holds no file: its "Tiếp tục" is a plain form of the draft.
        routes.post(.draft(PathSlot.draft), for: .citizen, rule: Self.rule, proceed)
        let file = SiteURL.draftFile(PathSlot.draft, file: PathSlot.file)
        routes.get(file, for: .citizen, rule: Self.rule, work: .long) { _, context in
            try await services.fileResponse(try context.pathID(PathSlot.file), for: context.actor)
        }
        let removal = SiteURL.draftFileRemoval(PathSlot.draft, file: PathSlot.file)
        routes.post(removal, for: .citizen, rule: Self.rule) { _, _, context in
            let id: DossierDraftID = try context.pathID(PathSlot.draft)
            try await services.dossiers.detach(try context.pathID(PathSlot.file), from: id, by: context.actor)
            return .seeOther(SiteURL.draftFiles(id.rawValue).path)
        }
        let raising = SiteURL.draftFileRaising(PathSlot.draft, file: PathSlot.file)
        routes.post(raising, for: .citizen, rule: Self.rule) { _, _, context in
            let id: DossierDraftID = try context.pathID(PathSlot.draft)
            try await services.dossiers.raise(try context.pathID(PathSlot.file), of: id, by: context.actor)
            return .seeOther(SiteURL.draftFiles(id.rawValue).path)
        }
        routes.post(.draftFileJoining(PathSlot.draft), for: .citizen, rule: Self.rule, join)
        routes.post(.draftFileReuse(PathSlot.draft), for: .citizen, rule: Self.rule, reuse)
    }

    private func upload(_ form: UploadForm, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let id: DossierDraftID = try context.pathID(PathSlot.draft)
        let view = try await services.dossiers.draft(id, for: context.actor)
        let known = Dictionary(uniqueKeysWithValues: view.components.map { ($0.component.id, $0.component) })
        let before = view.files.reduce(0) { $0 + $1.size }
        let intake = FileIntake(services: services, bytesBefore: before, now: context.now)
        _ = try await intake.read(form) { component in
            known[component] != nil
        } attach: { file in
            try await services.dossiers.attach(file, to: id, by: context.actor)
        }
        var errors = await intake.errors
        if errors.isEmpty, await intake.taken == 0, let chosen = await intake.emptyFields.first,
            let paper = known[chosen]
        {
            errors[chosen] = PackWords.missing(paper)
        }
        guard errors.isEmpty else {
            return page(try await services.dossiers.draft(id, for: context.actor), context, errors: errors)
        }
        return .seeOther(SiteURL.draftFiles(id.rawValue).path)
    }

    private func proceed(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let view = try await services.dossiers.draft(try context.pathID(PathSlot.draft), for: context.actor)
        if form.isLeaving { return .seeOther(SiteURL.account.path([("bao", "da-luu")])) }
        if let missing = view.missingComponents.first {
            return page(view, context, errors: [missing.id: PackWords.missing(missing)])
        }
        return .seeOther(DraftPlan.next(after: .files, in: view))
    }

    func page(_ view: DraftView, _ context: CitizenContext, errors: [String: String]) -> Response {
        let draft = view.draft.id.rawValue
        let papers = view.components.map { component, isRequired in
            let files = view.files.filter { $0.component == component.id }.map { file in
                let open = SiteURL.draftFile(draft, file: file.id.rawValue).path
                return DocumentsPage.FileLine(
                    name: file.name,
                    sizeBytes: file.size,
                    pageCount: file.pages,
                    thumbnailHref: file.mediaType.hasPrefix("image/") ? open : nil,
                    openHref: open,
                    removeAction: SiteURL.draftFileRemoval(draft, file: file.id.rawValue).path,
                    raiseAction: isRaisable(file, in: view)
                        ? SiteURL.draftFileRaising(draft, file: file.id.rawValue).path : nil
                )
            }
            return DocumentsPage.PaperNeed(
                id: component.id,
                name: component.name,
                detail: PackWords.paper(component),
                isOptional: !isRequired,
                files: files,
                error: errors[component.id],
                uploadAction: SiteURL.draftFiles(draft).path,
                joinAction: view.photos(of: component.id).count < 2 ? nil : SiteURL.draftFileJoining(draft).path,
                reuse: reusable(for: component.id, in: view)
            )
        }
        let model = DocumentsPage.Model(
            procedureName: view.pack.name,
            papers: papers,
            fileLimitBytes: services.uploads.limits.fileBytes,
            dossierLimitBytes: services.uploads.limits.dossierBytes,
            continueAction: SiteURL.draft(draft).path,
            key: services.random.formKey(),
            backHref: SiteURL.draft(draft).path
        )
        let status: HTTPResponse.Status = errors.isEmpty ? .ok : .unprocessableContent
        return .page(DocumentsPage.html(model, in: context.frame(pageCode: "C-08")), status: status)
    }
}

/// Takes the files of one form in: to disk, looked at, kept, then to the dossier. A picture is kept as it was drawn
/// anew. What is refused is told by its field.
actor FileIntake {
    /// A file over the limit must still arrive to be told beside its paper: the form takes a whole dossier's bytes, the
    /// intake refuses the single file.
    static let formLimits = MultipartLimits(fileBytes: 100_000_000)

    private let services: CitizenServices
    private var bytesBefore: Int64
    private let now: Instant
    private(set) var errors: [String: String] = [:]
    private(set) var taken = 0
    /// Fields in which no file was chosen.
    private(set) var emptyFields: [String] = []

    init(services: CitizenServices, bytesBefore: Int64, now: Instant) {
        self.services = services
        self.bytesBefore = bytesBefore
        self.now = now
    }

    /// Reads the form.
    ///
    /// - Parameters:
    ///   - form: the form with files.
    ///   - isKnown: whether a field is a paper of this dossier; other files are skipped.
    ///   - attach: puts a file, whose bytes are on disk, to the dossier.
    /// - Returns: the ordinary fields.
    /// - Throws: what the form and the store throw; faults of single files are in `errors`.
    func read(
        _ form: UploadForm,
        isKnown: (String) -> Bool,
        attach: (DossierFile) async throws -> Void
    ) async throws -> FormFields {
        var part: UploadedPart?
        var writer: FileWriter?
        return try await form.read { event, _ in
            switch event {
            case .began(let began):
                part = isKnown(began.fieldName) ? began : nil
                writer =
                    part == nil ? nil : try await services.files.begin(limitBytes: services.uploads.limits.fileBytes)
            case .bytes(let bytes):
                do {
                    try await writer?.write(bytes)
                } catch FileStoreError.tooLarge {
                    let limit = services.uploads.limits.fileBytes
                    if let field = part?.fieldName {
                        errors[field] = UploadError.tooLarge(limitBytes: limit).publicDetail
                    }
                    await writer?.cancel()
                    writer = nil
                }
            case .ended:
                if let part, let writer { try await finish(part, writer, attach) }
                (part, writer) = (nil, nil)
            }
        }
    }

    private func finish(
        _ part: UploadedPart,
        _ writer: FileWriter,
        _ attach: (DossierFile) async throws -> Void
    ) async throws {
        if writer.byteCount == 0, part.fileName.isEmpty {
            emptyFields.append(part.fieldName)
            await writer.cancel()
            return
        }
        let kept: (file: CheckedFile, stored: StoredFileRef)
        do {
            kept = try await keep(part, writer)
        } catch let error as UploadError where error != .unreadable {
            await writer.cancel()
            errors[part.fieldName] = error.publicDetail
            return
        }
        let file = DossierFile(
            id: DossierFileID(services.random),
            component: part.fieldName,
            digest: kept.stored.digest,
            size: kept.stored.size,
            mediaType: kept.file.type.rawValue,
            name: kept.file.displayName,
            pages: kept.file.pageCount,
            // One after the other, so that photos chosen at once keep their order.
            addedAt: Instant(microseconds: now.microseconds + Int64(taken))
        )
        do {
            try await attach(file)
            bytesBefore += kept.stored.size
            taken += 1
        } catch let refusal as DossierRefusal where refusal.status == 413 {
            errors[part.fieldName] = refusal.publicDetail
        }
    }

    /// Looks at what arrived; only then it enters the store, a picture as it was drawn anew.
    private func keep(_ part: UploadedPart, _ writer: FileWriter) async throws -> (
        file: CheckedFile, stored: StoredFileRef
    ) {
        let (uploads, path) = (services.uploads, writer.path)
        let checked = try await uploads.check(path: path, name: part.fileName, bytesBefore: bytesBefore)
        guard let picture = try await uploads.clean(path: path, of: checked) else {
            return (checked, try await writer.finish())
        }
        await writer.cancel()
        return (picture.file, try await services.files.store(picture.bytes))
    }
}

extension CitizenServices {
    /// A file of a dossier or draft that the actor may see, shown in the browser where it can be.
    func fileResponse(_ id: DossierFileID, for actor: Actor) async throws -> Response {
        let file = try await dossiers.file(id, for: actor)
        let reader = try await files.open(file.digest)
        let type = ServedType(rawValue: file.mediaType) ?? .other
        return .stored(reader, type: type, name: file.name, disposition: .inline)
    }
}
