// SPDX-License-Identifier: Apache-2.0

import Catalogue
import DataProtection
import Digests
import Dossiers
import Feedback
import Foundation
import Identity
import Journal
import Kernel
import Logging
import Organisation
import Outbound
import Paper
import Payments
import Reporting
import SignIn
import Storage
import Synchronization
import Trust
import WorkingTime

/// Every service, built once: the composition root. Nothing below it knows where its neighbours come from.
struct House: Sendable {
    let settings: Settings
    let clock: Clock
    let random: RandomSource
    let logger: Logger
    /// Figures for /metrics.
    let figures: HouseFigures
    /// Whether the process has been told to stop.
    let draining: Draining
    /// That this process works on the database, so that no restore begins meanwhile.
    let claim: StoreClaim
    let store: any Store
    let files: FileStore
    let jobs: JobQueue
    let log: TransparencyLog
    let http: HTTPClient
    let organisation: OrganisationService
    let identity: IdentityService
    let signIn: SignInService
    let catalogue: CatalogueService
    /// Guides, questions and news.
    let articles: ArticleShelf
    let payments: PaymentService
    let writer: DossierWriter
    let dossiers: DossierService
    let feedback: FeedbackService
    let reporting: ReportingService
    let levels: LevelService
    let notices: NoticePorts
    let verifier: DocumentVerifier

    /// All migrations of the program, in the order in which they are applied.
    static let migrations: [Migration] =
        JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all + SignInMigrations.all
        + CatalogueService.migrations + PaymentMigrations.all + DossierMigrations.all + FeedbackMigrations.all
        + ReportingMigrations.all + DataProtectionMigrations.all

    /// Opens the store, brings the schema up to date, loads the packs and builds the services.
    ///
    /// - Parameters:
    ///   - settings: the configuration.
    ///   - publicURL: the address under which people reach the portal, known once the port is.
    ///   - logger: for what happens.
    /// - Throws: the errors of each part, readable at the edge.
    init(_ settings: Settings, publicURL: String, logger: Logger) async throws {
        let (clock, random) = (Clock.system, RandomSource.system)
        (self.settings, self.clock, self.random, self.logger) = (settings, clock, random, logger)
        try FileManager.default.createDirectory(atPath: settings.data, withIntermediateDirectories: true)
        (figures, draining) = (HouseFigures(), Draining())
        claim = try await StoreClaim.take(url: settings.database, alone: false)
        store = try await StoreOpening.open(
            url: settings.database,
            limits: StoreLimits(observer: figures.storeObserver)
        )
        try await store.migrate(Self.migrations)
        files = try FileStore(directory: settings.data + "/files", random: random)
        (jobs, log) = (JobQueue(random: random), TransparencyLog(random: random))
        http = HTTPClient(HTTPSettings(authoritiesFile: settings.outside.caFile), clock: clock, random: random)
        let succession = DossierSuccession(log: log, projectors: Self.dossierProjectors)
        organisation = OrganisationService(
            store: store,
            log: log,
            clock: clock,
            random: random,
            projectors: [IdentityService.projector, succession.projector],
            counters: [succession.inFlight, IdentityService.inFlight],
            hasSigningKey: { [folder = settings.outside.signers] in Signers.hasKey($0, in: folder) }
        )
        identity = IdentityService(store: store, log: log, organisation: organisation, clock: clock, random: random)
        signIn = Self.signIn(settings, publicURL, store, log, organisation, http, clock, random)
        catalogue = try Self.catalogue(settings, publicURL, store: store, log: log, clock: clock)
        articles = try ArticleShelf.read(folder: settings.resources + "/articles")
        try await Self.load(catalogue, from: settings.procedures, logger: logger)
        _ = try await organisation.snapshot()
        let writer = Self.writer(log, jobs, catalogue, organisation, settings.clerkIssuing, clock)
        self.writer = writer
        payments = PaymentService(
            store: store,
            log: log,
            jobs: jobs,
            gateway: NationalGatewayV3(settings: settings.outside.payment, send: Self.transport(http)),
            clock: clock,
            random: random,
            projectors: [Self.settlement(by: writer)]
        )
        let roots = try settings.outside.roots()
        verifier = DocumentVerifier(roots: roots, clock: clock)
        dossiers = DossierService(
            store: store,
            writer: writer,
            catalogue: catalogue,
            organisation: organisation,
            identity: identity,
            payments: payments,
            files: files,
            templates: try FormTemplates(folder: settings.resources + "/forms"),
            renderer: try PaperRenderer(
                fonts: FontSettings(configurationFile: settings.resources + "/fonts.conf"),
                colourProfile: Self.colourProfile()
            ),
            signer: Signers(settings.outside, organisation: organisation, http: http, roots: roots, clock: clock).port,
            settings: DossierSettings(
                publicURL: publicURL,
                slipKey: settings.slipKey,
                freshProof: settings.officers.freshProof
            ),
            clock: clock,
            random: random
        )
        feedback = FeedbackService(store: store, log: log, dossiers: dossiers, clock: clock)
        reporting = ReportingService(store: store, log: log, clock: clock)
        levels = Self.levels(catalogue, reporting, clock)
        notices = Self.noticePorts(settings.outside, http: http, clock: clock)
    }

