// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import Organisation

/// The id of a dossier; random, internal.
public typealias DossierID = Identifier<DossierState>

/// Where a dossier stands: the fold of its events, and nothing else. The row in the table must equal the replay.
public struct DossierState: Sendable, Hashable {
    public var id: DossierID
    public var code: DossierCode
    public var procedure: String
    public var packVersion: String
    public var agency: AgencyCode
    public var applicant: Identifier<DossierApplicant>
    public var channel: Channel
    public var delivery: DeliveryWay
    public var regime: Regime
    /// The case of the pack by which time and papers go.
    public var variant: String?
    /// The lengthening of the time limit that was taken; never a second one.
    public var lengthening: String?
    public var status: DossierStatus
    /// The step of the pack while processing.
    public var step: String?
    public var obligation: ObligationSubstate
    public var submittedAt: Instant
    public var receivedAt: Instant?
    public var registerNumber: Int64?
    public var dueAt: Instant?
    /// Since when the clock stands still.
    public var pausedSince: Instant?
    /// Requests for supplement at intake, and in processing.
    public var supplementsAtIntake = 0
    public var supplementsInProcessing = 0
    public var drafter: OfficerID?
    /// Who signed the result that waits for the clerk; nil where none waits.
    public var signer: OfficerID?
    /// The unit that has the work, and the officer to whom it is assigned; nil where nobody said.
    public var unit: OrgUnitID?
    public var assignee: OfficerID?
    public var result: ResultID?
    public var decision: Decision?
    public var decidedAt: Instant?
    public var deliveredAt: Instant?
    /// When the dossier left the open statuses.
    public var endedAt: Instant?
    /// What the officer's count made of the fee; nil where it changed nothing.
    public var feeCorrection: FeeCorrection?
    /// Everybody who was consulted, in the order of asking.
    public var consultations: [ConsultationState] = []
    /// The number of its events; a command carries the version that its author saw.
    public var version: Int

    /// The day by which the dossier is due, while its clock runs.
    public var dueDay: LocalDate? { standing.dueDay }

    /// What figures ask of it.
    public var standing: DossierStanding {
        DossierStanding(status: status, dueAt: dueAt, isPaused: pausedSince != nil)
    }

    /// The state after this event.
    ///
    /// - Parameters:
    ///   - event: a fact that `DossierMachine.decide` gave.
    ///   - moment: when it happened.
    ///   - state: the state before; nil for a submission.
    ///   - id: the dossier's id.
    /// - Returns: the new state; nil for an event other than a submission without a state before.
    public static func apply(
        _ event: DossierEvent,
        at moment: Instant,
        to state: DossierState?,
        id: DossierID
    ) -> DossierState? {
        guard var next = state else {
            guard case .submitted(let facts) = event else { return nil }
            return DossierState(id: id, facts: facts, at: moment)
        }
        next.apply(event, at: moment)
        return next
    }

    /// Becomes the state after this event, which is no submission.
    mutating func apply(_ event: DossierEvent, at moment: Instant) {
        version += 1
        fold(event, at: moment)
        if !status.isOpen {
            if endedAt == nil { endedAt = moment }
            lapseConsultations(at: moment)
            signer = nil
        }
        // What was due before the end is due no more; Payments cancels its obligation in the same transaction.
        if obligation == .due, [.declined, .withdrawn, .stopped].contains(status) { obligation = .none }
    }

    private mutating func fold(_ event: DossierEvent, at moment: Instant) {
        switch event {
        case .submitted: break
        case .obligationSettled:
            obligation = .settled
            if status == .awaitingPayment { (status, pausedSince) = (.processing, nil) }
        case .received(let facts):
            (status, receivedAt, dueAt) = (.received, moment, facts.dueAt)
            registerNumber = facts.registerNumber
        case .handedOver(let first): (status, step) = (.processing, first)
        case .handedOverToAgency(let facts):
            // What was drafted bears the name of the agency that has it no more.
            (agency, step, drafter) = (facts.to, facts.step, nil)
            (unit, assignee) = (nil, nil)
            lapseConsultations(at: moment)
        case .declined: status = .declined
        case .lengthened(let facts): (lengthening, dueAt) = (facts.rule, facts.dueAt)
        case .supplementRequested:
            if status == .submitted { supplementsAtIntake += 1 } else { supplementsInProcessing += 1 }
            if receivedAt != nil { pausedSince = moment }
            status = .awaitingSupplement
        case .supplementAnswered(let facts):
            (status, pausedSince) = (facts.returnsTo, nil)
            if let newDue = facts.dueAt { dueAt = newDue }
        case .withdrawn: status = .withdrawn
        case .resultDrafted(let officer): drafter = officer
        case .advanced(_, let to), .sentBack(_, let to): step = to
        case .paymentRequired: (status, obligation, pausedSince) = (.awaitingPayment, .due, moment)
        case .signed(let facts): (result, signer) = (facts.result, facts.signer)
        case .signatureReturned: (result, signer) = (nil, nil)
        case .granted(let document):
            (status, decision, result, decidedAt) = (.decided, .granted, document, moment)
        case .refused: (status, decision, decidedAt) = (.decided, .refused, moment)
        case .stopped: status = .stopped
        case .delivered: (status, deliveredAt) = (.delivered, moment)
        case .feeCorrected(let correction):
            feeCorrection = correction
            if correction.extra > .zero { obligation = .due }
        case .feeRecounted(let total): obligation = total > .zero ? .due : .none
        case .consultationAsked(let facts):
            consultations.append(
                ConsultationState(
                    id: facts.id,
                    rule: facts.rule,
                    party: facts.party,
                    askedBy: agency,
                    step: step ?? "",
                    askedAt: moment,
                    dueAt: facts.dueAt
                )
            )
        case .consultationAnswered(let facts): close(facts.id, as: ConsultationOutcome(facts.verdict), at: moment)
        case .consultationWithdrawn(let id): close(id, as: .withdrawn, at: moment)
        case .passedToSuccessor(let facts): (agency, unit) = (facts.to, facts.unit)
        case .consultationPassed(let id, let party):
            if let place = consultations.firstIndex(where: { $0.id == id }) { consultations[place].party = party }
        case .assigned(let facts): (unit, assignee) = (facts.unit, facts.to)
        }
    }
}

/// What figures ask of a dossier.
public struct DossierStanding: Sendable, Hashable {
    public var status: DossierStatus
    public var dueAt: Instant?
    public var isPaused: Bool

    /// The day by which the dossier is due, while its clock runs.
    public var dueDay: LocalDate? { status.isOpen && !isPaused ? dueAt?.date : nil }
}

extension DossierState {
    fileprivate init(id: DossierID, facts: DossierEvent.Submitted, at moment: Instant) {
        self.init(
            id: id,
            code: facts.code,
            procedure: facts.procedure,
            packVersion: facts.packVersion,
            agency: facts.agency,
            applicant: facts.applicant,
            channel: facts.channel,
            delivery: facts.delivery,
            regime: facts.regime,
            variant: facts.variant,
            status: .submitted,
            obligation: facts.obligation,
            submittedAt: moment,
            version: 1
        )
    }
}
