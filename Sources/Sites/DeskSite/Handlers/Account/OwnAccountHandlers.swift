// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import Hummingbird
public import Identity
import Kernel
import Markup
import Organisation
public import Paper
public import SignIn
public import Site
import Web

/// The pages of an officer's own account.
///
/// | route | object | then |
/// |---|---|---|
/// | `GET /bao-mat` | own account | the page |
/// | `POST /bao-mat/phien` | own session | session ended; with `tat-ca` all of them |
/// | `GET`, `POST /bao-mat/ung-dung` | own app, fresh proof | recovery codes |
/// | `POST /bao-mat/ma-khoi-phuc` | own codes, fresh proof | recovery codes |
/// | `GET`, `POST /bao-mat/mat-khau` | own password, with the old one | other sessions end |
/// | `GET`, `POST /bao-mat/xac-thuc` | own session | proof noted |
public struct OwnAccountHandlers: Sendable {
    private let identity: IdentityService
    private let signIn: SignInService
    private static let rule = "own account"

    /// - Parameters:
    ///   - identity: Knows the sessions.
    ///   - signIn: Knows passwords and second factors.
    public init(identity: IdentityService, signIn: SignInService) {
        (self.identity, self.signIn) = (identity, signIn)
    }

    /// Registers all of them.
    public func add(to routes: SiteRoutes) {
        routes.get(.ownSecurity, for: .anyOfficer, rule: Self.rule) { [self] _, context in try await page(context) }
        routes.post(.ownSessions, for: .anyOfficer, rule: "own session") { [self] form, _, context in
            try await endSessions(form, context)
        }
        routes.get(.ownApp, for: .anyOfficer, rule: "own account, fresh proof") { [self] _, context in
            try await setUp(context, error: nil)
        }
        routes.post(.ownApp, for: .anyOfficer, rule: "own account, fresh proof") { [self] form, _, context in
            try await finishSetUp(form, context)
        }
        routes.post(.ownRecoveryCodes, for: .anyOfficer, rule: "own account, fresh proof") { [self] _, _, context in
            do {
                let codes = try await signIn.renewRecoveryCodes(by: context.actor)
                return recoveryCodes(codes, "Đã tạo mã khôi phục mới", context)
            } catch SecondStepError.proofNeeded {
                return Self.proof(for: .ownSecurity)
            }
        }
        routes.get(.ownPassword, for: .anyOfficer, rule: Self.rule) { [self] _, context in
            passwordPage(context, oldError: nil, error: nil)
        }
        routes.post(.ownPassword, for: .anyOfficer, rule: Self.rule) { [self] form, _, context in
            try await changePassword(form, context)
        }
        routes.get(.ownProof, for: .anyOfficer, rule: "own session") { [self] _, context in
            let refused = "Khóa truy cập này không dùng được cho tài khoản đang đăng nhập"
            let error = context.query.text("bao") == "khoa" ? refused : nil
            return proofPage(context, context.query.fields["ve"], error: error)
        }
        routes.post(.ownProof, for: .anyOfficer, rule: "own session") { [self] form, _, context in
            try await prove(form, context)
        }
    }

    // MARK: - Sessions

    private func page(_ context: OfficerContext) async throws -> Response {
        let state = try await signIn.secondFactor(of: context.officer.id)
        let sessions = try await identity.sessions(of: context.officer.id)
        let model = SecurityPage.Model(
            flash: flash(context),
            enrolledAt: state.enrolledAt,
            appHref: SiteURL.ownApp.path,
            passkeyCount: try await signIn.passkeys(of: context.officer.id).count,
            passkeysHref: SiteURL.ownPasskeys.path,
            recoveryCodesLeft: state.recoveryCodesLeft,
            recoveryAction: SiteURL.ownRecoveryCodes.path,
            passwordHref: SiteURL.ownPassword.path,
            sessions: sessions.map { SessionLine($0, id: $0.digest.hex, seenBy: context.actor) },
            sessionsAction: SiteURL.ownSessions.path
        )
        return .page(SecurityPage.html(model, in: frame(context)))
    }

    private func endSessions(_ form: FormFields, _ context: OfficerContext) async throws -> Response {
        if form["tat-ca"] != nil {
            try await identity.endSession(nil, by: context.actor)
            try await identity.signOut(context.actor)
            return .seeOther(SiteURL.officerSignIn.path)
        }
        guard let digest = form["phien"].flatMap({ Digest(hex: $0) }) else {
            throw RequestError.malformed(reason: "no session")
        }
        // Ended twice, or by itself meanwhile: it is as it was wanted.
        try await identity.endSession(digest, by: context.actor)
        return .seeOther(SiteURL.ownSecurity.path([("bao", "phien")]))
    }

    // MARK: - The app

