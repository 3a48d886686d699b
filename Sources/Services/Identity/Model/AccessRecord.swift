// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Organisation

/// To what end an officer looks at a citizen's data (Luật 91/2025/QH15: the purpose is stated).
///
/// The first ones follow from the work itself; the others are chosen by an officer who opens a dossier that is not in
/// her hands.
public enum AccessPurpose: String, Sendable, Hashable, CaseIterable, Codable {
    /// Taking in at the one-stop desk.
    case intake
    /// Examining and drafting.
    case handling
    /// Approving and signing.
    case signing
    /// Checking what was signed and issuing it.
    case issuing
    /// Giving out the result.
    case delivery
    /// Looking a dossier up by name or code.
    case search
    /// Seeing what became of a dossier in which one has acted.
    case followUp
    /// Keeping the book of issued results.
    case register
    /// Asked by a colleague who handles the dossier.
    case consultation
    /// In the place of an absent colleague.
    case standIn
    /// The applicant asks at the counter or by telephone.
    case applicantAsks
    /// A complaint, a denunciation or a petition about the dossier.
    case complaint
    /// Supervision of the work, or an inspection.
    case supervision
    /// Answering a request of the person whose data they are.
    case dataRequest

    /// What an officer may choose when the work does not say why she looks.
    public static let chosen: [AccessPurpose] = [
        .applicantAsks, .consultation, .standIn, .complaint, .supervision, .dataRequest,
    ]

    /// The words on pages.
    public var vietnamese: String {
        switch self {
        case .intake: "Tiếp nhận hồ sơ"
        case .handling: "Thẩm định, giải quyết hồ sơ"
        case .signing: "Xem xét, ký kết quả"
        case .issuing: "Kiểm tra, phát hành kết quả"
        case .delivery: "Trả kết quả"
        case .search: "Tra cứu hồ sơ"
        case .followUp: "Theo dõi hồ sơ đã xử lý"
        case .register: "Giữ, tra sổ kết quả đã ban hành"
        case .consultation: "Cho ý kiến, phối hợp giải quyết"
        case .standIn: "Làm thay người vắng mặt"
        case .applicantAsks: "Trả lời người nộp hồ sơ"
        case .complaint: "Giải quyết khiếu nại, tố cáo, phản ánh"
        case .supervision: "Kiểm tra, đôn đốc"
        case .dataRequest: "Thực hiện yêu cầu về dữ liệu cá nhân"
        }
    }
}

/// What was looked at.
public enum AccessedPart: String, Sendable, Hashable, CaseIterable, Codable {
    /// The page of the dossier, with personal data masked where the role does not need them.
    case page
    /// The page with nothing masked.
    case fullPage
    /// A file that was handed in.
    case file
    /// A slip or confirmation.
    case paper
    /// The draft of the result.
    case draftResult
    /// The signed result.
    case result
    /// A line of a search that names the person.
    case search
    /// A line of the book of issued results.
    case register
    /// A request about personal data, with the name of the person who asks.
    case dataRequest

    /// The words on pages.
    public var vietnamese: String {
        switch self {
        case .page: "Trang hồ sơ"
        case .fullPage: "Trang hồ sơ, dữ liệu không che"
        case .file: "Tệp đính kèm"
        case .paper: "Giấy tờ của hồ sơ"
        case .draftResult: "Dự thảo kết quả"
        case .result: "Kết quả"
        case .search: "Tên trong kết quả tra cứu"
        case .register: "Dòng trong sổ kết quả đã ban hành"
        case .dataRequest: "Yêu cầu về dữ liệu cá nhân"
        }
    }
}

/// Why, in the officer's own words where she had to choose.
public struct AccessReason: Sendable, Hashable {
    /// The fewest and most characters of the words.
    public static let wordsLimits = 10...500

    /// To what end.
    public var purpose: AccessPurpose
    /// The words; nil where the work says it.
    public var words: String?

