// SPDX-License-Identifier: Apache-2.0

/// Facts about accounts, sessions and partners that the journal keeps.
public enum IdentityEvent: String, Sendable {
    /// A citizen signed in for the first time; the claims stand in the account alone, which may be erased.
    case accountCreated
    /// A person signed in.
    case signedIn
    /// A person signed out.
    case signedOut
    /// A partner's system was registered.
    case partnerCreated
    /// A partner's system was shut out.
    case partnerDisabled
    /// A partner's system got an access token.
    case partnerTokenIssued
}

/// One reading of a citizen's data by an officer: who, when, for which dossier, to what end (Luật 91/2025/QH15).
public struct AccessPurpose: Sendable, Hashable {
    /// The word kept in the record and shown to the citizen.
    public var text: String

    /// An officer opened the dossier to work on it.
    public static let dossierWork = AccessPurpose(text: "Giải quyết hồ sơ")
}
