// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Journal
import Kernel
import Logging
import ServiceLifecycle
import Storage
import UnixSignals
import Web

/// `motcua serve`: the portal with its background work, until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Chạy cổng dịch vụ.")

    @OptionGroup var options: HouseOptions

    @Flag(help: "Không làm việc nền; việc nền do motcua worker làm (MOTCUA_WORKER=no).")
    var withoutWorker = false

    func run() async throws {
        try await CommandFailure.run {
            var settings = try Settings(try await options.reader())
            if withoutWorker { settings.doesWork = false }
            try await Serving(settings).run { port in Out.line(#"{"listening":\#(port)}"#) }
        }
    }
}

/// `motcua worker`: background work alone, until SIGTERM or SIGINT; as many as one likes on one database.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Chạy việc nền: gửi thông báo, niêm phong nhật ký, đối soát, dọn dẹp."
    )

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.run {
            try await Serving.work(try Settings(try await options.reader()))
        }
    }
}

/// Runs the portal and its workers.
struct Serving: Sendable {
    private var settings: Settings
    private let publicURL: PublicURL

    /// - Throws: `SettingsError` when the port is taken.
    init(_ settings: Settings) throws {
        var settings = settings
        settings.port = try FreePort.check(settings.port, on: settings.host, variable: "MOTCUA_PORT")
        if let admin = settings.admin {
            settings.admin?.port = try FreePort.check(admin.port, on: admin.host, variable: "MOTCUA_ADMIN_PORT")
        }
        self.settings = settings
        publicURL = settings.reachedAt
    }

    /// The address under which people reach the portal.
    var address: String { publicURL.description }

    /// Opens the house, listens, and returns after a graceful stop.
    func run(prepare: (House) async throws -> Void = { _ in }, onListening: @escaping @Sendable (Int) -> Void)
        async throws
    {
        let (logger, lines) = Log.serving(settings.logLevel)
        defer { lines.flush() }
        let house = try await House(settings, publicURL: publicURL.description, logger: logger)
        try await prepare(house)
        let portal = Portal(house: house, publicURL: publicURL)
        var services: [any Service] = [try portal.server { onListening($0) }]
        if let admin = try portal.adminServer() { services.append(admin) }
        if settings.doesWork { services.append(try Self.workers(of: house)) }
        try await Self.run(services, in: house, drainSeconds: settings.drainSeconds)
    }

    /// Opens the house and works, without a listener, until told to stop.
    static func work(_ settings: Settings) async throws {
        let (logger, lines) = Log.serving(settings.logLevel)
        defer { lines.flush() }
        let house = try await House(settings, publicURL: settings.reachedAt.description, logger: logger)
        house.logger.info("worker begins")
        try await run([try workers(of: house)], in: house, drainSeconds: 0)
    }

    /// A stop goes through the services from the last to the first, each when the one after it has ended: first the
    /// vigil says that we stop, then work in hand is finished, then the listeners finish their requests.
    private static func run(_ services: [any Service], in house: House, drainSeconds: Int) async throws {
        var configuration = ServiceGroupConfiguration(
            services: (services + [Vigil(house: house, drainSeconds: drainSeconds)]).map { .init(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: house.logger
        )
        // The longest job waits 20 s for a peer, the longest handler has 30 s; what is not done then is cancelled.
        configuration.maximumGracefulShutdownDuration = .seconds(60 + drainSeconds)
        try await ServiceGroup(configuration: configuration).run()
        await house.store.close()
    }

    private static func workers(of house: House) throws -> Workers {
        let settings = house.settings
        let keeper = CheckpointKeeper(
            signer: try NoteSigner(name: settings.logOrigin, secret: settings.logKey),
            origin: settings.logOrigin,
            headFile: settings.data + "/checkpoint"
        )
        return Workers(house: house, keeper: keeper)
    }
}
