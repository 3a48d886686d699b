// SPDX-License-Identifier: Apache-2.0

public import Dossiers
public import Kernel
public import Organisation

/// The id of a report of what may be erased.
public typealias RetentionReportID = Identifier<RetentionReport>

/// Where a report stands.
public enum RetentionState: String, Sendable, Hashable, CaseIterable, Codable {
    /// For a data-protection officer to decide.
    case waiting
    /// Decided; the erasing is under way.
    case approved
    /// Decided: nothing is erased by this report.
    case dismissed
    /// Everything in it is erased.
    case done

    /// The words on pages.
    public var vietnamese: String {
        switch self {
        case .waiting: "Chờ duyệt"
        case .approved: "Đã duyệt, đang xóa"
        case .dismissed: "Không xóa"
        case .done: "Đã xóa xong"
        }
    }
}

/// Which dossiers are past the time for which they must be kept, before anything is erased.
public struct RetentionReport: Sendable, Hashable {
    public var id: RetentionReportID
    public var madeAt: Instant
    public var state: RetentionState
    /// Dossiers that would be due by a time limit that nobody has compared with the official text; they stay.
    public var unverified: Int
    public var decidedBy: OfficerID?
    public var decidedAt: Instant?
    public var reason: String?
    public var doneAt: Instant?
    public var version: Int
}

/// One dossier of a report.
public struct RetentionItem: Sendable, Hashable {
    public var dossier: DossierID
    public var code: DossierCode
    public var procedure: String
    public var agency: AgencyCode
    public var endedAt: Instant
    public var years: Int
    public var source: String
    public var files: Int
    public var erasedAt: Instant?
}

/// A report with one page of its dossiers.
public struct RetentionPreview: Sendable {
    public var report: RetentionReport
    public var items: Page<RetentionItem>
    /// How many dossiers it names, and how many of them are erased.
    public var total: Int
    public var erased: Int
}
