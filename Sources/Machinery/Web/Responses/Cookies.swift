// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Hummingbird

/// How cookies of this site are named and protected, by its public address.
public struct CookieJar: Sendable {
    private let isSecure: Bool
    private let prefix: String

    /// With https every cookie bears the `__Host-` prefix, which no other host and no plain connection can set.
    ///
    /// - Parameters:
    ///   - publicURL: The address of the site.
    ///   - space: A word before every name; browsers keep the cookies of all ports of a host in one jar.
    public init(_ publicURL: PublicURL, space: String = "") {
        isSecure = publicURL.hasSecureCookies
        prefix = (publicURL.isHTTPS ? "__Host-" : "") + (space.isEmpty ? "" : "\(space)-")
    }

    /// The name on the wire.
    public func wireName(_ name: String) -> String { prefix + name }

    /// The value that the browser sent; nil as `SentCookies.value`.
    public func value(_ name: String, in request: Request) -> String? { cookies(in: request).value(name) }

    /// What the browser sent of this site's cookies, taken apart once for whoever asks for several.
    public func cookies(in request: Request) -> SentCookies {
        SentCookies(request.headers[values: .cookie], prefix: prefix)
    }

    /// The `Set-Cookie` value.
    ///
    /// - Parameters:
    ///   - name: A name of ours, without prefix.
    ///   - value: Letters, digits and `-_.~` only; anything else is a programmer's error.
    ///   - maxAgeSeconds: Nil for a cookie that ends with the browser; 0 removes it.
    ///   - isHTTPOnly: False only for what a script of ours must read, never for a session.
    /// - Returns: The value of the header.
    public func header(_ name: String, value: String, maxAgeSeconds: Int? = nil, isHTTPOnly: Bool = true) -> String {
        precondition(value.utf8.allSatisfy(Self.isPlain), "a cookie of ours holds plain letters")
        var text = "\(wireName(name))=\(value); Path=/; SameSite=Lax"
        if isSecure { text += "; Secure" }
        if isHTTPOnly { text += "; HttpOnly" }
        if let maxAgeSeconds { text += "; Max-Age=\(maxAgeSeconds)" }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

/// The cookies of one request by the names that the site gives them.
public struct SentCookies: Sendable {
    /// Parts of the header, not copies.
    private var pairs: [(name: Substring, value: Substring)] = []

    /// - Parameters:
    ///   - headers: the values of the header `Cookie`.
    ///   - prefix: what every name of this site begins with; cookies without it are somebody else's.
    init(_ headers: [String], prefix: String) {
        // By bytes: a cookie is ASCII, and looking for characters costs more than the check of a session.
        for header in headers {
            for part in header.utf8.split(separator: UInt8(ascii: ";")) {
                let pair = part.drop { $0 == UInt8(ascii: " ") }
                guard let sign = pair.firstIndex(of: UInt8(ascii: "=")), pair[..<sign].starts(with: prefix.utf8) else {
                    continue
                }
                let name = pair[..<sign].dropFirst(prefix.utf8.count)
                pairs.append((Substring(name), Substring(pair[pair.index(after: sign)...])))
            }
        }
    }

    /// The value that the browser sent; nil when absent, sent twice with different values, or longer than 4 KiB.
    ///
    /// - Parameter name: A name of ours, without prefix.
    /// - Returns: The value as it was sent.
    public func value(_ name: String) -> String? {
        var found: Substring?
        for pair in pairs where pair.name == name {
            if let found, found != pair.value { return nil }
            found = pair.value
        }
        guard let found, found.utf8.count <= 4096 else { return nil }
        return String(found)
    }
}

extension Response {
    /// Adds a `Set-Cookie` line.
    public mutating func setCookie(_ header: String) {
        headers.append(HTTPField(name: .setCookie, value: header))
    }
}
