// SPDX-License-Identifier: Apache-2.0

/// A question to another system over HTTP.
public struct OutboundRequest: Sendable {
    /// What is asked for.
    public enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"

        /// Doing it twice is doing it once (RFC 9110 §9.2.2).
        public var isIdempotent: Bool { self != .post && self != .patch }
    }

    /// A header line; the name in any case.
    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        /// A header line.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var method: Method
    /// http or https, without user and password.
    public var url: String
    public var headers: [Header]
    public var body: [UInt8]?
    /// For the whole exchange.
    public var timeoutSeconds: Double
    /// Until the connection stands.
    public var connectTimeoutSeconds: Double
    /// Longer answers are refused.
    public var answerLimitBytes: Int
    /// How many redirects are followed, to http and https only; none unless asked.
    public var redirectLimit: Int

    /// A request with the limits of ordinary calls: 30 s, 10 s to connect, 1 MiB of answer, no redirects.
    public init(
        _ method: Method = .get,
        _ url: String,
        headers: [Header] = [],
        body: [UInt8]? = nil,
        timeoutSeconds: Double = 30,
        connectTimeoutSeconds: Double = 10,
        answerLimitBytes: Int = 1_048_576,
        redirectLimit: Int = 0
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeoutSeconds = timeoutSeconds
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.answerLimitBytes = answerLimitBytes
        self.redirectLimit = redirectLimit
    }

    /// Scheme, host and port, as the circuit breaker tells peers apart; nil when the address is not ours to call.
    var peer: String? {
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        for scheme in ["https://", "http://"] where url.lowercased().hasPrefix(scheme) {
            let authority = url.dropFirst(scheme.count).prefix { !"/?#\\".contains($0) }
            // A user name in an address hides the real host, and its password lands in logs.
            guard !authority.isEmpty, !authority.contains("@") else { return nil }
            return scheme + authority.lowercased()
        }
        return nil
    }

    /// Header lines for the wire; throws `.headerRefused` for a name or value that could end the line.
    func lines() throws(OutboundError) -> [String] {
        var lines: [String] = []
        for header in headers {
            let isToken = !header.name.isEmpty && header.name.utf8.allSatisfy { Self.tokenBytes.contains($0) }
            guard isToken, header.value.utf8.allSatisfy({ ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }) else {
                throw .headerRefused(String(header.name.filter(\.isASCII).prefix(64)))
            }
            // libcurl leaves out a header without a value unless it ends in a semicolon.
            lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        // No waiting for "100 Continue", which many servers never send.
        return lines + ["Expect:"]
    }

    private static let tokenBytes = Set(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8
    )
}

/// What the other system said.
public struct OutboundAnswer: Hashable, Sendable {
    /// HTTP status.
    public var status: Int
    /// Header lines in their order, names in lower case.
    public var headers: [OutboundRequest.Header]
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, headers: [OutboundRequest.Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// 200 to 299.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The first header of this name.
    public func header(_ name: String) -> String? {
        headers.first { $0.name == name.lowercased() }?.value
    }

    /// The answer itself when it is a success; else throws `.peerRefused`.
    public func accepted() throws(OutboundError) -> OutboundAnswer {
        guard isSuccess else { throw .peerRefused(status: status) }
        return self
    }
}
