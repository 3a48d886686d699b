// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Identity
public import Journal
public import Kernel
import Organisation
public import Storage

/// Who changed a draft last: internal ids, no personal data.
public struct DraftAuthor: Hashable, Sendable {
    /// What kind of actor.
    public let kind: ActorKind
    /// The officer's id, or the name of the part of the program.
    public let id: String

    /// An author.
    public init(kind: ActorKind, id: String) { (self.kind, self.id) = (kind, id) }
}

/// A pack that an administrator is working on; at most one for each code. Nobody else sees it.
public struct PackDraft: Hashable, Sendable {
    /// Where a draft came from.
    public enum Origin: String, Hashable, Sendable, ColumnValue {
        /// From a published version, or from nothing.
        case begun
        /// From the pack of another procedure.
        case copied
        /// From files that were brought in.
        case imported
        /// From the folder of packs: sound, but it waits for the comparison of its facts, or for a person's consent.
        case folder
    }

    /// The procedure's code.
    public let code: String
    /// Grows with each change; a command tells the one that its author saw.
    public let version: Int
    /// The files as they stand.
    public let source: PackSource
    /// Where it came from.
    public let origin: Origin
    /// The published version that it began from; nil when there was none.
    public let base: Digest?
    /// The version of another procedure whose copy it began as; nil when it is none.
    public let model: Digest?
    /// When it was begun.
    public let begunAt: Instant
    /// When it was changed last.
    public let changedAt: Instant
    /// By whom.
    public let changedBy: DraftAuthor
    /// How many changes can be taken back.
    public let stepsBack: Int
    /// How many changes that were taken back can be made again.
    public let stepsForward: Int

    /// Whether it differs from the version that it began from.
    public var isChanged: Bool { source.digest != base }
}

/// A draft as a list shows it.
public struct PackDraftSummary: Hashable, Sendable {
    /// The procedure's code.
    public let code: String
    /// The procedure's name; the code where the text has none.
    public let name: String
    /// Grows with each change.
    public let version: Int
    /// Where it came from.
    public let origin: PackDraft.Origin
    /// The digest of its files.
    public let digest: Digest
    /// The published version that it began from.
    public let base: Digest?
    /// When it was changed last.
    public let changedAt: Instant
    /// By whom.
    public let changedBy: DraftAuthor
    /// How many errors the checker finds.
    public let errorCount: Int
    /// How many facts nobody has compared with the official text.
    public let unverifiedCount: Int

    /// Sound, but facts wait to be compared ("chờ đối chiếu").
    public var awaitsVerification: Bool { errorCount == 0 && unverifiedCount > 0 }
}

/// From what a draft begins.
public enum DraftStart: Hashable, Sendable {
    /// From the version that is offered now, or was offered last.
    case current
    /// From one of its published versions.
    case version(Digest)
    /// From the present pack of another procedure: all facts wait to be compared anew.
    case copy(of: String)
    /// From nothing but the name.
    case empty(name: String)
    /// From files.
    case files(PackSource)
}

/// What of the catalogue is administered; it belongs to the whole installation.
public enum CataloguePart: Sendable, Hashable, CaseIterable {
    /// Drafts of packs, and what is offered.
    case packs
}

/// Who may keep the book of packs.
public enum CataloguePolicies {
    /// Administrators of the authority itself, not those of a department or commune: a pack holds for all of them.
    public static let keeping = Policy<CataloguePart>.actor { actor in
        actor.kind == .officer && actor.roles.contains(.administrator) && actor.agency.map(isAuthority) ?? false
    }

    private static func isAuthority(_ agency: AgencyCode) -> Bool { !agency.text.contains(".") }
}
