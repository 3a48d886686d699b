// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Organisation

/// What may be done to a dossier: the edges of its graph.
public enum DossierAction: String, Sendable, Hashable, CaseIterable, Codable {
    case settleObligation
    case receive
    case handOver
    case handOverToAgency
    case decline
    case requestSupplement
    case answerSupplement
    case withdraw
    case draftResult
    case advance
    case sendBack
    case requirePayment
    case approve
    case issue
    case returnSignature
    case refuse
    case stop
    case deliver
    case recountFee
    case askConsultation
    case answerConsultation
    case withdrawConsultation
    case lengthen
    case assign

    /// The word on the button (ux.md §4.1).
    public var vietnamese: String {
        switch self {
        case .settleObligation: "Ghi nhận thanh toán"
        case .receive: "Tiếp nhận"
        case .handOver: "Chuyển xử lý"
        case .handOverToAgency: "Chuyển cơ quan khác"
        case .decline: "Từ chối tiếp nhận"
        case .requestSupplement: "Yêu cầu bổ sung"
        case .answerSupplement: "Gửi bổ sung"
        case .withdraw: "Rút hồ sơ"
        case .draftResult: "Lưu dự thảo kết quả"
        case .advance: "Chuyển bước"
        case .sendBack: "Trả lại"
        case .requirePayment: "Yêu cầu nộp tiền"
        case .approve: "Ký và ban hành"
        case .issue: "Phát hành"
        case .returnSignature: "Trả lại người ký"
        case .refuse: "Từ chối giải quyết"
        case .stop: "Dừng xử lý"
        case .deliver: "Trả kết quả"
        case .recountFee: "Đính chính số đếm"
        case .askConsultation: "Hỏi ý kiến"
        case .answerConsultation: "Trả lời ý kiến"
        case .withdrawConsultation: "Rút câu hỏi"
        case .lengthen: "Kéo dài thời hạn"
        case .assign: "Phân công"
        }
    }
}

extension StepActionKind {
    /// The edge that a pack's action is.
    var dossierAction: DossierAction {
        switch self {
        case .advance: .advance
        case .sendBack: .sendBack
        case .requestSupplement: .requestSupplement
        case .draftResult: .draftResult
        case .grant: .approve
        case .refuse: .refuse
        case .stop: .stop
        }
    }
}

/// Who may take an edge.
public enum Performer: Sendable, Hashable {
    /// The applicant of this dossier.
    case applicant
    /// An officer of the dossier's agency with this role.
    case role(Role)
    /// An officer of the dossier's agency with the role that the current step of the pack names.
    case roleOfStep
    /// An officer of an agency that is being consulted on it.
    case consulted
    /// The head of the unit that has the work, or of any unit where none has it yet.
    case unitHead
    /// An administrator of the dossier's agency or of one above it.
    case administrator
    /// The program, for a verified message from outside.
    case system
}

/// What must hold before an edge is taken; each refuses with words of its own.
public enum Guard: String, Sendable, Hashable, CaseIterable {
    /// What is due before intake has been paid.
    case obligationSettled
    /// Something is due and not yet paid.
    case obligationDue
    /// Intake may ask for a supplement once (NĐ 61/2018 art. 11.2.c, 15.3).
    case firstSupplementHere
    /// A reason in words, and for a supplement its items, were given.
    case reasonGiven
    /// The result has been drafted.
    case resultDrafted
    /// The other agency is another one, and executes the procedure.
    case agencyExecutes
    /// The pack offers this action at the current step, and its guards hold.
    case offeredByStep
    /// The current step of the pack is not a leader's.
    case atWorkingStep
    /// The pack leads from the current step to another one by this action, and to the one that is asked for. To a
    /// leader's step the dossier goes with a draft alone; open consultations may hold it back.
    case leadsToStep
    /// Who drafts does not sign.
    case drafterDoesNotSign
    /// No signed result waits for the clerk: what is signed is first issued or given back.
    case unsigned
    /// A signed result waits for the clerk.
    case signed
    /// Who signs does not issue.
    case signerDoesNotIssue
    /// What the officer's count added to the fee has been paid.
    case extraPaid
    /// The pack has numbers that an officer confirms.
    case countsConfirmed
    /// The pack lets these be consulted here on this, and the answer is due within the dossier's own time.
    case consultationAllowed
    /// The pack lets the time limit be lengthened at this step, it was not yet, and it has not passed.
    case lengthensHere
    /// The work goes to somebody else than before; who takes it from a named officer says why.
    case assigneeAnother
    /// The consultation is open, and where it is answered, the actor's to answer.
    case consultationOpen
    /// Nobody's answer is waited for any more (NĐ 61/2018 art. 19.5).
    case consultationsAnswered
}

