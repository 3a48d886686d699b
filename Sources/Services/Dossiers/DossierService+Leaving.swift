// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Kernel
public import Organisation
import Storage

/// To whom goes what lies with an officer who leaves her place.
public enum HandingOver: Sendable, Hashable {
    /// Back to the pile of the unit, whose head assigns it anew.
    case pile
    /// To these, in turn, the most urgent first: each gets as many as the others, or one more.
    case officers([OfficerID])
}

/// Why an officer leaves her place.
public enum OfficerLeaving: Sendable, Hashable {
    /// Her account is locked for good.
    case departure
    /// She works elsewhere from now on.
    case move(OfficerPlace)
}

extension DossierService {
    /// How much lies with an officer by name, by pile.
    public func work(assignedTo officer: OfficerID) async throws -> [WorkQueue: Int] {
        let found = try await store.survey { try SuccessionTable.work(of: officer, in: $0) }
        return Dictionary(grouping: found, by: \.queue).mapValues(\.count)
    }

    /// How many dossiers of these agencies are not over.
    public func standing(at agencies: [AgencyCode]) async throws -> Int {
        let counts = try await store.survey { try SuccessionTable.counts(of: agencies, in: $0) }
        return counts.values.reduce(0, +)
    }

    /// Locks or moves an officer and gives her work to others: one act, in one transaction.
    ///
    /// Every dossier gets an event of its reassignment, and her sessions end. What cannot be assigned at its place, as
    /// a result that waits to be given out, goes to the pile.
    ///
    /// - Parameters:
    ///   - officer: who leaves.
    ///   - leaving: for good, or to another place.
    ///   - handing: to whom her work goes.
    ///   - reason: why, for her colleagues; no applicant reads it.
    ///   - actor: an administrator of her agency or of one above.
    /// - Returns: how many dossiers others have now.
    /// - Throws: `DossierRefusal.assigneeUnsuitable`, `.notAllowed`, `.reasonTooLong`; `OrganisationError` as
    ///   `disableOfficer(_:by:at:in:)` and `moveOfficer(_:to:by:at:in:)`; `StoreError`.
    @discardableResult
    public func leave(
        _ officer: OfficerID,
        _ leaving: OfficerLeaving,
        handing: HandingOver,
        reason: String,
        by actor: Actor
    ) async throws -> Int {
        let now = clock.now()
        return try await store.journalled { [self] transaction in
            var given = 0
            if case .officers(let takers) = handing {
                guard !takers.isEmpty, !takers.contains(officer) else { throw DossierRefusal.assigneeUnsuitable }
                for (state, _) in try SuccessionTable.work(of: officer, in: transaction) {
                    guard !DossierGraph.edges(from: state.status, by: .assign).isEmpty else { continue }
                    let taker = takers[given % takers.count]
                    try reassign(state.id, to: taker, reason: reason, by: actor, at: now, in: transaction)
                    given += 1
                }
            }
            switch leaving {
            case .departure: try organisation.disableOfficer(officer, by: actor.stamp, at: now, in: transaction)
            case .move(let place):
                try organisation.moveOfficer(officer, to: place, by: actor.stamp, at: now, in: transaction)
            }
            return given
        }
    }
}
