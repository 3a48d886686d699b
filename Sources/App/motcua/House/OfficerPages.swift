// SPDX-License-Identifier: Apache-2.0

import DeskSite
import SignIn
import Site
import Web

/// The pages of officers' sign-in, drawn by their site.
enum OfficerPages {
    static func screens(_ signIn: SignInService) -> OfficerScreens {
        OfficerScreens(
            door: { facts, frame in
                let model = OfficerSignInPage.Model(
                    action: facts.action,
                    returnTo: facts.returnTo,
                    login: facts.name,
                    failure: facts.failure.map(failure),
                    passkey: PasskeyForm(
                        question: facts.passkey,
                        action: facts.passkeyAction,
                        returnTo: facts.returnTo,
                        label: "Đăng nhập bằng khóa truy cập"
                    ),
                    resetHref: facts.resetHref,
                    staff: facts.staff
                )
                return OfficerSignInPage.html(model, in: frame)
            },
            reset: { facts, frame in
                let model = ResetCodePage.Model(
                    action: facts.action,
                    name: facts.name,
                    error: facts.error,
                    backHref: facts.backHref
                )
                return ResetCodePage.html(model, in: frame)
            },
            code: { facts, frame in
                let model = OfficerCodePage.Model(
                    action: facts.action,
                    returnTo: facts.returnTo,
                    error: facts.error,
                    backHref: facts.backHref
                )
                return OfficerCodePage.html(model, in: frame)
            },
            enrolment: { facts, offer, frame in
                let model = AppSetupPage.Model(
                    reason: "Cơ quan yêu cầu mỗi lần đăng nhập có thêm mã trên điện thoại. Chỉ thiết lập một lần.",
                    code: AppSetupPage.code(of: offer.address),
                    secretText: offer.secretText,
                    action: facts.action,
                    returnTo: facts.returnTo,
                    error: facts.error,
                    backHref: facts.backHref
                )
                return AppSetupPage.html(model, in: frame)
            },
            newPassword: { facts, frame in
                let model = OwnPasswordPage.Model(
                    reason: "Mật khẩu vừa dùng do người khác cấp hoặc đã hết hạn. Đặt mật khẩu chỉ mình cán bộ biết.",
                    rules: signIn.passwordRules,
                    asksOld: false,
                    error: facts.error,
                    action: facts.action,
                    returnTo: facts.returnTo,
                    backHref: facts.backHref
                )
                return OwnPasswordPage.html(model, in: frame)
            },
            recoveryCodes: { codes, goOnHref, frame in
                let heading = "Đã thiết lập ứng dụng xác thực"
                let model = RecoveryCodesPage.Model(heading: heading, codes: codes, goOnHref: goOnHref)
                return RecoveryCodesPage.html(model, in: frame)
            }
        )
    }

    /// Passkeys are bound to the host's name. A number is no name: on this machine they are made for `localhost`.
    ///
    /// - Parameters:
    ///   - publicURL: Where people reach the portal.
    ///   - admin: Where administration has a listener of its own; its passkeys are the same where its host is the
    ///     portal's or lies below it.
    /// - Returns: The name and the addresses that count.
    static func relyingParty(of publicURL: String, administeredAt admin: PublicURL? = nil) -> RelyingParty {
        guard let url = PublicURL(publicURL) else { return RelyingParty(id: "localhost", origins: []) }
        let id = url.isLoopback ? "localhost" : url.host
        var origins: Set<String> = [origin(of: url)]
        if let admin, admin.isLoopback == url.isLoopback,
            admin.isLoopback || admin.host == id || admin.host.hasSuffix(".\(id)")
        {
            origins.insert(origin(of: admin))
        }
        return RelyingParty(id: id, origins: origins)
    }

    private static func origin(of url: PublicURL) -> String {
        guard url.isLoopback else { return url.description }
        return "\(url.scheme)://localhost" + (url.port.map { ":\($0)" } ?? "")
    }

    private static func failure(_ failure: SignInFailure) -> OfficerSignInPage.Failure {
        switch failure {
        case .locked(let minutes): .locked(minutes: minutes)
        case .sessionEnded, .expired, .otherBrowser, .used: .sessionEnded
        case .passwordExpired: .passwordExpired
        case .other(let words): .told(words)
        case .cancelled, .levelTooLow, .unavailable, .untrusted, .clock, .claimMissing, .organisation, .conflict,
            .wrongPassword, .incomplete:
            .wrong
        }
    }
}
