// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Digests
public import Identity
public import Journal
public import Kernel
public import Organisation
public import Payments
import Storage
public import WorkingTime

/// One event in the story of a dossier.
public struct TimelineEntry: Sendable {
    public var event: DossierEvent
    public var at: Instant
    public var author: ActorStamp
    /// What the author wrote; nil when nothing, or erased.
    public var note: DossierNote?

    /// The officer who did it; nil when somebody else did.
    public var officer: OfficerID? { author.kind == .officer ? OfficerID(rawValue: author.id) : nil }
}

/// Everything about one dossier that its page shows, read in one snapshot.
public struct DossierView: Sendable {
    public var state: DossierState
    public var pack: ProcedurePack
    public var agency: Agency
    /// For the papers that the program makes; pages show `shown`.
    var personal: DossierPersonal
    /// What a page may show of the applicant, masked for officers who do not need it.
    public var shown: ShownPerson
    public var files: [DossierFile]
    public var supplements: [Supplement]
    public var result: ResultDocument?
    public var timeline: [TimelineEntry]
    public var deadline: Deadline?
    public var obligation: Obligation?
    /// What the actor may do now.
    public var offered: [DossierAction]
    /// What only guards of the pack keep the actor from, with their reasons.
    public var hindered: [HinderedMove] = []
    /// The step of the workflow while processing.
    public var step: Step?
    /// By which authority it was filed, as it stands now; nil where the applicant filed it herself.
    public var authority: Representation?
    /// Whether the person had the use of her data restricted.
    public var isRestricted: Bool
    /// Everybody who was consulted, with what was said.
    public var consultations: [Consultation]
    /// How far open consultations hold the dossier back now.
    public var hold: ConsultationHold
    /// On what the pack lets somebody be consulted here, by whom.
    public var askable: [AskableConsultation]
    /// By which rules the time limit may be lengthened now, each with its day.
    public var lengthenings: [OfferedLengthening] = []
}

extension DossierView {
    /// What the pack offers at the current step by this action, as far as it is open now: to a leader's step a dossier
    /// goes with a draft alone.
    public func open(_ action: DossierAction) -> [StepAction] {
        let steps = pack.workflow.steps
        return (step?.actions ?? []).filter { move in
            guard move.kind.dossierAction == action, !hindered.contains(where: { $0.isOf(move) }) else { return false }
            let target = steps.first { $0.id == move.target }
            guard target?.role != .leader || state.drafter != nil else { return false }
            return action != .advance || hold < (target?.role == .leader ? .signature : .step)
        }
    }
}

/// What anybody learns by the code alone: code and degree of completion (TT 01/2018 art. 16.2.d).
public struct PublicTracking: Sendable {
    public var code: DossierCode
    public var status: DossierStatus
    public var lane: PublicLane
    /// When its personal data were erased; nil while they are kept.
    public var erasedOn: LocalDate?
    /// The public timeline; nil without the secret of the slip.
    public var timeline: PublicTimeline?

    /// What the secret of the slip opens: no names, no reasons.
    public struct PublicTimeline: Sendable {
        public var procedureName: String
        public var agencyName: String
        public var entries: [(text: String, at: Instant)]
        public var dueAt: Instant?
        /// Whether somebody is being consulted now.
        public var isConsulting: Bool
        /// The lengthening of the time limit; nil where none was taken.
        public var lengthening: TakenLengthening?
    }
}

/// A row of the work list.
public struct WorkListRow: Sendable, Hashable {
    public var id: DossierID
    public var code: DossierCode
    public var applicant: Identifier<DossierApplicant>
    public var procedure: String
    public var procedureName: String
    /// Masked when the dossier is not in the officer's hands and was not looked up.
    public var applicantName: String
    public var submittedAt: Instant
    public var dueAt: Instant?
    public var isPaused: Bool
    public var queue: WorkQueue
    public var status: DossierStatus
    public var version: Int
    /// The pack version, and the step within "processing".
    public var packVersion: String
    public var step: String?
    /// The step by its name in the dossier's own pack version; nil outside "processing".
    public var stepName: String?
    /// Who sends dossiers to this step by its pack; nil where several roles may.
    public var sender: StepRole?
    /// The officer to whom the work is assigned; nil where it lies with all.
    public var assignee: OfficerID?
}

