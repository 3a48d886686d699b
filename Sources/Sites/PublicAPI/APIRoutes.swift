// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Dossiers
import HTTPTypes
import Hummingbird
public import Identity
import Journal
public import Kernel
import NIOCore
public import Organisation
public import Payments
public import Reporting
public import Site
public import Storage
public import Trust
public import Uploads
public import Web

/// What the API asks and commands.
public struct APIServices: Sendable {
    let identity: IdentityService
    let catalogue: CatalogueService
    let dossiers: DossierService
    let payments: PaymentService
    let organisation: OrganisationService
    let reporting: ReportingService
    let files: FileStore
    let uploads: UploadCheck
    let verifier: DocumentVerifier
    let store: any Store
    let limiter: RateLimiter
    let clock: Kernel.Clock
    /// The address under which people and programs reach the portal.
    let publicURL: PublicURL

    /// The services, built by the composition root.
    public init(
        identity: IdentityService,
        catalogue: CatalogueService,
        dossiers: DossierService,
        payments: PaymentService,
        organisation: OrganisationService,
        reporting: ReportingService,
        files: FileStore,
        uploads: UploadCheck,
        verifier: DocumentVerifier,
        store: any Store,
        limiter: RateLimiter,
        clock: Kernel.Clock,
        publicURL: PublicURL
    ) {
        (self.identity, self.catalogue, self.dossiers) = (identity, catalogue, dossiers)
        (self.payments, self.organisation, self.reporting) = (payments, organisation, reporting)
        (self.files, self.uploads, self.verifier) = (files, uploads, verifier)
        (self.store, self.limiter, self.clock, self.publicURL) = (store, limiter, clock, publicURL)
    }

    /// The whole table, in the order of the document.
    var endpoints: [Endpoint] {
        let idempotent = IdempotentCalls(store: store, clock: clock)
        return TokenHandlers(services: self).endpoints
            + ProcedureHandlers(services: self).endpoints
            + FilingHandlers(services: self, idempotent: idempotent).endpoints
            + DossierHandlers(services: self, idempotent: idempotent).endpoints
            + OpenHandlers(services: self).endpoints
    }
}

/// Puts the API on the site: each address of its table, and the document that is made from the same table.
public enum APIRoutes {
    /// Registers every endpoint; the table of them is `docs/routes.md`, the guide `docs/api.md`.
    public static func add(to routes: SiteRoutes, _ services: APIServices) {
        let entrance = Entrance(identity: services.identity, limiter: services.limiter)
        let endpoints = services.endpoints
        for endpoint in endpoints {
            routes.endpoint(
                endpoint.method,
                endpoint.pattern,
                audience: endpoint.access.name,
                rule: endpoint.rule,
                guardedBy: endpoint.guardedBy
            ) { request, context in
                switch endpoint.handler {
                case .raw(let answer): try await answer(request, context)
                case .call(let handle):
                    try await handle(entrance.call(endpoint, request, context)).response(to: request)
                }
            }
        }
        let document = OpenAPIDocument(endpoints: endpoints, server: services.publicURL.description).json
        let bytes = Array(document.canonicalText.utf8)
        routes.get(.apiDocument, for: .machine, rule: "-") { _, _ in .jsonBytes(bytes, status: 200) }
    }
}

extension Reply {
    /// The answer over HTTP.
    func response(to request: Request) -> Response {
        var response = Response.jsonBytes(Array(body.canonicalText.utf8), status: status)
        if let location { response.headers[.location] = location }
        return tag.map { response.tagged($0, for: request) } ?? response
    }
}

extension Response {
    static func jsonBytes(_ bytes: [UInt8], status: Int) -> Response {
        Response(
            status: HTTPResponse.Status(code: status),
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