    private func setUp(_ context: OfficerContext, error: String?) async throws -> Response {
        do {
            let offer = try await signIn.beginEnrolment(by: context.actor)
            let model = AppSetupPage.Model(
                reason: "Ứng dụng đang dùng, nếu có, vẫn có hiệu lực cho đến khi ứng dụng mới được xác nhận.",
                code: AppSetupPage.code(of: offer.address),
                secretText: offer.secretText,
                action: SiteURL.ownApp.path,
                returnTo: SiteURL.ownSecurity.path,
                error: error,
                backHref: SiteURL.ownSecurity.path
            )
            return .page(
                AppSetupPage.html(model, in: frame(context)),
                status: error == nil ? .ok : .unprocessableContent
            )
        } catch SecondStepError.proofNeeded {
            return Self.proof(for: .ownApp)
        }
    }

    private func finishSetUp(_ form: FormFields, _ context: OfficerContext) async throws -> Response {
        do {
            let codes = try await signIn.finishEnrolment(code: form["ma"] ?? "", by: context.actor)
            return recoveryCodes(codes, "Đã thiết lập ứng dụng xác thực", context)
        } catch SecondStepError.proofNeeded {
            return Self.proof(for: .ownApp)
        } catch let error as SecondStepError {
            return try await setUp(context, error: error.publicDetail)
        }
    }

    private func recoveryCodes(_ codes: [String], _ heading: String, _ context: OfficerContext) -> Response {
        let model = RecoveryCodesPage.Model(heading: heading, codes: codes, goOnHref: SiteURL.ownSecurity.path)
        return .page(RecoveryCodesPage.html(model, in: frame(context)))
    }

    // MARK: - The password

    private func changePassword(_ form: FormFields, _ context: OfficerContext) async throws -> Response {
        guard let old = form["mat-khau-cu"], !old.isEmpty else {
            return passwordPage(context, oldError: "Nhập mật khẩu đang dùng", error: nil)
        }
        guard let new = form["mat-khau-moi"], !new.isEmpty else {
            return passwordPage(context, oldError: nil, error: "Nhập mật khẩu mới")
        }
        do {
            try await signIn.changePassword(
                of: context.officer.id,
                from: old,
                to: new,
                client: context.visit.client?.limitKey ?? "-",
                keeping: context.actor.session,
                by: context.actor.stamp
            )
            return .seeOther(SiteURL.ownSecurity.path([("bao", "mat-khau")]))
        } catch SignInError.passwordRefused(let fault) {
            return passwordPage(context, oldError: nil, error: fault.sentence)
        } catch SignInError.wrongPassword {
            return passwordPage(context, oldError: "Mật khẩu đang dùng chưa đúng", error: nil)
        } catch let error as SignInError where error.status == 429 {
            return passwordPage(context, oldError: error.publicDetail, error: nil)
        }
    }

    private func passwordPage(_ context: OfficerContext, oldError: String?, error: String?) -> Response {
        let model = OwnPasswordPage.Model(
            reason: nil,
            rules: signIn.passwordRules,
            asksOld: true,
            oldError: oldError,
            error: error,
            action: SiteURL.ownPassword.path,
            returnTo: SiteURL.ownSecurity.path,
            backHref: SiteURL.ownSecurity.path
        )
        let isWrong = oldError != nil || error != nil
        return .page(OwnPasswordPage.html(model, in: frame(context)), status: isWrong ? .unprocessableContent : .ok)
    }

    // MARK: - Proof of presence

    private func prove(_ form: FormFields, _ context: OfficerContext) async throws -> Response {
        do {
            _ = try await context.proved(by: form, signIn)
            return .seeOther((ReturnPath(form["ve"]) ?? .home).path)
        } catch let missing as ProofMissing {
            return proofPage(context, form["ve"], error: missing.words)
        }
    }

    private func proofPage(_ context: OfficerContext, _ returnTo: String?, error: String?) -> Response {
        let target = ReturnPath(returnTo)?.path ?? SiteURL.ownSecurity.path
        let model = ProofPage.Model(
            action: SiteURL.ownProof.path,
            returnTo: target,
            error: error,
            minutes: signIn.proofMinutes,
            passkey: PasskeyForm(
                question: PasskeyQuestion(
                    challenge: signIn.passkeyChallenge(for: .proof, binding: context.formToken),
                    site: signIn.relyingParty.id
                ),
                action: SiteURL.ownPasskeyProof.path,
                returnTo: target,
                label: "Xác thực bằng khóa truy cập"
            )
        )
        return .page(ProofPage.html(model, in: frame(context)), status: error == nil ? .ok : .unprocessableContent)
    }

    private static func proof(for url: SiteURL) -> Response { .seeOther(SiteURL.ownProof.path([("ve", url.path)])) }

    // MARK: - Frame

    private func frame(_ context: OfficerContext) -> PageFrame {
        context.frame(pageCode: "D-25", current: .ownSecurity)
    }

    private func flash(_ context: OfficerContext) -> String? {
        switch context.query.text("bao") {
        case "phien": "Đã kết thúc phiên đăng nhập."
        case "mat-khau": "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."
        default: nil
        }
    }
}

extension AppSetupPage {
    /// The code of an address; nil when it is too long to be drawn, and is then typed.
    public static func code(of address: String) -> QRCode? {
        try? QRCode(address)  // only its length can be wrong
    }
}
