// SPDX-License-Identifier: Apache-2.0

import AdminSite
import CitizenSite
import DeskSite
import Foundation
import Hummingbird
import Identity
import Kernel
import LeaderSite
import Logging
import Operations
import Payments
import PublicAPI
import ServiceLifecycle
import SignIn
import Site
import Uploads
import Web

/// The sites over the services, as one server.
struct Portal: Sendable {
    let house: House
    let publicURL: PublicURL

    /// The server, not yet started.
    ///
    /// - Parameter onListening: told the port that was taken.
    /// - Returns: the server as a service.
    /// - Throws: the errors of reading styles and scripts.
    func server(onListening: @escaping @Sendable (_ port: Int) async -> Void) throws -> some Service {
        let settings = try siteSettings(house.settings.admin == nil ? .whole : .portal)
        let outside = house.settings.outside
        let formHosts = [outside.oidcIssuer, outside.payment.createURL, outside.staff?.issuer].compactMap(Self.origin)
        return try buildApplication(
            router: try routes(settings).build(),
            settings: serverSettings(settings, house.settings.host, house.settings.port, formHosts: formHosts),
            logger: house.logger,
            onListening: onListening
        )
    }

    /// The listener of administration; nil unless the configuration names a port for it.
    func adminServer() throws -> (any Service)? {
        guard let admin = house.settings.admin, let address = house.settings.administeredAt else { return nil }
        let settings = try siteSettings(.administration, at: address)
        let logger = house.logger
        let formHosts = [house.settings.outside.staff?.issuer].compactMap(Self.origin)
        return try buildApplication(
            router: administrationRoutes(settings).build(),
            settings: serverSettings(settings, admin.host, admin.port, formHosts: formHosts),
            logger: logger
        ) { port in
            logger.info("admin port listens", metadata: ["port": "\(port)"])
        }
    }

    /// Both listeners have the same limits, proxies, certificate and figures.
    private func serverSettings(
        _ settings: SiteSettings,
        _ host: String,
        _ port: Int,
        formHosts: [PublicURL]
    ) -> ServerSettings {
        ServerSettings(
            host: host,
            port: port,
            publicURL: settings.publicURL,
            formHosts: formHosts,
            trustedProxies: house.settings.trustedProxies,
            transportSecurity: house.settings.transportSecurity,
            errorPage: settings.errorPage,
            clock: house.clock,
            random: house.random,
            onAnswer: house.figures.note
        )
    }

    /// The routes of administration alone, with officers' sign-in and their own accounts, and nothing for citizens.
    private func administrationRoutes(_ settings: SiteSettings) -> SiteRoutes {
        let routes = SiteRoutes(settings: settings, identity: house.identity)
        routes.get(.home, for: .anyone, rule: "-") { _, _ in .seeOther(SiteURL.administration.path) }
        citizenSignIn(settings).registerSessions(on: routes)
        addOfficers(to: routes, settings)
        AdminRoutes.add(to: routes, administration)
        MachineRoutes(house: house).addForOperators(to: routes)
        return routes
    }

    /// The routes of the product, each with its audience and rule; the table is docs/routes.md.
    func routes(_ settings: SiteSettings) throws -> SiteRoutes {
        let routes = SiteRoutes(settings: settings, identity: house.identity)
        addSignIn(to: routes, settings)
        let uploads = UploadCheck()
        let limiter = RateLimiter(burst: 60, perMinute: 60, clock: house.clock)
        CitizenRoutes.add(
            to: routes,
            CitizenServices(
                catalogue: house.catalogue,
                dossiers: house.dossiers,
                payments: house.payments,
                organisation: house.organisation,
                feedback: house.feedback,
                protection: house.protection,
                reporting: house.reporting,
                levels: house.levels,
                files: house.files,
                uploads: uploads,
                verifier: house.verifier,
                limiter: limiter,
                // Fifty files in pieces at once, then two requests a second: more than a phone's line brings.
                uploadLimiter: RateLimiter(burst: 300, perMinute: 120, clock: house.clock),
                random: house.random,
                publicURL: publicURL,
                tellsOfficerNames: house.settings.tellsOfficerNames,
                articles: house.articles
            ),
            identity: house.identity
        )
        DeskRoutes.add(
            to: routes,
            DeskServices(
                catalogue: house.catalogue,
                dossiers: house.dossiers,
                organisation: house.organisation,
                payments: house.payments,
                files: house.files,
                answerFiles: AnswerFileCheck(limitBytes: uploads.limits.fileBytes) { path, name in
                    let file = try await uploads.check(path: path, name: name)
                    return file.type == .pdf ? file.displayName : nil
                },
                random: house.random
            )
        )
        LeaderRoutes.add(
            to: routes,
            LeaderServices(
                dossiers: house.dossiers,
                organisation: house.organisation,
                identity: house.identity,
                reporting: house.reporting,
                signIn: house.signIn,
                random: house.random
            )
        )
        if settings.part.serves(SiteURL.administration.path) { AdminRoutes.add(to: routes, administration) }
        APIRoutes.add(to: routes, apiServices(uploads))
        MachineRoutes(house: house).add(to: routes)
        return routes
    }

