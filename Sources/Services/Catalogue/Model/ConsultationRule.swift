// SPDX-License-Identifier: Apache-2.0

public import WorkingTime

/// Whom an officer may consult beside the steps, on what, and what follows from silence (NĐ 61/2018 art. 19.5, 19.6).
///
/// A consultation is no step: the dossier stays where it is, and the clock of the agency that decides goes on.
public struct ConsultationRule: Hashable, Sendable {
    /// The id within the workflow.
    public let id: String
    /// On what: `Phòng cháy và chữa cháy`.
    public let name: String
    /// Ids of the steps at which it may be asked.
    public let steps: [String]
    /// Agencies that may be asked.
    public let agencies: [ExecutingAgency]
    /// Units of the deciding agency itself that may be asked, by their names.
    public let units: [String]
    /// The longest time for an answer.
    public let limit: TimeLimit
    /// What silence past the due time means.
    public let silence: ConsultationSilence
    /// Whether the dossier may go on to further working steps before the answer; a signature always waits for it.
    public let mayGoOn: Bool
    /// Ids of the papers that may be shown.
    public let papers: [String]
    /// Ids of the pages of the form whose answers are shown.
    public let pages: [String]
    /// Where the pack says it.
    public let place: SourcePlace
}

/// What it means when nobody answers in time.
public enum ConsultationSilence: String, PackVocabulary, Hashable, Codable {
    /// Taken as consent.
    case agrees
    /// The question stays open until it is answered or withdrawn.
    case waits

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .agrees: "Coi là đồng ý"
        case .waits: "Vẫn chờ"
        }
    }
}
