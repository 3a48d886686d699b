// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import NIOCore
import Synchronization
import Testing

@testable import Web

/// A clock that moves only when told.
final class HandClock: Sendable {
    private let moment = Mutex(Instant(microseconds: 1_600_000_000_000_000))

    var clock: Kernel.Clock { Kernel.Clock { self.moment.withLock { $0 } } }

    func advance(seconds: Int64) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// Keeps log lines.
final class LineSink: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    func logger() -> Logger {
        Logger(label: "test") { label in
            JSONLogHandler(label: label, level: .info, clock: HandClock().clock) { line, _ in
                self.kept.withLock { $0.append(line) }
            }
        }
    }
}

func testSettings(
    publicURL: String = "https://dichvucong.example.vn",
    proxies: [String] = [],
    limits: ServerLimits = ServerLimits()
) throws -> ServerSettings {
    let address = try #require(PublicURL(publicURL))
    let gateway = try #require(PublicURL("https://pay.example.vn"))
    return ServerSettings(
        port: 0,
        publicURL: address,
        formHosts: [gateway],
        trustedProxies: TrustedProxies(proxies.compactMap { ClientNetwork($0) }),
        limits: limits,
        clock: HandClock().clock,
        random: .system
    )
}

func testApplication(
    settings: ServerSettings? = nil,
    sink: LineSink = LineSink(),
    onListening: @escaping @Sendable (Int) async -> Void = { _ in },
    routes: (Router<PlainContext>) -> Void
) throws -> Application<EdgeResponder<PlainContext>> {
    let router = makeRouter(PlainContext.self)
    addHealth(to: router)
    routes(router)
    return try buildApplication(
        router: router,
        settings: try settings ?? testSettings(),
        logger: sink.logger(),
        onListening: onListening
    )
}

extension HTTPField.Name {
    static let referrerPolicyForTest = HTTPField.Name("Referrer-Policy") ?? .referer
    static let requestIDForTest = HTTPField.Name("X-Request-ID") ?? .referer
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
