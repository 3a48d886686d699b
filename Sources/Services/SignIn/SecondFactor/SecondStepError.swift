// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a step after the password led nowhere. A wrong, a used and a late code get one answer.
public enum SecondStepError: Presentable, Equatable {
    /// There is no sign-in under way in this browser, or it took too long.
    case gone
    /// The code is none of this moment, or was used already.
    case wrongCode
    /// Too many wrong codes; whole minutes to wait.
    case locked(minutes: Int)
    /// Too many wrong codes in a row: administrators must reset the sign-in.
    case blocked
    /// A code where none is set up.
    case notEnrolled
    /// The last proof of presence is too old for this act.
    case proofNeeded

    public var code: String {
        switch self {
        case .gone: "second-step-gone"
        case .wrongCode: "second-step-wrong"
        case .locked: "second-step-locked"
        case .blocked: "second-step-blocked"
        case .notEnrolled: "second-step-not-enrolled"
        case .proofNeeded: "second-step-proof-needed"
        }
    }

    public var status: Int {
        switch self {
        case .gone, .wrongCode: 422
        case .locked: 429
        case .blocked, .notEnrolled, .proofNeeded: 403
        }
    }

    public var severity: Severity {
        switch self {
        case .locked, .blocked: .warning
        default: .notice
        }
    }

    public var publicDetail: String? {
        switch self {
        case .gone: "Lần đăng nhập này đã quá 10 phút hoặc bắt đầu ở trình duyệt khác. Nhập lại tên và mật khẩu."
        case .wrongCode: "Mã chưa đúng hoặc đã dùng. Chờ mã mới trong ứng dụng và xem giờ của điện thoại có đúng không."
        case .locked(let minutes): "Đã nhập sai mã nhiều lần. Chờ \(minutes) phút rồi thử lại."
        case .blocked: "Đã nhập sai mã quá nhiều lần. Nhờ quản trị của cơ quan đặt lại đăng nhập."
        case .notEnrolled: "Tài khoản chưa thiết lập ứng dụng xác thực."
        case .proofNeeded: "Việc này cần xác thực lại trước khi làm. Nhập mã xác thực hoặc mật khẩu."
        }
    }
}
