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
        let settings = try siteSettings()
        let routes = try routes(settings)
        let outside = house.settings.outside
        let formHosts = [outside.oidcIssuer, outside.payment.createURL].compactMap(Self.origin)
        let server = ServerSettings(
            host: house.settings.host,
            port: house.settings.port,
            publicURL: publicURL,
            formHosts: formHosts,
            trustedProxies: house.settings.trustedProxies,
            transportSecurity: house.settings.transportSecurity,
            errorPage: settings.errorPage,
            clock: house.clock,
            random: house.random,
            onAnswer: house.figures.note
        )
        return try buildApplication(
            router: routes.build(),
            settings: server,
            logger: house.logger,
            onListening: onListening
        )
    }

    /// The listener of figures and readiness; nil unless the configuration names a port for it.
    func adminServer() throws -> (any Service)? {
        guard let (host, port) = house.settings.admin else { return nil }
        let router = makeRouter(PlainContext.self)
        addHealth(to: router)
        let machine = MachineRoutes(house: house)
        router.get("readyz") { _, _ in await machine.readiness() }
        router.get("metrics") { _, _ in try await machine.metrics() }
        let server = ServerSettings(
            host: host,
            port: port,
            publicURL: .loopback(port: port),
            clock: house.clock,
            random: house.random
        )
        let logger = house.logger
        return try buildApplication(router: router, settings: server, logger: logger) { port in
            logger.info("admin port listens", metadata: ["port": "\(port)"])
        }
    }

    /// All routes of the product, each with its audience and rule; the table is docs/routes.md.
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
                files: house.files,
                uploads: uploads,
                verifier: house.verifier,
                limiter: limiter,
                random: house.random,
                publicURL: publicURL,
                tellsOfficerNames: house.settings.tellsOfficerNames
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
        AdminRoutes.add(to: routes, administration)
        APIRoutes.add(to: routes, apiServices(uploads))
        MachineRoutes(house: house).add(to: routes)
        return routes
    }

    /// The doors of citizens and officers, and what each may do with her own account.
    private func addSignIn(to routes: SiteRoutes, _ settings: SiteSettings) {
        let doors = SignInDoors(house.signIn)
        let signIn = SignInHandlers(
            settings: settings,
            identity: house.identity,
            doors: doors,
            screens: SignInPages.screens
        )
        signIn.register(on: routes)
        PhoneSignInHandlers(handlers: signIn, service: house.phoneSignIn, screens: PhonePages.screens)
            .register(on: routes)
        DeviceHandlers(handlers: signIn, screen: PhonePages.devices).register(on: routes)
        HatHandlers(handlers: signIn).register(on: routes)
        OfficerSignInHandlers(
            settings: settings,
            identity: house.identity,
            doors: OfficerDoors(house.signIn),
            screens: OfficerPages.screens(house.signIn)
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
            signIn: house.signIn,
            dossiers: house.dossiers,
            protection: house.protection,
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
    func siteSettings() throws -> SiteSettings {
        SiteSettings(
            publicURL: publicURL,
            authorityName: "Tỉnh An Giang",
            files: try StaticFiles(folders: ["styles", "scripts", "images"], under: house.settings.resources),
            clock: house.clock,
            random: house.random
        )
    }

    /// Scheme, host and port of an address.
    private static func origin(_ address: String) -> PublicURL? {
        guard let start = address.range(of: "://") else { return nil }
        let host = address[start.upperBound...].prefix { $0 != "/" }
        return PublicURL("\(address[..<start.upperBound])\(host)")
    }
}
