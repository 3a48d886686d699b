// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
public import Identity
public import Kernel
import Storage

/// What a person does with the files of a draft once they are there.
extension DossierService {
    /// Puts one file, whose bytes are on disk already, in the place of the photos of a paper that it was made of.
    ///
    /// - Parameters:
    ///   - photos: the files that were joined; all photos of the paper.
    ///   - file: what they were joined to, for the same paper.
    ///   - id: the draft.
    ///   - actor: the applicant.
    /// - Throws: as `draft(_:for:)`; `.draftChangedMeanwhile` when a photo was added or taken away since; then nothing
    ///   is changed. `.dossierTooLarge`.
    public func join(
        _ photos: [DossierFileID],
        into file: DossierFile,
        of id: DossierDraftID,
        by actor: Actor
    ) async throws {
        let (now, limits) = (clock.now(), settings.limits)
        try await store.write { transaction in
            var draft = try Self.ownDraft(id, of: actor, at: now, in: transaction)
            let present = try FileTable.files(of: id, in: transaction)
            let standing = present.filter { $0.component == file.component && $0.isPhoto }
            guard Set(standing.map(\.id)) == Set(photos) else { throw DossierRefusal.draftChangedMeanwhile }
            let others = present.filter { !photos.contains($0.id) }
            guard others.reduce(file.size, { $0 + $1.size }) <= limits.totalBytes else {
                throw DossierRefusal.dossierTooLarge(limitBytes: limits.totalBytes)
            }
            for photo in photos { _ = try FileTable.remove(photo, from: id, in: transaction) }
            try FileTable.insert(file, draft: id, dossier: nil, in: transaction)
            try Self.touch(&draft, at: now, in: transaction)
        }
    }

    /// Puts a file of a draft one place higher among the files of its paper; nothing happens with the first.
    ///
    /// - Throws: as `draft(_:for:)`; `.notFound` for a file that is not in the draft.
    public func raise(_ file: DossierFileID, of id: DossierDraftID, by actor: Actor) async throws {
        let now = clock.now()
        try await store.write { transaction in
            var draft = try Self.ownDraft(id, of: actor, at: now, in: transaction)
            let present = try FileTable.files(of: id, in: transaction)
            guard let component = present.first(where: { $0.id == file })?.component else {
                throw DossierRefusal.notFound
            }
            var order = present.filter { $0.component == component }
            guard let place = order.firstIndex(where: { $0.id == file }), place > 0 else { return }
            let first = order.map(\.addedAt).min() ?? now
            order.swapAt(place - 1, place)
            // The order is that of the moments, so each gets one of its own.
            for (index, moved) in order.enumerated() {
                let moment = Instant(microseconds: first.microseconds + Int64(index))
                try FileTable.move(moved.id, of: id, to: moment, in: transaction)
            }
            try Self.touch(&draft, at: now, in: transaction)
        }
    }

    /// Lets a file of a draft stand for another paper too; nothing happens when it does already.
    ///
    /// - Parameters:
    ///   - file: the file that was uploaded for one paper.
    ///   - component: the other paper.
    ///   - id: the draft.
    ///   - actor: the applicant.
    /// - Throws: as `draft(_:for:)`; `.notFound` for a file that is not in the draft or a paper that it does not call
    ///   for; `.tooManyFiles`, `.dossierTooLarge`.
    public func reuse(
        _ file: DossierFileID,
        for component: String,
        of id: DossierDraftID,
        by actor: Actor
    ) async throws {
        let view = try await draft(id, for: actor)
        guard view.components.contains(where: { $0.component.id == component }) else { throw DossierRefusal.notFound }
        let (now, limits, copyID) = (clock.now(), settings.limits, DossierFileID(random))
        try await store.write { transaction in
            var draft = try Self.ownDraft(id, of: actor, at: now, in: transaction)
            let present = try FileTable.files(of: id, in: transaction)
            guard var copy = present.first(where: { $0.id == file }) else { throw DossierRefusal.notFound }
            let stands = present.contains { $0.component == component && $0.digest == copy.digest }
            guard !stands else { return }
            (copy.id, copy.component, copy.addedAt) = (copyID, component, now)
            guard present.count < limits.fileCount else { throw DossierRefusal.tooManyFiles(limit: limits.fileCount) }
            guard present.reduce(copy.size, { $0 + $1.size }) <= limits.totalBytes else {
                throw DossierRefusal.dossierTooLarge(limitBytes: limits.totalBytes)
            }
            try FileTable.insert(copy, draft: id, dossier: nil, in: transaction)
            try Self.touch(&draft, at: now, in: transaction)
        }
    }
}

extension DossierFile {
    /// Whether it is a picture, by content.
    public var isPhoto: Bool { mediaType.hasPrefix("image/") }
}
