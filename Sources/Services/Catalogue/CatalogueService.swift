// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel
public import Storage
import Synchronization
import WorkingTime

/// One published version of a procedure.
public struct ProcedureVersion: Hashable, Sendable {
    /// The digest of its files: the version's name. A dossier keeps it.
    public let digest: Digest
    /// When it was published.
    public let publishedAt: Instant
    /// The procedure.
    public let pack: ProcedurePack

    /// The procedure's code.
    public var code: String { pack.code }
}

/// What loading a folder of packs gave.
public struct CatalogueReport: Sendable {
    /// One pack of the folder.
    public struct Entry: Sendable {
        /// Where it lies.
        public let path: String
        /// The version of its files.
        public let digest: Digest
        /// Whether it may be used.
        public let isSound: Bool
        /// Everything found.
        public let findings: [CatalogueFinding]
        /// Whether it was published just now.
        public let isNew: Bool
    }

    /// The packs in the order of their folders.
    public let entries: [Entry]

    /// Everything found, in the same order.
    public var findings: [CatalogueFinding] { entries.flatMap(\.findings) }
}

/// The procedures that are offered: packs, their published versions, forms, fees and the search.
///
/// Published versions stand in the store by the digest of their files and are kept in memory as well: queries do not
/// wait. A version published by another node is seen after `refresh`.
public final class CatalogueService: Sendable {
    /// The schema of this service, in order.
    public static let migrations: [Migration] = [.catalogue0001]

    private struct Shelf: Sendable {
        var versions: [Digest: ProcedureVersion] = [:]
        /// The versions of a procedure, last published first.
        var byCode: [String: [ProcedureVersion]] = [:]
        /// What is offered on the day it was last asked for; made anew when a version arrives.
        var offer: Offer?
    }

    /// The procedures in force on a day in the order of their names, and the search over them: each page asks.
    private struct Offer: Sendable {
        let day: LocalDate
        let procedures: [ProcedureVersion]
        let search: ProcedureSearch
    }

    private let store: any Store
    private let clock: Clock
    private let checker: PackChecker
    private let words: SearchWords
    /// The administrative units that addresses of forms name.
    public let units: AdministrativeUnits
    private let shelf = Mutex(Shelf())

    /// A catalogue over this store; call `refresh` or `load` before the first query.
    public init(
        store: any Store,
        clock: Clock,
        checker: PackChecker = PackChecker(),
        words: SearchWords = .none,
        units: AdministrativeUnits = .none
    ) {
        self.store = store
        self.clock = clock
        self.checker = checker
        self.words = words
        self.units = units
    }

    /// The turns of life of the home page, in order.
    public var lifeEvents: [LifeEvent] { words.lifeEvents }

    // MARK: - Commands

    /// Reads the packs of a folder, publishes what is sound and new, and brings memory up to date.
    ///
    /// A bad pack never stops the others: its findings stand in the report, and an earlier published version of it
    /// stays in use. What was checked before by the same rules is not checked again.
    ///
    /// - Throws: `CatalogueError.folderUnreadable`, and `StoreError`.
    public func load(folder: String) async throws -> CatalogueReport {
        let sources = try PackSource.packs(inFolder: folder)
        let mark = checkerMark
        let digests = sources.map(\.digest)
        let known = try await store.read { transaction in
            try digests.map { try ProcedureVersionTable.verdict($0, checker: mark, in: transaction) }
        }
        // Two packs of one code are judged together: when one pack is new to the checker, all are checked, and a
        // verdict of that kind is not believed again.
        let isSettled = known.allSatisfy { $0.map { !$0.contains { $0.rule == .duplicateCode } } ?? false }
        let checked = isSettled ? [] : checker.check(sources)
        var fresh = Dictionary(checked.map { ($0.source.path, $0) }, uniquingKeysWith: { first, _ in first })
        var entries: [CatalogueReport.Entry] = []
        for (index, source) in sources.enumerated() {
            if let one = fresh.removeValue(forKey: source.path) {
                let isNew = try await keep(one)
                entries.append(
                    .init(
                        path: source.path,
                        digest: digests[index],
                        isSound: one.isSound,
                        findings: one.findings,
                        isNew: isNew
                    )
                )
            } else {
                let findings = known[index] ?? []
                entries.append(
                    .init(
                        path: source.path,
                        digest: digests[index],
                        isSound: !findings.contains(where: \.isError),
                        findings: findings,
                        isNew: false
                    )
                )
            }
        }
        try await refresh()
        return CatalogueReport(entries: entries)
    }

    /// Publishes one pack; publishing the same files again changes nothing.
    ///
    /// - Throws: `CatalogueError.packRefused` with the findings, and `StoreError`.
    @discardableResult
    public func publish(_ source: PackSource) async throws -> ProcedureVersion {
        let checked = checker.check(source)
        guard checked.isSound else { throw CatalogueError.packRefused(checked.findings) }
        _ = try await keep(checked)
        try await refresh()
        return try await version(source.digest)
    }

