// SPDX-License-Identifier: Apache-2.0

/// Facts about accounts, sessions and partners that the journal keeps.
public enum IdentityEvent: String, Sendable {
    /// A citizen signed in for the first time; the claims stand in the account alone, which may be erased.
    case accountCreated
    /// A person corrected her own telephone number or e-mail address, which stand in the account alone.
    case contactCorrected
    /// A person signed in.
    case signedIn
    /// The identity service names a known person anew; the personal ID is the same.
    case subjectChanged
    /// A sign-in was refused: subject and personal ID belong to different accounts.
    case identityConflicted
    /// A person stated an authority to act for somebody, with its paper.
    case representationStated
    /// An authority was ended.
    case representationRevoked
    /// An officer made sure of an authority.
    case representationConfirmed
    /// A person acts for somebody else from now on, or for herself again.
    case hatChanged
    /// A person signed out.
    case signedOut
    /// A person ended a session on another device.
    case deviceSignedOut
    /// A person ended all sessions.
    case signedOutEverywhere
    /// An officer ended sessions of her own on other devices.
    case sessionsEnded
    /// An administrator ended sessions of an officer.
    case sessionsEndedForOther
    /// An administrator ended all sessions of everybody.
    case everySessionEnded
    /// A partner's system was registered.
    case partnerCreated
    /// A partner's system was shut out.
    case partnerDisabled
    /// A partner's system got an access token.
    case partnerTokenIssued
}
