// SPDX-License-Identifier: Apache-2.0

import Digests
public import Identity
import Journal
import Kernel
import Storage
import WorkingTime

/// Drafts of packs: what administrators work on before it is published.
///
/// Each command takes the version of the draft that its author saw; a draft that changed meanwhile is refused, and
/// nothing is lost. Every state is kept for a while, so that a change can be taken back.
extension CatalogueService {
    // MARK: - Queries

    /// The draft of a procedure; nil when there is none.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `StoreError`.
    public func draft(_ code: String, for actor: Actor) async throws -> PackDraft? {
        try permit(actor)
        return try await store.read { try PackDraftTable.find(code, in: $0) }
    }

    /// The drafts after a code, in the order of their codes, at most 100.
    ///
    /// - Parameters:
    ///   - code: the last one of the page before; nil for the first page.
    ///   - awaitingVerification: true for those alone that are sound and wait for the comparison of facts, false for
    ///     the others, nil for all.
    ///   - limit: how many.
    ///   - actor: who asks.
    /// - Returns: what a list shows of each.
    /// - Throws: `CatalogueError.notAllowed`, `StoreError`.
    public func drafts(
        after code: String? = nil,
        awaitingVerification: Bool? = nil,
        limit: Int = 100,
        for actor: Actor
    ) async throws -> [PackDraftSummary] {
        try permit(actor)
        return try await store.read { transaction in
            try PackDraftTable.list(
                after: code,
                awaitingVerification: awaitingVerification,
                limit: min(max(limit, 1), 100),
                in: transaction
            )
        }
    }

    /// The files of a draft for the operator's command line: whoever holds the database holds its drafts.
    ///
    /// - Throws: `StoreError`.
    public func exportedDraft(_ code: String) async throws -> PackSource? {
        try await store.read { try PackDraftTable.find(code, in: $0)?.source }
    }

    // MARK: - Commands

    /// Begins a draft.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `.codeMalformed`, `.draftExists`, `.codeTaken` for a new procedure whose
    ///   code is published already, `.unknownProcedure`, `.unknownVersion`, `.draftRefused`; `StoreError`.
    @discardableResult
    public func begin(_ code: String, from start: DraftStart, by actor: Actor) async throws -> PackDraft {
        try permit(actor)
        guard PackSkeleton.isCode(code) else { throw CatalogueError.codeMalformed(code) }
        let (now, author) = (clock.now(), DraftAuthor(actor))
        let checker = checker
        return try await store.write { transaction in
            guard try PackDraftTable.find(code, in: transaction) == nil else { throw CatalogueError.draftExists(code) }
            let (source, base, model) = try Self.files(of: code, from: start, on: now.date, in: transaction)
            let state = try Self.state(source, checker, at: now, by: author)
            let origin: PackDraft.Origin =
                switch start {
                case .current, .version, .empty: .begun
                case .copy: .copied
                case .files: .imported
                }
            guard try PackDraftTable.insert(code, origin, base: base, model: model, state, in: transaction),
                let draft = try PackDraftTable.find(code, in: transaction)
            else { throw CatalogueError.draftExists(code) }
            return draft
        }
    }

    /// Keeps files as the next state of a draft; the same files change nothing.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `.unknownDraft`, `.draftChanged`, `.draftRefused`; `StoreError`.
    @discardableResult
    public func save(
        _ source: PackSource,
        as code: String,
        expecting version: Int,
        by actor: Actor
    ) async throws -> PackDraft {
        try permit(actor)
        let source = PackSource(path: code, files: source.files)
        let state = try Self.state(source, checker, at: clock.now(), by: DraftAuthor(actor))
        return try await store.write { transaction in
            let draft = try Self.draft(code, expecting: version, in: transaction)
            return try Self.advance(draft, to: state, in: transaction)
        }
    }

    /// Takes the last change of a draft back.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `.unknownDraft`, `.draftChanged`, `.noEarlierState`; `StoreError`.
    @discardableResult
    public func undo(_ code: String, expecting version: Int, by actor: Actor) async throws -> PackDraft {
        try await step(code, by: -1, expecting: version, actor)
    }

