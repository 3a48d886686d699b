// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Fee (phí) or charge (lệ phí): two kinds by law, never one word for both.
public enum FeeKind: String, PackVocabulary, Hashable, Codable {
    /// Phí: the price of a public service.
    case fee
    /// Lệ phí: a fixed sum for an act of the state.
    case charge

    /// `Phí` or `Lệ phí`.
    public var vietnamese: String {
        switch self {
        case .fee: "Phí"
        case .charge: "Lệ phí"
        }
    }

    /// What stands in place of zero đồng.
    public var freeText: String {
        switch self {
        case .fee: "Miễn phí"
        case .charge: "Miễn lệ phí"
        }
    }
}

/// When money is due in the course of a dossier.
public enum FeeMoment: String, PackVocabulary, Hashable, Codable {
    /// Thu trước: before the dossier is received.
    case beforeIntake
    /// Thu sau: once the result is decided, before it is given out.
    case afterDecision

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .beforeIntake: "Trước khi tiếp nhận"
        case .afterDecision: "Sau khi có kết quả"
        }
    }
}

/// The fees and charges of a procedure.
public struct FeeRules: Hashable, Sendable {
    /// Each thing that is paid for.
    public let items: [FeeItem]
}

/// One thing that is paid for, with the tariff of every time and channel.
public struct FeeItem: Hashable, Sendable {
    /// The id within the pack.
    public let id: String
    /// The name as the law has it, printed on the receipt.
    public let name: String
    /// Fee or charge.
    public let kind: FeeKind
    /// When it is due.
    public let moment: FeeMoment
    /// When it is owed at all; nil = always.
    public let owedWhen: Condition?
    /// The tariff: the first rule that fits day, channel and answers decides.
    public let rules: [FeeRule]
    /// Who pays less or nothing; the first that fits decides.
    public let exemptions: [FeeExemption]
    /// Where the pack says it.
    public let place: SourcePlace
}

/// One row of a tariff.
public struct FeeRule: Hashable, Sendable {
    /// First day.
    public let validFrom: LocalDate
    /// Last day; nil = until further notice.
    public let validTo: LocalDate?
    /// The channels it is for.
    public let channels: Set<Channel>
    /// The case it is for; nil = every case.
    public let when: Condition?
    /// How much.
    public let amount: FeeAmount
    /// Ids of legal documents.
    public let basis: [String]
    /// Whether a person has compared it with the official text.
    public let isVerified: Bool
    /// What a reader should know of it.
    public let note: String?
    /// Where the pack says it.
    public let place: SourcePlace

    func isInForce(on day: LocalDate) -> Bool { validFrom <= day && validTo.map { day <= $0 } ?? true }
}

/// How an amount is found.
public enum FeeAmount: Hashable, Sendable {
    /// Nothing.
    case free
    /// Always this.
    case fixed(VND)
    /// So much for each unit that a number field of the form counts.
    case perUnit(UnitPrice)
    /// The provincial council sets it, and this portal does not know how much: never nothing, and no number.
    case setByCouncil
}

/// A reduction for some people or cases.
public struct FeeExemption: Hashable, Sendable {
    /// The id within the item.
    public let id: String
    /// Who, as the page says it.
    public let name: String
    /// When it applies.
    public let when: Condition
    /// How many per cent less: 100 = nothing to pay.
    public let percent: Int64
    /// Ids of legal documents.
    public let basis: [String]
    /// Whether a person has compared it with the official text.
    public let isVerified: Bool
    /// Where the pack says it.
    public let place: SourcePlace
}

/// What a person has to pay, and why.
public struct FeeQuote: Hashable, Sendable {
    /// One line per thing paid for; a free one stands with zero, one whose amount is not known with zero and its word.
    public let lines: [FeeLine]

    /// The sum of all lines whose amount is known.
    public var total: VND { lines.reduce(.zero) { $0 + $1.amount } }

    /// The sum due at this moment.
    public func total(at moment: FeeMoment) -> VND {
        lines.filter { $0.moment == moment }.reduce(.zero) { $0 + $1.amount }
    }

    /// The lines whose amount the provincial council sets and nobody has told this portal.
    public var unknown: [FeeLine] { lines.filter(\.isSetByCouncil) }

    /// Whether nothing is to be paid: never while an amount is not known.
    public var isFree: Bool { total == .zero && unknown.isEmpty }

    /// What is to be paid, in words: `16.000 đ`, `Do Hội đồng nhân dân tỉnh quy định, chưa có mức thu`.
    public var words: String {
        guard let line = unknown.first else { return total.description }
        let known = total == .zero ? "" : "\(total), chưa kể "
        let rest = "\(line.kind.vietnamese) do Hội đồng nhân dân tỉnh quy định, chưa có mức thu"
        return known + (known.isEmpty ? rest : rest.prefix(1).lowercased() + rest.dropFirst())
    }
}

/// One line of a quote.
public struct FeeLine: Hashable, Sendable, Codable {
    /// The item's id in the pack.
    public let item: String
    /// Fee or charge.
    public let kind: FeeKind
    /// The name as the law has it.
    public let name: String
    /// When it is due.
    public let moment: FeeMoment
    /// Price of one unit; nil when the amount is fixed.
    public let unitPrice: VND?
    /// How many units; nil when the amount is fixed.
    public let count: Int64?
    /// What the price of the units is multiplied with; nil when nothing multiplies it.
    public let times: Int64?
    /// How much of it, in words: `2 bản`, `3 bản, mỗi bản 5 trang`; nil when the amount is fixed.
    public let quantity: String?
    /// How the amount is found, where it is more than a price times a count:
    /// `Mỗi bản: 2 trang × 2.000 đ + 3 trang × 1.000 đ = 7.000 đ; 3 bản: 21.000 đ`.
    public let calculation: String?
    /// What is due, after any reduction.
    public let amount: VND
    /// The reduction that was applied, in words.
    public let exemption: String?
    /// Ids of the legal documents relied on.
    public let basis: [String]
    /// Kept only where it is so, that lines of earlier releases are read as they were written.
    let council: Bool?
}

