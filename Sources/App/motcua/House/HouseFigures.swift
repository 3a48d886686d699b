// SPDX-License-Identifier: Apache-2.0

import Figures
import Foundation
import Identity
import Journal
import Kernel
import Storage
import Web

/// The figures that `/metrics` tells; what each means and when it should worry somebody stands in docs/operations.md.
///
/// Labels are routes' patterns, classes of status, kinds of jobs and codes of errors: nothing of a person.
struct HouseFigures: Sendable {
    private let registry: MetricsRegistry
    private let requests: CounterFamily
    private let seconds: HistogramFamily
    private let batches: HistogramFamily
    private let storeErrors: CounterFamily
    private let jobsWaiting: GaugeFamily
    private let jobsOldest: GaugeFamily
    private let jobsDead: GaugeFamily
    private let sessions: GaugeFamily
    private let journal: GaugeFamily
    private let workerSeen: GaugeFamily
    private let memory: GaugeFamily

    init() {
        let registry = MetricsRegistry()
        self.registry = registry
        requests = registry.counter(
            "motcua_http_requests_total",
            help: "Answers, by method, route and class of status.",
            labels: ["method", "route", "status"]
        )
        // From a page out of memory (1 ms) to the limit of a handler (30 s).
        seconds = registry.histogram(
            "motcua_http_request_seconds",
            help: "Time to the head of the answer, by route.",
            labels: ["route"],
            bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30]
        )
        batches = registry.histogram(
            "motcua_store_batch_writes",
            help: "Writes that shared one flush to disk.",
            bounds: [1, 2, 4, 8, 16, 32, 64, 128]
        )
        storeErrors = registry.counter(
            "motcua_store_errors_total",
            help: "Transactions that the store failed, by code of the error.",
            labels: ["code"]
        )
        let kind = ["kind"]
        jobsWaiting = registry.gauge("motcua_jobs_waiting", help: "Jobs that wait or are in hand.", labels: kind)
        jobsOldest = registry.gauge("motcua_jobs_oldest_due_seconds", help: "Age of the oldest due job.", labels: kind)
        jobsDead = registry.gauge("motcua_jobs_dead", help: "Jobs given up, for a person to resend.", labels: kind)
        sessions = registry.gauge("motcua_sessions_open", help: "Sessions that have not ended.")
        journal = registry.gauge("motcua_journal_events", help: "Leaves of the journal's tree.")
        workerSeen = registry.gauge("motcua_worker_seen_seconds", help: "Since background work was last seen.")
        memory = registry.gauge("process_resident_memory_bytes", help: "Resident memory of this process.")
    }

    /// Takes an answer.
    func note(_ answer: AnsweredRequest) {
        requests.add(1, answer.method, answer.route, "\(answer.status / 100)xx")
        seconds.observe(answer.seconds, answer.route)
    }

    /// Takes what the store tells. A refused duplicate is daily work and counts under its code as well.
    var storeObserver: StoreObserver {
        StoreObserver(
            batch: { [batches] writes in batches.observe(Double(writes)) },
            failure: { [storeErrors] error in storeErrors.add(1, error.code) }
        )
    }

    /// Everything as text. Without an answer of the store its own figures are left out, and the others still told.
    func text(of house: House) async throws -> String {
        let now = house.clock.now()
        let (jobs, log, identity) = (house.jobs, house.log, house.identity)
        for family in [jobsWaiting, jobsOldest, jobsDead, sessions, journal, workerSeen] { family.clear() }
        do {
            try await house.store.survey { transaction in
                for (kind, count, oldest) in try jobs.waiting(in: transaction) {
                    jobsWaiting.set(Double(count), kind)
                    jobsOldest.set(max(0, Double(now.seconds(since: oldest))), kind)
                }
                for (kind, count) in try jobs.dead(in: transaction) { jobsDead.set(Double(count), kind) }
                sessions.set(Double(try identity.openSessions(in: transaction)))
                journal.set(Double(try log.head(in: transaction).size))
                if let seen = try Heartbeat.last(Workers.name, in: transaction) {
                    workerSeen.set(Double(now.seconds(since: seen)))
                }
            }
        } catch is StoreError {
            // Counted under motcua_store_errors_total already.
        }
        if let bytes = Self.residentBytes() { memory.set(Double(bytes)) }
        return registry.text
    }

    /// Pages in memory by the kernel's word; nil where there is no /proc.
    private static func residentBytes() -> Int? {
        // No figure rather than a failed scrape.
        guard let words = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " "),
            words.count > 1, let pages = Int(words[1])
        else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
