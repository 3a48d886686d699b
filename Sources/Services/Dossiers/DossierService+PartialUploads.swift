// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Digests
public import Identity
public import Kernel
public import Storage

/// Files that arrive in several requests. The order is always: bytes on disk, then the row that says so.
extension DossierService {
    /// Begins one, with nothing in it yet.
    ///
    /// - Parameters:
    ///   - place: where the file shall stand.
    ///   - component: the paper.
    ///   - name: as the person named it, cleaned.
    ///   - length: its bytes.
    ///   - digest: the digest that was announced.
    ///   - actor: the applicant.
    /// - Throws: as `papers(at:for:)`; `.notFound` for a paper that is not asked for; `.tooManyFiles`,
    ///   `.tooManyFilesOfPaper`, `.dossierTooLarge`; `PartialUploadError.tooMany`; `FileStoreError`.
    /// - Returns: the upload.
    public func beginUpload(
        to place: FilePlace,
        for component: String,
        name: String,
        length: Int64,
        announced digest: Digest?,
        by actor: Actor
    ) async throws -> PartialUpload {
        let (now, limits) = (clock.now(), settings.limits)
        let view = try await papers(at: place, for: actor)
        guard let account = actor.account, let paper = view.paper(component) else { throw DossierRefusal.notFound }
        guard view.files(of: component).count < paper.fileLimit else {
            throw DossierRefusal.tooManyFilesOfPaper(component: component, limit: paper.fileLimit)
        }
        try limits.check(view.counted.map(\.size) + [length])
        let upload = PartialUpload(
            id: PartialFileID(random),
            account: account,
            place: place,
            component: component,
            name: name,
            length: length,
            announced: digest,
            offset: 0,
            createdAt: now,
            expiresAt: now.adding(seconds: PartialUpload.lifetimeSeconds),
            isDone: false
        )
        try await files.beginPartial(upload.id)
        do {
            try await store.write { transaction in
                // A person's unfinished files may take as much room as one dossier, and no more.
                let waiting = try PartialUploadTable.waiting(of: account, after: now, in: transaction)
                guard waiting.count < PartialUpload.countLimit, waiting.bytes + length <= limits.totalBytes else {
                    throw PartialUploadError.tooMany(limit: waiting.count)
                }
                try PartialUploadTable.insert(upload, in: transaction)
            }
        } catch {
            try await files.removePartial(upload.id)
            throw error
        }
        return upload
    }

    /// One of the actor's own.
    ///
    /// - Throws: `PartialUploadError.notFound`, also for one of somebody else; `.expired`; what the place throws when
    ///   nothing can be put there any more.
    public func upload(_ id: PartialFileID, for actor: Actor) async throws -> PartialUpload {
        let now = clock.now()
        return try await store.read { transaction in
            let upload = try Self.ownUpload(id, of: actor, at: now, in: transaction)
            _ = try OpenFilePlace(upload.place, of: actor, at: now, identity, in: transaction)
            return upload
        }
    }

    /// Notes how much of it is on disk; from now on it waits for another day.
    ///
    /// - Returns: when it expires.
    @discardableResult
    public func noteArrival(of upload: PartialUpload, upTo offset: Int64) async throws -> Instant {
        let expiry = clock.now().adding(seconds: PartialUpload.lifetimeSeconds)
        try await store.write { try PartialUploadTable.advance(upload.id, to: offset, until: expiry, in: $0) }
        return expiry
    }

    /// Puts the file that it became in its place, once; afterwards its pieces are gone.
    ///
    /// - Throws: as `attach(_:to:by:)`; `PartialUploadError.notFound`.
    public func finish(_ upload: PartialUpload, as file: DossierFile, by actor: Actor) async throws {
        let (now, limits) = (clock.now(), settings.limits)
        _ = try await self.upload(upload.id, for: actor)
        let paper = try await papers(at: upload.place, for: actor).paper(upload.component)
        try await store.write { transaction in
            _ = try Self.ownUpload(upload.id, of: actor, at: now, in: transaction)
            var open = try OpenFilePlace(upload.place, of: actor, at: now, identity, in: transaction)
            guard try PartialUploadTable.finish(upload.id, in: transaction) else { return }
            try open.checkRoom(for: paper)
            try open.checkType(of: file, for: paper)
            try open.add(file, limits, in: transaction)
            try open.touch(at: now, in: transaction)
        }
        try await files.removePartial(upload.id)
    }

    /// Throws one away with its bytes; nothing happens when it is gone already.
    ///
    /// - Throws: `PartialUploadError.notFound` for one of somebody else.
    public func discardUpload(_ id: PartialFileID, by actor: Actor) async throws {
        try await store.write { transaction in
            guard let upload = try PartialUploadTable.find(id, in: transaction) else { return }
            guard upload.account == actor.account else { throw PartialUploadError.notFound }
            try PartialUploadTable.delete(id, in: transaction)
        }
        try await files.removePartial(id)
    }

    /// Removes what waited too long, and bytes that no row names; called by the worker.
    ///
    /// - Returns: how many files were removed.
    public func removeEndedUploads() async throws -> Int {
        let now = clock.now()
        _ = try await store.write { try PartialUploadTable.deleteExpired(before: now, in: $0) }
        // A file is there before its row: one that was just begun has none yet.
        let old = try await files.partials(before: now.adding(seconds: -3_600))
        var removed = 0
        for group in stride(from: 0, to: old.count, by: 500) {
            let ids = Array(old[group..<min(group + 500, old.count)])
            let needed = try await store.read { try PartialUploadTable.needed(among: ids, in: $0) }
            for id in ids where !needed.contains(id) {
                try await files.removePartial(id)
                removed += 1
            }
        }
        return removed
    }

    private static func ownUpload(
        _ id: PartialFileID,
        of actor: Actor,
        at now: Instant,
        in transaction: Transaction
    ) throws -> PartialUpload {
        guard let upload = try PartialUploadTable.find(id, in: transaction), let account = actor.account,
            upload.account == account
        else { throw PartialUploadError.notFound }
        guard now < upload.expiresAt else { throw PartialUploadError.expired }
        return upload
    }
}
