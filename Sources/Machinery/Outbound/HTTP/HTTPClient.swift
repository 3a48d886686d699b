// SPDX-License-Identifier: Apache-2.0

import CCurl
public import Kernel
import Synchronization

/// How this house calls others.
public struct HTTPSettings: Sendable {
    /// Threads, and so calls at the same time.
    public var threads: Int
    /// Calls that may wait for a thread; one more is answered `.tooBusy`.
    public var waitingLimit: Int
    /// PEM file of the authorities that are trusted instead of the system's.
    public var authoritiesFile: String?
    /// Proxy for all calls; the environment's proxy variables are not followed.
    public var proxy: String?
    /// Sent as `User-Agent`.
    public var agent: String
    public var breaker: CircuitBreaker.Settings

    /// Settings with defaults: 8 calls at once, 256 waiting.
    public init(
        threads: Int = 8,
        waitingLimit: Int = 256,
        authoritiesFile: String? = nil,
        proxy: String? = nil,
        agent: String = "MotCua",
        breaker: CircuitBreaker.Settings = .init()
    ) {
        self.threads = threads
        self.waitingLimit = waitingLimit
        self.authoritiesFile = authoritiesFile
        self.proxy = proxy
        self.agent = agent
        self.breaker = breaker
    }
}

/// Calls other systems over HTTP and HTTPS. Certificates are always verified. One for the whole process.
public final class HTTPClient: Sendable {
    private let settings: HTTPSettings
    private let clock: Clock
    private let random: RandomSource
    private let pause: @Sendable (_ seconds: Double) async throws -> Void
    private let pool: BlockingPool
    private let breakers = Mutex<[String: CircuitBreaker]>([:])

    /// Peers whose breakers are remembered; beyond that the closed ones are forgotten.
    private static let peersLimit = 1_000

    /// A client with its own threads. `pause` waits between attempts.
    public init(
        _ settings: HTTPSettings = HTTPSettings(),
        clock: Clock,
        random: RandomSource = .system,
        pause: @escaping @Sendable (_ seconds: Double) async throws -> Void = {
            try await Task.sleep(for: .seconds($0))
        }
    ) {
        self.settings = settings
        self.clock = clock
        self.random = random
        self.pause = pause
        pool = BlockingPool(name: "http", threads: settings.threads, waitingLimit: settings.waitingLimit)
    }

    /// Sends the request and gives the answer, whatever its status; `accepted()` turns a refusal into an error.
    ///
    /// Repeats by `retry` what failed on the way or was answered 429, 502, 503 or 504, but only where twice is the same
    /// as once: an idempotent method, or a request with an `Idempotency-Key`.
    /// Throws every `OutboundError` but those of mail and `.peerRefused`.
    public func send(
        _ request: OutboundRequest,
        retry: RetryPolicy = .none
    ) async throws(OutboundError) -> OutboundAnswer {
        guard let peer = request.peer else { throw .addressRefused(String(request.url.prefix(200))) }
        let lines = try request.lines()
        let mayRepeat =
            request.method.isIdempotent || request.headers.contains { $0.name.lowercased() == "idempotency-key" }
        var attempt = 1
        while true {
            let outcome = await once(request, lines: lines, peer: peer)
            guard mayRepeat, let askedFor = Self.repeatable(outcome),
                let seconds = retry.pauseSeconds(after: attempt, askedFor: askedFor.seconds, random: random)
            else { return try outcome.get() }
            do { try await pause(seconds) } catch { throw .cancelled }
            attempt += 1
        }
    }

    /// Nil when another attempt makes no sense; else what the peer asked for.
    private static func repeatable(_ outcome: Result<OutboundAnswer, OutboundError>) -> (seconds: Double?, Void)? {
        switch outcome {
        case .success(let answer):
            guard [429, 502, 503, 504].contains(answer.status) else { return nil }
            return (answer.header("retry-after").flatMap(Double.init), ())
        case .failure(.resting), .failure(.tooBusy): return nil
        case .failure(let error): return error.isTransient ? (nil, ()) : nil
        }
    }

