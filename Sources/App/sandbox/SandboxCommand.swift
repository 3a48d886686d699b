// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1
import ArgumentParser
import AsyncHTTPClient
import Foundation
import Hummingbird
import Kernel
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The executable: reads its settings, starts the simulated world, ends with its parent.
@main
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Thế giới bên ngoài của Một Cửa, mô phỏng: định danh, thanh toán, dấu thời gian, thư và tin nhắn.",
        discussion: SandboxSettings.help
    )

    @Option(help: "Port on 127.0.0.1; 0 takes any free one.")
    var port: Int?
    @Option(help: "Seed of delays and shares.")
    var seed: UInt64?
    @Option(help: "Folder for the keys of the simulated authority.")
    var folder: String?
    @Flag(help: "Go on when standard input is closed.")
    var keepRunning = false

    func run() async throws {
        var settings = SandboxSettings(environment: ProcessInfo.processInfo.environment)
        settings.port = port ?? settings.port
        settings.seed = seed ?? settings.seed
        settings.folder = folder ?? settings.folder
        var logger = Logger(label: "sandbox") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        let client = HTTPClient.shared
        let wanted = settings.port
        let world = try SandboxWorld(settings: settings, logger: logger) { url, body in
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
            let answer = try await client.execute(request, timeout: .seconds(10))
            let bytes = try await answer.body.collect(upTo: 64 * 1_024)
            return (Int(answer.status.code), Array(bytes.readableBytesView))
        }
        let mail = try await settings.smtpPort.asyncMap {
            try await SMTPListener(mailbox: world.mailbox, faults: world.faults, logger: logger).start(port: $0)
        }
        let application = Application(
            router: world.router(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: settings.port)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? wanted
                world.isListening(on: port)
                announce(port: port, smtp: mail?.port)
            },
            logger: logger
        )
        var services: [any Service] = [application]
        if let mail { services.append(mail) }
        if !keepRunning { services.append(ParentWatch()) }
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // The parent has ten seconds for everything; open connections of browsers are not waited for.
        configuration.maximumGracefulShutdownDuration = .seconds(2)
        let group = ServiceGroup(configuration: configuration)
        defer { world.background.cancelAll() }
        try await group.run()
    }

    /// The one line of JSON that a parent reads.
    private func announce(port: Int, smtp: Int?) {
        let mail = smtp.map { ",\"smtp\":\($0)" } ?? ""
        FileHandle.standardOutput.write(Data("{\"listening\":\(port)\(mail)}\n".utf8))
    }
}

/// Ends when standard input closes: when the parent is gone, so is the simulation.
struct ParentWatch: Service {
    func run() async throws {
        let (closed, continuation) = AsyncStream<Void>.makeStream()
        let thread = Thread {
            while !FileHandle.standardInput.availableData.isEmpty {}
            continuation.finish()
        }
        thread.start()
        // The stream ends with standard input, or when the group is told to stop.
        await cancelWhenGracefulShutdown { for await _ in closed {} }
    }
}
