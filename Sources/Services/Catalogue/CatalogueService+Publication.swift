// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Identity
import Journal
public import Kernel
import Storage

/// What is offered: each act is one event of the journal with its author, reason, and the versions before and after.
extension CatalogueService {
    // MARK: - Commands

    /// Publishes files of the installation; publishing the same files again changes nothing.
    ///
    /// - Throws: `CatalogueError.packRefused` with the findings, `.unverifiedFacts`; `JournalError`; `StoreError`.
    @discardableResult
    public func publish(_ source: PackSource) async throws -> ProcedureVersion {
        let pack = try publishable(source)
        let (now, service) = (clock.now(), self)
        try await store.journalled { transaction in
            guard try !ProcedureVersionTable.isKnown(source.digest, in: transaction) else { return }
            try service.publish(source, pack, byPerson: false, .system("files"), nil, at: now, in: transaction)
        }
        try await refresh()
        return try await version(source.digest)
    }

    /// Publishes a draft: from its first day on it is what is offered. The draft is gone then.
    ///
    /// - Parameters:
    ///   - code: the draft.
    ///   - reason: why it is published.
    ///   - version: the version of the draft that the author saw.
    ///   - actor: who publishes.
    /// - Returns: the published version.
    /// - Throws: `CatalogueError.notAllowed`, `.unknownDraft`, `.draftChanged`, `.packRefused` with the findings,
    ///   `.unverifiedFacts`, `.nothingChanged` where this very version is offered, `.textMissing`, `.textTooLong`;
    ///   `JournalError`; `StoreError`.
    @discardableResult
    public func publish(
        draft code: String,
        reason: String,
        expecting version: Int,
        by actor: Actor
    ) async throws -> ProcedureVersion {
        try permit(actor)
        let reason = try Self.text(reason, .reason)
        let draft = try await store.read { try Self.draft(code, expecting: version, in: $0) }
        let pack = try publishable(draft.source)
        let (now, service) = (clock.now(), self)
        try await store.journalled { transaction in
            _ = try Self.draft(code, expecting: version, in: transaction)
            let leader = try OfferTable.leader(code, on: max(now.date, pack.validFrom), in: transaction)
            guard leader?.version != draft.source.digest else { throw CatalogueError.nothingChanged }
            try service.publish(draft.source, pack, byPerson: true, actor, reason, at: now, in: transaction)
            _ = try PackDraftTable.delete(code, ifVersion: version, in: transaction)
        }
        try await refresh()
        return try await self.version(draft.source.digest)
    }

    /// Offers an earlier version again.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `.unknownVersion`, `.notInForce` where its text does not hold today,
    ///   `.nothingChanged`, `.textMissing`, `.textTooLong`; `JournalError`; `StoreError`.
    public func rollBack(_ code: String, to digest: Digest, reason: String, by actor: Actor) async throws {
        try permit(actor)
        let reason = try Self.text(reason, .reason)
        let version = try await version(digest)
        guard version.code == code else { throw CatalogueError.unknownVersion(digest) }
        let (now, log) = (clock.now(), log)
        guard version.pack.isValid(on: now.date) else { throw CatalogueError.notInForce(version.pack.validTo) }
        let facts = ProcedureEntry.Facts(version.pack, unverifiedCount: try await unverifiedCount(of: digest))
        try await store.journalled { transaction in
            let leader = try OfferTable.leader(code, on: now.date, in: transaction)
            guard leader?.version != digest else { throw CatalogueError.nothingChanged }
            try OfferTable.offer(digest, of: code, facts, byPerson: true, at: now, in: transaction)
            let event = CatalogueEvent.rolledBack(code, before: leader?.version, after: digest)
            try log.append(event.entry(at: now, by: actor, text: reason), in: transaction)
        }
        try await refresh()
    }

    /// Takes a procedure out of offer from a day on, today at the earliest; dossiers in flight go on.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `.unknownProcedure`, `.dayPassed`, `.nothingChanged`, `.textMissing`,
    ///   `.textTooLong`; `JournalError`; `StoreError`.
    public func retire(_ code: String, from day: LocalDate, reason: String, by actor: Actor) async throws {
        try permit(actor)
        let reason = try Self.text(reason, .reason)
        let (now, log) = (clock.now(), log)
        guard day >= now.date else { throw CatalogueError.dayPassed }
        try await store.journalled { transaction in
            guard try ProcedureVersionTable.latest(code, in: transaction) != nil else {
                throw CatalogueError.unknownProcedure(code)
            }
            guard try OfferTable.retirement(code, in: transaction) != day else { throw CatalogueError.nothingChanged }
            let leader = try OfferTable.leader(code, on: now.date, in: transaction)
            try OfferTable.retire(code, from: day, in: transaction)
            let event = CatalogueEvent.retired(code, from: day, before: leader?.version)
            try log.append(event.entry(at: now, by: actor, text: reason), in: transaction)
        }
        try await refresh()
    }