    /// The doors of citizens and officers, and what each may do with her own account.
    private func addSignIn(to routes: SiteRoutes, _ settings: SiteSettings) {
        let signIn = citizenSignIn(settings)
        signIn.register(on: routes)
        PhoneSignInHandlers(handlers: signIn, service: house.phoneSignIn, screens: PhonePages.screens)
            .register(on: routes)
        DeviceHandlers(handlers: signIn, screen: PhonePages.devices).register(on: routes)
        HatHandlers(handlers: signIn).register(on: routes)
        addOfficers(to: routes, settings)
    }

    private func citizenSignIn(_ settings: SiteSettings) -> SignInHandlers {
        SignInHandlers(
            settings: settings,
            identity: house.identity,
            doors: SignInDoors(house.signIn),
            screens: SignInPages.screens
        )
    }

    private func addOfficers(to routes: SiteRoutes, _ settings: SiteSettings) {
        OfficerSignInHandlers(
            settings: settings,
            identity: house.identity,
            doors: OfficerDoors(house.signIn),
            screens: OfficerPages.screens(house.signIn),
            staff: StaffDoors(house.signIn, at: settings)
        )
        .register(on: routes)
        OwnAccountHandlers(identity: house.identity, signIn: house.signIn).add(to: routes)
        PasskeyHandlers(signIn: house.signIn).add(to: routes)
    }

    private var administration: AdminServices {
        AdminServices(
            outbox: OutboxService(store: house.store, log: house.log, jobs: house.jobs, clock: house.clock),
            system: SystemService(store: house.store, log: house.log, jobs: house.jobs, identity: house.identity),
            organisation: house.organisation,
            identity: house.identity,
            signIn: house.signIn,
            dossiers: house.dossiers,
            protection: house.protection,
            catalogue: house.catalogue,
            previews: house.packPreviews,
            levels: house.levels,
            random: house.random
        )
    }

    /// A program may ask twenty times a second in the long run; a page of a person never does.
    private func apiServices(_ uploads: UploadCheck) -> APIServices {
        APIServices(
            identity: house.identity,
            catalogue: house.catalogue,
            dossiers: house.dossiers,
            payments: house.payments,
            organisation: house.organisation,
            reporting: house.reporting,
            files: house.files,
            uploads: uploads,
            verifier: house.verifier,
            store: house.store,
            limiter: RateLimiter(burst: 600, perMinute: 1_200, clock: house.clock),
            clock: house.clock,
            publicURL: publicURL
        )
    }

    /// What the site is called and where its files lie.
    func siteSettings(_ part: SitePart = .whole, at address: PublicURL? = nil) throws -> SiteSettings {
        SiteSettings(
            publicURL: address ?? publicURL,
            authorityName: house.authorityName,
            part: part,
            files: try StaticFiles(folders: ["styles", "scripts", "images"], under: house.settings.resources),
            clock: house.clock,
            random: house.random
        )
    }

    /// Scheme, host and port of an address.
    private static func origin(_ address: String?) -> PublicURL? {
        guard let address, let start = address.range(of: "://") else { return nil }
        let host = address[start.upperBound...].prefix { $0 != "/" }
        return PublicURL("\(address[..<start.upperBound])\(host)")
    }
}
