// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a sign-in by telephone did not go on. None of them tells whether a number is known.
public enum PhoneSignInError: Presentable, Equatable {
    /// What was typed is no telephone number.
    case phoneMalformed
    /// What was typed is not four digits.
    case digitsMalformed
    /// Too many codes were asked for, or guessed at; whole minutes to wait.
    case tooMany(minutes: Int)
    /// What was typed is not six digits; no try was used up.
    case codeMalformed
    /// Not the code; so many tries are left.
    case codeWrong(left: Int)
    /// All tries of this code are used up.
    case codeSpent
    /// The code's five minutes are over, it was used, or it was asked for in another browser.
    case codeGone
    /// The code was right, and two accounts share number and last digits.
    case shared

    public var code: String {
        switch self {
        case .phoneMalformed: "phone-malformed"
        case .digitsMalformed: "phone-digits-malformed"
        case .tooMany: "phone-too-many"
        case .codeMalformed: "phone-code-malformed"
        case .codeWrong: "phone-code-wrong"
        case .codeSpent: "phone-code-spent"
        case .codeGone: "phone-code-gone"
        case .shared: "phone-shared"
        }
    }

    public var status: Int {
        switch self {
        case .tooMany: 429
        case .shared: 409
        default: 422
        }
    }

    public var severity: Severity {
        switch self {
        case .tooMany, .codeSpent: .warning
        default: .notice
        }
    }

    public var publicDetail: String? {
        switch self {
        case .phoneMalformed: "Nhập số điện thoại gồm 10 chữ số, ví dụ 0912 345 678"
        case .digitsMalformed: "Nhập đúng 4 chữ số cuối của số định danh"
        case .tooMany(let minutes):
            "Đã dùng hết số lần cho phép. Chờ \(Self.words(minutes)), hoặc đăng nhập bằng VNeID ngay bây giờ."
        case .codeMalformed: "Nhập mã gồm 6 chữ số"
        case .codeWrong(let left): "Mã chưa đúng, còn \(left) lần thử"
        case .codeSpent: "Đã nhập sai \(PhoneSignInService.triesPerCode) lần, mã này không dùng được nữa. Xin mã mới."
        case .codeGone: "Mã đã hết hạn, đã dùng, hoặc được xin ở trình duyệt khác. Xin mã mới."
        case .shared:
            "Có hai tài khoản cùng số điện thoại và cùng 4 số cuối, nên cổng không biết bạn là ai. Đăng nhập bằng VNeID."
        }
    }

    private static func words(_ minutes: Int) -> String {
        minutes < 120 ? "\(minutes) phút" : "\((minutes + 59) / 60) giờ"
    }
}
