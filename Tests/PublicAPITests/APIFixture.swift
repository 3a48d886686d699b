// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Journal
import Kernel
import Logging
import NIOCore
import Organisation
import Paper
import Payments
import Reporting
import Site
import Storage
import Testing
import TestSupport
import Trust
import Uploads
import Web
import WorkingTime

@testable import PublicAPI

/// The API over a store with the sample province and the packs of the repository.
struct APIFixture: Sendable {
    static let procedure = "2.000635"
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    let clock = TestClock()
    let identity: IdentityService
    let organisation: OrganisationService
    let catalogue: CatalogueService
    let dossiers: DossierService
    let services: APIServices
    let entries: [SiteRoutes.Entry]
    let application: Application<EdgeResponder<PlainContext>>
    let agency: AgencyCode

    init(_ store: any Store, folder: String) async throws {
        let (clock, log) = (clock.clock, TransparencyLog(random: .seeded(1)))
        agency = try #require(AgencyCode("H01.30337"))
        organisation = OrganisationService(store: store, log: log, clock: clock, random: .seeded(2))
        try await organisation.load(SampleProvince(folder: "\(Self.root)/resources/sample"), by: .system("test"))
        identity = IdentityService(
            store: store,
            log: log,
            organisation: organisation,
            clock: clock,
            random: .seeded(3)
        )
        catalogue = CatalogueService(store: store, clock: clock, unverified: .offer)
        _ = try await catalogue.load(folder: "\(Self.root)/procedures")
        let files = try FileStore(directory: folder + "/files", random: .seeded(4))
        let (catalogue, organisation) = (catalogue, organisation)
        let writer = DossierWriter(
            log: log,
            jobs: JobQueue(random: .seeded(5)),
            pack: { try catalogue.pack(version: $0, in: $1) },
            calendar: { organisation.lastSnapshot?.calendar(of: $0) ?? .standard },
            projectors: [ReportingService.projector]
        )
        let payments = PaymentService(
            store: store,
            log: log,
            jobs: JobQueue(random: .seeded(5)),
            gateway: PatientGateway(),
            clock: clock,
            random: .seeded(6),
            projectors: []
        )
        dossiers = DossierService(
            store: store,
            writer: writer,
            catalogue: catalogue,
            organisation: organisation,
            identity: identity,
            payments: payments,
            files: files,
            templates: try FormTemplates(folder: "\(Self.root)/resources/forms"),
            renderer: try PaperRenderer(colourProfile: nil),
            signer: DocumentSigner(require: { _ in }, sign: { _, _, _ in throw CancellationError() }),
            settings: DossierSettings(
                publicURL: "https://dichvucong.example.vn",
                slipKey: Array(repeating: 7, count: 32)
            ),
            clock: clock,
            random: .seeded(7)
        )
        let publicURL = try #require(PublicURL("https://dichvucong.example.vn"))
        services = APIServices(
            identity: identity,
            catalogue: catalogue,
            dossiers: dossiers,
            payments: payments,
            organisation: organisation,
            reporting: ReportingService(store: store, log: log, clock: clock),
            files: files,
            uploads: UploadCheck(),
            verifier: DocumentVerifier(roots: try TrustRoots(pem: ""), clock: clock),
            store: store,
            limiter: RateLimiter(burst: 200, perMinute: 60, clock: clock),
            clock: clock,
            publicURL: publicURL
        )
        (entries, application) = try Self.site(services, identity, clock)
    }

