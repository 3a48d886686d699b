// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why something could not be sent, or its answer not be taken.
public enum OutboundError: Presentable, Hashable {
    /// The address is not http or https, or holds control characters.
    case addressRefused(String)
    /// A header, an address of a person or a file name holds CR, LF or another sign that has no place in it.
    case headerRefused(String)
    /// The name of the peer is not known.
    case nameNotFound(host: String)
    /// Nobody answers there, or the connection broke.
    case unreachable(host: String)
    /// No answer within the time.
    case timedOut(host: String)
    /// The certificate of the peer does not hold, or there is no common way to encrypt.
    case notTrusted(host: String)
    /// The answer is longer than the caller allowed.
    case answerTooLarge(limitBytes: Int)
    /// More redirects than the caller allowed.
    case tooManyRedirects
    /// More is waiting to be sent than the queue holds.
    case tooBusy
    /// This peer failed several times in a row and is left alone for a while.
    case resting(host: String, until: Instant)
    /// The caller no longer wants it.
    case cancelled
    /// The mail server takes it later (4yz).
    case mailDeferred(reply: Int)
    /// The mail server refuses it for good (5yz).
    case mailRefused(reply: Int)
    /// The peer answered with an HTTP status that is no success.
    case peerRefused(status: Int)
    /// The peer's answer is not what was agreed.
    case answerNotUnderstood(String)
    /// Anything else that the library reports; the text is its own and holds no content of the message.
    case failed(number: Int, text: String)

    /// Another attempt may succeed.
    public var isTransient: Bool {
        switch self {
        case .nameNotFound, .unreachable, .timedOut, .tooBusy, .resting, .mailDeferred: true
        case .peerRefused(let status): status == 429 || status >= 500
        case .addressRefused, .headerRefused, .notTrusted, .answerTooLarge, .tooManyRedirects, .cancelled,
            .mailRefused, .answerNotUnderstood, .failed:
            false
        }
    }

    /// A stable name of the kind of failure.
    public var code: String {
        switch self {
        case .addressRefused: "outbound-address-refused"
        case .headerRefused: "outbound-header-refused"
        case .nameNotFound: "outbound-name-not-found"
        case .unreachable: "outbound-unreachable"
        case .timedOut: "outbound-timed-out"
        case .notTrusted: "outbound-not-trusted"
        case .answerTooLarge: "outbound-answer-too-large"
        case .tooManyRedirects: "outbound-too-many-redirects"
        case .tooBusy: "outbound-too-busy"
        case .resting: "outbound-resting"
        case .cancelled: "outbound-cancelled"
        case .mailDeferred: "outbound-mail-deferred"
        case .mailRefused: "outbound-mail-refused"
        case .peerRefused: "outbound-peer-refused"
        case .answerNotUnderstood: "outbound-answer-not-understood"
        case .failed: "outbound-failed"
        }
    }

    /// 502 for a peer that fails, 503 for one that may recover, 504 for one that is slow.
    public var status: Int {
        switch self {
        case .timedOut: 504
        case .nameNotFound, .unreachable, .tooBusy, .resting, .mailDeferred, .cancelled: 503
        case .addressRefused, .headerRefused: 500
        default: 502
        }
    }

    /// Peers fail in the ordinary course of things; what we built wrongly is worse.
    public var severity: Severity {
        switch self {
        case .addressRefused, .headerRefused: .critical
        case .cancelled: .notice
        default: .warning
        }
    }

    /// What the person is told.
    public var publicDetail: String? {
        "Hệ thống bên ngoài chưa trả lời. Dữ liệu đã được lưu, hãy thử lại sau ít phút."
    }
}
