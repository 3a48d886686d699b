// SPDX-License-Identifier: Apache-2.0

import Identity
public import Journal
import Kernel
public import Organisation
import Storage

/// What a merger of agencies or units does to dossiers, drafts and questions: given to `Organisation`.
///
/// What is still to be done passes to the successor by an event of each dossier; code, history, draft and promised
/// date stay. What is over stays with the agency that did it, and the successor reads it by policy.
public struct DossierSuccession: Sendable {
    private let log: TransparencyLog
    private let projectors: [DossierProjector]

    /// - Parameters:
    ///   - log: the journal.
    ///   - projectors: what services above do with each change, as the writer has them.
    public init(log: TransparencyLog, projectors: [DossierProjector]) {
        (self.log, self.projectors) = (log, projectors)
    }

    /// Passes on what is in flight, in the transaction of the merger.
    public var projector: OrganisationProjector {
        { change, transaction in
            switch change.event {
            case .officerDisabled(let officer, _): try release(officer, keeping: nil, of: change, in: transaction)
            case .officerMoved(let officer, _, let place):
                try release(officer, keeping: place, of: change, in: transaction)
            default: break
            }
            guard case .restructured(let done) = change.event else { return }
            if case .agencies(let codes, let successor) = done.plan.bodies {
                for code in codes {
                    try DraftTable.readdress(from: code, to: successor, in: transaction)
                    guard let successor, let name = done.successorName else { continue }
                    let facts = DossierEvent.Succession(from: code, to: successor, name: name)
                    try pass(facts, by: done, of: change, in: transaction)
                }
            }
            try passUnits(done, of: change, in: transaction)
            try passConsultations(done, of: change, in: transaction)
        }
    }

    /// Counts what is in flight at those who end.
    public var inFlight: InFlightCounter {
        { plan, _, transaction in
            var lines: [InFlight] = []
            let agencies = plan.endingAgencies
            if !agencies.isEmpty {
                let counts = try SuccessionTable.counts(of: agencies, in: transaction)
                lines += WorkQueue.allCases.filter { $0 != .ended }.map { queue in
                    InFlight("Hồ sơ: \(queue.vietnamese)", counts[queue] ?? 0, needsSuccessor: true)
                }
                let drafts = try DraftTable.count(for: agencies, in: transaction)
                lines.append(InFlight("Bản nháp đang soạn gửi tới đây", drafts, needsSuccessor: false))
            }
            let asked = try SuccessionTable.openConsultations(
                to: agencies,
                units: plan.endingUnits,
                in: transaction
            )
            lines.append(InFlight("Câu hỏi ý kiến chờ trả lời", asked.count, needsSuccessor: true))
            return lines
        }
    }

    // MARK: - Dossiers

    private func pass(
        _ facts: DossierEvent.Succession,
        by done: OrganisationEvent.Restructured,
        of change: OrganisationChange,
        in transaction: Transaction
    ) throws {
        let plan = done.plan
        let note = DossierNote(
            reason: "Theo \(plan.basis), từ ngày \(plan.day.vietnamese). Mã hồ sơ và ngày hẹn trả không đổi."
        )
        var last: DossierID?
        while true {
            // Those that have passed are found no more; who is behind `last` has been.
            let found = try SuccessionTable.standing(at: facts.from, after: last, limit: 200, in: transaction)
            for (state, queue) in found {
                var facts = facts
                facts.unit = state.unit.map { Self.unit(instead: $0, after: done) }
                try record(.passedToSuccessor(facts), note, on: state, queue, of: change, in: transaction)
                try SuccessionTable.readdressDraft(of: state.id, to: facts.to, in: transaction)
            }
            guard let end = found.last else { return }
            last = end.state.id
        }
    }

    /// The unit that has the work of another one afterwards.
    private static func unit(instead unit: OrgUnitID, after done: OrganisationEvent.Restructured) -> OrgUnitID {
        done.units.first { $0.unit == unit }?.successor ?? unit
    }

    /// Work of units that are merged within their agency; who works on it stays.
    private func passUnits(
        _ done: OrganisationEvent.Restructured,
        of change: OrganisationChange,
        in transaction: Transaction
    ) throws {
        for passing in done.units where passing.from == passing.to {
            for (state, queue) in try SuccessionTable.work(of: passing.unit, at: passing.from, in: transaction) {
                let event = DossierEvent.assigned(
                    DossierEvent.Assigned(from: state.assignee, to: state.assignee, unit: passing.successor)
                )
                try record(event, nil, on: state, queue, of: change, in: transaction)
            }
        }
    }

    /// Nothing stays with somebody who is gone: what is still assigned goes back to the pile of the unit.
    private func release(
        _ officer: OfficerID,
        keeping place: OfficerPlace?,
        of change: OrganisationChange,
        in transaction: Transaction
    ) throws {
        for (state, queue) in try SuccessionTable.work(of: officer, in: transaction) {
            if let place, state.agency == place.agency, state.unit == nil || state.unit == place.unit { continue }
            let event = DossierEvent.assigned(DossierEvent.Assigned(from: officer, to: nil, unit: state.unit))
            try record(event, nil, on: state, queue, of: change, in: transaction)
        }
    }

    private func record(
        _ event: DossierEvent,
        _ note: DossierNote?,
        on before: DossierState,
        _ queue: WorkQueue,
        of change: OrganisationChange,
        in transaction: Transaction
    ) throws {
        let entry = JournalEntry(
            at: change.at,
            service: "dossier",
            kind: event.kind,
            objectType: "dossier",
            objectID: before.id.rawValue,
            actor: change.author,
            facts: try JSONValue(encoding: event),
            personal: try note.map { try JSONValue(encoding: $0) }
        )
        let moment = try log.append(entry, in: transaction).at
        guard let after = DossierState.apply(event, at: moment, to: before, id: before.id),
            // A merger changes who has a dossier, never where it stands: the pile stays.
            try DossierTable.update(
                after,
                queue: queue,
                from: (before.agency, queue),
                ifVersion: before.version,
                in: transaction
            )
        else { throw StoreError.decoding(column: "version", reason: "a dossier that changed under the lock") }
        let told = DossierChange(event: event, at: moment, author: change.author, before: before, after: after)
        for project in projectors { try project(told, transaction) }
    }

    // MARK: - Questions

    private func passConsultations(
        _ done: OrganisationEvent.Restructured,
        of change: OrganisationChange,
        in transaction: Transaction
    ) throws {
        let plan = done.plan
        for asked in try SuccessionTable.openConsultations(
            to: plan.endingAgencies,
            units: plan.endingUnits,
            in: transaction
        ) {
            guard let party = Self.party(instead: asked.party, after: done),
                let (state, queue) = try SuccessionTable.find(asked.dossier, in: transaction)
            else { continue }
            let event = DossierEvent.consultationPassed(asked.id, to: party)
            try record(event, nil, on: state, queue, of: change, in: transaction)
            try SuccessionTable.readdress(asked.id, to: party, in: transaction)
        }
    }

    /// Who answers instead; nil where nobody takes over.
    private static func party(
        instead party: ConsultedParty,
        after done: OrganisationEvent.Restructured
    ) -> ConsultedParty? {
        if let unit = party.unit, let passing = done.units.first(where: { $0.unit == unit }) {
            guard passing.successor != nil || passing.to != passing.from else { return nil }
            return ConsultedParty(agency: passing.to, unit: passing.successor ?? unit)
        }
        guard case .agencies(let codes, let successor?) = done.plan.bodies, codes.contains(party.agency) else {
            return nil
        }
        return ConsultedParty(agency: successor)
    }
}
