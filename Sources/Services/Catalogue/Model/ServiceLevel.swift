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

/// What is known about one service when its level is computed.
public struct LevelEvidence: Hashable, Sendable {
    /// How many of the eleven items of information are published.
    public var infoItems: Int
    /// Whether the procedure has a form at all.
    public var hasForm: Bool
    /// Blank forms can be downloaded, or the filled form can be printed.
    public var formsDownloadable: Bool
    /// The form can be filled in online.
    public var eForm: Bool
    /// Papers can be attached.
    public var attachments: Bool
    /// Dossiers are kept in a database that can be searched and counted.
    public var dbStored: Bool
    /// All processing happens on the network.
    public var processedOnline: Bool
    /// The connection is encrypted.
    public var https: Bool
    /// Whether the procedure asks for money at all.
    public var hasFee: Bool
    /// Money can be paid online.
    public var onlinePayment: Bool
    /// The result is given online with legal value.
    public var onlineResult: Bool

    /// What the pack itself shows, together with what the platform around it offers.
    public init(_ pack: ProcedurePack, platform: PlatformEvidence) {
        infoItems = pack.publishedInformation.count
        hasForm = pack.form != nil
        let isOnline = pack.channels.contains(.online)
        formsDownloadable = pack.form != nil && platform.formsPrintable
        eForm = pack.form != nil && isOnline
        attachments =
            isOnline && (pack.components.isEmpty || pack.components.contains { $0.copies[.electronic] != nil })
        dbStored = platform.dbStored
        processedOnline = platform.processedOnline
        https = platform.https
        hasFee = pack.fees.items.contains { item in item.rules.contains { $0.amount != .free } }
        onlinePayment = platform.onlinePayment
        onlineResult =
            platform.onlineSigning && pack.result.deliveryWays.contains(.online)
            && pack.result.template != nil
    }
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

    /// This platform.
    public init(
        formsPrintable: Bool = true,
        dbStored: Bool = true,
        processedOnline: Bool = true,
        https: Bool,
        onlinePayment: Bool,
        onlineSigning: Bool
    ) {
        self.formsPrintable = formsPrintable
        self.dbStored = dbStored
        self.processedOnline = processedOnline
        self.https = https
        self.onlinePayment = onlinePayment
        self.onlineSigning = onlineSigning
    }

    /// Everything is there: what a pack could reach.
    static let complete = PlatformEvidence(https: true, onlinePayment: true, onlineSigning: true)
}

/// One condition of a level.
public enum LevelCondition: String, CaseIterable, Hashable, Sendable, Codable {
    case infoItems, formsDownloadable, eForm, attachments, dbStored, processedOnline, https, onlinePayment, onlineResult

    /// The level that it opens.
    public var level: ServiceLevel {
        switch self {
        case .infoItems: .one
        case .formsDownloadable: .two
        case .eForm, .attachments, .dbStored, .processedOnline, .https: .three
        case .onlinePayment, .onlineResult: .four
        }
    }

    /// What is missing, in words for the procedure page.
    public var missing: String {
        switch self {
        case .infoItems: "Chưa công khai đủ 11 nội dung của thủ tục"
        case .formsDownloadable: "Chưa có mẫu đơn, tờ khai để tải về"
        case .eForm: "Chưa có tờ khai điện tử điền trên mạng"
        case .attachments: "Chưa gửi được giấy tờ kèm theo qua mạng"
        case .dbStored: "Hồ sơ chưa được lưu trong cơ sở dữ liệu"
        case .processedOnline: "Hồ sơ chưa được giải quyết trên môi trường mạng"
        case .https: "Chưa có kết nối an toàn (HTTPS)"
        case .onlinePayment: "Chưa nộp được phí, lệ phí trực tuyến"
        case .onlineResult: "Chưa trả kết quả điện tử có ký số"
        }
    }

    fileprivate func isMet(by evidence: LevelEvidence) -> Bool {
        switch self {
        case .infoItems: evidence.infoItems == InformationItem.allCases.count
        case .formsDownloadable: evidence.formsDownloadable || !evidence.hasForm
        case .eForm: evidence.eForm || !evidence.hasForm
        case .attachments: evidence.attachments
        case .dbStored: evidence.dbStored
        case .processedOnline: evidence.processedOnline
        case .https: evidence.https
        case .onlinePayment: evidence.onlinePayment || !evidence.hasFee
        case .onlineResult: evidence.onlineResult
        }
    }
}

/// The level that the evidence shows, and what the next one lacks.
public struct LevelAssessment: Hashable, Sendable {
    /// The highest level whose conditions all hold; nil when not even the information is complete.
    public let level: ServiceLevel?
    /// The conditions of the next level that do not hold; empty at level 4.
    public let missing: [LevelCondition]

    /// What the evidence shows. Pure.
    public static func assess(_ evidence: LevelEvidence) -> LevelAssessment {
        var reached: ServiceLevel?
        for level in ServiceLevel.allCases {
            let missing = LevelCondition.allCases.filter { $0.level == level && !$0.isMet(by: evidence) }
            guard missing.isEmpty else { return LevelAssessment(level: reached, missing: missing) }
            reached = level
        }
        return LevelAssessment(level: reached, missing: [])
    }
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