    /// Offers a retired procedure again.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `.nothingChanged` where it is not retired, `.textMissing`,
    ///   `.textTooLong`; `JournalError`; `StoreError`.
    public func resume(_ code: String, reason: String, by actor: Actor) async throws {
        try permit(actor)
        let reason = try Self.text(reason, .reason)
        let (now, log) = (clock.now(), log)
        try await store.journalled { transaction in
            guard try OfferTable.retirement(code, in: transaction) != nil else { throw CatalogueError.nothingChanged }
            try OfferTable.retire(code, from: nil, in: transaction)
            let leader = try OfferTable.leader(code, on: now.date, in: transaction)
            let event = CatalogueEvent.resumed(code, after: leader?.version)
            try log.append(event.entry(at: now, by: actor, text: reason), in: transaction)
        }
        try await refresh()
    }

    // MARK: - Queries

    /// The versions of a procedure and what was done with it.
    ///
    /// - Throws: `CatalogueError.notAllowed`, `StoreError`.
    public func history(of code: String, for actor: Actor) async throws -> CatalogueHistory {
        try permit(actor)
        let (today, log) = (clock.today, log)
        return try await store.read { transaction in
            let events = try log.events(of: "procedure", id: code, includingPersonal: true, in: transaction)
            return CatalogueHistory(
                versions: try OfferTable.versions(of: code, in: transaction),
                current: try OfferTable.leader(code, on: today, in: transaction)?.version,
                retiredFrom: try OfferTable.retirement(code, in: transaction),
                acts: events.reversed().compactMap { CatalogueAct($0.entry) }
            )
        }
    }

    /// The files of a published version, as they were published.
    ///
    /// - Throws: `CatalogueError.unknownVersion`, `StoreError`.
    public func source(of digest: Digest) async throws -> PackSource {
        guard let stored = try await store.read({ try ProcedureVersionTable.version(digest, in: $0) }) else {
            throw CatalogueError.unknownVersion(digest)
        }
        return PackSource(path: stored.code, files: stored.files)
    }

    /// The versions of a procedure from the first to the last published, for the operator's command line; none for an
    /// unknown code.
    ///
    /// - Throws: `StoreError`.
    public func exportedVersions(_ code: String) async throws -> [Digest] {
        let versions = try await store.read { try OfferTable.versions(of: code, in: $0) }
        return versions.sorted { $0.publishedAt < $1.publishedAt }.map(\.digest)
    }

    // MARK: - Inside

    /// The pack of files that may be published.
    private func publishable(_ source: PackSource) throws(CatalogueError) -> ProcedurePack {
        let checked = checker.check(source)
        guard checked.isSound, let pack = checked.pack else { throw .packRefused(checked.findings) }
        let open = PackFact.facts(of: source).filter { !$0.isVerified }
        guard open.isEmpty || unverified == .offer else { throw .unverifiedFacts(open) }
        return pack
    }

    private func unverifiedCount(of digest: Digest) async throws -> Int {
        PackFact.facts(of: try await source(of: digest)).count { !$0.isVerified }
    }

    /// Publishes within the caller's journalled transaction.
    func publish(
        _ source: PackSource,
        _ pack: ProcedurePack,
        byPerson: Bool,
        _ author: Actor,
        _ reason: String?,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let digest = source.digest
        let open = PackFact.facts(of: source).count { !$0.isVerified }
        let before = try OfferTable.leader(pack.code, on: now.date, in: transaction)?.version
        _ = try ProcedureVersionTable.insert(source, pack, at: now, in: transaction)
        let facts = ProcedureEntry.Facts(pack, unverifiedCount: open)
        try OfferTable.offer(digest, of: pack.code, facts, byPerson: byPerson, at: now, in: transaction)
        let event = CatalogueEvent.published(pack.code, before: before, after: digest, unverified: open)
        try log.append(event.entry(at: now, by: author, text: reason), in: transaction)
    }
}

extension ProcedurePack {
    /// Whether its text holds on a day.
    func isValid(on day: LocalDate) -> Bool { validFrom <= day && validTo.map { day <= $0 } ?? true }
}

extension CatalogueAct {
    /// Nil for an event that is none of ours.
    init?(_ entry: JournalEntry) {
        guard let kind = Kind(rawValue: entry.kind), case .object(let facts) = entry.facts else { return nil }
        func text(_ key: String, in object: [String: JSONValue]) -> String? {
            if case .string(let text)? = object[key] { text } else { nil }
        }
        var personal: [String: JSONValue] = [:]
        if case .object(let object)? = entry.personal { personal = object }
        self.init(
            kind: kind,
            at: entry.at,
            author: entry.actor,
            before: text("before", in: facts).flatMap { Digest(hex: $0) },
            after: text("after", in: facts).flatMap { Digest(hex: $0) },
            from: text("from", in: facts).flatMap { LocalDate($0) },
            text: text("reason", in: personal)
        )
    }
}
