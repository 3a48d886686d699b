// SPDX-License-Identifier: Apache-2.0

/// How a procedure is worked on between receipt and decision: the steps inside the status "đang xử lý".
public struct Workflow: Hashable, Sendable {
    /// Whether a submitted dossier is received at once, without an officer.
    public let receivesAutomatically: Bool
    /// The steps; the first is where work begins.
    public let steps: [Step]
    /// Who may be consulted beside the steps.
    public let consultations: [ConsultationRule]

    /// The step where work begins.
    public var first: Step? { steps.first }

    /// The step of this id.
    public func step(_ id: String) -> Step? { steps.first { $0.id == id } }

    /// The role that sends dossiers to a step; nil where several may, or none.
    public func sender(to id: String) -> StepRole? {
        let roles = Set(steps.filter { $0.actions.contains { $0.kind == .advance && $0.target == id } }.map(\.role))
        return roles.count == 1 ? roles.first : nil
    }

    /// The consultation of this id.
    public func consultation(_ id: String) -> ConsultationRule? { consultations.first { $0.id == id } }
}

/// One step of a workflow.
public struct Step: Hashable, Sendable {
    /// The id within the workflow.
    public let id: String
    /// What is done here.
    public let name: String
    /// Who does it.
    public let role: StepRole
    /// Which stage the citizen sees meanwhile.
    public let lane: PublicLane
    /// The unit of the deciding agency that does it, by its name; nil = the agency.
    public let unit: String?
    /// To whom the work goes by name when a dossier comes here.
    public let assignment: StepAssignment
    /// Its part of the time limit in per cent; nil = not set.
    public let share: Int?
    /// What may be done here, in the order of the buttons.
    public let actions: [StepAction]
    /// Where the pack says it.
    public let place: SourcePlace
}

/// Who does a step. The raw values are the names of the officers' roles.
public enum StepRole: String, PackVocabulary, Hashable, Codable {
    case deskOfficer, specialist, unitHead, leader, recordsClerk

    /// As texts say it.
    public var vietnamese: String {
        switch self {
        case .deskOfficer: "cán bộ một cửa"
        case .specialist: "chuyên viên"
        case .unitHead: "trưởng đơn vị"
        case .leader: "lãnh đạo"
        case .recordsClerk: "văn thư"
        }
    }
}

/// To whom the work of a step goes when a dossier comes there.
public enum StepAssignment: String, PackVocabulary, Hashable, Codable {
    /// The head of the unit shares it out; whoever has it by name in the same unit goes on.
    case head
    /// Who has the fewest open dossiers of those who do such work in the unit and are not away.
    case leastOpen
    /// Who acted last on the dossier in the role of the step.
    case same

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .head: "Trưởng đơn vị phân công"
        case .leastOpen: "Người có ít hồ sơ đang mở nhất"
        case .same: "Người đã làm bước trước của vai trò này"
        }
    }

    /// The roles whose work lies with somebody by name.
    static let roles: Set<StepRole> = [.deskOfficer, .specialist]
}

/// The stages that the citizen sees.
public enum PublicLane: String, PackVocabulary, Hashable, Codable {
    case submitted, intake, processing, signing, delivery

    /// As the timeline says it.
    public var vietnamese: String {
        switch self {
        case .submitted: "Đã nộp"
        case .intake: "Tiếp nhận"
        case .processing: "Đang giải quyết"
        case .signing: "Trình ký"
        case .delivery: "Trả kết quả"
        }
    }

    /// The lanes in which a step of the workflow may stand.
    static let ofSteps: [PublicLane] = [.processing, .signing]
}

/// One thing that may be done at a step.
public struct StepAction: Hashable, Sendable {
    /// What it is.
    public let kind: StepActionKind
    /// The step it leads to, of `advance` and `sendBack`.
    public let target: String?
    /// The words on the button.
    public let label: String
    /// What must hold before it may be taken.
    public let guards: [StepGuard]
    /// Where the pack says it.
    public let place: SourcePlace
}

/// The things that may be done at a step.
public enum StepActionKind: String, PackVocabulary, Hashable, Codable {
    /// To a further step (chuyển bước).
    case advance
    /// To an earlier step, with a reason (trả lại).
    case sendBack
    /// Ask the citizen for what is missing (yêu cầu bổ sung); the dossier waits.
    case requestSupplement
    /// Fill in the result's fields and draw it from the template (lập dự thảo).
    case draftResult
    /// Approve, sign and issue the result: decided, granted.
    case grant
    /// Refuse on the merits, with reasons: decided, refused.
    case refuse
    /// End without a decision, with a reason.
    case stop

    /// The words on the button where the pack is silent.
    public var vietnamese: String {
        switch self {
        case .advance: "Chuyển bước"
        case .sendBack: "Trả lại"
        case .requestSupplement: "Yêu cầu bổ sung"
        case .draftResult: "Lập dự thảo kết quả"
        case .grant: "Ký và ban hành"
        case .refuse: "Từ chối giải quyết"
        case .stop: "Dừng giải quyết"
        }
    }

    /// Who may take it: a granting or refusing hand is the leader's, a draft is the specialist's or unit head's.
    var roles: Set<StepRole> {
        switch self {
        case .advance, .sendBack: Set(StepRole.allCases)
        case .requestSupplement: [.deskOfficer, .specialist, .unitHead]
        case .draftResult: [.specialist, .unitHead]
        case .grant, .refuse, .stop: [.leader]
        }
    }

    /// Whether it names a step to go to.
    var hasTarget: Bool { self == .advance || self == .sendBack }

    /// Whether work on the dossier ends with it.
    var isFinal: Bool { self == .grant || self == .refuse || self == .stop }
}
