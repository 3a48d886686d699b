// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Work for later: outbox messages to other systems, notices, calculations. One table, leased to workers.
public struct Job: Sendable, Equatable {
    /// Its id.
    public let id: Identifier<Job>
    /// What is to be done, known to one worker: `notice.sms`.
    public let kind: String
    /// What the worker needs, as JSON that only it reads.
    public let payload: String
    /// How often it was leased, this time included.
    public let attempts: Int
    /// When it was due.
    public let runAt: Instant
    /// Proves that the worker still holds it.
    let lease: String?
}

/// A job that was given up, for a person to read and send again.
public struct DeadLetter: Sendable, Equatable {
    /// The job.
    public let job: Job
    /// When it was to run first.
    public let firstDueAt: Instant
    /// Each attempt with its moment and error, and each resending with its reason; the first one first.
    public let history: [(at: Instant, outcome: String)]

    public static func == (first: DeadLetter, second: DeadLetter) -> Bool {
        first.job == second.job && first.firstDueAt == second.firstDueAt
            && first.history.elementsEqual(second.history, by: ==)
    }
}

/// The queue of jobs, delivered at least once: a worker that dies loses its lease, and another one starts again.
public struct JobQueue: Sendable {
    /// After so many attempts a job is a dead letter.
    public static let attemptLimit = 14
    /// The wait after the first failure; it doubles with each one.
    public static let firstWaitSeconds: Int64 = 30
    /// The longest wait: a day.
    public static let longestWaitSeconds: Int64 = 24 * 3_600
    /// An error's text is cut here.
    public static let errorLimitCharacters = 1_024

    private let random: RandomSource

    /// A queue whose ids and jitter come from this source.
    public init(random: RandomSource) {
        self.random = random
    }

    /// Puts a job in the queue, to be run from `runAt` on.
    ///
    /// - Returns: false when there is a job with this unique key already, done ones included.
    @discardableResult
    public func enqueue(
        kind: String,
        payload: String,
        runAt: Instant,
        uniqueKey: String? = nil,
        in transaction: Transaction
    ) throws(StoreError) -> Bool {
        let inserted = try transaction.run(
            """
            INSERT INTO job (id, kind, payload, unique_key, state, run_at, attempts, leased_until, first_due_at)
            VALUES (\(Identifier<Job>(random)), \(kind), \(payload), \(uniqueKey), 'waiting', \(runAt), 0, 0, \(runAt))
            ON CONFLICT (unique_key) DO NOTHING
            """
        )
        return inserted == 1
    }

    /// Takes up to `limit` due jobs of these kinds for so many seconds, the longest due first.
    public func lease(
        kinds: [String],
        limit: Int,
        now: Instant,
        forSeconds seconds: Int64,
        in transaction: Transaction
    ) throws(StoreError) -> [Job] {
        let lease = Identifier<Job>(random).rawValue
        // PostgreSQL passes over rows that another worker is taking at this moment; SQLite has one writer.
        let skipping: Statement = transaction.engine == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
        let due: Statement = """
            SELECT id FROM job
            WHERE state = 'waiting' AND kind IN (\(list: kinds)) AND run_at <= \(now) AND leased_until <= \(now)
            ORDER BY run_at, id LIMIT \(limit)\(fragment: skipping)
            """
        let rows = try transaction.rows(
            """
            UPDATE job SET lease = \(lease), leased_until = \(now.adding(seconds: seconds)), attempts = attempts + 1
            WHERE id IN (\(fragment: due))
            RETURNING id, kind, payload, attempts, run_at, lease
            """
        )
        var jobs: [Job] = []
        for row in rows { jobs.append(try Job(row)) }
        return jobs.sorted { ($0.runAt, $0.id.rawValue) < ($1.runAt, $1.id.rawValue) }
    }

    /// Marks a job as done; false when its lease was lost meanwhile, so that another worker may have it.
    @discardableResult
    public func complete(_ job: Job, in transaction: Transaction) throws(StoreError) -> Bool {
        let changed = try transaction.run(
            """
            UPDATE job SET state = 'done', lease = NULL, leased_until = 0
            WHERE id = \(job.id) AND state = 'waiting' AND lease = \(job.lease)
            """
        )
        return changed == 1
    }

