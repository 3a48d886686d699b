// SPDX-License-Identifier: Apache-2.0

import Digests
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Identity
import Journal
import Kernel
import Site
import Web

/// `POST /api/v1/token`: access tokens for partners (RFC 6749 §4.4), with refusals in the form of its §5.2.
struct TokenHandlers: Sendable {
    let services: APIServices

    /// The errors of RFC 6749 §5.2 that can come up here.
    private enum Refusal: String, Error {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case invalidScope = "invalid_scope"
        case unsupportedGrantType = "unsupported_grant_type"
    }

    private struct Credentials {
        var id: String
        var secret: String
    }

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post,
                path: "/token",
                id: "issueToken",
                summary: "An access token for a partner (OAuth 2.0 client credentials)",
                access: .client,
                rule: "own id and secret",
                body: .tokenForm,
                answer: Endpoint.Answer(status: 200, schema: "Token", note: "The token, for ten minutes"),
                handler: .raw(answer)
            )
        ]
    }

    /// The answer, and the refusal, in the words of OAuth.
    ///
    /// - Throws: `RequestError.rateLimited`, and what reading the body throws.
    func answer(_ request: Request, _ context: PublicContext) async throws -> Response {
        try services.limiter.take("api:\(context.visit.client?.limitKey ?? "-")")
        do {
            let form = try await form(request)
            let credentials = try credentials(request, form)
            guard form["grant_type"] != nil else { throw Refusal.invalidRequest }
            guard form["grant_type"] == "client_credentials" else { throw Refusal.unsupportedGrantType }
            var scopes: Set<PartnerScope>?
            if let text = form.trimmed("scope") {
                guard let read = PartnerScope.read(text) else { throw Refusal.invalidScope }
                scopes = read
            }
            let token = try await services.identity.issueToken(
                partner: credentials.id,
                secret: credentials.secret,
                scopes: scopes
            )
            let body: JSONValue = [
                "access_token": .string(token.secret.text), "token_type": "Bearer",
                "expires_in": .integer(token.lifetimeSeconds), "scope": .string(PartnerScope.text(token.scopes)),
            ]
            return .jsonBytes(Array(body.canonicalText.utf8), status: 200)
        } catch let refusal as Refusal {
            return Self.response(refusal)
        } catch PartnerError.clientRefused {
            return Self.response(.invalidClient)
        } catch PartnerError.scopeRefused {
            return Self.response(.invalidScope)
        }
    }

    private func form(_ request: Request) async throws -> FormFields {
        let form: FormFields
        do { form = try await request.form(limits: FormFields.Limits(bodyBytes: 8 * 1024, fields: 20)) } catch {
            switch error {
            case RequestError.unsupportedMediaType, RequestError.malformed, RequestError.tooManyFields:
                throw Refusal.invalidRequest
            default: throw error
            }
        }
        // RFC 6749 §3.2: no parameter twice.
        guard form.names.count == form.pairs.count else { throw Refusal.invalidRequest }
        return form
    }

    /// From the header or from the form, never from both (RFC 6749 §2.3).
    private func credentials(_ request: Request, _ form: FormFields) throws(Refusal) -> Credentials {
        let headers = request.headers[values: .authorization]
        guard headers.count <= 1 else { throw .invalidRequest }
        guard let header = headers.first else {
            guard let id = form["client_id"], let secret = form["client_secret"] else { throw .invalidClient }
            return Credentials(id: id, secret: secret)
        }
        guard !form.has("client_secret") else { throw .invalidRequest }
        let parts = header.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Data(base64Encoded: String(parts[1])),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let id = Self.text(bytes[..<colon]), let secret = Self.text(bytes[bytes.index(after: colon)...])
        else { throw .invalidClient }
        guard form["client_id"].map({ $0 == id }) ?? true else { throw .invalidRequest }
        return Credentials(id: id, secret: secret)
    }

    /// Id and secret are form-encoded inside the header (RFC 6749 §2.3.1).
    private static func text(_ bytes: Data) -> String? {
        let field = Array("v=".utf8) + bytes.filter { $0 != UInt8(ascii: "&") }
        // Bytes that are no text are no id and no secret.
        return try? FormFields(urlEncoded: field)["v"]
    }

    private static func response(_ refusal: Refusal) -> Response {
        let body: JSONValue = ["error": .string(refusal.rawValue)]
        let status = refusal == .invalidClient ? 401 : 400
        var response = Response.jsonBytes(Array(body.canonicalText.utf8), status: status)
        if refusal == .invalidClient { response.headers[.wwwAuthenticate] = "Basic realm=\"motcua\"" }
        return response
    }
}
