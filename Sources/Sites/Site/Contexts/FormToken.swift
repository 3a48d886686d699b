// SPDX-License-Identifier: Apache-2.0

import Digests
import Hummingbird
import Kernel
import Synchronization
import Web

/// The token that every form gives back, bound to a secret of the browser: the session's, or for a stranger a secret
/// of its own that lives as long as the browser.
final class FormToken: Sendable {
    static let cookie = "khach"
    static let fieldName = "_csrf"

    private struct State {
        var secret: String?
        var isNew = false
    }

    private let state: Mutex<State>
    private let random: RandomSource

    /// Bound to the secret of the session, or else to the stranger's secret that the browser sent.
    init(session: SecretToken?, stranger: SecretToken?, random: RandomSource) {
        state = Mutex(State(secret: (session ?? stranger)?.text))
        self.random = random
    }

    /// The token; a stranger who has no secret yet gets one with the answer.
    var value: String {
        state.withLock { state in
            if let secret = state.secret { return Self.token(of: secret) }
            let secret = SecretToken(.bits256, from: random).text
            (state.secret, state.isNew) = (secret, true)
            return Self.token(of: secret)
        }
    }

    /// The stranger's new secret, when a page with a form was drawn.
    var newSecret: String? { state.withLock { $0.isNew ? $0.secret : nil } }

    /// Whether a form came from a page that this browser was given.
    func accepts(_ given: String?) -> Bool {
        guard let given, let secret = state.withLock({ $0.isNew ? nil : $0.secret }) else { return false }
        return constantTimeEquals(Array(given.utf8), Array(Self.token(of: secret).utf8))
    }

    private static func token(of secret: String) -> String {
        HMACSHA256.code(key: Array(secret.utf8), message: Array("form".utf8)).bytes.base64URL
    }
}

/// Where a request that changes something may come from: a page of ours, never another site.
struct OriginCheck: Sendable {
    private let accepted: Set<String>

    init(_ publicURL: PublicURL) {
        var origins: Set<String> = [publicURL.description]
        if publicURL.isLoopback {
            // On this machine the same server is reached by several names.
            let port = publicURL.port.map { ":\($0)" } ?? ""
            for host in ["localhost", "127.0.0.1", "[::1]"] { origins.insert("\(publicURL.scheme)://\(host)\(port)") }
        }
        accepted = origins
    }

    /// - Throws: `forgedForm` when the browser names another origin, or says that another site asked.
    func check(_ request: Request) throws(RequestError) {
        let origins = request.headers[values: .origin]
        guard origins.count <= 1 else { throw .forgedForm }
        if let origin = origins.first {
            guard accepted.contains(origin.lowercased()) else { throw .forgedForm }
        }
        if let site = request.headers[.secFetchSite] {
            guard site == "same-origin" || site == "none" else { throw .forgedForm }
        }
    }
}