    /// Gives a job back that was leased and not begun, as if it had not been taken: another worker may have it at once.
    @discardableResult
    public func release(_ job: Job, in transaction: Transaction) throws(StoreError) -> Bool {
        let changed = try transaction.run(
            """
            UPDATE job SET lease = NULL, leased_until = 0, attempts = attempts - 1
            WHERE id = \(job.id) AND state = 'waiting' AND lease = \(job.lease)
            """
        )
        return changed == 1
    }

    /// Notes a failure: the job waits longer each time, and is a dead letter after the last attempt.
    ///
    /// - Returns: when it will be tried again; nil when it is dead or its lease was lost.
    @discardableResult
    public func fail(
        _ job: Job,
        error: String,
        now: Instant,
        in transaction: Transaction
    ) throws(StoreError) -> Instant? {
        let isDead = job.attempts >= JobQueue.attemptLimit
        let wait = JobQueue.wait(afterAttempt: job.attempts, jitter: jitter())
        let next = Instant(microseconds: now.microseconds + wait)
        let text = String(error.prefix(JobQueue.errorLimitCharacters))
        let changed = try transaction.run(
            """
            UPDATE job SET state = \(isDead ? "dead" : "waiting"), run_at = \(isDead ? job.runAt : next),
                lease = NULL, leased_until = 0, last_error = \(text)
            WHERE id = \(job.id) AND state = 'waiting' AND lease = \(job.lease)
            """
        )
        guard changed == 1 else { return nil }
        try note(text, on: job.id, at: now, in: transaction)
        return isDead ? nil : next
    }

    /// Gives up jobs whose worker died in the last attempt, so that a job that kills its worker ends as well.
    @discardableResult
    public func buryLost(now: Instant, in transaction: Transaction) throws(StoreError) -> Int {
        try transaction.run(
            """
            UPDATE job SET state = 'dead', lease = NULL, leased_until = 0, last_error = 'lease ran out'
            WHERE state = 'waiting' AND attempts >= \(JobQueue.attemptLimit) AND lease IS NOT NULL
                AND leased_until <= \(now)
            """
        )
    }

    /// The wait after attempt `number` (from 1), in microseconds: 30 s · 2ⁿ, at most a day, less up to a quarter
    /// by the jitter (0 ..< 1), so that what failed together does not come back together.
    static func wait(afterAttempt number: Int, jitter: Double) -> Int64 {
        let doublings = min(max(number - 1, 0), 12)  // 30 s · 2¹² is more than a day already
        let seconds = min(firstWaitSeconds << Int64(doublings), longestWaitSeconds)
        return seconds * 1_000_000 - Int64(Double(seconds * 250_000) * jitter)
    }

    private func jitter() -> Double {
        let bytes = random.bytes(2)
        return Double(Int(bytes[0]) << 8 | Int(bytes[1])) / 65_536
    }

    private func note(
        _ outcome: String,
        on id: Identifier<Job>,
        at moment: Instant,
        in transaction: Transaction
    ) throws(StoreError) {
        try transaction.run(
            """
            INSERT INTO job_attempt (job_id, number, at, outcome)
            SELECT \(id), COALESCE(MAX(number), 0) + 1, \(moment), \(outcome) FROM job_attempt WHERE job_id = \(id)
            """
        )
    }
}

// MARK: - What a person sees

extension JobQueue {
    /// The dead letters, the oldest first; a page of at most `limit` after the last one's id.
    public func deadLetters(
        after last: Identifier<Job>? = nil,
        limit: Int,
        in transaction: Transaction
    ) throws(StoreError) -> [DeadLetter] {
        let rows = try transaction.rows(
            """
            SELECT id, kind, payload, attempts, run_at, lease, first_due_at FROM job
            WHERE state = 'dead' AND (first_due_at, id) > (
                SELECT COALESCE(MAX(first_due_at), -1), COALESCE(MAX(id), '') FROM job WHERE id = \(last)
            )
            ORDER BY first_due_at, id LIMIT \(limit)
            """
        )
        var letters: [DeadLetter] = []
        for row in rows { letters.append(try deadLetter(row, in: transaction)) }
        return letters
    }

