// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Journal
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

/// The procedures that are offered: packs, their published versions, forms, fees and the search.
///
/// Published versions stand in the store by the digest of their files. In memory is a slim index of all of them, which
/// queries ask without waiting, and the packs that were used last; the others are read when they are asked for. What
/// another node did is seen after `refresh`.
public final class CatalogueService: Sendable {
    /// The schema of this service, in order.
    public static let migrations: [Migration] = [.catalogue0001, .catalogue0002, .catalogue0003, .catalogue0004]

    private struct Shelf: Sendable {
        /// The number of the last change that is in here.
        var change: Int64 = 0
        var entries: [Digest: ProcedureEntry] = [:]
        /// The versions of a procedure, last offered first.
        var byCode: [String: [ProcedureEntry]] = [:]
        /// From which day on codes are not offered.
        var retired: [String: LocalDate] = [:]
        /// What is offered on the day it was last asked for; made anew when something changes.
        var offer: Offer?
        /// What people did, where somebody counted.
        var use: [String: ServiceUse]?

        func current(_ code: String, on day: LocalDate) -> ProcedureEntry? {
            guard retired[code].map({ day < $0 }) ?? true else { return nil }
            return byCode[code]?.first { $0.isValid(on: day) }
        }

        mutating func take(_ entry: ProcedureEntry) {
            entries[entry.digest] = entry
            var versions = (byCode[entry.code] ?? []).filter { $0.digest != entry.digest }
            let place = versions.firstIndex { other in
                (other.offeredAt, other.digest.hex) < (entry.offeredAt, entry.digest.hex)
            }
            versions.insert(entry, at: place ?? versions.endIndex)
            byCode[entry.code] = versions
        }
    }

    /// The procedures in force on a day in the order of their names, and the search over them: each page asks.
    private struct Offer: Sendable {
        let day: LocalDate
        let procedures: [ProcedureEntry]
        let search: ProcedureSearch
    }

    let store: any Store
    let log: TransparencyLog
    let clock: Clock
    let checker: PackChecker
    /// Whether packs with facts that nobody compared are offered.
    public let unverified: UnverifiedPacks
    private let words: SearchWords
    private let packs: PackCache
    /// What the configuration offers to every service.
    public let platform: PlatformEvidence
    /// The administrative units that addresses of forms name.
    public let units: AdministrativeUnits
    private let shelf = Mutex(Shelf())

    /// A catalogue over this store; call `refresh` or `load` before the first query.
    ///
    /// - Parameters:
    ///   - store: where it is kept.
    ///   - log: the journal.
    ///   - clock: the time.
    ///   - checker: what packs are held against.
    ///   - words: what people say.
    ///   - unverified: whether packs with facts that nobody compared are offered.
    ///   - platform: what the configuration offers to every service, for its level.
    ///   - units: the administrative units that addresses of forms name.
    ///   - packsInMemory: how many packs are kept taken apart.
    public init(
        store: any Store,
        log: TransparencyLog = TransparencyLog(random: .system),
        clock: Clock,
        checker: PackChecker = PackChecker(),
        words: SearchWords = .none,
        unverified: UnverifiedPacks = .withhold,
        platform: PlatformEvidence = .complete,
        units: AdministrativeUnits = .none,
        packsInMemory: Int = 128
    ) {
        self.store = store
        self.log = log
        self.clock = clock
        self.checker = checker
        self.words = words
        self.unverified = unverified
        self.platform = platform
        packs = PackCache(limit: packsInMemory)
        self.units = units
    }

    /// The turns of life of the home page, in order.
    public var lifeEvents: [LifeEvent] { words.lifeEvents }

    /// How many packs are in memory, how often one was not, and how many versions the index knows.
    public var memory: (packs: Int, misses: Int, versions: Int) {
        let figures = packs.figures
        return (figures.count, figures.misses, shelf.withLock { $0.entries.count })
    }

    // MARK: - The index

