// SPDX-License-Identifier: Apache-2.0

/// Where the identity service answers.
public struct OpenIDEndpoints: Sendable, Equatable {
    /// Where the browser is sent.
    public var authorization: String
    /// Where a code is exchanged.
    public var token: String
    /// Where the claims are asked.
    public var userInfo: String
    /// Where the keys are.
    public var keys: String
    /// Whether the service names itself in every answer (RFC 9207), so that one without its name is refused.
    public var namesItself: Bool

    /// A service at these addresses.
    public init(authorization: String, token: String, userInfo: String, keys: String, namesItself: Bool = false) {
        (self.authorization, self.token, self.userInfo, self.keys) = (authorization, token, userInfo, keys)
        self.namesItself = namesItself
    }

    /// The usual addresses below an issuer: `/oauth2/authorize`, `/oauth2/token`, `/oauth2/userinfo`, `/oauth2/jwks`.
    public init(below issuer: String) {
        self.init(
            authorization: issuer + "/oauth2/authorize",
            token: issuer + "/oauth2/token",
            userInfo: issuer + "/oauth2/userinfo",
            keys: issuer + "/oauth2/jwks"
        )
    }
}

/// What the service tells about itself at `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0).
struct OpenIDDiscovery: Decodable {
    var issuer: String
    var authorization_endpoint: String
    var token_endpoint: String
    var userinfo_endpoint: String
    var jwks_uri: String
    var authorization_response_iss_parameter_supported: Bool?

    static func address(below issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// The addresses, when the document is that of this issuer: its name letter by letter, and every address at its
    /// own scheme, host and port, so that a forged or mixed-up document leads no code and no secret elsewhere.
    ///
    /// - Throws: `SignInError.providerMistrusted`.
    func endpoints(of expected: String) throws(SignInError) -> OpenIDEndpoints {
        guard issuer == expected else { throw .providerMistrusted(reason: "discovery-issuer") }
        let origin = Self.origin(expected)
        let addresses = [authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri]
        guard origin != nil, addresses.allSatisfy({ Self.origin($0) == origin }) else {
            throw .providerMistrusted(reason: "discovery-address")
        }
        return OpenIDEndpoints(
            authorization: authorization_endpoint,
            token: token_endpoint,
            userInfo: userinfo_endpoint,
            keys: jwks_uri,
            namesItself: authorization_response_iss_parameter_supported ?? false
        )
    }

    /// `https://host:port`, small; nil for anything that is no plain address.
    static func origin(_ address: String) -> String? {
        let lower = address.lowercased()
        guard let scheme = ["https://", "http://"].first(where: { lower.hasPrefix($0) }) else { return nil }
        let host = lower.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        // User names and backslashes are how an address pretends to be another.
        guard !host.isEmpty, !host.contains("@"), !address.contains("\\"),
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        return scheme + host
    }
}
