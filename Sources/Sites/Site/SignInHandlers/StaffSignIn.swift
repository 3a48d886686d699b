// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Logging
public import SignIn
import Web

/// What the site asks of the authority's own identity service, at one listener.
public struct StaffDoors: Sendable {
    /// What the button calls the service.
    public var name: String
    /// Begins; throws a `SignInError`.
    public var begin: @Sendable (_ returnTo: String) async throws -> BegunSignIn
    /// Ends a sign-in with what stands in the return address and the secret of this browser.
    public var finish: @Sendable (_ answer: SignInDoors.Answer) async throws -> FinishedStaffSignIn
    /// The task for which this browser began the sign-in of this answer; nil for anybody else's.
    public var task: @Sendable (_ answer: SignInDoors.Answer) async throws -> String?

    public init(
        name: String,
        begin: @escaping @Sendable (_ returnTo: String) async throws -> BegunSignIn,
        finish: @escaping @Sendable (_ answer: SignInDoors.Answer) async throws -> FinishedStaffSignIn,
        task: @escaping @Sendable (_ answer: SignInDoors.Answer) async throws -> String?
    ) {
        (self.name, self.begin, self.finish, self.task) = (name, begin, finish, task)
    }

    /// The doors of the sign-in service for the listener of these settings; nil where no service is configured.
    public init?(_ service: SignInService, at settings: SiteSettings) {
        guard let name = service.staffName else { return nil }
        let back = settings.publicURL.absolute(SiteURL.staffReturn.path)
        self.init(
            name: name,
            begin: { try await service.beginStaff(returnTo: $0, redirectURI: back) },
            finish: { answer in
                try await service.finishStaff(
                    state: answer.state,
                    code: answer.code,
                    error: answer.error,
                    issuer: answer.issuer,
                    browserSecret: answer.browserSecret,
                    redirectURI: back
                )
            },
            task: { try await service.staffTask(of: $0.state, browserSecret: $0.browserSecret) }
        )
    }
}

/// Officers through the authority's own identity service.
extension OfficerSignInHandlers {
    static let staffCookie = "co-quan"

    func registerStaff(on routes: SiteRoutes) {
        routes.post(.staffSignIn, for: .anyone, rule: "-") { [self] form, _, context in
            try await startStaff(form, context)
        }
        routes.get(.staffReturn, for: .anyone, rule: "state and secret of this browser") { [self] request, context in
            try await finishStaff(request, context)
        }
    }

    private func startStaff(_ form: FormFields, _ context: PublicContext) async throws -> Response {
        guard let staff else { throw RequestError.notFound }
        let returnTo = OfficerTarget.of(form["ve"], in: settings.part).path
        do {
            try limiter.take("staff:\(context.visit.client?.limitKey ?? "-")")
            let begun = try await staff.begin(returnTo)
            return settings.leaving(for: begun, knownBy: Self.staffCookie)
        } catch let error as SignInError {
            return staffFailed(error, context, returnTo: returnTo)
        }
    }

    private func finishStaff(_ request: Request, _ context: PublicContext) async throws -> Response {
        guard let staff else { throw RequestError.notFound }
        let query = context.query.fields
        guard let state = query["state"], let secret = settings.cookies.value(Self.staffCookie, in: request) else {
            return staffFailed(.stateUnknown, context, returnTo: nil)
        }
        let answer = SignInDoors.Answer(
            state: state,
            code: query["code"],
            error: query["error"],
            issuer: query["iss"],
            browserSecret: secret
        )
        do {
            try limiter.take("staff-return:\(context.visit.client?.limitKey ?? "-")")
            let finished = try await staff.finish(answer)
            return try await goOn(finished.progress, finished.returnTo, request, context)
        } catch let error as SignInError {
            return staffFailed(error, context, returnTo: try await staff.task(answer))
        }
    }

    private func staffFailed(_ error: SignInError, _ context: PublicContext, returnTo: String?) -> Response {
        if error.severity != .notice {
            context.logger.warning("staff sign-in failed", metadata: ["code": "\(error.code)"])
        }
        let failure = SignInFailure.other(error.publicDetail ?? "Chưa đăng nhập được. Bấm đăng nhập lại.")
        let status = HTTPResponse.Status(code: error.status)
        return door(context, returnTo: returnTo, name: "", failure: failure, status: status)
    }
}