    /// Makes the change again that was taken back last.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `.unknownDraft`, `.draftChanged`, `.noEarlierState`; `StoreError`.
    @discardableResult
    public func redo(_ code: String, expecting version: Int, by actor: Actor) async throws -> PackDraft {
        try await step(code, by: 1, expecting: version, actor)
    }

    /// Throws a draft away with all its states. One that came from the folder of packs
    /// returns when its files change.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `.unknownDraft`, `.draftChanged`; `StoreError`.
    public func discard(_ code: String, expecting version: Int, by actor: Actor) async throws {
        try permit(actor)
        try await store.write { transaction in
            _ = try Self.draft(code, expecting: version, in: transaction)
            _ = try PackDraftTable.delete(code, ifVersion: version, in: transaction)
        }
    }

    /// Confirms that facts of a draft were compared with the official text: the text says so from now on, and the
    /// journal who did it, when, and what was seen. What was seen becomes the source of a fact that has none.
    ///
    /// - Parameters:
    ///   - paths: which facts, by `PackFact.path` of the state that the author saw.
    ///   - code: of which draft.
    ///   - seen: the text that the facts were compared with: `vbpl.vn, bản hợp nhất ngày 5/3/2026`.
    ///   - version: the version that the author saw.
    ///   - actor: who confirms.
    /// - Returns: the draft with the changed text.
    /// - Throws: `CatalogueError.notAllowed`, `.unknownDraft`, `.draftChanged`, `.unknownFact`,
    ///   `.placeholderFacts` where there is nothing to compare with, `.textMissing`, `.textTooLong`; `JournalError`;
    ///   `StoreError`.
    @discardableResult
    public func confirm(
        _ paths: [String],
        of code: String,
        seen: String,
        expecting version: Int,
        by actor: Actor
    ) async throws -> PackDraft {
        try permit(actor)
        let seen = try Self.text(seen, .seenSource)
        let (now, checker, log) = (clock.now(), checker, log)
        return try await store.journalled { transaction in
            let draft = try Self.draft(code, expecting: version, in: transaction)
            let source = PackFact.naming(seen, Set(paths), in: draft.source)
            let facts = PackFact.facts(of: source).filter { paths.contains($0.path) }
            let hindered = facts.filter { $0.hindrance != nil }
            guard hindered.isEmpty else { throw CatalogueError.placeholderFacts(hindered) }
            guard !facts.isEmpty, facts.count == Set(paths).count,
                let marked = PackFact.marking(true, Set(paths), in: source)
            else { throw CatalogueError.unknownFact }
            let state = try Self.state(marked, checker, at: now, by: DraftAuthor(actor))
            let event = CatalogueEvent.factsConfirmed(code, facts: facts.map(\.path), in: state.facts.digest)
            try log.append(event.entry(at: now, by: actor, text: seen), in: transaction)
            return try Self.advance(draft, to: state, in: transaction)
        }
    }

    // MARK: - Inside

    func permit(_ actor: Actor) throws(CatalogueError) {
        guard CataloguePolicies.keeping.allows(actor, .packs) else { throw .notAllowed }
    }

    static func draft(_ code: String, expecting version: Int, in transaction: Transaction) throws -> PackDraft {
        guard let draft = try PackDraftTable.find(code, in: transaction) else {
            throw CatalogueError.unknownDraft(code)
        }
        guard draft.version == version else { throw CatalogueError.draftChanged(at: draft.changedAt) }
        return draft
    }

    /// The files as they are kept, with what a list tells of them.
    static func state(
        _ source: PackSource,
        _ checker: PackChecker,
        at now: Instant,
        by author: DraftAuthor
    ) throws(CatalogueError) -> PackDraftTable.State {
        if let fault = source.fault { throw .draftRefused(fault) }
        let checked = checker.check(source)
        let facts = PackDraftTable.Facts(
            digest: source.digest,
            name: checked.pack?.name ?? source.writtenName ?? source.path,
            errorCount: max(checked.findings.count(where: \.isError), checked.pack == nil ? 1 : 0),
            unverifiedCount: PackFact.facts(of: source).count { !$0.isVerified }
        )
        return PackDraftTable.State(files: PackFiles.encode(source.files), facts: facts, at: now, author: author)
    }

