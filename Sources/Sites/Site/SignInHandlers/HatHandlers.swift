// SPDX-License-Identifier: Apache-2.0

import Digests
import Hummingbird
import Identity
import Kernel
import Web

/// The switch in the head of each page: `POST /tai-khoan/vai` with `vai`, empty for oneself.
public struct HatHandlers: Sendable {
    private let handlers: SignInHandlers

    /// - Parameter handlers: Know sessions and cookies.
    public init(handlers: SignInHandlers) { self.handlers = handlers }

    /// Registers it.
    public func register(on routes: SiteRoutes) {
        routes.post(.hat, for: .citizen, rule: "own authority, valid today") { [self] form, _, context in
            let asked = form["vai"] ?? ""
            let representation = RepresentationID(rawValue: asked)
            guard asked.isEmpty || representation != nil else { throw RepresentationError.unknown }
            // Who chooses what she has chosen keeps her session and the forms of her other windows.
            if representation == context.actor.hat?.representation, !context.actor.hasLapsedHat {
                return .seeOther(SiteURL.account.path)
            }
            let secret = try await handlers.identity.wear(representation, by: context.actor)
            // What stood on the page was another's: one begins again at the list.
            var response = Response.seeOther(SiteURL.account.path([("bao", "doi-vai")]))
            response.setCookie(handlers.settings.cookies.header(Visitors.sessionCookie, value: secret.text))
            return response
        }
    }
}
