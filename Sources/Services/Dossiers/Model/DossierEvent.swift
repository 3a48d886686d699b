// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import Organisation

/// One fact of a dossier, without personal data: what stands in the journal's leaf.
///
/// Names, answers and reasons stand in the erasable part beside it (`DossierNote`).
public enum DossierEvent: Sendable, Hashable, Codable {
    case submitted(Submitted)
    case obligationSettled
    case received(Received)
    case handedOver(step: String)
    case handedOverToAgency(OtherAgency)
    case declined
    case supplementRequested(items: Int)
    case supplementAnswered(SupplementAnswered)
    case withdrawn
    case resultDrafted(drafter: OfficerID)
    case advanced(from: String, to: String)
    case sentBack(from: String, to: String)
    case paymentRequired
    /// Signed; it waits for the clerk, and is no result yet.
    case signed(Signed)
    /// The clerk gave it back to the signer: that signature is void. Why is in the erasable part.
    case signatureReturned(result: ResultID)
    /// Issued: signed and in force.
    case granted(result: ResultID)
    case refused
    case stopped
    case delivered(DeliveryWay)
    /// The officer's count changes the fee after the decision.
    case feeCorrected(FeeCorrection)
    /// The officer's count changes the fee before it is paid.
    case feeRecounted(total: VND)
    case consultationAsked(ConsultationAsked)
    case consultationAnswered(ConsultationAnswered)
    case consultationWithdrawn(ConsultationID)
    /// The time limit was lengthened by a rule of the pack; why is in the erasable part.
    case lengthened(Lengthened)
    /// The agency was merged into another one, which goes on where it stood.
    case passedToSuccessor(Succession)
    /// Who was consulted was merged into another agency or unit, which answers now.
    case consultationPassed(ConsultationID, to: ConsultedParty)
    /// Who works on it now; why is in the erasable part.
    case assigned(Assigned)

    /// What a submission fixes for the life of the dossier.
    public struct Submitted: Sendable, Hashable, Codable {
        /// The code given at submission.
        public var code: DossierCode
        /// The national code of the procedure.
        public var procedure: String
        /// The digest of the pack version that the dossier keeps.
        public var packVersion: String
        /// The agency that decides.
        public var agency: AgencyCode
        /// Whose right it is.
        public var applicant: Identifier<DossierApplicant>
        /// How it came in.
        public var channel: Channel
        /// How the result is wanted.
        public var delivery: DeliveryWay
        /// Whether something must be paid before intake.
        public var obligation: ObligationSubstate
        /// SHA-256 of the files handed in, in order.
        public var files: [String]
        /// The rule set of the day.
        public var regime: Regime
        /// The case of the pack that the answers make; nil where they make none of those with a name.
        public var variant: String?
    }

    /// What intake fixes.
    public struct Received: Sendable, Hashable, Codable {
        /// The promised date.
        public var dueAt: Instant
        /// The number in the yearly register of the agency.
        public var registerNumber: Int64
    }

    /// From which agency to which a dossier went; its promised date goes on.
    public struct OtherAgency: Sendable, Hashable, Codable {
        /// The agency that had it.
        public var from: AgencyCode
        /// The agency that has it now.
        public var to: AgencyCode
        /// The step at which work begins there; nil before intake.
        public var step: String?
    }

    /// Which agency took over from which; promised date, step and draft stay.
    public struct Succession: Sendable, Hashable, Codable {
        /// The agency that was merged.
        public var from: AgencyCode
        /// The one that has the dossier now.
        public var to: AgencyCode
        /// How that one was called on the day.
        public var name: String
        /// The unit that has the work there; nil where no unit had it.
        public var unit: OrgUnitID?
    }

    /// What an answered supplement changes.
    public struct SupplementAnswered: Sendable, Hashable, Codable {
        /// The status to which the dossier returns.
        public var returnsTo: DossierStatus
        /// The new promised date where the clock had started.
        public var dueAt: Instant?
        /// SHA-256 of the files that now belong to the dossier, in order.
        public var files: [String]
    }

    /// Who was asked on what, and until when; the question is in the erasable part.
    public struct ConsultationAsked: Sendable, Hashable, Codable {
        public var id: ConsultationID
        /// The id of the pack's rule.
        public var rule: String
        public var party: ConsultedParty
        public var dueAt: Instant
        /// Ids of the papers that are shown.
        public var papers: [String]
    }

    /// What waits to be issued, and who signed it.
    public struct Signed: Sendable, Hashable, Codable {
        public var result: ResultID
        public var signer: OfficerID
    }

    /// In whose hands the work lies; nobody's by name where it lies with the unit.
    public struct Assigned: Sendable, Hashable, Codable {
        public var from: OfficerID?
        public var to: OfficerID?
        /// The unit that has it from now on.
        public var unit: OrgUnitID?
        /// By which word of the pack the program chose; nil where a person did.
        public var rule: StepAssignment?
    }

    /// By which rule the promised date moved, and from when to when.
    public struct Lengthened: Sendable, Hashable, Codable {
        /// The id of the pack's rule.
        public var rule: String
        public var formerDueAt: Instant
        public var dueAt: Instant
    }

