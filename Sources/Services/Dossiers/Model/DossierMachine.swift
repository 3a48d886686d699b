// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Identity
public import Kernel
public import Organisation
import WorkingTime

/// A request to change a dossier after its submission.
public enum DossierCommand: Sendable, Hashable {
    case settleObligation
    /// Takes the dossier in and hands it over to the office that decides.
    case receive(registerNumber: Int64)
    case handOver
    /// Gives the dossier to another agency that executes the procedure; the promised date stays.
    case handOverToAgency(AgencyCode, reason: String)
    case decline(reason: String)
    case requestSupplement(reason: String, items: [SupplementItem])
    case answerSupplement(files: [String])
    case withdraw(reason: String?)
    case draftResult
    /// To a step that the pack names for the current one; nil = the first of them that is open now.
    case advance(to: String?)
    case sendBack(to: String?, reason: String)
    case requirePayment
    case approve(result: ResultID, fee: FeeCorrection? = nil)
    /// The clerk issues what was signed.
    case issue(fee: FeeCorrection? = nil)
    /// The clerk gives it back: the signature is void.
    case returnSignature(reason: String)
    /// What the right numbers cost, before anything was paid.
    case recountFee(total: VND)
    case refuse(reason: String)
    case stop(reason: String)
    case deliver(DeliveryWay)
    /// Beside the step; one consultation for each party, under these ids.
    case askConsultation(ConsultationQuestion, ids: [ConsultationID])
    case answerConsultation(ConsultationID, ConsultationVerdict, opinion: String?, file: String?)
    case withdrawConsultation(ConsultationID, reason: String?)
    /// By a rule of the pack, once.
    case lengthen(rule: String, reason: String)
    /// To an officer of a unit, or to the unit alone.
    case assign(to: OfficerID?, unit: OrgUnitID?, reason: String?)

    /// The edge that it asks for.
    public var action: DossierAction {
        switch self {
        case .settleObligation: .settleObligation
        case .receive: .receive
        case .handOver: .handOver
        case .handOverToAgency: .handOverToAgency
        case .decline: .decline
        case .requestSupplement: .requestSupplement
        case .answerSupplement: .answerSupplement
        case .withdraw: .withdraw
        case .draftResult: .draftResult
        case .advance: .advance
        case .sendBack: .sendBack
        case .requirePayment: .requirePayment
        case .approve: .approve
        case .issue: .issue
        case .returnSignature: .returnSignature
        case .refuse: .refuse
        case .stop: .stop
        case .deliver: .deliver
        case .recountFee: .recountFee
        case .askConsultation: .askConsultation
        case .answerConsultation: .answerConsultation
        case .withdrawConsultation: .withdrawConsultation
        case .lengthen: .lengthen
        case .assign: .assign
        }
    }

    /// The step that is asked for; nil where none is, or the pack's first is meant.
    var asked: String? {
        switch self {
        case .advance(let step), .sendBack(let step, _): step
        default: nil
        }
    }

    /// What its author wrote; nil when nothing.
    public var note: DossierNote? {
        switch self {
        case .decline(let reason), .sendBack(_, let reason), .refuse(let reason), .stop(let reason),
            .handOverToAgency(_, let reason), .lengthen(_, let reason):
            DossierNote(reason: reason)
        case .requestSupplement(let reason, let items): DossierNote(reason: reason, items: items)
        case .withdraw(let reason): reason.map { DossierNote(reason: $0) }
        // What an agency arranges within itself is no reason that the applicant reads.
        case .returnSignature(let reason): DossierNote(reason: nil, internalText: reason)
        case .assign(_, _, let reason): reason.map { DossierNote(reason: nil, internalText: $0) }
        case .askConsultation(let question, _): DossierNote(reason: nil, internalText: question.text)
        case .answerConsultation(_, _, let text, _), .withdrawConsultation(_, let text):
            text.map { DossierNote(reason: nil, internalText: $0) }
        default: nil
        }
    }
}

/// The pure heart: from a command and a state to events, or a refusal with words. No clock, no store.
public enum DossierMachine {
    /// The longest reason of an assignment, in characters.
    public static let reasonLimit = 500

    /// The events that the command causes.
    ///
    /// - Parameters:
    ///   - command: what is asked.
    ///   - state: where the dossier stands.
    ///   - actor: who asks; already allowed to see the dossier.
    ///   - now: the moment of the command.
    ///   - context: steps and calendar of the dossier's own pack version.
    /// - Throws: `DossierRefusal` that names the rule.
    /// - Returns: one or more events, in order.
    public static func decide(
        _ command: DossierCommand,
        _ state: DossierState,
        by actor: Actor,
        at now: Instant,
        in context: DossierContext
    ) throws(DossierRefusal) -> [DossierEvent] {
        let edges = DossierGraph.edges(from: state.status, by: command.action)
        guard let edge = edges.first else { throw .notPossible(command.action, state.status) }
        guard edge.by.contains(where: { DossierPolicies.performs($0, actor, state, in: context) }) else {
            let isAnothers = DossierPolicies.isAnothers(edge, state, actor, in: context)
            throw isAnothers ? .assignedToAnother : .notAllowed(command.action)
        }
        // What an applicant does to a dossier has legal effect: it asks for as much certainty as the submission.
        guard actor.kind != .citizen || actor.assurance >= .two else { throw .assuranceTooLow }
        for rule in edge.guards { try check(rule, of: edge.action, command, state, by: actor, at: now, in: context) }
        return try events(of: command, state, by: actor, at: now, in: context)
    }

