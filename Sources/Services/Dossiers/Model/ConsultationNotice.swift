// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Storage

/// A letter to officers about a consultation.
public enum ConsultationNotice: String, Sendable, Hashable, CaseIterable, Codable {
    /// To those who are asked.
    case asked
    /// To the officer who asked.
    case answered
    /// To those who were asked: no answer is needed any more.
    case ended
    /// To the officer who asked and the one-stop desk, once the due time has passed (NĐ 61/2018 art. 19.5).
    case overdue

    /// The kind of its jobs.
    public static let jobKind = "consultation-notice"

    /// What a job of this kind carries: ids alone, no personal data.
    public struct Payload: Sendable, Hashable, Codable {
        public var consultation: ConsultationID
        public var notice: ConsultationNotice
    }

    var template: String { "notices/consultation-\(rawValue)" }

    /// Queues what a changed consultation calls for, in the transaction of its event.
    static func queue(
        for consultation: ConsultationState,
        at now: Instant,
        on jobs: JobQueue,
        in transaction: Transaction
    ) throws {
        func enqueue(_ notice: ConsultationNotice, at moment: Instant) throws {
            try jobs.enqueue(
                kind: jobKind,
                payload: try JSONText.encode(Payload(consultation: consultation.id, notice: notice)),
                runAt: moment,
                uniqueKey: "consultation:\(consultation.id):\(notice.rawValue)",
                in: transaction
            )
        }
        switch consultation.outcome {
        case nil:
            try enqueue(.asked, at: now)
            try enqueue(.overdue, at: consultation.dueAt.adding(minutes: 1))
        case .agrees, .disagrees, .remarks: try enqueue(.answered, at: now)
        case .withdrawn, .lapsed: try enqueue(.ended, at: now)
        }
    }
}
