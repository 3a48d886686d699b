// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Journal
import Kernel
import Logging
import Organisation
import ServiceLifecycle
import Storage
import Synchronization

/// Whether requests can be served at this moment, part by part.
///
/// A full disk and background work that stands still do not make a node unready: reading goes on, and sending everybody
/// to another node would not mend them. They are told as `degraded`, and by figures.
struct Readiness: Sendable {
    /// One part and what is wrong with it; the words are for an operator and hold no secret and no address.
    struct Part: Sendable {
        let name: String
        let fault: String?
        let isEssential: Bool
    }

    let parts: [Part]

    var isReady: Bool { !parts.contains { $0.isEssential && $0.fault != nil } }

    /// `ready`, `degraded` or `not ready`, then each part on a line of its own.
    var text: String {
        let head = isReady ? (parts.contains { $0.fault != nil } ? "degraded" : "ready") : "not ready"
        return ([head] + parts.map { "\($0.name): \($0.fault ?? "ok")" }).joined(separator: "\n") + "\n"
    }

    /// Background work that was not seen for so long stands still; it is seen at least every 30 s.
    static let workerSeconds: Int64 = 120

    /// Looks at every part.
    static func report(_ house: House) async -> Readiness {
        let draining = Part(name: "serving", fault: house.draining.isOn ? "stopping" : nil, isEssential: true)
        return Readiness(parts: [draining] + (await database(house)) + [await files(house)])
    }

    private static func database(_ house: House) async -> [Part] {
        let (now, known) = (house.clock.now(), Migration.marks(of: House.migrations))
        do {
            let (missing, seen) = try await house.store.read { transaction in
                let applied = try TableCopy(transaction).migrations()
                return (known.subtracting(applied).count, try Heartbeat.last(Workers.name, in: transaction))
            }
            let age = seen.map { now.seconds(since: $0) }
            let isSeen = age.map { $0 <= workerSeconds } ?? false
            return [
                Part(name: "database", fault: nil, isEssential: true),
                Part(
                    name: "migrations",
                    fault: missing == 0 ? nil : "\(missing) not applied: run motcua migrate",
                    isEssential: true
                ),
                Part(
                    name: "worker",
                    fault: isSeen ? nil : age.map { "not seen for \($0) s" } ?? "never seen",
                    isEssential: false
                ),
            ]
        } catch {
            let code = (error as? any Presentable)?.code ?? "failed"
            return [Part(name: "database", fault: code, isEssential: true)]
        }
    }

    private static func files(_ house: House) async -> Part {
        do throws(FileStoreError) {
            try await house.files.probe()
            return Part(name: "files", fault: nil, isEssential: true)
        } catch {
            return Part(name: "files", fault: error.code, isEssential: error != .full)
        }
    }
}

/// Whether the process has been told to stop.
final class Draining: Sendable {
    private let state = Mutex(false)

    var isOn: Bool { state.withLock { $0 } }

    func begin() { state.withLock { $0 = true } }
}

/// Keeps the claim on the database, reads which procedures other nodes published, and is the first to hear of a stop:
/// `/readyz` says so, and everything goes on for as long as balancers need to notice. Only then do the services before
/// it stop.
struct Vigil: Service {
    let house: House
    /// How long to go on for balancers; 0 where nobody is listened to.
    let drainSeconds: Int

    private static let renewalSeconds = 10

    func run() async throws {
        let (draining, claim, logger) = (house.draining, house.claim, house.logger)
        let (catalogue, levels, organisation) = (house.catalogue, house.levels, house.organisation)
        await withGracefulShutdownHandler {
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                do throws(StoreError) { try await claim.renew() } catch {
                    logger.warning("the claim on the database does not hold", metadata: ["error": "\(error.code)"])
                }
                do { try await catalogue.refresh() } catch {
                    logger.warning("what other nodes published was not read", metadata: ["error": "\(error)"])
                }
                do { _ = try await organisation.snapshot() } catch {
                    logger.warning("what was changed of agencies was not read", metadata: ["error": "\(error)"])
                }
                do { try await levels.refresh() } catch {
                    logger.warning("what people did was not counted for the levels", metadata: ["error": "\(error)"])
                }
                // Woken early when told to stop.
                try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(Self.renewalSeconds)) }
            }
        } onGracefulShutdown: {
            draining.begin()
        }
        // Cancelled while it waits: then there is no time left to wait for anybody.
        try? await Task.sleep(for: .seconds(drainSeconds))
    }
}
