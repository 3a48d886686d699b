// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel
public import Storage

/// What kind of actor did something.
public enum ActorKind: String, ColumnValue, CaseIterable {
    case citizen
    case business
    case officer
    /// A system of another agency, or one that does business with us.
    case partner
    /// The program itself: a clock, a worker.
    case system
}

/// Who did it, as it was at that moment: internal ids, no personal data.
public struct ActorStamp: Hashable, Sendable {
    public var kind: ActorKind
    /// The internal id of the account, officer or partner; the name of the worker for `system`.
    public var id: String
    /// The agency for which an officer acted.
    public var agency: AgencyCode?
    /// The id of the unit for which an officer acted.
    public var unit: String?
    /// How the actor had proved who it is: `nationalIdentity`, `passwordAndTOTP`; nil in events of early releases.
    public var authentication: String?
    /// The level of assurance of a citizen's identity; nil for others, and in events of early releases.
    public var assurance: Int?
    /// For whom the actor did it: the internal id of the authority that was shown; nil for oneself.
    public var behalf: String?
    /// The digest of the session's token.
    public var session: Digest?

    /// An actor.
    public init(
        kind: ActorKind,
        id: String,
        agency: AgencyCode? = nil,
        unit: String? = nil,
        authentication: String? = nil,
        assurance: Int? = nil,
        behalf: String? = nil,
        session: Digest? = nil
    ) {
        (self.kind, self.id, self.agency, self.unit) = (kind, id, agency, unit)
        (self.authentication, self.assurance, self.behalf) = (authentication, assurance, behalf)
        self.session = session
    }

    /// The program itself, by the name of its part.
    public static func system(_ name: String) -> ActorStamp {
        ActorStamp(kind: .system, id: name, authentication: "system")
    }
}

/// A fact that is to be appended to the journal.
public struct JournalEntry: Sendable, Equatable {
    /// When it happened; the journal never goes back, so the stored moment may be a little later.
    public var at: Instant
    /// The service that says so: `dossiers`.
    public var service: String
    /// What happened, in the service's words: `submitted`.
    public var kind: String
    /// What it happened to: `dossier`.
    public var objectType: String
    /// The internal random id of that object; never a personal number.
    public var objectID: String
    public var actor: ActorStamp
    /// The request in which it happened, as the log lines name it.
    public var requestID: String?
    /// What else is to be known for ever: an object without personal data.
    public var facts: JSONValue
    /// Names, numbers, reasons and other texts of people: an object kept apart, so that it can be erased.
    public var personal: JSONValue?

    /// A fact about an object.
    public init(
        at: Instant,
        service: String,
        kind: String,
        objectType: String,
        objectID: String,
        actor: ActorStamp,
        requestID: String? = nil,
        facts: JSONValue = [:],
        personal: JSONValue? = nil
    ) {
        (self.at, self.service, self.kind) = (at, service, kind)
        (self.objectType, self.objectID, self.actor) = (objectType, objectID, actor)
        (self.requestID, self.facts, self.personal) = (requestID, facts, personal)
    }
}

/// What appending answers: it may be printed on a slip, and convicts us when the leaf is missing later.
public struct JournalReceipt: Sendable, Equatable {
    /// The event's place in the journal, from 0.
    public let index: Int64
    /// The moment that was stored.
    public let at: Instant
    /// The hash that stands in the tree.
    public let leafHash: Digest
}

/// An event as the story of its object tells it: its texts stand as they were stored, for who knows how to read them.
public struct JournalLine: Sendable, Equatable {
    /// The stored moment.
    public let at: Instant
    /// Who did it.
    public let actor: ActorStamp
    /// The facts as JSON: the same facts are always the same text.
    public let facts: String
    /// The personal part as JSON; nil when there is none, it is erased, or it was not asked for.
    public let personal: String?
}

/// An event as the journal keeps it.
public struct JournalEvent: Sendable, Equatable {
    /// Its place in the journal, from 0.
    public let index: Int64
    /// The fact, with the stored moment; `personal` is there only when it was asked for and is not erased.
    public let entry: JournalEntry
    /// What binds the personal row without telling it; nil when there never was one.
    public let payloadCommit: Digest?
    /// The hash that stands in the tree.
    public let leafHash: Digest
}
