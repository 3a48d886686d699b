// SPDX-License-Identifier: Apache-2.0

import Catalogue
import CitizenSite
import DataProtection
import Digests
import Dossiers
import Feedback
import Hummingbird
import HummingbirdTesting
import Identity
import Journal
import Kernel
import Logging
import Organisation
import Paper
import Payments
import Reporting
import Site
import Storage
import Synchronization
import TestSupport
import Testing
import Trust
import Uploads
import Web
import WorkingTime

@testable import DeskSite

/// The statements that a store runs, in their order.
final class StatementRecord: Sendable {
    private let statements = Mutex<[Statement]>([])

    /// Limits of a store that tells this record.
    var limits: StoreLimits {
        let observer = StoreObserver(batch: { _ in }, failure: { _ in }) { statement in
            self.statements.withLock { $0.append(statement) }
        }
        return StoreLimits(connections: 3, observer: observer)
    }

    /// What ran since the last call.
    func take() -> [Statement] {
        statements.withLock { statements in
            defer { statements = [] }
            return statements
        }
    }
}

/// Pages of citizens and officers over a store with the sample province, the packs and sampled dossiers.
struct PagesFixture: Sendable {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    static let migrations: [Migration] =
        JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all + CatalogueService.migrations
        + PaymentMigrations.all + DossierMigrations.all + FeedbackMigrations.all + ReportingMigrations.all
        + DataProtectionMigrations.all
    private static let origin = "https://dichvucong.example.vn"

    let store: any Store
    let clock = TestClock()
    let identity: IdentityService
    let organisation: OrganisationService
    let catalogue: CatalogueService
    let dossiers: DossierService
    let application: Application<EdgeResponder<PlainContext>>
    /// Where the sampled dossiers lie.
    let agency: AgencyCode

    init(_ store: any Store, folder: String, dossiers count: Int) async throws {
        let (clock, log) = (clock.clock, TransparencyLog(random: .seeded(1)))
        self.store = store
        agency = try #require(AgencyCode("H01.30337"))
        try await OrganisationService(store: store, log: log, clock: Self.then, random: .seeded(2))
            .load(SampleProvince(folder: "\(Self.root)/resources/sample"), by: .system("test"))
        let organisation = OrganisationService(store: store, log: log, clock: clock, random: .seeded(3))
        _ = try await organisation.snapshot()
        identity = IdentityService(
            store: store,
            log: log,
            organisation: organisation,
            clock: clock,
            random: .seeded(4)
        )
        _ = try await CatalogueService(store: store, log: log, clock: Self.then, unverified: .offer)
            .load(folder: "\(Self.root)/procedures")
        let catalogue = CatalogueService(store: store, log: log, clock: clock, unverified: .offer)
        try await catalogue.refresh()
        let writer = DossierWriter(
            log: log,
            jobs: JobQueue(random: .seeded(5)),
            pack: { try catalogue.pack(version: $0, in: $1) },
            calendar: { organisation.lastSnapshot?.calendar(of: $0) ?? .standard },
            projectors: [ReportingService.projector]
        )
        try await Self.sample(count, at: agency, until: clock, store, writer, catalogue)
        (self.organisation, self.catalogue) = (organisation, catalogue)
        let files = try FileStore(directory: folder + "/files", random: .seeded(6))
        let payments = PaymentService(
            store: store,
            log: log,
            jobs: JobQueue(random: .seeded(13)),
            gateway: NoGateway(),
            clock: clock,
            random: .seeded(7),
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
            signer: DocumentSigner(require: { _ in }) { _, _, _ in throw CancellationError() },
            settings: DossierSettings(publicURL: Self.origin, slipKey: Array(repeating: 7, count: 32)),
            clock: clock,
            random: .seeded(8)
        )
        let parts = SiteParts(
            identity: identity,
            organisation: organisation,
            catalogue: catalogue,
            dossiers: dossiers,
            payments: payments,
            files: files,
            log: log,
            store: store,
            clock: clock
        )
        application = try Self.application(parts)
    }

    /// The beginning of everything in the store.
    private static let first = LocalDate(daysSinceEpoch: 20_395)  // 3 November 2025
    private static let then = Kernel.Clock { Instant(first, LocalTime(secondOfDay: 0)) }

