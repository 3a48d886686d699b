// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Kernel
import Logging
import Synchronization

/// All simulated systems, composed; a server or a test puts the router to use.
final class SandboxWorld: Sendable {
    let settings: SandboxSettings
    let faults: FaultBoard
    let mailbox: Mailbox
    let payments: PaymentSimulator
    let identity: IdentityProvider
    let staffIdentity: IdentityProvider
    let background = BackgroundWork()
    private let authority: CertificateAuthority
    private let notifier: PaymentNotifier
    private let clock: Clock
    private let random: RandomSource
    private let base: AddressBox

    /// Where the sandbox is reached; known once the port is known.
    final class AddressBox: Sendable {
        private let text: Mutex<String>
        init(_ text: String) { self.text = Mutex(text) }
        var value: String { text.withLock { $0 } }
        func set(_ value: String) { text.withLock { $0 = value } }
    }

    /// Builds every simulated system once.
    ///
    /// - Throws: when the folder of the certificate authority cannot be written or read.
    init(
        settings: SandboxSettings,
        clock: Clock = .system,
        random: RandomSource = .system,
        logger: Logger,
        send: @escaping PaymentNotifier.Transport
    ) throws {
        let base = AddressBox(settings.publicURL ?? "http://127.0.0.1:\(settings.port)")
        (self.settings, self.clock, self.random, self.base) = (settings, clock, random, base)
        let board = FaultBoard(seed: settings.seed, clock: clock, logger: logger)
        faults = board
        mailbox = Mailbox(clock: clock)
        payments = PaymentSimulator(settings: settings, faults: faults, clock: clock, random: random)
        func provider(_ id: String, _ secret: String, at root: String) -> IdentityProvider {
            IdentityProvider(
                client: (id, secret),
                redirects: settings.oidcRedirects,
                faults: board,
                clock: clock,
                random: random,
                issuer: { base.value + root }
            )
        }
        identity = provider(settings.oidcClient, settings.oidcSecret, at: "/dinh-danh")
        staffIdentity = provider(settings.staffClient, settings.staffSecret, at: "/dinh-danh-can-bo")
        authority = try CertificateAuthority(folder: settings.folder, clock: clock, random: random)
        notifier = PaymentNotifier(
            simulator: payments,
            faults: faults,
            clock: clock,
            logger: logger,
            send: send,
            background: background
        )
    }

    /// Told by the server which port was taken.
    func isListening(on port: Int) {
        if settings.publicURL == nil { base.set("http://127.0.0.1:\(port)") }
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: FaultMiddleware(faults: faults))
        let base = base
        ControlRoutes(faults: faults, settings: settings) { base.value }.add(to: router)
        IdentityRoutes(provider: identity).add(to: router)
        IdentityRoutes(provider: staffIdentity, root: "dinh-danh-can-bo", accounts: SampleStaff.all).add(to: router)
        PaymentRoutes(simulator: payments, notifier: notifier) { base.value }.add(to: router)
        AuthorityRoutes(authority: authority, faults: faults, clock: clock, random: random).add(to: router)
        MailboxRoutes(mailbox: mailbox, faults: faults).add(to: router)
        return router
    }
}
