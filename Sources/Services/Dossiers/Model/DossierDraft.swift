// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Digests
public import Kernel

/// The id of a draft; random, safe in a URL, worth nothing without the applicant's session.
public typealias DossierDraftID = Identifier<DossierDraft>

/// A dossier that is being filled in: no code, no national status.
public struct DossierDraft: Sendable, Hashable {
    /// How long a draft is kept after its last change (ux.md U1).
    public static let lifetimeDays: Int64 = 90

    public var id: DossierDraftID
    public var applicant: Identifier<DossierApplicant>
    public var procedure: String
    /// The pack version under which it was begun; submission takes the version valid then.
    public var packVersion: String
    /// Nil until the agency was chosen.
    public var agency: AgencyCode?
    public var delivery: DeliveryWay
    public var answers: FormAnswers
    /// The form pages that were completed.
    public var pagesDone: Set<String>
    /// Grows with every change; a page carries the one that it saw.
    public var revision: Int
    public var createdAt: Instant
    public var updatedAt: Instant
    public var expiresAt: Instant
    /// The dossier that it became.
    public var dossier: DossierID?
}

/// The id of an attached file.
public typealias DossierFileID = Identifier<DossierFile>

/// A file of a draft or dossier: which paper it is, and the stored bytes by their SHA-256.
public struct DossierFile: Sendable, Hashable {
    /// Where a file stands.
    public enum State: String, Sendable, Hashable {
        /// Part of the draft or dossier.
        case current
        /// Uploaded for a supplement that has not been sent yet.
        case pending
        /// Superseded by a supplement; kept as history.
        case replaced
    }

    public var id: DossierFileID
    /// The component of the pack that it stands for.
    public var component: String
    public var digest: Digest
    /// Bytes.
    public var size: Int64
    /// By content, such as `application/pdf`.
    public var mediaType: String
    /// As the person named it; shown, never used as a path.
    public var name: String
    /// Pages of a PDF, 1 for a picture; nil when unknown.
    public var pages: Int?
    public var addedAt: Instant
    public var state: State

    /// A file of these facts.
    public init(
        id: DossierFileID,
        component: String,
        digest: Digest,
        size: Int64,
        mediaType: String,
        name: String,
        pages: Int?,
        addedAt: Instant,
        state: State = .current
    ) {
        self.id = id
        self.component = component
        self.digest = digest
        self.size = size
        self.mediaType = mediaType
        self.name = name
        self.pages = pages
        self.addedAt = addedAt
        self.state = state
    }
}

/// Limits on the files of one dossier.
public struct DossierLimits: Sendable {
    /// Files in one dossier.
    public var fileCount: Int
    /// Bytes of all files of one dossier.
    public var totalBytes: Int64

    /// Limits.
    public init(fileCount: Int, totalBytes: Int64) {
        self.fileCount = fileCount
        self.totalBytes = totalBytes
    }

    /// 50 files, 100 MB (design.md §4).
    public static let standard = DossierLimits(fileCount: 50, totalBytes: 100_000_000)
}
