// SPDX-License-Identifier: Apache-2.0

/// The level of an online service by TT 32/2017/TT-BTTTT art. 5.
public enum ServiceLevel: Int, CaseIterable, Hashable, Sendable, Codable, Comparable {
    /// Information only.
    case one = 1
    /// Forms to download.
    case two
    /// Filed online, paid and collected at the desk or by post.
    case three
    /// Also paid online; the result is delivered online.
    case four

    /// `Mức độ 4`.
    public var vietnamese: String { "Mức độ \(rawValue)" }

    public static func < (lower: ServiceLevel, higher: ServiceLevel) -> Bool { lower.rawValue < higher.rawValue }
}

/// What the platform around the packs offers, from its configuration.
public struct PlatformEvidence: Hashable, Sendable {
    /// A filled form can be printed.
    public var formsPrintable: Bool
    /// Dossiers stand in the database.
    public var dbStored: Bool
    /// Steps are worked on here.
    public var processedOnline: Bool
    /// The public URL is HTTPS (or a loopback demonstration).
    public var https: Bool
    /// A payment gateway is configured.
    public var onlinePayment: Bool
    /// Results are signed digitally.
    public var onlineSigning: Bool
    /// What the platform does of its own accord for every service.
    public var proactiveActs: Set<ProactiveGrade>

    /// This platform.
    public init(
        formsPrintable: Bool = true,
        dbStored: Bool = true,
        processedOnline: Bool = true,
        https: Bool,
        onlinePayment: Bool,
        onlineSigning: Bool,
        proactiveActs: Set<ProactiveGrade> = []
    ) {
        self.formsPrintable = formsPrintable
        self.dbStored = dbStored
        self.processedOnline = processedOnline
        self.https = https
        self.onlinePayment = onlinePayment
        self.onlineSigning = onlineSigning
        self.proactiveActs = proactiveActs
    }

    /// Everything is there: what a pack could reach.
    public static let complete = PlatformEvidence(https: true, onlinePayment: true, onlineSigning: true)
}

extension ProcedurePack {
    /// Which of the eleven items are there: stated with a source, and with the content that they speak of.
    public var publishedInformation: Set<InformationItem> {
        Set(information.map(\.item)).filter { item in
            switch item {
            case .name: !name.isEmpty
            case .executionSequence: !executionSequence.isEmpty
            case .submissionMethods, .timeLimit, .channels: !submissionMethods.isEmpty
            case .components: numberOfSets > 0
            case .subjects: !subjects.isEmpty
            case .agencies: !executingAgencies.isEmpty
            case .result: !result.name.isEmpty
            case .formsRequirementsFees: true
            case .legalBasis: legalBasis.contains(where: \.isPublication) && legalBasis.count > 1
            }
        }
    }
}
