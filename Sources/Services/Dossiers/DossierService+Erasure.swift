// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Digests
public import Identity
import Journal
public import Kernel
public import Storage

/// Until when a dossier is kept.
public enum KeptUntil: Sendable, Hashable {
    /// While it is being handled.
    case handled
    /// By law.
    case forEver(source: String)
    /// By a time limit of the pack that nobody has compared with the official text: nothing is erased by it.
    case unverified(source: String)
    /// To this day.
    case day(LocalDate, years: Int, source: String)

    /// What follows from a pack for a dossier that ended.
    init(_ retention: Retention, endedAt: Instant?) {
        guard let endedAt else {
            self = .handled
            return
        }
        guard let years = retention.years else {
            self = .forEver(source: retention.source)
            return
        }
        guard retention.isVerified, let day = endedAt.date.adding(years: years) else {
            self = .unverified(source: retention.source)
            return
        }
        self = .day(day, years: years, source: retention.source)
    }

    /// The words in answers and exports.
    public var vietnamese: String {
        switch self {
        case .handled: "Đang giải quyết, phải giữ."
        case .forEver(let source): "Giữ vĩnh viễn theo \(source)."
        case .unverified(let source): "Giữ theo \(source); thời hạn chưa được đối chiếu nên chưa xóa."
        case .day(let day, let years, let source): "Giữ \(years) năm, đến hết ngày \(day.vietnamese), theo \(source)."
        }
    }
}

extension LocalDate {
    /// The same day so many years later; the first of March where there is no such day.
    func adding(years: Int) -> LocalDate? {
        let (year, month, day) = components
        return LocalDate(year: year + years, month: month, day: day) ?? LocalDate(year: year + years, month: 3, day: 1)
    }
}

/// A dossier past the time for which it must be kept.
public struct PastRetention: Sendable {
    public var state: DossierState
    public var years: Int
    public var source: String
    public var files: Int
}

/// Keeping, restricting and erasing: what the law on personal data and the packs ask of dossiers.
extension DossierService {
    /// Bytes are removed when nobody can be about to hand in the same ones: an upload takes minutes.
    private static let fileGraceSeconds: Int64 = 3_600

    // MARK: - The person's own

    /// All dossiers of a citizen that are not erased, the newest first, for her own copy: at most 200.
    public func ownDossiers(of actor: Actor) async throws -> [DossierView] {
        var views: [DossierView] = []
        for row in try await dossiers(of: actor) {
            do { views.append(try await judged(row.state.code, for: actor)) } catch DossierRefusal.erased { continue }
        }
        return views
    }

    /// Until when a dossier is kept.
    public func keptUntil(_ state: DossierState) async throws -> KeptUntil {
        keptUntil(state, by: try await catalogue.pack(version: state.packVersion))
    }

    /// The same by the pack that was read before.
    public func keptUntil(_ state: DossierState, by pack: ProcedurePack?) -> KeptUntil {
        guard let pack else { return .unverified(source: "quy định lưu trữ") }
        return KeptUntil(pack.retention, endedAt: state.status.isFinal ? state.endedAt : nil)
    }

    /// The citizen's dossiers in the caller's transaction, the newest first.
    public func states(of actor: Actor, in transaction: Transaction) throws -> [DossierState] {
        try WorkListTable.dossiers(of: actor, in: transaction)
    }

    /// The citizen's own dossier of this code in the caller's transaction; nil for any other.
    public func ownState(_ code: DossierCode, of actor: Actor, in transaction: Transaction) throws -> DossierState? {
        try DossierTable.find(code, in: transaction).flatMap { DossierPolicies.applicant.allows(actor, $0) ? $0 : nil }
    }

    /// The code of a dossier; nil when there is none of this id.
    public func code(of id: DossierID) async throws -> DossierCode? {
        try await store.read { try DossierTable.find(id, in: $0)?.code }
    }

    /// Deletes what an account has begun and not submitted, in the caller's transaction.
    /// - Returns: how many drafts there were.
    public func eraseDrafts(of account: AccountID, in transaction: Transaction) throws -> Int {
        let parties = try identity.parties(of: account, in: transaction)
        return try ErasureTable.eraseDrafts(of: account, parties, at: clock.now(), in: transaction)
    }

    /// Whether an account has a dossier, filed for herself or for somebody else.
    public func hasDossiers(_ account: AccountID, in transaction: Transaction) throws -> Bool {
        let parties = try identity.parties(of: account, in: transaction)
        return try ErasureTable.hasDossiers(among: parties, in: transaction)
    }

