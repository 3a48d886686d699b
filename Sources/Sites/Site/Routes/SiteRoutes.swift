// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import Foundation
public import HTTPTypes
public import Hummingbird
public import Identity
import Kernel
public import Web

/// The one way to put a route on the site. Every route names its audience and the rule about its object, so that
/// nothing is open by forgetting; the table of all routes can be printed and compared.
public final class SiteRoutes {
    /// One line of the table.
    public struct Entry: Sendable, Hashable {
        /// `GET`, `POST`.
        public let method: String
        /// `/ho-so/{ma}`.
        public let pattern: String
        /// Who may enter.
        public let audience: String
        /// Which rule about the object the handler applies; `-` where there is no object.
        public let rule: String
        /// How a forged request is kept out: `-` for reading, `form token`, `form token in a header`, `signature`.
        public let guardedBy: String
    }

    private let router: Router<PlainContext>
    private let visitors: Visitors
    private let origin: OriginCheck
    /// What was registered, in order.
    public private(set) var entries: [Entry] = []

    /// An empty site with static files, `/healthz` and the display switch.
    public init(settings: SiteSettings, identity: IdentityService) {
        router = makeRouter()
        visitors = Visitors(settings: settings, identity: identity)
        origin = OriginCheck(settings.publicURL)
        router.addStaticFiles(settings.files)
        addHealth(to: router)
        note("GET", "\(StaticFiles.prefix)/{name}", "anyone", rule: "-", guardedBy: "-")
        note("GET", SiteURL.health.pattern, "anyone", rule: "-", guardedBy: "-")
        addDisplaySwitch()
    }

    /// The finished router, for the server.
    public func build() -> Router<PlainContext> { router }

    // MARK: - Registration

    /// A page or a file to read.
    ///
    /// - Parameters:
    ///   - url: Its address, slots filled with `PathSlot`.
    ///   - audience: Who may enter.
    ///   - rule: Which rule about the object the handler applies, in words; `-` where there is no object.
    ///   - work: `long` for what is no page: a paper that is drawn, a file.
    ///   - handler: Decode → policy → read model → page.
    public func get<Context: SiteContext>(
        _ url: SiteURL,
        for audience: Audience<Context>,
        rule: String,
        work: Work = .short,
        _ handler: @escaping @Sendable (Request, Context) async throws -> Response
    ) {
        note("GET", url.pattern, audience.name, rule: rule, guardedBy: "-")
        let visitors = visitors
        router.get(RouterPath(url.pattern)) { request, outer in
            let context = try await visitors.visit(request, outer, isMachine: audience.isMachine)
            do {
                let entered = try audience.enter(context)
                return visitors.finish(try await work.run { try await handler(request, entered) }, context)
            } catch {
                if let page = HatRefusalPage.answer(to: error, request, context) {
                    return visitors.finish(page, context)
                }
                return try Self.door(
                    Self.way(after: error, visitors.settings.part.door(audience.door)),
                    request,
                    returnTo: context.path,
                    error
                )
            }
        }
    }

    /// A form of a page. Its token is checked before the handler runs.
    ///
    /// - Parameters: As for `get`; the handler also gets the fields.
    public func post<Context: SiteContext>(
        _ url: SiteURL,
        for audience: Audience<Context>,
        rule: String,
        _ handler: @escaping @Sendable (FormFields, Request, Context) async throws -> Response
    ) {
        precondition(!audience.isMachine, "a machine's route checks a signature: use machinePost")
        note("POST", url.pattern, audience.name, rule: rule, guardedBy: "form token")
        let (visitors, origin) = (visitors, origin)
        // Signed in again, one stands before the form's own page where it has one, registered before it.
        let hasPage = entries.contains { $0.method == "GET" && $0.pattern == url.pattern }
        router.post(RouterPath(url.pattern)) { request, outer in
            try origin.check(request)
            let context = try await visitors.visit(request, outer, isMachine: false)
            let form = try await request.form()
            do {
                let entered = try audience.enter(context)
                guard context.token.accepts(form[FormToken.fieldName]) else { throw RequestError.forgedForm }
                let response = try await Work.long.run { try await handler(form, request, entered) }
                return visitors.finish(DisplayChoice(form).apply(to: response, visitors.settings), context)
            } catch {
                if let page = HatRefusalPage.answer(to: error, request, context) {
                    return visitors.finish(page, context)
                }
                let page = hasPage ? request.uri.path : Self.pageBehind(request)
                let door = try Self.door(
                    Self.way(after: error, visitors.settings.part.door(audience.door)),
                    request,
                    returnTo: page,
                    error
                )
                return visitors.keeping(form, of: request, in: door)
            }
        }
    }

