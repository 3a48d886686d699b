// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Organisation
public import Storage

/// Who looked at whose data, when, for which dossier and to what end.
extension IdentityService {
    /// How long a purpose is good for the same dossier: a visit at the counter, not a working day.
    public static let purposeKeptSeconds: Int64 = 3_600
    /// How long unmasked data stay unmasked.
    public static let unmaskedSeconds: Int64 = 900

    // MARK: - Recording

    /// Records readings by an officer, inside the caller's transaction; others' readings of their own data are none.
    ///
    /// The caller answers only after this transaction is on disk, so that there is no reading without its record.
    public func record(_ read: [AccessedData], for reason: AccessReason, by actor: Actor, in transaction: Transaction)
        throws
    {
        guard let officer = actor.officer, let agency = actor.agency, let unit = actor.unit else { return }
        let now = clock.now()
        for data in read {
            let record = AccessRecord(
                id: Identifier(random),
                at: now,
                officer: officer,
                agency: agency,
                unit: unit,
                role: Self.capacity(actor.roles, for: reason.purpose),
                account: data.account,
                dossier: data.dossier,
                part: data.part,
                item: data.item,
                reason: reason
            )
            try AccessTable.insert(record, in: transaction)
        }
    }

    /// The role in which an officer who has several looks to this end.
    static func capacity(_ roles: Set<Role>, for purpose: AccessPurpose) -> Role? {
        let first: [Role] =
            switch purpose {
            case .intake, .delivery, .search, .applicantAsks: [.deskOfficer]
            case .handling: [.specialist, .unitHead]
            case .signing: [.leader]
            case .issuing, .register: [.recordsClerk, .leader]
            case .supervision: [.auditor, .leader, .unitHead]
            case .dataRequest: [.dataProtectionOfficer]
            case .followUp, .consultation, .standIn, .complaint: []
            }
        return (first + Role.allCases).first { roles.contains($0) }
    }

    // MARK: - Purposes that are stated

    /// Keeps the purpose that an officer states before she opens a dossier that is not in her hands, or before she
    /// sees what is masked.
    ///
    /// - Throws: `AccessRefusal.purposeMissing`, `.wordsUnfit`, `.notAllowed` for others than officers; `StoreError`.
    public func state(
        _ purpose: AccessPurpose?,
        words: String,
        isUnmasking: Bool,
        for dossier: String,
        by actor: Actor
    ) async throws {
        guard let officer = actor.officer else { throw AccessRefusal.notAllowed }
        guard let purpose, AccessPurpose.chosen.contains(purpose) || isUnmasking else {
            throw AccessRefusal.purposeMissing
        }
        guard AccessReason.wordsLimits.contains(words.count) else { throw AccessRefusal.wordsUnfit }
        let (now, reason) = (clock.now(), AccessReason(purpose, words: words))
        try await store.write { transaction in
            try AccessTable.state(
                reason,
                isUnmasking: isUnmasking,
                by: officer,
                for: dossier,
                at: now,
                in: transaction
            )
        }
    }

    /// Why this officer may go on looking at a dossier: as she stated, or as she did a moment ago; nil for neither.
    public func standingReason(
        of actor: Actor,
        for dossier: String,
        in transaction: Transaction
    ) throws -> AccessReason? {
        guard let officer = actor.officer else { return nil }
        let since = clock.now().adding(seconds: -Self.purposeKeptSeconds)
        return try AccessTable.stated(isUnmasking: false, by: officer, for: dossier, since: since, in: transaction)
            ?? AccessTable.lastReason(of: officer, for: dossier, since: since, in: transaction)
    }

    /// Why this officer sees the dossier's data unmasked now; nil when they are masked.
    public func unmaskingReason(
        of actor: Actor,
        for dossier: String,
        in transaction: Transaction
    ) throws -> AccessReason? {
        guard let officer = actor.officer else { return nil }
        let since = clock.now().adding(seconds: -Self.unmaskedSeconds)
        return try AccessTable.stated(isUnmasking: true, by: officer, for: dossier, since: since, in: transaction)
    }

    /// Removes statements that are good for nothing any more; called by the worker. The records hold what was stated.
    /// - Returns: how many were removed.
    public func removeOldStatements() async throws -> Int {
        let before = clock.now().adding(seconds: -Self.purposeKeptSeconds)
        return try await store.write { try AccessTable.forgetStatements(before: before, in: $0) }
    }

    // MARK: - Reading the records

    /// Those of these dossiers whose page the officer has opened before.
    public func opened(_ dossiers: [String], by actor: Actor) async throws -> Set<String> {
        guard let officer = actor.officer, !dossiers.isEmpty else { return [] }
        return try await store.read { try AccessTable.opened(dossiers, by: officer, in: $0) }
    }

    /// Who looked at the citizen's own data, the newest first; nothing for others.
    public func accesses(toDataOf actor: Actor, after: Keyset?, limit: Int) async throws -> Page<AccessRecord> {
        guard let account = actor.account else { return Page(items: [], next: nil) }
        let size = min(max(limit, 1), 100)
        let found = try await store.read {
            try AccessTable.records(to: account, after: after, limit: size + 1, in: $0)
        }
        return Self.page(found, size)
    }

    /// The records that an auditor asks for, of her agency and those below it, the newest first.
    ///
    /// - Throws: `AccessRefusal.notAllowed`; `StoreError`.
    public func accesses(_ filter: AccessFilter, for actor: Actor, after: Keyset?, limit: Int) async throws
        -> Page<AccessRecord>
    {
        guard let agency = actor.agency, AccessPolicies.mayAudit(actor) else { throw AccessRefusal.notAllowed }
        let snapshot = try await organisation.snapshot()
        var allowed = filter
        allowed.agencies = filter.agencies.filter { snapshot.isAgency($0, atOrBelow: agency) }
        let (question, size) = (allowed, min(max(limit, 1), 100))
        let found = try await store.read {
            try AccessTable.records(question, after: after, limit: size + 1, in: $0)
        }
        return Self.page(found, size)
    }

    private static func page(_ found: [AccessRecord], _ size: Int) -> Page<AccessRecord> {
        let shown = Array(found.prefix(size))
        return Page(items: shown, next: found.count > size ? shown.last.map(AccessTable.keyset) : nil)
    }
}
