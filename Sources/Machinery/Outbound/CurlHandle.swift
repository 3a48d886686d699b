// SPDX-License-Identifier: Apache-2.0

import CCurl

/// One libcurl handle with its open connections. It belongs to one thread of the pool.
@safe final class CurlHandle {
    /// libcurl is prepared once for the process, before the first handle.
    private static let isReady: Bool = outbound_global_init() == CURLE_OK

    let pointer: UnsafeMutableRawPointer?

    init() {
        unsafe pointer = Self.isReady ? curl_easy_init() : nil
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
    }

    /// Options of the last transfer are forgotten, connections kept; then what holds for every transfer is set.
    func prepare(_ exchange: CurlExchange, limits: CurlLimits) -> CURLcode {
        guard let curl = unsafe pointer else { return CURLE_FAILED_INIT }
        unsafe curl_easy_reset(curl)
        let context = unsafe Unmanaged.passUnretained(exchange).toOpaque()
        var options = CurlOptions()
        options.add(unsafe outbound_set_number(curl, CURLOPT_NOSIGNAL, 1))
        options.add(unsafe outbound_set_number(curl, CURLOPT_SSL_VERIFYPEER, 1))
        options.add(unsafe outbound_set_number(curl, CURLOPT_SSL_VERIFYHOST, 2))
        options.add(unsafe outbound_set_number(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2))
        options.add(unsafe outbound_set_number(curl, CURLOPT_TIMEOUT_MS, Int(limits.timeoutSeconds * 1_000)))
        options.add(
            unsafe outbound_set_number(curl, CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connectTimeoutSeconds * 1_000))
        )
        if let file = limits.authoritiesFile {
            options.add(unsafe outbound_set_text(curl, CURLOPT_CAINFO, file))
        }
        // An empty proxy keeps libcurl from following the proxy variables of the environment on its own.
        options.add(unsafe outbound_set_text(curl, CURLOPT_PROXY, limits.proxy ?? ""))
        options.add(unsafe outbound_set_write(curl, CURLOPT_WRITEFUNCTION, CurlExchange.takeBody))
        options.add(unsafe outbound_set_pointer(curl, CURLOPT_WRITEDATA, context))
        options.add(unsafe outbound_set_write(curl, CURLOPT_HEADERFUNCTION, CurlExchange.takeHeader))
        options.add(unsafe outbound_set_pointer(curl, CURLOPT_HEADERDATA, context))
        options.add(unsafe outbound_set_progress(curl, CurlExchange.goOn))
        options.add(unsafe outbound_set_pointer(curl, CURLOPT_XFERINFODATA, context))
        options.add(unsafe outbound_set_number(curl, CURLOPT_NOPROGRESS, 0))
        return options.first
    }

    /// Does the transfer; the calling thread waits.
    func perform() -> CURLcode {
        unsafe curl_easy_perform(pointer)
    }

    /// HTTP status or the last reply of a mail server.
    var answerCode: Int {
        var code = 0
        _ = unsafe outbound_answer_code(pointer, &code)
        return code
    }
}

/// Limits of one transfer.
struct CurlLimits: Sendable {
    var timeoutSeconds: Double
    var connectTimeoutSeconds: Double
    var authoritiesFile: String?
    var proxy: String?
}

/// Keeps the first failure of a row of options.
struct CurlOptions {
    private(set) var first = CURLE_OK
    mutating func add(_ code: CURLcode) {
        if first == CURLE_OK { first = code }
    }
}

/// A list of lines as libcurl wants them; freed with this value's owner.
@safe final class CurlList {
    private(set) var pointer: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String]) {
        for line in lines {
            if let longer = unsafe curl_slist_append(pointer, line) { unsafe pointer = longer }
        }
    }

    deinit {
        unsafe curl_slist_free_all(pointer)
    }

    /// Hands the list to a new owner in C.
    func release() -> UnsafeMutablePointer<curl_slist>? {
        let released = unsafe pointer
        unsafe pointer = nil
        return unsafe released
    }
}

/// What comes back during one transfer, within limits. C reaches it through an unretained pointer while `perform` runs.
final class CurlExchange {
    /// Header lines of one answer; more is a fault or an attack.
    static let headerLimitBytes = 65_536

    private(set) var headers: [(name: String, value: String)] = []
    private(set) var body: [UInt8] = []
    private(set) var isOverLimit = false
    private var headerBytes = 0
    private let limitBytes: Int
    private let stop: StopFlag

    init(limitBytes: Int, stop: StopFlag) {
        self.limitBytes = limitBytes
        self.stop = stop
    }

    private func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= limitBytes else {
            isOverLimit = true
            return false
        }
        unsafe body.append(contentsOf: bytes)
        return true
    }

    private func take(header bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= Self.headerLimitBytes else {
            isOverLimit = true
            return false
        }
        let line = unsafe String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // A new answer begins: after a redirect, or after "100 Continue".
            headers = []
            body = []
            return true
        }
        guard let colon = line.firstIndex(of: ":") else { return true }
        let value = line[line.index(after: colon)...]
        headers.append((line[..<colon].lowercased(), String(value.trimmingWhitespace())))
        return true
    }

    private static func exchange(_ context: UnsafeMutableRawPointer) -> CurlExchange {
        unsafe Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
    }

    static let takeBody: outbound_write = { bytes, size, count, context in
        guard let context = unsafe context else { return 0 }
        let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        return unsafe exchange(context).take(body: buffer) ? size * count : 0
    }

    static let takeHeader: outbound_write = { bytes, size, count, context in
        guard let context = unsafe context else { return 0 }
        let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        return unsafe exchange(context).take(header: buffer) ? size * count : 0
    }

    static let goOn: outbound_progress = { context, _, _, _, _ in
        guard let context = unsafe context else { return 1 }
        return unsafe exchange(context).stop.isSet ? 1 : 0
    }

    /// What a failed transfer means for the caller.
    func error(_ code: CURLcode, host: String) -> OutboundError {
        if stop.isSet { return .cancelled }
        if isOverLimit { return .answerTooLarge(limitBytes: limitBytes) }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .nameNotFound(host: host)
        case CURLE_COULDNT_CONNECT, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE:
            return .unreachable(host: host)
        case CURLE_OPERATION_TIMEDOUT: return .timedOut(host: host)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_USE_SSL_FAILED,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return .notTrusted(host: host)
        case CURLE_TOO_MANY_REDIRECTS: return .tooManyRedirects
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return .addressRefused(host)
        default:
            let text = unsafe String(cString: curl_easy_strerror(code))
            return .failed(number: Int(code.rawValue), text: text)
        }
    }
}

extension Substring {
    fileprivate func trimmingWhitespace() -> Substring {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
