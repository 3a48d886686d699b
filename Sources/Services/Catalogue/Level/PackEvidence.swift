// SPDX-License-Identifier: Apache-2.0

/// What the text of a pack alone shows about its level: a few numbers, kept with the entry of the index, so that levels
/// are computed without reading packs.
public struct PackEvidence: Hashable, Sendable {
    /// One bit for each item of the level-1 information that is published.
    private let items: UInt16
    /// Papers of the procedure, and those of them that can be given as files.
    let papers: LevelEvidence.PaperCount
    /// Fields of the form, and those of them that the state fills; nil without a form.
    let prefilled: LevelEvidence.PaperCount?
    /// Whether it is filed online.
    let isOnline: Bool
    /// Whether anything is ever to be paid.
    let hasFee: Bool
    /// Whether the result is made from a template and goes online.
    let hasOnlineResult: Bool
    /// Whether the result can go by public post.
    let hasPostedResult: Bool
    /// When people must come and why, as pages say it; nil where everything may go online.
    let presence: String?

    /// What a pack shows.
    public init(_ pack: ProcedurePack) {
        items = Self.bits(pack.publishedInformation.contains)
        papers = LevelEvidence.PaperCount(
            pack.components.count { $0.copies[.electronic] != nil },
            of: pack.components.count
        )
        prefilled = pack.form.map { form in
            let fields = form.fields.filter { $0.type != .note && $0.type != .declaration }
            return LevelEvidence.PaperCount(fields.count { $0.prefill != nil }, of: fields.count)
        }
        isOnline = pack.channels.contains(.online)
        hasFee = pack.fees.items.contains { item in item.rules.contains { $0.amount != .free } }
        hasOnlineResult = pack.result.deliveryWays.contains(.online) && pack.result.template != nil
        hasPostedResult = pack.result.deliveryWays.contains(.post)
        presence = pack.presence.isEmpty ? nil : pack.presence.map(\.words).joined(separator: "; ")
    }

    /// The items of the level-1 information that are published.
    public var information: Set<InformationItem> {
        Set(InformationItem.allCases.enumerated().filter { items & 1 << $0.offset != 0 }.map(\.element))
    }

    private static func bits(_ isPublished: (InformationItem) -> Bool) -> UInt16 {
        InformationItem.allCases.enumerated().reduce(0) { $0 | (isPublished($1.element) ? 1 << $1.offset : 0) }
    }

    // MARK: - As a column

    /// Written in so many pieces.
    static let pieceCount = 7

    /// The pieces by which the index keeps it.
    var pieces: [String] {
        let flags = [isOnline, hasFee, hasOnlineResult, hasPostedResult].map { $0 ? "1" : "0" }.joined()
        return [
            "\(items)", flags, "\(papers.some)", "\(papers.all)", prefilled.map { "\($0.some)" } ?? "",
            prefilled.map { "\($0.all)" } ?? "", presence ?? "",
        ]
    }

    /// Reads the pieces; nil for those of another release.
    init?(pieces: [Substring]) {
        guard pieces.count == Self.pieceCount, let items = UInt16(pieces[0]), pieces[1].utf8.count == 4,
            let someOfPapers = Int(pieces[2]), let allOfPapers = Int(pieces[3])
        else { return nil }
        let flags = pieces[1].utf8.map { $0 == 0x31 }
        self.items = items
        (isOnline, hasFee, hasOnlineResult, hasPostedResult) = (flags[0], flags[1], flags[2], flags[3])
        papers = LevelEvidence.PaperCount(someOfPapers, of: allOfPapers)
        presence = pieces[6].isEmpty ? nil : String(pieces[6])
        if let some = Int(pieces[4]), let all = Int(pieces[5]) {
            prefilled = LevelEvidence.PaperCount(some, of: all)
        } else {
            prefilled = nil
        }
    }
}

/// By what the level of everything on offer is computed: the settings of this portal, and what people did. Lists, the
/// page of a procedure, the roadmap and the API all ask this one.
public struct LevelBasis: Sendable {
    /// What the configuration offers to every service.
    public let platform: PlatformEvidence
    /// What people did within twelve months, by code of the procedure; nil while nobody has counted.
    public let use: [String: ServiceUse]?

    /// A basis.
    public init(platform: PlatformEvidence, use: [String: ServiceUse]? = nil) {
        (self.platform, self.use) = (platform, use)
    }

    /// The level of a version of a procedure. Pure.
    public func assessment(_ code: String, _ shown: PackEvidence) -> LevelAssessment {
        LevelAssessment.assess(
            LevelEvidence(shown, platform: platform, use: use.map { $0[code] ?? ServiceUse() })
        )
    }
}
