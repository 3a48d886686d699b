// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
import Organisation
public import WorkingTime

/// On what and whom an officer may ask about a dossier now.
public struct AskableConsultation: Sendable {
    public var rule: ConsultationRule
    /// Who is not being asked already.
    public var parties: [ConsultedParty]
    /// The times for an answer that lie within the dossier's own time, in the unit of the rule.
    public var times: [(limit: Int, dueAt: Instant)]
}

extension DossierContext {
    /// What the pack, the organisation and the calendar say about consulting.
    public struct Consulting: Sendable {
        /// The pack's rules.
        public var rules: [ConsultationRule]
        /// Who may be asked under a rule now.
        public var parties: @Sendable (_ rule: ConsultationRule) -> [ConsultedParty]
        /// When an answer is due that is asked for now.
        public var due: @Sendable (_ asked: Instant, _ limit: TimeLimit) throws(DeadlineError) -> Instant

        /// The rules of one pack version at one agency.
        public init(
            rules: [ConsultationRule],
            parties: @escaping @Sendable (_ rule: ConsultationRule) -> [ConsultedParty],
            due: @escaping @Sendable (_ asked: Instant, _ limit: TimeLimit) throws(DeadlineError) -> Instant
        ) {
            (self.rules, self.parties, self.due) = (rules, parties, due)
        }
    }

    /// How far open consultations hold the dossier back at this moment.
    public func hold(_ state: DossierState, at now: Instant) -> ConsultationHold {
        state.consultations.map { hold($0, at: now) }.max() ?? .nothing
    }

    private func hold(_ asked: ConsultationState, at now: Instant) -> ConsultationHold {
        guard asked.isOpen else { return .nothing }
        // A rule that nobody knows any more is waited for: silence is no consent unless the pack says so.
        guard let rule = consulting?.rules.first(where: { $0.id == asked.rule }) else { return .step }
        if rule.silence == .agrees, asked.isOverdue(at: now) { return .nothing }
        return rule.mayGoOn ? .signature : .step
    }

    /// The rules under which an officer may ask at the dossier's step.
    public func askable(_ state: DossierState) -> [ConsultationRule] {
        (consulting?.rules ?? []).filter { rule in
            state.step.map(rule.steps.contains) ?? false && !(consulting?.parties(rule).isEmpty ?? true)
        }
    }

    /// On what and whom an officer may ask now: somebody who is not being asked already, with time for an answer.
    func open(_ state: DossierState, at now: Instant) throws(DossierRefusal) -> [AskableConsultation] {
        var all: [AskableConsultation] = []
        for rule in askable(state) {
            let waiting = state.consultations.filter { $0.isOpen && $0.rule == rule.id }.map(\.party)
            let parties = (consulting?.parties(rule) ?? []).filter { !waiting.contains($0) }
            let times = try answerTimes(rule, state, at: now)
            guard !parties.isEmpty, !times.isEmpty else { continue }
            all.append(AskableConsultation(rule: rule, parties: parties, times: times))
        }
        return all
    }

    /// The times for an answer under a rule that lie within the dossier's own time, in order.
    public func answerTimes(
        _ rule: ConsultationRule,
        _ state: DossierState,
        at now: Instant
    ) throws(DossierRefusal) -> [(limit: Int, dueAt: Instant)] {
        guard let consulting, let promised = state.dueAt else { return [] }
        var times: [(limit: Int, dueAt: Instant)] = []
        for value in 1...max(rule.limit.value, 1) {  // the pack language knows at most 30
            guard let limit = TimeLimit(value, rule.limit.unit) else { break }
            let dueAt: Instant
            do { dueAt = try consulting.due(now, limit) } catch { throw .deadlineUnknown(error.message) }
            if dueAt > promised { break }
            times.append((value, dueAt))
        }
        return times
    }

    /// When the answers to a question are due.
    ///
    /// - Throws: the reason why it may not be asked, with what to do.
    func check(
        _ question: ConsultationQuestion,
        _ state: DossierState,
        at now: Instant
    ) throws(DossierRefusal) -> Instant {
        guard let consulting, let rule = askable(state).first(where: { $0.id == question.rule }) else {
            throw .consultationUnsuitable
        }
        let known = Set(consulting.parties(rule))
        guard !question.parties.isEmpty, Set(question.parties).count == question.parties.count,
            question.parties.allSatisfy(known.contains), Set(question.papers).isSubset(of: rule.papers)
        else { throw .consultationUnsuitable }
        guard question.text.contains(where: { !$0.isWhitespace }) else { throw .questionMissing }
        guard question.text.count <= ConsultationQuestion.textLimit else {
            throw .consultationTextTooLong(limit: ConsultationQuestion.textLimit)
        }
        let waiting = Set(state.consultations.filter { $0.isOpen && $0.rule == rule.id }.map(\.party))
        guard waiting.isDisjoint(with: question.parties) else { throw .consultationRepeated }
        let most = ConsultationQuestion.mostOfOneDossier
        guard state.consultations.count + question.parties.count <= most else {
            throw .tooManyConsultations(limit: most)
        }
        guard let time = try answerTimes(rule, state, at: now).first(where: { $0.limit == question.limit }) else {
            throw .consultationBeyondPromise(dueAt: state.dueAt ?? now)
        }
        return time.dueAt
    }
}

extension DossierState {
    /// Whether an answer of somebody consulted is being waited for within its time.
    public func isConsulting(at now: Instant) -> Bool {
        status.isOpen && consultations.contains { $0.isOpen && !$0.isOverdue(at: now) }
    }

    /// Ends what is still asked, because nobody needs the answer any more.
    mutating func lapseConsultations(at moment: Instant) {
        for index in consultations.indices where consultations[index].isOpen {
            (consultations[index].outcome, consultations[index].closedAt) = (.lapsed, moment)
        }
    }

    /// Ends one consultation.
    mutating func close(_ id: ConsultationID, as outcome: ConsultationOutcome, at moment: Instant) {
        guard let index = consultations.firstIndex(where: { $0.id == id && $0.isOpen }) else { return }
        (consultations[index].outcome, consultations[index].closedAt) = (outcome, moment)
    }
}
