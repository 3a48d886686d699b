// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What people really did with a service within twelve months: counted from its dossiers, never typed in.
public struct ServiceUse: Hashable, Sendable, Codable {
    /// Dossiers submitted, by whatever way.
    public var submitted: Int64
    /// Of these, online.
    public var submittedOnline: Int64
    /// Sums that were due and were paid.
    public var settled: Int64
    /// Of these, through the payment gateway.
    public var settledOnline: Int64
    /// Results given out, by whatever way.
    public var delivered: Int64
    /// Of these, online.
    public var deliveredOnline: Int64

    /// Counts of one service; nothing happened where nothing is said.
    public init(
        submitted: Int64 = 0,
        submittedOnline: Int64 = 0,
        settled: Int64 = 0,
        settledOnline: Int64 = 0,
        delivered: Int64 = 0,
        deliveredOnline: Int64 = 0
    ) {
        (self.submitted, self.submittedOnline) = (submitted, submittedOnline)
        (self.settled, self.settledOnline) = (settled, settledOnline)
        (self.delivered, self.deliveredOnline) = (delivered, deliveredOnline)
    }

    /// The share of dossiers filed online that a service of level 3 needs before it is raised to level 4
    /// (TT 01/2018/TT-VPCP art. 21.1.c), in hundredths.
    public static let upgradeShare: Int64 = 30

    /// How many occasions without a single online one say that what is configured does not work in practice (ours:
    /// fewer may be chance).
    public static let tellingOccasions: Int64 = 10

    /// Whether enough of the dossiers come online; nil where there is no dossier.
    public var reachesUpgradeShare: Bool? {
        submitted == 0 ? nil : submittedOnline * 100 >= Self.upgradeShare * submitted
    }

    /// `412/1.030 hồ sơ nộp qua mạng trong 12 tháng (40 %)`; the share is rounded down, so that 30 % is never told
    /// before it is reached.
    public var shareWords: String {
        guard submitted > 0 else { return "Chưa có hồ sơ nào trong 12 tháng" }
        return "\(String(grouped: submittedOnline))/\(String(grouped: submitted)) hồ sơ nộp qua mạng trong 12 tháng "
            + "(\(submittedOnline * 100 / submitted) %)"
    }
}

/// What `LevelService` asks of the services above: the use of every service since a day, by procedure code.
public typealias ServiceUseSource = @Sendable (_ since: LocalDate) async throws -> [String: ServiceUse]
