// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Crypto
import Digests
import Foundation
import Kernel
import Synchronization

/// The simulated identity provider: OpenID Connect code flow, PKCE S256 demanded, codes that work once.
final class IdentityProvider: Sendable {
    /// What a client asks of the authorize address, checked.
    struct Authorization: Sendable {
        var clientID: String
        var redirectURI: String
        var state: String
        var nonce: String?
        var challenge: String
        var scope: String
        /// Level asked for by `acr_values`: `LoA1`, `LoA2`.
        var level: Int
    }

    private struct Grant {
        var authorization: Authorization
        var account: any SampleAccount
        var level: Int
        var at: Instant
        var accessToken: String?
    }

    private struct Access {
        var account: any SampleAccount
        var level: Int
        var clientID: String
        var expiresAt: Instant
    }

    private struct State {
        var grants: [String: Grant] = [:]
        var access: [String: Access] = [:]
    }

    static let codeSeconds: Int64 = 60
    static let tokenSeconds: Int64 = 300

    let signer = TokenSigner()
    let faults: FaultBoard
    private let state = Mutex(State())
    private let client: (id: String, secret: String)
    private let redirects: [String]
    private let clock: Clock
    private let random: RandomSource
    /// The issuer, known once the port is known.
    let issuer: @Sendable () -> String

    init(
        client: (id: String, secret: String),
        redirects: [String],
        faults: FaultBoard,
        clock: Clock,
        random: RandomSource,
        issuer: @escaping @Sendable () -> String
    ) {
        (self.client, self.redirects, self.faults) = (client, redirects, faults)
        (self.clock, self.random, self.issuer) = (clock, random, issuer)
    }

    /// Checks an authorize request; nothing is sent to an address that is not allowed.
    ///
    /// - Throws: `SandboxRefusal` with the reason as page text.
    func authorization(_ query: [String: String]) throws(SandboxRefusal) -> Authorization {
        func refuse(_ text: String) -> SandboxRefusal { SandboxRefusal(status: .badRequest, text: text) }
        guard query["client_id"] == client.id else { throw refuse("client_id không được đăng ký.") }
        let redirect = query["redirect_uri"] ?? ""
        guard isAllowed(redirect) else { throw refuse("redirect_uri không nằm trong danh sách được phép.") }
        guard query["response_type"] == "code" else { throw refuse("response_type phải là code.") }
        let scope = query["scope"] ?? ""
        guard scope.split(separator: " ").contains("openid") else { throw refuse("scope phải có openid.") }
        guard let state = query["state"], !state.isEmpty, state.utf8.count <= 512 else { throw refuse("Thiếu state.") }
        guard query["code_challenge_method"] == "S256", let challenge = query["code_challenge"],
            [UInt8](base64URL: challenge)?.count == 32
        else { throw refuse("Thiếu code_challenge theo S256 (PKCE).") }
        return Authorization(
            clientID: client.id,
            redirectURI: redirect,
            state: state,
            nonce: query["nonce"],
            challenge: challenge,
            scope: scope,
            level: (query["acr_values"] ?? "").contains("LoA2") ? 2 : 1
        )
    }

    private func isAllowed(_ redirect: String) -> Bool {
        guard !redirects.isEmpty else {
            guard let url = URL(string: redirect), url.scheme == "http" || url.scheme == "https" else { return false }
            return ["127.0.0.1", "localhost", "[::1]", "::1"].contains(url.host ?? "")
        }
        return redirects.contains(redirect)
    }

    /// The address to which a person goes back after choosing an account, or after cancelling (`account` nil).
    func answer(_ authorization: Authorization, account: (any SampleAccount)?, level: Int) -> String {
        let state = faults.injects(.identityWrongState) ? "sai-\(authorization.state)" : authorization.state
        guard let account, !faults.injects(.identityCancelled) else {
            return Exchange.address(
                authorization.redirectURI,
                ["error": "access_denied", "error_description": "Người dùng hủy đăng nhập", "state": state]
            )
        }
        let code = random.bytes(24).base64URL
        let now = clock.now()
        self.state.withLock { state in
            state.grants = state.grants.filter { $0.value.at.adding(seconds: 3_600) > now }
            state.grants[code] = Grant(authorization: authorization, account: account, level: level, at: now)
        }
        return Exchange.address(authorization.redirectURI, ["code": code, "state": state])
    }

