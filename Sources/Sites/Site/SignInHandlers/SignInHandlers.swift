// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import Hummingbird
public import Identity
import Kernel
import Logging
import Markup
import Organisation
import SignIn
import Web

/// Signing in and out.
///
/// | route | who | then |
/// |---|---|---|
/// | `GET /dang-nhap` | anyone | the page, with the task that waits |
/// | `POST /dang-nhap/vneid` | anyone | 303 to the identity service |
/// | `GET /dang-nhap/tra-ve` | anyone, with the secret of this browser | new session, 303 to the task |
/// | `GET /dang-nhap/nang-muc` | anyone | how to reach the level that the task needs |
/// | `POST /dang-xuat` | signed in | session ended |
/// | `POST /phien/gia-han` | signed in | session used |
public struct SignInHandlers: Sendable {
    static let browserCookie = "vneid"
    /// The identity service is given ten minutes (ASVS 6.5.5).
    static let browserSecretSeconds = 600

    let settings: SiteSettings
    let identity: IdentityService
    let doors: SignInDoors
    let screens: SignInScreens
    let limiter: RateLimiter

    /// - Parameters:
    ///   - settings: Of the site.
    ///   - identity: Begins and ends sessions.
    ///   - doors: Whoever proves identities.
    ///   - screens: The two pages.
    public init(settings: SiteSettings, identity: IdentityService, doors: SignInDoors, screens: SignInScreens) {
        (self.settings, self.identity, self.doors, self.screens) = (settings, identity, doors, screens)
        // A family or an office behind one address signs in a few times a minute, a guesser hundreds of times.
        limiter = RateLimiter(burst: 20, perMinute: 20, clock: settings.clock)
    }

    /// Registers all of them.
    public func register(on routes: SiteRoutes) {
        registerCitizens(on: routes)
        registerSessions(on: routes)
    }

    /// Registers what ends and extends sessions, and no way to begin one.
    public func registerSessions(on routes: SiteRoutes) {
        routes.post(.signOut, for: .signedIn, rule: "own session") { [self] _, _, context in
            try await identity.signOut(context.actor)
            return ended(.seeOther(settings.part.home.path))
        }
        routes.post(.sessionExtension, for: .signedIn, rule: "own session") { form, request, _ in
            // The session was used by being looked up; there is nothing else to do.
            let accept = request.headers[values: .accept].joined(separator: ",")
            guard accept.contains("text/html") else { return Response(status: .noContent) }
            return .seeOther(ReturnPath(form["ve"])?.path ?? settings.part.home.path)
        }
    }

    // MARK: - Sessions

    func ended(_ response: Response) -> Response {
        var response = response
        response.setCookie(settings.cookies.header(Visitors.sessionCookie, value: "", maxAgeSeconds: 0))
        return response
    }
}