    /// A reason.
    public init(_ purpose: AccessPurpose, words: String? = nil) {
        (self.purpose, self.words) = (purpose, words)
    }
}

/// One reading to be recorded: whose data, of which dossier, which part.
public struct AccessedData: Sendable, Hashable {
    /// Whose.
    public var account: AccountID
    /// The dossier's random id.
    public var dossier: String
    /// Which part.
    public var part: AccessedPart
    /// The file or paper, by an id that says nothing of the person; nil for a page.
    public var item: String?

    /// A reading to be recorded.
    public init(_ account: AccountID, dossier: String, part: AccessedPart, item: String? = nil) {
        (self.account, self.dossier, self.part, self.item) = (account, dossier, part, item)
    }
}

/// One reading of a citizen's data by an officer. It holds nothing of what was read.
public struct AccessRecord: Sendable, Hashable {
    /// Its random id.
    public var id: Identifier<AccessRecord>
    /// When.
    public var at: Instant
    /// Who.
    public var officer: OfficerID
    /// For which agency.
    public var agency: AgencyCode
    /// In which unit.
    public var unit: OrgUnitID
    /// In which capacity; nil in records of releases before roles were kept.
    public var role: Role?
    /// Whose data.
    public var account: AccountID
    /// Of which dossier: its random id.
    public var dossier: String
    /// What.
    public var part: AccessedPart
    /// Which file or paper.
    public var item: String?
    /// To what end.
    public var reason: AccessReason
}

/// Which records an auditor asks for; nil = all.
public struct AccessFilter: Sendable, Hashable {
    /// Of officers of these agencies.
    public var agencies: [AgencyCode]
    /// Of one officer.
    public var officer: OfficerID?
    /// About one dossier, by its random id.
    public var dossier: String?
    /// To one end.
    public var purpose: AccessPurpose?
    /// From this moment on.
    public var from: Instant?
    /// Before this moment.
    public var before: Instant?

    /// A question.
    public init(
        agencies: [AgencyCode],
        officer: OfficerID? = nil,
        dossier: String? = nil,
        purpose: AccessPurpose? = nil,
        from: Instant? = nil,
        before: Instant? = nil
    ) {
        (self.agencies, self.officer, self.dossier) = (agencies, officer, dossier)
        (self.purpose, self.from, self.before) = (purpose, from, before)
    }
}

/// Who may ask about accesses: auditors and data-protection officers, for their agency and those below it. They see who
/// looked, not what there was to see.
public enum AccessPolicies {
    /// The roles that may ask.
    static let auditors: Set<Role> = [.auditor, .dataProtectionOfficer]

    /// Whether the actor may read records at all; of which agencies is the tree's answer.
    public static func mayAudit(_ actor: Actor) -> Bool {
        actor.kind == .officer && !actor.roles.isDisjoint(with: auditors)
    }
}

/// Why the records are not shown, or a purpose is not taken.
public enum AccessRefusal: Presentable, Hashable {
    /// Not an auditor, nor a data-protection officer.
    case notAllowed
    /// None of the purposes that may be chosen.
    case purposeMissing
    /// Too few words, or too many.
    case wordsUnfit

    public var code: String {
        switch self {
        case .notAllowed: "access-not-allowed"
        case .purposeMissing: "access-purpose-missing"
        case .wordsUnfit: "access-words-unfit"
        }
    }

    public var status: Int { self == .notAllowed ? 403 : 422 }

    public var field: String? {
        switch self {
        case .notAllowed: nil
        case .purposeMissing: "purpose"
        case .wordsUnfit: "words"
        }
    }

    public var publicDetail: String? {
        switch self {
        case .notAllowed: "Chỉ người kiểm tra và cán bộ bảo vệ dữ liệu cá nhân xem được nhật ký truy cập."
        case .purposeMissing: "Chọn mục đích xem hồ sơ"
        case .wordsUnfit:
            "Ghi lý do từ \(AccessReason.wordsLimits.lowerBound) đến \(AccessReason.wordsLimits.upperBound) ký tự"
        }
    }
}