/// A page of the work list with the counts of all piles, read in one snapshot.
public struct WorkList: Sendable {
    public var rows: Page<WorkListRow>
    public var counts: [WorkQueue: Int]
    /// Questions of others that wait for the actor's answer.
    public var consultations: Int
}

/// A row in the list of an applicant's dossiers.
public struct ApplicantRow: Sendable, Hashable {
    public var state: DossierState
    public var procedureName: String
}

extension DossierService {
    /// One dossier with everything that its page shows.
    ///
    /// An officer's reading of a citizen's dossier is noted in the record of accesses before anything is given out, and
    /// she sees masked what her role does not need.
    /// - Throws: `DossierRefusal.notFound` for a dossier that the actor may not see; `.purposeNeeded` for an officer in
    ///   whose hands it is not and who has not said why she looks; `StoreError`.
    public func dossier(_ code: DossierCode, for actor: Actor) async throws -> DossierView {
        var view = try await judged(code, for: actor)
        let masked = try await noteReading(of: view.state, .page, by: actor)
        view.shown.mask(masked, by: view.pack.form)
        return view
    }

    /// One dossier for a command of the actor: nothing of it is shown, so nothing is recorded but the command's event.
    func judged(_ code: DossierCode, for actor: Actor) async throws -> DossierView {
        try await view(offeredTo: actor) { transaction in
            guard let state = try DossierTable.find(code, in: transaction) else { throw DossierRefusal.notFound }
            guard DossierPolicies.read.allows(actor, state) else {
                throw try Self.refusal(.notFound, of: state.applicant.rawValue, for: actor, identity, in: transaction)
            }
            return state
        }
    }

    /// The parts of a dossier's page in one snapshot; `find` has judged who may see it.
    func view(
        offeredTo actor: Actor?,
        _ find: @escaping @Sendable (Transaction) throws -> DossierState
    ) async throws -> DossierView {
        let read = try await store.read { transaction in
            let state = try find(transaction)
            let (erasedAt, isRestricted) = try ErasureTable.standing(of: state.id, in: transaction)
            if let erasedAt { throw DossierRefusal.erased(state.code, on: erasedAt.date) }
            guard let personal = try PersonalTable.find(state.id, in: transaction) else {
                throw DossierRefusal.notFound
            }
            return (
                state, personal,
                try FileTable.files(of: state.id, in: transaction),
                try SupplementTable.all(of: state.id, in: transaction),
                try ResultTable.find(of: state.id, in: transaction),
                try story(of: state.id, withNotes: true, in: transaction),
                try DeadlineTable.find(state.id, in: transaction),
                try organisation.snapshot(in: transaction).agency(state.agency),
                try payments.obligation(of: Self.payable(state.id), in: transaction),
                isRestricted,
                try personal.behalf.flatMap { try identity.representation($0.representation, in: transaction) },
                try state.consultations.isEmpty ? [] : ConsultationTable.all(of: state.id, in: transaction)
            )
        }
        let (
            state, personal, files, supplements, result, timeline, deadline, agency, obligation, isRestricted,
            authority, consultations
        ) = read
        guard let pack = try await catalogue.pack(version: state.packVersion), let agency else {
            throw DossierRefusal.notOffered
        }
        let now = clock.now()
        var context = try writer.context(of: state, by: pack, kept: deadline)
        context.facts = StepFacts(state, pack, answers: personal.answers, files: files, draft: result?.fields)
        let offered = actor.map { DossierMachine.offered(to: $0, for: state, at: now, in: context) } ?? []
        return DossierView(
            state: state,
            pack: pack,
            agency: agency,
            personal: personal,
            shown: ShownPerson(personal),
            files: files,
            supplements: supplements,
            result: result,
            timeline: timeline,
            deadline: deadline,
            obligation: obligation,
            offered: offered,
            hindered: actor.map { DossierMachine.hindered(for: $0, state, at: now, in: context) } ?? [],
            step: state.step.flatMap { pack.workflow.step($0) },
            authority: authority,
            isRestricted: isRestricted,
            consultations: consultations,
            hold: context.hold(state, at: now),
            askable: offered.contains(.askConsultation) ? try context.open(state, at: now) : [],
            lengthenings: offered.contains(.lengthen) ? try context.lengthenings(state, at: now) : []
        )
    }