    private static func sample(
        _ count: Int,
        at agency: AgencyCode,
        until clock: Kernel.Clock,
        _ store: any Store,
        _ writer: DossierWriter,
        _ catalogue: CatalogueService
    ) async throws {
        let offers = catalogue.procedures(on: clock.today).map { procedure in
            DossierSampler.Offer(
                procedure: procedure.code,
                packVersion: procedure.digest.hex,
                agency: agency,
                weight: 1,
                isSlow: false
            )
        }
        _ = try await DossierSampler(store: store, writer: writer).make(
            count,
            seed: 1,
            offers: offers,
            from: first,
            until: clock.now(),
            calendar: .standard,
            figures: CounterLoad()
        ) { _ in }
    }

    private struct SiteParts {
        let identity: IdentityService
        let organisation: OrganisationService
        let catalogue: CatalogueService
        let dossiers: DossierService
        let payments: PaymentService
        let files: FileStore
        let log: TransparencyLog
        let store: any Store
        let clock: Kernel.Clock
    }

    private static func levels(_ parts: SiteParts) -> LevelService {
        LevelService(
            catalogue: parts.catalogue,
            source: { _ in [:] },
            clock: parts.clock
        )
    }

    private static func application(_ parts: SiteParts) throws -> Application<EdgeResponder<PlainContext>> {
        let publicURL = try #require(PublicURL(origin))
        let settings = SiteSettings(
            publicURL: publicURL,
            authorityName: { "Tỉnh An Giang" },
            files: try StaticFiles(["styles/motcua.css": Array("a{}".utf8)]),
            clock: parts.clock,
            random: .seeded(9)
        )
        let routes = SiteRoutes(settings: settings, identity: parts.identity)
        let feedback = FeedbackService(
            store: parts.store,
            log: parts.log,
            dossiers: parts.dossiers,
            clock: parts.clock
        )
        CitizenRoutes.add(
            to: routes,
            CitizenServices(
                catalogue: parts.catalogue,
                dossiers: parts.dossiers,
                payments: parts.payments,
                organisation: parts.organisation,
                feedback: feedback,
                protection: DataProtectionService(
                    store: parts.store,
                    log: parts.log,
                    jobs: JobQueue(random: .seeded(14)),
                    organisation: parts.organisation,
                    identity: parts.identity,
                    dossiers: parts.dossiers,
                    feedback: feedback,
                    files: parts.files,
                    clock: parts.clock,
                    random: .seeded(15)
                ),
                reporting: ReportingService(store: parts.store, log: parts.log, clock: parts.clock),
                levels: levels(parts),
                files: parts.files,
                uploads: UploadCheck(),
                verifier: DocumentVerifier(roots: try TrustRoots(pem: ""), clock: parts.clock),
                limiter: RateLimiter(burst: 200, perMinute: 60, clock: parts.clock),
                uploadLimiter: RateLimiter(burst: 60, perMinute: 60, clock: parts.clock),
                random: .seeded(10),
                publicURL: publicURL,
                tellsOfficerNames: false
            ),
            identity: parts.identity
        )
        DeskRoutes.add(
            to: routes,
            DeskServices(
                catalogue: parts.catalogue,
                dossiers: parts.dossiers,
                organisation: parts.organisation,
                payments: parts.payments,
                files: parts.files,
                answerFiles: AnswerFileCheck(limitBytes: 1_000) { _, _ in nil },
                random: .seeded(11)
            )
        )
        return try buildApplication(
            router: routes.build(),
            settings: ServerSettings(port: 0, publicURL: publicURL, clock: parts.clock, random: .seeded(12)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}

/// A gateway that nobody asks.
struct NoGateway: PaymentGateway {
    let name = "none"
    func create(_ payment: Payment, for obligation: Obligation, returnURL: String) async throws -> String { "" }
    func query(_ payment: Payment) async throws -> GatewayVerdict { .pending }
    func paymentID(in callback: [UInt8]) throws -> PaymentID { throw PaymentError.malformedCallback }
    func verdict(in callback: [UInt8], for payment: Payment) throws -> GatewayVerdict { .pending }
    func reply(isAccepted: Bool) -> [UInt8] { [] }
}
