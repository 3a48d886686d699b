// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Identity
public import Journal
public import Kernel
public import Organisation
public import Storage
public import WorkingTime

/// One change of a dossier as services above see it, inside its transaction.
public struct DossierChange: Sendable {
    /// The event.
    public var event: DossierEvent
    /// When it happened.
    public var at: Instant
    /// Who did it.
    public var author: ActorStamp
    /// The state before; nil for a submission.
    public var before: DossierState?
    /// The state after.
    public var after: DossierState
}

/// Given by a service above: called for each change inside its transaction, in fixed order; may not refuse.
public typealias DossierProjector = @Sendable (_ change: DossierChange, _ transaction: Transaction) throws -> Void

/// The one way in which a dossier changes: decide, append to the journal, fold into the row, project, queue notices.
///
/// Everything that moves a dossier passes here, the settlement of an obligation by `Payments` included.
public struct DossierWriter: Sendable {
    let log: TransparencyLog
    /// The published pack of this version, within a transaction; nil for an unknown version.
    let pack: @Sendable (_ version: String, _ transaction: Transaction) throws -> ProcedurePack?
    /// The calendar of an agency.
    let calendar: @Sendable (_ agency: AgencyCode) -> WorkCalendar
    /// The calendar that is kept under a version; nil where none is known.
    let keptCalendar: @Sendable (_ version: String) -> WorkCalendar?
    /// The agencies that execute a procedure now.
    let executing: @Sendable (_ pack: ProcedurePack) -> Set<AgencyCode>
    /// Whom an agency may consult under a rule of a pack now.
    let consultable: @Sendable (_ rule: ConsultationRule, _ asking: AgencyCode) -> [ConsultedParty]
    /// How an agency, or a unit of it, is called.
    let naming: @Sendable (_ agency: AgencyCode, _ unit: OrgUnitID?) -> String
    /// The unit of an agency that has this name now.
    let unitNamed: @Sendable (_ name: String, _ agency: AgencyCode) -> OrgUnitID?
    /// Whether an administrator of the first agency administers the second.
    let administers: @Sendable (_ top: AgencyCode, _ agency: AgencyCode) -> Bool
    /// The officers of an agency to whom work may be given now.
    let staffing: @Sendable (_ agency: AgencyCode) -> [DossierContext.Colleague]
    /// Whether a signed result of this agency waits for its clerk.
    let clerkIssues: @Sendable (_ agency: AgencyCode) -> Bool
    let jobs: JobQueue
    let projectors: [DossierProjector]

    /// The writer; `calendar` and `executing` answer from memory, since they are asked inside transactions.
    /// Where nobody says which agencies execute a procedure, no dossier goes to another one.
    public init(
        log: TransparencyLog,
        jobs: JobQueue,
        pack: @escaping @Sendable (_ version: String, _ transaction: Transaction) throws -> ProcedurePack?,
        calendar: @escaping @Sendable (_ agency: AgencyCode) -> WorkCalendar,
        keptCalendar: @escaping @Sendable (_ version: String) -> WorkCalendar? = { _ in nil },
        executing: @escaping @Sendable (_ pack: ProcedurePack) -> Set<AgencyCode> = { _ in [] },
        consultable: @escaping @Sendable (_ rule: ConsultationRule, _ asking: AgencyCode) -> [ConsultedParty] = {
            _,
            _ in []
        },
        naming: @escaping @Sendable (_ agency: AgencyCode, _ unit: OrgUnitID?) -> String = { agency, _ in agency.text },
        unitNamed: @escaping @Sendable (_ name: String, _ agency: AgencyCode) -> OrgUnitID? = { _, _ in nil },
        administers: @escaping @Sendable (_ top: AgencyCode, _ agency: AgencyCode) -> Bool = { $0 == $1 },
        staffing: @escaping @Sendable (_ agency: AgencyCode) -> [DossierContext.Colleague] = { _ in [] },
        clerkIssues: @escaping @Sendable (_ agency: AgencyCode) -> Bool = { _ in false },
        projectors: [DossierProjector]
    ) {
        self.log = log
        self.jobs = jobs
        self.pack = pack
        self.calendar = calendar
        self.keptCalendar = keptCalendar
        self.executing = executing
        self.consultable = consultable
        self.naming = naming
        self.unitNamed = unitNamed
        self.administers = administers
        (self.staffing, self.clerkIssues) = (staffing, clerkIssues)
        self.projectors = projectors
    }

