// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Journal
public import Kernel
public import Organisation
import Storage

extension DossierContext {
    /// Who may be given the work of a step by name, and who did such work on this dossier before.
    public struct Staff: Sendable {
        /// The agency's officers.
        public var colleagues: [Colleague]
        /// Who acted last in each role.
        public var handlers: [Role: OfficerID]

        /// These people.
        public init(colleagues: [Colleague], handlers: [Role: OfficerID] = [:]) {
            (self.colleagues, self.handlers) = (colleagues, handlers)
        }
    }

    /// An officer to whom work may go.
    public struct Colleague: Sendable, Hashable {
        public var id: OfficerID
        public var unit: OrgUnitID
        public var roles: Set<Role>
        /// The roles in which somebody stands in for her today.
        public var awayIn: Set<Role>
        /// How many open dossiers lie with her by name.
        public var open: Int

        /// An officer with these facts.
        public init(id: OfficerID, unit: OrgUnitID, roles: Set<Role>, awayIn: Set<Role> = [], open: Int = 0) {
            (self.id, self.unit, self.roles, self.awayIn, self.open) = (id, unit, roles, awayIn, open)
        }
    }

    /// What coming to a step does to whose work it is, after the word of the pack: where that names nobody, a step of
    /// another unit is nobody's there by name yet.
    func entering(_ step: Step, _ state: DossierState, by actor: Actor) -> [DossierEvent] {
        guard let chosen = chosen(for: step, state, by: actor) else {
            guard let unit = step.unit, unit != state.unit else { return [] }
            return [.assigned(DossierEvent.Assigned(from: state.assignee, to: nil, unit: unit))]
        }
        guard chosen.id != state.assignee || chosen.unit != state.unit else { return [] }
        let facts = DossierEvent.Assigned(
            from: state.assignee,
            to: chosen.id,
            unit: chosen.unit,
            rule: step.assignment
        )
        return [.assigned(facts)]
    }

    private func chosen(for step: Step, _ state: DossierState, by actor: Actor) -> Colleague? {
        guard step.assignment != .head, let staff else { return nil }
        let fit = staff.colleagues.filter { $0.roles.contains(step.role) }
        let own = fit.filter { $0.unit == step.unit ?? state.unit }
        // A unit that nobody named and that does no such work leaves it to the agency.
        let candidates = step.unit != nil || !own.isEmpty ? own : fit
        switch step.assignment {
        case .head: return nil
        case .same:
            let isOfRole = self.step(state.step)?.role == step.role
            let handler = (isOfRole ? actor.officer : nil) ?? staff.handlers[step.role]
            // Who is away keeps it: her substitute does her work.
            return candidates.first { $0.id == handler }
        case .leastOpen:
            let present = candidates.filter { !$0.awayIn.contains(step.role) }
            // Who has it by name already goes on.
            if let holder = present.first(where: { $0.id == state.assignee }) { return holder }
            return present.min { ($0.open, $0.id.rawValue) < ($1.open, $1.id.rawValue) }
        }
    }
}

extension StepAssignment {
    /// Why the program gave the work to somebody, for the officers' story of the dossier.
    var note: DossierNote {
        let why =
            switch self {
            case .head: "trưởng đơn vị phân công"
            case .leastOpen: "người có ít hồ sơ đang mở nhất trong đơn vị"
            case .same: "người đã làm bước trước của vai trò này"
            }
        return DossierNote(reason: nil, internalText: "Tự động theo quy trình của thủ tục: \(why).")
    }
}

extension OrganisationSnapshot {
    /// The active officers of an agency as work may be given to them on this day.
    public func colleagues(of agency: AgencyCode, on day: LocalDate) -> [DossierContext.Colleague] {
        officers(of: agency).map { officer in
            let away = substitutions(with: officer.id, from: day).filter {
                $0.officer == officer.id && $0.isInForce(on: day)
            }
            return DossierContext.Colleague(
                id: officer.id,
                unit: officer.unit,
                roles: officer.roles,
                awayIn: Set(away.map(\.role))
            )
        }
    }
}

extension DossierWriter {
    /// To whom work may go by the words of the pack; nil where the pack leaves it to the heads of units.
    func staff(
        of state: DossierState,
        by pack: ProcedurePack?,
        in transaction: Transaction
    ) throws -> DossierContext.Staff? {
        let words = Set((pack?.workflow.steps ?? []).map(\.assignment))
        guard let pack, words != [.head] else { return nil }
        let open = try WorkListTable.openCounts(of: state.agency, in: transaction)
        let colleagues = staffing(state.agency).map { colleague in
            var counted = colleague
            counted.open = open[colleague.id] ?? 0
            return counted
        }
        let handlers = try words.contains(.same) ? handlers(of: state, pack.workflow, in: transaction) : [:]
        return DossierContext.Staff(colleagues: colleagues, handlers: handlers)
    }

    /// Who acted last on a dossier at the steps of each role.
    private func handlers(
        of state: DossierState,
        _ workflow: Workflow,
        in transaction: Transaction
    ) throws -> [Role: OfficerID] {
        var (handlers, step): ([Role: OfficerID], String?) = ([:], nil)
        for entry in try log.events(of: "dossier", id: state.id.rawValue, in: transaction).map(\.entry) {
            let event = try entry.facts.decoded(as: DossierEvent.self)
            switch event {
            case .handedOver(let first): step = first
            case .resultDrafted, .advanced, .sentBack, .supplementRequested, .consultationAsked, .lengthened:
                let role = step.flatMap { workflow.step($0) }.flatMap { Role(rawValue: $0.role.rawValue) }
                if entry.actor.kind == .officer, let role, let officer = OfficerID(rawValue: entry.actor.id) {
                    handlers[role] = officer
                }
            default: break
            }
            if case .advanced(_, let to) = event { step = to }
            if case .sentBack(_, let to) = event { step = to }
        }
        return handlers
    }
}
