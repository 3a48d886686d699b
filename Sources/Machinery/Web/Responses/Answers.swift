// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import HTTPTypes
public import Hummingbird
public import Markup
import NIOCore

extension HTTPField.Name {
    // Names of ours are tokens by construction; a mistake here stops every test.
    static let requestID = HTTPField.Name(validated: "X-Request-ID")
    static let forwardedFor = HTTPField.Name(validated: "X-Forwarded-For")
    static let referrerPolicy = HTTPField.Name(validated: "Referrer-Policy")
    static let crossOriginOpenerPolicy = HTTPField.Name(validated: "Cross-Origin-Opener-Policy")
    static let crossOriginResourcePolicy = HTTPField.Name(validated: "Cross-Origin-Resource-Policy")
    static let permissionsPolicy = HTTPField.Name(validated: "Permissions-Policy")

    private init(validated name: String) {
        guard let field = HTTPField.Name(name) else { preconditionFailure("no header name: \(name)") }
        self = field
    }
}

/// Who may keep a copy of a page.
public enum Caching: Sendable, Equatable {
    /// Nobody: anything about a person.
    case never
    /// The browser may keep it and must ask whether it still holds (public pages, with an ETag).
    case revalidate
}

extension Response {
    /// A page.
    ///
    /// - Parameters:
    ///   - html: The whole document.
    ///   - status: 200 unless the page tells of an error.
    ///   - caching: `never` for anything about a person.
    /// - Returns: The answer.
    public static func page(
        _ html: HTML,
        status: HTTPResponse.Status = .ok,
        caching: Caching = .never
    ) -> Response {
        var response = bytes(html.utf8, type: "text/html; charset=utf-8", status: status)
        response.headers[.cacheControl] = caching == .never ? "no-store" : "private, no-cache"
        return response
    }

    /// The browser goes on to another address with GET (303), after a POST that did something.
    ///
    /// The location is a path of ours, or an absolute address that the code itself chose.
    public static func seeOther(_ location: String) -> Response {
        precondition(location.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a location is percent-encoded ASCII")
        return Response(
            status: .seeOther,
            headers: [.location: location, .cacheControl: "no-store", .contentLength: "0"]
        )
    }

    /// A value as JSON, keys sorted so that the same value gives the same bytes.
    ///
    /// - Throws: `EncodingError` for values that JSON has not.
    public static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        type: String = "application/json; charset=utf-8"
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var response = bytes(Array(try encoder.encode(value)), type: type, status: status)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Plain text, or a kind of it that the type names.
    public static func text(
        _ text: String,
        status: HTTPResponse.Status = .ok,
        type: String = "text/plain; charset=utf-8"
    ) -> Response {
        var response = bytes(Array(text.utf8), type: type, status: status)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// Answers 304 when the browser already holds these bytes.
    ///
    /// - Parameters:
    ///   - tag: A short name of the content, such as the first letters of its hash; no quotation marks.
    ///   - request: The request, with its `If-None-Match`.
    /// - Returns: This answer with its tag, or 304.
    public func tagged(_ tag: String, for request: Request) -> Response {
        var response = self
        let quoted = "\"\(tag)\""
        response.headers[.eTag] = quoted
        guard request.method == .get || request.method == .head, status == .ok,
            let known = request.headers[.ifNoneMatch]
        else { return response }
        let tags = known.split(separator: ",").map { $0.drop { $0 == " " } }
        guard tags.contains(where: { $0 == "*" || $0 == quoted || $0 == "W/\(quoted)" }) else { return response }
        response.headers[.contentType] = nil
        response.headers[.contentLength] = nil
        return Response(status: .notModified, headers: response.headers)
    }
}

/// Types of users' and our own files that may be answered; decided by content, never HTML or SVG.
public enum ServedType: String, Sendable, CaseIterable {
    case pdf = "application/pdf"
    case jpeg = "image/jpeg"
    case png = "image/png"
    case csv = "text/csv; charset=utf-8"
    case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case zip = "application/zip"
    case other = "application/octet-stream"
}

/// Whether the browser shows a file or saves it.
public enum FileDisposition: String, Sendable {
    case inline
    case attachment
}

extension Response {
    /// A user's file, or one made for a person, with headers of its own: no sniffing, no scripts, framed only by us.
    ///
    /// - Parameters:
    ///   - body: The bytes, whole or streamed.
    ///   - type: The type found in the content, not the one that was claimed.
    ///   - name: What the file is called for people; any letters.
    ///   - disposition: `attachment` unless the page itself shows it.
    /// - Returns: The answer.
    public static func file(
        _ body: ResponseBody,
        type: ServedType,
        name: String,
        disposition: FileDisposition = .attachment
    ) -> Response {
        let shown = type == .other || type == .csv || type == .xlsx ? FileDisposition.attachment : disposition
        return Response(
            status: .ok,
            headers: [
                .contentType: type.rawValue,
                .contentDisposition: contentDisposition(shown, name: name),
                .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'self'",
                .cacheControl: "private, no-store",
                .crossOriginResourcePolicy: "same-origin",
            ],
            body: body
        )
    }

    /// A file that everybody may have, at an address that names its content: kept for a year.
    public static func publicFile(_ bytes: [UInt8], type: ServedType, name: String) -> Response {
        var response = file(ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)), type: type, name: name)
        response.headers[.cacheControl] = "public, max-age=31536000, immutable"
        return response
    }

    /// RFC 6266: an ASCII name for old clients, the real one percent-encoded.
    static func contentDisposition(_ disposition: FileDisposition, name: String) -> String {
        let cleaned = FileName.cleaned(name)
        let real = cleaned.isEmpty ? "tep" : cleaned
        let ascii = String(
            real.unicodeScalars.map { scalar -> Character in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_": Character(scalar)
                default: "_"
                }
            }
        )
        return "\(disposition.rawValue); filename=\"\(ascii)\"; filename*=UTF-8''\(PercentEncoding.queryValue(real))"
    }
}
