// SPDX-License-Identifier: Apache-2.0

import DataProtection
import Dossiers
import Identity
import Journal
import Kernel
import Logging
import Organisation
import Payments
import ServiceLifecycle
import SignIn
import Storage
import Synchronization

/// Background work: notices and questions to the gateway from the outbox, reconciliation of payments, checkpoints of
/// the log, housekeeping.
///
/// Everything is found again after a crash: jobs are rows with leases, the rest is asked of the store each time.
struct Workers: Service {
    let house: House
    /// Signs the log's checkpoints; nil where the key is kept by another process.
    let keeper: CheckpointKeeper?

    /// How the background work is called in its sign of life.
    static let name = "worker"
    /// A job in hand is given to another worker after this time without an answer.
    private static let leaseSeconds: Int64 = 120
    /// Whoever repeats a command does it within days.
    private static let keysKeptDays: Int64 = 30
    /// A job waits at most 20 s for a mail server and 20 s for an SMS gateway, or 20 s for the payment gateway: three
    /// are done before the lease ends.
    private static let jobsAtOnce = 3
    /// Those that take jobs; each goes its own way, so that a long one holds up no other.
    private static let rounds: Set<String> = ["notices", "codes", "payments", "dataProtection"]
    private let beats: Beats

    init(house: House, keeper: CheckpointKeeper?) {
        (self.house, self.keeper) = (house, keeper)
        beats = Beats(of: Self.rounds)
    }

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await every(seconds: 1, "notices") { try await notices() } }
            group.addTask { await every(seconds: 1, "payments") { try await payments() } }
            group.addTask { await every(seconds: 1, "dataProtection") { try await protection() } }
            group.addTask { await every(seconds: 1, "codes") { try await codes() } }
            group.addTask { await every(seconds: 60, "checkpoint") { try await seal() } }
            group.addTask { await every(seconds: 60, "mergers") { try await mergers() } }
            group.addTask { await every(seconds: 900, "reconciliation") { _ = try await house.payments.reconcile() } }
            group.addTask { await every(seconds: 3_600, "housekeeping") { try await tidy() } }
            await group.waitForAll()
        }
    }

    /// Calls `work` again and again until the program is told to stop; what is in hand then is finished. An error is
    /// logged and tried again later.
    private func every(seconds: Int64, _ name: String, _ work: @escaping @Sendable () async throws -> Void) async {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do { try await work() } catch {
                let code = (error as? any Presentable)?.code ?? "\(type(of: error))"
                house.logger.warning("worker failed", metadata: ["worker": "\(name)", "error": "\(code)"])
            }
            // Woken early when told to stop: the loop ends by itself.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(seconds)) }
        }
    }

    /// Says that the work goes on, every 10 s and between any two jobs of every round: a round that hangs is seen.
    private func beat(_ round: String) async throws {
        let now = house.clock.now()
        guard beats.isDue(at: now, after: round) else { return }
        try await house.store.write { try Heartbeat.beat(Self.name, now: now, in: $0) }
    }

    private func notices() async throws {
        let kinds = [DossierNotice.jobKind, DraftNotice.jobKind, ConsultationNotice.jobKind]
        try await jobs(kinds, of: "notices") { job in
            let (dossiers, ports, reference) = (house.dossiers, house.notices, job.id.rawValue)
            switch job.kind {
            case DraftNotice.jobKind:
                try await dossiers.send(draftNoticeJob: job.payload, reference: reference, over: ports)
            case ConsultationNotice.jobKind:
                try await dossiers.send(consultationJob: job.payload, over: ports)
            default:
                try await dossiers.send(noticeJob: job.payload, reference: reference, over: ports)
            }
        }
    }

    private func payments() async throws {
        try await jobs([PaymentService.jobKind], of: "payments") { job in
            try await house.payments.confirm(job: job.payload)
        }
    }

    private func protection() async throws {
        try await jobs(DataProtectionService.jobKinds, of: "dataProtection") { job in
            try await house.protection.perform(job, over: house.notices)
        }
    }

    /// Codes for signing in have a queue of their own: a person waits for them, and a busy mail server holds up nobody.
    private func codes() async throws {
        try await jobs([PhoneSignInService.jobKind], of: "codes") { job in
            try await house.phoneSignIn.send(
                codeJob: job.payload,
                reference: job.id.rawValue,
                over: house.notices.sms
            )
        }
    }

    /// Does the due jobs of a round; one that fails waits longer each time.
    private func jobs(_ kinds: [String], of round: String, _ work: (Job) async throws -> Void) async throws {
        try await beat(round)
        let (now, jobs) = (house.clock.now(), house.jobs)
        let leased = try await house.store.write { transaction in
            try jobs.lease(
                kinds: kinds,
                limit: Self.jobsAtOnce,
                now: now,
                forSeconds: Self.leaseSeconds,
                in: transaction
            )
        }
        for job in leased {
            guard !Task.isShuttingDownGracefully else {
                _ = try await house.store.write { try jobs.release(job, in: $0) }
                continue
            }
            try await beat(round)
            do {
                try await work(job)
                _ = try await house.store.write { try jobs.complete(job, in: $0) }
            } catch {
                let reason = (error as? any Presentable)?.code ?? "\(type(of: error))"
                let failedAt = house.clock.now()
                _ = try await house.store.write { try jobs.fail(job, error: reason, now: failedAt, in: $0) }
            }
        }
    }

    /// Mergers whose day has come; the first round after midnight does them.
    private func mergers() async throws {
        let done = try await house.organisation.carryOutDuePlans()
        if done > 0 { house.logger.notice("mergers carried out", metadata: ["count": "\(done)"]) }
    }

    private func seal() async throws {
        guard let keeper else { return }
        _ = try await house.log.seal(house.store, by: keeper, now: house.clock.now())
    }

    private func tidy() async throws {
        _ = try await house.identity.removeEndedSessions()
        _ = try await house.identity.removeOldStatements()
        _ = try await house.dossiers.removeExpiredDrafts()
        _ = try await house.dossiers.removeEndedUploads()
        _ = try await house.dossiers.announceEndingDrafts()
        _ = try await house.signIn.removeEnded()
        _ = try await house.phoneSignIn.removeEnded()
        try await house.protection.makeRetentionReport()
        _ = try await house.protection.tidy()
        let (now, jobs) = (house.clock.now(), house.jobs)
        _ = try await house.store.write { try jobs.buryLost(now: now, in: $0) }
        let forgotten = house.clock.now().adding(days: -Self.keysKeptDays)
        _ = try await house.store.write { try IdempotencyKeys.forget(before: forgotten, in: $0) }
    }
}

/// When the last sign of life was given, and who has been seen at work since.
private final class Beats: Sendable {
    private struct State {
        var last: Instant?
        var seen: Set<String> = []
    }

    private static let seconds: Int64 = 10
    private let rounds: Set<String>
    private let state = Mutex(State())

    init(of rounds: Set<String>) { self.rounds = rounds }

    /// Whether the sign is to be given now: all rounds are at work, and the last sign is old.
    func isDue(at now: Instant, after round: String) -> Bool {
        state.withLock { state in
            state.seen.insert(round)
            guard state.seen == rounds else { return false }
            if let last = state.last, now.seconds(since: last) < Self.seconds { return false }
            state = State(last: now)
            return true
        }
    }
}
