// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import Kernel
import Markup
import Site
import Web

/// The two places where a citizen puts files, with their addresses: the draft that is being filled in, and the answer
/// to a request for supplement.
struct FileSide: Sendable {
    private enum Kind { case draft, supplement }

    private let kind: Kind
    /// The draft's id or the dossier's code, or the slot of it.
    private let owner: String

    /// For registration.
    static let draft = FileSide(kind: .draft, owner: PathSlot.draft)
    /// For registration.
    static let supplement = FileSide(kind: .supplement, owner: PathSlot.code)

    private init(kind: Kind, owner: String) { (self.kind, self.owner) = (kind, owner) }

    /// For links.
    init(_ place: FilePlace) {
        switch place {
        case .draft(let id): self.init(kind: .draft, owner: id.rawValue)
        case .supplement(let code): self.init(kind: .supplement, owner: code.text)
        }
    }

    /// Which rule the service applies.
    var rule: String { kind == .draft ? "own draft" : "own dossier" }

    /// The place that a request means.
    ///
    /// - Throws: `notFound`.
    func place(_ context: CitizenContext) throws -> FilePlace {
        switch kind {
        case .draft: .draft(try context.pathID(PathSlot.draft))
        case .supplement: .supplement(try context.dossierCode())
        }
    }

    /// The page with the papers.
    var page: SiteURL { kind == .draft ? .draftFiles(owner) : .dossierSupplement(owner) }

    /// Where a form with files goes.
    var files: SiteURL { kind == .draft ? .draftFiles(owner) : .dossierSupplementFiles(owner) }

    /// Where an upload in pieces begins.
    var uploads: SiteURL { kind == .draft ? .draftUploads(owner) : .supplementUploads(owner) }

    var joining: SiteURL { kind == .draft ? .draftFileJoining(owner) : .supplementFileJoining(owner) }

    var reuse: SiteURL { kind == .draft ? .draftFileReuse(owner) : .supplementFileReuse(owner) }

    func file(_ file: String) -> SiteURL {
        kind == .draft ? .draftFile(owner, file: file) : .dossierFile(owner, file: file)
    }

    func removal(_ file: String) -> SiteURL {
        kind == .draft ? .draftFileRemoval(owner, file: file) : .supplementFileRemoval(owner, file: file)
    }

    func raising(_ file: String) -> SiteURL {
        kind == .draft ? .draftFileRaising(owner, file: file) : .supplementFileRaising(owner, file: file)
    }

    /// What the pages show of a paper's files.
    func paperFiles(
        of paper: RequiredComponent,
        in view: FilePlaceView,
        limitBytes: Int64,
        error: String?
    ) -> PaperFiles {
        let photos = view.photos(of: paper.id)
        let lines = view.files(of: paper.id).map { file in
            let open = self.file(file.id.rawValue).path
            let isRaisable = file.isPhoto && photos.first?.id != file.id
            return PaperFiles.FileLine(
                name: file.name,
                sizeBytes: file.size,
                pageCount: file.pages,
                thumbnailHref: file.isPhoto ? open : nil,
                openHref: open,
                removeAction: removal(file.id.rawValue).path,
                raiseAction: isRaisable ? raising(file.id.rawValue).path : nil
            )
        }
        let unfinished = view.unfinished.filter { $0.component == paper.id }.map { upload in
            PaperFiles.Unfinished(
                name: upload.name,
                arrivedBytes: upload.offset,
                lengthBytes: upload.length,
                digest: upload.announced?.hex,
                action: SiteURL.upload(upload.id.rawValue).path,
                removeAction: SiteURL.uploadRemoval(upload.id.rawValue).path
            )
        }
        return PaperFiles(
            id: paper.id,
            name: paper.name,
            files: lines,
            unfinished: unfinished,
            error: error,
            limitBytes: limitBytes,
            mostFiles: paper.fileLimit,
            // Where nothing was chosen, the form itself does not say which paper it was.
            uploadAction: files.path([(PaperField.paper, paper.id)]),
            resumeAction: uploads.path,
            accepts: paper.accepts,
            joinAction: photos.count < 2 || !paper.takes(FileType.pdf.mediaType) ? nil : joining.path,
            reuse: reusable(for: paper.id, in: view),
            held: held(for: paper.id, in: view)
        )
    }

    /// What stands before the id of a result where a file is chosen.
    static let resultMark = "ket-qua."

    /// The person's own results that do not stand for the paper yet; nil without.
    private func held(for component: String, in view: FilePlaceView) -> PaperFiles.Reuse? {
        let standing = Set(view.files(of: component).map(\.digest))
        let choices = view.results.filter { $0.component == component && !standing.contains($0.digest) }.map { result in
            FieldPart.Choice(Self.resultMark + result.id.rawValue, result.words)
        }
        return choices.isEmpty ? nil : PaperFiles.Reuse(files: choices, action: reuse.path)
    }

    /// The files of other papers that do not stand for this one yet; nil without.
    private func reusable(for component: String, in view: FilePlaceView) -> PaperFiles.Reuse? {
        var standing = Set(view.counted.filter { $0.component == component }.map(\.digest))
        let choices = view.counted.filter { standing.insert($0.digest).inserted }.map { file in
            FieldPart.Choice(file.id.rawValue, file.name)
        }
        return choices.isEmpty ? nil : PaperFiles.Reuse(files: choices, action: reuse.path)
    }
}
