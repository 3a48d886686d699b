// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel

/// The id under which a partner's system asks for tokens (`client_id`); random.
public typealias PartnerID = Identifier<Partner>

/// What a partner may be let do. Procedures and the verification of results are open to anybody and need no scope.
public enum PartnerScope: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Where dossiers of the partner's agency stand, without anything personal.
    case dossiersRead = "dossiers:read"
    /// The figures of the province, by agency.
    case statisticsRead = "statistics:read"

    public static func < (first: PartnerScope, second: PartnerScope) -> Bool { first.rawValue < second.rawValue }

    /// The form of RFC 6749 §3.3: names with a space between, sorted.
    public static func text(_ scopes: Set<PartnerScope>) -> String {
        scopes.sorted().map(\.rawValue).joined(separator: " ")
    }

    /// Reads `text`; nil when a name is none of ours.
    public static func read(_ text: String) -> Set<PartnerScope>? {
        let names = text.split(separator: " ")
        let known = names.compactMap { PartnerScope(rawValue: String($0)) }
        return known.count == names.count ? Set(known) : nil
    }
}

/// A system of another body that may use the public API, bound to one agency.
public struct Partner: Sendable, Hashable {
    /// Its `client_id`.
    public var id: PartnerID
    /// What it is called: `Cổng dịch vụ công quốc gia`.
    public var name: String
    /// The agency whose dossiers it may follow.
    public var agency: AgencyCode
    /// What it may do at most; a token may be asked for less.
    public var scopes: Set<PartnerScope>
    /// SHA-256 of its secret, which has 256 random bits.
    public var secretDigest: Digest
    /// When it was registered.
    public var createdAt: Instant
    /// Since when it may do nothing any more.
    public var disabledAt: Instant?

    /// Whether it may ask for tokens and use them.
    public var isActive: Bool { disabledAt == nil }
}

/// An access token of a partner. Its holder has the secret; the table has the SHA-256 alone.
public struct PartnerToken: Sendable, Hashable {
    /// How long a token is good: long enough for a batch, short enough that a lost one is worth little.
    public static let lifetimeSeconds: Int64 = 600

    /// SHA-256 of the token.
    public var digest: Digest
    /// Whose it is.
    public var partner: PartnerID
    /// What it may be used for.
    public var scopes: Set<PartnerScope>
    /// When it was given out.
    public var issuedAt: Instant
    /// From when it is refused.
    public var expiresAt: Instant
}

/// Who shows a bearer token at the API.
public enum TokenBearer: Sendable {
    /// A person, by the secret of her own session.
    case person(SignedIn)
    /// A partner's system, by an access token.
    case partner(Partner, Actor)
}

/// Why a partner is not registered, or gets no token.
public enum PartnerError: Presentable, Hashable {
    /// The name is empty or over 200 characters.
    case nameMissing
    /// No scope was named.
    case scopesMissing
    /// There is no such agency today.
    case unknownAgency
    /// No partner has this id.
    case unknownPartner
    /// It was disabled before.
    case alreadyDisabled
    /// Wrong id, wrong secret, or disabled: one answer for all.
    case clientRefused
    /// A scope that this partner was not given.
    case scopeRefused

    public var code: String {
        switch self {
        case .nameMissing: "partner-name-missing"
        case .scopesMissing: "partner-scopes-missing"
        case .unknownAgency: "partner-unknown-agency"
        case .unknownPartner: "partner-unknown"
        case .alreadyDisabled: "partner-already-disabled"
        case .clientRefused: "partner-refused"
        case .scopeRefused: "partner-scope-refused"
        }
    }

    public var status: Int {
        switch self {
        case .nameMissing, .scopesMissing, .unknownAgency: 422
        case .unknownPartner: 404
        case .alreadyDisabled: 409
        case .clientRefused: 401
        case .scopeRefused: 400
        }
    }

    public var severity: Severity { self == .clientRefused ? .warning : .notice }

    public var publicDetail: String? {
        switch self {
        case .nameMissing: "Tên đối tác phải có từ 1 đến 200 ký tự."
        case .scopesMissing: "Nêu ít nhất một quyền (\(PartnerScope.text(Set(PartnerScope.allCases))))."
        case .unknownAgency: "Không có cơ quan nào mang mã này."
        case .unknownPartner: "Không có đối tác nào mang mã này."
        case .alreadyDisabled: "Đối tác này đã bị ngừng từ trước."
        case .clientRefused: "Mã hoặc khóa bí mật của đối tác không đúng."
        case .scopeRefused: "Đối tác không được cấp quyền này."
        }
    }
}
