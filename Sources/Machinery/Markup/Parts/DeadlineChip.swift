// SPDX-License-Identifier: Apache-2.0

/// How near the deadline is, in words and colour (`ux.md` §5.2 a). Counted in working days by who makes it.
public enum DeadlineChip: Sendable, Equatable {
    /// Past the deadline by so many working days (0 = today's hour has passed).
    case overdue(workingDays: Int)
    /// Due today.
    case dueToday
    /// So many working days are left.
    case left(workingDays: Int)
    /// The clock stands, waiting for the citizen.
    case pausedForSupplement
    /// The clock stands, waiting for a payment.
    case pausedForPayment
    /// Not received yet: no deadline runs.
    case notReceived
    /// It is finished; no deadline runs any more.
    case over

    /// The words of the chip.
    public var words: String {
        switch self {
        case .overdue(let days): days < 1 ? "Quá hạn hôm nay" : "Quá hạn \(days) ngày"
        case .dueToday: "Đến hạn hôm nay"
        case .left(let days): "Còn \(days) ngày"
        case .pausedForSupplement: "Tạm dừng – chờ bổ sung"
        case .pausedForPayment: "Tạm dừng – chờ nộp tiền"
        case .notReceived: "Chờ tiếp nhận"
        case .over: "Đã kết thúc"
        }
    }

    var tone: PartTone {
        switch self {
        case .overdue: .bad
        case .dueToday: .warn
        case .left(let days): days <= 1 ? .warn : .neutral
        case .pausedForSupplement, .pausedForPayment: .info
        case .notReceived, .over: .neutral
        }
    }

    var icon: Icon {
        switch tone {
        case .bad: .warning
        case .info: .pause
        default: .clock
        }
    }
}

extension Parts {
    /// How near the deadline is: a drawing, words and a colour.
    public static func deadline(_ chip: DeadlineChip) -> HTML {
        "<span class=\"chip \(chip.tone.rawValue)\">\(icon(chip.icon))\(chip.words)</span>"
    }
}
