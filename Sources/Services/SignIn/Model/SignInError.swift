// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What is wrong with an ID token; a code for the operator, never told to the person.
public enum TokenFault: String, Sendable, Equatable {
    /// Not three parts of base 64, or no JSON in them.
    case malformed
    /// An algorithm that is not on the list, such as `none`.
    case algorithm
    /// The provider has no such key, or one that is too short.
    case key
    /// The signature does not belong to token and key.
    case signature
    /// Made by somebody else.
    case issuer
    /// Made for somebody else.
    case audience
    /// Its time is over.
    case expired
    /// Its time has not come, or it claims to be made in the future.
    case notYetValid
    /// Not the answer to what this browser asked.
    case nonce
    /// It names nobody, or another person than the user information.
    case subject
    /// It belongs to another access token.
    case accessHash
}

/// Why a sign-in led nowhere.
public enum SignInError: Presentable, Equatable {
    // Citizens.
    /// The person turned back at the identity service.
    case cancelled
    /// The identity is known below the level that is needed.
    case levelTooLow(reached: Int, needed: Int)
    /// Nobody began a sign-in with this state, or it was in another browser.
    case stateUnknown
    /// This answer was used already.
    case stateUsed
    /// It took longer than `SignInSettings.attemptSeconds`.
    case stateExpired
    /// The identity service does not answer, or says that it cannot; the reason is for the operator.
    case providerUnavailable(reason: String)
    /// The identity service refused: its error word, for the operator.
    case providerRefused(error: String)
    /// What the identity service says about itself is not what we know it by.
    case providerMistrusted(reason: String)
    /// The token was refused.
    case tokenInvalid(TokenFault)
    /// A claim without which there is no identity is missing or cannot be read.
    case claimMissing(String)
    /// Accounts of organisations are not served yet.
    case organisationAccount

    // Officers.
    /// Name and password do not belong together; never says which.
    case wrongPassword
    /// Too many wrong tries; whole minutes to wait.
    case locked(minutes: Int)
    /// The password is older than the policy allows.
    case passwordExpired
    /// A new password that the policy refuses.
    case passwordRefused(PasswordFault)
    /// There is no such officer, or no longer.
    case unknownOfficer
    /// No identity service of the authority's own staff is configured.
    case staffNotConfigured
    /// The person is known there, and no account here is bound to her.
    case staffUnbound
    /// The account that is bound to her is locked.
    case staffLocked
    /// A code of her own app is needed, and she has none yet.
    case staffAppNeeded

    public var code: String {
        switch self {
        case .cancelled: "sign-in-cancelled"
        case .levelTooLow: "sign-in-level-too-low"
        case .stateUnknown: "sign-in-state-unknown"
        case .stateUsed: "sign-in-state-used"
        case .stateExpired: "sign-in-state-expired"
        case .providerUnavailable: "sign-in-provider-unavailable"
        case .providerRefused: "sign-in-provider-refused"
        case .providerMistrusted(let reason): "sign-in-provider-\(reason)"
        case .tokenInvalid(let fault): "sign-in-token-\(fault.rawValue)"
        case .claimMissing: "sign-in-claim-missing"
        case .organisationAccount: "sign-in-organisation-account"
        case .wrongPassword: "sign-in-wrong-password"
        case .locked: "sign-in-locked"
        case .passwordExpired: "sign-in-password-expired"
        case .passwordRefused: "password-refused"
        case .unknownOfficer: "officer-unknown"
        case .staffNotConfigured: "staff-not-configured"
        case .staffUnbound: "staff-unbound"
        case .staffLocked: "staff-locked"
        case .staffAppNeeded: "staff-app-needed"
        }
    }

    public var status: Int {
        switch self {
        case .cancelled, .stateUnknown, .stateUsed, .stateExpired, .passwordRefused: 422
        case .levelTooLow, .organisationAccount, .passwordExpired, .staffUnbound, .staffLocked, .staffAppNeeded: 403
        case .providerUnavailable: 503
        case .providerRefused, .providerMistrusted, .tokenInvalid, .claimMissing: 502
        case .wrongPassword: 422
        case .locked: 429
        case .unknownOfficer, .staffNotConfigured: 404
        }
    }

    public var severity: Severity {
        switch self {
        case .providerUnavailable, .providerRefused, .providerMistrusted, .tokenInvalid, .claimMissing, .locked:
            .warning
        default: .notice
        }
    }

    public var publicDetail: String? {
        switch self {
        case .cancelled: "Đã hủy đăng nhập. Chưa có thông tin nào được gửi đi."
        case .levelTooLow(let reached, let needed):
            "Tài khoản định danh đang ở mức \(reached), cần mức \(needed). Đến công an xã để nâng mức rồi đăng nhập lại."
        case .stateUnknown: "Lần đăng nhập này không bắt đầu từ trình duyệt đang dùng. Bấm đăng nhập lại."
        case .stateUsed: "Lần đăng nhập này đã dùng xong. Bấm đăng nhập lại."
        case .stateExpired: "Đã quá 10 phút kể từ khi bắt đầu đăng nhập. Bấm đăng nhập lại."
        case .providerUnavailable:
            "Dịch vụ định danh chưa trả lời. Chờ vài phút rồi đăng nhập lại; nội dung đã lưu vẫn còn."
        case .providerRefused, .providerMistrusted, .tokenInvalid:
            "Chưa xác nhận được câu trả lời của dịch vụ định danh. Bấm đăng nhập lại."
        case .claimMissing: "Tài khoản định danh thiếu họ tên hoặc số định danh. Cập nhật trên VNeID rồi đăng nhập lại."
        case .organisationAccount: "Chưa nhận tài khoản tổ chức. Đăng nhập bằng tài khoản cá nhân."
        case .wrongPassword: "Tên đăng nhập hoặc mật khẩu chưa đúng."
        case .locked(let minutes):
            "Đã nhập sai \(SignInSettings.triesBeforeLock) lần. Chờ \(minutes) phút rồi đăng nhập lại."
        case .passwordExpired: "Mật khẩu đã quá thời hạn sử dụng. Nhờ quản trị đặt mật khẩu mới."
        case .passwordRefused(let fault): fault.sentence
        case .unknownOfficer: "Không có cán bộ này, hoặc cán bộ đã ngừng hoạt động."
        case .staffNotConfigured: "Cơ quan chưa dùng cách đăng nhập này. Đăng nhập bằng tên và mật khẩu."
        case .staffUnbound:
            "Tài khoản vừa dùng chưa gắn với cán bộ nào. Nhờ quản trị của cơ quan gắn, hoặc đăng nhập bằng mật khẩu."
        case .staffLocked: "Tài khoản cán bộ gắn với người vừa đăng nhập đã khóa. Liên hệ quản trị của cơ quan."
        case .staffAppNeeded:
            "Cần mã của ứng dụng xác thực mà tài khoản chưa thiết lập. Đăng nhập bằng mật khẩu một lần để thiết lập."
        }
    }
}