    /// The dead letter of this id; nil when there is no such job, or it is not dead.
    public func deadLetter(_ id: Identifier<Job>, in transaction: Transaction) throws(StoreError) -> DeadLetter? {
        let row = try transaction.first(
            """
            SELECT id, kind, payload, attempts, run_at, lease, first_due_at FROM job
            WHERE id = \(id) AND state = 'dead'
            """
        )
        guard let row else { return nil }
        return try deadLetter(row, in: transaction)
    }

    /// How many dead letters wait for a person.
    public func deadCount(in transaction: Transaction) throws(StoreError) -> Int {
        try transaction.first("SELECT COUNT(*) AS count FROM job WHERE state = 'dead'")?.get("count") ?? 0
    }

    /// Puts a dead letter back into the queue, with all its attempts before it; false when it is not dead.
    public func resend(
        _ id: Identifier<Job>,
        reason: String,
        now: Instant,
        in transaction: Transaction
    ) throws(StoreError) -> Bool {
        let changed = try transaction.run(
            "UPDATE job SET state = 'waiting', attempts = 0, run_at = \(now) WHERE id = \(id) AND state = 'dead'"
        )
        guard changed == 1 else { return false }
        try note("resend: \(reason.prefix(JobQueue.errorLimitCharacters))", on: id, at: now, in: transaction)
        return true
    }

    /// How many jobs wait, by kind, and since when the oldest of them is due.
    public func waiting(in transaction: Transaction) throws(StoreError) -> [(kind: String, count: Int, oldest: Instant)]
    {
        var kinds: [(kind: String, count: Int, oldest: Instant)] = []
        let rows = try transaction.rows(
            """
            SELECT kind, COUNT(*) AS count, MIN(run_at) AS oldest FROM job WHERE state = 'waiting'
            GROUP BY kind ORDER BY kind
            """
        )
        for row in rows { kinds.append((try row.get("kind"), try row.get("count"), try row.get("oldest"))) }
        return kinds
    }

    /// How many jobs were given up, by kind.
    public func dead(in transaction: Transaction) throws(StoreError) -> [(kind: String, count: Int)] {
        var kinds: [(kind: String, count: Int)] = []
        let query: Statement =
            "SELECT kind, COUNT(*) AS count FROM job WHERE state = 'dead' GROUP BY kind ORDER BY kind"
        for row in try transaction.rows(query) { kinds.append((try row.get("kind"), try row.get("count"))) }
        return kinds
    }

    /// Deletes done jobs that were due before this moment; their unique keys are free again.
    @discardableResult
    public func forgetDone(before moment: Instant, in transaction: Transaction) throws(StoreError) -> Int {
        try transaction.run("DELETE FROM job WHERE state = 'done' AND run_at < \(moment)")
    }

    private func deadLetter(_ row: ResultRow, in transaction: Transaction) throws(StoreError) -> DeadLetter {
        let job = try Job(row)
        let history = try history(of: job.id, in: transaction)
        return DeadLetter(job: job, firstDueAt: try row.get("first_due_at"), history: history)
    }

    private func history(
        of id: Identifier<Job>,
        in transaction: Transaction
    ) throws(StoreError) -> [(at: Instant, outcome: String)] {
        var history: [(at: Instant, outcome: String)] = []
        for row in try transaction.rows("SELECT at, outcome FROM job_attempt WHERE job_id = \(id) ORDER BY number") {
            history.append((try row.get("at"), try row.get("outcome")))
        }
        return history
    }
}

extension Job {
    fileprivate init(_ row: ResultRow) throws(StoreError) {
        id = try row.get("id")
        kind = try row.get("kind")
        payload = try row.get("payload")
        attempts = try row.get("attempts")
        runAt = try row.get("run_at")
        lease = try row.get("lease")
    }
}
