// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a rating is not taken, with what to do next.
public enum FeedbackRefusal: Presentable, Equatable {
    /// The dossier is still being handled.
    case notOver
    /// The one question that everybody answers was left out.
    case gradeMissing
    /// More words than `DossierRating.commentLimit`.
    case commentTooLong

    public var code: String {
        switch self {
        case .notOver: "rating-not-over"
        case .gradeMissing: "rating-grade-missing"
        case .commentTooLong: "rating-comment-too-long"
        }
    }

    public var status: Int { self == .notOver ? 409 : 422 }

    public var severity: Severity { .notice }

    public var publicDetail: String? {
        switch self {
        case .notOver: "Hồ sơ chưa giải quyết xong. Đánh giá sau khi nhận kết quả."
        case .gradeMissing: "Chọn mức độ hài lòng"
        case .commentTooLong: "Ý kiến không quá \(DossierRating.commentLimit) ký tự"
        }
    }
}