    /// Requests about personal data, and erasing by retention.
    var protection: DataProtectionService {
        DataProtectionService(
            store: store,
            log: log,
            jobs: jobs,
            organisation: organisation,
            identity: identity,
            dossiers: dossiers,
            feedback: feedback,
            files: files,
            clock: clock,
            random: random
        )
    }

    /// The second way of citizens; keeps nothing in memory.
    var phoneSignIn: PhoneSignInService {
        PhoneSignInService(
            store: store,
            identity: identity,
            jobs: jobs,
            secret: settings.slipKey,
            clock: clock,
            random: random
        )
    }

    // MARK: - Parts

    /// Answers about packs and agencies come from memory: they are asked inside transactions.
    /// What a settled obligation does to its dossier.
    private static func settlement(by writer: DossierWriter) -> SettlementProjector {
        { obligation, at, transaction in
            guard let dossier = DossierService.dossier(of: obligation.reference) else { return }
            try writer.settlement(of: dossier, at: at, in: transaction)
        }
    }

    private static func writer(
        _ log: TransparencyLog,
        _ jobs: JobQueue,
        _ catalogue: CatalogueService,
        _ organisation: OrganisationService,
        _ clerkIssuing: ClerkIssuing,
        _ clock: Clock
    ) -> DossierWriter {
        DossierWriter(
            log: log,
            jobs: jobs,
            pack: { try catalogue.pack(version: $0, in: $1) },
            calendar: { organisation.lastSnapshot?.calendar(of: $0) ?? .standard },
            keptCalendar: { organisation.lastSnapshot?.calendar(version: $0) },
            executing: { pack in
                Set(organisation.lastSnapshot?.agencies(offering: pack, on: clock.today).map(\.code) ?? [])
            },
            consultable: { rule, agency in
                organisation.lastSnapshot?.parties(of: rule, asking: agency, on: clock.today) ?? []
            },
            naming: { agency, unit in
                organisation.lastSnapshot?.name(of: agency, unit: unit) ?? agency.text
            },
            unitNamed: { name, agency in
                organisation.lastSnapshot?.units(of: agency).first { $0.name == name }?.id
            },
            administers: { organisation.lastSnapshot?.isAgency($1, atOrBelow: $0) ?? false },
            staffing: { organisation.lastSnapshot?.colleagues(of: $0, on: clock.today) ?? [] },
            clerkIssues: { clerkIssuing.covers($0, in: organisation.lastSnapshot) },
            projectors: dossierProjectors
        )
    }

    /// What services above do with each change of a dossier, in this order.
    private static let dossierProjectors: [DossierProjector] = [ReportingService.projector]

    private static func catalogue(
        _ settings: Settings,
        _ publicURL: String,
        store: any Store,
        log: TransparencyLog,
        clock: Clock
    ) throws -> CatalogueService {
        let files = FileManager.default
        let words = try SearchWords(
            synonyms: Array(files.contents(atPath: settings.resources + "/synonyms.yaml") ?? Data()),
            lifeEvents: Array(files.contents(atPath: settings.resources + "/life-events.yaml") ?? Data())
        )
        return CatalogueService(
            store: store,
            log: log,
            clock: clock,
            checker: PackChecker(repealed: try RepealedProcedures.read(folder: settings.resources)),
            words: words,
            unverified: settings.unverifiedPacks,
            platform: platform(settings, publicURL),
            units: try units(settings)
        )
    }