    private func once(
        _ request: OutboundRequest,
        lines: [String],
        peer: String
    ) async -> Result<OutboundAnswer, OutboundError> {
        if let until = rests(peer) { return .failure(.resting(host: peer, until: until)) }
        do {
            let settings = settings
            let answer = try await pool.run { handle, stop in
                Self.transfer(request, lines: lines, host: peer, settings: settings, handle: handle, stop: stop)
            }
            note(peer, isWell: answer.status < 500)
            return .success(answer)
        } catch {
            switch error {
            case .nameNotFound, .unreachable, .timedOut, .notTrusted: note(peer, isWell: false)
            case .answerTooLarge, .tooManyRedirects: note(peer, isWell: true)
            // A call that never reached the peer, or was broken off by us, says nothing about it; a probe that says
            // nothing runs out by itself.
            default: break
            }
            return .failure(error)
        }
    }

    // MARK: - Breakers

    private func rests(_ peer: String) -> Instant? {
        let now = clock.now()
        return breakers.withLock { breakers in
            if breakers.count >= Self.peersLimit, breakers[peer] == nil {
                breakers = breakers.filter { $0.value.position != .closed(failures: 0) }
            }
            return breakers[peer, default: CircuitBreaker(settings.breaker)].restsUntil(at: now)
        }
    }

    private func note(_ peer: String, isWell: Bool) {
        let now = clock.now()
        breakers.withLock { breakers in
            if isWell {
                breakers[peer]?.succeeded()
            } else {
                breakers[peer]?.failed(at: now)
            }
        }
    }

    // MARK: - libcurl

    private static func transfer(
        _ request: OutboundRequest,
        lines: [String],
        host: String,
        settings: HTTPSettings,
        handle: CurlHandle,
        stop: StopFlag
    ) -> Result<OutboundAnswer, OutboundError> {
        let exchange = CurlExchange(limitBytes: request.answerLimitBytes, stop: stop)
        let limits = CurlLimits(
            timeoutSeconds: request.timeoutSeconds,
            connectTimeoutSeconds: request.connectTimeoutSeconds,
            authoritiesFile: settings.authoritiesFile,
            proxy: settings.proxy
        )
        var options = CurlOptions()
        options.add(handle.prepare(exchange, limits: limits))
        guard let curl = unsafe handle.pointer, options.first == CURLE_OK else {
            return .failure(exchange.error(options.first, host: host))
        }
        let list = CurlList(lines)
        let body = request.body ?? []
        options.add(unsafe outbound_set_text(curl, CURLOPT_URL, request.url))
        options.add(unsafe outbound_set_text(curl, CURLOPT_PROTOCOLS_STR, "http,https"))
        options.add(unsafe outbound_set_text(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https"))
        options.add(unsafe outbound_set_text(curl, CURLOPT_USERAGENT, settings.agent))
        options.add(unsafe outbound_set_list(curl, CURLOPT_HTTPHEADER, list.pointer))
        options.add(unsafe outbound_set_number(curl, CURLOPT_FOLLOWLOCATION, request.redirectLimit > 0 ? 1 : 0))
        options.add(unsafe outbound_set_number(curl, CURLOPT_MAXREDIRS, request.redirectLimit))
        switch request.method {
        case .get where request.body == nil, .post: break
        case .head: options.add(unsafe outbound_set_number(curl, CURLOPT_NOBODY, 1))
        default: options.add(unsafe outbound_set_text(curl, CURLOPT_CUSTOMREQUEST, request.method.rawValue))
        }
        let code = unsafe body.withUnsafeBytes { buffer in
            if request.body != nil || request.method == .post {
                options.add(unsafe outbound_set_size(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(buffer.count)))
                if let start = buffer.baseAddress {
                    let bytes = unsafe UnsafeMutableRawPointer(mutating: start)
                    options.add(unsafe outbound_set_pointer(curl, CURLOPT_POSTFIELDS, bytes))
                } else {
                    options.add(unsafe outbound_set_text(curl, CURLOPT_COPYPOSTFIELDS, ""))
                }
            }
            return options.first == CURLE_OK ? handle.perform() : options.first
        }
        withExtendedLifetime((list, exchange)) {}
        guard code == CURLE_OK else { return .failure(exchange.error(code, host: host)) }
        let headers = exchange.headers.map { OutboundRequest.Header($0.name, $0.value) }
        return .success(OutboundAnswer(status: handle.answerCode, headers: headers, body: exchange.body))
    }
}