    /// The actions that this actor may be offered now: the edges whose performer and guards on the state hold.
    public static func offered(
        to actor: Actor,
        for state: DossierState,
        at now: Instant,
        in context: DossierContext
    ) -> [DossierAction] {
        var actions: [DossierAction] = []
        for edge in DossierGraph.edges where edge.from == state.status && !actions.contains(edge.action) {
            guard edge.by.contains(where: { DossierPolicies.performs($0, actor, state, in: context) }) else { continue }
            let standing = edge.guards.allSatisfy { rule in
                // What the author has yet to write is asked for on the page of the action.
                rule == .reasonGiven
                    || (try? check(rule, of: edge.action, nil, state, by: actor, at: now, in: context)) != nil
            }
            if standing { actions.append(edge.action) }
        }
        return actions
    }

    private static func check(
        _ rule: Guard,
        of action: DossierAction,
        _ command: DossierCommand?,
        _ state: DossierState,
        by actor: Actor,
        at now: Instant,
        in context: DossierContext
    ) throws(DossierRefusal) {
        let step = context.step(state.step)
        switch rule {
        case .obligationSettled: if state.obligation == .due { throw .paymentDue }
        case .obligationDue: if state.obligation != .due { throw .nothingDue }
        case .extraPaid: if state.obligation == .due { throw .paymentDueBeforeDelivery }
        case .countsConfirmed: if !context.confirmsCounts { throw .notPossible(action, state.status) }
        case .firstSupplementHere:
            let asked = state.status == .submitted ? state.supplementsAtIntake : state.supplementsInProcessing
            if asked > 0 { throw .supplementAlreadyAsked }
        case .reasonGiven:
            guard let note = command?.note, let reason = note.reason ?? note.internalText,
                reason.contains(where: { !$0.isWhitespace })
            else { throw .reasonMissing }
            if let items = note.items, items.isEmpty { throw .itemsMissing }
        case .resultDrafted: if state.drafter == nil { throw .resultNotDrafted }
        case .agencyExecutes:
            let others = context.executing().subtracting([state.agency])
            // Without a command it is only asked whether there is any to choose.
            guard case .handOverToAgency(let agency, _)? = command else {
                if others.isEmpty { throw .agencyUnsuitable }
                return
            }
            if !others.contains(agency) { throw .agencyUnsuitable }
        case .offeredByStep:
            try context.checkOffered(action, state, at: now)
        case .atWorkingStep: if step?.role == .leader { throw .wrongStep(action) }
        case .leadsToStep:
            _ = try context.target(of: action, asked: command?.asked, from: state, at: now)
        case .drafterDoesNotSign:
            if !DossierPolicies.draftedByOthers.allows(actor, state) { throw .drafterMayNotSign }
        case .unsigned: if state.signer != nil { throw .awaitsIssue }
        case .signed: if state.signer == nil || state.result == nil { throw .awaitsNoIssue }
        case .signerDoesNotIssue:
            if !DossierPolicies.signedByOthers.allows(actor, state) { throw .signerMayNotIssue }
        case .lengthensHere:
            guard case .lengthen(let id, _)? = command else {
                _ = try context.lengthenings(state, at: now)
                return
            }
            _ = try context.lengthening(id, state, at: now)
        case .assigneeAnother:
            guard case .assign(let officer, let unit, let reason)? = command else { return }
            let isOwnUnit = unit == nil || unit == actor.unit
            if !isOwnUnit, !actor.roles.contains(.administrator) { throw .assigneeUnsuitable }
            if officer == state.assignee, unit == state.unit { throw .assigneeSame }
            let isSaid = reason?.contains { !$0.isWhitespace } ?? false
            if state.assignee != nil, !isSaid { throw .reasonMissing }
            let limit = Self.reasonLimit
            if reason?.count ?? 0 > limit { throw .reasonTooLong(limit: limit) }
        case .consultationAllowed, .consultationOpen, .consultationsAnswered:
            try checkConsultation(rule, command, state, by: actor, at: now, in: context)
        }
    }

