// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel

/// What an officer's count makes of a fee: what was paid for the declared numbers, and what is owed for the confirmed.
public struct FeeCorrection: Sendable, Hashable, Codable {
    /// What was paid before intake.
    public var paid: VND
    /// What the confirmed numbers cost.
    public var confirmed: VND

    /// A correction of these sums.
    public init(paid: VND, confirmed: VND) {
        (self.paid, self.confirmed) = (paid, confirmed)
    }

    /// What is still to be paid before the result is given out; zero when nothing is.
    public var extra: VND { confirmed > paid ? confirmed - paid : .zero }

    /// What is to be given back; zero when nothing is.
    public var refund: VND { paid > confirmed ? paid - confirmed : .zero }
}

extension ProcedurePack {
    /// The fields of the result by which an officer confirms numbers of the form.
    public var confirmingFields: [FormField] { result.fields.filter { $0.confirms != nil } }

    /// The answers with the confirmed numbers in place of the declared ones.
    public func confirmed(_ declared: FormAnswers, by result: FormAnswers) -> FormAnswers {
        var answers = declared
        for field in confirmingFields {
            if let target = field.confirms, let number = result[field.id], !number.isEmpty { answers[target] = number }
        }
        return answers
    }

    /// What the numbers that an officer confirmed cost, by the tariff of the day of submission.
    ///
    /// - Throws: `FeeError`.
    public func confirmedQuote(
        _ declared: FormAnswers,
        by result: FormAnswers,
        channel: Channel,
        on day: LocalDate
    ) throws(FeeError) -> FeeQuote {
        try fees.quote(confirmed(declared, by: result), channel: channel, on: day)
    }
}
