// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Where an open dossier or step stands against its deadline.
public enum TimeState: String, Codable, Sendable, CaseIterable {
    /// Due on a later day.
    case withinTime
    /// Due today, the moment has not passed.
    case dueToday
    /// The moment has passed.
    case overdue
    /// The clock stands.
    case paused
}

/// How a finished dossier or step stood against its deadline.
public enum Punctuality: String, Codable, Sendable, CaseIterable {
    /// Before the due day; for a limit in hours, before the due minute.
    case early
    /// Not early, and not after the due moment.
    case onTime
    /// After the due moment.
    case late

    /// Compares the end of the work with the due moment; both ends are taken in (exactly on the moment is on time).
    public init(finishedAt: Instant, dueAt: Instant, unit: TimeLimitUnit) {
        if finishedAt > dueAt {
            self = .late
        } else if unit == .hour {
            self = dueAt.seconds(since: finishedAt) >= 60 ? .early : .onTime
        } else {
            self = finishedAt.date < dueAt.date ? .early : .onTime
        }
    }
}

extension TimeState {
    /// The state at `now`.
    public init(now: Instant, dueAt: Instant, isPaused: Bool = false) {
        if isPaused {
            self = .paused
        } else if now > dueAt {
            self = .overdue
        } else {
            self = now.date == dueAt.date ? .dueToday : .withinTime
        }
    }
}

extension WorkCalendar {
    /// Working days from the day of `now` to the due day: (today, due day], or negative when overdue.
    public func workingDaysBetween(_ now: Instant, _ dueAt: Instant) -> Int {
        now.date <= dueAt.date
            ? workingDays(after: now.date, through: dueAt.date)
            : -workingDays(after: dueAt.date, through: now.date)
    }

    /// `còn 2 ngày làm việc`, `đến hạn hôm nay lúc 17:00`, `quá hạn 3 ngày làm việc`.
    public func timeLeft(now: Instant, dueAt: Instant, isPaused: Bool = false) -> String {
        let days = workingDaysBetween(now, dueAt)
        switch TimeState(now: now, dueAt: dueAt, isPaused: isPaused) {
        case .paused: return "tạm dừng tính hạn"
        case .dueToday: return "đến hạn hôm nay lúc \(dueAt.time.shortest)"
        case .withinTime: return "còn \(days) ngày làm việc"
        case .overdue:
            if now.date == dueAt.date { return "quá hạn từ \(dueAt.time.shortest) hôm nay" }
            return days == 0 ? "quá hạn từ ngày \(dueAt.date.vietnamese)" : "quá hạn \(-days) ngày làm việc"
        }
    }
}
