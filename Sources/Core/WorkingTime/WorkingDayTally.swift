// SPDX-License-Identifier: Apache-2.0

import Kernel
import Synchronization

/// Working days of a calendar, counted year by year when first asked: a list of late dossiers asks for years of days.
final class WorkingDayTally: Sendable {
    /// The working days of one year up to each of its days.
    struct Year: Sendable {
        private let first: LocalDate
        private let sums: [Int]

        fileprivate init(_ year: Int, isWorking: (LocalDate) -> Bool) {
            guard let first = LocalDate(year: year, month: 1, day: 1) else {
                preconditionFailure("every year of a day has a first day")
            }
            self.first = first
            var (sums, date) = ([Int](), first)
            while date.year == year {
                sums.append((sums.last ?? 0) + (isWorking(date) ? 1 : 0))
                date = date.adding(days: 1)
            }
            self.sums = sums
        }

        /// Working days from the first day of the year through `date`, which lies in it.
        func through(_ date: LocalDate) -> Int { sums[date.days(since: first)] }

        /// Working days of the whole year.
        var all: Int { sums[sums.count - 1] }
    }

    private let years = Mutex<[Int: Year]>([:])

    /// The working days of a year; `isWorking` is the calendar's own answer, asked once for each day.
    func year(_ year: Int, isWorking: (LocalDate) -> Bool) -> Year {
        if let known = years.withLock({ $0[year] }) { return known }
        let counted = Year(year, isWorking: isWorking)
        years.withLock { $0[year] = counted }
        return counted
    }
}
