// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel
public import WorkingTime

/// What lists, the search and the home page know of a published version: a kilobyte, so that all of them stay in memory
/// while their packs do not.
public struct ProcedureEntry: Hashable, Sendable {
    /// How long one channel takes.
    public struct Method: Hashable, Sendable {
        /// The channel.
        public let channel: Channel
        /// The length that the law allows.
        public let timeLimit: TimeLimit
        /// After this time a dossier counts as received on the next working day.
        public let cutOff: LocalTime?
    }

    /// A step of the workflow, as lists and the timeline name it.
    public struct Stage: Hashable, Sendable {
        /// The id within the workflow.
        public let id: String
        /// As officers see it.
        public let name: String
        /// The stage that the public sees.
        public let lane: PublicLane
        /// The role that sends dossiers to it; nil where several may, or none.
        public let sender: StepRole?
    }

    /// What one thing costs in general, for a time and some channels.
    public struct Price: Hashable, Sendable {
        /// Which thing that is paid for, from 0 in the order of the pack.
        public let item: Int
        /// Fee or charge.
        public let kind: FeeKind
        /// First day.
        public let validFrom: LocalDate
        /// Last day; nil = until further notice.
        public let validTo: LocalDate?
        /// The channels it is for; empty = all.
        public let channels: [Channel]
        /// Whether nothing is to be paid.
        public let isFree: Bool
        /// Whether the provincial council sets the amount and it is not known here.
        public let isSetByCouncil: Bool
        /// `Lệ phí 8.000 đ`, `Miễn phí`.
        public let words: String
    }

    /// The procedure's code.
    public let code: String
    /// The version's name: the digest of its files.
    public let digest: Digest
    /// When it was published first.
    public let publishedAt: Instant
    /// When it was offered last: when it was published, or rolled back to.
    public let offeredAt: Instant
    /// What its pack says.
    public let facts: Facts

    /// What an entry takes from the pack.
    public struct Facts: Hashable, Sendable {
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
        /// The kinds of agency that do it.
        public let agencies: [ExecutingAgency]
        /// The level that the agency declares.
        public let declaredLevel: ServiceLevel
        /// The ways to file.
        public let methods: [Method]
        /// What is paid.
        public let prices: [Price]
        /// First day of this text.
        public let validFrom: LocalDate
        /// Last day; nil = until further notice.
        public let validTo: LocalDate?
        /// The steps.
        public let stages: [Stage]
        /// How many of its facts nobody has compared with the official text.
        public let unverifiedCount: Int
        /// What it shows of its level.
        public let shown: PackEvidence
        /// Where the level is to be lifted.
        public let target: LevelTarget?
        /// Whether it says what complying costs people.
        public let hasCost: Bool
    }

    /// The name as the law has it.
    public var name: String { facts.name }
    /// Whether it is filed online.
    public var isOnline: Bool { facts.methods.contains { $0.channel == .online } }
    /// The way online where that is open, else the first.
    public var mainMethod: Method? { facts.methods.first { $0.channel == .online } ?? facts.methods.first }

    /// The step of this id.
    public func stage(_ id: String) -> Stage? { facts.stages.first { $0.id == id } }

    /// The entry of a pack that is not published: what lists would say of it.
    public init(unpublished pack: ProcedurePack, unverifiedCount: Int = 0) {
        self.init(
            code: pack.code,
            digest: Digest(of: pack.code),
            publishedAt: Instant(microseconds: 0),
            offeredAt: Instant(microseconds: 0),
            facts: Facts(pack, unverifiedCount: unverifiedCount)
        )
    }

    init(code: String, digest: Digest, publishedAt: Instant, offeredAt: Instant, facts: Facts) {
        (self.code, self.digest, self.facts) = (code, digest, facts)
        (self.publishedAt, self.offeredAt) = (publishedAt, offeredAt)
    }

    /// Whether its text holds on a day.
    public func isValid(on day: LocalDate) -> Bool {
        facts.validFrom <= day && facts.validTo.map { day <= $0 } ?? true
    }

    /// What each thing costs in general on a day by a channel: the first rule that holds then.
    public func prices(on day: LocalDate, by channel: Channel = .online) -> [Price] {
        var found: [Price] = []
        for price in facts.prices
        where price.validFrom <= day && price.validTo.map({ day <= $0 }) ?? true
            && (price.channels.isEmpty || price.channels.contains(channel)) && found.last?.item != price.item
        {
            found.append(price)
        }
        return found
    }
}

extension ProcedureEntry.Facts {
    /// What the entry of a pack says.
    init(_ pack: ProcedurePack, unverifiedCount: Int) {
        name = pack.name
        summary = pack.summary
        localCodes = pack.localCodes
        keywords = pack.keywords
        sector = pack.sector
        resultName = pack.result.name
        subjects = pack.subjects
        agencies = pack.executingAgencies
        declaredLevel = pack.declaredLevel
        methods = pack.submissionMethods.map {
            ProcedureEntry.Method(channel: $0.channel, timeLimit: $0.timeLimit, cutOff: $0.cutOff)
        }
        prices = pack.fees.items.enumerated().flatMap { index, item in
            // What some cases cost is not what it costs in general; but it is not free then.
            let isFreeInAnyCase = item.rules.allSatisfy { $0.when == nil || $0.amount.isFree }
            let isFreeInSome = item.rules.contains { $0.when != nil && $0.amount.isFree }
            return item.rules.filter { $0.when == nil }.map { rule in
                ProcedureEntry.Price(
                    item: index,
                    kind: item.kind,
                    validFrom: rule.validFrom,
                    validTo: rule.validTo,
                    channels: rule.channels.sorted { $0.rawValue < $1.rawValue },
                    isFree: rule.amount.isFree && isFreeInAnyCase,
                    isSetByCouncil: rule.amount == .setByCouncil,
                    words: rule.amount == .setByCouncil && isFreeInSome
                        ? "\(item.kind.freeText) với một số trường hợp, còn lại do Hội đồng nhân dân tỉnh quy định"
                        : rule.amount.words(for: item.kind)
                )
            }
        }
        stages = pack.workflow.steps.map { step in
            ProcedureEntry.Stage(
                id: step.id,
                name: step.name,
                lane: step.lane,
                sender: pack.workflow.sender(to: step.id)
            )
        }
        validFrom = pack.validFrom
        validTo = pack.validTo
        self.unverifiedCount = unverifiedCount
        shown = PackEvidence(pack)
        target = pack.target
        hasCost = pack.cost != nil
    }
}

extension FeeAmount {
    /// Whether nothing is to be paid in any case.
    public var isFree: Bool {
        switch self {
        case .free: true
        case .fixed(let amount): amount == .zero
        case .perUnit, .setByCouncil: false
        }
    }

    /// The amount in general: `Lệ phí 8.000 đ`, `Phí 2.000 đ một trang`, `Miễn phí`,
    /// `Lệ phí do Hội đồng nhân dân tỉnh quy định`.
    public func words(for kind: FeeKind) -> String {
        switch self {
        case .free: kind.freeText
        case .fixed(let amount): "\(kind.vietnamese) \(amount)"
        case .perUnit(let price): "\(kind.vietnamese) \(price.vietnamese)"
        case .setByCouncil: "\(kind.vietnamese) do Hội đồng nhân dân tỉnh quy định"
        }
    }
}