    /// Brings the index up to what this node or another did since.
    ///
    /// - Throws: `StoreError`; a version that this release cannot read is left out, and `version(_:)` says so.
    public func refresh() async throws {
        let known = shelf.withLock { $0.change }
        let news = try await store.survey { transaction in
            let last = try OfferTable.lastChange(in: transaction)
            guard last != known else { return nil as News? }
            return News(
                change: last,
                rows: try OfferTable.changed(after: known, in: transaction),
                retirements: try OfferTable.retirements(after: known, in: transaction)
            )
        }
        guard let news else { return }
        var entries: [ProcedureEntry] = []
        entries.reserveCapacity(news.rows.count)
        for row in news.rows {
            if row.form == EntryText.form, let facts = EntryText.decode(row.entry) {
                entries.append(ProcedureEntry(row, facts))
            } else if let facts = try await remade(row) {
                entries.append(ProcedureEntry(row, facts))
            }
        }
        shelf.withLock { shelf in
            for entry in entries { shelf.take(entry) }
            for (code, day) in news.retirements { shelf.retired[code] = day }
            shelf.change = max(shelf.change, news.change)
            shelf.offer = nil
        }
    }

    private struct News: Sendable {
        let change: Int64
        let rows: [OfferTable.Row]
        let retirements: [String: LocalDate?]
    }

    /// The entry of a version that an older release published, made from its pack and kept; nil when this release
    /// cannot read it.
    private func remade(_ row: OfferTable.Row) async throws -> ProcedureEntry.Facts? {
        let stored = try await store.survey { try ProcedureVersionTable.version(row.version, in: $0) }
        guard let stored, let version = CatalogueService.decode(stored) else { return nil }
        let facts = PackFact.facts(of: PackSource(path: stored.code, files: stored.files))
        let made = ProcedureEntry.Facts(version.pack, unverifiedCount: facts.count { !$0.isVerified })
        try await store.write { try OfferTable.keep(made, of: row.version, in: $0) }
        return made
    }

    // MARK: - Queries

    /// What lists say of the version of a procedure that is in force on a day: of those valid then, the last one
    /// offered. Nil when there is none, or the procedure is retired.
    public func entry(_ code: String, on day: LocalDate) -> ProcedureEntry? {
        shelf.withLock { $0.current(code, on: day) }
    }

    /// What a list of a day shows of a procedure that is in force then; nil when there is none.
    public func listing(_ code: String, on day: LocalDate) -> ProcedureListing? {
        entry(code, on: day).map { ProcedureListing($0, by: basis, on: day) }
    }

    /// What lists say of a version by the hexadecimal text of its digest; nil for one that the index does not know.
    public func entry(version: String) -> ProcedureEntry? {
        guard let digest = Digest(hex: version) else { return nil }
        return shelf.withLock { $0.entries[digest] }
    }

    /// The procedures in force on a day, in the order of their names.
    public func procedures(on day: LocalDate) -> [ProcedureEntry] { offer(on: day).procedures }

    /// The version of a procedure that is in force on a day, with its pack; nil when there is none.
    ///
    /// - Throws: as `version(_:)`.
    public func current(_ code: String, on day: LocalDate) async throws -> ProcedureVersion? {
        guard let entry = entry(code, on: day) else { return nil }
        return try await version(entry.digest)
    }

    /// A version by its digest, from memory or the store: a dossier in flight keeps its version for ever.
    ///
    /// - Throws: `CatalogueError.unknownVersion`, `CatalogueError.unreadableVersion`, and `StoreError`.
    public func version(_ digest: Digest) async throws -> ProcedureVersion {
        if let known = packs.find(digest) { return known }
        return try read(try await store.read { try ProcedureVersionTable.version(digest, in: $0) }, digest)
    }

    /// As `version(_:)`, within a transaction.
    public func version(_ digest: Digest, in transaction: Transaction) throws -> ProcedureVersion {
        if let known = packs.find(digest) { return known }
        return try read(try ProcedureVersionTable.version(digest, in: transaction), digest)
    }

    /// The pack of a version by the hexadecimal text of its digest; nil when no such version was published, or this
    /// release cannot read it.
    public func pack(version: String) async throws -> ProcedurePack? {
        guard let digest = Digest(hex: version) else { return nil }
        return try await found { try await self.version(digest) }?.pack
    }

    /// As `pack(version:)`, within a transaction.
    public func pack(version: String, in transaction: Transaction) throws -> ProcedurePack? {
        guard let digest = Digest(hex: version) else { return nil }
        do {
            return try self.version(digest, in: transaction).pack
        } catch CatalogueError.unknownVersion, CatalogueError.unreadableVersion {
            return nil
        }
    }

