// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
import Storage

extension OrganisationService {
    /// How far ahead a merger may be planned, in days.
    public static let planningDays = 730

    // MARK: - Mergers

    /// What a merger would do, with what services above have in flight there.
    ///
    /// - Throws: `OrganisationError` as `restructure(_:seen:by:)`.
    public func preview(_ plan: Restructuring) async throws -> RestructuringPreview {
        let now = clock.now()
        return try await store.survey { try self.preview(plan, at: now, in: $0) }
    }

    /// Merges or closes bodies, or plans it for the day on which it shall be so.
    ///
    /// - Parameters:
    ///   - plan: what is merged; a day that has come is done at once.
    ///   - version: the version of the organisation that the preview showed.
    ///   - author: the administrator.
    /// - Returns: the plan that waits for its day; nil when it was done.
    /// - Throws: `OrganisationError.changedMeanwhile`, and every rule of a merger: `.basisMissing`,
    ///   `.bodiesUnsuitable`, `.unknownAgency`, `.unknownUnit`, `.alreadyClosed`, `.dayBeforeBeginning`,
    ///   `.dayTooFar`, `.successorUnfit`, `.successorBelow`, `.successorMissing`, `.deskNeeded`, `.workInFlight`.
    public func restructure(
        _ plan: Restructuring,
        seen version: Int64,
        by author: ActorStamp
    ) async throws -> PlannedRestructuring? {
        let (now, id) = (clock.now(), PlannedRestructuring.ID(random))
        return try await store.journalled { [self] transaction in
            guard try VersionTable.current(in: transaction) == version else {
                throw OrganisationError.changedMeanwhile
            }
            let preview = try preview(plan, at: now, in: transaction)
            guard !preview.isDue else {
                try carryOut(preview, planned: nil, by: author, at: now, in: transaction)
                return nil
            }
            let planned = PlannedRestructuring(
                id: id,
                plan: plan,
                state: .planned,
                refusal: nil,
                plannedBy: author.id,
                plannedAt: now
            )
            try RestructuringTable.insert(planned, in: transaction)
            try append(.restructuringPlanned(id, plan), by: author, at: now, in: transaction)
            try VersionTable.advance(in: transaction)
            return planned
        }
    }

    /// The mergers that wait for their day, or could not be done on it.
    public func plans() async throws -> [PlannedRestructuring] {
        try await store.read { try RestructuringTable.standing(in: $0) }
    }

    /// Takes a plan back.
    ///
    /// - Throws: `OrganisationError.planGone` when it does not wait any more.
    public func cancelPlan(_ id: PlannedRestructuring.ID, by author: ActorStamp) async throws {
        let now = clock.now()
        try await store.journalled { [self] transaction in
            guard try RestructuringTable.end(id, as: .cancelled, at: now, in: transaction) else {
                throw OrganisationError.planGone
            }
            try append(.restructuringCancelled(id), by: author, at: now, in: transaction)
            try VersionTable.advance(in: transaction)
        }
    }

    /// Does the mergers whose day has come, each in a transaction of its own; called by the worker.
    ///
    /// One that a rule forbids by now is put aside with the reason, for a person; the others are done.
    /// - Returns: how many were done.
    public func carryOutDuePlans() async throws -> Int {
        let now = clock.now()
        let due = try await store.read { try RestructuringTable.due(on: now.date, in: $0) }
        var done = 0
        for planned in due where try await carryOut(planned.id, at: now) { done += 1 }
        return done
    }

    private func carryOut(_ id: PlannedRestructuring.ID, at now: Instant) async throws -> Bool {
        do {
            return try await store.journalled { [self] transaction in
                guard let planned = try RestructuringTable.find(id, in: transaction), planned.state == .planned
                else { return false }
                let preview = try preview(planned.plan, at: now, in: transaction)
                try carryOut(preview, planned: id, by: .system("units"), at: now, in: transaction)
                return try RestructuringTable.end(id, as: .done, at: now, in: transaction)
            }
        } catch let error as OrganisationError {
            try await store.journalled { [self] transaction in
                let words = error.publicDetail
                guard try RestructuringTable.end(id, as: .refused, refusal: words, at: now, in: transaction) else {
                    return
                }
                let event = OrganisationEvent.restructuringRefused(id, code: error.code)
                try append(event, by: .system("units"), at: now, in: transaction)
                try VersionTable.advance(in: transaction)
            }
            return false
        }
    }

