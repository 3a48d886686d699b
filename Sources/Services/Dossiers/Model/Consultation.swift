// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel
public import Organisation

/// The id of a consultation; random.
public typealias ConsultationID = Identifier<Consultation>

/// Who is asked: an agency, or one unit of it.
public struct ConsultedParty: Sendable, Hashable, Codable {
    /// The agency.
    public var agency: AgencyCode
    /// The unit; nil = the agency as a whole.
    public var unit: OrgUnitID?

    /// An agency, or one unit of it.
    public init(agency: AgencyCode, unit: OrgUnitID? = nil) {
        (self.agency, self.unit) = (agency, unit)
    }

    /// From the text that a form sends.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, let agency = AgencyCode(first) else { return nil }
        guard parts.count == 2 else {
            self.init(agency: agency)
            return
        }
        guard let unit = OrgUnitID(rawValue: parts[1]) else { return nil }
        self.init(agency: agency, unit: unit)
    }

    /// The text that a form sends.
    public var text: String { agency.text + (unit.map { "/\($0.rawValue)" } ?? "") }
}

/// What a consulted agency says.
public enum ConsultationVerdict: String, Sendable, Hashable, CaseIterable, Codable {
    case agrees, disagrees, remarks

    /// The words on pages.
    public var vietnamese: String {
        switch self {
        case .agrees: "Đồng ý"
        case .disagrees: "Không đồng ý"
        case .remarks: "Có ý kiến khác"
        }
    }
}

/// How a consultation ended.
public enum ConsultationOutcome: String, Sendable, Hashable, CaseIterable, Codable {
    case agrees, disagrees, remarks
    /// The asker took the question back.
    case withdrawn
    /// The dossier ended or went to another agency before the answer.
    case lapsed

    init(_ verdict: ConsultationVerdict) {
        switch verdict {
        case .agrees: self = .agrees
        case .disagrees: self = .disagrees
        case .remarks: self = .remarks
        }
    }

    /// The words on pages.
    public var vietnamese: String {
        switch self {
        case .agrees: ConsultationVerdict.agrees.vietnamese
        case .disagrees: ConsultationVerdict.disagrees.vietnamese
        case .remarks: ConsultationVerdict.remarks.vietnamese
        case .withdrawn: "Đã rút câu hỏi"
        case .lapsed: "Không cần trả lời nữa"
        }
    }
}

/// A consultation as the fold of events: what is in the journal of it, and nothing else.
public struct ConsultationState: Sendable, Hashable, Codable {
    public var id: ConsultationID
    /// The id of the pack's rule.
    public var rule: String
    public var party: ConsultedParty
    /// The agency that asks: it decides the dossier.
    public var askedBy: AgencyCode
    /// The step at which it was asked.
    public var step: String
    public var askedAt: Instant
    public var dueAt: Instant
    /// Nil while the answer is waited for.
    public var outcome: ConsultationOutcome?
    public var closedAt: Instant?

    /// Whether the answer is still waited for.
    public var isOpen: Bool { outcome == nil }

    /// Whether the due time has passed without an answer.
    public func isOverdue(at now: Instant) -> Bool { isOpen && now > dueAt }
}

/// A consultation with what its people wrote: the erasable row beside the state.
public struct Consultation: Sendable, Hashable {
    public var state: ConsultationState
    public var dossier: DossierID
    /// Ids of the papers that are shown.
    public var papers: [String]
    public var question: String
    /// The officer who asked.
    public var asker: OfficerID?
    public var opinion: String?
    /// The officer who answered.
    public var answerer: OfficerID?
    /// The PDF of the answer.
    public var file: ConsultationFile?
}

/// The PDF that came with an answer.
public struct ConsultationFile: Sendable, Hashable {
    public var digest: Digest
    public var size: Int64
    public var name: String

    /// A file whose bytes are on disk.
    public init(digest: Digest, size: Int64, name: String) {
        (self.digest, self.size, self.name) = (digest, size, name)
    }
}

/// What an officer asks.
public struct ConsultationQuestion: Sendable, Hashable {
    /// The id of the pack's rule.
    public var rule: String
    /// Who is asked; each answers for itself.
    public var parties: [ConsultedParty]
    public var text: String
    /// Ids of the papers that are shown.
    public var papers: [String]
    /// The time for the answer, in the unit of the rule.
    public var limit: Int

    /// A question to these parties.
    public init(rule: String, parties: [ConsultedParty], text: String, papers: [String], limit: Int) {
        (self.rule, self.parties, self.text) = (rule, parties, text)
        (self.papers, self.limit) = (papers, limit)
    }

    /// The longest question and opinion, in characters.
    public static let textLimit = 2_000
    /// Consultations of one dossier in its whole life; a page shows them all.
    public static let mostOfOneDossier = 20
}

/// How far open consultations hold a dossier back.
public enum ConsultationHold: Int, Sendable, Hashable, Comparable {
    case nothing
    /// It may be worked on, but not signed.
    case signature
    /// It stays at its step.
    case step

    public static func < (lower: ConsultationHold, higher: ConsultationHold) -> Bool {
        lower.rawValue < higher.rawValue
    }
}