    private static func checkConsultation(
        _ rule: Guard,
        _ command: DossierCommand?,
        _ state: DossierState,
        by actor: Actor,
        at now: Instant,
        in context: DossierContext
    ) throws(DossierRefusal) {
        switch (rule, command) {
        case (.consultationAllowed, .askConsultation(let question, _)?):
            _ = try context.check(question, state, at: now)
        case (.consultationAllowed, _):
            let isRoom = state.consultations.count < ConsultationQuestion.mostOfOneDossier
            let open = try context.open(state, at: now)
            if open.isEmpty || !isRoom { throw .consultationUnsuitable }
        case (.consultationOpen, .answerConsultation(let id, let verdict, let opinion, _)?):
            guard let asked = state.consultations.first(where: { $0.id == id }),
                ConsultationPolicies.open.allows(actor, asked)
            else { throw .consultationClosed }
            let isSaid = opinion?.contains { !$0.isWhitespace } ?? false
            if verdict != .agrees, !isSaid { throw .opinionMissing }
            let limit = ConsultationQuestion.textLimit
            if opinion?.count ?? 0 > limit { throw .consultationTextTooLong(limit: limit) }
        case (.consultationOpen, .withdrawConsultation(let id, _)?):
            if !state.consultations.contains(where: { $0.id == id && $0.isOpen }) { throw .consultationClosed }
        case (.consultationOpen, _):
            if !state.consultations.contains(where: \.isOpen) { throw .consultationClosed }
        default:
            if context.hold(state, at: now) >= .signature { throw context.openConsultations(of: state) }
        }
    }

    private static func events(
        of command: DossierCommand,
        _ state: DossierState,
        by actor: Actor,
        at now: Instant,
        in context: DossierContext
    ) throws(DossierRefusal) -> [DossierEvent] {
        switch command {
        case .settleObligation: return [.obligationSettled]
        case .receive(let number):
            let received = DossierEvent.Received(dueAt: try dueAt(now, state, in: context), registerNumber: number)
            return [.received(received), .handedOver(step: context.steps[0].id)]
                + context.entering(context.steps[0], state, by: actor)
        case .handOver:
            return [.handedOver(step: context.steps[0].id)] + context.entering(context.steps[0], state, by: actor)
        case .handOverToAgency(let agency, _):
            let first = state.status == .processing ? context.steps[0].id : nil
            return [.handedOverToAgency(DossierEvent.OtherAgency(from: state.agency, to: agency, step: first))]
        case .decline: return [.declined]
        case .requestSupplement(_, let items): return [.supplementRequested(items: items.count)]
        case .answerSupplement(let files):
            let hasStarted = state.receivedAt != nil
            // Both rule sets restart the limit: the arrival of the supplement is the new receipt.
            let facts = DossierEvent.SupplementAnswered(
                returnsTo: hasStarted ? .processing : .submitted,
                dueAt: hasStarted ? try dueAt(now, state, in: context) : nil,
                files: files
            )
            return [.supplementAnswered(facts)]
        case .withdraw: return [.withdrawn]
        case .draftResult: return actor.officer.map { [.resultDrafted(drafter: $0)] } ?? []
        case .advance(let asked):
            let target = try context.target(of: .advance, asked: asked, from: state, at: now)
            return [.advanced(from: state.step ?? "", to: target.id)] + context.entering(target, state, by: actor)
        case .sendBack(let asked, _):
            let target = try context.target(of: .sendBack, asked: asked, from: state, at: now)
            return [.sentBack(from: state.step ?? "", to: target.id)] + context.entering(target, state, by: actor)
        case .requirePayment: return [.paymentRequired]
        case .approve(let result, let fee):
            if let signer = actor.officer, context.clerkIssues {
                return [.signed(DossierEvent.Signed(result: result, signer: signer))]
            }
            return granted(result, fee)
        case .issue(let fee): return state.result.map { granted($0, fee) } ?? []
        case .returnSignature: return state.result.map { [.signatureReturned(result: $0)] } ?? []
        case .recountFee(let total): return [.feeRecounted(total: total)]
        case .refuse: return [.refused]
        case .stop: return [.stopped]
        case .deliver(let method): return [.delivered(method)]
        case .lengthen(let id, _): return [try context.lengthened(by: id, state, at: now)]
        case .askConsultation(let question, let ids):
            let dueAt = try context.check(question, state, at: now)
            return zip(ids, question.parties).map { id, party in
                .consultationAsked(
                    DossierEvent.ConsultationAsked(
                        id: id,
                        rule: question.rule,
                        party: party,
                        dueAt: dueAt,
                        papers: question.papers
                    )
                )
            }
        case .answerConsultation(let id, let verdict, _, let file):
            return [.consultationAnswered(DossierEvent.ConsultationAnswered(id: id, verdict: verdict, file: file))]
        case .withdrawConsultation(let id, _): return [.consultationWithdrawn(id)]
        case .assign(let officer, let unit, _):
            return [.assigned(DossierEvent.Assigned(from: state.assignee, to: officer, unit: unit))]
        }
    }

    private static func granted(_ result: ResultID, _ fee: FeeCorrection?) -> [DossierEvent] {
        [.granted(result: result)] + (fee.map { [DossierEvent.feeCorrected($0)] } ?? [])
    }

    private static func dueAt(
        _ now: Instant,
        _ state: DossierState,
        in context: DossierContext
    ) throws(DossierRefusal) -> Instant {
        do { return try context.deadline(from: now, of: state).dueAt } catch { throw .deadlineUnknown(error.message) }
    }
}
