// SPDX-License-Identifier: Apache-2.0

/// What is known about one service when its level is computed (TT 32/2017/TT-BTTTT art. 5).
public struct LevelEvidence: Hashable, Sendable {
    /// How many of the eleven items of information are published.
    public var infoItems: Int
    /// Which are not, as pages say them; empty where only the number is known.
    public var missingItems: [String] = []
    /// Whether the procedure has a form at all.
    public var hasForm: Bool
    /// Blank forms can be downloaded, or the filled form can be printed.
    public var formsDownloadable: Bool
    /// The form can be filled in online.
    public var eForm: Bool
    /// Papers can be attached.
    public var attachments: Bool
    /// Papers of the procedure, and those of them that can be given as files; nil where not known.
    public var papers: PaperCount?
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
    /// The result can go by public post.
    public var resultByPost: Bool = false
    /// When the law wants people to come and why, without a full stop; nil where it does not.
    public var presence: String?
    /// Fields of the form, and those of them that the state fills; nil where not known.
    public var prefilled: PaperCount?
    /// What the state does of its own accord (NĐ 224/2026/NĐ-CP art. 16).
    public var proactiveActs: Set<ProactiveGrade> = []
    /// What people did with the service; nil where nobody counted.
    public var use: ServiceUse?

    /// So many of so many.
    public struct PaperCount: Hashable, Sendable, Codable {
        /// Those with the quality in question.
        public let some: Int
        /// All.
        public let all: Int

        /// So many of so many.
        public init(_ some: Int, of all: Int) { (self.some, self.all) = (some, all) }
    }

    /// A record as an assessor writes it down.
    public init(
        infoItems: Int,
        hasForm: Bool,
        formsDownloadable: Bool,
        eForm: Bool,
        attachments: Bool,
        dbStored: Bool,
        processedOnline: Bool,
        https: Bool,
        hasFee: Bool,
        onlinePayment: Bool,
        onlineResult: Bool,
        resultByPost: Bool = false,
        use: ServiceUse? = nil
    ) {
        (self.infoItems, self.hasForm, self.formsDownloadable) = (infoItems, hasForm, formsDownloadable)
        (self.eForm, self.attachments, self.dbStored) = (eForm, attachments, dbStored)
        (self.processedOnline, self.https, self.hasFee) = (processedOnline, https, hasFee)
        (self.onlinePayment, self.onlineResult) = (onlinePayment, onlineResult)
        (self.resultByPost, self.use) = (resultByPost, use)
    }

    /// What a pack shows, together with what the platform around it offers and what people did.
    public init(_ shown: PackEvidence, platform: PlatformEvidence, use: ServiceUse? = nil) {
        let hasForm = shown.prefilled != nil
        self.init(
            infoItems: shown.information.count,
            hasForm: hasForm,
            formsDownloadable: hasForm && platform.formsPrintable,
            eForm: hasForm && shown.isOnline,
            attachments: shown.isOnline && (shown.papers.all == 0 || shown.papers.some > 0),
            dbStored: platform.dbStored,
            processedOnline: platform.processedOnline,
            https: platform.https,
            hasFee: shown.hasFee,
            onlinePayment: platform.onlinePayment,
            onlineResult: platform.onlineSigning && shown.hasOnlineResult,
            resultByPost: shown.hasPostedResult,
            use: use
        )
        missingItems = InformationItem.allCases.filter { !shown.information.contains($0) }.map(\.vietnamese)
        papers = shown.papers
        prefilled = shown.prefilled
        presence = shown.presence
        proactiveActs = platform.proactiveActs
        // Prepared is what the person has only to complete.
        if let prefilled, prefilled.some > 0 { proactiveActs.insert(.prepares) }
    }

    /// As above, of a pack.
    public init(_ pack: ProcedurePack, platform: PlatformEvidence, use: ServiceUse? = nil) {
        self.init(PackEvidence(pack), platform: platform, use: use)
    }
}