    /// A file of a dossier that the actor may see, or of the actor's own draft.
    ///
    /// - Throws: `DossierRefusal.notFound` for every other file.
    public func file(_ id: DossierFileID, for actor: Actor) async throws -> DossierFile {
        let now = clock.now()
        let (file, state) = try await store.read { transaction -> (DossierFile, DossierState?) in
            guard let owner = try FileTable.owner(of: id, in: transaction) else { throw DossierRefusal.notFound }
            if let dossier = owner.dossier {
                guard let state = try DossierTable.find(dossier, in: transaction),
                    DossierPolicies.read.allows(actor, state)
                else { throw DossierRefusal.notFound }
                return (owner.file, state)
            }
            guard let draft = owner.draft else { throw DossierRefusal.notFound }
            _ = try Self.ownDraft(draft, of: actor, at: now, identity, in: transaction)
            return (owner.file, nil)
        }
        if let state { _ = try await noteReading(of: state, .file, item: id.rawValue, by: actor) }
        return file
    }

    /// One page of the work of the actor's agency, most urgent first.
    ///
    /// - Parameters:
    ///   - actor: the officer.
    ///   - queues: the piles to show; empty for all that are not over.
    ///   - search: a dossier code, or part of a name with or without marks; empty for all.
    ///   - after: where the last page ended.
    ///   - limit: rows, at most 100.
    /// - Returns: the rows, where the next page begins, and the counts of all piles.
    /// - Throws: `StoreError`.
    public func workList(
        of actor: Actor,
        queues: [WorkQueue],
        search: String = "",
        after: Keyset? = nil,
        limit: Int = 50
    ) async throws -> WorkList {
        let shown = queues.isEmpty ? WorkQueue.allCases.filter { $0 != .ended } : queues
        let size = min(max(limit, 1), 100)
        let list: @Sendable (Transaction) throws -> ([WorkListRow], (queues: [WorkQueue: Int], consultations: Int)) = {
            (
                try WorkListTable.rows(actor, shown, search: search, after: after, limit: size + 1, in: $0),
                try WorkListTable.counts(actor, in: $0)
            )
        }
        // A part of a name is looked for in all that lies with the agency.
        let (rows, counts) = try await search.isEmpty ? store.read(list) : store.survey(list)
        let named = named(rows.prefix(size))
        let next = rows.count > size ? named.last.map(WorkListTable.keyset) : nil
        let isSearch = !VietnameseText.tidy(search).isEmpty
        let told = try await noteList(named, isSearch: isSearch, by: actor)
        return WorkList(rows: Page(items: told, next: next), counts: counts.queues, consultations: counts.consultations)
    }

    /// The rows with what the packs call things, by the index alone.
    func named(_ rows: ArraySlice<WorkListRow>) -> [WorkListRow] {
        let today = clock.today
        var names: [String: String] = [:]
        var named = Array(rows)
        for index in named.indices {
            let (procedure, version) = (named[index].procedure, named[index].packVersion)
            let name = names[procedure] ?? catalogue.entry(procedure, on: today)?.name ?? procedure
            names[procedure] = name
            named[index].procedureName = name
            if named[index].queue == .issuing {
                named[index].stepName = WorkQueue.issuing.vietnamese
                continue
            }
            guard named[index].status == .processing, let step = named[index].step,
                let stage = catalogue.entry(version: version)?.stage(step)
            else { continue }
            named[index].stepName = stage.name
            named[index].sender = stage.sender
        }
        return named
    }

