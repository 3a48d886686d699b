// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What the edge itself refuses, before any service is asked. Every case has its words for the citizen.
public enum RequestError: Presentable, Equatable {
    /// No page has this address.
    case notFound
    /// The page exists, but not for this method; `allowed` are the methods that it has.
    case methodNotAllowed(allowed: [String])
    /// The form, the JSON or the parts could not be read; `reason` is for the log, never shown.
    case malformed(reason: String)
    /// The body is of a kind that this page does not read.
    case unsupportedMediaType
    /// The client takes no kind of answer that this address gives.
    case notAcceptable
    /// The whole body is over its limit.
    case bodyTooLarge(limitBytes: Int)
    /// One file is over its limit.
    case fileTooLarge(limitBytes: Int)
    /// More fields than a form of ours ever has.
    case tooManyFields(limit: Int)
    /// More files in one request than allowed.
    case tooManyFiles(limit: Int)
    /// Request line and headers are over their limit.
    case headersTooLarge(limitBytes: Int)
    /// JSON nested deeper than allowed.
    case tooDeep(limit: Int)
    /// The body did not arrive in time.
    case timedOut
    /// The answer took longer than a person should wait.
    case tooSlow
    /// More requests at once than this server takes.
    case overloaded(retryAfterSeconds: Int)
    /// This client asked too often.
    case rateLimited(retryAfterSeconds: Int)
    /// A form that does not come from a page of ours, or from one whose session is over.
    case forgedForm
    /// Signed in, but this is not theirs to see or do.
    case forbidden
    /// Nobody is signed in.
    case signInNeeded

    public var code: String {
        switch self {
        case .notFound: "not-found"
        case .methodNotAllowed: "method-not-allowed"
        case .malformed: "malformed-request"
        case .unsupportedMediaType: "unsupported-media-type"
        case .notAcceptable: "not-acceptable"
        case .bodyTooLarge: "body-too-large"
        case .fileTooLarge: "file-too-large"
        case .tooManyFields: "too-many-fields"
        case .tooManyFiles: "too-many-files"
        case .headersTooLarge: "headers-too-large"
        case .tooDeep: "too-deep"
        case .timedOut: "request-timeout"
        case .tooSlow: "answer-too-slow"
        case .overloaded: "overloaded"
        case .rateLimited: "rate-limited"
        case .forgedForm: "forged-form"
        case .forbidden: "forbidden"
        case .signInNeeded: "sign-in-needed"
        }
    }

    public var status: Int {
        switch self {
        case .notFound: 404
        case .methodNotAllowed: 405
        case .malformed, .tooManyFields, .tooManyFiles, .tooDeep: 400
        case .notAcceptable: 406
        case .unsupportedMediaType: 415
        case .bodyTooLarge, .fileTooLarge: 413
        case .headersTooLarge: 431
        case .timedOut: 408
        case .tooSlow, .overloaded: 503
        case .rateLimited: 429
        case .forgedForm, .forbidden: 403
        case .signInNeeded: 401
        }
    }

    public var severity: Severity {
        switch self {
        case .tooSlow, .overloaded: .warning
        default: .notice
        }
    }

    public var publicDetail: String? {
        switch self {
        case .notFound: "Không có trang ở địa chỉ này. Kiểm tra lại địa chỉ hoặc tìm từ trang chủ."
        case .methodNotAllowed: "Trang này không nhận cách gửi vừa dùng. Mở lại trang rồi làm tiếp."
        case .malformed: "Chưa đọc được nội dung gửi lên. Mở lại trang rồi gửi lại."
        case .unsupportedMediaType: "Trang này không nhận loại nội dung vừa gửi."
        case .notAcceptable: "Địa chỉ này chỉ trả lời bằng JSON. Gửi Accept: application/json."
        case .bodyTooLarge(let limitBytes): "Nội dung gửi lên không quá \(Self.size(limitBytes))."
        case .fileTooLarge(let limitBytes): "Tệp không quá \(Self.size(limitBytes))."
        case .tooManyFields(let limit): "Biểu mẫu không quá \(limit) ô."
        case .tooManyFiles(let limit): "Chọn nhiều nhất \(limit) tệp."
        case .headersTooLarge: "Địa chỉ hoặc cookie dài quá mức. Xóa cookie của trang này rồi mở lại."
        case .tooDeep(let limit): "Nội dung không quá \(limit) tầng lồng nhau."
        case .timedOut: "Nội dung gửi lên quá lâu chưa tới đủ. Kiểm tra đường truyền rồi gửi lại."
        case .tooSlow: "Hệ thống trả lời quá chậm. Chờ một lát rồi thử lại; điều đã lưu vẫn còn."
        case .overloaded: "Đang có nhiều người cùng dùng. Chờ một lát rồi thử lại; điều đã lưu vẫn còn."
        case .rateLimited(let seconds): "Đã thử nhiều lần liên tiếp. Chờ \(seconds) giây rồi thử lại."
        case .forgedForm: "Trang đã mở quá lâu hoặc không gửi từ cổng này. Mở lại trang rồi gửi lại."
        case .forbidden: "Tài khoản đang dùng không được xem hoặc làm việc này."
        case .signInNeeded: "Đăng nhập để tiếp tục."
        }
    }

    /// Seconds after which the client may ask again, for `Retry-After`.
    public var retryAfterSeconds: Int? {
        switch self {
        case .overloaded(let seconds), .rateLimited(let seconds): seconds
        case .tooSlow: 10
        default: nil
        }
    }

    /// A limit in the words of the page: whole MB (10^6) or KB (10^3) as people count them.
    static func size(_ bytes: Int) -> String {
        if bytes >= 1_000_000 { return "\(bytes / 1_000_000) MB" }
        return bytes >= 1000 ? "\(bytes / 1000) KB" : "\(bytes) byte"
    }
}
