// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Logging
import Markup
import Organisation
public import SignIn
public import Site
import Web

/// An officer's own passkeys.
///
/// | route | object | then |
/// |---|---|---|
/// | `GET`, `POST /bao-mat/khoa` | own passkeys, fresh proof | one more |
/// | `POST /bao-mat/khoa/xoa` | own passkey, fresh proof | one less |
/// | `POST /bao-mat/xac-thuc/khoa` | own session, own passkey | proof noted |
public struct PasskeyHandlers: Sendable {
    private let signIn: SignInService
    private static let rule = "own passkeys, fresh proof"

    /// - Parameter signIn: Knows the passkeys.
    public init(signIn: SignInService) { self.signIn = signIn }

    /// Registers all of them.
    public func add(to routes: SiteRoutes) {
        routes.get(.ownPasskeys, for: .anyOfficer, rule: Self.rule) { [self] _, context in
            guard signIn.hasFreshProof(context.actor) else { return Self.proof }
            return try await page(context, hindrance: nil)
        }
        routes.post(.ownPasskeys, for: .anyOfficer, rule: Self.rule) { [self] form, _, context in
            try await add(form, context)
        }
        routes.post(.ownPasskeyRemoval, for: .anyOfficer, rule: Self.rule) { [self] form, _, context in
            guard let id = form["khoa"].flatMap({ Identifier<Passkey>(rawValue: $0) }) else {
                throw RequestError.malformed(reason: "no passkey")
            }
            do { try await signIn.removePasskey(id, by: context.actor) } catch SecondStepError.proofNeeded {
                return Self.proof
            }
            return .seeOther(SiteURL.ownPasskeys.path([("bao", "da-xoa")]))
        }
        routes.post(.ownPasskeyProof, for: .anyOfficer, rule: "own session, own passkey") { [self] form, _, context in
            try await prove(form, context)
        }
    }

    private static var proof: Response {
        .seeOther(SiteURL.ownProof.path([("ve", SiteURL.ownPasskeys.path)]))
    }

    private func add(_ form: FormFields, _ context: OfficerContext) async throws -> Response {
        do {
            guard let answer = PasskeyForm.answer(in: form) else { throw PasskeyError.expired }
            let name = form.trimmed("ten-khoa") ?? ""
            try await signIn.addPasskey(answer, named: name, binding: context.formToken, by: context.actor)
            return .seeOther(SiteURL.ownPasskeys.path([("bao", "da-them")]))
        } catch SecondStepError.proofNeeded {
            return Self.proof
        } catch let error as PasskeyError {
            if error.severity != .notice {
                context.logger.warning("passkey refused", metadata: ["code": "\(error.code)"])
            }
            let words: String? =
                if case .refused = error { "Thiết bị chưa xác nhận được người dùng. Thử lại với thiết bị khác." } else {
                    error.publicDetail
                }
            return try await page(context, hindrance: words)
        }
    }

    /// A passkey that is refused leads back to the page that asks, which offers the other ways.
    private func prove(_ form: FormFields, _ context: OfficerContext) async throws -> Response {
        let target = ReturnPath(form["ve"]) ?? .home
        do {
            guard let answer = PasskeyForm.answer(in: form) else { throw PasskeyError.expired }
            try await signIn.prove(context.actor, passkey: answer, binding: context.formToken)
            return .seeOther(target.path)
        } catch let error as PasskeyError {
            context.logger.warning("passkey refused", metadata: ["code": "\(error.code)"])
            return .seeOther(SiteURL.ownProof.path([("ve", target.path), ("bao", "khoa")]))
        }
    }

    private func page(_ context: OfficerContext, hindrance: String?) async throws -> Response {
        let officer = context.officer
        let flash: String? =
            switch context.query.text("bao") {
            case "da-them": "Đã thêm khóa truy cập. Lần sau có thể đăng nhập bằng khóa này."
            case "da-xoa": "Đã xóa khóa truy cập."
            default: nil
            }
        let model = PasskeysPage.Model(
            flash: flash,
            hindrance: hindrance,
            passkeys: try await signIn.passkeys(of: officer.id).map { passkey in
                PasskeysPage.PasskeyLine(
                    id: passkey.id.rawValue,
                    name: passkey.name,
                    createdAt: passkey.createdAt,
                    usedAt: passkey.usedAt
                )
            },
            adding: PasskeyForm(
                question: PasskeyQuestion(
                    challenge: signIn.passkeyChallenge(for: .registration, binding: context.formToken),
                    site: signIn.relyingParty.id
                ),
                action: SiteURL.ownPasskeys.path,
                returnTo: SiteURL.ownPasskeys.path,
                label: "Thêm khóa truy cập",
                owner: PasskeyForm.Owner(
                    id: officer.id.rawValue,
                    login: officer.loginName,
                    name: officer.fullName,
                    known: try await signIn.passkeyCredentials(of: officer.id)
                ),
                field: FieldPart("ten-khoa", "Tên khóa", hint: "Để nhận ra thiết bị, ví dụ Máy tính ở quầy", .text(""))
            ),
            removalAction: SiteURL.ownPasskeyRemoval.path,
            backHref: SiteURL.ownSecurity.path
        )
        let frame = context.frame(pageCode: "D-25", current: .ownSecurity)
        return .page(PasskeysPage.html(model, in: frame), status: hindrance == nil ? .ok : .unprocessableContent)
    }
}