/// One edge: from a status, by an action, to a status.
public struct DossierEdge: Sendable, Hashable {
    /// The status before.
    public let from: DossierStatus
    /// What is done.
    public let action: DossierAction
    /// The status after. For an answered supplement it is the status in which the supplement was asked.
    public let to: DossierStatus
    /// Who may do it.
    public let by: [Performer]
    /// What must hold, in the order in which it is checked.
    public let guards: [Guard]

    init(
        _ from: DossierStatus,
        _ action: DossierAction,
        _ to: DossierStatus,
        by: [Performer],
        _ guards: Guard...
    ) {
        self.from = from
        self.action = action
        self.to = to
        self.by = by
        self.guards = guards
    }
}

/// The graph of the ten statuses, as data: it drives checks, buttons, events, tests and the drawing.
///
/// The statuses are national; the edges are those of standards.md §5.1.
public enum DossierGraph {
    /// Every edge. Two edges with one start and one action differ only in where a supplement returns to.
    public static let edges: [DossierEdge] = way + assignments

    /// In these statuses somebody has work to do, or will have it again.
    private static let assignments = [
        DossierStatus.submitted, .processing, .awaitingSupplement, .awaitingPayment,
    ].map { DossierEdge($0, .assign, $0, by: [.unitHead, .administrator], .assigneeAnother) }