    // MARK: - Inside

    /// As the organisation stands within this transaction; never kept, since a transaction that writes may be undone.
    func standing(in transaction: Transaction) throws -> OrganisationSnapshot {
        OrganisationSnapshot(
            version: try VersionTable.current(in: transaction),
            agencies: try AgencyTable.all(in: transaction),
            units: try AgencyTable.units(in: transaction),
            officers: try OfficerTable.all(in: transaction),
            calendars: try CalendarTable.all(in: transaction),
            calendarVersions: try AgencyTable.calendarVersions(in: transaction),
            substitutions: try SubstitutionTable.all(in: transaction)
        )
    }

    private func preview(
        _ plan: Restructuring,
        at now: Instant,
        in transaction: Transaction
    ) throws -> RestructuringPreview {
        let standing = try standing(in: transaction)
        guard plan.day <= now.date.adding(days: Self.planningDays) else { throw OrganisationError.dayTooFar }
        let effects = try standing.effects(of: plan, on: now.date)
        let officers = effects.officers.map(\.officer.id)
        let inFlight = try counters.flatMap { try $0(plan, officers, transaction) }.filter { $0.count > 0 }
        let held = inFlight.filter(\.needsSuccessor)
        guard plan.hasSuccessor || held.isEmpty else { throw OrganisationError.workInFlight(held) }
        return RestructuringPreview(
            plan: plan,
            version: standing.version,
            effects: effects,
            inFlight: inFlight,
            signingKeys: effects.officers.count { hasSigningKey($0.officer) },
            isDue: plan.day <= now.date
        )
    }

    private func carryOut(
        _ preview: RestructuringPreview,
        planned: PlannedRestructuring.ID?,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let (plan, effects, lastDay) = (preview.plan, preview.effects, preview.plan.day.adding(days: -1))
        for passing in effects.units {
            guard var unit = try AgencyTable.unit(passing.unit, in: transaction) else { continue }
            // A unit without another one that takes over goes over as a whole, unless its agency is closed for good.
            if passing.successor == nil, passing.to != passing.from {
                unit.agency = passing.to
            } else {
                (unit.validTo, unit.successor) = (lastDay, passing.successor)
            }
            try AgencyTable.update(unit, in: transaction)
        }
        var successorName: String?
        switch plan.bodies {
        case .agencies(let codes, let successor):
            successorName = try successor.flatMap { try AgencyTable.find($0, in: transaction)?.name }
            for code in codes {
                guard var agency = try AgencyTable.find(code, in: transaction) else { continue }
                (agency.validTo, agency.successor) = (lastDay, successor)
                try AgencyTable.update(agency, in: transaction)
            }
            for var child in effects.children where !codes.contains(child.code) {
                child.parent = successor
                try AgencyTable.update(child, in: transaction)
            }
        case .units(_, let successor):
            successorName = try successor.flatMap { try AgencyTable.unit($0, in: transaction)?.name }
        }
        for move in effects.officers {
            try OfficerTable.move(move.officer.id, to: move.agency, unit: move.unit, in: transaction)
        }
        let done = OrganisationEvent.Restructured(
            plan: plan,
            units: effects.units,
            successorName: successorName,
            planned: planned
        )
        try append(.restructured(done), by: author, at: now, in: transaction)
        for move in effects.officers { try append(move.event, by: author, at: now, in: transaction) }
        try VersionTable.advance(in: transaction)
    }
}

extension Restructuring {
    /// Whether somebody takes over.
    var hasSuccessor: Bool {
        switch bodies {
        case .agencies(_, let successor): successor != nil
        case .units(_, let successor): successor != nil
        }
    }
}

extension OfficerPassing {
    /// The event of this move.
    var event: OrganisationEvent {
        .officerMoved(
            officer.id,
            from: OfficerPlace(agency: officer.agency, unit: officer.unit),
            to: OfficerPlace(agency: agency, unit: unit)
        )
    }
}
