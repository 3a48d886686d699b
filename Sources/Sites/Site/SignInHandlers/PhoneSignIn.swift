// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Logging
public import Markup
public import SignIn
import Web

/// How the two pages of signing in by telephone look.
public struct PhoneScreens: Sendable {
    /// What the page that asks for the number needs.
    public struct NumberFacts: Sendable {
        /// Where `dien-thoai`, `so-cuoi` and `ve` are sent.
        public var action: String
        /// Where the person comes back to.
        public var returnTo: String
        /// As typed.
        public var phone: String
        public var lastDigits: String
        /// Why it did not go on.
        public var failure: PhoneSignInError?
        /// The other way.
        public var otherHref: String
    }

    /// What the page that asks for the code needs.
    public struct CodeFacts: Sendable {
        /// Where `ma` is sent.
        public var action: String
        /// Why it did not go on.
        public var failure: PhoneSignInError?
        /// Where a new code is asked for.
        public var againHref: String
        /// The other way.
        public var otherHref: String
    }

    public var number: @Sendable (NumberFacts, PageFrame) -> HTML
    public var code: @Sendable (CodeFacts, PageFrame) -> HTML

    public init(
        number: @escaping @Sendable (NumberFacts, PageFrame) -> HTML,
        code: @escaping @Sendable (CodeFacts, PageFrame) -> HTML
    ) {
        (self.number, self.code) = (number, code)
    }
}

/// Signing in by a code sent to the telephone.
///
/// | route | who | then |
/// |---|---|---|
/// | `GET`, `POST /dang-nhap/dien-thoai` | anyone | a code is on its way, 303 to the next page |
/// | `GET`, `POST /dang-nhap/dien-thoai/ma` | anyone, with the secret of this browser | new session, 303 to the task |
public struct PhoneSignInHandlers: Sendable {
    static let browserCookie = "dien-thoai"

    private let handlers: SignInHandlers
    private let service: PhoneSignInService
    private let screens: PhoneScreens

    /// - Parameters:
    ///   - handlers: Begin sessions.
    ///   - service: Sends and checks codes.
    ///   - screens: The two pages.
    public init(handlers: SignInHandlers, service: PhoneSignInService, screens: PhoneScreens) {
        (self.handlers, self.service, self.screens) = (handlers, service, screens)
    }

    /// Registers all of them.
    public func register(on routes: SiteRoutes) {
        routes.get(.phoneSignIn, for: .anyone, rule: "-") { [self] _, context in
            if context.person != nil { return .seeOther(SiteURL.account.path) }
            return numberPage(context, returnTo: context.query.fields["ve"], phone: "", digits: "", failure: nil)
        }
        routes.post(.phoneSignIn, for: .anyone, rule: "-") { [self] form, _, context in
            try await begin(form, context)
        }
        let rule = "secret of this browser"
        routes.get(.phoneCode, for: .anyone, rule: rule) { [self] request, context in
            guard let secret = browserSecret(request) else { return .seeOther(SiteURL.phoneSignIn.path) }
            return try await codePage(context, secret, failure: nil)
        }
        routes.post(.phoneCode, for: .anyone, rule: rule) { [self] form, request, context in
            try await finish(form, request, context)
        }
    }

    private func begin(_ form: FormFields, _ context: PublicContext) async throws -> Response {
        let (phone, digits) = (form.trimmed("dien-thoai") ?? "", form.trimmed("so-cuoi") ?? "")
        let client = context.visit.client?.limitKey ?? "-"
        let returnTo = ReturnPath(form["ve"])?.path ?? SiteURL.account.path
        do {
            try handlers.limiter.take("phone:\(client)")
            let begun = try await service.begin(phone: phone, lastDigits: digits, client: client, returnTo: returnTo)
            var response = Response.seeOther(SiteURL.phoneCode.path)
            response.setCookie(
                handlers.settings.cookies.header(
                    Self.browserCookie,
                    value: begun.browserSecret,
                    maxAgeSeconds: Int(PhoneSignInService.codeSeconds)
                )
            )
            return response
        } catch let error as PhoneSignInError {
            note(error, context)
            return numberPage(context, returnTo: returnTo, phone: phone, digits: digits, failure: error)
        }
    }

    private func finish(_ form: FormFields, _ request: Request, _ context: PublicContext) async throws -> Response {
        guard let secret = browserSecret(request) else { return .seeOther(SiteURL.phoneSignIn.path) }
        let client = context.visit.client?.limitKey ?? "-"
        do {
            try handlers.limiter.take("phone-code:\(client)")
            let finished = try await service.finish(code: form["ma"] ?? "", client: client, browserSecret: secret)
            let session = try await handlers.identity.signIn(byPhone: finished.account, device: context.deviceWords)
            let target = ReturnPath(finished.returnTo) ?? .home
            var response = try await context.begun(session, handlers.identity, answering: .seeOther(target.path))
            response.setCookie(handlers.settings.cookies.header(Self.browserCookie, value: "", maxAgeSeconds: 0))
            return response
        } catch let error as PhoneSignInError {
            note(error, context)
            return try await codePage(context, secret, failure: error)
        }
    }

    private func browserSecret(_ request: Request) -> String? {
        handlers.settings.cookies.value(Self.browserCookie, in: request)
    }

    /// For an operator, by its code alone: no number stands in a log.
    private func note(_ error: PhoneSignInError, _ context: PublicContext) {
        guard error.severity != .notice else { return }
        context.logger.warning("sign-in by phone refused", metadata: ["code": "\(error.code)"])
    }

    private func numberPage(
        _ context: PublicContext,
        returnTo: String?,
        phone: String,
        digits: String,
        failure: PhoneSignInError?
    ) -> Response {
        let target = ReturnPath(returnTo)?.path ?? SiteURL.account.path
        let facts = PhoneScreens.NumberFacts(
            action: SiteURL.phoneSignIn.path,
            returnTo: target,
            phone: String(phone.prefix(40)),
            lastDigits: String(digits.prefix(20)),
            failure: failure,
            otherHref: SiteURL.signIn.path([("ve", target)])
        )
        let frame = context.frame(pageCode: "C-04b", audience: .citizen, offersSignIn: false)
        return .page(screens.number(facts, frame), status: HTTPResponse.Status(code: failure?.status ?? 200))
    }

    private func codePage(
        _ context: PublicContext,
        _ secret: String,
        failure: PhoneSignInError?
    ) async throws -> Response {
        let task = ReturnPath(try await service.task(browserSecret: secret))?.path
        let facts = PhoneScreens.CodeFacts(
            action: SiteURL.phoneCode.path,
            failure: failure,
            againHref: SiteURL.phoneSignIn.path([("ve", task)]),
            otherHref: SiteURL.signIn.path([("ve", task)])
        )
        let frame = context.frame(pageCode: "C-04c", audience: .citizen, offersSignIn: false)
        return .page(screens.code(facts, frame), status: HTTPResponse.Status(code: failure?.status ?? 200))
    }
}