    /// What a consulted agency said; the opinion is in the erasable part.
    public struct ConsultationAnswered: Sendable, Hashable, Codable {
        public var id: ConsultationID
        public var verdict: ConsultationVerdict
        /// SHA-256 of the PDF that came with it.
        public var file: String?
    }

    /// The name in the journal's `kind` column.
    public var kind: String {
        switch self {
        case .submitted: "submitted"
        case .obligationSettled: "obligationSettled"
        case .received: "received"
        case .handedOver: "handedOver"
        case .handedOverToAgency: "handedOverToAgency"
        case .declined: "declined"
        case .supplementRequested: "supplementRequested"
        case .supplementAnswered: "supplementAnswered"
        case .withdrawn: "withdrawn"
        case .resultDrafted: "resultDrafted"
        case .advanced: "advanced"
        case .sentBack: "sentBack"
        case .paymentRequired: "paymentRequired"
        case .signed: "signed"
        case .signatureReturned: "signatureReturned"
        case .granted: "granted"
        case .refused: "refused"
        case .stopped: "stopped"
        case .delivered: "delivered"
        case .feeCorrected: "feeCorrected"
        case .feeRecounted: "feeRecounted"
        case .lengthened: "lengthened"
        case .consultationAsked: "consultationAsked"
        case .consultationAnswered: "consultationAnswered"
        case .consultationWithdrawn: "consultationWithdrawn"
        case .passedToSuccessor: "passedToSuccessor"
        case .consultationPassed: "consultationPassed"
        case .assigned: "assigned"
        }
    }

    /// Whether the applicant's timeline tells it: a draft, kept as often as an officer looks at the print, is no news.
    /// Who of an agency works on it is the agency's own affair, and a signature counts when its result is issued.
    public var isToldToApplicant: Bool {
        switch self {
        case .resultDrafted, .consultationPassed, .assigned, .signed, .signatureReturned: false
        default: true
        }
    }

    /// Whether it came about by a merger of agencies or units, and by nothing done to this dossier.
    public var isReorganisation: Bool {
        switch self {
        case .passedToSuccessor, .consultationPassed: true
        default: false
        }
    }

    /// What happened, for timelines and for the officer whose page is stale.
    public var vietnamese: String {
        switch self {
        case .submitted: "nộp hồ sơ"
        case .obligationSettled: "đã nộp phí, lệ phí"
        case .received: "tiếp nhận hồ sơ"
        case .handedOver: "chuyển hồ sơ để giải quyết"
        case .handedOverToAgency: "chuyển hồ sơ tới cơ quan khác"
        case .declined: "từ chối tiếp nhận hồ sơ"
        case .supplementRequested: "yêu cầu bổ sung hồ sơ"
        case .supplementAnswered: "gửi bổ sung"
        case .withdrawn: "rút hồ sơ"
        case .resultDrafted: "lưu dự thảo kết quả"
        case .advanced: "chuyển bước giải quyết"
        case .sentBack: "trả lại bước trước"
        case .paymentRequired: "yêu cầu thực hiện nghĩa vụ tài chính"
        case .signed: "ký kết quả, chuyển văn thư phát hành"
        case .signatureReturned: "văn thư trả lại kết quả cho người ký"
        case .granted: "ban hành kết quả"
        case .refused: "từ chối giải quyết"
        case .stopped: "dừng xử lý"
        case .delivered: "trả kết quả"
        case .feeCorrected: "tính lại phí theo số đã đối chiếu"
        case .feeRecounted: "đính chính số đếm, tính lại phí trước khi nộp"
        case .lengthened: "kéo dài thời hạn giải quyết theo quy định"
        case .consultationAsked: "hỏi ý kiến đơn vị liên quan"
        case .consultationAnswered: "trả lời câu hỏi ý kiến"
        case .consultationWithdrawn: "rút câu hỏi ý kiến"
        case .passedToSuccessor(let facts): "hồ sơ được chuyển cho \(facts.name) do sáp nhập"
        case .consultationPassed: "chuyển câu hỏi ý kiến cho đơn vị kế thừa do sáp nhập"
        case .assigned: "phân công cán bộ thụ lý"
        }
    }
}

/// Stands for the applicant in ids: the account's random id, opaque to this service's journal.
public enum DossierApplicant {}

/// The id of a result; random, it is what the QR code on the result opens.
public typealias ResultID = Identifier<ResultDocument>

/// What a person wrote with an act: kept in the erasable part of the event.
public struct DossierNote: Sendable, Hashable, Codable {
    /// Why.
    public var reason: String?
    /// The defects of a supplement, each tied to a field or a paper.
    public var items: [SupplementItem]?
    /// What agencies write to one another: a question, an opinion. No reason that the applicant reads.
    public var internalText: String?

    /// A note of a reason and, for a supplement, its items.
    public init(reason: String?, items: [SupplementItem]? = nil, internalText: String? = nil) {
        (self.reason, self.items, self.internalText) = (reason, items, internalText)
    }
}

/// One defect in a request for supplement.
public struct SupplementItem: Sendable, Hashable, Codable {
    /// The form field or component that it is about.
    public var target: String
    /// What is wrong and how to mend it.
    public var text: String

    /// A defect of a field or paper.
    public init(target: String, text: String) {
        self.target = target
        self.text = text
    }
}
