// SPDX-License-Identifier: Apache-2.0

/// The address under which people reach the site, as configured: `https://dichvucong.example.vn`.
///
/// It decides what a proxy in front cannot tell reliably: whether cookies are Secure, whether HSTS is sent, and which
/// origin a form must come from.
public struct PublicURL: Sendable, Equatable, CustomStringConvertible {
    /// `https` or `http`.
    public let scheme: String
    /// Host name or address, lower case, an IPv6 address in brackets.
    public let host: String
    /// The port; nil when it is the scheme's own.
    public let port: Int?

    /// Reads scheme, host and port; nil for anything with a path, a query, user information or another scheme.
    public init?(_ text: String) {
        let lower = text.lowercased()
        let halves = lower.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0] == "https" || halves[0] == "http" else { return nil }
        scheme = String(halves[0])
        var authority = halves[1]
        if authority.hasSuffix("/") { authority = authority.dropLast() }
        let portStart = authority.lastIndex(of: ":").flatMap { authority[$0...].contains("]") ? nil : $0 }
        if let portStart {
            let digits = authority[authority.index(after: portStart)...]
            guard let number = Int(digits), (1...65535).contains(number) else { return nil }
            port = number == (scheme == "https" ? 443 : 80) ? nil : number
            authority = authority[..<portStart]
        } else {
            port = nil
        }
        let isPlain = authority.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"):
                true
            default: false
            }
        }
        guard !authority.isEmpty, isPlain else { return nil }
        host = String(authority)
    }

    /// The address on this machine, where no other is configured.
    public static func loopback(port: Int, isHTTPS: Bool = false) -> PublicURL {
        let own = isHTTPS ? 443 : 80
        return PublicURL(scheme: isHTTPS ? "https" : "http", host: "127.0.0.1", port: port == own ? nil : port)
    }

    private init(scheme: String, host: String, port: Int?) {
        (self.scheme, self.host, self.port) = (scheme, host, port)
    }

    /// `https://host:port`, as browsers write an origin.
    public var description: String { "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "") }

    /// Whether the connection of the browser is encrypted.
    public var isHTTPS: Bool { scheme == "https" }

    /// Whether the address is this machine's own; browsers treat it as trustworthy without encryption.
    public var isLoopback: Bool { host == "localhost" || host == "[::1]" || host.hasPrefix("127.") }

    /// Whether cookies carry `Secure`: always with https, and on loopback, where browsers keep them all the same.
    public var hasSecureCookies: Bool { isHTTPS || isLoopback }

    /// The absolute address of a path of ours, for mails, QR codes and redirects from outside.
    public func absolute(_ path: String) -> String { description + path }
}
