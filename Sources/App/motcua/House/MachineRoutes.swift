// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Journal
import Kernel
import Figures
import Site
import Storage
import Web

/// What machines ask: readiness, the log's checkpoint.
struct MachineRoutes: Sendable {
    let house: House

    func add(to routes: SiteRoutes) {
        routes.get(.readiness, for: .machine, rule: "-") { _, _ in await readiness() }
        routes.get(.metrics, for: .machine, rule: "this machine alone") { request, context in
            guard context.visit.isFromThisMachine(request) else { throw RequestError.notFound }
            return try await metrics()
        }
        routes.get(.checkpoint, for: .machine, rule: "-") { _, _ in
            guard let latest = try await house.store.read({ try house.log.latestCheckpoint(in: $0) }) else {
                throw RequestError.notFound
            }
            return .text(latest.note.published)
        }
    }

    /// On the listener of administration, whose door is the network's: figures are told to whoever may knock.
    func addForOperators(to routes: SiteRoutes) {
        routes.get(.readiness, for: .machine, rule: "-") { _, _ in await readiness() }
        routes.get(.metrics, for: .machine, rule: "-") { _, _ in try await metrics() }
    }

    /// `GET /readyz`: 200 when requests can be served, 503 when not, and why; no secret and no address in it.
    func readiness() async -> Response {
        let report = await Readiness.report(house)
        return .text(report.text, status: report.isReady ? .ok : .serviceUnavailable)
    }

    /// `GET /metrics`: the figures of this process and of the store.
    func metrics() async throws -> Response {
        .text(try await house.figures.text(of: house), type: MetricsRegistry.contentType)
    }
}