extension FeeLine {
    /// Whether the provincial council sets the amount and it is not known here: `amount` says nothing then.
    public var isSetByCouncil: Bool { council == true }

    /// Name and quantity, for pages and receipts: `Phí cấp bản sao trích lục hộ tịch, 2 bản`.
    public var label: String { name + (quantity.map { ", \($0)" } ?? "") }
}

/// Why no amount can be told.
public enum FeeError: Error, Hashable, Sendable {
    /// The tariff has no row for this day, channel and case.
    case noRule(item: String)
    /// The amount hangs on a field that is not answered yet.
    case missingAnswer(field: String)
    /// The count is not a number from 0 to a million.
    case countOutOfRange(field: String)
}

extension FeeError: Presentable {
    public var code: String {
        switch self {
        case .noRule: "fee-no-rule"
        case .missingAnswer: "fee-missing-answer"
        case .countOutOfRange: "fee-count-out-of-range"
        }
    }

    public var status: Int {
        switch self {
        case .noRule: 500
        case .missingAnswer, .countOutOfRange: 422
        }
    }

    public var publicDetail: String? {
        switch self {
        case .noRule: "Chưa có mức thu cho trường hợp này. Liên hệ bộ phận một cửa của cơ quan giải quyết."
        case .missingAnswer: "Trả lời câu hỏi về số lượng để biết số tiền phải nộp."
        case .countOutOfRange: "Số lượng phải là số từ 0 đến 1.000.000."
        }
    }

    public var field: String? {
        switch self {
        case .noRule: nil
        case .missingAnswer(let field), .countOutOfRange(let field): field
        }
    }
}

extension FeeRules {
    /// What is to be paid for these answers. Pure; never negative.
    ///
    /// - Parameters:
    ///   - answers: canonical answers of the fields that are shown (`FormSchema.effectiveAnswers`).
    ///   - channel: how the dossier comes in.
    ///   - day: the day whose tariff counts: of submission.
    /// - Returns: one line for each thing that is owed, a free one with zero.
    /// - Throws: `FeeError.missingAnswer` while the counting field is empty, `countOutOfRange` for a count below 0 or
    ///   over a million, `noRule` when the tariff has a gap (the checker refuses such a pack).
    public func quote(_ answers: FormAnswers, channel: Channel, on day: LocalDate) throws(FeeError) -> FeeQuote {
        let context = ConditionContext(answers: answers, channel: channel, today: day)
        var lines: [FeeLine] = []
        for item in items where item.owedWhen?.holds(in: context) ?? true {
            lines.append(try item.line(context))
        }
        return FeeQuote(lines: lines)
    }
}

extension FeeItem {
    /// More units than this in one dossier is a slip of the finger; the product stays far inside 64 bits.
    static let countLimit: Int64 = 1_000_000

    /// The row of the tariff that decides.
    func rule(_ context: ConditionContext) -> FeeRule? {
        rules.first { rule in
            rule.isInForce(on: context.today) && rule.channels.contains(context.channel)
                && rule.when?.holds(in: context) ?? true
        }
    }

    /// The answer of a field that counts.
    private static func count(_ field: String, _ context: ConditionContext) throws(FeeError) -> Int64 {
        guard let answer = context.answers[field], !answer.isEmpty else { throw .missingAnswer(field: field) }
        guard let number = Int64(answer), (0...countLimit).contains(number) else {
            throw .countOutOfRange(field: field)
        }
        return number
    }

    fileprivate func line(_ context: ConditionContext) throws(FeeError) -> FeeLine {
        guard let rule = rule(context) else { throw .noRule(item: id) }
        var (price, count, times): (UnitPrice?, Int64?, Int64?) = (nil, nil, nil)
        let full: VND
        switch rule.amount {
        case .free, .setByCouncil: full = .zero
        case .fixed(let amount): full = amount
        case .perUnit(let unitPrice):
            let number = try FeeItem.count(unitPrice.field, context)
            let factor: Int64? = if let times = unitPrice.times { try FeeItem.count(times.field, context) } else { nil }
            guard let product = unitPrice.amount(of: number, times: factor ?? 1) else {
                throw .countOutOfRange(field: unitPrice.field)
            }
            (price, count, times, full) = (unitPrice, number, factor, product)
        }
        let isByCouncil = rule.amount == .setByCouncil
        let exemption = full > .zero || isByCouncil ? exemptions.first { $0.when.holds(in: context) } : nil
        let reduction = exemption.map { VND(full.amount / 100 * $0.percent + full.amount % 100 * $0.percent / 100) }
        let amount = full - (reduction ?? .zero)
        assert(amount >= .zero, "a quote is never negative")
        return FeeLine(
            item: id,
            kind: kind,
            name: name,
            moment: moment,
            unitPrice: price?.price,
            count: count,
            times: times,
            quantity: count.flatMap { price?.quantity(of: $0, times: times) },
            calculation: count.flatMap { price?.calculation(of: $0, times: times) },
            amount: amount,
            exemption: exemption?.name,
            basis: rule.basis + (exemption?.basis ?? []),
            // Nothing is nothing of whatever sum.
            council: isByCouncil && exemption?.percent != 100 ? true : nil
        )
    }
}
