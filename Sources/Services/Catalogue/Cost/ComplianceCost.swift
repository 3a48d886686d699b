// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// One thing that a person does for a procedure: prepare a paper, go there, wait, pay, fetch the result.
public struct CostActivity: Hashable, Sendable {
    /// What it is.
    public let name: String
    /// How long it takes. Minutes, so that hours are exact.
    public let minutes: Int64
    /// Paid to somebody who helps.
    public let consulting: VND
    /// Printing, copying, travelling.
    public let other: VND
    /// Fees and charges.
    public let fees: VND

    /// One activity.
    public init(name: String, minutes: Int64, consulting: VND = .zero, other: VND = .zero, fees: VND = .zero) {
        (self.name, self.minutes) = (name, minutes)
        (self.consulting, self.other, self.fees) = (consulting, other, fees)
    }
}

/// What an hour of a person's work is worth.
public enum HourlyWage: Hashable, Sendable {
    /// As a source states it.
    case stated(VND)
    /// Last year's gross domestic product in đồng, a head, an hour: ÷ 12 months ÷ 22 days ÷ 8 hours.
    case national(product: Int64, population: Int64)

    /// Exactly; nil for a population of nobody.
    var exact: ExactVND? {
        switch self {
        case .stated(let wage): ExactVND(wage)
        case .national(let product, let population):
            ExactVND(Int128(product), over: Int128(population) * 12 * 22 * 8)
        }
    }

    /// In whole đồng, for people to read.
    public var rounded: VND? { exact?.rounded }
}

/// What one dossier costs the person who files it, by one state of the rules.
public enum CostCase: Hashable, Sendable {
    /// Counted from what she does.
    case activities([CostActivity])
    /// As a source states the sum, with the minutes where it states them.
    case stated(perDossier: VND, minutes: Int64?)

    /// The sum of one dossier, rounded once; nil when it does not fit, or minutes have no wage.
    public func perDossier(_ wage: HourlyWage?) -> VND? {
        guard case .activities(let activities) = self else {
            guard case .stated(let sum, _) = self else { return nil }
            return sum
        }
        var total = ExactVND.zero
        for activity in activities {
            // C = hours × wage + consulting + other costs + fees
            if activity.minutes > 0 {
                guard let work = wage?.exact?.times(activity.minutes, over: 60), let sum = total.plus(work) else {
                    return nil
                }
                total = sum
            }
            for part in [activity.consulting, activity.other, activity.fees] {
                guard let sum = total.plus(ExactVND(part)) else { return nil }
                total = sum
            }
        }
        return total.rounded
    }

    /// The minutes of one dossier; nil where the source does not state them.
    public var minutes: Int64? {
        switch self {
        case .activities(let activities): activities.reduce(0) { $0 + $1.minutes }
        case .stated(_, let minutes): minutes
        }
    }
}

/// The compliance cost of a procedure before and after it was simplified (Standard Cost Model, TT 02/2017/TT-VPCP).
public struct ComplianceCost: Hashable, Sendable {
    /// What an hour is worth; nil where no activity takes time.
    public let wage: HourlyWage?
    /// How many persons or bodies do the procedure in a year.
    public let subjectsPerYear: Int64
    /// How often each of them does it in a year.
    public let timesPerYear: Int64
    /// By the rules before.
    public let before: CostCase
    /// By the rules now.
    public let after: CostCase
    /// Where the figures were taken from.
    public let source: String
    /// Whether a person has compared them with it.
    public let isVerified: Bool
    /// Where the pack says it.
    public let place: SourcePlace

    /// Costs of a procedure.
    public init(
        wage: HourlyWage?,
        subjectsPerYear: Int64,
        timesPerYear: Int64,
        before: CostCase,
        after: CostCase,
        source: String,
        isVerified: Bool,
        place: SourcePlace = .start
    ) {
        (self.wage, self.subjectsPerYear, self.timesPerYear) = (wage, subjectsPerYear, timesPerYear)
        (self.before, self.after, self.source) = (before, after, source)
        (self.isVerified, self.place) = (isVerified, place)
    }

    /// The figures; nil when they do not fit 64 bits or minutes have no wage.
    ///
    /// The sum of one dossier is rounded to whole đồng, and every other figure is counted from it, so that whoever
    /// multiplies what is printed gets what is printed.
    public var figures: CostFigures? {
        let (times, overflow) = subjectsPerYear.multipliedReportingOverflow(by: timesPerYear)
        guard !overflow, let old = before.perDossier(wage), let new = after.perDossier(wage),
            let oldYear = old.times(times), let newYear = new.times(times)
        else { return nil }
        let minutes: Int64?
        if let first = before.minutes, let second = after.minutes {
            let (saved, tooMuch) = (first - second).multipliedReportingOverflow(by: times)
            guard !tooMuch else { return nil }
            minutes = saved
        } else {
            minutes = nil
        }
        return CostFigures(
            dossiers: times,
            perDossier: .init(before: old, after: new),
            perYear: .init(before: oldYear, after: newYear),
            minutesSaved: minutes
        )
    }
}