    /// What the machine must know about a dossier of this pack.
    ///
    /// - Throws: `DossierRefusal.notOffered` when the pack has no such channel, or no steps.
    func context(
        by pack: ProcedurePack?,
        channel: Channel,
        variant: String?,
        agency: AgencyCode,
        calendar kept: WorkCalendar? = nil
    ) throws(DossierRefusal) -> DossierContext {
        guard let pack, let promise = pack.promise(channel, variant: variant) else { throw .notOffered }
        let steps = pack.workflow.steps.compactMap { step in
            Role(rawValue: step.role.rawValue).map { role in
                let moves = step.actions.map { action in
                    DossierContext.Move(action.kind.dossierAction, to: action.target, guards: action.guards)
                }
                let unit = step.unit.flatMap { unitNamed($0, agency) }
                return DossierContext.Step(
                    id: step.id,
                    name: step.name,
                    role: role,
                    unit: unit,
                    assignment: step.assignment,
                    moves: moves
                )
            }
        }
        guard steps.count == pack.workflow.steps.count, !steps.isEmpty else { throw .notOffered }
        let calendar = kept ?? calendar(agency)
        var context = DossierContext(
            steps: steps,
            receivesAutomatically: pack.workflow.receivesAutomatically,
            executing: executing(pack),
            confirmsCounts: !pack.confirmingFields.isEmpty,
            clerkIssues: clerkIssues(agency),
            consulting: consulting(pack, agency, calendar),
            isAdministered: { [administers] in administers($0, agency) }
        ) { (received) throws(DeadlineError) in
            try promise.deadline(receivedAt: received, calendar: calendar)
        }
        if !pack.lengthenings.isEmpty {
            context.lengthening = DossierContext.Lengthening(rules: pack.lengthenings) {
                (received, rule) throws(DeadlineError) in
                try promise.deadline(receivedAt: received, lengthenedBy: rule, calendar: calendar)
            }
        }
        return context
    }

    private func consulting(
        _ pack: ProcedurePack,
        _ agency: AgencyCode,
        _ calendar: WorkCalendar
    ) -> DossierContext.Consulting? {
        guard !pack.workflow.consultations.isEmpty else { return nil }
        return DossierContext.Consulting(
            rules: pack.workflow.consultations,
            parties: { [consultable] rule in consultable(rule, agency) },
            due: { (asked, limit) throws(DeadlineError) in
                try Deadline(receivedAt: asked, limit: limit, calendar: calendar).dueAt
            }
        )
    }

    /// The deadline that was kept, for acts that count times anew: under the calendar of its version they are counted.
    private func kept(
        of state: DossierState,
        for action: DossierAction,
        in transaction: Transaction
    ) throws -> Deadline? {
        let counting: [DossierAction] = [.answerSupplement, .askConsultation, .lengthen]
        guard state.receivedAt != nil, counting.contains(action) else { return nil }
        return try DeadlineTable.find(state.id, in: transaction)
    }

    /// What the machine must know about this dossier.
    ///
    /// - Throws: `DossierRefusal.notOffered` when its pack version is unknown; `StoreError`.
    func context(of state: DossierState, in transaction: Transaction) throws -> DossierContext {
        try context(of: state, by: pack(state.packVersion, transaction))
    }

    /// The same by the pack that was read before.
    func context(of state: DossierState, by pack: ProcedurePack?) throws(DossierRefusal) -> DossierContext {
        try context(of: state, by: pack, kept: nil)
    }

    /// The same with the deadline that the dossier has.
    func context(
        of state: DossierState,
        by pack: ProcedurePack?,
        kept: Deadline?
    ) throws(DossierRefusal) -> DossierContext {
        var context = try context(
            by: pack,
            channel: state.channel,
            variant: state.variant,
            agency: state.agency,
            calendar: kept.flatMap { keptCalendar($0.calendarVersion) }
        )
        context.lengthening?.countsFrom = kept?.receivedAt ?? state.receivedAt
        return context
    }

    /// Changes a dossier inside the caller's journalled transaction.
    ///
    /// - Parameters:
    ///   - id: which dossier.
    ///   - version: the version that the author saw; nil where the author saw none, as a callback.
    ///   - side: from which side it is changed.
    ///   - actor: who asks.
    ///   - now: the moment.
    ///   - transaction: a journalled transaction.
    ///   - command: what is asked; given the state, so that numbers can be taken inside the transaction.
    /// - Returns: the states before and after.
    /// - Throws: `DossierRefusal`; `StoreError`.
    @discardableResult
    func change(
        _ id: DossierID,
        seen version: Int?,
        _ side: Side = .holder,
        by actor: Actor,
        at now: Instant,
        in transaction: Transaction,
        _ command: (DossierState) throws -> DossierCommand
    ) throws -> (before: DossierState, after: DossierState) {
        guard let before = try DossierTable.find(id, in: transaction),
            actor.kind == .system || side.reach.allows(actor, before)
        else { throw DossierRefusal.notFound }
        if let version, version != before.version,
            try side != .consulting || !answersAlone(since: version, on: before, in: transaction)
        {
            throw try conflict(on: before, in: transaction)
        }
        let command = try command(before)
        let pack = try pack(before.packVersion, transaction)
        let kept = try kept(of: before, for: command.action, in: transaction)
        var context = try context(of: before, by: pack, kept: kept)
        context.facts = try facts(of: before, by: pack, in: transaction)
        if [.receive, .handOver, .advance, .sendBack].contains(command.action) {
            context.staff = try staff(of: before, by: pack, in: transaction)
        }
        let events = try DossierMachine.decide(command, before, by: actor, at: now, in: context)
        let edge = DossierGraph.edges(from: before.status, by: command.action).first
        let author = actor.stamp(by: DossierPolicies.authority(of: actor, for: edge, on: before, in: context))
        var state = before
        for (index, event) in events.enumerated() {
            // A receipt that hands over at once is one act of one officer, but two facts.
            let note = index == 0 || command.action == .askConsultation ? command.note : nil
            // Whom the pack's word chooses, the program assigned: nobody of the agency did.
            let rule = if case .assigned(let facts) = event { facts.rule } else { StepAssignment?.none }
            state = try record(
                event,
                note: rule?.note ?? note,
                on: state,
                by: rule == nil ? author : Actor.system("assignment").stamp,
                at: now,
                in: transaction
            )
        }
        let (left, reached) = (before.queue(in: context), state.queue(in: context))
        guard
            try DossierTable.update(
                state,
                queue: reached,
                from: (before.agency, left),
                ifVersion: before.version,
                in: transaction
            )
        else { throw try conflict(on: before, in: transaction) }
        try keepConsultations(of: state, before: before, at: now, in: transaction)
        if state.dueAt != before.dueAt, state.dueAt != nil {
            // A lengthened limit counts from where it began; every other date is a new beginning.
            let start = command.action == .lengthen ? context.lengthening?.countsFrom ?? now : now
            try keepDeadline(of: state, from: start, in: context, transaction)
        }
        return (before, state)
    }

