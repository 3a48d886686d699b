// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Identity
import Journal
import Kernel
import Logging
import Payments
import ServiceLifecycle
import SignIn
import Storage

/// Background work: notices from the outbox, reconciliation of payments, checkpoints of the log, housekeeping.
///
/// Everything is found again after a crash: jobs are rows with leases, the rest is asked of the store each time.
struct Workers: Service {
    let house: House
    /// Signs the log's checkpoints; nil where the key is kept by another process.
    let keeper: CheckpointKeeper?

    /// A job in hand is given to another worker after this time without an answer.
    private static let leaseSeconds: Int64 = 120

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await every(seconds: 1, "notices") { try await notices() } }
            group.addTask { await every(seconds: 60, "checkpoint") { try await seal() } }
            group.addTask { await every(seconds: 900, "payments") { _ = try await house.payments.reconcile() } }
            group.addTask { await every(seconds: 3_600, "housekeeping") { try await tidy() } }
            await group.waitForAll()
        }
    }

    /// Calls `work` again and again until the program is told to stop; an error is logged and tried again later.
    private func every(seconds: Int64, _ name: String, _ work: @escaping @Sendable () async throws -> Void) async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await work() } catch {
                    house.logger.warning(
                        "worker failed",
                        metadata: ["worker": "\(name)", "error": "\(type(of: error))"]
                    )
                }
                // Cancelled while waiting: the loop ends by itself.
                try? await Task.sleep(for: .seconds(seconds))
            }
        }
    }

    private func notices() async throws {
        let (now, jobs) = (house.clock.now(), house.jobs)
        let leased = try await house.store.write { transaction in
            try jobs.lease(
                kinds: [DossierNotice.jobKind],
                limit: 20,
                now: now,
                forSeconds: Self.leaseSeconds,
                in: transaction
            )
        }
        for job in leased {
            do {
                try await house.dossiers.send(noticeJob: job.payload, over: house.notices)
                _ = try await house.store.write { try jobs.complete(job, in: $0) }
            } catch {
                let reason = (error as? any Presentable)?.code ?? "\(type(of: error))"
                let failedAt = house.clock.now()
                _ = try await house.store.write { try jobs.fail(job, error: reason, now: failedAt, in: $0) }
            }
        }
    }

    private func seal() async throws {
        guard let keeper else { return }
        _ = try await house.log.seal(house.store, by: keeper, now: house.clock.now())
    }

    private func tidy() async throws {
        _ = try await house.identity.removeEndedSessions()
        _ = try await house.dossiers.removeExpiredDrafts()
        _ = try await house.signIn.removeEnded()
    }
}
