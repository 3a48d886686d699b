// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The seven figures that public pages show, in exactly these words (ux.md §1.3).
public struct SevenFigures: Sendable, Hashable {
    /// Đang xử lý còn hạn.
    public var openWithinTime: Int64 = 0
    /// Đang xử lý quá hạn.
    public var openOverdue: Int64 = 0
    /// Đang bổ sung điều kiện.
    public var supplementing: Int64 = 0
    /// Đã giải quyết sớm hạn.
    public var early: Int64 = 0
    /// Đã giải quyết đúng hạn.
    public var onTime: Int64 = 0
    /// Đã giải quyết quá hạn.
    public var late: Int64 = 0
    /// Rút không giải quyết.
    public var withdrawn: Int64 = 0
    /// Submitted and not yet taken in: beside the seven, since no clock runs yet.
    public var waiting: Int64 = 0

    /// What people and partners did to dossiers, and what of it was done by somebody known by electronic means.
    public var acts: Int64 = 0
    public var authenticatedActs: Int64 = 0

    /// Nothing counted yet.
    public init() {}

    /// The share of acts whose author was authenticated electronically, in tenths of a percent, rounded down so that
    /// not one is hidden; nil where nothing was done. The goal is 1,000.
    public var authenticatedPermille: Int64? { acts == 0 ? nil : authenticatedActs * 1_000 / acts }

    /// Decided dossiers.
    public var resolved: Int64 { early + onTime + late }

    /// The share decided early or on time in tenths of a percent, rounded half up; nil below ten dossiers, where a
    /// percentage would say more than is known.
    public var onTimePermille: Int64? {
        resolved < 10 ? nil : ((early + onTime) * 2_000 + resolved) / (2 * resolved)
    }

    mutating func add(_ count: Int64, of measure: Measure, on day: LocalDate?, today: LocalDate) {
        switch measure {
        case .open:
            if let day, day < today { openOverdue += count } else { openWithinTime += count }
        case .paused: supplementing += count
        case .early: early += count
        case .onTime: onTime += count
        case .late: late += count
        case .withdrawn: withdrawn += count
        case .waiting: waiting += count
        case .acts: acts += count
        case .authenticatedActs: authenticatedActs += count
        case .submitted, .received, .declined, .stopped, .granted, .refused, .delivered, .deliveredOnline, .settled,
            .settledOnline:
            break
        }
    }
}

/// The public figures of the province: in all, and by agency with the most overdue first.
public struct PublicFigures: Sendable {
    public var total: SevenFigures
    public var byAgency: [(agency: AgencyCode, figures: SevenFigures)]
    /// The moment of reading.
    public var at: Instant
    /// The first day of the flows that are counted.
    public var since: LocalDate
}

/// Where counters and events differ.
public struct CounterDifference: Sendable, Hashable {
    public var key: CounterKey
    /// What the table says.
    public var kept: Int64
    /// What the events say.
    public var recounted: Int64
}
