// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The message that a draft will be deleted soon, one for each time that a draft was left alone.
public enum DraftNotice {
    /// The kind of its jobs.
    public static let jobKind = "draft-notice"
    /// How long before the end it is sent: a week holds a weekend.
    public static let daysBefore: Int64 = 7
    /// Drafts of one sweep; a backlog is worked off in the next ones.
    static let sweepLimit = 500

    /// What a job of this kind carries: ids alone, no personal data.
    struct Payload: Sendable, Hashable, Codable {
        var draft: DossierDraftID
        /// The end that is announced, in microseconds: a draft that was changed since has another one.
        var expiresAt: Int64
        var way: DossierNotice.Way
    }
}

extension DossierDraft {
    /// Whole days until it is deleted, when so few are left that a person should know; nil before.
    public static func daysLeft(until expiry: Instant, at now: Instant) -> Int? {
        guard expiry < now.adding(days: DraftNotice.daysBefore) else { return nil }
        return max(0, expiry.date.days(since: now.date))
    }
}
