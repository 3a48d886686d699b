// SPDX-License-Identifier: Apache-2.0

import CCurl
public import Kernel

/// Through which server letters go.
public struct MailSettings: Sendable {
    /// How the way to the server is protected.
    public enum Protection: String, Sendable, CaseIterable {
        /// Only to a server on the same machine or an inner network.
        case none
        /// Begins in the open and must become TLS before anything else (port 587).
        case startTLS
        /// TLS from the first byte (port 465).
        case tls
    }

    public var host: String
    public var port: Int
    public var protection: Protection
    /// With its password, when the server wants to know who sends.
    public var user: String?
    public var password: String?
    public var sender: MailAddress
    /// PEM file of the authorities that are trusted instead of the system's.
    public var authoritiesFile: String?
    public var timeoutSeconds: Double
    /// Letters at the same time.
    public var threads: Int
    /// Letters that may wait for a thread.
    public var waitingLimit: Int

    /// Settings with defaults: two letters at once, 60 s for each.
    public init(
        host: String,
        port: Int,
        protection: Protection,
        sender: MailAddress,
        user: String? = nil,
        password: String? = nil,
        authoritiesFile: String? = nil,
        timeoutSeconds: Double = 60,
        threads: Int = 2,
        waitingLimit: Int = 256
    ) {
        self.host = host
        self.port = port
        self.protection = protection
        self.sender = sender
        self.user = user
        self.password = password
        self.authoritiesFile = authoritiesFile
        self.timeoutSeconds = timeoutSeconds
        self.threads = threads
        self.waitingLimit = waitingLimit
    }
}

/// Sends letters over SMTP.
public final class MailClient: Sendable {
    private let settings: MailSettings
    private let clock: Clock
    private let random: RandomSource
    private let pool: BlockingPool

    /// Receivers of one letter.
    public static let receiversLimit = 50
    /// Text and attachments together; most servers take 25 MB, and base64 adds a third.
    public static let bytesLimit = 18_000_000
    /// Letters of a subject; more does not fit a line of 998 signs.
    public static let subjectLimit = 200

    /// A client with its own threads.
    public init(_ settings: MailSettings, clock: Clock, random: RandomSource = .system) {
        self.settings = settings
        self.clock = clock
        self.random = random
        pool = BlockingPool(name: "mail", threads: settings.threads, waitingLimit: settings.waitingLimit)
    }

    /// Hands the letter to the server; returns when the server has taken it (250).
    ///
    /// Throws `.headerRefused` before anything is sent; `.mailDeferred` and `.mailRefused` with the server's reply;
    /// `.nameNotFound`, `.unreachable`, `.timedOut`, `.notTrusted`, `.tooBusy`, `.cancelled`, `.failed`.
    public func send(_ message: MailMessage) async throws(OutboundError) {
        try check(message)
        let headers = headerLines(message)
        let settings = settings
        try await pool.run { handle, stop in
            Self.transfer(message, headers: headers, settings: settings, handle: handle, stop: stop)
        }
    }

    // MARK: - The letter

