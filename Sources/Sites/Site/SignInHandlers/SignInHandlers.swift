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
/// | `GET`, `POST /dang-nhap/can-bo` | anyone | new session, 303 to the work |
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
        routes.get(.officerSignIn, for: .anyone, rule: "-") { [self] _, context in
            if case .officer? = context.person {
                return .seeOther(target(context.query.fields["ve"], context.person).path)
            }
            return officerPage(context, returnTo: context.query.fields["ve"], name: "", failure: nil)
        }
        routes.post(.officerSignIn, for: .anyone, rule: "-") { [self] form, _, context in
            try await officer(form, context)
        }
        routes.post(.signOut, for: .signedIn, rule: "own session") { [self] _, _, context in
            try await identity.signOut(context.actor)
            return ended(.seeOther(SiteURL.home.path))
        }
        routes.post(.sessionExtension, for: .signedIn, rule: "own session") { form, request, _ in
            // The session was used by being looked up; there is nothing else to do.
            let accept = request.headers[values: .accept].joined(separator: ",")
            guard accept.contains("text/html") else { return Response(status: .noContent) }
            return .seeOther(ReturnPath(form["ve"])?.path ?? SiteURL.home.path)
        }
    }

    // MARK: - Officers

    private func officer(_ form: FormFields, _ context: PublicContext) async throws -> Response {
        let name = form.trimmed("ten") ?? ""
        do {
            try limiter.take("officer:\(context.visit.client?.limitKey ?? "-")")
            guard !name.isEmpty, let password = form["mat-khau"], !password.isEmpty else {
                return officerPage(context, returnTo: form["ve"], name: name, failure: .incomplete)
            }
            let officer = try await doors.officer(name, password, context.visit.client?.limitKey ?? "-")
            let session = try await identity.signIn(officer: officer)
            return try await begun(session, after: context, goingTo: target(form["ve"], of: officer))
        } catch let error as SignInError {
            return officerPage(context, returnTo: form["ve"], name: name, failure: told(error, context))
        }
    }

    private func officerPage(
        _ context: PublicContext,
        returnTo: String?,
        name: String,
        failure: SignInFailure?
    ) -> Response {
        let facts = SignInScreens.OfficerFacts(
            returnTo: officerTarget(returnTo).path,
            action: SiteURL.officerSignIn.path,
            name: String(name.prefix(100)),
            failure: failure
        )
        let frame = context.frame(pageCode: "D-04", audience: .officer, offersSignIn: false)
        return .page(screens.officer(facts, frame), status: failure == nil ? .ok : .unprocessableContent)
    }

    // MARK: - Sessions

    /// A new secret with every sign-in; what the browser held before is ended and forgotten.
    func begun(
        _ session: SecretToken,
        after context: PublicContext,
        goingTo target: ReturnPath
    ) async throws -> Response {
        if let before = context.person { try await identity.signOut(before.actor) }
        var response = Response.seeOther(target.path)
        let cookies = settings.cookies
        response.setCookie(cookies.header(Visitors.sessionCookie, value: session.text))
        response.setCookie(cookies.header(FormToken.cookie, value: "", maxAgeSeconds: 0))
        response.setCookie(cookies.header(Self.browserCookie, value: "", maxAgeSeconds: 0))
        return response
    }

    func ended(_ response: Response) -> Response {
        var response = response
        response.setCookie(settings.cookies.header(Visitors.sessionCookie, value: "", maxAgeSeconds: 0))
        return response
    }

    func target(_ text: String?, _ person: SignedIn?) -> ReturnPath {
        if case .officer(let officer, _)? = person { return target(text, of: officer) }
        return ReturnPath(text) ?? ReturnPath(SiteURL.account.path) ?? .home
    }

    /// Who administers and nothing else begins at the state of the system, not at an empty work list.
    private func target(_ text: String?, of officer: Officer) -> ReturnPath {
        let asked = officerTarget(text)
        guard SiteNavigation.watches(officer.roles), asked.path == SiteURL.workList.path else { return asked }
        return ReturnPath(SiteNavigation.home(of: officer.roles).path) ?? asked
    }

    private func officerTarget(_ text: String?) -> ReturnPath {
        ReturnPath(text) ?? ReturnPath(SiteURL.workList.path) ?? .home
    }
}