    // MARK: - Restriction

    /// From now on everybody states a purpose before she opens this dossier, and it is not erased.
    public func restrict(_ dossier: DossierID, in transaction: Transaction) throws {
        try RestrictionTable.restrict(dossier, at: clock.now(), in: transaction)
    }

    /// The dossier is handled as before.
    public func liftRestriction(of dossier: DossierID, in transaction: Transaction) throws {
        try RestrictionTable.lift(dossier, in: transaction)
    }

    // MARK: - Retention

    /// Dossiers whose time is over, and how many would be by a time limit that is not verified.
    ///
    /// - Parameter limit: the most that one report names.
    /// - Returns: the dossiers that are due, and the number of those that stay.
    /// - Throws: `StoreError`.
    public func pastRetention(limit: Int) async throws -> (due: [PastRetention], unverified: Int) {
        let today = clock.today
        return try await store.read { [writer] transaction in
            var (due, unverified) = ([PastRetention](), 0)
            for version in try ErasureTable.packVersions(in: transaction) {
                guard let retention = try writer.pack(version, transaction)?.retention, let years = retention.years,
                    let day = today.adding(years: -years)
                else { continue }
                let before = Instant(day.adding(days: 1), LocalTime(secondOfDay: 0))
                guard retention.isVerified else {
                    unverified += try ErasureTable.endedCount(version, before: before, in: transaction)
                    continue
                }
                guard due.count < limit else { break }
                let room = limit - due.count
                due += try ErasureTable.ended(version, before: before, limit: room, in: transaction)
                    .filter { found in
                        guard let until = found.state.endedAt?.date.adding(years: years) else { return false }
                        return until < today
                    }
                    .map { PastRetention(state: $0.state, years: years, source: retention.source, files: $0.files) }
            }
            return (due, unverified)
        }
    }

    /// Erases everything personal of a dossier whose time is over, in the caller's journalled transaction: rows, names
    /// of files, and the personal parts of its events. State row, events and counters stay, so that every figure stays.
    ///
    /// - Returns: false when it was erased before, or must be kept by now.
    public func erase(_ id: DossierID, in transaction: Transaction) throws -> Bool {
        guard let state = try DossierTable.find(id, in: transaction),
            try ErasureTable.erasedAt(id, in: transaction) == nil,
            try !RestrictionTable.isRestricted(id, in: transaction),
            case .day(let until, _, _) = keptUntil(state, by: try writer.pack(state.packVersion, transaction)),
            until < clock.today
        else { return false }
        try ErasureTable.erase(id, at: clock.now(), in: transaction)
        try writer.log.erasePersonal(of: "dossier", id: id.rawValue, in: transaction)
        return true
    }

    /// Notes a file for removal whose row was just taken away, in the caller's transaction.
    public func noteErased(_ digest: Digest, in transaction: Transaction) throws {
        try ErasureTable.noteErased(digest, at: clock.now(), in: transaction)
    }

    /// Removes the bytes of files whose rows are erased; called by the worker. A file that another row names stays.
    /// - Returns: how many were removed.
    public func removeErasedFiles() async throws -> Int {
        let before = clock.now().adding(seconds: -Self.fileGraceSeconds)
        let noted = try await store.read { try ErasureTable.erasedFiles(before: before, in: $0) }
        guard !noted.isEmpty else { return 0 }
        // The paper of an authority is a file of each dossier that was filed by it, and of the authority.
        let named = try await store.read { [identity] transaction in
            try ErasureTable.stillNamed(noted, in: transaction).union(identity.papers(among: noted, in: transaction))
        }
        let wanted = Set(noted).subtracting(named)
        // Only those that nobody has handed in again meanwhile: keeping a file gives it a new moment.
        let orphans = try await files.orphans(before: before) { digests in
            Set(digests.filter { !wanted.contains($0.hex) })
        }
        for orphan in orphans { try await files.remove(orphan.digest) }
        let removed = Set(orphans.map(\.digest.hex))
        var missing: Set<String> = []
        for hex in wanted.subtracting(removed) {
            if let digest = Digest(hex: hex), try await !files.isIntact(digest) { missing.insert(hex) }
        }
        let done = Array(removed.union(named).union(missing))
        _ = try await store.write { try ErasureTable.forgetFiles(done, in: $0) }
        return removed.count
    }
}