    static func advance(
        _ draft: PackDraft,
        to state: PackDraftTable.State,
        in transaction: Transaction
    ) throws -> PackDraft {
        guard state.facts.digest != draft.source.digest else { return draft }
        guard let position = try PackDraftTable.position(draft.code, in: transaction),
            try PackDraftTable.move(
                draft.code,
                to: position + 1,
                state.facts,
                ifVersion: draft.version,
                in: transaction
            )
        else { throw CatalogueError.draftChanged(at: draft.changedAt) }
        try PackDraftTable.insert(state, of: draft.code, at: position + 1, in: transaction)
        guard let changed = try PackDraftTable.find(draft.code, in: transaction) else {
            throw CatalogueError.unknownDraft(draft.code)
        }
        return changed
    }

    private func step(_ code: String, by count: Int, expecting version: Int, _ actor: Actor) async throws -> PackDraft {
        try permit(actor)
        let (now, checker) = (clock.now(), checker)
        return try await store.write { transaction in
            let draft = try Self.draft(code, expecting: version, in: transaction)
            guard let position = try PackDraftTable.position(code, in: transaction),
                let files = try PackDraftTable.files(code, at: position + count, in: transaction)
            else { throw CatalogueError.noEarlierState }
            let state = try Self.state(PackSource(path: code, files: files), checker, at: now, by: DraftAuthor(actor))
            guard
                try PackDraftTable.move(
                    code,
                    to: position + count,
                    state.facts,
                    ifVersion: version,
                    in: transaction
                ), let changed = try PackDraftTable.find(code, in: transaction)
            else { throw CatalogueError.draftChanged(at: draft.changedAt) }
            return changed
        }
    }

    private static func files(
        of code: String,
        from start: DraftStart,
        on day: LocalDate,
        in transaction: Transaction
    ) throws -> (source: PackSource, base: Digest?, model: Digest?) {
        let isTaken = try ProcedureVersionTable.latest(code, in: transaction) != nil
        switch start {
        case .current:
            guard let stored = try ProcedureVersionTable.latest(code, in: transaction) else {
                throw CatalogueError.unknownProcedure(code)
            }
            return (PackSource(path: code, files: stored.files), stored.digest, nil)
        case .version(let digest):
            guard let stored = try ProcedureVersionTable.version(digest, in: transaction), stored.code == code else {
                throw CatalogueError.unknownVersion(digest)
            }
            return (PackSource(path: code, files: stored.files), stored.digest, nil)
        case .copy(let other):
            guard !isTaken else { throw CatalogueError.codeTaken(code) }
            guard let stored = try ProcedureVersionTable.latest(other, in: transaction),
                let copy = PackSkeleton.copy(PackSource(path: other, files: stored.files), as: code)
            else { throw CatalogueError.unknownProcedure(other) }
            return (copy, nil, stored.digest)
        case .empty(let name):
            guard !isTaken else { throw CatalogueError.codeTaken(code) }
            let name = try text(name, .procedureName)
            return (PackSkeleton.source(code: code, name: name, validFrom: day), nil, nil)
        case .files(let source):
            let stored = try ProcedureVersionTable.latest(code, in: transaction)
            return (PackSource(path: code, files: source.files), stored?.digest, nil)
        }
    }

    /// A text that a person wrote with an act: tidied, neither empty nor longer than the limit.
    static func text(_ text: String, _ field: CatalogueField) throws(CatalogueError) -> String {
        let tidy = VietnameseText.tidy(text)
        guard !tidy.isEmpty else { throw .textMissing(field) }
        guard tidy.count <= field.limit else { throw .textTooLong(field) }
        return tidy
    }
}

extension DraftAuthor {
    init(_ actor: Actor) { self.init(kind: actor.stamp.kind, id: actor.id) }
}
