// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Dossiers
public import Identity
public import Kernel
import Organisation
import WorkingTime

/// The id of a request about personal data.
public typealias DataRequestID = Identifier<DataRequest>

/// What a person may ask about her own data (Luật 91/2025/QH15).
public enum DataRequestKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// To be told what is kept and why.
    case access
    /// To be given it as a file.
    case export
    /// To have something mended.
    case correct
    /// To have it used for nothing but what the law demands.
    case restrict
    /// To have it deleted.
    case delete
    /// To take back a consent.
    case withdrawConsent

    /// The words on pages.
    public var vietnamese: String {
        switch self {
        case .access: "Hỏi dữ liệu đang lưu về tôi"
        case .export: "Nhận bản sao dữ liệu của tôi"
        case .correct: "Sửa dữ liệu sai"
        case .restrict: "Hạn chế xử lý dữ liệu"
        case .delete: "Xóa dữ liệu"
        case .withdrawConsent: "Rút lại sự đồng ý"
        }
    }

    /// Whether the person must say what it is about.
    public var needsWords: Bool {
        switch self {
        case .correct, .restrict, .withdrawConsent: true
        case .access, .export, .delete: false
        }
    }

    /// Within how many days it must be done (NĐ 356/2025/NĐ-CP).
    public var fulfilDays: Int {
        switch self {
        case .access, .export, .correct: 10
        case .restrict, .withdrawConsent: 15
        case .delete: 20
        }
    }
}

/// What the person corrects by herself: her own contact, which no register holds.
public enum OwnField: String, Sendable, Hashable, CaseIterable, Codable {
    case phone, email

    /// The words on pages.
    public var vietnamese: String { self == .phone ? "Số điện thoại" : "Thư điện tử" }
}

/// Where a request stands.
public enum DataRequestState: String, Sendable, Hashable, CaseIterable, Codable {
    /// Nobody has looked at it yet.
    case filed
    /// With a data-protection officer.
    case taken
    /// Answered; nothing follows but the lifting of a restriction.
    case answered
    /// Taken back by the person before it was answered.
    case withdrawn

    /// The words on pages.
    public var vietnamese: String {
        switch self {
        case .filed: "Đã gửi, chờ tiếp nhận"
        case .taken: "Đang thực hiện"
        case .answered: "Đã trả lời"
        case .withdrawn: "Đã rút"
        }
    }

    /// Whether somebody has to act.
    public var isOpen: Bool { self == .filed || self == .taken }
}

/// What was answered.
public enum DataRequestOutcome: String, Sendable, Hashable, CaseIterable, Codable {
    case granted, partlyGranted, refused

    /// The words on pages.
    public var vietnamese: String {
        switch self {
        case .granted: "Đã thực hiện"
        case .partlyGranted: "Thực hiện một phần"
        case .refused: "Không thực hiện được"
        }
    }
}

/// What a person asks about her own data.
public struct DataRequest: Sendable, Hashable {
    public var id: DataRequestID
    public var account: AccountID
    /// The agency that answers: the dossier's, else the province.
    public var agency: AgencyCode
    public var kind: DataRequestKind
    /// The dossier that it is about; nil for the account as a whole.
    public var dossier: DossierID?
    /// In the person's words; may be erased.
    public var words: String
    public var state: DataRequestState
    public var filedAt: Instant
    /// By when the first answer is due.
    public var firstAnswerBy: Instant
    /// By when it must be done.
    public var fulfilBy: Instant
    public var takenAt: Instant?
    public var extendedAt: Instant?
    /// Why it takes longer.
    public var extensionReason: String?
    public var answeredAt: Instant?
    public var outcome: DataRequestOutcome?
    /// What was answered, with the reason where something was refused.
    public var answer: String?
    /// The exported file, while it is kept.
    public var exportDigest: Digest?
    public var exportSize: Int64?
    public var exportUntil: Instant?
    /// Since when a restriction that was granted holds no more.
    public var liftedAt: Instant?
    public var version: Int

    /// Whether something is overdue at this moment.
    public func isOverdue(at now: Instant) -> Bool {
        switch state {
        case .filed: firstAnswerBy < now || fulfilBy < now
        case .taken: fulfilBy < now
        case .answered, .withdrawn: false
        }
    }
}

