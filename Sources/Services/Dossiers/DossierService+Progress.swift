// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Identity
public import Kernel
import Organisation
import Storage

/// Where a dossier stands, without anything personal: what a partner of the agency may know.
public struct DossierProgress: Sendable {
    public var state: DossierState
    public var procedureName: String
    public var agencyName: String
    public var lane: PublicLane
}

/// What happened to a dossier, without names and reasons.
public struct ProgressEntry: Sendable {
    public var event: DossierEvent
    public var at: Instant
}

extension DossierService {
    /// Where a dossier stands.
    ///
    /// - Throws: `DossierRefusal.notFound` for a dossier that the actor may not follow; `StoreError`.
    public func progress(of code: DossierCode, for actor: Actor) async throws -> DossierProgress {
        let state = try await store.read { try Self.followed(code, by: actor, in: $0) }
        return progress(of: state, try await organisation.snapshot())
    }

    /// What happened to a dossier, oldest first.
    ///
    /// - Throws: as `progress(of:for:)`.
    public func progressEntries(of code: DossierCode, for actor: Actor) async throws -> [ProgressEntry] {
        try await store.read { transaction in
            let state = try Self.followed(code, by: actor, in: transaction)
            return try story(of: state.id, withNotes: false, in: transaction).map {
                ProgressEntry(event: $0.event, at: $0.at)
            }
        }
    }

    /// A page of the dossiers that the actor may follow, newest first.
    ///
    /// - Parameters:
    ///   - actor: an applicant for her own, a partner for those of its agency.
    ///   - after: where the last page ended.
    ///   - limit: rows, at most 100.
    /// - Returns: the rows, and where the next page begins.
    /// - Throws: `StoreError`.
    public func progressList(
        for actor: Actor,
        after: Keyset? = nil,
        limit: Int = 20
    ) async throws -> Page<DossierProgress> {
        let size = min(max(limit, 1), 100)
        let states = try await store.read {
            try WorkListTable.followed(by: actor, after: after, limit: size + 1, in: $0)
        }
        let agencies = try await organisation.snapshot()
        let items = states.prefix(size).map { progress(of: $0, agencies) }
        let next = states.count > size ? items.last.map { WorkListTable.followedKeyset($0.state) } : nil
        return Page(items: items, next: next)
    }

    private static func followed(
        _ code: DossierCode,
        by actor: Actor,
        in transaction: Transaction
    ) throws -> DossierState {
        guard let state = try DossierTable.find(code, in: transaction), DossierPolicies.follow.allows(actor, state)
        else { throw DossierRefusal.notFound }
        return state
    }

    private func progress(of state: DossierState, _ agencies: OrganisationSnapshot) -> DossierProgress {
        DossierProgress(
            state: state,
            procedureName: catalogue.entry(version: state.packVersion)?.name ?? state.procedure,
            agencyName: agencies.agency(state.agency)?.name ?? state.agency.text,
            lane: lane(of: state)
        )
    }
}
