// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Journal
public import Kernel
public import Storage

/// What waits to be done or sent, what was given up, and its second chance.
public struct OutboxService: Sendable {
    /// Dead letters on one page.
    public static let pageSize = 20
    /// The longest reason for sending again, in characters.
    public static let reasonLimit = 500

    private let store: any Store
    private let log: TransparencyLog
    private let jobs: JobQueue
    private let clock: Clock

    /// The service over a store whose migrations have run.
    public init(store: any Store, log: TransparencyLog, jobs: JobQueue, clock: Clock) {
        (self.store, self.log, self.jobs, self.clock) = (store, log, jobs, clock)
    }

    /// What waits, by kind, with a page of dead letters, the oldest first: one read model.
    ///
    /// - Parameters:
    ///   - last: the last dead letter of the page before; nil for the first page.
    ///   - actor: who asks.
    /// - Returns: the overview with at most `pageSize` dead letters.
    /// - Throws: `OutboxRefusal.notAllowed`; `StoreError`.
    public func queue(after last: JobID? = nil, for actor: Actor) async throws -> OutboxQueue {
        guard OperationsPolicies.operating.allows(actor, .outbox) else { throw OutboxRefusal.notAllowed }
        return try await store.survey { [jobs] transaction in
            // One more than a page, to know whether there is a next one.
            let letters = try jobs.deadLetters(after: last, limit: Self.pageSize + 1, in: transaction)
            return OutboxQueue(
                overview: try OutboxOverview(jobs, in: transaction),
                letters: Array(letters.prefix(Self.pageSize)),
                hasMore: letters.count > Self.pageSize
            )
        }
    }

    /// Puts a dead letter back into the queue, at once due, with all its attempts before it.
    ///
    /// - Parameters:
    ///   - id: which dead letter.
    ///   - reason: why it may succeed now; kept with its history and in the journal's erasable part.
    ///   - actor: an administrator.
    /// - Throws: `OutboxRefusal`; `StoreError`.
    public func resend(_ id: JobID, reason: String, by actor: Actor) async throws {
        guard OperationsPolicies.operating.allows(actor, .outbox) else { throw OutboxRefusal.notAllowed }
        let words = VietnameseText.tidy(reason)
        guard !words.isEmpty else { throw OutboxRefusal.reasonMissing }
        guard words.count <= Self.reasonLimit else { throw OutboxRefusal.reasonTooLong }
        let now = clock.now()
        try await store.journalled { [jobs, log] transaction in
            guard let letter = try jobs.deadLetter(id, in: transaction),
                try jobs.resend(id, reason: words, now: now, in: transaction)
            else { throw OutboxRefusal.notDead }
            let entry = JournalEntry(
                at: now,
                service: "operations",
                kind: "jobResent",
                objectType: "job",
                objectID: id.rawValue,
                actor: actor.stamp,
                facts: ["kind": .string(letter.job.kind), "attempts": .integer(Int64(letter.history.count))],
                personal: ["reason": .string(words)]
            )
            try log.append(entry, in: transaction)
        }
    }
}