/// The clocks of the law.
enum DataRequestClock {
    /// Two working days for the first answer, then so many days by the kind. NĐ 356/2025/NĐ-CP, not yet compared with
    /// the official text by a person (docs/personal-data.md).
    static func deadlines(
        _ kind: DataRequestKind,
        filedAt: Instant,
        calendar: WorkCalendar
    ) throws -> (firstAnswerBy: Instant, fulfilBy: Instant) {
        guard let first = TimeLimit(2, .workingDay), let whole = TimeLimit(kind.fulfilDays, .calendarDay) else {
            preconditionFailure("the limits of the law are limits")
        }
        return (
            try Deadline(receivedAt: filedAt, limit: first, calendar: calendar).dueAt,
            try Deadline(receivedAt: filedAt, limit: whole, calendar: calendar).dueAt
        )
    }
}

/// Why a request is not taken, or not answered.
public enum DataRequestRefusal: Presentable, Hashable {
    case notFound
    case notAllowed
    case wordsMissing
    case wordsTooLong
    case unknownDossier
    case valueWrong(OwnField)
    case alreadyOpen
    case notPossible
    case outcomeMissing
    case answerMissing
    case alreadyExtended
    case changedMeanwhile
    case exportGone

    static let wordsLimit = 2_000

    public var code: String {
        switch self {
        case .notFound: "data-request-not-found"
        case .notAllowed: "data-request-not-allowed"
        case .wordsMissing: "data-request-words-missing"
        case .wordsTooLong: "data-request-words-too-long"
        case .unknownDossier: "data-request-unknown-dossier"
        case .valueWrong: "data-request-value-wrong"
        case .alreadyOpen: "data-request-already-open"
        case .notPossible: "data-request-not-possible"
        case .outcomeMissing: "data-request-outcome-missing"
        case .answerMissing: "data-request-answer-missing"
        case .alreadyExtended: "data-request-already-extended"
        case .changedMeanwhile: "data-request-changed"
        case .exportGone: "data-request-export-gone"
        }
    }

    public var status: Int {
        switch self {
        case .notFound: 404
        case .notAllowed: 403
        case .alreadyOpen, .notPossible, .alreadyExtended, .changedMeanwhile: 409
        case .exportGone: 410
        default: 422
        }
    }

    public var field: String? {
        switch self {
        case .wordsMissing, .wordsTooLong: "words"
        case .unknownDossier: "dossier"
        case .valueWrong: "value"
        case .alreadyOpen: "kind"
        case .outcomeMissing: "outcome"
        case .answerMissing: "answer"
        default: nil
        }
    }

    public var publicDetail: String? {
        switch self {
        case .notFound: "Không có yêu cầu này."
        case .notAllowed: "Chỉ cán bộ bảo vệ dữ liệu cá nhân làm được việc này."
        case .wordsMissing: "Ghi rõ yêu cầu, ít nhất 10 ký tự"
        case .wordsTooLong: "Nội dung không quá 2.000 ký tự"
        case .unknownDossier: "Chọn một hồ sơ của Ông/Bà"
        case .valueWrong(.phone): "Nhập số điện thoại Việt Nam, ví dụ 0912 345 678"
        case .valueWrong(.email): "Nhập thư điện tử có dạng ten@mien.vn"
        case .alreadyOpen: "Đã có một yêu cầu như thế đang chờ trả lời. Rút yêu cầu cũ rồi gửi lại nếu cần."
        case .notPossible: "Yêu cầu này không còn ở bước làm được việc đó."
        case .outcomeMissing: "Chọn kết quả trả lời"
        case .answerMissing: "Ghi câu trả lời từ 10 đến 2.000 ký tự, nêu căn cứ khi từ chối"
        case .alreadyExtended: "Mỗi yêu cầu chỉ được kéo dài một lần."
        case .changedMeanwhile: "Yêu cầu vừa được người khác cập nhật. Xem lại rồi làm tiếp."
        case .exportGone: "Bản sao dữ liệu chỉ giữ 7 ngày và đã xóa. Gửi yêu cầu mới để nhận lại."
        }
    }
}