/// A sum before and after.
public struct CostPair: Hashable, Sendable, Codable {
    /// By the rules before.
    public var before: VND
    /// By the rules now.
    public var after: VND

    /// A sum before and after.
    public init(before: VND, after: VND) { (self.before, self.after) = (before, after) }

    /// What is saved; negative where it has become dearer.
    public var saving: VND { before - after }

    /// What is saved in hundredths of a percent of the sum before, half rounded up; nil where nothing was to be paid.
    public var savingBasisPoints: Int64? {
        guard before > .zero else { return nil }
        let (above, below) = (Int128(saving.amount) * 20_000 + Int128(before.amount), Int128(before.amount) * 2)
        let quotient = above / below
        return Int64(above % below < 0 ? quotient - 1 : quotient)
    }

    /// `77,44 %`.
    public var savingPercent: String? {
        savingBasisPoints.map { points in
            let size = points.magnitude
            return "\(points < 0 ? "-" : "")\(String(grouped: size / 100)),\(String(size % 100, paddedTo: 2)) %"
        }
    }
}

/// What was counted of a procedure.
public struct CostFigures: Hashable, Sendable {
    /// Dossiers in a year.
    public let dossiers: Int64
    /// Of one dossier.
    public let perDossier: CostPair
    /// Of a year.
    public let perYear: CostPair
    /// Minutes of people's time that are saved in a year; nil where the source states no time.
    public let minutesSaved: Int64?
}

/// A day's work, in which saved time and money are told side by side.
public enum Workday {
    /// Eight hours.
    public static let minutes: Int64 = 480
    /// What a working day is worth in national reports: 18 million days are told as 6,300 billion đồng.
    public static let reference = VND(350_000)

    /// Days in tenths, half rounded up.
    public static func tenths(ofMinutes minutes: Int64) -> Int64 {
        let doubled = Int128(minutes) * 20 + Int128(Workday.minutes)
        let divisor = Int128(Workday.minutes) * 2
        let quotient = doubled / divisor
        // Minutes of 64 bits give days of far fewer.
        return Int64(truncatingIfNeeded: doubled % divisor < 0 ? quotient - 1 : quotient)
    }

    /// What so many days are worth by the national reference; nil when it does not fit 64 bits.
    public static func worth(ofDays days: Int64) -> VND? { reference.times(days) }

    /// What so much money is in days by the national reference, in tenths, half rounded up.
    public static func tenths(worth sum: VND) -> Int64 {
        let (doubled, divisor) = (Int128(sum.amount) * 20 + Int128(reference.amount), Int128(reference.amount) * 2)
        let quotient = doubled / divisor
        return Int64(truncatingIfNeeded: doubled % divisor < 0 ? quotient - 1 : quotient)
    }

    /// `7.313,7 ngày công`.
    public static func words(tenths: Int64) -> String {
        let size = tenths.magnitude
        let tail = size % 10 == 0 ? "" : ",\(size % 10)"
        return "\(tenths < 0 ? "-" : "")\(String(grouped: size / 10))\(tail) ngày công"
    }
}

/// The costs of several procedures together.
public struct CostTotals: Hashable, Sendable {
    /// How many procedures have figures.
    public private(set) var procedures = 0
    /// Of a year.
    public private(set) var perYear = CostPair(before: .zero, after: .zero)
    /// Minutes saved in a year by those procedures that state time, and how many they are.
    public private(set) var minutesSaved: Int64 = 0
    public private(set) var withMinutes = 0

    /// Nothing yet.
    public init() {}

    /// Adds a procedure; false when the sum would not fit 64 bits, and then nothing is added.
    public mutating func add(_ figures: CostFigures) -> Bool {
        let (before, first) = perYear.before.amount.addingReportingOverflow(figures.perYear.before.amount)
        let (after, second) = perYear.after.amount.addingReportingOverflow(figures.perYear.after.amount)
        let (minutes, third) = minutesSaved.addingReportingOverflow(figures.minutesSaved ?? 0)
        guard !first, !second, !third else { return false }
        procedures += 1
        perYear = CostPair(before: VND(before), after: VND(after))
        minutesSaved = minutes
        if figures.minutesSaved != nil { withMinutes += 1 }
        return true
    }
}
