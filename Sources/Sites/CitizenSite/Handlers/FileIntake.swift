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
        let kept: KeptFile
        do {
            kept = try await services.keep(fileAt: writer.path, name: part.fileName, bytesBefore: bytesBefore) {
                try await writer.finish()
            }
            await writer.cancel()
        } catch let error as UploadError where error != .unreadable {
            await writer.cancel()
            errors[part.fieldName] = error.publicDetail
            return
        }
        // One after the other, so that photos chosen at once keep their order.
        let moment = Instant(microseconds: now.microseconds + Int64(taken))
        let file = services.file(kept, for: part.fieldName, at: moment)
        do {
            try await attach(file)
            bytesBefore += kept.stored.size
            taken += 1
        } catch let refusal as DossierRefusal where refusal.isAboutFiles {
            errors[part.fieldName] = refusal.publicDetail
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
