// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel
public import Organisation

/// How long a session lives (ASVS 5.0 7.3.1, 7.3.2).
public struct SessionLimits: Sendable {
    /// Seconds without a request after which it ends.
    public var idleSeconds: Int64
    /// Seconds after which it ends in any case.
    public var absoluteSeconds: Int64

    /// Limits in seconds.
    public init(idleSeconds: Int64, absoluteSeconds: Int64) {
        self.idleSeconds = idleSeconds
        self.absoluteSeconds = absoluteSeconds
    }

    /// An hour without a request, twelve hours in all: a long form on a slow phone, or a working day.
    public static let standard = SessionLimits(idleSeconds: 3_600, absoluteSeconds: 12 * 3_600)
}

/// Which pages a session opens. Cookies of one host go to all of its ports, so that a name alone keeps nobody out.
public enum SessionDoor: String, Sendable, Hashable, Codable {
    /// The portal, with administration where that has no listener of its own.
    case portal
    /// The listener of administration.
    case administration
}

/// A signed-in browser. The browser holds the secret; the table holds its SHA-256 alone.
public struct Session: Sendable, Hashable {
    /// SHA-256 of the secret in the cookie.
    public var digest: Digest
    /// Citizen or officer.
    public var kind: Actor.Kind
    /// The listener at which it was begun, and the only one that it opens.
    public var door: SessionDoor
    /// The account's or officer's id.
    public var subject: String
    /// How the person was authenticated.
    public var authentication: AuthenticationMethod
    /// The level of assurance reached.
    public var assurance: AssuranceLevel
    /// `Chrome trên Android`: words for the person to know it by; nil where nothing was told.
    public var device: String?
    /// The authority by which the person acts; nil for herself.
    public var hat: RepresentationID?
    /// When it began.
    public var startedAt: Instant
    /// The last request that was noted.
    public var seenAt: Instant
    /// When it ends if nothing more happens.
    public var endsAt: Instant
    /// When it ends in any case.
    public var absoluteEndAt: Instant
}

/// A session with its person: what a request is made by. It goes from hand to hand with every request, as a reference.
public indirect enum SignedIn: Sendable {
    /// A citizen and the actor that they are in this session.
    case citizen(Account, Actor)
    /// An officer and the actor that they are in this session.
    case officer(Officer, Actor)

    /// The author of what this request does.
    public var actor: Actor {
        switch self {
        case .citizen(_, let actor): actor
        case .officer(_, let actor): actor
        }
    }
}
