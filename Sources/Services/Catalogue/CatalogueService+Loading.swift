// SPDX-License-Identifier: Apache-2.0

public import Digests
import Identity
import Journal
import Kernel
import Storage

/// What loading a folder of packs gave.
public struct CatalogueReport: Sendable {
    /// What became of a pack.
    public enum Outcome: String, Sendable {
        /// It is published.
        case offered
        /// It is sound, and a draft: facts wait to be compared with the official text.
        case waiting
        /// It is sound; but a person decided what is offered, or works on a draft of her own.
        case held
        /// It has errors.
        case refused
    }

    /// One pack of the folder.
    public struct Entry: Sendable {
        /// Where it lies.
        public let path: String
        /// The version of its files.
        public let digest: Digest
        /// What became of it.
        public let outcome: Outcome
        /// Everything found; of a sound pack that was judged before, nothing.
        public let findings: [CatalogueFinding]
        /// Whether it was published just now.
        public let isNew: Bool

        /// Whether it is without errors.
        public var isSound: Bool { outcome != .refused }
    }

    /// The packs in the order of their folders.
    public let entries: [Entry]

    /// Everything found, in the same order.
    public var findings: [CatalogueFinding] { entries.flatMap(\.findings) }

    /// How many packs met this end.
    public func count(_ outcome: Outcome) -> Int { entries.count { $0.outcome == outcome } }
}

extension CatalogueService {
    /// Packs that are read, judged and written in one transaction: 50 of some 30 kB are 1.5 MB.
    private static let batch = 50

    /// What is to be known of the store before a batch of packs is judged.
    private struct Known: Sendable {
        var decided: Set<String>
        var drafts: [String: (digest: Digest, origin: PackDraft.Origin)]
    }

    /// Reads the packs of a folder that changed since the last time, publishes what is sound, compared and new, and
    /// brings the index up to date.
    ///
    /// A bad pack never stops the others: its findings stand in the report, and an earlier published version of it
    /// stays in use. What is sound but has facts that nobody compared becomes a draft that waits for it; so does what
    /// would overturn a person's decision.
    ///
    /// - Throws: `CatalogueError.folderUnreadable`, and `StoreError`.
    public func load(folder: String) async throws -> CatalogueReport {
        let packs = try PackFolder(folder).packs
        let seeds = try await store.survey { try SeedTable.all(in: $0) }
        if try await store.survey({ try OfferTable.hasOrphans(in: $0) }) {
            try await store.journalled { try OfferTable.adopt(in: $0) }
        }
        let mark = seedMark
        var entries: [CatalogueReport.Entry] = []
        var waiting: [PackFolder.Pack] = []
        for pack in packs {
            guard let seed = seeds[pack.path], seed.stamp == pack.stamp, seed.mark == mark else {
                waiting.append(pack)
                continue
            }
            entries.append(try await entry(of: seed))
        }
        for start in stride(from: 0, to: waiting.count, by: Self.batch) {
            entries += try await judge(Array(waiting[start..<min(start + Self.batch, waiting.count)]))
        }
        try await refresh()
        return CatalogueReport(entries: entries.sorted { $0.path < $1.path })
    }

    /// Says what files of the installation were judged by; when it changes, all are judged anew.
    private var seedMark: String { "\(checker.mark)-\(unverified.rawValue)" }

    /// A pack that did not change: what was wrong with it is told again.
    private func entry(of seed: SeedTable.Seed) async throws -> CatalogueReport.Entry {
        var findings: [CatalogueFinding] = []
        if seed.outcome == .refused {
            let mark = checker.mark
            findings = try await store.read {
                try ProcedureVersionTable.verdict(seed.digest, checker: mark, in: $0) ?? []
            }
        }
        return CatalogueReport.Entry(
            path: seed.path,
            digest: seed.digest,
            outcome: CatalogueReport.Outcome(rawValue: seed.outcome.rawValue) ?? .refused,
            findings: findings,
            isNew: false
        )
    }

    /// Each pack with what its check found, in the same order; all processors take part.
    private func checked(_ packs: [PackFolder.Pack]) async -> [(pack: PackFolder.Pack, checked: CheckedPack)] {
        let checks = packs.map { pack in
            Task { [checker] in checker.check(PackSource.pack(atPath: pack.path)) }
        }
        var found: [(pack: PackFolder.Pack, checked: CheckedPack)] = []
        for (pack, check) in zip(packs, checks) { found.append((pack, await check.value)) }
        return found
    }

    private func judge(_ packs: [PackFolder.Pack]) async throws -> [CatalogueReport.Entry] {
        let judged = await checked(packs)
        let (mark, now, withholds) = (seedMark, clock.now(), unverified == .withhold)
        let (verdicts, service) = (checker.mark, self)
        return try await store.journalled { transaction in
            let known = Known(
                decided: try OfferTable.decidedCodes(in: transaction),
                drafts: try PackDraftTable.seeds(in: transaction)
            )
            return try judged.map { pack, checked in
                let digest = checked.source.digest
                try ProcedureVersionTable.remember(
                    checked.findings,
                    of: digest,
                    checker: verdicts,
                    at: now,
                    in: transaction
                )
                let (outcome, isNew) = try service.settle(
                    checked,
                    known,
                    withholds: withholds,
                    at: now,
                    in: transaction
                )
                let seed = SeedTable.Seed(
                    path: pack.path,
                    stamp: pack.stamp,
                    mark: mark,
                    digest: digest,
                    outcome: outcome
                )
                try SeedTable.keep(seed, in: transaction)
                return CatalogueReport.Entry(
                    path: pack.path,
                    digest: digest,
                    outcome: CatalogueReport.Outcome(rawValue: outcome.rawValue) ?? .refused,
                    findings: checked.findings,
                    isNew: isNew
                )
            }
        }
    }

    /// Publishes a pack of the folder, keeps it as a draft, or leaves it.
    private func settle(
        _ checked: CheckedPack,
        _ known: Known,
        withholds: Bool,
        at now: Instant,
        in transaction: Transaction
    ) throws -> (SeedTable.Outcome, isNew: Bool) {
        guard checked.isSound, let pack = checked.pack else { return (.refused, false) }
        let digest = checked.source.digest
        if try ProcedureVersionTable.isKnown(digest, in: transaction) { return (.offered, false) }
        let isDecided = known.decided.contains(pack.code)
        // Facts are read only where they decide: it takes as long as the pack itself.
        guard isDecided || (withholds && PackFact.facts(of: checked.source).contains { !$0.isVerified }) else {
            try publish(checked.source, pack, byPerson: false, .system("files"), nil, at: now, in: transaction)
            return (.offered, true)
        }
        let draft = known.drafts[pack.code]
        let author = DraftAuthor(.system("files"))
        let source = PackSource(path: pack.code, files: checked.source.files)
        if draft == nil {
            let base = try OfferTable.leader(pack.code, on: now.date, in: transaction)?.version
            let state = try Self.state(source, checker, at: now, by: author)
            _ = try PackDraftTable.insert(pack.code, .folder, base: base, state, in: transaction)
        } else if draft?.origin == .folder, draft?.digest != digest,
            let kept = try PackDraftTable.find(pack.code, in: transaction), kept.changedBy.kind == .system
        {
            // Nobody touched it: the files say it better.
            _ = try Self.advance(kept, to: try Self.state(source, checker, at: now, by: author), in: transaction)
        } else if draft?.origin != .folder {
            return (.held, false)
        }
        return (isDecided ? .held : .waiting, false)
    }
}
