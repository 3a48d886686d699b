// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Logging
import Markup
import SignIn
import Web

extension SignInHandlers {
    /// The ways of citizens through the identity service.
    func registerCitizens(on routes: SiteRoutes) {
        routes.get(.signIn, for: .anyone, rule: "-") { [self] _, context in
            if let person = context.person {
                return .seeOther(OfficerTarget.of(context.query.fields["ve"], for: person, in: settings.part).path)
            }
            return citizenPage(context, returnTo: context.query.fields["ve"], failure: nil)
        }
        routes.get(.levelNeeded, for: .anyone, rule: "-") { [self] _, context in
            citizenPage(context, returnTo: context.query.fields["ve"], failure: .levelTooLow, status: .forbidden)
        }
        routes.post(.signInStart, for: .anyone, rule: "-") { [self] form, _, context in
            try await start(form, context)
        }
        routes.get(.signInReturn, for: .anyone, rule: "state and secret of this browser") { [self] request, context in
            try await finish(request, context)
        }
    }

    private func start(_ form: FormFields, _ context: PublicContext) async throws -> Response {
        let returnTo = ReturnPath(form["ve"])?.path ?? SiteURL.account.path
        do {
            try limiter.take("start:\(context.visit.client?.limitKey ?? "-")")
            let begun = try await doors.begin(returnTo)
            return settings.leaving(for: begun, knownBy: Self.browserCookie)
        } catch let error as SignInError {
            return failed(error, context, returnTo: returnTo)
        }
    }

    private func finish(_ request: Request, _ context: PublicContext) async throws -> Response {
        let query = context.query.fields
        guard let state = query["state"], let secret = settings.cookies.value(Self.browserCookie, in: request) else {
            // The page opened again after it had done its work.
            if case .citizen? = context.person { return .seeOther(SiteURL.account.path) }
            return citizenPage(context, returnTo: nil, failure: .otherBrowser, status: .unprocessableContent)
        }
        let answer = SignInDoors.Answer(
            state: state,
            code: query["code"],
            error: query["error"],
            issuer: query["iss"],
            browserSecret: secret
        )
        do {
            let finished = try await doors.finish(answer)
            let session = try await identity.signIn(citizen: finished.identity, device: context.deviceWords)
            let target = ReturnPath(finished.returnTo) ?? .home
            return try await context.begun(session, identity, answering: .seeOther(target.path))
        } catch let error as SignInError {
            // The task is not lost with the sign-in: its button leads back to it.
            return failed(error, context, returnTo: try await doors.task(answer))
        } catch let error as IdentityError {
            context.logger.warning("sign-in failed", metadata: ["code": "\(error.code)"])
            let task = try await doors.task(answer)
            return citizenPage(context, returnTo: task, failure: .conflict, status: .conflict)
        }
    }

    private func failed(_ error: SignInError, _ context: PublicContext, returnTo: String?) -> Response {
        let status = HTTPResponse.Status(code: error.status)
        return citizenPage(context, returnTo: returnTo, failure: told(error, context), status: status)
    }

    /// The failure as the page tells it; what an operator should see goes to the log, by its code alone.
    func told(_ error: SignInError, _ context: PublicContext) -> SignInFailure {
        if error.severity != .notice { context.logger.warning("sign-in failed", metadata: ["code": "\(error.code)"]) }
        return SignInFailure(error)
    }

    private func citizenPage(
        _ context: PublicContext,
        returnTo: String?,
        failure: SignInFailure?,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let target = ReturnPath(returnTo)?.path ?? SiteURL.account.path
        let facts = SignInScreens.CitizenFacts(
            returnTo: target,
            startAction: SiteURL.signInStart.path,
            phoneHref: failure == .levelTooLow ? nil : SiteURL.phoneSignIn.path([("ve", target)]),
            isSignedIn: context.person != nil,
            failure: failure
        )
        let frame = context.frame(pageCode: "C-04", audience: .citizen, offersSignIn: false)
        return .page(screens.citizen(facts, frame), status: status)
    }
}
