// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Kernel
public import Logging
import NIOCore

/// An empty router of the house: GET answers HEAD too, and the framework's own errors never reach a person.
public func makeRouter<Context: VisitContext>(_ context: Context.Type = Context.self) -> Router<Context> {
    let router = Router(context: context, options: .autoGenerateHeadEndpoints)
    router.add(middleware: HouseErrors<Context>())
    return router
}

/// The server around a finished router. It is a service: a graceful shutdown stops accepting, lets the requests at
/// work finish, and closes idle connections.
///
/// - Parameters:
///   - router: Made by `makeRouter`; all routes are registered.
///   - settings: What the configuration says.
///   - logger: Gets the access lines and the causes of failures.
///   - onListening: Told the port that was taken, once the server listens.
/// - Returns: The server, not yet started.
/// - Throws: nothing in practice: a certificate that cannot be used was refused when its settings were read.
public func buildApplication<Context: VisitContext>(
    router: Router<Context>,
    settings: ServerSettings,
    logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) throws -> Application<EdgeResponder<Context>>
where Context: InitializableFromSource<ApplicationRequestContextSource> {
    let limits = settings.limits
    let responder = EdgeResponder(
        inner: router.buildResponder(),
        edge: Edge(
            headers: SecurityHeaders(publicURL: settings.publicURL, formHosts: settings.formHosts),
            errorPage: settings.errorPage,
            logger: logger
        ),
        settings: settings,
        routes: router.routes.map { KnownRoute(path: $0.path, method: $0.method.rawValue) },
        gate: Gate(limit: limits.requestsAtOnce)
    )
    // The parser itself gives up at twice our limit, so that what lies between still gets our words.
    let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
        maxHeaderFieldSize: limits.headerBytes * 2,
        maxHeaderListSize: limits.headerBytes * 2,
        maxHeaderFieldCount: 100
    )
    let channel = HTTP1Channel.Configuration(
        idleTimeout: .seconds(Int64(limits.idleSeconds)),
        httpDecoderConfiguration: decoder
    )
    let plain = HTTPServerBuilder { LoopChannel(http: HTTP1Channel(responder: $0, configuration: channel)) }
    return Application(
        responder: responder,
        server: try settings.transportSecurity.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain,
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port),
            availableConnectionsDelegate: .maximum(limits.connections, logger: logger)
        ),
        onServerRunning: { channel in await onListening(channel.localAddress?.port ?? settings.port) },
        logger: logger
    )
}

/// Adds `/healthz`: the process lives and answers. Whether it can work is for `/readyz` of the site to say.
public func addHealth<Context: VisitContext>(to router: Router<Context>) {
    router.get("healthz") { _, _ in Response.text("ok\n") }
}

/// Reading the parts of a path that a pattern leaves open.
public enum PathText {
    /// The part, decoded: `{ma}` in the pattern is the name `ma`.
    ///
    /// - Throws: `notFound` when it is absent, no text, or longer than 200 bytes: no address of ours is.
    public static func read(_ parameters: Parameters, _ name: String) throws(RequestError) -> String {
        guard let raw = parameters.get(name), raw.utf8.count <= 200 else { throw .notFound }
        // A plus sign is itself in a path, unlike in a query.
        let bytes = raw.utf8.flatMap { $0 == UInt8(ascii: "+") ? Array("%2B".utf8) : [$0] }
        do {
            return try FormFields.text(FormFields.percentDecoded(bytes))
        } catch {
            throw .notFound
        }
    }
}

extension RequestContext {
    /// A part of the path by its name in the pattern, decoded.
    ///
    /// - Throws: `notFound`, as `PathText.read`.
    public func pathText(_ name: String) throws(RequestError) -> String { try PathText.read(parameters, name) }
}
