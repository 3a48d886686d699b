// SPDX-License-Identifier: Apache-2.0

public import Identity
import Kernel
import Storage

extension CatalogueService {
    /// Most drafts that the book shows; every procedure of the country has one line.
    private static let draftLimit = 10_000

    /// The book of procedures: what is offered, worked on and retired, of which computed level.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `StoreError`.
    public func book(_ question: BookQuestion, for actor: Actor) async throws -> BookAnswer {
        try permit(actor)
        let (today, basis) = (clock.today, basis)
        let drafts = try await store.survey { transaction in
            try PackDraftTable.list(
                after: nil,
                awaitingVerification: nil,
                limit: Self.draftLimit,
                in: transaction
            )
        }
        var open = Dictionary(drafts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var lines = standings(on: today).map { standing in
            let entry = standing.entry
            return BookLine(
                code: entry.code,
                name: entry.name,
                entry: entry,
                isOffered: standing.isOffered,
                versionCount: standing.versionCount,
                retiredFrom: standing.retiredFrom,
                draft: open.removeValue(forKey: entry.code),
                level: basis.assessment(entry.code, entry.facts.shown).level
            )
        }
        lines += open.values.map { draft in
            BookLine(
                code: draft.code,
                name: draft.name,
                entry: nil,
                isOffered: false,
                versionCount: 0,
                retiredFrom: nil,
                draft: draft,
                level: nil
            )
        }
        let hits = question.query.isEmpty ? [] : search(question.query, on: today, limit: .max).hits.map(\.code)
        return BookAnswer(question, of: lines, hits: Set(hits))
    }

    /// The published procedure whose copy a draft began as, as it stood when it was copied: what has changed since is
    /// the difference; nil for a draft that is no copy, and for one that an older release copied.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `StoreError`.
    public func model(of draft: PackDraft, for actor: Actor) async throws -> (code: String, source: PackSource)? {
        try permit(actor)
        guard let digest = draft.model else { return nil }
        let stored = try await store.read { try ProcedureVersionTable.version(digest, in: $0) }
        guard let stored,
            let copy = PackSkeleton.copy(PackSource(path: stored.code, files: stored.files), as: draft.code)
        else { return nil }
        return (stored.code, copy)
    }
}
