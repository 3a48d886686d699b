// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// What the server must know; the composition root fills it from the configuration.
public struct ServerSettings: Sendable {
    /// Address to listen on.
    public var host: String
    /// Port to listen on; 0 takes any free one.
    public var port: Int
    /// The address under which people reach the site.
    public var publicURL: PublicURL
    /// Origins to which a form may lead: payment gateways, identity providers.
    public var formHosts: [PublicURL]
    /// Proxies whose word about the client is believed.
    public var trustedProxies: TrustedProxies
    /// The certificate of our own; nil behind a proxy that ends TLS.
    public var transportSecurity: TransportSecurity?
    /// Limits of connections and requests.
    public var limits: ServerLimits
    /// Draws a page for a failure.
    public var errorPage: ErrorPage
    /// Where the time comes from.
    public var clock: Clock
    /// Where request numbers come from.
    public var random: RandomSource
    /// Told of every answer, for figures; must be quick.
    public var onAnswer: @Sendable (AnsweredRequest) -> Void

    public init(
        host: String = "127.0.0.1",
        port: Int,
        publicURL: PublicURL,
        formHosts: [PublicURL] = [],
        trustedProxies: TrustedProxies = TrustedProxies(),
        transportSecurity: TransportSecurity? = nil,
        limits: ServerLimits = ServerLimits(),
        errorPage: ErrorPage = .plain,
        clock: Clock,
        random: RandomSource,
        onAnswer: @escaping @Sendable (AnsweredRequest) -> Void = { _ in }
    ) {
        (self.host, self.port, self.publicURL, self.formHosts) = (host, port, publicURL, formHosts)
        (self.trustedProxies, self.transportSecurity) = (trustedProxies, transportSecurity)
        (self.limits, self.errorPage) = (limits, errorPage)
        (self.clock, self.random, self.onAnswer) = (clock, random, onAnswer)
    }
}

/// What figures may know of a request: the pattern of its route, never its address.
public struct AnsweredRequest: Sendable {
    /// `GET`, `POST` …; `other` for what is none of the usual ones.
    public let method: String
    /// `/ho-so/{ma}`; `-` when no route fits.
    public let route: String
    /// The status of the answer.
    public let status: Int
    /// From the head of the request to the head of the answer.
    public let seconds: Double
}

/// Limits of the server. Start values of the house.
public struct ServerLimits: Sendable {
    /// Request line and headers together; above it 431.
    public var headerBytes: Int
    /// A connection on which nothing moves is closed.
    public var idleSeconds: Int
    /// A request whose body is still arriving is given up with 408.
    public var requestSeconds: Int
    /// A complete request that is not answered is given up with 503.
    public var handlerSeconds: Int
    /// A long upload gets one more second for each of so many announced bytes: 25 MB at this pace are 500 s.
    public var slowestBytesPerSecond: Int
    /// Requests at work at once; above it 503. Each waits mostly for the store: 512 stay far below 1 s there.
    public var requestsAtOnce: Int
    /// Open connections; further ones wait in the system's queue.
    public var connections: Int

    public init(
        headerBytes: Int = 16 * 1024,
        idleSeconds: Int = 30,
        requestSeconds: Int = 120,
        handlerSeconds: Int = 30,
        slowestBytesPerSecond: Int = 50_000,
        requestsAtOnce: Int = 512,
        connections: Int = 4096
    ) {
        (self.headerBytes, self.idleSeconds, self.requestSeconds) = (headerBytes, idleSeconds, requestSeconds)
        (self.handlerSeconds, self.slowestBytesPerSecond) = (handlerSeconds, slowestBytesPerSecond)
        (self.requestsAtOnce, self.connections) = (requestsAtOnce, connections)
    }
}

/// How a failure looks to a person. The application gives the one with its page frame.
public struct ErrorPage: Sendable {
    /// The whole document for a failure.
    public var draw: @Sendable (FailureFacts) -> HTML

    /// A page drawn by the closure.
    public init(draw: @escaping @Sendable (FailureFacts) -> HTML) { self.draw = draw }

    /// Words without a frame, for servers that have none.
    public static let plain = ErrorPage { facts in
        """
        <!doctype html>
        <html lang="vi"><head><meta charset="utf-8"><title>\(heading(facts.status))</title></head>
        <body><main><h1>\(heading(facts.status))</h1>
        <p>\(facts.publicDetail ?? "Hệ thống chưa làm được việc này. Chờ một lát rồi thử lại.")</p>
        <p>Mã để báo tổng đài 1022: \(facts.requestID)</p></main></body></html>
        """
    }

    /// What the page of a status is called.
    public static func heading(_ status: Int) -> String {
        switch status {
        case 401: "Cần đăng nhập"
        case 403: "Không được vào trang này"
        case 404: "Không tìm thấy trang"
        case 405: "Trang không nhận cách gửi này"
        case 408: "Nội dung tới quá chậm"
        case 409: "Có thay đổi trong lúc chờ"
        case 413: "Nội dung gửi lên quá lớn"
        case 415: "Không nhận loại nội dung này"
        case 422: "Có thông tin cần sửa"
        case 429: "Thử lại sau ít phút"
        case 431: "Địa chỉ hoặc cookie quá dài"
        case 400..<500: "Chưa đọc được yêu cầu"
        case 503: "Hệ thống đang bận"
        case 507: "Tạm thời chưa nhận dữ liệu mới"
        default: "Hệ thống gặp sự cố"
        }
    }
}