    private static let way: [DossierEdge] = [
        DossierEdge(.submitted, .settleObligation, .submitted, by: [.system], .obligationDue),
        DossierEdge(
            .submitted,
            .recountFee,
            .submitted,
            by: [.role(.deskOfficer)],
            .countsConfirmed,
            .obligationDue
        ),
        DossierEdge(.submitted, .receive, .received, by: [.role(.deskOfficer), .system], .obligationSettled),
        DossierEdge(.submitted, .decline, .declined, by: [.role(.deskOfficer)], .reasonGiven),
        DossierEdge(
            .submitted,
            .requestSupplement,
            .awaitingSupplement,
            by: [.role(.deskOfficer)],
            .reasonGiven,
            .firstSupplementHere
        ),
        DossierEdge(
            .submitted,
            .handOverToAgency,
            .submitted,
            by: [.role(.deskOfficer)],
            .obligationSettled,
            .reasonGiven,
            .agencyExecutes
        ),
        DossierEdge(.submitted, .withdraw, .withdrawn, by: [.applicant]),
        DossierEdge(.received, .handOver, .processing, by: [.role(.deskOfficer), .system]),
        DossierEdge(.received, .withdraw, .withdrawn, by: [.applicant]),
        DossierEdge(.processing, .draftResult, .processing, by: [.roleOfStep], .offeredByStep, .unsigned),
        DossierEdge(.processing, .advance, .processing, by: [.roleOfStep], .unsigned, .leadsToStep),
        DossierEdge(
            .processing,
            .sendBack,
            .processing,
            by: [.roleOfStep],
            .unsigned,
            .leadsToStep,
            .reasonGiven
        ),
        DossierEdge(
            .processing,
            .requestSupplement,
            .awaitingSupplement,
            by: [.roleOfStep],
            .offeredByStep,
            .unsigned,
            .reasonGiven,
            .firstSupplementHere
        ),
        DossierEdge(
            .processing,
            .handOverToAgency,
            .processing,
            by: [.role(.deskOfficer), .role(.specialist)],
            .atWorkingStep,
            .unsigned,
            .reasonGiven,
            .agencyExecutes
        ),
        DossierEdge(
            .processing,
            .requirePayment,
            .awaitingPayment,
            by: [.role(.specialist)],
            .atWorkingStep,
            .unsigned
        ),
        DossierEdge(.processing, .withdraw, .withdrawn, by: [.applicant]),
        DossierEdge(
            .processing,
            .approve,
            .decided,
            by: [.role(.leader)],
            .offeredByStep,
            .unsigned,
            .resultDrafted,
            .drafterDoesNotSign,
            .consultationsAnswered
        ),
        // Where a clerk issues, `approve` stays within "processing" until one of these two.
        DossierEdge(.processing, .issue, .decided, by: [.role(.recordsClerk)], .signed, .signerDoesNotIssue),
        DossierEdge(.processing, .returnSignature, .processing, by: [.role(.recordsClerk)], .signed, .reasonGiven),
        DossierEdge(.processing, .refuse, .decided, by: [.role(.leader)], .offeredByStep, .unsigned, .reasonGiven),
        DossierEdge(.processing, .stop, .stopped, by: [.role(.leader)], .unsigned, .reasonGiven),
        DossierEdge(.processing, .lengthen, .processing, by: [.roleOfStep], .unsigned, .lengthensHere, .reasonGiven),
        DossierEdge(.processing, .askConsultation, .processing, by: [.roleOfStep], .unsigned, .consultationAllowed),
        DossierEdge(.processing, .answerConsultation, .processing, by: [.consulted], .consultationOpen),
        DossierEdge(.processing, .withdrawConsultation, .processing, by: [.roleOfStep], .consultationOpen),
        DossierEdge(.awaitingSupplement, .answerSupplement, .submitted, by: [.applicant]),
        DossierEdge(.awaitingSupplement, .answerSupplement, .processing, by: [.applicant]),
        DossierEdge(.awaitingSupplement, .withdraw, .withdrawn, by: [.applicant]),
        DossierEdge(
            .awaitingSupplement,
            .answerConsultation,
            .awaitingSupplement,
            by: [.consulted],
            .consultationOpen
        ),
        DossierEdge(
            .awaitingSupplement,
            .withdrawConsultation,
            .awaitingSupplement,
            by: [.roleOfStep],
            .consultationOpen
        ),
        DossierEdge(
            .awaitingSupplement,
            .stop,
            .stopped,
            by: [.role(.deskOfficer), .role(.specialist)],
            .reasonGiven
        ),
        DossierEdge(.awaitingPayment, .settleObligation, .processing, by: [.system]),
        DossierEdge(.awaitingPayment, .answerConsultation, .awaitingPayment, by: [.consulted], .consultationOpen),
        DossierEdge(.awaitingPayment, .withdraw, .withdrawn, by: [.applicant]),
        DossierEdge(.awaitingPayment, .stop, .stopped, by: [.role(.specialist)], .reasonGiven),
        DossierEdge(.decided, .settleObligation, .decided, by: [.system], .obligationDue),
        DossierEdge(.decided, .deliver, .delivered, by: [.role(.deskOfficer), .system], .extraPaid),
    ]

    /// The edges of one action from one status: one, or two for an answered supplement, or none.
    public static func edges(from status: DossierStatus, by action: DossierAction) -> [DossierEdge] {
        edges.filter { $0.from == status && $0.action == action }
    }

    /// Graphviz text, kept in docs/diagrams and compared by a test.
    public static func dot() -> String {
        var lines = ["digraph dossier {", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
        for status in DossierStatus.allCases {
            lines.append("  \(status.rawValue) [label=\"\(status.rawValue) \(status.vietnamese)\"];")
        }
        for edge in edges {
            let guards = edge.guards.map(\.rawValue).joined(separator: "\\n")
            let label = guards.isEmpty ? edge.action.vietnamese : "\(edge.action.vietnamese)\\n\(guards)"
            lines.append("  \(edge.from.rawValue) -> \(edge.to.rawValue) [label=\"\(label)\"];")
        }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }
}
