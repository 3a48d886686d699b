// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Hummingbird
import Journal
import Kernel
import Figures
import Site
import Storage
import Web

/// What machines ask: readiness, the log's checkpoint, the list of procedures.
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
        routes.get(.procedureList, for: .machine, rule: "-", procedures)
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

    /// `GET /api/v1/procedures?q=&limit=`: the offered procedures, or those that a query means.
    private func procedures(_ request: Request, _ context: PublicContext) async throws -> Response {
        let (query, limit) = (context.query.text("q") ?? "", context.query.int("limit", default: 20, in: 1...100))
        let today = house.clock.today
        let found =
            query.isEmpty
            ? house.catalogue.procedures(on: today).prefix(limit).map { $0 }
            : house.catalogue.search(query, on: today, limit: limit).hits.compactMap {
                house.catalogue.current($0.code, on: today)
            }
        let items = found.map { ProcedureItem(code: $0.code, name: $0.pack.name, sector: $0.pack.sector.name) }
        return try .json(ProcedureItems(items: items, nextCursor: nil))
    }
}

private struct ProcedureItems: Encodable {
    var items: [ProcedureItem]
    var nextCursor: String?
}

private struct ProcedureItem: Encodable {
    var code: String
    var name: String
    var sector: String
}
