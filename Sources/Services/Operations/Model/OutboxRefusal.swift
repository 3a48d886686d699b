// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a dead letter is not shown or not sent again, with what to do next.
public enum OutboxRefusal: Presentable, Equatable {
    /// Not an administrator.
    case notAllowed
    /// There is no such dead letter any more: sent again already, or done.
    case notDead
    /// No reason was given.
    case reasonMissing
    /// More characters than `OutboxService.reasonLimit`.
    case reasonTooLong

    public var code: String {
        switch self {
        case .notAllowed: "operations-not-allowed"
        case .notDead: "job-not-dead"
        case .reasonMissing: "resend-reason-missing"
        case .reasonTooLong: "resend-reason-too-long"
        }
    }

    public var status: Int {
        switch self {
        case .notAllowed: 403
        case .notDead: 409
        case .reasonMissing, .reasonTooLong: 422
        }
    }

    public var severity: Severity { self == .notAllowed ? .warning : .notice }

    public var publicDetail: String? {
        switch self {
        case .notAllowed: "Chỉ quản trị được xem và gửi lại việc trong hàng đợi."
        case .notDead: "Việc này không còn trong danh sách bị dừng: đã được gửi lại hoặc đã xong."
        case .reasonMissing: "Nhập lý do gửi lại"
        case .reasonTooLong: "Lý do không quá \(OutboxService.reasonLimit) ký tự"
        }
    }

    public var field: String? {
        switch self {
        case .reasonMissing, .reasonTooLong: "reason"
        case .notAllowed, .notDead: nil
        }
    }
}
