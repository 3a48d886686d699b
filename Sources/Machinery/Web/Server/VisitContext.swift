// SPDX-License-Identifier: Apache-2.0

public import Hummingbird
import Kernel
import NIOCore

/// What every request has: who asks, under which number it is found in the log.
public struct Visit: Sendable {
    /// Ten letters that a person can read out to the hotline; also in the log line and in the answer's headers.
    public var requestID: String
    /// Who opened the connection; nil without a socket.
    public var peer: ClientAddress?
    /// Who asks, seen through our own proxies.
    public var client: ClientAddress?

    /// Facts for a request that has just arrived.
    public init(peer: ClientAddress?) {
        (requestID, self.peer, client) = ("", peer, peer)
    }

    /// Facts taken from the connection.
    public init(source: ApplicationRequestContextSource) {
        self.init(peer: (source.channel.remoteAddress?.ipAddress).flatMap { ClientAddress($0) })
    }

    /// Whether somebody on this very machine asks, and no proxy on it for somebody else.
    public func isFromThisMachine(_ request: Request) -> Bool {
        guard let peer, request.headers[values: .forwardedFor].isEmpty else { return false }
        return peer.isLoopback
    }

    /// A fresh number: 50 random bits, enough that two of one year hardly ever agree.
    static func newRequestID(_ random: RandomSource) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        return String(decoding: random.bytes(10).map { letters[Int($0 & 31)] }, as: UTF8.self)
    }
}

/// A request's context that carries the facts of the visit. Sites add sessions and persons in contexts of their own.
public protocol VisitContext: RequestContext {
    /// The facts of this request.
    var visit: Visit { get set }
}

/// The context of a server that knows no user: the sandbox, the gallery, tests.
public struct PlainContext: VisitContext {
    public var coreContext: CoreRequestContextStorage
    public var visit: Visit

    init(coreContext: CoreRequestContextStorage, visit: Visit) {
        (self.coreContext, self.visit) = (coreContext, visit)
    }

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        visit = Visit(source: source)
    }
}
