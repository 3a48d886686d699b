// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// A procedure as its pack describes it: legal facts, papers, form, fees, steps, result and examples.
public struct ProcedurePack: Hashable, Sendable {
    /// The national code: `2.000635`.
    public let code: String
    /// Other codes that the province has for it.
    public let localCodes: [String]
    /// The name as the law has it.
    public let name: String
    /// What it is for, in a sentence for people.
    public let summary: String
    /// Words that people say for it; for the search.
    public let keywords: [String]
    /// What it is called in English; nil where nobody has translated it.
    public let english: EnglishTexts?
    /// The branch it belongs to.
    public let sector: Sector
    /// The kinds of agency that do it.
    public let executingAgencies: [ExecutingAgency]
    /// First day of this text.
    public let validFrom: LocalDate
    /// Last day; nil = until further notice.
    public let validTo: LocalDate?
    /// Laws, decrees, circulars and the decision of publication.
    public let legalBasis: [LegalBasis]
    /// The eleven items of information, each with its source.
    public let information: [InformationFact]
    /// The legal text of steps, a paragraph each (trình tự thực hiện).
    public let executionSequence: [String]
    /// The ways to file.
    public let submissionMethods: [SubmissionMethod]
    /// The cases that the law tells apart; the first that applies is the dossier's.
    public let variants: [ProcedureVariant]
    /// What may lengthen the time limit while a dossier is worked on.
    public let lengthenings: [LimitLengthening]
    /// How many sets of papers (số lượng hồ sơ).
    public let numberOfSets: Int
    /// The papers that a dossier must hold.
    public let components: [RequiredComponent]
    /// Who may ask for it.
    public let subjects: [SubjectKind]
    /// Requirements and conditions; empty = none.
    public let requirements: [String]
    /// When the law wants people to come, and why; empty where everything may go online.
    public let presence: [RequiredPresence]
    /// The form; nil = the procedure has none.
    public let form: FormSchema?
    /// Fees and charges; no items = the law asks for none.
    public let fees: FeeRules
    /// The steps.
    public let workflow: Workflow
    /// What is issued.
    public let result: ResultDefinition
    /// Who is told what, and when.
    public let notices: [Notice]
    /// How long dossiers are kept.
    public let retention: Retention
    /// The service level that the agency declares, 1 to 4.
    public let declaredLevel: ServiceLevel
    /// The level that is planned; nil without a plan.
    public let target: LevelTarget?
    /// What the procedure costs people; nil where nobody counted.
    public let cost: ComplianceCost?
    /// Cases that the checker plays through.
    public let examples: [PackExample]
    /// Where each key of the pack has its value.
    let places: [String: SourcePlace]

    /// Where the value of a key begins; the beginning of the file when the key is not there.
    func place(of key: String) -> SourcePlace { places[key] ?? .start }

    /// The submission method of a channel; nil when that channel is closed.
    public func method(_ channel: Channel) -> SubmissionMethod? { submissionMethods.first { $0.channel == channel } }

    /// The channels that are open.
    public var channels: Set<Channel> { Set(submissionMethods.map(\.channel)) }

    /// The papers that these answers call for, and whether each must be there.
    public func components(_ context: ConditionContext) -> [(component: RequiredComponent, isRequired: Bool)] {
        components.compactMap { component in
            guard component.visibleWhen?.holds(in: context) ?? true else { return nil }
            return (component, component.required.holds(in: context))
        }
    }
}

/// A branch of procedures.
public struct Sector: Hashable, Sendable, Codable {
    /// `G15-TP07`; nil where it is not known.
    public let code: String?
    /// `Hộ tịch`.
    public let name: String

    /// A sector by its name, with its code where that is known.
    public init(code: String?, name: String) { (self.code, self.name) = (code, name) }
}

/// A kind of agency that does a procedure. The raw values are those of agencies.
public struct ExecutingAgency: Hashable, Sendable {
    /// What kind of body.
    public let kind: ExecutingAgencyKind
    /// On which level of government.
    public let level: ExecutingLevel
    /// As pages say it: `Ủy ban nhân dân cấp xã`.
    public let name: String
}

/// Kinds of state body.
public enum ExecutingAgencyKind: String, PackVocabulary, Hashable, Codable {
    case peoplesCommittee, department, police

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .peoplesCommittee: "Ủy ban nhân dân"
        case .department: "Sở"
        case .police: "Công an"
        }
    }
}

/// Levels of government.
public enum ExecutingLevel: String, PackVocabulary, Hashable, Codable {
    case province, district, commune

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .province: "Cấp tỉnh"
        case .district: "Cấp huyện"
        case .commune: "Cấp xã"
        }
    }
}

