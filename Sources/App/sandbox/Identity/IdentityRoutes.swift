// SPDX-License-Identifier: Apache-2.0

import Kernel
import Foundation
import Digests
import HTTPTypes
import Hummingbird
import Markup

/// The addresses of an identity provider: of citizens under `/dinh-danh`, of officers under `/dinh-danh-can-bo`.
struct IdentityRoutes: Sendable {
    let provider: IdentityProvider
    var root = "dinh-danh"
    var accounts: [any SampleAccount] = SampleCitizen.all

    func add(to router: Router<BasicRequestContext>) {
        router.get(RouterPath("\(root)/.well-known/openid-configuration")) { _, _ in try discovery() }
        router.get(RouterPath("\(root)/oauth2/jwks")) { _, _ in try await keys() }
        router.get(RouterPath("\(root)/oauth2/authorize")) { request, _ in try choose(request) }
        router.post(RouterPath("\(root)/oauth2/authorize")) { request, _ in try await chosen(request) }
        router.post(RouterPath("\(root)/oauth2/token")) { request, _ in try await token(request) }
        router.get(RouterPath("\(root)/oauth2/userinfo")) { request, _ in try userInfo(request) }
        router.post(RouterPath("\(root)/oauth2/userinfo")) { request, _ in try userInfo(request) }
        router.post(RouterPath("\(root)/oauth2/introspect")) { request, _ in
            try Exchange.json(provider.introspect(try await Exchange.form(request)["token"] ?? ""))
        }
        router.post(RouterPath("\(root)/oauth2/revoke")) { request, _ in
            provider.revoke(try await Exchange.form(request)["token"] ?? "")
            return Exchange.text("")
        }
        router.get(RouterPath("\(root)/oidc/logout")) { _, _ in
            Exchange.page(SandboxPage.html("Đã đăng xuất", "<p>Phiên định danh thử nghiệm đã kết thúc.</p>"))
        }
    }

    private struct Discovery: Encodable {
        var issuer: String
        var authorization_endpoint: String
        var token_endpoint: String
        var userinfo_endpoint: String
        var introspection_endpoint: String
        var revocation_endpoint: String
        var end_session_endpoint: String
        var jwks_uri: String
        var response_types_supported = ["code"]
        var grant_types_supported = ["authorization_code"]
        var subject_types_supported = ["public"]
        var id_token_signing_alg_values_supported = ["ES256"]
        var token_endpoint_auth_methods_supported = ["client_secret_post", "client_secret_basic"]
        var code_challenge_methods_supported = ["S256"]
        var scopes_supported = ["openid"]
        var acr_values_supported = ["LoA1", "LoA2"]
    }

    private func discovery() throws -> Response {
        let issuer = provider.issuer()
        return try Exchange.json(
            Discovery(
                issuer: issuer,
                authorization_endpoint: issuer + "/oauth2/authorize",
                token_endpoint: issuer + "/oauth2/token",
                userinfo_endpoint: issuer + "/oauth2/userinfo",
                introspection_endpoint: issuer + "/oauth2/introspect",
                revocation_endpoint: issuer + "/oauth2/revoke",
                end_session_endpoint: issuer + "/oidc/logout",
                jwks_uri: issuer + "/oauth2/jwks"
            )
        )
    }

    private func keys() async throws -> Response {
        if provider.faults.injects(.identitySlowKeys) {
            try await Task.sleep(for: .milliseconds(provider.faults.lateMilliseconds))
        }
        let isRotated = provider.faults.injects(.identityRotatedKey)
        return try Exchange.json(["keys": provider.signer.publicKeys(withNext: isRotated)])
    }

    private func choose(_ request: Request) throws -> Response {
        let query = Exchange.query(request)
        let authorization = try provider.authorization(query)
        return Exchange.page(IdentityPages.choice(authorization, query: query, root: root, accounts: accounts))
    }

    private func chosen(_ request: Request) async throws -> Response {
        let form = try await Exchange.form(request)
        let authorization = try provider.authorization(form)
        let account = accounts.first { $0.technicalID == form["citizen"] }
        guard account != nil || form["action"] == "cancel" else {
            throw SandboxRefusal(status: .unprocessableContent, text: "Hãy chọn một tài khoản trong danh sách.")
        }
        let level = form["level"] == "1" ? 1 : 2
        return Exchange.redirect(
            provider.answer(authorization, account: form["action"] == "cancel" ? nil : account, level: level)
        )
    }

    private func token(_ request: Request) async throws -> Response {
        guard !provider.faults.injects(.identityDown) else { return Exchange.text("", status: .serviceUnavailable) }
        var form = try await Exchange.form(request)
        if let basic = request.headers[.authorization].flatMap(basicCredentials) {
            (form["client_id"], form["client_secret"]) = (basic.0, basic.1)
        }
        do {
            return try Exchange.json(try provider.tokens(form))
        } catch let error as IdentityProvider.ProtocolError {
            return try Exchange.json(error, status: error.error == "invalid_client" ? .unauthorized : .badRequest)
        }
    }

    private func basicCredentials(_ header: String) -> (String, String)? {
        guard header.hasPrefix("Basic "), let bytes = [UInt8](base64: String(header.dropFirst(6))) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let pair = parts.map { String($0).removingPercentEncoding ?? String($0) }
        return (pair[0], pair[1])
    }

    private func userInfo(_ request: Request) throws -> Response {
        let header = request.headers[.authorization] ?? ""
        guard header.hasPrefix("Bearer "), let claims = provider.userInfo(String(header.dropFirst(7))) else {
            var response = Exchange.text("", status: .unauthorized)
            response.headers[.wwwAuthenticate] = "Bearer error=\"invalid_token\""
            return response
        }
        return try Exchange.json(claims)
    }
}

/// The page of the identity provider.
enum IdentityPages {
    static func choice(
        _ authorization: IdentityProvider.Authorization,
        query: [String: String],
        root: String,
        accounts: [any SampleAccount]
    ) -> HTML {
        let carried = [
            "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
            "code_challenge_method", "acr_values",
        ]
        let hidden = HTML.joined(
            carried.compactMap { name in
                query[name].map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" }
            }
        )
        return SandboxPage.html(
            "Đăng nhập định danh thử nghiệm",
            """
            <p>Chọn một tài khoản mẫu để tiếp tục. Mức yêu cầu: <strong>mức \(authorization.level)</strong>.</p>
            <ul class="choices">
            \(each: accounts, { account($0, root, hidden) })
            </ul>
            <form method="post" action="/\(root)/oauth2/authorize">\(hidden)
            <input type="hidden" name="action" value="cancel">
            <p><button class="stop">Hủy đăng nhập</button></p>
            </form>
            """
        )
    }

    private static func account(_ account: any SampleAccount, _ root: String, _ hidden: HTML) -> HTML {
        """
        <li><form method="post" action="/\(root)/oauth2/authorize" class="row">\(hidden)
        <input type="hidden" name="citizen" value="\(account.technicalID)">
        <span class="grow"><strong>\(account.label)</strong><br>\(account.detail)<br>
        <span class="muted">\(account.place)</span></span>
        <button name="level" value="2" aria-label="Đăng nhập mức 2: \(account.label)">Mức 2</button>
        <button name="level" value="1" class="plain" aria-label="Đăng nhập mức 1: \(account.label)">Mức 1</button>
        </form></li>
        """
    }
}
