// SPDX-License-Identifier: Apache-2.0

import Journal
public import Kernel
import Organisation
import Storage

/// A message to the applicant about an event, by mail and SMS.
public enum DossierNotice: String, Sendable, Hashable, CaseIterable, Codable {
    case submitted, received, declined, supplement, settled, lengthened, decided, delivered, withdrawn, stopped

    /// The kind of its jobs.
    public static let jobKind = "dossier-notice"

    /// The notice that an event calls for; nil where the applicant need not be told.
    init?(_ event: DossierEvent) {
        switch event {
        case .submitted: self = .submitted
        case .received: self = .received
        case .declined: self = .declined
        case .supplementRequested: self = .supplement
        case .obligationSettled: self = .settled
        case .lengthened: self = .lengthened
        case .granted, .refused: self = .decided
        case .delivered: self = .delivered
        case .withdrawn: self = .withdrawn
        case .stopped: self = .stopped
        case .handedOver, .handedOverToAgency, .supplementAnswered, .resultDrafted, .advanced, .sentBack,
            .paymentRequired, .feeCorrected, .feeRecounted, .consultationAsked, .consultationAnswered,
            .consultationWithdrawn, .passedToSuccessor, .consultationPassed, .assigned,
            .signed, .signatureReturned:
            return nil
        }
    }

    /// How a message travels; each way is a job of its own, so that a failing gateway repeats only its own part.
    public enum Way: String, Sendable, Hashable, CaseIterable, Codable {
        case mail, sms
    }

    /// What a job of this kind carries: ids alone, no personal data.
    public struct Payload: Sendable, Hashable, Codable {
        public var dossier: DossierID
        public var notice: DossierNotice
        public var way: Way
    }

    /// Queues the messages in the transaction of the event; one an event and way (invariant I6).
    func queue(
        for dossier: DossierID,
        version: Int,
        at now: Instant,
        on jobs: JobQueue,
        in transaction: Transaction
    ) throws {
        for way in Way.allCases {
            try jobs.enqueue(
                kind: Self.jobKind,
                payload: try JSONText.encode(Payload(dossier: dossier, notice: self, way: way)),
                runAt: now,
                uniqueKey: "notice:\(dossier):\(version):\(way.rawValue)",
                in: transaction
            )
        }
    }
}

extension DossierEvent {
    /// What the author of this event is called to an officer whose page is stale.
    ///
    /// The journal keeps no roles: the word is that of the edge taken from the status before, and "Cán bộ" where the
    /// graph lets several roles take it.
    func authorWord(_ author: ActorKind, on before: DossierState?, stepRole: Role?) -> String {
        switch author {
        case .citizen, .business: return "Người nộp hồ sơ"
        case .system, .partner: return "Hệ thống"
        case .officer: break
        }
        // What was signed before is issued by the clerk.
        let action = before?.signer != nil && action == .approve ? .issue : action
        let performers = DossierGraph.edges.filter { $0.action == action && $0.from == before?.status }.flatMap(\.by)
        let roles = performers.compactMap { performer -> Role? in
            switch performer {
            case .role(let role): return role
            case .roleOfStep: return stepRole
            case .unitHead: return .unitHead
            case .administrator: return .administrator
            case .applicant, .consulted, .system: return nil
            }
        }
        return roles.count == 1 ? roles[0].vietnamese : "Cán bộ"
    }

    private var action: DossierAction? {
        switch self {
        case .submitted, .passedToSuccessor, .consultationPassed: nil
        case .obligationSettled: .settleObligation
        case .received: .receive
        case .handedOver: .handOver
        case .handedOverToAgency: .handOverToAgency
        case .declined: .decline
        case .supplementRequested: .requestSupplement
        case .supplementAnswered: .answerSupplement
        case .withdrawn: .withdraw
        case .resultDrafted: .draftResult
        case .advanced: .advance
        case .sentBack: .sendBack
        case .paymentRequired: .requirePayment
        case .granted, .signed: .approve
        case .signatureReturned: .returnSignature
        case .refused: .refuse
        case .stopped: .stop
        case .delivered: .deliver
        case .feeCorrected: .approve
        case .feeRecounted: .recountFee
        case .consultationAsked: .askConsultation
        case .consultationAnswered: .answerConsultation
        case .consultationWithdrawn: .withdrawConsultation
        case .lengthened: .lengthen
        case .assigned: .assign
        }
    }
}