    /// Reads versions that were published since, by this node or another.
    ///
    /// - Throws: `StoreError`; a version that this release cannot read is left out, and `version(_:)` says so.
    public func refresh() async throws {
        let known = shelf.withLock { Set($0.versions.keys) }
        let stored = try await store.survey { transaction in
            try ProcedureVersionTable.digests(in: transaction).filter { !known.contains($0) }
                .compactMap { try ProcedureVersionTable.version($0, in: transaction) }
        }
        let read = stored.compactMap(CatalogueService.decode)
        guard !read.isEmpty else { return }
        shelf.withLock { shelf in
            for version in read where shelf.versions[version.digest] == nil {
                shelf.versions[version.digest] = version
                shelf.byCode[version.code, default: []].append(version)
                shelf.byCode[version.code]?.sort { ($0.publishedAt, $0.digest.hex) > ($1.publishedAt, $1.digest.hex) }
            }
            shelf.offer = nil
        }
    }

    // MARK: - Queries

    /// The version of a procedure that is in force on a day: of those valid then, the last one published. Nil when
    /// there is none.
    public func current(_ code: String, on day: LocalDate) -> ProcedureVersion? {
        shelf.withLock { CatalogueService.current($0.byCode[code] ?? [], on: day) }
    }

    /// The procedures in force on a day, in the order of their names.
    public func procedures(on day: LocalDate) -> [ProcedureVersion] { offer(on: day).procedures }

    /// The pack of a version that is in memory, by the hexadecimal text of its digest; nil otherwise.
    public func pack(version: String) -> ProcedurePack? {
        guard let digest = Digest(hex: version) else { return nil }
        return shelf.withLock { $0.versions[digest]?.pack }
    }

    /// A version by its digest, from memory or the store: a dossier in flight keeps its version for ever.
    ///
    /// - Throws: `CatalogueError.unknownVersion`, `CatalogueError.unreadableVersion`, and `StoreError`.
    public func version(_ digest: Digest) async throws -> ProcedureVersion {
        if let known = shelf.withLock({ $0.versions[digest] }) { return known }
        guard let stored = try await store.read({ try ProcedureVersionTable.version(digest, in: $0) }) else {
            throw CatalogueError.unknownVersion(digest)
        }
        guard let version = CatalogueService.decode(stored) else { throw CatalogueError.unreadableVersion(digest) }
        try await refresh()
        return version
    }

    /// The procedures in force on a day that a query means; see `ProcedureSearch`.
    public func search(_ query: String, on day: LocalDate, limit: Int = 20) -> SearchAnswer {
        offer(on: day).search.search(query, limit: limit)
    }

    private func offer(on day: LocalDate) -> Offer {
        if let known = shelf.withLock({ $0.offer }), known.day == day { return known }
        let (count, current) = shelf.withLock { shelf in
            (shelf.versions.count, shelf.byCode.values.compactMap { CatalogueService.current($0, on: day) })
        }
        let procedures = current.sorted { VietnameseText.precedes($0.pack.name, $1.pack.name) }
        let search = ProcedureSearch(procedures.map(\.pack), words: words)
        let offer = Offer(day: day, procedures: procedures, search: search)
        // A version that arrived meanwhile is in the next one.
        shelf.withLock { if $0.versions.count == count { $0.offer = offer } }
        return offer
    }

    // MARK: - Parts

    private var checkerMark: String { "\(PackChecker.version)-\(checker.calendar.version)" }

    /// Remembers the verdict and publishes the pack when it is sound; true when it was not there before.
    private func keep(_ checked: CheckedPack) async throws -> Bool {
        let (now, mark, digest) = (clock.now(), checkerMark, checked.source.digest)
        return try await store.write { transaction in
            try ProcedureVersionTable.remember(checked.findings, of: digest, checker: mark, at: now, in: transaction)
            guard checked.isSound, let pack = checked.pack else { return false }
            return try ProcedureVersionTable.insert(checked.source, pack, at: now, in: transaction)
        }
    }

    private static func current(_ versions: [ProcedureVersion], on day: LocalDate) -> ProcedureVersion? {
        versions.first { $0.pack.validFrom <= day && $0.pack.validTo.map { day <= $0 } ?? true }
    }

    /// Nil when the bytes are not those of the digest, or this release cannot read them.
    private static func decode(_ stored: ProcedureVersionTable.StoredVersion) -> ProcedureVersion? {
        let source = PackSource(path: stored.code, files: stored.files)
        guard source.digest == stored.digest else { return nil }
        guard let pack = PackDecoder.decode(source, FindingCollector(file: stored.code)) else { return nil }
        return ProcedureVersion(digest: stored.digest, publishedAt: stored.publishedAt, pack: pack)
    }
}
