// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Journal
import Kernel
import ServiceLifecycle
import Storage
import UnixSignals
import Web

/// `motcua serve`: the portal with its background work, until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Chạy cổng dịch vụ.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.run {
            let settings = try Settings(try await options.reader())
            try await Serving(settings).run { port in Out.line(#"{"listening":\#(port)}"#) }
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
        self.settings = settings
        publicURL = settings.publicURL ?? .loopback(port: settings.port)
    }

    /// The address under which people reach the portal.
    var address: String { publicURL.description }

    /// Opens the house, listens, and returns after a graceful stop.
    func run(prepare: (House) async throws -> Void = { _ in }, onListening: @escaping @Sendable (Int) -> Void)
        async throws
    {
        let logger = Log.logger(settings.logLevel)
        let house = try await House(settings, publicURL: publicURL.description, logger: logger)
        try await prepare(house)
        let keeper = CheckpointKeeper(
            signer: try NoteSigner(name: settings.logOrigin, secret: settings.logKey),
            origin: settings.logOrigin,
            headFile: settings.data + "/checkpoint"
        )
        let server = try Portal(house: house, publicURL: publicURL).server { onListening($0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: server), .init(service: Workers(house: house, keeper: keeper))],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
        await house.store.close()
    }
}
