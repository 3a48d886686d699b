// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import Organisation
public import WorkingTime

/// What the machine must know of the pack and the calendar; plain values and one pure function.
public struct DossierContext: Sendable {
    /// A step of the pack's workflow within "processing".
    public struct Step: Sendable, Hashable {
        public var id: String
        public var name: String
        public var role: Role
        /// The unit that does it; nil = whoever has the role.
        public var unit: OrgUnitID?
        /// To whom the work goes by name when a dossier comes here.
        public var assignment: StepAssignment
        /// What the pack offers at this step; nothing else may be done there.
        public var moves: [Move]

        public init(
            id: String,
            name: String,
            role: Role,
            unit: OrgUnitID? = nil,
            assignment: StepAssignment = .head,
            moves: [Move]
        ) {
            (self.id, self.name, self.role, self.unit, self.moves) = (id, name, role, unit, moves)
            self.assignment = assignment
        }
    }

    /// One action that a step offers.
    public struct Move: Sendable, Hashable {
        public var action: DossierAction
        /// The step it leads to, of `advance` and `sendBack`.
        public var target: String?
        /// What must hold before it is made.
        public var guards: [StepGuard]

        public init(_ action: DossierAction, to target: String? = nil, guards: [StepGuard] = []) {
            (self.action, self.target, self.guards) = (action, target, guards)
        }
    }

    /// The steps in order; never empty.
    public var steps: [Step]
    /// The deadline of a dossier received at a moment: calendar, limit and cut-off of its pack version.
    public var deadline: @Sendable (_ received: Instant) throws(DeadlineError) -> Deadline
    /// Whether intake is automatic.
    public var receivesAutomatically: Bool
    /// Agencies that execute the procedure today; where there is no other than the dossier's own, none may be chosen.
    /// Few acts ask for them.
    public var executing: @Sendable () -> Set<AgencyCode>
    /// Whether the pack has numbers that an officer confirms.
    public var confirmsCounts: Bool
    /// Whether an administrator of this agency administers the dossier's.
    public var isAdministered: @Sendable (_ by: AgencyCode) -> Bool
    /// Whether a signed result waits for the agency's clerk before it is issued.
    public var clerkIssues: Bool
    /// Who may be consulted; nil where the pack knows of nobody.
    public var consulting: Consulting?
    /// What may lengthen the time limit; nil where the pack knows of nothing.
    public var lengthening: Lengthening?
    /// What guards of the steps are asked of; without it none of them holds.
    public var facts: StepFacts?
    /// To whom work may go by name; nil where nobody is chosen by the program.
    public var staff: Staff?

    /// The rules of one pack version at one agency.
    public init(
        steps: [Step],
        receivesAutomatically: Bool,
        executing: @escaping @autoclosure @Sendable () -> Set<AgencyCode> = [],
        confirmsCounts: Bool = false,
        clerkIssues: Bool = false,
        consulting: Consulting? = nil,
        isAdministered: @escaping @Sendable (_ by: AgencyCode) -> Bool = { _ in false },
        deadline: @escaping @Sendable (_ received: Instant) throws(DeadlineError) -> Deadline
    ) {
        precondition(!steps.isEmpty, "a workflow has at least one step")
        self.steps = steps
        self.receivesAutomatically = receivesAutomatically
        self.executing = executing
        self.confirmsCounts = confirmsCounts
        self.clerkIssues = clerkIssues
        self.consulting = consulting
        self.isAdministered = isAdministered
        self.deadline = deadline
    }

    /// The step of this id.
    public func step(_ id: String?) -> Step? { steps.first { $0.id == id } }

    /// The step to which a dossier goes by this action: the one that is asked for, else the first that is open now.
    ///
    /// - Throws: `.wrongStep` where the pack does not lead there, `.guardFails` where it does not yet,
    ///   `.resultNotDrafted` before a leader's step, `.consultationsOpen` while answers are waited for.
    func target(
        of action: DossierAction,
        asked: String?,
        from state: DossierState,
        at now: Instant
    ) throws(DossierRefusal) -> Step {
        let moves = step(state.step)?.moves ?? []
        let named = moves.filter { $0.action == action && (asked == nil || $0.target == asked) }
        guard let first = named.first else { throw .wrongStep(action) }
        let passing = named.filter { hindrance(of: $0, state, at: now) == nil }
        if passing.isEmpty, let reason = hindrance(of: first, state, at: now) { throw .guardFails(reason) }
        let drafted = passing.compactMap { step($0.target) }.filter { $0.role != .leader || state.drafter != nil }
        guard !drafted.isEmpty else { throw .resultNotDrafted }
        guard action == .advance else { return drafted[0] }
        let hold = hold(state, at: now)
        guard let open = drafted.first(where: { hold < ($0.role == .leader ? .signature : .step) }) else {
            throw openConsultations(of: state)
        }
        return open
    }

    /// Whose answers are waited for, in words.
    func openConsultations(of state: DossierState) -> DossierRefusal {
        let open = state.consultations.filter(\.isOpen)
        return .consultationsOpen(count: open.count, until: open.map(\.dueAt).max() ?? state.submittedAt)
    }
}