    private func found(_ version: () async throws -> ProcedureVersion) async throws -> ProcedureVersion? {
        do {
            return try await version()
        } catch CatalogueError.unknownVersion, CatalogueError.unreadableVersion {
            return nil
        }
    }

    /// The procedures in force on a day that a query means; see `ProcedureSearch`.
    public func search(_ query: String, on day: LocalDate, limit: Int = 20) -> SearchAnswer {
        offer(on: day).search.search(query, limit: limit)
    }

    /// The procedures in force on a day that answer words and facets; see `ProcedureSearch`.
    public func find(_ question: FindingQuestion, on day: LocalDate) -> Findings {
        offer(on: day).search.find(question)
    }

    private func offer(on day: LocalDate) -> Offer {
        if let known = shelf.withLock({ $0.offer }), known.day == day { return known }
        let (change, use, current) = shelf.withLock { shelf in
            (shelf.change, shelf.use, shelf.byCode.keys.compactMap { shelf.current($0, on: day) })
        }
        let procedures = VietnameseText.ordered(current, by: \.name)
        let basis = LevelBasis(platform: platform, use: use)
        let search = ProcedureSearch(procedures.map { ProcedureListing($0, by: basis, on: day) }, words: words)
        let offer = Offer(day: day, procedures: procedures, search: search)
        // What was offered meanwhile is in the next one.
        shelf.withLock { if $0.change == change && $0.use == use { $0.offer = offer } }
        return offer
    }

    /// One published procedure: the version that is offered on a day, else the last one.
    struct Standing: Sendable {
        let entry: ProcedureEntry
        let isOffered: Bool
        let versionCount: Int
        let retiredFrom: LocalDate?
    }

    /// Every procedure that was ever published.
    func standings(on day: LocalDate) -> [Standing] {
        shelf.withLock { shelf in
            shelf.byCode.compactMap { code, versions in
                let current = shelf.current(code, on: day)
                return (current ?? versions.first).map { entry in
                    Standing(
                        entry: entry,
                        isOffered: current != nil,
                        versionCount: versions.count,
                        retiredFrom: shelf.retired[code]
                    )
                }
            }
        }
    }

    // MARK: - Levels

    /// By what the level of everything on offer is computed now.
    public var basis: LevelBasis { LevelBasis(platform: platform, use: shelf.withLock { $0.use }) }

    /// Takes what people did within twelve months; lists are made anew only where that changes a level or a scope.
    func take(use: [String: ServiceUse]) {
        let (known, offer, change) = shelf.withLock { ($0.use, $0.offer, $0.change) }
        guard known != use else { return }
        let basis = LevelBasis(platform: platform, use: use)
        let isTrue = offer.map { offer in
            zip(offer.procedures, offer.search.listings).allSatisfy { entry, listing in
                guard known?[entry.code] != use[entry.code] else { return true }
                let found = basis.assessment(entry.code, entry.facts.shown)
                return (found.level, found.scope) == (listing.level, listing.scope)
            }
        }
        shelf.withLock { shelf in
            shelf.use = use
            // What was made meanwhile is by the old counts.
            let isSame = shelf.change == change && shelf.offer?.day == offer?.day
            if isTrue != true || !isSame { shelf.offer = nil }
        }
    }

    // MARK: - Parts

    private func read(_ stored: ProcedureVersionTable.StoredVersion?, _ digest: Digest) throws -> ProcedureVersion {
        guard let stored else { throw CatalogueError.unknownVersion(digest) }
        guard let version = CatalogueService.decode(stored) else { throw CatalogueError.unreadableVersion(digest) }
        packs.keep(version)
        return version
    }

    /// Nil when the bytes are not those of the digest, or this release cannot read them.
    private static func decode(_ stored: ProcedureVersionTable.StoredVersion) -> ProcedureVersion? {
        let source = PackSource(path: stored.code, files: stored.files)
        guard source.digest == stored.digest else { return nil }
        guard let pack = PackDecoder.decode(source, FindingCollector(file: stored.code)) else { return nil }
        return ProcedureVersion(digest: stored.digest, publishedAt: stored.publishedAt, pack: pack)
    }
}

extension ProcedureEntry {
    init(_ row: OfferTable.Row, _ facts: Facts) {
        self.init(
            code: row.code,
            digest: row.version,
            publishedAt: row.publishedAt,
            offeredAt: row.offeredAt,
            facts: facts
        )
    }
}
