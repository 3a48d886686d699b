// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Hummingbird
import Identity
import Kernel
import Site
import Storage
import Uploads
import Web

/// Takes the files of one form in: to disk, looked at, kept, then to the dossier. A picture is kept as it was drawn
/// anew. What is refused is told by its field.
actor FileIntake {
    /// A file over the limit must still arrive to be told beside its paper: the form takes a whole dossier's bytes, the
    /// intake refuses the single file. So with the number of files: what was taken before the one too much stays.
    static let formLimits = MultipartLimits(files: 100, fileBytes: 100_000_000)

    private let services: CitizenServices
    private var bytesBefore: Int64
    private let now: Instant
    private(set) var errors: [String: String] = [:]
    private(set) var taken = 0
    /// Files that are on disk and wait to be put to the dossier, when the form is read before anything is changed.
    private(set) var arrived: [DossierFile] = []

    init(services: CitizenServices, bytesBefore: Int64, now: Instant) {
        self.services = services
        self.bytesBefore = bytesBefore
        self.now = now
    }

    /// Reads the form.
    ///
    /// - Parameters:
    ///   - form: the form with files.
    ///   - paper: which paper of this dossier a field stands for; files of other fields are skipped.
    ///   - attach: puts a file, whose bytes are on disk, to the dossier; nil = they are kept in `arrived`.
    /// - Returns: the ordinary fields.
    /// - Throws: what the form and the store throw; faults of single files are in `errors`.
    func read(
        _ form: UploadForm,
        paper: (String) -> String?,
        attach: ((DossierFile) async throws -> Void)?
    ) async throws -> FormFields {
        var part: (name: String, component: String)?
        var writer: FileWriter?
        return try await form.read { event, _ in
            switch event {
            case .began(let began):
                part = paper(began.fieldName).map { (began.fileName, $0) }
                writer =
                    part == nil ? nil : try await services.files.begin(limitBytes: services.uploads.limits.fileBytes)
            case .bytes(let bytes):
                do {
                    try await writer?.write(bytes)
                } catch FileStoreError.tooLarge {
                    let limit = services.uploads.limits.fileBytes
                    if let component = part?.component {
                        errors[component] = UploadError.tooLarge(limitBytes: limit).publicDetail
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
        _ part: (name: String, component: String),
        _ writer: FileWriter,
        _ attach: ((DossierFile) async throws -> Void)?
    ) async throws {
        let kept: KeptFile
        do {
            kept = try await services.keep(fileAt: writer.path, name: part.name, bytesBefore: bytesBefore) {
                try await writer.finish()
            }
            await writer.cancel()
        } catch let error as UploadError where error != .unreadable {
            await writer.cancel()
            errors[part.component] = error.publicDetail
            return
        }
        // One after the other, so that photos chosen at once keep their order.
        let moment = Instant(microseconds: now.microseconds + Int64(taken + arrived.count))
        let file = services.file(kept, for: part.component, at: moment)
        if let attach {
            if try await put(file, attach) { bytesBefore += file.size }
        } else {
            arrived.append(file)
            bytesBefore += file.size
        }
    }

    /// Puts a file to the dossier; what is refused is told by its paper.
    ///
    /// - Throws: what is not about the file.
    /// - Returns: whether it was taken.
    @discardableResult
    func put(_ file: DossierFile, _ attach: (DossierFile) async throws -> Void) async throws -> Bool {
        do {
            try await attach(file)
            taken += 1
            return true
        } catch let refusal as DossierRefusal where refusal.isAboutFiles {
            errors[file.component] = refusal.publicDetail
            return false
        }
    }
}

/// A file of the store and what was found in it.
struct KeptFile {
    let file: CheckedFile
    let stored: StoredFileRef
}

extension CitizenServices {
    /// Looks at what arrived; only then it enters the store, a picture as it was drawn anew.
    ///
    /// - Parameters:
    ///   - path: where it lies.
    ///   - name: as the person named it, cleaned.
    ///   - bytesBefore: what the place holds already.
    ///   - asItIs: puts the file itself into the store.
    /// - Throws: `UploadError`, `FileStoreError`.
    /// - Returns: the file as it was kept.
    func keep(
        fileAt path: String,
        name: String,
        bytesBefore: Int64,
        asItIs: () async throws -> StoredFileRef
    ) async throws -> KeptFile {
        let checked = try await uploads.check(path: path, name: name, bytesBefore: bytesBefore)
        guard let picture = try await uploads.clean(path: path, of: checked) else {
            return KeptFile(file: checked, stored: try await asItIs())
        }
        return KeptFile(file: picture.file, stored: try await files.store(picture.bytes))
    }

    /// A file of the store as a file of a paper.
    func file(_ kept: KeptFile, for component: String, at moment: Instant) -> DossierFile {
        DossierFile(
            id: DossierFileID(random),
            component: component,
            digest: kept.stored.digest,
            size: kept.stored.size,
            mediaType: kept.file.type.rawValue,
            name: kept.file.displayName,
            pages: kept.file.pageCount,
            addedAt: moment
        )
    }

    /// A file of a dossier or draft that the actor may see, shown in the browser where it can be.
    func fileResponse(_ id: DossierFileID, for actor: Actor) async throws -> Response {
        let file = try await dossiers.file(id, for: actor)
        let reader = try await files.open(file.digest)
        let type = ServedType(rawValue: file.mediaType) ?? .other
        return .stored(reader, type: type, name: file.name, disposition: .inline)
    }
}
