// SPDX-License-Identifier: Apache-2.0

import WorkingTime

/// The words of the pack language for the units of a limit.
enum LimitWord: String, PackVocabulary {
    case hour, workingDay, calendarDay

    var unit: TimeLimitUnit {
        switch self {
        case .hour: .hour
        case .workingDay: .workingDay
        case .calendarDay: .calendarDay
        }
    }

    var vietnamese: String { unit.vietnamese }
}