    /// The API on a site of its own.
    private static func site(_ services: APIServices, _ identity: IdentityService, _ clock: Kernel.Clock) throws -> (
        [SiteRoutes.Entry], Application<EdgeResponder<PlainContext>>
    ) {
        let publicURL = services.publicURL
        let settings = SiteSettings(
            publicURL: publicURL,
            authorityName: { "Tỉnh An Giang" },
            files: try StaticFiles(["styles/motcua.css": Array("a{}".utf8)]),
            clock: clock,
            random: .seeded(8)
        )
        let routes = SiteRoutes(settings: settings, identity: identity)
        APIRoutes.add(to: routes, services)
        let application = try buildApplication(
            router: routes.build(),
            settings: ServerSettings(port: 0, publicURL: publicURL, clock: clock, random: .seeded(9)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return (routes.entries, application)
    }

    /// A citizen's own token; each number is another person.
    func citizen(_ number: Int = 0, level: AssuranceLevel = .two) async throws -> String {
        let identity = VerifiedIdentity(
            subject: "vneid-\(number)",
            fullName: "Nguyễn Thị Bưởi",
            nationalID: try #require(NationalID("08919000123\(number)")),
            birthDate: LocalDate(year: 1990, month: 5, day: 17),
            sex: "female",
            address: "Ấp An Hưng, xã An Phú, tỉnh An Giang",
            phone: PhoneNumber("0912345678"),
            email: nil,
            assurance: level
        )
        return try await self.identity.signIn(citizen: identity).text
    }

    func partner(_ scopes: Set<PartnerScope>, of agency: AgencyCode? = nil) async throws -> (Partner, SecretToken) {
        try await identity.createPartner(
            name: "Cổng mẫu",
            agency: agency ?? self.agency,
            scopes: scopes,
            by: .system("test")
        )
    }

    func partnerToken(_ scopes: Set<PartnerScope>, of agency: AgencyCode? = nil) async throws -> String {
        let (partner, secret) = try await partner(scopes, of: agency)
        return try await identity.issueToken(partner: partner.id.rawValue, secret: secret.text, scopes: nil).secret.text
    }

    func officer(_ role: Role) async throws -> Actor {
        let officer = try #require(try await organisation.officers(of: agency, having: role).first)
        return .officer(officer, authentication: .password, session: nil, provedAt: clock.now)
    }

    /// Answers of a complete form of the sample procedure.
    static let answers: JSONValue = [
        "extractKind": "birth", "relation": "self", "copies": 2, "registeredAt": "UBND xã An Phú",
    ]

    func filing(_ more: [String: JSONValue] = [:]) -> JSONValue {
        let members: [String: JSONValue] = [
            "procedure": .string(Self.procedure), "agency": .string(agency.text), "answers": Self.answers,
        ]
        return .object(members.merging(more) { _, new in new })
    }
}

/// A gateway that takes every payment and never hears of it again.
struct PatientGateway: PaymentGateway {
    let name = "patient"
    func create(_ payment: Payment, for obligation: Obligation, returnURL: String) async throws -> String {
        "https://pay.example.vn/\(payment.id)"
    }
    func query(_ payment: Payment) async throws -> GatewayVerdict { .pending }
    func paymentID(in callback: [UInt8]) throws -> PaymentID { throw PaymentError.malformedCallback }
    func verdict(in callback: [UInt8], for payment: Payment) throws -> GatewayVerdict { .pending }
    func reply(isAccepted: Bool) -> [UInt8] { [] }
}

/// A program of the tests, with or without a token.
struct TestProgram {
    let client: any TestClientProtocol
    var token: String?

    func with(_ token: String?) -> TestProgram { TestProgram(client: client, token: token) }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        try await send(.get, path, headers, nil)
    }

    func post(
        _ path: String,
        _ json: JSONValue?,
        key: String? = nil,
        match: String? = nil,
        headers more: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = more
        if json != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        if let key { headers[.idempotencyKey] = key }
        if let match { headers[.ifMatch] = match }
        return try await send(.post, path, headers, json.map { ByteBuffer(string: $0.canonicalText) })
    }

    func upload(_ name: String, _ bytes: [UInt8], key: String, part: String = "file") async throws -> TestResponse {
        let boundary = "b0undary"
        var body = ByteBuffer()
        body.writeString(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part)\"; filename=\"\(name)\"\r\n\r\n"
        )
        body.writeBytes(bytes)
        body.writeString("\r\n--\(boundary)--\r\n")
        let headers: HTTPFields = [
            .contentType: "multipart/form-data; boundary=\(boundary)", .idempotencyKey: key,
        ]
        return try await send(.post, "/api/v1/files", headers, body)
    }

    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: ByteBuffer?) async throws
        -> TestResponse
    {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        return try await client.execute(uri: path, method: method, headers: headers, body: body)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The body as JSON that fits the schema of this name, or an issue.
    func json(_ schema: String) throws -> JSONValue {
        let json = try JSONValue(parsing: text)
        for fault in Schema.named(schema).faults(in: json) {
            Issue.record("\(schema): \(fault.field): \(fault.detail)")
        }
        return json
    }

    /// Code of the problem, which fits its schema.
    func problem(_ status: Int) throws -> String {
        #expect(Int(self.status.code) == status, "\(text)")
        #expect(headers[.contentType] == "application/problem+json; charset=utf-8")
        return try json("Problem")["code"]?.text ?? ""
    }
}

/// Lends the API over a store, and a program.
func withAPI(
    on engine: Engine = .sqlite,
    _ body: @escaping @Sendable (APIFixture, TestProgram) async throws -> Void
) async throws {
    let migrations: [Migration] =
        JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all
        + CatalogueService.migrations + PaymentMigrations.all + DossierMigrations.all + ReportingMigrations.all
    try await withStore(engine, migrations: migrations) { store in
        try await withTemporaryFolder { folder in
            let fixture = try await APIFixture(store, folder: folder)
            try await fixture.application.test(.router) { client in
                try await body(fixture, TestProgram(client: client))
            }
        }
    }
}
