// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Identity
import Kernel
import Storage

/// What the guards of a pack are asked of, beside the state: the answers as they count now, and the papers.
public struct StepFacts: Sendable {
    /// The answers with confirmed numbers in place of the declared ones, on the day of submission.
    public var answers: ConditionContext
    /// Ids of the components of which a file is there.
    public var papers: Set<String>

    /// These facts.
    public init(answers: ConditionContext, papers: Set<String>) { (self.answers, self.papers) = (answers, papers) }

    /// The facts of a dossier of this pack.
    init(_ state: DossierState, _ pack: ProcedurePack, answers: FormAnswers, files: [DossierFile], draft: FormAnswers?)
    {
        let counted = draft.map { pack.confirmed(answers, by: $0) } ?? answers
        var known = ConditionContext(answers: counted, channel: state.channel, today: state.submittedAt.date)
        if let form = pack.form { known.answers = form.effectiveAnswers(known) }
        self.answers = known
        papers = Set(files.filter { $0.state == .current }.map(\.component))
    }
}

/// An action of the current step that a guard of the pack keeps from the actor.
public struct HinderedMove: Sendable, Hashable {
    /// What it would be.
    public var action: DossierAction
    /// The step it would lead to.
    public var target: String?
    /// Why not, in the pack's words.
    public var reason: String

    /// Whether it is this action of the pack.
    public func isOf(_ move: StepAction) -> Bool { move.kind.dossierAction == action && move.target == target }
}

extension DossierContext {
    /// Why the pack does not let a move be made now; nil where nothing stands in the way.
    func hindrance(of move: Move, _ state: DossierState, at now: Instant) -> String? {
        move.guards.first { !holds($0, state, at: now) }?.reason
    }

    private func holds(_ rule: StepGuard, _ state: DossierState, at now: Instant) -> Bool {
        switch rule.test {
        // Where nobody told the facts, nothing is known to hold.
        case .answers(let condition): facts.map { condition.holds(in: $0.answers) } ?? false
        case .paper(let id): facts?.papers.contains(id) ?? false
        case .consulted(let id): isAnswered(id, state, at: now)
        }
    }

    /// Whether somebody was asked under a rule and nobody's answer is waited for.
    private func isAnswered(_ id: String, _ state: DossierState, at now: Instant) -> Bool {
        let asked = state.consultations.filter {
            $0.rule == id && $0.outcome != .withdrawn && $0.outcome != .lapsed
        }
        let isSilenceConsent = consulting?.rules.first { $0.id == id }?.silence == .agrees
        return !asked.isEmpty && asked.allSatisfy { !$0.isOpen || isSilenceConsent && $0.isOverdue(at: now) }
    }

    /// That the step offers this action, and no guard keeps all ways of it.
    func checkOffered(_ action: DossierAction, _ state: DossierState, at now: Instant) throws(DossierRefusal) {
        let moves = (step(state.step)?.moves ?? []).filter { $0.action == action }
        guard !moves.isEmpty else { throw .wrongStep(action) }
        let reasons = moves.map { hindrance(of: $0, state, at: now) }
        if let reason = reasons.first, let reason, !reasons.contains(nil) { throw .guardFails(reason) }
    }
}

extension DossierMachine {
    /// What guards of the pack alone keep from this actor now: moves of the step whose edge she may take.
    static func hindered(
        for actor: Actor,
        _ state: DossierState,
        at now: Instant,
        in context: DossierContext
    ) -> [HinderedMove] {
        (context.step(state.step)?.moves ?? []).compactMap { move in
            guard let edge = DossierGraph.edges(from: state.status, by: move.action).first,
                edge.by.contains(where: { DossierPolicies.performs($0, actor, state, in: context) }),
                !edge.guards.contains(.unsigned) || state.signer == nil,
                let reason = context.hindrance(of: move, state, at: now)
            else { return nil }
            return HinderedMove(action: move.action, target: move.target, reason: reason)
        } + [lateLengthening(for: actor, state, at: now, in: context)].compactMap(\.self)
    }
}

extension DossierMachine {
    /// That the promised date has passed keeps her from a lengthening that the step knows; who is late apologises.
    private static func lateLengthening(
        for actor: Actor,
        _ state: DossierState,
        at now: Instant,
        in context: DossierContext
    ) -> HinderedMove? {
        guard let edge = DossierGraph.edges(from: state.status, by: .lengthen).first, state.signer == nil,
            edge.by.contains(where: { DossierPolicies.performs($0, actor, state, in: context) })
        else { return nil }
        do { _ = try context.lengthenings(state, at: now) } catch {
            guard case .lengtheningTooLate = error else { return nil }
            return error.publicDetail.map { HinderedMove(action: .lengthen, target: nil, reason: $0) }
        }
        return nil
    }
}

extension DossierWriter {
    /// What the guards at the dossier's step are asked of; nil where it has none, or its personal data are erased.
    func facts(
        of state: DossierState,
        by pack: ProcedurePack?,
        in transaction: Transaction
    ) throws -> StepFacts? {
        guard let pack, let step = state.step.flatMap({ pack.workflow.step($0) }),
            step.actions.contains(where: { !$0.guards.isEmpty }),
            let personal = try PersonalTable.find(state.id, in: transaction)
        else { return nil }
        return StepFacts(
            state,
            pack,
            answers: personal.answers,
            files: try FileTable.files(of: state.id, in: transaction),
            draft: try ResultTable.find(of: state.id, in: transaction)?.fields
        )
    }
}

extension DossierView {
    /// What the guards of the pack are asked of.
    var facts: StepFacts {
        StepFacts(state, pack, answers: personal.answers, files: files, draft: result?.fields)
    }
}