    /// Writes the first event and the row of a new dossier.
    func begin(
        _ id: DossierID,
        _ facts: DossierEvent.Submitted,
        personal: some Encodable,
        slipSecret: String,
        by actor: Actor,
        at now: Instant,
        in transaction: Transaction
    ) throws -> DossierState {
        let event = DossierEvent.submitted(facts)
        let personal = try JSONValue(encoding: personal)
        let moment = try append(event, personal: personal, on: id, by: actor.stamp, at: now, in: transaction)
        guard let state = DossierState.apply(event, at: moment, to: nil, id: id) else { throw DossierRefusal.notFound }
        let context = try context(of: state, in: transaction)
        try DossierTable.insert(state, queue: state.queue(in: context), slipSecret: slipSecret, in: transaction)
        try project(
            DossierChange(event: event, at: moment, author: actor.stamp, before: nil, after: state),
            in: transaction
        )
        return state
    }

    // MARK: - Inside

    private func record(
        _ event: DossierEvent,
        note: DossierNote?,
        on before: DossierState,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws -> DossierState {
        let personal = try note.map { try JSONValue(encoding: $0) }
        let moment = try append(event, personal: personal, on: before.id, by: author, at: now, in: transaction)
        guard let after = DossierState.apply(event, at: moment, to: before, id: before.id) else {
            throw DossierRefusal.notFound
        }
        try project(
            DossierChange(event: event, at: moment, author: author, before: before, after: after),
            in: transaction
        )
        return after
    }

    /// Appends the event; the moment that the journal stored, which is never before that of the event before it.
    private func append(
        _ event: DossierEvent,
        personal: JSONValue?,
        on id: DossierID,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws -> Instant {
        let entry = JournalEntry(
            at: now,
            service: "dossier",
            kind: event.kind,
            objectType: "dossier",
            objectID: id.rawValue,
            actor: author,
            facts: try JSONValue(encoding: event),
            personal: personal
        )
        return try log.append(entry, in: transaction).at
    }

    private func project(_ change: DossierChange, in transaction: Transaction) throws {
        for project in projectors { try project(change, transaction) }
        if let notice = DossierNotice(change.event) {
            try notice.queue(
                for: change.after.id,
                version: change.after.version,
                at: change.at,
                on: jobs,
                in: transaction
            )
        }
    }

    private func keepDeadline(
        of state: DossierState,
        from start: Instant,
        in context: DossierContext,
        _ transaction: Transaction
    ) throws {
        try DeadlineTable.keep(try context.deadline(from: start, of: state), of: state.id, in: transaction)
    }

    /// Who was faster: role and unit of the last event's author, what it was, and when.
    func conflict(on state: DossierState, in transaction: Transaction) throws -> DossierRefusal {
        let entries = try log.events(of: "dossier", id: state.id.rawValue, in: transaction).map(\.entry)
        guard let last = entries.last else { throw DossierRefusal.notFound }
        var before: DossierState?
        for entry in entries.dropLast() {
            let event = try entry.facts.decoded(as: DossierEvent.self)
            before = DossierState.apply(event, at: entry.at, to: before, id: state.id)
        }
        let event = try last.facts.decoded(as: DossierEvent.self)
        let stepRole = try before.flatMap { try context(of: $0, in: transaction).step($0.step)?.role }
        return .changedMeanwhile(
            role: event.authorWord(last.actor.kind, on: before, stepRole: stepRole),
            unit: last.actor.agency.map { naming($0, last.actor.unit.flatMap { OrgUnitID(rawValue: $0) }) } ?? "",
            what: event.vietnamese,
            at: last.at
        )
    }
}