    /// A form with files. The handler reads it through the `UploadForm`, which checks the token before the first file.
    ///
    /// - Parameters: As for `get`.
    public func upload<Context: SiteContext>(
        _ url: SiteURL,
        for audience: Audience<Context>,
        rule: String,
        limits: MultipartLimits = MultipartLimits(),
        _ handler: @escaping @Sendable (UploadForm, Request, Context) async throws -> Response
    ) {
        precondition(!audience.isMachine, "files of machines come by another way")
        note("POST", url.pattern, audience.name, rule: rule, guardedBy: "form token")
        let (visitors, origin) = (visitors, origin)
        router.post(RouterPath(url.pattern)) { request, outer in
            try origin.check(request)
            let context = try await visitors.visit(request, outer, isMachine: false)
            do {
                let form = UploadForm(request: request, token: context.token, limits: limits)
                let entered = try audience.enter(context)
                let response = try await Work.long.run { try await handler(form, request, entered) }
                guard form.wasRead else { throw RequestError.forgedForm }  // its token was never seen
                return visitors.finish(response, context)
            } catch {
                if let page = HatRefusalPage.answer(to: error, request, context) {
                    return visitors.finish(page, context)
                }
                let way = Self.way(after: error, visitors.settings.part.door(audience.door))
                return try Self.door(way, request, returnTo: Self.pageBehind(request), error)
            }
        }
    }

    /// One step of an exchange that a script carries on, where the form's token comes in the header `X-Form-Token`.
    ///
    /// Nobody is led to the sign-in: whoever is not signed in is told 401.
    ///
    /// - Parameters: As for `get`, and
    ///   - method: What is asked; all but HEAD and OPTIONS need the token.
    ///   - headers: What every answer carries, refusals too.
    public func exchange<Context: SiteContext>(
        _ method: HTTPRequest.Method,
        _ url: SiteURL,
        for audience: Audience<Context>,
        rule: String,
        headers: HTTPFields = [:],
        _ handler: @escaping @Sendable (Request, Context) async throws -> Response
    ) {
        precondition(!audience.isMachine, "a machine's route checks a signature: use machinePost")
        let isReading = method == .head || method == .options
        note(
            method.rawValue,
            url.pattern,
            audience.name,
            rule: rule,
            guardedBy: isReading ? "-" : "form token in a header"
        )
        let (visitors, origin) = (visitors, origin)
        router.on(RouterPath(url.pattern), method: method) { request, outer in
            var response: Response
            do {
                if !isReading { try origin.check(request) }
                let context = try await visitors.visit(request, outer, isMachine: false)
                let entered = try audience.enter(context)
                guard isReading || context.token.accepts(request.headers[.formToken]) else {
                    throw RequestError.forgedForm
                }
                response = visitors.finish(try await handler(request, entered), context)
            } catch let error as any Presentable where error.severity == .notice {
                // What concerns the operator goes on to the edge, which logs it.
                response = try .problem(error, requestID: outer.visit.requestID)
                if method == .head { response = response.createHeadResponse() }
            }
            for field in headers { response.headers[field.name] = field.value }
            return response
        }
    }

    /// What a machine sends; the handler verifies its signature or key before anything else.
    ///
    /// - Parameters: As for `get`.
    public func machinePost(
        _ url: SiteURL,
        rule: String,
        _ handler: @escaping @Sendable (Request, PublicContext) async throws -> Response
    ) {
        note("POST", url.pattern, Audience<PublicContext>.machine.name, rule: rule, guardedBy: "signature")
        let visitors = visitors
        router.post(RouterPath(url.pattern)) { request, outer in
            let context = try visitors.machineContext(request, outer)
            return try await Work.long.run { try await handler(request, context) }
        }
    }

