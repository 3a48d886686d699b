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

/// Officers' sign-in, step by step: name and password, the second factor, a password of one's own.
///
/// | route | who | then |
/// |---|---|---|
/// | `GET`, `POST /dang-nhap/can-bo` | anyone | the next step, or new session |
/// | `POST /dang-nhap/can-bo/khoa` | anyone with a passkey | new session |
/// | `GET`, `POST /dang-nhap/can-bo/dat-lai` | anyone with the code of a reset | the next step |
/// | `GET`, `POST /dang-nhap/can-bo/ma` | whose browser holds the secret of a begun sign-in | as above |
/// | `GET`, `POST /dang-nhap/can-bo/thiet-lap` | likewise | recovery codes, then as above |
/// | `GET`, `POST /dang-nhap/can-bo/mat-khau-moi` | likewise | as above |
/// | `POST /dang-nhap/can-bo/co-quan` | anyone | 303 to the authority's own identity service |
/// | `GET /dang-nhap/can-bo/co-quan/tra-ve` | anyone, with the secret of this browser | the next step, or new session |
public struct OfficerSignInHandlers: Sendable {
    static let stepCookie = "buoc"
    private static let rule = "sign-in begun in this browser"

    let settings: SiteSettings
    private let identity: IdentityService
    private let doors: OfficerDoors
    private let screens: OfficerScreens
    let staff: StaffDoors?
    let limiter: RateLimiter

    /// - Parameters:
    ///   - settings: Of the site.
    ///   - identity: Begins sessions.
    ///   - doors: Whoever proves who officers are.
    ///   - screens: The pages.
    ///   - staff: The authority's own identity service; nil where there is none.
    public init(
        settings: SiteSettings,
        identity: IdentityService,
        doors: OfficerDoors,
        screens: OfficerScreens,
        staff: StaffDoors? = nil
    ) {
        (self.settings, self.identity, self.doors, self.screens) = (settings, identity, doors, screens)
        self.staff = staff
        // An office behind one address signs in a few times a minute, a guesser hundreds of times.
        limiter = RateLimiter(burst: 20, perMinute: 20, clock: settings.clock)
    }

    /// Registers all of them.
    public func register(on routes: SiteRoutes) {
        routes.get(.officerSignIn, for: .anyone, rule: "-") { [self] _, context in
            if let person = context.person, case .officer = person {
                return .seeOther(OfficerTarget.of(context.query.fields["ve"], for: person, in: settings.part).path)
            }
            return door(context, returnTo: context.query.fields["ve"], name: "", failure: nil)
        }
        routes.post(.officerSignIn, for: .anyone, rule: "-") { [self] form, request, context in
            try await begin(form, request, context)
        }
        routes.post(.officerPasskey, for: .anyone, rule: "passkey of an officer") { [self] form, request, context in
            try await passkey(form, request, context)
        }
        routes.get(.officerResetCode, for: .anyone, rule: "-") { [self] _, context in
            resetPage(context, name: "", error: nil)
        }
        routes.post(.officerResetCode, for: .anyone, rule: "code of a reset") { [self] form, request, context in
            try await reset(form, request, context)
        }
        registerStaff(on: routes)
        for step in [OfficerStep.code, .enrolment, .newPassword] {
            routes.get(Self.url(step), for: .anyone, rule: Self.rule) { [self] request, context in
                try await show(step, request, context)
            }
            routes.post(Self.url(step), for: .anyone, rule: Self.rule) { [self] form, request, context in
                try await answer(step, form, request, context)
            }
        }
    }

    // MARK: - Name and password

    private func begin(_ form: FormFields, _ request: Request, _ context: PublicContext) async throws -> Response {
        let name = form.trimmed("ten") ?? ""
        let client = context.visit.client?.limitKey ?? "-"
        do {
            try limiter.take("officer:\(client)")
            guard !name.isEmpty, let password = form["mat-khau"], !password.isEmpty else {
                return door(context, returnTo: form["ve"], name: name, failure: .incomplete)
            }
            let progress = try await doors.begin(name, password, client)
            return try await goOn(progress, form["ve"], request, context)
        } catch let error as SignInError {
            if error.severity != .notice {
                context.logger.warning("sign-in failed", metadata: ["code": "\(error.code)"])
            }
            return door(context, returnTo: form["ve"], name: name, failure: SignInFailure(error))
        }
    }

