// SPDX-License-Identifier: Apache-2.0

import Kernel
import WorkingTime

/// The dice of the sample: the same seed draws the same province.
typealias SampleDice = SeededGenerator

extension SampleDice {
    /// Whether something happens that happens to this share.
    mutating func happens(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

    /// A new id.
    mutating func id<Subject>() -> Identifier<Subject> {
        guard let id = Identifier<Subject>(rawValue: text(26, bits: 5)) else { preconditionFailure("all are letters") }
        return id
    }

    /// So many digits and letters, of four bits each (hexadecimal) or five.
    mutating func text(_ count: Int, bits: Int) -> String {
        let letters = Self.letters
        var (word, left) = (UInt64(0), 0)
        return unsafe String(unsafeUninitializedCapacity: count) { text in
            for place in 0..<count {
                if left < bits { (word, left) = (next(), 64) }
                unsafe text[place] = letters[Int(word & (1 << UInt64(bits) - 1))]
                word >>= UInt64(bits)
                left -= bits
            }
            return count
        }
    }

    /// Those of ids; the first sixteen are the hexadecimal digits.
    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}

/// How a sampled dossier goes, drawn when it is submitted.
enum SampleFate {
    /// Decided and given out, before or after its day.
    case granted(isLate: Bool)
    case refused(isLate: Bool)
    /// Ends at intake.
    case declined
    case withdrawn
    /// Waits for its applicant to this day.
    case supplementing
    /// Has been lying with the specialist to this day.
    case lying(isLate: Bool)

    /// Shares that together leave about 96 % closed (performance.md §7).
    static let lateShare = 0.05
    /// Of the late ones, those that still lie there.
    private static let lyingOfLate = 0.4
    private static let supplementingShare = 0.008

    static func draw(lateShare: Double, _ dice: inout SampleDice) -> SampleFate {
        if dice.happens(supplementingShare) { return .supplementing }
        if dice.happens(0.01) { return .declined }
        if dice.happens(0.01) { return .withdrawn }
        let isLate = dice.happens(lateShare)
        if isLate, dice.happens(lyingOfLate) { return .lying(isLate: true) }
        return dice.happens(0.02) ? .refused(isLate: isLate) : .granted(isLate: isLate)
    }
}

/// Moments of a sampled dossier: desks work on working days from 7:30 to 16:30, people file at any time.
struct SampleClock {
    let calendar: WorkCalendar

    func filing(on day: LocalDate, _ dice: inout SampleDice) -> Instant {
        moment(day, between: 6 * 3_600, and: 21 * 3_600, &dice)
    }

    /// An hour later on the same working day, else the morning of the next one; to the quarter of an hour, so that
    /// many dossiers share one deadline.
    func intake(after filed: Instant, _ dice: inout SampleDice) -> Instant {
        if calendar.isWorking(filed.date), (7 * 3_600..<15 * 3_600).contains(filed.time.secondOfDay) {
            let quarter = (filed.time.secondOfDay + 3_600) / 900 + 1
            return Instant(filed.date, LocalTime(secondOfDay: max(quarter * 900, 8 * 3_600)))
        }
        let quarter = Int.random(in: 32...44, using: &dice)
        return Instant(workingDay(from: filed.date.adding(days: 1)), LocalTime(secondOfDay: quarter * 900))
    }

    /// When it is decided: within the time that it has, or up to three weeks after it.
    func decision(received: Instant, due: Instant, isLate: Bool, _ dice: inout SampleDice) -> Instant {
        if isLate {
            let day = workingDay(from: due.date.adding(days: Int.random(in: 1...20, using: &dice)))
            return moment(day, between: 27_000, and: 59_400, &dice)
        }
        let span = due.date.days(since: received.date)
        let day = received.date.adding(days: Int.random(in: 0...max(span, 0), using: &dice))
        let worked = calendar.isWorking(day) ? day : due.date
        let drawn = moment(worked, between: 27_000, and: 59_400, &dice)
        // On the day of receipt or of the deadline the hour must fit in between.
        return min(max(drawn, received.adding(minutes: 30)), max(due, received.adding(minutes: 30)))
    }

    func delivery(after decided: Instant, _ dice: inout SampleDice) -> Instant {
        moment(workingDay(from: decided.date.adding(days: 1)), between: 27_000, and: 59_400, &dice)
    }

    private func workingDay(from day: LocalDate) -> LocalDate {
        if calendar.isWorking(day) { return day }
        return calendar.nextWorkingDay(after: day)?.date ?? day
    }

    private func moment(_ day: LocalDate, between from: Int, and to: Int, _ dice: inout SampleDice) -> Instant {
        Instant(day, LocalTime(secondOfDay: Int.random(in: from..<to, using: &dice)))
    }
}