    private static func units(_ settings: Settings) throws -> AdministrativeUnits {
        guard let path = settings.units else { return .none }
        let table = FileManager.default.contents(atPath: path) ?? Data()
        guard let units = AdministrativeUnits(csv: String(decoding: table, as: UTF8.self)) else {
            throw SettingsError(
                .units,
                description: "\(Setting.units.variable): \(path) không đọc được hoặc không phải bảng đơn vị hành chính."
            )
        }
        return units
    }

    /// Files seed the catalogue; a bad pack is told and never stops the others.
    private static func load(_ catalogue: CatalogueService, from folder: String, logger: Logger) async throws {
        let report = try await catalogue.load(folder: folder)
        for entry in report.entries where !entry.isSound {
            logger.error("Gói thủ tục có lỗi, không dùng được", metadata: ["pack": "\(entry.path)"])
            for finding in entry.findings where finding.isError { logger.error("\(finding)") }
        }
        let waiting = report.count(.waiting)
        if waiting > 0 {
            logger.notice(
                "Gói thủ tục chờ đối chiếu, chưa cung cấp: xác nhận từng nội dung trong phần quản trị thủ tục",
                metadata: ["packs": "\(waiting)"]
            )
        }
    }

    private static func signIn(
        _ settings: Settings,
        _ publicURL: String,
        _ store: any Store,
        _ log: TransparencyLog,
        _ organisation: OrganisationService,
        _ http: HTTPClient,
        _ clock: Clock,
        _ random: RandomSource
    ) -> SignInService {
        let outside = settings.outside
        let provider = OpenIDProvider(
            issuer: outside.oidcIssuer,
            clientID: outside.oidcClient,
            authentication: .secretPost(outside.oidcSecret),
            redirectURI: publicURL + "/dang-nhap/tra-ve"
        )
        var officers = settings.officers
        officers.relyingParty = OfficerPages.relyingParty(of: publicURL, administeredAt: settings.administeredAt)
        return SignInService(
            store: store,
            log: log,
            organisation: organisation,
            provider: provider,
            call: { request throws(OutboundError) in try await http.send(request) },
            hasher: PasswordHasher(random: random),
            settings: SignInSettings(passwords: settings.passwords),
            officers: officers,
            staff: staff(outside),
            clock: clock,
            random: random
        )
    }

    private static func staff(_ outside: OutsideSettings) -> StaffProvider? {
        outside.staff.map { staff in
            StaffProvider(
                provider: OpenIDProvider(
                    issuer: staff.issuer,
                    clientID: staff.client,
                    authentication: .secretPost(staff.secret),
                    redirectURI: ""  // each listener has its own
                ),
                name: staff.name,
                strongClasses: staff.classes
            )
        }
    }

    private static func transport(_ http: HTTPClient) -> PaymentTransport {
        { url, json in
            let headers = [OutboundRequest.Header("Content-Type", "application/json")]
            let request = OutboundRequest(.post, url, headers: headers, body: json, timeoutSeconds: 20)
            return try await http.send(request).accepted().body
        }
    }

    private static func noticePorts(_ outside: OutsideSettings, http: HTTPClient, clock: Clock) -> NoticePorts {
        let mail = MailClient(outside.mail, clock: clock)
        let sms = SMSClient(SMSSettings(url: outside.smsURL, senderName: "MOTCUA"), http: http)
        return NoticePorts(
            mail: { to, subject, body in
                // An address that cannot be one is no fault of the server: nothing is sent, the SMS still goes.
                guard let address = MailAddress(to) else { return }
                try await mail.send(MailMessage(to: [address], subject: subject, text: body))
            },
            sms: { phone, text, reference in _ = try await sms.send(text, to: phone, reference: reference) }
        )
    }

    /// Debian's free sRGB profile, for the output intent; without it the PDF simply claims no colour space.
    private static func colourProfile() -> [UInt8]? {
        FileManager.default.contents(atPath: "/usr/share/color/icc/sRGB.icc").map(Array.init)
    }
}
