// SPDX-License-Identifier: Apache-2.0

public import Dossiers
public import Kernel

/// How content a person is; the three official grades (TT 32/2017/TT-BTTTT art. 12; standards.md §2.2).
public enum SatisfactionGrade: String, Sendable, Hashable, CaseIterable, Codable {
    case verySatisfied, satisfied, dissatisfied

    /// The official word.
    public var vietnamese: String {
        switch self {
        case .verySatisfied: "Rất hài lòng"
        case .satisfied: "Hài lòng"
        case .dissatisfied: "Chưa hài lòng"
        }
    }
}

/// What is graded; the first is asked of everybody, the others of whoever wants to say more.
public enum RatingQuestion: String, Sendable, Hashable, CaseIterable, Codable {
    case overall, convenience, punctuality, attitude

    /// The question as the page asks it.
    public var vietnamese: String {
        switch self {
        case .overall: "Nhìn chung, việc giải quyết hồ sơ này thế nào?"
        case .convenience: "Mức độ thuận tiện"
        case .punctuality: "Đúng hẹn"
        case .attitude: "Thái độ phục vụ"
        }
    }
}

/// What the applicant said about the handling of a dossier; said again, the newer one stands.
public struct DossierRating: Sendable, Hashable {
    public var dossier: DossierID
    /// The answers; `overall` is always there.
    public var grades: [RatingQuestion: SatisfactionGrade]
    /// Free words; they may hold anything, so they are kept apart and may be erased.
    public var comment: String?
    public var ratedAt: Instant

    /// The longest comment, in characters.
    public static let commentLimit = 1_000
}

/// How many persons gave which grade overall.
public struct SatisfactionFigures: Sendable, Hashable {
    public var verySatisfied: Int64 = 0
    public var satisfied: Int64 = 0
    public var dissatisfied: Int64 = 0

    /// Nobody has said anything yet.
    public init() {}

    /// All who said something.
    public var rated: Int64 { verySatisfied + satisfied + dissatisfied }

    /// The share of the content in tenths of a percent, rounded half up; nil below ten ratings, where a percentage
    /// would say more than is known.
    public var contentPermille: Int64? {
        rated < 10 ? nil : ((verySatisfied + satisfied) * 2_000 + rated) / (2 * rated)
    }

    mutating func add(_ count: Int64, of grade: SatisfactionGrade) {
        switch grade {
        case .verySatisfied: verySatisfied += count
        case .satisfied: satisfied += count
        case .dissatisfied: dissatisfied += count
        }
    }
}
