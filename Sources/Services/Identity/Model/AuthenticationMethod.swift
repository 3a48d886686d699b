// SPDX-License-Identifier: Apache-2.0

/// How an author proved who they are; stands in every event, with the level of assurance for citizens.
public enum AuthenticationMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// The national identity service (VNeID in OIDC shape).
    case nationalIdentity
    /// A code sent to the telephone number of a known account.
    case phoneOTP
    /// Name and password.
    case password
    /// Name, password and a code of an authenticator.
    case passwordAndTOTP
    /// A passkey.
    case passkey
    /// Name, password and a recovery code.
    case recoveryCode
    /// The sign-in service of the state's staff.
    case staffOIDC
    /// A partner's system by its id and secret (RFC 6749 §4.4).
    case partnerToken
    /// The program itself: a job, a callback whose signature was verified.
    case system
    /// Events of releases that did not write it down.
    case unknown

    /// What an event's column says; words of earlier releases are known, anything else is `unknown`.
    public init(stored: String?) {
        switch stored {
        case "clientCredentials": self = .partnerToken
        case "national-identity": self = .nationalIdentity
        case let word: self = word.flatMap(Self.init(rawValue:)) ?? .unknown
        }
    }

    /// Whether a person or a partner's system proved by electronic means who they are.
    public var isElectronic: Bool { self != .unknown && self != .system }
}