    /// An address of the public API: its own table says who may enter and checks it before the handler acts. Cookies
    /// are not looked at.
    ///
    /// - Parameters:
    ///   - method: `GET`, `POST`.
    ///   - pattern: The address with its slots, from the API's table.
    ///   - audience: Who may enter, in words.
    ///   - rule: Which rule about the object is applied; `-` where there is no object.
    ///   - guardedBy: How a forged request is kept out.
    ///   - handler: Entrance → one command, or one read model → JSON.
    public func endpoint(
        _ method: HTTPRequest.Method,
        _ pattern: String,
        audience: String,
        rule: String,
        guardedBy: String,
        _ handler: @escaping @Sendable (Request, PublicContext) async throws -> Response
    ) {
        precondition(!audience.isEmpty, "an endpoint names who may enter")
        note(method.rawValue, pattern, audience, rule: rule, guardedBy: guardedBy)
        let visitors = visitors
        router.on(RouterPath(pattern), method: method) { request, outer in
            let context = try visitors.machineContext(request, outer)
            return try await Work.long.run { try await handler(request, context) }
        }
    }

    // MARK: - The table

    /// The table of all routes in Markdown, sorted by address.
    public func table() -> String {
        let lines = entries.sorted { ($0.pattern, $0.method) < ($1.pattern, $1.method) }.map { entry in
            "| `\(entry.method)` | `\(entry.pattern)` | \(entry.audience) | \(entry.rule) | \(entry.guardedBy) |"
        }
        let head = ["| method | address | audience | rule about the object | guarded by |", "|---|---|---|---|---|"]
        return (head + lines).joined(separator: "\n") + "\n"
    }

    // MARK: - Inside

    private func note(_ method: String, _ pattern: String, _ audience: String, rule: String, guardedBy: String) {
        precondition(!rule.isEmpty, "a route names the rule about its object, or - for none")
        entries.append(
            Entry(method: method, pattern: pattern, audience: audience, rule: rule, guardedBy: guardedBy)
        )
    }

    private func addDisplaySwitch() {
        get(.display, for: .anyone, rule: "-") { _, context in
            let target = ReturnPath(context.query.fields["ve"]) ?? ReturnPath.home
            return DisplayChoice(size: context.query.fields["size"], theme: context.query.fields["theme"])
                .apply(to: .seeOther(target.path), context.settings)
        }
    }

    /// Where a browser is led instead: to the sign-in, to how one reaches the level that is needed, or to where an
    /// officer in whose hands the dossier is not says why she looks; nil where the error is an answer of its own.
    private static func way(after error: any Error, _ door: SiteURL?) -> SiteURL? {
        if case RequestError.signInNeeded = error { return door }
        if case AudienceError.levelTooLow = error { return .levelNeeded }
        if case DossierRefusal.purposeNeeded(let code) = error { return .workPurpose(code.text) }
        return nil
    }

    /// A browser is led there with its task, a script is told the error.
    private static func door(
        _ door: SiteURL?,
        _ request: Request,
        returnTo: String,
        _ error: any Error
    ) throws -> Response {
        let accept = request.headers[values: .accept].joined(separator: ",")
        guard let door, accept.contains("text/html") else { throw error }
        return .seeOther(door.path([("ve", ReturnPath(returnTo)?.path)]))
    }

    /// The page from which a form was sent, when the browser tells one of ours; else the form's own address.
    private static func pageBehind(_ request: Request) -> String {
        guard let referrer = request.headers[.referer], let start = referrer.range(of: "://"),
            let slash = referrer[start.upperBound...].firstIndex(of: "/")
        else { return request.uri.path }
        return String(referrer[slash...])
    }
}

extension Visitors {
    /// What was typed is not lost when the session was over.
    func keeping(_ form: FormFields, of request: Request, in door: Response) -> Response {
        guard let secret = pendingForms.keep(form, for: request.uri.path) else { return door }
        var door = door
        let cookie = settings.cookies.header(
            PendingForms.cookie,
            value: secret.text,
            maxAgeSeconds: PendingForms.keptSeconds
        )
        door.setCookie(cookie)
        return door
    }

    func visit(_ request: Request, _ outer: PlainContext, isMachine: Bool) async throws -> PublicContext {
        isMachine ? try machineContext(request, outer) : try await context(request, outer)
    }
}
