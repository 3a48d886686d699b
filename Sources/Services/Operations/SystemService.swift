// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Journal
public import Storage

/// How the system stands, as an administrator asks it.
public struct SystemService: Sendable {
    private let store: any Store
    private let log: TransparencyLog
    private let jobs: JobQueue
    private let identity: IdentityService

    /// The service over a store whose migrations have run.
    public init(store: any Store, log: TransparencyLog, jobs: JobQueue, identity: IdentityService) {
        (self.store, self.log, self.jobs, self.identity) = (store, log, jobs, identity)
    }

    /// The state at this moment, read in one transaction.
    ///
    /// - Throws: `OutboxRefusal.notAllowed`; `StoreError`.
    public func state(for actor: Actor) async throws -> SystemState {
        guard OperationsPolicies.operating.allows(actor, .system) else { throw OutboxRefusal.notAllowed }
        let engine = store.engine
        return try await store.survey { [log, jobs, identity] transaction in
            SystemState(
                outbox: try OutboxOverview(jobs, in: transaction),
                journal: try log.head(in: transaction),
                engine: engine,
                migrations: try transaction.appliedMigrations(),
                openSessions: try identity.openSessions(in: transaction)
            )
        }
    }
}
