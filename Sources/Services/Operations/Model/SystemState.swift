// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
public import Storage

/// The id of a job.
public typealias JobID = Identifier<Job>

/// The jobs of one kind that wait.
public struct WaitingJobs: Sendable, Hashable {
    /// The kind, known to one worker.
    public var kind: String
    /// How many.
    public var count: Int
    /// When the oldest of them is due; before now when it is late.
    public var oldest: Instant

    /// Jobs of one kind.
    public init(kind: String, count: Int, oldest: Instant) {
        (self.kind, self.count, self.oldest) = (kind, count, oldest)
    }
}

/// What waits, and how much was given up.
public struct OutboxOverview: Sendable, Hashable {
    /// By kind, ordered by its name.
    public var waiting: [WaitingJobs]
    /// Dead letters: what was given up after all attempts.
    public var deadCount: Int

    /// As it stands in this transaction.
    init(_ jobs: JobQueue, in transaction: Transaction) throws(StoreError) {
        waiting = try jobs.waiting(in: transaction).map { kind, count, oldest in
            WaitingJobs(kind: kind, count: count, oldest: oldest)
        }
        deadCount = try jobs.deadCount(in: transaction)
    }
}

/// What the page of the queues shows.
public struct OutboxQueue: Sendable {
    /// What waits, and how many dead letters there are in all.
    public var overview: OutboxOverview
    /// A page of dead letters, the oldest first.
    public var letters: [DeadLetter]
    /// Whether another page follows.
    public var hasMore: Bool

    /// Where the next page begins; nil on the last one.
    public var next: JobID? { hasMore ? letters.last?.job.id : nil }
}

/// How the system stands.
public struct SystemState: Sendable {
    /// What waits to be done or sent.
    public var outbox: OutboxOverview
    /// Size and root of the journal's tree.
    public var journal: TreeHead
    /// The engine of the database.
    public var engine: Engine
    /// The steps of the schema that were applied, in their order.
    public var migrations: [String]
    /// Sessions that are open.
    public var openSessions: Int
}
