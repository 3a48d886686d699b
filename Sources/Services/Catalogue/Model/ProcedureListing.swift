// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import WorkingTime

/// What lists and the search know of a procedure: small, so that thousands of them stay in memory while their packs
/// do not.
public struct ProcedureListing: Hashable, Sendable {
    /// What one thing costs on the day of the list, by the channel of the list.
    public struct Price: Hashable, Sendable {
        /// Fee or charge.
        public let kind: FeeKind
        /// Whether nothing is to be paid.
        public let isFree: Bool
        /// Whether the provincial council sets the amount and it is not known here.
        public let isSetByCouncil: Bool
        /// `Lệ phí 8.000 đ`, `Miễn phí`.
        public let words: String

        /// What the index says of it.
        public init(_ price: ProcedureEntry.Price) {
            (kind, isFree, isSetByCouncil) = (price.kind, price.isFree, price.isSetByCouncil)
            words = price.words
        }

        /// What a thing of this kind costs.
        public init(kind: FeeKind, amount: FeeAmount) {
            (self.kind, isFree, words) = (kind, amount.isFree, amount.words(for: kind))
            isSetByCouncil = amount == .setByCouncil
        }
    }

    /// The national code: `2.000635`.
    public let code: String
    /// The name as the law has it.
    public let name: String
    /// What it is for, in a sentence.
    public let summary: String
    /// Codes that the province uses for it beside the national one.
    public let localCodes: [String]
    /// Words that people say for it.
    public let keywords: [String]
    /// The branch it belongs to.
    public let sector: Sector
    /// What is issued.
    public let resultName: String
    /// Who may ask for it.
    public let subjects: [SubjectKind]
    /// The kinds of agency that do it, as pages say them.
    public let agencies: [String]
    /// The level that was computed; nil when not even the information is complete.
    public let level: ServiceLevel?
    /// How much is online, as pages say it today.
    public let scope: OnlineScope
    /// Whether it is filed online.
    public let isOnline: Bool
    /// The length that the law allows, online where that is open; nil where no channel is.
    public let timeLimit: TimeLimit?
    /// After this time a dossier counts as received on the next working day.
    public let cutOff: LocalTime?
    /// Every thing that is paid for; empty = the law asks for nothing.
    public let prices: [Price]

    /// True where nothing is to be paid in any case.
    public var isFree: Bool { prices.allSatisfy { $0.isFree } }

    /// True where what is to be paid is for the provincial council to say, and nothing else is to be paid.
    public var isSetByCouncil: Bool {
        !isFree && prices.allSatisfy { $0.isFree || $0.isSetByCouncil }
    }

    /// What the list of a day shows of an entry of the index.
    ///
    /// - Parameters:
    ///   - entry: what the index knows.
    ///   - basis: by what its level is computed.
    ///   - day: the day of the list.
    public init(_ entry: ProcedureEntry, by basis: LevelBasis, on day: LocalDate) {
        let facts = entry.facts
        (code, name, summary, keywords) = (entry.code, facts.name, facts.summary, facts.keywords)
        localCodes = facts.localCodes
        (sector, resultName, subjects) = (facts.sector, facts.resultName, facts.subjects)
        agencies = facts.agencies.map(\.name)
        let assessment = basis.assessment(entry.code, facts.shown)
        (level, scope) = (assessment.level, assessment.scope)
        let method = entry.mainMethod
        (isOnline, timeLimit, cutOff) = (entry.isOnline, method?.timeLimit, method?.cutOff)
        prices = entry.prices(on: day).map(Price.init)
    }

    /// A listing by its parts.
    public init(
        code: String,
        name: String,
        summary: String,
        localCodes: [String] = [],
        keywords: [String] = [],
        sector: Sector,
        resultName: String,
        subjects: [SubjectKind],
        agencies: [String],
        level: ServiceLevel?,
        scope: OnlineScope,
        isOnline: Bool = true,
        timeLimit: TimeLimit? = nil,
        prices: [Price] = []
    ) {
        (self.code, self.name, self.summary, self.keywords) = (code, name, summary, keywords)
        self.localCodes = localCodes
        (self.sector, self.resultName, self.subjects, self.agencies) = (sector, resultName, subjects, agencies)
        (self.level, self.scope, self.timeLimit, self.prices) = (level, scope, timeLimit, prices)
        (self.isOnline, cutOff) = (isOnline, nil)
    }
}
