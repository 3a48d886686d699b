// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import Hummingbird
import Kernel
import Markup
import Site
import Storage
import Uploads
import Web

/// What becomes of files that are in a draft already: photos joined to one paper, a file used for another paper.
extension DraftFileHandlers {
    func join(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let id: DossierDraftID = try context.pathID(PathSlot.draft)
        let view = try await services.dossiers.draft(id, for: context.actor)
        guard let paper = view.paper(form[PaperField.paper]) else { throw RequestError.notFound }
        let photos = view.photos(of: paper.id)
        // A second press of the button finds them joined.
        guard photos.count > 1 else { return .seeOther(SiteURL.draftFiles(id.rawValue).path) }
        let sources = photos.map { photo in
            (path: services.files.path(of: photo.digest), type: UploadType(rawValue: photo.mediaType) ?? .jpeg)
        }
        do {
            let joined = try await services.uploads.join(sources, title: paper.name)
            let stored = try await services.files.store(joined)
            let file = DossierFile(
                id: DossierFileID(services.random),
                component: paper.id,
                digest: stored.digest,
                size: stored.size,
                mediaType: UploadType.pdf.rawValue,
                name: Self.fileName(paper.name),
                pages: photos.count,
                addedAt: context.now
            )
            try await services.dossiers.join(photos.map(\.id), into: file, of: id, by: context.actor)
        } catch let error as UploadError where error != .unreadable {
            return page(view, context, errors: [paper.id: error.publicDetail ?? ""])
        } catch let refusal as DossierRefusal where refusal.status == 413 {
            return page(view, context, errors: [paper.id: refusal.publicDetail ?? ""])
        }
        return .seeOther(SiteURL.draftFiles(id.rawValue).path)
    }

    func reuse(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let id: DossierDraftID = try context.pathID(PathSlot.draft)
        let view = try await services.dossiers.draft(id, for: context.actor)
        guard let paper = view.paper(form[PaperField.paper]) else { throw RequestError.notFound }
        guard let chosen = form[PaperField.file], !chosen.isEmpty else {
            return page(view, context, errors: [paper.id: "Chọn tệp cần dùng lại"])
        }
        guard let file = view.files.first(where: { $0.id.rawValue == chosen }) else { throw RequestError.notFound }
        do {
            try await services.dossiers.reuse(file.id, for: paper.id, of: id, by: context.actor)
        } catch let refusal as DossierRefusal where refusal.status == 413 {
            return page(view, context, errors: [paper.id: refusal.publicDetail ?? ""])
        }
        return .seeOther(SiteURL.draftFiles(id.rawValue).path)
    }

    /// Whether the order of the photos matters, and this is not the first of them.
    func isRaisable(_ file: DossierFile, in view: DraftView) -> Bool {
        let photos = view.photos(of: file.component)
        return file.isPhoto && photos.first?.id != file.id
    }

    /// The files of other papers that do not stand for this one yet; nil without.
    func reusable(for component: String, in view: DraftView) -> DocumentsPage.Reuse? {
        var standing = Set(view.files.filter { $0.component == component }.map(\.digest))
        let choices = view.files.filter { standing.insert($0.digest).inserted }.map { file in
            FieldPart.Choice(file.id.rawValue, file.name)
        }
        guard !choices.isEmpty else { return nil }
        return DocumentsPage.Reuse(files: choices, action: SiteURL.draftFileReuse(view.draft.id.rawValue).path)
    }

    /// A name of a file from the name of a paper: no sign that a disk does not take, and not longer than a line.
    private static func fileName(_ paper: String) -> String {
        let stem = paper.map { "/\\:*?\"<>|".contains($0) ? "-" : $0 }.prefix(100)
        return "\(String(stem)).pdf"
    }
}

extension DraftView {
    /// One of the papers that the answers call for.
    func paper(_ id: String?) -> RequiredComponent? { components.first { $0.component.id == id }?.component }

    /// The photos of a paper, in the order in which they were added.
    func photos(of component: String) -> [DossierFile] { files.filter { $0.component == component && $0.isPhoto } }
}