    /// The answer of the token address.
    struct Tokens: Codable, Sendable {
        var access_token: String
        var id_token: String
        var token_type: String
        var expires_in: Int64
        var scope: String
    }

    /// An error of RFC 6749, 5.2.
    struct ProtocolError: Error, Codable {
        var error: String
        var error_description: String
    }

    /// Exchanges a code; a code used twice withdraws what it gave before.
    func tokens(_ form: [String: String]) throws -> Tokens {
        guard form["client_id"] == client.id,
            constantTimeEquals(Array((form["client_secret"] ?? "").utf8), Array(client.secret.utf8))
        else { throw ProtocolError(error: "invalid_client", error_description: "Sai client_id hoặc client_secret.") }
        guard form["grant_type"] == "authorization_code" else {
            throw ProtocolError(error: "unsupported_grant_type", error_description: "Chỉ nhận authorization_code.")
        }
        let now = clock.now()
        let access = random.bytes(24).base64URL
        let challenge = Digest(of: form["code_verifier"] ?? "").bytes.base64URL
        let grant = state.withLock { state -> Grant? in
            guard let code = form["code"], let grant = state.grants[code] else { return nil }
            if let used = grant.accessToken {
                state.access[used] = nil
                return nil
            }
            guard grant.at.adding(seconds: Self.codeSeconds) >= now, challenge == grant.authorization.challenge,
                form["redirect_uri"] == grant.authorization.redirectURI
            else { return nil }
            state.grants[code]?.accessToken = access
            state.access[access] = Access(
                account: grant.account,
                level: grant.level,
                clientID: grant.authorization.clientID,
                expiresAt: now.adding(seconds: Self.tokenSeconds)
            )
            return grant
        }
        guard let grant else {
            throw ProtocolError(error: "invalid_grant", error_description: "Mã sai, hết hạn hoặc đã được dùng.")
        }
        return Tokens(
            access_token: access,
            id_token: try idToken(grant, at: now),
            token_type: "Bearer",
            expires_in: Self.tokenSeconds,
            scope: grant.authorization.scope
        )
    }

    private func idToken(_ grant: Grant, at now: Instant) throws -> String {
        var claims = grant.account.claims(level: grant.level)
        claims["iss"] = .text(faults.injects(.identityWrongIssuer) ? "https://ben-khac.example" : issuer())
        claims["aud"] = .text(faults.injects(.identityWrongAudience) ? "ung-dung-khac" : grant.authorization.clientID)
        let issued = faults.injects(.identityExpired) ? now.adding(hours: -2) : now
        claims["iat"] = .number(issued.epochSeconds)
        claims["auth_time"] = .number(issued.epochSeconds)
        claims["exp"] = .number(issued.adding(seconds: Self.tokenSeconds).epochSeconds)
        if let nonce = grant.authorization.nonce, !faults.injects(.identityMissingNonce) {
            claims["nonce"] = .text(faults.injects(.identityWrongNonce) ? "sai-\(nonce)" : nonce)
        }
        var spoiling = TokenSigner.Spoiling.none
        if faults.injects(.identityRotatedKey) { spoiling = .nextKey }
        if faults.injects(.identityAlgorithmNone) { spoiling = .algorithmNone }
        if faults.injects(.identityWrongSignature) { spoiling = .strangersKey }
        return try signer.token(claims, spoiling: spoiling)
    }

    /// Claims behind an access token; nil when it is unknown or dead.
    func userInfo(_ token: String) -> [String: JSONValue]? {
        let now = clock.now()
        return state.withLock { state in
            state.access[token].flatMap { $0.expiresAt > now ? $0.account.claims(level: $0.level) : nil }
        }
    }

    /// RFC 7662: whether a token lives, for whom, until when.
    func introspect(_ token: String) -> [String: JSONValue] {
        let now = clock.now()
        return state.withLock { state in
            guard let access = state.access[token], access.expiresAt > now else { return ["active": .boolean(false)] }
            return [
                "active": .boolean(true), "client_id": .text(access.clientID),
                "exp": .number(access.expiresAt.epochSeconds),
                "sub": .text(access.account.technicalID),
            ]
        }
    }

    func revoke(_ token: String) { state.withLock { $0.access[token] = nil } }
}
