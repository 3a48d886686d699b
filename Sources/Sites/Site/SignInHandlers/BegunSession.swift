// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import Hummingbird
import Identity
import Organisation
import Web

extension PublicContext {
    /// A new secret with every sign-in; what the browser held before is ended and forgotten.
    func begun(_ session: SecretToken, _ identity: IdentityService, answering response: Response) async throws
        -> Response
    {
        if let before = person { try await identity.signOut(before.actor) }
        var response = response
        let cookies = settings.cookies
        response.setCookie(cookies.header(Visitors.sessionCookie, value: session.text))
        let begun = [SignInHandlers.browserCookie, OfficerSignInHandlers.stepCookie, OfficerSignInHandlers.staffCookie]
        for name in [FormToken.cookie] + begun {
            response.setCookie(cookies.header(name, value: "", maxAgeSeconds: 0))
        }
        return response
    }
}

/// Where one goes on after signing in.
enum OfficerTarget {
    static func of(_ text: String?, for person: SignedIn, in part: SitePart) -> ReturnPath {
        if case .officer(let officer, _) = person { return of(text, officer, in: part) }
        return ReturnPath(text) ?? ReturnPath(SiteURL.account.path) ?? .home
    }

    /// Who administers and nothing else begins at the state of the system, not at an empty work list.
    static func of(_ text: String?, _ officer: Officer, in part: SitePart) -> ReturnPath {
        let asked = of(text, in: part)
        guard asked.path == part.officersHome.path else { return asked }
        return ReturnPath(SiteNavigation.home(of: officer.roles, in: part).path) ?? asked
    }

    static func of(_ text: String?, in part: SitePart) -> ReturnPath {
        if let asked = ReturnPath(text), part.serves(asked.path) { return asked }
        return ReturnPath(part.officersHome.path) ?? .home
    }
}