    private func check(_ message: MailMessage) throws(OutboundError) {
        guard (1...Self.receiversLimit).contains(message.to.count) else { throw .headerRefused("to") }
        guard MailHeader.isSingleLine(message.subject), message.subject.count <= Self.subjectLimit else {
            throw .headerRefused("subject")
        }
        let identifier = message.identifier ?? "x"
        let isPlain = identifier.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || ".-_".utf8.contains(byte)
        }
        guard isPlain, (1...64).contains(identifier.utf8.count) else { throw .headerRefused("message-id") }
        for attachment in message.attachments {
            let type = attachment.mediaType.utf8
            guard MailHeader.isSingleLine(attachment.fileName), (1...200).contains(attachment.fileName.count) else {
                throw .headerRefused("filename")
            }
            guard type.allSatisfy({ (0x21...0x7E).contains($0) }), type.contains(UInt8(ascii: "/")) else {
                throw .headerRefused("content-type")
            }
        }
        let bytes = message.text.utf8.count + message.attachments.reduce(0) { $0 + $1.bytes.count }
        guard bytes <= Self.bytesLimit else { throw .headerRefused("size") }
    }

    private func headerLines(_ message: MailMessage) -> [String] {
        let byChance = random.bytes(16).map { String($0, radix: 16) }.joined()
        let domain = settings.sender.address.split(separator: "@").last ?? "localhost"
        return [
            "Date: \(MailHeader.date(clock.now()))",
            "From: \(MailHeader.mailbox(settings.sender))",
            "To: \(message.to.map(MailHeader.mailbox).joined(separator: ", "))",
            "Subject: \(MailHeader.encoded(message.subject))",
            "Message-ID: <\(message.identifier ?? byChance)@\(domain)>",
            // Holiday answers and bounces of machines do not answer a machine (RFC 3834).
            "Auto-Submitted: auto-generated",
        ]
    }

    // MARK: - libcurl

    private static func transfer(
        _ message: MailMessage,
        headers: [String],
        settings: MailSettings,
        handle: CurlHandle,
        stop: StopFlag
    ) -> Result<Void, OutboundError> {
        // A server's replies are short; what it says is never kept.
        let exchange = CurlExchange(limitBytes: CurlExchange.headerLimitBytes, stop: stop)
        let limits = CurlLimits(
            timeoutSeconds: settings.timeoutSeconds,
            connectTimeoutSeconds: min(settings.timeoutSeconds, 15),
            authoritiesFile: settings.authoritiesFile
        )
        var options = CurlOptions()
        options.add(handle.prepare(exchange, limits: limits))
        guard let curl = unsafe handle.pointer, options.first == CURLE_OK else {
            return .failure(exchange.error(options.first, host: settings.host))
        }
        let scheme = settings.protection == .tls ? "smtps" : "smtp"
        let lines = CurlList(headers)
        let receivers = CurlList(message.to.map { "<\($0.address)>" })
        options.add(unsafe outbound_set_text(curl, CURLOPT_URL, "\(scheme)://\(settings.host):\(settings.port)"))
        options.add(unsafe outbound_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps"))
        if settings.protection != .none {
            options.add(unsafe outbound_set_number(curl, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)))
        }
        if let user = settings.user, let password = settings.password {
            options.add(unsafe outbound_set_text(curl, CURLOPT_USERNAME, user))
            options.add(unsafe outbound_set_text(curl, CURLOPT_PASSWORD, password))
        }
        options.add(unsafe outbound_set_text(curl, CURLOPT_MAIL_FROM, "<\(settings.sender.address)>"))
        options.add(unsafe outbound_set_list(curl, CURLOPT_MAIL_RCPT, receivers.pointer))
        options.add(unsafe outbound_set_list(curl, CURLOPT_HTTPHEADER, lines.pointer))
        guard let mime = unsafe curl_mime_init(curl) else { return .failure(.failed(number: 27, text: "memory")) }
        defer { unsafe curl_mime_free(mime) }
        options.add(unsafe fill(mime, with: message))
        options.add(unsafe outbound_set_mime(curl, mime))
        let code = options.first == CURLE_OK ? handle.perform() : options.first
        withExtendedLifetime((lines, receivers, exchange)) {}
        guard code != CURLE_OK else { return .success(()) }
        switch (stop.isSet, handle.answerCode) {
        case (false, let reply) where (400..<500).contains(reply): return .failure(.mailDeferred(reply: reply))
        case (false, let reply) where (500..<600).contains(reply): return .failure(.mailRefused(reply: reply))
        default: return .failure(exchange.error(code, host: settings.host))
        }
    }

    /// Text as quoted-printable UTF-8, files as base64.
    private static func fill(_ mime: OpaquePointer, with message: MailMessage) -> CURLcode {
        var options = CurlOptions()
        let lines = message.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let text = Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
        let body = unsafe curl_mime_addpart(mime)
        options.add(unsafe add(text, to: body, type: "text/plain; charset=utf-8", encoding: "quoted-printable"))
        for attachment in message.attachments {
            let part = unsafe curl_mime_addpart(mime)
            let type = attachment.mediaType
            options.add(unsafe add(attachment.bytes, to: part, type: type, encoding: "base64"))
            let own = CurlList([MailHeader.disposition(attachment.fileName)])
            options.add(unsafe curl_mime_headers(part, own.release(), 1))
        }
        return options.first
    }

    private static func add(_ bytes: [UInt8], to part: OpaquePointer?, type: String, encoding: String) -> CURLcode {
        var options = CurlOptions()
        // An empty file still needs an address: without one libcurl takes the part away.
        unsafe (bytes + [0]).withUnsafeBytes { buffer in
            let characters = unsafe buffer.bindMemory(to: CChar.self)
            options.add(unsafe curl_mime_data(part, characters.baseAddress, bytes.count))
        }
        options.add(unsafe curl_mime_type(part, type))
        options.add(unsafe curl_mime_encoder(part, encoding))
        return options.first
    }
}
