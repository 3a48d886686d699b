// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import HTTPTypes
public import Hummingbird
public import Kernel

extension HTTPField.Name {
    // Names of ours are tokens by construction; a mistake here stops every test.
    static let tusResumable = HTTPField.Name("Tus-Resumable") ?? .via
    static let tusVersion = HTTPField.Name("Tus-Version") ?? .via
    static let tusExtension = HTTPField.Name("Tus-Extension") ?? .via
    static let tusMaxSize = HTTPField.Name("Tus-Max-Size") ?? .via
    static let uploadOffset = HTTPField.Name("Upload-Offset") ?? .via
    static let uploadLength = HTTPField.Name("Upload-Length") ?? .via
    static let uploadMetadata = HTTPField.Name("Upload-Metadata") ?? .via
    static let uploadExpires = HTTPField.Name("Upload-Expires") ?? .via
    static let methodOverride = HTTPField.Name("X-HTTP-Method-Override") ?? .via
}

/// What a request of the tus protocol says that cannot be read or is not spoken here.
public enum ResumableError: Presentable, Equatable {
    /// Another version of the protocol, or none named.
    case wrongVersion
    /// No length, one that is no number, or one that shall be told later.
    case lengthMissing
    /// No offset, or one that is no number.
    case offsetMissing
    /// Metadata that are not pairs of a key and base 64.
    case metadataWrong
    /// More bytes than were announced.
    case tooLong
    /// A piece that is not `application/offset+octet-stream`.
    case wrongType

    public var code: String {
        switch self {
        case .wrongVersion: "upload-protocol-version"
        case .lengthMissing: "upload-length-missing"
        case .offsetMissing: "upload-offset-missing"
        case .metadataWrong: "upload-metadata-wrong"
        case .tooLong: "upload-too-long"
        case .wrongType: "upload-wrong-type"
        }
    }

    public var status: Int {
        switch self {
        case .wrongVersion: 412
        case .lengthMissing, .offsetMissing, .metadataWrong: 400
        case .tooLong: 413
        case .wrongType: 415
        }
    }

    public var publicDetail: String? {
        switch self {
        case .wrongVersion: "Trang này nhận tệp theo giao thức tus 1.0.0."
        case .lengthMissing, .offsetMissing, .metadataWrong, .wrongType:
            "Chưa đọc được phần tệp vừa gửi. Mở lại trang rồi chọn lại tệp."
        case .tooLong: "Phần vừa gửi dài hơn tệp đã báo. Chọn lại tệp."
        }
    }
}

/// The headers of tus 1.0.0 (tus.io/protocols/resumable-upload): core, creation, expiration, termination.
public enum ResumableProtocol {
    /// The version that is spoken.
    public static let version = "1.0.0"
    private static let extensions = "creation,expiration,termination"
    /// Room for a name, a paper and a digest; RFC 7230 has no limit, we have.
    private static let metadataLimitBytes = 2_048

    /// What every answer carries.
    public static let headers: HTTPFields = [.tusResumable: version]

    /// What the server can do.
    public static func capabilities(maxBytes: Int64) -> Response {
        Response(
            status: .noContent,
            headers: [.tusVersion: version, .tusExtension: extensions, .tusMaxSize: "\(maxBytes)"]
        )
    }

    /// A resource was made.
    public static func created(at location: String, expires: Instant) -> Response {
        Response(
            status: .created,
            headers: [.location: location, .uploadExpires: httpDate(expires), .contentLength: "0"]
        )
    }

    /// How much of a resource is there.
    public static func standing(
        offset: Int64,
        length: Int64,
        expires: Instant,
        metadata: [(key: String, value: String)]
    ) -> Response {
        let pairs = metadata.map { "\($0.key) \(Data($0.value.utf8).base64EncodedString())" }
        return Response(
            status: .ok,
            headers: [
                .uploadOffset: "\(offset)", .uploadLength: "\(length)", .uploadExpires: httpDate(expires),
                .uploadMetadata: pairs.joined(separator: ","), .cacheControl: "no-store",
            ]
        )
    }

    /// A piece was taken.
    public static func taken(upTo offset: Int64, expires: Instant) -> Response {
        Response(status: .noContent, headers: [.uploadOffset: "\(offset)", .uploadExpires: httpDate(expires)])
    }

    /// RFC 9110, 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func httpDate(_ moment: Instant) -> String {
        let date = Date(timeIntervalSince1970: Double(moment.microseconds) / 1_000_000)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int?) -> String { String(number ?? 0, paddedTo: 2) }
        let (day, month) = (days[(parts.weekday ?? 1) - 1], months[(parts.month ?? 1) - 1])
        let time = "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
        return "\(day), \(two(parts.day)) \(month) \(String(parts.year ?? 0, paddedTo: 4)) \(time) GMT"
    }

    static func metadata(_ text: String?) throws(ResumableError) -> [String: String] {
        guard let text, !text.isEmpty else { return [:] }
        guard text.utf8.count <= metadataLimitBytes else { throw .metadataWrong }
        var values: [String: String] = [:]
        for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = pair.split(separator: " ")
            guard (1...2).contains(words.count), let key = words.first.map(String.init), values[key] == nil else {
                throw .metadataWrong
            }
            guard words.count == 2 else {
                values[key] = ""
                continue
            }
            guard let data = Data(base64Encoded: String(words[1])), let value = String(validating: data, as: UTF8.self)
            else { throw .metadataWrong }
            values[key] = value
        }
        return values
    }
}

extension Request {
    /// The method that is meant: a proxy may let nothing but POST through.
    public var resumableMethod: HTTPRequest.Method {
        headers[.methodOverride].flatMap { HTTPRequest.Method($0) } ?? method
    }

    /// - Throws: `wrongVersion`.
    public func requireResumableVersion() throws(ResumableError) {
        guard headers[.tusResumable] == ResumableProtocol.version else { throw .wrongVersion }
    }

    /// The announced length.
    ///
    /// - Throws: `lengthMissing`.
    public func resumableLength() throws(ResumableError) -> Int64 {
        guard let length = headers[.uploadLength].flatMap({ Self.count($0) }) else { throw .lengthMissing }
        return length
    }

    /// Where the piece begins.
    ///
    /// - Throws: `wrongType`, `offsetMissing`.
    public func resumableOffset() throws(ResumableError) -> Int64 {
        guard headers[.contentType] == "application/offset+octet-stream" else { throw .wrongType }
        guard let offset = headers[.uploadOffset].flatMap({ Self.count($0) }) else { throw .offsetMissing }
        return offset
    }

    /// What was announced of the file besides.
    ///
    /// - Throws: `metadataWrong`.
    public func resumableMetadata() throws(ResumableError) -> [String: String] {
        try ResumableProtocol.metadata(headers[.uploadMetadata])
    }

    /// Digits alone: no sign, no space.
    private static func count(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text)
    }
}
