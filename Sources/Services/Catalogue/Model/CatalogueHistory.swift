// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Journal
public import Kernel

/// Whether packs whose facts nobody has compared with the official text are offered.
public enum UnverifiedPacks: String, Hashable, Sendable, CaseIterable {
    /// They are kept as drafts until a person has confirmed every fact: the rule.
    case withhold
    /// They are offered, and every page says so: for demonstrations and tests alone.
    case offer
}

/// A published version as a list shows it.
public struct PublishedVersion: Hashable, Sendable {
    /// The digest of its files.
    public let digest: Digest
    /// When it was published first.
    public let publishedAt: Instant
    /// When it was offered last.
    public let offeredAt: Instant
    /// First day of its text.
    public let validFrom: LocalDate
    /// Last day; nil = until further notice.
    public let validTo: LocalDate?

    /// Whether its text holds on a day.
    public func isValid(on day: LocalDate) -> Bool { validFrom <= day && validTo.map { day <= $0 } ?? true }
}

/// One act on the book of packs, as the journal tells it.
public struct CatalogueAct: Hashable, Sendable {
    /// What was done.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case published, rolledBack, retired, resumed, factsConfirmed

        /// As a list says it.
        public var vietnamese: String {
            switch self {
            case .published: "Xuất bản"
            case .rolledBack: "Quay lại bản trước"
            case .retired: "Ngừng cung cấp"
            case .resumed: "Cung cấp lại"
            case .factsConfirmed: "Xác nhận đã đối chiếu"
            }
        }
    }

    /// What was done.
    public let kind: Kind
    /// When.
    public let at: Instant
    /// By whom: internal ids.
    public let author: ActorStamp
    /// The version that was offered before.
    public let before: Digest?
    /// The version that is offered after.
    public let after: Digest?
    /// The day from which the code is retired.
    public let from: LocalDate?
    /// What the author wrote: the reason, or the text that facts were compared with; nil where it was erased.
    public let text: String?
}

/// Everything about the publication of one procedure.
public struct CatalogueHistory: Hashable, Sendable {
    /// Its versions, last offered first; at most 200.
    public let versions: [PublishedVersion]
    /// The version that leads today; nil when none is valid.
    public let current: Digest?
    /// From which day on it is not offered; nil = until further notice.
    public let retiredFrom: LocalDate?
    /// What was done with it, last act first.
    public let acts: [CatalogueAct]
}