    func door(
        _ context: PublicContext,
        returnTo: String?,
        name: String,
        failure: SignInFailure?,
        status: HTTPResponse.Status = .unprocessableContent
    ) -> Response {
        let facts = OfficerScreens.DoorFacts(
            returnTo: OfficerTarget.of(returnTo, in: settings.part).path,
            action: SiteURL.officerSignIn.path,
            name: String(name.prefix(100)),
            failure: failure,
            passkey: doors.passkeyChallenge(context.formToken),
            passkeyAction: SiteURL.officerPasskey.path,
            resetHref: SiteURL.officerResetCode.path,
            staff: staff.map { OfficerScreens.StaffWay(name: $0.name, action: SiteURL.staffSignIn.path) }
        )
        return .page(screens.door(facts, frame(context)), status: failure == nil ? .ok : status)
    }

    private func passkey(_ form: FormFields, _ request: Request, _ context: PublicContext) async throws -> Response {
        do {
            try limiter.take("passkey:\(context.visit.client?.limitKey ?? "-")")
            guard let answer = PasskeyForm.answer(in: form) else { throw PasskeyError.expired }
            let progress = try await doors.passkey(answer, context.formToken)
            return try await goOn(progress, form["ve"], request, context)
        } catch let error as PasskeyError {
            if error.severity != .notice {
                context.logger.warning("passkey refused", metadata: ["code": "\(error.code)"])
            }
            let failure = SignInFailure.other(error.publicDetail ?? "")
            return door(context, returnTo: form["ve"], name: "", failure: failure)
        }
    }

    // MARK: - The code of a reset

    private func reset(_ form: FormFields, _ request: Request, _ context: PublicContext) async throws -> Response {
        let name = form.trimmed("ten") ?? ""
        let client = context.visit.client?.limitKey ?? "-"
        guard !name.isEmpty, let code = form.trimmed("ma"), !code.isEmpty else {
            return resetPage(context, name: name, error: "Nhập tên đăng nhập và mã đặt lại")
        }
        do {
            try limiter.take("reset:\(client)")
            return try await goOn(try await doors.reset(name, code, client), nil, request, context)
        } catch let error as ResetError {
            return resetPage(context, name: name, error: error.publicDetail)
        } catch let error as SignInError where error.status == 429 {
            context.logger.warning("reset failed", metadata: ["code": "\(error.code)"])
            return resetPage(context, name: name, error: error.publicDetail)
        }
    }

    private func resetPage(_ context: PublicContext, name: String, error: String?) -> Response {
        let facts = OfficerScreens.ResetFacts(
            action: SiteURL.officerResetCode.path,
            name: String(name.prefix(100)),
            error: error,
            backHref: SiteURL.officerSignIn.path
        )
        return .page(screens.reset(facts, frame(context)), status: error == nil ? .ok : .unprocessableContent)
    }

    // MARK: - The steps after it

    private static func url(_ step: OfficerStep) -> SiteURL {
        switch step {
        case .code: .officerCode
        case .enrolment: .officerEnrolment
        case .newPassword: .officerNewPassword
        }
    }

    private func show(_ step: OfficerStep, _ request: Request, _ context: PublicContext) async throws -> Response {
        let returnTo = context.query.fields["ve"]
        guard let secret = secret(of: request), let waiting = try await doors.step(secret) else {
            return .seeOther(SiteURL.officerSignIn.path([("ve", OfficerTarget.of(returnTo, in: settings.part).path)]))
        }
        guard waiting == step else { return .seeOther(address(of: waiting, returnTo)) }
        return try await page(step, secret, returnTo, error: nil, context)
    }