/// A document that the procedure rests on.
public struct LegalBasis: Hashable, Sendable {
    /// The id within the pack.
    public let id: String
    /// `60/2014/QH13`; nil where it is not known.
    public let number: String?
    /// The name: `Luật Hộ tịch`.
    public let name: String
    /// Which articles.
    public let articles: String?
    /// Whether it is the decision that published the procedure.
    public let isPublication: Bool
    /// Where the fact was taken from.
    public let source: String
    /// Whether a person has compared it with the official text.
    public let isVerified: Bool
    /// Where the pack says it.
    public let place: SourcePlace

    /// `Luật Hộ tịch số 60/2014/QH13, Điều 63, Điều 64`.
    public var citation: String {
        [number.map { "\(name) số \($0)" } ?? name, articles].compactMap(\.self).joined(separator: ", ")
    }
}

/// The eleven items of information of a level-1 page (TT 32/2017/TT-BTTTT art. 5).
public enum InformationItem: String, PackVocabulary, Hashable, Codable {
    case name, executionSequence, submissionMethods, components, timeLimit, subjects, agencies, result
    case formsRequirementsFees, channels, legalBasis

    /// As a page says it.
    public var vietnamese: String {
        switch self {
        case .name: "Tên thủ tục"
        case .executionSequence: "Trình tự thực hiện"
        case .submissionMethods: "Cách thức thực hiện"
        case .components: "Thành phần, số lượng hồ sơ"
        case .timeLimit: "Thời hạn giải quyết"
        case .subjects: "Đối tượng thực hiện"
        case .agencies: "Cơ quan thực hiện"
        case .result: "Kết quả thực hiện"
        case .formsRequirementsFees: "Mẫu đơn, yêu cầu, điều kiện, phí và lệ phí"
        case .channels: "Hình thức nhận hồ sơ, trả kết quả"
        case .legalBasis: "Căn cứ pháp lý và quyết định công bố"
        }
    }
}

/// Where one of the eleven items was taken from.
public struct InformationFact: Hashable, Sendable {
    /// Which item.
    public let item: InformationItem
    /// Where it was taken from.
    public let source: String
    /// Whether a person has compared it with the official text.
    public let isVerified: Bool
    /// Where the pack says it.
    public let place: SourcePlace
}

/// Who may ask for a procedure.
public enum SubjectKind: String, PackVocabulary, Hashable, Codable {
    case citizen, overseasVietnamese, foreigner, business, householdBusiness, organisation, officer

    /// As a page says it.
    public var vietnamese: String {
        switch self {
        case .citizen: "Công dân Việt Nam"
        case .overseasVietnamese: "Người Việt Nam định cư ở nước ngoài"
        case .foreigner: "Người nước ngoài"
        case .business: "Doanh nghiệp"
        case .householdBusiness: "Hộ kinh doanh"
        case .organisation: "Tổ chức"
        case .officer: "Cán bộ, công chức, viên chức"
        }
    }
}

/// How long dossiers of a procedure are kept.
public struct Retention: Hashable, Sendable {
    /// Years after the dossier ended; nil = for ever.
    public let years: Int?
    /// Where the fact was taken from.
    public let source: String
    /// Whether a person has compared it with the official text.
    public let isVerified: Bool
    /// Where the pack says it.
    public let place: SourcePlace
}

/// A message that people get when something happens to their dossier.
public struct Notice: Hashable, Sendable {
    /// What happened.
    public let event: NoticeEvent
    /// By which ways.
    public let ways: Set<NoticeWay>
    /// Where the pack says it.
    public let place: SourcePlace
}

/// What a notice is about.
public enum NoticeEvent: String, PackVocabulary, Hashable, Codable {
    case submitted, received, declined, supplementRequested, paymentDue, extended, lengthened, decided, delivered,
        withdrawn,
        stopped

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .submitted: "Đã nộp"
        case .received: "Đã tiếp nhận"
        case .declined: "Không tiếp nhận"
        case .supplementRequested: "Yêu cầu bổ sung"
        case .paymentDue: "Đến lúc nộp tiền"
        case .extended: "Gia hạn"
        case .lengthened: "Kéo dài thời hạn"
        case .decided: "Đã có kết quả"
        case .delivered: "Đã trả kết quả"
        case .withdrawn: "Đã rút"
        case .stopped: "Đã dừng"
        }
    }
}

/// By which way a notice goes out.
public enum NoticeWay: String, PackVocabulary, Hashable, Codable {
    case mail, sms

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .mail: "Thư điện tử"
        case .sms: "Tin nhắn SMS"
        }
    }
}
