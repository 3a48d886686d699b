// SPDX-License-Identifier: Apache-2.0

import Kernel
public import Organisation

/// The pile of work in which a dossier lies; a dossier lies in exactly one.
public enum WorkQueue: String, Sendable, Hashable, CaseIterable {
    /// Paid or free, waiting to be taken in.
    case intake
    /// Submitted, its fee not yet paid.
    case unpaid
    /// With the specialist.
    case examination
    /// With the leader.
    case signing
    /// Signed, with the clerk who issues.
    case issuing
    /// The applicant has to act: supplement or payment.
    case applicant
    /// Decided, waiting to be given out.
    case delivery
    /// Over.
    case ended

    /// The word on the filter of the work list.
    public var vietnamese: String {
        switch self {
        case .intake: "Chờ tiếp nhận"
        case .unpaid: "Chờ nộp phí"
        case .examination: "Đang thẩm định"
        case .signing: "Chờ ký"
        case .issuing: "Chờ phát hành"
        case .applicant: "Chờ người nộp"
        case .delivery: "Chờ trả kết quả"
        case .ended: "Đã kết thúc"
        }
    }

    /// The piles that concern a role first.
    public static func own(_ roles: Set<Role>) -> [WorkQueue] {
        var queues: [WorkQueue] = []
        if roles.contains(.deskOfficer) { queues += [.intake, .delivery] }
        if roles.contains(.specialist) || roles.contains(.unitHead) { queues.append(.examination) }
        if roles.contains(.leader) { queues.append(.signing) }
        if roles.contains(.recordsClerk) { queues.append(.issuing) }
        return queues
    }
}

extension DossierState {
    /// The pile of work in which the dossier lies now.
    func queue(in context: DossierContext) -> WorkQueue {
        switch status {
        case .submitted: obligation == .due ? .unpaid : .intake
        case .received: .intake
        case .processing where signer != nil: .issuing
        case .processing: context.step(step)?.role == .leader ? .signing : .examination
        case .awaitingSupplement, .awaitingPayment: .applicant
        case .decided: .delivery
        case .declined, .withdrawn, .stopped, .delivered: .ended
        }
    }

    /// What the work list is sorted by: the promised date, and before intake the moment of submission, so that
    /// what waits longest for intake stands first.
    var urgentAt: Instant { dueAt ?? submittedAt }
}
