// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
public import Hummingbird
import NIOCore

/// How large and how deep a JSON body may be.
public struct JSONLimits: Sendable {
    public var bodyBytes: Int
    public var depth: Int

    public init(bodyBytes: Int = 1024 * 1024, depth: Int = 32) {
        (self.bodyBytes, self.depth) = (bodyBytes, depth)
    }
}

extension Request {
    /// Refuses a body whose declared length is over the limit before any of it is read.
    func refuseDeclaredLength(over limitBytes: Int) throws(RequestError) {
        guard let text = headers[.contentLength] else { return }
        guard let length = Int(text), length >= 0 else { throw .malformed(reason: "content length") }
        guard length <= limitBytes else { throw .bodyTooLarge(limitBytes: limitBytes) }
    }

    /// Refuses a body that says of itself that it is not of this media type, not UTF-8, or packed.
    private func refuse(unless mediaType: String) throws(RequestError) {
        try refusePacked()
        let parts = (headers[.contentType] ?? "").lowercased().split(separator: ";", omittingEmptySubsequences: false)
        guard parts.first?.filter({ $0 != " " && $0 != "\t" }) == mediaType else { throw .unsupportedMediaType }
        for part in parts.dropFirst() {
            let parameter = part.filter { $0 != " " && $0 != "\t" && $0 != "\"" }
            guard parameter.hasPrefix("charset=") else { continue }
            guard ["charset=utf-8", "charset=us-ascii"].contains(parameter) else { throw .unsupportedMediaType }
        }
    }

    /// Refuses a body that is compressed: a small one could swell without end.
    func refusePacked() throws(RequestError) {
        let codings = headers[values: .contentEncoding].joined(separator: ",").lowercased().split(separator: ",")
        guard codings.allSatisfy({ $0.filter { $0 != " " } == "identity" }) else { throw .unsupportedMediaType }
    }

    /// The whole body.
    ///
    /// - Throws: `bodyTooLarge`, `CancellationError` when the client is gone or too slow.
    public func bytes(limitBytes: Int) async throws -> [UInt8] {
        try refuseDeclaredLength(over: limitBytes)
        var collected: [UInt8] = []
        for try await buffer in body {
            guard collected.count + buffer.readableBytes <= limitBytes else {
                throw RequestError.bodyTooLarge(limitBytes: limitBytes)
            }
            collected.append(contentsOf: buffer.readableBytesView)
        }
        try Task.checkCancellation()
        return collected
    }

    /// The fields of an ordinary form (`application/x-www-form-urlencoded`).
    ///
    /// - Throws: `unsupportedMediaType`, `bodyTooLarge`, `tooManyFields`, `malformed`.
    public func form(limits: FormFields.Limits = FormFields.Limits()) async throws -> FormFields {
        try refuse(unless: "application/x-www-form-urlencoded")
        return try FormFields(urlEncoded: await bytes(limitBytes: limits.bodyBytes), limits: limits)
    }

    /// The parameters behind the question mark, decoded like a form.
    ///
    /// - Throws: `malformed`, `tooManyFields`.
    public func queryFields() throws(RequestError) -> QueryFields {
        QueryFields(try FormFields(urlEncoded: Array((uri.query ?? "").utf8)))
    }

    /// A JSON body decoded into a value.
    ///
    /// - Throws: `unsupportedMediaType`, `bodyTooLarge`, `tooDeep`, `malformed`.
    public func json<Value: Decodable>(
        _ type: Value.Type = Value.self,
        limits: JSONLimits = JSONLimits()
    ) async throws -> Value {
        try refuse(unless: "application/json")
        let collected = try await bytes(limitBytes: limits.bodyBytes)
        // The decoder would also take UTF-16 and UTF-32, which RFC 8259 does not know and our counting does not read.
        guard !collected.contains(0), String(validating: collected, as: UTF8.self) != nil else {
            throw RequestError.malformed(reason: "JSON is not UTF-8")
        }
        try JSONShape.check(collected, depth: limits.depth)
        do {
            return try JSONDecoder().decode(Value.self, from: Data(collected))
        } catch let error as DecodingError {
            throw RequestError.malformed(reason: JSONShape.place(of: error))
        }
    }
}

/// What is looked at before a JSON text reaches the decoder, which recurses.
enum JSONShape {
    /// Counts brackets outside of strings.
    ///
    /// - Throws: `tooDeep`.
    static func check(_ bytes: [UInt8], depth limit: Int) throws(RequestError) {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                guard depth <= limit else { throw .tooDeep(limit: limit) }
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: continue
            }
        }
    }

    /// Where decoding failed, without any value.
    static func place(of error: DecodingError) -> String {
        let path: [any CodingKey] =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            case .keyNotFound(let key, let context): context.codingPath + [key]
            @unknown default: []
            }
        return "JSON at /" + path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
    }
}
