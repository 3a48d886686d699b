// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import NIOCore
import Site
import Storage
import Uploads
import Web

/// Files that arrive in pieces and go on after a cut, by the protocol tus 1.0.0.
///
/// | method | where | what |
/// |---|---|---|
/// | POST | the papers of a draft or a supplement | announces a file: its length, name, paper, digest |
/// | HEAD | the upload | how much is there |
/// | PATCH | the upload | the next piece; with the last one the file is looked at and put to its paper |
/// | DELETE | the upload | throws it away |
///
/// An offset is told only when its bytes are on disk and a row says so. The last byte is told only when the file stands
/// with its paper: whoever hears nothing sends the last piece once more.
struct UploadHandlers: Sendable {
    let services: CitizenServices
    private static let rule = "own upload"
    /// What has arrived is put on disk at the latest after so many bytes: more than a minute's worth on a bad line.
    private static let flushBytes: Int64 = 4_000_000

    func add(to routes: SiteRoutes) {
        let headers = ResumableProtocol.headers
        for side in [FileSide.draft, .supplement] {
            routes.exchange(.options, side.uploads, for: .citizen, rule: "-", headers: headers) { _, _ in
                ResumableProtocol.capabilities(maxBytes: services.uploads.limits.fileBytes)
            }
            routes.exchange(.post, side.uploads, for: .citizen, rule: side.rule, headers: headers) { request, context in
                try await begin(request, try side.place(context), context)
            }
        }
        let url = SiteURL.upload(PathSlot.upload)
        routes.exchange(.head, url, for: .citizen, rule: Self.rule, headers: headers, standing)
        // A proxy that knows only GET and POST lets the others through as POST with their name in a header.
        for method in [HTTPRequest.Method.patch, .delete, .post] {
            routes.exchange(method, url, for: .citizen, rule: Self.rule, headers: headers) { request, context in
                try request.requireResumableVersion()
                switch request.resumableMethod {
                case .patch: return try await take(request, context)
                case .delete: return try await discard(context)
                default: throw RequestError.methodNotAllowed(allowed: ["DELETE", "HEAD", "PATCH"])
                }
            }
        }
        routes.post(.uploadRemoval(PathSlot.upload), for: .citizen, rule: Self.rule) { _, _, context in
            let id: PartialFileID = try context.pathID(PathSlot.upload)
            let upload = try await services.dossiers.upload(id, for: context.actor)
            try await services.dossiers.discardUpload(id, by: context.actor)
            return .seeOther(FileSide(upload.place).page.path)
        }
    }

    // MARK: - Announcing, asking, throwing away

    private func begin(
        _ request: Request,
        _ place: FilePlace,
        _ context: CitizenContext
    ) async throws -> Response {
        try request.requireResumableVersion()
        try services.countUpload(by: context.actor)
        let (length, facts) = (try request.resumableLength(), try request.resumableMetadata())
        let limit = services.uploads.limits.fileBytes
        guard length > 0 else { throw UploadError.empty }
        guard length <= limit else { throw UploadError.tooLarge(limitBytes: limit) }
        let digest = facts["sha256"].flatMap { Digest(hex: $0.lowercased()) }
        guard digest != nil || facts["sha256"] == nil else { throw ResumableError.metadataWrong }
        guard let paper = facts["paper"] else { throw ResumableError.metadataWrong }
        let upload = try await services.dossiers.beginUpload(
            to: place,
            for: paper,
            name: FileName.cleaned(facts["filename"] ?? ""),
            length: length,
            announced: digest,
            by: context.actor
        )
        return ResumableProtocol.created(at: SiteURL.upload(upload.id.rawValue).path, expires: upload.expiresAt)
    }

    private func standing(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try request.requireResumableVersion()
        let id: PartialFileID = try context.pathID(PathSlot.upload)
        let upload = try await services.dossiers.upload(id, for: context.actor)
        var facts = [(key: "filename", value: upload.name), (key: "paper", value: upload.component)]
        if let digest = upload.announced { facts.append((key: "sha256", value: digest.hex)) }
        return ResumableProtocol.standing(
            offset: upload.offset,
            length: upload.length,
            expires: upload.expiresAt,
            metadata: facts
        )
    }

    private func discard(_ context: CitizenContext) async throws -> Response {
        let id: PartialFileID = try context.pathID(PathSlot.upload)
        _ = try await services.dossiers.upload(id, for: context.actor)
        try await services.dossiers.discardUpload(id, by: context.actor)
        return Response(status: .noContent)
    }

    // MARK: - A piece

