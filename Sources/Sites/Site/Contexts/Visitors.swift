// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Web

/// Finds out who a request comes from and what the browser has chosen.
struct Visitors: Sendable {
    static let sessionCookie = "phien"
    static let sizeCookie = "size"
    static let themeCookie = "theme"
    static let keysCookie = "keys"

    let settings: SiteSettings
    let identity: IdentityService
    let pendingForms: PendingForms
    private let jar: CookieJar

    init(settings: SiteSettings, identity: IdentityService) {
        (self.settings, self.identity, jar) = (settings, identity, settings.cookies)
        pendingForms = PendingForms(clock: settings.clock, random: settings.random)
    }

    /// The context of a person's request.
    func context(_ request: Request, _ outer: PlainContext) async throws -> PublicContext {
        let cookies = jar.cookies(in: request)
        let secret = cookies.value(Self.sessionCookie).flatMap { SecretToken($0) }
        var person: SignedIn?
        let use: SessionUse = request.method == .get || request.method == .head ? .reading : .changing
        if let secret { person = try await identity.person(behind: secret, for: use, at: settings.part.door) }
        return try context(request, outer, cookies, person: person, session: person == nil ? nil : secret)
    }

    /// The context of a machine's request: cookies are not looked at.
    func machineContext(_ request: Request, _ outer: PlainContext) throws -> PublicContext {
        try context(request, outer, jar.cookies(in: request), person: nil, session: nil)
    }

    private func context(
        _ request: Request,
        _ outer: PlainContext,
        _ cookies: SentCookies,
        person: SignedIn?,
        session: SecretToken?
    ) throws -> PublicContext {
        let stranger = cookies.value(FormToken.cookie).flatMap { SecretToken($0) }
        return PublicContext(
            visit: outer.visit,
            parameters: outer.parameters,
            logger: outer.logger,
            person: person,
            settings: settings,
            display: DisplaySettings(
                textSize: cookies.value(Self.sizeCookie).flatMap { TextSize(rawValue: $0) } ?? .medium,
                theme: cookies.value(Self.themeCookie).flatMap { Theme(rawValue: $0) } ?? .automatic
            ),
            keysAreOn: cookies.value(Self.keysCookie) == "1",
            path: request.head.path ?? "/",
            query: try request.queryFields(),
            userAgent: request.headers[.userAgent],
            token: FormToken(session: session, stranger: stranger, random: settings.random),
            pendingForms: pendingForms,
            pendingSecret: cookies.value(PendingForms.cookie).flatMap { SecretToken($0) }
        )
    }

    /// What the answer must add: the stranger's new secret.
    func finish(_ response: Response, _ context: PublicContext) -> Response {
        guard let secret = context.token.newSecret else { return response }
        var response = response
        response.setCookie(jar.header(FormToken.cookie, value: secret))
        return response
    }
}
