// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Organisation

/// The identity service of the authority's own staff, where it has one.
public struct StaffProvider: Sendable {
    /// The service and what it knows us by. The address to come back to is each listener's own.
    public var provider: OpenIDProvider
    /// What the button calls it: "tài khoản cơ quan".
    public var name: String
    /// Values of `acr` that mean a second factor.
    public var strongClasses: [String]

    /// A service; without classes of its own `amr` alone tells a second factor.
    public init(provider: OpenIDProvider, name: String, strongClasses: [String] = []) {
        (self.provider, self.name, self.strongClasses) = (provider, name, strongClasses)
    }

    /// What of `amr` means several factors (RFC 8176).
    private static let severalFactors = "mfa"

    /// Whether the service says that it asked for a second factor.
    func saysSecondFactor(_ claims: ClaimSet) -> Bool {
        if let reached = claims["acr"]?.text, strongClasses.contains(reached) { return true }
        return claims.texts("amr").contains(Self.severalFactors)
    }

    /// The name by which the service knows a person, when it can be one (OpenID Connect Core 2).
    static func subject(_ text: String?) -> String? {
        guard let text, (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        return text
    }
}

/// A begun or finished sign-in of an officer through the service.
public struct FinishedStaffSignIn: Sendable {
    /// Where it stands: proved, or a code is asked.
    public let progress: OfficerProgress
    /// The task that was given at the beginning.
    public let returnTo: String
}

/// To which name at the service an officer's account is bound.
public struct StaffBinding: Sendable, Hashable {
    /// Whose account.
    public var officer: OfficerID
    /// Which service.
    public var issuer: String
    /// The person's name there.
    public var subject: String
    /// When an administrator bound it.
    public var boundAt: Instant
    /// When the officer first came through it with a code of her own; until then it opens nothing without one.
    public var confirmedAt: Instant?
}

/// Why an account was not bound.
public enum StaffBindingError: Presentable, Equatable {
    /// No service is configured.
    case notConfigured
    /// Not a name that a service can give.
    case subjectMalformed
    /// Another account is bound to it.
    case taken
    /// This account is bound already.
    case alreadyBound
    /// There is no such officer, or no longer.
    case unknownOfficer

    public var code: String {
        switch self {
        case .notConfigured: "staff-not-configured"
        case .subjectMalformed: "staff-subject-malformed"
        case .taken: "staff-subject-taken"
        case .alreadyBound: "staff-already-bound"
        case .unknownOfficer: "officer-unknown"
        }
    }

    public var status: Int {
        switch self {
        case .notConfigured, .unknownOfficer: 404
        case .subjectMalformed: 422
        case .taken, .alreadyBound: 409
        }
    }

    public var severity: Severity { .notice }

    public var field: String? { self == .subjectMalformed || self == .taken ? "subject" : nil }

    public var publicDetail: String? {
        switch self {
        case .notConfigured: "Chưa cấu hình đăng nhập bằng dịch vụ định danh của cơ quan."
        case .subjectMalformed: "Nhập mã người dùng (sub) gồm chữ không dấu, chữ số và dấu, không có khoảng trắng"
        case .taken: "Mã này đã gắn với một cán bộ khác. Gỡ ở tài khoản đó trước."
        case .alreadyBound: "Tài khoản này đã gắn với một mã. Gỡ mã đang gắn trước."
        case .unknownOfficer: "Không có cán bộ này, hoặc cán bộ đã ngừng hoạt động."
        }
    }
}