    /// The dossiers of an applicant, newest first, at most 200.
    public func dossiers(of actor: Actor) async throws -> [ApplicantRow] {
        guard actor.kind == .citizen else { return [] }
        let states = try await store.read { try WorkListTable.dossiers(of: actor, in: $0) }
        return states.map { state in
            let name = catalogue.entry(version: state.packVersion)?.name ?? state.procedure
            return ApplicantRow(state: state, procedureName: name)
        }
    }

    /// What the public learns about a code, with the secret of the slip or without.
    ///
    /// A wrong secret is answered like none at all, in the same time: nothing tells whether it was near.
    /// - Throws: `DossierRefusal.notFound` for an unknown code.
    public func track(_ code: DossierCode, secret: SecretToken?) async throws -> PublicTracking {
        let presented = (secret?.digest ?? Digest(of: [])).hex
        let read = try await store.read { transaction -> (DossierState, LocalDate?, [TimelineEntry]?, Agency?) in
            guard let row = try WorkListTable.tracked(code, in: transaction) else { throw DossierRefusal.notFound }
            let isOpen = constantTimeEquals(Array(row.slipSecret.utf8), Array(presented.utf8)) && secret != nil
            let erasedOn = row.erasedAt?.date
            guard isOpen else { return (row.state, erasedOn, nil, nil) }
            return (
                row.state, erasedOn, try story(of: row.state.id, withNotes: false, in: transaction),
                try organisation.snapshot(in: transaction).agency(row.state.agency)
            )
        }
        let (state, erasedOn, timeline, agency) = read
        var tracking = PublicTracking(code: state.code, status: state.status, lane: lane(of: state), timeline: nil)
        tracking.erasedOn = erasedOn
        if let timeline, let pack = catalogue.entry(version: state.packVersion) {
            let rules = state.lengthening == nil ? nil : try await catalogue.pack(version: state.packVersion)
            tracking.timeline = PublicTracking.PublicTimeline(
                procedureName: pack.name,
                agencyName: agency?.name ?? state.agency.text,
                entries: timeline.filter(\.event.isToldToApplicant).map { ($0.event.vietnamese, $0.at) },
                dueAt: state.dueAt,
                isConsulting: state.isConsulting(at: clock.now()),
                lengthening: rules.flatMap { timeline.lengthening(by: $0) }
            )
        }
        return tracking
    }

    /// The stage that the public sees.
    public func lane(of state: DossierState) -> PublicLane {
        switch state.status {
        case .submitted, .declined: return .submitted
        case .received: return .intake
        case .decided, .delivered: return .delivery
        case .processing, .awaitingSupplement, .awaitingPayment, .withdrawn, .stopped:
            let step = state.step.flatMap { catalogue.entry(version: state.packVersion)?.stage($0) }
            return step?.lane ?? (state.receivedAt == nil ? .submitted : .processing)
        }
    }

    /// What happened to a dossier, oldest first; notes only where they are asked for.
    func story(of id: DossierID, withNotes: Bool, in transaction: Transaction) throws -> [TimelineEntry] {
        let lines = try writer.log.lines(
            of: "dossier",
            id: id.rawValue,
            includingPersonal: withNotes,
            in: transaction
        )
        return try lines.map { line in
            let event = try knownEvents.event(line.facts)
            var note: DossierNote?
            if case .submitted = event {
                // The personal part of a submission is the applicant's row, no note.
            } else {
                note = try line.personal.map { try JSONText.decode(DossierNote.self, from: $0) }
            }
            return TimelineEntry(event: event, at: line.at, author: line.actor, note: note)
        }
    }
}