    private func take(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let offset = try request.resumableOffset()
        try services.countUpload(by: context.actor)
        let id: PartialFileID = try context.pathID(PathSlot.upload)
        let known = try await services.dossiers.upload(id, for: context.actor)
        if known.isDone { return try await nothingMore(request, known, offset) }
        guard let writer = try await opened(id) else { return try await lost(known, context) }
        // Asked again: now nobody else goes on with it.
        let upload = try await services.dossiers.upload(id, for: context.actor)
        if upload.isDone { return try await nothingMore(request, upload, offset) }
        guard offset == upload.offset else { throw PartialUploadError.wrongOffset(expected: upload.offset) }
        if let announced = request.headers[.contentLength].flatMap({ Int64($0) }) {
            guard announced <= upload.length - offset else { throw ResumableError.tooLong }
        }
        guard try await isStarted(writer, upload) else { return try await lost(upload, context) }
        let expires = try await receive(request, upload, writer)
        guard writer.byteCount == upload.length else {
            return ResumableProtocol.taken(upTo: writer.byteCount, expires: expires)
        }
        try await finish(upload, writer, context)
        return ResumableProtocol.taken(upTo: upload.length, expires: expires)
    }

    /// The file to go on with, alone; nil when nothing is left of it.
    private func opened(_ id: PartialFileID) async throws -> PartialFileWriter? {
        do {
            return try await services.files.lockPartial(id)
        } catch {
            guard error == .unfinishedMissing else { throw error }
            return nil
        }
    }

    /// Stands where the last piece ended; false when less than that is left.
    private func isStarted(_ writer: PartialFileWriter, _ upload: PartialUpload) async throws -> Bool {
        do {
            try await writer.start(at: upload.offset, limitBytes: upload.length)
            return true
        } catch {
            guard error == .unfinishedMissing else { throw error }
            return false
        }
    }

    /// The rest of a file that stands with its paper already: nothing, and nothing else.
    private func nothingMore(_ request: Request, _ upload: PartialUpload, _ offset: Int64) async throws -> Response {
        guard offset == upload.length else { throw PartialUploadError.wrongOffset(expected: upload.length) }
        guard try await request.bytes(limitBytes: 1).isEmpty else { throw ResumableError.tooLong }
        return ResumableProtocol.taken(upTo: upload.length, expires: upload.expiresAt)
    }

    /// A row whose bytes are gone, as after a restored backup: the person begins anew.
    private func lost(_ upload: PartialUpload, _ context: CitizenContext) async throws -> Response {
        try await services.dossiers.discardUpload(upload.id, by: context.actor)
        throw FileStoreError.unfinishedMissing
    }

    /// Takes what the body brings. What came before a cut stays, all but the last byte of the file, which says that the
    /// file stands with its paper.
    ///
    /// - Returns: until when the upload waits now.
    private func receive(
        _ request: Request,
        _ upload: PartialUpload,
        _ writer: PartialFileWriter
    ) async throws -> Instant {
        var flushed = upload.offset
        do {
            for try await buffer in request.body {
                try await writer.write(Array(buffer.readableBytesView))
                if writer.byteCount - flushed >= Self.flushBytes, writer.byteCount < upload.length {
                    flushed = writer.byteCount
                    _ = try await note(upload, writer)
                }
            }
        } catch FileStoreError.tooLarge {
            throw ResumableError.tooLong
        } catch {
            if writer.byteCount < upload.length { _ = try await note(upload, writer) }
            throw error
        }
        guard writer.byteCount < upload.length else { return upload.expiresAt }
        let expires = try await note(upload, writer)
        try Task.checkCancellation()
        return expires
    }

    /// On disk first, then in the row; also when the person is gone, for whom a cancelled task stands.
    private func note(_ upload: PartialUpload, _ writer: PartialFileWriter) async throws -> Instant {
        let dossiers = services.dossiers
        return try await Task {
            let offset = try await writer.flush()
            return try await dossiers.noteArrival(of: upload, upTo: offset)
        }.value
    }

    /// Looks at the whole file and puts it to its paper. A file that is refused is thrown away at once.
    private func finish(_ upload: PartialUpload, _ writer: PartialFileWriter, _ context: CitizenContext) async throws {
        let (dossiers, files, actor) = (services.dossiers, services.files, context.actor)
        do {
            if let announced = upload.announced {
                guard try await files.digest(ofFileAt: writer.path) == announced else {
                    throw PartialUploadError.damaged
                }
            }
            let before = try await dossiers.papers(at: upload.place, for: actor).bytes
            let limit = upload.length
            let kept = try await services.keep(fileAt: writer.path, name: upload.name, bytesBefore: before) {
                try await files.store(copyOfFileAt: writer.path, limitBytes: limit)
            }
            let file = services.file(kept, for: upload.component, at: context.now)
            try await dossiers.finish(upload, as: file, by: actor)
        } catch let error as any Presentable where Self.isFinal(error) {
            try await dossiers.discardUpload(upload.id, by: actor)
            throw error
        }
    }

    /// Whether the same bytes would be refused again.
    private static func isFinal(_ error: any Presentable) -> Bool {
        switch error {
        case let error as UploadError: error != .busy && error != .unreadable
        case let refusal as DossierRefusal: refusal.isAboutFiles
        case let error as PartialUploadError: error == .damaged
        default: false
        }
    }
}
