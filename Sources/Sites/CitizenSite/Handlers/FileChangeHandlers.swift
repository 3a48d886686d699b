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

/// What becomes of files that are there already, in a draft or a supplement: taken away, put in order, photos joined to
/// one paper, a file used for another paper.
struct FileChangeHandlers: Sendable {
    let services: CitizenServices
    let side: FileSide
    /// The page with the papers and what is wrong with them.
    let page: @Sendable (FilePlace, CitizenContext, _ errors: [String: String]) async throws -> Response

    func add(to routes: SiteRoutes) {
        routes.post(side.removal(PathSlot.file), for: .citizen, rule: side.rule) { _, _, context in
            let place = try side.place(context)
            try await services.dossiers.detach(try context.pathID(PathSlot.file), from: place, by: context.actor)
            return .seeOther(FileSide(place).page.path)
        }
        routes.post(side.raising(PathSlot.file), for: .citizen, rule: side.rule) { _, _, context in
            let place = try side.place(context)
            try await services.dossiers.raise(try context.pathID(PathSlot.file), of: place, by: context.actor)
            return .seeOther(FileSide(place).page.path)
        }
        routes.post(side.joining, for: .citizen, rule: side.rule, join)
        routes.post(side.reuse, for: .citizen, rule: side.rule, reuse)
    }

    private func join(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let place = try side.place(context)
        let view = try await services.dossiers.papers(at: place, for: context.actor)
        guard let paper = view.paper(form[PaperField.paper]) else { throw RequestError.notFound }
        let photos = view.photos(of: paper.id)
        // A second press of the button finds them joined.
        guard photos.count > 1 else { return .seeOther(FileSide(place).page.path) }
        guard paper.takes(UploadType.pdf.rawValue) else {
            return try await page(place, context, [paper.id: paper.wrongTypeSentence])
        }
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
            try await services.dossiers.join(photos.map(\.id), into: file, of: place, by: context.actor)
        } catch let error as UploadError where error != .unreadable {
            return try await page(place, context, [paper.id: error.publicDetail ?? ""])
        } catch let refusal as DossierRefusal where refusal.isAboutFiles {
            return try await page(place, context, [paper.id: refusal.publicDetail ?? ""])
        }
        return .seeOther(FileSide(place).page.path)
    }

    private func reuse(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let place = try side.place(context)
        let view = try await services.dossiers.papers(at: place, for: context.actor)
        guard let paper = view.paper(form[PaperField.paper]) else { throw RequestError.notFound }
        guard let chosen = form[PaperField.file], !chosen.isEmpty else {
            return try await page(place, context, [paper.id: "Chọn tệp cần dùng lại"])
        }
        do {
            if chosen.hasPrefix(FileSide.resultMark) {
                let id = ResultID(rawValue: String(chosen.dropFirst(FileSide.resultMark.count)))
                guard let id else { throw RequestError.notFound }
                try await services.dossiers.reuse(result: id, for: paper.id, of: place, by: context.actor)
            } else {
                guard let file = view.counted.first(where: { $0.id.rawValue == chosen }) else {
                    throw RequestError.notFound
                }
                try await services.dossiers.reuse(file.id, for: paper.id, of: place, by: context.actor)
            }
        } catch let refusal as DossierRefusal where refusal.isAboutFiles {
            return try await page(place, context, [paper.id: refusal.publicDetail ?? ""])
        }
        return .seeOther(FileSide(place).page.path)
    }

    /// A name of a file from the name of a paper: no sign that a disk does not take, and not longer than a line.
    private static func fileName(_ paper: String) -> String {
        let stem = paper.map { "/\\:*?\"<>|".contains($0) ? "-" : $0 }.prefix(100)
        return "\(String(stem)).pdf"
    }
}