    private func answer(_ step: OfficerStep, _ form: FormFields, _ request: Request, _ context: PublicContext)
        async throws -> Response
    {
        let returnTo = form["ve"]
        guard let secret = secret(of: request) else {
            return door(context, returnTo: returnTo, name: "", failure: .expired)
        }
        do {
            try limiter.take("step:\(context.visit.client?.limitKey ?? "-")")
            switch step {
            case .code:
                guard let code = form.trimmed("ma"), !code.isEmpty else {
                    return try await page(step, secret, returnTo, error: "Nhập mã xác thực", context)
                }
                return try await goOn(try await doors.code(code, secret), returnTo, request, context)
            case .enrolment:
                guard let code = form.trimmed("ma"), !code.isEmpty else {
                    return try await page(step, secret, returnTo, error: "Nhập mã mà ứng dụng đang hiện", context)
                }
                return try await enrolled(try await doors.enrol(code, secret), returnTo, request, context)
            case .newPassword:
                guard let password = form["mat-khau-moi"], !password.isEmpty else {
                    return try await page(step, secret, returnTo, error: "Nhập mật khẩu mới", context)
                }
                return try await goOn(try await doors.newPassword(password, secret), returnTo, request, context)
            }
        } catch SecondStepError.gone {
            return door(context, returnTo: returnTo, name: "", failure: .expired)
        } catch let error as SecondStepError {
            if error.severity != .notice {
                context.logger.warning("second step failed", metadata: ["code": "\(error.code)"])
            }
            return try await page(step, secret, returnTo, error: error.publicDetail, context)
        } catch SignInError.passwordRefused(let fault) {
            return try await page(step, secret, returnTo, error: fault.sentence, context)
        }
    }

    private func page(
        _ step: OfficerStep,
        _ secret: SecretToken,
        _ returnTo: String?,
        error: String?,
        _ context: PublicContext
    ) async throws -> Response {
        let facts = OfficerScreens.StepFacts(
            action: Self.url(step).path,
            returnTo: OfficerTarget.of(returnTo, in: settings.part).path,
            error: error,
            backHref: SiteURL.officerSignIn.path([("ve", OfficerTarget.of(returnTo, in: settings.part).path)])
        )
        let frame = frame(context)
        let html =
            switch step {
            case .code: screens.code(facts, frame)
            case .enrolment: screens.enrolment(facts, try await doors.enrolment(secret), frame)
            case .newPassword: screens.newPassword(facts, frame)
            }
        return .page(html, status: error == nil ? .ok : .unprocessableContent)
    }

    // MARK: - Going on

    func goOn(
        _ progress: OfficerProgress,
        _ returnTo: String?,
        _ request: Request,
        _ context: PublicContext
    ) async throws -> Response {
        switch progress {
        case .asked(let step, let secret):
            var response = Response.seeOther(address(of: step, returnTo))
            response.setCookie(stepCookie(secret))
            return response
        case .proved(let officer, let method):
            let session = try await identity.signIn(
                officer: officer,
                by: method,
                on: context.deviceWords ?? DeviceWords.unknown,
                at: settings.part.door
            )
            let target = OfficerTarget.of(returnTo, officer, in: settings.part).path
            return try await context.begun(session, identity, answering: .seeOther(target))
        }
    }

    /// The recovery codes stand on the answer itself: they are shown this once.
    private func enrolled(
        _ result: (progress: OfficerProgress, codes: [String]),
        _ returnTo: String?,
        _ request: Request,
        _ context: PublicContext
    ) async throws -> Response {
        let frame = frame(context)
        switch result.progress {
        case .asked(let step, let secret):
            var response = Response.page(screens.recoveryCodes(result.codes, address(of: step, returnTo), frame))
            response.setCookie(stepCookie(secret))
            return response
        case .proved(let officer, let method):
            let session = try await identity.signIn(
                officer: officer,
                by: method,
                on: context.deviceWords ?? DeviceWords.unknown,
                at: settings.part.door
            )
            let target = OfficerTarget.of(returnTo, officer, in: settings.part).path
            let response = Response.page(screens.recoveryCodes(result.codes, target, frame))
            return try await context.begun(session, identity, answering: response)
        }
    }

    private func address(of step: OfficerStep, _ returnTo: String?) -> String {
        Self.url(step).path([("ve", OfficerTarget.of(returnTo, in: settings.part).path)])
    }

    private func secret(of request: Request) -> SecretToken? {
        settings.cookies.value(Self.stepCookie, in: request).flatMap { SecretToken($0) }
    }

    private func stepCookie(_ secret: SecretToken) -> String {
        let seconds = Int(OfficerSettings.pendingSeconds)
        return settings.cookies.header(Self.stepCookie, value: secret.text, maxAgeSeconds: seconds)
    }

    private func frame(_ context: PublicContext) -> PageFrame {
        context.frame(pageCode: "D-04", audience: .officer, offersSignIn: false)
    }
}
